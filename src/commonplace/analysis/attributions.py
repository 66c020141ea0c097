"""Attributions of quotes by a template, coarsened until k of the people asked about share each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from commonplace.analysis.query.tree import folded
from commonplace.analysis.quote_desk import Desk
from commonplace.analysis.scope import Scope, Voice
from commonplace.domain.attribution import (
    DEFAULT,
    NAME,
    PSEUDONYM,
    WITHHELD,
    K,
    Template,
    TemplateError,
    Vector,
    safe_depths,
)
from commonplace.project import Project
from commonplace.project.quotes import Place

Used = Iterable[tuple[Place, list[Voice]]]
"""The passages of a report, each with the interviewees whose words it prints."""

TEMPLATE, PEOPLE = "attribution", "attribution_k"
"""Facts of the project: the template of attributions, empty for none, and how many people must
share one."""


UNSAFE = "No attribution can be made safe"
"""Begins the remark where the filters ask about too few people."""


class Terms(NamedTuple):
    """How quotes are attributed where they leave."""

    template: str | None
    """None: nobody has said."""
    k: int | None
    said: str = ""
    """What of it the project keeps, in words; empty for nothing."""


def terms(project: Project, template: str | None = None, k: int | None = None) -> Terms:
    """What was asked for, and for what was not what the project keeps (see `TEMPLATE`)."""
    kept, number = project.fact(TEMPLATE), project.fact(PEOPLE) or ""
    people = int(number) if number.isascii() and number.isdigit() and int(number) else K
    if kept is None or not (kept or template):
        return Terms(template, k)
    said = [kept] if template is None else []
    said += [f"shared by at least {people} people"] if k is None else []
    return Terms(template or kept, k or people, ", ".join(said))


def usual_template(scope: Scope) -> str:
    """The parts of the usual attribution whose attributes somebody has; empty for none."""
    known = {folded(name) for name in scope.attribute_names}
    parts = Template.parse(DEFAULT).parts
    return ", ".join(p.text for p in parts if all(folded(name) in known for name, _ in p.fields))


class Attributions:
    """What a report says of those it quotes.

    `used` gives the quotes of the report; it is asked when the first attribution is. The crowd to
    hide in is everybody interviewed whom the filters ask about, quoted or not, who has not
    withdrawn and is not named: a reader knows the study, and the output says which filters it is
    of. Raises `TemplateError`, or `NotFoundError` for an attribute that nobody has.
    """

    def __init__(
        self, scope: Scope, desk: Desk, template: str, k: int | None, used: Callable[[], Used]
    ) -> None:
        self.template = Template.parse(template)
        self.k = K if k is None else k
        self._scope, self._desk, self._used = scope, desk, used
        self._names = {
            name: scope.attribute(name) for name in self.template.attributes if name != PSEUDONYM
        }
        self._fixed = self._conditions()
        self._depths: dict[str, int | None] | None = None
        self._crowd = 0
        self._named: set[str] = set()
        self._people: dict[str, str] = {}

    def __call__(self, voice: Voice) -> str:
        """The attribution of what somebody says; empty where nothing is known, `WITHHELD` where
        too few share what could be said."""
        depths = self._prepared()
        if voice.person in self._named:
            return self.template.label(self._values(voice), self.template.depth)
        depth = depths.get(voice.person)
        if depth is None:
            return WITHHELD if voice.person in depths else ""
        label = self.template.label(self._values(voice), depth)
        lost = depth == 0 and not label and bool(self.template.label(self._values(voice), 99))
        return WITHHELD if lost else label

    def remark(self) -> str:
        """How attributions were made, and for how many people coarsened or withheld."""
        depths = self._prepared()
        full = self.template.depth
        chosen = self._scope.chooses_people or self._scope.filters.documents
        whose = "whom the filters ask about" if chosen else "of the study"
        if depths and self._crowd < self.k:
            return (
                f"{UNSAFE}: {_people(self._crowd)} {whose} might have said "
                f"it, fewer than {self.k}. What the filters say may itself tell who speaks."
            )
        said = f"Each attribution is shared by at least {self.k} people {whose}"
        least = 0 if self.template.literals else 1
        coarse = sum(d is not None and least <= d < full for d in depths.values())
        withheld = sum(d is None or d < min(least, full) for d in depths.values())
        counted = (
            ("made coarser for", coarse),
            ("impossible to make safe for", withheld),
            ("with the name, as agreed, for", len(self._named)),
        )
        parts = [f"{what} {_people(count)}" for what, count in counted if count]
        return f"{said} ({'; '.join(parts)})." if parts else f"{said}."

    def _prepared(self) -> dict[str, int | None]:
        if self._depths is None:
            used = [(place, voices) for place, voices in self._used()]
            spoken = {voice.id: voice for _, voices in used for voice in voices}
            self._check_conditions(spoken.values())
            if any(name == NAME for part in self.template.parts for name, _ in part.fields):
                self._find_named(used)
            said: dict[str, set[Vector]] = {}
            for voice in spoken.values():
                if voice.person not in self._named:
                    said.setdefault(voice.person, set()).add(self._vector(voice))
            sample = self._sample()
            self._crowd = len(sample)
            self._depths = safe_depths(sample, said, self.k)
        return self._depths

    def _sample(self) -> dict[str, set[Vector]]:
        """Whose attribution might be anybody's: of those who are named a reader knows."""
        sample: dict[str, set[Vector]] = {}
        for voices in self._scope.heard.values():
            for voice in voices:
                hidden = not voice.interviewer and voice.person not in self._named
                if hidden and voice.words and self._meets(voice):
                    sample.setdefault(voice.person, set()).add(self._vector(voice))
        return sample

    def _find_named(self, used: list[tuple[Place, list[Voice]]]) -> None:
        """A name stands in a report where it may stand beside every quote of that person in it."""
        refused: set[str] = set()
        for place, voices in used:
            record = self._desk.records.get(place)
            for voice in voices:
                agreed = None if record is None else record.consent_name
                if agreed is None:
                    agreed = self._desk.consent(voice).name
                (self._named if agreed else refused).add(voice.person)
        self._named -= refused
        self._people = dict(
            self._scope.project.connection.execute("SELECT id, name FROM people").fetchall()
        )

    def _values(self, voice: Voice) -> dict[str, str]:
        known = self._scope.attributes(voice)
        values = {name: known.get(actual, "") for name, actual in self._names.items()}
        pseudonym = next((v for n, v in known.items() if folded(n) == PSEUDONYM), "")
        named = self._people.get(voice.person, "") if voice.person in self._named else pseudonym
        return {**values, PSEUDONYM: pseudonym, NAME: named}

    def _vector(self, voice: Voice) -> Vector:
        return self.template.vector(self._values(voice))

    def _conditions(self) -> dict[str, str]:
        """Parts without an attribute that claim one all the same: "Practitioner" of everybody."""
        rows = self._scope.project.connection.execute("SELECT DISTINCT name, value FROM attributes")
        values = {folded(value): name for name, value in rows}
        return {
            values[folded(text)]: text for text in self.template.literals if folded(text) in values
        }

    def _meets(self, voice: Voice) -> bool:
        known = self._scope.attributes(voice)
        return all(folded(known.get(n, "")) == folded(v) for n, v in self._fixed.items())

    def _check_conditions(self, voices: Iterable[Voice]) -> None:
        others = {voice.person for voice in voices if not self._meets(voice)}
        if others:
            (name, value), *_ = self._fixed.items()
            raise TemplateError(
                f"the template says '{value}' of everybody, but that is not known of {len(others)} "
                f"of the people quoted: write {{{name}}}, or choose quotes with --where "
                f'"{name}={value}"'
            )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
