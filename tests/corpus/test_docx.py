"""Word files: what a reader sees of them, and what is refused."""

from __future__ import annotations

import base64
import quopri
import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from wordfile import paragraph, part, word_file
from zhengce.corpus.document_reader import document
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.extraction import ExtractedText
from zhengce.corpus.files import Source
from zhengce.corpus.formats.word.numbering import numeral
from zhengce.corpus.formats.word.reader import extract
from zhengce.corpus.limits import DEFAULT_LIMITS, Limits
from zhengce.corpus.model import Passage

PATH = Path("通知.docx")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(body: str, parts: dict[str, tuple[str, str]] | None = None) -> ExtractedText:
    return extract(PATH, word_file(body, parts), None, DEFAULT_LIMITS)


def texts(body: str, parts: dict[str, tuple[str, str]] | None = None) -> list[str]:
    return [line.text for line in read(body, parts).lines]


def roles(body: str, parts: dict[str, tuple[str, str]] | None = None) -> list[tuple[str | None, int, str]]:
    return [(line.role, line.level, line.text) for line in read(body, parts).lines]


def passages(body: str, parts: dict[str, tuple[str, str]] | None = None) -> tuple[Passage, ...]:
    return document(Source("id", PATH), read(body, parts)).passages


def run(content: str) -> str:
    return f"<w:p><w:r>{content}</w:r></w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def table(*rows: str, columns: int = 2) -> str:
    return f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def style(name: str, title: str, properties: str = "", based: str = "", kind: str = "paragraph") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{title}"/>{base}{properties}</w:style>'


def styled(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


# Files in place of text --------------------------------------------------------------------------------------------

PAGE = "<html><body><h1>某市班列办法</h1><p>第一条 为了开行班列，<br/>制定本办法。</p><table><tr><td>甲</td><td>乙</td></tr></table></body></html>"
CHUNK = '<w:altChunk r:id="aFChunk"/>'


def archive(page: str, encoding: str = "quoted-printable") -> bytes:
    content = quopri.encodestring(page.encode()) if encoding == "quoted-printable" else base64.b64encode(page.encode())
    head = f'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    related = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n--B\r\n'
    return f"{related}{head}".encode() + content + b"\r\n--B--"


@pytest.mark.parametrize(
    "embedded",
    [
        archive(PAGE),
        archive(PAGE, "base64"),
        PAGE.encode(),
        PAGE.replace("<html>", "<html><meta charset='gb18030'>").encode("gb18030"),
    ],
)
def test_a_web_page_in_place_of_text_is_read_where_it_stands(embedded: bytes) -> None:
    body = paragraph("前言。") + CHUNK + paragraph("后记。")
    found = extract(PATH, word_file(body, embedded=embedded), None, DEFAULT_LIMITS)
    assert [line.text for line in found.lines] == [
        "前言。", "某市班列办法", "第一条 为了开行班列，制定本办法。", "甲\t乙", "后记。",
    ]  # fmt: skip
    assert [line.role for line in found.lines] == [None, "heading", None, "table", None]
    assert found.warnings == ()


def test_a_word_file_or_a_text_in_place_of_text_is_read() -> None:
    inner = word_file(paragraph("内一。") + CHUNK, embedded="内二。\n\n内三。".encode())
    found = extract(PATH, word_file(paragraph("外。") + CHUNK, embedded=inner), None, DEFAULT_LIMITS)
    assert [line.text for line in found.lines] == ["外。", "内一。", "内二。", "内三。"]


def test_what_stands_in_place_of_text_and_cannot_be_read_is_said() -> None:
    nested = word_file(CHUNK, embedded=b"text")
    for _ in range(4):
        nested = word_file(CHUNK, embedded=nested)
    for embedded, reason in (
        (b"{\\rtf1 x}", "embeds RTF"),
        (b"MIME-Version: 1.0\r\n\r\nx", "holds no page"),
        (nested, "deeper than the limit of 3"),
        (b"PK\x03\x04 broken", "is damaged"),
    ):
        data = word_file(paragraph("外。") + CHUNK, embedded=embedded)
        found = extract(PATH, data, None, DEFAULT_LIMITS)
        assert [line.text for line in found.lines] == ["外。"]
        assert reason in " ".join(found.warnings)
        alone = extract(PATH, word_file(CHUNK, embedded=embedded), None, DEFAULT_LIMITS)
        with pytest.raises(DocumentError, match=f"has no text in it.*{reason}"):
            document(Source("id", PATH), alone)
    found = extract(PATH, word_file(paragraph("外。") + '<w:altChunk r:id="gone"/>'), None, DEFAULT_LIMITS)
    assert "that it does not hold" in found.warnings[0]


# Automatic numbers -------------------------------------------------------------------------------------------------


def level(depth: int, number_format: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, numbers: str = "") -> dict[str, tuple[str, str]]:
    definition = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    number = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return {"numbering": ("w:numbering", definition + number + numbers)}


def numbered(text: str, depth: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


OFFICIAL = (
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
)


def test_the_numbers_of_official_writing_are_in_the_text_and_give_the_sections() -> None:
    body = "".join(
        numbered(text, depth)
        for text, depth in [("总体要求", 0), ("指导思想", 1), ("基本原则", 1), ("坚持创新。", 2), ("坚持开放。", 2), ("甲；", 3)]
    ) + numbered("重点任务", 0) + numbered("建设通道。", 1)  # fmt: skip
    assert [(p.text, p.section) for p in passages(body, numbering(*OFFICIAL))] == [
        ("一、总体要求", ()),
        ("（一）指导思想", ("一、总体要求",)),
        ("（二）基本原则", ("一、总体要求",)),
        ("1. 坚持创新。", ("一、总体要求", "（二）基本原则", "1.")),
        ("2. 坚持开放。", ("一、总体要求", "（二）基本原则", "2.")),
        ("① 甲；", ("一、总体要求", "（二）基本原则")),
        ("二、重点任务", ()),
        ("（一）建设通道。", ("二、重点任务", "（一）")),
    ]


def test_a_number_names_the_levels_above_it() -> None:
    levels = level(0, "decimal", "第%1章"), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%1.%2.%3)")
    body = (
        numbered("甲")
        + numbered("乙", 1)
        + numbered("丙", 2)
        + numbered("丁", 2)
        + numbered("戊", 1)
        + numbered("己", 0)
    )
    expected = ["第1章 甲", "1.1 乙", "1.1.a) 丙", "1.1.b) 丁", "1.2 戊", "第2章 己"]
    assert texts(body, numbering(*levels)) == expected


def test_a_chapter_in_ideographs_is_counted_in_digits_where_the_level_says_so() -> None:
    levels = level(0, "chineseCountingThousand", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert texts(numbered("甲") + numbered("乙", 1), numbering(*levels)) == ["第一章 甲", "1.1 乙"]


def test_articles_go_on_over_chapters() -> None:
    levels = level(0, "chineseCountingThousand", "第%1章"), level(1, "decimal", "第%2条", '<w:lvlRestart w:val="0"/>')
    body = numbered("甲") + numbered("乙。", 1) + numbered("丙") + numbered("丁。", 1)
    assert texts(body, numbering(*levels)) == ["第一章 甲", "第1条 乙。", "第二章 丙", "第2条 丁。"]


def test_a_list_begins_anew_where_it_is_told_to_and_shares_its_count_otherwise() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    parts = numbering(level(0, "decimal", "%1."), numbers=again)
    body = numbered("甲") + numbered("乙", number=2) + numbered("丙", number=3) + numbered("丁", number=3)
    assert texts(body, parts) == ["1. 甲", "2. 乙", "5. 丙", "6. 丁"]


def test_a_level_can_be_another_in_one_list() -> None:
    other = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f"{level(0, 'ideographTraditional', '%1、')}</w:lvlOverride></w:num>"
    )
    assert texts(numbered("甲乙", number=2), numbering(level(0, "decimal", "%1."), numbers=other)) == ["甲、甲乙"]


def test_bullets_say_nothing_but_words_do() -> None:
    levels = level(0, "bullet", "\uf0b7"), level(1, "bullet", "注："), level(2, "none", "示例：")
    body = numbered("信息平台") + numbered("甲", 1) + numbered("乙", 2)
    assert roles(body, numbering(*levels)) == [
        ("standalone", 0, "信息平台"),
        (None, 0, "注：甲"),
        (None, 0, "示例：乙"),
    ]
    assert passages(body, numbering(*levels))[0].kind == "paragraph"


def test_a_style_numbers_its_paragraphs_and_a_paragraph_may_decline() -> None:
    styles = style("1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>')
    styles += style("2", "heading 2", '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>', based="1")
    levels = level(0, "decimal", "%1"), level(1, "decimal", "%1.%2", '<w:pStyle w:val="2"/>')
    parts = {**numbering(*levels), "styles": ("w:styles", styles)}
    declines = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = paragraph("范围", styled("1")) + paragraph("定义", styled("2")) + paragraph("前言", styled("1") + declines)
    assert texts(body, parts) == ["1 范围", "1.1 定义", "前言"]


def test_a_style_for_lists_stands_for_its_definition() -> None:
    linked = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="表"/></w:abstractNum>'
    parts = numbering(
        level(0, "decimal", "%1."), numbers=linked + '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    )
    lists = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    parts["styles"] = ("w:styles", style("表", "列表", lists, kind="numbering"))
    assert texts(numbered("甲", number=2), parts) == ["1. 甲"]


@pytest.mark.parametrize(
    ("number", "number_format", "shown"),
    [
        (9, "chineseCounting", "九"),
        (10, "chineseCounting", "十"),
        (20, "chineseCounting", "二十"),
        (99, "chineseCounting", "九十九"),
        (100, "chineseCounting", "一〇〇"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (12, "japaneseCounting", "十二"),
        (11, "ideographTraditional", "11"),
        (3, "ideographZodiac", "寅"),
        (21, "chineseLegalSimplified", "贰拾壹"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (21, "decimalEnclosedCircleChinese", "㉑"),
        (3, "decimalEnclosedParen", "⑶"),
        (7, "decimalZero", "07"),
        (28, "lowerLetter", "bb"),
        (9999, "chineseCountingThousand", "九千九百九十九"),
        (10000, "chineseCountingThousand", "10000"),
        (1994, "upperRoman", "MCMXCIV"),
        (89, "upperRoman", "LXXXIX"),
        (12, "decimalFullWidth", "１２"),
        (5, "none", ""),
        (5, "vietnameseCounting", "5"),
        (0, "lowerLetter", "0"),
        (2_000_000_000, "upperLetter", "2000000000"),
    ],
)
def test_numerals(number: int, number_format: str, shown: str) -> None:
    assert numeral(number, number_format) == shown


# Headings ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "properties", "role", "depth"),
    [
        ("heading 1", "", "heading", 1),
        ("Heading 3", "", "heading", 3),
        ("标题 2", "", "heading", 2),
        ("二级标题", "", "heading", 2),
        ("三级条标题", '<w:pPr><w:outlineLvl w:val="4"/></w:pPr>', "heading", 5),
        ("Title", "", "heading", 1),
        ("正文", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', None, 0),
        ("heading 1", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', None, 0),
        ("toc 1", "", "furniture", 0),
        ("caption", "", "caption", 0),
        ("Normal", "", None, 0),
    ],
)
def test_a_style_makes_a_heading(title: str, properties: str, role: str | None, depth: int) -> None:
    styles = style("a", title, properties) + style("b", "我的样式", based="a")
    for name in "ab":
        assert roles(paragraph("总则", styled(name)), {"styles": ("w:styles", styles)}) == [(role, depth, "总则")]


def test_a_long_paragraph_is_no_heading_whatever_its_style() -> None:
    long = "加快建设内陆开放高地，" * 8 + "推动高质量发展。"
    (line,) = read(paragraph(long, '<w:outlineLvl w:val="0"/>')).lines
    assert (line.role, line.text) == (None, long)


def test_a_rule_is_no_heading() -> None:
    assert roles(paragraph("______", '<w:outlineLvl w:val="0"/>')) == [(None, 0, "______")]


def test_where_headings_are_marked_no_others_are_guessed() -> None:
    headings = [paragraph(name, '<w:outlineLvl w:val="0"/>') for name in ("总则", "职责", "附则")]
    body = (
        paragraph("办法")
        + headings[0]
        + paragraph("数据平台")
        + headings[1]
        + headings[2]
        + paragraph("四川省人民政府")
    )
    kinds = {passage.text: passage.kind for passage in passages(body + paragraph("2024年5月1日"))}
    assert kinds["数据平台"] == "paragraph"
    assert kinds["四川省人民政府"] == "byline"
    assert kinds["职责"] == "heading"
    assert passages(paragraph("数据平台") + paragraph("由省政府建设。"))[0].kind == "title"


def test_a_number_alone_above_its_term_is_kept_and_other_empty_ones_are_not() -> None:
    parts = numbering(level(0, "decimal", "3.1.%1"))
    alone = '<w:outlineLvl w:val="2"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    assert texts(paragraph("", alone) + paragraph("文档集") + numbered(""), parts) == ["3.1.1", "文档集"]


# What is shown of a paragraph --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("<w:t>中</w:t><w:tab/><w:t>欧</w:t>", "中\t欧"),
        ("<w:t>2020</w:t><w:noBreakHyphen/><w:t>2025</w:t>", "2020-2025"),
        ("<w:t>中</w:t><w:softHyphen/><w:t>欧</w:t>", "中欧"),
        ('<w:sym w:font="Wingdings 2" w:char="F052"/><w:t>是</w:t>', "☑是"),
        ('<w:sym w:font="宋体" w:char="2605"/><w:t>星</w:t>', "★星"),
        ('<w:t>甲</w:t><w:sym w:font="宋体" w:char="D800"/><w:sym w:char="FFFFFFFF"/><w:sym/>', "甲"),
        (
            "<w:ruby><w:rt><w:r><w:t>qióng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>邛</w:t></w:r></w:rubyBase></w:ruby>",
            "邛",
        ),
        ("<w:t>甲\n乙</w:t>", "甲 乙"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
    ],
)
def test_characters(content: str, shown: str) -> None:
    assert texts(run(content)) == [shown]


def test_hidden_text_is_not_shown() -> None:
    styles = style("h", "隐藏", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    styles += style("p", "隐藏段", "<w:rPr><w:vanish/></w:rPr>")
    body = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>乙</w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>丙</w:t></w:r>'
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>丁</w:t></w:r></w:p>'
    )
    assert texts(body + paragraph("戊", styled("p")), {"styles": ("w:styles", styles)}) == ["甲丁"]


def test_a_revision_is_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>加快</w:t></w:r><w:del><w:r><w:delText>推进</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>建设</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>高地</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>枢纽</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>中欧</w:t></w:r></w:p>" + paragraph("班列")
    )
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('删')}</w:tc></w:tr>"
    assert texts(body + table(deleted, row(paragraph("留"), paragraph("下")))) == ["加快建设枢纽", "中欧班列", "留\t下"]


def test_a_deleted_end_at_the_end_loses_nothing() -> None:
    assert texts(paragraph("中欧班列", "<w:rPr><w:del/></w:rPr>")) == ["中欧班列"]


def test_what_wraps_text_is_looked_into() -> None:
    body = (
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
        '<w:p><w:hyperlink r:id="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>标签</w:t></w:r>'
        '</w:smartTag><w:fldSimple w:instr="REF a"><w:r><w:t>引用</w:t></w:r></w:fldSimple></w:p>'
    )
    assert texts(body) == ["控件", "链接标签引用"]


def test_comments_are_left_out() -> None:
    comments = {"comments": ("w:comments", f'<w:comment w:id="1">{paragraph("批注")}</w:comment>')}
    body = '<w:p><w:commentRangeStart w:id="1"/><w:r><w:t>甲</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r></w:p>'
    assert texts(body, comments) == ["甲"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框中一')}{paragraph('框中二')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>"
        f"{box}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>"
    )
    assert texts(body) == ["前后", "框中一", "框中二"]
    assert texts(f"<w:p><w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r></w:p>") == ["框中一", "框中二"]


def test_word_art_and_diagrams_are_text() -> None:
    parts = {"data": ("dgm:dataModel", "<a:p><a:r><a:t>市委</a:t></a:r></a:p><a:p><a:r><a:t>市政府</a:t></a:r></a:p>")}
    body = '<w:p><w:r><w:pict><v:textpath string="文件"/></w:pict><w:drawing><dgm:relIds r:dm="data"/></w:drawing></w:r></w:p>'
    assert texts(body, parts) == ["文件", "市委", "市政府"]


def field(code: str, result: str | None, begin: str = "") -> str:
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{begin}</w:fldChar></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_of_a_field_its_result_is_shown() -> None:
    inner = field(" PAGE ", "<w:r><w:t>7</w:t></w:r>")
    within_code = field(f" IF </w:instrText></w:r>{inner}<w:r><w:instrText> = 7", "<w:r><w:t>是</w:t></w:r>")
    chosen = '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList></w:ffData>'
    ticked = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
    assert texts(f"<w:p>{within_code}</w:p>") == ["是"]
    assert texts(f"<w:p>{field('FORMDROPDOWN', None, chosen)}</w:p>") == ["乙"]
    assert texts(f"<w:p>{field('FORMCHECKBOX', None, ticked)}<w:r><w:t>同意</w:t></w:r></w:p>") == ["☒同意"]
    assert texts(f"<w:p>{field(chr(92).join(['eq ', 'o', 'ac(○,3)']), None)}<w:r><w:t>丙</w:t></w:r></w:p>") == ["③丙"]


def test_a_field_that_never_ends_hides_nothing() -> None:
    begin = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r><w:r><w:t>甲</w:t></w:r></w:p>'
    assert roles(begin + paragraph("乙。")) == [(None, 0, "甲"), (None, 0, "乙。")]


def test_a_table_of_contents_is_no_text() -> None:
    entry = "<w:r><w:t>总则</w:t><w:tab/><w:t>1</w:t></w:r>"
    body = paragraph("目  录") + f"<w:p>{field(' TOC ', entry)}</w:p>" + paragraph("总则", '<w:outlineLvl w:val="0"/>')
    assert roles(body) == [("furniture", 0, "目  录"), ("furniture", 0, "总则\t1"), ("heading", 1, "总则")]


# Breaks and cut paragraphs -----------------------------------------------------------------------------------------


def broken(*lines: str, properties: str = "", kind: str = "") -> str:
    runs = f"<w:br{kind}/>".join(f"<w:t>{line}</w:t>" for line in lines)
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{runs}</w:r></w:p>"


LONG = "近年来，双边贸易快速增长，下一步应当促进贸易增量提质，力争实现贸易规模达到四千亿美元左右，对"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("关于印发", "内陆开放高地方案的通知"), ["关于印发内陆开放高地方案的通知"]),
        (("加快建设通道。", "推进中欧班列。"), ["加快建设通道。", "推进中欧班列。"]),
        (("前 言", "本标准是推荐性的。"), ["前 言", "本标准是推荐性的。"]),
        (("一、总体要求", "二、重点任务"), ["一、总体要求", "二、重点任务"]),
        (("联系人：张三", "电话：010"), ["联系人：张三", "电话：010"]),
        (("尊敬的主席，", "女士们，先生们："), ["尊敬的主席，女士们，先生们："]),
        ((LONG, "外直接投资迈进。"), [LONG + "外直接投资迈进。"]),
        (("总则1", "2 职责"), ["总则1", "2 职责"]),
        (("甲", "乙", "丙", "丁", "戊"), ["甲", "乙", "丙", "丁", "戊"]),
    ],
)
def test_a_break_of_the_line_ends_a_paragraph_only_where_one_ends(lines: tuple[str, ...], expected: list[str]) -> None:
    assert texts(broken(*lines)) == expected


def test_other_breaks() -> None:
    assert texts(broken("关于中欧班列的", "通知。", properties='<w:outlineLvl w:val="0"/>')) == ["关于中欧班列的通知。"]
    assert texts(broken("通知如下", "附件", kind=' w:type="page"')) == ["通知如下", "附件"]
    assert texts(table(row(broken("10", "20"), paragraph("乙")))) == ["10 20\t乙"]


def test_a_paragraph_cut_within_a_sentence_is_joined() -> None:
    assert texts(paragraph("尊敬的总理，") + paragraph("　　女士们，先生们：")) == ["尊敬的总理，女士们，先生们："]
    torn = "贸易已有基础。" + LONG
    assert texts(paragraph(torn) + paragraph("外直接投资迈进。")) == [torn + "外直接投资迈进。"]
    assert len(texts(paragraph(torn) + paragraph("投资：迈进。"))) == 2
    for following in (paragraph("二、重点任务，分为两项。"), paragraph("2024年5月1日"), numbered("甲，乙。")):
        assert len(texts(paragraph(LONG) + following, numbering(level(0, "decimal", "%1)")))) == 2


# Tables ------------------------------------------------------------------------------------------------------------


def test_a_table_is_read_by_rows_and_a_merged_cell_once() -> None:
    merged = "<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + paragraph("合并")
    more = "<w:tcPr><w:vMerge/></w:tcPr>" + paragraph("不见")
    rows = row(merged, paragraph("甲") + paragraph("乙")), row(more, paragraph("丙")), row(paragraph("跨两列"))
    assert roles(table(*rows)) == [("table", 0, "合并\t甲 乙"), ("table", 0, "\t丙"), ("table", 0, "跨两列")]
    assert [passage.kind for passage in passages(table(*rows))] == ["table"] * 3


def test_a_table_in_a_cell_has_rows_of_its_own() -> None:
    inner = table(row(paragraph("内一"), paragraph("内二")))
    assert texts(table(row(paragraph("外一") + inner, paragraph("外二")))) == ["外一\t外二", "内一\t内二"]


def test_a_box_of_one_column_holds_paragraphs() -> None:
    box = table(row(paragraph("专栏1 重点工程") + paragraph("建设通道。")), row(paragraph("单列")), columns=1)
    assert roles(box) == [(None, 0, "专栏1 重点工程"), (None, 0, "建设通道。"), ("table", 0, "单列")]


def test_the_first_column_may_be_numbers_alone() -> None:
    rows = [row(numbered(""), paragraph(name)) for name in ("甲", "乙")]
    assert texts(table(*rows), numbering(level(0, "decimal", "%1"))) == ["1\t甲", "2\t乙"]


# Other parts -------------------------------------------------------------------------------------------------------


def note(kind: str, name: int, text: str) -> str:
    return f'<w:{kind} w:id="{name}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'


def test_notes_stand_after_the_paragraph_that_refers_to_them() -> None:
    own = f'<w:footnote w:id="5">{paragraph("* 作者单位")}</w:footnote>'
    unused = note("footnote", 9, "无人引用")
    parts = {
        "footnotes": ("w:footnotes", note("footnote", 2, "来源甲") + note("footnote", 3, "来源乙") + own + unused),
        "endnotes": ("w:endnotes", note("endnote", 2, "尾注")),
    }
    refer = '<w:r><w:{0}Reference w:id="{1}"/></w:r>'
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="5"/><w:t>*</w:t></w:r>'
    body = (
        f"<w:p><w:r><w:t>中欧</w:t></w:r>{refer.format('footnote', 3)}<w:r><w:t>班列。</w:t></w:r>{mark}</w:p>"
        f"<w:p><w:r><w:t>乙。</w:t></w:r>{refer.format('footnote', 2)}{refer.format('endnote', 2)}</w:p>"
    )
    assert roles(body, parts) == [
        (None, 0, "中欧班列。*"),
        ("footnote", 0, "¹ 来源乙"),
        ("footnote", 0, "* 作者单位"),
        (None, 0, "乙。"),
        ("footnote", 0, "² 来源甲"),
        ("footnote", 0, "i 尾注"),
    ]


def test_the_format_of_notes_is_the_files() -> None:
    settings = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/></w:footnotePr>'
    parts = {"footnotes": ("w:footnotes", note("footnote", 1, "来源")), "settings": ("w:settings", settings)}
    body = '<w:p><w:r><w:t>甲。</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    assert texts(body + body, parts) == ["甲。", "① 来源", "甲。"]


def test_heads_of_pages_are_read_once() -> None:
    head = paragraph("四川省人民政府公报")
    parts = {"header": ("w:hdr", head), "footer": ("w:ftr", head + paragraph("— 1 —") + paragraph("II"))}
    body = (
        paragraph("甲。") + '<w:sectPr><w:headerReference r:id="header"/><w:footerReference r:id="footer"/></w:sectPr>'
    )
    assert roles(body, parts) == [(None, 0, "甲。"), ("furniture", 0, "四川省人民政府公报")]


@pytest.mark.parametrize(
    ("title", "known"),
    [("关于中欧班列 的通知", {"title": "关于中欧班列 的通知"}), ("PowerPoint 演示文稿", {}), ("", {}), ("甲", {})],
)
def test_the_title_of_the_properties_is_known_only_if_the_text_has_it(title: str, known: dict[str, str]) -> None:
    properties = f"<dc:title>{title}</dc:title><dc:creator>Administrator</dc:creator>"
    extracted = read(paragraph("关于中欧班列的通知") + paragraph("甲。"), {"core-properties": ("cp", properties)})
    assert (extracted.defaults, extracted.overrides) == (known, {})


def test_pieces_are_whole_and_counted() -> None:
    lines = read(paragraph("甲。") + paragraph(" ") + paragraph("乙。")).lines
    assert [(line.number, line.whole, line.page) for line in lines] == [(1, True, None), (2, True, None)]


def test_the_strict_form_is_read() -> None:
    data = word_file(paragraph("甲。"))
    strict = rezipped(data, lambda _, text: text.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/"
    ).replace(b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"))  # fmt: skip
    assert b"purl.oclc.org/ooxml/wordprocessingml/main" in zipfile.ZipFile(BytesIO(strict)).read("word/document.xml")
    assert [line.text for line in extract(PATH, strict, None, DEFAULT_LIMITS).lines] == ["甲。"]


# Files that are damaged, hostile, or something else ----------------------------------------------------------------


def rezipped(data: bytes, change) -> bytes:  # type: ignore[no-untyped-def]
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as other:
        for name in archive.namelist():
            other.writestr(name, change(name, archive.read(name)))
    return out.getvalue()


def refused(data: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(DocumentError) as caught:
        extract(PATH, data, None, limits)
    assert str(caught.value).startswith(str(PATH))
    return str(caught.value)


def test_what_is_no_word_file_is_named() -> None:
    assert "protected by a password" in refused(OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"))
    assert "is not a Word file" in refused("关于中欧班列的通知".encode())
    assert "is not a Word file" in refused(b"")
    assert "damaged" in refused(word_file(paragraph("甲"))[:-30])
    empty = BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("a.txt", "甲")
    assert "it holds no document" in refused(empty.getvalue())


def test_bombs_are_refused_by_what_comes_out_of_them() -> None:
    data = word_file(paragraph("甲" * 2_000_000))
    assert len(data) < 100_000
    assert "5,000,000 bytes when unpacked" in refused(data, Limits(expanded=5_000_000))
    # The sizes in the archive are a lie.
    lying = bytearray(data)
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    lying[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    refused(bytes(lying), Limits(expanded=5_000_000))


def test_what_is_not_needed_is_not_unpacked() -> None:
    data = word_file(paragraph("甲。"), extra={"word/media/image1.bmp": bytes(20_000_000)})
    assert extract(PATH, data, None, Limits(expanded=100_000)).lines[0].text == "甲。"


def test_depth_is_limited_and_costs_no_recursion() -> None:
    def nested(depth: int) -> bytes:
        return word_file("<w:sdt>" * depth + paragraph("甲。") + "</w:sdt>" * depth)

    assert extract(PATH, nested(200), None, DEFAULT_LIMITS).lines[0].text == "甲。"
    assert "nested deeper than the limit of 100" in refused(nested(200), Limits(nesting=100))
    refused(nested(100_000))


def test_long_chains_are_borne() -> None:
    """Notes that refer to notes, styles based on styles, fields that never end, paragraphs that all run on."""
    refer = '<w:p><w:r><w:t>注</w:t><w:footnoteReference w:id="{}"/></w:r></w:p>'
    notes = "".join(f'<w:footnote w:id="{n}">{refer.format(n + 1)}</w:footnote>' for n in range(3000))
    styles = "".join(style(str(n), f"style {n}", based=str(n + 1)) for n in range(3000))
    fields = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>甲，</w:t></w:r></w:p>' * 3000
    parts = {"footnotes": ("w:footnotes", notes), "styles": ("w:styles", styles)}
    assert texts(paragraph("甲。", styled("0")) + refer.format(0) + fields, parts) == [
        "甲。",
        "注",
        "¹ 注",
        "甲，" * 3000,
    ]


def test_a_number_is_never_long() -> None:
    levels = level(0, "lowerLetter", "%1" * 1000, '<w:start w:val="9999"/>')
    (text,) = texts(numbered("甲"), numbering(levels.replace('<w:start w:val="1"/>', "")))
    assert 80 < len(text) < 110


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE w:document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    document = part("w:document", f"<w:body>{paragraph('&b;&f;')}</w:body>").replace("?>", f"?>{bomb}", 1)
    refused(rezipped(word_file(""), lambda name, text: document if name == "word/document.xml" else text))


def test_a_part_that_cannot_be_read_is_warned_of() -> None:
    data = word_file(paragraph("甲。"), {"styles": ("w:styles", ""), "numbering": ("w:numbering", "")})
    broken_styles = rezipped(data, lambda name, text: b"<w" if name == "word/styles.xml" else text)
    extracted = extract(PATH, broken_styles, None, DEFAULT_LIMITS)
    assert [line.text for line in extracted.lines] == ["甲。"]
    assert len(extracted.warnings) == 1
    assert "word/styles.xml" in extracted.warnings[0]


def rich() -> bytes:
    return word_file(
        numbered("总体要求") + table(row(paragraph("甲"), numbered("乙")), row(paragraph("丙") + table(row(paragraph("丁"))), ""))
        + f"<w:p>{field(' TOC ', '<w:r><w:t>总则</w:t><w:tab/></w:r>')}</w:p>"
        + '<w:p><w:r><w:t>戊</w:t><w:footnoteReference w:id="1"/><w:br/><w:sym w:font="Symbol" w:char="F0B0"/></w:r></w:p>'
        + f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('框', styled('a'))}</w:txbxContent></w:pict></w:r></w:p>",
        {**numbering(*OFFICIAL), "footnotes": ("w:footnotes", note("footnote", 1, "来源")),
         "styles": ("w:styles", style("a", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'))},
    )  # fmt: skip


def outcome(data: bytes) -> str:
    """Read a file that may be damaged; return what the user is told, if it is refused."""
    try:
        document(Source("id", PATH), extract(PATH, data, None, Limits(expanded=10_000_000)))
    except DocumentError as error:
        return str(error)
    return ""


def test_damage_to_the_archive_raises_nothing_else() -> None:
    chance = random.Random(1)
    outcomes = []
    for _ in range(100):
        data = bytearray(rich())
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        outcomes.append(outcome(bytes(data)))
    assert all(said.startswith(str(PATH)) for said in outcomes if said)
    assert sum(map(bool, outcomes)) > 50


def test_damage_to_the_parts_raises_nothing_else() -> None:
    chance = random.Random(1)
    words = [b"w:p", b"w:tc", b"w:tr", b"w:tbl", b"w:r", b"w:t", b"w:txbxContent", b"w:fldChar", b"w:lvl", b"w:num", b"w:val",
             b"w:sdt", b"-1", b"99999999999999999999", b"", b"\xef\xbf\xbf", b"w:footnote", b"begin", b"end"]  # fmt: skip

    def change(name: str, text: bytes) -> bytes:
        for _ in range(chance.randint(0, 4)):
            old, new = chance.choice(words[:-8]), chance.choice(words)
            count = text.count(old)
            if not count:
                continue
            parts = text.split(old)
            at = chance.randrange(len(parts))
            whole = chance.random() < 0.5  # all of them leaves the XML well-formed more often
            text = new.join(parts) if whole else old.join(parts[: at + 1]) + new + old.join(parts[at + 1 :])
        return text

    outcomes = [outcome(rezipped(rich(), change)) for _ in range(150)]
    assert all(said.startswith(str(PATH)) for said in outcomes if said)
    assert 20 < sum(map(bool, outcomes)) < 130
