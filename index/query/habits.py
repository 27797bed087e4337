"""Habits: what people write who come from other search engines, and how the same is written here."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...corpus.messages import message
from ..errors import QueryError
from .lexer import tokenize
from .tokens import HALF_WIDTH, OPERATOR, Token

# The fields under the names that tables have them by in Chinese.
_FIELDS = {
    "标题": "title", "题名": "title", "发文机关": "issuer", "发布机关": "issuer", "文号": "number",
    "发文字号": "number", "日期": "date", "成文日期": "date", "年份": "year", "年": "year", "章节": "section",
    "类型": "kind", "文档": "doc", "通过日期": "adopted", "公布日期": "promulgated", "修订日期": "revised",
    "施行日期": "effective", "发布日期": "published",
}  # fmt: skip
_FIELD = re.compile(rf"({'|'.join(sorted(_FIELDS, key=len, reverse=True))})[:：](?=.)")
_SEPARATOR = re.compile(r"(?<![0-9０-９])[，、；,;]|[，、；,;](?![0-9０-９])")
_SET = re.compile(r"(\\.)|\[([^\]\\]+)\]", re.DOTALL)


class OtherReading(NamedTuple):
    """A query as it may have been meant, and ``notes`` that say what was written means here."""

    query: str
    notes: tuple[str, ...]


def other_reading(query: str, *, operators_only: bool = False) -> OtherReading | None:
    """Return how a query may have been meant that has operators in lower case or, but for ``operators_only``, fields
    under a Chinese name, punctuation between terms or brackets in a regular expression; None if it has none."""
    try:
        tokens = tokenize(query)
    except QueryError:
        return None
    written, notes = query, dict[str, None]()
    for token in reversed(tokens):
        found = _other(query, token, operators_only=operators_only)
        if found:
            text, note = found
            written = written[: token.start] + text + written[token.end :]
            notes[note] = None
    return OtherReading(" ".join(written.split()), tuple(reversed(notes))) if notes else None


def _other(query: str, token: Token, *, operators_only: bool) -> tuple[str, str] | None:
    """Return how a token may have been meant, and what it means as it is."""
    written = query[token.start : token.end]
    if token.kind == "word" and not token.whole:
        half = written.translate(HALF_WIDTH)
        if not half.isupper() and OPERATOR.fullmatch(half.upper()):
            return half.upper(), message(
                "“{text}” is looked for as text; operators are written in capitals.", text=written
            )
        if not operators_only and (field := _FIELD.match(written)):
            name = _FIELDS[field[1]]
            return f"{name}:{written[field.end() :]}", message(
                "“{text}” is looked for as text; the field is written {field}:.", text=field[0], field=name
            )
        if not operators_only and (mark := _SEPARATOR.search(written)):
            apart = " ".join(_SEPARATOR.sub(" ", written).split())
            return f" {apart} ", message(
                "“{mark}” is looked for as part of the term; terms are written with spaces between them.", mark=mark[0]
            )
    sets = filter(_is_set, _SET.finditer(written)) if token.kind == "regex" and not operators_only else iter(())
    if match := next(sets, None):
        literal = _SET.sub(lambda each: each[1] or f"\\[{each[2]}\\]", written)
        return literal, message(
            "{set} means one of the characters in it; for brackets, write \\[ and \\].", set=match[0]
        )
    return None


def _is_set(match: re.Match[str]) -> bool:
    return match[2] is not None
