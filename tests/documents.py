"""The documentation as something that can be run: its sessions, its Python and its links.

A page's blocks run from top to bottom in one folder, in which a copy of the example tracker lies:

    ```console      each line that begins with "$ " is run; what is shown must be what it prints
    ```python       is run
    ```pycon        is run, and what it shows must be what it prints
    ```toml         is saved as sheetplan.toml where the comment <!-- saved as sheetplan.toml -->
                    stands in front of it

The comment <!-- officers fill in July 2026 --> stands for what officers do in Excel.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sheetplan.model.month import Month
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import find_settings
from sheetplan.sheets.reading import action_rows, read_layouts
from tests.judges import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
EXAMPLE = "improvement_plan.xlsx"
LEFT_OUT = "…"

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$|^<!-- (.+?) -->$", re.MULTILINE | re.DOTALL)
_SAVED = "saved as sheetplan.toml"
_FILLED = re.compile(r"officers fill in (?P<month>\w+ \d{4})")
_WHEN = re.compile(r"\(undone [0-9-]+ [0-9.]+\)")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page, or a comment in it that the reader does not see."""

    language: str
    text: str
    line: int


@dataclass
class Command:
    """One command of a session, and what the page shows of its output."""

    words: list[str]
    shown: list[str] = field(default_factory=list)


def blocks(page: Path) -> list[Block]:
    """The blocks and comments of a page, from top to bottom."""
    text = page.read_text("utf-8")
    return [
        Block(match[1] or "comment", match[2] or match[3], text.count("\n", 0, match.start()) + 1)
        for match in _BLOCK.finditer(text)
    ]


def commands(block: Block) -> Iterator[Command]:
    """The commands of a console block."""
    command: Command | None = None
    for line in block.text.splitlines():
        if line.startswith("$ "):
            if command is not None:
                yield command
            command = Command(shlex.split(line[2:]))
        elif command is not None:
            command.shown.append(line)
    if command is not None:
        yield command


def run_page(page: Path, folder: Path) -> int:
    """Run a page's blocks in a folder, and say how many commands and pieces of Python ran."""
    shutil.copy(ROOT / "examples" / EXAMPLE, folder)
    ran, status, names = 0, 0, {}  # type: ignore[var-annotated]
    saved = False
    for block in blocks(page):
        where = f"{page.name}, line {block.line}"
        if block.language == "console":
            for command in commands(block):
                status = _run(command, folder, status, where)
                ran += 1
        elif block.language in ("python", "pycon"):
            _run_python(block, folder, names, where)
            ran += 1
        elif block.language == "toml" and saved:
            (folder / "sheetplan.toml").write_text(block.text, "utf-8")
        elif block.language == "comment" and (filled := _FILLED.match(block.text)):
            fill_in(folder / EXAMPLE, Month.parse(filled["month"]))
        saved = block.language == "comment" and block.text == _SAVED
    return ran


def _run(command: Command, folder: Path, last_status: int, where: str) -> int:
    if command.words == ["echo", "$?"]:
        assert command.shown == [str(last_status)], where
        return 0
    words = command.words
    if words[:3] == ["python", "-m", "sheetplan"]:
        words = words[2:]
    assert words[0] == "sheetplan", f"{where}: only sheetplan is run, not {words[0]}"
    environment = {**os.environ, "COLUMNS": "100", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, timeout=120,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    missing = _missing(command.shown, done.stdout)
    assert not missing, f"{where}: {missing!r} is not in what was printed:\n{done.stdout}"
    refused = "Nothing was written." in done.stdout and "--dry-run" not in words
    assert done.returncode in ((3,) if refused else (0, 1)), f"{where}:\n{done.stdout}"
    return done.returncode


def _missing(shown: list[str], printed: str) -> str:
    """The first piece that is shown and was not printed; pieces end where lines are left out."""
    rest = _plain(printed)
    for piece in map(_plain, "\n".join(shown).split(LEFT_OUT)):
        at = rest.find(piece)
        if at < 0:
            return piece
        rest = rest[at + len(piece) :]
    return ""


def _plain(text: str) -> str:
    """Text in which the width of the terminal and the time of day do not count."""
    return _WHEN.sub("(undone)", " ".join(text.split()))


def _run_python(block: Block, folder: Path, names: dict[str, object], where: str) -> None:
    if block.language == "python":
        with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
            exec(compile(block.text, where, "exec"), names)
        return
    test = doctest.DocTestParser().get_doctest(block.text, names, where, None, block.line)
    said = io.StringIO()
    runner = doctest.DocTestRunner(
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False
    )
    with contextlib.chdir(folder):
        runner.run(test, out=said.write, clear_globs=False)
    names.update(test.globs)
    assert runner.summarize(verbose=False).failed == 0, said.getvalue()


def fill_in(tracker: Path, month: Month) -> None:
    """Do what officers do in Excel: give every action that has no status of the month one."""
    state = FileState.of(tracker)
    workbook = Workbook.open(tracker)
    for item in read_layouts(workbook, find_settings(tracker)).trackers:
        block = next(block for block in item.layout.months if block.month == month)
        status, update = block.column_of("status"), block.column_of("update")
        assert status is not None
        assert update is not None
        rows = [row.row for row in action_rows(item.sheet, item.layout)]
        with workbook.editing(item.sheet) as sheet:
            for row in rows:
                if not sheet.text(row, status):
                    put_text(sheet.ensure_cell(row, status), [Run("On track")])
                    put_text(sheet.ensure_cell(row, update), [Run(f"Done in {month} (AB)")])
    save(workbook.package, tracker, source=tracker, state=state)
