from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sheetplan
from sheetplan.errors import CannotWriteError, MonthError, SheetplanError, TemplateError
from sheetplan.model.month import Month
from tests.cycle.reporting import SUMMARY, sheet_names, small_tracker, type_into
from tests.judges import calamine_values, diff, openpyxl_values, sdk_errors, valid

JULY = Month(2026, 7)


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    return small_tracker(tmp_path / "plan.xlsx")


def texts(path: Path, sheet: str) -> list[str]:
    """The words of a sheet's cells, read by openpyxl."""
    return [str(value) for value in openpyxl_values(path)[sheet].values()]


def test_the_summary_becomes_a_sheet_and_nothing_else_changes(tracker: Path) -> None:
    before = tracker.with_name("before.xlsx")
    shutil.copy(tracker, before)

    (result,) = sheetplan.summarise(tracker)

    assert sheet_names(tracker) == [*sheet_names(before), SUMMARY]
    assert diff(before, tracker).harm == []
    assert valid(before, tracker) == []
    assert result.verified is not None
    assert result.verified.cells_lost == 0
    assert openpyxl_values(tracker)[SUMMARY] == calamine_values(tracker)[SUMMARY]
    assert result.backup is not None
    assert result.backup.read_bytes() == before.read_bytes()


def test_exceptions_are_sorted_and_a_block_s_issues_are_not_among_them(tracker: Path) -> None:
    summary = sheetplan.plan_summarise(tracker).content
    assert summary.month == JULY
    first, second = summary.themes
    assert [item.reference for item in first.exceptions] == ["LC.B1.1"]
    assert [item.reference for item in second.exceptions] == ["FA.A1.1"]
    (block,) = first.focus_blocks
    assert [item.reference for item in block.issues] == ["LC.A1.2"]


def test_a_formula_in_an_update_is_printed_as_text(tracker: Path) -> None:
    sheetplan.summarise(tracker)
    formulas = openpyxl_values(tracker, formulas=True)[SUMMARY]
    printed = {name: value for name, value in formulas.items() if "=SUM(A1:A9)" in str(value)}
    assert printed
    shown = openpyxl_values(tracker)[SUMMARY]
    assert {name: shown[name] for name in printed} == printed


def test_an_untouched_summary_is_replaced_in_its_place(tracker: Path) -> None:
    sheetplan.summarise(tracker)
    once = tracker.with_name("once.xlsx")
    shutil.copy(tracker, once)

    sheetplan.summarise(tracker, "June 2026")

    assert sheet_names(tracker) == sheet_names(once)
    assert any("June 2026" in text for text in texts(tracker, SUMMARY))
    assert valid(once, tracker) == []
    sheetplan.summarise(tracker)
    assert openpyxl_values(tracker)[SUMMARY] == openpyxl_values(once)[SUMMARY]


def test_an_edited_summary_stays_and_the_new_one_goes_beside_it(tracker: Path) -> None:
    sheetplan.summarise(tracker)
    type_into(tracker, SUMMARY, 2, 1, "Seen by the Leader")

    plan = sheetplan.plan_summarise(tracker)
    assert "Exception summary Jul 2026" in plan.placement.words
    assert "was edited" in plan.placement.words
    plan.apply()

    assert sheet_names(tracker)[-2:] == [SUMMARY, "Exception summary Jul 2026"]
    assert "Seen by the Leader" in texts(tracker, SUMMARY)
    assert "Seen by the Leader" not in texts(tracker, "Exception summary Jul 2026")

    sheetplan.summarise(tracker)  # the one beside it is untouched, so it is replaced
    assert sheet_names(tracker)[-2:] == [SUMMARY, "Exception summary Jul 2026"]
    type_into(tracker, "Exception summary Jul 2026", 2, 1, "Seen as well")
    sheetplan.summarise(tracker)
    assert sheet_names(tracker)[-1] == "Exception summary Jul 2026 (2)"
    assert "Seen as well" in texts(tracker, "Exception summary Jul 2026")


def test_replace_takes_an_edited_summary_out_into_the_backup(tracker: Path) -> None:
    sheetplan.summarise(tracker)
    type_into(tracker, SUMMARY, 2, 1, "Seen by the Leader")

    (result,) = sheetplan.summarise(tracker, replace=True)

    assert sheet_names(tracker).count(SUMMARY) == 1
    assert "Seen by the Leader" not in texts(tracker, SUMMARY)
    assert result.backup is not None
    assert "Seen by the Leader" in texts(result.backup, SUMMARY)


def test_an_officer_s_own_sheet_of_that_name_is_never_touched(tmp_path: Path) -> None:
    tracker = small_tracker(tmp_path / "plan.xlsx")
    sheetplan.summarise(tracker)
    own = tmp_path / "own.xlsx"
    _rename_mark_away(tracker, own)

    sheetplan.summarise(own, replace=True)

    assert sheet_names(own)[-2:] == [SUMMARY, "Exception summary Jul 2026"]


def _rename_mark_away(source: Path, target: Path) -> None:
    """The same workbook without the mark, as if somebody had made the sheet by hand."""
    from tests.builders import patched

    shutil.copy(source, target)
    patched(target, {"xl/workbook.xml": lambda data: data.replace(b"_sheetplan_made", b"own_name")})


def test_undo_takes_the_summary_back(tracker: Path) -> None:
    before = tracker.read_bytes()
    sheetplan.summarise(tracker)
    sheetplan.undo(tracker)
    assert tracker.read_bytes() == before


def test_a_pack_is_a_workbook_of_its_own_and_the_tracker_stays(tracker: Path) -> None:
    before = tracker.read_bytes()
    pack = tracker.with_name("pack.xlsx")

    (result,) = sheetplan.summarise(tracker, output=pack)

    assert tracker.read_bytes() == before
    assert result.output == pack
    assert result.backup is None
    names = sheet_names(pack)
    assert names[:3] == ["Cover", "Numbers", "Movement"]
    assert "Recommendation progress" in names
    values = openpyxl_values(pack)
    assert values == calamine_values(pack)
    assert "LC.B1.1" in values["Exceptions"].values()


@pytest.mark.validator
def test_the_sdk_finds_nothing_wrong_with_what_is_written(tracker: Path) -> None:
    pack = tracker.with_name("pack.xlsx")
    before = sdk_errors(tracker)
    sheetplan.summarise(tracker, output=pack)
    sheetplan.summarise(tracker)
    sheetplan.appendix(tracker)
    assert sdk_errors(pack) == []
    assert sdk_errors(tracker) == before
    sheetplan.summarise(tracker, "June 2026")
    assert sdk_errors(tracker) == before


def test_a_pack_breaks_no_essential_rule_of_accessibility(tracker: Path) -> None:
    pack = tracker.with_name("pack.xlsx")
    sheetplan.summarise(tracker, output=pack)
    report = sheetplan.accessibility(pack)
    assert [str(breach) for breach in report.essential] == []


def test_a_file_that_is_there_is_not_written_over(tracker: Path) -> None:
    pack = tracker.with_name("pack.xlsx")
    pack.write_text("minutes")
    with pytest.raises(CannotWriteError, match="does not write over it"):
        sheetplan.summarise(tracker, output=pack)
    with pytest.raises(CannotWriteError, match=r"must end in \.docx"):
        sheetplan.summarise(tracker, word=tracker.with_name("summary.doc"))
    assert pack.read_text() == "minutes"
    assert {path.name for path in tracker.parent.iterdir()} == {"plan.xlsx", "pack.xlsx"}


def test_a_month_that_the_tracker_does_not_have_is_named_with_those_it_has(tracker: Path) -> None:
    with pytest.raises(MonthError, match=r"August 2026.*June 2026.*July 2026"):
        sheetplan.summarise(tracker, "August 2026")


def test_an_empty_last_month_makes_no_empty_report(tracker: Path) -> None:
    sheetplan.roll_month(tracker)
    with pytest.raises(SheetplanError, match=r"August 2026[\s\S]*July 2026"):
        sheetplan.summarise(tracker)
    assert SUMMARY not in sheet_names(tracker)


def test_a_very_long_update_is_whole_and_no_row_is_taller_than_excel_can(tracker: Path) -> None:
    long = " ".join(f"Sentence {n} of the update goes on for a while." for n in range(900))
    type_into(tracker, "Theme 1", 6, 9, long[:32_767])
    sheetplan.summarise(tracker)
    printed = " ".join(texts(tracker, SUMMARY))
    assert all(f"Sentence {n} of" in printed for n in range(600))


def test_a_council_s_template_without_its_names_is_refused_before_anything_is_written(
    tracker: Path,
) -> None:
    shutil.copy(tracker, tracker.with_name("ours.xlsx"))
    settings = 'profile = "standard"\n[templates]\nexception_summary = "ours.xlsx"\n'
    tracker.with_name("sheetplan.toml").write_text(settings, "utf-8")
    before = tracker.read_bytes()
    with pytest.raises(TemplateError, match="Exception summary"):
        sheetplan.summarise(tracker)
    assert tracker.read_bytes() == before
