"""Keyword search, read in blocks and scored as arrays, against Whoosh's own search of the same indexes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import keyword_oracle
import pytest
from damage import segmenter
from hypothesis import example, given, settings
from hypothesis import strategies as st
from zhengce.corpus.text import words as text_words
from zhengce.index import Corpus, build_corpus, open_corpora, open_corpus
from zhengce.index.indexing import segment_build
from zhengce.index.storage import word_index
from zhengce.index.storage.word_index import Keyword, WordIndex, WordIndexWriter

WORDS = ("物流", "枢纽", "成本", "班列", "口岸", "的")
ABSENT = "龘龘"
SENTENCES = (
    "降低物流成本", "建设物流枢纽", "开行中欧班列", "口岸要开放", "质量第一", "吸引外资", "……", "成都的国际班列",
    "extend 5G to 30％ of ㎡", "外资企业", "对外开放", "取得显着成效",
)  # fmt: skip
QUESTIONS = (
    "怎样降低物流成本", "口岸开放和中欧班列", "如何吸引外资企业", "的", "质量", "取得顯著成效的５Ｇ", "没有这个 龘", "国际物流枢纽 班列 成都 30%",
)  # fmt: skip

segments_of = st.lists(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=7), min_size=1, max_size=7), min_size=1, max_size=3
)
keywords_of = st.lists(
    st.builds(
        Keyword,
        st.sampled_from((*WORDS, ABSENT)),
        st.lists(st.sampled_from((*WORDS, ABSENT)), max_size=3, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda keyword: keyword.text,
)


def written(folder: Path, segments: Sequence[Sequence[Sequence[str]]]) -> list[Path]:
    """Write word indexes of passages, each given as its words."""
    folders = [folder / str(number) for number in range(len(segments))]
    for each, passages in zip(folders, segments, strict=True):
        each.mkdir()
        writer = WordIndexWriter()
        for words in passages:
            writer.add(words)
        writer.write(each)
    return folders


def assert_ranked_alike(folders: Sequence[Path], keywords: Sequence[Keyword]) -> None:
    ranking, expected = WordIndex(folders).rank(keywords), keyword_oracle.scored(folders, keywords)
    ordinals = ranking.ordinals.tolist()
    assert ordinals == sorted(expected)
    assert [ranking.score(each) for each in ordinals] == pytest.approx(
        [expected[each].score for each in ordinals], abs=1e-9
    )
    assert [ranking.is_complete(each) for each in ordinals] == [expected[each].complete for each in ordinals]


@pytest.mark.integration
@settings(max_examples=60)
@given(segments=segments_of, keywords=keywords_of)
@example([[["物流"]], [[]]], [Keyword("物流", ("物流", ABSENT))])
@example([[[]]], [Keyword("物流")])
@example([[["物流"], ["成本"]]], [Keyword("物流"), Keyword("成本", ("物流", "成本"))])
def test_passages_are_ranked_as_whoosh_ranks_them(
    segments: Sequence[Sequence[Sequence[str]]], keywords: Sequence[Keyword]
) -> None:
    with TemporaryDirectory() as folder:
        assert_ranked_alike(written(Path(folder), segments), keywords)


def test_postings_of_many_blocks_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts that are all 1, all another number, or different; lengths that Whoosh stores inexactly."""
    monkeypatch.setattr(word_index, "_BLOCK", 8)
    chance = random.Random(1)
    segments = [
        [
            ["物流"] * (chance.random() < 0.7)
            + ["枢纽"] * chance.choice((0, 2))
            + ["成本"] * chance.randrange(5)
            + ["的"] * chance.randrange(400)
            for _ in range(count)
        ]
        for count in (60, 1, 100)
    ]
    folders = written(tmp_path, segments)
    for text in ("物流", "枢纽", "成本", "的"):
        assert_ranked_alike(folders, [Keyword(text)])
    assert_ranked_alike(folders, [Keyword("物流枢纽", ("物流", "枢纽")), Keyword("成本")])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, shared_home: Path) -> Path:
    """A data directory with two corpora of random texts. Documents were added, changed and removed one after another,
    so that there are several segments, removed passages among them, and ordinals are not in reading order."""
    home = tmp_path_factory.mktemp("keywords")
    shutil.copytree(shared_home / "cache", home / "cache")
    loaded, chance = segmenter(home / "cache"), random.Random(3)

    def write(file: Path) -> None:
        paragraphs = ["，".join(chance.choices(SENTENCES, k=chance.randrange(1, 4))) + "。" for _ in range(6)]
        file.write_text("\n\n".join([f"关于{file.stem}的通知", *paragraphs]), encoding="utf-8")

    with pytest.MonkeyPatch.context() as quick:
        quick.setattr(segment_build, "Segmenter", lambda folding, cache: loaded)
        for name in ("one", "two"):
            folder = home / "texts" / name
            folder.mkdir(parents=True)
            for number in range(12):
                write(folder / f"{number:02}.txt")
            build_corpus(home, name=name, paths=[folder])
            for changed, removed in ((7, 3), (1, 5)):
                write(folder / f"{changed:02}.txt")
                (folder / f"{removed:02}.txt").unlink()
                build_corpus(home, name=name, paths=[folder])
    return home


@pytest.fixture(params=["bundled", "one", "joined"])
def searched(request: pytest.FixtureRequest, home: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    loaded = segmenter(home / "cache")
    monkeypatch.setattr(text_words, "Segmenter", lambda folding, cache: loaded)
    if request.param == "bundled":
        return corpus
    return open_corpus(home, name="one") if request.param == "one" else open_corpora(("two", "one"), home)


def test_the_random_corpora_have_what_they_are_for(home: Path) -> None:
    segments = open_corpus(home, name="one")._snapshot.segments
    assert len(segments) > 1
    assert any(segment.removed for segment in segments)
    assert not open_corpus(home, name="one")._snapshot.in_order


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("several", [False, True], ids=["everywhere", "in documents"])
def test_questions_are_answered_as_whoosh_answers_them(searched: Corpus, question: str, several: bool) -> None:
    documents = [each.id for each in searched.documents[1:4]] if several else []
    expected = keyword_oracle.search(searched, question, documents)
    results = searched.search(question, keywords=True, documents=documents)
    assert list(results.ordinals()) == expected.ordinals
    assert len(results) == results.counts.passages == len(expected.ordinals)
    for limit in (0, 1, 2, 5, 20, len(expected.ordinals), 10_000):
        assert list(results.ordinals(limit)) == expected.ordinals[:limit]
    hits = list(results.hits(30))
    assert [hit.score for hit in hits] == pytest.approx(
        [expected.scores[each] for each in expected.ordinals[:30]], abs=1e-9
    )
    assert [term.passages for term in results.terms] == expected.passages
    each = [len(results._matches.spans(ordinal)) for ordinal in expected.ordinals]
    assert [results._matches.occurrences(ordinal) for ordinal in expected.ordinals] == each
    assert results.counts.occurrences == sum(each)
    in_order = searched.search(question, keywords=True, documents=documents, sort="document")
    assert list(in_order.ordinals()) == sorted(expected.ordinals, key=searched._snapshot.reading_rank)
