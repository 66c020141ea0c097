"""A fault that ends the application is told by its kind and place, not by what is on the screen."""

from __future__ import annotations

import sys

import pytest

from commonplace.tui import faults, launch
from commonplace.tui.app import CommonplaceApp

PRIVATE = "The landlord never came."


@pytest.mark.parametrize("asked", [False, True])
def test_a_fault_ends_it_with_one_line_and_a_status(path, monkeypatch, capfd, asked):
    def failing(app, *_):
        words = PRIVATE
        app.title = 3 / len(words[:0])

    run = CommonplaceApp.run
    monkeypatch.setattr(CommonplaceApp, "run", lambda app: run(app, headless=True))
    monkeypatch.setattr(CommonplaceApp, "_begin", failing)
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(getattr(sys, stream), "isatty", lambda: True, raising=False)
    if asked:
        monkeypatch.setenv(faults.ASKED, "1")
    with pytest.raises(SystemExit) as ended:
        launch.run(path, "amira")
    said, printed = str(ended.value), capfd.readouterr()
    assert "ZeroDivisionError" in said
    assert ("Traceback" in said) is asked
    assert "\n" not in said or asked
    assert PRIVATE not in said + printed.out + printed.err
    assert "Traceback" not in printed.out + printed.err
    assert not list(path.parent.glob("*-wal")), "what was decided is in the file"
