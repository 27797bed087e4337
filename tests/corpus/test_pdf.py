"""What is read out of PDF files: order, paragraphs, tables, what pages add, and what is refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pdfs import DrawnPage, pdf
from zhengce.corpus.document_reader import document
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.extraction import ExtractedText, SourceLine
from zhengce.corpus.files import Source
from zhengce.corpus.formats.pdf.headers_footers import page_number
from zhengce.corpus.formats.pdf.reader import extract
from zhengce.corpus.limits import DEFAULT_LIMITS, Limits
from zhengce.corpus.model import Passage

PATH = Path("政策.pdf")
SENTENCE = "推进营商环境建设提升服务效能加强统筹协调完善政策体系"


def read(*pages: DrawnPage, limits: Limits = DEFAULT_LIMITS) -> ExtractedText:
    return extract(PATH, pdf(*pages), None, limits)


def lines(*pages: DrawnPage) -> list[SourceLine]:
    return [line for line in read(*pages).lines if line.text]


def texts(*pages: DrawnPage) -> list[str]:
    return [line.text for line in lines(*pages)]


def passages(*pages: DrawnPage) -> tuple[Passage, ...]:
    return document(Source("a", PATH), read(*pages)).passages


def test_lines_keep_their_indent_page_and_number() -> None:
    found = lines(
        DrawnPage().lines(90, 750, ["　　第一条 为了优化营商环境，", "制定本条例。"]),
        DrawnPage().text(90, 750, "另一页。"),
    )
    assert [(line.number, line.page, line.text) for line in found] == [
        (1, 1, "　　第一条 为了优化营商环境，"),
        (2, 1, "制定本条例。"),
        (3, 2, "另一页。"),
    ]


def test_a_paragraph_runs_on_over_a_page_its_number_and_the_next_head() -> None:
    pages = []
    for number in range(3):
        body = [f"{SENTENCE[row:]}，{SENTENCE[:row]}" for row in range(1, 7)]
        if number == 2:
            body[-1] = "至此为止。"
        page = DrawnPage().text(200, 800, "某省人民政府公报", 9).lines(90, 700, body)
        pages.append(page.text(290, 40, f"— {number + 5} —", 9))
    found = passages(*pages)
    assert [each.text for each in found if each.kind == "furniture"] == [
        text for number in range(3) for text in ("某省人民政府公报", f"— {number + 5} —")
    ]
    running = [each for each in found if each.kind != "furniture"]
    assert len(running) == 1
    assert running[0].page == 1
    assert running[0].text.endswith("至此为止。")


def test_numbered_appendices_are_no_page_numbers() -> None:
    pages = [DrawnPage().text(90, 780, f"附件{number}").text(90, 700, SENTENCE) for number in "一二三"]
    assert not [line for line in lines(*pages) if line.role == "furniture"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("— 3 —", 3),
        ("iv", 4),
        ("XII", 12),
        ("第 3 页", 3),
        ("3/12", 3),
        ("第3页 共12页", 3),
        ("2025年", None),
        ("", None),
    ],
)
def test_page_numbers(text: str, number: int | None) -> None:
    assert page_number(text) == number


def test_columns_are_read_one_after_the_other_below_the_title_across_them() -> None:
    left = [f"左栏第{number}行文字填满整个栏宽" for number in "一二三四五六"]
    right = [f"右栏第{number}行文字填满整个栏宽" for number in "一二三四五六"]
    page = DrawnPage().text(90, 780, "横跨两栏的标题文字横跨两栏的标题文字横跨两栏", 16)
    # Set in turns, and a little lower on the right, as newspapers are.
    for row, (one, other) in enumerate(zip(left, right, strict=True)):
        page.text(330, 734 - 18 * row, other).text(90, 740 - 18 * row, one)
    page.text(90, 600, "横跨两栏的末行文字横跨两栏的末行文字横跨两栏的末行")
    found = [text.strip() for text in texts(page)]
    assert found[1:-1] == left + right
    assert found[0].startswith("横跨两栏的标题")


def test_a_ruled_table_is_read_by_rows_a_cell_with_all_its_lines() -> None:
    page = DrawnPage().text(90, 760, "表前的文字。").grid((80, 200, 400), (740, 700, 640))
    page.text(90, 715, "指标").text(210, 715, "说明")
    page.text(90, 665, "营商环境").text(210, 675, "按年度评估的").text(210, 655, "结果")
    found = lines(page.text(90, 600, "表后的文字。"))
    assert [(line.role, line.text) for line in found] == [
        (None, "表前的文字。"),
        ("table", "指标\t说明"),
        ("table", "营商环境\t按年度评估的结果"),
        (None, "表后的文字。"),
    ]


def test_a_frame_around_a_text_makes_no_table_of_it() -> None:
    page = DrawnPage().grid((80, 500), (740, 640)).text(90, 715, "框中的").text(90, 695, "文字")
    assert [line.role for line in lines(page)] == [None, None]


def test_aligned_cells_without_rules_make_a_table_a_table_of_contents_does_not() -> None:
    table, contents = DrawnPage(), DrawnPage()
    for row, (name, value) in enumerate((("成都", "12"), ("重庆", "13"), ("西宁", "14"))):
        table.text(90, 700 - 20 * row, name).text(200, 700 - 20 * row, value)
        contents.text(90, 700 - 20 * row, f"第{'一二三'[row]}章").text(150, 700 - 20 * row, "总则")
    assert [(line.role, line.text) for line in lines(table)] == [
        ("table", "成都\t12"),
        ("table", "重庆\t13"),
        ("table", "西宁\t14"),
    ]
    assert [line.role for line in lines(contents)] == [None] * 3


def test_footnotes_below_a_rule_are_kept_apart_each_as_one() -> None:
    page = DrawnPage().lines(90, 700, [SENTENCE] * 5).rule(90, 140, 200, 140)
    page.text(90, 125, "① 引自统计年鉴，", 9).text(90, 112, "二〇二四年版。", 9).text(90, 99, "② 同上。", 9)
    assert [line.text for line in lines(page) if line.role == "footnote"] == [
        "① 引自统计年鉴，二〇二四年版。",
        "② 同上。",
    ]


def test_characters_drawn_one_by_one_and_invisibly_over_a_scan_are_read() -> None:
    page = DrawnPage().picture()
    for place, character in enumerate(SENTENCE * 2):
        page.text(90 + 13 * (place % 27), 700 - 20 * (place // 27), character, mode=3)
    extracted = read(page)
    assert "".join(line.text for line in extracted.lines) == SENTENCE * 2
    assert not extracted.warnings


def test_a_title_set_wide_has_no_spaces_and_words_have() -> None:
    page = DrawnPage()
    for place, character in enumerate("中华人民共和国"):
        page.text(90 + 40 * place, 700, character, 20)
    assert [text.strip() for text in texts(page.text(90, 600, "WTO").text(125, 600, "rules"))] == [
        "中华人民共和国",
        "WTO rules",
    ]


def test_a_text_drawn_twice_for_bold_is_read_once_a_doubled_character_twice() -> None:
    page = DrawnPage().text(90, 700, "重要通知").text(90.4, 700, "重要通知").text(90, 600, "人人有责，天天向上")
    assert [text.strip() for text in texts(page)] == ["重要通知", "人人有责，天天向上"]


def test_text_on_a_turned_page_is_read_and_a_watermark_set_apart() -> None:
    turned = DrawnPage(rotate=90)
    for row, text in enumerate((f"　　{SENTENCE}", "到此为止。")):
        turned.text(300 + 20 * row, 100 + 12 * (2 - 2 * row), text.strip(), matrix="0 1 -1 0")
    turned.text(250, 400, "内部资料", 40, ".7 .7 -.7 .7")
    assert [(line.role, line.text) for line in lines(turned)] == [
        (None, f"　　{SENTENCE}"),
        (None, "到此为止。"),
        ("furniture", "内部资料"),
    ]


def test_nothing_is_lost() -> None:
    rng = random.Random(7)
    drawn, page = [], DrawnPage()
    for _ in range(120):
        word = "".join(rng.choice(SENTENCE) for _ in range(rng.randint(1, 9)))
        drawn.append(word)
        page.text(rng.randint(20, 450), rng.randint(20, 820), word, rng.choice((9, 12, 16)))
    found = "".join(texts(page.grid((50, 200, 500), (100, 300, 700))))
    assert sorted(found.replace(" ", "").replace("\u3000", "").replace("\t", "")) == sorted("".join(drawn))


def test_what_stands_beyond_the_edges_is_left_out_and_told() -> None:
    extracted = read(DrawnPage().text(90, 700, SENTENCE).text(-300, 700, "剪去的"))
    assert "".join(line.text for line in extracted.lines) == SENTENCE
    assert extracted.warnings == ("政策.pdf: text beyond the edges of page 1 was not read.",)


def test_pages_without_a_text_layer_are_named_and_empty_ones_are_not() -> None:
    pages = [
        DrawnPage().text(90, 700, SENTENCE),
        DrawnPage(),
        *(DrawnPage().picture() for _ in range(3)),
        DrawnPage().picture(),
    ]
    pages.insert(4, DrawnPage().text(90, 700, SENTENCE))
    assert read(*pages).warnings == ("政策.pdf: no text layer on pages 3-4, 6-7; run OCR (for example ocrmypdf).",)


def test_a_scan_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"^政策\.pdf has no text layer; run OCR first"):
        read(DrawnPage().picture())


def test_a_text_layer_that_gives_wrong_characters_is_refused() -> None:
    mapped = "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <4E71> <E123> endbfchar"
    cmap = f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap {mapped} endcmap end end"
    data = pdf(DrawnPage().text(90, 700, "乱" * 40), encoding="/Fingerprint-H", to_unicode=cmap)
    with pytest.raises(DocumentError, match=r"^政策\.pdf has an unreadable text layer; run OCR first"):
        extract(PATH, data, None, DEFAULT_LIMITS)


def test_a_file_locked_with_a_password_is_refused() -> None:
    key = "00" * 32
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >> /ID [<00> <00>]"
    with pytest.raises(DocumentError, match=r"^政策\.pdf is locked with a password"):
        extract(PATH, pdf(DrawnPage().text(90, 700, "密"), trailer=locked), None, DEFAULT_LIMITS)


def test_more_pages_than_the_limit_are_refused() -> None:
    with pytest.raises(DocumentError, match=r"^政策\.pdf has 3 pages, more than 2"):
        read(DrawnPage(), DrawnPage(), DrawnPage(), limits=Limits(pages=2))


def test_damaged_files_are_read_or_refused_by_name() -> None:
    rng = random.Random(11)
    page = DrawnPage().lines(90, 740, [SENTENCE] * 4).grid((80, 200, 400), (640, 600, 560)).text(90, 610, "指标")
    whole = pdf(page, page)
    refused: list[str] = []
    for _ in range(300):
        damaged = bytearray(whole[: rng.randrange(len(whole))] if rng.random() < 0.3 else whole)
        for _ in range(rng.choice((1, 4, 30))):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        try:
            extract(PATH, bytes(damaged), None, DEFAULT_LIMITS)
        except DocumentError as error:
            refused.append(str(error))
    assert 0 < len(refused) < 300
    assert all(message.startswith("政策.pdf ") for message in refused)


# Headers and footers


def repeated(page: DrawnPage) -> list[str]:
    return [line.text for line in lines(*[page] * 3) if line.role == "furniture"]


def test_only_rows_at_the_edge_in_type_like_the_texts_are_headers() -> None:
    text = [f"　　{SENTENCE}"] * 4
    assert repeated(DrawnPage().text(90, 800, "公报", 9).lines(90, 600, text)) == ["公报"] * 3
    assert repeated(DrawnPage().text(90, 690, "公报", 9).lines(90, 600, text)) == []
    assert repeated(DrawnPage().text(90, 800, "公报", 20).lines(90, 600, text)) == []
    heads = ["某省人民政府公报", "总第七期", "内部资料"]
    assert repeated(DrawnPage().lines(90, 820, heads, 9, 15).lines(90, 600, text)) == heads * 3


@pytest.mark.parametrize(
    ("pages", "with_text", "is_header"),
    [(4, (0, 1), True), (5, (0, 1), False), (5, (0, 1, 2), True), (9, (0, 2, 4), True), (9, (0, 4, 8), False)],
)
def test_a_header_is_repeated_by_pages_close_to_each_other(
    pages: int, with_text: tuple[int, ...], is_header: bool
) -> None:
    drawn = [
        DrawnPage().lines(90, 600, [f"第{page}页的正文在此，", "到此为止。"]) for page in "一二三四五六七八九"[:pages]
    ]
    for index in with_text:
        drawn[index].text(90, 800, "总则")
    assert [line.role for line in lines(*drawn) if line.text.strip() == "总则"] == (
        ["furniture" if is_header else None] * len(with_text)
    )


# Tables


def test_two_aligned_rows_are_no_table_and_narrow_columns_are_one() -> None:
    two, five = DrawnPage(), DrawnPage()
    for row, (name, value) in enumerate(zip("成重西巴青", "一二三四五", strict=True)):
        five.text(90, 700 - 20 * row, f"{name}市").text(200, 700 - 20 * row, f"{value}项")
        if row < 2:
            two.text(90, 700 - 20 * row, f"{name}市").text(200, 700 - 20 * row, f"{value}项")
    assert [(line.role, line.text) for line in lines(two)] == [(None, "成市 一项"), (None, "重市 二项")]
    assert [line.role for line in lines(five)] == ["table"] * 5


def test_a_rule_drawn_in_parts_separates_cells() -> None:
    page = DrawnPage().grid((80, 200, 400), (740, 640)).rule(200, 690, 400, 690)
    page.rule(300, 728, 300, 702).rule(300, 678, 300, 652)
    page.text(90, 710, "指标").text(210, 710, "数量").text(290, 710, "说明", 12).text(210, 660, "十二")
    found = [line.text for line in lines(page) if line.role == "table"]
    assert found == ["指标\t数量\t说明", "十二"]


def test_a_table_may_have_a_single_row() -> None:
    page = (
        DrawnPage().grid((80, 200, 400), (740, 700)).text(90, 715, "指标").text(150, 715, "一").text(210, 715, "说明")
    )
    assert [(line.role, line.text) for line in lines(page)] == [("table", "指标 一\t说明")]


# Lines


def test_a_wide_distance_or_another_size_sets_lines_apart() -> None:
    page = DrawnPage().lines(90, 760, [SENTENCE] * 4).lines(90, 660, [SENTENCE] * 3).lines(90, 600, [SENTENCE] * 2, 15)
    assert [bool(line.text) for line in read(page).lines] == [*[True] * 4, False, *[True] * 3, False, *[True] * 2]


def test_a_gap_of_most_of_a_character_is_a_space() -> None:
    page = DrawnPage().text(90, 700, "营商").text(120, 700, "环境").text(90, 600, "营商").text(124, 600, "环境")
    assert texts(page) == ["营商环境", "营商 环境"]


def test_a_page_that_ends_early_ends_its_paragraph() -> None:
    full = [SENTENCE] * 28
    found = read(*(DrawnPage().lines(90, 700, each) for each in (full, full, full[:9], full, full))).lines
    assert [line.page for line in found if not line.text] == [4]


def test_notes_stand_below_a_short_rule_in_smaller_type() -> None:
    for size, right, notes in ((9, 200, 2), (12, 200, 0), (9, 402, 0)):
        page = DrawnPage().lines(90, 700, [SENTENCE] * 5).rule(90, 140, right, 140)
        page.text(90, 125, "① 引自统计年鉴。", size).text(90, 105, "② 同上。", size)
        assert len([line for line in lines(page) if line.role == "footnote"]) == notes


def test_a_scan_with_a_stamp_has_no_text_layer() -> None:
    assert (
        "page 2;"
        in read(DrawnPage().text(90, 700, SENTENCE), DrawnPage().picture().text(90, 700, SENTENCE)).warnings[0]
    )
    whole = DrawnPage().picture().lines(90, 700, [SENTENCE] * 2)
    assert not read(DrawnPage().text(90, 700, SENTENCE), whole).warnings


def test_as_many_pages_as_the_limit_are_read() -> None:
    assert read(DrawnPage().text(90, 700, SENTENCE), DrawnPage(), limits=Limits(pages=2)).lines


@pytest.mark.parametrize(
    ("title", "drawn", "found"),
    [
        ("安河县灌溉手册", ["安河县灌溉手册"], "安河县灌溉手册"),
        ("安河县 灌溉手册初稿", ["安河县灌溉", "手册初稿"], "安河县 灌溉手册初稿"),
        ("文档一", ["安河县灌溉法"], "安河县灌溉法"),
        ("法", ["法"], "法"),
    ],
)
def test_the_title_in_the_properties_wins_over_a_running_head(title: str, drawn: list[str], found: str) -> None:
    page = DrawnPage().text(60, 810, "读本 » 2020-灌溉", 9).lines(220, 700, drawn, 18, 30)
    page.lines(90, 560, ["第一条　为了加强灌溉，制定本法。", "第二条　灌溉应当节约用水。"])
    extracted = extract(PATH, pdf(page, title=title), None, DEFAULT_LIMITS)
    assert document(Source("a", PATH), extracted).metadata.title == found


COLUMNS = ["关于完善制度修订制度的通知", "各乡镇各部门各直属单位", "为完善灌溉制度建设制度体系", "现将有关事项通知如下"]


def in_columns(texts: list[str], pitch: float = 14) -> DrawnPage:
    """Return a page with these columns from right to left, drawn character by character."""
    page = DrawnPage()
    for index, text in enumerate(texts):
        for below, character in enumerate(text):
            page.text(500 - 22 * index, 760 - pitch * below, character)
    return page


@pytest.mark.parametrize("pitch", [12, 14, 20])
def test_vertical_writing_is_read_by_columns_from_right_to_left(pitch: float) -> None:
    assert texts(in_columns(COLUMNS, pitch)) == COLUMNS


def test_vertical_writing_in_a_vertical_font() -> None:
    page = DrawnPage()
    for index, text in reversed(list(enumerate(COLUMNS))):
        page.text(500 - 22 * index, 760, text)
    extracted = extract(PATH, pdf(page, encoding="/UniGB-UCS2-V"), None, DEFAULT_LIMITS)
    assert [line.text for line in extracted.lines if line.text] == COLUMNS


def test_a_horizontal_line_on_a_page_in_vertical_writing_stays_one() -> None:
    found = texts(in_columns(COLUMNS).text(60, 60, "安河县人民政府印发"))
    assert found[:4] == COLUMNS
    assert "安河县人民政府印发" in found


def test_a_column_beside_horizontal_text_loses_no_repeated_character() -> None:
    page = DrawnPage().lines(90, 700, ["为了加强灌溉，制定本办法。", "灌溉应当节约用水，保护水源。"])
    for below, character in enumerate("制度完善制度"):
        page.text(500, 760 - 14 * below, character)
    assert sorted("".join("".join(texts(page)).split())) == sorted(
        "为了加强灌溉，制定本办法。灌溉应当节约用水，保护水源。制度完善制度"
    )


def test_numbers_below_each_other_are_no_vertical_writing() -> None:
    page = DrawnPage()
    for below in range(20):
        page.text(90, 760 - 20 * below, str(below % 9 + 1))
    assert [text for text in texts(page) if text] == [str(below % 9 + 1) for below in range(20)]
