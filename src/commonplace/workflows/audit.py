"""Beginning a blind audit: a sample is drawn, and what is suggested for it is set down."""

from __future__ import annotations

from random import SystemRandom

from commonplace.project import Project
from commonplace.project.audits import Audit

MOST_SEED = 2**31


def start(project: Project, unit: str, segments: int, seed: int | None = None) -> Audit:
    """Draws so many segments, fewer where there are fewer; without a seed, one that nobody chose.

    Raises `FilterError` as `drawing.draw` does, and `ProjectError` while an audit lasts.
    """
    from commonplace.analysis.audit.drawing import draw

    seed = SystemRandom().randrange(MOST_SEED) if seed is None else seed
    with project.transaction(f"began a blind audit of {segments} segments"):
        return project.audits.start(draw(project, unit, segments, seed))
