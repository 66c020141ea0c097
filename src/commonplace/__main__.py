"""`python -m commonplace` is the command `commonplace`."""

from commonplace.cli.main import run

run()
