"""The committed example workbooks are what their scripts build."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

import sheetplan
from sheetplan.reports.progress_content import Verdict
from tests.judges import ROOT, calamine_values, openpyxl_values

SCRIPT = ROOT / "examples" / "build_example.py"
COMMITTED = ROOT / "examples" / "improvement_plan.xlsx"
PREPARED = COMMITTED.with_name("improvement_plan_prepared.xlsx")
SENT = COMMITTED.with_name("improvement_plan_returns.xlsx")
RETURNS = COMMITTED.with_name("returns")
REGISTER = COMMITTED.with_name("recommendations_register.xlsx")
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
        "Owners", "Change control", "Support lists",
    ]  # fmt: skip


def test_the_prepared_example_has_nothing_to_put_right_in_its_support_sheets() -> None:
    plans = sheetplan.plan_summarise(PREPARED), sheetplan.plan_appendix(PREPARED)
    support = set(openpyxl_values(PREPARED)) - set(openpyxl_values(COMMITTED))
    assert [f for plan in plans for f in plan.findings if f.sheet in support] == []
    assert [block.code for block in plans[1].content.blocks] == ["S1", "S2", "S3"]


def test_building_the_register_again_gives_the_committed_cells_and_parts(tmp_path: Path) -> None:
    script, path = ROOT / "examples" / "build_register.py", tmp_path / "built.xlsx"
    subprocess.run([sys.executable, str(script), str(path)], check=True, capture_output=True)
    assert openpyxl_values(path) == openpyxl_values(REGISTER)
    old, new = _members(REGISTER), _members(path)
    assert list(new) == list(old)
    if xlsxwriter.__version__ == BUILT_WITH:
        assert [name for name in old if new[name] != old[name]] == []


def test_the_register_has_every_verdict() -> None:
    progress = sheetplan.plan_recommendations(COMMITTED, register=REGISTER).content
    assert {verdict: " ".join(codes) for verdict, codes in progress.total.codes.items()} == {
        Verdict.DELIVERED: "A1 P1 P3",
        Verdict.ON_TRACK: "A4 P2",
        Verdict.AT_RISK: "A2 A3",
        Verdict.NOT_RATED: "A5",
        Verdict.OUTSIDE_THE_PLAN: "P5",
        Verdict.NO_TRACE: "P4 Row 17",
        Verdict.UNKNOWN_REFERENCE: "A6",
    }
    assert progress.total.not_monitored == ("A7",)
    assert sorted((f.code, f.cell) for f in progress.findings) == [
        ("recommendation-code-missing", "D17"),
        ("recommendation-note-beside", "17:17"),
        ("recommendation-note-left", "F14"),
        ("recommendation-reference-unknown", "G10"),
    ]


def test_building_the_returns_again_gives_the_committed_parts(tmp_path: Path) -> None:
    script = ROOT / "examples" / "build_returns.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, capture_output=True)
    returns = sorted(path.name for path in RETURNS.iterdir())
    assert sorted(path.name for path in (tmp_path / RETURNS.name).iterdir()) == returns
    for old in (SENT, *RETURNS.iterdir()):
        new = tmp_path / old.relative_to(SENT.parent)
        before, after = _members(old), _members(new)
        assert list(after) == list(before)
        assert [name for name in before if after[name] != before[name]] == [], old.name


def test_the_tracker_that_sent_returns_holds_the_prepared_example() -> None:
    prepared, sent = openpyxl_values(PREPARED), openpyxl_values(SENT)
    assert [name for name in sent if name not in prepared] == ["Returns"]
    # The new month moves banners and dashboards, and an officer typed in who shares a row.
    themes = {name: cells for name, cells in prepared.items() if "Update (Init" in str(cells)}
    assert len(themes) == 6
    moved = {
        (name, cell)
        for name, cells in themes.items()
        for cell, value in cells.items()
        if sent[name].get(cell) != value and "Update Due" not in str(value)
    }
    assert moved == {("Theme 2", "I7")}


def test_the_example_returns_come_to_what_is_said_of_them(tmp_path: Path) -> None:
    tracker = Path(shutil.copy(SENT, tmp_path))

    plan = sheetplan.collect_returns(tracker, [RETURNS]).plan

    counts = {t.owner: (t.answered, t.merged, t.conflicts, t.requests) for t in plan.tallies}
    assert counts == {
        "Head of Finance": (2, 2, 2, 0),
        "Finance Business Partnering Lead": (2, 1, 2, 0),
        "Head of People Services": (5, 10, 0, 0),
        "Strategic Procurement Manager": (3, 6, 0, 3),
        "Head of Policy and Partnerships": (1, 2, 0, 7),
    }
    assert (plan.rejected, plan.rejected_answers, plan.passed_over) == ((), (), ())
    assert [finding.code for finding in plan.findings] == [
        "update-missing",
        "status-not-understood",
    ]
    values = openpyxl_values(tracker)
    assert values["Theme 1"]["R7"].startswith("+31 nominations in the first week\n+ the staff")
    assert values["Theme 5"]["P7"].startswith("Four contracts still lack an end date.")
    assert "Q7" not in values["Theme 2"]  # two owners differ


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def test_building_the_plan_document_again_gives_the_committed_parts(tmp_path: Path) -> None:
    script, path = ROOT / "examples" / "build_plan_document.py", tmp_path / "built.docx"
    subprocess.run([sys.executable, str(script), str(path)], check=True, capture_output=True)
    old, new = _members(COMMITTED.with_name("plan.docx")), _members(path)
    assert list(new) == list(old)
    assert [name for name in old if new[name] != old[name]] == []
