"""The catalogues: every sentence has a translation with the same placeholders, and nothing stands in them that is not said."""

from __future__ import annotations

import io
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from catalogue import CLICK, catalogues, read, template
from zhengce.cli.language.choice import languages

CATALOGUES = list(catalogues())
IDS = [path.parts[-3] for path in CATALOGUES]
HALF_WIDTH_MARK = re.compile(r"[\u4e00-\u9fff] ?[,;:!](?:\s|$)|[\u4e00-\u9fff]\.(?:\s|$)")


@pytest.fixture(scope="module")
def source() -> Catalog:
    return template()


def entries(catalog: Catalog) -> list[Message]:
    return [entry for entry in catalog if entry.id]


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def key(entry: Message) -> tuple[str | None, str]:
    return entry.context, forms(entry.id)[0]


def placeholders(text: str) -> set[str]:
    """Return the names of the placeholders of a template, which may have a format; braces of other texts are none."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        return set()


def test_there_is_one_for_each_language() -> None:
    assert tuple(IDS) == languages()
    assert "zh_CN" in IDS


@pytest.mark.parametrize("path", CATALOGUES, ids=IDS)
def test_every_sentence_is_translated(path: Path, source: Catalog) -> None:
    there = {key(entry): entry for entry in entries(read(path))}
    missing = [key(entry) for entry in entries(source) if key(entry) not in there]
    empty = [key(entry) for entry in there.values() if not all(forms(entry.string))]
    assert (missing, empty) == ([], []), "run `make catalogues`, and translate what is new"


@pytest.mark.parametrize("path", CATALOGUES, ids=IDS)
def test_nothing_is_fuzzy_or_unused(path: Path, source: Catalog) -> None:
    said = {key(entry) for entry in entries(source)}
    catalog = read(path)
    assert [key(entry) for entry in entries(catalog) if entry.fuzzy] == []
    # Versions of Click differ in what they say.
    unused = [key(entry) for entry in entries(catalog) if key(entry) not in said and CLICK not in entry.auto_comments]
    assert unused == []
    assert not catalog.obsolete


@pytest.mark.parametrize("path", CATALOGUES, ids=IDS)
def test_placeholders_are_those_of_the_source(path: Path) -> None:
    for entry in entries(read(path)):
        for form in forms(entry.string):
            assert placeholders(form) in [placeholders(text) for text in forms(entry.id)], entry.id


@pytest.mark.parametrize("path", CATALOGUES, ids=IDS)
def test_it_is_compiled_as_it_is(path: Path) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read(path))
    assert path.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run `make catalogues`"


def test_chinese_has_marks_of_full_width() -> None:
    (path,) = [path for path in CATALOGUES if path.parts[-3] == "zh_CN"]
    wrong = [form for entry in entries(read(path)) for form in forms(entry.string) if HALF_WIDTH_MARK.search(form)]
    assert wrong == []
