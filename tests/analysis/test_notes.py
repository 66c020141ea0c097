"""What stands under every analysis: filters, coders, codebook, date."""

from __future__ import annotations

import pytest

from commonplace.analysis.agreement.tables import agreement, disagreements
from commonplace.analysis.cooccurrence import cooccurrence, matrix
from commonplace.analysis.crosstab import DOCUMENT, crosstab
from commonplace.analysis.filters import Filters
from commonplace.analysis.kwic import kwic
from commonplace.analysis.retrieval.tables import retrieve
from commonplace.analysis.saturation import saturation
from commonplace.analysis.voices import loud_voices, negative_cases
from commonplace.analysis.words import words
from commonplace.project import Project
from commonplace.project.adjudication import CONSENSUS
from tests import make

ANALYSES = {
    "agreement": lambda p, f: agreement(p, ("Amira", "Ben"), f),
    "disagreements": lambda p, f: disagreements(p, ("Amira", "Ben"), f),
    "cooccurrence": cooccurrence,
    "matrix": matrix,
    "crosstab": lambda p, f: crosstab(p, f, by=DOCUMENT),
    "kwic": lambda p, f: kwic(p, "damp", f),
    "retrieve": lambda p, f: retrieve(p, "housing", f),
    "saturation": saturation,
    "loud voices": loud_voices,
    "negative cases": lambda p, f: negative_cases(p, "Housing", f),
    "words": words,
}


def test_a_value_that_nobody_has_is_said_and_not_refused(project: Project) -> None:
    project.documents.add(make.transcript())
    person = project.people.all()[0]
    project.people.set_attributes(person.id, {"nation": "Wales"})

    def note(where: str) -> str:
        return kwic(project, "damp", Filters(where=where)).note

    assert "Nobody has nation Wale; did you mean Wales?" in note("nation=Wale")
    assert "Nobody has nation France." in note("nation in (wales, France)")
    assert "Nobody has" not in note("nation=WALES or nation=(none)")


def test_the_consensus_beside_its_coders_is_pointed_out(project: Project) -> None:
    document = project.documents.add(make.transcript())
    at = make.find(project.documents.text(document), "Damp")
    at_damp = [(at, project.codes.find("Damp").id)]
    for coder in ("Amira", CONSENSUS):
        project.codings.add_many(document, at_damp, coder=coder)
    assert "The consensus of coders counts beside their own" in cooccurrence(project).note
    for coder in ("Amira", CONSENSUS):
        assert "counts beside" not in cooccurrence(project, Filters(coders=(coder,))).note


@pytest.mark.parametrize("name", ANALYSES)
def test_a_table_says_what_it_was_made_of(project: Project, name: str) -> None:
    document = project.documents.add(make.transcript())
    at = make.find(project.documents.text(document), "Damp")
    for coder in ("Amira", "Ben"):
        at_damp = [(at, project.codes.find("Damp").id)]
        project.codings.add_many(document, at_damp, coder=coder)
    plain = ANALYSES[name](project, Filters()).note
    assert "No filters." in plain
    assert "Amira" in plain
    assert "Ben" in plain
    assert "Codebook small, version 1." in plain
    assert "Project as of 20" in plain
    assert "  " not in plain
    filtered = ANALYSES[name](project, Filters(documents=("P01",), direct=True)).note
    assert "Filters: transcript P01; codes without their sub-codes." in filtered
    assert list(ANALYSES[name](project, Filters())) == list(ANALYSES[name](project, Filters()))
