"""Turns a file into documents: its reader extracts lines, of which passages and metadata are made."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from .document import Document
from .errors import DocumentError, reason_of
from .extraction import ExtractedText, SourceLine
from .files import Source, read_bytes
from .formats.interface import Format
from .formats.table import extract, format_of
from .limits import DEFAULT_LIMITS, Limits
from .messages import listed, message, sentences
from .metadata.origins import origins
from .metadata.page_and_text import believed
from .metadata.text_metadata import metadata_and_warnings
from .model import Metadata, Passage
from .structure.document_heads import DocumentHead
from .structure.paragraphs import text_blocks
from .structure.script import Script
from .structure.sections import passages
from .structure.volumes import find_volume

_CHUNK = 1 << 20  # bytes
_NARROWEST_NUMBER = 2  # digits of the number of a document in a volume
_OWN_TO_DOCUMENT = frozenset(("title", "number", "date", "issuers", "authors", "published", "index_number"))
"""Fields that hold for one document; what is said of a volume in them does not hold for its documents."""

Extractor = Callable[[Format, Path, bytes, "str | None", Limits], ExtractedText]
"""What extracts the text of a file, as `zhengce.corpus.formats.table.extract` does."""


def read_documents(
    source: Source, limits: Limits = DEFAULT_LIMITS, extractor: Extractor = extract
) -> tuple[Document, ...]:
    """Read the documents of a file: one, or each that a volume holds (see `documents`).

    Raises:
        DocumentError: The file cannot be read, exceeds the limits, or has no text.
        MissingReaderError: The library or program that reads its format is not installed.
    """
    format_ = format_of(source.path)
    if format_ is None:
        raise DocumentError(message("{path} is not in a format that the program reads.", path=source.path))
    data = read_bytes(source.path, limits.size)
    extracted = extractor(format_, source.path, data, source.encoding, limits)
    digest = content_digest(data)
    return tuple(replace(each, digest=digest) for each in documents(source, extracted))


def read_document(source: Source, limits: Limits = DEFAULT_LIMITS, extractor: Extractor = extract) -> Document:
    """Read a file as one document, even if it is a volume; errors are those of `read_documents`."""
    return read_documents(source._replace(whole=True), limits, extractor)[0]


def content_digest(data: bytes) -> str:
    """Return a digest of the bytes of a file, which identifies it after it is renamed."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def file_digest(path: Path) -> str:
    """Return the `content_digest` of a file that may be larger than the memory.

    Raises:
        DocumentError: The file cannot be read.
    """
    digest = hashlib.blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            while data := file.read(_CHUNK):
                digest.update(data)
    except OSError as error:
        raise DocumentError(message("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error
    return digest.hexdigest()


def document(source: Source, extracted: ExtractedText) -> Document:
    """Return the extracted text of a file as one document; errors are those of `documents`."""
    return documents(source._replace(whole=True), extracted)[0]


def documents(source: Source, extracted: ExtractedText) -> tuple[Document, ...]:
    """Return the documents made of the extracted text of a file.

    It is one unless the text is a volume (see `zhengce.corpus.structure.volumes`) and the source is not ``whole``. The
    documents of a volume have the ids `volume/01`, `volume/02` and so on, and the passages of each are numbered from 1;
    what stands above the first and is more than a heading is `volume/00`. Every passage of the file is in one of them.

    Raises:
        DocumentError: It is nothing but white space.
    """
    script = Script(map(_encodable_line, extracted.lines))
    lines = script.lines
    volume = find_volume(lines)
    blocks = text_blocks(
        lines,
        [range(head.title_start, head.title_stop) for head in volume.heads],
        {head.start for head in volume.heads},
    )
    if not blocks:
        raise DocumentError(sentences((message("{path} has no text in it.", path=source.path), *extracted.warnings)))
    positions = {id(line): index for index, line in enumerate(lines)}
    starts = [positions[id(block.first)] for block in blocks]
    titles = [bisect_left(starts, head.title_start) for head in volume.heads]
    if not volume.heads:
        missing = (
            message("{path} is one document, without a number {number}", path=source.path, number=number)
            for number in sorted(source.parts)
        )
        read = _with_warnings(_document(source, extracted, passages(blocks)), missing)
        return (script.restored(read, blocks),)
    if source.whole:
        # What holds for one document of a volume does not hold for the volume; what stands above the first does.
        whole = passages(blocks, heads=titles)
        return (script.restored(_document(source, extracted, whole, about=whole[: titles[0]]), blocks),)
    cuts = [bisect_left(starts, head.start) for head in volume.heads]
    width = max(_NARROWEST_NUMBER, len(str(len(cuts))))
    found = []
    if volume.has_front:
        front = _of_volume(source, f"{0:0{width}}", source.parts.get(0, {}))
        text = passages(blocks[: cuts[0]])
        found.append(script.restored(_document(front, _of_volume_text(extracted), text), blocks[: cuts[0]]))
    for number, (head, title, first, end) in enumerate(
        zip(volume.heads, titles, cuts, [*cuts[1:], len(blocks)], strict=True), start=1
    ):
        part = _of_volume(source, f"{number:0{width}}", source.parts.get(number, {}))
        text = passages(blocks[first:end], title - first)
        read = _document(part, _of_volume_text(extracted), text, head=head)
        agency = None if "issuers" in part.overrides else head.agency
        read = replace(read, metadata=_with_agency(read.metadata, agency))
        found.append(script.restored(read, blocks[first:end]))
    found[0] = _with_warnings(found[0], _misplaced(source, range(0 if volume.has_front else 1, len(cuts) + 1)))
    return tuple(found)


def _of_volume(source: Source, number: str, said: Mapping[str, str] = MappingProxyType({})) -> Source:
    """Return the source of a document in a volume, with what is ``said`` of it alone, and without what is said of the
    volume's own title, date and so on."""
    return source._replace(
        id=f"{source.id}/{number}",
        defaults=_without_own(source.defaults),
        overrides={**_without_own(source.overrides), **said},
    )


def _misplaced(source: Source, numbers: range) -> Iterator[str]:
    """Yield warnings of what sidecars say of a volume and which holds for none of its documents, which have some
    ``numbers``."""
    if own := [name for name in source.overrides if name in _OWN_TO_DOCUMENT]:
        example = f"{source.path.name}/{1:0{_NARROWEST_NUMBER}}"
        yield message(
            "{fields} of {path} hold for no document of this volume; name one, as {example}",
            fields=listed(own),
            path=source.path,
            example=example,
        )
    for number in sorted(each for each in source.parts if each not in numbers):
        yield message(
            "{path} has no document {number}; it has {first} to {last}",
            path=source.path,
            number=number,
            first=numbers[0],
            last=numbers[-1],
        )


def _with_warnings(document: Document, warnings: Iterable[str]) -> Document:
    return replace(document, warnings=(*document.warnings, *warnings))


def _of_volume_text(extracted: ExtractedText) -> ExtractedText:
    return replace(extracted, defaults=_without_own(extracted.defaults), overrides=_without_own(extracted.overrides))


def _with_agency(metadata: Metadata, agency: str | None) -> Metadata:
    """Return metadata with the agency that the title names for a signature that is missing or short: 省政府办公厅."""
    signed = metadata.issuers
    short = len(signed) == 1 and agency and agency[0] != signed[0][0] and agency[-2:] == signed[0][-2:]
    return metadata._replace(issuers=(agency,)) if agency and (not signed or short) else metadata


def _without_own(values: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if key not in _OWN_TO_DOCUMENT}


def _document(
    source: Source,
    extracted: ExtractedText,
    found: tuple[Passage, ...],
    about: Sequence[Passage] | None = None,
    head: DocumentHead | None = None,
) -> Document:
    """Return a document of some passages; ``about`` are those of them that its metadata are read from, ``head`` is that
    of a document in a volume, whose title stands for the name of its file."""
    read = found if about is None else about
    page = believed(extracted.overrides, read)
    of_head = {"title": head.title, "date": head.date or ""} if head else {}
    overrides = {key: _encodable(value) for key, value in {**page, **of_head, **source.overrides}.items() if value}
    defaults = {key: _encodable(value) for key, value in {**extracted.defaults, **source.defaults}.items()}
    fallback = _encodable(head.title if head else source.path.stem)
    metadata, warnings = metadata_and_warnings(read, defaults, overrides, fallback=fallback)
    warnings = (*extracted.warnings, *warnings)
    known = origins(
        metadata,
        read,
        fallback,
        overrides=(("sidecar", source.overrides), ("text", of_head), ("page", page)),
        defaults=(("catalogue", source.defaults), ("properties", extracted.defaults)),
    )
    return Document(source.id, metadata, found, extracted.format, extracted.encoding, warnings, origins=known)


def _encodable_line(line: SourceLine) -> SourceLine:
    text = _encodable(line.text)
    return line if text is line.text else replace(line, text=text)


def _encodable(text: str) -> str:
    """Return a text with U+FFFD for each lone surrogate, which no encoding can write. They come from file names that
    are not UTF-8, from faulty fonts and from `utf-7`."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
