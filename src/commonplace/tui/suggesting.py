"""The worker that makes suggestions, as the interface sees it: what it does, when it is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from textual.message import Message

from commonplace.suggest.client import (
    BACK_OFF_SECONDS,
    Busy,
    Client,
    Gone,
    Idle,
    Starting,
    Status,
    Told,
)
from commonplace.tui.messages import AccountKnown, Changes, WorkerChanged
from commonplace.tui.widgets.reader.cells import shorten

APART = 0.25
"""Seconds between two reports of progress, at least."""

REASON = 60
"""Cells for why the worker is gone."""

Post = Callable[[Message], object]


class Worker:
    """Starts a worker process for a project, and asks it again when the material has changed."""

    def __init__(self, project: Path, coder: str, post: Post) -> None:
        self._post = post
        self._told = 0.0
        self._failures = 0
        self._client = Client(project, self._heard, coder=coder, told=self._heard_account)

    def start(self) -> None:
        """Starts the worker and asks for suggestions."""
        self._client.request_run()

    def take(self, changes: Changes) -> None:
        """Asks anew where transcripts, turns or codes have changed."""
        if changes.shelf or changes.turns or changes.codebook:
            self._client.request_run()

    def explain(self, suggestion: str) -> None:
        """Asks what spoke for a suggestion, by id."""
        self._client.request_account(suggestion)

    def close(self) -> None:
        """Ends the worker."""
        self._client.close()

    def _heard_account(self, told: Told) -> None:
        self._post(AccountKnown(told))

    def _heard(self, status: Status) -> None:
        """Passes on what the client's thread hears; progress not too often."""
        if isinstance(status, Busy):
            now = monotonic()
            if now - self._told < APART:
                return
            self._told = now
        if isinstance(status, Gone):
            self._failures += 1
        elif isinstance(status, Idle):
            self._failures = 0
        self._post(WorkerChanged(*said(status, self._failures > len(BACK_OFF_SECONDS))))


Suggest = Callable[[Path, str, Post], Worker]


def said(status: Status, for_good: bool = False) -> tuple[str, bool, bool]:
    """A status in a few words, whether it is trouble, and whether suggestions are being made;
    `for_good`: it is not started again."""
    if isinstance(status, Starting):
        return "suggestions: starting", False, True
    if isinstance(status, Busy):
        share = f" {status.done * 100 // status.total} %" if status.total else ""
        return f"suggestions: busy{share}", False, True
    if isinstance(status, Gone):
        if for_good:
            return f"suggestions: gone – {shorten(status.reason, REASON)}", True, False
        return "suggestions: gone – restarting", True, False
    return "suggestions: idle", False, False
