"""Messages: sentences in English that keep their template and values, so that they can be said in another language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

_TEMPLATE, _SEVERAL, _CONTEXT, _VALUES = "template", "several", "context", "values"  # keys of a message in JSON


class Message(str):
    """A sentence or a phrase. As a text it is English; what shows it to people may translate its template instead.

    ``template`` has a named placeholder for each of ``values``, of which some may be messages, too. ``several`` is the
    template to take unless the value ``count`` is 1, empty where one is enough. ``context`` tells apart what English
    writes alike and other languages do not. Templates are collected from the calls of the functions below.
    """

    __slots__ = ("context", "several", "template", "values")

    template: str
    several: str
    context: str
    values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object], several: str = "", context: str = "") -> Message:
        """Make a message, with its text in English."""
        self = super().__new__(cls, filled(several if several and values["count"] != 1 else template, values))
        self.template, self.values, self.several, self.context = template, values, several, context
        return self

    def __str__(self) -> str:
        """Return the message itself, so that one in an error stays a message."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how to make the message anew in another process."""
        return Message, (self.template, dict(self.values), self.several, self.context)


def filled(template: str, values: Mapping[str, object]) -> str:
    """Return a template with its values. Without values it is a plain text, in which braces are braces."""
    return template.format_map(values) if values else str.__str__(template)


def message(template: str, /, **values: object) -> Message:
    """Return a message, such as ``message("{path} has no text in it.", path=path)``."""
    return Message(template, values)


def counted(one: str, several: str, /, count: int, **values: object) -> Message:
    """Return a message that depends on a number, such as ``counted("{count} page", "{count} pages", count=3)``."""
    return Message(one, {"count": count, **values}, several)


def in_context(context: str, template: str, /, **values: object) -> Message:
    """Return a message whose English may mean something else elsewhere."""
    return Message(template, values, context=context)


def sentences(parts: Iterable[str]) -> Message:
    """Return sentences one after the other, as their language sets them."""
    found = [part for part in parts if part]
    if not found:
        return Message("", {})
    last = found[-1]
    for part in reversed(found[:-1]):
        last = message("{sentence} {next}", sentence=part, next=last)
    return last if isinstance(last, Message) else message("{text}", text=last)


def listed(parts: Iterable[str]) -> Message:
    """Return parts as a list in a sentence, with the mark between them that their language has."""
    return _joined([*parts], lambda first, rest: message("{first}, {next}", first=first, next=rest))


def clauses(parts: Iterable[str]) -> Message:
    """Return parts of a sentence that may be lists themselves, with a stronger mark between them."""
    return _joined([*parts], lambda first, rest: message("{first}; {next}", first=first, next=rest))


def all_of(parts: Iterable[str]) -> Message:
    """Return parts as a list of what goes together: csv, tsv and xlsx."""
    *others, last = parts
    return message("{first} and {last}", first=listed(others), last=last) if others else message("{text}", text=last)


def any_of(parts: Iterable[str]) -> Message:
    """Return parts as a list of what may be chosen: csv, tsv or xlsx."""
    *others, last = parts
    return message("{first} or {last}", first=listed(others), last=last) if others else message("{text}", text=last)


def lines(parts: Iterable[str]) -> Message:
    """Return parts below each other."""
    return _joined([*parts], lambda first, rest: Message("{line}\n{next}", {"line": first, "next": rest}))


def _joined(parts: Sequence[str], join: Callable[[str, str], Message]) -> Message:
    if len(parts) > 1:
        # Halved, so that a long list is not nested deep.
        half = len(parts) // 2
        return join(_joined(parts[:half], join), _joined(parts[half:], join))
    return message("{text}", text=parts[0]) if parts else Message("", {})


def to_json(text: str) -> object:
    """Return a text, or a message with what it is made of, as JSON has it."""
    if not isinstance(text, Message):
        return text
    values = {name: to_json(v) if isinstance(v, str) else v for name, v in text.values.items()}
    plain = {name: v if isinstance(v, (str, int, float, dict)) else str(v) for name, v in values.items()}
    return {_TEMPLATE: text.template, _VALUES: plain, _SEVERAL: text.several, _CONTEXT: text.context}


def from_json(value: Any) -> str:
    """Return the text or message that `to_json` has written."""
    if not isinstance(value, dict):
        return str(value)
    values = {name: from_json(v) if isinstance(v, dict) else v for name, v in value[_VALUES].items()}
    return Message(value[_TEMPLATE], values, value[_SEVERAL], value[_CONTEXT])
