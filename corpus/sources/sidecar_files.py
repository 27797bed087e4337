"""Which files the rows of sidecars are about: a row may name a file without its folder or its ending."""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from ..files import File
from ..messages import counted, listed, message
from .sidecars import Note, Sidecar

_SHOWN = 3  # files that a note names
_NOTED = 10  # rows of a sidecar for no file that are noted one by one
_COMPARED = 2_000  # names that a misspelt one is compared with


def with_sidecars(files: Sequence[File], sidecars: Iterable[Sidecar]) -> tuple[list[File], list[Note]]:
    """Return files with what sidecars say of them, and notes on what was not understood in the sidecars.

    A row may also name a document of a volume by its number: ``volume.txt/03``. A sidecar is about the files in its
    folder and below. Later sidecars win, so those of outer folders come first.
    """
    names = _Names(files)
    said: dict[Path, Mapping[str, str]] = {}
    parts: dict[Path, dict[int, Mapping[str, str]]] = defaultdict(dict)
    notes: list[Note] = []
    for sidecar in sidecars:
        notes += sidecar.notes
        nowhere: list[Note] = []
        for row in sidecar.rows:
            if not row.file:
                said_of_row = message("the line names no file; write its name in the column “file”")
                notes.append(Note(sidecar.path, row.line, said_of_row))
                continue
            found = names.find(sidecar.path.parent, row.file)
            volume, _, number = row.file.replace("\\", "/").rpartition("/")
            if not found and number.isdecimal() and len(of := names.find(sidecar.path.parent, volume)) == 1:
                of_volume = parts[of[0]]
                of_volume[int(number)] = {**of_volume.get(int(number), {}), **row.values}
            elif len(found) == 1:
                said[found[0]] = {**said.get(found[0], {}), **row.values}
            elif found:
                said_of_row = message(
                    "“{name}” may be any of {count} files; write one of: {files}",
                    name=row.file,
                    count=len(found),
                    files=_first(path.relative_to(sidecar.path.parent).as_posix() for path in found),
                )
                notes.append(Note(sidecar.path, row.line, said_of_row))
            elif not _exists(sidecar.path.parent / row.file):
                # What is there and no document has been passed over by its own reason.
                nowhere.append(Note(sidecar.path, row.line, names.missing(sidecar.path.parent, row.file)))
        notes += nowhere[:_NOTED]
        if (more := len(nowhere) - _NOTED) > 0:
            of_others = counted("{count:,} more line is for no file", "{count:,} more lines are for no file", more)
            notes.append(Note(sidecar.path, None, of_others))
    return [_overridden(each, said.get(each.source.path, {}), parts.get(each.source.path, {})) for each in files], notes


def _overridden(file: File, said: Mapping[str, str], parts: Mapping[int, Mapping[str, str]]) -> File:
    if not said and not parts:
        return file
    metadata = {key: value for key, value in said.items() if key != "encoding"}
    encoding = said.get("encoding") or file.source.encoding
    return file._replace(source=file.source._replace(overrides=metadata, encoding=encoding, parts=parts))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _first(names: Iterable[str]) -> str:
    shown = list(names)
    return listed([*shown[:_SHOWN], *(["…"] if len(shown) > _SHOWN else [])])


class _Names:
    """The files of a root by their names, with and without endings. It is filled at the first look."""

    def __init__(self, files: Sequence[File]) -> None:
        self._files = files
        self._paths = {file.source.path for file in files}
        self._by_name: dict[str, list[Path]] = defaultdict(list)

    def find(self, folder: Path, written: str) -> list[Path]:
        """Return the files in a folder or below that a row may mean: that at its path, with its ending or without, else
        those whose paths end as it is written, else those whose paths do so without their ending."""
        name = _plain(written)
        if exact := [path for path in (folder / written, folder / name) if path in self._paths]:
            return exact[:1]
        self._fill()
        alike = [path for path in self._by_name[PurePosixPath(name).name] if path.is_relative_to(folder)]
        whole = [path for path in alike if _plain(str(path)).endswith(f"/{name}")]
        bare = [path for path in alike if f"/{_plain(str(path.with_suffix('')))}".endswith(f"/{name}")]
        here = [path for path in bare if _plain(path.relative_to(folder).with_suffix("").as_posix()) == name]
        return here or whole or bare

    def missing(self, folder: Path, written: str) -> str:
        """Return the note on a row for no file, with the files whose names are nearest."""
        below = [path for path in self._paths if path.is_relative_to(folder)]
        names = {path.stem: path.relative_to(folder).as_posix() for path in sorted(below)[:_COMPARED]}
        near = difflib.get_close_matches(PurePosixPath(_plain(written)).stem, names, _SHOWN)
        if near:
            return message(
                "there is no file “{name}” in {folder}; write one of: {files}",
                name=written,
                folder=folder,
                files=_first(names[each] for each in near),
            )
        return message(
            "there is no file “{name}” in {folder}; write its path from the folder of the table",
            name=written,
            folder=folder,
        )

    def _fill(self) -> None:
        if self._by_name:
            return
        for file in self._files:
            path = file.source.path
            for name in {path.name, path.stem}:
                self._by_name[_plain(name)].append(path)


def _plain(written: str) -> str:
    """Return a path as it is compared: macOS writes names in another normal form, Windows with other slashes."""
    return unicodedata.normalize("NFC", written.replace("\\", "/")).removeprefix("./")
