"""Builds improvement_plan.xlsx, the tracker of an invented council, for the examples and tests.

    python examples/build_example.py             writes improvement_plan.xlsx beside this script
    python examples/build_example.py FILE.xlsx   writes it somewhere else

XlsxWriter writes the workbook from the words in improvement_plan/; package_parts.py then adds what
XlsxWriter cannot write. Two runs give the same bytes. README.md lists what is odd, and where.
"""

import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path

from dashboard import NAME as DASHBOARD
from dashboard import change_cells, write_dashboard
from example_plan import read_themes
from package import Package, fixed_id
from package_parts import (
    add_change_icons,
    add_director_list,
    add_label,
    add_library_properties,
    add_persons,
    add_printer_settings,
    add_threads,
)
from summary_sheets import COUNCIL, DIRECTOR_LIST, STATUS_KEY, write_lists, write_status_key
from theme_layouts import LAYOUTS
from theme_sheets import ThemeSheet, write_theme
from workbook_styles import FONT, Styles
from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_range_abs

FILE = Path(__file__).resolve().with_name("improvement_plan.xlsx")
CREATED = datetime(2026, 6, 1, 8, 30)
DUE = datetime(2026, 6, 15)
PERIOD = "2026-06"
TEAM = "Improvement Team"


def build(path: Path) -> None:
    """Build the example tracker at this path, replacing what is there."""
    themes, data = _write_workbook()
    package = Package(data)
    _add_parts(package, themes)
    package.save(path)


def _write_workbook() -> tuple[list[ThemeSheet], bytes]:
    target = BytesIO()
    options = {"in_memory": True, "default_format_properties": FONT, "default_row_height": 17}
    book = Workbook(target, options)
    book.set_size(2560, 1400)
    styles = Styles(book)
    write_status_key(book, styles)
    themes = [
        write_theme(book, styles, theme, layout)
        for theme, layout in zip(read_themes(), LAYOUTS, strict=True)
    ]
    write_dashboard(book, styles, themes)
    write_lists(book, styles)
    _name_latest_month(book, themes[0])
    _set_properties(book)
    book.close()
    return themes, target.getvalue()


def _name_latest_month(book: Workbook, theme: ThemeSheet) -> None:
    """Name the two columns of the last month, which the name stops being when a month is added."""
    layout = theme.layout
    first, last = layout.at("june_status"), layout.at("june_update")
    area = xl_range_abs(layout.field_row, first, theme.last_row, last)
    book.define_name("LatestMonth", f"={quote_sheetname(layout.sheet)}!{area}")


def _set_properties(book: Workbook) -> None:
    book.set_properties(
        {
            "title": "Improvement plan tracker - June 2026",
            "subject": "Monthly return: status and evidence by theme",
            "author": TEAM,
            "company": COUNCIL,
            "category": "Improvement plan",
            "keywords": "improvement plan; monthly return; June 2026",
            "comments": "An invented council. The June update is due.",
            "created": CREATED,
        }
    )
    book.set_custom_property("Reporting period", PERIOD)
    book.set_custom_property("Return due", DUE)
    book.set_custom_property("Owner team", TEAM)
    label = f"MSIP_Label_{fixed_id('label/official').strip('{}').lower()}"
    for name, value in {
        "Enabled": "true",
        "SetDate": f"{CREATED:%Y-%m-%dT%H:%M:%SZ}",
        "Method": "Standard",
        "Name": "OFFICIAL",
        "SiteId": fixed_id("tenant").strip("{}").lower(),
        "ActionId": fixed_id("label/action").strip("{}").lower(),
        "ContentBits": "2",
    }.items():
        book.set_custom_property(f"{label}_{name}", value, "text")


def _add_parts(package: Package, themes: list[ThemeSheet]) -> None:
    for theme in themes:
        add_director_list(package, theme.layout.sheet, theme.cells("director"), DIRECTOR_LIST)
    add_change_icons(package, DASHBOARD, change_cells(len(themes)))
    discussed = [theme for theme in themes if theme.theme.threads]
    for number, theme in enumerate(discussed, start=1):
        threads = {theme.cell(thread): thread for thread in theme.theme.threads}
        add_threads(package, theme.layout.sheet, threads, number)
    comments = [c for theme in discussed for t in theme.theme.threads for c in t.comments]
    add_persons(package, dict.fromkeys(comment.person for comment in comments))
    printed = [STATUS_KEY, *(theme.layout.sheet for theme in themes), DASHBOARD]
    add_printer_settings(package, printed)
    add_label(package)
    add_library_properties(package, PERIOD)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
