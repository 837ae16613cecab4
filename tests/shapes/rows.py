"""What stands in the rows beside actions: totals, blank rows, headings again, sparse cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.builders import FIRST_SHEET, replaced, workbook_with_sheet
from tests.shapes.shape import AUGUST, PAIRS, pairs, plan, shape


@shape(
    {"Plan": {
        **AUGUST,
        "G5": '=COUNTIF(G2:G4,"Complete")', "H5": "=COUNTA(H2:H4)", "G6": "=G5-E5",
    }}
)  # fmt: skip
def totals_below(path: Path) -> Path:
    """Under the months stand totals, and how many more there are than the month before."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.write("B5", "Complete")
        for status, update, complete in (("C", "D", 1), ("E", "F", 1)):
            count = f'=COUNTIF({status}2:{status}4,"Complete")'
            sheet.write_formula(f"{status}5", count, None, complete)
            sheet.write_formula(f"{update}5", f"=COUNTA({update}2:{update}4)", None, 2)
        sheet.write_formula("E6", "=E5-C5", None, 0)

    return pairs(path, decorate)


@shape({"Plan": {**AUGUST, "G5": "=COUNTA(G2:G4)", "H5": "=COUNTA(H2:H4)"}})
def totals_as_one_shared_formula(path: Path) -> Path:
    """Excel stores a total that was filled to the right once, and the others point at it."""

    def decorate(_: object, sheet: Any) -> None:
        for column in "CDEF":
            sheet.write_formula(f"{column}5", f"=COUNTA({column}2:{column}4)", None, 3)

    path = pairs(path, decorate)
    master = '<f t="shared" ref="C5:F5" si="0">COUNTA(C2:C4)</f>'
    path = replaced(path, FIRST_SHEET, "<f>COUNTA(C2:C4)</f>", master)
    for column in "DEF":
        shared = '<f t="shared" si="0"/>'
        path = replaced(path, FIRST_SHEET, f"<f>COUNTA({column}2:{column}4)</f>", shared)
    return path


@shape({"Plan": {**AUGUST, "G5": '=SUM(--(G2:G4="Complete"))'}})
def total_as_array_formula(path: Path) -> Path:
    """The total was entered with Ctrl, Shift and Enter."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.write_array_formula("E5:E5", '{=SUM(--(E2:E4="Complete"))}', None, 1)

    return pairs(path, decorate)


@shape({"Plan": {**AUGUST, "G5": "Complete:", "H5": '=COUNTIF(G2:G4,"Complete")'}})
def totals_with_words_beside_them(path: Path) -> Path:
    """The total stands under the update, and under the status it says what is counted."""

    def decorate(_: object, sheet: Any) -> None:
        for status, update in ("CD", "EF"):
            sheet.write(f"{status}5", "Complete:")
            sheet.write_formula(f"{update}5", f'=COUNTIF({status}2:{status}4,"Complete")', None, 1)

    return pairs(path, decorate)


@shape({"Plan": {**AUGUST, "G7": "N/A"}})
def blank_rows_between_workstreams(path: Path) -> Path:
    """A blank row and the workstream's name divide the actions."""
    return plan(path, PAIRS + "|\n| Workstream B |\n| OC.B1.1 | Plant trees | | | N/A | |")


@shape(
    {"Plan": {**AUGUST, "G6": "Status (August 2023)", "H6": "Update (August 2023)", "G7": "N/A"}}
)
def headings_over_each_workstream(path: Path) -> Path:
    """All headings stand again over the second workstream."""
    headings = PAIRS.strip().splitlines()[0]
    return plan(path, f"{PAIRS}|\n{headings}\n| OC.B1.1 | Plant trees | | | N/A | |")


@shape(
    {"Plan": {
        "G1": "August 2023", "G2": "Status", "H2": "Update",
        "G4": "August 2023", "G5": "Status", "H5": "Update", "G6": "N/A",
    }}
)  # fmt: skip
def months_over_each_workstream(path: Path) -> Path:
    """The row of months and the row of fields stand again, without Ref."""
    return plan(
        path,
        """
        | Ref     | Action      | June 2023 | <      | July 2023 | <      |
        |         |             | Status    | Update | Status    | Update |
        | OC.A1.1 | Mend roofs  | On track  | Begun  | Complete  | Laid   |
        |         |             | June 2023 | <      | July 2023 | <      |
        |         |             | Status    | Update | Status    | Update |
        | OC.B1.1 | Plant trees | N/A       |        | N/A       |        |
        """,
    )


@shape()
def notes_that_name_the_month(path: Path) -> Path:
    """In rows without a reference officers wrote about July 2023, and that is July's."""
    return plan(
        path,
        PAIRS
        + """|         | Workstream B |  |  | Progress in July 2023 | Update: begun in July 2023 |
        | To follow | Wardens      |  |  | Status in July 2023   | July 2023: not begun       |
        """,
    )


@shape({"Plan": {**AUGUST, "G2": '=IF(H2="","","Update given")'}})
def status_worked_out(path: Path) -> Path:
    """A status is a formula over its update."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.write_formula("E2", '=IF(F2="","","Update given")', None, "Update given")

    return pairs(path, decorate)


@shape({"Plan": {"G1": "Status (August 2023)", "H1": "Progress (August 2023)"}})
def progress_in_figures(path: Path) -> Path:
    """Beside the status stands a percentage; nothing of it is carried forward."""
    return plan(
        path,
        """
        | Ref | Action | Status (June 2023) | Progress (June 2023) | Status (July 2023) | Progress (July 2023) |
        | 1.1 | Roof   | On track           | 0.25                 | On track           | 0.75                 |
        | 1.2 | Doors  | Complete           | 1                    | Complete           | 1                    |
        """,  # noqa: E501
    )


@shape()
def filtered_and_hidden_rows(path: Path) -> Path:
    """A filter shows the completed actions only, and the other rows are hidden."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.autofilter("A1:F4")
        sheet.filter_column("E", "x == Complete")
        sheet.set_row(2, 30, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})

    return pairs(path, decorate)


@shape()
def rows_grouped(path: Path) -> Path:
    """Sub-actions are an outline group that is folded away."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.set_row(2, None, None, {"level": 1, "hidden": True})
        sheet.set_row(3, None, None, {"collapsed": True})

    return pairs(path, decorate)


def _text(text: str, name: str = "") -> str:
    place = f' r="{name}"' if name else ""
    return f'<c{place} t="inlineStr"><is><t>{text}</t></is></c>'


HEADINGS = [line.strip() for line in PAIRS.strip().splitlines()[0].strip("|").split("|")]


@shape({"Plan": {"G1": "Status (August 2023)", "H1": "Update (August 2023)", "G3": "N/A"}})
def cells_without_names(path: Path) -> Path:
    """Rows and cells have no r; a row has no cells, and one has a name after one that has none."""
    first = "".join(map(_text, HEADINGS))
    second = _text("1.1") + _text("Roof") + _text("On track") + _text("Begun", "D2") + _text("Red")
    third = _text("1.2") + _text("N/A", "E3")
    rows = f'<row>{first}</row><row>{second}</row><row r="3">{third}</row><row/><row/>'
    return workbook_with_sheet(path, f"<sheetData>{rows}</sheetData>", name="Plan")


@shape({"Plan": {"G1": "Status (August 2023)", "H1": "Update (August 2023)", "G4": "N/A"}})
def rows_and_cells_left_out(path: Path) -> Path:
    """Some rows are not there, one has no cells, and the others have few."""
    headings = "".join(
        _text(text, f"{column}1") for column, text in zip("ABCDEF", HEADINGS, strict=True)
    )
    rows = f'<row r="1">{headings}</row><row r="4" spans="1:5">{_text("1.2", "A4")}'
    rows += f'{_text("N/A", "E4")}</row><row r="7" hidden="1"/>'
    rows += f'<row r="9">{_text("1.3", "A9")}{_text("Begun", "F9")}</row>'
    return workbook_with_sheet(path, f"<sheetData>{rows}</sheetData>", name="Plan")
