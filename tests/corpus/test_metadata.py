from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zhengce.corpus.document_reader import read_document
from zhengce.corpus.files import Root, Source
from zhengce.corpus.model import DocumentNumber, Metadata
from zhengce.corpus.notation.dates import find_date, is_date_line
from zhengce.corpus.notation.document_numbers import find_document_number, is_number_line
from zhengce.corpus.notation.enactment_notes import enacting_bodies, is_enactment_note, titled_bodies
from zhengce.corpus.notation.numbering import find_enumerator, ordinal
from zhengce.corpus.sources.bundled import FOLDER, catalogued_sources
from zhengce.corpus.sources.discovery import discover

METADATA = {source.id: read_document(source).metadata for source in catalogued_sources(FOLDER)}


def test_a_notice_says_everything_itself() -> None:
    assert METADATA["chengyu"] == Metadata(
        title="重庆市人民政府办公厅四川省人民政府办公厅关于印发成渝地区联手打造内陆开放高地方案的通知",
        number=DocumentNumber("渝府办发", 2022, 86),
        date="2022-07-26",
        issuers=("重庆市人民政府办公厅", "四川省人民政府办公厅"),
        source="重庆市人民政府办公厅、四川省人民政府办公厅",
        genre="通知（附方案）",
        region="成渝地区",
        signed="2022-07-26",
    )


@pytest.mark.parametrize(
    ("name", "title", "date", "issuers", "authors"),
    [
        ("chengdu", "未来五年 加快建设社会主义现代化国际大都市 ——聚焦政府工作报告", "2023", (), ("刘飞", "黄雪松")),
        (
            "qingbaijiang",
            "如何发挥内陆开放高地的“枢纽效应”",
            "2023-08",
            ("中共成都市委政研室", "成都日报社"),
            ("谢夏冬",),
        ),
        ("xining", "打造开放之城 西宁持续扩大国际朋友圈", "2025", (), ("一丁",)),
        ("bazhong", "巴中加快建设开放合作典范地实施路径研究", "2025-06-17", (), ("李良彬", "徐涛")),
    ],
)
def test_titles_dates_issuers_and_authors(
    name: str, title: str, date: str, issuers: tuple[str, ...], authors: tuple[str, ...]
) -> None:
    metadata = METADATA[name]
    assert (metadata.title, metadata.date, metadata.issuers, metadata.authors) == (title, date, issuers, authors)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2022年7月26日", "2022-07-26"),
        ("2025 年 6 月 17 日", "2025-06-17"),
        ("2025-06-17", "2025-06-17"),
        ("成文日期：2011/01/06", "2011-01-06"),
        ("2025年3月", "2025-03"),
        ("2025年", "2025"),
        ("二〇二二年七月二十六日", "2022-07-26"),
        ("二○二二年十月", "2022-10"),
        ("2023年2月30日", None),
        ("2023年13月1日", None),
        ("12023年", None),
        ("共有2025个", None),
        ("", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert find_date(text) == date


@given(st.dates())
def test_every_date_is_read_in_every_form(date: object) -> None:
    year, month, day = str(date).split("-")
    if not "1900" <= year < "2100":
        return
    for text in (f"{year}年{int(month)}月{int(day)}日", f"{year} 年 {int(month)} 月 {int(day)} 日", str(date)):
        assert find_date(text) == str(date)
        assert is_date_line(text)


@pytest.mark.parametrize("text", ["年 月 日", "2025 年 3 月", "二〇二二年七月"])
def test_date_lines(text: str) -> None:
    assert is_date_line(text)


@pytest.mark.parametrize("text", ["2022年7月26日印发", "年度计划", "2025", "月 日"])
def test_other_lines(text: str) -> None:
    assert not is_date_line(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("渝府办发〔2022〕86号", ("渝府办发", 2022, 86)),
        ("发文字号：渝府发〔1999〕23号", ("渝府发", 1999, 23)),
        ("渝肺炎指办发〔2022〕51 号", ("渝肺炎指办发", 2022, 51)),
        ("川办函[2023]29号", ("川办函", 2023, 29)),
        ("国发（2016）第5号", ("国发", 2016, 5)),
        ("根据《通知》（国办发〔2023〕1 号）要求", ("国办发", 2023, 1)),
        ("2022年86号", None),
    ],
)
def test_document_numbers(text: str, number: tuple[str, int, int] | None) -> None:
    assert find_document_number(text) == (DocumentNumber(*number) if number else None)


def test_only_a_number_by_itself_makes_a_number_line() -> None:
    assert is_number_line("渝府办发〔2022〕86号")
    assert not is_number_line("现将渝府办发〔2022〕86号文件印发给你们")


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("一千二百六十", 1260), ("7", 7)],
)
def test_ordinals(numeral: str, value: int) -> None:
    assert ordinal(numeral) == value


@pytest.mark.parametrize(
    ("text", "outer"),
    [
        ("第一章 总则", "附件2"),
        ("第二节 监护", "第一章 总则"),
        ("第三条 为了", "第二节 监护"),
        ("一、总体要求", "第一章 总则"),
        ("（一）指导思想", "一、总体要求"),
        ("1.成果", "（一）指导思想"),
        ("（1）成果", "1.成果"),
    ],
)
def test_numbers_have_ranks(text: str, outer: str) -> None:
    found, around = find_enumerator(text), find_enumerator(outer)
    assert found
    assert around
    assert found.rank > around.rank


@pytest.mark.parametrize("text", ["2.4%的增长", "一是完善", "2025年", "第三产业", "一带一路", "十年间"])
def test_what_is_no_number(text: str) -> None:
    assert find_enumerator(text) is None


def test_the_day_that_a_report_was_given_is_its_date(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        "政府工作报告\n——2020年5月22日在第十三届全国人民代表大会第三次会议上\n国务院总理  李克强\n各位代表：\n"
        "　　现在，我代表国务院，向大会报告政府工作。\n",
        encoding="utf-8",
    )
    metadata = read_document(Source("report", path)).metadata
    assert metadata.title == "政府工作报告——2020年5月22日在第十三届全国人民代表大会第三次会议上"
    assert metadata.date == "2020-05-22"


def test_a_text_without_a_title_goes_by_its_file_name(tmp_path: Path) -> None:
    path = tmp_path / "notes 2024.txt"
    path.write_text("会议研究了物流枢纽建设有关工作，决定加快推进。\n", encoding="utf-8")
    assert read_document(Source("notes", path)).metadata == Metadata(title="notes 2024")


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        (
            "政府工作报告\t——2016年3月5日在第十二届全国人民代表大会第四次会议上\t　  国务院总理 李克强\t　  各位代表：\t\n"
            "　　现在，我代表国务院，向大会报告政府工作。\t\n",
            "政府工作报告——2016年3月5日在第十二届全国人民代表大会第四次会议上",
            "2016-03-05",
        ),
        (
            "1987年政府工作报告——１９８７年３月２５日在第六届全国人民代表大会第五次会议上\n　　　　　　国务院总理赵紫阳\n"
            "　　各位代表：\n　　现在，我代表国务院向大会作政府工作报告。\n",
            "1987年政府工作报告——１９８７年３月２５日在第六届全国人民代表大会第五次会议上",
            "1987-03-25",
        ),
        (
            "1998年政府工作报告\n　　——1 9 9 8 年3 月5 日在第九届全国人民代表大会第一次会议上\n　　　　　国务院总理李鹏\n"
            "　　各位代表：\n　　本届政府任期即将结束。\n",
            "1998年政府工作报告——1 9 9 8 年3 月5 日在第九届全国人民代表大会第一次会议上",
            "1998-03-05",
        ),
        (
            "1955年政府工作报告——1955年7月5日至6日在第一届全國人民代表大會第二次會議上\n各位代表：\n我現在報告政府工作。\n",
            "1955年政府工作报告——1955年7月5日至6日在第一届全國人民代表大會第二次會議上",
            "1955-07-05",
        ),
        ("各位代表：\n\n我报告政府工作。\n\n工业\n\n工业增长很快，超过计划。\n", "report", None),
    ],
)
def test_titles_and_days_of_reports(tmp_path: Path, text: str, title: str, date: str | None) -> None:
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    document = read_document(Source("report", path))
    assert (document.metadata.title, document.metadata.date) == (title, date)
    assert not any("国务院总理" in "".join(passage.section) for passage in document.passages)


def test_a_file_named_after_a_year_is_of_that_year(tmp_path: Path) -> None:
    (tmp_path / "2008.txt").write_text("各位代表：\n\n现在报告政府工作。\n", encoding="utf-8")
    (file,) = discover([Root(tmp_path)]).files
    assert read_document(file.source).metadata.date == "2008"


@pytest.mark.parametrize(
    ("notes", "bodies"),
    [
        (["2003年10月28日 第十届全国人民代表大会常务委员会第五次会议通过"], ("全国人民代表大会常务委员会",)),
        (
            [
                "2020年6月30日 洛阳市第十五届人民代表大会常务委员会第十七次会议通过",
                "2020年7月31日 河南省第十三届人民代表大会常务委员会第十九次会议批准",
            ],
            ("洛阳市人民代表大会常务委员会",),
        ),
        (["1995年9月6日 河南省第八届人大常委会第十五次会议通过"], ("河南省人民代表大会常务委员会",)),
        (["2003年9月3日 中华人民共和国国务院令第390号公布"], ("国务院",)),
        (["1986年12月3日 国务院批准", "1986年12月26日 公安部、外交部、交通部发布"], ("公安部", "外交部", "交通部")),
        (
            [
                "2023年3月20日 最高人民法院审判委员会第1880次会议、2024年3月29日最高人民检察院第十四届检察委员会"
                "第二十八次会议通过"
            ],
            ("最高人民法院", "最高人民检察院"),
        ),
        (["2017年3月1日 《国务院关于修改部分行政法规的决定》第二次修订"], ()),
        (["2001年4月12日 县第五届人民代表大会第五次会议通过"], ()),
        (["1999年12月25日 第九届全国人民代表大会常务委员会第十三次会议通过的《中华人民共和国刑法修正案》"], ()),
        (["2011年5月1日 施行"], ()),
    ],
)
def test_enacting_bodies(notes: list[str], bodies: tuple[str, ...]) -> None:
    assert all(map(is_enactment_note, notes))
    assert enacting_bodies(notes) == bodies


@pytest.mark.parametrize(
    "text", ["2022年工作总结和2023年计划", "第一条 本法自2011年5月1日起施行。", "2011年5月1日起施行。"]
)
def test_what_is_no_note_on_enactment(text: str) -> None:
    assert not is_enactment_note(text)


@pytest.mark.parametrize(
    ("title", "bodies"),
    [
        ("最高人民法院、最高人民检察院关于办理洗钱案件的解释", ("最高人民法院", "最高人民检察院")),
        ("关于加快建设物流枢纽的意见", ()),
        ("物流枢纽研究", ()),
    ],
)
def test_bodies_in_titles(title: str, bodies: tuple[str, ...]) -> None:
    assert titled_bodies(title) == bodies


def test_who_enacted_a_law_is_read_between_its_title_and_its_text(tmp_path: Path) -> None:
    """Across a page number; a note below the first paragraph is one on another law."""
    path = tmp_path / "law.txt"
    path.write_text(
        "青川县旅游条例\n\n—1—\n\n（2020年6月30日 洛阳市第十五届人民代表大会常务委员会第十七次会议通过）\n\n"
        "第一条 为了促进旅游业发展，根据有关法律，制定本条例。\n\n"
        "（2021年3月1日 郑州市第十五届人民代表大会常务委员会第三次会议通过）\n",
        encoding="utf-8",
    )
    assert read_document(Source("law", path)).metadata.issuers == ("洛阳市人民代表大会常务委员会",)


def test_names_in_a_paragraph_are_no_authors(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("# 班列开行\n\n记者 李小明\n\n据记者 王大力 介绍，班列今年开行了一千列。\n", encoding="utf-8")
    assert read_document(Source("news", path)).metadata.authors == ("李小明",)


def test_a_joint_mechanism_signs_and_another_seals_for_it(tmp_path: Path) -> None:
    text = (
        "关于印发班列运行方案的通知\n\n各区：\n\n现印发给你们，请认真贯彻执行。\n\n"
        "青山市中欧班列联防联控机制综合组\n\n（市交通运输局代章）\n\n2022年6月27日\n\n签收人：\n\n年 月 日\n"
    )
    (tmp_path / "notice.txt").write_text(text, "utf-8")
    metadata = read_document(Source("notice", tmp_path / "notice.txt")).metadata
    assert (metadata.issuers, metadata.authors) == (("青山市中欧班列联防联控机制综合组",), ())
