"""Counts by group: against counting slowly, passage by passage, in texts written at random."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import oracle
import pytest
from damage import segmenter, simplified
from zhengce.corpus.model import Metadata
from zhengce.index import Corpus, IndexedDocument, build_corpus, open_corpus
from zhengce.index.grouped_counts import CountBy, GroupCounts, GroupedCounts, count_by
from zhengce.index.indexing import build, segment_build

pytestmark = pytest.mark.integration

BY: tuple[CountBy, ...] = ("year", "document", "issuer", "region", "genre", "section")
WORDS = ("开放", "開放", "成都", "班列", "班列班列", "发展", "２０２２年", "多式联运", "，", "、", " ")
CHAPTERS = {"总则": ("总则", "总　则", "總則"), "法律责任": ("法律责任", "法律責任"), "开放": ("开放",)}
NUMBERS = ("第{}章 ", "第{}章　", "{}、")  # one kind in each document, of which chapters are
ISSUERS = ("甲市人民政府", "乙省商务厅", "丙委员会")


@dataclass
class Written:
    """A corpus, and for each document the section of each line of its file."""

    corpus: Corpus
    sections: dict[str, list[str | None]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def written(shared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Written:
    path, chance = tmp_path_factory.mktemp("counted"), random.Random(11)
    folder = path / "texts"
    folder.mkdir()
    sections: dict[str, list[str | None]] = {}
    rows = []
    for number in range(24):
        lines = _document(number, chance)
        (folder / f"d{number}.md").write_text("\n".join(line for line, _ in lines), encoding="utf-8")
        sections[f"d{number}"] = [section for _, section in lines]
        date = chance.choice(("", "2015", "2018-03", "2019-01-02", "2022-07-26", "2022"))
        issuers = "、".join(chance.sample(ISSUERS, chance.randint(0, 3)))
        rows.append((f"d{number}.md", date, issuers, chance.choice(("", "四川", "重庆")), chance.choice(("", "规划"))))
    with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows((("file", "date", "issuers", "region", "genre"), *rows))
    loaded = segmenter(shared_home / "cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "simplified_characters", simplified)
        patch.setattr(segment_build, "Segmenter", lambda folding, cache: loaded)
        patch.setattr(build, "_LARGEST_SEGMENT", 4000)
        build_corpus(path, name="counted", paths=[folder])
    corpus = open_corpus(path, name="counted")
    corpus._segmenter = loaded
    assert len(corpus._snapshot.segments) > 1
    return Written(corpus, sections)


def _document(number: int, chance: random.Random) -> list[tuple[str, str | None]]:
    """Return the lines of a document, each with its section."""
    lines: list[tuple[str, str | None]] = [(f"# 关于班列的第{number}号文件", None), ("", None)]
    number_of, names = chance.choice(NUMBERS), chance.sample([*CHAPTERS], chance.randint(0, 3))
    for position, name in enumerate((None, *names, *["附件"] * chance.randint(0, 1))):
        if name == "附件":
            lines += [("附件", name), ("", name)]
        elif name:
            numeral = "零一二三"[position]
            lines += [(f"## {number_of.format(numeral)}{chance.choice(CHAPTERS[name])}", name), ("", name)]
        for article in range(chance.randint(1, 4)):
            # An article stands below a chapter, but above what is numbered 一、.
            lead = f"第{'一二三四五六'[article]}条　" if "章" in number_of and number % 3 else ""
            text = "".join(chance.choice(WORDS) for _ in range(chance.randint(2, 12)))
            lines += [(f"{lead}为了{text}。", name), ("", name)]
    return lines


def keys_of(metadata: Metadata, id_: str, by: CountBy) -> Sequence[str | None]:
    return {
        "year": [metadata.date[:4] if metadata.date else None],
        "document": [id_],
        "issuer": [*metadata.issuers] or [None],
        "region": [metadata.region],
        "genre": [metadata.genre],
    }[by]


def slowly(
    written: Written, by: CountBy, terms: Sequence[str], searched: Callable[[IndexedDocument], bool]
) -> dict[str | None, GroupCounts]:
    """Count passages with all of some terms in those documents that are searched."""
    found: dict[str | None, list[tuple[str, int]]] = {}
    characters: dict[str | None, int] = {}
    documents: dict[str | None, set[str]] = {}
    for document in filter(searched, written.corpus.documents):
        for passage in written.corpus.passages(document):
            of_line = written.sections[document.id][passage.lines[0][0] - 1]
            for key in [of_line] if by == "section" else keys_of(document.metadata, document.id, by):
                characters[key] = characters.get(key, 0) + sum(not each.isspace() for each in passage.text)
                documents.setdefault(key, set()).add(document.id)
                counts = [len(oracle.occurrences(passage.text, term)) for term in terms]
                if all(counts):
                    found.setdefault(key, []).append((document.id, sum(counts)))
    return {
        key: GroupCounts(
            key,
            sum(count for _, count in each),
            len(each),
            len({id_ for id_, _ in each}),
            characters[key],
            len(documents[key]),
        )
        for key, each in found.items()
    }


def found_in(counted: GroupedCounts) -> dict[str | None, GroupCounts]:
    """Return the groups in which something was found; sections by their names in simplified characters."""
    found = [group for group in counted.groups if group.passages]
    if counted.by == "section":
        found = [group._replace(key=group.key and oracle.folded_text(group.key)) for group in found]
    assert len({group.key for group in found}) == len(found)
    return {group.key: group for group in found}


def everything(document: IndexedDocument) -> bool:
    return True


def of_2022(document: IndexedDocument) -> bool:
    return (document.metadata.date or "").startswith("2022")


def of_sichuan_or_none(document: IndexedDocument) -> bool:
    return document.metadata.date is None or "乙省商务厅" in document.metadata.issuers


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize(
    ("query", "terms", "searched"),
    [
        ("开放", ["开放"], everything),
        ("班列", ["班列"], everything),
        ("成都 开放", ["成都", "开放"], everything),
        ("开放 year:2022", ["开放"], of_2022),
        ("多式联运 (issuer:商务厅 | NOT date:1900..)", ["多式联运"], of_sichuan_or_none),
        ("开放 NOT NOT year:2022", ["开放"], of_2022),
        ("year:2022", [], of_2022),
    ],
)
def test_counts_are_those_of_counting_slowly(
    written: Written, by: CountBy, query: str, terms: list[str], searched: Callable[[IndexedDocument], bool]
) -> None:
    results = written.corpus.search(query)
    counted = count_by(results, by)
    expected = slowly(written, by, terms, searched)
    found = found_in(counted)
    assert len(expected) > (by == "section")
    assert found == expected
    assert (counted.all.occurrences, counted.all.passages, counted.all.documents) == results.counts
    chosen = [document for document in written.corpus.documents if searched(document)]
    assert counted.all.characters == sum(document.characters for document in chosen)
    assert counted.all.searched == len(chosen)
    assert counted.has_terms is bool(terms)
    for group in found.values():
        assert group.rate == 10_000 * group.occurrences / group.characters


@pytest.mark.parametrize("by", BY)
def test_single_documents_are_counted(written: Written, by: CountBy) -> None:
    chosen = ["d1", "d7", "d8", "d20"]
    counted = count_by(written.corpus.search("开放", documents=chosen), by)
    expected = slowly(written, by, ["开放"], lambda document: document.id in chosen)
    assert found_in(counted) == expected
    assert counted.all.searched == 4


def test_years_before_and_after_are_there_if_they_have_documents(written: Written) -> None:
    of_year = {(each.metadata.date or "")[:4]: each.id for each in written.corpus.documents}
    results = written.corpus.search(f"开放 (doc:{of_year['2018']} | 没有)")
    groups = count_by(results, "year").groups
    assert [group.key for group in groups if group.passages] == ["2018"]
    assert [group.key for group in groups] == sorted(filter(None, of_year))
    assert all(group.searched for group in groups)


def test_years_are_in_order_with_those_between(written: Written) -> None:
    groups = count_by(written.corpus.search("开放"), "year").groups
    assert [group.key for group in groups] == [*map(str, range(2015, 2023)), None]
    assert [group.key for group in groups if not group.searched] == ["2016", "2017", "2020", "2021"]
    assert {group.rate for group in groups if not group.searched} == {None}


def test_a_year_without_occurrences_is_no_year_without_documents(written: Written) -> None:
    of_year = {(each.metadata.date or "")[:4]: each.id for each in written.corpus.documents}
    chosen = {year: of_year[year] for year in ("2015", "2018", "2022")}
    results = written.corpus.search(
        f"文件 (doc:{chosen['2015']} | doc:{chosen['2022']} | 没有)", documents=[*chosen.values()]
    )
    groups = {group.key: group for group in count_by(results, "year").groups}
    assert [key for key, group in groups.items() if group.passages] == ["2015", "2022"]
    assert groups["2018"].searched == 1
    assert groups["2018"].rate == 0
    assert groups["2019"].rate is None


@pytest.mark.parametrize("by", ["document", "issuer", "region", "genre", "section"])
def test_others_come_by_their_counts_and_the_unknown_last(written: Written, by: CountBy) -> None:
    for query, measure in (("开放", "occurrences"), ("date:2015..", "documents")):
        groups = list(count_by(written.corpus.search(query), by).groups)
        if any(group.key is None for group in groups):
            assert groups.pop().key is None
        counts = [getattr(group, measure) for group in groups]
        assert counts == sorted(counts, reverse=True)


def test_what_counts_several_times_is_told(written: Written) -> None:
    results = written.corpus.search("开放")
    counted = {by: count_by(results, by) for by in BY}
    assert [by for by, each in counted.items() if each.repeated] == ["issuer"]
    assert sum(group.occurrences for group in counted["issuer"].groups) > results.counts.occurrences
    for by in set(BY) - {"issuer"}:
        assert sum(group.occurrences for group in counted[by].groups) == results.counts.occurrences


def test_sections_have_no_numbers(corpus: Corpus) -> None:
    keys = [group.key for group in count_by(corpus.search("中欧班列"), "section").groups]
    assert "构建高效能开放大通道" in keys
    assert not any((key or "").startswith(("一", "二", "三", "（", "(")) for key in keys)
