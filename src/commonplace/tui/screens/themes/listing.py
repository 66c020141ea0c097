"""Words, words in context, and retrieval: plain lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from textual.content import Content

from commonplace.analysis.filters import Filters
from commonplace.analysis.kwic import Sort, kwic
from commonplace.analysis.retrieval.tables import Shape, retrieve
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
    Said,
    Shown,
    Target,
    View,
    one_line,
    records,
    said_in,
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
        all_words=asked.chosen["function"] == "shown",
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
        Option(
            "function",
            "Function words",
            ("left out", "shown"),
            "left out",
            "The, and, I, don't …: words that tell nothing of what is talked about.",
        ),
    ),
    "nothing is said twice",
)


# Words in context, and retrieval


def _context_table(asked: Asked) -> Table:
    return kwic(asked.project, asked.chosen["term"], asked.filters, sort=Sort(asked.chosen["sort"]))


def _context(asked: Asked) -> Shown:
    return _in_lines(asked, _context_table(asked), f"“{one_line(asked.chosen['term'])}” in context")


def _in_lines(asked: Asked, table: Table, title: str) -> Shown:
    """A line for each place, with what stands before and after it."""
    return _places(
        asked,
        table,
        title,
        lambda row: (
            Content(one_line(row["left"])[-30:].rjust(30)),
            Content.assemble((one_line(row["keyword"]), "bold $primary")),
            one_line(row["right"]),
        ),
        (Column("before", 30), Column("said", 14), Column("after", 60)),
    )


def _find_table(asked: Asked) -> Table:
    shape = _SHAPES[asked.chosen["as"]]
    return retrieve(asked.project, asked.chosen["query"], asked.filters, shape=shape)


def _find(asked: Asked) -> Shown:
    title, shape = one_line(asked.chosen["query"]), _SHAPES[asked.chosen["as"]]
    if shape is Shape.TABLE:
        return _counts(asked, title)
    if shape is Shape.KWIC:
        return _in_lines(asked, _find_table(asked), title)
    return _places(
        asked,
        _find_table(asked),
        title,
        lambda row: (
            one_line(row["document"]),
            Content.assemble((one_line(row["attribution"] or row["speaker"]), "$text-muted")),
            one_line(row["quote"]),
        ),
        (Column("transcript", 16), Column("source", 22), Column("passage", 100)),
    )


_SHAPES = {
    "quotes": Shape.QUOTES,
    "in context": Shape.KWIC,
    "counts by transcript": Shape.TABLE,
}


def _counts(asked: Asked, title: str) -> Shown:
    """How much of each transcript a query finds; behind it, the passages there."""
    table = _find_table(asked)
    found = records(table)
    most = max((row["passages"] for row in found), default=0) or 1
    query, filters = asked.chosen["query"], asked.filters

    def lead(place: int, _: int) -> Target:
        document = str(found[place]["document"])
        here = replace(filters, documents=(document,))
        return PassagesOf(
            f"{one_line(query)} in {one_line(document)}",
            lambda project: said_in(project, retrieve(project, query, here)),
        )

    return Shown(
        title,
        f"{sum(row['passages'] for row in found):,} passages",
        table.note,
        (
            Column("transcript", 24),
            Column("passages", 8, "right"),
            Column("", 12),
            Column("people", 8, "right"),
            Column("words", 14, "right"),
        ),
        [
            Row(
                str(place),
                (
                    one_line(row["document"]),
                    f"{row['passages']:,}",
                    Bar(row["passages"] / most),
                    f"{row['participants']:,} of {row['participants_of']:,}",
                    f"{row['words']:,} of {row['words_of']:,}",
                ),
            )
            for place, row in enumerate(found)
        ],
        lead=lead,
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
        Option("as", "Shown as", tuple(_SHAPES), "quotes"),
    ),
    "no passage fits: p asks for something else",
)  # fmt: skip
