"""Who speaks: flipping, splitting and joining turns. The words stay as they are."""

from __future__ import annotations

from typing import Any

from commonplace.project import Project
from commonplace.tui.screens.code.desk import Desk


class TurnEditor(Desk):
    """What a person does about turns."""

    def _change_turn(self, command: Any, said: Any) -> None:
        """Carries out `command(project, document, turn)` on the turn at the cursor."""
        turn = self.turn_id()
        if self.opened is None or turn is None:
            self.say("The cursor is in no turn: move to somebody's words.", trouble=True)
            return
        document = self.opened.id
        self.session.write(
            lambda project: command(project, document, turn),
            lambda result: self.say(f"{said(result)} — u undoes"),
        )

    def action_flip_speaker(self, following: bool = False) -> None:
        def flip(project: Project, document: str, turn: int) -> str:
            return project.speakers.flip(document, turn, following=following)

        which = "this turn and those after it" if following else "this turn"
        self._change_turn(flip, lambda label: f"{which}: {label or 'nobody named'} speaks")

    def action_split_turn(self) -> None:
        offset = self.reader.cursor

        def split(project: Project, document: str, turn: int) -> None:
            project.speakers.split_turn(document, turn, offset)

        self._change_turn(split, lambda _: "split the turn here")

    def action_join_turn(self) -> None:
        def join(project: Project, document: str, turn: int) -> None:
            project.speakers.join_turn(document, turn)

        self._change_turn(join, lambda _: "joined the next turn to this one")
