"""Blind audits: how good suggestions are, by a random sample that a person codes unaided."""
