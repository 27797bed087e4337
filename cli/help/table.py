"""The table of topics, the pages of `zhengce help`. Each is a Markdown file whose heading says what it is about."""

from __future__ import annotations

from pathlib import Path

from ..language.translation import spoken

FOLDER = Path(__file__).parent / "topics"

NAMES = ("query", "browse", "index", "formats", "export", "cite", "json", "config", "python")
"""The topics in the order in which they are listed. Those named as a command are go before the command's options."""


def read_topic(name: str) -> str:
    """Return the Markdown of a topic, in the language of the reader if it has been written in that."""
    there = FOLDER / spoken() / f"{name}.md"
    return (there if there.is_file() else FOLDER / f"{name}.md").read_text(encoding="utf-8")


def about(name: str) -> str:
    """Return in a few words what a topic is about, which its heading says."""
    return read_topic(name).partition("\n")[0].removeprefix("# ")
