"""Where the headings stand, and how they spell their months."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from tests.builders import replaced, workbook_from_text
from tests.shapes.shape import AUGUST, PAIRS, pairs, plan, shape

SPELLINGS = {
    # name: the month before the last, the last month, the new one
    "year_and_number": ("Status 2025-02", "Status 2025-03", "Status 2025-04"),
    "number_and_year": ("Status 11/2023", "Status 12/2023", "Status 01/2024"),
    "short_with_hyphen": ("RAG Oct-24", "RAG Nov-24", "RAG Dec-24"),
    "short_over_the_year_end": ("RAG Nov-24", "RAG Dec-24", "RAG Jan-25"),
    "full_over_the_year_end": (
        "Status (November 2023)", "Status (December 2023)", "Status (January 2024)",
    ),
    "apostrophe": ("RAG Jun '23", "RAG Jul '23", "RAG Aug '23"),
    "stray_space": ("RAG Jun- 24", "RAG Jul- 24", "RAG Aug- 24"),
    "upper_case": ("STATUS JUN 2023", "STATUS JUL 2023", "STATUS AUG 2023"),
    "lower_case": ("status june 2023", "status july 2023", "status august 2023"),
    "short_may": ("Status Apr 2023", "Status May 2023", "Status Jun 2023"),
    "full_may": ("Status April 23", "Status May 23", "Status June 23"),
    "sept_with_four_letters": ("RAG Aug-23", "RAG Sept-23", "RAG Oct-23"),
    "year_in_front": ("Status 2023 June", "Status 2023 July", "Status 2023 August"),
    "line_break": ("Status\\n(June 2023)", "Status\\n(July 2023)", "Status\n(August 2023)"),
    "drifting": ("Progress Status (June 2023)", "Status  /July 2023)", "Status  /August 2023)"),
}  # fmt: skip


def _spelt(name: str, before: str, last: str, new: str) -> None:
    @shape(
        {"Plan": {"G1": new, "H1": new.replace(new.split()[0], "Update", 1), "G3": "N/A"}},
        name=f"spelt_{name}",
    )
    def build(path: Path) -> Path:
        cells = [before, before.replace(before.split()[0].split("\\n")[0], "Update", 1)]
        cells += [last, last.replace(last.split()[0].split("\\n")[0], "Update", 1)]
        heading = " | ".join(["Ref", "Action", *cells])
        return plan(
            path,
            f"""
            | {heading} |
            | OC.A1.1 | Mend the roof   | On track | Begun | Complete | Laid |
            | OC.A1.2 | Paint the doors | N/A      |       | N/A      |      |
            """,
        )


for _name, _months in SPELLINGS.items():
    _spelt(_name, *_months)


@shape()
def month_in_each_heading(path: Path) -> Path:
    """Nothing odd: the month in the same cell as the field, headings in row 1."""
    return workbook_from_text(path, {"Plan": PAIRS})


@shape({"Plan": {f"{cell[0]}{int(cell[1]) + 5}": value for cell, value in AUGUST.items()}})
def headings_in_row_six(path: Path) -> Path:
    """A title, a legend and a blank row stand over the headings."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.write("A1", "Riverbank Borough Council")
        sheet.write("A2", "Improvement plan")
        sheet.write("B4", "Complete: done, and nothing left to do")

    return plan(path, PAIRS, decorate, first_row=6)


UNDER_MERGED = {
    "G2": "Status", "H2": "Update", "G4": "N/A",
}  # fmt: skip


@shape({"Plan": {"G1": "August 2023", **UNDER_MERGED}})
def month_merged_above(path: Path) -> Path:
    """The month stands once, in a cell merged over its pair."""
    return plan(
        path,
        """
        | Ref     | Action          | June 2023 | <      | July 2023 | <      |
        |         |                 | Status    | Update | Status    | Update |
        | OC.A1.1 | Mend the roof   | On track  | Begun  | Complete  | Laid   |
        | OC.A1.2 | Paint the doors | N/A       |        | N/A       |        |
        """,
    )


@shape({"Plan": {"G1": datetime(2023, 8, 1), **UNDER_MERGED}})
def real_date_merged_above(path: Path) -> Path:
    """The merged month is a real date, shown as mmm yyyy."""
    return plan(
        path,
        """
        | Ref     | Action          | 2023-06-01 | <      | 2023-07-01 | <      |
        |         |                 | Status     | Update | Status     | Update |
        | OC.A1.1 | Mend the roof   | On track   | Begun  | Complete   | Laid   |
        | OC.A1.2 | Paint the doors | N/A        |        | N/A        |        |
        """,
        date_format="mmm yyyy",
    )


@shape({"Plan": {"G1": "August 2023", **UNDER_MERGED}})
def month_above_not_merged(path: Path) -> Path:
    """The month stands over the status only; the update's cell above is empty."""
    return plan(
        path,
        """
        | Ref     | Action          | June 2023 |        | July 2023 |        |
        |         |                 | Status    | Update | Status    | Update |
        | OC.A1.1 | Mend the roof   | On track  | Begun  | Complete  | Laid   |
        | OC.A1.2 | Paint the doors | N/A       |        | N/A       |        |
        """,
    )


@shape({"Plan": {"G1": "August 2023", **UNDER_MERGED}})
def reference_merged_over_two_rows(path: Path) -> Path:
    """Ref and Action are merged downwards beside the months."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.merge_range("A1:A2", "Ref")
        sheet.merge_range("B1:B2", "Action")

    return plan(
        path,
        """
        |         |                 | June 2023 | <      | July 2023 | <      |
        |         |                 | Status    | Update | Status    | Update |
        | OC.A1.1 | Mend the roof   | On track  | Begun  | Complete  | Laid   |
        | OC.A1.2 | Paint the doors | N/A       |        | N/A       |        |
        """,
        decorate,
    )


@shape({"Plan": {**{f"{c[0]}{int(c[1]) + 1}": v for c, v in AUGUST.items() if c[1] != "1"},
                 "G1": "Status (August 2023)", "H1": "Update (August 2023)"}})  # fmt: skip
def headings_merged_over_two_rows(path: Path) -> Path:
    """Every heading is merged downwards over two rows."""

    def decorate(_: object, sheet: Any) -> None:
        headings = [line.strip() for line in PAIRS.strip().splitlines()[0].strip("|").split("|")]
        for column, heading in zip("ABCDEF", headings, strict=True):
            sheet.merge_range(f"{column}1:{column}2", heading)

    return plan(path, PAIRS.strip().replace("\n", "\n|\n", 1), decorate)


@shape({"Plan": {"G2": "Progress", "G3": "August 2023", "G4": "Status", "H4": "Update"}})
def three_rows_of_headings(path: Path) -> Path:
    """Groups over months over fields, under a title that names the month as well."""
    return plan(
        path,
        """
        | Position at July 2023 |            |           |        |           |        |
        | Plan                  | <          | Progress  | <      | Progress  | <      |
        |                       |            | June 2023 | <      | July 2023 | <      |
        | Ref                   | Action     | Status    | Update | Status    | Update |
        | OC.A1.1               | Mend roofs | On track  | Begun  | Complete  | Laid   |
        """,
    )


@shape({"Plan": {"G1": datetime(2024, 8, 23), **UNDER_MERGED}})
def excel_read_jul_23_as_a_day(path: Path) -> Path:
    """Somebody typed Jul-23 in 2024, and Excel made 23 July 2024 of it, shown as 23-Jul."""
    return plan(
        path,
        """
        | Ref     | Action          | 2024-06-23 | <      | 2024-07-23 | <      |
        |         |                 | Status     | Update | Status     | Update |
        | OC.A1.1 | Mend the roof   | On track   | Begun  | Complete   | Laid   |
        | OC.A1.2 | Paint the doors | N/A        |        | N/A        |        |
        """,
        date_format="d-mmm",
    )


@shape({"Plan": {"G1": datetime(2023, 1, 24), **UNDER_MERGED}})
def excel_read_dec_23_as_a_day(path: Path) -> Path:
    """Typed Dec-23 in 2023 and shown as 23-Dec; Jan-24 must be shown as 24-Jan."""
    return plan(
        path,
        """
        | Ref     | Action          | 2023-11-23 | <      | 2023-12-23 | <      |
        |         |                 | Status     | Update | Status     | Update |
        | OC.A1.1 | Mend the roof   | On track   | Begun  | Complete   | Laid   |
        | OC.A1.2 | Paint the doors | N/A        |        | N/A        |        |
        """,
        date_format="d-mmm",
    )


@shape({"Plan": {"G1": "=EDATE(E1,1)", **UNDER_MERGED}})
def months_worked_out(path: Path) -> Path:
    """Each month is the one before it and one more; only the first is typed."""

    def decorate(book: Any, sheet: Any) -> None:
        month = book.add_format({"num_format": "mmmm yyyy"})
        sheet.write_datetime("C1", datetime(2023, 6, 1), month)
        sheet.write_formula("E1", "=EDATE(C1,1)", month, 45108)

    return plan(
        path,
        """
        | Ref     | Action          |          |        |          |        |
        |         |                 | Status   | Update | Status   | Update |
        | OC.A1.1 | Mend the roof   | On track | Begun  | Complete | Laid   |
        | OC.A1.2 | Paint the doors | N/A      |        | N/A      |        |
        """,
        decorate,
    )


@shape()
def month_in_bold(path: Path) -> Path:
    """Only the month is bold in the headings of July."""

    def decorate(book: Any, sheet: Any) -> None:
        bold = book.add_format({"bold": True})
        sheet.write_rich_string("E1", "Status (", bold, "July 2023", ")")

    return pairs(path, decorate)


@shape()
def month_split_over_runs(path: Path) -> Path:
    """The month's name and its year differ in colour, so they are two runs of text."""

    def decorate(book: Any, sheet: Any) -> None:
        red, blue = book.add_format({"color": "red"}), book.add_format({"color": "blue"})
        sheet.write_rich_string("E1", "Status (", red, "Ju", blue, "ly 20", red, "23", ")")

    return pairs(path, decorate)


@shape({"Plan": {"G1": datetime(2023, 8, 1), **UNDER_MERGED}})
def dates_since_1904(path: Path) -> Path:
    """The workbook was made on a Mac: its days count from 1904."""

    def decorate(book: Any, sheet: Any) -> None:
        month = book.add_format({"num_format": "mmm yyyy"})
        sheet.merge_range("C1:D1", 45078 - 1462, month)
        sheet.merge_range("E1:F1", 45108 - 1462, month)

    path = plan(
        path,
        """
        | Ref     | Action          |          |        |          |        |
        |         |                 | Status   | Update | Status   | Update |
        | OC.A1.1 | Mend the roof   | On track | Begun  | Complete | Laid   |
        | OC.A1.2 | Paint the doors | N/A      |        | N/A      |        |
        """,
        decorate,
    )
    return replaced(path, "xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" ')
