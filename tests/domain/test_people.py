"""How the source of a quote is named without a name."""

from __future__ import annotations

from commonplace.domain.people import attribution_of_all


def test_somebody_interviewed_twice_has_both_waves() -> None:
    first, second = {"role": "resident", "wave": "1"}, {"role": "resident", "wave": "2"}
    assert attribution_of_all([second, first]) == "Resident, waves 1 and 2"
    assert attribution_of_all([first]) == "Resident, wave 1"
    assert attribution_of_all([{"wave": "Wave 1"}, {"wave": "Wave 3"}]) == "Waves 1 and 3"
    assert attribution_of_all([]) == ""
