"""What a window shows, as far as it needs no window: documents laid out, the lines of a hit, the status line."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from zhengce.cli.browse.document_layout import DocumentLayout, read_part
from zhengce.cli.browse.hit_lines import around, hit_lines, shortened, shortened_id
from zhengce.cli.browse.status_line import status_line
from zhengce.cli.display import terminal
from zhengce.cli.display.layout import cells
from zhengce.cli.request import Request
from zhengce.corpus.model import Metadata, Passage
from zhengce.index import Corpus
from zhengce.index.model import Counts, Hit, IndexedDocument, Occurrence


@pytest.mark.parametrize("width", [20, 51, 80])
def test_the_layout_is_what_show_prints(corpus: Corpus, width: int) -> None:
    document, request = corpus.document("chengyu"), Request("中欧班列 班车")
    layout = DocumentLayout(read_part(corpus, document, request), width)
    lines = [layout.line(number) for number in range(len(layout))]
    passages = list(corpus.passages(document))
    results = request.marks(corpus, document)
    assert results
    marks = {hit.passage.number: hit.marks for hit in results}
    page = list(terminal.document_page(document, passages, width, None, marks))
    assert [line.plain if line else "" for line in lines] == [line.plain for line in page]
    assert [line.spans if line else [] for line in lines] == [line.spans if line.plain else [] for line in page]


def test_lines_and_their_anchors(corpus: Corpus) -> None:
    document = corpus.document("chengyu")
    whole = DocumentLayout(read_part(corpus, document, Request("工业互联网")), 60)
    part = DocumentLayout(read_part(corpus, document, None, range(10, 21)), 60)
    assert 44 in whole
    assert 45 not in whole
    assert (9 in part, 10 in part, 20 in part, 21 in part) == (False, True, True, False)
    for layout in (whole, part):
        for number in range(len(layout)):
            assert layout.line_of(layout.anchor(number)) == number
    assert whole.anchor(0) == (0, 0)
    assert part.anchor(0) == (10, 0)
    # What stands on top of a part stands in the whole at its own place.
    assert whole.line(whole.line_of((15, 1))).plain == part.line(part.line_of((15, 1))).plain
    for passage in range(1, 45):
        assert whole.line(whole.lines_of(passage).start).plain.startswith(f"{passage:>4} ")


def document_of(*texts: str) -> tuple[IndexedDocument, list[Passage]]:
    document = IndexedDocument("a", Metadata("甲"), 0, len(texts), 0)
    return document, [Passage(n, "paragraph", (), ((n, n),), text) for n, text in enumerate(texts, 1)]


def test_the_first_match_comes_into_view(corpus: Corpus) -> None:
    from zhengce.cli.browse.document_layout import DocumentPart

    document, passages = document_of("短。" * 5, "长" * 2000 + "班列" + "长" * 500, "没有")
    layout = DocumentLayout(DocumentPart(document, passages, {2: [Occurrence((2000, 2002), 0)]}), 45)
    assert "班列" in layout.line(layout.match_in(2)).plain
    assert layout.match_in(1) == layout.lines_of(1).start
    for height in (1, 5, 20, 200):
        top = layout.top_for(2, height)
        assert top <= layout.match_in(2) < top + height
    # A passage whose match is near is seen from its beginning, what is before it a fourth of the height.
    assert layout.top_for(3, 20) == layout.lines_of(3).start - 5
    assert layout.top_for(1, 20) == 0


@pytest.mark.parametrize("width", [8, 11, 20, 33, 46, 90])
def test_the_lines_of_a_hit_show_the_match_and_fit(corpus: Corpus, width: int) -> None:
    for hit in corpus.search("班列"):
        place, context = hit_lines(hit, width)
        assert cells(place.plain) <= width
        assert cells(context.plain) <= width
        assert "班列" in context.plain
        (first, *_) = context.spans
        assert context.plain[first.start : first.end] == "班列"
        assert place.plain.endswith(f":{hit.passage.number}") or f":{hit.passage.number}  " in place.plain


def test_lines_of_a_hit_that_would_do_harm() -> None:
    document, (passage,) = document_of("[red]\x1b[31m\t班列\u202e\x07")
    place, context = hit_lines(Hit(document, passage, ((11, 13),), 1.0), 60)
    assert (place.plain, context.plain) == ("a:1", "[red]␛[31m│班列�␇")
    (span,) = context.spans
    assert context.plain[span.start : span.end] == "班列"


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("一二三四五", 10, "一二三四五"),
        ("一二三四五", 9, "一二三四…"),
        ("abcdef", 4, "abc…"),
        ("一二", 1, "…"),
        ("", 5, ""),
    ],
)
def test_shortened(text: str, width: int, expected: str) -> None:
    assert shortened(text, width) == expected


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (20, "法规/上海/条例(2020)"),
        (18, "…/上海/条例(2020)"),
        (14, "…/条例(2020)"),
        (11, "条例(2020)"),
        (8, "条例(20…"),
    ],
)
def test_folders_are_left_out_of_an_id_first(width: int, expected: str) -> None:
    assert shortened_id("法规/上海/条例(2020)", width) == expected


def test_the_stretch_around_a_match() -> None:
    text = "零一二三四五六七八九" * 3
    assert around(text, (0, 2), 20) == (0, 9)
    start, end = around(text, (14, 16), 20)
    assert start < 14
    assert end > 16
    assert cells(text[start:end]) <= 18
    # Where the text ends, the room after it is given to what is before.
    start, end = around(text, (28, 30), 20)
    assert (end, cells(text[start:end])) == (30, 18)
    assert around(text, (28, 30), 60) == (0, 30)


def test_the_status_line() -> None:
    counts = Counts(497_183, 258_406, 3_476)
    for width in (20, 40, 80, 120, 200):
        assert cell_len(status_line(counts, 12, 3, width).plain) <= max(width, 28)
    assert status_line(counts, 12, 3, 160).plain.startswith(
        "497,183 occurrences in 258,406 passages of 3,476 documents  12/258,406  3 marked  "
    )
    assert status_line(counts, 12, 3, 160).plain.endswith("/ query  n next  m mark  e export  q quit  ? keys")
    assert status_line(counts, 12, 0, 60).plain.startswith("12/258,406  ")
    assert status_line(Counts(0, 0, 0), None, 2, 60).plain.startswith("2 marked  ")


def test_less_than_a_third_of_the_line_is_before_the_match() -> None:
    text = "长" * 100
    start, end = around(text, (50, 52), 30)
    assert (50 - start, cells(text[start:end])) == (4, 28)


@pytest.mark.parametrize(("width", "shown"), [(11, "a:1  一二…"), (10, "a:1"), (15, "a:1  一二三四五")])
def test_a_heading_is_shown_where_there_is_room(width: int, shown: str) -> None:
    document, _ = document_of("班列")
    passage = Passage(1, "paragraph", ("一二三四五",), ((1, 1),), "班列")
    assert hit_lines(Hit(document, passage, ((0, 2),), 1.0), width)[0].plain == shown


def test_an_id_that_takes_more_than_a_third_of_the_width_has_a_line_of_its_own() -> None:
    document = IndexedDocument("报告2025", Metadata("题"), 0, 1, 1)
    assert next(terminal.header(document, 30)).plain == "报告2025  题"
    assert [line.plain for line in terminal.header(document, 29)][:2] == ["报告2025", "  题"]
