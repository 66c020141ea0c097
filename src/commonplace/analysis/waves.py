"""The same people, wave after wave: who takes up a theme, who drops it, who is new or gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from commonplace.analysis.filters import Filters
from commonplace.analysis.names import natural
from commonplace.analysis.notes import noted
from commonplace.analysis.people_codes import codes_by_voice
from commonplace.analysis.scope import Scope
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

WAVE = "wave"
"""The attribute that says when somebody was interviewed."""


@dataclass(slots=True)
class _Wave:
    """Who was interviewed in a wave, and the codes of what each of them says there."""

    codes: dict[str, set[str]] = field(default_factory=dict)


def waves(project: Project, filters: Filters | None = None, *, by: str = WAVE) -> Table:
    """Change per theme: a row for each code and each step from one wave to the next.

    `both_waves` is how many people were interviewed in both; of them `stayed` mention the theme
    in both, `taken_up` in the later alone, `dropped` in the earlier alone, `neither` in none.
    `left` and `joined` are people of one of the two waves only, and `left_with`, `joined_with`
    those of them who mention the theme. A code counts with its sub-codes, in interviewees' speech.

    Raises `NotFoundError` when nobody has the attribute, otherwise as `themes` does.
    """
    scope = Scope(project, filters or Filters())
    attribute = scope.attribute(by)
    columns = (
        Column("code"),
        Column("code_path"),
        Column("from"),
        Column("to"),
        Column("stayed", "people", of="both_waves"),
        Column("taken_up", "people", of="both_waves"),
        Column("dropped", "people", of="both_waves"),
        Column("neither", "people", of="both_waves"),
        Column("both_waves", "people"),
        Column("left_with", "people", of="left"),
        Column("left", "people"),
        Column("joined_with", "people", of="joined"),
        Column("joined", "people"),
    )
    note = noted(scope, f"The same people by {attribute}, from one to the next.")
    brief = tuple(column.name for column in columns[1:])
    return Table("waves", columns, lambda: _steps(scope, attribute), note, brief)


def _steps(scope: Scope, attribute: str) -> Iterator[Row]:
    found = _waves(scope, attribute)
    book = scope.codebook
    for code in scope.codes:
        for (earlier, before), (later, after) in pairwise(found.items()):
            had = {person for person, codes in before.codes.items() if code in codes}
            has = {person for person, codes in after.codes.items() if code in codes}
            both = before.codes.keys() & after.codes.keys()
            left = before.codes.keys() - both
            joined = after.codes.keys() - both
            yield (
                book[code].name,
                book.path(code),
                earlier,
                later,
                len(had & has),
                len(has & both - had),
                len(had & both - has),
                len(both - had - has),
                len(both),
                len(had & left),
                len(left),
                len(has & joined),
                len(joined),
            )


def people_by_wave(project: Project, filters: Filters | None = None, *, by: str = WAVE) -> Table:
    """A row for each person of whom a wave is known: the waves, and from which to which.

    `status` is `all` for someone interviewed in every wave, `new` for someone not in the first,
    `gone` for someone not in the last, `new, gone` for neither, else `gap`.
    """
    scope = Scope(project, filters or Filters())
    attribute = scope.attribute(by)

    def rows() -> Iterator[Row]:
        found = _waves(scope, attribute)
        names = dict(project.connection.execute("SELECT id, name FROM people"))
        people = {person for wave in found.values() for person in wave.codes}
        for person in sorted(people, key=lambda p: (natural(names.get(p, "")), p)):
            present = [name for name, wave in found.items() if person in wave.codes]
            yield (
                names.get(person, ""),
                "; ".join(present),
                len(present),
                _status(present, [*found]),
            )

    columns = (
        Column("person"),
        Column("waves"),
        Column("interviewed", "waves"),
        Column("status"),
    )
    return Table("people by wave", columns, rows, noted(scope))


def _status(present: list[str], every: list[str]) -> str:
    if present == every:
        return "all"
    said = [
        word
        for word, here in (("new", every[0] in present), ("gone", every[-1] in present))
        if not here
    ]
    return ", ".join(said) or "gap"


def _waves(scope: Scope, attribute: str) -> dict[str, _Wave]:
    """The waves in order; those of whom none is known are left out."""
    codes = codes_by_voice(scope)
    found: dict[str, _Wave] = {}
    for voices in scope.heard.values():
        for voice in voices:
            value = scope.attributes(voice).get(attribute, "").strip()
            if value and not voice.interviewer:
                of_wave = found.setdefault(value, _Wave()).codes
                of_wave.setdefault(voice.person, set()).update(codes.get(voice.id, ()))
    return {value: found[value] for value in sorted(found, key=natural)}
