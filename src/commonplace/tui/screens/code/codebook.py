"""The codebook at the side: applying a code of it, and filtering by one."""

from __future__ import annotations

from commonplace.tui import dialogs
from commonplace.tui.screens.code.coding import Coder
from commonplace.tui.screens.keeping import Keeper
from commonplace.tui.screens.room import counted


class Librarian(Coder, Keeper):
    """What a person does with the codebook while coding."""

    def codebook_shown(self) -> None:
        """The codebook has changed."""

    def action_apply_code(self) -> None:
        code = self.with_code()
        if code is not None:
            self.apply(code.id)

    # Filtering

    def action_filter(self) -> None:
        if self.only:
            self.filter_by("")
            return

        def picked(answer: dialogs.Picked | None) -> None:
            if answer is not None:
                self.filter_by(answer.code)

        self.app.push_screen(
            dialogs.CodePicker(
                "Show only",
                self.session.codebook,
                self.session.looks,
                create=False,
                retired=True,
            ),
            picked,
        )

    def filter_by(self, code: str) -> None:
        """Shows one code and what stands below it; all for an empty one."""
        self.only = code
        self.show_marks()
        self.codebook_shown()
        if code:
            here = counted(len(self.reader.codings), "coding")
            self.say(f"only {self.session.path_of(code)}: {here} here — f shows all again")
        else:
            self.say("all codes are shown")
