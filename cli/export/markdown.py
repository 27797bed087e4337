"""Markdown: passages and concordances as a page of CommonMark, with matches in ``<mark>``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import TextIO

from ...index.model import IndexedDocument
from ..display.concordance import place_of
from ..display.layout import harmless
from ..display.snippets import marked
from ..language.translation import gettext, translated
from .interface import ConcordanceExport, Export, ExportWriter, PassageExport, cited_with_place, head_lines, named

# What CommonMark interprets anywhere in a line, and what it interprets only at the beginning of one.
_INLINE = re.compile(r"[\\`*_{}\[\]<>|~&$]")
_LEADING = re.compile(r"^(\s*\d*)([#+=:.)-])")


class Writer(ExportWriter):
    """Writes a page of CommonMark, in which a concordance is a table of GitHub's Markdown."""

    def write_passages(self, export: PassageExport, stream: TextIO) -> None:
        """Write a page: the head as a list, then each document's hits under its title."""
        stream.writelines(line + "\n" for line in chain(_head(export), _passages(export)))

    def write_concordance(self, export: ConcordanceExport, stream: TextIO) -> None:
        """Write a page: the head as a list, the lines as a table (of GitHub's Markdown), and the documents."""
        stream.writelines(line + "\n" for line in chain(_head(export), _concordance(export)))


def escaped(text: str, *, begins: bool = True) -> str:
    """Return a text that Markdown shows as it is; ``begins`` tells that it stands at the beginning of a line."""
    text = _INLINE.sub(r"\\\g<0>", harmless(text, tabs=True))
    return _LEADING.sub(r"\1\\\2", text) if begins else text


def _head(export: Export) -> Iterator[str]:
    yield f"# {escaped(translated(export.head.query))}"
    yield ""
    for name, value in head_lines(export.head):
        yield f"- {named(name, escaped(value, begins=False))}"


def _passages(export: PassageExport) -> Iterator[str]:
    document: IndexedDocument | None = None
    for number, each in enumerate(export.hits, start=1):
        hit = each.hit
        if hit.document is not document:
            document = hit.document
            yield ""
            yield f"## {escaped(document.metadata.title)}"
        yield ""
        yield f"**{number}.** {escaped(cited_with_place(export, hit), begins=False)}"
        for passage in each.before:
            yield ""
            yield escaped(passage.text)
        parts = [
            escaped(text, begins=not index) if term is None else f"<mark>{escaped(text, begins=False)}</mark>"
            for index, (text, term) in enumerate(marked(hit.passage.text, hit.marks))
        ]
        yield ""
        yield f"> {''.join(parts)}"
        for passage in each.after:
            yield ""
            yield escaped(passage.text)


def _concordance(export: ConcordanceExport) -> Iterator[str]:
    documents: dict[str, IndexedDocument] = {}
    yield ""
    yield gettext("| place | before | match | after |")
    yield "|:--|--:|:-:|:--|"
    for line in export.lines:
        documents[line.document.id] = line.document
        place, left, match, right = (
            escaped(each.replace("\t", " "), begins=False)
            for each in (place_of(line), line.left, line.match, line.right)
        )
        yield f"| {place} | {left} | <mark>{match}</mark> | {right} |"
    yield ""
    for id_, document in documents.items():
        yield f"- {named(escaped(id_, begins=False), escaped(export.cite(document), begins=False))}"
