"""Running the command line: within this process, or as officers do, in a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sheetplan.cli.main import sheetplan as verbs
from tests.builders import workbook_from_text
from tests.judges import ROOT

TRACKER = """
    | Ref     | Action       | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) |
    | OC.A1.1 | Fix the roof | On track           | Begun [AB]         | On track           | Half done [AB]     |
    | OC.A1.2 | Paint it     | Medium progress    | Late [CD]          | Complete           | Done [CD]          |
    | OC.A1.3 | Sell it      | N/A                |                    | N/A                |                    |
"""  # noqa: E501


@dataclass(frozen=True)
class Outcome:
    """What a run printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """What it said on standard error, in one line."""
        return " ".join(self.err.split())

    @property
    def printed(self) -> str:
        """What it printed on standard output, in one line."""
        return " ".join(self.out.split())

    @property
    def data(self) -> Any:
        """What --json printed: one object and nothing beside it."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


def tracker_in(folder: Path, name: str = "plan.xlsx", text: str = TRACKER) -> Path:
    """A tracker of one sheet that ends with July 2023."""
    folder.mkdir(parents=True, exist_ok=True)
    return workbook_from_text(folder / name, {"Theme 1": text})


def run(*words: object, columns: int = 100) -> Outcome:
    """Run `sheetplan WORDS` within this process."""
    out, err = io.StringIO(), io.StringIO()
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        patch.dict(os.environ, {"COLUMNS": str(columns)}),
    ):
        try:
            verbs.main([str(word) for word in words], prog_name="sheetplan")
            status = 0
        except SystemExit as error:
            status = int(error.code or 0)
    return Outcome(status, out.getvalue(), err.getvalue())


def start(
    *words: object, env: Mapping[str, str] | None = None, options: tuple[str, ...] = ()
) -> Outcome:
    """Run `python -m sheetplan WORDS` as a process, with its output in pipes."""
    command = [sys.executable, *options, "-m", "sheetplan", *map(str, words)]
    return _finished(command, env)


def start_code(code: str, *words: object) -> Outcome:
    """Run a script as a process; for a command line whose machine is about to fail."""
    return _finished([sys.executable, "-c", code, *map(str, words)], None)


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a process that finds this project, whatever its folder."""
    plain = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "PYTHONIOENCODING")}
    return {**plain, "COLUMNS": "100", "PYTHONPATH": str(ROOT), **(changes or {})}


def _finished(command: list[str], env: Mapping[str, str] | None) -> Outcome:
    done = subprocess.run(command, capture_output=True, env=environment(env), timeout=120)
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextmanager
def unharmed(folder: Path) -> Iterator[None]:
    """Check that no file in the folder changed, came or went: bytes and times."""
    before = _contents(folder)
    yield
    assert _contents(folder) == before


def _contents(folder: Path) -> dict[str, tuple[bytes, int] | None]:
    return {
        path.relative_to(folder).as_posix(): (
            (path.read_bytes(), path.stat().st_mtime_ns) if path.is_file() else None
        )
        for path in folder.rglob("*")
    }


def names_in(folder: Path) -> list[str]:
    """The names of the files in a folder."""
    return sorted(path.name for path in folder.iterdir())
