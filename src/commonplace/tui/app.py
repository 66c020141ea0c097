"""The application: it puts the screens together and passes on what the threads have to say."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.events import Event
from textual.screen import ModalScreen, Screen
from textual.theme import Theme

from commonplace.domain.span import Span
from commonplace.tui import actions, colors, dialogs
from commonplace.tui._compat import Discreet
from commonplace.tui.actions import Where
from commonplace.tui.messages import (
    AccountKnown,
    AskAccount,
    OpenPassage,
    ProjectChanged,
    Refused,
    ShowQuotes,
    WorkerChanged,
    Written,
)
from commonplace.tui.places import Places
from commonplace.tui.queries import Answered
from commonplace.tui.screens import ROOMS
from commonplace.tui.screens.code import CodeScreen
from commonplace.tui.screens.room import Room
from commonplace.tui.session import Session
from commonplace.tui.typeahead import TypeAhead, Typed

if TYPE_CHECKING:
    from commonplace.tui.suggesting import Post, Suggest, Worker
    from commonplace.tui.writer import Command


def suggestions(project: Path, coder: str, post: Post) -> Worker:
    """The worker that the application uses; imported once there is something on the screen."""
    from commonplace.tui.suggesting import Worker

    return Worker(project, coder, post)


class CommonplaceApp(Discreet):
    """Reading and coding the transcripts of one project.

    `places` says where the reader was, by default what is kept for this project; `suggest`
    makes the worker for suggestions, or is None for none.
    Raises `ProjectError` when the project cannot be opened.
    """

    TITLE = "Commonplace"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        *actions.bindings(Where.APP),
        Binding("escape", "stop_writing", show=False, priority=True),
    ]
    DEFAULT_MODE = "code"
    CSS_PATH: ClassVar[Any] = ["screens/room.tcss", "screens/code/code.tcss"]

    def __init__(
        self,
        project_path: Path,
        coder: str | None = None,
        *,
        places: Places | None = None,
        suggest: Suggest | None = suggestions,
    ) -> None:
        super().__init__()
        self._suggest = suggest
        self._worker: Worker | None = None
        self.session = Session(project_path, coder, places)
        self.session.typeahead = TypeAhead(self)
        self.session.suggesting = suggest is not None and self.session.writable
        self.session.tell(self.post_message)
        for theme in colors.THEMES:
            self.register_theme(theme)
        self._start_in(colors.named(self.session.places.theme))
        for name in ROOMS:
            self.add_mode(name, partial(self._room, name))

    def _start_in(self, theme: Theme) -> None:
        """Begins in a theme: set as usual, styles would be read in the default one before."""
        self.set_reactive(App.theme, theme.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.add_class(f"-theme-{theme.name}")
        self.set_class(not theme.dark, "-light-mode")
        self.set_class(theme.dark, "-dark-mode")

    def on_mount(self) -> None:
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        """What can wait until something is on the screen."""
        for room in self.rooms:
            await room.complete()
        if not gc.isenabled():  # see `launch`
            gc.freeze()
            gc.enable()
        self.session.start()
        if self._suggest is not None and self.session.writable:
            self._worker = self._suggest(self.session.path, self.session.coder, self.post_message)
            self._worker.start()
        if self.session.notice:
            self.say(self.session.notice)

    def _room(self, name: str) -> Room:
        module, _, screen = ROOMS[name].partition(":")
        made: Room = getattr(import_module(module), screen)(self.session)
        return made

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
        # While the screens are taken down, answers may come to where nothing stands any more.
        with suppress(NoMatches):
            self.session.answered(message)
            self._show_writing()
        if message.error:
            self.say(message.error, trouble=True)

    @on(ProjectChanged)
    def _changed(self, message: ProjectChanged) -> None:
        self.session.take(message.changes)
        for room in self.rooms:
            room.weigh_again()
            room.take(message.changes)
        if self._worker is not None:
            self._worker.take(message.changes)

    @on(WorkerChanged)
    def _worker_changed(self, message: WorkerChanged) -> None:
        self.session.worker_says = message.text, message.trouble
        self.session.suggesting = message.working
        for room in self.rooms:
            room.show_worker()

    @on(AskAccount)
    def _account_asked(self, message: AskAccount) -> None:
        if self._worker is not None:
            self._worker.explain(message.suggestion)

    @on(AccountKnown)
    def _account_known(self, message: AccountKnown) -> None:
        self.session.accounts[message.told.suggestion] = message.told
        for room in self.rooms:
            room.account_known()

    @property
    def rooms(self) -> list[Room]:
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

    # What one screen wants of another

    @on(OpenPassage)
    async def _open_passage(self, message: OpenPassage) -> None:
        await self.switch_mode("code")
        if isinstance(self.screen, CodeScreen):
            start, end = message.start, message.end
            self.screen.came_from = message.back
            self.screen.open(
                message.document,
                Span(start, end) if start < end else None,
                select=not message.back,
            )

    @on(ShowQuotes)
    async def _show_quotes(self, message: ShowQuotes) -> None:
        from commonplace.tui.screens.quotes import QuotesScreen

        await self.switch_mode("quotes")
        for screen in self.screen_stack:  # an edit that is not kept yet may stand before it
            if isinstance(screen, QuotesScreen):
                screen.show_quotes_of(message.code, message.where, message.person, message.document)

    # Keys typed before the line or the screen they are meant for is there

    def push_screen(self, screen: Any, *arguments: Any, **options: Any) -> Any:
        if isinstance(screen, ModalScreen) and getattr(screen, "TAKES_FOCUS", True):
            self.session.typeahead.begin(keep=getattr(screen, "TAKES_KEYS_TYPED_BEFORE", True))
        elif isinstance(screen, Room):
            self.call_after_refresh(self.session.typeahead.release)
        return super().push_screen(screen, *arguments, **options)

    def pop_screen(self) -> Any:
        popped = super().pop_screen()
        self.session.typeahead.closed()
        return popped

    async def on_event(self, event: Event) -> None:
        typeahead = self.session.typeahead
        if typeahead.take(event):
            return
        if (
            not isinstance(event, Typed)
            or event.is_forwarded
            or not isinstance(self.screen, ModalScreen)
        ):
            await super().on_event(event)
            return
        typeahead.follow(event)
        await super().on_event(event)
        typeahead.sent()

    def on_descendant_focus(self) -> None:
        self.call_after_refresh(self.session.typeahead.release)

    # Actions

    def action_show(self, mode: str) -> None:
        self.switch_mode(mode)

    def action_import_files(self) -> None:
        if not isinstance(self.screen, Room) or self.screen.NAME == "import":
            return

        def answered(paths: list[Path] | None) -> None:
            if paths:
                from commonplace.tui.screens.importing import ImportScreen

                self.push_screen(ImportScreen(self.session, paths))

        self.push_screen(
            dialogs.PathPrompt(
                "Import transcripts",
                about="Files, or folders with all below them; ; between several. What they hold "
                "is shown before anything is imported.",
                several=True,
            ),
            answered,
        )

    def action_undo(self) -> None:
        self._move_in_history(
            lambda project: project.journal.undo(), "undone: {} — ctrl+r does it again"
        )

    def action_redo(self) -> None:
        self._move_in_history(lambda project: project.journal.redo(), "done again: {} — u undoes")

    def _move_in_history(self, command: Command, said: str) -> None:
        room = self.screen if isinstance(self.screen, Room) else None
        if room is not None:
            room.undoing()

        def over() -> None:
            if room is not None:
                room.undone()

        def moved(action: str) -> None:
            self.say(said.format(action))
            over()

        self.session.write(command, moved, over)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Files can be stopped while some are written, and before whatever else esc does there."""
        if action == "stop_writing":
            return bool(self.session.study.stops) and isinstance(self.screen, Room)
        return super().check_action(action, parameters)

    def action_stop_writing(self) -> None:
        for stop in self.session.study.stops.values():
            stop.set()
        self._show_writing()
        self.say("stopping …")

    def _show_writing(self) -> None:
        for room in self.rooms:
            room.show_writing()

    def action_pseudonyms(self) -> None:
        if isinstance(self.screen, Room):
            from commonplace.tui import pseudonyms

            pseudonyms.show(self.screen)

    def action_shade(self) -> None:
        theme = colors.LIGHT if self.theme == colors.DARK.name else colors.DARK
        self.session.places.theme = self.theme = theme.name
        self.session.set_codebook(self.session.codebook)
        for room in self.rooms:
            room.recolor()

    def action_help(self) -> None:
        if isinstance(self.screen, Room):
            self.push_screen(dialogs.HelpDialog("Keys", self.screen.places()))

    async def action_quit(self) -> None:
        for room in self.rooms:
            room.leave()
        self.exit()

    def on_unmount(self) -> None:
        if self._worker is not None:
            self._worker.close()
        self.session.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        if not isinstance(screen, Room):
            return
        writing = bool(self.session.study.stops)
        for action in actions.of(*screen.places()):
            if action.palette and action.act and (writing or action.act != "stop_writing"):
                space = "app." if action.where is Where.APP else "screen."
                key = f" ({action.shown})" if action.keys else ""
                yield SystemCommand(
                    action.label + key, action.help, partial(self._run, space + action.act)
                )

    def _run(self, action: str) -> None:
        self.call_next(self.run_action, action)
