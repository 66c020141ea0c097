"""The language in which people ask for a part of the material.

Import `parse` where a query is given: it loads a parser generator.
"""

from commonplace.analysis.query.tree import (
    NONE,
    All,
    Any,
    Comparison,
    Condition,
    Not,
    QueryError,
    comparisons,
    holds,
)

__all__ = [
    "NONE",
    "All",
    "Any",
    "Comparison",
    "Condition",
    "Not",
    "QueryError",
    "comparisons",
    "holds",
]
