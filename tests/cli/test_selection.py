from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from zhengce.cli.browse.answers import answer
from zhengce.cli.browse.selection import Selection, file_named, in_order, queries_of, selection_export, write
from zhengce.cli.destination import OutputError
from zhengce.cli.export.interface import head_lines
from zhengce.cli.request import Request
from zhengce.index import Corpus
from zhengce.index.model import Counts


def marked(corpus: Corpus, *asked: tuple[Request, int]) -> Selection:
    selection = Selection()
    for request, place in asked:
        assert selection.toggle(list(corpus.search(request.query, words=request.words))[place], request)
    return selection


def test_a_passage_is_marked_once(corpus: Corpus) -> None:
    selection = marked(corpus, (Request("中欧班列"), 1), (Request("中欧班列"), 0))
    assert len(selection) == 2
    assert ("chengyu", 17) in selection
    assert ("chengyu", 18) not in selection
    # Found by another query, it is the same passage.
    (again,) = [hit for hit in corpus.search("共同做强") if hit.passage.number == 17 and hit.document.id == "chengyu"]
    assert not selection.toggle(again, Request("共同做强"))
    assert [each.hit.document.id for each in selection.all()] == ["chengdu"]


def test_what_an_export_says_of_itself(corpus: Corpus) -> None:
    selection = marked(corpus, (Request("西宁"), 3), (Request("中欧班列"), 0), (Request("中欧班列"), 2))
    export = selection_export(corpus, selection.all())
    hits = [each.hit for each in export.hits]
    assert [hit.document.id for hit in hits] == ["chengyu", "chengdu", "xining"]
    head = dict(head_lines(export.head))
    assert head["Query"] == "西宁; 中欧班列"
    assert head["Filter"] == "marked in zhengce browse"
    assert head["Corpus"].startswith("bundled, 5 documents, 308 passages, generation ")
    assert head["Date"] == datetime.date.today().isoformat()
    occurrences = sum(len(hit.spans) for hit in hits)
    assert head["Found"] == f"{occurrences} occurrences in 3 passages of 3 documents"
    assert "Shown" not in head
    assert {document.id: counts for document, counts in export.by_document().items()} == {
        hit.document.id: Counts(len(hit.spans), 1, 1) for hit in hits
    }


def test_queries_with_their_conditions(corpus: Corpus) -> None:
    words = Request("人民", words=True)
    assert queries_of(marked(corpus, (words, 0)).all()) == ("人民", ("whole words only",))
    assert queries_of(marked(corpus, (words, 0), (Request("西宁"), 0), (Request("西宁"), 1)).all()) == (
        "人民 (whole words only); 西宁",
        (),
    )


def test_reading_order(corpus: Corpus) -> None:
    selection = marked(corpus, *((Request("开放 -口岸"), place) for place in (7, 3, 5, 1)))
    places = [
        (each.hit.document.first + each.hit.passage.number) for each in in_order(selection.all(), corpus.documents)
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("ending", ["txt", "jsonl", "md", "csv", "html", "xlsx", "docx", "bib"])
def test_any_format(corpus: Corpus, tmp_path: Path, ending: str) -> None:
    selection = marked(corpus, (Request("中欧班列"), 0), (Request("西宁"), 0))
    file = tmp_path / f"marked.{ending}"
    write(selection_export(corpus, selection.all()), str(file))
    assert file.stat().st_size > 200


def test_what_cannot_be_written(corpus: Corpus) -> None:
    export = selection_export(corpus, marked(corpus, (Request("中欧班列"), 0)).all())
    for name in ("-", "", "/nowhere/hits.txt"):
        with pytest.raises(OutputError):
            write(export, name)


def test_names_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    assert file_named(" ~/hits.md ") == "/home/reader/hits.md"
    assert file_named("~hits.md") == "~hits.md"


def test_answers(corpus: Corpus) -> None:
    found = answer(corpus, Request("中欧班列"))
    assert (found.counts, found.message, len(found.results or ())) == (Counts(23, 16, 5), "", 16)
    nothing = answer(corpus, Request("中欧班车", documents=("xining",)))
    assert nothing.results is not None
    assert not nothing.results
    assert nothing.message.startswith("中欧班车 does not occur.")
    unread = answer(corpus, Request("(成都"))
    assert unread.results is None
    assert "  (成都\n  ^\n" in unread.message
    assert Request("人民", words=True, documents=("xining",)).conditions == ("whole words only", "only in xining")
