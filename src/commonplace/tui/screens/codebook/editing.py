"""What a person does to the codes: their entries, order, colours, merging and retiring them."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.content import Content

from commonplace.domain.codebook import Code
from commonplace.domain.colors import PALETTE
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.screens.codebook.reading import Known
from commonplace.tui.screens.keeping import Keeper
from commonplace.tui.screens.room import counted
from commonplace.tui.session import Session
from commonplace.tui.widgets.entry import Entry, Field, Writing
from commonplace.tui.widgets.reader.cells import safe

FIELDS = (
    Field("definition", "definition", "what it means"),
    Field("include", "include", "when to apply it"),
    Field("exclude", "exclude", "when not to"),
    Field("anchor", "anchor", "an example that fits"),
    Field("near_miss", "near miss", "an example that only seems to fit"),
    Field("keywords", "keywords", "words that people say, with ; between them"),
    Field("color", "colour", "as the code above it", text=False),
    Field("memo", "memo", "what you think of this code"),
)
MEANING = {"definition", "include", "exclude"}
"""Fields whose change may call for reading again what is coded."""

OTHER = "another, as #rrggbb"


class Editor(Keeper):
    """What a person does to the codebook."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.known = Known()

    @property
    def entry(self) -> Entry:
        """The entry on the screen."""
        return self.query_one(Entry)

    def with_code(self) -> Code | None:
        if self.entry.writing:
            self.say("First keep what you are writing, with ctrl+s, or drop it, with esc.")
            self.entry.resume()
            return None
        return super().with_code()

    def codings_of(self, code: str) -> int:
        """How many codings a code has by itself."""
        return self.known.counts.get(code, 0)

    # The entry

    async def action_edit_field(self) -> None:
        if self.with_code() is not None:
            self.entry.focus()
            await self.entry.action_open()

    def action_keep_field(self) -> None:
        self.entry.finish(keep=True)

    def action_drop_field(self) -> None:
        self.entry.finish(keep=False)

    @on(Writing.Warned)
    def _warn(self) -> None:
        self.say("Not kept yet: ctrl+s keeps it, esc once more drops the changes.", trouble=True)

    @on(Entry.Written)
    async def _written(self, event: Entry.Written) -> None:
        code, field = event.owner, event.field
        number = self.codings_of(code)
        if code not in self.session.codebook:
            await self.entry.close()
            self.say("That code is not in the codebook any more.", trouble=True)
        elif field not in MEANING or not number:
            await self._keep(event, reread=False)
        else:
            self._ask_whether_it_matters(event, number)

    def _ask_whether_it_matters(self, event: Entry.Written, number: int) -> None:
        async def answered(place: int | None) -> None:
            if place is None:
                self.entry.resume()
            else:
                await self._keep(event, reread=place == 1)

        them, hold = ("it", "it still holds") if number == 1 else ("them", "they still hold")
        self.app.push_screen(
            dialogs.Choose(
                f"Does this change what {self.session.codebook[event.owner].name} means?",
                [
                    Content(f"No: {hold}"),
                    Content(f"Yes: mark {them} to be read again"),
                ],
                about=f"{counted(number, 'passage')} coded before this change.",
            ),
            answered,
        )

    async def _keep(self, event: Entry.Written, *, reread: bool) -> None:
        command, said = self._keeping(event, reread)
        await self.entry.close(keep=True)
        self.session.write(command, lambda marked: self.say(said(marked)), self.show_entry)

    def _keeping(self, event: Entry.Written, reread: bool) -> tuple[Any, Any]:
        """The command that keeps what was written, and what to say when it is."""
        name, label = self.session.codebook[event.owner].name, event.field.replace("_", " ")
        if event.field == "memo":
            return (
                lambda project: project.memos.write(event.text, code=event.owner),
                lambda _: f"kept the memo on {name} — u undoes",
            )
        value: Any = event.text
        if event.field == "keywords":
            from commonplace.codebooks.fields import split_keywords

            value = split_keywords(event.text.replace("\n", ";"))

        def said(marked: int) -> str:
            more = f", {counted(marked, 'passage')} to be read again (R)" if marked else ""
            return f"kept the {label} of {name}{more} — u undoes"

        fields = {event.field: value}
        return lambda project: project.codes.update(event.owner, reread=reread, **fields), said

    def leave(self) -> None:
        written = self.entry.written() if self.is_mounted else None
        if written is not None:  # the program ends: nobody can be asked any more
            self.session.write(self._keeping(written, False)[0])

    # Order, retiring, removing

    def action_reorder(self, step: int) -> None:
        code = self.with_code()
        if code is None:
            return

        def reorder(project: Project) -> None:  # from where it is then: keys are fast
            beside = [c.id for c in project.codes.codebook().children(code.parent)]
            if code.id in beside:
                project.codes.reorder(code.id, beside.index(code.id) + step)

        self.session.write(reorder)

    def action_retire_code(self) -> None:
        code = self.with_code()
        if code is None:
            return
        below = [c for c in self.session.codebook.subtree(code.id)[1:] if c.retired == code.retired]
        if not below:
            self._retire(code, below=False)
            return

        def decided(place: int | None) -> None:
            if place is not None:
                self._retire(code, below=place == 1)

        sub_codes = counted(len(below), "sub-code")
        self.app.push_screen(
            dialogs.Choose(
                f"{'Bring back' if code.retired else 'Retire'} {code.name}",
                [
                    Content(f"only {safe(code.name)}"),
                    Content(f"{safe(code.name)} and its {sub_codes}"),
                ],
                about=""
                if code.retired
                else "It is not offered or suggested any more; what is coded with it stays.",
            ),
            decided,
        )

    def _retire(self, code: Code, *, below: bool) -> None:
        if code.retired:
            self.write(
                lambda project: project.codes.restore(code.id, below=below),
                f"{code.name} is in use again",
            )
        else:
            self.write(
                lambda project: project.codes.retire(code.id, below=below),
                f"{code.name} is retired, its codings stay",
            )

    def action_remove_code(self) -> None:
        code = self.with_code()
        if code is not None:
            self.write(lambda project: project.codes.remove(code.id), f"removed {code.name}")

    # Merging

    def action_merge_code(self) -> None:
        code = self.with_code()
        if code is None:
            return

        def picked(answer: dialogs.Picked | None) -> None:
            if answer is not None:
                self._merge(code, answer.code)

        self.app.push_screen(
            dialogs.CodePicker(
                f"Merge {self.session.path_of(code.id)} into",
                self.session.codebook,
                self.session.looks,
                about="The code you choose keeps its name and gets the codings of both.",
                create=False,
                but=code.id,
            ),
            picked,
        )

    def _merge(self, code: Code, into: str) -> None:
        target = self.session.codebook[into].name

        def merged(done: Any) -> None:
            joined = f", {done.joined} were there already" if done.joined else ""
            self.show_code(into)
            self.say(
                f"merged {code.name} into {target}: {counted(done.moved, 'passage')} "
                f"moved{joined} — u undoes"
            )

        self.session.write(lambda project: project.codes.merge(code.id, into), merged)

    def show_entry(self) -> None:
        """Shows the entry of the code at hand, as it is in the codebook."""
        raise NotImplementedError

    def show_code(self, code: str) -> None:
        """Goes to a code, as soon as it is listed."""
        raise NotImplementedError

    # Colours

    @on(Entry.Chosen)
    def action_color_code(self) -> None:
        code = self.with_code()
        if code is None:
            return
        colors = ["", *PALETTE.values()]
        choices = [Content(self._no_color(code))]
        users = {c.color.upper(): c.name for c in self.session.codebook.children(None) if c.color}
        for name, color in PALETTE.items():
            used = users.get(color.upper(), "")
            more = f"  {safe(used)}" if used and used != code.name else ""
            choices.append(Content.assemble(("██ ", color), name.ljust(11), (more, "$text-muted")))

        def decided(place: int | None) -> None:
            if place is None:
                return
            if place < len(colors):
                self._paint(code, colors[place])
            else:
                self._ask_color(code)

        self.app.push_screen(
            dialogs.Choose(
                f"Colour of {code.name}",
                [*choices, Content(OTHER)],
                about="These can be told apart with any common form of colour blindness.",
            ),
            decided,
        )

    def _no_color(self, code: Code) -> str:
        return "as the code above it" if code.parent is not None else "the next that is free"

    def _ask_color(self, code: Code) -> None:
        def answered(color: str | None) -> None:
            if color is not None:
                self._paint(code, color if color.startswith("#") else f"#{color}")

        self.app.push_screen(
            dialogs.Prompt(f"Colour of {code.name}", value=code.color, hint="#0072B2"), answered
        )

    def _paint(self, code: Code, color: str) -> None:
        said = f"gave {code.name} the colour {color}" if color else f"{code.name}: no own colour"
        self.write(lambda project: project.codes.update(code.id, color=color), said)

    # Finding

    def action_find(self) -> None:
        def picked(answer: dialogs.Picked | None) -> None:
            if answer is not None:
                self.show_code(answer.code)

        self.app.push_screen(
            dialogs.CodePicker(
                "Go to",
                self.session.codebook,
                self.session.looks,
                create=False,
                retired=True,
            ),
            picked,
        )
