"""Loud voices, quotes that are not typical, and negative cases: plain lists."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from commonplace.analysis.choosing import shown_as_typical
from commonplace.analysis.voices import loud_voices, negative_cases
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.tui.screens.themes.view import (
    Asked,
    From,
    Kind,
    Option,
    Passage,
    PassagesOf,
    QuotesOf,
    Said,
    Shown,
    Target,
    View,
    one_line,
    records,
)
from commonplace.tui.widgets.bars import Bar
from commonplace.tui.widgets.linelist import Column, Row

_TYPICAL = "quotes shown as typical"


def _voices_table(asked: Asked) -> Table:
    if asked.chosen["show"] == _TYPICAL:
        return shown_as_typical(asked.project, asked.filters)
    return loud_voices(asked.project, asked.filters)


def _voices(asked: Asked) -> Shown:
    table = _voices_table(asked)
    return _typical(asked, table) if asked.chosen["show"] == _TYPICAL else _loud(asked, table)


def _typical(asked: Asked, table: Table) -> Shown:
    """Starred, shortlisted and used quotes, those first that are far from their theme's centre."""
    found = sorted(records(table), key=lambda row: (row["far"] is not True, row["far"] is None))
    places = [asked.project.quotes.place(str(row["quote_id"])) for row in found]
    columns = (
        Column("theme", 20),
        Column("", 11),
        Column("less typical", 14, "right"),
        Column("marks", 16),
        Column("quote", 80),
    )

    def row(place: int, record: dict[str, Any]) -> Row:
        far, below = record["far"], record["less_typical"]
        verdict = "too few" if far is None else "not typical" if far else "typical"
        return Row(
            str(place),
            (
                one_line(record["theme"]),
                Content.assemble((verdict, "bold $text-warning" if far else "$text-muted")),
                ("–" if below is None else f"{below:.0%}") + f" of {record['quotes_of']:,}",
                one_line(record["marks"]),
                one_line(record["quote"]),
            ),
        )

    return Shown(
        "Shown as typical, and is it?",
        "the share of the theme's quotes that are less so",
        table.note,
        columns,
        [row(place, record) for place, record in enumerate(found)],
        lead=lambda place, _: Passage(*places[place]),
    )


def _loud(asked: Asked, table: Table) -> Shown:
    found = records(table)
    columns = (
        Column("theme", 26),
        Column("loudest", 16),
        Column("of its quotes", 13, "right"),
        Column("", 10),
        Column("of its words", 12, "right"),
        Column("people", 6, "right"),
        Column("", 5),
    )

    def row(place: int, record: dict[str, Any]) -> Row:
        code = asked.codes.at(record["code_path"])
        share = record["share_of_quotes"]
        return Row(
            str(place),
            (
                asked.codes.name(code) if code else one_line(record["code"]),
                one_line(record["person"]),
                f"{record['person_quotes']} of {record['quotes']}",
                Bar(share or 0),
                "–" if (spoken := record["share_of_words"]) is None else f"{spoken:.0%}",
                f"{record['participants']:,}",
                Content.assemble(("loud", "bold $text-warning")) if record["loud"] else "",
            ),
        )

    return Shown(
        "Loud voices",
        "who says most of each theme",
        table.note,
        columns,
        [row(place, record) for place, record in enumerate(found)],
        lead=lambda place, _: QuotesOf(
            asked.codes.at(found[place]["code_path"]), asked.filters.where
        ),
    )


VOICES = View(
    "voices",
    "Voices",
    "themes that one person carries",
    Kind.GRID,
    _voices,
    _voices_table,
    (
        Option(
            "show", "Shown", ("loud voices", _TYPICAL), "loud voices",
            "Starred, shortlisted and used quotes can be far from what is usual in their theme.",
        ),
    ),
)  # fmt: skip


def _cases_table(asked: Asked) -> Table:
    against = asked.chosen["against"]
    return negative_cases(
        asked.project,
        asked.chosen["code"],
        asked.filters,
        against=(against,) if against else (),
    )


def _cases(asked: Asked) -> Shown:
    table = _cases_table(asked)
    found = records(table)
    columns = (
        Column("person", 18),
        Column("who", 28),
        Column("stance", 9),
        Column("quotes", 6, "right"),
        Column("against", 7, "right"),
        Column("words spoken", 12, "right"),
    )

    def row(place: int, record: dict[str, Any]) -> Row:
        against = record["against"]
        stance = str(record["stance"])
        return Row(
            str(place),
            (
                one_line(record["person"]),
                Content.assemble((one_line(record["attribution"]), "$text-muted")),
                Content.assemble((stance, "bold" if stance in ("never", "against") else "")),
                f"{record['quotes']:,}",
                "–" if against is None else f"{against:,}",
                f"{record['words_spoken']:,}",
            ),
        )

    def lead(place: int, _: int) -> Target:
        person = str(found[place]["person"])
        return PassagesOf(one_line(person), lambda project: _turns_of(project, person))

    return Shown(
        f"Who does not share in {one_line(asked.chosen['code'])}",
        "those who never mention it come first; enter shows what somebody says",
        table.note,
        columns,
        [row(place, record) for place, record in enumerate(found)],
        lead=lead,
    )


def _turns_of(project: Project, person: str) -> list[Said]:
    """Everything that somebody says, turn by turn."""
    said = []
    for document in project.documents.all():
        people = project.people.by_speaker(document.id)
        labels = {label for label, behind in people.items() if behind.name == person}
        if not labels:
            continue
        text = project.documents.text(document.id)
        said += [
            Said(
                Passage(document.id, turn.speech_start, turn.end),
                one_line(text[turn.speech_start : turn.end]),
                document.name,
            )
            for turn in project.documents.turns(document.id)
            if turn.speaker in labels
        ]
    return said


CASES = View(
    "cases",
    "Cases",
    "who never mentions a theme",
    Kind.GRID,
    _cases,
    _cases_table,
    (
        Option("code", "Theme", From.CODES, needed=True),
        Option(
            "against", "Marks speaking against it", From.CODES,
            about="A code such as Change/Worsened on the same words.",
        ),
    ),
)  # fmt: skip
