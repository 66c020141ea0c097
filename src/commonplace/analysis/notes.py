"""What stands under a table, so that its figures can be traced and made again."""

from __future__ import annotations

from collections.abc import Callable

from commonplace.analysis.filters import Filters
from commonplace.analysis.scope import Scope
from commonplace.project.adjudication import CONSENSUS


def noted(scope: Scope, *said: str, filters: Filters | None = None) -> Callable[[], list[str]]:
    """The note of a table, made when it is read: what it says of itself, then the filters, whose
    codings there are, the codebook, and the date of the last change to the project.

    `filters` stand for those of the scope where a table names its coders itself, or puts the
    filters to the project in another way.
    """

    def note() -> list[str]:
        asked = scope.filters if filters is None else filters
        parts = [*said, asked.note() or "No filters.", *scope.unheld, scope.withdrawals()]
        if filters is None and not asked.coders:
            parts.append(_coders(scope))
        book = scope.codebook
        version = f", version {book.version}" if book.version else ""
        parts.append(f"Codebook {book.name}{version}.")
        if scope.as_of():
            parts.append(f"Project as of {scope.as_of()}.")
        return [part for part in parts if part]

    return note


def _coders(scope: Scope) -> str:
    rows = scope.project.connection.execute(
        f"SELECT DISTINCT coder FROM codings WHERE {scope.condition} ORDER BY coder", scope.values
    )
    coders = [row[0] for row in rows]
    if not coders:
        return ""
    said = f"Coded by {', '.join(coders)}."
    if CONSENSUS in coders and len(coders) > 1:
        said += (
            f" The {CONSENSUS} of coders counts beside their own codings: choose one coder, or the "
            f"{CONSENSUS}, to count either alone."
        )
    return said
