"""The review screen: deciding about suggestions, and auditing them blind."""

from commonplace.tui.screens.review.screen import ReviewScreen

__all__ = ["ReviewScreen"]
