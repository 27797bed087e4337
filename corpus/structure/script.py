"""The script of a text: lines in traditional script are read as simplified ones, and documents get their own back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..document import Document
from ..extraction import SourceLine
from ..model import Metadata, Passage
from ..text.traditional_script import OriginalScript, is_traditional, simplified
from .lines import TextLine, text_lines
from .paragraphs import TextBlock


class Script:
    """The lines of a file as they are to be read, and the way back. Of a text in simplified script nothing changes."""

    def __init__(self, source: Iterable[SourceLine]) -> None:
        source = list(source)
        self.lines = text_lines(source)
        self._original: dict[int, TextLine] = {}
        if is_traditional("".join(line.text for line in self.lines)):
            original = self.lines
            self.lines = text_lines(replace(line, text=simplified(line.text)) for line in source)
            self._original = {id(new): line for new, line in zip(self.lines, original, strict=True)}

    def restored(self, document: Document, blocks: Sequence[TextBlock]) -> Document:
        """Return a document made of some blocks of simplified lines in its own script. Its number stays simplified, in
        which form all numbers are kept, and so does what was not read out of the text."""
        if not self._original:
            return document
        own = [TextBlock([self._original[id(line)] for line in block.lines]).text for block in blocks]
        text = OriginalScript("".join(own))
        return replace(
            document,
            passages=tuple(_restored_passages(document.passages, own)),
            metadata=_restored_metadata(document, text),
        )


def _restored_passages(passages: Sequence[Passage], texts: Sequence[str]) -> list[Passage]:
    headings: dict[str, str] = {}
    found: list[Passage] = []
    for passage, text in zip(passages, texts, strict=True):
        for heading in passage.section:
            # A heading is a passage further up, or runs into this one.
            if heading not in headings and (start := passage.text.find(heading)) >= 0:
                headings[heading] = text[start : start + len(heading)]
        found.append(passage._replace(text=text, section=tuple(headings.get(each, each) for each in passage.section)))
        if passage.kind == "heading":
            headings[passage.text] = text
    return found


def _restored_metadata(document: Document, text: OriginalScript) -> Metadata:
    metadata = document.metadata
    known = document.origins
    return metadata._replace(
        title=text.restored(metadata.title) if known.get("title") == "text" else metadata.title,
        issuers=_restored(metadata.issuers, text) if known.get("issuers") == "text" else metadata.issuers,
        authors=_restored(metadata.authors, text) if known.get("authors") == "text" else metadata.authors,
        source=text.restored(metadata.source) if metadata.source and known.get("source") == "text" else metadata.source,
    )


def _restored(names: Sequence[str], text: OriginalScript) -> tuple[str, ...]:
    return tuple(map(text.restored, names))
