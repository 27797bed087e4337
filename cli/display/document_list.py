"""The list of documents, laid out for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ...corpus.messages import Message, listed, message
from ...index.descriptions import responsible, validity_in_words
from ...index.document_list import DocumentList
from ...index.model import Counts, IndexedDocument
from ..language.translation import gettext, ngettext, pgettext, translated
from .layout import cells, cut, harmless, wrap
from .terminal import one_line
from .theme import FAINT, PLACE, TITLE
from .wording import documents_shown_of, file_of, found_in_all

if TYPE_CHECKING:
    from rich.text import Text

    from ...index.search.versions import Standing

_INDENT = 2  # cells before what stands below a title
_OTHER_VERSION = 4  # cells before a version of the law above
_GAP = 2  # cells between columns
_NARROW = 50  # cells; a narrower list has its dates below the titles
_BESIDE_ID = 24  # cells; if fewer are left, an id has a line of its own
_NAMES = 12  # cells; names are left out rather than cut to fewer


class _Columns(NamedTuple):
    """What stands right of the titles: whether dates do, and the digits of the largest count, 0 if there is none."""

    dated: bool
    digits: int


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A list of documents: the title of each in one line, with its date and what was found in it, and its id and
    what else is known below.

    ``total`` is the number of documents before the list was limited, and ``counts`` what was found in all of them.
    Documents with a path or a standing are shown with their file, other versions of the law, and what repeals it, and
    with what ``origins`` says of where their fields come from. ``short_id`` returns an id without the folders that
    tell nothing apart.
    """

    documents: DocumentList
    total: int
    counts: Counts | None
    paths: Mapping[str, Path]
    standings: Mapping[str, Standing]
    short_id: Callable[[IndexedDocument], str]
    origins: Callable[[IndexedDocument], str]

    def lines(self, width: int) -> Iterator[Text]:
        """Yield the lines at a width in cells."""
        yield from _wrapped(self._head(), width, TITLE)
        yield one_line("")
        columns = self._columns(width)
        for group in self.documents.groups:
            for number, document in enumerate(group):
                indent = _OTHER_VERSION if number else 0
                for line in self._document(document, columns, width - indent):
                    yield one_line(" " * indent if line.plain else "").append_text(line)
        if len(self.documents) < self.total:
            yield one_line("")
            yield from _wrapped(documents_shown_of(len(self.documents), self.total), width, FAINT)

    def _head(self) -> str:
        if self.counts:
            return found_in_all(self.counts)
        documents = ngettext("{count:,} document", "{count:,} documents", self.total)
        if len(self.documents) < self.total:
            return pgettext("first line of a page", "{documents}", documents=documents)
        return gettext(
            "{documents}, {passages}, {characters}",
            documents=documents,
            passages=_passages(sum(document.passages for document in self.documents)),
            characters=_characters(sum(document.characters for document in self.documents)),
        )

    def _document(self, document: IndexedDocument, columns: _Columns, width: int) -> Iterator[Text]:
        """Yield the lines of a document."""
        counts = self.documents.counts[document.id] if self.documents.counts else None
        date = harmless(document.metadata.date or "")
        beside = date.ljust(len("2022-07-26")) if columns.dated else ""
        beside += f"{' ' * _GAP}{counts.occurrences:>{columns.digits},}" if counts else ""
        title = cut(harmless(document.metadata.title), width - cells(beside) - _GAP)
        padding = " " * (width - cells(title) - cells(beside))
        line = one_line(title, TITLE)
        yield line.append(f"{padding}{beside}".rstrip(), TITLE if counts else FAINT)
        details = [ngettext("{count:,} passage matches", "{count:,} passages match", counts.passages)] if counts else []
        details += [] if columns.dated or not date else [date]
        yield from self._below(document, details, width)
        if self.paths:
            yield from self._more(document, width)
            yield one_line("")

    def _below(self, document: IndexedDocument, details: list[str], width: int) -> Iterator[Text]:
        """Yield the id of a document and what else is known of it, given what stands first: its number in full, names
        as far as there is room for them."""
        id_ = harmless(self.short_id(document))
        room = width - _INDENT - cells(id_) - _GAP
        first = one_line(" " * _INDENT).append(id_, PLACE).append(" " * _GAP)
        number, names = document.metadata.number, harmless(responsible(document) or "")
        known = [*details, *([harmless(str(number))] if number else [])]
        if room < max(_BESIDE_ID, cells(_joined(known))):
            yield from _wrapped(id_, width, PLACE, _INDENT)
            first, room = one_line(" " * _INDENT), width - _INDENT
        size = _characters(document.characters)
        left = room - cells(_joined([*known, "", size]))
        if names and left >= min(cells(names), _NAMES):
            known.append(cut(names, left))
        if cells(_joined([*known, size])) <= room:
            known.append(size)
        yield first.append(cut(_joined(known), room), FAINT)

    def _more(self, document: IndexedDocument, width: int) -> Iterator[Text]:
        """Yield the names in full, the file of a document, where its fields come from, and how it stands among the
        others."""
        said = [_passages(document.passages), responsible(document) or ""]
        said += [
            file_of(document, self.paths[document.id]),
            self.origins(document),
            validity_in_words(document) or "",
        ]
        for each in filter(None, [*said, *_standing(self.standings.get(document.id))]):
            yield from _wrapped(harmless(translated(each)), width, FAINT, _INDENT)

    def _columns(self, width: int) -> _Columns:
        dated = width >= _NARROW and any(document.metadata.date for document in self.documents)
        counts = self.documents.counts or {}
        return _Columns(dated, max((len(f"{each.occurrences:,}") for each in counts.values()), default=0))


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(parts)


def _passages(count: int) -> str:
    return ngettext("{count:,} passage", "{count:,} passages", count)


def _characters(count: int) -> str:
    return ngettext("{count:,} character", "{count:,} characters", count)


def _standing(standing: Standing | None) -> Iterator[Message]:
    if not standing:
        return
    if standing.versions:
        dates = listed(version.date or message("undated") for version in standing.versions)
        yield message("versions: {dates}", dates=dates)
    since = standing.since
    if standing.repealed_by:
        laws = listed(standing.repealed_by)
        if since:
            yield message("repealed since {date} by: {laws}", date=since, laws=laws)
        else:
            yield message("repealed by: {laws}", laws=laws)
        since = None
    if standing.repealed:
        if since:
            yield message("repealed since {date}, as the text itself says", date=since)
        else:
            yield message("repealed, as the text itself says")


def _wrapped(text: str, width: int, style: str, indent: int = 0) -> Iterator[Text]:
    for start, end in wrap(text, width - indent):
        yield one_line(" " * indent + text[start:end], style)
