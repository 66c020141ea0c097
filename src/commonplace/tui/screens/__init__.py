"""Screens: each owns its widgets and handles their messages."""
