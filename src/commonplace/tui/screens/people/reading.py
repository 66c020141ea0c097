"""Reading people from a file: what would change is shown first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from textual.content import Content

from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.screens.people.grid import PeopleGrid
from commonplace.tui.screens.room import counted
from commonplace.tui.widgets.reader.cells import safe
from commonplace.workflows.attach_participants import Attached, attach_file

_LISTED = 200
"""Changes that are shown one by one."""


class _Asked(NamedTuple):
    """How a table is to be read: options of `attach_file`."""

    clear: bool = False
    new_values: bool = False
    sheet: str | None = None


_NOTHING = _Asked()


class PeopleReader(PeopleGrid):
    """What a person does with a table of people."""

    def action_import_people(self) -> None:
        def answered(answer: list[Path] | None) -> None:
            if answer:
                self._rehearse(answer[0])

        self.app.push_screen(
            dialogs.PathPrompt(
                "Read people from a table",
                about="CSV, .xlsx or .ods, with columns name or label, if need be document, and "
                "any attributes; or what o has written.",
                endings=(".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods"),
            ),
            answered,
        )

    def _rehearse(self, file: Path, asked: _Asked = _NOTHING) -> None:
        def query(project: Project) -> Attached:
            group = project.new_group()
            return attach_file(project, file, group=group, dry_run=True, **asked._asdict())

        self.say(f"reading {file.name} …")
        self.session.study.ask("people file", query, lambda found: self._show(file, found, asked))

    def _show(self, file: Path, found: Attached, asked: _Asked) -> None:
        self.say("")
        choices: list[tuple[str, Callable[[], None]]] = []

        def offer(text: str, **more: Any) -> None:
            choices.append((text, partial(self._rehearse, file, asked._replace(**more))))

        if found.people and (found.changes or found.problems):
            take = partial(self._take, file, asked)
            choices.append((f"Take it: {counted(len(found.changes), 'change')}", take))
        if found.refused and any("is none of" in problem for problem in found.problems):
            offer("Let the choices grow by what the file has", new_values=True)
        if found.empty:
            offer(f"Let {counted(found.empty, 'empty cell')} take values away, too", clear=True)
        for sheet in found.others:
            offer(f"Read its sheet '{sheet}' instead", sheet=sheet)
        choices.append(("Leave it", lambda: None))

        def decided(place: int | None) -> None:
            if place is not None:
                choices[place][1]()

        sheet = f", sheet '{found.sheet}'," if found.others or asked.sheet else ""
        self.app.push_screen(
            dialogs.ReportDialog(
                f"What {file.name}{sheet} would change",
                _paragraphs(found),
                [Content(safe(text)) for text, _ in choices],
            ),
            decided,
        )

    def _take(self, file: Path, asked: _Asked) -> None:
        def write(project: Project) -> Attached:
            return attach_file(project, file, group=project.new_group(), **asked._asdict())

        def written(done: Attached) -> None:
            rest = f"; {counted(len(done.problems), 'row')} left out" if done.problems else ""
            changes = counted(len(done.changes), "change")
            self.say(f"{file.name}: {changes} to what is known of people{rest} — u undoes")

        self.session.write(write, written)


def _paragraphs(found: Attached) -> list[Content]:
    """What would change, after what is wrong."""
    said = [Content.assemble(("✗ ", "$text-error"), safe(each)) for each in found.problems]
    said += [Content.assemble(("? ", "$text-warning"), safe(each)) for each in found.doubts]
    if said:
        said.append(Content(""))
    for each in found.changes[:_LISTED]:
        before = f"{each.before} → " if each.before else ""
        said.append(
            Content.assemble(
                (safe(each.person), "bold"),
                (f"  {safe(each.label)} in {safe(each.document)}  ", "$text-muted"),
                safe(f"{each.attribute}: {before}{each.after or '(nothing)'}"),
            )
        )
    if len(found.changes) > _LISTED:
        said.append(Content(f"… and {len(found.changes) - _LISTED:,} more"))
    if not found.changes and not found.refused:
        said.append(Content("Nothing: all of it is known already."))
    return said
