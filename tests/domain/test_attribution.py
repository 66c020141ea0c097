"""Attributions: templates, and k people behind each, against a count by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.domain.attribution import DEFAULT, Template, TemplateError, safe_depths

KNOWN = {"role": "practitioner", "programme": "Local Conversations", "nation": "Wales", "wave": "2"}


def test_a_template_is_filled_in() -> None:
    template = Template.parse(DEFAULT)
    assert template.depth == 4
    label = template.label(KNOWN, 4)
    assert label == "Practitioner, Local Conversations, Wales, wave 2"
    assert template.label(KNOWN, 1) == "Practitioner"
    assert template.label(KNOWN, 0) == ""
    assert template.label({**KNOWN, "nation": ""}, 4) == "Practitioner, Local Conversations, wave 2"
    assert template.label({**KNOWN, "wave": "Wave 2"}, 4).endswith("Wales, Wave 2")
    styled = Template.parse("a {role:title} , from {nation:upper} ({programme})")
    assert styled.label({**KNOWN, "role": "community organiser"}, 2) == (
        "A Community Organiser, from WALES (Local Conversations)"
    )


def test_a_literal_part_and_a_name_are_not_dropped() -> None:
    template = Template.parse("{name}, {role}, Community Study")
    assert template.depth == 1
    assert template.label({**KNOWN, "name": "Siân"}, 0) == "Siân, Community Study"
    assert template.label(KNOWN, 1) == "Practitioner, Community Study"
    assert template.literals == ("Community Study",)


@pytest.mark.parametrize("text", ["", " , ", "{role", "role}", "{role:bold}", "{}"])
def test_a_template_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        Template.parse(text)


VECTORS = st.tuples(*[st.tuples(st.sampled_from(["a", "b", None])) for _ in range(3)])
PEOPLE = st.dictionaries(
    st.sampled_from([f"p{number}" for number in range(9)]),
    st.lists(VECTORS, min_size=1, max_size=3),
    min_size=1,
)


@settings(max_examples=150)
@given(sample=PEOPLE, k=st.integers(1, 4), data=st.data())
def test_k_people_share_what_is_said_of_each(sample: dict, k: int, data: st.DataObject) -> None:
    people = data.draw(st.lists(st.sampled_from(sorted(sample)), unique=True))
    used = {
        person: data.draw(st.lists(st.sampled_from(sample[person]), min_size=1))
        for person in people
    }
    found = safe_depths(sample, used, k)

    def sharing(person: str, depth: int) -> int:
        count = 0
        for other in sample.values():
            count += all(
                any(theirs[:depth] == said[:depth] for theirs in other) for said in used[person]
            )
        return count

    for person in people:
        depth = found[person]
        if depth is None:
            assert len(sample) < k
        else:
            assert sharing(person, depth) >= k
            assert depth == 3 or sharing(person, depth + 1) < k
