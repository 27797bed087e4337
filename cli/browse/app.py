"""The window: a query, its hits, and the document that the current one is in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Input, Static

from ...corpus.errors import ZhengceError
from ...index.library import Corpus
from ...index.model import Hit, IndexedDocument
from ..display.layout import cells, harmless
from ..display.wording import plural
from ..editors import command, run
from ..exit_codes import INTERRUPTED
from ..export.table import format_of
from ..last_query import remember
from ..output.options import OutputOptions
from ..output.search_results import passage_export
from ..request import Request
from .background import BackgroundApp, Take
from .dialogs import FileDialog, Help
from .document_layout import Sheet, reading
from .document_pane import Reader
from .hit_lines import named
from .hit_list import HitList
from .panes import Pane
from .queries import Answer, answer
from .selection import Marks, export_of_marks, write
from .status_line import status_line

_BREAKPOINTS = [(0, "-stacked"), (90, "-wide")]  # in a window of fewer cells the document stands below the hits
_AT_ONCE = 3000  # passages that are laid out before one notices; of a longer document, those around the hit come first


class Browser(BackgroundApp):
    """The window over a corpus, which it keeps open."""

    CSS = """
    #top { height: 1; }
    #top > Static { width: auto; }
    #query { width: 1fr; margin-left: 1; }
    #query > .input--selection { background: ansi_default; color: ansi_default; text-style: reverse; }
    #prompt.-focused { text-style: reverse; }
    #message { display: none; height: auto; max-height: 8; padding: 0 1; border-left: outer ansi_yellow; }
    #panes { layout: horizontal; height: 1fr; }
    #panes > Vertical { height: 1fr; }
    #left { width: 2fr; max-width: 60; }
    #right { width: 3fr; border-left: solid ansi_blue; }
    .-stacked #panes { layout: vertical; }
    .-stacked #left { width: 1fr; max-width: 100%; height: 2fr; }
    .-stacked #right { width: 1fr; height: 3fr; border-left: none; }
    .head { height: 1; text-style: underline; }
    .head.-focused { text-style: bold reverse; }
    Pane { height: 1fr; }
    #status { height: 1; }
    """

    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS
    ENABLE_COMMAND_PALETTE = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", priority=True),
        Binding("slash", "ask"),
        Binding("n", "next(1)"),
        Binding("N", "next(-1)"),
        Binding("tab,shift+tab", "other_pane", priority=True),
        Binding("m,space", "mark"),
        Binding("e", "export"),
        Binding("w", "words"),
        Binding("o", "open"),
        Binding("escape", "leave"),
        Binding("question_mark", "keys"),
        Binding("q", "quit"),
    ]

    def __init__(self, corpus: Corpus, request: Request) -> None:
        # The terminal's own colours: it knows whether its background is dark or light.
        super().__init__(ansi_color=True)
        self.corpus = corpus
        self.marks = Marks()
        self.answer = Answer(request)
        self._asked = request
        self._number = 0
        self._file = "hits.txt"
        self._hits = HitList(self.marks)
        self._reader = Reader(self.marks)

    def compose(self) -> ComposeResult:
        """Lay the window out."""
        with Horizontal(id="top"):
            yield Static(Text("Query:", "bold"), id="prompt")
            yield Input(harmless(self._asked.query), id="query", compact=True, select_on_focus=False)
            yield Static(id="conditions")
        yield Static(id="message")
        with Container(id="panes"):
            with Vertical(id="left"):
                yield Static(id="hits-head", classes="head")
                yield self._hits
            with Vertical(id="right"):
                yield Static(id="document-head", classes="head")
                yield self._reader
        yield Static(id="status")

    def on_mount(self) -> None:
        """Ask what is asked on the command line, if anything."""
        self._query.focus()
        self._say_how()
        if self._asked.query:
            self._ask(self._asked)

    def on_resize(self, event: events.Resize) -> None:
        """Fit what stands in a line to the new width."""
        self.call_after_refresh(self._say_where)

    def on_descendant_focus(self) -> None:
        """Show which part the keys go to."""
        for name, part in (("#prompt", self._query), ("#hits-head", self._hits), ("#document-head", self._reader)):
            self.query_one(name).set_class(self.focused is part, "-focused")

    # Asking.

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show nothing in the query that a terminal acts on, which may have been pasted."""
        if event.input is self._query and (shown := harmless(self._query.value)) != self._query.value:
            self._query.value = shown

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Ask what is written in the query."""
        self._ask(self._asked._replace(query=event.value))

    def action_words(self) -> None:
        """Ask the same with only whole words, or with any occurrence again."""
        self._asked = self._asked._replace(words=not self._asked.words)
        self._say_how()
        if self._asked.query:
            self._ask(self._asked)

    def _ask(self, request: Request) -> None:
        """Look for the answer in another thread, so that the window lives on; what was asked before is not wanted
        any more."""
        self._asked = request
        self._number += 1
        number = self._number
        self._say_how()
        self.say("")
        self.aside(lambda: partial(self._take, number, answer(self.corpus, request)))

    def _take(self, number: int, given: Answer) -> None:
        """Show an answer, unless another question has been asked meanwhile. Of one that could not be read or answered
        only the reason is said, and what was shown before stays."""
        if number != self._number:
            return
        self.say(given.message)
        if given.results is not None:
            self.answer = given
            self._reader.clear()
            self._hits.show(given.results)
        if given.results:
            remember(given.request, self.corpus.home)
        # Whoever is writing another query already is not to be disturbed.
        if given.results and self._query.value == harmless(given.request.query):
            self._hits.focus()

    # Reading.

    def on_hit_list_moved(self) -> None:
        """Show the current hit in its document."""
        with self._said():
            if hit := self._hits.current:
                self._read(hit)
        self._say_where()

    def _read(self, hit: Hit) -> None:
        shown, document, number = self._reader.reading, hit.document, hit.passage.number
        if shown and shown.document == document and (shown.is_whole or number in self._reader):
            self._reader.turn_to(number)
        elif document.passages <= _AT_ONCE:
            self._reader.show(reading(self.corpus, document, self.answer.request), number)
        else:
            first = max(1, min(number - _AT_ONCE // 2, document.passages - _AT_ONCE + 1))
            stretch = range(first, first + _AT_ONCE)
            self._reader.show(reading(self.corpus, document, self.answer.request, stretch), number)
            self._read_the_rest(document)

    def _read_the_rest(self, document: IndexedDocument) -> None:
        width, answered = self._reader.line_width, self.answer

        def work() -> Take:
            return partial(take, Sheet(reading(self.corpus, document, answered.request), width))

        def take(sheet: Sheet) -> None:
            shown = self._reader.reading
            if self.answer is answered and shown and shown.document == document:
                self._reader.show_more(sheet)

        self.aside(work)

    def on_pane_failed(self, event: Pane.Failed) -> None:
        """Say what cannot be read."""
        self.say(str(event.error))

    # Keys.

    def action_ask(self) -> None:
        """Go to the query."""
        self._query.focus()
        self._query.action_select_all()

    def action_next(self, hits: int) -> None:
        """Go on by hits, from whichever pane."""
        self._hits.move(self._hits.place + hits)

    def on_hit_list_chosen(self) -> None:
        """Go to the document."""
        self._reader.focus()

    def action_other_pane(self) -> None:
        """Go from the hits to the document, from anywhere else to the hits."""
        if len(self.screen_stack) == 1:
            (self._reader if self.focused is self._hits else self._hits).focus()

    def action_leave(self) -> None:
        """Put a message away, and go from the query or the document to the hits."""
        if self.focused is self._hits or self.focused is self._query:
            self.say("")
        self._hits.focus()

    def action_mark(self) -> None:
        """Mark the current passage, or take its mark away."""
        with self._said():
            if hit := self._hits.current:
                self.marks.toggle(hit, self.answer.request)
                self._hits.refresh()
                self._reader.refresh()
                self._say_where()

    def action_open(self) -> None:
        """Open the document's file at the current passage; the window comes back when the program has ended."""
        with self._said():
            if hit := self._hits.current:
                asked = command(hit.document, hit.passage, self.corpus.paths[hit.document.id], os.environ)
                with self.suspend():
                    run(asked)

    def action_export(self) -> None:
        """Write what is marked, or else all that was found, to a file that is asked for."""
        marked, shown = self.marks.all(), self.answer
        if not marked and not shown.results:
            self.say("Nothing is marked and nothing was found, so there is nothing to export.")
            return
        what = plural(len(marked), "marked passage") if marked else f"all {plural(shown.counts.passages, 'passage')}"

        def work(file: str) -> Take:
            if marked:
                export = export_of_marks(self.corpus, marked)
            else:
                assert shown.results
                options = OutputOptions(format=format_of(file), file=file)
                export = passage_export(self.corpus, shown.results, shown.request, None, options)
            write(export, file)
            return partial(self.say, f"{what} written to {file}.")

        def take(file: str | None) -> None:
            if file:
                self._file = file
                self.say(f"Writing {what} to {file} …")
                self.aside(partial(work, file))

        self.push_screen(FileDialog(what, self._file), take)

    def action_keys(self) -> None:
        """Say which keys there are."""
        self.push_screen(Help())

    def action_interrupt(self) -> None:
        """End as a program does that was interrupted."""
        self.exit(return_code=INTERRUPTED)

    def _fatal_error(self) -> None:
        # What should not happen is said in a line by the boundary, as for every command, rather than in a page here.
        self._close_messages_no_wait()

    # Saying.

    @property
    def _query(self) -> Input:
        return self.query_one("#query", Input)

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Say what goes wrong within."""
        try:
            yield
        except (ZhengceError, SuspendNotSupported) as error:
            self.say(str(error))

    def say(self, message: str) -> None:
        """Say something below the query, or with nothing put away what was said."""
        place = self.query_one("#message", Static)
        place.update(Text("\n".join(map(harmless, message.split("\n")))))
        place.display = bool(message)

    def _say_how(self) -> None:
        """Say how is searched, beside the query."""
        self.query_one("#conditions", Static).update(Text("  ".join(("", *self._asked.conditions)), "bold yellow"))

    def _say_where(self) -> None:
        """Say what was found and where the reader is."""
        shown, width = self.answer, self.size.width
        place = self._hits.place + 1 if shown.results else None
        self.query_one("#status", Static).update(status_line(shown.counts, place, len(self.marks), width))
        hits = f"Hits of {shown.request.query}" if shown.results else "Hits"
        self._head("#hits-head", " ".join((hits, *(f"({each})" for each in shown.request.conditions))))
        document = self._reader.reading.document.id if self._reader.reading else "Document"
        self._head("#document-head", document)

    def _head(self, name: str, text: str) -> None:
        head = self.query_one(name, Static)
        said = f"  {named(harmless(text), head.size.width - 2)}"
        head.update(Text(said + " " * (head.size.width - cells(said))))
