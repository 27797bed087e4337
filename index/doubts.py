"""Doubts: what may be wrong of what is said of the documents of a corpus, each with the command that mends it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from ..corpus.messages import in_context, listed, message
from ..corpus.metadata.origins import decoded
from ..corpus.metadata.text_metadata import NO_DATE
from ..corpus.metadata.version_dates import NAME_DISAGREES
from ..corpus.model import Metadata
from .indexing.corpora import CorpusDefinition
from .library import Corpus
from .model import IndexedDocument
from .storage.corrections import Corrections
from .storage.file_records import FileRecord, read_records
from .storage.generations import current

DoubtKind = Literal[
    "no date",
    "no issuer",
    "title",
    "dates",
    "same text",
    "long passage",
    "short passages",
    "private-use characters",
    "no document",
]

LONGEST_PASSAGE = 5_000
"""Characters; a longer passage may be several that were not parted."""

SHORTEST_PARAGRAPH = 2
"""Characters; where there are `FEWEST_SHORT` paragraphs so short, lines may have been taken for paragraphs."""

FEWEST_SHORT = 3

_SOURCE_LINE = re.compile(
    r"\s*(?:(?:信息|文章|稿件)?来源|作者|发布(?:时间|日期|机构|单位)|日期|时间|字号|浏览次数|当前位置)\s*[:：]"
    r"|\s*——\s*(?:19|20)\d\d年"
)
_SITE = re.compile(
    r".*(?:网站|门户|官网|首页|图集|客户端)\s*|.*(?:政府|人民|新闻|政务|信息|法律|资讯|新华|中国)网\s*"
    r"|.*[-_—|»]\s*[^-_—|»]{2,12}网\s*"
)
_FILE_NAME = re.compile(
    r".*\.(?:docx?|pdf|html?|txt|wps|ofd|md)|[\W\d_]+|(?:微信图片|扫描|新建|未命名|无标题).*", re.IGNORECASE
)
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_PATTERN_MARK = re.compile(r"([\[\]*?\\!#])")


class Doubt(NamedTuple):
    """What may be wrong of a document, in words, and the command that mends it or shows the place."""

    document: str
    kind: DoubtKind
    text: str
    command: str


def doubts(corpus: Corpus, definition: CorpusDefinition, corrections: Corrections) -> Iterator[Doubt]:
    """Yield what is doubtful in a corpus, by document, given its definition and what was set by hand in it."""
    records = {each.id: (record, each.text_digest) for record in _records(definition) for each in record.documents}
    first: dict[str, str] = {}
    ids = set()
    name = [] if definition.is_bundled else list(corpus.chosen.words)
    # What is set by hand is kept with a corpus that has a name.
    named = ["--corpus", "NAME"] if definition.in_cache else name
    for document in corpus.documents:
        ids.add(document.id)
        record, text = records.get(document.id, (None, ""))
        yield from _of_metadata(document, record, named)
        if record and text:
            other = first.setdefault(text, document.id)
            if other != document.id:
                command = _leave_out(record, definition)
                yield Doubt(document.id, "same text", message("has the same text as {other}", other=other), command)
        yield from _of_passages(corpus, document, name)
    for id_, values in corrections.items():
        if id_ not in ids:
            unset = [part for field in values for part in ("--unset", field)]
            said = message("{fields} set by hand, but there is no such document", fields=listed(values))
            yield Doubt(id_, "no document", said, _command("set", id_, *unset, *name))


def _records(definition: CorpusDefinition) -> Sequence[FileRecord]:
    found = current(definition.folder)
    return read_records(found[0]) if found else ()


def _of_metadata(document: IndexedDocument, record: FileRecord | None, corpus: Sequence[str]) -> Iterator[Doubt]:
    metadata, id_ = document.metadata, document.id
    origins: Mapping[str, str] = decoded(document.origins)
    if not metadata.date and origins.get("date") != "set":
        yield Doubt(id_, "no date", message("has no date"), _setting(id_, "date", corpus))
    if not metadata.issuers and not metadata.authors and origins.get("issuers") != "set":
        said = message("has neither issuers nor authors")
        yield Doubt(id_, "no issuer", said, _setting(id_, "issuers", corpus))
    if origins.get("title") != "set" and (why := _about_title(metadata.title, origins.get("title"))):
        yield Doubt(id_, "title", why, _setting(id_, "title", corpus))
    if origins.get("date") != "set":
        for warning in record.warnings if record else ():
            if NAME_DISAGREES in warning or NO_DATE in warning:
                yield Doubt(id_, "dates", warning, _setting(id_, "date", corpus))
    for name, text in _contradictions(metadata):
        yield Doubt(id_, "dates", text, _setting(id_, name, corpus))


def _about_title(title: str, origin: str | None) -> str | None:
    if _SOURCE_LINE.match(title):
        return message("the title “{title}” looks like a source line", title=title)
    if _SITE.fullmatch(title):
        return message("the title “{title}” looks like the name of a site", title=title)
    if origin == "name":
        return message("the title “{title}” is the name of the file", title=title)
    if _FILE_NAME.fullmatch(title):
        return message("the title “{title}” looks like the name of a file", title=title)
    return None


def _contradictions(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """Yield dates that cannot both be true, with the name of the later field."""
    orders = (("adopted", "promulgated"), ("adopted", "effective"), ("signed", "published"))
    for earlier, later in orders:
        first, second = getattr(metadata, earlier), getattr(metadata, later)
        if first and second:
            known = min(len(first), len(second))
            if first[:known] > second[:known]:
                yield (
                    later,
                    message(
                        "was {later} on {second}, before it was {earlier} on {first}",
                        later=_DONE[later],
                        second=second,
                        earlier=_DONE[earlier],
                        first=first,
                    ),
                )


_DONE = {
    "signed": in_context("what was done with a document", "signed"),
    "adopted": in_context("what was done with a document", "adopted"),
    "promulgated": in_context("what was done with a document", "promulgated"),
    "effective": in_context("what was done with a document", "effective"),
    "published": in_context("what was done with a document", "published"),
}


def _of_passages(corpus: Corpus, document: IndexedDocument, name: Sequence[str]) -> Iterator[Doubt]:
    long: list[tuple[int, int]] = []
    short: list[int] = []
    private: dict[str, int] = {}
    for passage in corpus.passages(document):
        if len(passage.text) > LONGEST_PASSAGE:
            long.append((passage.number, len(passage.text)))
        elif passage.kind == "paragraph" and len(passage.text) <= SHORTEST_PARAGRAPH:
            short.append(passage.number)
        for character in _PRIVATE_USE.findall(passage.text):
            private.setdefault(character, passage.number)

    def show(number: int) -> str:
        return _command("show", f"{document.id}:{number}", *name)

    for number, size in long:
        said = message(
            "passage {number} has {size:,} characters, more than {most:,}",
            number=number,
            size=size,
            most=LONGEST_PASSAGE,
        )
        yield Doubt(document.id, "long passage", said, show(number))
    if len(short) >= FEWEST_SHORT:
        said = message(
            "{count} paragraphs have {size} characters or fewer, the first is passage {number}",
            count=len(short),
            size=SHORTEST_PARAGRAPH,
            number=short[0],
        )
        yield Doubt(document.id, "short passages", said, show(short[0]))
    if private:
        codes = [*(f"U+{ord(each):04X}" for each in list(private)[:5]), *(["…"] if len(private) > 5 else [])]
        number = min(private.values())
        said = message(
            "has characters of private use, which no font shows alike: {codes}, the first in passage {number}",
            codes=listed(codes),
            number=number,
        )
        yield Doubt(document.id, "private-use characters", said, show(number))


def _setting(id_: str, field: str, corpus: Sequence[str]) -> str:
    return _command("set", id_, f"{field}=…", *corpus)


def _command(*words: str) -> str:
    return " ".join(["zhengce", *(word if word.endswith("=…") else shlex.quote(word) for word in words)])


def _leave_out(record: FileRecord, definition: CorpusDefinition) -> str:
    """Return the command that leaves a file out of its corpus; none where the file itself was searched."""
    path = Path(record.path)
    folder = next((root.path for root in definition.roots if root.path in path.parents), None)
    if folder is None and definition.in_cache:
        return ""
    if definition.is_bundled or folder is None:
        return _command("index", "--corpus", definition.name, "--forget", record.path)
    pattern = "/" + _PATTERN_MARK.sub(r"\\\1", path.relative_to(folder).as_posix())
    write = f"echo {shlex.quote(pattern)} >> {shlex.quote(str(folder / '.zhengceignore'))}"
    return write if definition.in_cache else f"{write} && {_command('index', '--corpus', definition.name)}"
