"""Reading people from a file: what would change is shown first."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content

from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.screens.people.grid import PeopleGrid
from commonplace.tui.screens.room import counted
from commonplace.tui.widgets.reader.cells import safe
from commonplace.workflows.attach_participants import Attached, attach_file

_LISTED = 200
"""Changes that are shown one by one."""


class PeopleReader(PeopleGrid):
    """What a person does with a table of people."""

    def action_import_people(self) -> None:
        def answered(answer: list[Path] | None) -> None:
            if answer:
                self._rehearse(answer[0])

        self.app.push_screen(
            dialogs.PathPrompt(
                "Read people from a CSV file",
                about="Columns name or label, if need be document, and any attributes; "
                "or what o has written.",
                endings=(".csv", ".tsv", ".txt"),
            ),
            answered,
        )

    def _rehearse(self, file: Path, *, clear: bool = False, new_values: bool = False) -> None:
        def query(project: Project) -> Attached:
            return attach_file(
                project,
                file,
                group=project.new_group(),
                clear=clear,
                new_values=new_values,
                dry_run=True,
            )

        self.say(f"reading {file.name} …")
        self.session.study.ask(
            "people file",
            query,
            lambda found: self._show(file, found, clear=clear, new_values=new_values),
        )

    def _show(self, file: Path, found: Attached, *, clear: bool, new_values: bool) -> None:
        self.say("")
        choices: list[tuple[str, dict[str, bool] | None]] = []
        if found.people and (found.changes or found.problems):
            choices.append((f"Take it: {counted(len(found.changes), 'change')}", None))
        if found.refused and any("is none of" in problem for problem in found.problems):
            choices.append(("Let the choices grow by what the file has", {"new_values": True}))
        if found.empty:
            cells = counted(found.empty, "empty cell")
            choices.append((f"Let {cells} take values away, too", {"clear": True}))
        choices.append(("Leave it", {}))

        def decided(place: int | None) -> None:
            if place is None or choices[place][1] == {}:
                return
            other = choices[place][1]
            if other is None:
                self._take(file, clear=clear, new_values=new_values)
            else:
                self._rehearse(
                    file,
                    clear=clear or other.get("clear", False),
                    new_values=new_values or other.get("new_values", False),
                )

        self.app.push_screen(
            dialogs.ReportDialog(
                f"What {file.name} would change",
                _paragraphs(found),
                [Content(text) for text, _ in choices],
            ),
            decided,
        )

    def _take(self, file: Path, *, clear: bool, new_values: bool) -> None:
        def write(project: Project) -> Attached:
            group = project.new_group()
            return attach_file(project, file, group=group, clear=clear, new_values=new_values)

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
