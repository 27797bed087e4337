"""The window: a query, its hits, and the document of the current hit."""

from __future__ import annotations

import os
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Input, Static

from ...index.library import Corpus
from ...index.model import Hit, IndexedDocument
from ...index.search.results import Sort
from ..config.current import current
from ..display.layout import harmless
from ..display.theme import TITLE
from ..display.wording import corpus_note, place_label
from ..editors import command, run
from ..history import earlier_queries, remember
from ..language.translation import gettext
from ..request import Request
from .answers import ORDERS, Answer, Question, answer
from .background import Apply
from .clipboard import give_to_tmux, with_citation
from .dialogs import Destination, FileDialog, KeysDialog, next_style, style_title
from .document_layout import DocumentLayout, head_of, read_part
from .document_pane import DocumentPane
from .frame import Frame
from .hit_list import HitList
from .panes import Pane
from .query_input import QueryInput
from .selection import Selection, exported, results_export, selection_export, write
from .status_line import status_line

_AT_ONCE = 3000  # passages that are laid out without a delay; of a longer document, those around the hit come first


class BrowseApp(Frame):
    """The window over a corpus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", priority=True),
        Binding("slash", "ask"),
        Binding("n", "next(1)"),
        Binding("N", "next(-1)"),
        Binding("d", "document(1)"),
        Binding("D", "document(-1)"),
        Binding("tab,shift+tab", "other_pane", priority=True),
        Binding("m,space", "mark"),
        Binding("y", "copy"),
        Binding("c", "style"),
        Binding("e", "export"),
        Binding("w", "words"),
        Binding("K", "keywords"),
        Binding("s", "sort"),
        Binding("o", "open"),
        Binding("escape", "leave"),
        Binding("question_mark", "keys"),
        Binding("q", "quit"),
    ]

    def __init__(self, corpus: Corpus, request: Request, sort: Sort | None = None, style: str | None = None) -> None:
        super().__init__()
        self.corpus = corpus
        self.selection = Selection()
        self.answer = Answer(Question(request, sort))
        self._asked = self.answer.question
        self._number = 0
        self._destination = Destination("hits.txt", style)
        self._hit_list = HitList(self.selection)
        self._document_pane = DocumentPane(self.selection, current().width)

    def compose(self) -> ComposeResult:
        """Lay out the window."""
        with Horizontal(id="top"):
            yield Static(Text(gettext("{heading}:", heading=gettext("Query")), TITLE), id="prompt")
            yield QueryInput(harmless(self._asked.request.query), self._earlier)
            yield Static(id="switches")
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
        # Before that, the hits have no width yet.
        self.call_after_refresh(self._ask_again, self._asked)

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
        self._ask(self._asked._replace(request=self._asked.request._replace(query=event.value)))

    def action_words(self) -> None:
        """Search for whole words only, or for every occurrence again."""
        request = self._asked.request
        self._ask_again(self._asked._replace(request=request._replace(words=not request.words, keywords=False)))

    def action_keywords(self) -> None:
        """Search by keywords, or for terms again."""
        request = self._asked.request
        self._ask_again(self._asked._replace(request=request._replace(keywords=not request.keywords, words=False)))

    def action_sort(self) -> None:
        """List the hits in the next order."""
        orders, results = list(ORDERS), self.answer.results
        present = self._asked.sort or (results.sort if results is not None else orders[0])
        self._ask_again(self._asked._replace(sort=orders[(orders.index(present) + 1) % len(orders)]))

    def _earlier(self) -> list[str]:
        return earlier_queries(self.corpus.home, keywords=self._asked.request.keywords)

    def _ask_again(self, question: Question) -> None:
        """Ask the query in another way, if there is one."""
        self._asked = question
        self.show_switches(question.switches)
        if question.request.query:
            self._ask(question)

    def _ask(self, question: Question) -> None:
        """Search in another thread. An earlier search that has not ended yet is forgotten."""
        self._asked = question
        self._number += 1
        number = self._number
        self.say("")
        width = self._hit_list.line_width
        self.in_background(lambda: partial(self._take, number, answer(self.corpus, question, width)))

    def _take(self, number: int, given: Answer) -> None:
        """Show an answer, unless there has been another search meanwhile. If the query could not be read or answered,
        show only the reason, and keep the hits before."""
        if number != self._number:
            return
        self.say(given.message)
        if given.results is not None:
            self.answer = given
            self._document_pane.clear()
            self._hit_list.show(given.results, given.layout)
        if given.results:
            remember(given.request, self.corpus, given.counts)
        # The reader may be typing another query already.
        if given.results and self._query.value == harmless(given.request.query):
            self._hit_list.focus()

    # The document.

    def on_hit_list_moved(self) -> None:
        """Show the current hit in its document."""
        self.go_on()
        with self.errors_shown():
            if hit := self._hit_list.current:
                self._read(hit)
        self._show_position()

    def _read(self, hit: Hit) -> None:
        shown, document, number = self._document_pane.part, hit.document, hit.passage.number
        if shown and shown.document == document and (shown.is_whole or number in self._document_pane):
            self._document_pane.turn_to(number)
            return
        marks, stretch = self.answer.marks(self.corpus, document), None
        if document.passages > _AT_ONCE:
            first = max(1, min(number - _AT_ONCE // 2, document.passages - _AT_ONCE + 1))
            stretch = range(first, first + _AT_ONCE)
        self._document_pane.show(read_part(self.corpus, document, marks, stretch), number)
        if stretch:
            self._read_the_rest(document)

    def _read_the_rest(self, document: IndexedDocument) -> None:
        width, answered = self._document_pane.line_width, self.answer

        def work() -> Apply:
            marks = answered.marks(self.corpus, document)
            return partial(take, DocumentLayout(read_part(self.corpus, document, marks), width))

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

    def action_document(self, documents: int) -> None:
        """Move to the first hit of another document, from either pane."""
        self._hit_list.move_to_document(documents)

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
        with self.errors_shown():
            if hit := self._hit_list.current:
                self.selection.toggle(hit, self.answer.request)
                self._hit_list.refresh()
                self._document_pane.refresh()
                self._show_position()

    def action_open(self) -> None:
        """Open the file of the document at the current passage; the window returns when that program ends."""
        with self.errors_shown():
            if hit := self._hit_list.current:
                program = command(hit.document, hit.passage, self.corpus.paths[hit.document.id], os.environ)
                with self.suspend():
                    run(program)

    def action_copy(self) -> None:
        """Copy the current passage with its citation, by OSC 52."""
        with self.errors_shown():
            if hit := self._hit_list.current:
                text, citation = with_citation(hit, self._destination.style)
                self.copy_to_clipboard(text)
                self.in_background(partial(give_to_tmux, text))
                place = place_label(hit.document, hit.passage.number)
                said = gettext("{place} is copied with its citation: {citation}", place=place, citation=citation)
                self.say(said, passing=True)

    def action_style(self) -> None:
        """Choose the next style of citations."""
        self._destination = self._destination._replace(style=next_style(self._destination.style))
        self.say(gettext("Citations: {style}", style=style_title(self._destination.style)), passing=True)

    def action_export(self) -> None:
        """Ask for a file, and write the marked passages to it, or all hits if none is marked."""
        marked, shown = self.selection.all(), self.answer
        if not marked and not shown.results:
            self.say(gettext("There is nothing to export: no passage is marked, and there are no hits."))
            return
        what = exported(len(marked), shown.counts.passages)

        def work(file: str, style: str | None) -> Apply:
            if marked:
                write(selection_export(self.corpus, marked, style), file)
            else:
                write(results_export(self.corpus, shown, file, style), file)
            return partial(self.say, gettext("{passages} written to {file}.", passages=what, file=file), passing=True)

        def take(chosen: Destination | None) -> None:
            if chosen:
                self._destination = chosen
                self.say(gettext("Writing {passages} to {file} …", passages=what, file=chosen.file))
                self.in_background(partial(work, *chosen))

        self.push_screen(FileDialog(what, self._destination), take)

    def action_keys(self) -> None:
        """Show the keys."""
        self.push_screen(KeysDialog())

    # Messages.

    @property
    def _query(self) -> Input:
        return self.query_one("#query", Input)

    def _show_position(self) -> None:
        """Show how much was found, and the current hit and document."""
        shown, corpus = self.answer, corpus_note(self.corpus)
        rank = self._hit_list.rank + 1 if shown.results else None
        line = status_line(shown.counts, rank, len(self.selection), self.size.width, corpus)
        self.query_one("#status", Static).update(line)
        self.show_head("#hits-head", shown.head)
        part = self._document_pane.part
        self.show_head("#document-head", head_of(part.document) if part else gettext("Document"))
