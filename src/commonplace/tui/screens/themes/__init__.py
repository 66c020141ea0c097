"""The screen Themes: what is asked of the whole material, and the passages behind every figure."""

from commonplace.tui.screens.themes.screen import ThemesScreen

__all__ = ["ThemesScreen"]
