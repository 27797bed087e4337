"""Queries of every kind, put together at random: the search against an evaluator that looks at every passage."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import combinations_with_replacement, product
from pathlib import Path

import oracle
import pytest
from evaluator import Answer, ReferenceEvaluator, documents_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zhengce.corpus.document import Document
from zhengce.corpus.document_reader import read_document
from zhengce.corpus.files import Root
from zhengce.corpus.sources.discovery import discover
from zhengce.corpus.text.folding import Folding
from zhengce.corpus.text.simplification import simplified_characters
from zhengce.corpus.text.words import Segmenter
from zhengce.index import Corpus, Counts, DocumentError, Hit, Results, build_corpus, open_corpus
from zhengce.index.indexing import build, segment_build
from zhengce.index.query.ast import Node, children
from zhengce.index.query.operators import JOINING, JoiningName, Operator
from zhengce.index.query.writer import quote, write
from zhengce.index.search import deadline
from zhengce.index.search.deadline import Deadline
from zhengce.index.search.evaluator import Evaluator

pytestmark = pytest.mark.integration

GIVEN_FOLDER, GIVEN_HOME, GIVEN_NAME = "ZHENGCE_CORPUS_FOLDER", "ZHENGCE_CORPUS_HOME", "ZHENGCE_CORPUS_NAME"

SEEDS = (1, 2, 3)
PIECES = [
    *"人人人民成都重庆班列一乎乎兎",
    *("人人", "人民", "中欧班列", "班列成", "一带一路", "開行", "開放", "发展", "發展"),
    *("RCEP", "ＲＣＥＰ", "rcep", "Law ", "2022年", "２０２２", "3.5", "7"),
    *("𠀀", "𠀀𠀁", "😀", "…", "……", "㎡", "½", "㈠", "№", "℃"),
    *(
        "。",
        "。",
        "！",
        "？！",
        "。”",
        "。）",
        "，",
        "，",
        "、",
        "；",
        "：",
        "“",
        "”",
        "（",
        "）",
        "(",
        ")",
        "《",
        "》",
    ),
    *("—", "——", "-", "·", " ", "\u3000", "\u200b"),
    *("二O", "OＯ", "0一", "〇二", "O一年"),
]
NUMERALS = "一二三四五六七"

slow = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
slower = settings(slow, max_examples=200)


class Writer:
    """Writes random documents, in which strings recur, overlap, and fold in every way there is."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def document(self) -> str:
        chance = self._random
        lines = [f"关于{self._text(4)}的通知"] if chance.random() < 0.8 else []
        if chance.random() < 0.5:
            lines.append(f"渝府办发〔{chance.randint(2018, 2024)}〕{chance.randint(1, 9)}号")
        for _ in range(chance.randint(2, 14)):
            lines += self._part()
        if chance.random() < 0.6:
            day = f"{chance.randint(1, 28)}日" if chance.random() < 0.5 else ""
            lines += ["重庆市人民政府", f"{chance.randint(2018, 2024)}年{chance.randint(1, 12)}月{day}"]
        return "\n\n".join(lines) + "\n"

    def _part(self) -> list[str]:
        chance = self._random
        number = chance.choice(NUMERALS)
        leads = [f"第{number}章 ", f"{number}、", f"（{number}）", f"## {number}、"]
        match chance.randrange(8):
            case 0:
                return [chance.choice(leads) + self._text(3)]
            case 1:
                return [f"第{number}条 {self._sentences()}"]
            case 2:
                return [chance.choice(leads) + self._text(2) + "：" + self._sentences()]
            case 3:
                return ["\n".join("\t".join(self._text(2) for _ in range(3)) for _ in range(2))]
            case 4:
                return [self._text(3)]
            case 5:
                # A column, its lines cut wherever they are full.
                text = self._sentences() + self._sentences()
                return ["\n".join(text[start : start + 12] for start in range(0, len(text), 12))]
            case _:
                return [self._sentences()]

    def _sentences(self) -> str:
        return "".join(self._text(10) + "。" for _ in range(self._random.randint(1, 4)))

    def _text(self, longest: int) -> str:
        return "".join(self._random.choices(PIECES, k=self._random.randint(1, longest)))


class Asker:
    """Writes random queries for what stands close together in some documents, so that many find something."""

    def __init__(self, chance: random.Random, documents: Sequence[Document]) -> None:
        self._chance = chance
        self._document = chance.choice(documents)
        self._other = chance.choice(documents)
        passages = self._document.passages
        first = chance.randrange(len(passages))
        self._texts = [passage.text for passage in (*[passages[first]] * 6, *passages[first + 1 : first + 3])]

    def query(self) -> str:
        return self._any(self._chance.randint(0, 3))

    def _any(self, depth: int) -> str:
        """Write a query of any kind."""
        match self._chance.randrange(11) if depth else 10:
            case 0:
                return f"(NOT {self._any(depth - 1)})"
            case 1:
                return self._field()
            case 2:
                return f"({self._any(depth - 1)} {self._any(depth - 1)})"
            case 3 | 4:
                return f"({self._any(depth - 1)} OR {self._any(depth - 1)})"
            case _:
                return self._finding(depth)

    def _finding(self, depth: int) -> str:
        """Write a query of which all matches have something in them that was found."""
        match self._chance.randrange(8) if depth else 7:
            case 0:
                return f"({self._finding(depth - 1)} {self._any(depth - 1)})"
            case 1:
                return f"({self._finding(depth - 1)} OR {self._finding(depth - 1)})"
            case 2 | 3:
                return f"({self._finding(depth - 1)} SECT {self._finding(depth - 1)})"
            case 4:
                return f"({self._finding(depth - 1)} DOC {self._finding(depth - 1)})"
            case _:
                return self._placed(depth)

    def _placed(self, depth: int) -> str:
        """Write a query for what stands somewhere in a passage."""
        chance = self._chance
        if not depth or chance.random() < 0.5:
            return self._leaf()
        operator = chance.choice(["OR", *[name for name, joining in JOINING.items() if joining.compares_spans] * 2])
        if operator != "OR":
            operator += (
                f"/{chance.choice([1, 1, 2, 3]) if operator == 'SENT' else chance.choice([0, 1, 5, 10, 20, 40])}"
            )
        texts = self._texts
        if chance.random() < 0.8:
            self._texts = [self._stretch(12)]
        pair = f"({self._placed(depth - 1)} {operator} {self._placed(depth - 1)})"
        self._texts = texts
        return pair

    def _leaf(self) -> str:
        chance = self._chance
        match chance.randrange(10):
            case 0:
                return "=" + quote(self.string())
            case 1 | 2:
                return self._wildcard()
            case 3 | 4:
                return self._regex()
            case 5 if chance.random() < 0.5:
                return quote(self.string() + self.string())
            case _:
                return quote(self.string())

    def string(self, longest: int = 8) -> str:
        """Return a string of one of the texts at hand, mostly a short one."""
        chance = self._chance
        for _ in range(20):
            string = self._stretch(chance.choice([1, 1, 1, 2, 2, chance.randint(1, longest)]))
            if oracle.folded_text(string).strip():
                return string
        return "人"

    def _stretch(self, size: int) -> str:
        text = self._chance.choice(self._texts)
        start = self._chance.randrange(max(1, len(text) - size))
        return text[start : start + size]

    def _wildcard(self) -> str:
        """Put gaps into a stretch of text: for a character, for some, or where there is nothing."""
        chance = self._chance
        for _ in range(20):
            text = self._stretch(chance.randint(2, 12))
            written, start = "", 0
            for place in sorted(chance.sample(range(1, len(text)), min(chance.randint(1, 2), len(text) - 1))):
                if place > start:
                    missing = chance.choice([0, 1, 1, 2, 5])
                    gap = chance.choice(["*", "＊", "**"]) if missing != 1 else chance.choice("?？")
                    written += escape(text[start:place]) + gap
                    start = place + missing
            # A gap of any length at an edge would say nothing, nor would one beside what folds to nothing.
            if all(oracle.folded_text(edge).strip() for edge in (text[0], text[start:])):
                return written + escape(text[start:])
        return "人?"

    def _regex(self) -> str:
        one, other = self._letter(), self._letter()
        patterns = [
            f"{one}.{{0,4}}{other}",
            f"{one}.*?{other}",
            f"[{one}{other}]+",
            f"[^{one}]{other}",
            f"{one}|{other}{one}",
            f"{one}{other}?",
            f"{one}.",
            f"{one}(?!{other})",
            f"(?<={one}).",
            f"({one}|{other}){{2}}",
            "第[一二三四五六七八九十]+[章条]",
            r"\d+",
            "[a-z]+",
            r"\.\.",
            "..",
        ]
        return f"/{self._chance.choice(patterns)}/"

    def _letter(self) -> str:
        letters = [each for each in self.string() if each.isalnum() and len(oracle.folded_text(each)) == 1]
        return self._chance.choice(letters) if letters else "人"

    def _field(self) -> str:
        chance, document = self._chance, self._chance.choice([self._document, self._other])
        metadata = document.metadata
        sections = [heading for passage in document.passages for heading in passage.section]
        match chance.randrange(8):
            case 0:
                return f"title:{self._piece(metadata.title)}"
            case 1:
                return f"issuer:{self._piece(' '.join(metadata.issuers) or '政府')}"
            case 2:
                return f"number:{self._piece(str(metadata.number or '发〔2022〕'))}"
            case 3:
                return f"doc:{self._piece(document.id)}"
            case 4:
                return f"section:{self._piece(chance.choice(sections or ['一、']))}"
            case 5:
                return f"kind:{chance.choice(document.passages).kind}"
            case _:
                return self._dates()

    def _piece(self, text: str) -> str:
        start = self._chance.randrange(len(text))
        part = text[start : start + self._chance.randint(1, 6)]
        return quote(part if oracle.folded_text(part).strip() else "一")

    def _dates(self) -> str:
        chance = self._chance

        def date(year: int) -> str:
            parts = [f"{year}", f"{chance.randint(1, 12):02}", f"{chance.randint(1, 28):02}"]
            return "-".join(parts[: chance.randint(1, 3)])

        first = chance.randint(2016, 2024)
        last = first + chance.randint(1, 3)
        return chance.choice(
            [
                f"date:{date(first)}",
                f"date:{date(first)}..{date(last)}",
                f"date:..{date(first)}",
                f"date:{date(first)}..",
                f"year:{first}",
                f"year:{first}..{last}",
            ]
        )


def escape(text: str) -> str:
    return re.sub(r"(\W)", r"\\\1", text)


class Searched:
    """A corpus, or several of the same documents, with the evaluator that knows what is in it."""

    def __init__(self, documents: Sequence[Document], corpora: Sequence[Corpus], segmenter: Segmenter) -> None:
        self.documents = documents
        self.corpora = corpora
        self.evaluator = ReferenceEvaluator(documents, segmenter.cut)


@pytest.fixture(scope="module")
def segmenter(shared_home: Path) -> Segmenter:
    return Segmenter(Folding(simplified_characters()), shared_home / "cache")


@pytest.fixture(scope="module")
def bundled(shared_home: Path, segmenter: Segmenter) -> Searched:
    corpus = open_corpus(shared_home)
    documents = documents_of(corpus)
    return Searched(documents, [corpus], segmenter)


@pytest.fixture(scope="module")
def written(segmenter: Segmenter, tmp_path_factory: pytest.TempPathFactory) -> list[Searched]:
    """Random documents, each time as a corpus in one segment and as one in three."""
    return [_written(seed, segmenter, tmp_path_factory.mktemp("written")) for seed in SEEDS]


def _written(seed: int, segmenter: Segmenter, path: Path) -> Searched:
    folder, writer = path / "texts", Writer(seed)
    folder.mkdir()
    for number in range(7):
        name = f"文件{number}" + f"（{2018 + number}-03-05）" * (number % 2)
        (folder / f"{name}.txt").write_text(writer.document(), encoding="utf-8")
    simplified = simplified_characters()
    size = sum(file.stat().st_size for file in folder.iterdir())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "simplified_characters", lambda: simplified)
        patch.setattr(segment_build, "Segmenter", lambda folding, cache: segmenter)
        build_corpus(path, name="one", paths=[folder])
        patch.setattr(build, "_LARGEST_SEGMENT", size // 3 + 1)
        build_corpus(path, name="three", paths=[folder])
    corpora = [open_corpus(path, name=name) for name in ("one", "three")]
    assert [len(corpus._snapshot.segments) for corpus in corpora] == [1, 3]
    for corpus in corpora:
        corpus._segmenter = segmenter  # or each would load its own for a question
    documents = [read_document(source) for source in (file.source for file in discover([Root(folder)]).files)]
    return Searched(documents, corpora, segmenter)


def answer_of(hit: Hit) -> Answer:
    return Answer(hit.document.id, hit.passage.number, hit.spans)


def answers(results: Results) -> list[Answer]:
    return list(map(answer_of, results))


def counts(answers: Sequence[Answer]) -> Counts:
    occurrences = sum(len(answer.spans) for answer in answers)
    return Counts(occurrences, len(answers), len({answer.document for answer in answers}))


def check(searched: Searched, query: str, *, words: bool = False) -> None:
    expected = searched.evaluator.answers(searched.corpora[0].parse(query, words=words).root)
    for corpus in searched.corpora:
        results = corpus.search(query, words=words, sort="document")
        assert answers(results) == expected
        assert len(results) == len(expected)
        assert results.counts == counts(expected)
        assert {document.id: counts_ for document, counts_ in results.by_document.items()} == {
            name: counts([answer for answer in expected if answer.document == name])
            for name in dict.fromkeys(answer.document for answer in expected)
        }


@slow
@given(chance=st.randoms(), words=st.sampled_from([False, False, True]))
def test_a_query_finds_in_the_bundled_documents_what_it_asks_for(
    bundled: Searched, chance: random.Random, words: bool
) -> None:
    check(bundled, Asker(chance, bundled.documents).query(), words=words)


@slower
@given(chance=st.randoms(), words=st.sampled_from([False, False, True]))
def test_a_query_finds_in_odd_documents_what_it_asks_for(
    written: list[Searched], chance: random.Random, words: bool
) -> None:
    searched = chance.choice(written)
    check(searched, Asker(chance, searched.documents).query(), words=words)


PLACED = ["人", "=人人", "班?列", "中*列", "/[人民]+/", '"。"', "(人 NEAR/3 民)", "(人 SENT 人人)", "(人民 OR 人)"]
FOUND = ["(人民 班列)", "(人 -民)", "(发展 SECT 人)", "(一乎 DOC 民)"]
OTHERS = ["(NOT 人)", "section:一", "date:2019..2021", "((NOT 人民) OR kind:heading)"]


@pytest.mark.parametrize("operator", ["", "OR"])
def test_what_joins_passages_goes_with_each_operand(written: list[Searched], operator: str) -> None:
    for left, right in combinations_with_replacement(PLACED + FOUND + OTHERS, 2):
        check(written[0], f"{left} {operator} {right}")


@pytest.mark.parametrize(("name", "joining"), JOINING.items())
def test_each_operator_goes_with_each_operand(written: list[Searched], name: JoiningName, joining: Operator) -> None:
    operator = name if joining.default is None else f"{name}/2"
    for left, right in product(PLACED if joining.compares_spans else PLACED + FOUND, repeat=2):
        check(written[0], f"{left} {operator} {right}")


@slow
@given(chance=st.randoms())
def test_every_order_has_the_same_passages_and_a_limit_the_first_of_them(
    written: list[Searched], chance: random.Random
) -> None:
    searched = chance.choice(written)
    query = Asker(chance, searched.documents).query()
    for corpus in searched.corpora:
        ranked, in_order = list(corpus.search(query, sort="relevance")), list(corpus.search(query, sort="document"))
        assert sorted(ranked, key=lambda hit: hit.document.first + hit.passage.number) == in_order
        assert [hit.score for hit in ranked] == sorted((hit.score for hit in ranked), reverse=True)
        assert list(corpus.search(query, sort="relevance").hits(5)) == ranked[:5]
        assert list(corpus.search(query, sort="document").hits(5)) == in_order[:5]


@slow
@given(chance=st.randoms())
def test_a_search_in_some_documents_finds_what_it_finds_there_in_all(
    written: list[Searched], chance: random.Random
) -> None:
    searched = chance.choice(written)
    query = Asker(chance, searched.documents).query()
    names = [document.id for document in searched.documents]
    chosen = chance.sample(names, chance.randint(1, 3))
    for corpus in searched.corpora:
        everywhere, there = (
            corpus.search(query, sort="document"),
            corpus.search(query, sort="document", documents=chosen),
        )
        expected = [answer for answer in answers(everywhere) if answer.document in chosen]
        assert answers(there) == expected
        assert there.counts == counts(expected)


@slow
@given(chance=st.randoms())
def test_the_number_of_occurrences_is_that_of_the_spans(written: list[Searched], chance: random.Random) -> None:
    """Also of each part of a query, and in passages that do not match."""
    searched = chance.choice(written)
    check_spans(chance.choice(searched.corpora), Asker(chance, searched.documents).query())


@pytest.mark.parametrize("part", PLACED + FOUND + OTHERS)
def test_what_does_not_match_has_no_spans(written: list[Searched], part: str) -> None:
    for query in (part, f"(NOT {part})", f"(NOT {part}) OR 民", f"班列 (NOT {part} OR 成都)"):
        check(written[0], query)
        for corpus in written[0].corpora:
            check_spans(corpus, query)


def check_spans(corpus: Corpus, query: str) -> None:
    snapshot = corpus._snapshot
    root = corpus.parse(query).root
    for segment in snapshot.segments:
        evaluator = Evaluator(segment, snapshot.folding, [range(len(segment))], Deadline())
        for part in parts(root):
            found = evaluator.find(part)
            assert list(found) == sorted(found)
            for ordinal in range(len(segment)):
                spans = evaluator.spans(part, ordinal)
                assert (None if spans is None else len(spans)) == found.get(ordinal)
                assert spans is None or list(spans) == sorted(set(spans))


def parts(node: Node) -> Iterator[Node]:
    yield node
    for child in children(node):
        yield from parts(child)


@slow
@given(chance=st.randoms())
def test_several_segments_are_searched_as_one(written: list[Searched], chance: random.Random) -> None:
    searched = chance.choice(written)
    one, three = searched.corpora
    asker = Asker(chance, searched.documents)
    query = asker.query()
    assert list(one.search(query, sort="relevance")) == list(three.search(query, sort="relevance"))
    question = asker.string() + "中欧班列"
    assert list(one.search(question, keywords=True)) == list(three.search(question, keywords=True))


def test_an_index_gives_the_passages_that_were_read(written: list[Searched]) -> None:
    for searched in written:
        for corpus in searched.corpora:
            assert documents_of(corpus) == [replace(each, warnings=()) for each in searched.documents]


@slow
@given(chance=st.randoms())
def test_a_query_can_be_written_as_it_was_read(bundled: Searched, chance: random.Random) -> None:
    root = bundled.corpora[0].parse(Asker(chance, bundled.documents).query()).root
    assert bundled.corpora[0].parse(write(root)).root == root


def test_most_random_queries_find_something(written: list[Searched], bundled: Searched) -> None:
    """Else the tests above would say little."""
    chance = random.Random(1)
    for searched in (bundled, *written):
        queries = [Asker(chance, searched.documents).query() for _ in range(100)]
        roots = [searched.corpora[0].parse(query).root for query in queries]
        assert sum(bool(searched.evaluator.found(root)) for root in roots) > 60


@pytest.fixture(scope="module")
def given_corpus(segmenter: Segmenter, tmp_path_factory: pytest.TempPathFactory) -> Searched:
    """The corpus of a folder that the environment names: one that is built already, or built here for the purpose."""
    folder = os.environ.get(GIVEN_FOLDER)
    if not folder:
        pytest.skip(f"{GIVEN_FOLDER} names no folder")
    home, name = os.environ.get(GIVEN_HOME), os.environ.get(GIVEN_NAME, "given")
    path = Path(home) if home else tmp_path_factory.mktemp("given")
    if not home:
        build_corpus(path, name=name, paths=[Path(folder)])
    documents = []
    for source in (file.source for file in discover([Root(Path(folder))]).files):
        with suppress(DocumentError):
            documents.append(read_document(source))
    return Searched(documents, [open_corpus(path, name=name)], segmenter)


def check_given(searched: Searched, query: str) -> int:
    """Check a query on a corpus that is too large to show all that is found; returns how many passages that is."""
    (corpus,) = searched.corpora
    found = searched.evaluator.found(corpus.parse(query).root)
    results = corpus.search(query, sort="document")
    matches = results._matches
    assert list(matches.ordinals()) == sorted(found)
    for ordinal, spans in found.items():
        assert list(matches.spans(ordinal)) == sorted(spans)
        assert matches.occurrences(ordinal) == len(spans)
    passages = searched.evaluator.passages
    names = {passages[ordinal].document.id for ordinal in found}
    assert results.counts == Counts(sum(map(len, found.values())), len(found), len(names))
    first = [passages[ordinal].answer(found[ordinal]) for ordinal in sorted(found)[:50]]
    assert [answer_of(hit) for hit in results.hits(50)] == first
    best = corpus.search(query, sort="relevance").hits(20)
    places = [hit.document.first + hit.passage.number - 1 for hit in best]
    assert len(places) == min(20, len(found))
    assert found.keys() >= set(places)
    return len(found)


def test_a_given_corpus_is_read_and_folded_as_its_files_are(given_corpus: Searched) -> None:
    (corpus,) = given_corpus.corpora
    assert documents_of(corpus) == given_corpus.documents
    folding = corpus._snapshot.folding
    for document in given_corpus.documents:
        for passage in document.passages:
            folded = folding.fold_with_map(passage.text)
            assert list(zip(folded.text, folded.starts, folded.ends, strict=True)) == oracle.fold(passage.text)
            assert folding.fold(passage.text) == folded.text


def test_random_strings_in_a_given_corpus(given_corpus: Searched) -> None:
    chance = random.Random(500)
    for _ in range(500):
        texts = [passage.text for passage in chance.choice(given_corpus.documents).passages]
        text = chance.choice([text for text in texts if oracle.folded_text(text)])
        string = ""
        while not oracle.folded_text(string).strip():
            start = chance.randrange(len(text))
            string = text[start : start + chance.randint(1, 8)]
        assert check_given(given_corpus, quote(string)) > 0, string


def test_random_queries_in_a_given_corpus(given_corpus: Searched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "REGEX_SECONDS", 3600)
    chance = random.Random(200)
    found = [check_given(given_corpus, Asker(chance, given_corpus.documents).query()) for _ in range(200)]
    assert sum(map(bool, found)) > 100
