"""A small report with something of everything that a grafted sheet brings along."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from sheetplan.ooxml.grafting import graft
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from tests.builders import replaced, workbook_from_text

NAME = "Leadership's report"
ROWS = [["WB.A1.1", "Mend the quay wall", 3], ["WB.A1.2", "Paint <b> & C°", 5]]


def report(path: Path, *, rows: list[list[object]] = ROWS, table: str = "Exceptions") -> Path:
    """Write the report: a heading in the style Heading 1, rich text, a table, a chart with alt
    text, conditional formats and drop-downs of 2007 and 2010, links, a note, print titles.

    Cells by place: A1 heading, A2 rich text, A4:C… table, E5:E6 choices, B20 formula, A22 and A23
    links.
    """
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    other = book.add_worksheet("Not wanted")
    other.write("A1", "not wanted")
    other.activate()
    sheet = book.add_worksheet(NAME)
    heading = book.add_format({"bold": True, "font_size": 18, "font_name": "Arial"})
    red = book.add_format({"bg_color": "#C00000", "font_color": "#FFFFFF", "bold": True})
    money = book.add_format({"num_format": "#,##0.00 [$GBP]", "border": 1})
    sheet.write("A1", "Exceptions in July", heading)
    sheet.write_rich_string("A2", "Three of ", red, "seventy", " & more ")
    last = 4 + len(rows)
    sheet.add_table(
        f"A4:C{last}",
        {
            "name": table,
            "data": rows,
            "columns": [
                {"header": "Ref"},
                {"header": "What"},
                {"header": "Months", "format": money},
            ],
        },
    )
    sheet.write_column("E5", ["Amber", "Red"], red)
    sheet.write_formula("B20", f"=SUM({table}[Months])+'Leadership''s report'!C5", None, 11)
    sheet.write_url("A22", "internal:'Leadership''s report'!A4", string="To the table")
    sheet.write_url("A23", "https://example.invalid/?a=1&b=2", string="Elsewhere")
    sheet.write_comment("A1", "Ann: to be agreed")
    _rules(book, sheet, red, last)
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "categories": f"='Leadership''s report'!$A$5:$A${last}",
            "values": f"='Leadership''s report'!$C$5:$C${last}",
        }
    )
    sheet.insert_chart("G4", chart, {"description": "Months of slippage by action"})
    _page(sheet, book.add_format({"italic": True}))
    book.define_name("Choices", "='Leadership''s report'!$E$5:$E$6")
    book.define_name("Not_needed", "='Not wanted'!$A$1")
    book.close()
    return replaced(
        path,
        "xl/worksheets/sheet2.xml",
        "<sheetViews><sheetView ",
        '<sheetViews><sheetView tabSelected="1" ',
    )


def _rules(book, sheet, red, last):
    sheet.conditional_format(
        f"C5:C{last}", {"type": "cell", "criteria": ">", "value": 4, "format": red}
    )
    sheet.conditional_format(
        f"B5:B{last}",
        {"type": "formula", "criteria": "='Leadership''s report'!$C5>4", "format": red},
    )
    sheet.conditional_format(f"C5:C{last}", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation(f"B5:B{last}", {"validate": "list", "source": "=Choices"})
    sheet.data_validation(
        "F5:F6", {"validate": "list", "source": "='Leadership''s report'!$E$5:$E$6"}
    )


def _page(sheet, italic):
    sheet.repeat_rows(3)
    sheet.print_area("A1:P30")
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&CPage &P of &N")
    sheet.set_column("A:A", 20)
    sheet.set_column("B:B", 60, italic)
    sheet.set_row(0, 30)


NEW = "July's summary"
"""What the report is called in the tracker."""

PLAN = """
    | Ref     | Action       | Status   | Months |
    | OC.A1.1 | Fix the roof | Complete | 1      |
    | OC.A1.2 | Sell the hut | On track | =D2 -> 1 |
"""


def tracker_workbook(path: Path) -> Path:
    """A tracker with a table, a chart, a note, rules and names of its own."""

    def decorate(book: xlsxwriter.Workbook) -> None:
        sheet = book.get_worksheet_by_name("Plan")
        sheet.write_comment("A1", "a note")
        bold = book.add_format({"bold": True})
        sheet.conditional_format("C2:C3", {"type": "duplicate", "format": bold})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Plan!$D$2:$D$3"})
        sheet.insert_chart("G2", chart)
        other = book.get_worksheet_by_name("Lists")
        other.add_table("A1:B3", {"name": "Lists"})
        other.activate()
        book.define_name("Rate", "=0.2")

    return workbook_from_text(path, {"Plan": PLAN, "Lists": ""}, decorate=decorate)


def grafted(tracker: Path, source: Path, *, sheet: str = NAME, name: str = NEW) -> Path:
    """The tracker with a sheet of the source, saved beside it."""
    state, workbook = FileState.of(tracker), Workbook.open(tracker)
    graft(workbook, Workbook.open(source), sheet, name=name)
    after = tracker.with_name("after.xlsx")
    save(workbook.package, after, source=tracker, state=state)
    return after
