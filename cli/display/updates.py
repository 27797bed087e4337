"""Reports on updates of an index, and keeps one up to date while its files change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import get_args

import click

from ...corpus.closed import assert_never
from ...corpus.errors import ZhengceError
from ...corpus.installation import remedy
from ...corpus.messages import Message, counted, listed, message
from ...corpus.metadata.text_metadata import NO_DATE
from ...corpus.metadata.version_dates import NAME_DISAGREES
from ...corpus.sources.discovery import UNKNOWN_FORMAT
from ...index.chosen import Chosen
from ...index.indexing import corpora
from ...index.indexing.corpora import CorpusDefinition
from ...index.indexing.reports import BuildReport, FileReport, Refusal, Status, refusals
from ...index.library import Corpus
from ...index.opening import build_corpus
from ...index.storage.generations import home
from ..destination import open_destination
from ..language.translation import gettext, ngettext
from .layout import harmless
from .messages import say

REPORT_VERSION = 1
_MOST_NAMED = 10  # files of a kind that are named

_PROBLEMS = 10  # that a search says of the files it has read


def show_update(done: BuildReport, folder: Path, file: str | None = None) -> None:
    """Print what an update did, with a message for each new problem, and each time for what was not
    understood in sidecars; ``file`` gets the outcome for each file."""
    for problem in (*done.reasons, *problems(done), *_still_refused(done), *done.notes):
        say(problem)
    if file:
        with open_destination(file) as stream:
            stream.writelines(json.dumps({"version": REPORT_VERSION, **asdict(each)}) + "\n" for each in done.files)
    if done.built:
        click.echo(_built(done, harmless(str(folder))))
    else:
        click.echo(gettext("The index is up to date: {folder}", folder=harmless(str(folder))))
    click.echo(summary(done))


def _still_refused(done: BuildReport) -> Iterator[str]:
    """Yield why files are left out as they were before, the first ones by name."""
    known = [each for each in done.files if not each.is_new and each.status == "refused"]
    yield from _left_out(known[:_MOST_NAMED])
    if (more := len(known) - _MOST_NAMED) > 0:
        yield counted(
            "{count:,} more file is left out; --report FILE tells all.",
            "{count:,} more files are left out; --report FILE tells all.",
            more,
        )


def _left_out(files: Iterable[FileReport]) -> Iterator[str]:
    for reason in refusals([Refusal(each.path, each.reason or "", each.missing) for each in files]):
        yield message("left out: {reason}", reason=reason)


def _built(done: BuildReport, folder: str) -> str:
    documents, passages, seconds = _documents(done.documents), _passages(done.passages), done.seconds
    files = sum(each.documents > 0 for each in done.files)
    if files == done.documents:
        return gettext(
            "Built the index of {documents}, {passages} in {seconds:.1f} s: {folder}",
            documents=documents,
            passages=passages,
            seconds=seconds,
            folder=folder,
        )
    return gettext(
        "Built the index of {files}, {documents}, {passages} in {seconds:.1f} s: {folder}",
        files=ngettext("{count:,} file", "{count:,} files", files),
        documents=documents,
        passages=passages,
        seconds=seconds,
        folder=folder,
    )


def _documents(count: int) -> Message:
    return counted("{count:,} document", "{count:,} documents", count)


def _passages(count: int) -> Message:
    return counted("{count:,} passage", "{count:,} passages", count)


def say_update(done: BuildReport, chosen: Chosen) -> None:
    """Say what an update did that a command has made necessary, and the first problems that keep something from being
    read; `zhengce check` has those of what was read."""
    if not done.built:
        return
    first = all(each.status in ("added", "refused", "skipped") for each in done.files)
    files = (each for each in done.files if first or each.status != "skipped")
    read = replace(done, files=tuple(map(_without_doubts, files)))
    found = [*done.reasons, *problems(read), *done.notes]
    for problem in found[:_PROBLEMS]:
        say(problem)
    if len(found) > _PROBLEMS:
        say(
            ngettext(
                "… and {count:,} problem more; zhengce index --corpus NAME PATH tells all.",
                "… and {count:,} problems more; zhengce index --corpus NAME PATH tells all.",
                len(found) - _PROBLEMS,
            )
        )
    say(
        gettext(
            "read {name} in {seconds:.1f} s: {documents}, {passages}; {summary}",
            name=chosen.name,
            seconds=done.seconds,
            documents=_documents(done.documents),
            passages=_passages(done.passages),
            summary=summary(done),
        )
    )


def _without_doubts(file: FileReport) -> FileReport:
    """Return what a file is reported to be, without what is only doubtful of its documents."""
    warnings = tuple(each for each in file.warnings if NAME_DISAGREES not in each and NO_DATE not in each)
    return replace(file, warnings=warnings, same_text=None)


def summary(done: BuildReport) -> str:
    """Return the number of files of each status: 3 added, 1 refused, 12 unchanged."""
    statuses: tuple[Status, ...] = get_args(Status)
    counts = listed(_of_status(status, count) for status in statuses if (count := done.count(status)))
    return gettext("{counts}.", counts=counts)


def _of_status(status: Status, count: int) -> Message:
    match status:
        case "added":
            return message("{count:,} added", count=count)
        case "changed":
            return message("{count:,} changed", count=count)
        case "renamed":
            return message("{count:,} renamed", count=count)
        case "unchanged":
            return message("{count:,} unchanged", count=count)
        case "removed":
            return message("{count:,} removed", count=count)
        case "refused":
            return message("{count:,} refused", count=count)
        case "skipped":
            return message("{count:,} skipped", count=count)
    assert_never(status)


def problems(done: BuildReport) -> Iterator[str]:
    """Yield a message for each problem that this update has found."""
    yield from _left_out(each for each in done.files if each.is_new and each.status == "refused")
    yield from _same_texts([each for each in done.files if each.is_new and each.same_text])
    for each in done.files:
        if each.is_new:
            yield from (
                warning
                if warning.startswith(each.path)
                else message("{path}: {warning}", path=each.path, warning=warning)
                for warning in each.warnings
            )
    skipped = [each for each in done.files if each.status in ("skipped", "removed") and each.reason]
    if done.built:
        yield from _skipped([each for each in skipped if not _has_note(done, each)])


def _has_note(done: BuildReport, file: FileReport) -> bool:
    return any(note.startswith((f"{file.path}: ", f"{file.path} ")) for note in done.notes)


def _same_texts(files: Sequence[FileReport]) -> Iterator[str]:
    """Yield which files have the text of another, the first ones by name: a folder may hold a copy of another."""
    for each in files[:_MOST_NAMED]:
        yield message(
            "{path} has the same text as {other}; both are in the corpus.", path=each.path, other=each.same_text
        )
    if (more := len(files) - _MOST_NAMED) > 0:
        yield counted(
            "{count:,} other file like that; `zhengce check` lists all.",
            "{count:,} other files like that; `zhengce check` lists all.",
            more,
        )


def _skipped(files: list[FileReport]) -> Iterator[str]:
    """Yield why files were left out: one message for all whose format is not read, and one for each other file."""
    unread = [each for each in files if each.reason and each.reason.endswith(UNKNOWN_FORMAT)]
    if unread:
        endings = sorted({Path(each.path).suffix or message("no ending") for each in unread})
        yield counted(
            "passed over: {count:,} file of no format that is read ({endings}).",
            "passed over: {count:,} files of no format that is read ({endings}).",
            len(unread),
            endings=listed(endings),
        )
    for each in files:
        if each not in unread:
            yield message("passed over: {path} {reason}.", path=each.path, reason=each.reason)


def description(definition: CorpusDefinition, corpus: Corpus) -> Iterator[str]:
    """Yield the lines that describe a corpus."""
    passages = sum(document.passages for document in corpus.documents)
    yield gettext(
        "{name}: {documents}, {passages}",
        name=definition.name,
        documents=_documents(len(corpus.documents)),
        passages=_passages(passages),
    )
    for root in definition.roots:
        options = [f"--glob {glob}" for glob in root.globs]
        options += [f"--encoding {root.encoding}"] if root.encoding else []
        options += ["--follow"] if root.follow else []
        options += ["--whole"] if root.whole else []
        yield gettext("made of {path}", path=" ".join([harmless(str(root.path)), *options]))
    yield gettext("index in {folder}", folder=harmless(str(definition.folder)))
    limits = listed(f"{name}={value:.0f}" for name, value in definition.limits._asdict().items())
    yield gettext("at most {limits}", limits=limits)


def follow_changes(name: str, report: str | None) -> None:
    """Update an index whenever its files change, until Ctrl-C.

    Raises:
        ZhengceError: watchfiles is not installed.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        raise ZhengceError(message("--watch needs {library}", library=remedy("watchfiles"))) from error
    definition = corpora.define(home(), name)
    paths = [root.path if root.path.is_dir() else root.path.parent for root in definition.roots]
    watched = listed(str(root.path) for root in definition.roots)
    say(gettext("watching {paths}; Ctrl-C ends it.", paths=watched))
    for _ in watch(*dict.fromkeys(paths), debounce=1_000, step=200, raise_interrupt=True):
        try:
            done = build_corpus(name=name, waiting=say)
        except ZhengceError as error:
            # A folder may be away for a while; until it is back, the index stays as it is.
            say(str(error))
            continue
        if done.built:
            show_update(done, definition.folder, report)
