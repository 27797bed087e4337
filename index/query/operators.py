"""The table of the query language: how each operator, mark and field is written, what it means, and an example.

The lexer, the messages of errors, `explain` and the help topic are made from it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from ...corpus.messages import Message, message

BooleanName = Literal["AND", "OR", "NOT"]
JoiningName = Literal[
    "NEAR",
    "PRE",
    "SENT",
    "SECT",
    "DOC",
]
OperatorName = Literal[BooleanName, JoiningName]
StringForm = Literal["term", "phrase", "whole word", "wildcard", "regex", "escape", "group", "alias"]
FieldName = Literal["title", "issuer", "number", "section", "kind", "doc"]
DateFieldName = Literal["date", "year", "adopted", "promulgated", "revised", "effective", "published"]
DocumentDate = Literal["date", "adopted", "promulgated", "revised", "effective", "published"]
AnyFieldName = Literal[FieldName, DateFieldName]


class Operator(NamedTuple):
    """An operator: how it is written, with A and B for its operands, what it means, and a query with it.

    In ``meaning``, ``{count}`` is the number after the slash: ``default`` where none is written, and at least
    ``least``. ``meaning_of_one`` replaces the meaning where that number is 1. Of operators that join two operands, the
    greater ``level`` binds tighter; ``compares_spans`` says that they take only operands that have spans in a passage.
    """

    forms: tuple[str, ...]
    meaning: Message
    example: str
    symbol: str = ""
    is_prefix: bool = False
    default: int | None = None
    least: int = 0
    meaning_of_one: Message | None = None
    level: int = 0
    compares_spans: bool = False


class Reading(NamedTuple):
    """A way to write a string, or a field: its form, its meaning, and an example."""

    form: str
    meaning: str
    example: str


BOOLEAN: dict[BooleanName, Operator] = {
    "AND": Operator(("A B", "A AND B"), message("all of these in the same passage"), "成都 班列"),
    "OR": Operator(("A | B", "A OR B"), message("any of these"), "成都 | 重庆", symbol="|"),
    "NOT": Operator(("-A", "NOT A"), message("not this"), "成都 -重庆", symbol="-", is_prefix=True),
}

JOINING: dict[JoiningName, Operator] = {
    "NEAR": Operator(
        ("A NEAR/n B",),
        message("both with at most {count} characters between them, in any order"),
        "成都 NEAR/10 班列",
        default=10,
        level=3,
        compares_spans=True,
    ),
    "PRE": Operator(
        ("A PRE/n B",),
        message("both with at most {count} characters between them, in this order"),
        "成都 PRE/10 班列",
        default=10,
        level=3,
        compares_spans=True,
    ),
    "SENT": Operator(
        ("A SENT B", "A SENT/n B"),
        message("both within {count} sentences"),
        "成都 SENT/2 班列",
        default=1,
        least=1,
        meaning_of_one=message("both in the same sentence (同句)"),
        level=3,
        compares_spans=True,
    ),
    "SECT": Operator(
        ("A SECT B",),
        message("either, where both stand under the same innermost heading (同条、同节)"),
        "成都 SECT 班列",
        level=2,
    ),
    "DOC": Operator(
        ("A DOC B",),
        message("either, where both stand in the same document (同篇)"),
        "成都 DOC 班列",
        level=1,
    ),
}

OPERATORS: dict[OperatorName, Operator] = dict([*BOOLEAN.items(), *JOINING.items()])

JOINING_LEVELS: tuple[tuple[JoiningName, ...], ...] = tuple(
    tuple(name for name, operator in JOINING.items() if operator.level == level) for level in (1, 2, 3)
)
"""The operators that join two operands, from the loosest to the tightest; all bind tighter than NOT, AND and OR."""

GREATEST_COUNT = 9999

STRINGS: dict[StringForm, Reading] = {
    "term": Reading("A", message("this string"), "中欧班列"),
    "phrase": Reading("“A B”", message("this string, with its spaces and marks"), "“西部陆海 新通道”"),
    "whole word": Reading("=A", message("this string as whole words"), "=人民"),
    "wildcard": Reading("A?B, A*B", message("this string, with gaps"), "中欧*列"),
    "regex": Reading("/A/", message("what this regular expression matches"), "/[0-9.]+亿元/"),
    "escape": Reading("\\", message("the next character itself, not as a mark"), "\\“一带一路"),
    "group": Reading("(A | B) C", message("what stands in brackets is read first"), "(成都 | 重庆) 班列"),
    "alias": Reading("@A", message("the query that has this name"), "@班列 口岸"),
}

EXAMPLE_ALIASES = {"班列": "中欧班列 | 国际班列"}
"""The aliases that the examples use."""

FIELDS: dict[AnyFieldName, Reading] = {
    "title": Reading("title:A", message("documents whose title holds this"), "title:成渝"),
    "issuer": Reading("issuer:A", message("documents whose issuer holds this"), "issuer:重庆"),
    "number": Reading("number:A", message("documents whose document number (发文字号) holds this"), "number:渝府办发"),
    "section": Reading("section:A", message("passages under a heading that holds this"), "section:保障措施"),
    "kind": Reading("kind:A", message("passages of this kind"), "kind:heading"),
    "doc": Reading("doc:A", message("documents whose id holds this"), "doc:chengyu"),
    "date": Reading(
        "date:A, date:A..B", message("documents that may be dated within these days"), "date:2022-07..2023"
    ),
    "year": Reading("year:A, year:A..B", message("documents that may be dated within these years"), "year:2022"),
    "adopted": Reading(
        "adopted:A, adopted:A..B",
        message("documents that may have been adopted (通过) within these days"),
        "adopted:2018",
    ),
    "promulgated": Reading(
        "promulgated:A, promulgated:A..B",
        message("documents that may have been promulgated (公布、发布) within these days"),
        "promulgated:2018-10",
    ),
    "revised": Reading(
        "revised:A, revised:A..B",
        message("documents that may have been revised (修正、修订) within these days"),
        "revised:2018..2023",
    ),
    "effective": Reading(
        "effective:A, effective:A..B",
        message("documents that may take effect (施行) within these days"),
        "effective:2024-07-01..",
    ),
    "published": Reading(
        "published:A, published:A..B",
        message("documents that may have been published on the web (发布日期) within these days"),
        "published:2023",
    ),
}


def operator_meaning(name: OperatorName, count: int | None = None) -> Message:
    """Return what an operator means in one sentence, with its number filled in."""
    operator = OPERATORS[name]
    if count == 1 and operator.meaning_of_one:
        return operator.meaning_of_one
    return operator.meaning if count is None else _counting(operator, count)


def reference_rows() -> list[Reading]:
    """Return the rows of a reference of the language: strings, operators, then fields.

    A form has A and B for what the user writes, and n for a number; commas separate several forms.
    """
    operators = [
        Reading(", ".join(operator.forms), _meaning_with_n(operator), operator.example)
        for operator in OPERATORS.values()
    ]
    return [*STRINGS.values(), *operators, *FIELDS.values()]


def _meaning_with_n(operator: Operator) -> Message:
    if operator.default is None:
        return operator.meaning
    meaning = _counting(operator, "n")
    if operator.meaning_of_one:
        return message("{meaning}; with /n {general}", meaning=operator.meaning_of_one, general=meaning)
    return message("{meaning}; {default} without /n", meaning=meaning, default=operator.default)


def _counting(operator: Operator, count: int | Literal["n"]) -> Message:
    return Message(operator.meaning.template, {"count": count})
