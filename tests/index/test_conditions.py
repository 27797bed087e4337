"""Dates and ranges: what lies on an edge belongs to the range."""

from __future__ import annotations

import pytest
from zhengce.index import Corpus
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
