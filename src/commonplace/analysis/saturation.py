"""Whether further transcripts still bring new codes (Guest, Namey & Chen 2020)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonplace.analysis.filters import FilterError, Filters
from commonplace.analysis.names import natural
from commonplace.analysis.notes import noted
from commonplace.analysis.people_codes import said_by
from commonplace.analysis.scope import Scope
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

SEED = 2020
"""Of the random orders: the same material always gets the same figures."""

ORDERS = 1000


class Order(StrEnum):
    """In which order transcripts are taken."""

    CODED = "coded"
    """By when each was first coded."""
    IMPORTED = "imported"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a run of transcripts brings so little that one may stop."""

    base: int = 4
    """Transcripts whose distinct codes are what new ones are set against."""
    run: int = 2
    """Transcripts over which new codes are looked for together."""
    threshold: float = 0.05
    """The share of new codes at or below which nothing much is new, 0–1."""

    def __post_init__(self) -> None:
        if self.base < 1 or self.run < 1 or not 0 <= self.threshold <= 1:
            raise FilterError(
                "the base and the run are of at least one transcript, and the threshold is a share "
                "from 0 to 1"
            )


def new_codes(sets: Sequence[frozenset[str]]) -> list[int]:
    """How many codes of each transcript are in none before it."""
    seen: set[str] = set()
    counts = []
    for codes in sets:
        counts.append(len(codes - seen))
        seen |= codes
    return counts


def new_information(new: Sequence[int], rule: Rule) -> list[float | None]:
    """For each transcript the share of new codes in the run that ends with it.

    Runs move on by one transcript, and begin after the base. None where no run ends, and where
    the base has no code to compare with.
    """
    base = sum(new[: rule.base])
    first = rule.base + rule.run - 1
    return [
        sum(new[place - rule.run + 1 : place + 1]) / base if place >= first and base else None
        for place in range(len(new))
    ]


def stopping_point(new: Sequence[int], rule: Rule) -> int | None:
    """How many transcripts it took until the first run at or below the threshold began.

    Reported as `6+2`: saturation at six, which a run of two more confirmed. None when it is not
    reached.
    """
    for place, share in enumerate(new_information(new, rule)):
        # Sums over whole numbers: a share meant to be at the threshold must not miss it by a bit.
        if share is not None and share <= rule.threshold + 1e-12:
            return place + 1 - rule.run
    return None


def saturation(
    project: Project,
    filters: Filters | None = None,
    *,
    rule: Rule | None = None,
    order: Order = Order.CODED,
    orders: int = ORDERS,
) -> Table:
    """A row for each coded transcript in `order`: codes that it has, that are new, and so far.

    `new_information` is the share of new codes in the run that ends with it, of those of the base;
    `saturated` is whether that is at or below the threshold, null before the first run ends.
    `codes_so_far_mean`, with a low and a high between which 95 % lie, is the same curve over
    `orders` random orders; the note says where the rule would stop in them. A code is any that the
    filters ask for, each by itself; only what interviewees say counts.

    Raises as `themes` does.
    """
    rule = rule or Rule()
    scope = Scope(project, filters or Filters())
    columns = (
        Column("number", "transcripts"),
        Column("document"),
        Column("codes", "codes"),
        Column("new_codes", "codes"),
        Column("codes_so_far", "codes"),
        Column("new_information", "share 0–1"),
        Column("saturated"),
        Column("codes_so_far_mean", "codes"),
        Column("codes_so_far_low", "codes"),
        Column("codes_so_far_high", "codes"),
    )
    found = _codes(scope, order)
    shuffled = list(_shuffled([codes for _, codes in found], orders))
    return Table(
        "saturation",
        columns,
        lambda: _rows(scope, found, shuffled, rule),
        lambda: _note(scope, [codes for _, codes in found], shuffled, rule),
        brief=("number", "document", "new_codes", "codes_so_far", "new_information", "saturated",
               "codes", "codes_so_far_mean"),
    )  # fmt: skip


def _rows(
    scope: Scope, found: list[tuple[str, frozenset[str]]], shuffled: list[list[int]], rule: Rule
) -> Iterator[Row]:
    new = new_codes([codes for _, codes in found])
    sums = [_running(counts) for counts in shuffled]
    so_far = _running(new)
    for place, share in enumerate(new_information(new, rule)):
        document, codes = found[place]
        drawn = sorted(curve[place] for curve in sums)
        yield (
            place + 1,
            scope.documents[document],
            len(codes),
            new[place],
            so_far[place],
            share,
            None if share is None else share <= rule.threshold + 1e-12,
            sum(drawn) / len(drawn) if drawn else None,
            _quantile(drawn, 0.025),
            _quantile(drawn, 0.975),
        )


def _running(counts: Sequence[int]) -> list[int]:
    total, sums = 0, []
    for count in counts:
        total += count
        sums.append(total)
    return sums


def _quantile(ordered: Sequence[int], share: float) -> int | None:
    return ordered[round(share * (len(ordered) - 1))] if ordered else None


def _codes(scope: Scope, order: Order) -> list[tuple[str, frozenset[str]]]:
    """The codes on what is said in each coded transcript, in order."""
    shown = set(scope.codes)
    codes: dict[str, set[str]] = {}
    for voice, passages in said_by(scope):
        for passage in passages:
            codes.setdefault(voice.document, set()).update(passage.codes & shown)
    connection = scope.project.connection
    if order is Order.NAME:
        when = dict.fromkeys(codes, "")
    elif order is Order.IMPORTED:
        when = dict(connection.execute("SELECT id, imported_at FROM documents"))
    else:
        when = dict(
            connection.execute(
                f"SELECT document_id, min(coded_at) FROM codings WHERE {scope.condition} "
                "GROUP BY document_id",
                scope.values,
            )
        )
    return [
        (document, frozenset(codes[document]))
        for document in sorted(codes, key=lambda d: (when[d], natural(scope.documents[d])))
        if codes[document]
    ]


def _shuffled(sets: list[frozenset[str]], orders: int) -> Iterator[list[int]]:
    """New codes transcript by transcript, in random orders."""
    chance = random.Random(SEED)
    order = list(sets)
    for _ in range(orders if sets else 0):
        chance.shuffle(order)
        yield new_codes(order)


def _note(
    scope: Scope, sets: list[frozenset[str]], shuffled: list[list[int]], rule: Rule
) -> list[str]:
    said = [
        f"Base of {rule.base}, runs of {rule.run}, threshold {rule.threshold:.0%} "
        "(Guest, Namey & Chen 2020)."
    ]
    if len(sets) < rule.base + rule.run:
        said.append(
            f"There are {len(sets)} coded transcripts; the rule needs {rule.base + rule.run}."
        )
    else:
        point = stopping_point(new_codes(sets), rule)
        said.append(
            "In this order it is not reached."
            if point is None
            else f"In this order saturation is at {point}+{rule.run} transcripts."
        )
        points = sorted(
            point for counts in shuffled if (point := stopping_point(counts, rule)) is not None
        )
        said.append(f"In {len(points)} of {len(shuffled)} random orders it is reached")
        said[-1] += (
            f", in half of those by {points[(len(points) - 1) // 2]}+{rule.run}." if points else "."
        )
    said.append("Only the transcripts at hand are looked at: it says nothing of who was not asked.")
    return noted(scope, *said)()
