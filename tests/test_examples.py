"""The committed example workbooks are what their scripts build."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

import sheetplan
from tests.judges import ROOT, calamine_values, openpyxl_values

SCRIPT = ROOT / "examples" / "build_example.py"
COMMITTED = ROOT / "examples" / "improvement_plan.xlsx"
PREPARED = COMMITTED.with_name("improvement_plan_prepared.xlsx")
BUILT_WITH = "3.3.1"  # of XlsxWriter


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built again."""
    path = tmp_path_factory.mktemp("example") / "built.xlsx"
    subprocess.run([sys.executable, str(SCRIPT), str(path)], check=True, capture_output=True)
    return path


def test_building_the_example_again_gives_the_committed_cells(built: Path) -> None:
    assert list(_members(built)) == list(_members(COMMITTED))
    assert openpyxl_values(built) == openpyxl_values(COMMITTED)
    assert openpyxl_values(built, formulas=True) == openpyxl_values(COMMITTED, formulas=True)


def test_building_the_example_again_gives_the_committed_parts(built: Path) -> None:
    if xlsxwriter.__version__ != BUILT_WITH:
        pytest.skip(f"built with XlsxWriter {BUILT_WITH}; {xlsxwriter.__version__} spells some XML "
                    "in another way")  # fmt: skip
    # What the parts hold, unpacked: their packed bytes depend on the version of zlib.
    old, new = _members(COMMITTED), _members(built)
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


def test_building_the_prepared_example_again_gives_the_committed_parts(tmp_path: Path) -> None:
    script, path = ROOT / "examples" / "build_prepared.py", tmp_path / "built.xlsx"
    subprocess.run([sys.executable, str(script), str(path)], check=True, capture_output=True)
    old, new = _members(PREPARED), _members(path)
    assert list(new) == list(old)
    assert [name for name in old if new[name] != old[name]] == []


def test_the_prepared_example_holds_the_example_and_its_support_sheets() -> None:
    plan, prepared = openpyxl_values(COMMITTED), openpyxl_values(PREPARED)
    assert {name: prepared[name] for name in plan} == plan
    assert [name for name in prepared if name not in plan] == [
        "Recommendations", "Recommendation map", "Milestones", "Narrative", "Achievements",
        "Owners", "Support lists",
    ]  # fmt: skip


def test_the_prepared_example_has_nothing_to_put_right_in_its_support_sheets() -> None:
    plans = sheetplan.plan_summarise(PREPARED), sheetplan.plan_appendix(PREPARED)
    support = set(openpyxl_values(PREPARED)) - set(openpyxl_values(COMMITTED))
    assert [f for plan in plans for f in plan.findings if f.sheet in support] == []
    assert [block.code for block in plans[1].content.blocks] == ["S1", "S2", "S3"]


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}
