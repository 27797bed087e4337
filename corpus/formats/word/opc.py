"""Open Packaging Conventions: an Office file as a ZIP archive of XML parts, unpacked within limits."""

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
from ...limits import Limits
from ...messages import message

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO/IEC 29500 Strict, which few programs write, differs from Transitional in the beginning of its namespaces.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
# What `zipfile` raises for archives that are damaged, encrypted, or compressed by an unknown method.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, ValueError, KeyError,
    OverflowError, MemoryError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relationship:
    """A reference to another part: the last word of its type, and the name of the part."""

    kind: str
    target: str


class OpcPackage:
    """The parts of an Office file by their names, ``word/document.xml``, whose case does not matter.

    A part is unpacked when it is read; its size is counted then, because the archive may state a false one. Nothing
    outside of the file is opened.

    Raises:
        DocumentError: The bytes are not a ZIP archive.
    """

    def __init__(self, path: Path, data: bytes, limits: Limits) -> None:
        self._path = path
        self._limit = self._left = limits.expanded
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._members = {_normal(member.filename): member for member in self._archive.infolist()}
        except _DAMAGE as error:
            raise DocumentError(
                message("{path} is damaged: it is not a ZIP archive ({reason}).", path=path, reason=str(error))
            ) from error

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._members

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            DocumentError: The part is missing or damaged, or exceeds the limit together with the parts read before.
        """
        try:
            with self._archive.open(self._members[_normal(name)]) as file:
                data = file.read(self._left + 1)
        except _DAMAGE as error:
            raise DocumentError(
                message(
                    "{path} is damaged: {part} cannot be read ({reason}).",
                    path=self._path,
                    part=name,
                    reason=str(error),
                )
            ) from error
        self._left -= len(data)
        if self._left < 0:
            self._left = 0
            raise DocumentError(
                message(
                    "{path} exceeds the limit of {limit:,} bytes when unpacked.", path=self._path, limit=self._limit
                )
            )
        return data

    def xml(self, name: str) -> etree._Element:
        """Return the root element of a part.

        Raises:
            DocumentError: As `read`; or the part is not well-formed XML, or has a DTD.
        """
        data = _STRICT.sub(_TRANSITIONAL, self.read(name))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            raise DocumentError(
                message(
                    "{path} is damaged: {part} is not well-formed XML ({reason}).",
                    path=self._path,
                    part=name,
                    reason=str(error),
                )
            ) from error
        if root.getroottree().docinfo.doctype:
            raise DocumentError(
                message("{path} is refused: {part} has a DTD, which no Office file needs.", path=self._path, part=name)
            )
        return root

    def relationships(self, name: str) -> Mapping[str, Relationship]:
        """Return the internal references of a part, by id. The name ``""`` stands for the package itself.

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
