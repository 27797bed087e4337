"""Dates and ranges: what lies on an edge belongs to the range."""

from __future__ import annotations

import pytest
from evaluator import ReferenceEvaluator, documents_of
from zhengce.index import Corpus, build_corpus, document_record, open_corpus
from zhengce.index.query.ast import Dates
from zhengce.index.query.parser import parse
from zhengce.index.search.conditions import may_be_dated
from zhengce.index.search.scopes import intersect


def dates(query: str) -> Dates:
    root = parse(query, str).root
    assert isinstance(root, Dates)
    return root


@pytest.mark.parametrize(
    ("date", "query", "expected"),
    [
        ("2022-07-26", "date:2022-07-26", True),
        ("2022-07-26", "date:2022-07-25", False),
        ("2022-07-26", "date:2022-07-27", False),
        ("2022-07-26", "date:2022-07-26..", True),
        ("2022-07-26", "date:..2022-07-26", True),
        ("2022-07-26", "date:2022-07-27..", False),
        ("2022-07-26", "date:..2022-07-25", False),
        ("2022-07", "date:2022-07-31", True),
        ("2022-07", "date:2022-07-01", True),
        ("2022-07", "date:2022-08-01", False),
        ("2022-07", "date:2022-06-30", False),
        ("2022-07", "date:2022-07-31..", True),
        ("2022-07", "date:..2022-07-01", True),
        ("2022-07", "date:..2022-06", False),
        ("2022", "date:2022-12-31", True),
        ("2022", "date:2022-01-01", True),
        ("2022", "date:2021-12-31", False),
        ("2022", "date:2023-01-01", False),
        ("2022", "date:..2022-01", True),
        ("2022", "date:2022-12..", True),
        ("2022-02", "date:2022-02-28", True),
        ("2022-02", "date:2022-03-01", False),
        ("2022-01-01", "year:2022", True),
        ("2022-12-31", "year:2022", True),
        ("2021-12-31", "year:2022", False),
        ("2023-01-01", "year:2022", False),
        (None, "date:1..".replace("1", "0001"), False),
    ],
)
def test_a_date_on_the_edge_of_a_range_is_in_it(date: str | None, query: str, expected: bool) -> None:
    assert may_be_dated(date, dates(query)) == expected


def test_the_day_of_a_document_finds_it(corpus: Corpus) -> None:
    chengyu = corpus.document("chengyu")
    assert chengyu.metadata.date == "2022-07-26"
    for query in ("date:2022-07-26", "date:2022-07-26..2022-07-26", "date:..2022-07-26 date:2022-07-26.."):
        assert {hit.document.id for hit in corpus.search(query)} == {"chengyu"}
        assert len(corpus.search(query)) == chengyu.passages
        assert len(corpus.search(f"班列 ({query} | doc:龘)")) == len(corpus.search("班列 doc:chengyu"))


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("laws")
    notes = "1993年12月29日通过\n\n1994年1月10日公布\n\n1999年12月25日第一次修正\n\n2005年10月27日修订\n"
    for name, lines in (("law", notes), ("other", "2003年10月28日通过\n")):
        text = f"# 物流法\n\n{lines}\n第一条 为了发展物流，制定本法。\n\n第二条 本法自2006年1月1日起施行。\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / "metadata.csv").write_text("file,published\nother.md,2023-05-06\n", encoding="utf-8")
    home = tmp_path_factory.mktemp("home")
    build_corpus(home, name="laws", paths=[folder])
    return open_corpus(home, name="laws")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("date:2005-10-27", {"law"}),
        ("date:1993", set()),
        ("adopted:1993-12", {"law"}),
        ("adopted:..2003", {"law", "other"}),
        ("promulgated:1994-01-10", {"law"}),
        ("promulgated:2003", set()),
        ("revised:1999", {"law"}),
        ("revised:2005-10-27..", {"law"}),
        ("revised:2000..2004", set()),
        ("effective:2006-01-01", {"law", "other"}),
        ("published:2023-05", {"other"}),
        ("修订 adopted:2003", set()),
        ("-revised:0001..", {"other"}),
    ],
)
def test_each_date_is_asked_for_by_its_name(laws: Corpus, query: str, found: set[str]) -> None:
    hits = laws.search(query)
    assert {hit.document.id for hit in hits} == found
    expected = ReferenceEvaluator(documents_of(laws), laws._segmenter.cut).answers(laws.parse(query).root)
    assert [(hit.document.id, hit.passage.number) for hit in hits] == [
        (each.document, each.number) for each in expected
    ]


def test_the_index_keeps_every_date(laws: Corpus) -> None:
    metadata = laws.document("law").metadata
    assert metadata.revised == ("1999-12-25", "2005-10-27")
    record = document_record(laws.document("law"))
    assert record["revised"] == ["1999-12-25", "2005-10-27"]
    assert (record["date"], record["adopted"], record["promulgated"]) == ("2005-10-27", "1993-12-29", "1994-01-10")
    assert (record["effective"], record["approved"], record["signed"]) == ("2006-01-01", None, None)


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ([range(5)], [range(5, 9)], []),
        ([range(5)], [range(4, 9)], [range(4, 5)]),
        ([range(2), range(4, 6)], [range(1, 5)], [range(1, 2), range(4, 5)]),
        ([range(3)], [range(3)], [range(3)]),
        ([range(3), range(3, 6)], [range(3), range(3, 6)], [range(3), range(3, 6)]),
        ([], [range(3)], []),
    ],
)
def test_ranges_meet_where_both_have_passages(one: list[range], other: list[range], common: list[range]) -> None:
    assert intersect(one, other) == intersect(other, one) == common
