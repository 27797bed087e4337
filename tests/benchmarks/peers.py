"""Peers: what a user would pick instead, each asked as its own users ask it."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import sqlite3
import subprocess
from importlib import metadata, util
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol

from texts import Texts

Unit = Literal["spans", "passages", "files"]


class Tool(Protocol):
    """A tool that is asked. ``ask`` is timed: it must find everything there is, not only the best."""

    name: str
    unit: Unit
    """What it finds, and what its recall and precision are counted in."""
    how: str
    """How it is asked, in a few words."""

    def ask(self, term: str) -> Any:
        """Find everything that holds a term."""

    def found(self, answer: Any) -> set[Any]:
        """Return what an answer names: passages or files by their places in the texts, spans with their passages."""


class Peer(Tool, Protocol):
    """A tool that somebody else made, with an index of its own or none."""

    key: str
    indexes: bool

    def version(self) -> str | None:
        """Return the installed version, None where it is not installed."""

    def build(self, texts: Texts, folder: Path) -> None:
        """Index the texts in a folder."""

    def open(self, texts: Texts, folder: Path) -> None:
        """Open the index for asking."""


class Ripgrep(Peer):
    """ripgrep over the files: it has no index, and knows lines, not paragraphs."""

    key, name, unit = "ripgrep", "ripgrep", "files"
    how, indexes = "rg -F -c over the same files, a process for each term", False

    def version(self) -> str | None:
        return _printed("rg", "--version").removeprefix("ripgrep ") if shutil.which("rg") else None

    def build(self, texts: Texts, folder: Path) -> None:
        pass

    def open(self, texts: Texts, folder: Path) -> None:
        self._folder = texts.folder
        self._places = {str(path): place for place, path in enumerate(texts.files)}

    def ask(self, term: str) -> bytes:
        command = ["rg", "--no-ignore", "-g", "*.md", "-g", "*.txt", "-F", "-c", "--", term, str(self._folder)]
        return subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout

    def found(self, answer: bytes) -> set[int]:
        paths = (line.rpartition(":")[0] for line in os.fsdecode(answer).splitlines())
        return {self._places[path] for path in paths if path in self._places}


class Recoll(Peer):
    """recoll, which finds files."""

    key, name, unit = "recoll", "recoll", "files"
    how, indexes = "recollq '\"term\"', a process for each term", True

    def version(self) -> str | None:
        if not (shutil.which("recollindex") and shutil.which("recollq")):
            return None
        printed = subprocess.run(["recollq", "-v"], capture_output=True, text=True, check=False)
        words = (printed.stdout + printed.stderr).split()
        return next((after for word, after in itertools.pairwise(words) if word == "Recoll"), "?")

    def build(self, texts: Texts, folder: Path) -> None:
        (folder / "recoll.conf").write_text(f"topdirs = {_quoted(texts.folder)}\nskippedNames =\nskippedPaths =\n")
        subprocess.run(["recollindex", "-c", str(folder), "-z"], capture_output=True, check=True)

    def open(self, texts: Texts, folder: Path) -> None:
        self._config = str(folder)
        self._places = {f"file://{path}": place for place, path in enumerate(texts.files)}

    def ask(self, term: str) -> bytes:
        command = ["recollq", "-c", self._config, "-n", "0", "-b", f'"{term}"']
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout

    def found(self, answer: bytes) -> set[int]:
        # It also finds folders, by their names: these are left out.
        return {self._places[url] for url in os.fsdecode(answer).splitlines() if url in self._places}


class Sqlite(Peer):
    """SQLite's full-text search with its trigram tokenizer, which knows no term of one or two characters."""

    key, name, unit = "sqlite", "SQLite FTS5 trigram", "passages"
    how, indexes = "all rowids of a phrase; finds no term under 3 characters", True

    def version(self) -> str | None:
        with contextlib.closing(sqlite3.connect(":memory:")) as database, contextlib.suppress(sqlite3.Error):
            database.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize='trigram')")
            return sqlite3.sqlite_version
        return None

    def build(self, texts: Texts, folder: Path) -> None:
        with contextlib.closing(sqlite3.connect(folder / "texts.sqlite")) as database:
            database.execute("CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='trigram')")
            rows = enumerate(texts.passages)
            database.executemany("INSERT INTO passages(rowid, text) VALUES (?, ?)", rows)
            database.commit()

    def open(self, texts: Texts, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "texts.sqlite")

    def ask(self, term: str) -> list[tuple[int]]:
        query = "SELECT rowid FROM passages WHERE passages MATCH ?"
        return self._database.execute(query, (f'"{term}"',)).fetchall()

    def found(self, answer: list[tuple[int]]) -> set[int]:
        return {ordinal for (ordinal,) in answer}


class Tantivy(Peer):
    """tantivy over pairs of characters as words (its own n-gram tokenizer gives them no positions, so no phrase of
    them is ever found), which know no term of one character."""

    key, name, unit = "tantivy", "tantivy bigrams", "passages"
    how, indexes = "all passages of a phrase of bigrams; finds no term under 2 characters", True
    _memory: ClassVar[int] = 128_000_000

    def version(self) -> str | None:
        return metadata.version("tantivy") if util.find_spec("tantivy") else None

    def _schema(self) -> Any:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("bigrams", stored=False, tokenizer_name="whitespace", index_option="position")
        builder.add_bytes_field("text", stored=True, indexed=False)
        builder.add_unsigned_field("ordinal", stored=True, indexed=False, fast=True)
        return builder.build()

    def build(self, texts: Texts, folder: Path) -> None:
        import tantivy

        writer = tantivy.Index(self._schema(), path=str(folder)).writer(self._memory)
        for ordinal, passage in enumerate(texts.passages):
            document = tantivy.Document()
            document.add_text("bigrams", " ".join(_bigrams(passage)))
            document.add_bytes("text", passage.encode())
            document.add_unsigned("ordinal", ordinal)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, texts: Texts, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        self._written = self._schema()
        self._searcher = tantivy.Index.open(str(folder)).searcher()

    def ask(self, term: str) -> list[tuple[int, Any]]:
        query, bigrams = self._tantivy.Query, _bigrams(term)
        if not bigrams:
            return []
        if len(bigrams) == 1:
            asked = query.term_query(self._written, "bigrams", bigrams[0])
        else:
            asked = query.phrase_query(self._written, "bigrams", [*bigrams])
        everything = self._searcher.num_docs
        in_order = self._tantivy.Order.Asc
        return self._searcher.search(asked, everything, count=False, order_by_field="ordinal", order=in_order).hits

    def found(self, answer: list[tuple[int, Any]]) -> set[int]:
        return {ordinal for ordinal, _ in answer}


class Textbook(Peer):
    """The recipe of many blog posts: Whoosh with the analyzer that comes with jieba."""

    key, name, unit = "textbook", "textbook Whoosh+jieba", "passages"
    how, indexes = "all passages of a quoted term, a passage a document", True

    def version(self) -> str | None:
        if not (util.find_spec("whoosh") and util.find_spec("jieba")):
            return None
        import whoosh

        return f"{whoosh.versionstring()}, {metadata.version('jieba')}"

    def build(self, texts: Texts, folder: Path) -> None:
        from jieba.analyse import ChineseAnalyzer
        from whoosh import fields, index

        schema = fields.Schema(ordinal=fields.STORED, text=fields.TEXT(stored=True, analyzer=ChineseAnalyzer()))
        writer = index.create_in(folder, schema).writer()
        for ordinal, passage in enumerate(texts.passages):
            writer.add_document(ordinal=ordinal, text=passage)
        writer.commit()

    def open(self, texts: Texts, folder: Path) -> None:
        from whoosh import index
        from whoosh.qparser import QueryParser

        opened = index.open_dir(folder)
        self._parser = QueryParser("text", opened.schema)
        self._searcher = opened.searcher()

    def ask(self, term: str) -> Any:
        return self._searcher.search(self._parser.parse(f'"{term}"'), limit=None)

    def found(self, answer: Any) -> set[int]:
        return {self._searcher.stored_fields(place)["ordinal"] for place in answer.docs()}

    def best(self, words: str, limit: int) -> list[str]:
        """Return the texts of the best passages for several words."""
        return [hit["text"] for hit in self._searcher.search(self._parser.parse(words), limit=limit)]

    def size(self, words: str) -> int:
        """Return the number of passages for several words."""
        return len(self._searcher.search(self._parser.parse(words), limit=None))


PEERS: tuple[type[Peer], ...] = (Ripgrep, Recoll, Sqlite, Tantivy, Textbook)


def _bigrams(text: str) -> list[str]:
    """Return the pairs of neighbouring characters, those with white space left out."""
    pairs = (text[at : at + 2] for at in range(len(text) - 1))
    return [pair for pair in pairs if not any(character.isspace() for character in pair)]


def _printed(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()[0]


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
