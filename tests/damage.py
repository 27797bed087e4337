"""Damage to the files of an index, and ways to see what a fault has left."""

from __future__ import annotations

from pathlib import Path


def generation_folders(home: Path) -> list[Path]:
    return sorted((home / "bundled").glob("generation-*"))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def truncate(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def lengthen(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0")


def scribble(file: Path) -> None:
    file.write_bytes(b"\x00\xff{[" * 100)


def remove(file: Path) -> None:
    file.unlink()
