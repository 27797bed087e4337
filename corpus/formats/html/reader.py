"""HTML: the main content of a web page, and the metadata that the page states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from ...errors import DocumentError
from ...extraction import ExtractedText, SourceLine
from ...limits import Limits
from ...messages import message
from ...metadata.page_metadata import (
    byline_metadata,
    has_metadata_label,
    head_metadata,
    is_field,
    is_metadata_label,
    named_source,
    table_metadata,
)
from ...notation.numbering import find_enumerator
from ...structure.paragraphs import join
from ...text.encodings import decode
from .blocks import HtmlBlock, read_blocks
from .completeness import completeness_warnings
from .main_content import has_prose, main_content, without_navigation
from .titles import is_logo, with_title

_DECLARED = re.compile(
    rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE
)
_DECLARED_WITHIN = 8_192  # bytes at the start of a file
_FIGURE = re.compile(r"[图表]\s*\d")
# Browsers ignore where a page and its body end; libxml2 drops what stands behind.
_PAGE_END = re.compile(r"</(?:html|body)\b[^<>]*>", re.IGNORECASE)
_LONGEST_TITLE = 60  # characters of one line of a title


def extract(
    path: Path, data: bytes, encoding: str | None, limits: Limits, declared: str | None = None
) -> ExtractedText:
    """Return the main content of an HTML page.

    ``declared`` is the encoding that a header outside of the page names; it may be wrong.

    Raises:
        DocumentError: The page is not text, or exceeds a limit.
    """
    decoded = decode(path, data, encoding, declared or declared_encoding(data))
    root = parse(path, decoded.text)
    if root is None:
        return ExtractedText((), encoding=decoded.encoding, warnings=decoded.warnings)
    blocks = page_blocks(path, root, limits)
    seen = _with_values(without_navigation(blocks) or blocks)
    title, meta, canonical = _head(root)
    byline = byline_metadata(block.stated or block.text for block in seen)
    byline["source"] = named_source(byline.get("source", ""), meta.get("sitename", ""))
    defaults = {**{key: value for key, value in byline.items() if value}, **head_metadata(title, meta, canonical)}
    forms = [form for form in _forms(seen) if table_metadata([[block.text for block in form]])]
    overrides = table_metadata([[block.text for block in form] for form in forms])
    stated = [facts["title"] for facts in (overrides, defaults) if "title" in facts]
    seen, found = with_title(seen, [*stated, title])
    if found and "title" not in overrides:
        defaults["title"] = found
    chosen = _chosen(seen, forms)
    warnings = (*decoded.warnings, *completeness_warnings(path, decoded.text, root, chosen))
    lines = _source_lines(_with_headings(chosen, {_bare(each) for each in stated}))
    return ExtractedText(lines, "", decoded.encoding, overrides, defaults, warnings)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that an HTML or XML file declares, None if it declares none."""
    declared = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    return (declared[1] or declared[2]).decode("ascii", "replace") if declared else None


def parse(path: Path, text: str, parser: etree.XMLParser | etree.HTMLParser | None = None) -> etree._Element | None:
    """Return the root element of a page, or of XML if a parser for it is given; None for an empty file.

    Raises:
        DocumentError: The file exceeds a limit of libxml2.
    """
    if parser is None:
        parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
        text = _PAGE_END.sub("", text)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(message("{path} cannot be read: {reason}.", path=path, reason=str(error))) from error
    for entry in parser.error_log:
        # The tree ends where such an error occurs.
        if entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise DocumentError(
                message(
                    "{path} cannot be read to its end: {reason} (line {line}).",
                    path=path,
                    reason=entry.message.strip(),
                    line=entry.line,
                )
            )
    return root


def page_blocks(path: Path, root: etree._Element, limits: Limits) -> list[HtmlBlock]:
    """Return all visible blocks of a page. A page whose text is hidden until a script shows it is read with it.

    Raises:
        DocumentError: Elements are nested too deep.
    """
    try:
        blocks = read_blocks(root, limits.nesting)
        return blocks if has_prose(blocks) else read_blocks(root, limits.nesting, hidden=True)
    except ValueError as error:
        raise DocumentError(
            message("{path} has elements nested deeper than the limit of {limit}.", path=path, limit=limits.nesting)
        ) from error


def _head(root: etree._Element) -> tuple[str, dict[str, str], str]:
    """Return the title of a page, what its ``meta`` elements say by lower-case name, and its canonical address."""
    title = root.find(".//title")
    meta = {
        (each.get("name") or each.get("property") or "").lower(): each.get("content", "") for each in root.iter("meta")
    }
    addresses = {
        each.get("href", "") for each in root.iter("link") if "canonical" in each.get("rel", "").lower().split()
    }
    # If there are several, nothing tells which is right.
    canonical = addresses.pop() if len(addresses) == 1 else ""
    return " ".join((title.text or "").split()) if title is not None else "", meta, canonical


def _bare(text: str) -> str:
    return "".join(text.split())


def _with_values(blocks: Sequence[HtmlBlock]) -> list[HtmlBlock]:
    """Return the blocks, a label and the value beside it joined into a table row."""
    found: list[HtmlBlock] = []
    for block in blocks:
        last = found[-1] if found else None
        beside = last is not None and last.element.getparent() is block.element.getparent() is not None
        label = beside and last and last.role is block.role is None and is_metadata_label(last.text)
        if last and label and not has_metadata_label(block.text):
            found[-1] = HtmlBlock(f"{last.text}\t{block.text}", last.element, "table")
        else:
            found.append(block)
    return found


def _forms(blocks: Sequence[HtmlBlock]) -> list[list[HtmlBlock]]:
    """Return the forms of a page, by their rows: tables, and lines that have labels, with short fields of other names
    between these."""
    forms: list[list[HtmlBlock]] = []
    owner: object = None
    between: list[HtmlBlock] = []
    for block in blocks:
        table: object = next(block.element.iterancestors("table"), None) if block.element.tag == "tr" else None
        labelled = has_metadata_label(block.text.partition("	")[0])
        here = table if table is not None else "lines" if labelled else None
        if here is None and owner == "lines" and is_field(block.text):
            between.append(block)
            continue
        if here is not None and here is owner:
            forms[-1] += [*between, block]
        elif here is not None:
            forms.append([block])
        owner, between = here, []
    return forms


def _chosen(blocks: Sequence[HtmlBlock], forms: Sequence[Sequence[HtmlBlock]]) -> list[HtmlBlock]:
    """Return the blocks of the main content, and from above it the forms and the title. Without a title that the page
    states, the largest headings above are kept."""
    stating = {id(block) for form in forms for block in form}
    span = main_content(blocks)
    above = blocks[: span.start]
    titled = any(block.role == "title" for block in blocks)
    return [
        *(
            block
            for block in above
            if id(block) in stating or block.role == "title" or (not titled and block.level == 1 and not is_logo(block))
        ),
        *(blocks[index] for index in span),
    ]


def _with_headings(blocks: Sequence[HtmlBlock], titles: set[str]) -> Iterator[HtmlBlock]:
    """Yield the blocks; those that look like a title, over one or several lines, become a heading."""
    run: list[HtmlBlock] = []
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


def _is_displayed(block: HtmlBlock) -> bool:
    """Tell whether a block looks like a title, and is neither a numbered heading nor a caption."""
    if block.role or not block.displayed or len(block.text) > _LONGEST_TITLE:
        return False
    return not find_enumerator(block.text.strip()) and not _FIGURE.match(block.text)


def _heading(run: Sequence[HtmlBlock]) -> HtmlBlock:
    return HtmlBlock(join([block.text.strip() for block in run]), run[0].element, "heading", 1)


def _source_lines(blocks: Iterator[HtmlBlock]) -> tuple[SourceLine, ...]:
    """Return blocks as whole paragraphs, and lines that only line breaks delimit as lines that may be joined."""
    texts: list[tuple[str, HtmlBlock | None]] = []
    last: HtmlBlock | None = None
    for block in blocks:
        if block.line and (block.gap or last is None or last.element is not block.element):
            texts.append(("", None))
        texts.append((block.text, block))
        last = block
    return tuple(
        SourceLine(number, text, block.role, block.level, whole=not block.line) if block else SourceLine(number, text)
        for number, (text, block) in enumerate(texts, start=1)
    )
