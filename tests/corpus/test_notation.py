"""Notation and metadata by the letter: numbering, dates, numbers of documents, notes on enactment, forms and pages."""

from __future__ import annotations

import pytest
from zhengce.corpus.metadata.page_metadata import (
    byline_metadata,
    has_metadata_label,
    head_metadata,
    is_address,
    table_metadata,
)
from zhengce.corpus.metadata.text_metadata import read_metadata
from zhengce.corpus.model import DocumentNumber, Kind, Passage
from zhengce.corpus.notation.dates import find_date, find_day, is_date_line, name_date, read_date
from zhengce.corpus.notation.document_numbers import (
    find_document_number,
    is_bracketed_number,
    is_number_line,
    number_in_title,
    number_over_lines,
)
from zhengce.corpus.notation.enactment_notes import enacting_bodies, is_enactment_note
from zhengce.corpus.notation.joint_names import joint_names
from zhengce.corpus.notation.numbering import Enumerator, find_enumerator
from zhengce.corpus.notation.promulgation import promulgating_order


@pytest.mark.parametrize(
    ("text", "enumerator"),
    [
        ("附件2：任务清单", Enumerator(0, 2, 3, True)),
        ("附件", Enumerator(0, 0, 2, True)),
        ("附件的", None),
        ("第一编 总则", Enumerator(1, 1, 3, True)),
        ("第二部分", Enumerator(1, 2, 4, True)),
        ("第一编总则", None),
        ("第十二章 监管", Enumerator(2, 12, 4, True)),
        ("第一章程", None),
        ("第 3 节 监护", Enumerator(3, 3, 5, True)),
        ("第十条 为了", Enumerator(4, 10, 3, True)),
        ("第十条之一 为了", Enumerator(4, 10, 5, True)),
        ("第十条规定的", Enumerator(5, 10, 3, False)),
        ("二十一、目标", Enumerator(6, 21, 4, True)),
        ("（三）目标", Enumerator(7, 3, 3, True)),
        ("12.目标", Enumerator(8, 12, 3, True)),
        ("12.5%的目标", None),
        ("2025.目标", None),
        ("（12）目标", Enumerator(9, 12, 4, True)),
        ("3）目标", Enumerator(10, 3, 2, True)),
    ],
)
def test_numbers_that_lines_begin_with(text: str, enumerator: Enumerator | None) -> None:
    assert find_enumerator(text) == enumerator


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023-08", "2023-08"),
        ("2023.08", "2023-08"),
        ("２０２３", "2023"),
        ("2023-12", "2023-12"),
        ("2023-13", None),
        ("2023-00", None),
        ("1899", None),
        ("发布于2023年8月1日", "2023-08-01"),
    ],
)
def test_dates_of_metadata(text: str, date: str | None) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1899年5月6日", None),
        ("2023.5.6", "2023-05-06"),
        ("2023-5.6", None),
        ("2023年5月6", "2023-05"),
        ("2023年5月6至9日", "2023-05-06"),
        ("2023年12月31日", "2023-12-31"),
        ("2023年1月1日", "2023-01-01"),
        ("二〇二三年，即2023年5月6日", "2023"),
        ("2023年5月6日，即二〇二三年", "2023-05-06"),
        ("一九九九年十二月三十一日", "1999-12-31"),
        ("20 23年1 2月", "2023-12"),
        ("二ＯＯ八年十月一日", "2008-10-01"),
        ("二OO八年元月", "2008-01"),
        ("二◯○八年", "2008"),
        ("二00八年", "2008"),
        ("二 〇 二 三 年 五 月 二十 日", "2023-05-20"),
        ("2008年十月1日", "2008-10-01"),
        ("２００８年 １０月 １日", "2008-10-01"),
        ("第二百二〇〇八年", None),
        ("2022年1—3月", "2022"),
        ("2022年  月  日", "2022"),
        # A date that does not exist is not cut to what would be one.
        ("2014年13月4日", None),
        ("2014年133月", None),
        ("2014年2月30日", None),
        ("二〇一四年十三月", None),
        ("2014-13-04", None),
        ("2014年13月4日、2015年", "2015"),
    ],
)
def test_the_first_date_is_found(text: str, date: str | None) -> None:
    assert find_date(text) == date


def test_a_day_is_looked_for_beyond_a_year() -> None:
    assert find_day("2023年计划（2022年12月1日）") == "2022-12-01"
    assert find_day("2023年5月计划") is None


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("章程(2018-10-26)", "2018-10-26"),
        ("章程（2018年1月6日）", "2018-01-06"),
        ("章程(20181026)", "2018-10-26"),
        ("章程_20181026", "2018-10-26"),
        ("章程-2018-10-26", "2018-10-26"),
        ("2018-10-26 章程", "2018-10-26"),
        ("20181026", "2018-10-26"),
        ("2018年10月26日会议纪要", "2018-10-26"),
        ("２０１８年１０月２６日会议纪要", "2018-10-26"),
        ("2018", "2018"),
        ("章程2018", None),
        ("1823", None),
        ("章程20181026", None),
        ("第20181026号", None),
        ("章程_20181326", None),
        ("章程(2018-13-26)", None),
        ("章程(2018-10-26)二", None),
        ("12018-10-26", None),
        ("2018年10月26日至2018年10月28日", None),
    ],
)
def test_dates_in_names_of_files(name: str, date: str | None) -> None:
    assert name_date(name) == date


@pytest.mark.parametrize(
    ("text", "is_date"),
    [("二ＯＯ八年元月", True), ("2023.5.6", True), ("2023.5-6", False), ("1823.5.6", False), ("年月", True)],
)
def test_lines_of_dates(text: str, is_date: bool) -> None:
    assert is_date_line(text) is is_date


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("文号：青政发【2023】5号", "青政发〔2023〕5号"),
        ("编 号: 青政发(2023)第 12345 号", "青政发〔2023〕12345号"),
        ("青政发〔2023〕123456号", None),
        ("青政发〔1823〕5号", None),
        ("青" * 16 + "〔2023〕5号", "青" * 16 + "〔2023〕5号"),
        ("〔2023〕5号", None),
        ("国令第707号", "国令第707号"),
        ("中华人民共和国国务院令 第 717 号", "中华人民共和国国务院令第717号"),
        ("中 华 人 民 共 和 国 主 席 令（第十五号）", "中华人民共和国主席令第十五号"),
        ("中华人民共和国主席令第一○五号", "中华人民共和国主席令第一〇五号"),
        ("中国证券监督管理委员会令【第２０６号】", "中国证券监督管理委员会令第206号"),
        ("青山部令2023年第12号", "青山部令2023年第12号"),
        ("国务院第687号令", "国务院令第687号"),
        ("财政部 税务总局公告2023年第12号", "财政部　税务总局公告2023年第12号"),
        ("财政部、税务总局公告2023年第12号", "财政部、税务总局公告2023年第12号"),
        ("中华人民共和国 财政部2023年第12号公告", "中华人民共和国财政部公告2023年第12号"),
        ("财 政 部 公 告 2023 年 第 12 号", "财政部公告2023年第12号"),
        ("青山市公安局通告〔2023〕1号", "青山市公安局通告〔2023〕第1号"),
        ("青山市公安局通告2023年第1号", "青山市公安局通告2023年第1号"),
        ("中国人民银行　中国证监会令〔2021〕第1号", "中国人民银行　中国证监会令〔2021〕第1号"),
        ("青府令〔1999〕65号", "青府令〔1999〕65号"),
        ("青政发﹝２０２３﹞１２ 号", "青政发〔2023〕12号"),
        ("青 政 发〔2023年〕12号", "青政发〔2023〕12号"),
        ("青政发〔2023〕12号　　　　签发人：张某某　李某", "青政发〔2023〕12号"),
        ("签发人：张某某　青政发〔2023〕12号", "青政发〔2023〕12号"),
        ("特 急　青政发〔2023〕12号", "青政发〔2023〕12号"),
        ("000001　机密★一年　加急　青政发〔2023〕12号", "青政发〔2023〕12号"),
        ("青山市人民政府文件 青政发〔2023〕12号", "青政发〔2023〕12号"),
        ("根据国家税务总局公告2023年第5号", None),
        ("本公告第5号", None),
        ("命令第5号", None),
        ("国务院令第20231234号", None),
        ("2022年86号", None),
    ],
)
def test_forms_of_document_numbers(text: str, number: str | None) -> None:
    found = find_document_number(text)
    assert (str(found) if found else None) == number
    assert is_number_line(text) is (number is not None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("国令第707号", DocumentNumber("国", None, 707, "order")),
        ("主席令第二十三号", DocumentNumber("主席", None, 23, "order", "二十三")),
        ("主席令第一〇五号", DocumentNumber("主席", None, 105, "order", "一〇五")),
        ("财政部公告2023年第12号", DocumentNumber("财政部", 2023, 12, "announcement")),
        ("公安部通告2023年第12号", DocumentNumber("公安部", 2023, 12, "public notice")),
    ],
)
def test_parts_of_orders_and_announcements(text: str, number: DocumentNumber) -> None:
    assert find_document_number(text) == number


def test_a_number_in_brackets_is_no_line_of_its_own() -> None:
    assert find_document_number("（青政发〔2023〕12号）") == DocumentNumber("青政发", 2023, 12)
    assert is_bracketed_number("（青政发〔2023〕12号）")
    assert not is_number_line("（青政发〔2023〕12号）")
    assert not is_bracketed_number("（青政发〔2023〕12号有效）")


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("海关总署公告2023年第12号（关于班列的公告）", "海关总署公告2023年第12号"),
        ("中华人民共和国主席令（第十五号）：班列法", "中华人民共和国主席令第十五号"),
        ("国务院关于班列的意见（国发〔2023〕5号）", "国发〔2023〕5号"),
        ("青山市关于班列的通知(青政发(2023)5号)", "青政发〔2023〕5号"),
        ("青山市印发《班列方案》的通知（青政发〔2023〕5号）", "青政发〔2023〕5号"),
        ("青山市转发班列的通知（国发〔2023〕5号）", None),
        ("一图了解《关于班列的意见》（国发〔2023〕5号）", None),
        ("关于第5号提案的答复", None),
    ],
)
def test_numbers_in_titles(title: str, number: str | None) -> None:
    found = number_in_title(title)
    assert (str(found) if found else None) == number


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (("中华人民共和国国务院令", "第707号"), "中华人民共和国国务院令第707号"),
        (("财政部　税务总局", "公 告", "2023年第12号"), "财政部　税务总局公告2023年第12号"),
        (("青山局", "青政发〔2023〕12号"), None),
        (("班列的公告", "一、目标"), None),
        (("国务院令第5号",), None),
    ],
)
def test_numbers_over_several_lines(lines: tuple[str, ...], number: str | None) -> None:
    found = number_over_lines(lines)
    assert (str(found) if found else None) == number


@pytest.mark.parametrize(
    ("notes", "order"),
    [
        (("2017年10月7日 中华人民共和国国务院令第687号公布",), ("中华人民共和国国务院令第687号", "2017-10-07")),
        (("（2017年10月7日以国务院令第687号发布 自2018年1月1日起施行）",), ("国务院令第687号", "2017-10-07")),
        (("2023年4月27日 国务院令第760号第二次修订",), ("国务院令第760号", "2023-04-27")),
        (("2017年10月7日 国务院令第687号",), ("国务院令第687号", "2017-10-07")),
        (
            ("2013年2月28日 青山市人大常委会通过", "2013年3月1日青山市人大常委会公告第3号公布"),
            ("青山市人大常委会公告第3号", "2013-03-01"),
        ),
        (
            ("2014年4月11日 青山市人民代表大会常务委员会第26号公布",),
            ("青山市人民代表大会常务委员会公告第26号", "2014-04-11"),
        ),
        (
            ("1988年4月12日 第七届全国人民代表大会第一次会议主席团公告第八号公布施行",),
            ("第七届全国人民代表大会第一次会议主席团公告第八号", "1988-04-12"),
        ),
        (("2001年6月20日 国务院令第308号公布", "2017年11月17日《国务院关于修改的决定》第一次修订"), None),
        (("2001年6月20日 国务院令第308号公布", "2011年2月16日 国务院第144次常务会议修订通过"), None),
        (("2001年6月20日 国务院令第308号公布 根据2013年5月6日国务院令第638号《关于修改的决定》修订",), None),
        (("2001年6月20日 国务院常务会议通过", "2001年7月1日 施行"), None),
    ],
)
def test_orders_that_promulgate_a_version(notes: tuple[str, ...], order: tuple[str, str] | None) -> None:
    found = promulgating_order(notes)
    assert (found and (str(found[0]), found[1])) == order


@pytest.mark.parametrize(("length", "is_note"), [(400, True), (401, False)])
def test_a_note_on_enactment_has_at_most_400_characters(length: int, is_note: bool) -> None:
    head, tail = "2003年10月28日 ", "通过"
    assert is_enactment_note(head + "青" * (length - len(head) - len(tail)) + tail) is is_note


@pytest.mark.parametrize(
    ("note", "bodies"),
    [
        ("自2003年10月28日国务院公布", ("国务院",)),
        ("2003年10月28日青山市人民政府第五次常务会议通过", ("青山市人民政府",)),
        ("2003年10月28日财政部和青山市税务局联合发布", ("财政部", "青山市税务局")),
        ("2003年10月28日市人民政府发布", ()),
    ],
)
def test_bodies_of_notes_on_enactment(note: str, bodies: tuple[str, ...]) -> None:
    found = enacting_bodies([note])
    assert found == bodies


# Metadata of texts


def passage(kind: Kind, text: str) -> Passage:
    return Passage(1, kind, (), ((1, 1),), text)


def signed(count: int) -> list[Passage]:
    """Return the bylines of so many documents, one after the other."""
    return [
        passage("byline", text)
        for number in range(1, count + 1)
        for text in (f"青政发〔2023〕{number}号", f"2023年5月{number}日")
    ]


def test_four_documents_make_a_volume_whose_number_and_date_are_not_known() -> None:
    three, four = read_metadata(signed(3)), read_metadata(signed(4))
    assert (str(three.number), three.date) == ("青政发〔2023〕1号", "2023-05-01")
    assert (four.number, four.date) == (None, None)


def test_a_form_states_its_title_and_date() -> None:
    form = [passage("table", "课 题 名 称 物流枢纽研究"), passage("table", "填表日期：2023年5月6日")]
    found = read_metadata([*form, passage("byline", "2024年1月1日")])
    assert (found.title, found.date) == ("物流枢纽研究", "2023-05-06")
    # A sentence is no row of a form.
    assert read_metadata([passage("paragraph", "标题：物流枢纽研究。")], fallback="notice").title == "notice"
    assert read_metadata([passage("paragraph", "标题：物流枢纽研究")], fallback="notice").title == "物流枢纽研究"


@pytest.mark.parametrize(
    ("below", "date"),
    [
        ("（2023年5月6日通过）", "2023-05-06"),
        ("2023年5月6日" + "青" * 190, "2023-05-06"),
        ("2023年5月6日" + "青" * 191, None),
        ("于2023年5月6日通过", None),
    ],
)
def test_the_day_right_below_the_title_is_the_date(below: str, date: str | None) -> None:
    title = passage("title", "2024年青山市物流条例")
    assert read_metadata([title, passage("paragraph", below)]).date == date
    assert read_metadata([title, passage("paragraph", "总则"), passage("paragraph", below)]).date is None


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("记者 王明 李华", ("王明", "李华")),
        ("王明、李华", ("王明", "李华")),
        ("王明* 李华^{1}", ("王明", "李华")),
        ("撰稿：王明 制图：李华", ("王明",)),
        ("王明 摄影", ()),
        ("青山区财政局", ()),
    ],
)
def test_authors_in_bylines(byline: str, authors: tuple[str, ...]) -> None:
    assert read_metadata([passage("byline", byline)]).authors == authors
    assert read_metadata([passage("paragraph", byline)]).authors == ()


@pytest.mark.parametrize(
    ("bylines", "issuers"),
    [
        (["青山区政研室联合出品青山日报社"], ("青山区政研室", "青山日报社")),
        (["青山区财政局 青山区税务局", "青山区财政局"], ("青山区财政局", "青山区税务局")),
        (["青山区财政局制"], ()),
    ],
)
def test_issuers_in_bylines(bylines: list[str], issuers: tuple[str, ...]) -> None:
    assert read_metadata([passage("byline", each) for each in bylines]).issuers == issuers


def test_what_is_stated_wins_over_the_text_and_what_is_known_fills_its_gaps() -> None:
    text = [passage("title", "物流条例"), passage("byline", "青政发〔2023〕5号"), passage("byline", "2023年5月6日")]
    stated = {"title": "口岸条例", "number": "青政发〔2023〕6号", "date": "2023-05-07", "issuers": "甲局、乙局"}
    found = read_metadata(text, defaults={"title": "甲", "date": "2001", "genre": "条例"}, overrides=stated)
    assert (found.title, str(found.number), found.date) == ("口岸条例", "青政发〔2023〕6号", "2023-05-07")
    assert (found.issuers, found.genre) == (("甲局", "乙局"), "条例")
    filled = read_metadata([], defaults={"title": "甲", "date": "民国初年"})
    assert (filled.title, filled.date) == ("甲", "民国初年")


# Metadata of pages


def test_a_table_of_metadata_has_two_fields_one_of_them_distinctive() -> None:
    assert table_metadata([["索引号\t5\t标题\t物流条例"]]) == {"index_number": "5", "title": "物流条例"}
    assert table_metadata([["索引号：5"]]) == {}
    assert table_metadata([["标题：物流条例", "发布日期：2023-05-06"]]) == {}
    assert table_metadata([["标题：物流条例"], ["文号：无", "索引号：5", "发文机关：", "标题：物流条例"]]) == {
        "index_number": "5",
        "title": "物流条例",
    }
    assert table_metadata([["主题分类：物流", "索引号：5", "标题：甲"]]) == {"index_number": "5", "title": "甲"}
    # A label is not the value of the label before it, and the first value stands.
    assert table_metadata([["文号\t索引号\t5", "索引号：6", "标题：甲"]]) == {"index_number": "5", "title": "甲"}


@pytest.mark.parametrize(
    ("text", "labelled"),
    [("索引号：", True), ("【 索 引 号 】", True), ("主题分类：物流", True), ("牵头单位：财政局", False)],
)
def test_labels_of_metadata(text: str, labelled: bool) -> None:
    assert has_metadata_label(text) is labelled


@pytest.mark.parametrize(("length", "found"), [(120, True), (121, False)])
def test_the_line_below_the_title_is_looked_for_above_the_text(length: int, found: bool) -> None:
    lines = ["青" * length, "发布时间：2021-03-05 16:20 来源：青山日报", "来源：其他"]
    assert byline_metadata(lines) == ({"published": "2021-03-05", "source": "青山日报"} if found else {})


def test_the_head_of_a_page() -> None:
    meta = {"pubdate": "2021-03-05 16:20", "og:title": "物流条例 - 青山区", "og:url": "https://example.cn/a/1.html"}
    assert head_metadata("别的_青山区", meta) == {
        "title": "物流条例",
        "published": "2021-03-05",
        "url": "https://example.cn/a/1.html",
    }
    assert head_metadata("物流条例｜青山区", {}, "https://example.cn/") == {"title": "物流条例"}
    assert is_address("http://example.cn/a")
    assert not is_address("http://example.cn/")


@pytest.mark.parametrize(
    "names",
    [
        ("青山市商务委员会", "青山海关"),
        ("青山市交通委员会", "青山市市场监督管理局"),
        ("青山市发展和改革委员会", "国家税务总局青山市税务局"),
        ("中共青山省委办公厅", "青山省人民政府办公厅"),
        ("青山省人民政府办公厅", "白水省人民政府办公厅", "黄土省人民政府办公厅"),
        ("海关总署", "国家税务总局"),
        ("国家税务总局青山市税务局",),
        ("国家税务总局青山市税务局", "青山市财政局"),
        ("财政部", "海关总署", "国家税务总局"),
        ("教育部", "国家发展改革委"),
        ("中共中央办公厅", "国务院办公厅"),
        ("最高人民法院", "最高人民检察院"),
        ("中共青山市委组织部", "青山市人力资源和社会保障局"),
        ("国务院国有资产监督管理委员会",),
        ("中国人民银行青山分行",),
        ("国家发展和改革委员会办公厅",),
        ("青山市白水区人民政府办公室",),
        ("青山省白水市中级人民法院",),
        ("青山市工程建设项目审批制度改革工作领导小组办公室",),
    ],
)
def test_agencies_that_sign_together_without_a_space(names: tuple[str, ...]) -> None:
    assert joint_names("".join(names)) == names


def test_the_branch_of_an_agency_in_a_district_is_part_of_its_name() -> None:
    assert joint_names("青山市公安局白水区分局") == ("青山市公安局白水区分局",)
    assert joint_names("青山市公安局白水区分局青山市白水区教育局") == ("青山市公安局白水区分局", "青山市白水区教育局")
