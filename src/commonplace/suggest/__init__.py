"""Suggestions: sentences, codebook evidence, scores, reasons, and the process that makes them.

Only the worker's side imports spaCy, scikit-learn and numpy. `client` and `protocol` are plain
standard library, so that an interface can talk to the worker and never pay for it.
"""
