"""From one screen of a blind audit to the next: beginning one, going on with it, its result."""

from __future__ import annotations

from textual.content import Content

from commonplace.analysis.audit.drawing import PLURAL, SEGMENTS
from commonplace.project import Project
from commonplace.project.audits import Audit
from commonplace.tui import dialogs
from commonplace.tui.screens.review.auditing import AuditScreen
from commonplace.tui.screens.room import Room
from commonplace.workflows import audit as workflow

ABOUT = (
    "A random sample of what interviewees say, from what you have not coded, decided about or "
    "read to the end. What is suggested for it is set down now and hidden from you until you "
    "finish. Stopping early is fine: the order is random."
)


def open_audit(room: Room) -> None:
    """Goes on with this coder's audit, shows what their last one found, or begins one."""

    def known(found: tuple[Audit | None, Audit | None]) -> None:
        current, latest = found
        if current is not None:
            room.app.push_screen(AuditScreen(room.session, current, show_result))
        elif latest is not None:
            show_result(room, latest)
        else:
            begin(room)

    room.session.typeahead.begin(keep=False)
    room.session.desk.ask(
        "audit", lambda project: (project.audits.current(), _mine(project)), known
    )


def _mine(project: Project) -> Audit | None:
    latest = project.audits.latest()
    return latest if latest is not None and latest.coder == project.coder else None


def show_result(room: Room, audit: Audit) -> None:
    """Shows what an audit found."""
    from commonplace.tui.screens.review.result import AuditResultScreen

    room.app.push_screen(AuditResultScreen(room.session, audit, begin))


def begin(room: Room) -> None:
    """Asks what to draw, and begins an audit."""
    choices = [
        ("sentence", SEGMENTS),
        ("sentence", SEGMENTS * 2),
        ("turn", SEGMENTS // 2),
        ("turn", SEGMENTS),
    ]

    def begun(audit: Audit) -> None:
        if len(room.app.screen_stack) > 1:  # the result of the audit before
            room.app.pop_screen()
        room.app.push_screen(AuditScreen(room.session, audit, show_result))

    def chosen(place: int | None) -> None:
        if place is not None and place < len(choices):
            unit, count = choices[place]
            typeahead = room.session.typeahead
            typeahead.begin(keep=False)
            room.session.write(
                lambda project: workflow.start(project, unit, count),
                begun,
                typeahead.abandon,
            )

    room.app.push_screen(
        dialogs.Choose(
            "Blind audit",
            [Content(f"{count} {PLURAL[unit]}") for unit, count in choices],
            about=ABOUT,
        ),
        chosen,
    )
