"""What a window shows, as far as it needs no window: documents laid out, the lines of a hit, the status line."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.text import Text
from zhengce.cli.browse.answers import Answer, Question
from zhengce.cli.browse.document_layout import DocumentLayout, head_of, read_part
from zhengce.cli.browse.hit_layout import HitLayout, HitLine
from zhengce.cli.browse.hit_lines import around, hit_lines, shortened, shortened_id
from zhengce.cli.browse.status_line import status_line
from zhengce.cli.display import terminal
from zhengce.cli.display.layout import cells
from zhengce.cli.display.search_page import Look, SearchPage, path_line
from zhengce.cli.display.theme import PLACE, match_of
from zhengce.cli.request import Request
from zhengce.corpus.model import Metadata, Passage
from zhengce.index import Corpus
from zhengce.index.model import Counts, Hit, IndexedDocument, Occurrence


@pytest.mark.parametrize("width", [20, 51, 80])
def test_the_layout_is_what_show_prints(corpus: Corpus, width: int) -> None:
    document, request = corpus.document("chengyu"), Request("中欧班列 班车")
    marks = Answer(Question(request)).marks(corpus, document)
    layout = DocumentLayout(read_part(corpus, document, marks), width)
    lines = [layout.line(number) for number in range(len(layout))]
    passages = list(corpus.passages(document))
    assert 17 in marks
    page = list(terminal.document_page(document, passages, width, None, marks))
    assert [line.plain if line else "" for line in lines] == [line.plain for line in page]
    assert [line.spans if line else [] for line in lines] == [line.spans if line.plain else [] for line in page]


def test_lines_and_their_anchors(corpus: Corpus) -> None:
    document = corpus.document("chengyu")
    whole = DocumentLayout(read_part(corpus, document, {}), 60)
    part = DocumentLayout(read_part(corpus, document, {}, range(10, 21)), 60)
    assert 44 in whole
    assert 45 not in whole
    assert (9 in part, 10 in part, 20 in part, 21 in part) == (False, True, True, False)
    for layout in (whole, part):
        for number in range(len(layout)):
            assert layout.line_of(layout.anchor(number)) == number
    wider = DocumentLayout(whole.part, 100)
    for number in range(len(whole)):
        assert wider.anchor(wider.line_of(whole.anchor(number)))[0] in (whole.anchor(number)[0], 1)
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


@pytest.mark.parametrize("width", [12, 20, 33, 46, 90])
@pytest.mark.parametrize("column", [0, 15])
@pytest.mark.parametrize("section", [(), ("二、构建高效能开放大通道", "（一）中欧班列")])
def test_the_lines_of_a_hit_show_the_match_and_fit(
    corpus: Corpus, width: int, column: int, section: tuple[str, ...]
) -> None:
    column = column if column * 3 <= width else 0
    for hit in corpus.search("班列"):
        lines = hit_lines(hit, width, column, section)
        assert all(cells(line.plain) <= width for line in lines)
        marked = [
            line.plain[span.start : span.end] for line in lines for span in line.spans if span.style == match_of(0)
        ]
        assert "".join(marked).startswith("班列")
        # Without a heading the text has both lines, if the place leaves room beside it.
        assert (marked_in(lines[0]) or marked_in(lines[1])) if column and not section else not marked_in(lines[0])
        (place,) = [span for span in lines[0].spans if span.style == PLACE]
        assert lines[0].plain[place.start : place.end].endswith(f":{hit.passage.number}")


def marked_in(line: Text) -> bool:
    return any(span.style == match_of(0) for span in line.spans)


def test_lines_of_a_hit_that_would_do_harm() -> None:
    document, (passage,) = document_of("[red]\x1b[31m\t班列\u202e\x07")
    place, context = hit_lines(Hit(document, passage, ((11, 13),), 1.0), 60)
    assert (place.plain, context.plain) == ("  a:1", "    [red]␛[31m│班列�␇")
    (span,) = context.spans
    assert context.plain[span.start : span.end] == "班列"


def test_the_list_of_hits_is_the_page_of_a_search(corpus: Corpus) -> None:
    for query in ("中欧班列", "成都 班列"):
        results = corpus.search(query)
        layout = HitLayout(results.groups(), results.terms, 80)
        lines = [layout.line(number) for number in range(len(layout))]
        page = list(SearchPage(corpus, results, Look(), "").lines(80))
        headers = [line.plain for line in page if line.plain and not line.plain.startswith("  ")]
        text = [line.plain for line in lines if line is not None and not isinstance(line, HitLine)]
        # The page begins with the counts, and ends its head with a strip of the documents.
        for each in headers[1:]:
            assert each in text or " · " in each
        for rank in range(len(results)):
            line = layout.line_of(rank)
            assert (lines[line], layout.rank_at(line), layout.rank_at(line + 1)) == (
                (rank, 0, lines[line].column),
                rank,
                rank,
            )
            assert layout.top_of(rank) <= line
        assert sorted(layout.ordinals) == list(corpus.search(query, sort="document").ordinals())


@pytest.mark.parametrize("section", [(), ("第一章 总则",)])
def test_a_long_id_leaves_room_for_a_heading(section: tuple[str, ...]) -> None:
    _, passages = document_of("班列", *["班列"] * 99)
    document = IndexedDocument("法规/地方性法规/上海/优化营商环境条例(2020)", Metadata("甲"), 0, 100, 0)
    beside = f"  {section[0]}" if section else ""
    for passage in (passages[0], passages[99]):
        hit = Hit(document, passage, ((0, 2),), 1.0)
        whole = f"  法规/地方性法规/上海/优化营商环境条例(2020):{passage.number}{beside}"
        short = f"  …/优化营商环境条例(2020):{passage.number}{beside}"
        assert (hit_lines(hit, 75, section=section)[0].plain, hit_lines(hit, 60, section=section)[0].plain) == (
            whole,
            short,
        )
    # What is too long even so is cut, but never the number.
    assert hit_lines(hit, 20)[0].plain == "  …/优化营商环…:100"


def test_the_head_of_a_document_has_its_title() -> None:
    def head(id_: str, title: str) -> str:
        return head_of(IndexedDocument(id_, Metadata(title), 0, 1, 0))

    assert head("法规/地方性法规/上海/甲(2020)", "上海市条例") == "…/上海/甲(2020)  上海市条例"
    assert head("法规/上海市条例(2020)", "上海市条例") == "上海市条例(2020)"
    assert head("2015", "2015") == "2015"


def test_of_a_section_path_the_innermost_heading_is_kept() -> None:
    path = ("第一章 总则", "第一节 目的", "第二条")
    assert [path_line(path, width) for width in (34, 33, 24, 23, 10)] == [
        "第一章 总则 › 第一节 目的 › 第二条",
        "… › 第一节 目的 › 第二条",
        "… › 第一节 目的 › 第二条",
        "… › 第二条",
        "… › 第二条",
    ]
    assert [path_line(path, width) for width in (9, 6, 5)] == ["第二条", "第二条", "第二…"]


def test_lines_of_titles_belong_to_the_first_hit(corpus: Corpus) -> None:
    groups = corpus.search("中欧班列").groups()
    layout = HitLayout(groups, corpus.search("中欧班列").terms, 60)
    first = 0
    for number, group in enumerate(groups):
        assert (layout.first_of(number), layout.group_of(first)) == (first, number)
        top = layout.top_of(first)
        assert [layout.rank_at(line) for line in range(top, layout.line_of(first))] == [first] * (
            layout.line_of(first) - top
        )
        assert layout.line(top).plain[:12] == group.document.metadata.title[:12]
        first += len(group.ordinals)
    # A list begins with a title, a place or the blank line before a title.
    for number in range(len(layout)):
        line, before = layout.line(number), layout.line(number - 1) if number else None
        second = line.line == 1 if isinstance(line, HitLine) else isinstance(line, Text) and isinstance(before, Text)
        assert layout.begins(number) is not second
    assert (layout.first_of(-1), layout.first_of(99)) == (0, first - len(groups[-1].ordinals))
    assert len(HitLayout((), (), 60)) == 0
    assert [len(layout.at(width)) for width in (60, 20)] == [len(layout), len(HitLayout(groups, (), 20))]


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
    # What is near the beginning is shown from there.
    assert around(text, (4, 6), 20)[0] == 0
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
    assert status_line(counts, 12, 3, 160).plain.endswith("  / query  n next  y copy  m mark  e export  q quit  ? keys")
    assert status_line(counts, 12, 0, 60).plain.startswith("497,183 occurrences  12/258,406  ")
    assert status_line(counts, 12, 0, 40).plain.startswith("497,183 occurrences  12/258,406 ")
    assert status_line(counts, 12, 0, 38).plain.startswith("12/258,406  ")
    everything = "497,183 occurrences in 258,406 passages of 3,476 documents  12/258,406  Corpus: 法规  "
    assert status_line(counts, 12, 0, 100, "Corpus: 法规").plain.startswith(everything)
    assert status_line(counts, 12, 0, 90, "Corpus: 法规").plain.startswith("497,183 occurrences  12/258,406  Corpus: ")
    assert status_line(Counts(0, 0, 0), None, 2, 60).plain.startswith("2 marked  ")


def test_less_than_a_third_of_the_line_is_before_the_match() -> None:
    text = "长" * 100
    start, end = around(text, (50, 52), 30)
    assert (50 - start, cells(text[start:end])) == (4, 28)


@pytest.mark.parametrize(("width", "shown"), [(10, "  a:1"), (19, "  a:1  一二三四五"), (13, "  a:1  一二…")])
def test_a_heading_is_shown_where_there_is_room(width: int, shown: str) -> None:
    document, (passage,) = document_of("班列")
    lines = hit_lines(Hit(document, passage, ((0, 2),), 1.0), width, section=("一二三四五",))
    assert [line.plain for line in lines] == [shown, "    班列"]


def test_an_id_that_takes_more_than_a_third_of_the_width_has_a_line_of_its_own() -> None:
    document = IndexedDocument("报告2025", Metadata("题"), 0, 1, 1)
    assert next(terminal.header(document, 30)).plain == "报告2025  题"
    assert [line.plain for line in terminal.header(document, 29)][:2] == ["报告2025", "  题"]
