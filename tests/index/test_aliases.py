"""Aliases: queries that stand behind a name in other queries, found as if they were written there in brackets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from evaluator import Answer, ReferenceEvaluator, documents_of
from zhengce.index import Corpus, QueryError, open_corpus
from zhengce.index.query.ast import Alias, And, Not, Or, Term
from zhengce.index.query.parser import parse
from zhengce.index.query.writer import write

ALIASES = {
    "班列": "中欧班列 | 国际班列",
    "口岸": "口岸 -西宁",
    "两地": "@班列 (成都 | 重庆)",
    "川渝": "issuer:重庆 | issuer:四川",
    "near": "成都 NEAR/20 班列",
    "坏": "(成都",
    "甲": "@乙",
    "乙": "成都 | @甲",
}


def read(query: str, aliases: dict[str, str] = ALIASES) -> object:
    return parse(query, str, aliases=aliases).root


def error_of(query: str, aliases: dict[str, str] = ALIASES) -> QueryError:
    with pytest.raises(QueryError) as caught:
        read(query, aliases)
    return caught.value


@pytest.fixture(scope="module")
def corpus(shared_home: Path) -> Corpus:
    return open_corpus(shared_home, aliases=ALIASES)


@pytest.fixture(scope="module")
def evaluator(corpus: Corpus) -> ReferenceEvaluator:
    return ReferenceEvaluator(documents_of(corpus), corpus._segmenter.cut)


@pytest.mark.parametrize(
    "query",
    [
        "@班列",
        "＠班列",
        "@班列 口岸",
        "口岸 -@班列",
        "NOT @班列",
        "(@班列 | 西宁) @口岸",
        "@班列 NEAR/20 铁路",
        "@班列 SENT @班列",
        "@near | 三峡",
        "@near SECT @班列",
        "@班列 DOC 西宁",
        "@两地",
        "@两地 -@川渝",
        "@川渝",
        "@川渝 @班列",
        "year:2022 @川渝",
        "@班列 @班列",
        "@NEAR",
    ],
)
def test_an_alias_is_found_as_what_it_stands_for(query: str, corpus: Corpus, evaluator: ReferenceEvaluator) -> None:
    root = corpus.parse(query).root
    for sort in ("document", "relevance"):
        results = corpus.search(query, sort=sort)  # type: ignore[arg-type]
        found = [Answer(hit.document.id, hit.passage.number, hit.spans) for hit in results]
        expanded = corpus.search(write(root), sort=sort)  # type: ignore[arg-type]
        assert [(hit.document.id, hit.passage.number, hit.spans, hit.score) for hit in expanded] == [
            (hit.document.id, hit.passage.number, hit.spans, hit.score) for hit in results
        ]
        if sort == "document":
            assert found == evaluator.answers(root) != []
    assert "@" not in results.reading
    assert corpus.search(query).conditions == corpus.search(write(root)).conditions


def test_the_tree_knows_the_name_and_what_it_stands_for() -> None:
    alias = read("@班列")
    assert isinstance(alias, Alias)
    assert (alias.name, alias.expansion, alias.position) == ("班列", "中欧班列 | 国际班列", (0, 3))
    assert alias.operand == Or((Term("中欧班列", "中欧班列"), Term("国际班列", "国际班列")))
    assert read("a -@班列") == And((Term("a", "a"), Not(alias)))


def test_a_name_is_compared_as_texts_are(corpus: Corpus) -> None:
    assert corpus.parse("@兩地").root == corpus.parse("@两地").root
    assert corpus.parse("@NEAR").root == corpus.parse("@near").root


def test_whole_words_are_asked_for_in_an_alias_too() -> None:
    found = parse("@x", str, words=True, aliases={"x": "人民"}).root
    assert isinstance(found, Alias)
    assert found.operand == Term("人民", "人民", word=True)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("a@b.com", "a@b.com"),
        ("成都@班列", "成都@班列"),
        ("“@班列”", "@班列"),
        ('"@班列"', "@班列"),
        ("\\@班列", "@班列"),
        ("@", "@"),
    ],
)
def test_elsewhere_the_mark_is_text(query: str, text: str) -> None:
    assert read(query) == Term(text, text)


@pytest.mark.parametrize(
    ("query", "message", "advice", "position"),
    [
        ("成都 @班例", "There is no alias “班例”.", "Write @班列;", 3),
        ("@xyz", "There is no alias “xyz”.", "zhengce config set @xyz QUERY makes one;", 0),
        ("@班列，成都", "The name of an alias has letters, digits, _ and -, but not ，.", "Put a space after @班列", 3),
        ("@甲", "In @乙: The alias @甲 leads back to itself: @甲 → @乙 → @甲.", "", 5),
        ("成都 @坏", "In @坏: A bracket is not closed.", "Write )", 0),
        ("=@班列", "An equals sign goes before a word or a phrase.", "", 0),
    ],
)
def test_what_is_wrong_is_said_by_name(query: str, message: str, advice: str, position: int) -> None:
    error = error_of(query)
    assert str(error) == message
    assert advice in error.advice
    assert error.position == position


def test_an_error_within_an_alias_is_shown_in_what_it_stands_for() -> None:
    assert error_of("成都 @坏").query == "(成都"
    nested = error_of("@x", {"x": "a @y", "y": "b OR"})
    assert str(nested).startswith("In @y: ")
    assert nested.query == "b OR"


@pytest.mark.parametrize(
    "aliases",
    [
        {f"a{number}": f"@a{number + 1} NEAR @a{number + 1}" for number in range(40)} | {"a40": "成都"},
        {f"a{number}": f"成都 | (@a{number + 1} 重庆)" for number in range(400)} | {"a400": "成都"},
        {"a0": "(" * 45 + "@a1" + ")" * 45, "a1": "(" * 45 + "成都" + ")" * 45},
        {"a0": " | ".join(f"(成都 @b{number})" for number in range(300))}
        | {f"b{number}": f"重庆{number}" for number in range(300)},
    ],
)
def test_aliases_that_would_take_forever_or_overflow_the_stack_are_refused(aliases: dict[str, str]) -> None:
    error = error_of("@a0", aliases)
    assert "nested too deeply" in str(error) or "more than 200 aliases" in str(error)


def test_nested_aliases_are_read() -> None:
    aliases = {f"a{number}": f"@a{number + 1}" for number in range(20)} | {"a20": "成都"}
    assert write(parse("@a0 重庆", str, aliases=aliases).root) == "成都 重庆"


def test_an_explanation_shows_the_name_and_what_it_stands_for(corpus: Corpus) -> None:
    step = corpus.explain("@两地 口岸")
    assert step.query == "((中欧班列 OR 国际班列) (成都 OR 重庆)) 口岸"
    alias = step.parts[0]
    assert alias.query == "@两地"
    assert alias.meaning == "the query that has this name: @班列 (成都 | 重庆)"
    assert alias.passages == corpus.search("@两地").counts.passages
    (inner,) = alias.parts
    assert inner.parts[0].query == "@班列"


def test_marks_are_those_of_what_it_stands_for(corpus: Corpus) -> None:
    document = corpus.document("chengyu")

    def marks(query: str) -> Callable[[], list[tuple[int, object]]]:
        results = corpus.marks(document, query)
        assert results is not None
        return [(hit.passage.number, hit.spans) for hit in results]  # type: ignore[return-value]

    assert marks("@班列 口岸") == marks("(中欧班列 | 国际班列) 口岸")
    assert corpus.marks(document, "@川渝") is None


def test_of_nothing_found_each_part_is_counted(corpus: Corpus) -> None:
    parts = corpus.search("@班列 三峡水运 西宁").parts()
    assert [part.text for part in parts] == ["中欧班列", "国际班列", "三峡水运", "西宁"]
