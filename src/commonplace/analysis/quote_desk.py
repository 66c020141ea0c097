"""What the quote desk and participants' consent say of quotes: which may leave, in what words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from commonplace.analysis.layout import Layout, layout, merged, speech_of, touching
from commonplace.analysis.scope import Scope, Voice
from commonplace.domain.consent import (
    HAS_WITHDRAWN,
    NO_CONSENT,
    NOT_KNOWN,
    Consent,
    consent,
    folded,
)
from commonplace.domain.desk import DeskQuote, Mark
from commonplace.domain.published import Check, Spoken, check
from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.project.quotes import Place

NOT_AGREED = "no consent for this quote"
TAKEN_BACK = "withdrawn"
EMBARGOED = "under embargo"
LEFT_OUT = "left out"
FAILS = "its published version fails the check"
OVERLAPS = "it shares words with a quote that must not leave"

IN_BRIEF = {
    HAS_WITHDRAWN: "withdrew",
    NO_CONSENT: "no consent",
    NOT_KNOWN: "not known",
    NOT_AGREED: "refused",
    TAKEN_BACK: "taken back",
    EMBARGOED: "embargo",
    OVERLAPS: "overlap",
    FAILS: "fail the check",
}
"""Reasons for a line that has no room for them."""


class Desk:
    """The desk and the consents of a scope, as of `today` (ISO 8601; else the day it is)."""

    def __init__(self, scope: Scope, *, today: str | None = None) -> None:
        self._scope = scope
        self._connection = scope.project.connection
        self.today = today or datetime.now().astimezone().date().isoformat()
        self.records = scope.project.quotes.all()
        """What the desk keeps, by passage."""
        self._recorded = {folded(name) for name in scope.attribute_names}
        self._versions: dict[str, dict[tuple[int, int], str]] = {}
        for (document, start, end), record in self.records.items():
            if record.published is not None:
                self._versions.setdefault(document, {})[start, end] = record.published
        self._unagreed: dict[str, list[tuple[int, int]]] = {}
        self._held: dict[str, list[tuple[int, int]]] = {}
        for (document, start, end), record in self.records.items():
            if record.consent_quote is False:
                self._unagreed.setdefault(document, []).append((start, end))
            if record.embargoed(self.today) or Mark.WITHDRAWN in record.marks:
                self._held.setdefault(document, []).append((start, end))
        self._checks: dict[Place, Check] = {}
        self._layouts: dict[str, Layout] = {}
        self._refused: dict[str, list[tuple[Voice, str]]] | None = None

    def consent(self, voice: Voice) -> Consent:
        """What somebody has agreed to in that transcript."""
        return consent(self._scope.attributes(voice), self._recorded)

    def versions(self, document: str) -> dict[tuple[int, int], str]:
        """The published versions of a transcript's passages, by start and end."""
        return self._versions.get(document, {})

    def check(self, place: Place) -> Check | None:
        """Whether the published version of a passage is what was said; None without one."""
        version = self.versions(place[0]).get(place[1:])
        if version is None:
            return None
        if place not in self._checks:
            text = self._scope.project.documents.text(place[0])
            self._checks[place] = check(text, self.speech(place), version)
        return self._checks[place]

    def edits(self, printed: Iterable[tuple[Place, str]]) -> str:
        """A remark on how many of these passages, each with the id of a quote, are printed in an
        edited version, and on those that fail the check and were let pass; empty for none."""
        ids = {place: id for place, id in printed if self.versions(place[0]).get(place[1:])}
        if not ids:
            return ""
        passed = []
        for place, id in ids.items():
            found = self.check(place)
            if found is not None and not found.ok:
                passed.append(id)
        count = len(ids)
        said = f"{count} quote{' is' if count == 1 else 's are'} printed in an edited version"
        if not passed:
            return f"{said}, which passed the check against the transcript."
        return (
            f"{said}; {len(passed)} of them failed the check against the transcript and "
            f"{'was' if len(passed) == 1 else 'were'} let pass by decision ({', '.join(passed)})."
        )

    def speech(self, place: Place) -> list[Spoken]:
        """Who says what in a passage, in order."""
        document, start, end = place
        if document not in self._layouts:
            self._layouts[document] = layout(self._connection, document)
        return spoken(self._layouts[document], start, end)

    @property
    def restrains(self) -> bool:
        """Whether there may be anything that must not leave."""
        return any(map(self._restrained, self.records.values())) or bool(self._refusals())

    def withheld(
        self, document: str, spans: Sequence[tuple[int, int]], *, versions: bool = True
    ) -> dict[int, str]:
        """Which of these passages must not leave, by place in `spans`, each with the reason.

        Without `versions` it does not matter whether their published versions pass the check.
        """
        found: dict[int, str] = {}
        for place, span in enumerate(spans):
            record = self.records.get((document, *span))
            reason = "" if record is None else self._withheld(record, versions)
            if reason:
                found[place] = reason
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        refusals = self._refusals().get(document, ())
        speech = speech_of(self._connection, [voice.id for voice, _ in refusals])
        for voice, reason in refusals:
            hits = touching(speech.get(voice.id, []), starts, ends)
            for place in range(len(spans)) if hits is None else hits:
                record = self.records.get((document, *spans[place]))
                agreed = record is not None and record.consent_quote
                if not agreed or self.consent(voice).withdrawn:
                    found[place] = reason
        for place in self._overlapping(self._held.get(document), starts, ends):
            found.setdefault(place, OVERLAPS)
        for place in self._overlapping(self._unagreed.get(document), starts, ends):
            record = self.records.get((document, *spans[place]))
            if record is None or not record.consent_quote:
                found.setdefault(place, OVERLAPS)
        return found

    def closed(self, document: str) -> list[tuple[int, int]]:
        """Stretches of a transcript, in order, whose words must not leave around a quote either:
        those that were not agreed to, are under embargo, or were withdrawn by the desk."""
        return merged(sorted((*self._unagreed.get(document, ()), *self._held.get(document, ()))))

    @staticmethod
    def _overlapping(
        parts: list[tuple[int, int]] | None, starts: list[int], ends: list[int]
    ) -> Iterable[int]:
        """Places of the spans that share text with one of `parts`."""
        if not parts:
            return ()
        hits = touching([edge for part in merged(sorted(parts)) for edge in part], starts, ends)
        return range(len(starts)) if hits is None else hits

    def _withheld(self, record: DeskQuote, versions: bool) -> str:
        if record.consent_quote is False:
            return NOT_AGREED
        if Mark.WITHDRAWN in record.marks:
            return TAKEN_BACK
        if record.embargoed(self.today):
            return EMBARGOED
        if versions and record.published is not None and record.override is None:
            found = self.check((record.document, record.span.start, record.span.end))
            if found is not None and not found.ok:
                return FAILS
        return ""

    @staticmethod
    def _restrained(record: DeskQuote) -> bool:
        return (
            record.consent_quote is False
            or Mark.WITHDRAWN in record.marks
            or record.embargo is not None
            or (record.published is not None and record.override is None)
        )

    def _refusals(self) -> dict[str, list[tuple[Voice, str]]]:
        """Those of each transcript who may not be quoted, with the reason; those who have
        withdrawn come last, so that this is the reason that counts."""
        if self._refused is None:
            self._refused = {}
            for document, voices in self._scope.voices.items():
                for voice in voices:
                    reason = "" if voice.interviewer else self.consent(voice).refusal
                    if reason:
                        self._refused.setdefault(document, []).append((voice, reason))
            for refused in self._refused.values():
                refused.sort(key=lambda each: each[1] == HAS_WITHDRAWN)
        return self._refused


def spoken(turns: Layout, start: int, end: int) -> list[Spoken]:
    """Who says what in `[start, end)`, in order: what a published version is checked against."""
    found = []
    for place in turns.turns_in(start, end):
        first, last = max(turns.speech_starts[place], start), min(turns.ends[place], end)
        if first < last:
            found.append(Spoken(Span(first, last), turns.speakers[place]))
    return found


def speech_at(project: Project, place: Place) -> list[Spoken]:
    """Who says what in a passage, in order: what `domain.published.check` wants."""
    document, start, end = place
    return spoken(layout(project.connection, document), start, end)


def check_version(project: Project, place: Place, version: str) -> Check:
    """Whether `version` is what was said in a passage, but for edits that it marks."""
    return check(project.documents.text(place[0]), speech_at(project, place), version)


def left_out(reasons: Iterable[str]) -> str:
    """A remark on how many passages were left out, and why; empty for none."""
    counted = Counter(reasons)
    if not counted:
        return ""
    total = counted.total()
    said = "; ".join(f"{count}: {reason}" for reason, count in sorted(counted.items()))
    return f"{total} quote{'' if total == 1 else 's'} {LEFT_OUT} ({said})."
