"""The tables of the screen: who is quoted, what is not typical, who agreed, what to take back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from textual.content import Content

from commonplace.analysis.choosing import shown_as_typical
from commonplace.analysis.desk_tables import consents
from commonplace.analysis.filters import Filters
from commonplace.analysis.ledger import ledger, ledger_by, recalls
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.project.quotes import Place
from commonplace.tui.screens.themes.frequencies import with_value
from commonplace.tui.widgets.bars import Bar
from commonplace.tui.widgets.reader.cells import safe
from commonplace.tui.widgets.rows import Cell, Column, Row


class QuotesOf(NamedTuple):
    """Leads to the quotes of somebody, in one transcript if named, or of those with a value."""

    person: tuple[str, str] | None = None
    document: str = ""
    where: str = ""


Lead = QuotesOf | Place | None
"""Where a line leads; None: nowhere."""


class Asked(NamedTuple):
    """What a view is asked with."""

    filters: Filters
    by: str = ""
    """The attribute by which the ledger counts; empty: by person."""


class Answer(NamedTuple):
    """A table as it is shown."""

    title: str
    about: str
    note: str
    columns: tuple[Column, ...]
    rows: list[Row]
    leads: list[Lead]


class View(NamedTuple):
    """A table that can be looked at."""

    id: str
    label: str
    table: Callable[[Project, Asked], Table]
    show: Callable[[Project, Asked, Table], Answer]
    empty: str


def _line(words: object) -> str:
    return "" if words is None else safe(" ".join(str(words).split()))


def _muted(words: object) -> Content:
    return Content.assemble((_line(words), "$text-muted"))


def _share(share: object) -> str:
    return f"{share:.0%}" if isinstance(share, float) else "–"


def _answer(
    title: str,
    about: str,
    table: Table,
    columns: tuple[Column, ...],
    lines: Iterable[tuple[tuple[Cell, ...], Lead]],
) -> Answer:
    made = list(lines)
    rows = [Row(str(place), cells) for place, (cells, _) in enumerate(made)]
    return Answer(title, about, table.note, columns, rows, [lead for _, lead in made])


# Ledger


def _ledger_table(project: Project, asked: Asked) -> Table:
    if asked.by:
        return ledger_by(project, asked.by, asked.filters)
    return ledger(project, asked.filters)


def _ledger(project: Project, asked: Asked, table: Table) -> Answer:
    if asked.by:
        return _ledger_by(asked, table)
    people = _only_ones(project)
    columns = (
        Column("participant", 14),
        Column("", 7),
        Column("quoted", 6, "right"),
        Column("expected", 8, "right"),
        Column("of all words", 12, "right"),
        Column("of quotes", 9, "right"),
        Column("passages", 8, "right"),
        Column("places", 6, "right"),
        Column("known as", 50),
    )

    def line(row: Mapping[str, Any]) -> tuple[tuple[Cell, ...], Lead]:
        name = str(row["participant"])
        expected = row["expected"]
        never = Content.assemble(("never", "bold $text-warning")) if row["never"] else Content("")
        if not row["quotable"]:
            never = _muted("may not")
        cells = (
            Content.assemble((_line(name), "bold")),
            never,
            f"{row['quoted']:,}",
            "–" if expected is None else f"{expected:,.1f}",
            _share(row["share_of_words"]),
            _share(row["share_of_quoted"]),
            f"{row['passages']:,}",
            f"{row['uses']:,}",
            _muted(row["attribution"]),
        )
        person = people.get(name)
        return cells, QuotesOf((person, name)) if person is not None else None

    return _answer(
        "Who is quoted, against how much they said",
        "b by attribute",
        table,
        columns,
        map(line, table.records()),
    )


def _ledger_by(asked: Asked, table: Table) -> Answer:
    name = table.header[0]
    columns = (
        Column(_line(name), 18),
        Column("", 5),
        Column("people", 8, "right"),
        Column("of all words", 12, "right"),
        Column("", 6),
        Column("of quotes", 9, "right"),
        Column("", 6),
        Column("95 % interval", 13, "right"),
    )

    def line(row: Mapping[str, Any]) -> tuple[tuple[Cell, ...], Lead]:
        low, high, verdict = row["quoted_low"], row["quoted_high"], str(row["verdict"])
        cells = (
            Content.assemble((_line(row[name]), "bold")),
            Content.assemble((verdict, "bold $text-warning")),
            f"{row['people_quoted']:,} of {row['people']:,}",
            _share(row["share_of_words"]),
            Bar(row["share_of_words"] or 0, "$primary"),
            _share(row["share_of_quoted"]),
            Bar(row["share_of_quoted"] or 0, "$primary"),
            f"{_share(low)}–{_share(high)}" if low is not None else "–",
        )
        return cells, QuotesOf(where=with_value(asked.filters.where, name, row[name]))

    return _answer(
        f"Who is quoted, by {_line(asked.by)}",
        "b by person or another attribute",
        table,
        columns,
        map(line, table.records()),
    )


def _only_ones(project: Project) -> dict[str, str]:
    """Ids of people by name, but for names that several have."""
    found: dict[str, str] = {}
    several = set()
    for person, name in project.connection.execute("SELECT id, name FROM people"):
        if name in found:
            several.add(name)
        found[name] = person
    return {name: person for name, person in found.items() if name not in several}


# Shown as typical


def _untypical(project: Project, _: Asked, table: Table) -> Answer:
    columns = (
        Column("theme", 22),
        Column("", 12),
        Column("less typical", 14, "right"),
        Column("", 8),
        Column("marks", 20),
        Column("quote", 60),
        Column("known as", 24),
    )

    def line(row: Mapping[str, Any]) -> tuple[tuple[Cell, ...], Lead]:
        far, below = row["far"], row["less_typical"]
        verdict = {
            True: Content.assemble(("not typical", "bold $text-warning")),
            False: Content("typical"),
            None: _muted("too few"),
        }[far]
        cells = (
            _line(row["theme"]),
            verdict,
            f"{_share(below)} of {row['quotes_of']:,}",
            Bar(below or 0, "$primary"),
            _line(row["marks"]),
            _line(row["quote"]),
            _muted(row["attribution"]),
        )
        return cells, project.quotes.place(str(row["quote_id"]))

    found = sorted(table.records(), key=lambda row: (row["far"] is not True, row["far"] is None))
    return _answer(
        "Starred, shortlisted or used: is it typical of its theme?",
        "the share of the theme's quotes that are less so",
        table,
        columns,
        map(line, found),
    )


# Consent


def _consents(project: Project, _: Asked, table: Table) -> Answer:
    columns = (
        Column("participant", 18),
        Column("transcript", 18),
        Column("quoted", 6),
        Column("by name", 7),
        Column("sound", 5),
        Column("withdrawn", 9),
        Column("in doubt", 70),
    )
    people = {
        (info.name, person.name): person.id
        for info in project.documents.all()
        for person in project.people.by_speaker(info.id).values()
    }

    def said(agreed: object, *, good: bool = True) -> Content:
        style = "" if bool(agreed) is good else "bold $text-warning"
        return Content.assemble(("yes" if agreed else "no", style))

    def line(row: Mapping[str, Any]) -> tuple[tuple[Cell, ...], Lead]:
        name, document = str(row["participant"]), str(row["document"])
        cells = (
            Content.assemble((_line(name), "bold")),
            _line(document),
            said(row["quote"]),
            said(row["name"], good=bool(row["name"])),
            said(row["audio"], good=bool(row["audio"])),
            said(row["withdrawn"], good=False),
            _muted(row["doubts"]),
        )
        person = people.get((document, name))
        return cells, QuotesOf((person, name), document) if person is not None else None

    return _answer(
        "What participants agreed to",
        "F8 has their attributes",
        table,
        columns,
        map(line, table.records()),
    )


# Recall


def _recalls(project: Project, _: Asked, table: Table) -> Answer:
    columns = (
        Column("used in", 34),
        Column("why it must not be", 34),
        Column("noted", 10),
        Column("by", 12),
        Column("transcript", 20),
    )
    ids = {info.name: info.id for info in project.documents.all()}

    def line(row: Mapping[str, Any]) -> tuple[tuple[Cell, ...], Lead]:
        cells = (
            Content.assemble((_line(row["used_in"]), "bold")),
            Content.assemble((_line(row["reason"]), "$text-error")),
            str(row["used_at"])[:10],
            _line(row["noted_by"]),
            _line(row["document"]),
        )
        document = ids.get(str(row["document"]))
        return cells, (document, row["start"], row["end"]) if document is not None else None

    return _answer("Printed, and to be taken back", "", table, columns, map(line, table.records()))


VIEWS = {
    "3": View("ledger", "Ledger", _ledger_table, _ledger, "nobody has said anything yet"),
    "4": View(
        "untypical",
        "Not typical",
        lambda project, asked: shown_as_typical(project, asked.filters),
        _untypical,
        "nothing is starred, shortlisted or used yet",
    ),
    "5": View(
        "consents",
        "Consent",
        lambda project, _: consents(project),
        _consents,
        "there are no participants yet",
    ),
    "6": View(
        "recalls",
        "Recall",
        lambda project, _: recalls(project),
        _recalls,
        "nothing that was used must be taken back",
    ),
}
"""By their key."""
