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
from .layout import Page
from .pdfium import read_page
from .reading_order import page_lines
from .titles import with_title

_STAMP = 30  # characters; a scanned page with fewer has no text layer, only a stamp or a number
_UNREADABLE = 0.3  # share of strange characters
_FEWEST = 20  # characters; fewer do not tell whether a text is readable
_MOST_NAMED = 20  # page ranges in a warning

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
        raise DocumentError(f"{path} has no text layer; run OCR first (for example ocrmypdf).")
    if _is_unreadable(text):
        raise DocumentError(f"{path} has an unreadable text layer; run OCR first (for example ocrmypdf --force-ocr).")
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
                f"{path} is locked with a password; unlock it first (for example qpdf --decrypt)."
            ) from error
        raise DocumentError(
            f"{path} is damaged or not a PDF file; open it in a PDF program and save it again."
        ) from error
    pages: list[tuple[int, Page]] = []
    damaged: list[int] = []
    try:
        if len(document) > limits.pages:
            raise DocumentError(
                f"{path} has {len(document)} pages, more than {limits.pages}; split it into smaller files."
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
        raise DocumentError(f"{path} is damaged: none of its pages can be read.")
    return pages, title, [f"{path}: damaged and not read: {_named(damaged)}."] if damaged else []


def _warnings(path: Path, pages: Sequence[tuple[int, Page]]) -> Iterable[str]:
    bare = [number for number, page in pages if _lacks_text(page)]
    if bare:
        yield f"{path}: no text layer on {_named(bare)}; run OCR (for example ocrmypdf)."
    garbled = [number for number, page in pages if _is_unreadable(page.text)]
    if garbled:
        yield f"{path}: unreadable text on {_named(garbled)}; run OCR (for example ocrmypdf --force-ocr)."
    cut = [number for number, page in pages if page.outside]
    if cut:
        yield f"{path}: text beyond the edges of {_named(cut)} was not read."


def _lacks_text(page: Page) -> bool:
    return not page.empty and len(page.text) < (_STAMP if page.pictured else 1)


def _is_unreadable(text: str) -> bool:
    return len(text) >= _FEWEST and len(_STRANGE.findall(text)) > _UNREADABLE * len(text)


def _named(numbers: Sequence[int]) -> str:
    """Return pages by their numbers, consecutive ones as a range: ``pages 1, 3-5``."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    names = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    more = [f"and {len(names) - _MOST_NAMED} more ranges"] if len(names) > _MOST_NAMED else []
    return f"page{'s' * (len(numbers) > 1)} {', '.join(names[:_MOST_NAMED] + more)}"
