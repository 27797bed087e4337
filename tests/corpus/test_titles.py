"""Titles that are hard to tell: with commas, an edition below, or those of a party and a government together."""

from __future__ import annotations

from pathlib import Path

import pytest
from zhengce.corpus.document import Document
from zhengce.corpus.document_reader import read_document
from zhengce.corpus.files import Source

BODY = (
    "\n\n　　灌溉应当节约用水，各乡镇要因地制宜，加强管理。\n　　一、总体要求\n　　（一）坚持节水优先，做到应灌尽灌。\n"
)


def read(folder: Path, text: str) -> Document:
    path = folder / "甲.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(Source("a", path))


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "安河县人大常委会关于惩治\n偷水、漏水和非法引水的决定\n\n（1998年12月29日安河县第九届人大常委会第六次会议通过）",
            "安河县人大常委会关于惩治偷水、漏水和非法引水的决定",
        ),
        (
            "安河县人民政府关于批准\n《灌溉、排水暂行办法》\n的决议\n\n（1978年5月24日通过）",
            "安河县人民政府关于批准《灌溉、排水暂行办法》的决议",
        ),
        ("关于做好稳灌溉、保供水，促生产工作的通知\n\n安水〔2021〕3号", "关于做好稳灌溉、保供水，促生产工作的通知"),
        ("关于稳灌溉、保供水的通知\n\n各乡、镇人民政府：", "关于稳灌溉、保供水的通知"),
        ("安河县灌溉方案\n（试行第九版）", "安河县灌溉方案（试行第九版）"),
        ("安河县灌溉规划\n（2021—2025年）", "安河县灌溉规划（2021—2025年）"),
        ("安河县灌溉条例\n\n（征求意见稿）", "安河县灌溉条例（征求意见稿）"),
        ("安河县灌溉条例\n（2021年3月5日）", "安河县灌溉条例"),
        ("安河县灌溉条例\n（1978年5月24日通过）", "安河县灌溉条例"),
    ],
)
def test_titles(tmp_path: Path, head: str, title: str) -> None:
    document = read(tmp_path, head + BODY)
    assert document.metadata.title == title
    assert not any("节约用水" in each.text and "关于" in each.text for each in document.passages)


def test_a_sentence_above_a_number_is_no_title(tmp_path: Path) -> None:
    document = read(tmp_path, "现将关于灌溉、排水的通知印发给你们，请执行。\n\n安水〔2021〕3号" + BODY)
    assert document.metadata.title == "甲"


@pytest.mark.parametrize(
    ("head", "issuers", "date"),
    [
        ("中共中央　国务院\n关于加强灌溉的意见\n（2021年1月4日）", ("中共中央", "国务院"), "2021-01-04"),
        ("中共中央办公厅 国务院办公厅印发《关于加强灌溉的意见》", ("中共中央办公厅", "国务院办公厅"), None),
        ("中共安河县委 安河县人民政府关于加强灌溉的意见", ("中共安河县委", "安河县人民政府"), None),
        ("安河县水利局印发《关于加强灌溉的意见》", (), None),
    ],
)
def test_a_party_and_a_government(tmp_path: Path, head: str, issuers: tuple[str, ...], date: str | None) -> None:
    metadata = read(tmp_path, head + BODY).metadata
    assert (metadata.issuers, metadata.date) == (issuers, date)


def test_a_day_in_brackets_below_a_second_title_is_the_date(tmp_path: Path) -> None:
    title = "中共中央 国务院关于加强灌溉的意见"
    text = f"# {title}\n\n2021-02-21 19:10 来源： 安河网\n\n安河社2月21日电\n\n{title}\n\n（2021年1月4日）{BODY}"
    metadata = read(tmp_path, text).metadata
    assert (metadata.date, metadata.published, metadata.source) == ("2021-01-04", "2021-02-21", "安河网")


def test_news_is_not_signed_after_it_was_published(tmp_path: Path) -> None:
    text = f"# 安河灌溉换新颜\n\n2021-02-21 19:10 来源： 安河网{BODY}\n相关新闻\n\n2021年3月5日\n"
    metadata = read(tmp_path, text).metadata
    assert (metadata.date, metadata.signed) == ("2021-02-21", None)
    signed = read(tmp_path, text.replace("相关新闻", "安河县水利局")).metadata
    assert (signed.date, signed.issuers) == ("2021-03-05", ("安河县水利局",))


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("1\n\n安河县民典\n\n发文单位：安河县人大常委会\n文 号：安人〔2020〕4号", "安河县民典"),
        ("授权发布：安河县关于加强灌溉的决定\n安河社11月15日电", "安河县关于加强灌溉的决定"),
        ("关于加强安河灌溉服务\n\n工作进展情况的报告", "关于加强安河灌溉服务 工作进展情况的报告"),
        ("安河县关于灌溉的通知\n\n工作进展情况的报告", "安河县关于灌溉的通知"),
        ("1 概述\n\n1.1 编制背景", "1 概述"),
    ],
)
def test_what_stands_around_a_title(tmp_path: Path, head: str, title: str) -> None:
    assert read(tmp_path, head + BODY).metadata.title == title


@pytest.mark.parametrize(
    ("head", "issuers"),
    [
        ("安河县人民政府令\n\n第179号", ("安河县人民政府",)),
        ("水利部　税务总局公告2023年第12号", ("水利部", "税务总局")),
        ("中华人民共和国主席令第4号", ()),
        ("安河县第十四届人民代表大会常务委员会公告第8号", ("安河县人民代表大会常务委员会",)),
        ("中华人民共和国国务院令第692号", ("国务院",)),
        ("国令第707号", ()),
        ("安水〔2021〕3号", ()),
    ],
)
def test_an_order_names_its_issuer(tmp_path: Path, head: str, issuers: tuple[str, ...]) -> None:
    assert read(tmp_path, f"安河灌溉办法\n\n{head}{BODY}").metadata.issuers == issuers


@pytest.mark.parametrize(
    ("line", "source", "date"),
    [
        ("《 安河日报 》（ 2018年03月23日 01 版）", "安河日报", "2018-03-23"),
        ("（《安河日报》1 9 7 5 0 1 2 1 第1 版）", "安河日报", "1975-01-21"),
        ("《安河日报》2018年03月23日报道了灌溉。", None, None),
    ],
)
def test_the_newspaper_below_a_text_is_its_source(
    tmp_path: Path, line: str, source: str | None, date: str | None
) -> None:
    metadata = read(tmp_path, f"安河灌溉换新颜{BODY}\n　　（安河社3月22日电）\n　　　{line}\n").metadata
    assert (metadata.source, metadata.date) == (source, date)


def test_a_footnote_mark_and_the_contents_may_end_a_note_on_enactment(tmp_path: Path) -> None:
    note = "（2016 年 11 月 7 日安河县第十二届人民代表大会常务委员会第二十四次会议通过）[2]目录"
    metadata = read(tmp_path, f"安河县灌溉条例\n\n{note}\n\n第一章　总则\n\n第一条　灌溉应当节约用水。\n").metadata
    assert (metadata.date, metadata.issuers) == ("2016-11-07", ("安河县人民代表大会常务委员会",))
