"""Tables: a turn per row, codes, attributes, and what is wrong with them said by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.domain.transcript import ReadCoding
from commonplace.readers import ReadError, TableReading, read
from tests.readers.show import check_layout, interviewers, said


@pytest.fixture
def table(tmp_path: Path):
    """Writes a table and reads the transcripts in it."""

    def write_and_read(content: str, name: str = "answers.csv", **options: object):
        path = tmp_path / "in.bin"
        path.write_bytes(content.encode())
        return read(path, name=name, table=TableReading(**options))

    return write_and_read


def test_rows_without_document_and_speaker_are_transcripts_of_their_own(table) -> None:
    found = table(
        'text,codes,nation\n"Damp, and\ncold",Housing/Damp; Heating ;Housing/Damp,Wales\nWarm,,\n',
        codes="codes",
    )
    assert [transcript.name for transcript in found] == ["answers.csv#1", "answers.csv#2"]
    assert found[0].text == "Damp, and\ncold"
    assert said(found[0]) == [(None, "Damp, and\ncold")]
    span = found[0].turns[0].speech
    assert found[0].codings == (ReadCoding(span, "Housing/Damp"), ReadCoding(span, "Heating"))
    assert found[0].attributes == {"nation": "Wales"}
    assert (found[1].codings, found[1].attributes) == ((), {})


def test_numbers_in_names_sort(table) -> None:
    found = table("text\n" + "word\n" * 12)
    assert [transcript.name for transcript in found][::11] == ["answers.csv#01", "answers.csv#12"]


def test_a_column_of_speakers_makes_one_transcript(table) -> None:
    (found,) = table(
        "Speaker;Text;role;nation;mood\nInt;So?;interviewer;Wales;dull\n"
        "P07 (practitioner);Damp.;practitioner;Wales;low\nInt:;Oh?;interviewer;Wales;high\n"
    )
    assert found.name == "answers.csv"
    assert found.text == "Int: So?\n\nP07 (practitioner): Damp.\n\nInt: Oh?"
    assert said(found) == [("Int", "So?"), ("P07", "Damp."), ("Int", "Oh?")]
    assert interviewers(found) == ["Int"]
    assert found.attributes == {"nation": "Wales"}
    assert {s.label: s.attributes["role"] for s in found.speakers} == {
        "Int": "interviewer",
        "P07": "practitioner",
    }
    assert found.notes == ("left out, as it differs from row to row for one speaker: mood",)
    check_layout(found.text, found)


def test_a_column_of_documents_parts_the_table(table) -> None:
    found = table(
        "doc\tresponse\twave\ttime\nA\tone\t1\t00:10\nB\ttwo\t2\t12.5\nA\tthree\t1\t\n",
        name="answers.tsv",
        document="DOC",
    )
    assert [(t.name, t.text, dict(t.attributes)) for t in found] == [
        ("A", "one\n\nthree", {"wave": "1"}),
        ("B", "two", {"wave": "2"}),
    ]
    assert [turn.time for t in found for turn in t.turns] == [10.0, None, 12.5]


SURVEY = (
    "id,nation,What helped?,What did not,codes\n"
    'R1,Wales,The bus.,"The rent,\nas ever",Transport\n'
    "R2,Scotland,,Damp.,\n"
    "R3,Wales,Neighbours.,,Connection\n"
    "R4,Wales,,,\n"
)
QUESTIONS = ("what helped?", "What did not")


def test_several_questions_are_labelled_turns_of_each_respondent(table) -> None:
    found = table(SURVEY, text=QUESTIONS, document="id", codes="codes")
    assert [t.name for t in found] == ["R1", "R2", "R3"]
    assert found[0].text == "What helped?\nThe bus.\n\nWhat did not\nThe rent,\nas ever"
    assert said(found[0]) == [(None, "The bus."), (None, "The rent,\nas ever")]
    labels = [found[0].text[t.label.start : t.label.end] for t in found[0].turns]
    assert labels == ["What helped?", "What did not"]
    assert dict(found[0].attributes) == {"nation": "Wales"}
    assert [c.code_path for c in found[0].codings] == ["Transport", "Transport"]
    assert found[0].notes == ("1 row without text was left out",)
    for each in found:
        check_layout(each.text, each)
    unnamed = table(SURVEY, text=QUESTIONS)
    assert [t.name for t in unnamed] == ["answers.csv#1", "answers.csv#2", "answers.csv#3"]
    assert dict(unnamed[1].attributes) == {"id": "R2", "nation": "Scotland"}


def test_or_transcripts_of_their_own_in_which_respondents_speak(table) -> None:
    first, second = table(SURVEY, text=QUESTIONS, document="id", by_question=True)
    assert first.name == "answers.csv#What helped?"
    assert said(first) == [("R1", "The bus."), ("R3", "Neighbours.")]
    assert said(second) == [("R1", "The rent,\nas ever"), ("R2", "Damp.")]
    assert {s.label: s.attributes for s in second.speakers} == {
        "R1": {"nation": "Wales"},
        "R2": {"nation": "Scotland"},
    }
    (first, _) = table(SURVEY, text=QUESTIONS, by_question=True)
    assert [turn.speaker for turn in first.turns] == ["Respondent 1", "Respondent 3"]


def test_questions_whose_names_begin_alike_or_have_slashes(table) -> None:
    long = "What do you think of the following things that we have done: "
    first, second = table(
        f"{long}a/b,{long}c\nx,y\n", text=(f"{long}a/b", f"{long}c"), by_question=True
    )
    assert first.name != second.name and "/" not in first.name


def test_columns_can_be_named(table) -> None:
    (found,) = table(
        "said,who said,tags\nDamp.,Mary,a|b\n",
        text=("said",),
        speaker="who said",
        codes="tags",
        codes_separator="|",
    )
    assert said(found) == [("Mary", "Damp.")]
    assert [coding.code_path for coding in found.codings] == ["a", "b"]
    assert all(found.text[c.span.start : c.span.end] == "Damp." for c in found.codings)


def test_columns_without_a_name_of_their_own_are_numbered(table) -> None:
    (found,) = table('text,"Note\nto us",note to us,,x,\nDamp.,a,b,c,d,\n')
    assert dict(found.attributes) == {
        "Note to us": "a", "note to us (2)": "b", "column 4": "c", "x": "d"
    }  # fmt: skip
    assert "called note to us (2), column 4" in found.notes[0]


@pytest.mark.parametrize(
    "title", ["Survey of residents\n\n", "Survey 2026\nAsked in May\n\n", "Survey;;\n"]
)
def test_a_title_above_the_names_of_the_columns_is_left_out(table, title: str) -> None:
    first, second = table(f"{title}ID;Answer\n1;Damp.\n2;Cold, wet.\n", text=("Answer",))
    assert (first.text, second.text) == ("Damp.", "Cold, wet.")
    assert "above the names of the columns left out: Survey" in first.notes[0]


def test_the_guard_of_an_export_comes_off(table) -> None:
    found = table("text\n'=1+1\n'- well\n'tis so\n''quoted''\n")
    assert [transcript.text for transcript in found] == ["=1+1", "- well", "'tis so", "''quoted''"]


def test_rows_without_text_are_left_out_and_counted(table) -> None:
    (found,) = table("speaker,text\nAnn,So?\nBen,\n\n,,\nAnn,Oh.\n")
    assert len(found.turns) == 2
    assert "1 row without text was left out" in found.notes[0]


@pytest.mark.parametrize(
    ("content", "options", "what"),
    [
        ("a,b\n1,2\n", {}, "--text-column; there are a, b"),
        ("text,b\n1,2\n", {"codes": "codes"}, "no column 'codes', as --codes-column"),
        ("text,b\n1,2,3\n", {}, "line 2: 3 cells, but 2 columns"),
        ("what was said\nWell, yes.\nYes, no.\nNo, oh.\n", {}, "line 2: 2 cells, but 1 columns"),
        (",".join(map(str, range(99))) + "\n1\n", {}, "27, 28, 29 and 69 more"),
        ('text,b\n"1,2\n', {}, "line 2: unexpected end"),
        ('text,b\n"1"x,2\n', {}, "line 2: .*quoted"),
        ("text,doc\n1,A\n2,\n", {"document": "doc"}, "line 3: no document is named"),
        ("text,b\n,2\n", {}, "no row has text"),
        ("text,b\n", {}, "no row has text"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_remedy(
    table, content: str, options: dict[str, str], what: str
) -> None:
    with pytest.raises(ReadError, match=what) as refusal:
        table(content, **options)
    assert "answers.csv" in str(refusal.value)
