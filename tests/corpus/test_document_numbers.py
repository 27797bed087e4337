"""Numbers of documents, as their texts have them: red heads, orders, announcements, laws, tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluator import ReferenceEvaluator, documents_of
from zhengce.corpus.document_reader import read_document
from zhengce.corpus.files import Source
from zhengce.corpus.model import DocumentNumber
from zhengce.index import build_corpus, document_record, open_corpus

BODY = "各区县人民政府：\n\n　　现将有关事项通知如下，请认真执行。\n\n青山市人民政府\n\n2023年3月5日\n"


def number(tmp_path: Path, text: str, name: str = "a.txt") -> str | None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = read_document(Source(path.stem, path)).metadata.number
    return str(found) if found else None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "青山市人民政府文件\n\n青 政 发〔2023〕12号　　签发人：张某某\n\n青山市人民政府关于班列的请示",
            "青政发〔2023〕12号",
        ),
        ("机密★一年　特急\n\n青政发﹝２０２３﹞１２ 号\n\n青山市人民政府关于班列的通知", "青政发〔2023〕12号"),
        ("青山市人民政府关于班列的通知\n\n（青政发〔2023〕12号）", "青政发〔2023〕12号"),
        ("青山市人民政府令\n\n第 359 号\n\n青山市班列管理办法", "青山市人民政府令第359号"),
        ("财政部 税务总局\n\n关于班列的公告\n\n财政部 税务总局公告2023年第12号", "财政部　税务总局公告2023年第12号"),
        ("海关总署公告2023年第12号（关于班列的公告）", "海关总署公告2023年第12号"),
        (
            "青山市班列条例\n\n青山市班列条例青山市人民代表大会常务委员会公告第18号",
            "青山市人民代表大会常务委员会公告第18号",
        ),
        ("青山市人民政府关于班列的意见\n\n青山市人民政府关于班列的意见青政发〔2023〕12号", "青政发〔2023〕12号"),
        ("青山市人民政府關於班列的通知\n\n青政發〔2023〕12號", "青政发〔2023〕12号"),
        ("青山市人民政府关于班列的通知\n\n2023年5月6日 青政发[2023]12号", "青政发〔2023〕12号"),
        ("青山市人民政府关于班列的通知\n\n根据国家税务总局公告2023年第5号，通知如下。", None),
    ],
)
def test_numbers_in_the_heads_of_texts(tmp_path: Path, head: str, expected: str | None) -> None:
    assert number(tmp_path, f"{head}\n\n{BODY}") == expected


def test_a_wrapped_citation_is_no_number(tmp_path: Path) -> None:
    text = "青山市物流规划\n\n　　符合《青山市物流枢纽布局与建设规划》\n（青政办发〔2021〕64号）\n规定条件的项目，可以申请。\n"
    assert number(tmp_path, text) is None


@pytest.mark.parametrize(
    ("name", "notes", "expected"),
    [
        ("条例.md", "2017年10月7日 国务院令第687号公布", "国务院令第687号"),
        ("条例(2017-10-15).md", "2017年10月7日 国务院令第687号公布", "国务院令第687号"),
        ("条例(2023-07-20).md", "2017年10月7日 国务院令第687号公布", None),
        ("条例.md", "2017年10月7日 国务院令第687号公布\n\n2023年7月20日 《国务院关于修改条例的决定》修订", None),
        ("条例.md", "2017年10月7日 国务院令第687号公布\n\n2023年7月20日 国务院令第760号修订", "国务院令第760号"),
    ],
)
def test_the_number_of_a_law_is_that_of_its_version(
    tmp_path: Path, name: str, notes: str, expected: str | None
) -> None:
    text = f"# 青山条例\n\n{notes}\n\n<!-- INFO END -->\n\n第一条 为了发展物流，制定本条例。\n"
    assert number(tmp_path, text, name) == expected


def test_the_table_of_a_page_is_believed(tmp_path: Path) -> None:
    page = """<html><body><table><tr><td>索 引 号：</td><td>000/2018-1</td><td>发文字号：</td><td>国令第707号</td></tr>
    <tr><td>发文机关：</td><td>国务院</td><td>成文日期：</td><td>2018年12月18日</td></tr></table>
    <p>青山条例</p><p>第一条　为了规范管理工作，根据有关法律，制定本条例。</p></body></html>"""
    assert number(tmp_path, page, "a.html") == "国令第707号"


def test_what_is_no_number_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BODY, encoding="utf-8")
    found = read_document(Source("a", path, overrides={"number": "第三批"}))
    assert found.metadata.number is None
    assert any("第三批" in warning for warning in found.warnings)


def test_numbers_are_kept_and_found(tmp_path: Path) -> None:
    folder = tmp_path / "laws"
    folder.mkdir()
    for name, head in (
        ("law", "中华人民共和国主席令（第十五号）"),
        ("notice", "青政发〔2023〕15号"),
        ("other", "青山市"),
    ):
        (folder / f"{name}.txt").write_text(f"{head}\n\n青山市关于班列的通知\n\n{BODY}", encoding="utf-8")
    build_corpus(tmp_path / "home", name="laws", paths=[folder])
    corpus = open_corpus(tmp_path / "home", name="laws")
    kept = corpus.document("law").metadata.number
    assert kept == DocumentNumber("中华人民共和国主席", None, 15, "order", "十五")
    assert document_record(corpus.document("law"))["number"] == "中华人民共和国主席令第十五号"
    for query, found in (
        ("number:主席令第十五号", {"law"}),
        ("number:主席令第15号", {"law"}),
        ("number:15号", {"law", "notice"}),
        ("-number:号", {"other"}),
    ):
        hits = corpus.search(query)
        assert {hit.document.id for hit in hits} == found
        expected = ReferenceEvaluator(documents_of(corpus), corpus._segmenter.cut).answers(corpus.parse(query).root)
        assert len(hits) == len(expected)
