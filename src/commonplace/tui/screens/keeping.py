"""What can be done to the codebook wherever its tree stands: adding, renaming, moving codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commonplace.domain.codebook import Code, Codebook
from commonplace.tui import dialogs
from commonplace.tui.screens.room import Room

TOP = "*top*"
"""Stands for the top level where a code is asked for."""


class Keeper(Room):
    """A screen with the tree of codes."""

    def code_at(self) -> str | None:
        """The code the tree's cursor is on."""
        raise NotImplementedError

    def with_code(self) -> Code | None:
        """That code, saying so when there is none."""
        code = self.code_at()
        if code is None or code not in self.session.codebook:
            self.say("Choose a code in the codebook first: tab goes there.", trouble=True)
            return None
        return self.session.codebook[code]

    def write(self, command: Any, said: str) -> None:
        """Has a change made, and says so."""
        self.session.write(command, lambda _: self.say(f"{said} — u undoes"))

    def action_new_code(self) -> None:
        key, book = self.code_at(), self.session.codebook
        here = book[key] if key is not None and key in book else None
        under = f"under {self.session.path_of(here.id)}" if here else "at the top level"

        def answered(name: str | None) -> None:
            if name is None:
                return
            top = name.startswith("/") or here is None
            path = name.lstrip("/")
            if not top and here is not None:
                path = f"{self.session.path_of(here.id)}/{path}"
            if self.session.codebook.at(path) is not None:
                self.say(f"there is a code {path} already", trouble=True)
                return
            self.write(lambda project: project.codes.make(path), f"added {path}")

        self.app.push_screen(
            dialogs.Prompt(
                "New code", about=f"{under}; begin with / for the top level", hint="its name"
            ),
            answered,
        )

    def action_rename_code(self) -> None:
        code = self.with_code()
        if code is None:
            return

        def answered(name: str | None) -> None:
            if name is not None and name != code.name:
                self.write(
                    lambda project: project.codes.rename(code.id, name),
                    f"renamed {code.name} to {name}",
                )

        self.app.push_screen(
            dialogs.Prompt(f"Rename {self.session.path_of(code.id)}", value=code.name), answered
        )

    def action_move_code(self) -> None:
        code = self.with_code()
        if code is None:
            return
        below = {c.id for c in self.session.codebook.subtree(code.id)}
        others = Codebook("", tuple(c for c in self.session.codebook if c.id not in below))

        def picked(answer: dialogs.Picked | None) -> None:
            if answer is None:
                return
            parent = None if answer.code == TOP else answer.code
            where = "to the top level" if parent is None else f"under {others.path(parent)}"
            self.write(
                lambda project: project.codes.move(code.id, parent), f"moved {code.name} {where}"
            )

        first: Sequence[tuple[str, str]] = [(TOP, "the top level")]
        self.app.push_screen(
            dialogs.CodePicker(
                f"Move {self.session.path_of(code.id)} under",
                others,
                self.session.looks,
                create=False,
                retired=True,
                first=first,
            ),
            picked,
        )
