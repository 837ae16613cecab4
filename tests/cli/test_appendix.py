"""`sheetplan appendix`, as officers see it; test_summarise.py has what both reports share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import workbook_from_text
from tests.cli.running import names_in, run, unharmed
from tests.cycle.reporting import APPENDIX, PLAN, sheet_names, small_tracker
from tests.judges import openpyxl_values

THEMES = {name: text for name, text in PLAN.items() if name.startswith("Theme")}


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    return small_tracker(tmp_path / "plan.xlsx")


def test_an_appendix_says_what_it_holds_and_what_is_wrong_with_the_map(tracker: Path) -> None:
    done = run("appendix", tracker)
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith("plan.xlsx: statutory appendix, July 2026\n")
    assert "S1 2 0 0 The Council should lead better." in done.printed
    assert (
        'Recommendation map!B4 (S1) no row of the tracker has the reference "FA.Z9.9"'
        in done.printed
    )
    assert "Sheet Statutory appendix, a new sheet at the end" in done.printed
    assert names_in(tracker.parent) == [
        "plan (before statutory appendix July 2026).xlsx",
        "plan.xlsx",
    ]


def test_plain_leaves_out_ratings_and_due_dates_in_the_pack_too(tracker: Path) -> None:
    full, plain = tracker.with_name("full.xlsx"), tracker.with_name("plain.xlsx")
    run("appendix", tracker, "-o", full)
    run("appendix", tracker, "--plain", "-o", plain)
    assert "Rating" in openpyxl_values(full)["Recommendation progress"].values()
    said = set(openpyxl_values(plain)["Progress without ratings"].values())
    assert "Adopted [AB]" in said
    assert not said & {"Rating", "Due", "Complete", "Jul-26"}


def test_a_long_recommendation_wraps_in_its_column(tracker: Path) -> None:
    shown = run("appendix", tracker, "-n", columns=50)
    assert "The Council should lead better." in shown.printed


def test_a_tracker_without_recommendations_hears_how_to_add_them(tmp_path: Path) -> None:
    path = workbook_from_text(tmp_path / "plan.xlsx", THEMES)
    with unharmed(tmp_path):
        done = run("appendix", path)
    assert (done.status, done.out) == (3, "")
    assert (
        "plan.xlsx: there is no recommendation to report on. sheetplan prepare plan.xlsx adds the "
        "sheets for them. Fill them in, and run this again. Nothing was written." in done.said
    )
    run("prepare", path)
    done = run("appendix", path)
    assert done.status == 3
    assert "Fill in the sheet Recommendations and its map" in done.said


def test_a_column_of_codes_in_the_tracker_serves_without_a_register(tmp_path: Path) -> None:
    text = """
        | Ref     | Action       | Statutory recommendation | RAG Jul-26 | Update Jul-26 |
        | LC.A1.1 | Agree values | S1, S3                   | Complete   | Adopted [AB]  |
    """
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": text})
    done = run("appendix", path, "--json")
    assert done.status == 1
    report = done.data["report"]
    assert [block["code"] for block in report["blocks"]] == ["S1", "S3"]
    assert {finding["code"] for finding in report["findings"]} == {"recommendation-text-missing"}
    assert sheet_names(path) == ["Theme 1", APPENDIX]


def test_a_column_of_codes_that_holds_none_is_no_recommendation(tmp_path: Path) -> None:
    text = """
        | Ref     | Action       | Statutory recommendation | RAG Jul-26 | Update Jul-26 |
        | LC.A1.1 | Agree values | ;                        | Complete   | Adopted [AB]  |
    """
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": text})
    assert run("appendix", path).status == 3
    pack = tmp_path / "pack.xlsx"
    assert run("summarise", path, "-o", pack).status == 0
    assert "Recommendations" not in sheet_names(pack)
