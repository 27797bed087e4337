"""The program's own short citation, which names the passage as ``zhengce show`` takes it: [chengyu:17]."""

from __future__ import annotations

from ...corpus.model import Passage
from ..descriptions import position_in_file, section_path
from ..model import IndexedDocument


def cite(document: IndexedDocument, passage: Passage | None = None) -> str:
    """Return title, number or else source, and date of a document; for a passage also its section path, its number,
    its position in the file, and document:passage."""
    metadata = document.metadata
    identity = "，".join(filter(None, (str(metadata.number or metadata.source or ""), metadata.date)))
    parts = [f"{metadata.title}（{identity}）" if identity else metadata.title]
    if passage is None:
        return parts[0]
    if passage.section:
        parts.append(section_path(passage.section))
    in_file = position_in_file(document, passage)
    parts.append(f"¶{passage.number}, {in_file}" if in_file else f"¶{passage.number}")
    return f"{' — '.join(parts)} [{document.place(passage.number)}]"
