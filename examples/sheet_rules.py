"""The conditional formats and drop-downs of a theme sheet, in the form that Excel 2007 knows."""

from statuses import STATUSES
from theme_layouts import Layout
from workbook_styles import LINE, Styles
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

STATUS_COLUMNS = ("may_status", "june_status")


def add_colours(sheet: Worksheet, styles: Styles, layout: Layout, last_row: int) -> None:
    """Colour the status columns by the words that they hold.

    Most sheets have a set of rules for each month; one has a single set over both columns, and
    one has none at all.
    """
    columns = [layout.at(key) for key in STATUS_COLUMNS]
    ranges = [xl_range(layout.first_row, column, last_row, column) for column in columns]
    if layout.missing_update_rule:
        _colour_missing_updates(sheet, styles, layout, last_row)
    if layout.rules == "apart":
        for cells in ranges:
            _colour_words(sheet, styles, cells, "")
    elif layout.rules == "together":
        _colour_words(sheet, styles, ranges[0], " ".join(ranges))


def _colour_words(sheet: Worksheet, styles: Styles, cells: str, every_range: str) -> None:
    for status in STATUSES:
        look = styles.difference(status.fill, status.ink, bold=status.ink == "FFFFFF")
        for words in status.searches:
            rule = {
                "type": "text",
                "criteria": "containing",
                "value": words,
                "format": look,
                "stop_if_true": True,
            }
            sheet.conditional_format(
                cells, rule | ({"multi_range": every_range} if every_range else {})
            )


def _colour_missing_updates(
    sheet: Worksheet, styles: Styles, layout: Layout, last_row: int
) -> None:
    status, update = layout.at("june_status"), layout.at("june_update")
    first = layout.first_row
    rated = xl_rowcol_to_cell(first, status, col_abs=True)
    words = xl_rowcol_to_cell(first, update, col_abs=True)
    rule = {
        "type": "formula",
        "criteria": f'=AND(OR(LEFT({rated},6)="Medium",LEFT({rated},11)="Significant"),{words}="")',
        "format": styles.difference("FBE3E4", LINE.lstrip("#")),
    }
    sheet.conditional_format(first, update, last_row, update, rule)


def add_choices(sheet: Worksheet, layout: Layout, last_row: int) -> None:
    """Offer the lists of statuses and of focus on every action row, with a message for each."""
    status_list = {
        "validate": "list",
        "source": "=StatusList",
        "error_type": "warning",
        "input_title": "Status",
        "input_message": "Pick the rating from the list. The Status key says what each one means.",
        "error_title": "Not a rating on the list",
        "error_message": "The dashboard counts the ratings on the list and nothing else. Keep it?",
    }
    for key in STATUS_COLUMNS:
        column = layout.at(key)
        sheet.data_validation(layout.first_row, column, last_row, column, status_list)
    focus_list = {
        "validate": "list",
        "source": "=FocusList",
        "input_title": "Main action risk",
        "input_message": "Focus 1 is reported in full, Focus 2 by exception.",
        "error_title": "Not on the list",
        "error_message": "Use Focus 1 or Focus 2 for a main action, and N/A for a sub-action.",
    }
    column = layout.at("focus")
    sheet.data_validation(layout.first_row, column, last_row, column, focus_list)
