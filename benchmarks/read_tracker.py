"""How fast a tracker is read for a report: sheetplan, python-calamine and openpyxl, in one run.

    python benchmarks/read_tracker.py [--actions 4000] [--months 36] [--repeat 5] [--json]

The tracker is made here: six sheets with 4,000 actions in all, 12 columns for the plan and then 36
months of status and update, an update of about 200 characters in each.

    sheetplan   opens it, finds the layouts, and reads every action with its dates, the statuses of
                the last seven months, the updates of the last two, and for one action in ten the
                latest update of all, which the last ten months lack
    calamine    python-calamine reads every cell
    openpyxl    read-only, every cell

Each runs in a process of its own, so that peak memory is its own too. They take turns, and times
are the best of the repeats: of the work alone, without starting Python and importing.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

PLAN = [
    "Workstream", "Ref", "Action", "Milestones", "We will statement", "Director Lead",
    "Cabinet Member", "Other Leads", "Update Owner (if different)", "Start date", "Due date",
    "Main Action Risk",
]  # fmt: skip
STATUSES = ["On Track", "Medium Progress", "Significant slippage", "Complete", "Not due to start"]
DUE = ["Mar-24", "Autumn 2024", "Ongoing", "TBC"]
WORDS = (
    "the board met and agreed a draft of plan for consultation with members officers partners "
    "training review contract spend data report approval delayed because register was updated "
    "next steps are to finish audit by end month housing waste leisure strategy budget target "
    "procurement tender evaluation award implementation evidence shared"
).split()
FIRST_YEAR = 2022
THEMES = 6
SILENT_MONTHS = 10  # without an update, for one action in ten


def main() -> None:
    """Make the tracker, run each contender, print times and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--actions", type=int, default=4_000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print the measurements as JSON")
    parser.add_argument("--run", nargs=2, metavar=("WHO", "SOURCE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        _run_one(*options.run)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "tracker.xlsx"
        make_tracker(source, options.actions, options.months)
        megabytes = source.stat().st_size / 1e6
        runs = [{who: _measure(who, source) for who in CONTENDERS} for _ in range(options.repeat)]
    best = {
        who: {key: min(run[who][key] for run in runs) for key in runs[0][who]} for who in CONTENDERS
    }
    if options.json:
        print(json.dumps({"megabytes": megabytes, **best}, indent=2))
        return
    print(f"{options.actions:,} actions, {options.months} months, {megabytes:.1f} MB")
    for who, found in best.items():
        ratio = best["sheetplan"]["seconds"] / found["seconds"]
        print(
            f"  {who:<10} {found['seconds']:7.3f} s  {found['peak_megabytes']:6.0f} MB peak"
            f"  sheetplan takes {ratio:.2f} times as long"
        )


def make_tracker(path: Path, actions: int, months: int) -> None:
    """Write a tracker of six sheets."""
    import xlsxwriter

    chance = random.Random(1)
    with xlsxwriter.Workbook(path) as book:
        body = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        month_year = book.add_format({"num_format": "mmm-yy", "border": 1})
        for theme in range(THEMES):
            sheet = book.add_worksheet(f"Theme {theme + 1}")
            sheet.write(0, 0, f"Theme {theme + 1}")
            headings = list(PLAN)
            for month in range(months):
                label = f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}"
                headings += [f"Status ({label})", f"Update (Initial and Date) ({label})"]
            sheet.write_row(3, 0, headings)
            for row in range(actions // THEMES + (theme < actions % THEMES)):
                values = [f"Workstream {row // 10}", f"T{theme}.A{row // 10 + 1}.{row % 10}"]
                values += [f"Text {row} {i}" for i in range(7)]
                sheet.write_row(4 + row, 0, values, body)
                sheet.write_datetime(4 + row, 9, datetime(2023, row % 12 + 1, 1), month_year)
                said = [DUE[row % 4], "Focus 2" if row % 10 == 0 else "N/A"]
                for month in range(months):
                    update = " ".join(chance.choices(WORDS, k=32))[:200]
                    is_silent = row % 10 == 1 and month >= months - SILENT_MONTHS
                    said += [STATUSES[(row + month) % 5], "" if is_silent else update]
                sheet.write_row(4 + row, 10, said, body)


def run_sheetplan(source: Path) -> None:
    """Read what the two reports ask for."""
    from sheetplan.ooxml.workbook import Workbook
    from sheetplan.settings import load_profile
    from sheetplan.sheets.reading import read_layouts, read_tracker

    reading = read_layouts(Workbook.open(source), load_profile("standard"))
    last = reading.latest_month
    months = [last.plus(-back) for back in range(7)]
    for at, action in enumerate(read_tracker(reading, months=months).actions):
        assert all(action.entries[month].status for month in months)
        assert action.due is not None
        action.entries[last].update, action.entries[last.previous].update
        if at % 10 == 1:
            assert any(map(action.update, reversed(list(action.entries))))


def run_calamine(source: Path) -> None:
    """Read every cell."""
    import python_calamine

    book = python_calamine.load_workbook(str(source))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def run_openpyxl(source: Path) -> None:
    """Read every cell."""
    import openpyxl

    for sheet in openpyxl.load_workbook(source, read_only=True):
        for _ in sheet.iter_rows(values_only=True):
            pass


CONTENDERS = {"sheetplan": run_sheetplan, "calamine": run_calamine, "openpyxl": run_openpyxl}


def _run_one(who: str, source: str) -> None:
    for module in ("lxml.etree", "openpyxl", "python_calamine", "sheetplan.sheets.reading"):
        __import__(module)
    start = time.perf_counter()
    CONTENDERS[who](Path(source))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_megabytes": peak}))


def _measure(who: str, source: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--run", who, str(source)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    main()
