"""Regular expressions: read from a query, tried, and folded so that they match folded texts."""

from __future__ import annotations

import re
import unicodedata

from ...corpus.messages import message
from ..errors import QueryError
from .ast import Regex
from .tokens import Fold, Token

# An escaped slash, which is the slash itself; else a character or an escape.
_SLASHED = re.compile(r"[\\＼]([/／])|[\\＼]?.", re.DOTALL)
_TRIAL_SECONDS = 0.2
_QUANTIFIER = r"(?:[*+?]|\{[0-9]*(?:,[0-9]*)?\})"
_SPACES = rf"(?:\s(?:{_QUANTIFIER}[?+]?)?)*"
# The parts of a regular expression: names, comments and escapes, sets, characters to fold and white space.
_PART = rf"""\(\?(?:P?<\w+>|P[=>]\w+|&\w+|\#[^)]*) | \\[gkpPNL][<{{][^>}}]* | (?P<mark>\\[\[\]{{}}]|['`])
    | \\[\x00-\x7f]
    | \[(?P<set>\^?\]?(?:\[:\^?\w+:\]|\\.|[^]\\])*)\]
    | (?P<before>{_SPACES})
      (?:(?P<literal>\\?[^\x00-\x7f\s]+(?!{_QUANTIFIER})|\\?[^\x00-\x7f\s])(?P<after>{_SPACES}))?"""
_MEMBER = (
    r"\[:\^?\w+:\]|(?P<mark>\\[\[\]{}]|['`{}])"
    r"|\\?(?P<first>[^\x00-\x7f])-\\?(?P<last>[^\x00-\x7f])|\\?(?P<one>[^\x00-\x7f])|\\."
)


_FAULTS: dict[str, str] = {
    each: each
    for each in (
        message("nothing to repeat"),
        message("multiple repeat"),
        message("repeat count too big"),
        message("min repeat greater than max repeat"),
        message("missing )"),
        message("missing ]"),
        message("unbalanced parenthesis"),
        message("unterminated character set"),
        message("bad character range"),
        message("bad escape (end of pattern)"),
        message("unknown extension"),
        message("unknown property"),
        message("unknown group"),
        message("invalid group reference"),
        message("missing group name"),
        message("bad character in group name"),
    )
}
"""What is wrong of a regular expression, in the words of `regex`."""


def read_regex(source: str, token: Token, fold: Fold) -> Regex:
    """Return the node for a regular expression.

    Raises:
        QueryError: It cannot be compiled, is too complex, or matches the empty string.
    """
    chunks = [(match[1] or match[0], token.text_start + match.end()) for match in _SLASHED.finditer(token.text)]
    text = "".join(chunk for chunk, _ in chunks)
    positions = [end - len(chunk) + index for chunk, end in chunks for index in range(len(chunk))]
    if not text:
        advice = message("Write one between the slashes, as in /[0-9]+亿元/, or \\/\\/ for the characters themselves.")
        raise QueryError(message("There is nothing between the slashes."), source, token.start, advice)
    _try(source, text, [*positions, token.end - 1])
    pattern = fold_pattern(text, fold)
    if pattern != text:
        _try(source, pattern, [token.start] * (len(pattern) + 1))
    return Regex(text, pattern, (token.start, token.end))


def _try(source: str, pattern: str, positions: list[int]) -> None:
    """Raise the error of a regular expression that cannot be used. ``positions`` says where in the query each of its
    characters is."""
    import regex

    advice = message(
        "Put a backslash before a character that stands for itself, as in \\(, or put quotation marks around text."
    )
    try:
        found = regex.compile(pattern, regex.V0 | regex.IGNORECASE).search("", timeout=_TRIAL_SECONDS)
    except regex.error as error:
        details = vars(error)  # msg and pos, of which regex's stubs do not know
        reason = _FAULTS.get(details["msg"], details["msg"])
        said = message("The regular expression cannot be read: {reason}.", reason=reason)
        position = positions[min(details["pos"] or 0, len(positions) - 1)]
        raise QueryError(said, source, position, advice) from None
    except (ValueError, OverflowError, KeyError) as error:
        said = message("The regular expression cannot be used: {reason}.", reason=str(error))
        raise QueryError(said, source, positions[0], advice) from None
    except (TimeoutError, MemoryError, RecursionError):
        advice = message("Nest fewer groups, and leave out recursion such as (?R).")
        raise QueryError(message("The regular expression is too complex."), source, positions[0], advice) from None
    if found:
        advice = message("Write one that matches at least one character, as in /[0-9]+/.")
        raise QueryError(message("The regular expression matches the empty string."), source, positions[0], advice)


def fold_pattern(pattern: str, fold: Fold) -> str:
    """Return a regular expression that matches in folded texts what another matches in texts.

    What changes are characters outside ASCII and the white space next to them, and marks that fold to others: brackets
    behind a backslash, and quotation marks. Case is left to a flag.
    """

    def part(match: re.Match[str]) -> str:
        if match["literal"]:
            return _fold_literal(match, fold)
        if match["mark"]:
            return _fold_mark(match["mark"], fold)
        if match["set"]:
            return "[" + re.sub(_MEMBER, lambda member: _fold_member(member, fold), match["set"], flags=re.DOTALL) + "]"
        return match[0]

    # In texts, a combining mark is folded together with its ASCII letter.
    plain = re.sub(r"[^\S\x00-\x7f]", " ", unicodedata.normalize("NFC", pattern))
    return re.sub(_PART, part, plain, flags=re.DOTALL | re.VERBOSE)


def _fold_mark(written: str, fold: Fold) -> str:
    """Fold a bracket behind a backslash, or a quotation mark: ``\\[`` finds 〔 and （, too."""
    return re.escape(fold(written.removeprefix("\\")))


def _fold_literal(match: re.Match[str], fold: Fold) -> str:
    """Fold characters, and drop the white space next to them where folded texts have none."""
    text = match["literal"].removeprefix("\\")
    folded = fold(text)
    before = match["before"] if not folded or " " in fold(f"a {text}") else ""
    after = match["after"] if not folded or " " in fold(f"{text} a") else ""
    escaped = re.escape(folded)
    if len(folded) != 1 and re.compile(_QUANTIFIER).match(match.string, match.end("literal")):
        escaped = f"(?:{escaped})"
    return before + escaped + after


def _fold_member(member: re.Match[str], fold: Fold) -> str:
    """Fold a character or a range in a set."""
    if mark := member["mark"]:
        return _fold_mark(mark, fold)
    if one := member["one"]:
        return re.escape(fold(one))
    if not member["first"]:
        return member[0]
    first, last = fold(member["first"]), fold(member["last"])
    # ０-９ becomes 0-9; a range whose ends fold to different distances, such as 一-龥, stays as it is.
    same = len(first) == len(last) == 1 and ord(last) - ord(first) == ord(member["last"]) - ord(member["first"])
    return f"{re.escape(first)}-{re.escape(last)}" if same else member[0]
