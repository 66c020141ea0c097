"""What can go wrong with a project, in words for the person at the keyboard."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class ProjectError(ValueError):
    """Refused because of the data; the message says what, where, and what to do next."""


class NotFoundError(ProjectError):
    """Nothing in the project goes by that name."""


class DuplicateError(ProjectError):
    """The same thing is there already."""


def not_found(kind: str, name: str, known: Iterable[str]) -> NotFoundError:
    """An error that offers the nearest known names."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        hint = "did you mean " + " or ".join(f"'{n}'" for n in near) + "?"
    elif names:
        hint = "there are " + ", ".join(f"'{n}'" for n in names[:5])
        hint += " and others" if len(names) > 5 else ""
    else:
        hint = "there are none yet"
    return NotFoundError(f"no {kind} '{name}': {hint}")
