"""Shapes that trackers really have: a small builder for each, and what its next month adds."""

from tests.shapes import columns, headings, merges, rows, rules, tables  # each fills the catalogue
from tests.shapes.shape import AUGUST, PAIRS, SHAPES, Shape, pairs, plan

__all__ = [
    "AUGUST",
    "PAIRS",
    "SHAPES",
    "Shape",
    "columns",
    "headings",
    "merges",
    "pairs",
    "plan",
    "rows",
    "rules",
    "tables",
]
