"""The committed example workbook is what its script builds."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import sheetplan
from tests.judges import ROOT, calamine_values, openpyxl_values

SCRIPT = ROOT / "examples" / "build_example.py"
COMMITTED = ROOT / "examples" / "improvement_plan.xlsx"


def test_building_the_example_again_gives_the_committed_workbook(tmp_path: Path) -> None:
    built = tmp_path / "built.xlsx"
    subprocess.run([sys.executable, str(SCRIPT), str(built)], check=True, capture_output=True)

    # Content and order: the packed bytes depend on the version of zlib.
    old, new = _members(COMMITTED), _members(built)
    assert list(new) == list(old)
    assert [name for name in old if new[name] != old[name]] == []


def test_the_example_is_read_alike_by_two_other_readers() -> None:
    theirs, others = openpyxl_values(COMMITTED), calamine_values(COMMITTED)
    assert theirs.keys() == others.keys()
    for sheet, cells in theirs.items():
        texts = {name: value for name, value in cells.items() if isinstance(value, str)}
        assert {name: others[sheet].get(name) for name in texts} == texts


def test_the_example_has_one_thing_to_put_right_and_is_ready_to_roll() -> None:
    seen = sheetplan.inspect(COMMITTED)
    assert [(f.code, f.sheet, f.cell) for f in seen.findings] == [
        ("status-not-understood", "Theme 1", "O13")
    ]
    plan = sheetplan.plan_roll_month(COMMITTED)
    assert [sheet.sheet.name for sheet in plan.sheets] == [sheet.name for sheet in seen.sheets]


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}
