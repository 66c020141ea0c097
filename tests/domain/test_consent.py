"""Consent: silence and what is not understood are taken with care."""

from __future__ import annotations

from commonplace.domain.consent import ATTRIBUTES, QUOTE, Consent, consent

ALL = frozenset(ATTRIBUTES)


def test_yes_and_no_in_any_spelling() -> None:
    for value in ("yes", "Y", " TRUE ", "given"):
        assert consent({"Consent-Quote": value}, ALL).quote
    for value in ("no", "N", "Refused", "not  given"):
        found = consent({"consent quote": value}, ALL)
        assert not found.quote and found.doubts == ()
        assert found.refusal == "no consent to be quoted"
    assert consent({"consent_name": "named"}, ()).name
    assert not consent({"consent_name": "pseudonym"}, ()).name


def test_where_consent_is_recorded_silence_is_no() -> None:
    assert consent({}, ()) == Consent()
    silent = consent({}, {QUOTE})
    assert not silent.quote
    assert silent.refusal == "consent to be quoted is not known"
    assert len(silent.doubts) == 1


def test_what_is_neither_is_taken_with_care_and_said() -> None:
    found = consent({"consent_quote": "maybe", "withdrawn": "2026-03-01"}, ALL)
    assert (found.quote, found.withdrawn) == (False, True)
    assert found.refusal == "the participant has withdrawn"
    assert [doubt.split("'")[1] for doubt in found.doubts] == ["maybe", "2026-03-01"]
