"""Segments: strings are found at all their places, however the folded text is cut into blocks, and nowhere else."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate, combinations, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import oracle
import pytest
from evaluator import ReferenceEvaluator
from hypothesis import example, given, settings
from hypothesis import strategies as st
from zhengce.corpus.document import Document
from zhengce.corpus.model import Metadata, Passage
from zhengce.corpus.text.folding import Folding
from zhengce.index.query.ast import Regex, SameSentence, Term
from zhengce.index.search.deadline import Deadline
from zhengce.index.search.evaluator import Evaluator
from zhengce.index.search.scanner import count_by_passage, positions
from zhengce.index.storage import bigrams
from zhengce.index.storage import segment as segments
from zhengce.index.storage import segment_writer as segmentwriter
from zhengce.index.storage.checked_files import page_checksums
from zhengce.index.storage.segment import Segment
from zhengce.index.storage.segment_writer import SegmentWriter

FOLDING = Folding({})
# 一兎 is 00 4E 4E 51 in UTF-16LE, which holds 乎, 4E 4E, from its second byte on; 一乎 holds it there and from its third.
MISALIGNED = "一乎兎"
SPLIT = "…㎡½."


def document(number: int, texts: Sequence[str]) -> Document:
    passages = (Passage(place, "paragraph", (), ((place, place),), text) for place, text in enumerate(texts, start=1))
    return Document(f"d{number}", Metadata(f"t{number}"), tuple(passages))


def write(folder: Path, *documents: Sequence[str]) -> Segment:
    """Write a segment of documents, each with its passages, in which every character is a word."""
    words = SimpleNamespace(cut=list, index_terms=lambda words: [])
    with SegmentWriter(folder, FOLDING, words) as writer:
        for number, texts in enumerate(documents):
            writer.add(document(number, texts))
        writer.finish()
    found = {file.name: known for file in folder.iterdir() if file.is_file() and (known := page_checksums(file))}
    return Segment(folder, found, 0)


def whole(segment: Segment) -> list[range]:
    return [range(len(segment))]


def evaluator_of(segment: Segment, within: Sequence[range] | None = None) -> Evaluator:
    return Evaluator(segment, FOLDING, whole(segment) if within is None else within, Deadline())


def units(text: str) -> int:
    return sum(1 + (character > "\uffff") for character in text)


def expected_positions(texts: Sequence[str], folded: str) -> list[int]:
    """Return the units at which a string stands in folded texts that follow each other with a mark between."""
    joined = "".join(oracle.folded_text(text) + "\n" for text in texts)
    starts = accumulate(map(units, joined), initial=0)
    return [unit for place, unit in enumerate(starts) if joined.startswith(folded, place)]


def strings(texts: Sequence[str], longest: int) -> set[str]:
    folded = [oracle.folded_text(text) for text in texts]
    sizes = range(1, longest + 1)
    return {text[start : start + size] for text in folded for start in range(len(text)) for size in sizes}


texts_of = st.lists(st.text(f"人民{MISALIGNED}{SPLIT}𠀀𠀁a -", min_size=1, max_size=12), min_size=1, max_size=8)


@pytest.mark.integration
@settings(max_examples=100, deadline=None)
@given(texts=texts_of, block=st.sampled_from([1, 4, 16]), stretch=st.sampled_from([1, 8, 1 << 16]), data=st.data())
def test_every_string_is_found_at_all_its_places(
    texts: list[str], block: int, stretch: int, data: st.DataObject
) -> None:
    stops = sorted(data.draw(st.lists(st.integers(0, len(texts)), min_size=4, max_size=4)))
    within = [range(*stops[:2]), range(*stops[2:])]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(segmentwriter, "_BLOCK_UNITS", block)
        patch.setattr(segments, "_STRETCH", stretch)
        segment = write(Path(folder), texts)
        all_of_it, part_of_it = evaluator_of(segment), evaluator_of(segment, within)
        for string in strings(texts, 4) | {"人人人", "乎", "𠀀𠀀", ".", "m", "⁄"}:
            term = Term(string, string)
            expected = expected_positions(texts, string)
            assert positions(segment, string, whole(segment)) == expected
            counts = {
                ordinal: len(spans) for ordinal, text in enumerate(texts) if (spans := _whole_occurrences(text, string))
            }
            assert all_of_it.find(term) == counts
            for ordinal, text in enumerate(texts):
                assert all_of_it.spans(term, ordinal) == (_whole_occurrences(text, string) or None)
            there = {ordinal for ordinals in within for ordinal in ordinals}
            assert part_of_it.find(term) == {each: count for each, count in counts.items() if each in there}
            chosen = [unit for unit in expected if segment.ordinal(unit) in there]
            assert positions(segment, string, within) == chosen


def _whole_occurrences(text: str, string: str) -> list[tuple[int, int]]:
    """Return where a string stands in a folded text, if not from or to the middle of what a character folded to."""
    items = oracle.fold(text)
    folded = "".join(character for character, _, _ in items)
    edges = {0, len(items), *(place for place in range(1, len(items)) if items[place][1] != items[place - 1][1])}
    spans = ((place, place + len(string)) for place in range(len(folded)) if folded.startswith(string, place))
    return [span for span in spans if edges.issuperset(span)]


@pytest.mark.parametrize(
    ("text", "string", "places"),
    [
        ("一兎", "乎", []),
        ("一乎", "乎", [1]),
        ("一乎兎乎", "乎", [1, 3]),
        ("一乎乎", "乎", [1, 2]),
        ("一乎乎", "乎乎", [1]),
        ("乎一乎一乎", "乎", [0, 2, 4]),
        ("人人人人", "人人", [0, 1, 2]),
        ("人民人民人", "人民人", [0, 2]),
        ("𠀀𠀀𠀀", "𠀀𠀀", [0, 2]),
        ("𠀀人𠀀", "人", [2]),
        ("人𠀀人", "人", [0, 3]),
    ],
)
def test_bytes_that_match_from_the_middle_of_a_character_hide_nothing(
    tmp_path: Path, text: str, string: str, places: list[int]
) -> None:
    segment = write(tmp_path, [text])
    assert positions(segment, string, whole(segment)) == places


def test_misaligned_strings_are_made_of_the_bytes_they_are_said_to_be() -> None:
    assert "一兎".encode("utf-16-le").find("乎".encode("utf-16-le")) == 1


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> tuple[Segment, list[list[str]]]:
    """Documents of many blocks, among them passages longer than a block and than a stretch of blocks."""
    documents = [
        [f"第{number}条 {'经济' * 30}班列{number}。" for number in range(400)],
        ["前甲" + "人" * 20_000 + "后乙𠀀", "短", "", "前甲" + "民" * 150_000 + "中丙" + "民" * 5_000 + "后乙"],
        [f"{number}{'发展' * 500}" for number in range(40)],
    ]
    return write(tmp_path_factory.mktemp("long"), *documents), documents


@pytest.mark.integration
@pytest.mark.parametrize(
    "string",
    [
        "经济班",
        "班列39",
        "第7条",
        "前甲",
        "后乙",
        "中丙",
        "𠀀",
        "人" * 9,
        "民中",
        "展",
        "展发展发",
        "济经",
        "短",
        "甲民",
    ],
)
def test_passages_longer_than_a_block_are_searched_as_a_whole(
    long: tuple[Segment, list[list[str]]], string: str
) -> None:
    segment, documents = long
    assert len(segment.blocks) > 10
    texts = [text for texts in documents for text in texts]
    assert positions(segment, string, whole(segment)) == expected_positions(texts, string)
    expected = {
        ordinal: count for ordinal, text in enumerate(texts) if (count := len(_whole_occurrences(text, string)))
    }
    assert expected
    assert evaluator_of(segment).find(Term(string, string)) == expected
    assert evaluator_of(segment).find(Regex(string, string)).keys() == expected.keys()


def test_nothing_stands_across_passages(long: tuple[Segment, list[list[str]]]) -> None:
    segment, documents = long
    texts = [oracle.folded_text(text) for texts in documents for text in texts]
    across = {before[-2:] + after[:2] for before, after in pairwise(texts)}
    assert "乙𠀀短" in across
    for string in across:
        found = count_by_passage(segment, positions(segment, string, whole(segment)))
        assert found.keys() == {ordinal for ordinal, text in enumerate(texts) if string in text}


def test_ranges_of_passages_are_kept_to(long: tuple[Segment, list[list[str]]]) -> None:
    segment, _ = long
    size = len(segment)
    for within in (
        [range(3, 5)],
        [range(1), range(size - 1, size)],
        [range(100, 300), range(401, 410)],
        [range(5, 5)],
        [],
    ):
        for string in ("人", "班", "发展", "1"):
            everywhere = count_by_passage(segment, positions(segment, string, whole(segment)))
            there = {ordinal for ordinals in within for ordinal in ordinals}
            expected = {ordinal: count for ordinal, count in everywhere.items() if ordinal in there}
            assert count_by_passage(segment, positions(segment, string, within)) == expected
            assert evaluator_of(segment, within).find(Term(string, string)) == expected


def test_units_belong_to_passages_and_passages_to_documents(long: tuple[Segment, list[list[str]]]) -> None:
    segment, documents = long
    unit = ordinal = 0
    for number, texts in enumerate(documents):
        for text in texts:
            size = units(oracle.folded_text(text)) + 1
            assert [segment.ordinal(each) for each in (unit, unit + size // 2, unit + size - 1)] == [ordinal] * 3
            assert segment.document_at(ordinal) == number
            assert segment.passage(ordinal).text == text
            unit, ordinal = unit + size, ordinal + 1
    assert ordinal == len(segment)


def test_blocks_that_hold_a_string_are_all_looked_at(long: tuple[Segment, list[list[str]]]) -> None:
    segment, _ = long
    blocks = range(len(segment.blocks) - 1)
    texts = ["\n".join(map(segment.folded, range(segment.blocks[each], segment.blocks[each + 1]))) for each in blocks]
    for string in ("人", "经济", "班列39", "第7条", "前甲民", "中丙民", "𠀀", "济班列", "龘", "龘龘"):
        candidates = segment.bigrams.candidates(string)
        assert {each for each in blocks if string in texts[each]} <= set(candidates) <= set(blocks)
        assert candidates == sorted(candidates)


def test_blocks_that_cannot_hold_a_string_are_mostly_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Be its pairs of characters in few blocks, which are listed, or in many, which have a bit each."""
    monkeypatch.setattr(segmentwriter, "_BLOCK_UNITS", 16)
    segment = write(tmp_path, [f"经济社会发展的第{chr(0x4E00 + number * 7)}条" for number in range(500)])
    assert len(segment.blocks) > 200
    strings = [segment.folded(ordinal)[start:] for ordinal in range(500) for start in (0, 7)]
    assert sum(len(segment.bigrams.candidates(string)) for string in strings) < 3 * len(strings)


def test_blocks_that_lie_together_are_read_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step of a search costs some time, so there are few: as many units as the processor's cache holds in each."""
    monkeypatch.setattr(segmentwriter, "_BLOCK_UNITS", 16)
    segment = write(tmp_path, ["经济社会发展"] * 100)
    blocks = range(len(segment.blocks) - 1)
    assert len(blocks) > 20
    assert list(segment.stretches(blocks, whole(segment))) == [(0, segment.starts[-1])]
    monkeypatch.setattr(segments, "_STRETCH", 100)
    stretches = list(segment.stretches(blocks, whole(segment)))
    assert [start for start, _ in stretches[1:]] == [end for _, end in stretches[:-1]]
    assert {end - start for start, end in stretches[:-1]} == {84}, "four blocks of 21 units; five have more than 100"


@pytest.mark.parametrize(("blocks", "type_"), [(1, "H"), (1 << 16, "H"), ((1 << 16) + 1, "I")])
def test_block_numbers_fit_their_integers(blocks: int, type_: str) -> None:
    """A gigabyte of text would be needed to see it in a search."""
    assert bigrams._list_type(blocks) == type_
    assert list(array(type_, [blocks - 1])) == [blocks - 1]


SENTENCES = st.lists(
    st.sampled_from(["人", "民", "人民", "，", "…", "。", "？", "！?", "”", "）", "”）", "（"]), max_size=10
)
SIDES = [Term("人", "人"), Term("民", "民"), Term(")", ")"), Term("。", "。"), Regex(".[。!].", ".[。!].")]


@settings(max_examples=100, deadline=None)
@given(texts=st.lists(SENTENCES.map("".join), min_size=1, max_size=6), count=st.integers(1, 3))
@example(texts=["人。”）民", "人。”）。民", "（人。）民。”人"], count=1)
def test_sentences_end_where_marks_that_close_do(texts: list[str], count: int) -> None:
    evaluator = ReferenceEvaluator([document(0, texts)], list)
    with TemporaryDirectory() as folder:
        found = evaluator_of(write(Path(folder), texts))
        for left, right in combinations(SIDES, 2):
            together = SameSentence(left, right, count)
            expected = {ordinal: sorted(spans) for ordinal, spans in evaluator.found(together).items()}
            assert {ordinal: found.spans(together, ordinal) for ordinal in found.find(together)} == expected
