"""The page of a search: documents, section paths, hits and how much more there is, fitted to a width."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from pages import on_a_terminal
from zhengce.cli.display.layout import NOT_FIRST, NOT_LAST, cells
from zhengce.cli.display.search_page import Look, SearchPage
from zhengce.cli.display.theme import match_of
from zhengce.cli.request import Request
from zhengce.index import Corpus, open_corpus
from zhengce.index.search.results import Sort

WIDTHS = (24, 40, 57, 80, 100)
FIRST_LOOK = Look(per_document=3)


def page(
    corpus: Corpus,
    query: str,
    look: Look = FIRST_LOOK,
    width: int = 80,
    sort: Sort | None = None,
    *,
    keywords: bool = False,
) -> list[str]:
    results = corpus.search(query, keywords=keywords, sort=sort)
    searched = SearchPage(corpus, results, look, Request(query, keywords).command())
    return [line.plain for line in searched.lines(width)]


def places(lines: list[str]) -> list[str]:
    return [found[1] for line in lines if (found := re.match(r"  ([a-z]+:\d+)(?: |$)", line))]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("query", ["开放", "联系电话", "成都 重庆", "物流 | 班列"])
def test_no_line_is_wider_than_the_window(corpus: Corpus, query: str, width: int) -> None:
    for look in (Look(), Look(characters=20), Look(flat=True, passages=9, characters=30), Look(context=(1, 2))):
        for line in page(corpus, query, look, width):
            assert cells(line) <= width, line


@pytest.mark.parametrize("width", WIDTHS)
def test_lines_of_text_break_as_chinese_is_set(corpus: Corpus, width: int) -> None:
    lines = page(corpus, "开放", Look(per_document=None, documents=None), width)
    for line, following in pairwise(lines):
        if line.startswith("   ") and following.startswith("   ") and len(line.strip()) > 8:
            assert following.strip()[0] not in NOT_FIRST
            assert line.strip()[-1] not in NOT_LAST


def test_a_document_stands_once_above_at_most_three_passages(corpus: Corpus) -> None:
    lines = page(corpus, "开放")
    assert lines[0] == "299 occurrences in 121 passages of 5 documents"
    assert lines[1] == "chengyu 49 · chengdu 13 · qingbaijiang 75 · xining 19 · bazhong 143"
    assert len(places(lines)) == 15
    for document, counts in corpus.search("开放").by_document.items():
        assert sum(place.startswith(document.id + ":") for place in places(lines)) == 3
        assert f"  +{counts.passages - 3}  zhengce search 开放 --doc {document.id}" in lines


def test_the_command_below_a_document_finds_the_rest(corpus: Corpus, zhengce: Run) -> None:
    for line in page(corpus, "“内陆开放” | 班列"):
        if line.startswith("  +"):
            more, command = line[3:].split("  ")
            code, out, _ = zhengce(*shlex.split(command)[1:])
            assert (code, len(out.splitlines())) == (0, int(more) + 3)


def test_titles_and_headings_give_way_to_passages(corpus: Corpus) -> None:
    assert corpus.passage(corpus.document("chengyu"), 1).kind == "title"
    assert places(page(corpus, "开放"))[:3] == ["chengyu:4", "chengyu:10", "chengyu:12"]
    assert "chengyu:1" in places(page(corpus, "开放", Look(per_document=None)))


def test_a_section_path_stands_where_it_changes_without_what_is_beside_it(corpus: Corpus) -> None:
    lines = page(corpus, "班列", Look(per_document=None))
    paths = [line for line in lines if line.startswith("  ") and line[2] not in " +" and ":" not in line.split()[0]]
    assert "  二、构建高效能开放大通道" in paths
    assert paths.count("  二、构建高效能开放大通道") == 1
    for document in corpus.documents:
        assert not any(path.startswith(f"  {document.metadata.title}") for path in paths)


@pytest.mark.parametrize(
    ("query", "keywords", "command"),
    [
        ("开放", False, "zhengce search 开放"),
        ("开放 -重庆", False, "zhengce search 开放 -重庆"),
        ("(成都 | 重庆) 班列", False, "zhengce search '(成都 | 重庆) 班列'"),
        ("怎样降低成本", True, "zhengce search -k 怎样降低成本"),
    ],
)
def test_commands_are_written_as_a_shell_reads_them(query: str, keywords: bool, command: str) -> None:
    assert Request(query, keywords).command() == command
    assert " ".join(shlex.split(command)[3 if keywords else 2 :]) == query


def test_another_corpus_is_named_in_the_command() -> None:
    assert Request("开放", words=True).command("--in 'my laws'") == "zhengce search --in 'my laws' -w 开放"


def test_the_best_passages_of_each_document_come_first(corpus: Corpus) -> None:
    results = corpus.search("降低 物流 成本")
    best = next(iter(results.hits(1)))
    lines = page(corpus, "降低 物流 成本")
    assert best.document.place(best.passage.number) in places(lines)[:3]


@pytest.mark.parametrize("sort", ["document", "date", "-date"])
def test_documents_stand_in_the_order_asked_for(corpus: Corpus, sort: Sort) -> None:
    shown = [place.rsplit(":", 1)[0] for place in places(page(corpus, "开放", sort=sort))]
    dates = [corpus.document(each).metadata.date or "9999" for each in dict.fromkeys(shown)]
    if sort == "document":
        assert list(dict.fromkeys(shown)) == [document.id for document in corpus.documents]
    else:
        assert dates == sorted(dates, reverse=sort == "-date")
    flat = [hit.document.id for hit in corpus.search("开放", sort=sort)]
    assert list(dict.fromkeys(flat)) == list(dict.fromkeys(shown))


@given(per_document=st.one_of(st.none(), st.integers(1, 8)), documents=st.integers(1, 6), total=st.integers(1, 30))
def test_what_is_left_out_is_counted(corpus: Corpus, per_document: int | None, documents: int, total: int) -> None:
    lines = page(corpus, "开放", Look(per_document=per_document, documents=documents, passages=total))
    shown = places(lines)
    assert len(shown) <= total
    assert len(dict.fromkeys(each.rsplit(":", 1)[0] for each in shown)) <= documents
    note = f"{len(shown)} passage{'s' if len(shown) > 1 else ''} of 121 shown; -n 0 shows all."
    assert " ".join(lines[-2:]).endswith(note)


def test_neighbours_stand_around_a_hit_once(corpus: Corpus) -> None:
    numbers = [
        int(place.rsplit(":", 1)[1])
        for place in places(page(corpus, "班列", Look(per_document=None, context=(2, 1))))
        if place.startswith("chengyu")
    ]
    assert numbers == sorted(set(numbers))
    hits = {hit.passage.number for hit in corpus.search("班列", documents=["chengyu"])}
    assert set(numbers) == {n for hit in hits for n in range(max(1, hit - 2), min(hit + 1, 85) + 1)}


def test_each_term_has_its_colour(corpus: Corpus) -> None:
    results = corpus.search("成都 重庆")
    lines = list(SearchPage(corpus, results, Look(), "").lines(80))
    looks = {}
    for line in lines:
        for span in line.spans:
            looks.setdefault(line.plain[span.start : span.end], set()).add(str(span.style))
    assert match_of(0) in looks["成都"]
    assert match_of(1) in looks["重庆"]
    assert match_of(1) not in looks["成都"]


def test_places_are_links_where_there_is_colour(corpus: Corpus) -> None:
    lines = list(SearchPage(corpus, corpus.search("开放"), Look(), "", linked=True).lines(80))
    links = {str(span.style) for line in lines for span in line.spans if "link" in str(span.style)}
    assert links == {f"cyan link {path.as_uri()}" for path in corpus.paths.values()}


def test_of_a_long_question_the_first_terms_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    question = "持续营造市场化法治化国际化一流营商环境让外资企业更好发展"
    for width in (60, 80, 120):
        lines = on_a_terminal(f"zhengce search -k {question} -n 1", monkeypatch, width).splitlines()
        assert lines[1].startswith("持续 19 passages  营造 4 passages")
        assert re.search(r"  … \d+ more$", lines[2])
        assert max(map(cells, lines)) <= width
        named = sum(line.count(" passage") for line in lines[1:3])
        assert named + int(lines[2].split()[-2]) == len(open_corpus().search(question, keywords=True).terms)


def test_the_command_below_a_document_shows_the_rest_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    page = on_a_terminal("zhengce search 开放", monkeypatch)
    commands = re.findall(r"^  \+(\d+)  (zhengce .*)$", page, re.MULTILINE)
    assert commands
    for more, command in commands:
        shown = on_a_terminal(command, monkeypatch)
        assert not re.search(r"^  \+\d", shown, re.MULTILINE)
        document = shlex.split(command)[-1]
        places = re.findall(rf"^  {document}:\d+", shown, re.MULTILINE)
        assert len(places) == int(more) + 3
    assert "  +" in on_a_terminal("zhengce search 开放 --doc chengyu --per-doc 2", monkeypatch)
