"""The codebook screen: codes, what they say of themselves, and what is coded with them."""

from commonplace.tui.screens.codebook.screen import CodebookScreen

__all__ = ["CodebookScreen"]
