"""Web pages that were copied from a browser into a text file."""

from __future__ import annotations

from pathlib import Path

import pytest
from zhengce.corpus.document import Document
from zhengce.corpus.document_reader import read_documents
from zhengce.corpus.files import Source

NOTICE = "青山市人民政府关于印发《青山市物流管理办法》的通知"
BODY = """各区人民政府,市政府各部门:

《青山市物流管理办法》已经市政府同意,现印发给你们,请认真贯彻执行。

青山市人民政府

2021年3月4日

青山市物流管理办法

第一条 为了加强物流管理,制定本办法。
"""


def read(folder: Path, text: str, name: str = "某页.txt") -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (document,) = read_documents(Source(path.stem, path))
    return document


def kinds(document: Document) -> dict[str, str]:
    return {passage.text: passage.kind for passage in document.passages}


LISTED = f"""- 索引号:qs01/2021-0007
- 发文字号:青政发〔2021〕8号
- 发文机构:市政府
- 名 称:{NOTICE}
- 公文种类 :其他
- 发布日期:2021-03-09 17:45
{NOTICE}
"""
SPACED = f"""索 引 号 主题分类 综合政务 \\ 其他
发布机构 市人民政府 文　号 青政发〔2021〕8号
成文日期 2021-03-04 发布日期 2021-03-09
{NOTICE}
"""
BELOW = f"""{NOTICE}

  • 索引号:

    qs01/2021-0007
  • 来源:

  • 发文机构:

    市政府网站
  • 发文字号:

    青政发〔2021〕8号
  • 发文日期:

    2021年03月04日 16:40
  • 有效性:

  • 发布日期:

    2021年03月09日 16:34
  • 内容概述:

{NOTICE}

"""
WIDE = f"""发文机关：青山市人民政府
发文字号：青政发〔2021〕8号
发布时间：2021年3月9日

{NOTICE}

"""


TABS = f"""索 引 号：\t0123/2021-01\t主题分类：\t物流
发文机关：\t青山市人民政府\t成文日期：\t2021年03月04日
标　　题：\t{NOTICE}
发文字号：\t青政发〔2021〕8号\t发布日期：\t2021年03月09日

{NOTICE}
"""
OTHERS = f"""索引号: 115/2021-1 公开目录: 文件 发布日期: 2021-03-09
主题词: 物流 通知 发布机构: 青山市人民政府 文号: 青政发〔2021〕8号
文件类型:规范性文件
信息分类:物流
{NOTICE}
"""
VALUES_BELOW = f"""索引号
115/2021-1
发布机构
青山市人民政府
文号
青政发〔2021〕8号
发布日期
2021-03-09
{NOTICE}
"""
MARKDOWN = f"""# {NOTICE}

**索引号**：115/2021-1
**发文字号**：青政发〔2021〕8号
**发布日期**：2021-03-09
"""
MARKDOWN_TABLE = f"""| 索引号 | 115/2021-1 | 发布机构 | 青山市人民政府 |
|---|---|---|---|
| 文号 | 青政发〔2021〕8号 | 发布日期 | 2021-03-09 |

# {NOTICE}
"""
BRACKETS = f"""[索引号] 115/2021-1 [发布机构] 青山市人民政府 [发文字号] 青政发〔2021〕8号
【发布日期】2021-03-09
{NOTICE}
"""


@pytest.mark.parametrize(
    "head",
    [LISTED, SPACED, BELOW, WIDE, TABS, OTHERS, VALUES_BELOW, MARKDOWN, MARKDOWN_TABLE, BRACKETS],
    ids=["list", "spaced", "below", "full width", "tabs", "others", "values below", "Markdown", "rows", "brackets"],
)
def test_labels_state_the_fields(tmp_path: Path, head: str) -> None:
    document = read(tmp_path, head + BODY)
    found = document.metadata
    assert found.title == NOTICE
    assert str(found.number) == "青政发〔2021〕8号"
    assert found.issuers == ("青山市人民政府",)
    assert (found.date, found.published) == ("2021-03-04", "2021-03-09")
    assert document.origins["number"] == "page"
    assert [text for text, kind in kinds(document).items() if kind == "title"] == [NOTICE]


def test_labels_without_a_value_say_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, f"索引号:\n文 号 信息格式/语种\n发布机构\n信息名称 {NOTICE}\n{NOTICE}\n{BODY}").metadata
    assert (found.index_number, found.number, found.title) == (None, None, NOTICE)
    assert found.issuers == ("青山市人民政府",)


@pytest.mark.parametrize(
    "text",
    [
        "标题:青山物流\n发布日期:2020-01-01\n",
        "发文字号\n",
        "索引号的编制规则说明\n发布机构的职责\n",
        "本页的 发布机构 与 文号 见下\n",
    ],
)
def test_words_that_are_no_block_of_labels_are_not_believed(tmp_path: Path, text: str) -> None:
    document = read(tmp_path, f"{text}{NOTICE}\n{BODY}")
    assert "page" not in document.origins.values()


def test_labels_within_the_text_are_text(tmp_path: Path) -> None:
    document = read(tmp_path, f"{NOTICE}\n{BODY}索引号:甲01\n发布机构:白山市人民政府\n")
    assert document.metadata.index_number is None
    assert document.metadata.issuers == ("青山市人民政府",)


def test_an_indented_title_below_an_empty_label_is_no_value(tmp_path: Path) -> None:
    document = read(tmp_path, f"索引号:qs01\n发文机构:市政府\n内容概述:\n\n        {NOTICE}\n\n{BODY}")
    assert kinds(document)[NOTICE] == "title"


def test_the_source_may_be_a_label_too(tmp_path: Path) -> None:
    head = f"标  题： {NOTICE}\n发文机关： 青山市人民政府\n来  源： 青山政府网\n\n"
    assert read(tmp_path, head + NOTICE + "\n" + BODY).metadata.source == "青山政府网"


@pytest.mark.parametrize(
    ("stated", "published", "date"),
    [
        ("2021-03-09", "2021-03-09", "2021-03-04"),
        ("2021-03-05", "2021-03-09", "2021-03-05"),
        ("2021-03-03", "2021-03-03", "2021-03-03"),
        ("2021-06-09", "2021-06-09", "2021-06-09"),
    ],
    ids=["filled in by the site", "another day", "before the signature", "of a forwarded text"],
)
def test_a_date_that_is_the_day_of_posting_gives_way_to_the_signature(
    tmp_path: Path, stated: str, published: str, date: str
) -> None:
    head = f"索引号 qs01 成文日期 {stated}\n发布机构 市人民政府 发布日期 {published}\n{NOTICE}\n"
    found = read(tmp_path, head + BODY).metadata
    assert (found.date, found.signed, found.published) == (date, date, published)


def test_the_office_that_posted_what_others_sign_is_not_the_issuer(tmp_path: Path) -> None:
    document = read(tmp_path, f"索引号：qs01  发布时间：2021-03-09\n发布机构：市大数据局\n\n{NOTICE}\n\n{BODY}")
    assert (document.metadata.issuers, document.origins["issuers"]) == (("青山市人民政府",), "text")


def test_a_place_is_no_issuer_and_a_path_no_source(tmp_path: Path) -> None:
    head = "索引号：qs01  发布时间：2021-03-09\n发布机构：青山市\n来源：/volumes/a/b.pdf"
    metadata = read(tmp_path, f"{head}\n\n{NOTICE}\n\n{BODY}").metadata
    assert (metadata.issuers, metadata.source) == (("青山市人民政府",), None)


def test_the_site_of_a_body_issues_nothing(tmp_path: Path) -> None:
    head = "索引号:qs01\n发文机构:物流在线网\n"
    found = read(tmp_path, head + "物流运行情况\n\n今年物流平稳。\n").metadata
    assert found.issuers == ()


def test_the_office_that_the_title_names_is_the_issuer(tmp_path: Path) -> None:
    title = "青山市人民政府办公室转发市物流局关于货运的意见的通知"
    found = read(
        tmp_path, f"索引号 qs01 发布机构 青山市人民政府\n{title}\n各区人民政府、市政府各部门:\n请执行。\n"
    ).metadata
    assert found.issuers == ("青山市人民政府办公室",)


@pytest.mark.parametrize(
    "navigation",
    [
        "登录 注册\n  • 蒙古文版\n  • 长者模式\n    长者模式\n  • 首页\n  • 亮丽青山\n",
        "首 页 > 信息公开 > 正文\n",
        "当前位置:首页 > 政务公开 > 政策文件\n",
        "您的位置: 首页 » 政策 »\n",
        "返回顶部\n",
        "归档时间:2022-08-09\n",
        "视力保护色:\n浏览量: 12\n【字体：大 中 小】\n",
    ],
)
def test_navigation_is_no_title(tmp_path: Path, navigation: str) -> None:
    document = read(tmp_path, f"{navigation}\n{NOTICE}\n\n{BODY}")
    assert document.metadata.title == NOTICE
    assert document.metadata.published is None
    above = document.passages[: [passage.kind for passage in document.passages].index("title")]
    assert {passage.kind for passage in above} == {"furniture"}


def test_a_title_that_begins_with_sizes_is_no_navigation(tmp_path: Path) -> None:
    title = "大中小企业融通发展行动方案"
    assert read(tmp_path, f"{title}\n\n为促进融通发展,制定本方案。\n").metadata.title == title


def test_a_line_below_the_title_that_a_page_cuts_is_not_joined_with_the_text(tmp_path: Path) -> None:
    line = "来源:青山市政府门户网 日期:2021-03-09 17:08 字号:【"
    document = read(tmp_path, f"当前位置: 首页 > 政策\n\n{NOTICE}\n\n{line}\n视力保护色:\n\n{BODY}")
    assert kinds(document)[line] == "byline"
    assert (document.metadata.source, document.metadata.published) == ("青山市政府门户网", "2021-03-09")


@pytest.mark.parametrize(
    "head",
    [
        f"{NOTICE}\n{NOTICE}\n青政发〔2021〕8号\n",
        f"{NOTICE}\n青山市人民政府\n关于印发《青山市物流管理办法》的通知\n青政发〔2021〕8号\n",
        f"{NOTICE}(2021年)\n\n时间:2022-05-22 来源: 法律网\n\n{NOTICE}(2021年)\n\n青山市人民政府\n\n\n{NOTICE}\n\n青政发〔2021〕8号\n",
        f"青政发〔2021〕8号《{NOTICE.replace('《', '〈').replace('》', '〉')}》\n\n"
        f"《{NOTICE.replace('《', '〈').replace('》', '〉')}》\n\n青政发〔2021〕8号\n",
        f"青山市物流管理办法\n\n青山市人民政府通知\n\n{NOTICE}\n青政发〔2021〕8号\n",
    ],
    ids=["twice", "issuer apart", "with a year", "with its number", "short one above"],
)
def test_a_title_that_stands_twice_is_one(tmp_path: Path, head: str) -> None:
    found = read(tmp_path, head + BODY).metadata
    assert found.title.translate({ord("〈"): "《", ord("〉"): "》"}) == NOTICE
    assert str(found.number) == "青政发〔2021〕8号"


def test_sections_of_the_same_name_are_no_title(tmp_path: Path) -> None:
    contents = "目 录\n第一章 货物\n  第一节 一般规定\n第二章 旅客\n  第一节 一般规定\n"
    document = read(tmp_path, f"青山市运输条例\n\n{contents}\n第一条 为了规范运输,制定本条例。\n")
    assert document.metadata.title == "青山市运输条例"


def test_a_title_with_its_number_at_the_end_gives_both(tmp_path: Path) -> None:
    title = "中共青山市委办公室青山市人民政府办公室印发《关于全面推进物流枢纽公开工作的实施意见》的通知"
    attached = BODY.replace("青山市物流管理办法\n\n第一条", "关于全面推进物流枢纽公开工作的实施意见\n\n第一条")
    found = read(tmp_path, f"{title}(青办发〔2021〕2号)\n\n{attached}").metadata
    assert found.title == title
    assert str(found.number) == "青办发〔2021〕2号"


def test_the_number_of_another_document_stays_in_the_title(tmp_path: Path) -> None:
    title = "关于贯彻落实货运通知的意见（国发〔2020〕5号）"
    found = read(tmp_path, f"{title}\n\n{BODY}").metadata
    assert (found.title, found.number) == (title, None)


def test_a_title_below_the_words_of_a_site_is_the_documents(tmp_path: Path) -> None:
    site = "青山市物流管理办法\n\n来源: 物流网\n时间:2021-03-09 09:02:36\n\n物流网讯:日前,《办法》印发。全文如下:\n\n"
    found = read(tmp_path, site + f"关于印发《青山市物流管理办法》的通知\n\n{BODY}").metadata
    assert found.title == "关于印发《青山市物流管理办法》的通知"


def test_the_name_of_the_file_is_the_title_of_a_page_without_one(tmp_path: Path) -> None:
    head = "发布时间:2021-03-03\n政策级别:国家级\n发文部门:运输部\n运厅函〔2021〕27号\n"
    found = read(tmp_path, head + "各省运输部门,各有关单位:\n现组织申报工作。\n", "运输部函.txt").metadata
    assert (found.title, str(found.number)) == ("运输部函", "运厅函〔2021〕27号")
    assert (found.issuers, found.published, found.date) == (("运输部",), "2021-03-03", None)


def test_a_day_of_publication_is_no_date_of_the_document(tmp_path: Path) -> None:
    head = f"索引号 qs01 信息分类 制度\n发布机构 市运输局 发布日期 2015-10-15 10:06:36\n{NOTICE}\n"
    found = read(tmp_path, head + BODY.replace("2021年3月4日", "年三月四日")).metadata
    assert (found.date, found.published) == (None, "2015-10-15")


def test_day_and_number_on_one_line_are_both_read(tmp_path: Path) -> None:
    found = read(tmp_path, f"{NOTICE}\n\n2021年3月2日 青政发[2021]8号\n\n各区:\n  现印发给你们。\n").metadata
    assert (str(found.number), found.date) == ("青政发〔2021〕8号", "2021-03-02")
    turned = read(tmp_path, f"{NOTICE}\n\n青政发[2021]8号 2021年3月2日\n\n各区:\n  现印发给你们。\n").metadata
    assert str(turned.number) == "青政发〔2021〕8号"
