"""Citations: the styles in their rules, and what is not known; the goldens have those of the bundled documents."""

from __future__ import annotations

import json
import re

import pytest
from zhengce.cli.output.writing import citing
from zhengce.corpus.model import DocumentNumber, Metadata, Passage
from zhengce.index.citations import apa, bibtex, chicago, csl_json, gbt7714, short
from zhengce.index.citations.csl_json import csl_item
from zhengce.index.citations.managers import key
from zhengce.index.citations.reference import Reference
from zhengce.index.citations.styles import STYLES, Style
from zhengce.index.model import IndexedDocument

PLACE = Passage(7, "paragraph", ("一、总则", "（二）目标"), ((3, 4),), "正文")
ON_PAGE = Passage(7, "paragraph", ("一、总则",), ((3, 4),), "正文", 12)

NOTICE = Metadata("关于物流的通知", DocumentNumber("国办发", 2022, 1), "2022-01-09", ("国务院办公厅",))
ARTICLE = Metadata("新气象——记者手记", date="2023-02-01", authors=("甲", "乙", "丙", "丁"), source="人民日报")
REPORT = Metadata("政府工作报告", date="2024-01", issuers=("某市人民政府",))
JOINT = Metadata("何以“开放”", date="2024-01-09", authors=("甲", "乙"), genre="研究报告")
PAGE = NOTICE._replace(source="中国政府网")
NOTHING = Metadata("无名")
URL = "https://www.gov.cn/a_b.htm?x=1&y=50%25"
ONLINE = NOTICE._replace(url=URL, accessed="2024-03-01")
ON_PAPER = ARTICLE._replace(newspaper_page="A02")
PUBLISHED = REPORT._replace(publisher="人民出版社", publisher_place="北京", source="某项目")
READ = NOTHING._replace(url=URL, accessed="2024-03")

# The fields of CSL 1.0.2 that are used, with the types that its schema gives them.
CSL = {
    "id": str, "type": str, "title": str, "author": list, "issued": dict, "number": str, "container-title": str,
    "genre": str, "page": str, "language": str, "note": str, "publisher": str, "publisher-place": str, "URL": str,
    "accessed": dict,
}  # fmt: skip


def of(metadata: Metadata, format_: str = "text", passage: Passage | None = None) -> Reference:
    return Reference(IndexedDocument("d", metadata, 0, 20, 100, format_), passage)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (of(NOTICE), "国务院办公厅. 关于物流的通知: 国办发〔2022〕1号[A]. 2022-01-09."),
        (
            of(NOTICE, passage=PLACE),
            "国务院办公厅. 关于物流的通知: 国办发〔2022〕1号[A]. 2022-01-09: 一、总则 › （二）目标, 第7段.",
        ),
        (of(ARTICLE), "甲, 乙, 丙, 等. 新气象: 记者手记[N]. 人民日报, 2023-02-01([版次不详])."),
        (of(REPORT, passage=ON_PAGE), "某市人民政府. 政府工作报告[R]. [出版地不详]: [出版者不详], 2024: 12."),
        (of(NOTHING), "[发文机关不详]. 无名[Z]. [日期不详]."),
        (of(NOTHING, "HTML"), "佚名. 无名[EB/OL]. ([日期不详])[引用日期不详]. [网址不详]."),
        (of(ON_PAPER), "甲, 乙, 丙, 等. 新气象: 记者手记[N]. 人民日报, 2023-02-01(A02)."),
        (
            of(ON_PAPER, passage=ON_PAGE),
            "甲, 乙, 丙, 等. 新气象: 记者手记[N]. 人民日报, 2023-02-01(A02): 一、总则, 第7段.",
        ),
        (
            of(ON_PAPER._replace(url=URL), "HTML"),
            f"甲, 乙, 丙, 等. 新气象: 记者手记[N/OL]. 人民日报, 2023-02-01(A02)[引用日期不详]. {URL}.",
        ),
        (of(PUBLISHED), "某市人民政府. 政府工作报告: 某项目[R]. 北京: 人民出版社, 2024."),
        (of(REPORT._replace(publisher="某社")), "某市人民政府. 政府工作报告[R]. [出版地不详]: 某社, 2024."),
        (of(REPORT._replace(publisher_place="北京")), "某市人民政府. 政府工作报告[R]. 北京: [出版者不详], 2024."),
        (
            of(PUBLISHED._replace(url=URL, accessed="2024-03-01"), passage=ON_PAGE),
            f"某市人民政府. 政府工作报告: 某项目[R/OL]. 北京: 人民出版社, 2024: 12[2024-03-01]. {URL}.",
        ),
        (of(ONLINE), f"国务院办公厅. 关于物流的通知: 国办发〔2022〕1号[A/OL]. (2022-01-09)[2024-03-01]. {URL}."),
        (of(NOTICE._replace(accessed="2024-03-01")), "国务院办公厅. 关于物流的通知: 国办发〔2022〕1号[A]. 2022-01-09."),
        (of(READ, "HTML"), f"佚名. 无名[EB/OL]. ([日期不详])[2024-03]. {URL}."),
        (
            of(NOTHING._replace(accessed="2024-03-01"), "HTML"),
            "佚名. 无名[EB/OL]. ([日期不详])[2024-03-01]. [网址不详].",
        ),
        (
            of(ONLINE._replace(source="中国政府网"), "HTML"),
            f"国务院办公厅. 关于物流的通知: 国办发〔2022〕1号[A/OL]. 中国政府网, 2022(2022-01-09)[2024-03-01]. {URL}.",
        ),
        (
            of(READ._replace(source="甲网", publisher="乙社", publisher_place="北京"), "HTML"),
            f"佚名. 无名: 甲网[EB/OL]. 北京: 乙社, [日期不详]([日期不详])[2024-03]. {URL}.",
        ),
        (
            of(NOTICE, "HTML", PLACE),
            "国务院办公厅. 关于物流的通知: 国办发〔2022〕1号[A/OL]. 2022: 一、总则 › （二）目标, 第7段(2022-01-09)[引用日期不详]. "
            "[网址不详].",
        ),
    ],
)
def test_gbt7714(reference: Reference, expected: str) -> None:
    assert gbt7714.cite(reference) == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (of(NOTICE), "国务院办公厅. (2022, January 9). 关于物流的通知 (国办发〔2022〕1号)."),
        (of(ARTICLE), "甲, 乙, 丙, & 丁. (2023, February 1). 新气象: 记者手记. 人民日报."),
        (of(NOTHING, passage=ON_PAGE), "无名. (n.d.). (p. 12)"),
        (of(ON_PAPER), "甲, 乙, 丙, & 丁. (2023, February 1). 新气象: 记者手记. 人民日报, A02."),
        (of(PUBLISHED), "某市人民政府. (2024). 政府工作报告. 某项目. 人民出版社."),
        (of(REPORT._replace(publisher="某市人民政府")), "某市人民政府. (2024). 政府工作报告."),
        (of(REPORT), "某市人民政府. (2024). 政府工作报告. [publisher unknown]."),
        (
            of(ONLINE, passage=PLACE),
            f"国务院办公厅. (2022, January 9). 关于物流的通知 (国办发〔2022〕1号). {URL} (一、总则 › （二）目标, para. 7)",
        ),
        (of(READ, "HTML"), f"无名. (n.d.). {URL}"),
        (of(NOTHING, "HTML"), "无名. (n.d.). [URL unknown]."),
        (of(JOINT), "甲 & 乙. (2024). 何以“开放” [研究报告]. [publisher unknown]."),
        (of(Metadata("何以“开放”", authors=("甲",), source="人民日报")), "甲. (n.d.). 何以“开放.” 人民日报."),
    ],
)
def test_apa(reference: Reference, expected: str) -> None:
    assert apa.cite(reference) == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (of(NOTICE, passage=ON_PAGE), "国务院办公厅. “关于物流的通知.” 国办发〔2022〕1号. January 9, 2022, p. 12."),
        (of(ARTICLE), "甲, 乙, 丙, and 丁. “新气象: 记者手记.” 人民日报, February 1, 2023."),
        (of(REPORT), "某市人民政府. 政府工作报告. N.p., 2024."),
        (of(ON_PAPER), "甲, 乙, 丙, and 丁. “新气象: 记者手记.” 人民日报, February 1, 2023, p. A02."),
        (
            of(ON_PAPER, passage=ON_PAGE),
            "甲, 乙, 丙, and 丁. “新气象: 记者手记.” 人民日报, February 1, 2023, p. A02, 一、总则, para. 7.",
        ),
        (of(PUBLISHED), "某市人民政府. 政府工作报告. 某项目. 北京: 人民出版社, 2024."),
        (of(REPORT._replace(publisher="某社")), "某市人民政府. 政府工作报告. N.p.: 某社, 2024."),
        (of(REPORT._replace(publisher_place="北京")), "某市人民政府. 政府工作报告. 北京: n.p., 2024."),
        (of(ONLINE), f"国务院办公厅. “关于物流的通知.” 国办发〔2022〕1号. January 9, 2022. {URL}."),
        (of(READ, "HTML"), f"“无名.” N.d. Accessed March 2024. {URL}."),
        (of(JOINT), "甲 and 乙. 何以“开放.” 研究报告. N.p., 2024."),
        (of(Metadata("何以“开放”")), "“何以‘开放.’” N.d."),
        (
            of(PAGE, "HTML"),
            "国务院办公厅. “关于物流的通知.” 国办发〔2022〕1号. 中国政府网, January 9, 2022. [URL unknown].",
        ),
        (of(Metadata("何以“开放”？")), "“何以‘开放’？” N.d."),
    ],
)
def test_chicago(reference: Reference, expected: str) -> None:
    assert chicago.cite(reference) == expected


@pytest.mark.parametrize(
    ("metadata", "format_", "type_"),
    [
        (
            NOTICE._replace(newspaper_page="3"),
            "text",
            "official",
        ),  # printed in a newspaper, but a document all the same
        (Metadata("甲", newspaper_page="3"), "HTML", "newspaper"),
        (Metadata("甲", genre="新闻"), "text", "newspaper"),
        (Metadata("甲", genre="报纸文章"), "text", "newspaper"),
        (Metadata("甲", source="人民日报海外版"), "text", "newspaper"),
        (Metadata("甲", source="人民日报", genre="通知"), "text", "official"),
        (Metadata("甲", source="人民日报社"), "text", "official"),
        (Metadata("工作报告（摘要）"), "text", "report"),
        (Metadata("关于报告的通知"), "text", "official"),
        (Metadata("甲", genre="论文"), "text", "report"),
        (Metadata("工作报告", genre="通知"), "text", "official"),
        (NOTICE, "HTML", "web"),
    ],
)
def test_the_type_of_a_reference(metadata: Metadata, format_: str, type_: str) -> None:
    assert of(metadata, format_).type == type_


@pytest.mark.parametrize(
    ("metadata", "format_", "date"),
    [
        (NOTICE, "text", "2022-01-09"),
        (NOTICE, "HTML", "2022-02"),
        (ARTICLE, "text", "2022-02"),
        (REPORT, "text", "2024-01"),
    ],
)
def test_the_date_is_of_publication_for_newspapers_and_web_pages(metadata: Metadata, format_: str, date: str) -> None:
    assert of(metadata._replace(published="2022-02"), format_).date == date
    assert of(metadata._replace(published="2022-02", date=None), format_).date == "2022-02"
    assert of(metadata, format_).date == metadata.date


@pytest.mark.parametrize(
    ("count", "in_gbt7714", "in_apa", "in_chicago"),
    [
        (1, "1.", "1.", "1."),
        (2, "1, 2.", "1 & 2.", "1 and 2."),
        (3, "1, 2, 3.", "1, 2, & 3.", "1, 2, and 3."),
        (4, "1, 2, 3, 等.", "1, 2, 3, & 4.", "1, 2, 3, and 4."),
        (10, "1, 2, 3, 等.", "1, 2, 3, 4, 5, 6, 7, 8, 9, & 10.", "1, 2, 3, 4, 5, 6, 7, 8, 9, and 10."),
        (11, "1, 2, 3, 等.", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, & 11.", "1, 2, 3, 4, 5, 6, 7, et al."),
    ],
)
def test_many_authors(count: int, in_gbt7714: str, in_apa: str, in_chicago: str) -> None:
    reference = of(Metadata("题", authors=tuple(map(str, range(1, count + 1))), genre="新闻"))
    assert gbt7714.cite(reference).startswith(f"{in_gbt7714} 题")
    assert apa.cite(reference).startswith(f"{in_apa} (n.d.)")
    assert chicago.cite(reference).startswith(f"{in_chicago} “题.”")


def test_apa_leaves_authors_out_from_the_twenty_first_on() -> None:
    names = [tuple(f"n{number}" for number in range(count)) for count in (20, 21)]
    twenty, more = (apa.cite(of(Metadata("题", authors=each, genre="新闻"))) for each in names)
    assert "n17, n18, & n19. (n.d.)" in twenty
    assert "n17, n18, … n20. (n.d.)" in more


def test_only_the_first_dash_begins_a_subtitle() -> None:
    assert "题: 甲——乙" in gbt7714.cite(of(Metadata("题——甲——乙")))
    assert "——题" in gbt7714.cite(of(Metadata("——题")))


@pytest.mark.parametrize("month", ["09", "10", "12"])
def test_each_month_is_one(month: str) -> None:
    assert csl_item(of(Metadata("题", date=f"2022-{month}")))["issued"] == {"date-parts": [[2022, int(month)]]}


@pytest.mark.parametrize("metadata", [NOTICE, ARTICLE, REPORT, NOTHING, ONLINE, ON_PAPER, PUBLISHED])
@pytest.mark.parametrize("format_", ["text", "HTML"])
@pytest.mark.parametrize("passage", [None, PLACE, ON_PAGE])
def test_csl_items_are_of_the_schema(metadata: Metadata, format_: str, passage: Passage | None) -> None:
    item = csl_item(of(metadata, format_, passage))
    assert {name: type(value) for name, value in item.items()}.items() <= CSL.items()
    assert item["type"] in {"article-newspaper", "report", "document", "webpage"}


def test_csl_json_is_one_array() -> None:
    assert json.loads("\n".join(csl_json.lines([]))) == []
    items = json.loads("\n".join(csl_json.lines([of(NOTICE), of(ARTICLE, passage=PLACE)])))
    assert [item["id"] for item in items] == ["d", "d:7"]
    assert items[0]["issued"] == {"date-parts": [[2022, 1, 9]]}


def entry(reference: Reference) -> dict[str, str]:
    """Return the type and the fields of the one entry that a reference is in BibTeX."""
    text = "\n".join(bibtex.lines([reference]))
    return {"ENTRYTYPE": text[1 : text.index("{")], **dict(re.findall(r"^  (\w+) = \{(.*)\},$", text, re.MULTILINE))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100%_{a}\\b & $c#\n", r"100\%\_\{a\}\textbackslash{}b \& \$c\# "),
        ("2021~2025年, 2^3, a---b", r"2021\~{}2025年, 2\^{}3, a{-}{-}-b"),
        ("一{二}三}四{", r"一\textbraceleft{}二\textbraceright{}三\textbraceright{}四\textbraceleft{}"),
        ("}{", r"\textbraceright{}\textbraceleft{}"),
    ],
)
def test_bibtex_escapes_what_tex_acts_on(text: str, expected: str) -> None:
    fields = entry(of(Metadata("题", authors=(text,))))
    assert fields["author"] == f"{{{expected}}}"


def test_bibtex_has_the_fields_that_zotero_has() -> None:
    notice = entry(of(NOTICE._replace(genre="通知"), passage=ON_PAGE))
    assert notice["ENTRYTYPE"] == "misc"
    assert (notice["howpublished"], notice["type"], notice["language"]) == ("国办发〔2022〕1号", "通知", "zh-CN")
    assert notice["note"] == "文件第12页"
    assert not notice.keys() & {"number", "pages"}
    page = entry(of(PAGE, "HTML"))
    assert (page["ENTRYTYPE"], page["howpublished"]) == ("online", "国办发〔2022〕1号，中国政府网")
    article = entry(of(ARTICLE, passage=ON_PAGE))
    assert (article["ENTRYTYPE"], article["entrysubtype"]) == ("article", "newspaper")
    assert "pages" not in article
    assert entry(of(REPORT, passage=ON_PAGE))["pages"] == "12"
    assert entry(of(NOTHING._replace(date="2023年夏")))["date"] == "2023年夏"
    assert entry(of(NOTHING))["key"] == "无名"


def test_bibliographies_mark_what_is_missing_until_it_is_given() -> None:
    for metadata, format_, given, unknown, fields, names in (
        (ARTICLE, "text", {"newspaper_page": "A02"}, "版次不详", {"pages": "A02"}, {"page": "A02"}),
        (REPORT, "text", {"publisher": "某社"}, "出版者不详", {"institution": "某社"}, {"publisher": "某社"}),
        (REPORT, "text", {"publisher_place": "北京"}, None, {"address": "北京"}, {"publisher-place": "北京"}),
        (NOTICE, "text", {"publisher": "某社"}, None, {"publisher": "某社"}, {"publisher": "某社"}),
        (NOTICE, "HTML", {"url": URL}, "网址不详", {"url": URL}, {"URL": URL}),
        (NOTICE, "text", {"url": URL}, None, {"url": URL}, {"URL": URL}),
        (
            NOTICE, "HTML", {"accessed": "2024-03-01"}, None, {"urldate": "2024-03-01"},
            {"accessed": {"date-parts": [[2024, 3, 1]]}},
        ),
    ):  # fmt: skip
        without, with_ = of(metadata, format_), of(metadata._replace(**given), format_)
        for before, after, expected in (
            (entry(without), entry(with_), fields),
            (csl_item(without), csl_item(with_), names),
        ):
            assert expected.items() <= after.items()
            assert not expected.items() & {key: value for key, value in before.items() if key in expected}.items()
            if unknown:
                assert unknown in before["note"]
                assert unknown not in after.get("note", "")
    # What was read nowhere in the web was not accessed there.
    assert not {"urldate", "accessed"} & {*entry(of(NOTICE._replace(accessed="2024-03-01")))}
    assert "accessed" not in csl_item(of(NOTICE._replace(accessed="2024-03-01")))


def test_the_page_of_a_newspaper_is_not_that_of_the_file() -> None:
    reference = of(ON_PAPER, "PDF", ON_PAGE)
    assert (entry(reference)["pages"], entry(reference)["note"]) == ("A02", "文件第12页")
    assert (csl_item(reference)["page"], csl_item(reference)["note"]) == ("A02", "文件第12页")


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.cn/b_c~d?x=1&y=%20#e", "https://a.cn/b_c~d?x=1&y=%20#e"),
        ("https://a.cn/{b}\\c}", "https://a.cn/%7Bb%7D%5Cc%7D"),
        ("https://a.cn/政策 一\n", "https://a.cn/%E6%94%BF%E7%AD%96%20%E4%B8%80%20"),
    ],
)
def test_a_url_in_bibtex_is_read_as_it_is_written(url: str, written: str) -> None:
    assert entry(of(NOTICE._replace(url=url)))["url"] == written


def test_csl_has_in_the_note_what_zotero_has_no_field_for() -> None:
    item = csl_item(of(NOTICE, passage=ON_PAGE))
    assert item["number"] == "国办发〔2022〕1号"
    assert item["note"] == "number: 国办发〔2022〕1号\n文件第12页"
    assert "page" not in item
    assert csl_item(of(REPORT, passage=ON_PAGE))["page"] == "12"
    assert csl_item(of(ARTICLE))["title"] == "新气象: 记者手记"


@pytest.mark.parametrize("date", ["2023年夏", "2023-13"])
def test_a_date_in_other_words_stays_as_it_is(date: str) -> None:
    reference = of(Metadata("甲", date=date))
    assert all(date in style.cite(reference) for style in STYLES if not style.is_bibliography)
    assert csl_item(reference)["issued"] == {"literal": date}


@pytest.mark.parametrize(
    "style", [style for style in STYLES if not style.is_bibliography], ids=lambda style: style.name
)
def test_citations_are_plain_text(style: Style) -> None:
    document = IndexedDocument("d", Metadata("甲\x1b[31m", issuers=("乙\u202e",)), 0, 20, 100)
    assert "甲\x1b[31m" in style.cite(Reference(document))
    assert "乙\u202e" in style.cite(Reference(document))
    assert short.cite(document, PLACE).startswith("甲\x1b[31m")
    cited = citing(style.name)(document, PLACE)
    assert "甲␛[31m" in cited
    assert not set("\x1b\u202e") & set(cited)


@pytest.mark.parametrize("control", ["\x00", "\x1b", "\x7f", "\x9f", "\u2028", "\u2029", "\n\t"])
def test_reference_managers_get_no_controls(control: str) -> None:
    reference = of(Metadata("题", authors=(f"甲{control}乙",), source=f"丙{control}丁"))
    assert csl_item(reference)["author"] == [{"literal": "甲 乙"}]
    assert "丙 丁" in entry(reference)["note"]
    assert entry(reference)["author"] == "{甲 乙}"


def test_keys_are_unique_and_plain() -> None:
    names = ["a", "a b", "ab", "文一", "文二", "a:7", "a,b", "a{b"]
    keys = [
        key(Reference(IndexedDocument(name, NOTHING, 0, 20, 100), passage))
        for name in names
        for passage in (None, PLACE)
    ]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[A-Za-z0-9.:_][A-Za-z0-9.:_-]*", each) for each in keys)
