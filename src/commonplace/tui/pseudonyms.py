"""The list of pseudonyms, to see and to change; the palette leads here."""

from __future__ import annotations

from textual.content import Content

from commonplace.domain.pseudonyms import PseudonymError, Pseudonyms, Replacement
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.messages import Changes, ProjectChanged
from commonplace.tui.screens.room import Room
from commonplace.tui.widgets.reader.cells import shorten
from commonplace.workflows import pseudonym_key

BETWEEN = "="
"""Stands between a name and its pseudonym where both are typed in a line."""


def show(room: Room) -> None:
    """Lists names and what stands for them; one that is chosen can be changed or taken out."""

    def known(key: Pseudonyms) -> None:
        entries = sorted(key, key=lambda each: each.key)
        lines = [Content.assemble(("+ a name and its pseudonym", "$text-success"))]
        lines += [
            Content.assemble(
                shorten(each.name, 26), ("  →  ", "$text-muted"), shorten(each.pseudonym, 26)
            )
            for each in entries
        ]

        def chosen(place: int | None) -> None:
            if place == 0:
                _ask(room, None)
            elif place is not None:
                _ask(room, entries[place - 1])

        room.app.push_screen(
            dialogs.Choose(
                "Pseudonyms",
                lines,
                about="Replaced in whatever is exported; the transcripts keep the names.",
            ),
            chosen,
        )

    room.session.study.ask("pseudonyms", lambda project: pseudonym_key.load(project.path), known)


def _ask(room: Room, old: Replacement | None) -> None:
    """Asks what stands for a name; for a new one, for both."""

    def answered(line: str | None) -> None:
        if line is None:
            return
        name, _, pseudonym = line.partition(BETWEEN) if old is None else (old.name, "", line)
        name, pseudonym = name.strip(), pseudonym.strip()

        def change(project: Project) -> str:
            key = pseudonym_key.load(project.path)
            if old is not None and not pseudonym:
                pseudonym_key.save(project.path, key.without(name))
                return f"{name} is not replaced any more"
            kind = old.kind if old is not None else ""
            pseudonym_key.save(project.path, key.with_([_made(name, pseudonym, kind)]))
            return f"{name} goes out as {pseudonym}"

        def changed(said: str) -> None:
            room.say(said)
            room.session.post(ProjectChanged(Changes(quotes=True)))  # who goes out as whom

        room.session.write(change, changed)

    title = "Name = pseudonym" if old is None else f"What stands for {old.name}?"
    room.app.push_screen(
        dialogs.Prompt(
            title,
            value="" if old is None else old.pseudonym,
            hint="Sue Brown = Anna Green" if old is None else "empty: it is not replaced any more",
            optional=old is not None,
        ),
        answered,
    )


def _made(name: str, pseudonym: str, kind: str) -> Replacement:
    if not name:
        raise PseudonymError("write it as Name = pseudonym")
    return Replacement(name, pseudonym, kind)
