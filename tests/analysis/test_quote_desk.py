"""What may leave: consent, embargoes, published versions, and attributions that are safe."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings

from commonplace.analysis.choosing import choose
from commonplace.analysis.codings import codings
from commonplace.analysis.crosstab import DOCUMENT, crosstab
from commonplace.analysis.filters import Filters
from commonplace.analysis.quote_desk import Desk
from commonplace.analysis.quotes import Quotes, quotes
from commonplace.analysis.reprints import LEFT_ELSEWHERE, Reprint, reprints
from commonplace.analysis.scope import Scope
from commonplace.analysis.themes import themes
from commonplace.domain.attribution import WITHHELD, TemplateError
from commonplace.domain.desk import OPEN, Mark
from commonplace.domain.published import check
from commonplace.domain.published.tokens import words_of
from commonplace.domain.span import Span
from commonplace.project import Project
from commonplace.project.errors import NotFoundError
from commonplace.project.quotes import Place
from tests import make
from tests.analysis.worlds import World, built, worlds


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a project: six transcripts with a person and a quote each, and in the last one
    a second person and a quote by both."""
    path = tmp_path_factory.mktemp("made") / "study.commonplace"
    with Project.create(path, coder="Amira") as project:
        project.codes.load(make.codebook())
        with project.transaction("made"):
            for number in range(6):
                _interview(project, number)
    return path


def _interview(project: Project, number: int) -> None:
    turns = [("Q", "How?"), ("P1", f"Damp in room {number}, um, not good.")]
    if number == 5:
        turns.append(("P2", "No bus here."))
    document = project.documents.add(make.transcript(*turns, name=f"T{number}.txt"))
    text = project.documents.text(document)
    spans = [(make.find(text, turns[1][1]), "Housing")]
    if number == 5:
        spans.append((Span(spans[0][0].start, text.index("here.") + 5), "Transport"))
    for span, code in spans:
        project.codings.add(document, span, project.codes.find(code).id)
    known = {
        "role": "participant" if number < 4 else "practitioner",
        "nation": "Wales" if number < 3 else "Scotland",
    }
    for someone in project.people.by_speaker(document).values():
        project.people.set_attributes(someone.id, known)


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of that project."""
    with Project.open(Path(shutil.copy(made, tmp_path / "study.commonplace"))) as project:
        yield project


def place(project: Project, number: int) -> Place:
    return project.connection.execute(
        'SELECT c.document_id, c.start, c."end" FROM codings c JOIN documents d '
        "ON d.id = c.document_id WHERE d.name = ? ORDER BY c.end - c.start",
        (f"T{number}.txt",),
    ).fetchone()


def person(project: Project, number: int, label: str = "P1") -> str:
    document = project.documents.find(f"T{number}.txt").id
    return project.people.by_speaker(document)[label].id


def documents(project: Project, **options: object) -> list[str]:
    return [str(row["document"]) for row in quotes(project, **options).records()]


def test_the_published_version_is_printed(study: Project) -> None:
    study.quotes.publish(place(study, 0), "Damp in room 0, not good.")
    study.quotes.publish(place(study, 1), "Damp in room 1 […].")
    said = [row["published_quote"] for row in quotes(study).records()]
    assert said[:3] == [
        "Damp in room 0, not good.",
        "Damp in room 1 […].",
        "Damp in room 2, um, not good.",
    ]


def test_one_that_fails_leaves_by_a_recorded_decision_alone(study: Project) -> None:
    study.quotes.publish(place(study, 0), "Damp in room 0, good.")
    table = quotes(study)
    assert "T0.txt" not in documents(study)
    assert "1 quote left out (1: its published version fails the check)." in table.note
    shown = Quotes(study)
    assert shown.page(shown.keys())[0][4] == "Damp in room 0, good."
    study.quotes.override(place(study, 0), "agreed with her")
    study.quotes.publish(place(study, 1), "Damp in room 1 […].")
    table = quotes(study)
    assert next(table.records())["published_quote"] == "Damp in room 0, good."
    one = next(table.records())["quote_id"]
    let_pass = (
        f"1 of them failed the check against the transcript and was let pass by decision ({one}"
    )
    assert f"2 quotes are printed in an edited version; {let_pass})." in table.note
    assert "2 quotes are printed" in choose(study, "Housing").note


def test_what_must_not_leave_stays(study: Project) -> None:
    desk = study.quotes
    desk.embargo([place(study, 0)], "2026-05-01")
    desk.embargo([place(study, 1)], OPEN)
    desk.mark([place(study, 2)], Mark.WITHDRAWN)
    desk.consent([place(study, 3)], "quote", False)
    assert documents(study, today="2026-04-30") == ["T4.txt", "T5.txt", "T5.txt"]
    assert documents(study, today="2026-05-01")[0] == "T0.txt"
    note = quotes(study, today="2026-04-30").note
    for reason in ("2: under embargo", "1: withdrawn", "1: no consent for this quote"):
        assert reason in note
    assert documents(study, today="2026-04-30", balance="nation")[0] == "T4.txt"
    assert len(Quotes(study).keys()) == 7


def test_without_consent_nobody_is_quoted(study: Project) -> None:
    assert len(documents(study)) == 7
    study.people.set_attributes(person(study, 0), {"Consent quote": "yes"})
    assert documents(study) == ["T0.txt"]
    assert "6 quotes left out (6: consent to be quoted is not known)." in quotes(study).note
    study.quotes.consent([place(study, 1)], "quote", True)
    assert documents(study) == ["T0.txt", "T1.txt"]
    for number in range(6):
        study.people.set_attributes(person(study, number), {"Consent quote": "yes"})
    assert documents(study).count("T5.txt") == 1
    study.people.set_attributes(person(study, 5, "P2"), {"Consent quote": "No"})
    assert "1: no consent to be quoted" in quotes(study).note


def test_whoever_withdraws_is_in_no_output(study: Project) -> None:
    before = next(themes(study).records())
    study.people.set_attributes(person(study, 5, "P2"), {"withdrawn": "yes"})
    study.people.set_attributes(person(study, 0), {"Withdrawn": "since May"})
    assert documents(study) == ["T1.txt", "T2.txt", "T3.txt", "T4.txt", "T5.txt"]
    after = next(themes(study).records())
    assert (before["participants_of"], after["participants_of"]) == (7, 5)
    assert "bus here" not in str([list(codings(study)), list(quotes(study))])
    assert "room 0" not in str(list(codings(study)))
    assert "T0.txt" not in crosstab(study, by=DOCUMENT).header
    everything = Filters(include_interviewer=True)
    assert "bus here" not in str(list(quotes(study, everything)))
    assert "2 participants have withdrawn" in quotes(study).note
    shown = Quotes(study)
    assert len(shown.page(shown.keys())) == len(shown.keys()) == 5


def test_quotes_are_chosen_by_their_marks(study: Project) -> None:
    desk = study.quotes
    desk.mark([place(study, 1)], Mark.STAR)
    desk.use(place(study, 2), "Report", "Damp")
    assert documents(study, marks=["Star"]) == ["T1.txt"]
    assert documents(study, marks=["star", "used"]) == ["T1.txt", "T2.txt"]
    assert documents(study, marks=["clear"]) == []
    with pytest.raises(NotFoundError):
        quotes(study, marks=["best"])


def test_words_left_out_of_one_quote_and_printed_by_another_are_told(study: Project) -> None:
    short, long = place(study, 5), (*place(study, 5)[:2], _last(study))
    assert told(study) == []
    study.quotes.publish(short, "Damp […] not good.")
    assert told(study) == [(long, short, "in room 5, um")]
    table = quotes(study)
    prints = {row["quote_id"] for row in table.records() if row["end"] == long[2]}
    assert f"Look again: 1 quote prints {LEFT_ELSEWHERE} ({prints.pop()})." in table.remarks
    assert not any(
        "Look again" in each for each in quotes(study, Filters(documents=("T1",))).remarks
    )
    chosen = choose(study, "Transport")
    assert list(chosen) == []
    assert f"1 quote is passed over: it holds {LEFT_ELSEWHERE}." in chosen.remarks

    study.quotes.publish(long, "Damp in room […] not good. No bus here.")
    assert told(study) == [(long, short, "in room")]
    study.quotes.publish(long, "Damp […] not good. No bus here.")
    assert told(study) == []
    study.quotes.publish(short, "Dump […] not good.")
    study.quotes.publish(long, None)
    assert told(study) == [], "a draft that fails says nothing yet"
    study.quotes.override(short, "agreed")
    assert [each.words for each in told(study)] == ["Damp in room 5, um"]


def told(project: Project) -> list[Reprint]:
    found = Quotes(project, export=True)
    keys = found.keys()
    return reprints(project, found.desk, [(key.document, key.start, key.end) for key in keys])


def _last(project: Project) -> int:
    return project.connection.execute('SELECT max("end") FROM codings').fetchone()[0]


def sources(project: Project, template: str, k: int | None = None, **options: str) -> list[str]:
    found = quotes(project, Filters(**options), attribution=template, k=k)
    return [str(row["attribution"]) for row in found.records()]


def test_attributions_are_coarsened_until_enough_share_them(study: Project) -> None:
    # Participants: three in Wales, one in Scotland; practitioners: three, all in Scotland.
    template = "{role}, {nation}"
    assert sources(study, template) == [
        *["Participant, Wales"] * 3,
        "Participant",
        *["Practitioner, Scotland"] * 3,
    ]
    assert sources(study, template, 4) == [*["Participant"] * 4, *[WITHHELD] * 3]
    assert sources(study, template, 8) == [WITHHELD] * 7
    note = quotes(study, attribution=template, k=4).note
    assert "by at least 4 people of the study (made coarser for 4 people; impossible" in note
    few = quotes(study, Filters(where="nation=Scotland and role=participant"), k=3)
    assert "No attribution can be made safe: 1 person whom the filters ask about" in few.note
    assert [row["attribution"] for row in few.records()] == [WITHHELD]


def test_what_is_said_of_one_person_counts_together(study: Project) -> None:
    for number in range(6):
        here = study.documents.find(f"T{number}.txt").id
        for label in study.people.by_speaker(here):
            known = {"wave": str(1 + number % 2)}
            study.people.set_attributes(person(study, number, label), known, document=here)
    first = person(study, 0)
    second = study.documents.find("T1.txt").id
    (speaker,) = study.connection.execute(
        "SELECT id FROM speakers WHERE document_id = ? AND label = 'P1'", (second,)
    ).fetchone()
    assert sources(study, "wave {wave}") == [f"Wave {1 + n % 2}" for n in (0, 1, 2, 3, 4, 5, 5)]
    study.people.assign(speaker, first)
    assert sources(study, "{role}, wave {wave}", 2)[:2] == ["Participant", "Participant"]


def test_a_template_must_be_true_of_everybody(study: Project) -> None:
    with pytest.raises(TemplateError, match=r"write \{role\}"):
        sources(study, "Practitioner, {nation}")
    said = sources(study, "Practitioner, {nation}", where="role=practitioner")
    assert said == ["Practitioner, Scotland"] * 3
    with pytest.raises(NotFoundError):
        sources(study, "{job}")


def test_a_name_stands_where_it_was_agreed_to(study: Project) -> None:
    study.people.rename(person(study, 0), "Rosa")
    study.people.set_attributes(person(study, 0), {"consent_name": "yes"})
    study.people.set_attributes(person(study, 1), {"pseudonym": "Bea"})
    said = sources(study, "{name}, {role}, {nation}")
    assert said[:4] == [
        "Rosa, participant, Wales",
        "Bea, participant",
        "Participant",
        "Participant",
    ]
    study.quotes.consent([place(study, 0)], "name", False)
    assert "Rosa" not in str(sources(study, "{name}, {role}, {nation}"))


def test_nobody_hides_among_those_who_were_not_asked_about_or_are_named(study: Project) -> None:
    dice = Random(1)
    people = [(n, "P1") for n in range(6)] + [(5, "P2")]
    both = study.codings.of_document(place(study, 5)[0])
    study.codings.remove(max(both, key=lambda coding: coding.span.end).id)
    for _ in range(25):
        known = {}
        with study.transaction("dealt"):
            for n, label in people:
                known[n, label] = {
                    "role": dice.choice(["a", "b"]),
                    "nation": dice.choice(["x", "y"]),
                    "consent_name": dice.choice(["yes", "no"]),
                }
                someone = person(study, n, label)
                study.people.set_attributes(someone, known[n, label])
                study.people.rename(someone, f"N{n}{label}")
        where, k = dice.choice(["", "nation=x", "role=b"]), dice.choice([2, 3])
        template = dice.choice(["{name}, {role}, {nation}", "{role}, {nation}"])
        field, _, value = where.partition("=")
        asked = {who: said for who, said in known.items() if not where or said[field] == value}
        quoted = [(n, "P1") for n in range(6) if (n, "P1") in asked]
        named = {w for w in quoted if "{name}" in template and known[w]["consent_name"] == "yes"}
        told = [said for who, said in asked.items() if who not in named]
        for who, label in zip(quoted, sources(study, template, k, where=where), strict=True):
            said = [known[who]["role"], known[who]["nation"]]
            if who in named:
                assert label == ", ".join(["N" + "".join(map(str, who)), *said])
                continue
            depths = [
                d
                for d in (2, 1)
                if sum([o["role"], o["nation"]][:d] == said[:d] for o in told) >= k
            ]
            expected = ", ".join(said[: depths[0]]).capitalize() if depths else WITHHELD
            assert label == expected


def test_words_of_whoever_withdraws_are_in_no_table(study: Project) -> None:
    from commonplace.analysis.cooccurrence import passages
    from commonplace.analysis.kwic import kwic
    from commonplace.analysis.memos import memos
    from commonplace.analysis.retrieval.tables import retrieve
    from commonplace.analysis.search import search

    document, start, end = place(study, 5)
    study.memos.write("here", document=document, span=Span(start, end))

    def tables() -> str:
        made = [
            passages(study, "Housing", "Transport"),
            kwic(study, "room"),
            memos(study),
            retrieve(study, "Housing"),
            retrieve(study, "Housing", Filters(include_interviewer=True)),
            search(study, "room"),
            codings(study),
        ]
        return str([list(table) for table in made])

    assert tables().count("room 5") >= 5
    study.people.set_attributes(person(study, 5), {"withdrawn": "yes"})
    assert "room 5" not in tables()
    assert "room 4" in tables()


@settings(max_examples=25)
@given(world=worlds())
def test_the_words_as_spoken_pass_the_check(world: World) -> None:
    with built(world) as project:
        scope = Scope(project, Filters())
        desk = Desk(scope)
        for row in quotes(project).records():
            said = str(row["published_quote"])
            if not words_of(said):
                continue
            where = project.quotes.place(str(row["quote_id"]))
            text = project.documents.text(where[0])
            found = check(text, desk.speech(where), said)
            assert {problem.fault for problem in found.problems} <= {"hidden"}, (said, found)


@pytest.mark.parametrize("how", ["refused", "embargoed", "withdrawn"])
def test_what_must_not_leave_does_not_leave_in_another_passage(study: Project, how: str) -> None:
    document, start, end = place(study, 0)
    text = study.documents.text(document)
    part = (document, start, start + len("Damp in room 0"))
    rest = Span(part[2] + 2, end)
    transport = study.codes.find("Transport").id
    study.codings.add(document, Span(*part[1:]), transport)
    study.codings.add(document, rest, transport)
    if how == "refused":
        study.quotes.consent([part], "quote", False)
    elif how == "embargoed":
        study.quotes.embargo([part], OPEN)
    else:
        study.quotes.mark([part], Mark.WITHDRAWN)
    (row,) = (row for row in quotes(study).records() if row["document"] == "T0.txt")
    assert row["quote"] == text[rest.start : rest.end]
    assert (row["before"], row["after"]) == (", ", "")
    assert "1: it shares words with a quote that must not leave" in str(quotes(study).note)
    if how == "refused":
        study.quotes.consent([(document, start, end)], "quote", True)
        said = [row["quote"] for row in quotes(study).records() if row["document"] == "T0.txt"]
        assert said == [text[start:end], text[rest.start : rest.end]]
