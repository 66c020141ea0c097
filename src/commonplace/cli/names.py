"""Whether names leave the project as they were spoken: one option for all commands that export."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from commonplace.domain.table import Table

AsSpoken = Annotated[
    bool,
    typer.Option(
        "--no-pseudonyms", help="Leave names as they were spoken, where there are pseudonyms."
    ),
]


class _Asked:
    """What the command that is running was asked: whether it exports, how, and of which project."""

    exports = False
    as_spoken = False
    project: Path | None = None


_asked = _Asked()


def note_project(path: Path) -> None:
    """Notes of which project the tables are that are shown from now on."""
    _asked.project = path


def as_spoken() -> bool:
    """Whether the command that is running was asked to leave names as they were spoken."""
    return _asked.as_spoken


def replaced(table: Table) -> Table:
    """The table as it may leave the project. Raises `PseudonymError`."""
    if not _asked.exports or _asked.project is None:
        return table
    from commonplace.workflows.pseudonymised import pseudonymised

    return pseudonymised(_asked.project, table, off=_asked.as_spoken)


def exporting(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command that writes tables to files the option; others stay as they are.

    While it runs, `replaced` has pseudonyms in the place of names.
    """
    signature = inspect.signature(command, eval_str=True)
    if "output" not in signature.parameters:
        return command

    @wraps(command)
    def run(*, as_spoken: bool, **given: Any) -> None:
        _asked.exports, _asked.as_spoken, _asked.project = True, as_spoken, None
        try:
            command(**given)
        finally:
            _asked.exports, _asked.as_spoken, _asked.project = False, False, None

    option = inspect.Parameter(
        "as_spoken", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=AsSpoken
    )
    parameters = [*signature.parameters.values(), option]
    run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run
