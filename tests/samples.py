"""A sample file of each format, made for tests."""

from __future__ import annotations

import io
import zipfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from ofds import ofd, text
from pdfs import DrawnPage, pdf
from wordfile import paragraph, word_file

TEXT = """# 关于开行中欧班列的通知

渝府办发〔2022〕86号

各区县人民政府：

一、总体要求

（一）质量第一。2025 年開行班列1000列^{1}，

降低物流成本；　　“通达四方”…

| 项目 | 数量 |
|---|---|
| 班列 | 1000 |

第一条　为了规范口岸管理，制定本办法。

—1—

1. 见附件。

重庆市人民政府

2022年7月26日
"""
HTML = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知</title><meta name="PubDate" content="2022-07-26">'
    '<style>p { color: red }</style></head><body><div class="nav"><a href="/">首页</a></div><div id="UCAP-CONTENT">'
    "<h1>关于开行中欧班列的通知</h1><p>渝府办发〔2022〕86号</p><p style='text-align:center'>各区县：&nbsp;&#x4e2d;</p>"
    "<table><tr><td rowspan=2>项目</td><td colspan='2'>数量</td></tr><tr><td>班列</td></tr></table>"
    "<ol><li>一、总体要求<ul><li>质量第一</li></ul></ol><!-- 注 --><script>var a = '<p>';</script></div></body></html>"
)
XML = (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE rss [<!ENTITY a "开行班列">]><rss version="2.0"><channel>'
    "<title>政策</title><item><title>通知</title><pubDate>Tue, 26 Jul 2022 08:00:00 GMT</pubDate>"
    "<description><![CDATA[<p>开行班列。</p>]]></description></item><item><title>&a;</title></item></channel></rss>"
)


def web_archive() -> bytes:
    archive = MIMEMultipart("related")
    archive["Subject"] = "通知"
    archive.attach(MIMEText(HTML, "html", "utf-8"))
    archive.attach(MIMEText("开行班列。", "plain", "gbk"))
    return archive.as_bytes()


def word_document() -> bytes:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('项目')}</w:tc><w:tc>{paragraph('数量')}</w:tc></w:tr></w:tbl>"
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:pStyle w:val="a"/>'
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    numbers = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    return word_file(
        paragraph("关于开行中欧班列的通知") + table + paragraph("总体要求", numbered) + paragraph("2022年7月26日"),
        {
            "numbering": ("w:numbering", f'{numbers}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'),
            "styles": ("w:styles", '<w:style w:styleId="a"><w:basedOn w:val="b"/><w:outlineLvl w:val="0"/></w:style>'),
            "footnotes": ("w:footnotes", f'<w:footnote w:id="1">{paragraph("注")}</w:footnote>'),
        },
    )


def pages() -> bytes:
    page = DrawnPage().lines(90, 750, TEXT.replace("#", "").split()).grid((90, 200, 300), (100, 130, 160))
    return pdf(page.text(100, 110, "班列").picture(), DrawnPage(rotate=90).text(90, 700, "开行班列，通达四方。"))


def archive(**members: str) -> bytes:
    """Return a ZIP archive; ``_`` in the names stands for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, text in members.items():
            written.writestr(name.replace("_", "."), text)
    return out.getvalue()


SAMPLES = {
    "text": TEXT.encode(),
    "Markdown": TEXT.encode(),
    "HTML": HTML.encode(),
    "MHTML": web_archive(),
    "XML": XML.encode(),
    "DOCX": word_document(),
    "DOC": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "WPS": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "RTF": rb"{\rtf1\ansi\pard\b x\b0\par}",
    "ODT": archive(mimetype="application/vnd.oasis.opendocument.text", content_xml="<office:document-content/>"),
    "UOF": b'<?xml version="1.0"?><uof:UOF/>',
    "OFD": ofd(text(28, 50, "开行中欧班列。")),
    "PDF": pages(),
}
"""By the names of the formats. LibreOffice converts those between DOCX and PDF; tests put a file in its place."""
