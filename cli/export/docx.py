"""DOCX: passages and concordances as a document for Word, with styles, shaded matches, and citations in footnotes.

It is written by hand, part by part: python-docx keeps the whole document in memory and has no footnotes.
"""

from __future__ import annotations

import shutil
import tempfile
from typing import IO, TextIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from ...index.descriptions import about
from ...index.model import IndexedDocument
from ...index.search.concordance import ConcordanceLine
from ..display.concordance import place_of
from ..display.layout import harmless
from ..display.snippets import marked
from ..display.theme import PAPER_MATCHES
from ..display.wording import found, place_label
from ..language.translation import gettext, language_tag, translated
from .interface import ConcordanceExport, Export, ExportWriter, PassageExport, head_lines, named

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_CONTENT}.styles+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_CONTENT}.footnotes+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_PARTS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>'
    "</Relationships>"
)


def _style(kind: str, name: str, title: str, more: str, based: str | None = None) -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    default = ' w:default="1"' if name == "Normal" else ""
    begins = f'<w:style w:type="{kind}" w:styleId="{name}"{default}><w:name w:val="{title}"/>'
    return f"{begins}{on}<w:qFormat/>{more}</w:style>"


_SANS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="黑体"/>'
# The colours of the terms of a concordance, in turn; the first one marks all matches of a search.
_MATCHES = dict(zip(("Match", "Match2", "Match3", "Match4", "Match5"), map(str.upper, PAPER_MATCHES), strict=True))
_STYLES = (
    f"{_XML}<w:styles {_WORD}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="宋体"/>'
    '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-GB" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="340" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults>"
    + _style("paragraph", "Normal", "Normal", "")
    + _style(
        "paragraph", "Title", "Title",
        f'<w:pPr><w:spacing w:after="200"/></w:pPr><w:rPr>{_SANS}<w:b/><w:sz w:val="36"/></w:rPr>', "Normal",
    )
    + _style(
        "paragraph", "Heading1", "heading 1",
        '<w:pPr><w:keepNext/><w:spacing w:before="360" w:after="60" w:line="300" w:lineRule="auto"/>'
        f'<w:outlineLvl w:val="0"/></w:pPr><w:rPr>{_SANS}<w:b/><w:sz w:val="26"/></w:rPr>', "Normal",
    )
    + _style(
        "paragraph", "Details", "Details",
        '<w:pPr><w:spacing w:after="40" w:line="280" w:lineRule="auto"/></w:pPr>'
        f'<w:rPr>{_SANS}<w:color w:val="595959"/><w:sz w:val="18"/></w:rPr>', "Normal",
    )
    + _style(
        "paragraph", "Neighbour", "Neighbour",
        '<w:pPr><w:ind w:left="420"/></w:pPr><w:rPr><w:color w:val="595959"/></w:rPr>', "Normal",
    )
    + _style(
        "paragraph", "Line", "Line",
        '<w:pPr><w:spacing w:after="0" w:line="280" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="19"/></w:rPr>',
        "Normal",
    )
    # Word applies shading from a style, but no highlight.
    + "".join(
        _style("character", name, name, f'<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:rPr>')
        for name, fill in _MATCHES.items()
    )
    + _style(
        "character", "FootnoteReference", "footnote reference",
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    )
    + _style(
        "paragraph", "FootnoteText", "footnote text",
        '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr>',
        "Normal",
    )
    + "</w:styles>"
)  # fmt: skip

_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/>'
    "</w:sectPr>"
)
_PAGE_ACROSS = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="708" w:footer="708" w:gutter="0"/>'
    "</w:sectPr>"
)
_WIDTHS = (2000, 5600, 1370, 5600)  # twentieths of a point; together they fill the page between its margins
_TABLE = (
    f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS) + "</w:tblGrid>"
)
# Every file with footnotes needs these two.
_RULES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


class Writer(ExportWriter):
    """Writes a package part by part."""

    def write_passages(self, export: PassageExport, stream: TextIO) -> None:
        """Write a document: each document's hits under its title, each with its citation in a footnote, and at the end
        what search they come from.

        The parts of a package follow each other, so the footnotes go to a temporary file first.
        """
        with ZipFile(stream.buffer, "w", ZIP_DEFLATED) as package, tempfile.TemporaryFile() as aside:
            _write_parts(export, package)
            with package.open("word/document.xml", "w", force_zip64=True) as body:
                _write_title(export, body)
                _write_hits(export, body, aside)
                _write_head(export, body)
                body.write(f"{_PAGE}</w:body></w:document>".encode())
            aside.seek(0)
            with package.open("word/footnotes.xml", "w", force_zip64=True) as footnotes:
                footnotes.write(f"{_XML}<w:footnotes {_WORD}>{_RULES}".encode())
                shutil.copyfileobj(aside, footnotes)
                footnotes.write(b"</w:footnotes>")

    def write_concordance(self, export: ConcordanceExport, stream: TextIO) -> None:
        """Write a document across the page: the lines as a table, the documents that they come from, and what search
        they come from."""
        with ZipFile(stream.buffer, "w", ZIP_DEFLATED) as package:
            _write_parts(export, package)
            package.writestr("word/footnotes.xml", f"{_XML}<w:footnotes {_WORD}>{_RULES}</w:footnotes>")
            with package.open("word/document.xml", "w", force_zip64=True) as body:
                _write_title(export, body)
                documents: dict[str, IndexedDocument] = {}
                body.write(_paragraph("Details", "") + _TABLE.encode())
                for line in export.lines:
                    documents[line.document.id] = line.document
                    body.write(_row(line))
                body.write(b"</w:tbl>")
                body.write(_paragraph("Heading1", _run(gettext("Documents"))))
                for id_, document in documents.items():
                    body.write(_paragraph("Details", _run(named(id_, export.cite(document)))))
                _write_head(export, body)
                body.write(f"{_PAGE_ACROSS}</w:body></w:document>".encode())


def _write_parts(export: Export, package: ZipFile) -> None:
    for name, content in (
        ("[Content_Types].xml", _TYPES),
        ("_rels/.rels", _RELATIONS),
        ("word/_rels/document.xml.rels", _PARTS),
        ("word/styles.xml", _STYLES),
        ("docProps/core.xml", _properties(export)),
    ):
        package.writestr(name, content)


def _write_title(export: Export, body: IO[bytes]) -> None:
    body.write(f"{_XML}<w:document {_WORD}><w:body>".encode())
    body.write(_paragraph("Title", _run(translated(export.head.query))))
    body.write(_paragraph("Details", _run(found(export.head.counts))))


def _write_head(export: Export, body: IO[bytes]) -> None:
    """Write what search it is: who passes the document on may take it off the end."""
    body.write(_paragraph("Heading1", _run(gettext("About this search"))))
    for name, value in head_lines(export.head):
        body.write(_paragraph("Details", _run(named(name, value))))


def _write_hits(export: PassageExport, body: IO[bytes], footnotes: IO[bytes]) -> None:
    document: IndexedDocument | None = None
    for number, each in enumerate(export.hits, start=1):
        hit = each.hit
        if hit.document is not document:
            document = hit.document
            body.write(_paragraph("Heading1", _run(document.metadata.title)))
            body.write(_paragraph("Details", _run(about(document))))
        for passage in each.before:
            body.write(_paragraph("Neighbour", _run(passage.text)))
        if export.styled:
            # The footnote has the citation alone, ready to be taken into another text.
            body.write(_paragraph("Details", _run(place_label(hit.document, hit.passage.number)), "<w:keepNext/>"))
        runs = (_run(text, _look(term)) for text, term in marked(hit.passage.text, hit.marks))
        body.write(_paragraph("Normal", "".join(runs) + _mark(f'<w:footnoteReference w:id="{number}"/>')))
        cited = _mark("<w:footnoteRef/>") + _run(f" {export.cite(hit.document, hit.passage)}")
        footnotes.write(b'<w:footnote w:id="%d">' % number + _paragraph("FootnoteText", cited) + b"</w:footnote>")
        for passage in each.after:
            body.write(_paragraph("Neighbour", _run(passage.text)))


def _look(term: int | None) -> str:
    """Return the style of the matches of a term, given its number, or of other text for None."""
    return "" if term is None else list(_MATCHES)[term % len(_MATCHES)]


def _row(line: ConcordanceLine) -> bytes:
    """Return a line of a concordance as a row of four cells."""
    cells = (
        ("", _run(place_of(line))),
        ("right", _run(line.left)),
        ("center", _run(line.match, _look(line.term))),
        ("", _run(line.right)),
    )
    written = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'.encode()
        + _paragraph("Line", runs, f'<w:jc w:val="{side}"/>' if side else "")
        + b"</w:tc>"
        for width, (side, runs) in zip(_WIDTHS, cells, strict=True)
    )
    return b"<w:tr><w:trPr><w:cantSplit/></w:trPr>" + b"".join(written) + b"</w:tr>"


def _paragraph(style: str, runs: str, more: str = "") -> bytes:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'.encode()


def _run(text: str, style: str = "") -> str:
    look = f"<w:rPr><w:rStyle w:val={quoteattr(style)}/></w:rPr>" if style else ""
    # A tab is an element of its own; `harmless` leaves no other control character.
    parts = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in _legal(text).split("\t"))
    return f"<w:r>{look}{parts}</w:r>"


def _mark(element: str) -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{element}</w:r>'


def _legal(text: str) -> str:
    """Return a text without the characters that XML does not allow."""
    return harmless(text, tabs=True).replace("\ufffe", "�").replace("\uffff", "�")


def _properties(export: Export) -> str:
    head = export.head
    title, program = escape(_legal(translated(head.query))), f"zhengce {escape(head.version)}"
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{program}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{head.date.isoformat()}T00:00:00Z</dcterms:created>'
        f"<dc:language>{language_tag()}</dc:language></cp:coreProperties>"
    )
