"""Two months of a real council's reports, from its tracker of July 2023: prepared, reported on,
rolled to August, filled in and reported on again. See shared/README.md."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import sheetplan
from sheetplan.model.month import Month
from tests.cycle.reporting import APPENDIX, SUMMARY, fill_in_support, sheet_names, type_into
from tests.judges import (
    calamine_values,
    diff,
    office_texts,
    openpyxl_values,
    sdk_errors,
    shared_folder,
    valid,
)

pytestmark = pytest.mark.shared

THEMES = [f"Theme {number}" for number in range(1, 7)]
SUPPORT = [
    "Recommendations",
    "Recommendation map",
    "Milestones",
    "Narrative",
    "Achievements",
    "Owners",
    "Change control",
    "Support lists",
]
STEPS = "july prepared mapped summarised appended rolled filled august end".split()
ROW = 13  # of Theme 1: OC.C4.1, which is reported by exception
TYPED = {"Q": "Significant issues / slippage", "R": "Fell behind in August [XY]"}


def data(name: str) -> Any:
    folder = shared_folder()
    assert folder is not None
    return json.loads((folder / "data" / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The tracker after each step."""
    folder = shared_folder()
    assert folder is not None
    place = tmp_path_factory.mktemp("real")
    path = place / "plan.xlsx"
    shutil.copyfile(folder / "data" / "improvement_plan_tracker_2023-07.xlsx", path)
    taken: dict[str, Path] = {}

    def keep(step: str) -> None:
        taken[step] = Path(shutil.copy(path, place / f"{step}.xlsx"))

    keep("july")
    sheetplan.prepare(path)
    keep("prepared")
    fill_in_support(path, "recommendations", register())
    fill_in_support(path, "recommendation_map", links())
    keep("mapped")
    sheetplan.summarise(path)
    keep("summarised")
    sheetplan.appendix(path)
    keep("appended")
    sheetplan.roll_month(path)
    keep("rolled")
    fill_in_august(path)
    keep("filled")
    sheetplan.summarise(path)
    keep("august")
    sheetplan.appendix(path)
    keep("end")
    return taken


def register() -> list[dict[str, str]]:
    appendix = data("statutory_appendix_2024-01.json")["recommendations"]
    return [{"code": one["code"], "source": "statutory", "text": one["text"]} for one in appendix]


def links() -> list[dict[str, str]]:
    """The map, each action once under each heading."""
    found = {}
    for item in data("statutory_mapping.json"):
        for reference in item["refs"]:
            key = item["code"], reference, item["heading"] or ""
            found[key] = dict(zip(("code", "target", "heading"), key, strict=True))
    return list(found.values())


def fill_in_august(path: Path) -> None:
    """One row of one theme, as officers do."""
    for letter, words in TYPED.items():
        type_into(path, "Theme 1", ROW, ord(letter) - 64, words)


def test_what_was_there_is_there_after_every_step(steps: dict[str, Path]) -> None:
    """A roll moves banners, which are its own; an earlier report gives way to the new one."""
    for before, after in pairwise(STEPS):
        harm = diff(steps[before], steps[after]).harm
        if after == "rolled":
            harm = [line for line in harm if "Update Due" not in line and "mergeCell" not in line]
        elif after in ("august", "end"):
            own = (SUMMARY, APPENDIX, "xl/drawings/", "xl/charts/", "_sheetplan_made")
            harm = [line for line in harm if not any(word in line for word in own)]
        assert harm == [], after


def test_every_rule_of_excel_is_kept_at_every_step(steps: dict[str, Path]) -> None:
    for step in STEPS[1:]:
        assert valid(steps["july"], steps[step]) == [], step


@pytest.mark.validator
def test_the_sdk_finds_nothing_new_at_any_step(steps: dict[str, Path]) -> None:
    before = set(sdk_errors(steps["july"]))
    for step in STEPS[1:]:
        assert set(sdk_errors(steps[step])) <= before, step


def test_sheets_are_added_at_the_end_in_the_order_of_the_work(steps: dict[str, Path]) -> None:
    first = sheet_names(steps["july"])
    assert sheet_names(steps["end"]) == [*first, *SUPPORT, SUMMARY, APPENDIX]


def test_both_readers_read_the_reports_alike(steps: dict[str, Path]) -> None:
    for step in ("appended", "end"):
        written, others = openpyxl_values(steps[step]), calamine_values(steps[step])
        for sheet in (SUMMARY, APPENDIX):
            assert written[sheet] == others[sheet]


def test_the_appendix_prints_for_every_theme_what_the_mapping_says(steps: dict[str, Path]) -> None:
    """By recommendation and theme, the actions: derived from the mapping alone, in JSON."""
    rows = {
        "".join(row["ref"].split()): number
        for number, theme in enumerate(data("improvement_plan_tracker_2023-07.json")["themes"])
        for row in theme["rows"]
    }
    expected: dict[tuple[str, int], set[str]] = defaultdict(set)
    for link in links():
        expected[link["code"], rows[spelt_as_in(rows, link["target"])]].add(link["target"])
    printed: dict[tuple[str, int], set[str]] = defaultdict(set)
    plan = sheetplan.plan_appendix(steps["mapped"])
    for block in plan.content.blocks:
        for number, theme in enumerate(block.themes):
            for group in theme.groups:
                printed[block.code, number] |= {item.reference for item in group.items}
    assert {key: len(found) for key, found in printed.items() if found} == {
        key: len(found) for key, found in expected.items()
    }
    text = "\n".join(str(v) for v in calamine_values(steps["appended"])[APPENDIX].values())
    for link in links():
        assert link["heading"] in text


def spelt_as_in(rows: dict[str, int], reference: str) -> str:
    """A reference as the tracker spells it; some have lost a full stop or hold a blank there."""
    letters = reference.replace(".", "")
    return next(known for known in rows if known.replace(".", "") == letters)


def test_august_reports_what_was_typed_and_what_was_not(steps: dict[str, Path]) -> None:
    plan = sheetplan.plan_summarise(steps["filled"])
    assert plan.month == Month(2023, 8)
    (exception,) = [line for theme in plan.content.themes for line in theme.exceptions]
    assert (exception.sheet, exception.row) == ("Theme 1", ROW)
    assert exception.commentary == TYPED["R"]
    unfilled = [f.sheet for f in plan.findings if f.code == "month-not-filled"]
    assert unfilled == THEMES[1:]
    printed = calamine_values(steps["august"])[SUMMARY].values()
    assert TYPED["R"] in printed
    assert "Improvement Plan: exception summary, August 2023" in printed


def test_the_appendix_of_august_says_from_when_an_update_is(steps: dict[str, Path]) -> None:
    printed = "\n".join(str(v) for v in calamine_values(steps["end"])[APPENDIX].values())
    assert "July 2023" in printed


def test_a_pack_of_both_months_is_a_sound_workbook(steps: dict[str, Path], tmp_path: Path) -> None:
    for month in ("2023-07", "2023-08"):
        pack = tmp_path / f"{month}.xlsx"
        sheetplan.summarise(steps["end"], month, output=pack, word=pack.with_suffix(".docx"))
        assert openpyxl_values(pack) == calamine_values(pack)
        assert [str(breach) for breach in sheetplan.accessibility(pack).essential] == []


@pytest.mark.office
def test_libreoffice_shows_every_sheet(steps: dict[str, Path]) -> None:
    shown = office_texts([steps["end"]])[steps["end"]]
    assert shown[SUMMARY]["A1"] == "Improvement Plan: exception summary, August 2023"
    assert shown[APPENDIX]["A1"] == "Improvement Plan: progress on recommendations, August 2023"
    assert set(shown) >= {*THEMES, *SUPPORT[:-1]}
