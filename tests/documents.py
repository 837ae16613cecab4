"""The documentation as something that can be run: its sessions, its Python and its links.

A page's blocks run from top to bottom in one folder, in which copies of the examples lie:

    ```console      each line that begins with "$ " is run; what is shown must be what it prints
    ```python       is run
    ```pycon        is run, and what it shows must be what it prints
    ```toml         is saved as sheetplan.toml where the comment <!-- saved as sheetplan.toml -->
                    stands in front of it

These comments stand for what officers do in Excel:

    <!-- officers fill in the support sheets -->  what examples/improvement_plan/support.toml says
    <!-- officers type into SHEET!A2: words -->   one cell; SHEET!A2 of FILE for another example
    <!-- officers fill in July 2026 of FILE -->   a status and an update for every action

and these for what update owners do with the returns that lie in the folder "sent", and send back
to the folder "back":

    <!-- five owners send back their returns -->  what examples/improvement_plan/returns.toml says
    <!-- the other owners send back theirs -->    a status and an update for every action
    <!-- the owner of 2.3 answers: STATUS / UPDATE -->   one row of one return

It is 1 July 2026, half past nine, until a comment such as <!-- it is 13 July 2026 --> says
otherwise.
"""

from __future__ import annotations

import contextlib
import doctest
import importlib.util
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from sheetplan.model.action import Action
from sheetplan.model.month import Month
from sheetplan.model.owner_return import owner_key
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.saving import FileState, save, save_new
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings, find_settings
from sheetplan.sheets.reading import read_layouts, read_tracker
from tests.cycle.reporting import save_typed, type_into
from tests.judges import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
EXAMPLE = "improvement_plan.xlsx"
EXAMPLES = (
    EXAMPLE,
    "improvement_plan_prepared.xlsx",
    "improvement_plan_returns.xlsx",
    "recommendations_register.xlsx",
    "plan.docx",
    "commentary_plan.xlsx",
)
RETURNS = "returns"
LEFT_OUT = "…"

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$|^<!-- (.+?) -->$", re.MULTILINE | re.DOTALL)
_SAVED = "saved as sheetplan.toml"
_IT_IS = re.compile(r"it is (\d+ \w+ \d{4})")
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
    for example in EXAMPLES:
        shutil.copy(ROOT / "examples" / example, folder)
    shutil.copytree(ROOT / "examples" / RETURNS, folder / RETURNS)
    with pytest.MonkeyPatch.context() as patch:
        _set_clock(patch, datetime(2026, 7, 1))
        return _run_blocks(page, folder, patch)


def _run_blocks(page: Path, folder: Path, patch: pytest.MonkeyPatch) -> int:
    ran, status, names = 0, 0, {}
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
        elif found := _IT_IS.fullmatch(block.text):
            _set_clock(patch, datetime.strptime(found[1], "%d %B %Y"))
        elif block.language == "comment":
            _do_what_people_do(block.text, folder / EXAMPLE)
        saved = block.language == "comment" and block.text == _SAVED
    return ran


def _set_clock(patch: pytest.MonkeyPatch, day: datetime) -> None:
    moment = day.replace(hour=9, minute=30, tzinfo=UTC)
    patch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))


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


# ---------------------------------------------------------------- what officers do in Excel


def fill_in(tracker: Path, month: Month) -> None:
    """Give every action that has no status of the month one, and an update."""
    state, settings = FileState.of(tracker), find_settings(tracker)
    workbook = Workbook.open(tracker)
    reading = read_layouts(workbook, settings)
    for item, theme in zip(reading.trackers, read_tracker(reading).themes, strict=True):
        block = next(block for block in item.layout.months if block.month == month)
        status, update = block.column_of("status"), block.column_of("update")
        assert status is not None
        assert update is not None
        with workbook.editing(item.sheet) as sheet:
            for action in theme.actions:
                if not sheet.text(action.row, status):
                    words = _status_of(action, month, settings)
                    put_text(sheet.ensure_cell(action.row, status), [Run(words)])
                    done = f"Done in {month} (AB)"
                    put_text(sheet.ensure_cell(action.row, update), [Run(done)])
    save(workbook.package, tracker, source=tracker, state=state)


def _status_of(action: Action, month: Month, settings: Settings) -> str:
    """What was late or on hold stays so; what is due by now is complete; all else is on track."""
    before = action.status(month.previous)
    meant = settings.vocabulary.understand(before)
    if meant is not None and meant.meaning in settings.reports.exceptions:
        return before
    is_due = action.due is not None and action.due.last is not None
    return "Complete" if is_due and action.due.last <= month.last_day else "On track"


def fill_in_support_sheets(tracker: Path) -> None:
    """Type what the example's support.toml says into the sheets that `prepare` added."""
    state, workbook = FileState.of(tracker), Workbook.open(tracker)
    script(ROOT / "examples" / "build_prepared.py").fill_in(workbook)
    save_typed(workbook, tracker, state)


def _do_what_people_do(comment: str, tracker: Path) -> None:
    for pattern, act in _ACTS:
        if found := re.fullmatch(pattern, comment):
            act(tracker, *found.groups())
            return
    assert not re.match(r"(officers|\w+ owners|the other owners|the owner of) ", comment), (
        f"do what? {comment}"
    )


def _type(tracker: Path, sheet: str, cell: str, file: str | None, words: str) -> None:
    area = Area.parse(cell)
    type_into(
        tracker.with_name(file or tracker.name), sheet, area.first_row, area.first_column, words
    )


def _fill_in(tracker: Path, month: str, file: str | None) -> None:
    fill_in(tracker.with_name(file or tracker.name), Month.parse(month))


# ---------------------------------------------------------------- what owners do in Excel


def _send_back_five(tracker: Path) -> None:
    """Fill in the returns of the five owners whose words the example has."""
    filling = script(ROOT / "examples" / "filled_returns.py")
    for words in filling.owner_returns():
        sent = tracker.parent / "sent" / f"2026-07_{owner_key(words['owner'])}.xlsx"
        _send_back(filling.filled_in(sent, words), tracker, words["file"])


def _send_back_others(tracker: Path) -> None:
    """Fill in all rows of the other returns; they come back under the names they were sent by."""
    filling = script(ROOT / "examples" / "filled_returns.py")
    theirs = {owner_key(words["owner"]) for words in filling.owner_returns()}
    settings, month = find_settings(tracker), Month(2026, 7)
    reading = read_layouts(Workbook.open(tracker), settings)
    actions = {action.reference_text: action for action in read_tracker(reading).actions}
    for sent in sorted((tracker.parent / "sent").glob("*.xlsx")):
        if sent.stem.partition("_")[2] not in theirs:
            rows = [
                {
                    "reference": reference,
                    "status": _status_of(actions[reference], month, settings),
                    "update": f"Done in {month} (AB)",
                }
                for reference in filling.references(sent)
            ]
            _send_back(filling.filled_in(sent, {"row": rows}), tracker, sent.name)


def _answer(tracker: Path, reference: str, status: str, update: str) -> None:
    """Fill in one row of the return that has it, which then comes back."""
    filling = script(ROOT / "examples" / "filled_returns.py")
    row = {"reference": reference, "status": status, "update": update}
    returns = (tracker.parent / "sent").glob("*.xlsx")
    (sent,) = (each for each in returns if reference in filling.references(each))
    _send_back(filling.filled_in(sent, {"row": [row]}), tracker, sent.name)


def _send_back(package: Package, tracker: Path, file: str) -> None:
    back = tracker.parent / "back"
    back.mkdir(exist_ok=True)
    save_new(package, back / file)


_ACTS: list[tuple[str, Callable[..., None]]] = [
    (r"officers fill in the support sheets", fill_in_support_sheets),
    (r"officers fill in (\w+ \d{4})(?: of (\S+))?", _fill_in),
    (r"officers type into (.+)!([A-Z]+\d+)(?: of (\S+))?: (.+)", _type),
    (r"five owners send back their returns", _send_back_five),
    (r"the other owners send back theirs", _send_back_others),
    (r"the owner of (\S+) answers: (.+) / (.+)", _answer),
]


def script(path: Path) -> ModuleType:
    """A script of the project as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
