"""How fast returns are merged, against datamaps, which merges forms into a master workbook.

    python benchmarks/collect_returns.py [--returns 100] [--rows 40] [--repeat 3] [--json]
                                         [--datamaps PROGRAM]

    sheetplan   `collect-returns`: 100 returns of 40 rows each, made by `send-returns` and filled
                in, merged into a tracker of 4,000 actions and 12 months, with its registers, its
                checks and a backup
    datamaps    `import templates -m`: 100 forms of 200 cells each, into a new master workbook

datamaps (https://github.com/yulqen/datamaps) is installed in an environment of its own for the run,
or run from where --datamaps says it is. Each is run as a command, in a process of its own; times
are the best of the repeats and count from start to end. Memory is that of the largest process.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

DATAMAPS = "datamaps==1.1.9"
FORM_CELLS = 200
MONTHS = 12
SENTENCE = "Draft {n} went to the board on the 14th and comments are due back before the next one. "
STATUSES = ["On track", "Medium progress", "Complete"]


def main() -> None:
    """Make both inputs, run each contender, print times and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--returns", type=int, default=100)
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print the measurements as JSON")
    parser.add_argument("--datamaps", type=Path, help="the program, where it is installed already")
    parser.add_argument("--timed", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.timed:
        _run_timed(options.timed)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = options.datamaps or _install_datamaps(folder / "environment")
        make_returns(folder, options.returns, options.rows)
        make_forms(folder / "forms", options.returns)
        found = {
            "sheetplan": _best(options.repeat, lambda: collect(folder)),
            "datamaps": _best(options.repeat, lambda: import_templates(program, folder)),
        }
    found["ratio"] = round(found["sheetplan"]["seconds"] / found["datamaps"]["seconds"], 2)
    print(json.dumps(found, indent=2) if options.json else _said(found, options))


def _said(found: Mapping[str, Any], options: argparse.Namespace) -> str:
    lines = [f"{'':12}{'seconds':>9}{'MB':>7}"]
    lines += [
        f"{who:12}{found[who]['seconds']:9.2f}{found[who]['megabytes']:7.0f}"
        for who in ("sheetplan", "datamaps")
    ]
    lines.append(
        f"{options.returns} returns of {options.rows} rows take {found['ratio']} times what "
        f"{options.returns} forms of {FORM_CELLS} cells take datamaps."
    )
    return "\n".join(lines)


# ---------------------------------------------------------------- what is merged


def make_returns(folder: Path, returns: int, rows: int) -> None:
    """A tracker whose returns have been sent, and the returns, filled in."""
    import openpyxl

    import sheetplan

    tracker = folder / "tracker.xlsx"
    make_tracker(tracker, returns, rows)
    sheetplan.send_returns(tracker, folder / "returns")
    for path in sorted((folder / "returns").glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        heading = next(row for row in sheet.iter_rows() if row[0].value == "Reference")
        columns = {cell.value: cell.column for cell in heading}
        status, update = columns["This month's status"], columns["This month's update"]
        for number in range(heading[0].row + 1, heading[0].row + 1 + rows):
            sheet.cell(number, status).value = STATUSES[number % len(STATUSES)]
            sheet.cell(number, update).value = SENTENCE.format(n=number) * 2
        book.save(path)


def make_tracker(path: Path, owners: int, rows: int) -> None:
    """A tracker in which each owner has as many actions; its last month is blank."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        wrap = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        date = book.add_format({"num_format": "mmm-yy", "border": 1})
        for theme in range(5):
            sheet = book.add_worksheet(f"Theme {theme + 1}")
            headings = ["Workstream", "Ref", "Action", "Director Lead", "Start date", "Due date"]
            for month in range(1, MONTHS + 1):
                headings += [f"Status (2023-{month:02d})", f"Update (2023-{month:02d})"]
            sheet.write_row(2, 0, headings, wrap)
            for at, owner in enumerate(range(theme, owners * rows, 5)):
                reference = f"T{theme + 1}.A{at // 10 + 1}.{at % 10 + 1}"
                names = f"Action {at} of the theme", f"Head of Service {owner // rows}"
                sheet.write_row(3 + at, 0, [f"Workstream {at // 10}", reference, *names], wrap)
                sheet.write_datetime(3 + at, 4, datetime(2023, 1, 1), date)
                sheet.write_datetime(3 + at, 5, datetime(2025, at % 12 + 1, 1), date)
                said = ["On track", SENTENCE.format(n=at)] * (MONTHS - 1)
                sheet.write_row(3 + at, 6, [*said, "", ""], wrap)


def make_forms(folder: Path, forms: int) -> None:
    """Forms as datamaps takes them: a key in column A, a value in column B; and their datamap."""
    import openpyxl

    folder.mkdir()
    lines = ["cell_key,template_sheet,cell_reference,type"]
    lines += [f"Key {n},Summary,B{n},TEXT" for n in range(1, FORM_CELLS + 1)]
    (folder / "datamap.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for form in range(forms):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Summary"
        for number in range(1, FORM_CELLS + 1):
            sheet.append([f"Key {number}", SENTENCE.format(n=number)])
        book.save(folder / f"form_{form:03d}.xlsx")


# ---------------------------------------------------------------- who merges


def collect(folder: Path) -> dict[str, float]:
    """Merge all returns into a fresh copy of the tracker."""
    place = folder / "collecting"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    shutil.copy(folder / "tracker.xlsx", place)
    command = [sys.executable, "-m", "sheetplan", "collect-returns", str(place / "tracker.xlsx")]
    return _timed([*command, str(folder / "returns")], folder, (0, 1))


def import_templates(program: Path, folder: Path) -> dict[str, float]:
    """Import all forms into a new master workbook."""
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    (home / "Documents" / "datamaps" / "input").mkdir(parents=True)
    (home / "Documents" / "datamaps" / "output").mkdir()
    command = [str(program), "import", "templates", "-m", "--inputdir", str(folder / "forms")]
    measured = _timed([*command, "-d", str(folder / "forms" / "datamap.csv")], home, (0,))
    made = list((home / "Documents" / "datamaps" / "output").glob("*.xlsx"))
    if not made:
        raise SystemExit("datamaps wrote no master")
    return measured


def _install_datamaps(folder: Path) -> Path:
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    binaries = folder / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([str(binaries / "pip"), "install", "-q", DATAMAPS], check=True)
    return binaries / "datamaps"


def _best(repeat: int, run: Any) -> dict[str, float]:
    found = [run() for _ in range(repeat)]
    return {key: min(each[key] for each in found) for key in found[0]}


def _timed(command: list[str], home: Path, accepted: tuple[int, ...]) -> dict[str, float]:
    """Run a command under a process that measures it."""
    environment = {**os.environ, "HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", "")  # nobody compiles a program each time
    words = [sys.executable, __file__, "--timed", *command]
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    if measured.pop("status") not in accepted:
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr}")
    return measured


def _run_timed(command: list[str]) -> None:
    started = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": largest, "status": done.returncode}))


if __name__ == "__main__":
    main()
