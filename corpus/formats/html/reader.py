"""HTML pages: the article on a page, without what is around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from ...errors import DocumentError
from ...extraction import ExtractedText, Limits, SourceLine
from ...metadata.page_metadata import (
    byline_metadata,
    has_metadata_label,
    head_metadata,
    is_metadata_label,
    table_metadata,
)
from ...notation.numbering import find_enumerator
from ...structure.paragraphs import join
from ...text.encodings import decode
from .blocks import Block, read_blocks
from .main_content import article, without_navigation

_DECLARED = re.compile(
    rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE
)
_DECLARED_WITHIN = 8_192  # bytes from the start
_FIGURE = re.compile(r"[图表]\s*\d")
_LONGEST_TITLE = 60  # characters of one line of a title


def extract(
    path: Path, data: bytes, encoding: str | None, limits: Limits, declared: str | None = None
) -> ExtractedText:
    """Return the article on an HTML page.

    ``declared`` is what is said outside of the page of its encoding, which need not be true.

    Raises:
        DocumentError: It is not text, or goes beyond the limits.
    """
    decoded = decode(path, data, encoding, declared or declared_encoding(data))
    root = parse(path, decoded.text)
    if root is None:
        return ExtractedText((), "HTML", decoded.encoding, warnings=decoded.warnings)
    blocks = page_blocks(path, root, limits)
    seen = _with_values(without_navigation(blocks) or blocks)
    known = {**byline_metadata(block.text for block in seen), **_head(root)}
    forms = [form for form in _forms(seen) if table_metadata([[block.text for block in form]])]
    stated = table_metadata([[block.text for block in form] for form in forms])
    titles = {_bare(facts["title"]) for facts in (known, stated) if "title" in facts}
    lines = _source_lines(_with_headings(_chosen(seen, forms, titles), titles))
    return ExtractedText(lines, "HTML", decoded.encoding, stated, known, decoded.warnings)


def declared_encoding(data: bytes) -> str | None:
    """Return what a page or an XML file says that it is encoded in, None where it says nothing."""
    declared = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    return (declared[1] or declared[2]).decode("ascii", "replace") if declared else None


def parse(path: Path, text: str, parser: etree.XMLParser | etree.HTMLParser | None = None) -> etree._Element | None:
    """Return the tree of a page, or of XML with a parser of it; None where it is empty.

    Raises:
        DocumentError: It goes beyond what libxml2 takes.
    """
    parser = parser or etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"{path} cannot be read: {error}.") from error
    for entry in parser.error_log:
        # What comes after such an error is not in the tree.
        if entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise DocumentError(f"{path} cannot be read to its end: {entry.message.strip()} (line {entry.line}).")
    return root


def page_blocks(path: Path, root: etree._Element, limits: Limits) -> list[Block]:
    """Return all blocks of a page.

    Raises:
        DocumentError: Its elements are nested too deep.
    """
    try:
        return read_blocks(root, limits.nesting)
    except ValueError as error:
        most = f"{limits.nesting}, the most that is read"
        raise DocumentError(f"{path} has elements nested deeper than {most}.") from error


def _head(root: etree._Element) -> dict[str, str]:
    title = root.find(".//title")
    meta = {
        (each.get("name") or each.get("property") or "").lower(): each.get("content", "") for each in root.iter("meta")
    }
    addresses = {
        each.get("href", "") for each in root.iter("link") if "canonical" in each.get("rel", "").lower().split()
    }
    # Of several, none is known to be true.
    canonical = addresses.pop() if len(addresses) == 1 else ""
    return head_metadata(" ".join((title.text or "").split()) if title is not None else "", meta, canonical)


def _bare(text: str) -> str:
    return "".join(text.split())


def _with_values(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with those that are a label and the value beside it made one, as a row of a table is."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        beside = last is not None and last.element.getparent() is block.element.getparent() is not None
        label = beside and last and last.role is block.role is None and is_metadata_label(last.text)
        if last and label and not has_metadata_label(block.text):
            found[-1] = Block(f"{last.text}\t{block.text}", last.element, "table")
        else:
            found.append(block)
    return found


def _forms(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return the tables of a page, and the runs of lines with labels."""
    forms: list[list[Block]] = []
    owner: object = None
    for block in blocks:
        table: object = next(block.element.iterancestors("table"), None) if block.element.tag == "tr" else None
        labelled = has_metadata_label(block.text.partition("	")[0])
        here = table if table is not None else "lines" if labelled else None
        if here is not None and here is owner:
            forms[-1].append(block)
        elif here is not None:
            forms.append([block])
        owner = here
    return forms


def _chosen(blocks: Sequence[Block], forms: Sequence[Sequence[Block]], titles: set[str]) -> list[Block]:
    """Return the blocks of the article, and above it what states facts and the title, wherever these stand."""
    stating = {id(block) for form in forms for block in form}
    span = article(blocks)
    above = blocks[: span.start]
    return [
        *(block for block in above if id(block) in stating or _bare(block.text) in titles or block.level == 1),
        *(blocks[index] for index in span),
    ]


def _with_headings(blocks: Sequence[Block], titles: set[str]) -> Iterator[Block]:
    """Yield blocks with those made headings that are set as titles, over however many lines."""
    run: list[Block] = []
    for block in blocks:
        displayed = _is_displayed(block)
        if run and (not displayed or block.gap or block.element.tag != run[-1].element.tag):
            yield _heading(run)
            run = []
        if displayed:
            run.append(block)
        elif not block.role and _bare(block.text) in titles:
            yield _heading([block])
        else:
            yield block
    if run:
        yield _heading(run)


def _is_displayed(block: Block) -> bool:
    """Say whether a block is set as a title, and is neither a numbered heading nor what stands below a figure."""
    if block.role or not block.displayed or len(block.text) > _LONGEST_TITLE:
        return False
    return not find_enumerator(block.text.strip()) and not _FIGURE.match(block.text)


def _heading(run: Sequence[Block]) -> Block:
    return Block(join([block.text.strip() for block in run]), run[0].element, "heading", 1)


def _source_lines(blocks: Iterator[Block]) -> tuple[SourceLine, ...]:
    """Return the lines that paragraphs are made of: blocks as they stand, but lines to be joined where nothing but
    line breaks sets them apart."""
    texts: list[tuple[str, Block | None]] = []
    last: Block | None = None
    for block in blocks:
        if block.line and (block.gap or last is None or last.element is not block.element):
            texts.append(("", None))
        texts.append((block.text, block))
        last = block
    return tuple(
        SourceLine(number, text, block.role, block.level, whole=not block.line) if block else SourceLine(number, text)
        for number, (text, block) in enumerate(texts, start=1)
    )
