"""How fast Commonplace is: against the bare limit doing the same rows, in the same run.

`python -m bench` (or `make bench`) prints a table. Nothing here is a test: a shared machine makes
clocks lie, so every figure is CPU time, taken in turns with its limit, and the median counts.
"""
