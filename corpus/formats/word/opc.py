"""Packages: the parts of an Office file, which is a ZIP archive of XML, inflated within limits and parsed."""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from ...errors import DocumentError
from ...extraction import Limits

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The namespaces of ISO/IEC 29500 Strict, which few programs write, are those of all others but for their beginning.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
# What `zipfile` raises over archives that are damaged, encrypted, or compressed in a way that it does not know.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, ValueError, KeyError,
    OverflowError, MemoryError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part refers to: the last word of the kind of reference, and the name of another part."""

    kind: str
    target: str


class OpcPackage:
    """The parts of an Office file by their names (``word/document.xml``), whose case does not matter.

    Only the parts asked for are inflated, and their sizes counted as they come out: what the archive says of them is
    not believed. Nothing outside of the file is ever opened.

    Raises:
        DocumentError: The bytes are no ZIP archive.
    """

    def __init__(self, path: Path, data: bytes, limits: Limits) -> None:
        self._path = path
        self._limit = self._left = limits.expanded
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._members = {_normal(member.filename): member for member in self._archive.infolist()}
        except _DAMAGE as error:
            raise DocumentError(f"{path} is damaged: it is no ZIP archive as Office files are ({error}).") from error

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._members

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            DocumentError: It is not there, is damaged, or goes beyond the limit with what was read before.
        """
        try:
            with self._archive.open(self._members[_normal(name)]) as file:
                data = file.read(self._left + 1)
        except _DAMAGE as error:
            raise DocumentError(f"{self._path} is damaged: {name} in it cannot be read ({error}).") from error
        self._left -= len(data)
        if self._left < 0:
            self._left = 0
            raise DocumentError(
                f"{self._path} has more than {self._limit:,} bytes when unpacked, the most that are read."
            )
        return data

    def xml(self, name: str) -> etree._Element:
        """Return the root element of a part.

        Raises:
            DocumentError: As `read`, or it is not well-formed XML, or declares entities.
        """
        data = _STRICT.sub(_TRANSITIONAL, self.read(name))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            raise DocumentError(f"{self._path} is damaged: {name} in it is not well-formed XML ({error}).") from error
        if root.getroottree().docinfo.doctype:
            raise DocumentError(f"{self._path} is not read: {name} in it has a DTD, which no Office file needs.")
        return root

    def relationships(self, name: str) -> Mapping[str, Relationship]:
        """Return what a part refers to within the package, by the ids that it uses; ``""`` is the package itself.

        Raises:
            DocumentError: As `xml`.
        """
        folder, file = posixpath.split(name)
        relationships = posixpath.join(folder, "_rels", f"{file}.rels")
        if relationships not in self:
            return {}
        return {
            each.get("Id", ""): Relationship(
                each.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))),
            )
            for each in self.xml(relationships).iter(_RELATIONSHIP)
            if each.get("TargetMode") != "External"
        }


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
