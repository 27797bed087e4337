"""JSON lines: one object for each passage, occurrence or neighbour; the first says what search they come from."""

from __future__ import annotations

from typing import TextIO

from ...index.records.head import Head
from ...index.records.objects import hit_record, json_line, neighbour_record, occurrence_records
from .interface import ConcordanceExport, NeighbourExport, NeighbourWriter, PassageExport


class Writer(NeighbourWriter):
    """Writes the records of `zhengce.index.records.objects`."""

    def write_passages(self, export: PassageExport, stream: TextIO) -> None:
        """Write a line for each passage."""
        cite = export.cite if export.styled else None
        stream.write(_search(export.head))
        for each in export.hits:
            record = hit_record(each.hit, (each.before, each.after) if export.context else None, cite)
            stream.write(json_line(record) + "\n")

    def write_concordance(self, export: ConcordanceExport, stream: TextIO) -> None:
        """Write a line for each occurrence."""
        cite = export.cite if export.styled else None
        stream.write(_search(export.head))
        stream.writelines(json_line(record) + "\n" for record in occurrence_records(export.lines, export.terms, cite))

    def write_neighbours(self, export: NeighbourExport, stream: TextIO) -> None:
        """Write a line for each neighbour."""
        if export.head:
            stream.write(_search(export.head))
        stream.writelines(json_line(neighbour_record(*each)) + "\n" for each in export.counted)


def _search(head: Head) -> str:
    return json_line({"search": head.record()}) + "\n"
