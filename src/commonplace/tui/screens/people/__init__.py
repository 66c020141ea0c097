"""The screen on which people are described, joined and taken apart."""

from commonplace.tui.screens.people.screen import PeopleScreen

__all__ = ["PeopleScreen"]
