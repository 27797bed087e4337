"""The window, driven by keys as a reader drives it."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from pages import TOPICS_IN, table
from textual.pilot import Pilot
from textual.widgets import Input
from zhengce.cli import editors as opening
from zhengce.cli.browse import app
from zhengce.cli.browse.answers import Answer, Question, answer
from zhengce.cli.browse.app import BrowseApp
from zhengce.cli.browse.dialogs import KEYS
from zhengce.cli.browse.panes import GUTTER
from zhengce.cli.commands import browse
from zhengce.cli.display.layout import cells
from zhengce.cli.display.wording import place_label
from zhengce.cli.history import clear, history, remember
from zhengce.cli.language.translation import speaking, translated
from zhengce.cli.request import Request
from zhengce.corpus.installation import remedy
from zhengce.index import Corpus, Counts, open_corpus
from zhengce.index.chosen import Chosen
from zhengce.index.search.results import Results
from zhengce.index.storage.segment_files import TEXTS

pytestmark = pytest.mark.integration

Run = Callable[..., tuple[int, str, str]]
Steps = Callable[[BrowseApp, Pilot[None]], Awaitable[None]]


def drive(corpus: Corpus, query: str, steps: Steps, size: tuple[int, int] = (100, 30), **how: object) -> BrowseApp:
    """Open a window, wait for the answer to a query if there is one, take steps in it, and return it closed."""
    window = BrowseApp(corpus, Request(query, **how))

    async def run() -> None:
        async with window.run_test(size=size) as pilot:
            if query:
                await until(pilot, lambda: bool(window.answer.results) or bool(message(window)))
            await steps(window, pilot)

    asyncio.run(run())
    return window


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    for _ in range(500):
        await pilot.pause()
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it does not happen")


async def ask(window: BrowseApp, pilot: Pilot[None], query: str) -> None:
    """Write a query in the place of the one that stands there, and wait for the answer."""
    before, number = window.answer, window._number
    window._query.focus()
    window._query.value = query
    await pilot.press("enter")
    assert window._number == number + 1
    await until(pilot, lambda: window.answer is not before or bool(message(window)))


def screen(window: BrowseApp) -> list[str]:
    return [strip.text.rstrip() for strip in window.screen._compositor.render_strips()]


def shown(window: BrowseApp) -> str:
    return "\n".join(screen(window))


def message(window: BrowseApp) -> str:
    place = window.screen_stack[0].query_one("#message")
    return str(place.render()) if place.display else ""


def bars(window: BrowseApp) -> list[int]:
    """Return the rows of the screen in which a bar stands beside the document."""
    left = window._document_pane.region.x
    strips = [strip.crop(left, left + 1) for strip in window.screen._compositor.render_strips()]
    return [row for row, strip in enumerate(strips) if any(each.style and each.style.reverse for each in strip)]


def matches(window: BrowseApp, row: int) -> str:
    """Return what is coloured as a match in a row of the screen."""
    strip = window.screen._compositor.render_strips()[row]
    return "".join(each.text for each in strip if each.style and each.style.color and each.style.color.name == "red")


def test_a_query_its_hits_and_the_document(corpus: Corpus) -> None:
    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        await pilot.press(*"中欧班列", "enter")
        await until(pilot, lambda: bool(window.answer.results))
        await pilot.pause()
        rows = screen(window)
        assert rows[0].startswith("Query: 中欧班列")
        assert rows[1].startswith("  Hits of 中欧班列")
        assert "│  chengyu  重庆市人民政府办公厅四川省" in rows[1]
        # The document stands once, with its number, date and occurrences; then the place of the hit and its section.
        assert rows[2].split("│")[0].startswith("  重庆市人民政府办公厅四川省人民政府办公厅关于")
        assert rows[2].split("│")[0].endswith(" 3 ")
        assert rows[4].startswith("    渝府办发〔2022〕86号 · 2022-07-26 ")
        assert rows[5].startswith("    chengyu:17  二、构建高效能开放大通道")
        assert rows[6].startswith("                (四) 共同做强中欧班列")
        assert rows[-1].startswith("23 occurrences in 16 passages of 5 documents  1/16 ")
        assert rows[-1].endswith("? keys")
        # The hits were laid out before they were shown.
        assert window.answer.layout.width == window._hit_list.line_width
        # The current passage stands a fourth from the top, its matches marked, others around it.
        (row,) = [number for number, text in enumerate(rows) if " 17 (四) 共同做强中欧班列" in text]
        assert row < 12
        assert matches(window, row) in ("中欧班列", "中欧班列" * 2)
        assert matches(window, 6) == "中欧班列"
        assert any("  18 (五) 优化畅通" in text for text in rows)
        # What is set apart is all of the passage, and nothing else.
        assert bars(window) == list(range(row, row + len(bars(window))))
        assert rows[bars(window)[-1]].endswith("心等）")

    drive(corpus, "", steps)


def test_next_and_previous_from_either_pane(corpus: Corpus) -> None:
    hits = list(corpus.search("中欧班列"))

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        for key, place in (("n", 1), ("j", 2), ("down", 3), ("N", 2), ("k", 1), ("tab", 1), ("n", 2), ("N", 1)):
            await pilot.press(key)
            assert window._hit_list.rank == place
            assert window._hit_list.current == hits[place]
            assert f" {place + 1}/16 " in screen(window)[-1]
            assert f"  {hits[place].passage.number} " in shown(window)
            assert place_label(hits[place].document, hits[place].passage.number) in shown(window)
        assert window.focused is window._document_pane
        top = window._document_pane.scroll_offset.y
        await pilot.press("j", "j", "k")
        assert (window._hit_list.rank, window._document_pane.scroll_offset.y) == (1, top + 1)
        await pilot.press("G")
        assert window._document_pane.scroll_offset.y == window._document_pane.max_scroll_y > 0
        await pilot.press("g")
        assert "未来五年 加快建设社会主义现代化国际大都市" in shown(window)
        await pilot.press("tab", "G")
        assert window._hit_list.rank == 15
        assert screen(window)[-1].startswith("23 occurrences in 16 passages of 5 documents  16/16")
        await pilot.press("n", "home", "pagedown")
        assert 4 < window._hit_list.rank < 15
        await pilot.press("home", "d", "d", "D", "d", "d")
        assert window._hit_list.current == next(hit for hit in hits if hit.document.id == "xining")
        await pilot.press("enter")
        assert window.focused is window._document_pane
        await pilot.press("D")
        row = next(row for row, text in enumerate(screen(window)) if "    xining:15 " in text)
        await pilot.click(window._hit_list, offset=(10, row - window._hit_list.region.y))
        assert window.focused is window._hit_list
        assert window._hit_list.current.document.id == "xining"

    drive(corpus, "中欧班列", steps)


def test_up_and_down_in_the_query_go_through_the_queries_of_before(own_home: Path) -> None:
    corpus = open_corpus()
    clear(corpus.home)
    for query in ("国际班列", "口岸"):
        remember(Request(query), corpus, Counts(1, 1, 1))

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        async def after(key: str) -> str:
            await pilot.press(key)
            return window._query.value

        window._query.focus()
        window._query.value = "成"
        assert [await after(key) for key in ("down", "up", "up", "up")] == ["成", "口岸", "国际班列", "国际班列"]
        assert [await after(key) for key in ("down", "down", "down")] == ["口岸", "成", "成"]
        assert [await after(key) for key in ("up", "x", "up", "down")] == ["口岸", "口岸x", "口岸", "口岸x"]
        await ask(window, pilot, "西宁")
        window._query.focus()
        window._query.value = ""
        assert [await after(key) for key in ("up", "up")] == ["西宁", "口岸"]

    drive(corpus, "", steps)


def test_keys_in_the_query_are_letters(corpus: Corpus) -> None:
    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        await pilot.press(*"nGmewoq?/ ")
        assert window.query_one(Input).value == "nGmewoq?/ "
        assert window.is_running
        assert not len(window.selection)

    drive(corpus, "", steps)


def test_marks_are_kept_and_exported(corpus: Corpus, tmp_path: Path, zhengce: Run) -> None:
    file = tmp_path / "marked.md"

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        await pilot.press("G", "m", "g", "space")
        assert "2 marked" in screen(window)[-1]
        assert "*  chengyu:17" in shown(window)
        await ask(window, pilot, "西部陆海新通道")
        await pilot.press("n", "m", "n", "m", "m")
        assert "3 marked" in screen(window)[-1]
        await pilot.press("e")
        window.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        await until(pilot, lambda: "written" in message(window))
        assert message(window) == f"3 marked passages written to {file}."

    drive(corpus, "中欧班列", steps)
    text = file.read_text(encoding="utf-8")
    assert "中欧班列; 西部陆海新通道" in text
    assert "marked in zhengce browse" in text
    assert text.count("<mark>中欧班列</mark>") >= 4
    assert text.count("<mark>西部陆海新通道</mark>") >= 1
    assert text.index("¶17") < text.index("¶128")


def test_without_marks_all_hits_are_exported(corpus: Corpus, tmp_path: Path) -> None:
    file = tmp_path / "hits.csv"

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        await pilot.press("e")
        assert "Export all 16 passages to a file" in shown(window)
        window.screen.query_one(Input).value = str(tmp_path / "no" / "hits.csv")
        await pilot.press("enter")
        await until(pilot, lambda: "cannot be written" in message(window))
        file.write_text("old")
        await pilot.press("e")
        window.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        assert "Press Enter again to replace it" in shown(window)
        assert file.read_text() == "old"
        await pilot.press("enter")
        await until(pilot, lambda: "written to" in message(window))
        assert message(window).startswith("all 16 passages written to")
        await pilot.press("e", "escape")
        await pilot.pause()
        assert len(window.screen_stack) == 1

    drive(corpus, "中欧班列", steps)
    rows = [row for row in file.read_text(encoding="utf-8").splitlines() if row.strip() and not row.startswith("#")]
    assert len(rows) == 17


def test_what_cannot_be_found_or_read_is_said(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        await ask(window, pilot, "成都 “班列")
        said = message(window).splitlines()
        assert said[:3] == ["A quotation mark is not closed.", "  成都 “班列", "       ^"]
        assert window.focused is window._query
        # What was found before is still there, under its own name.
        assert "Hits of 国际班列" in shown(window)
        await pilot.press("escape", "n")
        assert window._hit_list.rank == 1
        await ask(window, pilot, "中欧班车")
        assert message(window).startswith("中欧班车 does not occur. Words like it: 中欧班列 (16 passages)")
        assert not window.answer.results
        assert window._document_pane.part is None
        assert "/12" not in screen(window)[-1]
        monkeypatch.setattr("zhengce.index.search.deadline.REGEX_SECONDS", -1.0)
        await ask(window, pilot, "/班.列/")
        assert "takes longer than" in message(window)
        await pilot.press("escape", "escape")
        assert not message(window)

    drive(corpus, "国际班列", steps)


def test_a_damaged_index_is_said(shared_home: Path, tmp_path: Path) -> None:
    shutil.copytree(shared_home, tmp_path / "home")
    corpus = open_corpus(tmp_path / "home")
    (file,) = (tmp_path / "home").rglob(TEXTS)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        assert "The index is damaged" in message(window)

    drive(corpus, "中欧班列", steps)


def test_damage_that_shows_only_in_drawing_is_said(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    hit, last = Results.hit_of, corpus.search("中欧班列").ordinals()[4]

    def fail(results: Results, ordinal: int) -> object:
        if ordinal > last:
            raise opening.OpeningError("damaged")
        return hit(results, ordinal)

    monkeypatch.setattr(Results, "hit_of", fail)

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: message(window) == "damaged")
        await pilot.press("G", "m", "o")
        assert window.is_running

    drive(corpus, "中欧班列", steps)


def test_an_answer_that_is_no_longer_wanted_is_dropped(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, done = threading.Event(), threading.Event()

    def slow(corpus: Corpus, question: Question, width: int) -> Answer:
        if question.request.query == "成都":
            go_on.wait(5)
        found = answer(corpus, question, width)
        if question.request.query == "成都":
            done.set()
        return found

    monkeypatch.setattr(app, "answer", slow)

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        await pilot.press(*"成都", "enter")
        # The window lives while it is being looked for.
        await ask(window, pilot, "西宁")
        assert "Hits of 西宁" in shown(window)
        go_on.set()
        await until(pilot, done.is_set)
        await pilot.pause(0.1)
        assert window.answer.request.query == "西宁"
        assert "Hits of 西宁" in shown(window)

    drive(corpus, "", steps)


def test_whole_words(corpus: Corpus) -> None:
    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        anyhow = window.answer.counts.occurrences
        before = window.answer
        await pilot.press("w")
        await until(pilot, lambda: window.answer is not before)
        assert window.answer.counts.occurrences < anyhow
        assert screen(window)[0].endswith("  whole words  in chengyu")
        assert "Hits (whole words) (in chengyu)" in shown(window)

    drive(corpus, "质量", steps, documents=("chengyu",))


def test_keywords_and_the_order_of_hits(own_home: Path, quick_builds: None) -> None:
    corpus = open_corpus(aliases={"成都": "成都 | 蓉"})
    clear(corpus.home)

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        async def after(*keys: str) -> Answer:
            before = window.answer
            await pilot.press(*keys)
            await until(pilot, lambda: window.answer is not before)
            return window.answer

        assert "does not occur" in message(window)
        assert (await after("escape", "K")).results.reading == "成都 OR 班列"
        assert screen(window)[0].endswith("  keywords")
        (switch,) = [each for each in window.screen._compositor.render_strips()[0] if "keywords" in each.text]
        assert switch.style.color.number == 3
        assert "Hits of 成都的班列 (keywords)" in shown(window)
        # Each word has a colour, in the hits and in the document.
        assert "成都 66 passages  班列 28 passages" in shown(window)
        for left, right in ((0, window._document_pane.region.x), (window._document_pane.region.x, 100)):
            strips = (strip.crop(left, right) for strip in window.screen._compositor.render_strips())
            looks = {(each.text, each.style.color.name) for strip in strips for each in strip if each.style.color}
            assert {("成都", "red"), ("班列", "blue")} <= looks
        # Whole words go with terms.
        await pilot.press("w")
        await until(pilot, lambda: "does not occur" in message(window))
        assert screen(window)[0].endswith("  whole words")
        await ask(window, pilot, "@成都 班列")
        assert not message(window)
        reading = await after("s")
        assert reading.results.sort == "document"
        assert screen(window)[0].endswith("  whole words  in reading order")
        dates = [group.document.metadata.date for group in (await after("s")).layout.groups]
        assert dates == sorted(dates)
        window._query.focus()
        window._query.value = ""
        await pilot.press("up")
        assert window._query.value == "@成都 班列"
        await ask(window, pilot, "@航班")
        assert "@航班" in message(window)
        await ask(window, pilot, "成都的班列车")
        assert message(window).endswith("To search for the words in it, press Esc and K.")
        # Questions have a history of their own.
        window._query.value = ""
        await after("escape", "K")
        await pilot.press("slash", "up", "up")
        assert window._query.value == "成都的班列"

    drive(corpus, "成都的班列", steps)
    asked = [(each.request.query, each.request.keywords) for each in history(corpus.home)]
    assert asked == [("成都的班列", True), ("@成都 班列", False), ("成都的班列车", True)]


def test_a_passage_is_copied_with_its_citation(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    file = tmp_path / "hits.txt"

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        await pilot.press("y")
        assert window.clipboard.startswith("(四) 共同做强中欧班列（成渝）品牌。")
        assert window.clipboard.endswith("[chengyu:17]")
        assert message(window).startswith("chengyu:17 is copied with its citation: 重庆市人民政府办公厅")
        await pilot.press("n")
        assert not message(window)
        await pilot.press("c", "y")
        hit = window._hit_list.current
        assert window.clipboard == f"{hit.passage.text}\n{corpus.cite(hit.document, hit.passage)}"
        # An export begins with the same style, and may take another, which is kept.
        await pilot.press("e")
        assert "Citations: GB/T 7714—2015  (↑ ↓ for another style)" in shown(window)
        await pilot.press("down", "down", "up")
        window.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        await until(pilot, lambda: "written to" in message(window))
        assert corpus.cite(hit.document, hit.passage, "apa") in file.read_text(encoding="utf-8")
        await pilot.press("c", "c")
        assert message(window) == "Citations: short, with the place"

    drive(corpus, "中欧班列", steps)


def test_what_the_command_line_asks_for(corpus: Corpus, zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(browse, "open_window", lambda *how: asked.append(how) or 0)
    command = (
        "browse",
        "怎样",
        "降低",
        "-k",
        "--doc",
        "xining",
        "--sort",
        "-date",
        "--cite",
        "apa",
        "--corpus",
        "mine",
    )
    assert zhengce(*command)[0] == 0
    assert asked == [(Chosen(("mine",)), Request("怎样 降低", True, False, ("xining",)), "-date", "apa")]
    assert zhengce("browse", "-k", "-w", "成都")[2].startswith("zhengce: -w goes with terms")
    window = BrowseApp(corpus, Request("开放"), "-date", "apa")
    monkeypatch.setattr(corpus, "chosen", Chosen(("mine",)))

    async def run() -> None:
        async with window.run_test(size=(100, 30)) as pilot:
            await until(pilot, lambda: bool(window.answer.results))
            await pilot.pause()
            assert window.answer.layout.groups[0].document.id == "bazhong"
            assert window.answer.layout.width == window._hit_list.line_width
            assert "  Corpus: mine  " in screen(window)[-1]
            await pilot.press("e")
            assert "Citations: APA 7" in shown(window)

    asyncio.run(run())


@pytest.mark.parametrize("size", [(60, 24), (24, 10), (200, 50)])
def test_any_size_of_window(corpus: Corpus, size: tuple[int, int]) -> None:
    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        await pilot.press("n", "n")
        rows = screen(window)
        stacked = size[0] < 90
        assert stacked == (window._document_pane.region.y > window._hit_list.region.bottom)
        assert window._hit_list.region.width >= (size[0] if stacked else 40)
        assert "3/16" in rows[-1]
        assert "41 " in shown(window)
        assert all(len(row) <= size[0] for row in rows)
        # Text takes no more columns than on other pages.
        assert max(cells(row.rsplit("│", 1)[-1].rstrip("▁▂▃▄▅▆▇█ ")) for row in rows[2:-1]) <= 100 + GUTTER
        # The passage stays in view in a window of another shape.
        for other in ((120, 20), (40, 24)):
            await pilot.resize_terminal(*other)
            await pilot.pause()
            assert any(
                matches(window, row)
                for row in range(window._document_pane.region.y, window._document_pane.region.bottom)
            )
            assert " 41 " in shown(window)

    drive(corpus, "中欧班列", steps, size)


def test_hostile_texts(own_documents: Callable[[dict[str, str]], Path]) -> None:
    text = (
        "第一段[bold]没有\x1b[31m颜色[/]的班列\u202e倒过来\x07。\n\n👩‍👩‍👧‍👦🇨🇳班列é班列\t甲\t乙。\n\n"
        + "长" * 3000
        + "班列。\n"
    )
    own_documents({"a": text})

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        assert "[bold]没有␛[31m颜色[/]的" in shown(window)
        await pilot.press("n", "n", "m", "slash", "\x1b")
        assert "长班列" in shown(window)
        window._query.value = "\x1b[31m\u202e"
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: bool(message(window)))
        assert not set("\x1b\x07\u202e") & set(shown(window))

    drive(open_corpus(), "班列", steps)


def test_a_long_document_is_read_from_where_the_hit_is(
    own_documents: Callable[[dict[str, str]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    own_documents({"long": "".join(f"这是第{number}段的文字，说到班列。\n\n" for number in range(1, 301))})
    monkeypatch.setattr(app, "_AT_ONCE", 40)
    held: list[Callable[[], Callable[[], None]]] = []
    in_background = BrowseApp.in_background
    # The rest of the document comes when the test says so.
    monkeypatch.setattr(
        BrowseApp,
        "in_background",
        lambda window, work: held.append(work) if window.answer.results else in_background(window, work),
    )

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        def document() -> list[str]:
            region = window._document_pane.region
            # Without the bar that scrolls.
            return [row.split("│")[1][:40].rstrip() for row in screen(window)[region.y : region.bottom]]

        await pilot.press("G")
        before = document()
        assert any("第300段" in row for row in before)
        held[-1]()()
        await pilot.pause()
        assert window._document_pane.part.is_whole
        assert document() == before
        await pilot.press("tab", "g")
        assert any("第1段" in row for row in document())

    drive(open_corpus(), "班列", steps)


def test_the_file_is_opened_in_the_editor(corpus: Corpus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(app, "run", asked.append)
    monkeypatch.setenv("VISUAL", "vim")

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        await pilot.press("o")
        assert message(window).startswith("The window cannot leave this terminal")
        monkeypatch.setattr(type(window._driver), "can_suspend", True)
        await pilot.press("n", "o")
        assert window.is_running

    drive(corpus, "中欧班列", steps)
    assert [each[:2] for each in asked] == [["vim", "+89"]]


def test_help_and_quitting(corpus: Corpus) -> None:
    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        await pilot.press("question_mark")
        assert "export what is marked, or else all hits" in shown(window)
        await pilot.press("q")
        await pilot.pause()
        assert window.is_running
        assert len(window.screen_stack) == 1
        await pilot.press("q")

    assert drive(corpus, "中欧班列", steps).return_code == 0

    async def interrupt(window: BrowseApp, pilot: Pilot[None]) -> None:
        await pilot.press("slash", "e", "ctrl+c")

    assert drive(corpus, "中欧班列", interrupt).return_code == 130


def test_each_key_is_in_the_dialog_and_in_the_help_topic() -> None:
    names = {"slash": "/", "question_mark": "?", "space": "Space", "escape": "Esc", "ctrl+c": "Ctrl-C", "tab": "Tab"}
    bound = {names.get(key, key) for binding in BrowseApp.BINDINGS for key in binding.key.split(",")} - {"shift+tab"}
    assert bound <= {key for keys, _ in KEYS for key in keys.split()}
    headers = {"en": "| key | what it does |", "zh_CN": "| 按键 | 作用 |"}
    for language, topics in TOPICS_IN.items():
        rows = table(topics["browse"], headers[language])
        told = {key for keys, _ in rows for key in re.findall(r"[^\s`,]+", keys)}
        assert bound - {"Esc", "Ctrl-C"} <= told
    # They fit a window of 24 lines and 70 columns.
    assert len(KEYS) + 4 <= 24
    for language in ("en", "zh_CN"):
        with speaking(language):
            widest = max(cells(translated(about)) for _, about in KEYS)
        assert widest + max(cells(keys) for keys, _ in KEYS) + 2 <= 70 * 9 // 10 - 4


def test_an_unexpected_error_ends_the_window_without_a_page(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    window = BrowseApp(corpus, Request(""))

    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(window, "action_words", fail)

    async def run() -> None:
        async with window.run_test() as pilot:
            await pilot.press("escape", "w")

    with pytest.raises(ZeroDivisionError):
        asyncio.run(run())
    assert isinstance(window.failure, ZeroDivisionError)
    assert not window._exit_renderables


def test_where_there_can_be_no_window(zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = zhengce("browse", "中欧班列")
    assert (code, out) == (2, "")
    assert err.startswith("zhengce: browse needs a terminal")
    monkeypatch.setitem(sys.modules, "textual", None)
    assert zhengce("browse") == (2, "", f"zhengce: browse needs {remedy('textual')}\n")


def test_on_a_terminal() -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    command = [sys.executable, "-m", "zhengce.cli", "browse", "中欧班列"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        written = b""
        while b"16 passages" not in written:
            written += os.read(ours, 65536)
        process.send_signal(signal.SIGINT)
        while b"\x1b[?1049l" not in written:
            written += os.read(ours, 65536)
        assert process.wait(10) == 130
    os.close(ours)
    assert re.search("\x1b\\[1;31[;0-9]*m中欧班列".encode(), written)


def test_the_window_speaks_chinese(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said: list[str] = []

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        await pilot.pause()
        rows = screen(window)
        assert rows[0].startswith("检索式： 中欧班列")
        assert rows[1].startswith("  命中：中欧班列")
        assert rows[-1].startswith("23处，见于5篇文档的16段  1/16")
        assert rows[-1].endswith("n 下一段  y 复制  m 标记  e 导出  q 退出  ? 按键")
        for key in ("m", "c", "y"):
            await pilot.press(key)
            await pilot.pause()
            said.append(message(window))
        assert screen(window)[-1].startswith("23处，见于5篇文档的16段  1/16  已标记1段")
        await pilot.press("question_mark")
        await pilot.pause()
        assert "转到检索式；Enter 检索，Esc 返回" in shown(window)
        await pilot.press("escape", "e")
        await pilot.pause()
        assert "将标记的1段导出到文件" in shown(window)
        assert "著录格式：GB/T 7714—2015  （按 ↑ ↓ 更换）" in shown(window)
        await pilot.press("enter")
        await until(pilot, lambda: "hits.txt" in message(window))
        said.append(message(window))
        # In another thread, errors and what is written are in the same language.
        await until(pilot, lambda: "已将" in message(window))
        await ask(window, pilot, "(成都")
        said.append(message(window).split("\n")[0])
        await pilot.press("escape", "K")
        await until(pilot, lambda: window.answer.request.keywords)
        await pilot.press("s")
        await until(pilot, lambda: window.answer.question.sort is not None)
        await pilot.pause()
        assert re.search("关键词  按\\w+$", screen(window)[0])

    with speaking("zh_CN"):
        window = drive(corpus, "中欧班列", steps, (80, 24))
    assert said[:2] == ["", "著录格式：GB/T 7714—2015"]
    assert re.match("已复制 .* 及引注：", said[2].replace("\n", " "))
    assert "括号" in said[4]
    assert not re.search("[A-Za-z]{3}", re.sub(r"GB|hits.txt|chengyu", "", "".join(said)))
    assert not window.is_running
    written = (tmp_path / "hits.txt").read_text(encoding="utf-8")
    assert written.startswith("检索式：   中欧班列\n")
    assert "条件：     在 zhengce browse 中标记的段落\n" in written


def test_work_in_another_thread_is_done_in_the_language_of_the_window(corpus: Corpus) -> None:
    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        def work() -> Callable[[], None]:
            raise RuntimeError("x")

        window.in_background(work)
        await until(pilot, lambda: bool(message(window)))
        assert message(window) == "发生意外错误：RuntimeError：x。"

    with speaking("zh_CN"):
        drive(corpus, "", steps)
