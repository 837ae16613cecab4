"""How many columns a month has, how wide they are, and which of them are hidden."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.builders import FIRST_SHEET, replaced
from tests.shapes.shape import pairs, plan, shape


@shape({"Plan": {"E1": "Status Aug-23", "E3": "N/A"}})
def one_column_a_month(path: Path) -> Path:
    """There is a status for each month and no update."""
    return plan(
        path,
        """
        | Ref | Action          | Status Jun-23 | Status Jul-23 |
        | 1.1 | Mend the roof   | On track      | Complete      |
        | 1.2 | Paint the doors | N/A           | N/A           |
        """,
    )


@shape({"Plan": {"H1": "RAG Aug-23", "I1": "DoT Aug-23", "J1": "Update Aug-23", "H3": "N/A"}})
def three_columns_a_month(path: Path) -> Path:
    """A direction of travel stands between status and update."""
    return plan(
        path,
        """
        | Ref | RAG Jun-23 | DoT Jun-23 | Update Jun-23 | RAG Jul-23 | DoT Jul-23 | Update Jul-23 |
        | 1.1 | On track   | up         | Begun         | Complete   | down       | Laid          |
        | 1.2 | N/A        |            |               | N/A        |            |               |
        """,
    )


@shape(
    {"Plan": {
        "J1": "August 2023", "J2": "Status", "K2": "Update", "L2": "DoT", "M2": "Evidence",
        "J4": "N/A",
    }}
)  # fmt: skip
def four_columns_a_month(path: Path) -> Path:
    """Direction and evidence too, and the month merged over all four."""
    return plan(
        path,
        """
        | Ref | June 2023 | <      | <   | <        | July 2023 | <      | <   | <        |
        |     | Status    | Update | DoT | Evidence | Status    | Update | DoT | Evidence |
        | 1.1 | On track  | Begun  | up  | File 1   | Complete  | Laid   | up  | File 2   |
        | 1.2 | N/A       |        |     |          | N/A       |        |     |          |
        """,
    )


@shape(
    {"Plan": {"H1": "August 2023", "H2": "Status", "I2": "Update", "J2": "Evidence", "H4": "N/A"}}
)
def month_over_its_status_alone(path: Path) -> Path:
    """Nothing but its place says that the evidence column belongs to a month."""
    return plan(
        path,
        """
        | Ref | June 2023 |        |          | July 2023 |        |          |
        |     | Status    | Update | Evidence | Status    | Update | Evidence |
        | 1.1 | On track  | Begun  | File 1   | Complete  | Laid   | File 2   |
        | 1.2 | N/A       |        |          | N/A       |        |          |
        """,
    )


@shape({"Plan": {"H1": "August 2023", "H2": "% done", "I2": "RAG", "J2": "Comments", "I4": "N/A"}})
def month_that_begins_with_an_unknown_column(path: Path) -> Path:
    """The month is merged over three columns, and the first is in nobody's profile."""
    return plan(
        path,
        """
        | Ref | June 2023 | <        | <        | July 2023 | <        | <        |
        |     | % done    | RAG      | Comments | % done    | RAG      | Comments |
        | 1.1 | 0.5       | On track | Begun    | 1         | Complete | Laid     |
        | 1.2 |           | N/A      |          |           | N/A      |          |
        """,
    )


@shape({"Plan": {"H1": "August 2023", "H2": "% done", "I2": "RAG", "J2": "Comments", "I4": "N/A"}})
def month_over_an_unknown_column_alone(path: Path) -> Path:
    """The same, and nothing is merged: the month stands over the unknown column."""
    return plan(
        path,
        """
        | Ref | June 2023 |          |          | July 2023 |          |          |
        |     | % done    | RAG      | Comments | % done    | RAG      | Comments |
        | 1.1 | 0.5       | On track | Begun    | 1         | Complete | Laid     |
        | 1.2 |           | N/A      |          |           | N/A      |          |
        """,
    )


@shape()
def widths_and_a_hidden_past(path: Path) -> Path:
    """June is hidden; status and update have widths of their own."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.set_column("A:A", 9)
        sheet.set_column("C:C", 12, None, {"hidden": True})
        sheet.set_column("D:D", 40, None, {"hidden": True})
        sheet.set_column("E:E", 12)
        sheet.set_column("F:F", 40)

    return pairs(path, decorate)


@shape()
def last_month_hidden(path: Path) -> Path:
    """Somebody hid July too; August must be seen."""
    return pairs(path, lambda _, sheet: sheet.set_column("C:F", 14, None, {"hidden": True}))


@shape()
def past_months_grouped(path: Path) -> Path:
    """June is an outline group that is folded away, and E says so."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.set_column("C:D", 14, None, {"level": 1, "hidden": True})
        sheet.set_column("E:E", 14, None, {"collapsed": True})
        sheet.set_column("F:F", 14)

    return pairs(path, decorate)


@shape(
    harm=(
        "Plan column 7 {'width': '9.7109375', 'customWidth': '1', 'collapsed': '1'}"
        " -> {'width': '14.7109375', 'customWidth': '1', 'outlineLevel': '1'}",
    )
)
def last_month_grouped_and_folded(path: Path) -> Path:
    """All months are one folded group; the column after it carries the plus sign."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.set_column("C:F", 14, None, {"level": 1, "hidden": True})
        sheet.set_column("G:G", 9, None, {"collapsed": True})

    return pairs(path, decorate)


@shape(
    harm=tuple(
        f"Plan column {column} {{'width': '3.7109375', 'customWidth': '1'}}"
        " -> {'width': '20.7109375', 'customWidth': '1'}"
        for column in (7, 8)
    )
)
def widths_to_the_last_column(path: Path) -> Path:
    """One width stands for every column from G to XFD."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.set_column("E:F", 20)
        sheet.set_column("G:XFD", 3)

    return pairs(path, decorate)


@shape(
    harm=tuple(
        f"Plan column {column} {{'width': '0', 'hidden': '1', 'customWidth': '1'}}"
        " -> {'width': '20.7109375', 'customWidth': '1'}"
        for column in (7, 8)
    )
)
def everything_else_hidden(path: Path) -> Path:
    """The columns that are not used are hidden, to the very last."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.set_column("E:F", 20)
        sheet.set_column("G:XFD", None, None, {"hidden": True})

    return pairs(path, decorate)


@shape(harm=tuple(f"Plan!{cell} style 2 -> 1" for cell in ("G1", "H1", "G2", "H2", "G3", "H3")))
def formatted_for_months_to_come(path: Path) -> Path:
    """Empty cells to the right have borders already, and July's cells are bold."""

    def decorate(book: Any, sheet: Any) -> None:
        bold, border = book.add_format({"bold": True}), book.add_format({"border": 1})
        sheet.write_row("E1", ["Status (July 2023)", "Update (July 2023)"], bold)
        sheet.write_row("E2", ["Complete", "Slates laid [AB]"], bold)
        sheet.write_row("E3", ["Closed", ""], bold)
        for row in range(3):
            for column in range(6, 12):
                sheet.write_blank(row, column, None, border)

    return pairs(path, decorate)


@shape({"Plan": {"G1": "August 2023", "G2": "Status", "H2": "Update", "G4": "N/A"}})
def merged_for_months_to_come(path: Path) -> Path:
    """The cells over the next three months are merged already, and empty."""

    def decorate(_: object, sheet: Any) -> None:
        for area in ("G1:H1", "I1:J1", "K1:L1"):
            sheet.merge_range(area, "")

    return plan(
        path,
        """
        | Ref | Action | June 2023 | <      | July 2023 | <      |
        |     |        | Status    | Update | Status    | Update |
        | 1.1 | Roof   | On track  | Begun  | Complete  | Laid   |
        | 1.2 | Doors  | N/A       |        | N/A       |        |
        """,
        decorate,
    )


@shape()
def columns_with_a_format(path: Path) -> Path:
    """Whole columns wear a format, so most rows have no cells there."""

    def decorate(book: Any, sheet: Any) -> None:
        sheet.set_column("E:F", 20, book.add_format({"text_wrap": True}))

    return pairs(path, decorate)


@shape()
def no_widths_at_all(path: Path) -> Path:
    """There is no <cols>; every column has the standard width."""
    path = pairs(path, lambda _, sheet: sheet.set_column("A:A", 20))
    return replaced(path, FIRST_SHEET, '<cols><col min="1" max="1" width="20.7109375" '
                    'customWidth="1"/></cols>', "")  # fmt: skip
