from __future__ import annotations

import pytest

from commonplace.suggest.encoder import VARIABLE


@pytest.fixture(autouse=True)
def _no_encoder(monkeypatch):
    """What these tests find must not hang on whether the extra is installed."""
    monkeypatch.setenv(VARIABLE, "none")
