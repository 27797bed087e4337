"""Records and rows: what a search found as dicts for JSON and as rows for tables, without a terminal in between."""

from __future__ import annotations

import json

import pytest
from zhengce.corpus.model import DocumentNumber, Metadata, Passage
from zhengce.index import (
    Concordance,
    ContextWidth,
    Corpus,
    Counts,
    DocumentRow,
    Hit,
    IndexedDocument,
    Occurrence,
    OccurrenceRow,
    PassageRow,
    Reference,
    YearRow,
    concordance,
    document_record,
    document_rows,
    head_of,
    hit_record,
    occurrence_records,
    occurrence_rows,
    passage_record,
    passage_rows,
    year_rows,
)
from zhengce.index.citations import short
from zhengce.index.descriptions import position_in_file, responsible
from zhengce.index.json_text import json_text
from zhengce.index.records.objects import counts_record, heading_record, json_line, neighbour_record, shown_record
from zhengce.index.records.rows import NeighbourRow, neighbour_rows
from zhengce.index.search.concordance import ConcordanceLine, read_sort

NUMBERED = IndexedDocument("a", Metadata("甲", DocumentNumber("国发", 2022, 3), "2022-01", ("国务院",)), 0, 2, 9)
BARE = IndexedDocument("b", Metadata("乙\t=1", source="某报"), 2, 1, 9)
FIRST = Passage(1, "paragraph", ("一、总则", "（二）目标"), ((3, 4), (7, 7)), "物流成本，物流")
SECOND = Passage(2, "paragraph", (), ((8, 8),), "物流", 5)
HITS = [
    Hit(NUMBERED, FIRST, ((0, 2), (5, 7)), 1.5), Hit(NUMBERED, SECOND, ((0, 2),), 1.0), Hit(BARE, SECOND, (), 0.5),
]  # fmt: skip
LINES = [
    ConcordanceLine(NUMBERED, FIRST, span, (1, 7), term, (Occurrence(span, term),))
    for term, span in enumerate(((2, 4), (5, 7)))
]


def test_rows_of_passages() -> None:
    first, second, third = passage_rows(HITS, cite=lambda document, passage=None: f"{document.id}:{passage.number}")
    assert first == PassageRow(
        "a", "甲", "国发〔2022〕3号", "2022-01", "国务院", "一、总则 › （二）目标", 1, None, "3–4, 7", 2, "物流; 物流",
        "物流成本，物流", "a:1", "a:1",
    )  # fmt: skip
    assert (second.document, second.page, second.lines, second.section) == ("a", 5, "8", "")
    assert (third.title, third.number, third.date, third.by) == ("乙\t=1", "", "", "某报")
    assert (third.occurrences, third.matches) == (0, "")


def test_rows_of_occurrences() -> None:
    first, second = occurrence_rows(LINES, ("成本", "物流"))
    assert first[9:13] == ("成本", "流", "成本", "，物流")
    assert (second.term, second.left, second.match, second.right) == ("物流", "流成本，", "物流", "")
    assert (first.place, second.place) == ("a:1", "a:1")
    assert first.citation == "甲（国发〔2022〕3号，2022-01） — 一、总则 › （二）目标 — ¶1, lines 3–4, 7 [a:1]"


def test_what_rows_share_is_cleaned_once() -> None:
    cleaned = list[str]()

    def clean(text: str) -> str:
        cleaned.append(text)
        return f"<{text}>"

    rows = list(passage_rows(HITS[:2], clean=clean))
    assert [row.title for row in rows] == ["<甲>", "<甲>"]
    assert cleaned.count("甲") == 1
    cleaned.clear()
    lines = list(occurrence_rows(LINES, ("成本", "物流"), clean=clean))
    assert [(line.section, line.term) for line in lines] == [
        ("<一、总则 › （二）目标>", "<成本>"), ("<一、总则 › （二）目标>", "<物流>"),
    ]  # fmt: skip
    assert (cleaned.count("甲"), cleaned.count("一、总则 › （二）目标")) == (1, 1)
    assert all(line.citation.startswith("<甲") for line in lines)


def test_rows_of_counts() -> None:
    undated = IndexedDocument("c", Metadata("丙"), 3, 1, 9)
    earlier = IndexedDocument("d", Metadata("丁", date="2021-12-31"), 4, 1, 9)
    same = IndexedDocument("e", Metadata("戊", date="2022"), 5, 1, 9)
    counts = {NUMBERED: Counts(3, 2, 1), undated: Counts(1, 1, 1), earlier: Counts(5, 4, 1), same: Counts(7, 1, 1)}
    assert next(document_rows(counts)) == DocumentRow("a", "甲", "国发〔2022〕3号", "2022-01", 3, 2)
    assert list(year_rows(counts)) == [YearRow(2021, 5, 4, 1), YearRow(2022, 10, 3, 2), YearRow("unknown", 1, 1, 1)]
    assert list(neighbour_rows([("的", 2), ("\t", 1)], 3, repr)) == [
        NeighbourRow("'的'", 2, "66.67"), NeighbourRow("'\\t'", 1, "33.33"),
    ]  # fmt: skip


def test_records_of_passages() -> None:
    record = passage_record(NUMBERED, FIRST)
    assert record == {
        "document": "a", "title": "甲", "number": "国发〔2022〕3号", "date": "2022-01",
        "section": ("一、总则", "（二）目标"), "passage": 1, "place": "a:1", "kind": "paragraph", "lines": ((3, 4), (7, 7)),
        "text": "物流成本，物流",
    }  # fmt: skip
    assert list(passage_record(NUMBERED, SECOND))[-2:] == ["page", "text"]
    assert hit_record(HITS[0]) == record | {"spans": ((0, 2), (5, 7)), "score": 1.5}
    around = hit_record(HITS[1], ((FIRST,), ()), lambda document, passage=None: f"{passage.number}")
    assert list(around)[-5:] == ["spans", "score", "before", "after", "citation"]
    assert (around["before"], around["after"], around["citation"]) == ([record], [], "2")
    assert shown_record(NUMBERED, FIRST, [(0, 2)]) == record | {"spans": [[0, 2]]}
    assert shown_record(NUMBERED, FIRST, []) == shown_record(NUMBERED, FIRST, None) == record


def test_records_of_occurrences() -> None:
    first, second = occurrence_records(LINES, ("成本", "物流"), lambda document, passage=None: "c")
    assert {"span": (2, 4), "term": "成本", "left": "流", "match": "成本", "right": "，物流"}.items() <= first.items()
    assert (second["term"], second["passage"], second["citation"]) == ("物流", 1, "c")
    assert "text" not in first
    assert "citation" not in next(occurrence_records(LINES, ("成本", "物流")))


def test_records_of_counts_and_headings(corpus: Corpus) -> None:
    assert counts_record(Counts(3, 2, 1)) == {"occurrences": 3, "passages": 2, "documents": 1}
    assert neighbour_record("的", 2) == {"neighbour": "的", "occurrences": 2}
    document = corpus.document("chengyu")
    (heading, *_) = corpus.outline(document, corpus.search("班列"))
    record = heading_record(document, heading, counted=True)
    assert record == heading_record(document, heading, counted=False) | {"occurrences": heading.occurrences}
    assert (record["place"], record["depth"], heading.occurrences > 0) == (f"chengyu:{heading.passage}", 0, True)


def test_the_record_of_a_head(corpus: Corpus) -> None:
    results = corpus.search("物流")
    record = head_of(corpus, "物流", results.reading, results.counts, filters=["f"], shown=["s"]).record()
    assert record["corpus"] == {
        "name": "bundled", "documents": 5, "passages": corpus.size[1], "generation": corpus.generation,
    }  # fmt: skip
    assert (record["found"], record["filters"], record["shown"]) == (counts_record(results.counts), ["f"], ["s"])


def test_a_data_frame_has_what_a_search_found(corpus: Corpus) -> None:
    results = corpus.search("物流 | 口岸")
    rows = list(passage_rows(results.hits()))
    assert len(rows) == len(results) == results.counts.passages
    assert sum(row.occurrences for row in rows) == results.counts.occurrences
    found = concordance(results, sort="R1,date", width="3")
    lines = list(occurrence_rows(found.lines(), found.terms))
    assert len(lines) == results.counts.occurrences
    assert {line.match for line in lines} == {line.term for line in lines} == {"物流", "口岸"}
    assert found == Concordance(results, read_sort("R1,date"), ContextWidth(3))
    assert all(isinstance(line, OccurrenceRow) and len(line.left) <= 3 for line in lines)
    sample = concordance(results, sample=4, seed=2)
    assert [line.span for line in sample.lines()] == [
        line.span for line in concordance(results, sample=4, seed=2).lines()
    ]
    assert (len(sample), sample.seed) == (4, 2)
    with pytest.raises(ValueError, match="X1"):
        concordance(results, sort="X1")


def test_a_corpus_cites(corpus: Corpus) -> None:
    document = corpus.document("chengyu")
    passage = corpus.passage(document, 17)
    assert "[A]. 2022-07-26: " in corpus.cite(document, passage)
    assert corpus.cite(document, passage, "apa").endswith("para. 17)")
    assert json.loads(corpus.cite(document, style="csl-json"))[0]["id"] == "chengyu"
    assert corpus.cite(document, passage, style="bibtex").startswith("@misc{chengyu:17,\n")
    assert Reference(document, passage).number == "渝府办发〔2022〕86号"
    with pytest.raises(KeyError):
        corpus.cite(document, style="mla")


def test_json_has_nothing_that_a_terminal_acts_on() -> None:
    text = "\x00\x1b\x7f\x80\x85\x9b\x9f\u2028\u2029\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u3000甲"
    written = json_text({"text": text})
    assert written.replace("\u3000", "").isprintable()
    assert json.loads(written) == {"text": text}
    assert json.loads(json_line({"a": 1})) == {"version": 1, "a": 1}
    assert json_text({"text": "\u3000甲"}) == '{"text": "\u3000甲"}'


def test_records_are_json(corpus: Corpus) -> None:
    for hit in corpus.search("物流").hits(3):
        assert json.loads(json_line(hit_record(hit)))["text"] == hit.passage.text
    assert json.loads(json_line(document_record(corpus.documents[0])))["passages"] > 40


@pytest.mark.parametrize(
    ("lines", "page", "format_", "expected"),
    [
        (((12345, 12345),), None, "text", "line 12345"),
        (((5, 8),), None, "Markdown", "lines 5–8"),
        (((5, 8), (11, 11)), None, "text", "lines 5–8, 11"),
        (((5, 8),), None, "DOCX", ""),
        (((5, 8),), 3, "text", "p. 3"),
    ],
)
def test_the_position_of_a_passage_in_its_file(
    lines: tuple[tuple[int, int], ...], page: int | None, format_: str, expected: str
) -> None:
    document = BARE._replace(format=format_)
    passage = SECOND._replace(lines=lines, page=page)
    assert position_in_file(document, passage) == expected
    assert short.cite(document, passage) == f"乙\t=1（某报） — ¶2{', ' if expected else ''}{expected} [b:2]"


def test_who_is_responsible_for_a_document() -> None:
    metadata = Metadata("甲", issuers=("国务院", "教育部"), authors=("一丁",), source="某报")
    for changed, expected in (
        (metadata, "国务院、教育部"),
        (metadata._replace(issuers=()), "一丁"),
        (BARE.metadata, "某报"),
    ):
        assert responsible(BARE._replace(metadata=changed)) == expected
    assert responsible(BARE._replace(metadata=Metadata("甲"))) is None
