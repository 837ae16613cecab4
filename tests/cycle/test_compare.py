"""Comparing two trackers: reading both, and the workbook of what changed."""

from __future__ import annotations

import warnings
from pathlib import Path

import openpyxl
import pytest

import sheetplan
from sheetplan.changes.content import PlanChanges
from sheetplan.errors import (
    CannotWriteError,
    NotAWorkbookError,
    NothingInCommonError,
    SheetNotFoundError,
    TemplateError,
)
from tests.builders import workbook_from_text
from tests.cycle.comparing import OLDER, TEMPLATE, two_trackers
from tests.judges import openpyxl_values, valid


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return two_trackers(tmp_path)


def told(changes: PlanChanges) -> dict[str, list[tuple[object, ...]]]:
    """What changed, each by its reference, what it is about, and both texts."""
    return {
        "added": [(c.reference,) for c in changes.added],
        "removed": [(c.reference,) for c in changes.removed],
        "moved": [(c.reference, c.before, c.after) for c in changes.moved],
        "fields": [(c.reference, c.field, c.before, c.after) for c in changes.fields],
        "dates": [(c.reference, c.before, c.after, c.months) for c in changes.dates],
        "statuses": [(c.reference, c.movement.value) for c in changes.statuses],
        "past": [(c.reference, c.month.iso, c.field, c.before, c.after) for c in changes.past],
    }


def test_two_layouts_and_two_months_are_compared_by_reference(pair: tuple[Path, Path]) -> None:
    changes = sheetplan.compare(*pair)
    assert told(changes) == {
        "added": [("LC.A1.9",)],
        "removed": [("LC.A1.3",)],
        "moved": [("FA.A1.1", "Theme 2", "Aim: lead well")],
        "fields": [
            ("LC.A1.2", "action", "Use values", "Use our values daily"),
            ("LC.A1.2", "director_lead", "Asha", "Ben"),
        ],
        "dates": [("LC.A1.2", "May-26", "Oct-26", 5)],
        "statuses": [("LCA1.1", "completed"), ("LC.A1.2", "worsened")],
        "past": [("LC.A1.2", "2026-06", "status", "On track", "Amber")],
    }
    structure = {(c.what, c.before, c.after) for c in changes.structure}
    assert ("month added", "", "July 2026") in structure
    assert ("heading reworded", "Due date", "By when") in structure
    assert changes.needs_attention


def test_the_trackers_stay_as_they_are(pair: tuple[Path, Path], tmp_path: Path) -> None:
    before = [path.read_bytes() for path in pair]
    sheetplan.compare(*pair, output=tmp_path / "changes.xlsx")
    assert [path.read_bytes() for path in pair] == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["changes.xlsx", "july.xlsx", "june.xlsx"]


# ---------------------------------------------------------------- bad input


def test_the_same_file_twice_is_said(pair: tuple[Path, Path]) -> None:
    changes = sheetplan.compare(pair[0], pair[0])
    assert changes.is_same
    assert [f.code for f in changes.findings] == ["same-file"]
    assert changes.needs_attention


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    paths = []
    for folder in ("June", "July"):
        (tmp_path / folder).mkdir()
        paths.append(workbook_from_text(tmp_path / folder / "plan.xlsx", OLDER))
    changes = sheetplan.compare(*paths)
    assert (changes.older.name, changes.newer.name) == ("June/plan.xlsx", "July/plan.xlsx")


def test_rows_that_cannot_be_compared_are_noted(pair: tuple[Path, Path], tmp_path: Path) -> None:
    text = OLDER["Theme 1"].replace("LC.A1.3", "Total")
    changes = sheetplan.compare(
        pair[0], workbook_from_text(tmp_path / "odd.xlsx", {"Theme 1": text})
    )
    (finding,) = [f for f in changes.findings if f.code == "reference-unreadable"]
    assert (finding.severity.value, finding.sheet) == ("note", "Theme 1")
    assert 'odd.xlsx not every row is compared: "Total"' in finding.message


def test_two_plans_that_share_no_reference_are_refused(pair: tuple[Path, Path]) -> None:
    other = workbook_from_text(
        pair[0].with_name("other.xlsx"),
        {"Theme 1": OLDER["Theme 1"].replace("LC.", "ZZ.").replace("values", "trees")},
    )
    with pytest.raises(
        NothingInCommonError, match=r"june\.xlsx and other\.xlsx share no reference"
    ):
        sheetplan.compare(pair[0], other)


def test_a_file_that_is_no_tracker_is_named(pair: tuple[Path, Path], tmp_path: Path) -> None:
    plain = workbook_from_text(tmp_path / "plain.xlsx", {"Sheet1": "| Hello |"})
    (tmp_path / "text.xlsx").write_text("not a workbook")
    with pytest.raises(SheetNotFoundError, match=r"plain\.xlsx"):
        sheetplan.compare(pair[0], plain)
    with pytest.raises(SheetNotFoundError, match=r"plain\.xlsx"):
        sheetplan.compare(plain, pair[0])
    with pytest.raises(NotAWorkbookError, match=r"text\.xlsx"):
        sheetplan.compare(tmp_path / "text.xlsx", pair[0])
    with pytest.raises(NotAWorkbookError, match=r"gone\.xlsx"):
        sheetplan.compare(pair[0], tmp_path / "gone.xlsx")


def test_a_tracker_of_one_row_and_month_without_dates_is_compared(tmp_path: Path) -> None:
    paths = [
        workbook_from_text(
            tmp_path / f"{status}.xlsx", {"Plan": f"| Ref | RAG Jun-26 |\n| A1.1 | {status} |"}
        )
        for status in ("Red", "Green")
    ]
    (move,) = sheetplan.compare(*paths).statuses
    assert move.movement.value == "improved"


def test_what_is_there_is_not_written_over(pair: tuple[Path, Path]) -> None:
    plan = sheetplan.plan_compare(*pair)
    for output in (pair[0], pair[0].parent, pair[0].with_suffix(".xlsm")):
        with pytest.raises(CannotWriteError):
            plan.write(output)
        with pytest.raises(CannotWriteError):
            plan.rehearse(output)


def test_a_councils_own_template_is_used_and_what_it_lacks_is_said(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    settings = tmp_path / "sheetplan.toml"
    settings.write_text('profile = "standard"\n[templates]\nchanges = "ours.xlsx"\n')
    book = openpyxl.load_workbook(TEMPLATE, rich_text=True)
    book["Texts"]["E4"] = "As it was"
    book["Texts"].tables["TextsChanged"].tableColumns[4].name = "As it was"
    book.save(tmp_path / "ours.xlsx")
    sheetplan.compare(*pair, output=tmp_path / "changes.xlsx")
    assert openpyxl_values(tmp_path / "changes.xlsx")["Texts"]["E4"] == "As it was"
    del book["Dates"].defined_names["row_date"]
    book.save(tmp_path / "ours.xlsx")
    with pytest.raises(TemplateError, match="row_date"):
        sheetplan.compare(*pair, output=tmp_path / "more.xlsx")


# ---------------------------------------------------------------- a real tracker


@pytest.mark.shared
def test_a_real_tracker_beside_a_copy_with_known_changes(shared: Path, tmp_path: Path) -> None:
    older = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    newer = tmp_path / "newer.xlsx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(older)
    one, two = book["Theme 1"], book["Theme 2"]
    one["K6"] = "July 2023"  # as it was, typed otherwise
    one["B5"] = "OC.A2.1"
    one["M6"] = "ontrack little or no slippage"
    one["K5"] = "Oct-23"
    one["F13"] = "Head of Trees"
    one["P7"] = f"{one['P7'].value} More came."
    one["N13"] = "Rewritten."
    one["O9"] = "On hold"
    two["B8"] = "CO.Z9.1"
    two.move_range("A13:P13", rows=60)  # its order is no change
    for row in two["A12:P12"]:
        for cell in row:
            cell.value = None
    book.save(newer)
    changes = sheetplan.compare(older, newer)
    assert changes.counts | {"structure": 0} == {
        "added": 0, "removed": 1, "renumbered": 1, "moved": 0, "fields": 2, "dates": 1,
        "statuses": 1, "past": 1, "structure": 0,
    }  # fmt: skip
    found = told(changes)
    assert found["removed"] == [("CO.B1.6",)]
    assert [(c.before, c.reference) for c in changes.renumbered] == [("CO.A1.11", "CO.Z9.1")]
    assert [(row[0], row[1]) for row in found["fields"]] == [
        ("OCA2.4", "update"), ("OC.C4.1", "director_lead"),
    ]  # fmt: skip
    assert found["dates"] == [("OC.A2.1", "Jul-23", "Oct-23", 3)]
    assert found["past"][0][:3] == ("OC.C4.1", "2023-06", "update")
    assert sheetplan.compare(older, older).is_same


@pytest.mark.shared
def test_a_real_trackers_changes_keep_excels_rules(shared: Path, tmp_path: Path) -> None:
    older = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    rolled = sheetplan.roll_month(older, output=tmp_path / "august.xlsx").output
    changes = sheetplan.compare(older, rolled, output=tmp_path / "changes.xlsx")
    assert [c.what for c in changes.structure] == ["month added"]
    assert changes.counts["structure"] == sum(changes.counts.values())
    assert valid(TEMPLATE, tmp_path / "changes.xlsx") == []
