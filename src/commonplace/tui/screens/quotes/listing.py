"""Which quotes the screen lists, and what is read of those that come into view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from commonplace.analysis import attributions
from commonplace.analysis.desk_tables import verdict
from commonplace.analysis.filters import Filters
from commonplace.analysis.quotes import MARKS, Key, Quotes
from commonplace.analysis.reprints import remark
from commonplace.analysis.scope import Scope
from commonplace.domain.attribution import K
from commonplace.domain.desk import DeskQuote, Mark
from commonplace.domain.pseudonyms import Pseudonyms
from commonplace.domain.table import Table
from commonplace.project import Project
from commonplace.project.quotes import Place
from commonplace.tui.screens.study import folded
from commonplace.tui.widgets.rows import Row
from commonplace.workflows import pseudonym_key

PAGE = 64
"""Quotes read at once, as they come into view."""


class Kept(NamedTuple):
    """Quotes that can be listed alone, for what the desk says of them."""

    id: str
    label: str
    about: str


KEPT = (
    Kept("", "all", "whatever the desk says"),
    Kept("star", "starred", "worth having"),
    Kept("shortlist", "shortlisted", "proposed for a report"),
    Kept("clear", "clear", "checked, and clear for use"),
    Kept("used", "used", "printed or shown somewhere"),
    Kept("edited", "edited", "with a published version"),
    Kept("unpublished", "not edited", "without a published version"),
    Kept("failing", "failing", "with a published version that fails the check"),
    Kept("held", "held back", "must not leave, for consent or otherwise"),
    Kept("again", "look again", "prints words that another leaves out"),
)
LABELS = {kept.id: kept.label for kept in KEPT}


class Wanted(NamedTuple):
    """Which quotes are asked for."""

    filters: Filters
    words: str = ""
    """Words that they contain, as said or as published."""
    kept: str = ""
    """Id of one of `KEPT`."""


class Terms(NamedTuple):
    """How quotes are attributed where they leave: no template, whatever is known of people."""

    template: str | None
    k: int


class Shown(NamedTuple):
    """A quote as far as the list shows it."""

    record: dict[str, Any]
    """By the columns of the table of quotes."""
    desk: DeskQuote | None
    held: str
    """Why it must not leave; empty when it may."""
    verdict: str
    """How its published version stands: see `desk_tables.verdict`."""
    source: str | None
    """Who says it, as far as a file of the list would say; None until that is asked."""


class Outgoing(NamedTuple):
    """Quotes as they may leave, and the key of pseudonyms that is applied to them."""

    quotes: Quotes
    key: Pseudonyms
    stamp: tuple[int, int] | None
    """See `pseudonym_key.stamp`."""


@dataclass(eq=False)
class Found:
    """The quotes that were asked for; everything but the counts belongs to the thread that asks."""

    wanted: Wanted
    quotes: Quotes
    keys: list[Key]
    passages: int
    documents: int
    header: list[str]
    _outgoing: Outgoing | None = field(default=None, repr=False)

    def page(self, keys: Sequence[Key], project: Project | None = None) -> dict[str, Shown]:
        """What the list shows of these, by id. Who says it is asked of the project: the first time
        that looks at all quotes that are listed."""
        held, sources = held_back(self.quotes, keys), self._sources(project, keys)
        desk, found = self.quotes.desk, {}
        for key, row in zip_rows(keys, self.quotes.page(keys)):
            place = (key.document, key.start, key.end)
            kept = desk.records.get(place)
            said = "" if kept is None else verdict(kept, desk.check(place))
            record = dict(zip(self.header, row, strict=True))
            source = None if sources is None else sources.get(key.id, "")
            found[key.id] = Shown(record, kept, held.get(place, ""), said, source)
        return found

    def _sources(self, project: Project | None, keys: Sequence[Key]) -> dict[str, str] | None:
        """Who says these, by id, as it would go out: labels where nothing is coarsened and nothing
        else known. Nobody where the template or the key cannot be used; None where it is not
        asked."""
        try:
            if project is not None:
                self._prepare(project)
            if self._outgoing is None:
                return None
            leaving, names, _ = self._outgoing
            attribution, label = map(self.header.index, ("attribution", "speaker"))
            said = {
                str(row[0]): str(row[attribution] or ("" if leaving.coarsened else row[label]))
                for row in leaving.page(keys)
            }
            return {id: names.apply(source) for id, source in said.items()}
        except ValueError:
            return {}

    def attribution(self, project: Project, key: Key) -> str:
        """The attribution with which a quote goes out, if all that is listed does; empty for one
        that does not. Raises `TemplateError`, `NotFoundError` or `PseudonymError`."""
        leaving, names, _ = self._prepare(project)
        for row in leaving.page([key]):
            return names.apply(str(row[self.header.index("attribution")]))
        return ""

    def _prepare(self, project: Project) -> Outgoing:
        if self._outgoing is None:
            stamp = pseudonym_key.stamp(project.path)
            names = pseudonym_key.load(project.path)
            self._outgoing = Outgoing(outgoing(project, self.wanted), names, stamp)
        return self._outgoing


def zip_rows(keys: Iterable[Key], rows: Iterable[Any]) -> list[tuple[Key, Any]]:
    """Each key with its row; those removed meanwhile are left out."""
    made = {row[0]: row for row in rows}
    return [(key, made[key.id]) for key in keys if key.id in made]


def find(project: Project, wanted: Wanted) -> Found:
    """The quotes that are asked for, in order. Raises as `Quotes` does."""
    found = Quotes(project, wanted.filters, marks=marks(wanted))
    keys = _kept(found, _containing(project, found, wanted.words), wanted.kept)
    return Found(
        wanted,
        found,
        keys,
        len({(key.document, key.start, key.end) for key in keys}),
        len({key.document for key in keys}),
        [column.name for column in found.rows.columns],
    )


def renewed(project: Project, found: Found) -> Found:
    """The same quotes, after the desk or the key of pseudonyms alone has changed."""
    quotes, before = Quotes(project, found.wanted.filters), found._outgoing
    same = before is not None and before.stamp == pseudonym_key.stamp(project.path)
    same = same and _restraints(quotes) == _restraints(found.quotes)
    return replace(found, quotes=quotes, _outgoing=before if same else None)


def _restraints(quotes: Quotes) -> dict[Place, tuple[object, ...]]:
    """What the desk says that bears on which quotes leave, and whose names."""
    said = {
        place: (
            Mark.WITHDRAWN in record.marks,
            *(record.embargo, record.published, record.override),
            *(record.consent_quote, record.consent_name),
        )
        for place, record in quotes.desk.records.items()
    }
    nothing = (False, None, None, None, None, None)
    return {place: each for place, each in said.items() if each != nothing}


def held_back(quotes: Quotes, keys: Iterable[Key]) -> dict[Place, str]:
    """Which of these passages must not leave, and why."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for key in keys:
        spans.setdefault(key.document, []).append((key.start, key.end))
    return {
        (document, *asked[place]): reason
        for document, asked in spans.items()
        for place, reason in quotes.desk.withheld(document, asked).items()
    }


def terms(project: Project) -> Terms:
    """How this project attributes quotes: as was decided, else by the usual template, as far as
    its attributes are known of anybody."""
    kept = attributions.terms(project)
    template = kept.template
    if project.fact(attributions.TEMPLATE) is None:
        template = attributions.usual_template(Scope(project, Filters()))
    return Terms(template or None, kept.k or K)


def outgoing(project: Project, wanted: Wanted) -> Quotes:
    """The quotes that are asked for, as they may leave, attributed as the project does."""
    template, k = terms(project)
    return Quotes(
        project,
        wanted.filters,
        export=True,
        marks=marks(wanted),
        attribution=template,
        k=k if template else None,
    )


class Leaving(NamedTuple):
    """What is listed as it may leave, which passages of it are left out, each with the reason, and
    what is to be looked at again."""

    table: Table
    left_out: Callable[[], dict[Place, str]]
    reprinting: Callable[[], dict[Place, str]]
    """See `Quotes.reprinting`."""


def leaving(project: Project, wanted: Wanted) -> Leaving:
    """What is listed, for a file."""
    found = outgoing(project, wanted)
    narrowed = bool(wanted.words or (wanted.kept and not marks(wanted)))
    listed = find(project, wanted) if narrowed else None
    ids = {key.id for key in listed.keys} if listed is not None else None
    places = {(key.document, key.start, key.end) for key in listed.keys} if listed else None

    def note() -> list[str]:
        parts = [f"containing “{wanted.words}”"] if wanted.words else []
        parts += [LABELS[wanted.kept]] if wanted.kept else []
        only = [f"Only quotes {' and '.join(parts)}."] if narrowed else []
        return [*found.note(), *only, found.edits(keys()), remark([*reprinting().values()])]

    def keys() -> list[Key]:
        every = found.keys()
        return every if ids is None else [key for key in every if key.id in ids]

    def reprinting() -> dict[Place, str]:
        return found.reprinting(keys())

    def left_out() -> dict[Place, str]:
        withheld = found.withheld.items()
        return {place: why for place, why in withheld if places is None or place in places}

    table = Table(
        "quotes",
        found.rows.columns,
        lambda: (row for row in found.stream() if ids is None or row[0] in ids),
        note,
        brief=("code_path", "quote", "attribution", "document"),
    )
    return Leaving(table, left_out, reprinting)


def marks(wanted: Wanted) -> tuple[str, ...]:
    """The marks of the desk that are asked for, as exports know them."""
    return (wanted.kept,) if wanted.kept in MARKS else ()


def _containing(project: Project, found: Quotes, words: str) -> list[Key]:
    """The quotes that contain `words`, as said or as published."""
    keys = found.keys()
    if not words:
        return keys
    wanted = folded(words)
    rows = project.connection.execute("SELECT id, exact FROM codings")
    ids = {coding for coding, exact in rows if wanted in folded(exact)}
    versions = {
        place
        for place, record in found.desk.records.items()
        if record.published is not None and wanted in folded(record.published)
    }
    return [key for key in keys if key.id in ids or (key.document, key.start, key.end) in versions]


def _kept(found: Quotes, keys: list[Key], kept: str) -> list[Key]:
    """Those of the quotes of which the desk says what is asked for and is no mark of its own."""
    if kept == "unpublished":
        return [k for k in keys if (k.start, k.end) not in found.desk.versions(k.document)]
    if kept not in ("failing", "held", "again"):
        return keys
    if kept == "failing":
        keys = [k for k in keys if (k.start, k.end) in found.desk.versions(k.document)]
        held = {place for place in map(_place, keys) if _fails(found, place)}
    elif kept == "again":
        held = set(found.reprinting(keys))
    else:
        held = set(held_back(found, keys))
    return [key for key in keys if _place(key) in held]


def _fails(found: Quotes, place: Place) -> bool:
    return verdict(found.desk.records[place], found.desk.check(place)) == "fails"


def _place(key: Key) -> Place:
    return key.document, key.start, key.end


class Pages:
    """Rows of a list of quotes, read a page at a time by `ask`; until then as `row` makes them of
    nothing."""

    def __init__(
        self,
        keys: Sequence[Key],
        row: Callable[[Key, Shown | None], Row],
        ask: Callable[[int], None],
        before: Pages | None = None,
    ) -> None:
        """What `before` showed is shown until it is read again."""
        self.keys = keys
        self._row = row
        self._places: dict[str, int]
        self.shown: dict[str, Shown] = {}
        if before is not None and before.keys is keys:
            self._places = before._places
        else:
            self._places = {key.id: place for place, key in enumerate(keys)}
        if before is not None:
            self.shown = {id: each for id, each in before.shown.items() if id in self._places}
        self._ask = ask
        self._asked: set[int] = set()

    def count(self) -> int:
        """How many quotes there are."""
        return len(self.keys)

    def index(self, key: str) -> int | None:
        """Where the quote of that id is."""
        return self._places.get(key)

    def rows(self, start: int, end: int) -> list[Row]:
        """The rows `[start, end)`; what is missing is asked for."""
        for page in range(start // PAGE, (end - 1) // PAGE + 1):
            if page not in self._asked:
                self._asked.add(page)
                self._ask(page)
        return [self._row(key, self.shown.get(key.id)) for key in self.keys[start:end]]
