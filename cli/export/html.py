"""HTML: passages and concordances as one page that loads nothing, runs nothing, and prints well."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from html import escape
from typing import TextIO

from ...corpus.model import Passage
from ...index.descriptions import about
from ...index.model import HitWithNeighbours, IndexedDocument
from ..display.concordance import place_of
from ..display.layout import harmless
from ..display.snippets import marked
from ..display.theme import DARK_MATCHES, PAPER_MATCHES
from ..language.translation import gettext, language_tag, ngettext, translated
from .interface import ConcordanceExport, Export, ExportWriter, PassageExport, cited_with_place, head_lines

_STYLE = """
:root { color-scheme: light dark; --text: #1d1d1f; --soft: #63636a; --page: #fff; --line: #dcdce0; @light }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e6e9; --soft: #a3a3ab; --page: #17171a; --line: #38383e; @dark }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 46rem; background: var(--page); color: var(--text);
  font: 1rem/1.8 "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; overflow-wrap: anywhere; }
h1, h2, nav, dl, .place, .note { font-family: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
  sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.35; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; line-height: 1.45; margin: 3rem 0 .25rem; padding-top: .75rem;
  border-top: 1px solid var(--line); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0; font-size: .875rem;
  line-height: 1.55; }
dt { color: var(--soft); }
dd { margin: 0; }
nav { margin-top: 1.5rem; font-size: .9375rem; line-height: 1.5; }
nav ol { padding-left: 1.75rem; margin: .5rem 0; }
nav li { padding: .2rem 0; }
a { color: inherit; text-decoration-color: var(--soft); text-underline-offset: .2em; }
article { margin: 1.5rem 0; }
.place, .note, nav small { color: var(--soft); font-size: .8125rem; line-height: 1.5; }
p { margin: .25rem 0; white-space: pre-wrap; }
.neighbour { color: var(--soft); padding-left: 1.5em; }
mark { background: var(--mark); color: inherit; border-radius: .15em; }
.note mark { color: var(--text); }
.t1 { background: var(--mark1); } .t2 { background: var(--mark2); }
.t3 { background: var(--mark3); } .t4 { background: var(--mark4); }
@media print {
  :root { --text: #000; --soft: #444; --page: #fff; --line: #bbb; @printed }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2 { break-after: avoid; }
  .note, .place { break-after: avoid; }
  p { orphans: 3; widows: 3; }
  mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { text-decoration: none; }
}
"""
# On a screen too narrow for columns, each line of a concordance is a running text below its document and passage.
_CONCORDANCE_STYLE = """
body { max-width: 72rem; }
table { border-collapse: collapse; width: 100%; margin: 2rem 0; line-height: 1.6; }
td { padding: .15rem .3rem; border-bottom: 1px solid var(--line); white-space: pre-wrap; vertical-align: top; }
.where { font: .8125rem/2 system-ui, sans-serif; white-space: nowrap; overflow-wrap: normal; padding-left: 0; }
.left { text-align: right; width: 42%; }
.match { white-space: nowrap; text-align: center; overflow-wrap: normal; }
.right { width: 42%; padding-right: 0; }
.sources dd { margin-bottom: .35rem; }
@media screen and (max-width: 44rem) {
  table, tbody { display: block; }
  tr { display: block; padding: .35rem 0; border-bottom: 1px solid var(--line); }
  td { display: inline; padding: 0; border: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  td.where { display: block; line-height: 1.5; }
}
@media print {
  @page { size: landscape; }
  table { font-size: 9.5pt; }
  tr { break-inside: avoid; }
}
"""


_OF_TEXTS = "zh"  # the language of the documents


class Writer(ExportWriter):
    """Writes a page that loads nothing and runs nothing."""

    def write_passages(self, export: PassageExport, stream: TextIO) -> None:
        """Write a page: the head, a table of contents by document, and the hits in their order.

        The contents are known only after the hits, so the hits go to a temporary file first.
        """
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as body:
            contents = _write_hits(export, body)
            body.seek(0)
            _write_front(export, stream)
            stream.write(f'<nav aria-label="{_text(gettext("Documents"))}">\n<ol>\n')
            for place, (document, count) in enumerate(contents.items(), start=1):
                name = _text(document.metadata.title)
                size = ngettext("{count:,} passage", "{count:,} passages", count)
                stream.write(f'<li><a href="#d{place}">{name}</a> <small{_own()}>{size}</small></li>\n')
            stream.write("</ol>\n</nav>\n<main>\n")
            shutil.copyfileobj(body, stream)
        stream.write("</main>\n</body>\n</html>\n")

    def write_concordance(self, export: ConcordanceExport, stream: TextIO) -> None:
        """Write a page: the head, the lines, and the documents that they come from."""
        _write_front(export, stream, _CONCORDANCE_STYLE)
        if len(export.terms) > 1:
            terms = " ".join(_mark(term, number) for number, term in enumerate(export.terms))
            stream.write(f'<p class="note">{terms}</p>\n')
        stream.write("<main>\n<table>\n<tbody>\n")
        documents: dict[IndexedDocument, int] = {}
        for line in export.lines:
            number = documents.setdefault(line.document, len(documents) + 1)
            stream.write(
                f'<tr><td class="where"><a href="#d{number}">{_text(place_of(line))}</a> </td>'
                f'<td class="left">{_text(line.left)}</td><td class="match">{_mark(line.match, line.term)}</td>'
                f'<td class="right">{_text(line.right)}</td></tr>\n'
            )
        heading = f"<h2{_own()}>{_text(gettext('Documents'))}</h2>"
        stream.write(f'</tbody>\n</table>\n</main>\n<footer>\n{heading}\n<dl class="sources">\n')
        for document, number in documents.items():
            stream.write(f'<dt id="d{number}">{_text(document.id)}</dt><dd>{_text(export.cite(document))}</dd>\n')
        stream.write("</dl>\n</footer>\n</body>\n</html>\n")


def _colored_style() -> str:
    """Return the style sheet with the backgrounds of matches on a light page, on a dark one and on paper."""
    style = _STYLE.replace("@light", _match_colors(PAPER_MATCHES, 2)).replace("@dark", _match_colors(DARK_MATCHES, 4))
    return style.replace("@printed", _match_colors(PAPER_MATCHES, 4))


def _match_colors(colors: Sequence[str], indent: int) -> str:
    first, *others = colors
    rest = " ".join(f"--mark{number}: #{color};" for number, color in enumerate(others, start=1))
    return f"--mark: #{first};\n{' ' * indent}{rest}"


def _own() -> str:
    """Return the attribute of an element with words of the page itself, which may be in another language."""
    return "" if language_tag().startswith(_OF_TEXTS) else f' lang="{language_tag()}"'


def _write_front(export: Export, stream: TextIO, style: str = "") -> None:
    query = translated(export.head.query)
    title = _text(query)
    stream.write(
        f'<!DOCTYPE html>\n<html lang="{_OF_TEXTS}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f'<meta name="generator" content="zhengce {_text(export.head.version)}">\n'
        f"<title>{title}</title>\n<style>{_colored_style()}{style}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{title}</h1>\n<dl{_own()}>\n"
    )
    for name, value in head_lines(export.head):
        asked = f' lang="{_OF_TEXTS}"' if _own() and value in (query, export.head.read) else ""
        stream.write(f"<dt>{_text(name)}</dt><dd{asked}>{_text(value)}</dd>\n")
    stream.write("</dl>\n</header>\n")


def _write_hits(export: PassageExport, stream: TextIO) -> dict[IndexedDocument, int]:
    """Write the hits, and return how many each document has, in the order of their first hits."""
    contents: dict[IndexedDocument, int] = {}
    last: IndexedDocument | None = None
    for number, each in enumerate(export.hits, start=1):
        document = each.hit.document
        if document is not last:
            anchor = "" if document in contents else f' id="d{len(contents) + 1}"'
            stream.write(f"<h2{anchor}>{_text(document.metadata.title)}</h2>\n")
            stream.write(f'<div class="note">{_text(about(document))}</div>\n')
            last = document
        contents[document] = contents.get(document, 0) + 1
        stream.write(_article(export, each, number))
    return contents


def _article(export: PassageExport, each: HitWithNeighbours, number: int) -> str:
    hit = each.hit
    place = f'<div class="place">{number}. {_text(cited_with_place(export, hit))}</div>\n'
    text = "".join(
        _text(part) if term is None else _mark(part, term) for part, term in marked(hit.passage.text, hit.marks)
    )
    return f"<article>\n{place}{_neighbours(each.before)}<p>{text}</p>\n{_neighbours(each.after)}</article>\n"


def _neighbours(passages: Sequence[Passage]) -> str:
    return "".join(f'<p class="neighbour">{_text(passage.text)}</p>\n' for passage in passages)


def _mark(text: str, term: int = 0) -> str:
    color = term % len(PAPER_MATCHES)
    return f'<mark class="t{color}">{_text(text)}</mark>' if color else f"<mark>{_text(text)}</mark>"


def _text(text: str) -> str:
    return escape(harmless(text, tabs=True))
