"""The saturation curve: how many new codes each further transcript brings."""

from __future__ import annotations

from commonplace.analysis.quotes import Quotes
from commonplace.analysis.saturation import Order, Rule, saturation
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.tui.screens.themes.view import (
    Asked,
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
)
from commonplace.tui.widgets.curve import Point


def _rule(asked: Asked) -> Rule:
    return Rule(
        int(asked.chosen["base"]),
        int(asked.chosen["run"]),
        float(asked.chosen["threshold"].removesuffix(" %")) / 100,
    )


def _table(asked: Asked) -> Table:
    return saturation(
        asked.project, asked.filters, rule=_rule(asked), order=Order(asked.chosen["order"])
    )


def _show(asked: Asked) -> Shown:
    table, rule = _table(asked), _rule(asked)
    found = records(table)
    documents = [str(row["document"]) for row in found]
    reached = next((place for place, row in enumerate(found) if row["saturated"]), None)

    def said(place: int) -> str:
        row = found[place]
        share = row["new_information"]
        parts = [
            f"{one_line(row['document'])}: {row['codes']} codes, {row['new_codes']} of them new",
            f"{row['codes_so_far']} so far",
            f"{row['codes_so_far_mean']:.1f} in random orders "
            f"({row['codes_so_far_low']}–{row['codes_so_far_high']})",
        ]
        if share is not None:
            parts.append(f"new information {share:.0%}")
        return " · ".join(parts)

    def lead(place: int, _: int) -> Target:
        return PassagesOf(
            f"New in {one_line(documents[place])}",
            lambda project: _new(asked, project, documents, place),
        )

    return Shown(
        "Codes so far, transcript by transcript",
        "what is new on top · dots: random orders · enter: the new codes",
        table.note,
        points=tuple(
            Point(
                row["codes_so_far"],
                row["codes_so_far"] - row["new_codes"],
                row["codes_so_far_mean"],
            )
            for row in found
        ),
        said=tuple(said(place) for place in range(len(found))),
        stop=None if reached is None else reached + 1 - rule.run,
        lead=lead,
    )


def _new(asked: Asked, project: Project, documents: list[str], place: int) -> list[Said]:
    """The first passage of each code in a transcript that no transcript before it has."""
    places = {name: number for number, name in enumerate(documents)}
    names = {document.id: document.name for document in project.documents.all()}
    seen: set[str] = set()
    new: dict[str, Passage] = {}
    codings = Quotes(project, asked.filters).keys()
    for key in codings:
        at = places.get(names[key.document], place + 1)
        if at < place:
            seen.add(key.code)
        elif at == place:
            new.setdefault(key.code, Passage(key.document, key.start, key.end))
    return [
        Said(
            passage,
            one_line(project.documents.part(*passage)),
            one_line(asked.codes.book.path(code)),
        )
        for code, passage in new.items()
        if code not in seen
    ]


SATURATION = View(
    "saturation",
    "Saturation",
    "do transcripts still bring new codes",
    Kind.CURVE,
    _show,
    _table,
    (
        Option("order", "Order", tuple(order.value for order in Order), Order.CODED.value),
        Option("base", "Base, in transcripts", ("4", "5", "6"), "4"),
        Option("run", "Run, in transcripts", ("2", "3"), "2"),
        Option("threshold", "New information at most", ("5 %", "0 %"), "5 %"),
    ),
)
