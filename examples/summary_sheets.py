"""Writes the sheets that explain the themes: the Status key and the hidden Lists."""

from statuses import STATUSES
from theme_sheets import A3, FOOTER, HEADER
from workbook_styles import FONT, LINE, NAVY, PALE_YELLOW, Styles, row_height
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

STATUS_KEY = "Status key"
COUNCIL = "Wexcombe Borough Council"
GUIDANCE = (
    "Completing your update\n"
    "1. Change only the two columns of the month that is due.\n"
    "2. Pick the status from the list; this sheet says what each one means.\n"
    "3. Say what has been done since last month, and end with your initials and the date.\n"
    "4. Wording, owners and dates change through change control, not here.\n"
    "Questions: Improvement Team, improvement@wexcombe.example"
)
DIRECTORS = (
    "Chief Executive",
    "Director of Adults and Health",
    "Director of Children and Families",
    "Director of Finance",
    "Director of Housing and Communities",
    "Director of Law and Governance",
    "Director of People and Change",
    "Director of Place",
    "Director of Public Health",
)
FOCUSES = ("Focus 1", "Focus 2", "N/A")
DIRECTOR_LIST = f"Lists!$E$2:$E${len(DIRECTORS) + 1}"


def write_status_key(book: Workbook, styles: Styles) -> None:
    """Write the legend: what each status means and what Leadership Team does about it."""
    sheet: Worksheet = book.add_worksheet(STATUS_KEY)
    widths = (30, 76, 58)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 36)
    sheet.write_string(0, 0, f"{COUNCIL}: improvement plan tracker", styles.get("title"))
    sheet.set_row(1, 20)
    sheet.write_string(1, 0, "May and June 2026", styles.get("caption"))
    sheet.set_row(2, 26)
    headings = ("Status", "What it means", "What Leadership Team does")
    for place, heading in enumerate(headings):
        sheet.write_string(2, place, heading, styles.get("group"))
    for row, status in enumerate(STATUSES, start=3):
        texts = (status.label, status.definition, status.response)
        sheet.set_row(row, row_height(zip(texts, widths, strict=True)) + 8)
        name_format = styles.coloured("status", status.fill, status.ink)
        sheet.write_string(row, 0, status.label, name_format)
        for place, text in enumerate(texts[1:], start=1):
            sheet.write_string(row, place, text, styles.get("label"))
    _write_guidance(sheet, row=len(STATUSES) + 4)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 1)
    sheet.set_header(HEADER)
    sheet.set_footer(FOOTER)
    sheet.print_area(0, 0, len(STATUSES) + 12, 2)


def _write_guidance(sheet: Worksheet, row: int) -> None:
    options = {
        "width": 760,
        "height": 124,
        "description": "How to complete your update",
        "font": {"name": FONT["font_name"], "size": 10, "color": NAVY},
        "fill": {"color": PALE_YELLOW},
        "line": {"color": LINE, "width": 1},
        "align": {"vertical": "middle"},
    }
    sheet.insert_textbox(row, 0, GUIDANCE, options)


def write_lists(book: Workbook, styles: Styles) -> None:
    """Write the hidden sheet of lists and name the two lists that the drop-downs use by name."""
    sheet: Worksheet = book.add_worksheet("Lists")
    heading = styles.get("field")
    statuses = tuple(status.listed for status in STATUSES)
    lists = ((0, "Status", 62, statuses), (2, "Focus", 12, FOCUSES))
    for place, title, width, items in (*lists, (4, "Director Lead", 40, DIRECTORS)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, heading)
        sheet.write_column(1, place, items)
    for place, title, _, items in lists:
        area = xl_range_abs(1, place, len(items), place)
        book.define_name(f"{title}List", f"=Lists!{area}")
    sheet.hide()
