"""Coding by hand: applying, making, removing and changing codes, and writing memos."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from textual.content import Content

from commonplace.domain.codebook import join_path
from commonplace.domain.coding import Coding
from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.tui import dialogs
from commonplace.tui.screens.code.desk import Desk
from commonplace.tui.widgets.reader import CodingMark
from commonplace.tui.widgets.reader.cells import shorten

IN_VIVO = 60
"""Longest name of an in-vivo code, in code points."""

BLINK = 0.05
"""Seconds a coding may take to be kept before its mark is shown pale."""


class Coder(Desk):
    """What a person does to the transcript by hand."""

    _tickets = count(1)

    # Applying

    def apply(self, code: str, span: Span | None = None) -> None:
        """Applies a code; while it is not kept yet, but for a blink, the mark is pale."""
        opened, span = self.opened, span or self.passage()
        if opened is None or span is None:
            self.say("There is nothing to code here: move to some words.", trouble=True)
            return
        path, coder = self.session.path_of(code), self.session.coder
        there = self.reader.codings.within(span.start, span.end)
        if any((mark.span, mark.code, mark.coder) == (span, code, coder) for mark in there):
            self.say(f"this is coded {path} already")
            return
        ticket = f"pending-{next(self._tickets)}"
        reader, shown = self.reader, self.shows(code)
        mark = CodingMark(ticket, span, code, coder=coder, pending=True)
        waiting = self.set_timer(BLINK, lambda: reader.put_coding(mark) if shown else None)

        def taken_back() -> None:
            waiting.stop()
            reader.remove_coding(ticket)

        def kept(coding: Coding) -> None:
            taken_back()
            self.put(coding)
            self.say(f"coded {path} — u undoes")
            self.look()

        self.session.write(
            lambda project: project.codings.add(opened.id, span, code),
            kept,
            taken_back,
        )

    def apply_new(self, path: str, span: Span | None) -> None:
        """Makes the code of that path, with those above it that are missing, and applies it."""
        opened = self.opened

        def make(project: Project) -> Coding | None:
            with project.transaction(
                f"added the code '{path}'" if span is None else f"coded with the new code '{path}'"
            ):
                code = project.codes.make(path)
                if opened is None or span is None:
                    return None
                return project.codings.add(opened.id, span, code)

        def kept(coding: Coding | None) -> None:
            if coding is not None:
                self.put(coding)
            done = "coded" if coding is not None else "added"
            self.say(f"{done} {path}, a new code — u undoes")

        self.session.write(make, kept)

    def action_apply_nth(self, number: int) -> None:
        tops = self.session.codebook.numbered()
        if number > len(tops):
            self.say(f"there is no top-level code {number}: c finds or makes one", trouble=True)
            return
        self.apply(tops[number - 1].id)

    def action_pick_code(self) -> None:
        span = self.passage()
        if self.opened is None or span is None:
            self.say("There is nothing to code here: move to some words.", trouble=True)
            return

        def picked(answer: dialogs.Picked | None) -> None:
            if answer is None:
                return
            if answer.new:
                self.apply_new(answer.new, span)
            else:
                self.apply(answer.code, span)

        self.app.push_screen(
            dialogs.CodePicker(
                "Code", self.session.codebook, self.session.looks, about=self.quoted(span)
            ),
            picked,
        )

    def action_in_vivo(self) -> None:
        span = self.reader.selection and self.passage()
        if span is None:
            self.say(
                "Select the words that shall name the code: space, or shift and arrows.",
                trouble=True,
            )
            return
        words = " ".join(self.reader.document.slice(span.start, span.end).split())
        name = words if len(words) <= IN_VIVO else words[:IN_VIVO].rsplit(" ", 1)[0] + "…"
        path = join_path([name.rstrip(" .,;:")])
        known = self.session.codebook.at(path)
        if known is not None:
            self.apply(known.id, span)
        else:
            self.apply_new(path, span)

    def quoted(self, span: Span) -> str:
        """The words of a span, short."""
        words = self.reader.document.slice(span.start, min(span.end, span.start + 400))
        return f"“{shorten(words, 150)}”"

    # Removing and changing

    def choose_coding(self, title: str, codings: Sequence[Coding], then: Any) -> None:
        """Calls `then` with one of the codings, asking which if there are several."""
        if len(codings) == 1:
            then(codings[0])
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                then(codings[place])

        self.app.push_screen(
            dialogs.Choose(title, [self._line(coding) for coding in codings]), chosen
        )

    def _line(self, coding: Coding) -> Content:
        look = self.session.looks.get(coding.code)
        return Content.assemble(
            ((look.mark if look else "•").ljust(3), f"bold {look.color}" if look else "bold"),
            shorten(self.session.path_of(coding.code), 30),
            (f"  {shorten(coding.coder, 12)}  ", "$text-muted"),
            (shorten(f"“{coding.anchor.exact}”", 40), "$text-muted"),
        )

    def action_remove_coding(self) -> None:
        codings = self.codings_here()
        if not codings:
            self.say("There is no coding here to remove.", trouble=True)
            return
        self.choose_coding("Remove which coding?", codings, self._remove)

    def _remove(self, coding: Coding) -> None:
        path = self.session.path_of(coding.code)

        def removed(_: Any) -> None:
            self.drop(coding.id)
            self.say(f"removed {path} — u undoes")
            self.look()

        self.session.write(lambda project: project.codings.remove(coding.id), removed)

    def change(self, coding: Coding) -> None:
        """Gives a coding the selection as its span, or, without one, another code."""
        span = self.passage() if self.reader.selection else None
        if span is not None and span != coding.span:
            self._write_change(coding, span, coding.code)
            return

        def picked(answer: dialogs.Picked | None) -> None:
            if answer is not None and answer.new:
                self._write_change(coding, coding.span, "", new=answer.new)
            elif answer is not None:
                self._write_change(coding, coding.span, answer.code)

        self.app.push_screen(
            dialogs.CodePicker(
                f"{self.session.path_of(coding.code)} becomes",
                self.session.codebook,
                self.session.looks,
                about=self.quoted(coding.span),
            ),
            picked,
        )

    def _write_change(self, coding: Coding, span: Span, code: str, new: str = "") -> None:
        def change(project: Project) -> Coding:
            with project.transaction("changed a coding"):
                return project.codings.change(
                    coding.id, span=span, code=project.codes.make(new) if new else code
                )

        def changed(now: Coding) -> None:
            self.put(now)
            what = "the stretch of " if span != coding.span else "the code to "
            self.say(f"changed {what}{new or self.session.path_of(now.code)} — u undoes")
            self.look()

        self.session.write(change, changed)

    def action_still_fits(self) -> None:
        reread = self.opened.reread if self.opened is not None else {}
        codings = [coding for coding in self.codings_here() if coding.id in reread]
        if not codings:
            self.say("There is no coding here to be read again: F7, R lists them.", trouble=True)
            return
        self.choose_coding("Which coding still fits?", codings, self._still_fits)

    def _still_fits(self, coding: Coding) -> None:
        path = self.session.path_of(coding.code)
        self.session.write(
            lambda project: project.rereading.confirm(coding.id),
            lambda _: self.say(f"{path} still fits — u undoes"),
        )

    # Memos

    def action_memo(self) -> None:
        opened, codings = self.opened, self.codings_here(own=True) or self.codings_here()
        if opened is None:
            return
        selection = self.passage() if self.reader.selection else None
        if codings and (selection is None or any(c.span == selection for c in codings)):
            self.choose_coding("Memo on which coding?", codings, self._coding_memo)
            return
        span = selection or self.passage()
        if span is None:
            self.say("There is nothing here to write a memo on.", trouble=True)
            return
        there = next(
            (m for m in opened.memos if m.span == span and m.coder == self.session.coder), None
        )
        self._ask_memo(
            "Memo on this passage",
            there.text if there else "",
            self.quoted(span),
            document=opened.id,
            span=span,
        )

    def _coding_memo(self, coding: Coding) -> None:
        there = self.opened.memo(coding.id) if self.opened else None
        self._ask_memo(
            f"Memo on {self.session.path_of(coding.code)}",
            there.text if there else "",
            self.quoted(coding.span),
            coding=coding.id,
        )

    def action_document_memo(self) -> None:
        if self.opened is None:
            return
        mine = [m for m in self.opened.memos_of_transcript() if m.coder == self.session.coder]
        self._ask_memo(
            "Memo on this transcript",
            mine[0].text if mine else "",
            self.opened.info.name,
            document=self.opened.id,
        )

    def _ask_memo(self, title: str, text: str, about: str, **where: Any) -> None:
        def answered(memo: str | None) -> None:
            if memo is None or memo.strip() == text.strip():
                return
            said = "memo kept" if memo.strip() else "memo removed"
            self.session.write(
                lambda project: project.memos.write(memo, **where),
                lambda _: self.say(f"{said} — u undoes"),
            )

        self.app.push_screen(dialogs.MemoDialog(title, text, about=about), answered)
