"""How a quote looks in the list: what the desk says of it, each with a sign and a word."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from commonplace.analysis.quote_desk import EMBARGOED, FAILS, TAKEN_BACK
from commonplace.domain.codebook import split_path
from commonplace.domain.consent import HAS_WITHDRAWN, NOT_KNOWN
from commonplace.domain.desk import DeskQuote, Mark
from commonplace.tui.screens.quotes.listing import Shown
from commonplace.tui.session import Session
from commonplace.tui.widgets.reader.cells import safe, shorten

PASSES, FAILING, LET_PASS, HELD, EMBARGO = "✓", "✗", "!", "⊘", "◔"


class Sign(NamedTuple):
    """Something the desk says of a quote."""

    sign: str
    word: str
    style: str

    @property
    def content(self) -> Content:
        """Sign and word."""
        return Content.assemble((f"{self.sign} {self.word}", self.style))


MARK_SIGNS = {
    Mark.STAR: Sign("★", "star", "$accent"),
    Mark.SHORTLIST: Sign("▸", "shortlist", "$primary"),
    Mark.CLEAR: Sign("✓", "clear", "$text-success"),
}
_HELD = {
    FAILS: Sign(FAILING, "fails", "$text-error"),
    EMBARGOED: Sign(EMBARGO, "embargo", "$text-warning"),
    TAKEN_BACK: Sign(HELD, "withdrawn", "$text-error"),
    HAS_WITHDRAWN: Sign(HELD, "withdrawn", "$text-error"),
    NOT_KNOWN: Sign(HELD, "consent?", "$text-error"),
}
_NO_CONSENT = Sign(HELD, "no consent", "$text-error")
VERDICTS = {
    "passes": Sign(PASSES, "passes the check", "$text-success"),
    "fails": Sign(FAILING, "fails the check: it cannot leave", "$text-error"),
    "overridden": Sign(LET_PASS, "fails the check, and is let pass", "$text-warning"),
}


def signs(desk: DeskQuote | None, held: str, verdict: str) -> list[Sign]:
    """What the desk says of a quote, what matters most first."""
    found = [_HELD.get(held, _NO_CONSENT)] if held else []
    if desk is None:
        return found
    if verdict == "fails" and _HELD[FAILS] not in found:
        found.append(_HELD[FAILS])
    found += [sign for mark, sign in MARK_SIGNS.items() if mark in desk.marks]
    if desk.uses:
        found.append(Sign("●", f"used ×{len(desk.uses)}", "$text"))
    if verdict == "overridden":
        found.append(Sign(LET_PASS, "let pass", "$text-warning"))
    elif verdict == "passes":
        found.append(Sign("✎", "edited", "$text-muted"))
    return found


class Head(NamedTuple):
    """The first cell of a quote: its code, and beneath what the desk says of it."""

    code: Content
    signs: tuple[Sign, ...] = ()

    @property
    def plain(self) -> str:
        """Code and signs in words."""
        words = [self.code.plain, *(f"{sign.sign} {sign.word}" for sign in self.signs)]
        return " ".join(words)

    def fit(self, width: int) -> Content:
        """The cell in `width` cells; where words have no room the sign stands alone."""
        if not self.signs:
            return self.code
        words = len(self.signs)
        line = self._line(words)
        while words and line.cell_length > width:
            words -= 1
            line = self._line(words)
        first = self.code.truncate(width, ellipsis=True)
        first = first.pad_right(max(0, width - first.cell_length))
        return Content("\n").join([first, line])

    def _line(self, words: int) -> Content:
        """All signs, the first ones with their words."""
        line = Content("")
        for place, sign in enumerate(self.signs):
            gap = "" if not line else " " if place > words else "  "
            shown = sign.content if place < words else Content.styled(sign.sign, sign.style)
            line += gap + shown
        return line


def code_name(session: Session, code: str) -> Content:
    """A code's mark and name, and above which it stands."""
    look = session.looks.get(code)
    *above, name = split_path(session.path_of(code))
    return Content.assemble(
        (f"{look.mark} " if look else "", f"bold {look.color}" if look else "bold"),
        safe(name),
        (safe(f"  {'/'.join(above)}") if above else "", "$text-muted"),
    )


def words_of(shown: Shown) -> Content:
    """The words as they are printed now, on one line."""
    record = shown.record
    return Content(safe(" ".join(str(record["published_quote"] or record["quote"]).split())))


def source_of(shown: Shown) -> Content:
    """Who says it, as far as it leaves."""
    said = "held back" if shown.held else "…" if shown.source is None else shown.source or "–"
    return Content.assemble((safe(said), "$text-muted"))


def brief(words: str, cells: int = 46) -> str:
    """Words on one line, harmless, in so many cells at most."""
    return shorten(safe(" ".join(words.split())), cells)
