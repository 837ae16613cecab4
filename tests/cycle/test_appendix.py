from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sheetplan
from sheetplan.errors import NoRecommendationsError
from tests.builders import workbook_from_text
from tests.cycle.reporting import APPENDIX, PLAN, sheet_names, small_tracker, type_into
from tests.judges import calamine_values, diff, openpyxl_values, valid


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    return small_tracker(tmp_path / "plan.xlsx")


def printed(path: Path, sheet: str = APPENDIX) -> str:
    """The words of a sheet, row by row, read by openpyxl."""
    return "\n".join(str(value) for value in openpyxl_values(path)[sheet].values())


def test_the_appendix_becomes_a_sheet_and_nothing_else_changes(tracker: Path) -> None:
    before = tracker.with_name("before.xlsx")
    shutil.copy(tracker, before)

    sheetplan.appendix(tracker)

    assert sheet_names(tracker) == [*sheet_names(before), APPENDIX]
    assert diff(before, tracker).harm == []
    assert valid(before, tracker) == []
    assert openpyxl_values(tracker)[APPENDIX] == calamine_values(tracker)[APPENDIX]


def test_each_theme_says_what_it_does_for_a_recommendation(tracker: Path) -> None:
    (block,) = sheetplan.plan_appendix(tracker).content.blocks
    assert block.text == "The Council should lead better."
    first, second = block.themes
    assert [(g.heading, [i.update for i in g.items]) for g in first.groups] == [
        ("Values", ["Adopted [AB]"])
    ]
    assert [[i.reference for i in g.items] for g in second.groups] == [["FA.A1.1"]]


def test_a_reference_that_no_row_bears_is_a_finding_with_its_cell(tracker: Path) -> None:
    findings = sheetplan.plan_appendix(tracker).findings
    (found,) = [finding for finding in findings if "FA.Z9.9" in finding.message]
    assert (found.sheet, found.cell) == ("Recommendation map", "B4")


def test_plain_leaves_out_ratings_and_due_dates(tracker: Path) -> None:
    sheetplan.appendix(tracker)
    assert "Complete" in printed(tracker)
    sheetplan.appendix(tracker, plain=True)
    assert "Adopted [AB]" in printed(tracker)
    assert "Complete" not in printed(tracker)


def test_an_edited_appendix_stays(tracker: Path) -> None:
    sheetplan.appendix(tracker)
    type_into(tracker, APPENDIX, 2, 1, "For the auditor")
    sheetplan.appendix(tracker)
    assert sheet_names(tracker)[-2:] == [APPENDIX, "Statutory appendix Jul 2026"]
    assert "For the auditor" in printed(tracker)


def test_a_pack_of_the_appendix_has_a_cover_and_no_essential_breach(tracker: Path) -> None:
    pack = tracker.with_name("appendix.xlsx")
    sheetplan.appendix(tracker, output=pack)
    assert sheet_names(pack) == [
        "Cover",
        "Recommendations",
        "Recommendation progress",
        "Recommendation milestones",
    ]
    assert [str(breach) for breach in sheetplan.accessibility(pack).essential] == []


def test_a_tracker_without_recommendations_is_told_how_to_add_them(tmp_path: Path) -> None:
    themes = {name: text for name, text in PLAN.items() if name.startswith("Theme")}
    bare = workbook_from_text(tmp_path / "bare.xlsx", themes)
    with pytest.raises(NoRecommendationsError, match=r"sheetplan prepare bare\.xlsx"):
        sheetplan.appendix(bare)
    assert sheet_names(bare) == ["Theme 1", "Theme 2"]
