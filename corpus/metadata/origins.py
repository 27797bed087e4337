"""Origins: where each field of a document's metadata comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import Metadata, Origin, Passage
from ..notation.dates import name_date
from .fields import FIELDS, ValueFormError, canonical
from .text_metadata import read_metadata

_LETTERS: Mapping[Origin, str] = {
    "text": "t",
    "page": "p",
    "properties": "f",
    "name": "n",
    "catalogue": "c",
    "sidecar": "s",
    "set": "h",
}
_ORIGINS = {letter: origin for origin, letter in _LETTERS.items()}
_UNKNOWN = "-"


def origins(
    metadata: Metadata,
    passages: Sequence[Passage],
    fallback: str,
    overrides: Sequence[tuple[Origin, Mapping[str, str]]],
    defaults: Sequence[tuple[Origin, Mapping[str, str]]],
) -> dict[str, Origin]:
    """Return the origin of each field of a document's metadata that has a value.

    ``overrides`` and ``defaults`` are what was stated, the strongest first, as `read_metadata` takes them, and
    ``fallback`` is the name of the file.
    """
    in_text = read_metadata(passages)

    def origin(name: str) -> Origin:
        value = getattr(metadata, name)
        if stated := next((by for by, values in overrides if _takes(name, values)), None):
            return stated
        if value == getattr(in_text, name):
            return "text"
        if value == fallback if name == "title" else name == "date" and value == name_date(fallback):
            return "name"
        if name == "date" and value == metadata.published:
            return origin("published")
        return next((by for by, values in defaults if values.get(name)), "text")

    return {field.name: origin(field.name) for field in FIELDS if getattr(metadata, field.name)}


def encoded(origins: Mapping[str, Origin]) -> str:
    """Return origins as a letter for each field, in which form an index has them: a search reads the documents."""
    return "".join(_LETTERS[origins[field.name]] if field.name in origins else _UNKNOWN for field in FIELDS)


def decoded(letters: str) -> dict[str, Origin]:
    """Return the origins that `encoded` was given."""
    pairs = zip(FIELDS, letters, strict=False)
    return {field.name: _ORIGINS[letter] for field, letter in pairs if letter in _ORIGINS}


def _takes(name: str, values: Mapping[str, str]) -> bool:
    """Say whether a value is stated that the field takes."""
    if not values.get(name):
        return False
    try:
        return bool(canonical(next(field for field in FIELDS if field.name == name), values[name]))
    except ValueFormError:
        return False
