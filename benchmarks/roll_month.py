"""How fast a month is opened: sheetplan, openpyxl and the floor, on the same workbooks, in one run.

    python benchmarks/roll_month.py [--small-only] [--repeat 3] [--json]

The workbooks are made here: six sheets of 200 and of 4,000 actions, 60 columns each (12 for the
plan, then 24 months of status and update), with styles, drop-downs and conditional formats.

    sheetplan   `roll_month` to a new file, the promise checked on what was written
    openpyxl    load, append two styled columns to each sheet, save: loses what openpyxl loses
    floor       lxml parses the changed sheets, and the zip file's packed bytes are copied

Each runs in a process of its own, so that peak memory is its own too. Times are the best of the
repeats: of the work alone, without starting Python and importing.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PLAN = [
    "Workstream", "Ref", "Action", "Milestones", "We will statement", "Director Lead",
    "Cabinet Member", "Other Leads", "Update Owner (if different)", "Start date", "Due date",
    "Main Action Risk",
]  # fmt: skip
MONTHS = 24
STATUSES = ["On Track", "Medium Progress", "Significant slippage", "Complete", "Not due to start"]
SENTENCE = "Draft went to the board on the {day}th and comments are due back before the next one. "


def main() -> None:
    """Make the workbooks, run each contender, print times and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small-only", action="store_true", help="leave out the large workbook")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print the measurements as JSON")
    parser.add_argument(
        "--run", nargs=3, metavar=("WHO", "SOURCE", "TARGET"), help=argparse.SUPPRESS
    )
    options = parser.parse_args()
    if options.run:
        _run_one(*options.run)
        return
    sizes = {"small": 200} if options.small_only else {"small": 200, "large": 4_000}
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in sizes.items():
            source = Path(folder) / f"{name}.xlsx"
            make_workbook(source, rows)
            found[name] = {
                who: _measure(who, source, Path(folder), options.repeat) for who in CONTENDERS
            }
            found[name]["megabytes"] = source.stat().st_size / 1e6
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        _print(found, sizes)


def make_workbook(path: Path, rows: int) -> None:
    """Write a tracker of six sheets; the last month's cells are filled like the others."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": False}) as book:
        head = book.add_format(
            {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#DDE6F0"}
        )
        body = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        red = book.add_format({"bg_color": "#CA3535", "font_color": "#FFFFFF"})
        for theme in range(6):
            sheet = book.add_worksheet(f"Theme {theme + 1}")
            sheet.write(0, 0, f"Theme {theme + 1}")
            headings = list(PLAN)
            for month in range(MONTHS):
                label = f"{2024 + month // 12}-{month % 12 + 1:02d}"
                headings += [f"Status ({label})", f"Update (Initial and Date) ({label})"]
            sheet.write_row(3, 0, headings, head)
            for row in range(rows):
                _write_row(sheet, theme, row, body)
            last = 4 + rows - 1
            for column in range(len(PLAN), len(headings), 2):
                sheet.data_validation(4, column, last, column,
                                      {"validate": "list", "source": STATUSES})  # fmt: skip
                for status in STATUSES[:3]:
                    sheet.conditional_format(4, column, last, column, {
                        "type": "text", "criteria": "begins with", "value": status, "format": red,
                    })  # fmt: skip
            sheet.autofilter(3, 0, last, len(headings) - 1)
            sheet.print_area(0, 0, last, len(headings) - 1)
            sheet.freeze_panes(4, 3)


def _write_row(sheet: Any, theme: int, row: int, body: Any) -> None:
    reference = f"T{theme}.A{row // 10 + 1}.{row % 10}"
    values = [f"Workstream {row // 10}", reference, f"Action {row} of theme {theme}"]
    values += [f"Text {row} {i}" for i in range(len(PLAN) - 3)]
    for month in range(MONTHS):
        update = SENTENCE.format(day=month + 1) * 2 + f"({row}.{month})"
        values += [STATUSES[(row + month) % 5], update]
    sheet.write_row(4 + row, 0, values, body)


def run_sheetplan(source: Path, target: Path) -> None:
    """Open the next month in a new file."""
    import sheetplan

    sheetplan.roll_month(source, output=target)


def run_openpyxl(source: Path, target: Path) -> None:
    """Load, copy the last two columns' headings and styles to the right, save."""
    from copy import copy

    import openpyxl

    book = openpyxl.load_workbook(source)
    for sheet in book:
        last = sheet.max_column
        for row in sheet.iter_rows(min_row=4, min_col=last - 1, max_col=last):
            for cell in row:
                new = sheet.cell(cell.row, cell.column + 2)
                new._style = copy(cell._style)
                if cell.row == 4:
                    new.value = cell.value.replace("2025-12", "2026-01")
    book.save(target)


def run_floor(source: Path, target: Path) -> None:
    """Parse the sheets and copy the packed bytes of the zip file: less cannot be done."""
    import shutil
    import zipfile

    from lxml import etree

    with zipfile.ZipFile(source) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                etree.fromstring(archive.read(name), etree.XMLParser(huge_tree=True))
    shutil.copyfile(source, target)


CONTENDERS = {"sheetplan": run_sheetplan, "openpyxl": run_openpyxl, "floor": run_floor}


def _run_one(who: str, source: str, target: str) -> None:
    for module in ("lxml.etree", "openpyxl", "sheetplan.cycle.roll_month"):
        __import__(module)
    start = time.perf_counter()
    CONTENDERS[who](Path(source), Path(target))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_megabytes": peak}))


def _measure(who: str, source: Path, folder: Path, repeat: int) -> dict[str, float]:
    runs = []
    for _ in range(repeat):
        target = folder / "out.xlsx"
        target.unlink(missing_ok=True)
        command = [sys.executable, __file__, "--run", who, str(source), str(target)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        runs.append(json.loads(done.stdout))
    return {
        "seconds": min(run["seconds"] for run in runs),
        "peak_megabytes": min(run["peak_megabytes"] for run in runs),
    }


def _print(found: dict[str, dict[str, Any]], sizes: dict[str, int]) -> None:
    for name, results in found.items():
        ours, theirs, floor = (results[who] for who in CONTENDERS)
        print(
            f"{name}: 6 sheets x {sizes[name]:,} rows x 60 columns, {results['megabytes']:.1f} MB"
        )
        for who in CONTENDERS:
            result = results[who]
            print(
                f"  {who:<10} {result['seconds']:8.3f} s  {result['peak_megabytes']:7.0f} MB peak"
            )
        print(
            f"  sheetplan takes {ours['seconds'] / floor['seconds']:.2f} times the floor, is "
            f"{theirs['seconds'] / ours['seconds']:.1f} times as fast as openpyxl, and peaks at "
            f"{ours['peak_megabytes'] / theirs['peak_megabytes']:.0%} of its memory"
        )


if __name__ == "__main__":
    main()
