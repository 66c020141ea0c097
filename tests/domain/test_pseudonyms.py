"""Names and what stands for them: whole words, in their case, with possessives, longest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.domain.pseudonyms import PseudonymError, Pseudonyms, Replacement

KEY = Pseudonyms(
    [
        Replacement("Sue", "Anna"),
        Replacement("Sue Brown", "Anna Green"),
        Replacement("James", "Tom"),
        Replacement("Ross", "Rhys"),
        Replacement("Will", "Pete"),
        Replacement("Siân", "Carys"),
        Replacement("O'Neill", "Smith"),
        Replacement("Wrexham", "[a town]", "place"),
        Replacement("+44 7700 900123", "[phone number]", "phone"),
        Replacement("MK", "Rosa"),
    ]
)


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("Sue came.", "Anna came."),
        ("Sue's dog; SUE SAID", "Anna's dog; ANNA SAID"),
        ("Sue  Brown’s, Sue\nBrown", "Anna Green’s, Anna Green"),
        ("Suede issues, Ensue, Sue2", "Suede issues, Ensue, Sue2"),
        ("James' flat, James's, ‘James’ and", "Tom's flat, Tom's, ‘Tom’ and"),
        ("Ross' flat", "Rhys' flat"),
        ("I will ask Will, WILL I?", "I will ask Pete, PETE I?"),
        ("to sue wrexham", "to sue [a town]"),
        ("Siân and Sia\u0302n_interview.docx", "Carys and Carys_interview.docx"),
        ("Mrs O’Neill in WREXHAM", "Mrs Smith in [A TOWN]"),
        (
            "call +44 7700 900123 now, not 44 7700 900123",
            "call [phone number] now, not 44 7700 900123",
        ),
        ("MK said", "Rosa said"),
        ("S\u00adue, Su\u200be Brown\u2060, Sue\ufeff", "Anna, Anna Green, Anna"),
        ("S[ue] Brow[n] and [S]ue [came] [the Sue]", "Anna Green and Anna [came] [the Anna]"),
        ("Sue[1] and Sue[inaudible]", "Anna[1] and Anna[inaudible]"),
        ("Sue-Brown_1.docx, Sue_Brown, @SueBrown", "Anna Green_1.docx, Anna Green, @Anna Green"),
        ("@suebrown, #SUEBROWN", "@anna green, #ANNA GREEN"),
        ("the Jameses, Sues, the Sue Browns' car", "the Jameses, Annas, the Anna Greens' car"),
        ("she sues, MKs and wills", "she sues, MKs and wills"),
        ("", ""),
    ],
)
def test_names_give_way_to_pseudonyms(said: str, printed: str) -> None:
    assert KEY.apply(said) == printed


@given(st.text(st.sampled_from("SueBrown James'’ Willx.,\n\u0302[]-_\u00ad"), max_size=40))
def test_no_name_that_can_be_found_is_left(text: str) -> None:
    marked = Pseudonyms([Replacement(each.name, "█") for each in KEY if each.name != "MK"])
    after = marked.apply(text)
    assert list(marked.found(after)) == []


def test_a_list_knows_names_whatever_their_case() -> None:
    key = Pseudonyms([Replacement("Sue", "Anna")]).with_([Replacement("SUE", "Beth")])
    assert [each.pseudonym for each in key] == ["Beth"]
    assert "sue" in key and len(key.without("Sue")) == 0


def test_what_can_be_no_replacement_is_refused() -> None:
    with pytest.raises(PseudonymError, match="no letter"):
        Replacement("...", "x")
    with pytest.raises(PseudonymError, match="needs a pseudonym"):
        Replacement("Sue", " ")
