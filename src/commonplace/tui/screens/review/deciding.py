"""Deciding about suggestions one by one."""

from __future__ import annotations

from typing import Any

from commonplace.domain.coding import Coding
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.messages import OpenPassage
from commonplace.tui.screens.review.board import Board
from commonplace.tui.screens.review.listing import QueueList
from commonplace.tui.widgets.reader.cells import shorten


class Decider(Board):
    """What a person does about the suggestion under the cursor."""

    def _here(self) -> Suggestion | None:
        one = self.current
        if one is None:
            self.say("There is no suggestion here to decide about.", trouble=True)
        return one

    def decide(self, one: Suggestion, command: Any, said: str) -> None:
        """Has a decision written; the next suggestion is at hand from now on."""
        self.skipped.pop(one.id, None)
        self.settle([one], command, lambda _: self.say(f"{said} — u undoes"))

    def action_accept(self) -> None:
        one = self._here()
        if one is not None:
            path = self.session.path_of(one.code)
            self.decide(one, lambda project: project.suggestions.accept(one), f"accepted {path}")

    def action_reject(self) -> None:
        one = self._here()
        if one is None:
            return
        path, group = self.session.path_of(one.code), Project.new_group()
        action = f"rejected the suggestion '{path}'"
        words = self._words.get(one.id, "")

        def reject(project: Project) -> None:
            with project.transaction(action, group=group):
                project.suggestions.reject(one)

        self.decide(one, reject, f"rejected {path}")

        def explained(reason: str | None) -> None:
            if not reason:
                return

            def explain(project: Project) -> None:
                with project.transaction(action, group=group):
                    project.suggestions.explain(one.id, reason)

            said = f"rejected {path}: {reason} — u undoes"
            self.session.write(explain, lambda _: self.say(said))

        self.app.push_screen(
            dialogs.ReasonPrompt(path, f"“{shorten(words, 150)}”" if words else ""),
            explained,
        )

    def action_skip(self) -> None:
        one = self._here()
        if one is None:
            return
        self.skipped.pop(one.id, None)
        self.skipped[one.id] = None
        listed = self.query_one(QueueList)
        place = listed.cursor
        listed.forget()
        self.list_queue()
        listed.move_to(min(place, max(0, listed.count - 1)))
        self.say("left for later")

    def action_edit(self) -> None:
        one = self._here()
        found = self._passages.get(one.id) if one is not None else None
        if one is None or found is None:
            return
        from commonplace.tui.screens.review.stretch import Changed, StretchDialog

        def changed(answer: Changed | None) -> None:
            if answer is not None:
                self._take(one, answer.span, answer.code, answer.new)

        self.app.push_screen(StretchDialog(self.session, one, found), changed)

    def _take(self, one: Suggestion, span: Span, code: str, new: str) -> None:
        path = new or self.session.path_of(code)

        def take(project: Project) -> Coding:
            with project.transaction("accepted a suggestion with changes"):
                wanted = project.codes.make(new) if new else code
                return project.suggestions.edit(one, span=span, code=wanted)

        self.decide(one, take, f"accepted {path}, with changes")

    def action_passage(self) -> None:
        one = self._here()
        if one is not None:
            self.post_message(
                OpenPassage(one.document, one.span.start, one.span.end, back="review")
            )
