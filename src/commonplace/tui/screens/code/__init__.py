"""The screen on which transcripts are read and coded."""

from commonplace.tui.screens.code.screen import CodeScreen

__all__ = ["CodeScreen"]
