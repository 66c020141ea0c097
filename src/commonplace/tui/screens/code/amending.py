"""Correcting the words of a transcript, and finding a place for what lost its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from commonplace.domain.placing import Outcome
from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.screens.code.desk import Desk
from commonplace.tui.screens.code.outcomes import Affected, affected, paragraphs
from commonplace.tui.screens.room import counted
from commonplace.tui.widgets.reader.cells import safe

if TYPE_CHECKING:
    from commonplace.project import Amendment, Unplaced
    from commonplace.workflows.amend import Amended

LONGEST = 50_000
"""Code points of a turn that can be edited in a dialog."""


class Waiting(NamedTuple):
    """Something without a place, and about where it stood, in the text as it is."""

    passage: Unplaced
    near: int


class Corrector(Desk):
    """What a person does about wrong words."""

    waiting: tuple[Waiting, ...] = ()
    """What waits for a place in the open transcript."""
    at_waiting: str = ""
    """The id of the one that is being looked at."""
    _waiting_of: str = ""
    """The transcript whose waiting is known."""
    _last: Amendment | None = None
    """The last correction."""

    # One turn

    def action_edit_turn(self) -> None:
        opened, turn, number = self.opened, self.reader.turn, self.turn_id()
        if opened is None or turn is None or number is None:
            self.say(
                "E corrects what somebody says; what stands around it: amend from a file (ctrl+p)",
                trouble=True,
            )
            return
        speech = self.reader.document.speech(turn)
        if speech is None or len(speech) > LONGEST:
            self.say(
                "This turn cannot be edited here: amend it from a file (ctrl+p).", trouble=True
            )
            return
        words = self.reader.document.slice(speech.start, speech.end)
        line = words.replace("\n", " ").replace("\t", " ")
        if safe(line) != line:
            self.say(
                "There are control characters in this turn: amend it from a file (ctrl+p).",
                trouble=True,
            )
            return

        def answered(new: str | None) -> None:
            if new is not None and new != words:
                self.session.write(
                    lambda project: project.amendments.edit_turn(opened.id, number, new),
                    self._corrected,
                )

        self.app.push_screen(
            dialogs.MemoDialog(
                "Correct this turn",
                words,
                about="Codings go with their words; u undoes. Names of speakers and what stands "
                "above the first turn: amend from a file (ctrl+p).",
            ),
            answered,
        )

    # A whole file

    def action_amend(self) -> None:
        opened = self.opened
        if opened is None:
            return

        def answered(answer: list[Path] | None) -> None:
            if answer:
                self._rehearse(opened.id, answer[0])

        self.app.push_screen(
            dialogs.PathPrompt(
                f"The corrected text of {opened.info.name}",
                about="You see what would become of the codings before anything is changed.",
            ),
            answered,
        )

    def _rehearse(self, document: str, file: Path) -> None:
        """Says what a corrected file would lead to, and asks whether it shall."""
        self.say(f"comparing {file.name} …")

        def known(found: tuple[Amended, list[Affected]]) -> None:
            from commonplace.analysis.amendments import in_words

            amended, other = found
            if amended.amendment.version is None:
                self.say("nothing to correct: the text is the same")
                return
            lost = _lost(amended.amendment)
            place = Content("Put the corrected text in its place")
            if lost:
                place += Content.assemble((f"; {lost:,} will wait for a place", "$text-warning"))
            said = [in_words(amended.amendment), *amended.notes]
            self.app.push_screen(
                dialogs.ReportDialog(
                    f"Correct {amended.name}?",
                    [Content(safe(each)) for each in said] + paragraphs(other),
                    [place, Content("Leave the text as it is")],
                    at=1 if lost else 0,
                ),
                lambda chosen: self._amend(document, file) if chosen == 0 else None,
            )

        def rehearsed(project: Project) -> tuple[Amended, list[Affected]]:
            amended = _amended(project, document, file, dry_run=True)
            return amended, affected(project, amended.amendment)

        self.session.study.ask("amend", rehearsed, known)

    def _amend(self, document: str, file: Path) -> None:
        self.session.write(
            lambda project: _amended(project, document, file, dry_run=False).amendment,
            self._told,
        )

    # What a correction did

    def _corrected(self, done: Amendment) -> None:
        """Says what became of a turn that was corrected, and shows what lost its place."""
        self._told(done)
        if _lost(done):
            self.action_corrected()

    def _told(self, done: Amendment) -> None:
        from commonplace.analysis.amendments import in_words

        self._last = done
        lost = _lost(done)
        changed = any(fate.outcome is Outcome.CHANGED for fate in done.fates)
        keys = "C lists" if lost or changed else "u undoes"
        self.say(f"{in_words(done)} — {keys}", trouble=bool(lost))

    def action_corrected(self) -> None:
        """Lists what the last correction changed."""
        from commonplace.analysis.amendments import in_words

        done = self._last
        if done is None:
            self.say("Nothing was corrected yet since the program was started.", trouble=True)
            return

        def known(found: list[Affected]) -> None:
            lost = any(each.now is None for each in found)
            choices = [Content("Read on; u undoes the correction")]
            if lost:
                choices.append(Content("Go to the first that waits for a place (W)"))
            self.app.push_screen(
                dialogs.ReportDialog(
                    "What the correction did",
                    [Content(in_words(done)), *paragraphs(found)],
                    choices,
                ),
                lambda chosen: self.action_waiting() if chosen == 1 else None,
            )

        self.session.desk.ask("corrected", lambda project: affected(project, done), known)

    # What waits for a place

    def read_waiting(self, *, anew: bool = False) -> None:
        """Asks what waits in the open transcript, unless that is known."""
        opened = self.opened
        if opened is None or (self._waiting_of == opened.id and not anew):
            return
        self._waiting_of = opened.id

        def known(found: tuple[Waiting, ...]) -> None:
            if self.opened is not None and self.opened.id == opened.id:
                self.waiting = found
                self.look()

        self.session.desk.ask("waiting", lambda project: _waiting(project, opened.id), known)

    def waiting_here(self) -> Waiting | None:
        """The one that is being looked at."""
        return next((w for w in self.waiting if w.passage.id == self.at_waiting), None)

    def action_waiting(self) -> None:
        """Goes to the next one, around and around."""
        if not self.waiting:
            self.say("nothing waits for a place in this transcript")
            return
        ids = [each.passage.id for each in self.waiting]
        place = (ids.index(self.at_waiting) + 1) % len(ids) if self.at_waiting in ids else 0
        chosen = self.waiting[place]
        self.at_waiting = chosen.passage.id
        self.reader.go_to(min(chosen.near, self.reader.document.length))
        self.say(f"{place + 1} of {len(ids)}: select its words, then P")
        self.look()

    def action_place(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        span = self.passage() if self.reader.selection else None
        if span is None:
            self.say(
                "Select the words where it stands now: space, or shift and arrows.", trouble=True
            )
            return
        key = chosen.passage.id
        self.session.write(
            lambda project: project.unplaced.place(key, span), lambda _: self._resolved("placed")
        )

    def action_let_go(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            key = chosen.passage.id
            self.session.write(
                lambda project: project.unplaced.drop(key), lambda _: self._resolved("let go")
            )

    def _chosen(self) -> Waiting | None:
        chosen = self.waiting_here()
        if chosen is None:
            self.say(
                "W first shows what waits for a place."
                if self.waiting
                else "nothing waits for a place in this transcript",
                trouble=bool(self.waiting),
            )
        return chosen

    def _resolved(self, did: str) -> None:
        left = len([each for each in self.waiting if each.passage.id != self.at_waiting])
        self.at_waiting = ""
        more = f"{counted(left, 'passage')} still waiting: W" if left else "nothing waits any more"
        self.say(f"{did} — u undoes; {more}")


def _lost(done: Amendment) -> int:
    """How many have no place any more."""
    return sum(fate.after is None for fate in done.fates)


def _amended(project: Project, document: str, file: Path, *, dry_run: bool) -> Amended:
    from commonplace.workflows.amend import amend
    from commonplace.workflows.reading import Reading

    return amend(project, document, file, Reading(), dry_run=dry_run)


def _waiting(project: Project, document: str) -> tuple[Waiting, ...]:
    """What waits in a transcript that this coder may see, each with about where it stood."""
    found = [
        each
        for each in project.unplaced.all(document)
        if not project.blind.hides(document, each.coder)
    ]
    text = project.documents.text(document) if found else ""
    return tuple(
        Waiting(each, _near(text, each.words.prefix, each.words.suffix, each.before))
        for each in found
    )


def _near(text: str, prefix: str, suffix: str, before: Span) -> int:
    """Where what stood before or after it is found again; else where it stood."""
    for context, beyond in ((prefix.strip(), True), (suffix.strip(), False)):
        place = text.find(context) if context else -1
        if place >= 0:
            return place + len(context) if beyond else place
    return min(before.start, len(text))
