"""Dialogs: a question each, answered by `dismiss`; None when it was left."""
