"""A document as its file is read: its metadata and all its passages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .model import Metadata, Origin, Passage


@dataclass(frozen=True, slots=True)
class Document:
    """One text: its short id, its metadata, and its passages in reading order.

    ``format`` and ``encoding`` are those of its file, named for people; ``warnings`` say what could not be read, and
    where. ``digest`` is a digest of the file's bytes. ``origins`` says of each field of the metadata that has a value
    where it comes from.
    """

    id: str
    metadata: Metadata
    passages: tuple[Passage, ...]
    format: str = "text"
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    digest: str = field(default="", compare=False)
    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False)
