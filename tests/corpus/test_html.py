"""HTML and XML: the main content of a page, the metadata that it states, and what is refused."""

from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zhengce.corpus.document import Document
from zhengce.corpus.document_reader import document
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.extraction import ExtractedText
from zhengce.corpus.files import Source
from zhengce.corpus.formats import xml as feeds
from zhengce.corpus.formats.html import mhtml
from zhengce.corpus.formats.html import reader as html
from zhengce.corpus.limits import DEFAULT_LIMITS, Limits

PAGE = Path("page.html")

GOVERNMENT_PAGE = """<html><head><meta charset="utf-8"><title>某某市人民政府关于印发方案的通知_某某市人民政府</title>
<meta name="PubDate" content="2021-03-05 16:20"><meta name="ContentSource" content="某某日报">
<script>var text = "脚本里的话。";</script><style>p { color: red }</style></head><body>
<div class="header"><a href="/">首页</a> <a href="/zw">政务</a> <a href="/fw">服务</a></div>
<div id="nav"><ul><li><a href="/a">新闻</a></li><li><a href="/b">公开</a></li></ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/c">文件</a></div>
<table><tbody><tr><td><table class="bd1"><tbody>
 <tr><td><b>索 引 号：</b></td><td>000014349/2021-00012</td><td><b>主题分类：</b></td><td>综合政务</td></tr>
 <tr><td><b>发文机关：</b></td><td>某某市人民政府</td><td><b>成文日期：</b></td><td>2021年02月26日</td></tr>
 <tr><td><b>标　　题：</b></td><td colspan="3">某某市人民政府关于印发方案的通知</td></tr>
 <tr><td><b>发文字号：</b></td><td>某府发〔2021〕7号</td><td><b>发布日期：</b></td><td>2021年03月04日</td></tr>
</tbody></table><table><tr><td><b>主 题 词：</b></td><td></td></tr></table></td></tr></tbody></table>
<table><tr><td><table><tr><td id="UCAP-CONTENT">
<p style="text-align: center"><span style="font-size: 18pt; font-weight: bold">某某市人民政府关于印发</span></p>
<p style="text-align: center"><span style="font-size: 18pt; font-weight: bold">方案的通知</span></p>
<p style="text-align: center">某府发〔2021〕7号</p>
<p>各区人民政府：</p>
<p>　　现将方案印发给你们，
请认真<b>贯彻</b>执行。<!-- 注释里的话。 --></p>
<p style="text-align: right">某某市人民政府&nbsp;&nbsp;</p><p style="text-align: right">2021年2月26日</p>
<p style="display:none">看不见的话。</p><p><br></p>
<p align="center"><strong>方　案</strong></p>
<p>一、总体要求</p><p>坚持改革。</p>
<table border="1"><tr><th>项目</th><th>单位</th><th>时限</th></tr>
<tr><td><p>公开</p><p>目录</p></td><td>办公厅</td><td></td></tr></table>
<p>附件：<a href="/files/list.doc">任务清单</a></p>
</td></tr></table>
<div id="qr_container">扫一扫在手机打开当前页</div>
<p><a href="javascript:print()">打印</a> <a href="javascript:close()">关闭</a></p></td></tr></table>
<div>相关链接：<a href="/1">国务院办公厅关于某事的通知。</a><a href="/2">国务院关于另一事的意见。</a></div>
<div class="footer">版权所有：某某市人民政府。未经许可不得转载。</div></body></html>"""


def read(page: str | bytes, limits: Limits = DEFAULT_LIMITS) -> ExtractedText:
    return html.extract(PAGE, page if isinstance(page, bytes) else page.encode(), None, limits)


def texts(page: str | bytes) -> list[str]:
    return [line.text for line in read(page).lines if line.text.strip()]


def document_of(page: str) -> Document:
    return document(Source("page", PAGE), read(page))


def test_the_main_content_of_a_government_site_is_found() -> None:
    found = document_of(GOVERNMENT_PAGE)
    assert [(passage.kind, passage.text) for passage in found.passages] == [
        ("table", "索 引 号：\t000014349/2021-00012\t主题分类：\t综合政务"),
        ("table", "发文机关：\t某某市人民政府\t成文日期：\t2021年02月26日"),
        ("table", "标　　题：\t某某市人民政府关于印发方案的通知"),
        ("table", "发文字号：\t某府发〔2021〕7号\t发布日期：\t2021年03月04日"),
        ("title", "某某市人民政府关于印发方案的通知"),
        ("byline", "某府发〔2021〕7号"),
        ("paragraph", "各区人民政府："),
        ("paragraph", "现将方案印发给你们，请认真贯彻执行。"),
        ("byline", "某某市人民政府"),
        ("byline", "2021年2月26日"),
        ("heading", "方　案"),
        ("heading", "一、总体要求"),
        ("paragraph", "坚持改革。"),
        ("table", "项目\t单位\t时限"),
        ("table", "公开 目录\t办公厅"),
        ("paragraph", "附件：任务清单"),
    ]
    assert found.passages[12].section == ("方　案", "一、总体要求")


def test_what_a_page_states_of_itself() -> None:
    extract = read(GOVERNMENT_PAGE)
    assert extract.overrides == {
        "index_number": "000014349/2021-00012",
        "issuers": "某某市人民政府",
        "date": "2021年02月26日",
        "signed": "2021年02月26日",
        "title": "某某市人民政府关于印发方案的通知",
        "number": "某府发〔2021〕7号",
        "published": "2021年03月04日",
    }
    assert extract.defaults == {
        "title": "某某市人民政府关于印发方案的通知",
        "published": "2021-03-05",
        "source": "某某日报",
    }
    metadata = document_of(GOVERNMENT_PAGE).metadata
    assert (str(metadata.number), metadata.date, metadata.published) == (
        "某府发〔2021〕7号",
        "2021-02-26",
        "2021-03-04",
    )


@pytest.mark.parametrize(
    "form",
    [
        "<ul><li><b>索引号：</b>K1/2020</li><li><b>文号：</b>某府发〔2020〕3号</li><li>公开日期：2020-02-03</li></ul>",
        "<ul><li><b>索引号：</b><span>K1/2020</span></li><li>文号：<i>某府发〔2020〕3号</i></li><li>公开日期: 2020-02-03</li></ul>",
        "<dl><dt>索引号</dt><dd>K1/2020</dd><dt>文　号：</dt><dd>某府发〔2020〕3号</dd><dt>公开日期：</dt><dd>2020-02-03</dd></dl>",
        "<table><tr><td>索引号：K1/2020</td><td>文号：某府发〔2020〕3号</td></tr><tr><td>公开日期：2020-02-03</td><td>有效性：</td></tr></table>",
        "<p>[索引号]：K1/2020<br>[文号]：某府发〔2020〕3号<br>[公开日期]：2020-02-03</p>",
    ],
)
def test_forms_of_many_makes(form: str) -> None:
    page = f"<body>{form}<div><h1>某府发通知</h1><p>现将有关事项通知如下。</p></div></body>"
    assert read(page).overrides == {"index_number": "K1/2020", "number": "某府发〔2020〕3号", "published": "2020-02-03"}
    assert texts(page)[-2:] == ["某府发通知", "现将有关事项通知如下。"]


@pytest.mark.parametrize(
    ("cell", "validity"),
    [
        ("有效性：失效", "失效"),
        ("时 效 性：</td><td>现行有效", "现行有效"),
        ("文件状态：已被修改", "已被修改"),
        ("效力状态：部分条款失效", "部分条款失效"),
        ("时效性：长期", None),
        ("有效性：", None),
        ("主题词：有效", None),
    ],
)
def test_a_table_states_whether_the_document_is_in_force(cell: str, validity: str | None) -> None:
    rows = f"<tr><td>索引号：K1/2020</td><td>文号：某府发〔2020〕3号</td></tr><tr><td>{cell}</td></tr>"
    page = f"<html><body><table>{rows}</table><h1>某市关于救助的通知</h1><p>{'现通知如下，请遵照执行。' * 20}</p></body></html>"
    assert read(page).overrides.get("validity") == validity


def test_another_site() -> None:
    page = """<html><head><title>某市民政局关于做好救助工作的通知 - 某市民政局</title></head><body class="nav-open">
    <div class="top"><a href="/">某市民政局</a> | <a href="/m">邮箱</a></div>
    <div class="weizhi">您的位置：<a href="/">首页</a> &gt;&gt; 通知</div>
    <div class="con"><div class="tit">某市民政局关于做好救助工作的通知</div>
    <div class="info">发布时间：2020-11-12 09:30　来源：某市民政局　字体：[大 中 小]</div>
    <div class="TRS_Editor"><style>.TRS_Editor P{}</style><div>各区民政局：</div><div>　　现就做好救助工作通知如下。</div>
    <div>　　一、加强领导。</div><div>某市民政局</div><div>2020年11月10日</div>
    <p>附件：</p><p><a href="./W020.docx">1.申请表</a></p></div>
    <div class="jiathis">分享</div></div><h3>相关信息</h3><ul><li><a href="/1.htm">民政部：做好救助工作。</a></li></ul>
    <div class="bottom">主办：某市民政局 地址：某路1号。<br>粤ICP备0000号</div></body></html>"""
    extract = read(page)
    assert [(line.text.strip(), line.role) for line in extract.lines] == [
        ("某市民政局关于做好救助工作的通知", "title"),
        ("发布时间：2020-11-12 09:30　来源：某市民政局　字体：[大 中 小]", None),
        ("各区民政局：", None),
        ("现就做好救助工作通知如下。", None),
        ("一、加强领导。", None),
        ("某市民政局", None),
        ("2020年11月10日", None),
        ("附件：", None),
        ("1.申请表", None),
    ]
    assert extract.defaults == {
        "title": "某市民政局关于做好救助工作的通知",
        "published": "2020-11-12",
        "source": "某市民政局",
    }


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href=" https://www.gov.cn/a/b.htm?x=1 ">', "https://www.gov.cn/a/b.htm?x=1"),
        ('<link rel="nofollow Canonical" href="HTTP://www.gov.cn/b.htm">', "HTTP://www.gov.cn/b.htm"),
        ('<meta property="og:url" content="https://www.gov.cn/c.htm">', "https://www.gov.cn/c.htm"),
        (
            '<meta property="og:url" content="https://www.gov.cn/c.htm"><link rel="canonical" href="https://www.gov.cn/d">',
            "https://www.gov.cn/d",
        ),
        (
            '<link rel="canonical" href="/b.htm"><meta property="og:url" content="https://www.gov.cn/c.htm">',
            "https://www.gov.cn/c.htm",
        ),
        ('<link rel="canonical" href="/a/b.htm">', None),
        ('<base href="https://www.gov.cn/"><link rel="canonical" href="b.htm">', None),
        ('<link rel="canonical" href="//www.gov.cn/b.htm">', None),
        ('<link rel="canonical" href="javascript:open(\'https://www.gov.cn/b.htm\')">', None),
        ('<link rel="canonical" href="file:///home/user/b.htm">', None),
        ('<link rel="canonical" href="https://www.gov.cn/">', None),
        ('<link rel="canonical" href="https://www.gov.cn/b.htm https://www.gov.cn/c.htm">', None),
        ('<link rel="canonical">', None),
        ('<link rel="canonical" href="https://a.cn/1"><link rel="canonical" href="https://a.cn/2">', None),
        ('<link rel="alternate" href="https://www.gov.cn/b.htm">', None),
    ],
)
def test_a_page_states_its_address_in_full_or_not_at_all(head: str, address: str | None) -> None:
    assert document_of(f"<html><head>{head}</head><body><p>正文。</p></body></html>").metadata.url == address


def test_a_table_of_other_things_states_nothing() -> None:
    page = "<table><tr><td>标题</td><td>发布日期</td></tr><tr><td>某通知</td><td>2020-02-03</td></tr></table><p>如上表。</p>"
    assert read(page).overrides == {}
    assert texts(page) == ["标题\t发布日期", "某通知\t2020-02-03", "如上表。"]


def test_headings_lists_and_notes() -> None:
    page = (
        "<h1>某<br>通知</h1><h2>背景</h2><ul><li>第一项内容。</li><li>第二项<ul><li>其中之一。</li></ul></li></ul>"
        "<div class='footnotes'><p id='fn1'>注一的话。</p></div><figure><figcaption>图为会场</figcaption></figure><p>完。</p>"
    )
    assert [(line.text, line.role, line.level) for line in read(page).lines] == [
        ("某通知", "heading", 1),
        ("背景", "heading", 2),
        ("第一项内容。", None, 0),
        ("第二项", None, 0),
        ("其中之一。", None, 0),
        ("注一的话。", "footnote", 0),
        ("图为会场", "caption", 0),
        ("完。", None, 0),
    ]


def test_what_is_set_as_a_title_and_is_none() -> None:
    page = "<h1>某标准</h1><p>正文如下。</p><center><b><p>附录</p><p>图1　号牌式样</p><p>一、式样</p></b></center><p>完。</p>"
    assert [(passage.kind, passage.text) for passage in document_of(page).passages] == [
        ("title", "某标准"),
        ("paragraph", "正文如下。"),
        ("heading", "附录"),
        ("caption", "图1　号牌式样"),
        ("heading", "一、式样"),
        ("paragraph", "完。"),
    ]


def test_lines_that_only_breaks_set_apart_are_joined_like_those_of_a_text() -> None:
    page = (
        "<div>　　第一条　为了规范管理，<br>制定本办法。<br><br>　　第二条　本办法自公布之日起施行。</div><p>附则。</p>"
    )
    assert [passage.text for passage in document_of(page).passages] == [
        "第一条　为了规范管理，制定本办法。",
        "第二条　本办法自公布之日起施行。",
        "附则。",
    ]
    assert texts("<pre>第一行\n  第二行\r\n\n第三行。</pre>") == ["第一行", "  第二行", "第三行。"]


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    page = "<table><tr><td><p>第一段话。</p><p>第二段话。</p></td></tr><tr><td><h2>题</h2></td><td>第三段话。</td></tr></table>"
    assert texts(page) == ["第一段话。", "第二段话。", "题", "第三段话。"]


def test_what_stands_around_a_short_text_stays() -> None:
    page = "<div><div>通知</div><div>明日放假。</div><div>办公室</div><div>2020年1月2日</div></div><div><a href='/'>首页</a></div>"
    assert texts(page) == ["通知", "明日放假。", "办公室", "2020年1月2日"]


def test_a_page_without_sentences_is_kept() -> None:
    assert texts("<p>名单</p><p>张三</p><p>李四</p>") == ["名单", "张三", "李四"]
    links = "<ul><li><a href='1.htm'>某法</a></li><li><a href='2.htm'>某条例</a></li></ul>"
    assert "某条例" in texts(links)


def test_text_in_what_is_called_navigation_stays_where_it_is_most_of_the_text() -> None:
    assert texts("<div class='nav'><p>其实这是正文。</p></div>") == ["其实这是正文。"]


SENTENCES = st.integers(0, 999).map(lambda number: f"第{number}号事项应当依法办理，不得延误。")
INLINE = st.tuples(st.sampled_from(["span", "b", "font", "i", "o:p", "a"]), SENTENCES).map(
    lambda x: f"<{x[0]}>{x[1]}</{x[0]}>"
)
WRAPPERS = st.sampled_from(
    ["div", "p", "li", "td", "center", "section", "article", "blockquote", "h3", "table", "form"]
)
PAGES = st.recursive(
    SENTENCES | INLINE,
    lambda inner: st.tuples(WRAPPERS, st.lists(inner, min_size=1, max_size=4)).map(
        lambda x: f"<{x[0]}>{'<br>'.join(x[1])}</{x[0]}>"
    ),
    max_leaves=12,
)


@given(PAGES)
def test_no_sentence_is_lost(page: str) -> None:
    found = "".join(texts(f"<body><div id='nav'><a href='/'>首页</a></div>{page}</body>"))
    for number in range(1000):
        sentence = f"第{number}号事项应当依法办理，不得延误。"
        assert found.count(sentence) == page.count(sentence)


@pytest.mark.parametrize(
    ("codec", "declared", "name"),
    [
        ("gbk", '<meta charset="gb2312">', "GB18030"),
        ("gbk", '<meta http-equiv="Content-Type" content="text/html; charset=big5">', "GB18030"),
        ("gbk", '<?xml version="1.0" encoding="utf-8"?>', "GB18030"),
        ("utf-8", "<meta charset='gb2312'>", "UTF-8"),
        ("utf-16", "", "UTF-16LE"),
        ("big5", '<?xml version="1.0" encoding="Big5"?>', "Big5"),
        ("cp1252", "<meta charset=iso-8859-1>", "CP1252"),
    ],
)
def test_declared_encodings_win_where_they_fit(codec: str, declared: str, name: str) -> None:
    text = {"cp1252": "“Décret” publié à Pékin.", "big5": "會議文件。"}.get(codec, "某某市人民政府通知。")
    page = f"<html><head>{declared}</head><body><p>{text}</p></body></html>"
    if codec == "gbk":
        text, page = text.replace("某某", "镕市"), page.replace("某某", "镕市")
    found = read(page.encode(codec))
    assert ([line.text for line in found.lines], found.encoding) == ([text], name)


def test_nothing_is_loaded_and_no_entity_is_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    entity = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{(tmp_path / "secret.txt").as_uri()}"><!ENTITY c "&d;&d;"><!ENTITY d "expanded">]>'
    for extract in (html.extract, feeds.extract):
        found = extract(PAGE, f"{entity}<a><p>文字。&b;&c;</p></a>".encode(), None, DEFAULT_LIMITS)
        joined = "".join(line.text for line in found.lines)
        assert "文字。" in joined
        assert not any(word in joined for word in ("secret", "expandedexpanded"))


def test_nesting_is_limited() -> None:
    with pytest.raises(DocumentError, match=r"^page\.html .*depth"):
        read("<div>" * 100_000 + "深" + "</div>" * 100_000)
    with pytest.raises(DocumentError, match=r"^page\.html has elements nested deeper than the limit of 20"):
        read("<div>" * 30 + "深", Limits(nesting=20))
    assert texts("<div>" * 200 + "深处的话。") == ["深处的话。"]


@pytest.mark.parametrize(
    "page", ["", "   ", "<!-- -->", "<html><body><div id='app'></div><script>x()</script></body></html>"]
)
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(DocumentError, match=r"page\.html has no text in it"):
        document_of(page)


def test_feeds() -> None:
    feed = """<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>某部要闻</title>
    <link>http://example.org/</link><description>某部网站的要闻。</description>
    <item><title>会议召开</title><guid>http://example.org/1</guid>
    <description>&lt;p&gt;会议在京召开。&lt;/p&gt;&lt;p&gt;部长出席&#55296;。&lt;/p&gt;</description></item>
    <item><title>通知</title><description><![CDATA[第一行。
    第二行。]]></description></item></channel></rss>"""
    found = feeds.extract(Path("feed.xml"), feed.encode("gbk"), None, DEFAULT_LIMITS)
    assert found.encoding == "GB18030"
    assert [(line.text, line.level) for line in found.lines] == [
        ("某部要闻", 1),
        ("某部网站的要闻。", 0),
        ("会议召开", 2),
        ("会议在京召开。", 0),
        ("部长出席\ufffd。", 0),
        ("通知", 2),
        ("第一行。", 0),
        ("第二行。", 0),
    ]


def test_web_archives() -> None:
    page = MIMEMultipart("related")
    page.attach(MIMEText("<p>网页里的话。</p>", "html", "gb2312"))
    page.attach(MIMEText("p { color: red }", "css"))
    found = mhtml.extract(Path("page.mht"), page.as_bytes(), None, DEFAULT_LIMITS)
    assert found.encoding == "GB18030"
    assert [line.text for line in found.lines] == ["网页里的话。"]
    for other in (b"", b"not a web archive", b"Content-Type: text/html; charset=\xff\n\n\x00"):
        with pytest.raises(DocumentError, match=r"^page\.mht "):
            mhtml.extract(Path("page.mht"), other, None, DEFAULT_LIMITS)


@pytest.mark.parametrize(
    ("location", "head", "address"),
    [
        ("https://www.gov.cn/a.htm", "", "https://www.gov.cn/a.htm"),
        (f"https://www.gov.cn/\n {'a' * 90}.htm", "", f"https://www.gov.cn/{'a' * 90}.htm"),
        ("https://www.gov.cn/a.htm", "<link rel=canonical href=https://www.gov.cn/b.htm>", "https://www.gov.cn/b.htm"),
        ("https://www.gov.cn/a.htm", "<link rel=canonical href=b.htm>", "https://www.gov.cn/a.htm"),
        ("file:///C:/a.htm", "", None),
        ("cid:frame-1@mhtml.blink", "", None),
        ("a.htm", "", None),
    ],
)
def test_a_web_archive_knows_where_it_was_saved(location: str, head: str, address: str | None) -> None:
    page = f"Content-Type: text/html\nContent-Location: {location}\n\n<head>{head}</head><p>Text.</p>"
    assert mhtml.extract(Path("page.mht"), page.encode(), None, DEFAULT_LIMITS).defaults.get("url") == address


def test_other_xml_and_its_faults() -> None:
    found = feeds.extract(
        Path("law.xml"),
        "<法><条 号='一'>第一条　文字<b>粗</b>尾</条><条>第二条&无;</法>".encode(),
        None,
        DEFAULT_LIMITS,
    )
    assert "".join(line.text for line in found.lines).startswith("第一条　文字粗尾第二条")
    assert found.warnings


@given(st.data())
def test_damaged_pages_are_read_or_refused(data: st.DataObject) -> None:
    page = bytearray(GOVERNMENT_PAGE.encode())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(page)))
        size = data.draw(st.integers(0, 40))
        page[at : at + size] = data.draw(st.binary(max_size=8))
    del page[data.draw(st.integers(0, len(page))) :]
    for extract in (html.extract, feeds.extract, mhtml.extract):
        try:
            found = extract(PAGE, bytes(page), None, DEFAULT_LIMITS)
        except DocumentError:
            continue
        assert [line.number for line in found.lines] == [*range(1, len(found.lines) + 1)]


# Blocks


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<tr><td>甲</td><td>乙</td></tr>", [("table", "甲\t乙")]),
        ("<tr><td>甲。</td></tr><tr><td>乙。</td></tr>", [(None, "甲。"), (None, "乙。")]),
        ("<tr><td>甲。</td><td></td></tr>", [(None, "甲。")]),
        (f"<tr><td>甲。</td><td>{'长' * 2001}。</td></tr>", [(None, "甲。"), (None, f"{'长' * 2001}。")]),
        ("<caption>表1 名单</caption><tr><td>甲</td><td>乙</td></tr>", [("caption", "表1 名单"), ("table", "甲\t乙")]),
        ("<tr><td>甲</td><td>乙<p>丙</p></td></tr><tr><td></td></tr>", [("table", "甲\t乙 丙")]),
    ],
)
def test_a_table_with_several_columns_of_short_texts_is_data(
    table: str, expected: list[tuple[str | None, str]]
) -> None:
    assert [(line.role, line.text) for line in read(f"<table>{table}</table>").lines] == expected


@pytest.mark.parametrize("empty", ["<hr>", "<p></p>", "<p>&nbsp;</p>", "<br><br>"])
def test_an_empty_paragraph_or_a_rule_is_an_empty_line(empty: str) -> None:
    found = [line.text for line in read(f"<div>甲<br>乙{empty}丙<br>丁。</div>").lines]
    assert found[-3:] == ["", "丙", "丁。"]


@pytest.mark.parametrize(
    ("style", "text", "role"),
    [
        ("text-align:center;font-size:16pt", "某标准", "heading"),
        ("text-align:center;font-size:21px", "某标准", "heading"),
        ("text-align:center;font-weight:bold", "某标准", "heading"),
        ("text-align:center;font-size:15pt", "某标准", None),
        ("font-size:16pt", "某标准", None),
        ("text-align:center;font-weight:bold", "某" * 60, "heading"),
        ("text-align:center;font-weight:bold", "某" * 61, None),
    ],
)
def test_a_title_is_short_and_centred_and_large_or_bold(style: str, text: str, role: str | None) -> None:
    assert read(f"<p style='{style}'>{text}</p><p>正文如下。</p>").lines[0].role == role


# Main content


@pytest.mark.parametrize(
    "page",
    [
        "<body style='visibility: hidden'>{0}</body>",
        "<html style='display:none'><body>{0}</body></html>",
        "<body><div id='main' style='display:none'>{0}</div></body>",
        "<body><div hidden><article>{0}</article></div><a href='/'>首页</a></body>",
    ],
)
def test_a_page_that_a_script_shows_is_read(page: str) -> None:
    assert "为做好编制工作，现就有关事项通知如下。" in texts(page.format(PROSE))


@pytest.mark.parametrize(
    ("source", "site", "expected"),
    [
        ("本网", "某县人民政府网", "某县人民政府网"),
        ("本网", "", None),
        ("本站", "某县人民政府网", "某县人民政府网"),
        ("本网某县住房保障办公室", "某县人民政府网", "某县住房保障办公室"),
        ("某县教育局", "某县人民政府网", "某县教育局"),
    ],
)
def test_this_site_is_named(source: str, site: str, expected: str | None) -> None:
    meta = f"<meta name='ContentSource' content='{source}'><meta name='SiteName' content='{site}'>"
    assert read(f"<html><head>{meta}</head><body>{PROSE}</body></html>").defaults.get("source") == expected
    byline = f"<p>发布时间：2024-03-05 10:00 来源：{source}</p>"
    page = (
        f"<html><head>{meta.replace('ContentSource', 'x')}</head><body><h1>{NOTICE}</h1>{byline}{PROSE}</body></html>"
    )
    assert read(page).defaults.get("source") == expected


NEWS = "<h1>某县新校启用</h1><p>2024-03-05</p><p>来源：某某日报</p><p>记者从会上获悉，新校舍于本学期启用，可容纳学生一千人。</p>"


def test_news_is_of_the_day_on_which_it_was_published() -> None:
    undated = NEWS.replace("<p>2024-03-05</p>", "")
    found = document_of(f"<html><head><meta name='PubDate' content='2024-03-05'></head><body>{undated}</body></html>")
    assert (found.metadata.date, found.metadata.published, found.metadata.signed) == ("2024-03-05", "2024-03-05", None)
    assert found.origins["date"] == found.origins["published"] == "properties"
    without = document_of(f"<html><body>{NEWS}</body></html>")
    assert (without.metadata.date, without.metadata.published, without.metadata.signed) == (
        "2024-03-05",
        "2024-03-05",
        None,
    )


def test_an_old_document_put_on_the_web_later_has_no_date_of_publication() -> None:
    body = f"<h1>{NOTICE}</h1><p>某政发〔1981〕8号</p>{PROSE}<p>某县人民政府</p>"
    found = document_of(f"<html><head><meta name='PubDate' content='2018-12-04'></head><body>{body}</body></html>")
    assert (found.metadata.date, found.metadata.published) == (None, "2018-12-04")


@pytest.mark.parametrize(
    ("stated", "title", "signed", "issuers"),
    [
        (
            "某县民政局",
            "某县民政局 某县财政局关于印发标准的通知",
            "某县民政局　某县财政局",
            ("某县民政局", "某县财政局"),
        ),
        ("某县某镇政府", "（转载）某县人民政府关于印发标准的通知", "某县人民政府", ("某县人民政府",)),
        ("某县人民政府", "某县人民政府关于印发标准的通知", "某县人民政府办公室", ("某县人民政府",)),
        ("某县人民政府", "关于印发标准的通知", "某县民政局", ("某县人民政府",)),
    ],
)
def test_a_page_may_name_one_of_the_issuers_or_who_posted(
    stated: str, title: str, signed: str, issuers: tuple[str, ...]
) -> None:
    rows = f"<tr><td>索引号</td><td>1/2</td></tr><tr><td>发布机构</td><td>{stated}</td></tr><tr><td>名称</td><td>{title}</td></tr>"
    page = f"<table>{rows}</table><h1>{title}</h1>{PROSE}<p>{signed}</p><p>2024年3月5日</p>"
    found = document_of(f"<html><body>{page}</body></html>")
    assert found.metadata.issuers == issuers
    assert found.metadata.title == title.removeprefix("（转载）")


LONG = "一段没有句号而有四十个字以上的文字" * 3


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<div class='nav'><p>其实这是正文。</p></div><p>另一段正文在此。</p>", ["其实这是正文。", "另一段正文在此。"]),
        ("<p>前一段正文。</p><article><p>后一段正文。</p></article>", ["前一段正文。", "后一段正文。"]),
        (
            "<p>前一段正文。</p><p><a href='/'>链接</a></p><article><p>后一段正文。</p></article>",
            ["前一段正文。", "链接", "后一段正文。"],
        ),
        (f"<p>导语。</p><p><a href='/'>链接</a></p><article><p>{LONG}。</p></article>", [f"{LONG}。"]),
        ("<p>正文在此。</p><p>更多新闻<a href='/'>某地某日某事某人</a></p>", ["正文在此。"]),
        ("<p>正文在此。</p><p>更多新闻见<a href='/'>某地某日</a></p>", ["正文在此。", "更多新闻见某地某日"]),
        (f"<p>正文。</p><p><a href='/'>链接</a></p><p>{LONG}</p>", ["正文。", "链接", LONG]),
        ("<p>正文。</p><p><a href='/'>链接</a></p><p>不足四十字</p>", ["正文。"]),
        ("<p>正文。</p><h3>相关链接</h3><p><a href='/'>链接</a></p>", ["正文。"]),
        ("<p>正文。</p><p class='noprint'>此段不打印。</p>", ["正文。"]),
        (f"<p>正文。</p><p class='noprint'>{LONG * 4}。</p>", ["正文。", f"{LONG * 4}。"]),
    ],
)
def test_what_belongs_to_the_main_content(page: str, expected: list[str]) -> None:
    assert texts(page) == expected


NOTICE = "某县人民政府关于做好《灌溉规划》编制工作的通知"
PROSE = "<p>各乡镇人民政府：</p><p>为做好编制工作，现就有关事项通知如下。</p>"


@pytest.mark.parametrize("end", ["</html>", "</body>", "</BODY></HTML>", "</body ></html\n>"])
def test_text_behind_an_early_end_of_the_page_is_read(end: str) -> None:
    page = f"<html><body><div>站标</div>{end}<h1>{NOTICE}</h1>{PROSE}<p>请按时完成。</p></body></html>"
    assert texts(page)[-3:] == ["各乡镇人民政府：", "为做好编制工作，现就有关事项通知如下。", "请按时完成。"]
    assert document_of(page).metadata.title == NOTICE


def test_an_unknown_element_in_the_head_hides_no_text() -> None:
    page = f"<html><head><title>题</title><ucaptitle>甲<div>{PROSE}</div></head><body><p>请按时完成。</p></body></html>"
    assert texts(page)[-2:] == ["为做好编制工作，现就有关事项通知如下。", "请按时完成。"]


@pytest.mark.parametrize(
    ("rest", "warns"),
    [
        ("", False),
        (f"<div style='display:none'>{LONG * 20}。</div>", True),
        (f"<div style='display:none'>{LONG * 8}。</div>", False),
        (f"<div style='display:none'>{PROSE * 40}</div>", False),
        (f"<p>{LONG * 20}一。</p><div style='display:none'><p>{NOTICE}</p>{LONG * 20}一。</div>", False),
        (f"<ul>{''.join(f'<li hidden>https://www.example.gov.cn/{n}/index.html</li>' for n in range(99))}</ul>", False),
        (f"<div style='display:none'><a href='/a'>{LONG * 20}</a></div>", False),
        (f"<script>{LONG * 20}</script><!-- {LONG * 20} --><select><option>{LONG * 20}</option></select>", False),
        (f"<!-- 未结束 <p>{LONG * 20}。</p>", False),
        (f"<p>{LONG * 200}。</p><div style='display:none'>{LONG * 15}。</div>", False),
    ],
)
def test_a_page_that_loses_more_than_navigation_warns(rest: str, warns: bool) -> None:
    warnings = read(f"<html><body><h1>{NOTICE}</h1>{PROSE}{rest}</body></html>").warnings
    assert [("left out" in each, str(PAGE) in each) for each in warnings] == ([(True, True)] if warns else [])


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"{NOTICE}_某县人民政府网", f"<div>{NOTICE}</div><div>图集</div>"),
        (f"{NOTICE}-某县人民政府", f"<div><a href='/c'>评论</a></div><div class='t'>{NOTICE}</div>"),
        (f"{NOTICE} | 通知公告 | 某县", f"<h1><a href='/'>某县</a></h1><h2>{NOTICE}</h2>"),
        (f"{NOTICE}  某县门户网站", f"<h1>某县门户网站</h1><div>{NOTICE}</div>"),
        (f"某县人民政府网 - 通知公告 - {NOTICE}", f"<h1>某县人民政府网</h1><p>{NOTICE}</p>"),
        (NOTICE, f"<h1>通知公告</h1><p>{NOTICE[:9]}</p><p>{NOTICE[9:]}</p>"),
        (f"{NOTICE}_某网", "<h1><a href='https://www.example.gov.cn/index.html'>某县在线</a></h1>"),
        (f"{NOTICE}-某县新闻网", ""),
        (f"{NOTICE} 某县日报", ""),
    ],
)
def test_the_title_is_the_document_s_and_not_the_site_s(head: str, body: str) -> None:
    page = f"<html><head><title>{head}</title></head><body>{body}{PROSE}</body></html>"
    assert document_of(page).metadata.title == NOTICE


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("某县灌溉规划——2025年的任务", "某县灌溉规划——2025年的任务"),
        ("甲-乙两地灌溉规划（2021-2025年）", "甲-乙两地灌溉规划（2021-2025年）"),
        ("关于建设全县一张网", "关于建设全县一张网"),
    ],
)
def test_a_dash_in_a_title_is_no_end(head: str, title: str) -> None:
    page = f"<html><head><title>{head}</title></head><body><h1>{head}</h1>{PROSE}</body></html>"
    assert document_of(page).metadata.title == title


@pytest.mark.parametrize(
    ("byline", "source", "published"),
    [
        ("<span>来源：某网</span><span>浏览次数：<em>-</em></span>", "某网", None),
        ("<span>来源：<a>某网</a></span><span>|</span><span>字体</span>", "某网", None),
        ("来源：某县水务局|浏览次数：3", "某县水务局", None),
        ("来源：某县水务局阅读次数：3", "某县水务局", None),
        ("发布日期：2024-05-06来源：某县水务局【字体：大】", "某县水务局", "2024-05-06"),
        ("<span>2024-05-06 08:30</span> <span>来源：某报</span>", "某报", "2024-05-06"),
        ("稿源：<span>某县</span><span>融媒体中心</span>", "某县融媒体中心", None),
        ("2024-05-06 08:30:00", None, "2024-05-06"),
        ("2024年5月6日", None, None),
    ],
)
def test_fields_below_a_title(byline: str, source: str | None, published: str | None) -> None:
    page = f"<html><body><h1>{NOTICE}</h1><div>{byline}</div>{PROSE}</body></html>"
    metadata = document_of(page).metadata
    assert (metadata.source, metadata.published) == (source, published)


def test_fields_of_other_names_do_not_divide_a_form() -> None:
    form = "".join(
        f"<div><label>{label}:</label><span>{value}</span></div>"
        for label, value in {"索引号": "K2/2021", "栏目": "综合", "发布机构": "某县", "文号": "某府〔2021〕3号"}.items()
    )
    page = f"<html><body><div>{form}</div><h1>{NOTICE}</h1>{PROSE}</body></html>"
    assert read(page).overrides == {"index_number": "K2/2021", "issuers": "某县", "number": "某府〔2021〕3号"}


@pytest.mark.parametrize(
    "footer",
    [
        "<table><tr><td>打印 关闭</td></tr></table><p>安全隐私 丨 版权保护 丨 联系我们</p><p>中国·某县 版权所有 中文网址：某县</p>",
        "<p>主办：某县人民政府办公室</p><p>本网站由某县人民政府办公室主办，某县大数据中心承办。</p><p>网站标识码：4100000000</p>",
        f"<div>凡本网注明来源的作品，均转载自其他媒体，{LONG}。</div><div>Copyright © 2024 某网</div>",
        f"<div>地址：某路1号 {LONG} 版权所有 网站地图</div><div>建议使用某某浏览器访问本站。版权所有。</div>",
    ],
)
def test_a_footer_of_any_length_is_left_out(footer: str) -> None:
    page = f"<html><body><h1>{NOTICE}</h1>{PROSE}<p>某县人民政府</p>{footer}</body></html>"
    assert texts(page)[-2:] == ["为做好编制工作，现就有关事项通知如下。", "某县人民政府"]


@pytest.mark.parametrize(
    "last",
    [
        "<p>网站应当公布ICP备案编号。</p>",
        "<p>联系人：某某，联系电话：000</p>",
        "<p>未经许可，任何单位不得转载。</p>",
        "<p>版权保护</p>",
    ],
)
def test_a_document_that_speaks_of_such_things_is_kept(last: str) -> None:
    page = f"<html><body><h1>{NOTICE}</h1>{PROSE}{last}</body></html>"
    assert len(texts(page)) == 4


def test_a_page_of_nothing_but_site_notes_is_kept() -> None:
    assert texts("<p>本网站由某县主办，版权所有。</p>") == ["本网站由某县主办，版权所有。"]
