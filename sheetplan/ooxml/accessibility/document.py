"""Rules 7, 10, 11, 18 and 20 to 22: the workbook as a document, and its sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheetplan.ooxml.accessibility.breach import Breach, breach, column_words, row_words
from sheetplan.ooxml.accessibility.sheet_view import SheetView
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import local_name, main

_EXCELS_OWN_NAME = re.compile(
    r"(sheet|worksheet|chart|tabelle|feuil|hoja|blad|foglio)\s?\d+( \(\d+\))?\Z|\W*\d*\W*\Z", re.I
)
_LONGEST_NAME = 31
_LOADED = {
    "vbaProject": "macros",
    "externalLink": "links to other workbooks",
    "connections": "data connections",
}


def title_style(view: SheetView) -> Iterator[Breach]:
    """Rule 7."""
    cell = view.cell(1, 1)
    if not cell[1].text or view.look(cell).is_title:
        return
    data = view.loose_data
    areas = [table.area for table in view.tables] + ([data.area] if data else [])
    if not any(area.contains(1, 1) for area in areas):
        yield breach(7, view.name, "The title is not marked as a heading.", ["A1"])


def sheet_name(view: SheetView) -> Iterator[Breach]:
    """Rule 10."""
    if _EXCELS_OWN_NAME.match(view.name):
        yield breach(10, view.name, "The sheet's name says nothing.")
    elif len(view.name) > _LONGEST_NAME:
        message = f"The sheet's name has more than {_LONGEST_NAME} characters."
        yield breach(10, view.name, message)


def first_sheet(workbook: Workbook) -> Iterator[Breach]:
    """Rule 11, for the workbook."""
    root = workbook.package.xml(workbook.package.main_part)
    view = root.find(f"{main('bookViews')}/{main('workbookView')}")
    active = 0 if view is None else int(view.get("activeTab", "0"))
    sheets = root.findall(f"{main('sheets')}/{main('sheet')}")
    shown = [place for place, sheet in enumerate(sheets) if sheet.get("state") in (None, "visible")]
    if shown and active != shown[0] and active < len(sheets):
        name = sheets[active].get("name", "")
        yield breach(11, "", "The workbook opens on another sheet than the first.", [name])


def cursor(view: SheetView) -> Iterator[Breach]:
    """Rule 11, for a sheet."""
    shown = view.sheet.root.find(f"{main('sheetViews')}/{main('sheetView')}")
    if shown is None:
        return
    pane = shown.find(main("pane"))
    active = pane.get("activePane", "topLeft") if pane is not None else "topLeft"
    for selection in shown.iterchildren(main("selection")):
        cell = selection.get("activeCell", "A1")
        if selection.get("pane", "topLeft") == active and cell != "A1":
            yield breach(11, view.name, "The sheet opens with the cursor in another cell.", [cell])
            return
    if shown.get("topLeftCell", "A1") != "A1":
        place = shown.get("topLeftCell", "")
        yield breach(11, view.name, "The sheet opens below or beside its beginning.", [place])


def properties(workbook: Workbook) -> Iterator[Breach]:
    """Rule 18."""
    package = workbook.package
    parts = [r.target for r in package.relationships("") if r.kind == "core-properties"]
    root = package.xml(parts[0]) if parts and parts[0] in package else None
    stated = {local_name(e) for e in root if (e.text or "").strip()} if root is not None else set()
    wanted = {"title": "title", "creator": "author", "language": "language"}
    missing = [word for name, word in wanted.items() if name not in stated]
    if missing:
        yield breach(18, "", "Properties of the document are blank.", missing)


def hidden_sheets(workbook: Workbook) -> Iterator[Breach]:
    """Rule 20, for sheets."""
    for state, message, remedy in (
        ("hidden", "Sheets are hidden.", ""),
        (
            "veryHidden",
            "Sheets are hidden so that Excel's menu does not show them.",
            "Only a program, or Excel's Visual Basic editor, can show or delete them.",
        ),
    ):
        names = [sheet.name for sheet in workbook.sheets if sheet.state == state]
        if names:
            yield breach(20, "", message, names, remedy)


def hidden_cells(view: SheetView) -> Iterator[Breach]:
    """Rule 20, for rows and columns that hold something."""
    rows = view.hidden_rows & view.filled.keys()
    used = {column for columns in view.filled.values() for column in columns}
    columns = [column for column in used if view.is_hidden_column(column)]
    if rows:
        yield breach(20, view.name, "Rows are hidden.", row_words(rows))
    if columns:
        yield breach(20, view.name, "Columns are hidden.", column_words(columns))


def panes_and_filters(view: SheetView) -> Iterator[Breach]:
    """Rule 21."""
    panes = view.sheet.root.iterfind(f"{main('sheetViews')}/{main('sheetView')}/{main('pane')}")
    if any(pane.get("state", "split").startswith("frozen") for pane in panes):
        remedy = "Unfreeze the panes with View > Freeze Panes > Unfreeze Panes."
        yield breach(21, view.name, "Panes are frozen.", (), remedy)
    filtered = view.sheet.child("autoFilter")
    places = [filtered.get("ref", "")] if filtered is not None else []
    places += [
        table.name for table in view.tables if table.root.find(main("autoFilter")) is not None
    ]
    if places:
        remedy = "Take the filter buttons off with Data > Filter."
        yield breach(21, view.name, "There are filter buttons.", places, remedy)


def loaded(workbook: Workbook) -> Iterator[Breach]:
    """Rule 22."""
    package = workbook.package
    kinds = {relationship.kind for relationship in package.relationships(package.main_part)}
    found = [words for kind, words in _LOADED.items() if kind in kinds]
    if found:
        yield breach(22, "", "The workbook holds what brings up warnings.", found)
