"""Widgets: plain data in, messages out, no files, no project."""
