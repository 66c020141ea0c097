"""`python -m commonplace` is the command `commonplace`."""

from commonplace.cli.start import run

run()
