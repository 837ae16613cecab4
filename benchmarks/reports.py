"""How fast the reports are written, against reading and writing the same with other libraries.

    python benchmarks/reports.py [--actions 4000] [--months 36] [--repeat 3] [--json]

The tracker is made here: six sheets with 4,000 actions in all and 36 months of status and update,
an update of about 200 characters in each, and sheets with three recommendations and their map.

    sheetplan   `summarise` to a pack, which holds the summary and the appendix
    calamine    python-calamine reads every cell of the tracker
    xlsxwriter  XlsxWriter writes the rows of the pack, without its look

Each runs in a process of its own. Times are the best of the repeats, of the work alone.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

PLAN = [
    "Workstream",
    "Ref",
    "Action",
    "Director Lead",
    "Start date",
    "Due date",
    "Main Action Risk",
]
THEMES = 6
STATUSES = [
    "On track", "Medium progress", "Significant slippage", "Complete", "Not due to start",
    "On hold",
]  # fmt: skip
SENTENCE = "Draft {n} went to the board on the {day}th and comments are due back before the next. "


def main() -> None:
    """Make the tracker, run each contender, print times and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--actions", type=int, default=4_000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print the measurements as JSON")
    parser.add_argument("--run", nargs=2, metavar=("WHO", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        _run_one(options.run[0], Path(options.run[1]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_tracker(folder / "tracker.xlsx", options.actions, options.months)
        found: dict[str, Any] = {who: _measure(who, folder, options.repeat) for who in CONTENDERS}
        found["megabytes"] = (folder / "tracker.xlsx").stat().st_size / 1e6
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        _print(found, options)


def make_tracker(path: Path, actions: int, months: int) -> None:
    """Write a tracker with its recommendations."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        wrap = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        date = book.add_format({"num_format": "mmm-yy", "border": 1})
        for theme in range(THEMES):
            sheet = book.add_worksheet(f"Theme {theme + 1}")
            sheet.write(0, 0, f"Theme {theme + 1}")
            headings = list(PLAN)
            for month in range(months):
                label = f"{2023 + month // 12}-{month % 12 + 1:02d}"
                headings += [f"Status ({label})", f"Update ({label})"]
            sheet.write_row(2, 0, headings, wrap)
            count = actions // THEMES + (theme < actions % THEMES)
            for row in range(count):
                _write_action(sheet, theme, row, months, (wrap, date))
        _write_recommendations(book)


def _write_action(sheet: Any, theme: int, row: int, months: int, looks: tuple[Any, Any]) -> None:
    wrap, date = looks
    block, number = divmod(row, 10)
    focus = "N/A" if number else f"Focus {1 if block % 10 == 0 else 2}"
    reference = f"T{theme + 1}.A{block + 1}.{number}"
    at = 3 + row
    sheet.write_row(at, 0, [f"Workstream {block}", reference, f"Action {row}", "Director"], wrap)
    sheet.write_datetime(at, 4, datetime(2023, 1, 1), date)
    sheet.write_datetime(at, 5, datetime(2025, row % 12 + 1, 1), date)
    cells = [focus]
    for month in range(months):
        if number:
            update = SENTENCE.format(n=row, day=month + 1) * 2 + f"({row}.{month})"
            cells += [STATUSES[(row + month // 3) % len(STATUSES)], update]
        else:
            cells += ["N/A", "N/A"]
    sheet.write_row(at, 6, cells, wrap)


def _write_recommendations(book: Any) -> None:
    sheets = {
        "Recommendations": [
            ["Code", "Source", "Recommendation"],
            *[[f"S{n}", "statutory", f"The Council should do thing {n}."] for n in (1, 2, 3)],
        ],
        "Recommendation map": [
            ["Code", "Answered by", "Heading"],
            *[[f"S{n}", f"T{t}.A{a}.{m}", ""]
              for n in (1, 2, 3) for t in range(1, 7) for a in range(2, 7) for m in range(1, 10)],
        ],
    }  # fmt: skip
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.add_table(
            0, 0, len(rows) - 1, len(rows[0]) - 1,
            {"name": name.title().replace(" ", ""), "columns": [{"header": h} for h in rows[0]],
             "data": rows[1:]},
        )  # fmt: skip


def run_sheetplan(folder: Path) -> None:
    """The summary and the appendix, as one pack."""
    import sheetplan

    (folder / "pack.xlsx").unlink(missing_ok=True)
    sheetplan.summarise(folder / "tracker.xlsx", output=folder / "pack.xlsx")


def run_calamine(folder: Path) -> None:
    """Every cell of the tracker."""
    import python_calamine

    with python_calamine.CalamineWorkbook.from_path(str(folder / "tracker.xlsx")) as book:
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def run_xlsxwriter(folder: Path) -> None:
    """The rows of the pack, which sheetplan has written before."""
    import xlsxwriter

    pack = json.loads((folder / "rows.json").read_text("utf-8"))
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(folder / "again.xlsx", options) as book:
        wrap = book.add_format({"text_wrap": True})
        for name, rows in pack.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row, wrap)


CONTENDERS = {"sheetplan": run_sheetplan, "calamine": run_calamine, "xlsxwriter": run_xlsxwriter}


def _keep_rows(folder: Path) -> None:
    import python_calamine

    with python_calamine.CalamineWorkbook.from_path(str(folder / "pack.xlsx")) as book:
        pack = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    (folder / "rows.json").write_text(json.dumps(pack, default=str), "utf-8")


def _run_one(who: str, folder: Path) -> None:
    for module in ("openpyxl", "sheetplan.cycle.summarise", "python_calamine", "xlsxwriter"):
        __import__(module)
    start = time.perf_counter()
    CONTENDERS[who](folder)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_megabytes": peak}))
    if who == "sheetplan":
        _keep_rows(folder)


def _measure(who: str, folder: Path, repeat: int) -> dict[str, float]:
    runs = []
    for _ in range(repeat):
        command = [sys.executable, __file__, "--run", who, str(folder)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        runs.append(json.loads(done.stdout))
    return {
        "seconds": min(run["seconds"] for run in runs),
        "peak_megabytes": min(run["peak_megabytes"] for run in runs),
    }


def _print(found: dict[str, Any], options: argparse.Namespace) -> None:
    print(f"{options.actions:,} actions, {options.months} months, {found['megabytes']:.1f} MB")
    for who in CONTENDERS:
        result = found[who]
        print(f"  {who:<10} {result['seconds']:8.3f} s  {result['peak_megabytes']:7.0f} MB peak")
    others = found["calamine"]["seconds"] + found["xlsxwriter"]["seconds"]
    ratio = found["sheetplan"]["seconds"] / others
    print(f"  sheetplan takes {ratio:.2f} times as long as reading and writing with the two others")


if __name__ == "__main__":
    main()
