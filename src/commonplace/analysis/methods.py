"""The methods section of a report, written from what the project knows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from commonplace.analysis.facts import ENOUGH, Agreed, CoderFacts, Facts
from commonplace.domain.coding import Origin
from commonplace.domain.suggestion import Verdict

ORIGINS = {
    Origin.MANUAL: "by hand",
    Origin.ACCEPTED: "as accepted suggestions",
    Origin.EDITED: "as suggestions that the coder changed first",
    Origin.AUTOCODE: "from a search that a coder applied",
    Origin.IMPORTED: "from an imported file",
    Origin.CONSENSUS: "as what coders agreed on",
}


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def methods(facts: Facts, quotes: Sequence[str] = ()) -> list[str]:
    """Paragraphs: material, coding, suggestions, agreement, counts, quotes and software.

    Only what the project knows stands there; what nobody recorded is not claimed. `quotes` are
    sentences on how the quotes of a report were chosen.
    """
    paragraphs = [
        _material(facts),
        _coding(facts),
        _suggestions(facts),
        _agreement(facts),
        _counting(facts),
        quotes,
        _made_with(facts),
    ]
    return [" ".join(sentences) for sentences in map(list, paragraphs) if sentences]


def trustworthiness(facts: Facts) -> str:
    """What is said of suggestions and of agreement, for a checklist."""
    return " ".join([*_suggestions(facts), *_agreement(facts)])


def number(count: int, one: str, many: str = "") -> str:
    """`1 transcript`, `9 transcripts`, `15,905 words`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """`Amira, Ben and Tom`."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def percent(count: int, of: int) -> str:
    """`12 (40%)`; without the share where there is nothing to take it of."""
    return f"{count:,} ({count / of:.0%})" if of else f"{count:,}"


def _material(facts: Facts) -> Iterator[str]:
    yield (
        f"The material is {number(facts.transcripts, 'transcript')} of interviews with "
        f"{number(facts.people, 'person', 'people')}, who say {number(facts.words, 'word')} in "
        f"{'it' if facts.transcripts == 1 else 'them'}."
    )
    if facts.filters:
        yield f"This report covers a part of it ({facts.filters})."
    if facts.attributes:
        were = "was" if len(facts.attributes) == 1 else "were"
        yield f"Of the people interviewed, {listed(facts.attributes)} {were} recorded."
    if facts.corrected:
        yield (
            f"{number(facts.corrected, 'transcript was', 'transcripts were')} corrected after "
            "coding had begun; codings were carried over to the corrected text."
        )


def _coding(facts: Facts) -> Iterator[str]:
    edition = f", version {facts.codebook_version}" if facts.codebook_version else ""
    levels = f" on {number(facts.levels, 'level')}" if facts.levels > 1 else ""
    yield (
        f"Transcripts were coded with the codebook “{facts.codebook}”{edition} "
        f"({number(facts.codes, 'code')}{levels}, {facts.codes_used:,} of them used; appendix)."
    )
    if facts.revisions:
        yield (
            f"Definitions were changed {number(facts.revisions, 'time')}{_everywhere(facts)} in "
            "ways that matter to earlier codings, which were marked to be read again."
        )
    if not facts.coders:
        return
    yield f"The coding is by {_who(facts.coders)}{_when(facts)}:"
    yield "; ".join(map(_did, facts.coders)) + "."
    yield (
        f"{facts.done} of {facts.transcripts} transcripts "
        f"{'was' if facts.done == 1 else 'were'} marked as read to the end by at least one coder."
    )
    if facts.blind:
        yield "Coders could not see each other's codings in a transcript before finishing it."
    yield f"Of {number(facts.codings, 'coding')}, {_origins(facts)}."
    if facts.memos:
        yield f"Coders wrote {number(facts.memos, 'memo')}{_everywhere(facts)}."


def _everywhere(facts: Facts) -> str:
    """Said of what is not known of a part of the project by itself."""
    return " in the whole project" if facts.filters else ""


def _who(coders: Sequence[CoderFacts]) -> str:
    return f"{number(len(coders), 'coder')} ({listed([coder.name for coder in coders])})"


def _when(facts: Facts) -> str:
    if not facts.first:
        return ""
    if facts.first == facts.last:
        return f", on {day(facts.first)}"
    return f", between {day(facts.first)} and {day(facts.last)}"


def day(date: str) -> str:
    """`2026-03-01` as `1 March 2026`."""
    when = datetime.date.fromisoformat(date)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def _did(coder: CoderFacts) -> str:
    return (
        f"{coder.name} applied {number(coder.codings, 'coding')} in "
        f"{number(coder.transcripts, 'transcript')} and read {coder.done} to the end"
    )


def _origins(facts: Facts) -> str:
    return listed(
        [
            f"{percent(facts.origins[origin], facts.codings)} were made {how}"
            if place == 0
            else f"{percent(facts.origins[origin], facts.codings)} {how}"
            for place, (origin, how) in enumerate(
                (o, how) for o, how in ORIGINS.items() if facts.origins[o]
            )
        ]
        or ["none is there yet"]
    )


def _suggestions(facts: Facts) -> Iterator[str]:
    if not facts.decided and not facts.waiting:
        yield "No suggestions by software were used."
        return
    yield (
        "The software proposed codes for passages, from the codebook and from what had been coded, "
        "each with its reasons; none became a coding without a coder's decision."
    )
    if facts.decided:
        made = facts.decisions
        yield (
            f"{number(facts.deciders, 'coder')} decided on "
            f"{number(facts.decided, 'suggestion')}: "
            f"{percent(made[Verdict.ACCEPTED], facts.decided)} were accepted as they were, "
            f"{percent(made[Verdict.EDITED], facts.decided)} accepted with another passage or "
            f"code, and {percent(made[Verdict.REJECTED], facts.decided)} rejected."
        )
    else:
        yield "No coder decided on any of them, so no coding rests on one."
    if facts.waiting:
        yield f"{number(facts.waiting, 'suggestion was', 'suggestions were')} left undecided."
    yield from facts.audits
    if not facts.audits:
        yield "No blind audit of the suggestions was made."


def _agreement(facts: Facts) -> Iterator[str]:
    found = facts.agreement
    if found is None:
        if len(facts.coders) == 1:
            yield "One person coded; agreement between coders was not measured."
        elif facts.coders:
            yield "No transcript was read to the end by two coders; agreement was not measured."
        return
    yield (
        f"{listed(found.coders)} both read {number(found.transcripts, 'transcript')} to the end. "
        f"Over {number(found.units, 'judgement')} (one for each sentence and code that either "
        f"of them applied) they agree with {_coefficients(found)}."
    )
    if found.transcripts < ENOUGH:
        yield (
            "From so few transcripts no interval is given, and the figures say little about the "
            "rest of the material."
        )
    if facts.settled:
        times = number(facts.settled, "disagreement was", "disagreements were")
        yield f"{times} settled, with the reasons kept."


def _coefficients(found: Agreed) -> str:
    said = []
    if found.alpha is not None:
        interval = ""
        if found.low is not None and found.high is not None and found.transcripts >= ENOUGH:
            interval = (
                f" (95% bootstrap interval by transcript {signed(found.low)} to "
                f"{signed(found.high)})"
            )
        said.append(f"Krippendorff's alpha {signed(found.alpha)}{interval}")
    if found.kappa is not None:
        said.append(f"Cohen's kappa {signed(found.kappa)}")
    if found.percent is not None:
        said.append(f"{found.percent:.1%} of judgements alike")
    return listed(said) if said else "no coefficient, for nothing varies"


def signed(value: float) -> str:
    """A coefficient to two decimals, with a real minus sign."""
    return f"{value:.2f}".replace("-", "−")


def _counting(facts: Facts) -> Iterator[str]:
    yield (
        "Counts are of people, transcripts, distinct passages and words, each with its "
        "denominator; a code counts with its sub-codes."
    )
    if facts.interviewers_counted:
        yield "What interviewers say is counted among passages and words, not among people."
    else:
        yield "What interviewers say is not counted."
    if facts.saturation:
        yield f"Saturation: {' '.join(facts.saturation)}"


def _made_with(facts: Facts) -> Iterator[str]:
    yield f"Analysis and figures: {facts.software}."
    if facts.as_of:
        yield f"The project was last changed on {day(facts.as_of)}."
