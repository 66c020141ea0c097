"""Who was interviewed, and who of them speaks of what: in groups that give nobody away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commonplace.analysis.filters import Filters
from commonplace.analysis.groups import Group, groups, usual_attributes
from commonplace.analysis.names import free_names
from commonplace.analysis.notes import noted
from commonplace.analysis.people_codes import codes_by_voice
from commonplace.analysis.scope import Scope
from commonplace.domain.attribution import K
from commonplace.domain.table import Column, Row, Table
from commonplace.project import Project

EVERYONE = "everyone"


def sample(
    project: Project, filters: Filters | None = None, *, by: Sequence[str] = (), k: int = K
) -> Table:
    """A description of the sample: a row for everyone, then one for each group by each attribute.

    `by` names the attributes, else they are those of an attribution that are known. Groups are of
    at least `k` people: see `groups`. `words` are all that these people say, coded or not. Raises
    as `themes` does.
    """
    scope = Scope(project, filters or Filters())
    names = usual_attributes(scope, by)
    columns = (
        Column("attribute"),
        Column("group"),
        Column("participants", "people", of="participants_of"),
        Column("participants_of", "people"),
        Column("transcripts", "transcripts", of="transcripts_of"),
        Column("transcripts_of", "transcripts"),
        Column("words", "words", of="words_of"),
        Column("words_of", "words"),
    )

    def rows() -> Iterator[Row]:
        everyone = interviewees(scope)
        yield _row("", EVERYONE, everyone, everyone)
        for name in names:
            for group in groups(scope, name, k):
                yield _row(name, group.label, group, everyone)

    return Table("sample", columns, rows, noted(scope, _pooled(k)))


def themes_by_group(
    project: Project,
    attribute: str,
    filters: Filters | None = None,
    *,
    codes: Sequence[str] = (),
    k: int = K,
) -> Table:
    """A row for each code: how many people of each group speak of it, of how many, and in all.

    Groups are of at least `k` people: see `groups`. `codes` (ids) are those to be shown, else
    all that are asked about; each counts with its sub-codes. Raises as `themes` does.
    """
    scope = Scope(project, filters or Filters())
    name = scope.attribute(attribute)
    found = groups(scope, name, k)
    first = (Column("code"), Column("code_path"))
    labels = free_names(
        [group.label for group in found], ["code", "code_path", "total", "total of"]
    )
    counted = [
        column
        for label in (*labels, "total")
        for column in (Column(label, "people", of=f"{label} of"), Column(f"{label} of", "people"))
    ]

    def rows() -> Iterator[Row]:
        has = codes_by_voice(scope)
        book, every = scope.codebook, [*found, interviewees(scope)]
        for code in codes or scope.codes:
            cells: list[int] = []
            for group in every:
                having = {v.person for v in group.voices if code in has.get(v.id, ())}
                cells += [len(having), len(group.people)]
            yield (book[code].name, book.path(code), *cells)

    said = f"People by {name}. {_pooled(k)}"
    return Table("themes by group", (*first, *counted), rows, noted(scope, said))


def interviewees(scope: Scope) -> Group:
    """All interviewees asked about."""
    heard = [v for voices in scope.heard.values() for v in voices if not v.interviewer]
    return Group((EVERYONE,), tuple(heard))


def top_codes(scope: Scope) -> list[str]:
    """Of the codes asked about, those above which none is asked about, in reading order."""
    asked = set(scope.codes)
    return [code for code in scope.codes if scope.codebook[code].parent not in asked]


def _row(attribute: str, label: str, group: Group, everyone: Group) -> Row:
    figures: list[int] = []
    for part, whole in (
        (len(group.people), len(everyone.people)),
        (_transcripts(group), _transcripts(everyone)),
        (_words(group), _words(everyone)),
    ):
        figures += [part, whole]
    return (attribute, label, *figures)


def _transcripts(group: Group) -> int:
    return len({voice.document for voice in group.voices})


def _words(group: Group) -> int:
    return sum(voice.words for voice in group.voices)


def _pooled(k: int) -> str:
    if k < 2:
        return ""
    return (
        f"Groups of fewer than {k} people are shown together, with a larger one where they would "
        "otherwise be known by subtraction; so are groups that share people, where fewer are in "
        "both or in one alone."
    )
