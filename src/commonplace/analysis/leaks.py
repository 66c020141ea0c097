"""What would still tell who somebody is in whatever leaves a project, once its key is applied."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from commonplace.analysis.agreement.people import coders as known_coders
from commonplace.analysis.filters import Filters
from commonplace.analysis.identifiers import covered, known_names, named
from commonplace.analysis.layout import layout
from commonplace.analysis.scope import Scope
from commonplace.analysis.writings import Writing, writings
from commonplace.domain.identifiers import NO_NAMES, SURE, Identifier, Kind, identifiers
from commonplace.domain.pseudonyms import Pseudonyms, Replacement
from commonplace.project import Project

LABELS, NAMES = "labels of speakers", "names of transcripts"
"""Places of a `Leak`; else `attribute 'email'` or `memo on the code 'Rent'`."""

_OF = {
    Kind.PERSON: "((sur|fore|first|last|full|maiden|nick|family|given|middle) ?)?names?",
    Kind.PLACE: "(home ?|birth ?|work ?)?(place|town|city|village|address|street|parish|ward|"
    "estate|neighbou?rhood|school|employer|workplace)( name)?",
    Kind.EMAIL: "e ?mail( address)?",
    Kind.PHONE: "(mobile |home |work )?(tele)?(phone|mobile)( number| no)?",
    Kind.POSTCODE: "(home )?(post ?code|zip|zip code)",
    Kind.BIRTH: "d ?o ?b|(date|year) of birth|birth ?(date|day|year)|born( on)?",
    Kind.NUMBER: "(nhs|ni|national insurance|passport|hospital)( number| no)?",
    Kind.PROFILE: "facebook|instagram|twitter|linkedin|tiktok|handle|website|url|profile",
}
_TELLING = {kind: re.compile(pattern) for kind, pattern in _OF.items()}
"""Attributes that tell who somebody is by what they are about, whatever their values look like."""


@dataclass(frozen=True, slots=True)
class Leak:
    """An identifier that would go out."""

    kind: Kind
    words: str
    document: str = ""
    """Name of the transcript in which it is said in a coded quote."""
    turn: int = 0
    """There, counted from 1."""
    place: str = ""
    """Where it stands, if it is not said in a coded quote."""


def leaks(project: Project, key: Pseudonyms) -> list[Leak]:
    """What would still tell who somebody is, once the key is applied: in attributes, labels and
    names of transcripts, then in what coders wrote, then in coded quotes, by place. Each is told
    once for a place or turn.

    Nothing of those who have withdrawn goes out, and nothing of theirs is told; but what coders
    wrote does.
    """
    people, known = _people(project, key), known_names(project)
    found = (
        *_around(project, key, people),
        *_written(project, key, people, known),
        *_said(project, key, known),
    )
    return list(dict.fromkeys(found))


def _said(project: Project, key: Pseudonyms, known: set[str]) -> Iterator[Leak]:
    """What is said in coded quotes."""
    spans: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for document, start, end in project.connection.execute(
        'SELECT document_id, start, "end" FROM codings'
    ):
        spans[document].add((start, end))
    for info in project.documents.all():
        if info.id not in spans:
            continue
        text = project.documents.text(info.id)
        for number, turn in enumerate(project.documents.each_turn(info.id), start=1):
            coded = [s for s in spans[info.id] if s[0] < turn.end and turn.speech_start < s[1]]
            if not coded:
                continue
            speech = text[turn.speech_start : turn.end]
            for kind, span in _left(key, speech, identifiers(speech, known)):
                start, end = turn.speech_start + span.start, turn.speech_start + span.end
                if any(start < high and low < end for low, high in coded):
                    yield Leak(kind, text[start:end], info.name, number)


def _left(key: Pseudonyms, text: str, found: Iterable[Identifier]) -> Iterator[Identifier]:
    """What of that which is found in a text the key leaves."""
    replaced = [span for span, _ in key.found(text)]
    for each in found:
        span = each.span
        whole = any(s.start <= span.start and span.end <= s.end for s in replaced)
        if not whole and (each.kind in SURE or not any(span.overlaps(s) for s in replaced)):
            yield each


def _written(
    project: Project, key: Pseudonyms, people: Pseudonyms, known: set[str]
) -> Iterator[Leak]:
    """What stands in what coders write. The names of codes and coders are no names of
    participants, nor are those in the texts of codes that are named nowhere in the project:
    codebooks speak of laws and services, and make examples up."""
    ours = {word for code in project.codes.codebook() for word in _words(code.name)}
    ours |= {word for coder in known_coders(project) for word in _words(coder.name)}
    names = {info.id: info.name for info in project.documents.all()}

    def nobodys(name: str, general: bool) -> bool:
        return ours.issuperset(_words(name)) or (general and known.isdisjoint(name.split()))

    for each in writings(project):
        text = each.text
        found = [
            one
            for one in identifiers(text, known)
            if one.kind in SURE or not nobodys(_shown(text, one), each.general)
        ]
        taken = [one.span for one in found]
        for span, _ in people.found(text):
            if not any(span.overlaps(other) for other in taken):
                found.append(Identifier(Kind.PERSON, span))
        left = sorted(_left(key, text, found), key=lambda one: one.span.start)
        where = _where(project, each, names) if left else ""
        yield from (Leak(one.kind, _shown(text, one), place=where) for one in left)


def _shown(text: str, found: Identifier) -> str:
    return text[found.span.start : found.span.end]


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


def _where(project: Project, written: Writing, names: Mapping[str, str]) -> str:
    """Where it stands, and what it is."""
    document, span = written.document, written.span
    if document is None:
        return written.what
    turns = layout(project.connection, document).turns_in(span.start, span.end) if span else ()
    turn = f", turn {turns[0] + 1}" if turns else ""
    return f"{names[document]}{turn}, {written.what}"


def _around(project: Project, key: Pseudonyms, people: Pseudonyms) -> Iterator[Leak]:
    """What stands beside what is said, in transcripts in which something is coded."""
    scope = Scope(project, Filters())
    coded = {row[0] for row in project.connection.execute("SELECT document_id FROM codings")}
    voices = [voice for document in coded for voice in scope.voices[document]]
    out = [voice for voice in voices if voice.id not in scope.withdrawn]
    known = {
        item for voice in out if not voice.interviewer for item in scope.attributes(voice).items()
    }
    for name, value in sorted(known):
        for kind, words in _in_attribute(name, value, people):
            if not covered(key, words, kind):
                yield Leak(kind, words, place=f"attribute '{name}'")
    for label in sorted({voice.label for voice in out} & named(project)):
        if not covered(key, label, Kind.PERSON):
            yield Leak(Kind.PERSON, label, place=LABELS)
    for name in (name for document, name in scope.documents.items() if document in coded):
        for kind, words in _in_words(name.replace("_", " "), people):
            if not covered(key, words, kind):
                yield Leak(kind, words, place=NAMES)


def _in_attribute(name: str, value: str, people: Pseudonyms) -> Iterator[tuple[Kind, str]]:
    about = re.sub(r"[\W_]+", " ", name).strip().casefold()
    telling = next((k for k, pattern in _TELLING.items() if pattern.fullmatch(about)), None)
    if telling is None:
        yield from _in_words(value, people)
    elif value.strip() and not value.startswith("["):
        yield telling, value


def _in_words(words: str, people: Pseudonyms) -> Iterator[tuple[Kind, str]]:
    """What is known by its form, and the people who are named."""
    for kind, span in identifiers(words):
        if kind in SURE:
            yield kind, words[span.start : span.end]
    for span, _ in people.found(words):
        yield Kind.PERSON, words[span.start : span.end]


def _people(project: Project, key: Pseudonyms) -> Pseudonyms:
    """Everybody who is named as a speaker, a person or in the key, by each part of their names."""
    return Pseudonyms(Replacement(name, "-") for name in _parts([*_keyed(key), *named(project)]))


def _keyed(key: Pseudonyms) -> Iterator[str]:
    return (each.name for each in key if each.kind in ("", Kind.PERSON, Kind.NAME))


def _parts(names: Iterable[str]) -> set[str]:
    found = set()
    for name in names:
        found.add(name)
        words = name.split()
        if all(word[:1].isupper() for word in words):
            found |= {w for w in words if len(w) > 2 and w.casefold().strip(".") not in NO_NAMES}
    return {name for name in found if any(map(str.isalpha, name))}
