"""The one registry of what can be done: bindings, footer, palette, help and docs come from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commonplace.tui.actions import (
    agreement,
    codebook,
    coding,
    everywhere,
    importing,
    people,
    quotes,
    reading,
    review,
    themes,
)
from commonplace.tui.actions.action import Action, Where

if TYPE_CHECKING:
    from textual.binding import Binding

__all__ = ["ACTIONS", "BY_ID", "Action", "Where", "bar", "bindings", "of", "reference"]

ACTIONS: tuple[Action, ...] = (
    *everywhere.ACTIONS,
    *reading.ACTIONS,
    *coding.ACTIONS,
    *review.ACTIONS,
    *quotes.ACTIONS,
    *themes.ACTIONS,
    *codebook.ACTIONS,
    *people.ACTIONS,
    *importing.ACTIONS,
    *agreement.ACTIONS,
)


BY_ID = {action.id: action for action in ACTIONS}


def of(*places: Where) -> list[Action]:
    """The actions of these places, in the order of the registry."""
    return [action for action in ACTIONS if action.where in places]


def bindings(where: Where, namespace: str = "") -> list[Binding]:
    """The bindings for a class; `namespace` (`screen.`) says whose methods they call."""
    return list(_bindings(where, namespace))


def _bindings(where: Where, namespace: str) -> Iterator[Binding]:
    from textual.binding import Binding

    for action in of(where):
        for place, key in enumerate(action.keys):
            if action.act:
                yield Binding(
                    key,
                    namespace + action.act.replace("{key}", key),
                    action.label,
                    tooltip=action.help,
                    id=action.id if len(action.keys) == 1 else f"{action.id}.{place + 1}",
                    show=False,
                )


def bar(*places: Where) -> list[Action]:
    """What the footer offers in these places, by rank."""
    return sorted((action for action in of(*places) if action.bar), key=lambda a: a.bar)


def reference() -> str:
    """The page docs/reference/keys.md."""
    lines = ["# Keys", "", "Every action is in the command palette (`ctrl+p`) too.", ""]
    for where in Where:
        lines += [f"## {where}", "", "| key | | does |", "|---|---|---|"]
        lines += [
            f"| {_code_spans(action.shown)} | {action.label} | {action.help} |"
            for action in of(where)
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _code_spans(keys: str) -> str:
    return " ".join(f"`{key}`" for key in keys.split()) if keys else "–"
