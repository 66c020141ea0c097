"""What a person does to the passages of a code: marking them, splitting them off, reading again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any

from textual import on

from commonplace.domain.likeness import most_like
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.messages import OpenPassage
from commonplace.tui.screens.codebook.editing import Editor
from commonplace.tui.screens.codebook.listing import Passages
from commonplace.tui.screens.codebook.reading import Passage
from commonplace.tui.screens.room import counted
from commonplace.tui.screens.study import folded
from commonplace.tui.session import Session
from commonplace.tui.widgets.linelist import LineList
from commonplace.tui.widgets.reader.cells import shorten

FEW = 3
"""Passages marked as alike at least, of each time that is asked for."""


class Sorter(Editor):
    """What a person does to passages."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.marked: set[str] = set()
        """Ids of the codings marked."""
        self.changing: set[str] = set()
        """Ids of the codings that are being changed."""
        self.rereading = False
        """Whether what is to be read again is listed, instead of the passages of a code."""

    @property
    def listed(self) -> Passages:
        """The list on the screen."""
        return self.query_one(Passages)

    def passages_shown(self) -> None:
        """Other passages are listed, or marked."""
        raise NotImplementedError

    def passages_changed(self, codings: Collection[str]) -> None:
        """The passages of these codings leave the list."""
        raise NotImplementedError

    def _chosen(self) -> list[Passage]:
        """The marked passages, else the one under the cursor, saying so when there is none."""
        marked = [each for each in self.listed.passages if each.coding in self.marked]
        here = self.listed.here
        if not marked and here is None:
            self.say("There is no passage here.", trouble=True)
        return marked or ([here] if here is not None else [])

    @on(LineList.Selected, "Passages")
    def action_open_passage(self) -> None:
        here = self.listed.here
        if here is not None:
            self.post_message(OpenPassage(here.document, here.start, here.end))

    # Marking

    def action_mark(self) -> None:
        here = self.listed.here
        if here is not None:
            self.marked ^= {here.coding}
            self.passages_shown()
            self.listed.action_step(1)

    def action_mark_all(self) -> None:
        every = {each.coding for each in self.listed.passages}
        self.marked = set() if every <= self.marked else every
        self.passages_shown()

    def action_mark_alike(self) -> None:
        if not self.marked:
            self.say("Mark a passage or two with space: those like them are found by their words.")
            return
        texts = {each.coding: each.exact for each in self.listed.passages}
        self._mark_more(
            most_like(texts, self.marked, max(FEW, len(self.marked))),
            "No other passage has telling words in common with those marked.",
        )

    def action_mark_containing(self) -> None:
        def answered(words: str | None) -> None:
            if words is not None:
                wanted = folded(words)
                self._mark_more(
                    [p.coding for p in self.listed.passages if wanted in folded(p.exact)],
                    f"No passage contains “{shorten(words, 40)}”.",
                )

        self.app.push_screen(
            dialogs.Prompt("Mark the passages that contain", hint="a word or a phrase"), answered
        )

    def _mark_more(self, codings: Sequence[str], nothing: str) -> None:
        more = set(codings) - self.marked
        if not codings:
            self.say(nothing, trouble=True)
            return
        self.marked |= more
        self.passages_shown()
        self.say(f"{counted(len(more), 'passage')} more marked — esc unmarks, s splits them off")

    # Another code

    def action_split(self) -> None:
        if not any(each.coding in self.marked for each in self.listed.passages):
            self.say("Mark passages first: space marks one, a those like it, w by their words.")
            return
        self.action_recode()

    def action_recode(self) -> None:
        chosen = self._chosen()
        if not chosen:
            return
        codes = {each.code for each in chosen}
        code = self.session.path_of(chosen[0].code) if len(codes) == 1 else "several codes"
        words = f"“{shorten(' '.join(chosen[0].exact.split()), 150)}”"

        def picked(answer: dialogs.Picked | None) -> None:
            if answer is not None:
                self._recode(chosen, answer.code, answer.new)

        self.app.push_screen(
            dialogs.CodePicker(
                f"{counted(len(chosen), 'passage')} of {code} to",
                self.session.codebook,
                self.session.looks,
                about=words if len(chosen) == 1 else "",
                but=chosen[0].code if len(codes) == 1 else "",
            ),
            picked,
        )

    def _recode(self, chosen: Sequence[Passage], code: str, new: str) -> None:
        path = new or self.session.path_of(code)

        def recode(project: Project) -> tuple[int, int]:
            with project.transaction(f"gave {counted(len(chosen), 'coding')} the code '{path}'"):
                target = project.codes.make(new) if new else code
                done = [
                    project.codes.split(old, codings, target)
                    for old, codings in _by_code(chosen).items()
                ]
            return sum(each.moved for each in done), sum(each.joined for each in done)

        def recoded(done: tuple[int, int]) -> None:
            joined = f", {done[1]} had it already" if done[1] else ""
            self.say(f"{counted(done[0], 'passage')} to {path}{joined} — u undoes")

        self._change(chosen, recode, recoded)

    def action_remove_coding(self) -> None:
        here = self.listed.here
        if here is not None:
            self._change(
                [here],
                lambda project: project.codings.remove(here.coding),
                lambda _: self.say(f"removed {self.session.path_of(here.code)} — u undoes"),
            )

    def _change(self, chosen: Sequence[Passage], command: Any, then: Any) -> None:
        """Has passages changed by what takes them off the list: they are not in it from now on,
        whatever is being read still holds."""
        codings = {each.coding for each in chosen}
        self.changing |= codings
        self.session.study.drop("passages")
        self.passages_changed(codings)

        def done(result: Any) -> None:
            self.changing -= codings
            self.list_passages()
            then(result)

        def refused() -> None:
            self.changing -= codings
            self.list_passages()

        self.session.write(command, done, refused)

    # Reading again

    def action_rereading(self) -> None:
        self.rereading = not self.rereading
        self.marked.clear()
        self.list_passages()
        self.listed.focus()
        self.refresh_offers()

    def list_passages(self) -> None:
        """Asks for the passages to list."""
        raise NotImplementedError

    def action_still_fits(self) -> None:
        chosen = [each for each in self._chosen() if each.reread is not None]
        if not chosen:
            self.say("This is not to be read again: R lists what is.", trouble=True)
            return

        def confirm(project: Project) -> None:
            with project.transaction(f"confirmed {counted(len(chosen), 'coding')} as now defined"):
                for each in chosen:
                    project.rereading.confirm(each.coding)

        fit = "passage still fits" if len(chosen) == 1 else f"{len(chosen)} passages still fit"
        write = partial(self._change, chosen) if self.rereading else self.session.write

        def confirmed(_: Any) -> None:
            self.marked -= {each.coding for each in chosen}
            self.say(f"{fit} — u undoes")

        write(confirm, confirmed)


def _by_code(passages: Iterable[Passage]) -> dict[str, list[str]]:
    codings: dict[str, list[str]] = defaultdict(list)
    for passage in passages:
        codings[passage.code].append(passage.coding)
    return codings
