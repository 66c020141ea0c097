"""The application: it puts the screens together and passes on what the threads have to say."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from commonplace.project import ProjectError
from commonplace.tui import actions, colors
from commonplace.tui.actions import Where
from commonplace.tui.messages import Answered, ProjectChanged, Refused, WorkerChanged, Written
from commonplace.tui.places import Places
from commonplace.tui.screens.code import CodeScreen
from commonplace.tui.screens.room import Room
from commonplace.tui.session import Session


class CommonplaceApp(App[None]):
    """Reading and coding the transcripts of one project.

    `places` says where the reader was, by default what is kept for this project.
    Raises `ProjectError` when the project cannot be opened.
    """

    TITLE = "Commonplace"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(Where.APP)]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[object]]]] = {}

    def __init__(
        self, project_path: Path, coder: str | None = None, *, places: Places | None = None
    ) -> None:
        super().__init__()
        self.session = Session(project_path, coder, places)
        self.session.tell(self.post_message)
        for theme in colors.THEMES:
            self.register_theme(theme)
        self.theme = colors.named(self.session.places.theme).name

    def on_mount(self) -> None:
        self.add_mode("code", lambda: CodeScreen(self.session))
        self.switch_mode("code")
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """What can wait until something is on the screen."""
        self.session.start()
        if self.session.notice:
            self.say(self.session.notice)

    # What threads have to say

    @on(Written)
    def _written(self, message: Written) -> None:
        self.session.written(message)

    @on(Refused)
    def _refused(self, message: Refused) -> None:
        self.session.refused(message)
        self.say(message.error, trouble=True)

    @on(Answered)
    def _answered(self, message: Answered) -> None:
        self.session.answered(message)
        if message.error:
            self.say(message.error, trouble=True)

    @on(ProjectChanged)
    def _changed(self, message: ProjectChanged) -> None:
        for room in self._rooms():
            room.take(message.changes)

    @on(WorkerChanged)
    def _worker_changed(self, message: WorkerChanged) -> None:
        for room in self._rooms():
            room.status.show_worker(message.text, trouble=message.trouble)

    def _rooms(self) -> list[Room]:
        """The screens that have been opened."""
        return [
            screen
            for stack in self._screen_stacks.values()
            for screen in stack
            if isinstance(screen, Room) and screen.is_mounted
        ]

    def say(self, text: str, *, trouble: bool = False) -> None:
        """Tells what happened, on the screen in front."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Room):
                screen.say(text, trouble=trouble)
                return

    # Actions

    def action_show(self, mode: str) -> None:
        self.switch_mode(mode)

    def action_undo(self) -> None:
        self.session.write(
            lambda project: project.journal.undo(),
            lambda action: self.say(f"undone: {action} — ctrl+r does it again"),
        )

    def action_redo(self) -> None:
        self.session.write(
            lambda project: project.journal.redo(),
            lambda action: self.say(f"done again: {action} — u undoes"),
        )

    def action_shade(self) -> None:
        theme = colors.LIGHT if self.theme == colors.DARK.name else colors.DARK
        self.session.places.theme = self.theme = theme.name
        self.session.set_codebook(self.session.codebook)
        for room in self._rooms():
            room.recolor()

    def action_help(self) -> None:
        from commonplace.tui.dialogs.help import HelpDialog

        if isinstance(self.screen, Room):
            self.push_screen(HelpDialog("Keys", self.screen.places()))

    async def action_quit(self) -> None:
        self.exit()

    def on_unmount(self) -> None:
        self.session.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        if not isinstance(screen, Room):
            return
        for action in actions.of(*screen.places()):
            if action.palette and action.act:
                space = "app." if action.where is Where.APP else "screen."
                key = f" ({action.shown})" if action.keys else ""
                yield SystemCommand(
                    action.label + key, action.help, partial(self._run, space + action.act)
                )

    def _run(self, action: str) -> None:
        self.call_next(self.run_action, action)


def run(project_path: Path, coder: str | None = None) -> None:
    """Opens the application on a project and returns when it is left.

    Raises `ProjectError` when the project cannot be opened or there is no terminal.
    """
    if not (sys.stdout.isatty() and sys.stdin.isatty()):
        raise ProjectError(
            "the application needs a terminal; without one, `commonplace --help` lists the "
            "commands that need none"
        )
    CommonplaceApp(project_path, coder).run()
