"""The table of the query language is whole: each operator, mark, field and node is explained, shown and tested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from evaluator import Answer, ReferenceEvaluator, documents_of
from pages import LANGUAGES, TOPICS_IN
from zhengce.index import Corpus, QueryError, open_corpus
from zhengce.index.query.ast import And, Dates, Field, Near, Node, Not, Or, Regex, Term, Wildcard, children
from zhengce.index.query.operators import (
    EXAMPLE_ALIASES,
    FIELDS,
    JOINING,
    JOINING_LEVELS,
    OPERATORS,
    STRINGS,
    AnyFieldName,
    DocumentDate,
    JoiningName,
    Operator,
    OperatorName,
    Reading,
    StringForm,
    operator_meaning,
    reference_rows,
)
from zhengce.index.query.parser import parse
from zhengce.index.search.explanation import meaning

EXAMPLES = [row.example for row in reference_rows()]


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in children(node):
        yield from nodes(child)


def read(query: str) -> list[Node]:
    return list(nodes(parse(query, str, aliases=EXAMPLE_ALIASES).root))


def names(literal: object) -> set[str]:
    """Return the strings of a type of literals, also of those within it."""
    return {name for each in get_args(literal) for name in (names(each) or {each})}


def operators_in(query: str) -> set[str]:
    return {operator for node in read(query) if (operator := getattr(node, "operator", None))}


@pytest.fixture(scope="module")
def evaluator(corpus: Corpus) -> ReferenceEvaluator:
    return ReferenceEvaluator(documents_of(corpus), corpus._segmenter.cut)


def test_every_name_has_a_row() -> None:
    assert set(OPERATORS) == names(OperatorName)
    assert set(FIELDS) == names(AnyFieldName)
    assert set(STRINGS) == names(StringForm)
    assert sorted(name for level in JOINING_LEVELS for name in level) == sorted(names(JoiningName))
    assert set(JOINING) == names(JoiningName)


@pytest.mark.parametrize("row", reference_rows(), ids=lambda row: row.form)
def test_every_row_says_what_it_means_and_shows_it(
    row: Reading, shared_home: Path, evaluator: ReferenceEvaluator
) -> None:
    """The example finds something in the bundled documents, and just what the slow evaluator finds. None of them is a
    law, or states when it was published; `test_conditions` asks for these dates."""
    assert row.form
    assert len(row.meaning) > 5
    assert "{" not in row.meaning
    corpus = open_corpus(shared_home, aliases=EXAMPLE_ALIASES)
    found = corpus.search(row.example, sort="document")
    expected = evaluator.answers(corpus.parse(row.example).root)
    assert [Answer(hit.document.id, hit.passage.number, hit.spans) for hit in found] == expected
    assert expected or row.example.partition(":")[0] in set(get_args(DocumentDate)) - {"date"}


@pytest.mark.parametrize(("name", "operator"), OPERATORS.items())
def test_the_example_of_an_operator_asks_for_it(name: OperatorName, operator: Operator) -> None:
    assert name in operators_in(operator.example)
    for form in operator.forms:
        query = re.sub(r"\bA\b", "甲", re.sub(r"\bB\b", "乙", form)).replace("/n", "/7")
        assert name in operators_in(query), form
        if "/7" in query:
            assert "/7" in query
            assert operator_meaning(name, 7) in {meaning(node) for node in read(query)}
    assert operator_meaning(name, operator.default) in {
        meaning(node) for node in read(f"{name} 甲" if operator.is_prefix else f"甲 {name} 乙")
    }


@pytest.mark.parametrize("name", FIELDS)
def test_the_example_of_a_field_asks_for_it(name: AnyFieldName) -> None:
    (field,) = read(FIELDS[name].example)
    assert field.name == name if isinstance(field, Field) else isinstance(field, Dates)
    assert meaning(field).startswith(FIELDS["date" if name == "year" else name].meaning)
    assert isinstance(field, Field) or field.name == ("date" if name == "year" else name)


def test_every_node_is_in_an_example_and_has_a_meaning() -> None:
    examples = {type(node): node for example in EXAMPLES for node in read(example)}
    assert set(examples) == set(get_args(Node))
    assert all(map(meaning, examples.values()))
    # What differs is told apart.
    assert len(set(map(meaning, examples.values()))) == len(examples)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("甲", "this string"),
        ("=甲", "this string as whole words"),
        ("=甲?", "this string as whole words"),
        ("甲?", "this string, with gaps"),
        ("甲 SENT 乙", "both in the same sentence (同句)"),
        ("甲 SENT/2 乙", "both within 2 sentences"),
        ("甲 NEAR/1 乙", "both with at most 1 characters between them, in any order"),
        ("甲 PRE 乙", "both with at most 10 characters between them, in this order"),
        ("date:2022-07", "documents that may be dated within these days: 2022-07-01 to 2022-07-31"),
        ("kind:table", "passages of this kind"),
    ],
)
def test_a_meaning_is_said_of_the_query_as_it_is(query: str, said: str) -> None:
    assert meaning(parse(query, str).root) == said


@pytest.mark.parametrize("name", [name for name, operator in OPERATORS.items() if operator.default is not None])
def test_counts_are_those_of_the_table(name: OperatorName) -> None:
    operator = OPERATORS[name]
    assert read(f"甲 {name} 乙") == read(f"甲 {name}/{operator.default} 乙")
    assert read(f"甲 {name}/{operator.least} 乙")
    assert read(f"甲 {name}/9999 乙")
    for count in (operator.least - 1, 10000):
        with pytest.raises(QueryError) as caught:
            read(f"甲 {name}/{count} 乙")
        assert operator.example in caught.value.advice


@pytest.mark.parametrize("name", [name for name, operator in OPERATORS.items() if operator.default is None])
def test_what_counts_nothing_is_no_operator_with_a_slash(name: OperatorName) -> None:
    assert read(f"{name}/5") == [Term(f"{name}/5", f"{name}/5")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_topic_documents_every_operator_and_field(language: str) -> None:
    text = TOPICS_IN[language]["query"].read_text(encoding="utf-8")
    queries = [span.replace("\\|", "|") for span in re.findall(r"`([^`\n]+)`", text)]
    found: list[Node] = []
    for query in queries:
        try:
            found += read(query)
        except QueryError:
            continue
    operators = {operator for node in found if (operator := getattr(node, "operator", None))}
    assert operators == set(OPERATORS)
    fields = {node.name for node in found if isinstance(node, Field)}
    dates = {node.text.partition(":")[0] for node in found if isinstance(node, Dates)}
    assert fields | dates == set(FIELDS)
    assert {type(node) for node in found} == set(get_args(Node))
    assert any(isinstance(node, (Term, Wildcard)) and node.word for node in found)
    assert any(isinstance(node, Regex) for node in found)
    for operator in OPERATORS.values():
        assert not operator.symbol or any(operator.symbol in query for query in queries)


def test_joined_nodes_know_their_operators() -> None:
    left, right = Term("甲", "甲"), Term("乙", "乙")
    operators = [Near(left, right, 1).operator, Near(left, right, 1, ordered=True).operator]
    assert operators == ["NEAR", "PRE"]
    assert [And.operator, Or.operator, Not.operator] == ["AND", "OR", "NOT"]
