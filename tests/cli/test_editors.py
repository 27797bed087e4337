"""Which program opens a file, and how it takes the line or the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from zhengce.cli.editors import OpeningError, command
from zhengce.corpus.model import Metadata, Passage
from zhengce.index.model import IndexedDocument

PARAGRAPH = Passage(3, "paragraph", (), ((46, 48),), "正文")
ON_PAGE = Passage(3, "paragraph", (), ((46, 48),), "正文", 7)


def opened(tmp_path: Path, format_: str, passage: Passage | None, **variables: str) -> list[str]:
    file = tmp_path / "file"
    file.touch()
    document = IndexedDocument("a", Metadata("题"), 0, 9, 99, format=format_)
    return [each.replace(str(file), "FILE") for each in command(document, passage, file, variables)]


@pytest.mark.parametrize(
    ("editor", "arguments"),
    [
        ("vim", ["+46", "FILE"]),
        ("/usr/bin/nano -w", ["-w", "+46", "FILE"]),
        ("less", ["+46g", "FILE"]),
        ("code --wait", ["--wait", "--goto", "FILE:46"]),
        ("hx", ["FILE:46"]),
        ("kate", ["--line", "46", "FILE"]),
        ("unheard-of", ["FILE"]),
    ],
)
def test_an_editor_takes_the_first_line(editor: str, arguments: list[str], tmp_path: Path) -> None:
    assert opened(tmp_path, "text", PARAGRAPH, EDITOR=editor)[1:] == arguments


@pytest.mark.parametrize(
    ("viewer", "arguments"),
    [
        ("evince", ["--page-index=7", "FILE"]),
        ("okular", ["--page", "7", "FILE"]),
        ("zathura", ["--page=7", "FILE"]),
        ("mupdf", ["FILE", "7"]),
        ("qpdfview", ["FILE#7"]),
        ("unheard-of", ["FILE"]),
    ],
)
def test_a_viewer_takes_the_page(viewer: str, arguments: list[str], tmp_path: Path) -> None:
    assert opened(tmp_path, "PDF", ON_PAGE, PDFVIEWER=viewer)[1:] == arguments


@pytest.mark.parametrize(
    ("format_", "program"),
    [("text", "visual"), ("Markdown", "visual"), ("PDF", "viewer"), ("HTML", "desktop"), ("Word", "desktop")],
)
def test_each_format_has_its_program(format_: str, program: str, tmp_path: Path) -> None:
    desktop = tmp_path / "xdg-open"
    desktop.touch(0o755)
    programs = {"VISUAL": "visual", "EDITOR": "editor", "PDFVIEWER": "viewer", "PATH": str(tmp_path)}
    expected = str(desktop) if program == "desktop" else program
    assert opened(tmp_path, format_, None, **programs) == [expected, "FILE"]
    # The same without the variables.
    assert opened(tmp_path, format_, None, PATH=str(tmp_path), EDITOR=" ")[0] == str(desktop)


@pytest.mark.parametrize(
    ("format_", "advice"), [("text", "Set EDITOR"), ("PDF", "Set PDFVIEWER"), ("HTML", "xdg-open")]
)
def test_without_a_program_it_says_what_to_set(format_: str, advice: str, tmp_path: Path) -> None:
    with pytest.raises(OpeningError, match=advice):
        opened(tmp_path, format_, None, PATH=str(tmp_path))


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(OpeningError, match="cannot be read as a command"):
        opened(tmp_path, "text", None, EDITOR="vim '")
    document = IndexedDocument("a", Metadata("题"), 0, 9, 99, format="text")
    with pytest.raises(OpeningError, match="does not exist any more"):
        command(document, None, tmp_path / "gone", {"EDITOR": "vim"})
