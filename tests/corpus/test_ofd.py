"""OFD files: letters as offices write them, tables, templates, broken lines, and files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from ofds import grid, ofd, rule, text
from zhengce.corpus.document import Document
from zhengce.corpus.document_reader import document
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.files import Source
from zhengce.corpus.formats import ofd as reader
from zhengce.corpus.limits import DEFAULT_LIMITS, Limits

LETTER = (
    text(60, 21, "某某市商务局文件", 9, "g 7 9"),
    text(80, 54, "某商函〔2024〕7号", deltas="g 9 5.6"),
    text(60, 72, "关于同意设立口岸物流中心的批复", 7.7),
    text(28, 94, "市口岸物流办："),
    text(39.2, 104, "你办《关于设立口岸物流中心的请示》收悉。现批复如"),
    text(28, 114, "下：同意设立，降低物流成本，"),
    text(28, 124, "提高通关效率。"),
    text(130, 144, "某某市商务局"),
    text(130, 154, "2024年3月8日"),
)


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    path = Path("函.ofd")
    return document(Source("函", path), reader.extract(path, data, None, limits))


def lines(*objects: str, **options: str) -> list[str]:
    found = reader.extract(Path("函.ofd"), ofd("".join(objects), **options), None, DEFAULT_LIMITS).lines  # type: ignore[arg-type]
    return [line.text.strip() for line in found if line.text.strip()]


def test_a_letter_is_read_with_what_its_head_and_foot_say() -> None:
    found = read(ofd("".join(LETTER)))
    metadata = found.metadata
    assert metadata.title == "关于同意设立口岸物流中心的批复"
    assert (str(metadata.number), metadata.date, metadata.issuers) == (
        "某商函〔2024〕7号",
        "2024-03-08",
        ("某某市商务局",),
    )
    bodies = [passage.text for passage in found.passages if passage.kind == "paragraph"]
    assert "你办《关于设立口岸物流中心的请示》收悉。现批复如下：同意设立，降低物流成本，提高通关效率。" in bodies
    assert {passage.page for passage in found.passages} == {1}


def test_a_line_in_many_pieces_is_one_line_in_the_order_of_the_page() -> None:
    pieces = [text(28 + 5.6 * place, 50, each) for place, each in enumerate("落实涵洞下穿")]
    assert lines(*reversed(pieces)) == ["落实涵洞下穿"]


@pytest.mark.parametrize("deltas", ["5.6 5.6 5.6", "g 3 5.6", "g 2 5.6 5.6", "5.6", None])
def test_distances_are_read_in_each_form(deltas: str | None) -> None:
    assert lines(text(28, 50, "物流成本", deltas=deltas), text(28 + 4 * 5.6, 50, "降低")) == ["物流成本降低"]


def test_characters_far_apart_in_one_object_are_cells() -> None:
    found = lines(
        grid((20, 60, 100), (40, 50, 60)),
        text(22, 42, "项目数量", deltas="5.6 34.4 5.6"),
        text(22, 52, "班列3", deltas="5.6 34.4"),
    )
    assert found == ["项目\t数量", "班列\t3"]


def test_blocks_templates_and_both_namespaces_are_read() -> None:
    block = f'<ofd:PageBlock ID="5"><ofd:PageBlock ID="6">{text(28, 60, "块中之块")}</ofd:PageBlock></ofd:PageBlock>'
    found = lines(block, template=text(60, 21, "某某市商务局文件", 9), space="http://www.ofdspec.org")
    assert found == ["某某市商务局文件", "块中之块"]


def test_what_is_not_shown_is_not_read() -> None:
    assert lines(text(28, 50, "可见"), text(28, 60, "不可见", Visible="false")) == ["可见"]


def test_an_object_is_placed_by_its_matrix() -> None:
    moved = text(0, 0, "上行", CTM="1 0 0 1 28 40")
    larger = text(28, 60, "下行", 2.8, CTM="2 0 0 2 0 0")
    assert lines(larger, moved) == ["上行", "下行"]


def test_text_without_a_size_is_read() -> None:
    assert lines(text(28, 50, "物流成本").replace('Size="5.6" ', "")) == ["物流成本"]


def test_slanting_text_is_a_watermark() -> None:
    found = read(ofd("".join([*LETTER, text(60, 150, "内部资料", 20, CTM="0.7 0.7 -0.7 0.7 0 0")])))
    assert [passage.text for passage in found.passages if passage.kind == "furniture"] == ["内部资料"]


def test_what_cannot_be_read_is_said() -> None:
    signed = ofd("".join(LETTER), "", parts={"OFD.xml": _with_seals()})
    warnings = read(signed).warnings
    assert any("seals and signatures" in each for each in warnings)
    assert any("no text on page 2" in each for each in warnings)


def _with_seals() -> str:
    body = "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>"
    return f"<ofd:OFD><ofd:DocBody>{body}</ofd:DocBody></ofd:OFD>"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7", "damaged"),
        (ofd("", ""), "has no text"),
        (ofd(rule(10, 10, 50, 0)), "has no text"),
        (ofd(LETTER[0], parts={"OFD.xml": "<ofd:OFD><ofd:DocBody></ofd:DocBody></ofd:OFD>"}), "names no document"),
        (ofd(LETTER[0], parts={"Encryptions.xml": "<ofd:Encryptions></ofd:Encryptions>"}), "is encrypted"),
        (ofd(LETTER[0], parts={"Doc_0/Document.xml": "<ofd:Document></ofd:Documen>"}), "not well-formed"),
    ],
    ids=["no archive", "empty", "rules only", "no root", "encrypted", "bad XML"],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read(data)


def test_more_pages_than_the_limit_are_refused() -> None:
    with pytest.raises(DocumentError, match="2 pages, more than 1"):
        read(ofd(LETTER[0], LETTER[1]), Limits(pages=1))
