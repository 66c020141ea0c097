"""What readers say when a file cannot be read."""

from __future__ import annotations


class ReadError(ValueError):
    """A file that is refused. The message says what is wrong, where, and what to do next."""


class EmptyError(ReadError):
    """A file without words."""
