"""Commands that get several options as one value."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any


def option(name: str, annotation: Any, default: Any = False) -> inspect.Parameter:
    """A parameter that is given by name alone."""
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )


def in_place_of(
    name: str,
    command: Callable[..., None],
    options: Sequence[inspect.Parameter],
    made: Callable[[dict[str, Any]], Any],
) -> Callable[..., None]:
    """The command with these options where it has the parameter `name`; it gets as that what
    `made` makes of what they were given."""

    @wraps(command)
    def run(**given: Any) -> None:
        chosen = {each.name: given.pop(each.name) for each in options}
        command(**given, **{name: made(chosen)})

    own = inspect.signature(command, eval_str=True).parameters
    parameters: list[inspect.Parameter] = []
    for parameter in own.values():
        parameters += options if parameter.name == name else [parameter]
    return signed(run, parameters)


def signed(
    run: Callable[..., None], parameters: Sequence[inspect.Parameter]
) -> Callable[..., None]:
    """The function, with the signature that typer reads; it takes all of it by name."""
    by_name = sorted(parameters, key=lambda each: each.kind is each.KEYWORD_ONLY)
    signature = inspect.Signature(by_name)
    # Functions may have it (PEP 362), but no type of a callable says so.
    run.__signature__ = signature  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run
