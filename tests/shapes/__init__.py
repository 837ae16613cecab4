"""Shapes that trackers really have: a small builder for each, and what its next month adds."""

# Each fills the catalogue.
from tests.shapes import columns, headings, merges, packages, rows, rules, tables
from tests.shapes.shape import AUGUST, PAIRS, SHAPES, Shape, pairs, plan

__all__ = [
    "AUGUST",
    "PAIRS",
    "SHAPES",
    "Shape",
    "columns",
    "headings",
    "merges",
    "packages",
    "pairs",
    "plan",
    "rows",
    "rules",
    "tables",
]
