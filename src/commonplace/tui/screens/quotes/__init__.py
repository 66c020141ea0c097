"""The quotes screen: the desk on which quotes are chosen, edited, cleared and sent out."""

from commonplace.tui.screens.quotes.screen import QuotesScreen

__all__ = ["QuotesScreen"]
