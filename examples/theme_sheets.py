"""Writes the theme sheets of the example workbook: headings, actions, notes and page settings."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from example_plan import Action, Note, Theme, Thread
from package import fixed_id
from sheet_rules import add_choices, add_colours
from theme_layouts import COLUMNS, Layout
from workbook_styles import FONT, RED, Styles, row_height
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

A3 = 8
FOOTER = '&L&"Arial,Regular"&8&F / &A&C&"Arial,Bold"&8OFFICIAL&R&"Arial,Regular"&8Page &P of &N'
HEADER = '&L&"Arial,Bold"&10Wexcombe improvement plan&R&"Arial,Regular"&9June 2026 return'
MARKS = re.compile(r"\*\*(.+?)\*\*|\^\^(.+?)\^\^")
THREAD_FALLBACK = (
    "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; "
    "however, any edits to it will get removed if the file is opened in a newer version of Excel. "
    "Learn more: https://go.microsoft.com/fwlink/?linkid=870924"
)


@dataclass(frozen=True)
class ThemeSheet:
    """A theme sheet as written: what the dashboard and the later parts need to know of it."""

    theme: Theme
    layout: Layout
    rows: dict[str, int]
    last_row: int

    def cells(self, key: str) -> str:
        """The range of a column from the first action to the last, such as O5:O16."""
        column = self.layout.at(key)
        cells: str = xl_range(self.layout.first_row, column, self.last_row, column)
        return cells

    def cell(self, place: Note | Thread) -> str:
        """The cell that a note or a thread stands on."""
        cell: str = xl_rowcol_to_cell(self.rows[place.ref], self.layout.at(place.column))
        return cell

    def count(self, month: str, patterns: tuple[str, ...]) -> int:
        """What COUNTIF gives for these patterns: letter case and what a star stands for are free.

        The file carries the result beside each formula, so that a reader that does not calculate
        shows the same numbers as Excel.
        """
        tests = [re.compile(re.escape(p).replace(r"\*", ".*"), re.IGNORECASE) for p in patterns]
        typed = [getattr(action, f"{month}_status") for action in self.theme.actions]
        return sum(bool(test.fullmatch(status)) for test in tests for status in typed)


def write_theme(book: Workbook, styles: Styles, theme: Theme, layout: Layout) -> ThemeSheet:
    """Write one theme sheet and say where its actions stand."""
    sheet: Worksheet = book.add_worksheet(layout.sheet)
    written = ThemeSheet(theme, layout, *_rows(theme, layout))
    _set_columns(sheet, layout)
    _write_headings(sheet, styles, theme, layout)
    for action in theme.actions:
        _write_action(sheet, styles, layout, written.rows[action.ref], action)
    _write_gaps(sheet, styles, written)
    _write_notes(sheet, written)
    add_colours(sheet, styles, layout, written.last_row)
    add_choices(sheet, layout, written.last_row)
    end = _write_totals(sheet, styles, written) if layout.totals else written.last_row
    _set_view(sheet, layout, written.last_row)
    _set_page(sheet, layout, end)
    if layout.is_protected:
        sheet.protect("", {"autofilter": True, "format_rows": True})
    if layout.text_numbers:
        sheet.ignore_errors({"number_stored_as_text": written.cells(layout.text_numbers)})
    return written


def _rows(theme: Theme, layout: Layout) -> tuple[dict[str, int], int]:
    rows = {theme.actions[0].ref: layout.first_row}
    row = layout.first_row
    for above, action in pairwise(theme.actions):
        row += 2 if layout.gaps and above.workstream != action.workstream else 1
        rows[action.ref] = row
    return rows, row


def _set_columns(sheet: Worksheet, layout: Layout) -> None:
    for place, key in enumerate(layout.columns):
        column = COLUMNS[key]
        level = {"level": 1} if layout.owners_grouped and column.group == "Owners" else {}
        sheet.set_column(place, place, column.width, None, level)


def _write_headings(sheet: Worksheet, styles: Styles, theme: Theme, layout: Layout) -> None:
    sheet.set_row(0, 33)
    if layout.title_merged:
        sheet.merge_range(0, 0, 0, layout.last_column, theme.title, styles.get("title"))
    else:
        sheet.write_string(0, 0, theme.title, styles.get("title"))
    if layout.banner:
        sheet.set_row(1, 21)
        first = layout.last_column - 1
        banner = styles.get("banner")
        sheet.merge_range(1, first, 1, layout.last_column, layout.banner, banner)
    sheet.set_row(layout.group_row, 30)
    place = 0
    for (text, _), keys in groupby(layout.columns, key=layout.group):
        last = place + len(list(keys)) - 1
        if last > place:
            sheet.merge_range(
                layout.group_row, place, layout.group_row, last, text, styles.get("group")
            )
        else:
            sheet.write_string(layout.group_row, place, text, styles.get("group"))
        place = last + 1
    sheet.set_row(layout.field_row, 45)
    for place, key in enumerate(layout.columns):
        sheet.write_string(layout.field_row, place, layout.heading(key), styles.get("field"))


def _write_action(
    sheet: Worksheet, styles: Styles, layout: Layout, row: int, action: Action
) -> None:
    texts = []
    for place, key in enumerate(layout.columns):
        column = COLUMNS[key]
        value: date | str = getattr(action, key)
        is_open = layout.is_protected and column.month == "june"
        if isinstance(value, date):
            cell_format = styles.get("date", strong=action.is_main, unlocked=is_open)
            sheet.write_datetime(row, place, value, cell_format)
            continue
        kind = "centre" if column.kind == "date" else column.kind
        cell_format = styles.get(kind, strong=action.is_main, unlocked=is_open)
        _write_text(sheet, styles, row, place, value, cell_format)
        texts.append((MARKS.sub(r"\1\2", value), column.width))
    sheet.set_row(row, row_height(texts, bold=action.is_main))


def _write_text(
    sheet: Worksheet, styles: Styles, row: int, place: int, text: str, cell_format: Format
) -> None:
    if not text:
        sheet.write_blank(row, place, None, cell_format)
        return
    if not MARKS.search(text):
        sheet.write_string(row, place, text, cell_format)
        return
    plain = styles.make(FONT)
    runs: list[Format | str] = []
    end = 0
    for mark in MARKS.finditer(text):
        if mark.start() > end:
            runs += [plain, text[end : mark.start()]]
        colour = {"font_color": RED} if mark[2] else {}
        runs += [styles.make({"bold": True, **colour}), mark[1] or mark[2]]
        end = mark.end()
    if text[end:]:
        runs += [plain, text[end:]]
    sheet.write_rich_string(row, place, *runs, cell_format)


def _write_gaps(sheet: Worksheet, styles: Styles, written: ThemeSheet) -> None:
    filled = set(written.rows.values())
    for row in range(written.layout.first_row, written.last_row):
        if row not in filled:
            sheet.set_row(row, 9)
            for place, key in enumerate(written.layout.columns):
                sheet.write_blank(row, place, None, styles.get(COLUMNS[key].kind))


def _write_notes(sheet: Worksheet, written: ThemeSheet) -> None:
    box = {"width": 260, "font_size": 9}
    for note in written.theme.notes:
        text = f"{note.author}:\n{note.text}"
        sheet.write_comment(written.cell(note), text, {**box, "author": note.author, "height": 80})
    for thread in written.theme.threads:
        text = THREAD_FALLBACK
        for number, comment in enumerate(thread.comments):
            text += f"\n\n{'Reply' if number else 'Comment'}:\n    {comment.text}"
        author = f"tc={fixed_id(thread.entry_name(0))}"
        sheet.write_comment(written.cell(thread), text, {**box, "author": author, "height": 220})


def _write_totals(sheet: Worksheet, styles: Styles, written: ThemeSheet) -> int:
    row = written.last_row + 2
    layout = written.layout
    total = styles.get("count", strong=True)
    sheet.set_row(row, 21)
    sheet.write_string(row, layout.at("action"), "Complete", styles.get("label", strong=True))
    for month in ("may", "june"):
        formula = f'=COUNTIF({written.cells(f"{month}_status")},"Complete*")'
        result = written.count(month, ("Complete*",))
        sheet.write_formula(row, layout.at(f"{month}_status"), formula, total, result)
    return row


def _set_view(sheet: Worksheet, layout: Layout, last_row: int) -> None:
    sheet.set_tab_color(layout.tab)
    sheet.set_zoom(80)
    sheet.freeze_panes(layout.first_row, layout.at("action") + 1)
    sheet.autofilter(layout.field_row, 0, last_row, layout.last_column)


def _set_page(sheet: Worksheet, layout: Layout, end: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_header(HEADER)
    sheet.set_footer(FOOTER)
    sheet.repeat_rows(layout.group_row, layout.field_row)
    sheet.print_area(0, 0, end, layout.last_column)
