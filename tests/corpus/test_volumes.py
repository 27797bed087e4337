"""Volumes: texts of many documents are cut into them, and texts of one are not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from zhengce.corpus.document import Document
from zhengce.corpus.document_reader import read_documents
from zhengce.corpus.files import Root, Source
from zhengce.corpus.sources.discovery import discover

NAMES = ("物流", "招商", "口岸", "税务")
TITLES = [f"青山区人民政府关于印发{name}方案的通知" for name in NAMES]


def numbered(number: int, name: str, date: str = "（2023 年3 月{number} 日）", series: str = "{number}. ") -> str:
    """Return a document of a volume whose title is numbered and, if ``date`` is not empty, dated."""
    return (
        f"{series.format(number=number)}青山区人民政府关于印发{name}方案的通知{date.format(number=number)}\n"
        f"青政发〔2023〕{number}号\n各部门：\n现将《{name}方案》印发给你们，请认真执行。\n"
        f"青山区人民政府\n2023年3月{number}日\n{name}方案\n为做好{name}工作，制定本方案。\n一、总体要求\n"
        "（一）指导思想。坚持以发展为要，服务企业。\n1. 建立台账。逐项销号。\n"
    )


def volume(**form: str) -> str:
    return "".join(numbered(number, name, **form) for number, name in enumerate(NAMES, start=1))


UNNUMBERED = {"date": "", "series": ""}


def read(folder: Path, text: str, **said: object) -> tuple[Document, ...]:
    """Return the documents of a text, and see that each line that is not blank is in a passage of one of them."""
    path = folder / "汇编.txt"
    path.write_text(text, encoding="utf-8")
    found = read_documents(Source("汇编", path, **said))  # type: ignore[arg-type]
    ranges = [each for document in found for passage in document.passages for each in passage.lines]
    lines = [line for first, last in ranges for line in range(first, last + 1)]
    assert sorted(lines) == [number for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    for document in found:
        assert [each.number for each in document.passages] == list(range(1, len(document.passages) + 1))
    return found


def ids(documents: Sequence[Document]) -> list[str]:
    return [each.id.removeprefix("汇编") for each in documents]


def titles(documents: Sequence[Document]) -> list[str]:
    return [each.metadata.title for each in documents]


ALL = ["/01", "/02", "/03", "/04"]


def test_each_document_of_a_volume_has_its_own_title_number_date_and_issuer(tmp_path: Path) -> None:
    found = read(tmp_path, volume())
    assert ids(found) == ALL
    assert titles(found) == TITLES
    assert [str(each.metadata.number) for each in found] == [f"青政发〔2023〕{number}号" for number in (1, 2, 3, 4)]
    assert [each.metadata.date for each in found] == [f"2023-03-0{number}" for number in (1, 2, 3, 4)]
    assert {each.metadata.issuers for each in found} == {("青山区人民政府",)}
    assert found[1].passages[0].kind == "title"
    assert found[1].passages[0].lines == ((12, 12),)
    assert found[1].passages[-1].section == ("招商方案", "一、总体要求", "（一）指导思想", "1. 建立台账")


def test_an_agency_stands_for_a_signature_that_is_missing_or_short(tmp_path: Path) -> None:
    assert {each.metadata.issuers for each in read(tmp_path, volume().replace("\n青山区人民政府\n", "\n"))} == {
        ("青山区人民政府",)
    }
    short = volume().replace("\n青山区人民政府\n", "\n区人民政府\n")
    assert {each.metadata.issuers for each in read(tmp_path, short)} == {("青山区人民政府",)}
    other = volume().replace("\n青山区人民政府\n", "\n绿水区财政局\n")
    assert {each.metadata.issuers for each in read(tmp_path, other)} == {("绿水区财政局",)}


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("2. 青山区人民政府关于印发\n招商方案的通知（2023 年3 月\n12 日）\n各单位、各\n处室：", "2023-03-12"),
        ("2.\n青山区人民政府关于印发招商方案\n\n# Page 7:\n的通知（2023年3月12日）", "2023-03-12"),
        ("2. 青山区人民政府关于印发招商方案的通知（2023 年3 月12", "2023-03-12"),
        ("2．青山区人民政府关于印发招商方案的通知（2023-03-12）", "2023-03-12"),
        ("2．青山区人民政府关于印发招商方案的通知（二〇二三年三月十二日）", "2023-03-12"),
        ("2. 青山区人民政府关于印发招商方案的通知", "2023-03-02"),
        ("2. 青山区人民政府关于印发招商方案的通知\n各部门并驻区各单位：", "2023-03-02"),
    ],
)
def test_a_title_may_be_broken_or_lack_its_date(tmp_path: Path, title: str, date: str) -> None:
    text = volume().replace("2. 青山区人民政府关于印发招商方案的通知（2023 年3 月2 日）", title)
    if "\n各部门并" in title:
        text = text.replace("青政发〔2023〕2号\n", "")
    found = read(tmp_path, text)
    assert ids(found) == ALL
    assert titles(found) == TITLES
    assert found[1].metadata.date == date


def test_a_title_whose_text_is_lost_is_a_document_in_a_series(tmp_path: Path) -> None:
    text = (
        numbered(1, "物流")
        + "2. 青山区人民政府关于印发招商方案的通知（2023年3月2日）\n\n# Page 8:\n\n"
        + numbered(3, "口岸")
    )
    assert titles(read(tmp_path, text)) == TITLES[:3]


def test_a_heading_of_a_group_begins_the_document_below_it(tmp_path: Path) -> None:
    text = "（一）青山\n" + volume() + "（二）绿水\n" + volume().replace("青山", "绿水")
    found = read(tmp_path, text)
    assert ids(found) == [*ALL, "/05", "/06", "/07", "/08"]
    assert [each.passages[0].text for each in (found[0], found[4])] == ["（一）青山", "（二）绿水"]
    assert found[4].metadata.title == "绿水区人民政府关于印发物流方案的通知"


def test_a_table_of_contents_and_a_preface_are_a_document_before_the_first(tmp_path: Path) -> None:
    contents = "目录\n" + "".join(
        f"{number}. {title}（2023年3月{number}日）\n" for number, title in enumerate(TITLES, 1)
    )
    found = read(tmp_path, contents + volume())
    assert ids(found) == ["/00", *ALL]
    assert found[0].metadata.title == "目录"
    assert titles(found[1:]) == TITLES
    assert ids(read(tmp_path, "本汇编收录了四份文件，供各单位查阅。\n" + volume())) == ["/00", *ALL]


def test_documents_with_red_heads_are_cut(tmp_path: Path) -> None:
    red = "".join(
        f"青山区人民政府文件\n青政发〔2023〕{number}号\n青山区人民政府\n关于印发{name}方案的通知\n"
        f"各部门：\n现将《{name}方案》印发给你们，请认真执行。\n青山区人民政府\n2023年3月{number}日\n"
        for number, name in enumerate(NAMES, start=1)
    )
    found = read(tmp_path, red)
    assert ids(found) == ALL
    assert titles(found) == TITLES
    assert found[3].passages[0].text == "青山区人民政府文件"


def test_documents_without_numbered_titles_are_cut_if_there_are_four_with_a_number_and_a_signature(
    tmp_path: Path,
) -> None:
    def text(count: int) -> str:
        parts = (numbered(number, name, **UNNUMBERED) for number, name in enumerate(NAMES[:count], start=1))
        return "".join(part.partition("一、")[0] for part in parts)

    assert titles(read(tmp_path, text(4))) == TITLES
    assert ids(read(tmp_path, text(3))) == [""], "a document and two that it forwards"


def test_three_dated_titles_are_enough_without_numbers(tmp_path: Path) -> None:
    text = "".join(numbered(number, name, series="") for number, name in enumerate(NAMES[:3], start=1))
    assert titles(read(tmp_path, text)) == TITLES[:3]


@pytest.mark.parametrize("form", [{}, UNNUMBERED])
def test_a_volume_may_be_kept_whole(tmp_path: Path, form: dict[str, str]) -> None:
    (found,) = read(tmp_path, volume(**form), whole=True)
    assert found.id == "汇编"
    assert (found.metadata.number, found.metadata.date, found.metadata.issuers) == (None, None, ())


def test_in_a_whole_volume_no_title_stands_under_the_document_before_it(tmp_path: Path) -> None:
    (found,) = read(tmp_path, volume(), whole=True)
    (title,) = (each for each in found.passages if each.text.startswith("3. 青山"))
    assert (title.kind, title.section) == ("heading", ())
    below = [each for each in found.passages if 23 < each.lines[0][0] < 34]
    assert {each.section[:1] for each in below} == {(title.text,)}


def test_what_is_said_of_a_volume_is_not_said_of_its_documents(tmp_path: Path) -> None:
    said = {"title": "政策汇编", "date": "2024", "issuers": "编委会", "region": "青山"}
    found = read(tmp_path, volume(), overrides=said, defaults={"date": "2020"})
    assert titles(found) == TITLES
    assert {each.metadata.region for each in found} == {"青山"}
    assert found[0].metadata.date == "2023-03-01"
    assert found[0].metadata.issuers == ("青山区人民政府",)
    (whole,) = read(tmp_path, volume(), overrides=said, whole=True)
    assert whole.metadata.title == "政策汇编"


FORWARDED = (
    "青山区人民政府转发市人民政府关于口岸工作的通知\n青政发〔2023〕7号\n各部门：\n现将通知转发给你们，请认真执行。\n"
    "青山区人民政府\n2023年5月7日\n市人民政府关于口岸工作的通知\n市政发〔2023〕1号\n各区：\n现就有关事项通知如下。\n"
    "市人民政府\n2023年4月1日\n"
)
LIST = "青山区人民政府关于废止文件的通知\n各部门：\n现决定废止下列文件。\n" + "".join(
    f"{number}. {title}（2023年3月{number}日）\n" for number, title in enumerate(TITLES, 1)
)


@pytest.mark.parametrize(
    "text",
    [
        FORWARDED,
        LIST + "以上文件自公布之日起停止执行。\n青山区人民政府\n2023年6月1日\n",
        # a document that sums up others
        LIST.replace("日）\n", "日）\n该文件提出发展口岸，完善通关设施，服务外贸企业和中欧班列，成效显著。\n"),
        # an attachment with a date of its own
        numbered(1, "物流", series="")
        + "附件1\n青山区物流管理办法（2023年3月1日）\n第一条 为做好物流工作，制定本办法。\n",
        numbered(1, "物流", series="")
        + "附件\n"
        + numbered(2, "招商", series="")
        + "附件\n"
        + numbered(3, "口岸", series=""),
        # one numbered title
        numbered(1, "物流"),
        # titles in the text
        "青山区工作报告\n" + "".join(f"{number}. 深入落实口岸方案。做好工作，服务企业。\n" for number in (1, 2, 3)),
    ],
)
def test_one_document_is_not_cut(tmp_path: Path, text: str) -> None:
    assert ids(read(tmp_path, text)) == [""]


def test_a_hundred_documents_have_numbers_of_three_digits(tmp_path: Path) -> None:
    found = read(tmp_path, "".join(numbered(number, "物流", "（2023年3月9日）") for number in range(1, 101)))
    assert ids(found)[:1] + ids(found)[-1:] == ["/001", "/100"]


# Compilations of laws ----------------------------------------------------------------------------------------------


def law(name: str, year: int, note: str = "（{year}年6月2日青山省第十届人民代表大会常务委员会第五次会议通过）") -> str:
    """Return a law with a table of contents and two chapters."""
    return (
        f"青山省{name}条例\n{note.format(year=year)}\n目　录\n第一章　总则\n第二章　附则\n第一章　总则\n"
        f"第一条　为了规范{name}，制定本条例。\n第二条　本省行政区域内的{name}，适用本条例。\n第二章　附则\n"
        f"第三条　本条例自{year}年7月1日起施行。\n"
    )


LAWS = [("物流", 2003), ("仓储", 2011), ("口岸", 2018)]


@pytest.mark.parametrize(
    "note",
    [
        "（{year}年6月2日青山省第十届人民代表大会常务委员会第五次会议通过）",
        "{year}年6月2日 青山省第十届人民代表大会常务委员会第五次会议通过",
        "（{year}年6月2日青山省第十届人民代表\n大会常务委员会第五次会议通过）",
        "（1999年1月1日青山省第九届人民代表大会常务委员会第一次会议通过　根据{year}年6月2日青山省第十届人民代表大会"
        "常务委员会第五次会议《关于修改部分法规的决定》修正）",
    ],
)
def test_the_laws_of_a_compilation_are_cut(tmp_path: Path, note: str) -> None:
    found = read(tmp_path, "\n".join(law(name, year, note) for name, year in LAWS))
    assert ids(found) == ["/01", "/02", "/03"]
    assert titles(found) == ["青山省物流条例", "青山省仓储条例", "青山省口岸条例"]
    assert [each.metadata.date for each in found] == ["2003-06-02", "2011-06-02", "2018-06-02"]
    assert {each.metadata.issuers for each in found} == {("青山省人民代表大会常务委员会",)}


def test_a_title_of_a_law_may_be_wrapped_and_a_preface_stand_above_the_first(tmp_path: Path) -> None:
    long = law("促进和保障跨境电子商务综合试验区", 2003).replace("电子商务", "电子\n商务", 1)
    preface = (
        "前　言\n为便于查阅，现将现行法规汇编成册。\n本书由编写组编写，供各单位使用。\n读者如有意见，请告知我们。\n"
    )
    found = read(tmp_path, preface + long + law("仓储", 2011))
    assert ids(found) == ["/00", "/01", "/02"]
    assert titles(found)[1:] == ["青山省促进和保障跨境电子商务综合试验区条例", "青山省仓储条例"]


BARE = [
    law("物流", 2003, note="").replace("\n\n", "\n"),
    "青山省仓储办法\n第一条　为了规范仓储，制定本办法。\n第二条　本办法自2011年7月1日起施行\n",
    "最高人民法院关于审理口岸案件的解释（一）\n为正确审理口岸案件，结合审判\n实践，制定本解释。\n第一条　口岸案件适用本解释。\n"
    "第二条　本解释自2018年7月1日起施行。\n",
    "口岸人员守则\n第一章　总则\n第一条　口岸人员遵守本守则。\n第二条　本守则自公布之日起施行。\n",
]
BARE_TITLES = ["青山省物流条例", "青山省仓储办法", "最高人民法院关于审理口岸案件的解释（一）", "口岸人员守则"]


def test_laws_without_notes_on_enactment_are_cut(tmp_path: Path) -> None:
    found = read(tmp_path, "".join(BARE))
    assert titles(found) == BARE_TITLES
    among = read(tmp_path, law("物流", 2003) + "".join(BARE[1:3]) + law("口岸", 2018))
    assert titles(among) == ["青山省物流条例", *BARE_TITLES[1:3], "青山省口岸条例"]


@pytest.mark.parametrize(
    "text",
    [
        "青山省人民政府关于印发办法的通知\n各部门：\n现将三个办法印发给你们。\n" + "".join(BARE[1:]),
        "".join(BARE[:2]),
        BARE[0] + "附件：\n" + BARE[1] + "附件：\n" + BARE[3],
        BARE[0] + "附：青山省仓储办法\n" + BARE[1] + "第三条　依照\n" + BARE[3],
    ],
)
def test_laws_without_notes_that_may_belong_to_another_text_are_not_cut(tmp_path: Path, text: str) -> None:
    assert ids(read(tmp_path, text)) == [""]


@pytest.mark.parametrize(
    "text",
    [
        law("物流", 2003),
        law("物流", 2003)
        + "附件：\n青山省物流办法\n（2003年6月2日青山省人民政府第五次会议通过）\n第一条　为了规范，制定本办法。\n",
        law("物流", 2003) + "青山省仓储办法\n第一条　为了规范仓储，制定本办法。\n第二条　适用本办法。\n",
        "青山省人民政府关于印发办法的通知\n各部门：\n现将两个办法印发给你们。\n青山省物流办法\n第一条　为了规范物流，制定本办法。\n"
        "青山省仓储办法\n第一条　为了规范仓储，制定本办法。\n",
        "关于修改《青山省物流条例》的决定\n（2018年6月2日青山省第十届人民代表大会常务委员会第五次会议通过）\n一、第一条修改为：\n"
        "“第一条　为了规范，制定本条例。”\n" + law("物流", 2003),
    ],
)
def test_a_law_with_what_belongs_to_it_is_not_cut(tmp_path: Path, text: str) -> None:
    assert ids(read(tmp_path, text)) == [""]


# What tables say of documents in a volume ---------------------------------------------------------------------------


def read_folder(folder: Path, table: str, text: str) -> tuple[Document, ...]:
    (folder / "汇编.txt").write_text(text, encoding="utf-8")
    (folder / "metadata.csv").write_text(table, encoding="utf-8")
    discovered = discover([Root(folder)])
    assert not discovered.notes
    return read_documents(discovered.files[0].source)


@pytest.mark.parametrize("name", ["汇编.txt/02", "汇编/2", "汇编\\02"])
def test_a_table_may_name_a_document_of_a_volume(tmp_path: Path, name: str) -> None:
    table = f"file,title,date,issuers,source\n{name},招商方案,2024-01-02,青山区招商局,\n汇编.txt,,,,青山年鉴\n"
    found = read_folder(tmp_path, table, volume())
    assert titles(found) == [TITLES[0], "招商方案", *TITLES[2:]]
    second = found[1]
    assert (second.metadata.date, second.metadata.issuers) == ("2024-01-02", ("青山区招商局",))
    assert {second.origins[each] for each in ("title", "date", "issuers", "source")} == {"sidecar"}
    assert found[0].origins["title"] == found[0].origins["date"] == "text"
    assert {each.metadata.source for each in found} == {"青山年鉴"}
    assert not any(each.warnings for each in found)


def test_a_table_may_name_what_stands_before_the_documents(tmp_path: Path) -> None:
    front = "青山区政策汇编\n\n本汇编收录今年印发的文件，供各单位在工作中查阅使用。\n\n"
    found = read_folder(tmp_path, "file,title\n汇编/00,前言\n", front + volume())
    assert titles(found) == ["前言", *TITLES]
    assert not any(each.warnings for each in found)
    missing = read_folder(tmp_path, "file,title\n汇编/0,前言\n", volume())[0].warnings
    assert missing[0].endswith("汇编.txt has no document 0; it has 1 to 4")


def test_what_holds_for_no_document_of_a_volume_is_said(tmp_path: Path) -> None:
    found = read_folder(tmp_path, "file,title,date\n汇编.txt,汇编,2024\n汇编/9,多余,\n", volume())
    assert titles(found) == TITLES
    (own, missing) = found[0].warnings
    assert own.startswith("title, date of ")
    assert own.endswith("汇编.txt hold for no document of this volume; name one, as 汇编.txt/01")
    assert missing.endswith("汇编.txt has no document 9; it has 1 to 4")
    (warning,) = read_folder(tmp_path, "file,title\n汇编/3,三\n", law("物流", 2003))[0].warnings
    assert warning.endswith("汇编.txt is one document, without a number 3")
