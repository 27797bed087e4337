"""Origins: where each field of a document comes from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from zhengce.corpus.document_reader import document, read_document
from zhengce.corpus.extraction import ExtractedText, SourceLine
from zhengce.corpus.files import Source
from zhengce.corpus.metadata.origins import decoded, encoded
from zhengce.corpus.sources.bundled import FOLDER, catalogued_sources

NOTICE = (
    "关于开行班列的通知\n\n渝府办发〔2022〕86号\n\n各区县人民政府：\n\n开行班列。\n\n重庆市人民政府\n\n2022年7月26日"
)
PLAIN = "开行班列，发展开放型经济。"


def origins(
    text: str,
    name: str = "文件",
    *,
    page: Mapping[str, str] | None = None,
    properties: Mapping[str, str] | None = None,
    catalogue: Mapping[str, str] | None = None,
    sidecar: Mapping[str, str] | None = None,
) -> dict[str, str]:
    lines = tuple(SourceLine(number, line) for number, line in enumerate(text.splitlines(), start=1))
    extracted = ExtractedText(lines, overrides=page or {}, defaults=properties or {})
    source = Source("a", Path(f"{name}.txt"), catalogue or {}, sidecar or {})
    return dict(document(source, extracted).origins)


def test_what_the_text_says_comes_from_the_text() -> None:
    assert origins(NOTICE) == dict.fromkeys(("title", "number", "date", "issuers", "signed"), "text")


def test_what_the_name_of_the_file_fills_in_comes_from_it() -> None:
    assert origins(PLAIN, "班列_20220726") == {"title": "name", "date": "name"}
    assert origins(NOTICE, "班列_20220726")["date"] == "text"
    assert origins(PLAIN, "班列") == {"title": "name"}


@pytest.mark.parametrize(
    ("stated", "origin"),
    [
        ({"page": {"date": "2020-01-02"}}, "page"),
        ({"page": {"date": "2022-07-26"}}, "page"),
        ({"page": {"date": "不详"}}, "text"),
        ({"page": {"date": ""}}, "text"),
        ({"properties": {"date": "2020-01-02"}}, "text"),
        ({"catalogue": {"date": "2020-01-02"}}, "text"),
        ({"sidecar": {"date": "2020-01-02"}}, "sidecar"),
        ({"sidecar": {"date": "2022-07-26"}, "page": {"date": "2020-01-02"}}, "sidecar"),
    ],
)
def test_what_is_stated_outside_the_text_comes_from_there(stated: dict[str, dict[str, str]], origin: str) -> None:
    found = origins(NOTICE, **stated)
    assert found["date"] == origin
    assert found["title"] == "text"


@pytest.mark.parametrize("field", ["title", "date", "region"])
def test_a_catalogue_goes_before_the_properties_of_a_file(field: str) -> None:
    said = {field: "2020"}
    assert origins(PLAIN, properties=said)[field] == "properties"
    assert origins(PLAIN, catalogue=said)[field] == "catalogue"
    assert origins(PLAIN, properties=said, catalogue=said)[field] == "catalogue"


def test_the_bundled_documents_have_regions_from_their_catalogue() -> None:
    for source in catalogued_sources(FOLDER):
        found = read_document(source)
        assert found.origins["title"] == "text"
        assert {found.origins[name] for name in source.defaults if name in ("genre", "region")} == {"catalogue"}
        assert set(found.origins) == {name for name in found.origins if getattr(found.metadata, name)}, (
            "only fields with a value have one"
        )


def test_origins_are_kept_as_letters() -> None:
    said = origins(NOTICE, sidecar={"region": "重庆"}, page={"index_number": "1"})
    assert decoded(encoded(said)) == said  # type: ignore[arg-type]
    assert decoded("") == {}
