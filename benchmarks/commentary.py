"""How fast a plan without month columns is rolled, against openpyxl's load and save.

    python benchmarks/commentary.py [--rows 1000] [--months 12] [--repeat 3] [--json]

The plan has one sheet: a row for each aim, and in its last cell a lead and a paragraph of about 90
characters for each month, the newest in bold.

    sheetplan   `roll-month` to a new file: bold off, a stamp under each lead, each cell read again
    openpyxl    loads the plan with its rich text, takes the bold off, adds stamps, saves

Each runs in a process of its own. Times are the best of the repeats, of the whole process, with the
start of Python.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import xlsxwriter

OPENPYXL = """
import sys, openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
book = openpyxl.load_workbook(sys.argv[1], rich_text=True)
for row in book["Plan"].iter_rows(min_row=2, min_col=5, max_col=5):
    text = row[0].value
    for block in text:
        if isinstance(block, TextBlock) and not block.font.u:
            block.font.b = None
    text.append(TextBlock(InlineFont(b=True), "\\n(New update)"))
    row[0].value = text
book.save(sys.argv[2])
"""


def main() -> None:
    """Make the plan, run both contenders, print times and ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print the measurements as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        plan, output = Path(name) / "plan.xlsx", Path(name) / "rolled.xlsx"
        make_plan(plan, options.rows, options.months)
        roll = [sys.executable, "-m", "sheetplan", "roll-month", str(plan)]
        peer = [sys.executable, "-c", OPENPYXL, str(plan), str(output)]
        found: dict[str, Any] = {
            "sheetplan": _measure(
                [*roll, "--profile", "commentary", "-o", str(output)], output, options.repeat
            ),
            "openpyxl": _measure(peer, output, options.repeat),
            "megabytes": plan.stat().st_size / 1e6,
        }
    if options.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{options.rows:,} rows, {options.months} months, {found['megabytes']:.1f} MB")
    for who in ("sheetplan", "openpyxl"):
        print(f"  {who:<10} {found[who]:8.3f} s")
    print(f"  a roll takes {found['sheetplan'] / found['openpyxl']:.2f} times as long as openpyxl")


def make_plan(path: Path, rows: int, months: int) -> None:
    """Write a plan with one lead in each row, who reported in each of the months up to June."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Plan")
    plain, bold = book.add_format(), book.add_format({"bold": True})
    lead = book.add_format({"bold": True, "underline": True})
    wrapped = book.add_format({"text_wrap": True})
    sheet.write_row(
        0, 0, ["No.", "Improvement aim", "Required action", "Outputs", "Lead / RAG status"]
    )
    names = [_month(2026, 6 - back) for back in reversed(range(months))]
    for number in range(rows):
        said: list[Any] = [lead, f"Head of Service {number}"]
        for month in names:
            look = bold if month is names[-1] else plain
            said += [
                look,
                f"\nWork went on in {month}, and what is left to do is agreed with all. ",
            ]
            said += [look, f"({month} update)"]
        row = [f"{number // 50 + 1}.{number % 50 + 1}", "Aim", "Action", "Output"]
        sheet.write_row(number + 1, 0, row)
        sheet.write_rich_string(number + 1, 4, *said, wrapped)
    book.close()


def _month(year: int, number: int) -> str:
    """The name of a month with its year; months before January are of the year before."""
    names = (
        "January February March April May June July August September October November December"
    ).split()
    return f"{names[(number - 1) % 12]} {year + (number - 1) // 12}"


def _measure(command: list[str], output: Path, repeat: int) -> float:
    seconds = []
    for _ in range(repeat):
        output.unlink(missing_ok=True)
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True)
        seconds.append(time.perf_counter() - start)
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr)
    return min(seconds)


if __name__ == "__main__":
    main()
