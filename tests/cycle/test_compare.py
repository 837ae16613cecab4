"""Comparing two trackers: reading both, and the workbook of what changed."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

import sheetplan
from sheetplan.changes.content import PlanChanges
from sheetplan.changes.patterns import CHANGES_SHEETS
from sheetplan.errors import (
    CannotWriteError,
    NotAWorkbookError,
    NothingInCommonError,
    SheetNotFoundError,
    TemplateError,
)
from tests.builders import workbook_from_text
from tests.judges import ROOT, calamine_values, office_texts, openpyxl_values, sdk_errors, valid

TEMPLATE = ROOT / "workbook_templates" / "changes.xlsx"
SHEETS = [patterns.sheet for patterns in CHANGES_SHEETS]
OLDER = {
    "Theme 1": """
        | Ref     | Action        | Lead | Due date | RAG Jun-26 | Update Jun-26 |
        | LC.A1.1 | Agree values  | Asha | Jul-26   | On track   | Drafted [AB]  |
        | LC.A1.2 | Use values    | Asha | May-26   | On track   | Begun [AB]    |
        | LC.A1.3 | Count values  | Asha | May-26   | On track   | Begun [AB]    |
    """,
    "Theme 2": """
        | Ref     | Action | Lead | Due date | RAG Jun-26 | Update Jun-26  |
        | FA.A1.1 | Save   | Cleo | Aug-26   | On track   | Begun [CD]     |
        | FA.A1.2 | Sell   | Cleo | Jul-26   | On track   | Offers in [CD] |
    """,
}
NEWER = {
    "Values": """
        | Aim: lead well |
        | Action ref | What we will do       | Officer lead | Status (June 2026) | Update (June 2026) | Status (July 2026) | Update (July 2026) | By when |
        | LCA1.1     | Agree values          | Asha         | On  track          | Drafted [AB]       | Complete           | Adopted [AB]       | July 2026 |
        | LC.A1.2    | Use our values daily  | Ben          | Amber              | Begun [AB]         | Amber              | Slipped [AB]       | Oct-26  |
        | LC.A1.9    | '=1+1 values          | Ben          |                    |                    | New action         | Added [AB]         | Mar-27  |
        | FA.A1.1    | Save                  | Cleo         | On track           | Begun [CD]         | On track           | Going well [CD]    | Aug-26  |
    """,  # noqa: E501
    "Theme 2": """
        | Action ref | What we will do | Officer lead | Status (June 2026) | Update (June 2026) | Status (July 2026) | Update (July 2026) | By when |
        | FA.A1.2    | Sell            | Cleo         | On track           | Offers in [CD]     | On track           | Sold [CD]          | Jul-26  |
    """,  # noqa: E501
}


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """June's tracker, and July's, which is laid out otherwise."""
    older = workbook_from_text(tmp_path / "june.xlsx", OLDER)
    return older, workbook_from_text(tmp_path / "july.xlsx", NEWER)


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


# ---------------------------------------------------------------- the workbook


@pytest.fixture
def book(pair: tuple[Path, Path], tmp_path: Path) -> Path:
    sheetplan.compare(*pair, output=tmp_path / "changes.xlsx")
    return tmp_path / "changes.xlsx"


def rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    """The rows of a sheet's table, as openpyxl reads them."""
    found = openpyxl.load_workbook(path)[sheet]
    return list(found.iter_rows(min_row=5, values_only=True))


def test_each_kind_of_change_is_a_table_on_a_sheet_of_its_own(book: Path) -> None:
    found = openpyxl.load_workbook(book)
    assert found.sheetnames == SHEETS
    for sheet in found.worksheets[1:]:
        (table,) = sheet.tables.values()
        assert table.autoFilter is not None
        assert table.ref.split(":")[1].endswith(str(sheet.max_row))
        assert str(sheet["A1"].value).endswith(", June 2026 to July 2026")
        assert not sheet.merged_cells.ranges
        assert sheet.page_setup.orientation == "landscape"
    assert found.properties.language == "en-GB"


def test_the_tables_say_what_changed(book: Path) -> None:
    theme = "Aim: lead well"
    assert rows(book, "Actions") == [
        ("Added", "LC.A1.9", theme, "=1+1 values", None, "New action; Due Mar-27; Ben"),
        (
            "Removed", "LC.A1.3", "Theme 1", "Count values",
            "Green – on track; Due May-26; Asha", None,
        ),
        ("Moved to another theme", "FA.A1.1", theme, "Save", "Theme 2", theme),
    ]  # fmt: skip
    assert rows(book, "Dates") == [
        ("LC.A1.2", theme, "Use our values daily", "Due date", "May-26", "Oct-26",
         "5 months later", 5)
    ]  # fmt: skip
    assert [row[3:] for row in rows(book, "Statuses")] == [
        ("Green – on track", "Complete", "Completed"),
        ("Green – on track", "Amber – medium progress", "Worsened"),
    ]
    assert rows(book, "Past months") == [
        ("LC.A1.2", theme, "Use our values daily", "June 2026", "Status", "On track", "Amber")
    ]


def test_new_words_are_bold_and_the_others_are_not(book: Path) -> None:
    found = openpyxl.load_workbook(book, rich_text=True)["Texts"]
    after = found["F5"].value
    assert isinstance(after, CellRichText)
    assert [
        (run.text, run.font.b, run.font.rFont) if isinstance(run, TextBlock) else run
        for run in after
    ] == ["Use ", ("our", True, "Arial"), " values ", ("daily", True, "Arial")]
    assert found["E5"].value == "Use values"


def test_what_begins_like_a_formula_is_text(book: Path) -> None:
    assert openpyxl.load_workbook(book)["Actions"]["D5"].data_type != "f"
    assert openpyxl_values(book) == calamine_values(book)


def test_the_cover_says_which_trackers_and_how_much_changed(book: Path) -> None:
    cover = list(openpyxl_values(book)["Cover"].values())
    assert "june.xlsx, 5 actions, filled in up to June 2026" in cover
    assert "july.xlsx, 5 actions, filled in up to July 2026" in cover
    assert any(str(text).endswith("they moved. 1 change.") for text in cover)


def test_a_kind_without_changes_says_so(pair: tuple[Path, Path], tmp_path: Path) -> None:
    copy = Path(shutil.copy(pair[0], tmp_path / "copy.xlsx"))
    sheetplan.compare(pair[0], copy, output=tmp_path / "none.xlsx")
    for sheet in SHEETS[1:]:
        ((first, *others),) = rows(tmp_path / "none.xlsx", sheet)
        assert first == "No changes"
        assert set(others) == {None}


def test_findings_stand_on_the_cover(tmp_path: Path) -> None:
    text = OLDER["Theme 1"].replace("LC.A1.3", "LC.A1.2")
    twice = workbook_from_text(tmp_path / "twice.xlsx", {"Theme 1": text})
    older = workbook_from_text(tmp_path / "older.xlsx", OLDER)
    sheetplan.compare(older, twice, output=tmp_path / "changes.xlsx")
    cover = openpyxl_values(tmp_path / "changes.xlsx")["Cover"]
    assert "Theme 1!A4 (LC.A1.2)" in cover.values()


def test_it_keeps_excels_rules_and_the_essential_ones_of_accessibility(book: Path) -> None:
    assert valid(TEMPLATE, book) == []
    assert not sheetplan.accessibility(book).essential


@pytest.mark.office
def test_libreoffice_shows_what_changed(book: Path) -> None:
    shown = office_texts([book])[book]
    assert set(shown) == set(SHEETS)
    assert shown["Texts"]["F5"] == "Use our values daily"
    assert shown["Actions"]["D5"] == "=1+1 values"


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong(book: Path) -> None:
    assert sdk_errors(book) == []


def test_long_texts_go_on_in_more_rows_with_their_new_words_bold(tmp_path: Path) -> None:
    sentence = "The board met on Tuesday and agreed the next steps with the finance team. "
    said = [sentence * 60, sentence * 30 + "All of it is new. " + sentence * 30]
    head = "| Ref | Action | RAG Jun-26 | Update Jun-26 |"
    paths = [
        workbook_from_text(
            tmp_path / f"{at}.xlsx", {"Theme 1": f"{head}\n| A1.1 | Mend | Red | {text} |"}
        )
        for at, text in enumerate(said)
    ]
    sheetplan.compare(*paths, output=tmp_path / "changes.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "changes.xlsx", rich_text=True)["Texts"]
    assert sheet.max_row > 5
    runs = [run for row in range(5, sheet.max_row + 1) for run in _runs(sheet.cell(row, 6).value)]
    assert [run.text.strip() for run in runs if isinstance(run, TextBlock)] == ["All of it is new."]
    assert {sheet.cell(row, 1).value for row in range(5, sheet.max_row + 1)} == {"A1.1"}


def _runs(value: object) -> list[object]:
    return list(value) if isinstance(value, CellRichText) else [value]


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


# ---------------------------------------------------------------- in the summary


def test_a_summary_since_an_older_copy_ends_with_what_changed(pair: tuple[Path, Path]) -> None:
    older, newer = pair
    sheetplan.summarise(newer, since=older)
    sheet = openpyxl.load_workbook(newer, rich_text=True)["Exception summary"]
    said = [[cell.value for cell in row[:3]] for row in sheet.iter_rows()]
    start = next(i for i, row in enumerate(said) if row[0] == "What changed in the plan since June "
                 "2026")  # fmt: skip
    assert [(str(row[0]).split("\n")[0], row[1], str(row[2])) for row in said[start + 2 :]] == [
        ("LC.A1.9", "Added", "New action; Due Mar-27; Ben"),
        ("LC.A1.3", "Removed", "Green – on track; Due May-26; Asha"),
        ("FA.A1.1", "Moved to another theme", "Theme 2 → Aim: lead well"),
        ("LC.A1.2", "Due date", "May-26 → Oct-26 (5 months later)"),
        ("LC.A1.2", "Action", "Use values → Use our values daily"),
        ("LC.A1.2", "Director lead", "Asha → Ben"),
    ]
    bold = [run.text for run in said[start + 6][2] if isinstance(run, TextBlock)]
    assert bold == ["our", "daily"]


def test_a_pack_since_an_older_copy_has_a_sheet_of_changes_that_its_cover_names(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    older, newer = pair
    sheetplan.summarise(newer, since=older, output=tmp_path / "pack.xlsx")
    found = openpyxl_values(tmp_path / "pack.xlsx")
    assert list(found)[-1] == "Changes"
    assert "What changed in the plan since June 2026." in found["Cover"].values()
    assert [value for cell, value in found["Changes"].items() if cell[0] == "D"] == [
        "Change", "Added", "Removed", "Moved to another theme", "Due date", "Action",
        "Director lead",
    ]  # fmt: skip
    assert not sheetplan.accessibility(tmp_path / "pack.xlsx").essential


def test_a_summary_without_an_older_copy_says_nothing_of_changes(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    sheetplan.summarise(pair[1], output=tmp_path / "pack.xlsx")
    sheetplan.summarise(pair[1])
    assert "Changes" not in openpyxl_values(tmp_path / "pack.xlsx")
    said = openpyxl_values(pair[1])["Exception summary"].values()
    assert not [text for text in said if "since" in str(text)]


def test_a_summary_since_an_equal_copy_says_that_nothing_changed(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    copy = Path(shutil.copy(pair[1], tmp_path / "copy.xlsx"))
    sheetplan.summarise(pair[1], since=copy, output=tmp_path / "pack.xlsx")
    sheetplan.summarise(pair[1], since=copy)
    assert "No changes" in openpyxl_values(pair[1])["Exception summary"].values()
    assert openpyxl_values(tmp_path / "pack.xlsx")["Changes"]["A5"] == "No changes"


def test_a_summary_since_a_newer_copy_or_since_itself_says_so(pair: tuple[Path, Path]) -> None:
    older, newer = pair
    since = {(older, newer): ["older-is-newer"], (newer, newer): ["same-file"], (newer, older): []}
    for (tracker, other), expected in since.items():
        found = sheetplan.plan_summarise(tracker, since=other).findings
        codes = [finding.code for finding in found]
        assert [code for code in codes if code in ("older-is-newer", "same-file")] == expected


def test_a_summary_since_another_plan_is_refused(pair: tuple[Path, Path]) -> None:
    text = "| Ref | RAG Jun-26 |\n| ZZ.Q1.1 | Red |"
    other = workbook_from_text(pair[0].with_name("other.xlsx"), {"Plan": text})
    before = pair[1].read_bytes()
    with pytest.raises(NothingInCommonError):
        sheetplan.summarise(pair[1], since=other)
    assert pair[1].read_bytes() == before


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
