from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from zhengce.cli.browse.answers import Question, answer
from zhengce.cli.browse.clipboard import give_to_tmux, with_citation
from zhengce.cli.browse.selection import (
    Selection,
    file_named,
    in_order,
    queries_of,
    results_export,
    selection_export,
    write,
)
from zhengce.cli.destination import OutputError
from zhengce.cli.export.interface import head_lines
from zhengce.cli.language.translation import speaking, translated
from zhengce.cli.request import Request
from zhengce.index import Corpus, open_corpus
from zhengce.index.citations import short
from zhengce.index.model import Counts
from zhengce.index.search.results import Sort


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
    with speaking("zh_CN"):
        assert translated(queries_of(marked(corpus, (words, 0), (Request("西宁"), 0)).all())[0]) == (
            "人民（仅匹配完整的词）；西宁"
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
    found = answer(corpus, Question(Request("中欧班列")), 80)
    assert (found.counts, found.message, len(found.results or ())) == (Counts(23, 16, 5), "", 16)
    nothing = answer(corpus, Question(Request("中欧班车", documents=("xining",))), 80)
    assert nothing.results is not None
    assert not nothing.results
    assert nothing.message.startswith("中欧班车 does not occur.")
    unread = answer(corpus, Question(Request("(成都")), 80)
    assert unread.results is None
    assert "  (成都\n  ^\n" in unread.message
    aliased = open_corpus(corpus.home, aliases={"班列": "中欧班列 | 国际班列"})
    assert answer(aliased, Question(Request("@班列")), 80).counts == corpus.search("中欧班列 | 国际班列").counts
    assert "@航班" in answer(aliased, Question(Request("@航班")), 80).message
    assert Request("人民", words=True, documents=("xining",)).conditions == ("whole words only", "only in xining")


def test_switches_are_said_in_few_words() -> None:
    assert Question(Request("成都")).switches == ()
    keywords = Request("成都", keywords=True, documents=("chengyu", "xining"))
    assert Question(keywords, "-date").switches == ("keywords", "in chengyu, xining", "newest first")
    several = Request("成都", words=True, documents=("a", "b", "c"))
    assert Question(several).switches == ("whole words", "in 3 documents")


@pytest.mark.parametrize("request_", [Request("成都 班列"), Request("成都的班列", keywords=True)])
def test_matches_in_a_document_have_the_terms_of_its_hits(
    corpus: Corpus, request_: Request, quick_builds: None
) -> None:
    found = answer(corpus, Question(request_), 80)
    assert found.results is not None
    for group in found.layout.groups:
        marks = found.marks(corpus, group.document)
        for ordinal in group.ordinals:
            hit = found.results.hit_of(ordinal)
            assert set(hit.marks) <= set(marks[hit.passage.number])
    assert {
        mark.term
        for group in found.layout.groups
        for each in found.marks(corpus, group.document).values()
        for mark in each
    } == {0, 1}


def test_all_hits_are_exported_in_reading_order_unless_another_is_asked_for(corpus: Corpus, tmp_path: Path) -> None:
    def exported(file: str, sort: Sort | None = None, style: str | None = None) -> list[tuple[str, int]]:
        answered = answer(corpus, Question(Request("成都 班列"), sort), 80)
        export = results_export(corpus, answered, file, style)
        assert export.styled == (style is not None)
        return [(each.hit.document.id, each.hit.passage.number) for each in export.hits]

    ranked, reading = (
        [(hit.document.id, hit.passage.number) for hit in corpus.search("成都 班列", sort=sort)]
        for sort in ("relevance", "document")
    )
    assert ranked != reading
    assert (exported("hits.docx"), exported("hits.csv")) == (reading, ranked)
    assert exported("hits.docx", "relevance", "apa") == ranked


def test_marked_passages_are_cited_in_a_style(corpus: Corpus, tmp_path: Path) -> None:
    selection = marked(corpus, (Request("中欧班列"), 0))
    (hit,) = [each.hit for each in selection.all()]
    for style in (None, "gbt7714", "chicago"):
        write(selection_export(corpus, selection.all(), style), str(file := tmp_path / "marked.txt"))
        text, citation = with_citation(hit, style)
        assert citation == (
            corpus.cite(hit.document, hit.passage, style) if style else short.cite(hit.document, hit.passage)
        )
        assert text == f"{hit.passage.text}\n{citation}"
        assert citation in file.read_text(encoding="utf-8")


def test_what_is_copied_does_no_harm(corpus: Corpus) -> None:
    (hit, *_) = corpus.search("中欧班列")
    hostile = hit._replace(passage=hit.passage._replace(text="甲\t乙\x1b[31m"))
    assert with_citation(hostile, None)[0].startswith("甲\t乙␛[31m\n")


def test_tmux_is_given_what_is_copied(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tmux = tmp_path / "tmux"
    tmux.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\ncat > {tmp_path}/buffer\n')
    tmux.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.delenv("TMUX", raising=False)
    give_to_tmux("班列")
    assert not (tmp_path / "buffer").exists()
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    give_to_tmux("班列")
    assert (tmp_path / "buffer").read_text(encoding="utf-8") == "班列"
    assert (tmp_path / "arguments").read_text() == "load-buffer -w -\n"
    tmux.unlink()
    monkeypatch.setenv("PATH", str(tmp_path))
    give_to_tmux("班列")
