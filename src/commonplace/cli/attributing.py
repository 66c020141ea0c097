"""How quotes are attributed: as was asked for, else as the project keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonplace.cli.output import complain

if TYPE_CHECKING:
    from commonplace.analysis.attributions import Terms
    from commonplace.project import Project


def settled(project: Project, attribution: str | None, k: int | None) -> Terms:
    """What options ask for comes first; what of it the project keeps is said on standard error."""
    from commonplace.analysis.attributions import terms

    found = terms(project, attribution, k)
    if found.said:
        complain(
            f"attribution as the project keeps it: {found.said} (--attribution and --k choose "
            "another)"
        )
    return found
