"""The queue that lies before a person: reading it, showing it, and keeping it up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from textual.content import Content
from textual.timer import Timer

from commonplace.analysis import review
from commonplace.analysis.filters import Filters
from commonplace.analysis.review import Passage
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from commonplace.tui.messages import Changes
from commonplace.tui.screens.review import shown
from commonplace.tui.screens.review.listing import Group, Queue, QueueList, title_of
from commonplace.tui.screens.review.reading import Found, find
from commonplace.tui.screens.room import counted
from commonplace.tui.screens.study import Study, split_filter
from commonplace.tui.session import Session
from commonplace.tui.widgets.chrome import Heading
from commonplace.tui.widgets.filterline import FilterLine
from commonplace.tui.widgets.linelist import LineList, ListedRows
from commonplace.tui.widgets.sheet import Sheet
from commonplace.tui.writer import Command

PAUSE = 0.5
"""Seconds without a change after which the queue is read anew."""

AHEAD = 3
"""Suggestions after the current one whose context is read with it."""

KEPT = 200
"""Contexts that are kept."""

ORDERS = {
    "confidence": "the surest first",
    "uncertain": "those that teach most first",
    "document": "as they stand in the transcripts",
}


class Board(Study):
    """Holds the queue, and shows the suggestion under its cursor."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.found = Found()
        self.order = "confidence"
        self.group = Group.NONE
        self.code = ""
        """The only code whose suggestions are listed, with those below it; empty for all."""
        self.skipped: dict[str, None] = {}
        """Ids of suggestions that are left for later, the first one first."""
        self.deciding: set[str] = set()
        """Ids of those whose decision is being written: a reading may or may not hold them."""
        self.decided: dict[str, None] = {}
        """Ids of those that were decided here, the last one last. They are not listed, until a
        reading made after that holds them again: then it was undone."""
        self._words: dict[str, str] = {}
        self._passages: dict[str, Passage] = {}
        self._asked_for = ""
        self._timer: Timer | None = None
        self._undone = False
        """Whether something was undone here, and what waits was not read since."""
        self._anew = True
        """Whether the current one may go with the next reading; else it stays, though it may not
        be proposed any more."""

    @property
    def queue(self) -> Queue | None:
        """What is listed."""
        return self.query_one(QueueList).queue

    @property
    def current(self) -> Suggestion | None:
        """The suggestion under the cursor."""
        listed = self.query_one(QueueList)
        if listed.queue is None or listed.key is None:
            return None
        return listed.queue.suggestions.get(listed.key)

    @property
    def counting(self) -> bool:
        """Whether the queue is about to be read anew."""
        return self._timer is not None

    # Reading

    def filters(self) -> tuple[str, Filters]:
        """The words looked for, and the filters put to the project."""
        words, where = split_filter(self.query_one(FilterLine).value)
        codes = (self.session.path_of(self.code),) if self.code else ()
        return words, Filters(where=where, codes=codes)

    def ask(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        words, filters = self.filters()
        asked = repr((words, filters))
        keep = not self._anew and asked == self._asked_for
        order, here, unsure = self.order, self.current, frozenset(self.deciding)

        def query(project: Project) -> Found:
            return find(project, filters, words, order, here)

        def known(found: Found) -> None:
            self._asked_for, self._anew = asked, False
            self._known(found, keep, unsure)

        def wrong(problem: str) -> None:
            self.query_one(FilterLine).complain(problem)
            self._caught_up()

        self.question("review", query, known, wrong)

    def ask_soon(self) -> None:
        """Reads the queue anew when nothing has changed for a while."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self.ask)

    def undoing(self) -> None:
        """What is typed from now on is about the suggestion that comes back."""
        self.session.typeahead.begin()

    def undone(self) -> None:
        self._undone = True
        self.ask()

    def take(self, changes: Changes) -> None:
        many = changes.codebook or changes.shelf or changes.many or changes.people
        if changes.run is None and not (many or changes.marks or changes.turns):
            return
        if many or changes.turns:
            self._passages.clear()
            self._words.clear()
        self._anew |= many or not self.is_current
        if self.is_current:
            self.ask_soon()
        else:
            self._stale = True

    def settle(
        self, some: Sequence[Suggestion], command: Command, then: Callable[[Any], None]
    ) -> None:
        """Has decisions written. What is decided is not listed from now on, whatever is being read
        still holds; undone, the first of it is at hand again."""
        ids = [one.id for one in some]
        self.session.study.drop("review")
        self.deciding.update(ids)
        for key in reversed(ids):
            self.decided.pop(key, None)
            self.decided[key] = None
        self.list_queue()

        def written(result: Any) -> None:
            self.deciding.difference_update(ids)
            then(result)
            self.ask_soon()

        def refused() -> None:
            self.deciding.difference_update(ids)
            for key in ids:
                self.decided.pop(key, None)
            self.list_queue()
            self.ask_soon()

        self.session.write(command, written, refused)

    def _known(self, found: Found, keep: bool, unsure: Collection[str]) -> None:
        here = self.current
        known = found.suggestions
        asked, settled = found.settled
        if here is not None and asked == here.id and settled:
            self.say(f"{settled} meanwhile: {self.session.path_of(here.code)}")
        elif keep and here is not None and here.id not in known:
            place = self.query_one(QueueList).cursor
            items = list(known.items())
            items.insert(place, (here.id, here))
            found = replace(found, suggestions=dict(items))
            if asked != here.id:
                self.ask_soon()
        self._tell_quiet(found)
        new = [key for key in known if key not in self.found.suggestions]
        self.found = found
        back = [
            key
            for key in reversed(self.decided)
            if key in known and key not in self.deciding and key not in unsure
        ]
        for key in back:
            del self.decided[key]
        undone = (back[:1] or (new if len(new) == 1 else [])) if self._undone else []
        self.list_queue(to=undone[0] if undone else "")
        self._caught_up(keep=bool(undone))

    def _caught_up(self, *, keep: bool = False) -> None:
        """What was undone has been read. Keys typed meanwhile are about the suggestion that came
        back; where none did, they are forgotten rather than taken to be about another."""
        if self._undone:
            self._undone = False
            if not keep:
                self.session.typeahead.begin(keep=False)
            self.session.typeahead.abandon()

    def _tell_quiet(self, found: Found) -> None:
        """Says which codes fell quiet, or speak again, since the queue was read last."""
        if not self.found.names:
            return
        before, now = self.found.basis.quiet.keys(), found.basis.quiet.keys()
        for code in sorted(now - before):
            self.say(f"{self.session.path_of(code)} falls quiet: mostly rejected — t says more")
        for code in sorted(before - now):
            self.say(f"{self.session.path_of(code)} is suggested again")

    # Showing

    def list_queue(self, to: str = "") -> None:
        """Shows what was found, as it is grouped; the current one stays where it is, unless the
        suggestion `to` is to be the current one."""
        listed = self.query_one(QueueList)
        queue = Queue(
            self.session,
            self.found,
            group=self.group,
            skipped=self.skipped,
            without=self.decided.keys(),
            words=self._words,
            ask=self._read_words,
        )
        listed.show_queue(queue)
        if to:
            listed.move_to_key(to)
        self.show_account()
        self.show_one()

    def show_account(self) -> None:
        """Shows how decisions went, and what the queue is."""
        queue = self.queue
        if queue is None:
            return
        wait = Counter(one.code for one in queue.suggestions.values())
        self.query_one("#totals", Sheet).show(shown.totals(self.found))
        rows = shown.code_rows(self.session, self.found, wait)
        self.query_one("#codes", LineList).show(ListedRows(rows))
        asleep = shown.quiet(self.session, self.found)
        sheet = self.query_one("#quiet", Sheet)
        sheet.display = bool(asleep)
        sheet.show(asleep)
        count = len(queue.suggestions)
        self.query_one("#waiting", Heading).show(counted(count, "suggestion"), self._only())
        audit, quiet = self.found.audit, self.found.basis.quiet
        state = [
            f"{counted(len(quiet), 'code')} quiet (t)" if quiet else "",
            ORDERS[self.order] + ("" if self.group is Group.NONE else f", {self.group}"),
            f"audit: {audit.answered} of {audit.segments} (B)" if audit else "",
            f"{len(self.skipped)} skipped" if self.skipped else "",
        ]
        self.status.show(*(part for part in state if part))

    def _only(self) -> str:
        path = self.session.path_of(self.code) if self.code else ""
        return f"only {path} — f all" if path else ""

    def _read_words(self, wanted: Mapping[str, Suggestion]) -> None:
        places = {key: (one.document, one.span) for key, one in wanted.items()}

        def known(words: dict[str, str]) -> None:
            self._words.update(words)
            self.query_one(QueueList).reload()

        key = f"words {next(iter(wanted))}"
        self.session.study.ask(key, lambda project: review.quotes(project, places), known)

    def show_one(self) -> None:
        """Shows the suggestion under the cursor; its context once that is read."""
        one, queue = self.current, self.queue
        heading = self.query_one("#what", Heading)
        entry, why = self.query_one("#entry", Sheet), self.query_one("#why", Sheet)
        self.set_class(one is None, "-bare")
        self.weigh("" if one is None else one.id)
        if one is None or queue is None:
            if queue is not None:
                heading.show("Review")
                narrowed = bool(self.code or self.query_one(FilterLine).value)
                worker = self.session.worker_says[0]
                self.query_one("#passage", Sheet).show(shown.nothing(self.found, narrowed, worker))
            entry.show([])
            why.show([])
            return
        name, _, above = title_of(self.session, one.code).plain.partition("  ")
        heading.show(
            f"{name} ? · {above}" if above else f"{name} ?",
            f"{queue.number(one.id):,} of {len(queue.suggestions):,}",
        )
        entry.show(shown.entry(self.session, one.code))
        self._show_why()
        self.show_passage()
        near = queue.following(one.id, AHEAD)
        missing = {key: each for key, each in near.items() if key not in self._passages}
        if missing:
            self._read_passages(missing)

    def _show_why(self) -> None:
        """Shows why the current suggestion was made, as far as that is known."""
        one, why = self.current, self.query_one("#why", Sheet)
        if one is not None:
            told = self.session.accounts.get(one.id)
            # As wide as the passage, which is there also before the first suggestion is.
            width = self.query_one("#passage", Sheet).scrollable_content_region.width
            why.show(shown.why(self.found, one, told, width))

    def account_known(self) -> None:
        self._show_why()

    def show_passage(self) -> None:
        """Shows the context of the current suggestion, if it is read."""
        one, sheet = self.current, self.query_one("#passage", Sheet)
        if one is None:
            return
        found = self._passages.get(one.id)
        if found is None:
            sheet.show([Content.assemble(("…", "$text-muted"))])
            return
        where = Content.assemble(
            (f"{found.document} · turn {found.turn}" if found.turn else found.document, ""),
        )
        room = sheet.size.width * max(1, sheet.size.height - 4)
        sheet.show(
            [
                Content.assemble((where.plain, "$text-muted")),
                shown.BLANK,
                *shown.in_context(found, room),
            ]
        )

    def _read_passages(self, wanted: Mapping[str, Suggestion]) -> None:
        def query(project: Project) -> dict[str, Passage]:
            return {
                key: review.passage(project, one.document, one.span) for key, one in wanted.items()
            }

        def known(found: dict[str, Passage]) -> None:
            if len(self._passages) > KEPT:
                self._passages.clear()
            self._passages.update(found)
            if self.current is not None and self.current.id in found:
                self.show_passage()

        self.session.desk.ask("passages", query, known)

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_passage)

    def recolor(self) -> None:
        self.list_queue()
