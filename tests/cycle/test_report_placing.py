"""Where a generated sheet goes when a report is made again, and what stays as it is."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

import sheetplan
from sheetplan.cycle.report_placing import place_report
from sheetplan.errors import WorkbookInUseError
from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from tests.builders import workbook_from_text
from tests.cli.running import unharmed
from tests.cycle.reporting import APPENDIX, PLAN, SUMMARY, sheet_names, small_tracker, type_into
from tests.judges import calamine_values, diff, office, openpyxl_values, valid

BESIDE = f"{SUMMARY} Jul 2026"
Edit = Callable[[Any, Any], Any]


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A tracker with its summary."""
    path = small_tracker(tmp_path / "plan.xlsx")
    sheetplan.summarise(path)
    return path


def edited_with_openpyxl(path: Path, edit: Edit = lambda book, sheet: None) -> Path:
    """Load the tracker with openpyxl, do something to the summary, and save it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it loses
        book = openpyxl.load_workbook(path, rich_text=True)
    edit(book, book[SUMMARY])
    book.save(path)
    return path


def made_again(path: Path, **options: Any) -> str:
    """Summarise again: what happened, in words, and nothing was harmed but what was replaced."""
    before = Path(shutil.copy(path, path.with_name("before.xlsx")))
    plan = sheetplan.plan_summarise(path, **options)
    plan.apply()
    replaced = plan.placement.replaces
    own = (replaced.name, "xl/drawings/", "xl/charts/", "defined name") if replaced else ()
    harm = [line for line in diff(before, path).harm if not any(word in line for word in own)]
    assert harm == []
    assert valid(before, path) == []
    old, new = (openpyxl_values(file, formulas=True) for file in (before, path))
    for name in old.keys() - {replaced.name if replaced else ""}:
        assert new[name] == old[name]
    return plan.placement.words


# ---------------------------------------------------------------- untouched, or edited


def test_an_untouched_sheet_is_replaced_in_its_place_month_after_month(tracker: Path) -> None:
    once = openpyxl_values(tracker)
    assert made_again(tracker, month=Month(2026, 6)) == "Exception summary, in its place"
    assert "July 2026" not in str(openpyxl_values(tracker)[SUMMARY]["A1"])
    assert made_again(tracker) == "Exception summary, in its place"
    assert openpyxl_values(tracker) == once


@pytest.mark.parametrize(
    "edit",
    [
        lambda book, sheet: None,
        lambda book, sheet: book.move_sheet(sheet, -3),
        lambda book, sheet: setattr(sheet.column_dimensions["A"], "width", 60),
        lambda book, sheet: setattr(sheet, "sheet_state", "hidden"),
        lambda book, sheet: book["Theme 1"].insert_rows(1),
    ],
    ids=["saved", "moved", "wider", "hidden", "another sheet edited"],
)
def test_a_sheet_that_was_only_saved_moved_or_seen_is_untouched(edit: Edit, tracker: Path) -> None:
    edited_with_openpyxl(tracker, edit)
    order = sheet_names(tracker)
    assert made_again(tracker) == "Exception summary, in its place"
    assert sheet_names(tracker) == order


@pytest.mark.parametrize(
    "edit",
    [
        lambda book, sheet: sheet.cell(40, 2, "Seen"),
        lambda book, sheet: sheet.cell(400, 30, "Seen"),
        lambda book, sheet: sheet.cell(3, 1).__setattr__("value", None),
        lambda book, sheet: setattr(sheet["A2"], "fill", PatternFill("solid", "FFFF0000")),
        lambda book, sheet: setattr(sheet["A2"], "font", Font(bold=True, color="FFFF0000")),
        lambda book, sheet: setattr(sheet["A2"], "comment", Comment("Check", "AB")),
        lambda book, sheet: sheet.insert_rows(20),
        lambda book, sheet: sheet.delete_rows(20),
        lambda book, sheet: sheet.merge_cells("A2:C2"),
        lambda book, sheet: sheet._charts.clear(),
    ],
    ids="value,far away,emptied,fill,font,note,row in,row out,merged,chart gone".split(","),
)
def test_a_sheet_that_was_edited_stays_with_its_edit(edit: Edit, tracker: Path) -> None:
    edited_with_openpyxl(tracker, edit)
    kept = openpyxl_values(tracker)[SUMMARY]
    assert made_again(tracker) == (
        f"{BESIDE}, a new sheet at the end; Exception summary was edited, so it stays as it is"
    )
    assert openpyxl_values(tracker)[SUMMARY] == kept
    assert sheet_names(tracker)[-2:] == [SUMMARY, BESIDE]
    assert made_again(tracker).startswith(f"{BESIDE}, in its place; Exception summary was edited")


def test_a_sheet_that_was_protected_stays_as_well(tracker: Path) -> None:
    edited_with_openpyxl(tracker, lambda book, sheet: setattr(sheet.protection, "sheet", True))
    assert made_again(tracker) == (
        f"{BESIDE}, a new sheet at the end; Exception summary is protected, so it stays as it is"
    )
    assert made_again(tracker, replace=True) == (
        "Exception summary, in its place; the earlier one is in the backup"
    )


def test_a_sheet_that_was_given_another_name_is_kept_for_good(tracker: Path) -> None:
    edited_with_openpyxl(tracker, lambda book, sheet: setattr(sheet, "title", "LT July"))
    kept = openpyxl_values(tracker)["LT July"]
    assert made_again(tracker) == "Exception summary, a new sheet at the end"
    assert made_again(tracker, replace=True) == "Exception summary, in its place"
    assert sheet_names(tracker)[-2:] == ["LT July", SUMMARY]
    assert openpyxl_values(tracker)["LT July"] == kept


def test_a_copy_of_the_sheet_is_the_officer_s_own(tracker: Path) -> None:
    edited_with_openpyxl(tracker, lambda book, sheet: book.copy_worksheet(sheet))
    made_again(tracker)
    assert sheet_names(tracker)[-2:] == [SUMMARY, f"{SUMMARY} Copy"]


def test_both_reports_live_side_by_side(tracker: Path) -> None:
    sheetplan.appendix(tracker)
    both = [SUMMARY, APPENDIX]
    assert sheet_names(tracker)[-2:] == both
    appendix = openpyxl_values(tracker)[APPENDIX]
    made_again(tracker)
    sheetplan.appendix(tracker)
    assert sheet_names(tracker)[-2:] == both
    assert openpyxl_values(tracker)[APPENDIX] == appendix


def test_a_report_is_never_read_as_a_theme(tmp_path: Path) -> None:
    """Its heading "References" with months above it is what such a council's themes have."""
    settings = 'profile = "standard"\n[fields]\nreference = ["References"]\n'
    (tmp_path / "sheetplan.toml").write_text(settings, "utf-8")
    themes = {f"Theme {n}": PLAN[f"Theme {n}"].replace("Ref ", "References ") for n in (1, 2)}
    path = workbook_from_text(tmp_path / "plan.xlsx", themes)
    made_again(path)
    assert [theme.sheet for theme in sheetplan.plan_summarise(path).content.themes] == list(themes)
    assert [sheet.name for sheet in sheetplan.inspect(path).sheets] == list(themes)
    assert [sheet.sheet.name for sheet in sheetplan.plan_roll_month(path).sheets] == list(themes)


# ---------------------------------------------------------------- names


def test_a_sheet_of_that_name_that_is_not_sheetplan_s_is_left_alone(tmp_path: Path) -> None:
    own = {SUMMARY.upper(): "| Minutes |", BESIDE: "| More minutes |"}
    path = workbook_from_text(tmp_path / "plan.xlsx", {**PLAN, **own})
    assert made_again(path) == (
        f"{BESIDE} (2), a new sheet at the end; the sheet Exception summary is not sheetplan's, so "
        f"it stays as it is; the sheet {BESIDE} is not sheetplan's, so it stays as it is"
    )
    assert made_again(path, replace=True).startswith(f"{BESIDE} (2), in its place")
    values = calamine_values(path)
    assert [values[name]["A1"] for name in own] == ["Minutes", "More minutes"]


def test_a_sheet_of_the_other_report_is_not_taken_for_one_s_own(tracker: Path) -> None:
    workbook = Workbook.open(tracker)
    placed = place_report(workbook, "another", SUMMARY, Month(2026, 7), replace=True)
    assert (placed.name, placed.replaces) == (BESIDE, None)


def test_names_are_never_longer_than_excel_allows(tracker: Path) -> None:
    workbook, month = Workbook.open(tracker), Month(2026, 9)
    long = "A name of a sheet that goes on and on"
    taken: list[str] = []
    for _ in range(12):
        placed = place_report(workbook, "kind", long, month, replace=False)
        taken.append(placed.name)
        workbook.add_sheet(
            placed.name, workbook.package.free_name("xl/worksheets/sheet{}.xml"), b"<a/>"
        )
    assert max(map(len, taken)) == 31
    assert taken[0] == long[:31]
    assert taken[1] == "A name of a sheet that Sep 2026"
    assert taken[-1] == "A name of a sheet Sep 2026 (11)"


# ---------------------------------------------------------------- what leads to the sheet


def _with_links(folder: Path) -> Path:
    """A tracker with its summary, a formula that reads it and a link that leads to it."""
    path = small_tracker(folder / "plan.xlsx")
    sheetplan.summarise(path)

    def link(book: Any, sheet: Any) -> None:
        book.create_sheet("Contents")
        book["Contents"]["A1"] = f"='{SUMMARY}'!A1"
        book["Contents"]["A2"] = "To the summary"
        book["Contents"]["A2"].hyperlink = openpyxl.worksheet.hyperlink.Hyperlink(
            ref="A2", location=f"'{SUMMARY}'!A1"
        )
        book.defined_names["summary"] = openpyxl.workbook.defined_name.DefinedName(
            "summary", attr_text=f"'{SUMMARY}'!$A$3"
        )
        book.move_sheet("Contents", 1 - len(book.sheetnames))

    return edited_with_openpyxl(path, link)


def test_what_leads_to_the_sheet_still_does(tmp_path: Path) -> None:
    path = _with_links(tmp_path)
    assert made_again(path, month=Month(2026, 6)) == "Exception summary, in its place"
    assert sheet_names(path)[0] == "Contents"
    book = openpyxl.load_workbook(path)
    contents = book["Contents"]
    assert contents["A1"].value == f"='{SUMMARY}'!A1"
    assert contents["A2"].hyperlink.location == f"'{SUMMARY}'!A1"
    assert book.defined_names["summary"].attr_text == f"'{SUMMARY}'!$A$3"


@pytest.mark.office
def test_libreoffice_follows_what_leads_to_the_sheet(tmp_path: Path) -> None:
    path = _with_links(tmp_path)
    made_again(path, month=Month(2026, 6))
    saved_by_office(path)
    assert calamine_values(path)["Contents"]["A1"] == openpyxl_values(path)[SUMMARY]["A1"]
    assert "June 2026" in str(calamine_values(path)["Contents"]["A1"])


# ---------------------------------------------------------------- another program in between


def saved_by_office(path: Path) -> None:
    """Open the workbook in LibreOffice and save it, as a colleague might."""
    program = office()
    assert program is not None
    with tempfile.TemporaryDirectory() as folder:
        profile = (Path(folder) / "profile").as_uri()
        command = [program, "--headless", f"-env:UserInstallation={profile}"]
        command += ["--convert-to", "xlsx", "--outdir", folder, str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        shutil.copy(Path(folder) / path.name, path)


@pytest.mark.office
def test_a_sheet_that_libreoffice_saved_is_known_for_untouched_or_edited(tracker: Path) -> None:
    saved_by_office(tracker)
    again = Path(shutil.copy(tracker, tracker.with_name("again.xlsx")))
    plan = sheetplan.plan_summarise(again)
    assert plan.placement.words == "Exception summary, in its place"
    plan.apply()
    assert valid(tracker, again) == []
    assert openpyxl_values(again)[SUMMARY] == calamine_values(again)[SUMMARY]

    type_into(tracker, SUMMARY, 2, 1, "Seen by the Leader")
    assert made_again(tracker).startswith(BESIDE)


def test_a_tracker_that_openpyxl_saved_loses_nothing_more(tmp_path: Path) -> None:
    path = small_tracker(tmp_path / "plan.xlsx")
    openpyxl.load_workbook(path).save(path)
    assert made_again(path) == "Exception summary, a new sheet at the end"
    assert openpyxl_values(path)[SUMMARY] == calamine_values(path)[SUMMARY]
    assert made_again(path) == "Exception summary, in its place"


def test_a_tracker_that_somebody_saved_meanwhile_is_left_to_them(tmp_path: Path) -> None:
    path = small_tracker(tmp_path / "plan.xlsx")
    plan = sheetplan.plan_summarise(path)
    type_into(path, "Theme 1", 3, 9, "Adopted by council [AB]")
    with unharmed(tmp_path), pytest.raises(WorkbookInUseError, match="somebody changed the workb"):
        plan.apply()


# ---------------------------------------------------------------- back again


@pytest.mark.parametrize("replace", [False, True])
def test_undo_takes_back_what_was_put_beside_or_in_the_place(replace: bool, tracker: Path) -> None:
    type_into(tracker, SUMMARY, 2, 1, "Seen by the Leader")
    before = tracker.read_bytes()
    made_again(tracker, replace=replace)
    assert tracker.read_bytes() != before
    sheetplan.undo(tracker)
    assert tracker.read_bytes() == before
