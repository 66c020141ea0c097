"""The screen on which files are looked at before they become transcripts, and imported."""

from commonplace.tui.screens.importing.screen import ImportScreen

__all__ = ["ImportScreen"]
