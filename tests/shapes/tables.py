"""Excel tables, filters, print areas and names that end with the months."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.builders import patched, replaced
from tests.shapes.shape import AUGUST, PAIRS, pairs, plan, shape

HEADINGS = [line.strip() for line in PAIRS.strip().splitlines()[0].strip("|").split("|")]
TABLE = "xl/tables/table1.xml"


def _table(sheet: Any, area: str, headings: list[str], **options: Any) -> None:
    columns = [{"header": heading} for heading in headings]
    for name, values in options.pop("columns", {}).items():
        columns[headings.index(name)].update(values)
    sheet.add_table(area, {"name": "Actions", "columns": columns, **options})


@shape()
def table(path: Path) -> Path:
    """The tracker is an Excel table whose last columns are the months."""
    return pairs(path, lambda _, sheet: _table(sheet, "A1:F4", HEADINGS))


@shape(
    {"Plan": {
        **AUGUST,
        "G5": "=SUBTOTAL(103,Actions[Status (August 2023)])",
        "H5": "Complete",
    }}
)  # fmt: skip
def table_with_totals(path: Path) -> Path:
    """The table has a row of totals, with a label under July's update."""
    totals = {
        "Status (July 2023)": {"total_function": "count_nums"},
        "Update (July 2023)": {"total_string": "Complete"},
    }

    def decorate(_: object, sheet: Any) -> None:
        _table(sheet, "A1:F5", HEADINGS, total_row=True, columns=totals)

    path = pairs(path, decorate)
    return patched(
        path,
        {
            TABLE: lambda xml: xml.replace(b'"countNums"', b'"count"'),
            "xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"(102,", b"(103,Actions"),
        },
    )


@shape(
    {"Plan": {
        "G1": "Status (August 2023)", "H1": "Late (August 2023)",
        "H2": '=Actions[[#This Row],[Status (August 2023)]]="Late"',
        "H3": '=Actions[[#This Row],[Status (August 2023)]]="Late"',
        "G3": "N/A",
    }}
)  # fmt: skip
def table_with_calculated_columns(path: Path) -> Path:
    """Each month has a column that is worked out from the status beside it."""
    headings = [h.replace("Update", "Late") for h in HEADINGS]
    worked_out = {
        f"Late ({month} 2023)": {"formula": f'=Actions[[#This Row],[Status ({month} 2023)]]="Late"'}
        for month in ("June", "July")
    }

    def decorate(_: object, sheet: Any) -> None:
        _table(sheet, "A1:F3", headings, columns=worked_out)

    text = """
    | Ref | Action | Status (June 2023) | Late (June 2023) | Status (July 2023) | Late (July 2023) |
    | 1.1 | Roof   | On track           |                  | Late               |                  |
    | 1.2 | Doors  | N/A                |                  | N/A                |                  |
    """
    return plan(path, text, decorate)


@shape(
    {"Plan": {**AUGUST, **{f"H{row}": f'=IF(G{row}="","","see "&$A{row})' for row in (2, 3, 4)}}}
)
def table_with_columns_worked_out_by_cells(path: Path) -> Path:
    """The update is worked out from the cells beside it, by their letters."""
    formulas = {
        "Update (June 2023)": {"formula": '=IF(C2="","","see "&$A2)'},
        "Update (July 2023)": {"formula": '=IF(E2="","","see "&$A2)'},
    }

    def decorate(_: object, sheet: Any) -> None:
        _table(sheet, "A1:F4", HEADINGS, columns=formulas)
        for row in (2, 3, 4):
            for column, status in zip("DF", "CE", strict=True):
                sheet.write_formula(f"{column}{row}", f'=IF({status}{row}="","","see "&$A{row})')

    return pairs(path, decorate)


@shape({"Plan": {"G1": "August 2023", "G2": "Status3", "H2": "Update3", "G4": "N/A"}})
def table_under_a_row_of_months(path: Path) -> Path:
    """The months stand over the table, whose headings Excel has numbered: Status, Status2."""
    headings = ["Ref", "Action", "Status", "Update", "Status2", "Update2"]
    return plan(
        path,
        """
        |     |        | June 2023 | <      | July 2023 | <       |
        | Ref | Action | Status    | Update | Status2   | Update2 |
        | 1.1 | Roof   | On track  | Begun  | Complete  | Laid    |
        | 1.2 | Doors  | N/A       |        | N/A       |         |
        """,
        lambda _, sheet: _table(sheet, "A2:F4", headings),
    )


@shape({"Plan": {"F1": "Status Jun 2023", "G1": "Update Jun 2023"}})
def table_in_a_short_may(path: Path) -> Path:
    """The table's months are cut short, which May alone does not show."""
    headings = ["Ref", "Status Apr 2023", "Update Apr 2023", "Status May 2023", "Update May 2023"]
    return plan(
        path,
        """
        | Ref | Status Apr 2023 | Update Apr 2023 | Status May 2023 | Update May 2023 |
        | 1.1 | On track        | Begun           | Complete        | Laid            |
        """,
        lambda _, sheet: _table(sheet, "A1:E2", headings),
    )


@shape()
def names_and_print_areas(path: Path) -> Path:
    """Names for the month, for all months, for its statuses; two print areas, printed titles."""

    def decorate(book: Any, sheet: Any) -> None:
        book.define_name("Latest", "=Plan!$E$2:$F$4")
        book.define_name("EveryMonth", "=Plan!$C$2:$F$4")
        book.define_name("Statuses", "=Plan!$E$2:$E$4")
        book.define_name("Plan!Target", "=Plan!$B$2:$B$4")
        sheet.print_area("A1:F4")
        sheet.repeat_rows(0)
        sheet.repeat_columns("A:B")
        sheet.autofilter("A1:F4")

    path = pairs(path, decorate)
    area = 'name="_xlnm.Print_Area" localSheetId="0">Plan!$A$1:'
    return replaced(path, "xl/workbook.xml", f"{area}$F$4", f"{area}$F$1,Plan!$A$3:$F$4")
