"""Accepting many suggestions at once, after a look at some of them drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from random import SystemRandom
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from commonplace.analysis import review
from commonplace.analysis.review import Passage
from commonplace.analysis.shares import of_the_rest
from commonplace.domain.suggestion import LIKELY_FROM, MAYBE_FROM, Suggestion, percent
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.dialogs.dialog import Dialog
from commonplace.tui.screens.review import shown
from commonplace.tui.screens.review.deciding import Decider
from commonplace.tui.screens.review.listing import title_of
from commonplace.tui.screens.review.reading import Found
from commonplace.tui.screens.room import counted
from commonplace.tui.session import Session
from commonplace.tui.weighing import sureness
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.sheet import Page

SAMPLE = 10
"""Suggestions that are looked at before the others are accepted unread."""

LEVELS = (0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.35)
"""Confidences to choose from, once they mean what they say."""

draw = SystemRandom().sample


class SampleDialog(Dialog[frozenset[str]]):
    """Shows suggestions one by one; the answer are the ids of those that do not fit."""

    DEFAULT_CSS = """
    SampleDialog > Vertical { width: 90; }
    SampleDialog Page { height: 16; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,enter", "judge(True)", "Fits", show=False),
        Binding("x", "judge(False)", "Does not fit", show=False),
        Binding("up,left", "back", "Back", show=False),
    ]
    KEYS = "a fits · x does not · ↑ the one before · esc leave"
    TAKES_KEYS_TYPED_BEFORE = False

    def __init__(
        self,
        session: Session,
        found: Found,
        sample: Sequence[Suggestion],
        passages: Sequence[Passage],
        count: int,
    ) -> None:
        super().__init__(f"{len(sample)} of {counted(count, 'suggestion')}, drawn at random")
        self._session = session
        self._found = found
        self._sample = sample
        self._passages = passages
        self._wrong: set[str] = set()
        self._at = 0

    def body(self) -> ComposeResult:
        yield Page()

    def on_mount(self) -> None:
        self.query_one(Page).focus()
        self.query_one(Page).styles.height = max(6, min(16, self.app.size.height - 8))
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        one, found = self._sample[self._at], self._passages[self._at]
        sheet = self.query_one(Page)
        room = sheet.size.width * max(1, sheet.size.height - 6)
        number = f"{self._at + 1} of {len(self._sample)}"
        wrong = f"   {len(self._wrong)} did not fit" if self._wrong else ""
        sheet.show(
            [
                Content.assemble(
                    (f"{number}  ", "bold $primary"),
                    title_of(self._session, one.code),
                    "  ",
                    sureness(self._found.basis, one),
                    (wrong, "$text-muted"),
                ),
                Content.assemble((safe(found.document), "$text-muted")),
                shown.BLANK,
                *shown.in_context(found, room),
            ]
        )

    def action_judge(self, fits: bool) -> None:
        """Says whether this one fits, and goes on."""
        one = self._sample[self._at].id
        self._wrong.discard(one) if fits else self._wrong.add(one)
        if self._at + 1 < len(self._sample):
            self._at += 1
            self._show()
        else:
            self.dismiss(frozenset(self._wrong))

    def action_back(self) -> None:
        """Goes back to the one before."""
        self._at = max(0, self._at - 1)
        self._show()


class Together(Decider):
    """Accepting all suggestions of the queue from a confidence on."""

    def action_together(self) -> None:
        queue = self.queue
        listed = queue.suggestions if queue is not None else {}
        every = [one for key, one in listed.items() if key not in self.skipped]
        if not every:
            self.say("nothing waits here to be accepted", trouble=True)
            return
        levels = self._levels(every)
        skipped = ", without what you skipped" if len(every) < len(listed) else ""

        def chosen(place: int | None) -> None:
            if place is not None:
                self._look_at_some(levels[place][1])

        self.app.push_screen(
            dialogs.Choose(
                "Accept all from which confidence on?",
                [
                    Content.assemble((f"{words:<24}", ""), (f"{len(found):>6,}", "bold"))
                    for words, found in levels
                ],
                about=f"Of what is listed now{skipped}; ten of them are shown before anything is "
                "done.",
            ),
            chosen,
        )

    def _levels(self, every: Sequence[Suggestion]) -> list[tuple[str, list[Suggestion]]]:
        """Confidences in words, each with the suggestions from there on, where that differs."""
        steps = [("likely", LIKELY_FROM), ("likely and maybe", MAYBE_FROM)]
        if self.found.basis.calibrated:
            steps = [(f"{shown.percent(level)} and above", level) for level in LEVELS]
        found: list[tuple[str, list[Suggestion]]] = []
        for words, level in [*steps, ("all", 0.0)]:
            some = [one for one in every if percent(one.score) >= round(100 * level)]
            if some and (not found or len(some) > len(found[-1][1])):
                found.append((words, some))
        return found

    def _look_at_some(self, chosen: list[Suggestion]) -> None:
        sample = draw(chosen, min(SAMPLE, len(chosen)))

        def query(project: Project) -> list[Passage]:
            return [review.passage(project, one.document, one.span) for one in sample]

        def read(passages: list[Passage]) -> None:
            def judged(wrong: frozenset[str] | None) -> None:
                if wrong is not None:
                    self._confirm(chosen, sample, wrong)

            self.app.push_screen(
                SampleDialog(self.session, self.found, sample, passages, len(chosen)), judged
            )

        self.session.typeahead.begin(keep=False)
        self.session.desk.ask("sample", query, read)

    def _confirm(
        self, chosen: list[Suggestion], sample: list[Suggestion], wrong: frozenset[str]
    ) -> None:
        looked_at = {one.id for one in sample}
        unread = [one for one in chosen if one.id not in looked_at]
        right = [one for one in sample if one.id not in wrong]
        said = f"{len(right)} of the {len(sample)} fit."
        if unread:
            low, high = of_the_rest(len(right), len(sample), len(unread))
            said += f" So should {low:,} to {high:,} of the other {len(unread):,}."
        coded = len(right) + len(unread)

        def decided(place: int | None) -> None:
            if place == 0:
                self._accept([one for one in sample if one.id in wrong], right, unread)
            elif place == 1:
                self._accept([one for one in sample if one.id in wrong], right, [])

        choices = [Content(f"Accept {counted(coded, 'suggestion')}")]
        if unread:
            choices.append(Content(f"Only those {len(sample)} as I judged them"))
        self.app.push_screen(
            dialogs.Choose(
                f"{counted(coded, 'passage')} would be coded",
                [*choices, Content("Leave everything as it is")],
                about=said,
            ),
            lambda place: decided(None if place == len(choices) else place),
        )

    def _accept(
        self, wrong: list[Suggestion], right: list[Suggestion], unread: list[Suggestion]
    ) -> None:
        """Writes all of it as one thing to undo."""
        listed = {key: place for place, key in enumerate(self.found.suggestions)}
        every = sorted([*wrong, *right, *unread], key=lambda one: listed.get(one.id, len(listed)))

        def write(project: Project) -> int:
            with project.transaction(f"accepted {len(right) + len(unread)} suggestions together"):
                for one in wrong:
                    project.suggestions.reject(one)
                for one in right:
                    project.suggestions.accept(one)
                return len(right) + project.suggestions.accept_unread(unread)

        def written(count: int) -> None:
            rejected = f", rejected {len(wrong)}" if wrong else ""
            self.say(f"accepted {counted(count, 'suggestion')}{rejected} — u undoes all of it")

        self.settle(every, write, written)
