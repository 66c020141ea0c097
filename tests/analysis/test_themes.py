"""Theme frequencies: each count against one made code point by code point."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.analysis.filters import Filters
from commonplace.analysis.themes import themes
from commonplace.domain.span import Span
from commonplace.domain.transcript import Transcript, Turn
from commonplace.project import Project
from tests import make
from tests.analysis.worlds import CODES, Model, World, built, worlds


def counted(model: Model, filters: Filters, nation: str | None, code: str) -> dict[str, object]:
    """The row of a code, in the plainest way."""

    def heard(name: str, label: str) -> bool:
        if label in model.interviewers:
            return filters.include_interviewer and nation is None
        known = model.attributes(name, label).get("nation") or "(none)"
        return nation is None or known == nation

    def meant(path: str) -> bool:
        return path == code or (not filters.direct and path.startswith(code + "/"))

    everything = filters.include_interviewer and nation is None
    passages = {
        (name, start, end)
        for _, name, start, end, path, coder in model.rows
        if meant(path)
        and (not filters.coders or coder in filters.coders)
        and (everything or any(heard(name, x) for x in model.speakers(name, start, end)))
    }
    people = {
        model.people[name, label].id
        for name, start, end in passages
        for label in model.speakers(name, start, end)
        if label not in model.interviewers and heard(name, label)
    }
    covered = {(name, x) for name, start, end in passages for x in range(start, end)}
    words = [
        (name, offset)
        for name in model.texts
        for offset, label in model.word_starts(name)
        if heard(name, label)
    ]
    of = {key for key in model.people if heard(*key)}
    transcripts_of = len(model.texts) if nation is None else len({name for name, _ in of})
    return {
        "quotes": len(passages),
        "transcripts": len({name for name, _, _ in passages}),
        "transcripts_of": transcripts_of,
        "participants": len(people),
        "participants_of": len({model.people[key].id for key in of}),
        "words": sum(word in covered for word in words),
        "words_of": len(words),
        "share_of_words": sum(w in covered for w in words) / len(words) if words else None,
    }


@settings(max_examples=40)
@given(
    world=worlds(),
    filters=st.sampled_from(
        [
            Filters(),
            Filters(direct=True),
            Filters(coders=("Ben",)),
            Filters(include_interviewer=True),
        ]
    ),
)
def test_every_count_is_what_counting_by_hand_gives(world: World, filters: Filters) -> None:
    with built(world) as project:
        if filters.coders and "Ben" not in {coder for *_, coder in Model.of(project).rows}:
            return
        model = Model.of(project)
        rows = list(themes(project, filters).records())
        assert [row["code_path"] for row in rows] == list(CODES)
        for row in rows:
            expected = counted(model, filters, None, row["code_path"])
            assert {key: row[key] for key in expected} == expected


@settings(max_examples=40)
@given(world=worlds())
def test_by_attribute_each_group_is_counted_against_itself(world: World) -> None:
    with built(world) as project:
        model = Model.of(project)
        known = {model.attributes(*key).get("nation") for key in model.people}
        if not any(known):
            return
        rows = list(themes(project, by="nation").records())
        values = [value for value in ("Scotland", "Wales") if value in known]
        values += ["(none)"] if None in known else []
        assert [row["nation"] for row in rows] == values * len(CODES)
        for row in rows:
            expected = counted(model, Filters(), row["nation"], row["code_path"])
            assert {key: row[key] for key in expected} == expected


@settings(max_examples=25)
@given(world=worlds())
def test_where_counts_as_the_same_group_does(world: World) -> None:
    with built(world) as project:
        model = Model.of(project)
        if "Wales" not in {model.attributes(*key).get("nation") for key in model.people}:
            return
        grouped = [
            {key: value for key, value in row.items() if key != "nation"}
            for row in themes(project, by="nation").records()
            if row["nation"] == "Wales"
        ]
        assert list(themes(project, Filters(where="nation = wales")).records()) == grouped


def test_without_words_no_text_is_read(project: Project, monkeypatch) -> None:
    document = project.documents.add(make.transcript())
    project.codings.add(document, Span(30, 34), project.codes.find("Damp").id)
    full = list(themes(project))
    monkeypatch.setattr(project.documents, "text", None)
    table = themes(project, words=False)
    assert table.header[-1] == "participants_of"
    assert list(table) == [row[:7] for row in full]


def test_a_passage_with_two_codes_under_one_parent_counts_once_for_the_parent(
    project: Project,
) -> None:
    document = project.documents.add(make.transcript())
    span = make.find(project.documents.text(document), "rent went up")
    for code in ("Damp", "Rent"):
        project.codings.add(document, span, project.codes.find(code).id)
    quotes = {row["code_path"]: row["quotes"] for row in themes(project).records()}
    assert (quotes["Housing"], quotes["Housing/Damp"], quotes["Housing/Rent"]) == (1, 1, 1)


def test_other_filters_never_shrink_what_counts_are_of(project: Project) -> None:
    document = project.documents.add(make.transcript())
    project.documents.add(make.transcript(name="P02.txt"))
    project.codings.add(document, Span(30, 34), project.codes.find("Damp").id)
    of = ("transcripts_of", "participants_of", "words_of")
    whole = next(iter(themes(project).records()))
    for filters in (
        Filters(codes=("Rent",)),
        Filters(coders=("amira",)),
        Filters(origins=("suggested",)),
        Filters(since="2999-01-01"),
    ):
        row = next(iter(themes(project, filters).records()))
        assert [row[name] for name in of] == [whole[name] for name in of]
    some = next(iter(themes(project, Filters(documents=("P02",))).records()))
    assert (some["transcripts_of"], some["participants_of"]) == (1, 1)
    assert some["words_of"] == whole["words_of"] // 2


def test_done_limits_to_transcripts_marked_done_and_the_note_counts_them(project: Project) -> None:
    document = project.documents.add(make.transcript())
    project.documents.add(make.transcript(name="P02.txt"))
    project.documents.set_done(document)
    assert "1 of 2 transcripts are marked done" in themes(project).note
    assert "No filters." in themes(project).note
    table = themes(project, Filters(done=True))
    assert next(iter(table.records()))["transcripts_of"] == 1
    assert "only transcripts marked done" in table.note


def test_one_person_in_two_transcripts_is_one_participant(project: Project) -> None:
    ids = [project.documents.add(make.transcript(name=f"{n}.txt")) for n in "ab"]
    first, second = (project.people.by_speaker(document)["P1"] for document in ids)
    speaker = next(s for s in project.speakers.all(ids[1]) if s.label == "P1")
    project.people.assign(speaker.id, first.id)
    assert first.id != second.id
    for document in ids:
        project.codings.add(document, Span(30, 34), project.codes.find("Damp").id)
    row = next(r for r in themes(project).records() if r["code"] == "Damp")
    assert (row["transcripts"], row["participants"], row["participants_of"]) == (2, 1, 1)


def test_waves_of_one_person_are_counted_apart_and_in_order(project: Project) -> None:
    ids = [project.documents.add(make.transcript(name=f"{n}.txt")) for n in "abc"]
    person = project.people.by_speaker(ids[0])["P1"]
    for document, wave in zip(ids, ("10", "2", ""), strict=True):
        speaker = next(s for s in project.speakers.all(document) if s.label == "P1")
        project.people.assign(speaker.id, person.id)
        project.people.set_attributes(person.id, {"wave": wave}, document=document)
    rows = [r for r in themes(project, by="Wave").records() if r["code"] == "Housing"]
    assert [row["wave"] for row in rows] == ["2", "10", "(none)"]
    assert [row["participants_of"] for row in rows] == [1, 1, 1]


def test_an_attribute_named_like_a_column_gets_another_name(project: Project) -> None:
    document = project.documents.add(make.transcript())
    person = project.people.by_speaker(document)["P1"]
    project.people.set_attributes(person.id, {"words": "few"})
    table = themes(project, by="words")
    assert table.header[2] == "words (attribute)"
    assert {row[2] for row in table} == {"few"}


def test_a_word_right_after_its_label_belongs_to_the_speech(project: Project) -> None:
    text = "P1:Damp here.\nP2:Mould."
    document = project.documents.add(
        Transcript(
            name="tight.txt",
            text=text,
            turns=(Turn(0, 3, 13, "P1"), Turn(14, 17, 23, "P2")),
            speakers=(),
            format="txt",
            sha256="",
            reader="test/1",
        )
    )
    project.codings.add(document, Span(0, len(text)), project.codes.find("Damp").id)
    project.codings.add(document, Span(5, 20), project.codes.find("Rent").id)
    words = {row["code"]: (row["words"], row["words_of"]) for row in themes(project).records()}
    assert (words["Damp"], words["Rent"]) == ((3, 3), (2, 3))


def test_by_speaker_and_by_coder(project: Project) -> None:
    turns = (("Q", "How is it?"), ("P1", "Damp."), ("P2", "The rent went up."))
    for name in ("a.txt", "b.txt"):
        document = project.documents.add(make.transcript(*turns, name=name))
        text, housing = project.documents.text(document), project.codes.find("Housing").id
        for coder in ("Amira", "Ben") if name == "a.txt" else ("Ben",):
            project.codings.add_many(document, [(make.find(text, "Damp."), housing)], coder=coder)
    by_speaker = [r for r in themes(project, by="speaker").records() if r["code"] == "Housing"]
    assert [(r["speaker"], r["quotes"], r["words"], r["words_of"]) for r in by_speaker] == [
        ("P1, a.txt", 1, 1, 1),
        ("P1, b.txt", 1, 1, 1),
        ("P2, a.txt", 0, 0, 4),
        ("P2, b.txt", 0, 0, 4),
    ]
    by_coder = [r for r in themes(project, by="coder").records() if r["code"] == "Housing"]
    counts = [(r["coder"], r["quotes"], r["transcripts"], r["transcripts_of"]) for r in by_coder]
    assert counts == [("Amira", 1, 1, 2), ("Ben", 2, 2, 2)]
    assert next(themes(project).records())["quotes"] == 2
    for person in project.people.all():
        project.people.set_attributes(person.id, {"coder": "no"})
    assert {row["coder"] for row in themes(project, by="coder").records()} == {"no"}
