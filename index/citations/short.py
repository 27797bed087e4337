"""The program's own short citation, which names the passage as ``zhengce show`` takes it: [chengyu:17]."""

from __future__ import annotations

from ...corpus.messages import message
from ...corpus.model import Passage
from ..descriptions import position_in_file, section_path
from ..model import IndexedDocument


def cite(document: IndexedDocument, passage: Passage | None = None) -> str:
    """Return title, number or else source, and date of a document; for a passage also its section path, its number,
    its position in the file, and document:passage. It is a message if it is that of a passage."""
    metadata = document.metadata
    identity = "，".join(filter(None, (str(metadata.number or metadata.source or ""), metadata.date)))
    parts = [f"{metadata.title}（{identity}）" if identity else metadata.title]
    if passage is None:
        return parts[0]
    if passage.section:
        parts.append(section_path(passage.section))
    in_file = position_in_file(document, passage)
    above, number, place = " — ".join(parts), passage.number, document.place(passage.number)
    if not in_file:
        return message("{above} — ¶{number} [{place}]", above=above, number=number, place=place)
    return message("{above} — ¶{number}, {in_file} [{place}]", above=above, number=number, in_file=in_file, place=place)
