"""How fast a tracker is checked, against reading the same with another library.

    python benchmarks/check.py [--actions 4000] [--months 36] [--repeat 3] [--json]

The tracker is that of benchmarks/reports.py: six sheets with 4,000 actions in all and 36 months of
status and update, an update of about 200 characters in each.

    sheetplan   `check` of the latest month, every rule of it
    written     the same with `--into-tracker`, to a new file
    calamine    python-calamine reads every cell of the tracker, and looks at none

Each runs in a process of its own, as the command does. Times are the best of the repeats, of the
whole process, with the start of Python.
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

from reports import make_tracker

CALAMINE = """
import sys, python_calamine
with python_calamine.CalamineWorkbook.from_path(sys.argv[1]) as book:
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
"""


def main() -> None:
    """Make the tracker, run each contender, print times and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--actions", type=int, default=4_000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print the measurements as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        tracker = Path(name) / "tracker.xlsx"
        make_tracker(tracker, options.actions, options.months)
        found: dict[str, Any] = {
            who: _measure(command, tracker, options.repeat)
            for who, command in _commands(tracker).items()
        }
        found["megabytes"] = tracker.stat().st_size / 1e6
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        _print(found, options)


def _commands(tracker: Path) -> dict[str, list[str]]:
    check = [sys.executable, "-m", "sheetplan", "check", str(tracker), "--summary"]
    return {
        "sheetplan": check,
        "written": [*check, "--into-tracker", "-o", str(tracker.with_name("checked.xlsx"))],
        "calamine": [sys.executable, "-c", CALAMINE, str(tracker)],
    }


def _measure(command: list[str], tracker: Path, repeat: int) -> dict[str, float]:
    seconds = []
    for _ in range(repeat):
        tracker.with_name("checked.xlsx").unlink(missing_ok=True)
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True)
        seconds.append(time.perf_counter() - start)
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr)
    return {"seconds": min(seconds)}


def _print(found: dict[str, Any], options: argparse.Namespace) -> None:
    print(f"{options.actions:,} actions, {options.months} months, {found['megabytes']:.1f} MB")
    for who in ("sheetplan", "written", "calamine"):
        print(f"  {who:<10} {found[who]['seconds']:8.3f} s")
    ratio = found["sheetplan"]["seconds"] / found["calamine"]["seconds"]
    print(f"  a check takes {ratio:.2f} times as long as reading with calamine")


if __name__ == "__main__":
    main()
