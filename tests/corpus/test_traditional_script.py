"""Texts in traditional script."""

from __future__ import annotations

from pathlib import Path

import pytest
from zhengce.corpus.document import Document
from zhengce.corpus.document_reader import read_documents
from zhengce.corpus.files import Source
from zhengce.corpus.notation.document_numbers import find_document_number, is_number_line
from zhengce.corpus.text.traditional_script import OriginalScript, is_traditional, simplified

TITLE = "省人民政府辦公廳關於進一步優化營商環境的若干意見"
BODY = """各市、州、縣人民政府,省政府各部門:

為深入貫徹關於優化營商環境的決策部署,結合我省實際,提出如下意見。

一、總體要求

(一)提高市場開放程度。全面實施準入制度,一律開放。

省人民政府辦公廳

二○一八年七月二十八日
"""


def read(folder: Path, text: str) -> Document:
    path = folder / "某頁.txt"
    path.write_text(text, encoding="utf-8")
    (document,) = read_documents(Source(path.stem, path))
    return document


def test_a_text_in_traditional_script_is_read_as_others_are(tmp_path: Path) -> None:
    document = read(tmp_path, f"省人民政府辦公廳\n關於進一步優化營商環境的若干意見\n青政發〔2018〕26號\n{BODY}")
    found = document.metadata
    assert (found.title, found.date) == (TITLE, "2018-07-28")
    assert found.issuers == ("省人民政府辦公廳",)
    assert str(found.number) == "青政发〔2018〕26号"
    kinds = {passage.text: passage.kind for passage in document.passages}
    assert (kinds[TITLE], kinds["青政發〔2018〕26號"], kinds["省人民政府辦公廳"]) == ("title", "byline", "byline")


def test_every_character_of_the_text_stays(tmp_path: Path) -> None:
    text = f"{TITLE}\n青政發〔2018〕26號\n{BODY}"
    document = read(tmp_path, text)
    assert "".join("".join(passage.text.split()) for passage in document.passages) == "".join(text.split())


def test_sections_are_in_the_script_of_the_text(tmp_path: Path) -> None:
    document = read(tmp_path, f"{TITLE}\n青政發〔2018〕26號\n{BODY}")
    (passage,) = (passage for passage in document.passages if passage.text.startswith("(一)"))
    assert passage.section == ("一、總體要求", "(一)提高市場開放程度")


LAW = """青山市計量監督條例

(2019年3月4日青山市人民代表大會常務委員會第二次會議通過)

第一章　總則
第一條　為了加強計量監督,保障國家計量單位制的統一,制定本條例。
第二條　本條例自2019年5月1日起施行。
附件1
計量單位表
"""
VOLUME = "".join(
    f"{number}. 青山市人民政府關於印發{name}方案的通知（2023年3月{number}日）\n各部門：\n現將方案印發給你們，請貫徹執行。\n附件：{name}方案\n"
    for number, name in enumerate(("物流", "招商", "會務"), start=1)
)


@pytest.mark.parametrize("text", [LAW, VOLUME, f"{TITLE}\n青政發〔2018〕26號\n{BODY}"], ids=["law", "volume", "notice"])
def test_a_text_is_read_alike_in_both_scripts(tmp_path: Path, text: str) -> None:
    paths = tmp_path / "traditional.txt", tmp_path / "simplified.txt"
    for path, written in zip(paths, (text, simplified(text)), strict=True):
        path.write_text(written, encoding="utf-8")
    traditional, plain = (read_documents(Source("某文", path)) for path in paths)
    assert len(traditional) == len(plain)
    for one, other in zip(traditional, plain, strict=True):
        assert [(each.kind, simplified(each.text), tuple(map(simplified, each.section))) for each in one.passages] == [
            (each.kind, each.text, each.section) for each in other.passages
        ]
        assert all(heading in text for each in one.passages for heading in each.section)
        assert (simplified(one.metadata.title), one.metadata.date) == (other.metadata.title, other.metadata.date)
        assert tuple(map(simplified, one.metadata.issuers)) == other.metadata.issuers
        assert one.metadata.title in text.replace("\n", "")


def test_labels_in_traditional_script_state_the_fields(tmp_path: Path) -> None:
    title = "青山縣人民政府辦公室轉發物流局關於貨運的意見的通知"
    head = f"首 頁 > 信息公開 > 正文\n\n{title}\n\n發布時間:2019-02-25 16:32 來源:青山縣人民政府\n"
    labels = (
        f"索 引 號 116-2019 成文日期 2019-02-25\n發布機構 青山縣人民政府 名  稱 {title}\n文  號 青政辦發〔2019〕9號\n"
    )
    document = read(tmp_path, head + labels + BODY)
    found = document.metadata
    assert (found.title, str(found.number)) == (title, "青政办发〔2019〕9号")
    assert (found.issuers, found.source) == (("青山縣人民政府辦公室",), "青山縣人民政府")
    assert (found.index_number, found.published, document.origins["number"]) == ("116-2019", "2019-02-25", "page")


@pytest.mark.parametrize("text", ["鄂政發〔2018〕26號", "國辦公開辦函〔2019〕61號", "文號：周政〔2011〕53號"])
def test_numbers_in_traditional_script_are_kept_in_simplified_script(text: str) -> None:
    assert is_number_line(text)
    assert find_document_number(text) == find_document_number(simplified(text)) is not None


def test_single_words_make_no_text_traditional() -> None:
    assert is_traditional(BODY)
    assert not is_traditional(simplified(BODY))
    assert not is_traditional("《國語》云，" + "其余文字都是简化字，共有三十多个字，以此说明文字的来历与变化。" * 5)


def test_a_part_is_given_back_with_its_own_spaces() -> None:
    script = OriginalScript("國務院 辦公廳文件")
    assert script.restored("国务院办公厅") == "國務院辦公廳"
    assert script.restored("办公厅 文件") == "辦公廳 文件"
    assert script.restored("市政府") == "市政府"
