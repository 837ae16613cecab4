"""Importing a plan without month columns: the tracker, and where each paragraph went."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import sheetplan
from sheetplan.cycle.import_plan import ImportPlan
from sheetplan.errors import (
    CannotWriteError,
    NotADocumentError,
    NotAPlanError,
    NotAWorkbookError,
    PlanNotFoundError,
    SheetplanError,
)
from tests.builders import workbook_from_text
from tests.cycle.importing import (
    counted,
    document_paragraphs,
    listed,
    opened,
    unaccounted,
    workbook_lines,
)
from tests.judges import ROOT, calamine_values, office, office_texts, openpyxl_values, valid
from tests.plans import draw_document, draw_workbook, one_section, plan_row, shared_plan

EXAMPLE = ROOT / "examples" / "plan.docx"
JUNE_AND_JULY = plan_row(
    "1.1",
    "__Head of Roads__",
    "Begun. (June Update)",
    "**Half done. (July 2026 Update)**",
    fill="92D050",
)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tracker that the example plan becomes."""
    return sheetplan.import_plan(EXAMPLE, tmp_path_factory.mktemp("import") / "plan.xlsx").output


def planned(folder: Path, plan: dict[str, Any], **more: Any) -> ImportPlan:
    return sheetplan.plan_import(
        draw_document(plan, folder / "plan.docx"), folder / "tracker.xlsx", **more
    )


# ---------------------------------------------------------------- the tracker


def test_the_example_becomes_a_sheet_for_each_section(imported: Path) -> None:
    cells = openpyxl_values(imported)
    sheet = cells["Answering residents"]
    assert sheet["A1"] == "1. Answering residents"
    heads = [sheet[f"{letter}4"] for letter in "ABCDEF"]
    assert heads == [
        "Workstream", "Ref", "Source", "Action", "Outputs / outcomes", "Undated commentary"
    ]  # fmt: skip
    rows = {sheet[f"B{row}"]: row for row in range(5, 10)}
    assert list(rows) == ["AR.A1.0", "AR.A1.1", "AR.A1.2", "AR.A2.0", "AR.A2.1"]
    assert sheet["D5"] == (
        "Calls are answered in time.[1]\n[1] Call handling standard, agreed by the Customer Board "
        "in 2025."
    )
    assert [sheet[f"I{row}"] for row in (6, 7, 9)] == [
        "Head of Customer Services", "Head of Digital", "Complaints Manager"
    ]  # fmt: skip
    assert [sheet.get(f"{letter}6") for letter in "QRSTUV"] == [
        "Complete",
        "The five lines were moved into one centre. (January Update) COMPLETE",
        "Complete",
        "Waiting times are published on the website. (February Update) COMPLETE",
        "Complete",
        None,
    ]
    assert (sheet["U5"], sheet["U8"]) == ("On track", "Medium progress")


def test_a_row_that_goes_on_over_the_page_is_one_row(imported: Path) -> None:
    sheet = openpyxl_values(imported)["Answering residents"]
    assert str(sheet["T9"]).endswith("(February Update)")
    assert str(sheet["V9"]).startswith("Training begins with Housing")


def test_a_row_without_a_number_has_a_reference_of_its_own(imported: Path) -> None:
    sheet = openpyxl_values(imported)["Repairs, estates and safety"]
    assert [sheet[f"B{row}"] for row in range(5, 9)] == [
        "RE.A1.0", "RE.A1.1", "RE.B1.0", "RE.B1.1"
    ]  # fmt: skip


def test_nothing_of_the_example_is_unaccounted_for(imported: Path) -> None:
    source = document_paragraphs(EXAMPLE)
    assert counted(source)[0] == 55
    assert list(unaccounted(source, imported)) == []
    assert {row.part for row in listed(imported)} == {
        "Text", "Table 1", "Table 2", "Footnote 1", "Footnote 2"
    }  # fmt: skip
    alone = {row.why for row in listed(imported) if not row.cells}
    assert alone == {
        "It heads a column.",
        "It stands outside the rows of the plan, so it is kept here.",
    }


def test_the_count_finds_what_is_left_out(imported: Path) -> None:
    source = document_paragraphs(EXAMPLE)
    source["One more line"] += 1
    assert list(unaccounted(source, imported)) == ["missing: One more line"]


def test_every_verb_takes_the_tracker(imported: Path, tmp_path: Path) -> None:
    seen = sheetplan.inspect(imported)
    assert [str(month) for month in seen.months] == ["January 2026", "February 2026", "March 2026"]
    assert seen.actions == 9
    assert not [f for f in seen.findings if f.severity.value == "error"]
    assert not sheetplan.plan_check(imported).has_errors
    summary = sheetplan.plan_summarise(imported)
    assert str(summary.month) == "March 2026"
    rolled = sheetplan.roll_month(imported, output=tmp_path / "april.xlsx")
    assert str(rolled.plan.month) == "April 2026"
    changes = sheetplan.compare(imported, tmp_path / "april.xlsx")
    assert (changes.added, changes.removed, changes.fields, changes.past) == ((), (), (), ())
    assert sheetplan.plan_send_returns(imported, tmp_path / "sent").has_work


def test_the_tracker_is_sound_and_read_alike_by_all_readers(imported: Path) -> None:
    assert valid(ROOT / "examples" / "improvement_plan.xlsx", imported) == []
    theirs, others = openpyxl_values(imported), calamine_values(imported)
    assert theirs.keys() == others.keys()
    for sheet, cells in theirs.items():
        texts = {name: value for name, value in cells.items() if isinstance(value, str)}
        assert {name: others[sheet].get(name) for name in texts} == texts
    if office() is not None:
        shown = office_texts([imported])[imported]["Answering residents"]
        assert shown["A1"] == "1. Answering residents"
        assert shown["V7"].startswith("Call-back is being tested")


def test_the_dashboard_counts_the_newest_month(imported: Path) -> None:
    if office() is None:
        pytest.skip("LibreOffice works formulas out, and is not here")
    shown = office_texts([imported])[imported]["Dashboard"]
    row = next(name[1:] for name, text in shown.items() if text == "Answering residents")
    assert shown[f"C{row}"] == "March 2026"
    assert "5" in [text for name, text in shown.items() if name[1:] == row]


def test_new_columns_look_like_their_neighbours(imported: Path) -> None:
    sheet = opened(imported)["Answering residents"]
    for row in (4, 5, 6, 30):
        assert sheet.cell(row, 5)._style == sheet.cell(row, 4)._style
        assert sheet.cell(row, 3)._style == sheet.cell(row, 2)._style
    assert sheet.row_dimensions[9].height > 21
    [table] = sheet.tables.values()
    assert [c.name for c in table.tableColumns][2:6] == [
        "Source", "Action", "Outputs / outcomes", "Undated commentary"
    ]  # fmt: skip


# ---------------------------------------------------------------- months


def test_the_month_in_which_it_was_written_is_that_of_its_newest_stamp(tmp_path: Path) -> None:
    plan = planned(tmp_path, one_section(JUNE_AND_JULY)).plan
    assert (str(plan.written), [str(month) for month in plan.months]) == (
        "July 2026",
        ["June 2026", "July 2026"],
    )


def test_a_title_helps_where_no_stamp_has_a_year(tmp_path: Path) -> None:
    row = plan_row("1.1", "__Head__", "Begun. (June Update)")
    plan = planned(tmp_path, one_section(row, introduction=["As at September 2018"])).plan
    assert [str(month) for month in plan.months] == ["June 2018"]


def test_a_month_that_is_named_holds(tmp_path: Path) -> None:
    row = plan_row("1.1", "__Head__", "Begun. (November Update)")
    plan = planned(tmp_path, one_section(row), month="2020-01").plan
    assert [str(month) for month in plan.months] == ["November 2019"]
    with pytest.raises(ValueError, match="is not a month"):
        planned(tmp_path, one_section(row), month="soon")


def test_a_plan_without_any_stamp_gets_the_month_that_is_named(tmp_path: Path) -> None:
    made = planned(tmp_path, one_section(plan_row("1.1", "__Head__", "Begun.")), month="2020-01")
    assert [str(month) for month in made.plan.months] == ["January 2020"]
    cells = openpyxl_values(made.apply().output)["Streets"]
    assert (cells["F6"], cells["Q4"]) == ("Begun.", "Status (January 2020)")


def test_months_between_that_nobody_wrote_in_are_not_made_up(tmp_path: Path) -> None:
    row = plan_row("1.1", "__Head__", "Begun. (March 2026 Update)", "Done. (June 2026 Update)")
    assert [str(m) for m in planned(tmp_path, one_section(row)).plan.months] == [
        "March 2026",
        "June 2026",
    ]


# ---------------------------------------------------------------- words and colours


def test_the_meaning_of_a_colour_is_that_of_the_profile(tmp_path: Path) -> None:
    row = {**JUNE_AND_JULY, "fill": "FFC000"}
    usual = planned(tmp_path, one_section(row))
    words = usual.plan.themes[0].rows[0].statuses.values()
    assert [meaning.words for meaning in words] == ["medium progress"]
    profile = tmp_path / "ours.toml"
    profile.write_text(
        'profile = "standard"\n[status.on_track]\nrag = "amber"\n[status.medium_progress]\n'
        'rag = "none"\n',
        "utf-8",
    )
    ours = planned(tmp_path, one_section(row), profile=profile)
    words = ours.plan.themes[0].rows[0].statuses.values()
    assert [meaning.words for meaning in words] == ["on track"]
    [note] = [f for f in ours.plan.findings if f.code == "import-colours-read"]
    assert "as ours.toml has them: amber is on track." in note.message


def test_settings_for_plans_without_month_columns_are_no_hindrance(tmp_path: Path) -> None:
    made = planned(tmp_path, one_section(JUNE_AND_JULY), profile="commentary")
    assert [finding.code for finding in made.plan.findings][:2] == [
        "import-kind",
        "import-colours-read",
    ]
    rows = {row.reference: row.statuses for row in made.plan.rows}
    assert [meaning.words for meaning in rows["ST.A1.1"].values()] == ["on track", "complete"]
    assert sheetplan.inspect(made.apply().output, profile="standard").actions == 2


def test_text_is_data_whatever_it_begins_with(tmp_path: Path) -> None:
    row = plan_row("1.1", "__Head__", "=1+1 (June 2026 Update)", aim=["=2+2"], action=["@SUM(A1)"])
    made = planned(tmp_path, one_section(row)).apply().output
    sheet = opened(made)["Streets"]
    assert [(sheet[cell].value, sheet[cell].data_type) for cell in ("D5", "D6", "R6")] == [
        ("=2+2", "s"),
        ("@SUM(A1)", "s"),
        ("=1+1 (June 2026 Update)", "s"),
    ]


def test_a_paragraph_that_no_cell_can_hold_stays_in_the_account(tmp_path: Path) -> None:
    long = "word " * 13_000
    row = plan_row("1.1", "__Head__", long, "Done. (June 2026 Update)")
    made = planned(tmp_path, one_section(row)).apply()
    pieces = [row.text for row in listed(made.output) if row.text.startswith("word")]
    assert "".join(pieces).strip() == long.strip()
    assert "import-cell-full" in [finding.code for finding in made.plan.plan.findings]


def test_a_row_with_nothing_but_a_number_and_an_aim_is_a_main_action_alone(tmp_path: Path) -> None:
    made = planned(tmp_path, one_section(JUNE_AND_JULY, plan_row("1.2", action=[], outputs=[])))
    assert [row.reference for row in made.plan.rows] == ["ST.A1.0", "ST.A1.1", "ST.A2.0"]


def test_a_section_that_is_called_as_another_sheet_gets_another_name(tmp_path: Path) -> None:
    plan = one_section(JUNE_AND_JULY)
    plan["sections"][0]["title"] = "Dashboard"
    [theme] = planned(tmp_path, plan).plan.themes
    assert (theme.sheet, theme.title) == ("Dashboard 2", "1. Dashboard")


def test_a_number_that_stands_twice_is_told_with_both_places(tmp_path: Path) -> None:
    """Such as 1.10, which Excel shows as 1.1 where it was typed as a number."""
    again = plan_row("1.1", "__Head of Paths__", "Begun. (June Update)")
    plan = planned(tmp_path, one_section(JUNE_AND_JULY, again)).plan
    assert [row.reference for row in plan.rows if row.number == "1.1"][-1] == "ST.B1.1"
    [told] = [f for f in plan.findings if f.code == "import-number-repeated"]
    assert (told.sheet, told.reference) == ("Table 1, row 3", "1.1")
    assert "stands in Table 1, row 2 too" in told.message
    assert told.message.endswith("type it as text, since Excel shows the number 1.10 as 1.1.")

    other = planned(tmp_path, one_section(JUNE_AND_JULY, plan_row("1.10", "__Head__", "x"))).plan
    assert not [f for f in other.findings if f.code == "import-number-repeated"]


# ---------------------------------------------------------------- workbooks


def test_a_workbook_becomes_the_same_tracker(tmp_path: Path) -> None:
    plan = one_section(JUNE_AND_JULY, plan_row("1.2", "__Head of Paths__", "x. (June Update)"))
    source = draw_workbook(plan, tmp_path / "plan.xlsx")
    made = sheetplan.import_plan(source, tmp_path / "tracker.xlsx").output
    assert list(unaccounted(workbook_lines(source), made)) == []
    document = draw_document(plan, tmp_path / "plan.docx")
    other = sheetplan.import_plan(document, tmp_path / "other.xlsx").output
    assert openpyxl_values(made)["Streets"] == openpyxl_values(other)["Streets"]
    assert openpyxl_values(made)["Streets"]["S5"] == "On track"


def test_a_tracker_with_month_columns_is_refused(tmp_path: Path) -> None:
    text = "| Ref | Action | Status (June 2026) |\n| A1.1 | Mend | On track |"
    tracker = workbook_from_text(tmp_path / "plan.xlsx", {"Streets": text})
    with pytest.raises(NotAPlanError) as refused:
        sheetplan.plan_import(tracker, tmp_path / "new.xlsx")
    assert "plan.xlsx: this is a tracker with month columns already (June 2026, on Streets)" in str(
        refused.value
    )


def test_an_imported_tracker_is_not_imported_again(imported: Path, tmp_path: Path) -> None:
    with pytest.raises(NotAPlanError, match="January 2026 to March 2026"):
        sheetplan.plan_import(imported, tmp_path / "new.xlsx")


def test_a_workbook_with_other_headings_is_refused(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "plan.xlsx")
    book.add_worksheet("Costs").write_row(0, 0, ["Item", "Price"])
    book.close()
    with pytest.raises(PlanNotFoundError, match='Costs: "Item" and "Price"'):
        sheetplan.plan_import(tmp_path / "plan.xlsx", tmp_path / "new.xlsx")


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("plan.pdf", NotAPlanError, "a plan is imported from a Word document (.docx) or"),
        ("plan.doc", NotADocumentError, "this is not a Word document"),
        ("plan.docx", NotADocumentError, "this is not a Word document"),
        ("plan.xlsx", NotAWorkbookError, "this is a text file"),
        ("plan.xls", NotAWorkbookError, "this is a text file"),
    ],
)
def test_a_file_of_another_kind_is_refused_by_what_it_is(
    name: str, error: type[SheetplanError], message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text("Just words", "utf-8")
    with pytest.raises(error) as refused:
        sheetplan.plan_import(tmp_path / name, tmp_path / "new.xlsx")
    assert f"{name}: {message}" in str(refused.value)
    assert not (tmp_path / "new.xlsx").exists()


@pytest.mark.parametrize("name", ["none.docx", "none.xlsx"])
def test_a_file_that_is_not_there_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SheetplanError, match="there is no such file"):
        sheetplan.plan_import(tmp_path / name, tmp_path / "new.xlsx")


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    taken = tmp_path / "tracker.xlsx"
    taken.write_text("mine", "utf-8")
    with pytest.raises(CannotWriteError, match="there is a file of this name already"):
        sheetplan.import_plan(EXAMPLE, taken)
    assert taken.read_text("utf-8") == "mine"


def test_a_file_that_came_in_the_meantime_is_not_written_over(tmp_path: Path) -> None:
    plan = planned(tmp_path, one_section(JUNE_AND_JULY))
    (tmp_path / "tracker.xlsx").write_text("mine", "utf-8")
    with pytest.raises(CannotWriteError, match="there is a file of this name already"):
        plan.apply()
    assert (tmp_path / "tracker.xlsx").read_text("utf-8") == "mine"


def test_the_tracker_cannot_be_written_as_another_kind_of_file(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError, match="the new file must end in"):
        sheetplan.plan_import(EXAMPLE, tmp_path / "tracker.docx")


# ---------------------------------------------------------------- another council's plan


@pytest.mark.shared
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_nothing_of_another_councils_plan_is_unaccounted_for(kind: str, tmp_path: Path) -> None:
    plan = shared_plan()
    if kind == "docx":
        source = draw_document(plan, tmp_path / "plan.docx")
        lines = document_paragraphs(source)
    else:
        source = draw_workbook(plan, tmp_path / "plan.xlsx")
        lines = workbook_lines(source)
    made = sheetplan.import_plan(source, tmp_path / "tracker.xlsx", month="2018-09")
    assert list(unaccounted(lines, made.output)) == []
    paragraphs, characters = counted(lines)
    assert paragraphs > 700
    assert characters > 70_000
    plan_made = made.plan.plan
    assert [month.iso for month in plan_made.months] == ["2018-07", "2018-08", "2018-09"]
    assert len(plan_made.themes) == 7
    numbers = [row["number"] for section in plan["sections"] for row in section["rows"]]
    mains = [row.number for row in plan_made.rows if row.reference.endswith(".0")]
    assert mains == numbers
    assert valid(ROOT / "examples" / "improvement_plan.xlsx", made.output) == []
    assert sheetplan.inspect(made.output).actions == len(list(plan_made.rows))
