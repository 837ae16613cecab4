"""Writes the Dashboard: what the statuses of each month add up to, by theme, with a chart."""

from collections.abc import Sequence

from statuses import STATUSES
from theme_layouts import MONTHS
from theme_sheets import A3, FOOTER, HEADER, ThemeSheet
from workbook_styles import FONT, LINE, NAVY, Styles
from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.utility import quote_sheetname, xl_range, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

NAME = "Dashboard"
FIRST_BLOCK = 3
FIRST_STATUS = 1
NO_STATUS = FIRST_STATUS + len(STATUSES)
NOT_RECOGNISED = NO_STATUS + 1
TOTAL = NO_STATUS + 2
PERCENT = NO_STATUS + 3
CHANGE = NO_STATUS + 4
IDLE = next(index for index, status in enumerate(STATUSES) if status.label == "N/A")
DONE = [i for i, status in enumerate(STATUSES) if status.label in ("Complete", "Closed")]
CHARTED = [index for index in range(len(STATUSES)) if index != IDLE]


def write_dashboard(book: Workbook, styles: Styles, themes: Sequence[ThemeSheet]) -> None:
    """Write the counts of each month by theme, with the chart of the later month.

    It must be written when the theme sheets are done, since every formula carries its result.
    """
    sheet: Worksheet = book.add_worksheet(NAME)
    sheet.set_column(0, 0, 37)
    sheet.set_column(1, CHANGE, 15)
    sheet.set_row(0, 33)
    sheet.write_string(0, 0, "Dashboard: how each theme stands", styles.get("title"))
    note = "Every action is counted, main actions as well. The formulas read the theme sheets."
    sheet.write_string(1, 0, note, styles.get("caption"))
    second = FIRST_BLOCK + len(themes) + 5
    blocks = {"june": FIRST_BLOCK, "may": second}
    counts = {month: [_counts(theme, month) for theme in themes] for month in blocks}
    for month, row in blocks.items():
        _write_block(sheet, styles, themes, month, row, counts[month])
    _write_changes(sheet, styles, blocks, counts)
    _insert_chart(book, sheet, row=second + len(themes) + 4, themes=len(themes))
    _add_bars(sheet, len(themes))
    _set_page(sheet, last_row=second + len(themes) + 28)


def _add_bars(sheet: Worksheet, themes: int) -> None:
    bars = {
        "type": "data_bar",
        "data_bar_2010": True,
        "bar_color": "#A9CBE5",
        "bar_solid": True,
        "min_type": "num",
        "max_type": "num",
        "min_value": 0,
        "max_value": 1,
    }
    first = FIRST_BLOCK + 2
    sheet.conditional_format(first, PERCENT, first + themes - 1, PERCENT, bars)


def change_cells(themes: int) -> str:
    """The cells of the last column, whose icons are added to the finished file."""
    first = FIRST_BLOCK + 2
    cells: str = xl_range(first, CHANGE, first + themes - 1, CHANGE)
    return cells


def _counts(theme: ThemeSheet, month: str) -> list[int]:
    """The numbers of one theme: each status, no status, not recognised, and the total."""
    typed = [getattr(action, f"{month}_status") for action in theme.theme.actions]
    known = [theme.count(month, status.patterns) for status in STATUSES]
    blank = typed.count("")
    return [*known, blank, len(typed) - blank - sum(known), len(typed)]


def _write_block(
    sheet: Worksheet,
    styles: Styles,
    themes: Sequence[ThemeSheet],
    month: str,
    top: int,
    counts: list[list[int]],
) -> None:
    sheet.set_row(top, 22)
    sheet.write_string(top, 0, MONTHS[month], styles.get("subtitle"))
    _write_headings(sheet, styles, top + 1)
    first = top + 2
    for row, (theme, numbers) in enumerate(zip(themes, counts, strict=True), start=first):
        sheet.set_row(row, 19)
        sheet.write_string(row, 0, theme.theme.title, styles.get("label"))
        for place, formula in enumerate(_formulas(theme, month, row), start=FIRST_STATUS):
            cell_format = styles.get("count", strong=place == TOTAL)
            sheet.write_formula(row, place, formula, cell_format, numbers[place - FIRST_STATUS])
        _write_percent(sheet, styles, row, numbers)
    last = first + len(themes)
    totals = [sum(column) for column in zip(*counts, strict=True)]
    sheet.set_row(last, 21)
    sheet.write_string(last, 0, "All themes", styles.get("label", strong=True))
    for place, number in enumerate(totals, start=FIRST_STATUS):
        formula = f"=SUM({xl_range(first, place, last - 1, place)})"
        sheet.write_formula(last, place, formula, styles.get("count", strong=True), number)
    _write_percent(sheet, styles, last, totals, strong=True)


def _write_headings(sheet: Worksheet, styles: Styles, row: int) -> None:
    sheet.set_row(row, 57)
    sheet.write_string(row, 0, "Theme", styles.get("field"))
    for place, status in enumerate(STATUSES, start=FIRST_STATUS):
        heading = styles.coloured("field", status.fill, status.ink)
        sheet.write_string(row, place, status.label, heading)
    rest = ("No status", "Not recognised", "Total actions", "% complete or closed")
    for place, text in enumerate(rest, start=NO_STATUS):
        sheet.write_string(row, place, text, styles.get("field"))


def _formulas(theme: ThemeSheet, month: str, row: int) -> list[str]:
    """The formulas of one row, in the order of the numbers that _counts gives."""

    name = quote_sheetname(theme.layout.sheet)

    def area(key: str) -> str:
        place = theme.layout.at(key)
        return f"{name}!{xl_range_abs(theme.layout.first_row, place, theme.last_row, place)}"

    statuses, refs = area(f"{month}_status"), area("ref")
    counts = [
        "=" + "+".join(f'COUNTIF({statuses},"{pattern}")' for pattern in status.patterns)
        for status in STATUSES
    ]
    known = xl_range(row, FIRST_STATUS, row, NO_STATUS)
    total = xl_rowcol_to_cell(row, TOTAL)
    return [
        *counts,
        f"=COUNTA({refs})-COUNTA({statuses})",
        f"={total}-SUM({known})",
        f"=COUNTA({refs})",
    ]


def _write_percent(
    sheet: Worksheet, styles: Styles, row: int, numbers: list[int], *, strong: bool = False
) -> None:
    rated = numbers[-1] - numbers[IDLE]
    result = _done(numbers) / rated if rated else 0
    base = f"{xl_rowcol_to_cell(row, TOTAL)}-{xl_rowcol_to_cell(row, FIRST_STATUS + IDLE)}"
    formula = f"=IF({base}=0,0,({_done_cells(row)})/({base}))"
    sheet.write_formula(row, PERCENT, formula, styles.get("percent", strong=strong), result)


def _done(numbers: list[int]) -> int:
    return sum(numbers[index] for index in DONE)


def _done_cells(row: int) -> str:
    return "+".join(xl_rowcol_to_cell(row, FIRST_STATUS + index) for index in DONE)


def _write_changes(
    sheet: Worksheet, styles: Styles, blocks: dict[str, int], counts: dict[str, list[list[int]]]
) -> None:
    heading = "Change in complete or closed since May"
    sheet.write_string(FIRST_BLOCK + 1, CHANGE, heading, styles.get("field"))
    pairs = zip(counts["june"], counts["may"], strict=True)
    changes = [_done(now) - _done(then) for now, then in pairs]
    for offset, change in enumerate([*changes, sum(changes)], start=2):
        now, then = (_done_cells(blocks[month] + offset) for month in ("june", "may"))
        cell_format = styles.get("change", strong=offset == len(changes) + 2)
        row = blocks["june"] + offset
        sheet.write_formula(row, CHANGE, f"={now}-({then})", cell_format, change)


def _insert_chart(book: Workbook, sheet: Worksheet, row: int, themes: int) -> None:
    chart: Chart = book.add_chart({"type": "column", "subtype": "stacked"})
    heading, first = FIRST_BLOCK + 1, FIRST_BLOCK + 2
    last = first + themes - 1
    font = {"name": FONT["font_name"], "size": 10, "color": "#0B0C0C"}
    for index in CHARTED:
        place = FIRST_STATUS + index
        chart.add_series(
            {
                "name": [NAME, heading, place],
                "categories": [NAME, first, 0, last, 0],
                "values": [NAME, first, place, last, place],
                "fill": {"color": f"#{STATUSES[index].fill}"},
                "border": {"color": LINE, "width": 0.75},
                "gap": 60,
            }
        )
    title = f"Status by theme, {MONTHS['june']} (N/A and rows with no status left out)"
    chart.set_title({"name": title, "name_font": {**font, "size": 12, "bold": True, "color": NAVY}})
    chart.set_x_axis({"num_font": font, "line": {"color": LINE}})
    chart.set_y_axis(
        {
            "name": "Number of actions",
            "name_font": {**font, "bold": False},
            "num_font": font,
            "major_gridlines": {"visible": True, "line": {"color": "#D5D9DD", "width": 0.75}},
            "line": {"none": True},
        }
    )
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_size({"width": 1640, "height": 420})
    described = (
        "Stacked columns, one for each of the six themes: how many actions have each status in "
        f"{MONTHS['june']}. The numbers are in the first table on this sheet."
    )
    sheet.insert_chart(row, 0, chart, {"description": described})


def _set_page(sheet: Worksheet, last_row: int) -> None:
    sheet.hide_gridlines(2)
    sheet.set_zoom(90)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 1)
    sheet.set_header(HEADER)
    sheet.set_footer(FOOTER)
    sheet.print_area(0, 0, last_row, CHANGE)
