"""Retrieval: passages by codes, words, people and how they lie to each other.

Import `parse` where a query is given: it loads a parser generator.
"""
