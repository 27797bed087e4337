"""Locators: where in a document the cited passage stands, as citations say it."""

from __future__ import annotations

from ...corpus.model import Passage
from ..descriptions import section_path


def locator_in_chinese(passage: Passage | None) -> str:
    """Return the position of a passage in its document: the page, or else section path and paragraph."""
    if passage is None:
        return ""
    if passage.page is not None:
        return str(passage.page)
    return ", ".join(filter(None, (section_path(passage.section), f"第{passage.number}段")))


def locator_in_english(passage: Passage | None) -> str:
    """Return the position of a passage in its document: the page, or else section path and paragraph."""
    if passage is None:
        return ""
    if passage.page is not None:
        return f"p. {passage.page}"
    return ", ".join(filter(None, (section_path(passage.section), f"para. {passage.number}")))
