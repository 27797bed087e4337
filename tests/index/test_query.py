from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zhengce.index.errors import QueryError
from zhengce.index.query import parse, quote


def read(source: str) -> list[str]:
    return [term.text for term in parse(source).terms]


@pytest.mark.parametrize(
    ("source", "terms"),
    [
        ("中欧班列", ["中欧班列"]),
        ("成都 班列", ["成都", "班列"]),
        ("成都\u3000班列", ["成都", "班列"]),
        ('"西部陆海 新通道"', ["西部陆海 新通道"]),
        ("“西部陆海 新通道” 物流", ["西部陆海 新通道", "物流"]),
        ("「一带一路」 『走出去』", ["一带一路", "走出去"]),
        ("“一带一路”倡议", ["“一带一路”倡议"]),
        ("面向“一带一路”的", ["面向“一带一路”的"]),
        ("“他说“好”的” 人", ["他说“好”的", "人"]),
        (r"\“王牌", ["“王牌"]),
        (r'"a \" b"', ['a " b']),
        (r"a\ b", ["a b"]),
    ],
)
def test_terms_and_phrases(source: str, terms: list[str]) -> None:
    assert read(source) == terms


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("", 0),
        ("  ", 0),
        ('成都 "班列', 3),
        ("“一带一路", 0),
        ('成都 ""', 3),
        ("成都 \udc80", 3),
        ("“西部陆海 新通道”建设", 10),
    ],
)
def test_errors_say_where(source: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(source)
    assert caught.value.position == position
    assert caught.value.query == source
    assert caught.value.advice


@given(st.text().filter(lambda text: text.strip()))
def test_any_text_can_be_quoted(text: str) -> None:
    assert read(quote(text)) == [text]


@given(st.text())
def test_every_query_is_read_or_refused(source: str) -> None:
    try:
        terms = parse(source).terms
    except QueryError:
        return
    assert terms
    assert all(source[term.position] not in " \t" for term in terms)
