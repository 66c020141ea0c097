"""What other programs took for the same work, measured elsewhere and only quoted here.

CPU of Taguette 1.5.2 (its server alone: the reader's browser does the painting), qc 1.7.8 and
QualCoder 4.0 beta on two shared cores, with a workload of the same sizes but other words; the
best of the three. They do not all do the same as we: a figure is an order of magnitude.
"""

BEST: dict[tuple[str, str], str] = {
    ("M", "import"): "490 ms QualCoder",
    ("M", "many codings"): "10,000 ms QualCoder",
    ("M", "one coding"): "19 ms Taguette",
    ("M", "one coding, fsyncs"): "4 Taguette",
    ("M", "theme counts"): "20 ms Taguette",
    ("M", "all quotes to CSV"): "1,630 ms qc",
    ("M", "first paint, M"): "107 ms QualCoder, running",
    ("M", "first paint, BIG"): "690 ms Taguette",
}
"""By size and by what was measured."""
