"""PDF files with a text layer: pages in, lines in reading order out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2 as pdfium
import regex
from pypdfium2 import raw as c

from ...errors import DocumentError
from ...extraction import ExtractedText
from ...limits import Limits
from ...messages import message
from ..page_numbers import named_pages
from .layout import Page
from .pdfium import read_page
from .reading_order import page_lines
from .titles import with_title

_STAMP = 30  # characters; a scanned page with fewer has no text layer, only a stamp or a number
_UNREADABLE = 0.3  # share of strange characters
_FEWEST = 20  # characters; fewer do not tell whether a text is readable

# Characters outside the scripts of China and its neighbours: a text layer full of them is wrongly encoded.
_STRANGE = regex.compile(
    r"[^\p{Han}\p{Latin}\p{Greek}\p{Cyrillic}\p{Common}\p{Inherited}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Hangul}"
    r"\p{Tibetan}\p{Mongolian}\p{Arabic}\p{Yi}\p{Thai}]|[\p{Co}\p{Cc}\ufffd]"
)


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the lines of a PDF file in reading order, page by page.

    Raises:
        DocumentError: The file is damaged or locked, exceeds a limit, or has no readable text.
    """
    pages, title, warnings = _read(path, data, limits)
    text = "".join(page.text for _, page in pages)
    if not text.strip():
        raise DocumentError(message("{path} has no text layer; run OCR first (for example ocrmypdf).", path=path))
    if _is_unreadable(text):
        raise DocumentError(
            message("{path} has an unreadable text layer; run OCR first (for example ocrmypdf --force-ocr).", path=path)
        )
    title = " ".join(title.split())
    lines = with_title(page_lines(pages), title)
    overrides = {"title": title} if any(line.role == "title" for line in lines) else {}
    return ExtractedText(lines, overrides=overrides, warnings=(*warnings, *_warnings(path, pages)))


def _read(path: Path, data: bytes, limits: Limits) -> tuple[list[tuple[int, Page]], str, list[str]]:
    """Return the pages with their numbers, the title in the file's properties, and a warning if some pages cannot be
    read."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY):
            raise DocumentError(
                message("{path} is locked with a password; unlock it first (for example qpdf --decrypt).", path=path)
            ) from error
        raise DocumentError(
            message("{path} is damaged or not a PDF file; open it in a PDF program and save it again.", path=path)
        ) from error
    pages: list[tuple[int, Page]] = []
    damaged: list[int] = []
    try:
        if len(document) > limits.pages:
            raise DocumentError(
                message(
                    "{path} has {pages} pages, more than {most}; split it into smaller files.",
                    path=path,
                    pages=len(document),
                    most=limits.pages,
                )
            )
        title = document.get_metadata_value("Title")
        for number in range(1, len(document) + 1):
            try:
                page = document[number - 1]
                pages.append((number, read_page(page)))
                page.close()
            except pdfium.PdfiumError:
                damaged.append(number)
    finally:
        document.close()
    if not pages:
        raise DocumentError(message("{path} is damaged: none of its pages can be read.", path=path))
    unread = message("{path}: damaged and not read: {pages}.", path=path, pages=named_pages(damaged))
    return pages, title, [unread] if damaged else []


def _warnings(path: Path, pages: Sequence[tuple[int, Page]]) -> Iterable[str]:
    bare = [number for number, page in pages if _lacks_text(page)]
    if bare:
        yield message(
            "{path}: no text layer on {pages}; run OCR (for example ocrmypdf).", path=path, pages=named_pages(bare)
        )
    garbled = [number for number, page in pages if _is_unreadable(page.text)]
    if garbled:
        yield message(
            "{path}: unreadable text on {pages}; run OCR (for example ocrmypdf --force-ocr).",
            path=path,
            pages=named_pages(garbled),
        )
    cut = [number for number, page in pages if page.outside]
    if cut:
        yield message("{path}: text beyond the edges of {pages} was not read.", path=path, pages=named_pages(cut))


def _lacks_text(page: Page) -> bool:
    return not page.empty and len(page.text) < (_STAMP if page.pictured else 1)


def _is_unreadable(text: str) -> bool:
    return len(text) >= _FEWEST and len(_STRANGE.findall(text)) > _UNREADABLE * len(text)
