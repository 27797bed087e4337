"""What the styles in English share: lists of names, sentences, months."""

from __future__ import annotations

from collections.abc import Sequence

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_ENDS = (".", "。", "？", "?", "！", "!")


def unknown_newspaper(source: str | None) -> str:
    """Return what stands for the name of a newspaper that is not known."""
    return f"[newspaper unknown: {source}]" if source else "[newspaper unknown]"


def listed(names: Sequence[str], two: str, last: str, *, most: int, shown: int | None = None) -> str:
    """Return names as a list: ``two`` joins two names, ``last`` stands before the last of three or more.

    If there are more than ``most``, the list has the first ``shown`` and et al, or else the first names, … and the
    last one: ``most`` in all.
    """
    if len(names) > most:
        if shown:
            return ", ".join((*names[:shown], "et al"))
        return f"{', '.join(names[: most - 1])}, … {names[-1]}"
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + (two if len(names) == 2 else last) + names[-1]


def sentences(*parts: str | None) -> str:
    """Return parts as sentences. Each ends with one full stop, before closing quotation marks."""
    return " ".join(_sentence(part) for part in parts if part)


def _sentence(text: str) -> str:
    bare = text.rstrip("”’")
    return text if bare.endswith(_ENDS) else f"{bare}.{text[len(bare) :]}"
