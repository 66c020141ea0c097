"""Deciding about suggestions: going from one to the next, accepting, rejecting, changing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from commonplace.domain.coding import Coding
from commonplace.domain.span import Span
from commonplace.domain.suggestion import Suggestion
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.screens.code.coding import Coder

UNFINISHED = "suggestions are still being made"
"""What is said where none stands while the worker is at work."""


class Reviewer(Coder):
    """What a person does about suggestions."""

    def action_suggestion(self, direction: int) -> None:
        if self.reader.next_suggestion(direction) is not None:
            return
        if self.reader.suggestions:
            self.say(f"no suggestion {'after' if direction > 0 else 'before'} this place")
        elif self._still_to_come():
            self.say(UNFINISHED)
        else:
            done = ": it is done" if self.opened is not None and self.opened.done else ""
            self.say(f"nothing is suggested here{done}")

    def _still_to_come(self) -> bool:
        """Whether the worker has not come to this transcript yet, as far as can be seen."""
        undone = self.opened is not None and not self.opened.done
        return undone and self.session.suggesting and not self.reader.suggestions

    def _here(self) -> Suggestion | None:
        """The surest suggestion at the cursor, saying so when there is none."""
        found = self.suggestions_here()
        if found:
            return found[0]
        if self._still_to_come():
            self.say(UNFINISHED)
        else:
            self.say("There is no suggestion here: n goes to the next one.", trouble=True)
        return None

    def _decide(self, suggestion: Suggestion, command: Any, then: Callable[[Any], None]) -> None:
        """Has a decision written; the suggestion is hidden from now on, whatever is being read
        still holds."""
        self.deciding.add(suggestion.id)
        if self.opened is not None:
            self.opened.suggestions.pop(suggestion.id, None)
        self.reader.remove_suggestion(suggestion.id)
        self.session.desk.drop("pending")
        self.read_notes()
        self.look()

        def written(result: Any) -> None:
            self.deciding.discard(suggestion.id)
            then(result)

        def refused() -> None:
            self.deciding.discard(suggestion.id)
            if self.opened is not None and self.opened.id == suggestion.document:
                self.opened.suggestions[suggestion.id] = suggestion
                self.show_marks()
            self.count_soon()

        self.session.write(command, written, refused)

    def action_accept(self) -> None:
        suggestion = self._here()
        if suggestion is not None:
            self._take(suggestion, lambda project: project.suggestions.accept(suggestion))

    def _take(self, suggestion: Suggestion, command: Any) -> None:
        """Makes a coding of a suggestion by `command`."""

        def kept(coding: Coding) -> None:
            self.put(coding)
            self.say(f"accepted {self.session.path_of(coding.code)} — u undoes, n next")
            self.look()

        self._decide(suggestion, command, kept)

    def action_reject(self) -> None:
        suggestion = self._here()
        if suggestion is None:
            return
        path = self.session.path_of(suggestion.code)

        def rejected(_: Any) -> None:
            self.say(f"rejected {path} — u undoes, n next")

        group = Project.new_group()

        def reject(project: Project) -> None:
            with project.transaction(f"rejected the suggestion '{path}'", group=group):
                project.suggestions.reject(suggestion)

        self._decide(suggestion, reject, rejected)

        def explained(reason: str | None) -> None:
            if not reason:
                return

            def explain(project: Project) -> None:
                with project.transaction(f"rejected the suggestion '{path}'", group=group):
                    project.suggestions.explain(suggestion.id, reason)

            self.session.write(
                explain, lambda _: self.say(f"rejected {path}: {reason} — u undoes, n next")
            )

        self.app.push_screen(dialogs.ReasonPrompt(path, self.quoted(suggestion.span)), explained)

    def action_edit(self) -> None:
        suggestions = self.suggestions_here()
        if suggestions:
            self._edit(suggestions[0])
            return
        codings = self.codings_here(own=True) or self.codings_here()
        if codings:
            self.choose_coding("Change which coding?", codings, self.change)
            return
        self.say("There is no suggestion or coding here to change.", trouble=True)

    def _edit(self, suggestion: Suggestion) -> None:
        """Accepts a suggestion with the selection as its span, or with another code."""
        span = self.passage() if self.reader.selection else None
        if span is not None and span != suggestion.span:
            self._take_changed(suggestion, span=span)
            return

        def picked(answer: dialogs.Picked | None) -> None:
            if answer is not None and answer.new:
                self._take_changed(suggestion, new=answer.new)
            elif answer is not None:
                self._take_changed(suggestion, code=answer.code)

        self.app.push_screen(
            dialogs.CodePicker(
                f"Accept {self.session.path_of(suggestion.code)} as",
                self.session.codebook,
                self.session.looks,
                about=self.quoted(suggestion.span),
            ),
            picked,
        )

    def _take_changed(
        self, suggestion: Suggestion, span: Span | None = None, code: str = "", new: str = ""
    ) -> None:
        def take(project: Project) -> Coding:
            with project.transaction("accepted a suggestion with changes"):
                wanted = project.codes.make(new) if new else code
                return project.suggestions.edit(suggestion, span=span, code=wanted or None)

        self._take(suggestion, take)
