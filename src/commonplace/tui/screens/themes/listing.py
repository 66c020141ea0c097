"""Words, words in context, retrieval, loud voices and negative cases: plain lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from textual.content import Content

from commonplace.analysis.filters import Filters
from commonplace.analysis.kwic import Sort, kwic
from commonplace.analysis.retrieval.tables import retrieve
from commonplace.analysis.voices import loud_voices, negative_cases
from commonplace.analysis.words import words
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.tui.screens.themes.frequencies import with_value
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
from commonplace.tui.widgets.linelist import Cell, Column, Row
from commonplace.tui.widgets.reader.cells import safe

MOST = 200
"""Words shown of each group."""


def _passages(project: Project, found: list[dict[str, Any]]) -> list[Passage]:
    ids = {document.name: document.id for document in project.documents.all()}
    return [Passage(ids[str(row["document"])], row["start"], row["end"]) for row in found]


# Words


def _words_table(asked: Asked) -> Table:
    return words(
        asked.project,
        asked.filters,
        by=asked.chosen["by"] or None,
        length=int(asked.chosen["length"]),
        least=2,
        limit=MOST,
    )


def _words(asked: Asked) -> Shown:
    table, by = _words_table(asked), asked.chosen["by"]
    column = table.header[0]  # an attribute may be called as another column is
    found = records(table)
    most = max((row["log_likelihood"] or 0 for row in found), default=0) or 1
    compared = any(row["rest_of"] for row in found)
    columns = [
        *([Column(safe(by), 16)] if by else []),
        Column("words", 24),
        Column("times", 7, "right"),
        Column("people", 6, "right"),
    ]
    if compared:
        columns += [
            Column("elsewhere", 9, "right"),
            Column("log-likelihood", 14, "right"),
            Column("", 12),
        ]

    def row(place: int, record: dict[str, Any]) -> Row:
        cells: list[Cell] = [
            *([one_line(record[column])] if by else []),
            Content.assemble((one_line(record["words"]), "bold")),
            f"{record['count']:,}",
            f"{record['participants']:,}",
        ]
        if compared:
            key = record["log_likelihood"]
            cells += [
                f"{record['rest']:,}",
                "–" if key is None else f"{key:,.1f}",
                Bar((key or 0) / most),
            ]
        return Row(str(place), tuple(cells))

    def lead(place: int, _: int) -> Target:
        record = found[place]
        where = asked.filters.where
        return PassagesOf(
            f"“{one_line(record['words'])}”",
            lambda project: _in_context(
                project,
                kwic(
                    project,
                    str(record["words"]),
                    _narrowed(asked, with_value(where, by, record[column]) if by else where),
                ),
            ),
        )

    return Shown(
        "Words" if asked.chosen["length"] == "1" else f"Phrases of {asked.chosen['length']} words",
        f"each {safe(by)} against the rest"
        if by
        else "against other interviewees of these transcripts"
        if compared
        else "b compares groups",
        table.note,
        tuple(columns),
        [row(place, record) for place, record in enumerate(found)],
        lead=lead,
    )


def _narrowed(asked: Asked, where: str) -> Filters:
    return replace(asked.filters, where=where)


def _in_context(project: Project, table: Table) -> list[Said]:
    found = records(table)
    return [
        Said(
            passage,
            one_line(f"{row['left']} {row['keyword']} {row['right']}"),
            f"{row['document']} · {row['attribution'] or row['speaker']}",
        )
        for passage, row in zip(_passages(project, found), found, strict=True)
    ]


WORDS = View(
    "words",
    "Words",
    "what is said, and more than elsewhere",
    Kind.GRID,
    _words,
    _words_table,
    (
        Option("by", "Groups", From.ATTRIBUTES, about="Each value against the rest."),
        Option("length", "Words in a phrase", ("1", "2", "3", "4"), "1"),
    ),
    "nothing is said twice",
)


# Words in context, and retrieval


def _context_table(asked: Asked) -> Table:
    return kwic(asked.project, asked.chosen["term"], asked.filters, sort=Sort(asked.chosen["sort"]))


def _context(asked: Asked) -> Shown:
    return _places(
        asked,
        _context_table(asked),
        f"“{one_line(asked.chosen['term'])}” in context",
        lambda row: (
            Content(one_line(row["left"])[-30:].rjust(30)),
            Content.assemble((one_line(row["keyword"]), "bold $primary")),
            one_line(row["right"]),
        ),
        (Column("before", 30), Column("said", 14), Column("after", 60)),
    )


def _find_table(asked: Asked) -> Table:
    return retrieve(asked.project, asked.chosen["query"], asked.filters)


def _find(asked: Asked) -> Shown:
    return _places(
        asked,
        _find_table(asked),
        one_line(asked.chosen["query"]),
        lambda row: (
            one_line(row["document"]),
            Content.assemble((one_line(row["attribution"] or row["speaker"]), "$text-muted")),
            one_line(row["quote"]),
        ),
        (Column("transcript", 16), Column("source", 22), Column("passage", 100)),
    )


def _places(
    asked: Asked,
    table: Table,
    title: str,
    cells: Callable[[dict[str, Any]], Sequence[str | Content]],
    columns: tuple[Column, ...],
) -> Shown:
    found = records(table)
    passages = _passages(asked.project, found)
    count = len(found)
    return Shown(
        title,
        f"{count:,} passage" if count == 1 else f"{count:,} passages",
        table.note,
        columns,
        [Row(str(place), tuple(cells(row))) for place, row in enumerate(found)],
        lead=lambda place, _: passages[place],
    )


CONTEXT = View(
    "kwic",
    "In context",
    "a word with the words around it",
    Kind.GRID,
    _context,
    _context_table,
    (
        Option(
            "term", "Word or phrase", From.WORDS, needed=True,
            about="* stands for any letters: hous*",
        ),
        Option("sort", "Sorted by", tuple(sort.value for sort in Sort), Sort.DOCUMENT.value),
    ),
    "it is not said: p looks for something else",
)  # fmt: skip

FIND = View(
    "find",
    "Find",
    "by codes, words, people, positions",
    Kind.GRID,
    _find,
    _find_table,
    (
        Option(
            "query", "Find", From.QUERY, needed=True,
            about='housing and not transport · "damp" near/20 control · '
            "jobs followed by control within turn",
        ),
    ),
    "no passage fits: p asks for something else",
)  # fmt: skip


# Voices and cases


def _voices_table(asked: Asked) -> Table:
    return loud_voices(asked.project, asked.filters)


def _voices(asked: Asked) -> Shown:
    table = _voices_table(asked)
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
)


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
