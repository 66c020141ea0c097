"""What participants have agreed to, as attributes of theirs say.

`consent_quote` (may be quoted), `consent_name` (with the name), `consent_audio` (as sound) and
`withdrawn`, upper and lower case alike, spaces and hyphens as good as `_`. Values are `YES` or
`NO`; what is neither is taken as the more careful of the two, and said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

QUOTE, NAME, AUDIO = "consent_quote", "consent_name", "consent_audio"
WITHDRAWN = "withdrawn"
AGREED = (QUOTE, NAME, AUDIO)
ATTRIBUTES = (*AGREED, WITHDRAWN)

HAS_WITHDRAWN = "the participant has withdrawn"
NO_CONSENT = "no consent to be quoted"
NOT_KNOWN = "consent to be quoted is not known"
"""Why somebody's words do not leave."""

YES = frozenset(("yes", "y", "true", "1", "given", "granted", "agreed", "named"))
NO = frozenset(
    (
        *("no", "n", "false", "0", "refused", "withheld", "declined", "not given"),
        *("pseudonym", "anonymous"),
    )
)


@dataclass(frozen=True, slots=True)
class Consent:
    """What a participant has agreed to in one transcript."""

    quote: bool = True
    name: bool = False
    audio: bool = False
    withdrawn: bool = False
    doubts: tuple[str, ...] = ()
    """What could not be understood or is missing, and how it was taken."""

    @property
    def refusal(self) -> str:
        """Why nothing of theirs may be quoted; empty when it may."""
        if self.withdrawn:
            return HAS_WITHDRAWN
        if self.quote:
            return ""
        doubted = any(doubt.startswith(QUOTE) for doubt in self.doubts)
        return NOT_KNOWN if doubted else NO_CONSENT


def folded(name: str) -> str:
    """The name of an attribute as it is compared."""
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split())


def consent(attributes: Mapping[str, str], recorded: Collection[str]) -> Consent:
    """What somebody with these attributes has agreed to.

    `recorded` are the attributes (see `folded`) that are known of anybody in the project. Nobody's
    `consent_quote` recorded means that consent is kept elsewhere, and quoting is not hindered;
    once it is recorded of one, silence means no. Name and sound need a yes of their own.
    """
    known = {folded(name): value for name, value in attributes.items()}
    doubts: list[str] = []

    def agreed(name: str, unknown: bool) -> bool:
        value = known.get(name, "").strip()
        if not value:
            return unknown
        word = " ".join(value.casefold().split())
        if word in YES:
            return True
        if word in NO:
            return False
        careful = name == WITHDRAWN
        meant = "yes" if careful else "no"
        doubts.append(f"{name} '{value}' is neither yes nor no and is taken as {meant}")
        return careful

    quote = agreed(QUOTE, QUOTE not in recorded)
    if QUOTE in recorded and not known.get(QUOTE, "").strip():
        doubts.append(f"{QUOTE} is not known and is taken as no")
    return Consent(
        quote,
        agreed(NAME, False),
        agreed(AUDIO, False),
        agreed(WITHDRAWN, False),
        tuple(doubts),
    )
