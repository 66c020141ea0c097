"""The command line: one module a noun, each command a thin wrapper.

Everything heavy is imported inside the commands, so that `commonplace --help` answers at once.
"""
