"""The story of a tracker from month to month, as the tutorial tells it."""

from __future__ import annotations

from pathlib import Path

import sheetplan
from sheetplan.model.month import Month
from sheetplan.ooxml.inventory import compare_packages
from sheetplan.ooxml.package import Package
from tests.documents import DOCS, EXAMPLE, fill_in, run_page
from tests.judges import ROOT, calamine_values, openpyxl_values

TUTORIAL = DOCS / "monthly-cycle.md"


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    assert run_page(TUTORIAL, tmp_path) >= 10

    left = {path.name for path in tmp_path.iterdir()}
    assert {
        "improvement_plan.xlsx",
        "improvement_plan (before July 2026).xlsx",
        "improvement_plan (before August 2026).xlsx",
        "improvement_plan (before preparing).xlsx",
        "improvement_plan (before exception summary July 2026).xlsx",
        "july.xlsx",
        "july_pack.xlsx",
        "july_summary.docx",
        "july_appendix.docx",
        "sheetplan.toml",
    } <= left
    assert not [name for name in left if name.endswith(".tmp")]
    values = openpyxl_values(tmp_path / EXAMPLE)
    assert values["Exception summary"]["A2"].startswith("Ask the Director of Place")
    assert values["Exception summary Jul 2026"]["A2"].startswith("By theme")


def test_two_rolls_with_a_month_of_work_between_them_lose_nothing(example_path: Path) -> None:
    sheetplan.roll_month(example_path, repoint=True)
    fill_in(example_path, Month(2026, 7))
    filled = Package(example_path.read_bytes())

    result = sheetplan.roll_month(example_path)

    after = Package(example_path.read_bytes())
    assert result.plan.month == Month(2026, 8)
    assert result.verified.cells_lost == 0
    assert not compare_packages(filled, after).broken(result.plan.agreed)
    for values in (openpyxl_values(example_path), calamine_values(example_path)):
        sheet = values["Theme 2"]
        assert sheet["O4"] == "Status (June 2026)"
        assert sheet["Q4"] == "Status (July 2026)"
        assert sheet["S4"] == "Status (August 2026)"
        assert sheet["S2"] == "August Update Due"
        assert sheet["Q7"] == "Complete"
        assert "S7" not in sheet


def test_undoing_a_roll_gives_back_the_tracker_to_the_byte(example_path: Path) -> None:
    sheetplan.roll_month(example_path)
    assert example_path.read_bytes() != (ROOT / "examples" / EXAMPLE).read_bytes()

    sheetplan.undo(example_path)

    assert example_path.read_bytes() == (ROOT / "examples" / EXAMPLE).read_bytes()
