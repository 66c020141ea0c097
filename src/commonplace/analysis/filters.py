"""What part of the material is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from commonplace.domain.coding import Origin

SUGGESTED = "suggested"
"""Stands for the two origins of a coding that grew from a suggestion."""


class FilterError(ValueError):
    """A filter that asks for what cannot be; the message says what can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """A part of the material; empty fields leave nothing out.

    Fields are joined by "and", the entries of one field by "or". `documents`, `speakers` and
    `where` say whose speech is looked at, and so what a count is of; `done` limits that to
    transcripts that somebody (of `coders`, if given) has marked as read to the end. The other
    fields say which codings of it count.
    """

    codes: tuple[str, ...] = ()
    """Paths or unique names of codes; each stands for its sub-codes too, unless `direct`."""
    where: str = ""
    """A condition on participants' attributes: see `commonplace.analysis.query`."""
    documents: tuple[str, ...] = ()
    """Names or unique stems of transcripts."""
    speakers: tuple[str, ...] = ()
    """Labels, upper and lower case alike."""
    people: tuple[str, ...] = ()
    """Ids of participants."""
    coders: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    """Values of `Origin`, or `SUGGESTED`."""
    since: str = ""
    """A date or a time, ISO 8601: what was coded then or later. Without an offset it is UTC."""
    include_interviewer: bool = False
    """Whether what interviewers say counts as well, and what stands outside all speech."""
    done: bool = False
    direct: bool = False
    """Whether a code stands for itself alone, without its sub-codes."""

    def describe(self, *, named: bool = True) -> str:
        """The filters in words, for the note of a table; empty when there are none. Unless `named`
        transcripts and speakers are only counted."""
        transcripts, speakers = self.documents, self.speakers
        counted: list[str] = []
        if not named:
            transcripts = speakers = ()
            counted = [
                f"{len(names)} {what}{'s' * (len(names) > 1)} by name"
                for what, names in (("transcript", self.documents), ("speaker", self.speakers))
                if names
            ]
        said = counted + [
            f"{label} {', '.join(values)}"
            for label, values in (
                ("code", self.codes),
                ("transcript", transcripts),
                ("speaker", speakers),
                ("coder", self.coders),
                ("origin", self.origins),
            )
            if values
        ]
        if self.people:
            said.append(f"{len(self.people)} participant{'s' * (len(self.people) > 1)} by name")
        if self.where.strip():
            said.append(f"where {' '.join(self.where.split())}")
        if self.since:
            said.append(f"coded since {self.since}")
        if self.done:
            said.append("only transcripts marked done")
        if self.direct:
            said.append("codes without their sub-codes")
        if self.include_interviewer:
            said.append("interviewers included")
        return "; ".join(said)

    def note(self) -> str:
        """A sentence for the note of a table; empty without filters."""
        said = self.describe()
        return f"Filters: {said}." if said else ""

    def origin_values(self) -> list[str]:
        """The stored origins asked for. Raises `FilterError` for one that does not exist."""
        values: list[str] = []
        for origin in self.origins:
            wanted = origin.strip().casefold()
            if wanted == SUGGESTED:
                values += [Origin.ACCEPTED, Origin.EDITED]
            elif wanted in set(Origin):
                values.append(wanted)
            else:
                known = ", ".join([SUGGESTED, *Origin])
                raise FilterError(f"no origin '{origin}': there are {known}")
        return [str(value) for value in values]

    def since_stamp(self) -> str:
        """The earliest time of coding, as the beginning of a stored time. Raises `FilterError`."""
        asked = self.since.strip()
        try:
            if len(asked) <= len("2026-08-01"):
                return date.fromisoformat(asked).isoformat()
            moment = datetime.fromisoformat(asked)
        except ValueError:
            raise FilterError(
                f"'{asked}' is no date: write it as 2026-08-01, or 2026-08-01T09:30 with a time"
            ) from None
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
        return moment.replace(tzinfo=None).isoformat(timespec="auto")
