"""What is merged over the months, and the banners that move on with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.shapes.shape import AUGUST, PAIRS, pairs, plan, shape

LOWER = {f"{cell[0]}{int(cell[1]) + 1}": value for cell, value in AUGUST.items()}


@shape({"Plan": LOWER})
def title_over_the_whole_width(path: Path) -> Path:
    """A title is merged from the first column to the last."""
    return plan(
        path, PAIRS, lambda _, sheet: sheet.merge_range("A1:F1", "Improvement plan"), first_row=2
    )


@shape({"Plan": LOWER})
def title_wider_than_the_table(path: Path) -> Path:
    """The title is merged over columns that are not used yet."""
    return plan(
        path, PAIRS, lambda _, sheet: sheet.merge_range("A1:L1", "Improvement plan"), first_row=2
    )


@shape(
    {"Plan": {**LOWER, "G1": "August update due"}},
    takes={"Plan": ("E1",)},
    harm=("Plan!E1 'July update due' -> ''", "Plan mergeCell E1:F1"),
)
def banner_merged(path: Path) -> Path:
    """A banner over July says that its updates are due."""
    return plan(
        path, PAIRS, lambda _, sheet: sheet.merge_range("E1:F1", "July update due"), first_row=2
    )


@shape(
    {"Plan": {**LOWER, "H1": "AUGUST UPDATES DUE BY NOON"}},
    takes={"Plan": ("F1",)},
    harm=("Plan!F1 'JULY UPDATES DUE BY NOON' -> ''",),
)
def banner_not_merged(path: Path) -> Path:
    """The banner is one cell, over the update."""

    def decorate(book: Any, sheet: Any) -> None:
        sheet.write("F1", "JULY UPDATES DUE BY NOON", book.add_format({"bg_color": "yellow"}))

    return plan(path, PAIRS, decorate, first_row=2)


@shape({"Plan": {**LOWER, "G1": "August update due"}})
def banner_over_every_month(path: Path) -> Path:
    """June has the same banner, so it is a heading, and July keeps its own."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.merge_range("C1:D1", "June update due")
        sheet.merge_range("E1:F1", "July update due")

    return plan(path, PAIRS, decorate, first_row=2)


@shape({"Plan": LOWER})
def banner_worked_out(path: Path) -> Path:
    """The banner is a formula, which nobody but its author can move."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.write_formula("E1", '="July update"&" due"', None, "July update due")

    return plan(path, PAIRS, decorate, first_row=2)


@shape({"Plan": {**AUGUST, "G5": "N/A"}})
def actions_over_two_rows(path: Path) -> Path:
    """One action has two rows, merged downwards in every column."""

    def decorate(_: object, sheet: Any) -> None:
        for column, text in zip("ABCDEF", ("1.4", "Wardens", "N/A", "", "N/A", ""), strict=True):
            sheet.merge_range(f"{column}5:{column}6", text)

    return pairs(path, decorate)


@shape()
def workstreams_merged_over_the_width(path: Path) -> Path:
    """Each workstream has a row of its own, merged from the first column to the last."""
    return pairs(path, lambda _, sheet: sheet.merge_range("A5:F5", "Workstream B"))
