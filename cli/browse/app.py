"""The window: a query, its hits, and the document of the current hit."""

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
from ..display.theme import NOTE, TITLE
from ..display.wording import plural
from ..editors import command, run
from ..exit_codes import INTERRUPTED
from ..export.table import format_of
from ..history import earlier_queries, remember
from ..output.options import OutputOptions
from ..output.search_results import passage_export
from ..request import Request
from .answers import Answer, answer
from .background import Apply, BackgroundApp
from .dialogs import FileDialog, KeysDialog
from .document_layout import DocumentLayout, read_part
from .document_pane import DocumentPane
from .hit_lines import shortened_id
from .hit_list import HitList
from .panes import Pane
from .query_input import QueryInput
from .selection import Selection, selection_export, write
from .status_line import status_line
from .window_css import WINDOW_CSS

_BREAKPOINTS = [(0, "-stacked"), (90, "-wide")]  # below 90 cells, the document is below the hits
_AT_ONCE = 3000  # passages that are laid out without a delay; of a longer document, those around the hit come first


class BrowseApp(BackgroundApp):
    """The window over a corpus."""

    CSS = WINDOW_CSS
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
        self.selection = Selection()
        self.answer = Answer(request)
        self._asked = request
        self._number = 0
        self._file = "hits.txt"
        self._hit_list = HitList(self.selection)
        self._document_pane = DocumentPane(self.selection)

    def compose(self) -> ComposeResult:
        """Lay out the window."""
        with Horizontal(id="top"):
            yield Static(Text("Query:", TITLE), id="prompt")
            yield QueryInput(harmless(self._asked.query), lambda: earlier_queries(self.corpus.home))
            yield Static(id="conditions")
        yield Static(id="message")
        with Container(id="panes"):
            with Vertical(id="left"):
                yield Static(id="hits-head", classes="head")
                yield self._hit_list
            with Vertical(id="right"):
                yield Static(id="document-head", classes="head")
                yield self._document_pane
        yield Static(id="status")

    def on_mount(self) -> None:
        """Search for the query of the command line, if there is one."""
        self._query.focus()
        self._show_conditions()
        if self._asked.query:
            self._ask(self._asked)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines to the new width."""
        self.call_after_refresh(self._show_position)

    def on_descendant_focus(self) -> None:
        """Show which part of the window has the keys."""
        for name, part in (
            ("#prompt", self._query),
            ("#hits-head", self._hit_list),
            ("#document-head", self._document_pane),
        ):
            self.query_one(name).set_class(self.focused is part, "-focused")

    # Searching.

    def on_input_changed(self, event: Input.Changed) -> None:
        """Replace what a terminal would act on, which may have been pasted."""
        if event.input is self._query and (shown := harmless(self._query.value)) != self._query.value:
            self._query.value = shown

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Search for the query that was typed."""
        self._ask(self._asked._replace(query=event.value))

    def action_words(self) -> None:
        """Search for whole words only, or for every occurrence again."""
        self._asked = self._asked._replace(words=not self._asked.words)
        self._show_conditions()
        if self._asked.query:
            self._ask(self._asked)

    def _ask(self, request: Request) -> None:
        """Search in another thread. An earlier search that has not ended yet is forgotten."""
        self._asked = request
        self._number += 1
        number = self._number
        self._show_conditions()
        self.say("")
        self.in_background(lambda: partial(self._take, number, answer(self.corpus, request)))

    def _take(self, number: int, given: Answer) -> None:
        """Show an answer, unless there has been another search meanwhile. If the query could not be read or answered,
        show only the reason, and keep the hits before."""
        if number != self._number:
            return
        self.say(given.message)
        if given.results is not None:
            self.answer = given
            self._document_pane.clear()
            self._hit_list.show(given.results)
        if given.results:
            remember(given.request, self.corpus, given.counts)
        # The reader may be typing another query already.
        if given.results and self._query.value == harmless(given.request.query):
            self._hit_list.focus()

    # The document.

    def on_hit_list_moved(self) -> None:
        """Show the current hit in its document."""
        with self._errors_shown():
            if hit := self._hit_list.current:
                self._read(hit)
        self._show_position()

    def _read(self, hit: Hit) -> None:
        shown, document, number = self._document_pane.part, hit.document, hit.passage.number
        if shown and shown.document == document and (shown.is_whole or number in self._document_pane):
            self._document_pane.turn_to(number)
        elif document.passages <= _AT_ONCE:
            self._document_pane.show(read_part(self.corpus, document, self.answer.request), number)
        else:
            first = max(1, min(number - _AT_ONCE // 2, document.passages - _AT_ONCE + 1))
            stretch = range(first, first + _AT_ONCE)
            self._document_pane.show(read_part(self.corpus, document, self.answer.request, stretch), number)
            self._read_the_rest(document)

    def _read_the_rest(self, document: IndexedDocument) -> None:
        width, answered = self._document_pane.line_width, self.answer

        def work() -> Apply:
            return partial(take, DocumentLayout(read_part(self.corpus, document, answered.request), width))

        def take(layout: DocumentLayout) -> None:
            shown = self._document_pane.part
            if self.answer is answered and shown and shown.document == document:
                self._document_pane.show_more(layout)

        self.in_background(work)

    def on_pane_failed(self, event: Pane.Failed) -> None:
        """Show what cannot be read."""
        self.say(str(event.error))

    # Keys.

    def action_ask(self) -> None:
        """Go to the query."""
        self._query.focus()
        self._query.action_select_all()

    def action_next(self, hits: int) -> None:
        """Move by a number of hits, from either pane."""
        self._hit_list.move(self._hit_list.rank + hits)

    def on_hit_list_chosen(self) -> None:
        """Go to the document."""
        self._document_pane.focus()

    def action_other_pane(self) -> None:
        """Go from the hits to the document, or from elsewhere to the hits."""
        if len(self.screen_stack) == 1:
            (self._document_pane if self.focused is self._hit_list else self._hit_list).focus()

    def action_leave(self) -> None:
        """Close a message, and go from the query or the document to the hits."""
        if self.focused is self._hit_list or self.focused is self._query:
            self.say("")
        self._hit_list.focus()

    def action_mark(self) -> None:
        """Mark the current passage, or remove its mark."""
        with self._errors_shown():
            if hit := self._hit_list.current:
                self.selection.toggle(hit, self.answer.request)
                self._hit_list.refresh()
                self._document_pane.refresh()
                self._show_position()

    def action_open(self) -> None:
        """Open the file of the document at the current passage; the window returns when that program ends."""
        with self._errors_shown():
            if hit := self._hit_list.current:
                program = command(hit.document, hit.passage, self.corpus.paths[hit.document.id], os.environ)
                with self.suspend():
                    run(program)

    def action_export(self) -> None:
        """Ask for a file, and write the marked passages to it, or all hits if none is marked."""
        marked, shown = self.selection.all(), self.answer
        if not marked and not shown.results:
            self.say("There is nothing to export: no passage is marked, and there are no hits.")
            return
        what = plural(len(marked), "marked passage") if marked else f"all {plural(shown.counts.passages, 'passage')}"

        def work(file: str) -> Apply:
            if marked:
                export = selection_export(self.corpus, marked)
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
                self.in_background(partial(work, file))

        self.push_screen(FileDialog(what, self._file), take)

    def action_keys(self) -> None:
        """Show the keys."""
        self.push_screen(KeysDialog())

    def action_interrupt(self) -> None:
        """End with the exit code of an interrupted program."""
        self.exit(return_code=INTERRUPTED)

    # Messages.

    @property
    def _query(self) -> Input:
        return self.query_one("#query", Input)

    @contextmanager
    def _errors_shown(self) -> Iterator[None]:
        """Show an error of the block as a message."""
        try:
            yield
        except (ZhengceError, SuspendNotSupported) as error:
            self.say(str(error))

    def say(self, message: str) -> None:
        """Show a message below the query; an empty one closes it."""
        box = self.query_one("#message", Static)
        box.update(Text("\n".join(map(harmless, message.split("\n")))))
        box.display = bool(message)

    def _show_conditions(self) -> None:
        """Show the conditions of the search beside the query."""
        self.query_one("#conditions", Static).update(Text("  ".join(("", *self._asked.conditions)), NOTE))

    def _show_position(self) -> None:
        """Show how much was found, and the current hit and document."""
        shown, width = self.answer, self.size.width
        rank = self._hit_list.rank + 1 if shown.results else None
        self.query_one("#status", Static).update(status_line(shown.counts, rank, len(self.selection), width))
        hits = f"Hits of {shown.request.query}" if shown.results else "Hits"
        self._head("#hits-head", " ".join((hits, *(f"({each})" for each in shown.request.conditions))))
        document = self._document_pane.part.document.id if self._document_pane.part else "Document"
        self._head("#document-head", document)

    def _head(self, name: str, text: str) -> None:
        head = self.query_one(name, Static)
        said = f"  {shortened_id(harmless(text), head.size.width - 2)}"
        head.update(Text(said + " " * (head.size.width - cells(said))))
