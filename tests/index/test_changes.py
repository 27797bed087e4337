"""Changes: which segments an update writes again."""

from __future__ import annotations

import pytest
from zhengce.index.indexing.changes import segments_to_rewrite
from zhengce.index.storage.file_records import DocumentRecord, FileRecord

MEGABYTE = 1_000_000


def records(sizes: dict[str, list[int]]) -> list[FileRecord]:
    """Return the records of files of some sizes, by segment."""
    return [
        FileRecord(f"{id_}.txt", size, 0, "", "", id_, segment, number, (DocumentRecord(id_, 1, ""),))
        for segment, files in sizes.items()
        for number, size in enumerate(files)
        for id_ in (f"{segment}-{number}",)
    ]


@pytest.mark.parametrize(("count", "size", "rewritten"), [(6, 1, 0), (7, 1, 7), (7, 4 * MEGABYTE, 0)])
def test_small_segments_are_joined_where_there_are_more_than_six(count: int, size: int, rewritten: int) -> None:
    segments = {f"segment-{number:03}": [size] for number in range(count)}
    assert len(segments_to_rewrite(records(segments), {})) == rewritten


def test_the_files_of_a_segment_are_small_together() -> None:
    segments = {f"segment-{number:03}": [2 * MEGABYTE, 2 * MEGABYTE - 1] for number in range(7)}
    assert len(segments_to_rewrite(records(segments), {})) == 7
    segments["segment-000"] = [2 * MEGABYTE] * 2
    assert segments_to_rewrite(records(segments), {}) == set(), "six small segments are left"


@pytest.mark.parametrize(("removed", "rewritten"), [(1, set()), (2, {"segment-000"}), (3, {"segment-000"})])
def test_a_segment_is_written_again_when_half_of_it_is_removed(removed: int, rewritten: set[str]) -> None:
    assert segments_to_rewrite(records({"segment-000": [1, 1]}), {"segment-000": removed}) == rewritten
