"""The two themes: quiet surfaces, so that the colours of codes are what the eye sees."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="commonplace-dark",
    dark=True,
    primary="#7FA6D6",
    secondary="#9AA4B2",
    accent="#E0B65C",
    foreground="#DADDE3",
    background="#121418",
    surface="#16191E",
    panel="#1E2229",
    warning="#E0B65C",
    error="#E5786D",
    success="#7DBE8A",
    variables={
        "text-muted": "#8D95A3",
        "text-disabled": "#565D69",
        "border": "#343A45",
        "input-cursor-background": "#DADDE3",
        "input-selection-background": "#7FA6D6 35%",
        "block-cursor-text-style": "none",
        "scrollbar": "#343A45",
        "scrollbar-background": "#16191E",
        "scrollbar-corner-color": "#16191E",
    },
)

LIGHT = Theme(
    name="commonplace-light",
    dark=False,
    primary="#2F5F9E",
    secondary="#5B6472",
    accent="#8A5A00",
    foreground="#23262C",
    background="#F2EFE8",
    surface="#FBF9F5",
    panel="#ECE8DF",
    warning="#8A5A00",
    error="#B3372B",
    success="#2F7A43",
    variables={
        "text-muted": "#676B73",
        "text-disabled": "#A9A69C",
        "border": "#CFC9BC",
        "input-cursor-background": "#23262C",
        "input-selection-background": "#2F5F9E 25%",
        "block-cursor-text-style": "none",
        "scrollbar": "#CFC9BC",
        "scrollbar-background": "#FBF9F5",
        "scrollbar-corner-color": "#FBF9F5",
    },
)

THEMES = (DARK, LIGHT)


def named(name: str) -> Theme:
    """The theme of that name; the dark one where there is none."""
    return next((theme for theme in THEMES if theme.name == name), DARK)
