"""`sheetplan accessibility`: what an officer reads, and the exit status."""

from __future__ import annotations

from tests.builders import workbook_from_text
from tests.cli.running import run, tracker_in, unharmed
from tests.judges import ROOT
from tests.ooxml.accessible import book

EXAMPLE = ROOT / "examples" / "improvement_plan.xlsx"


def test_each_rule_that_is_broken_is_told_with_place_and_remedy(tmp_path):
    path = tracker_in(tmp_path)
    with unharmed(tmp_path):
        outcome = run("accessibility", path)
    assert (outcome.status, outcome.err) == (1, "")
    assert (
        outcome.out
        == """\
plan.xlsx
4 essential rules are broken; looked at 1 sheet.

The workbook
  18  essential  Properties of the document are blank.  title, author and language

Theme 1
   2  essential  Data that is not marked up as a table.                             A1:F4
   6  essential  The sheet begins with its data; it has no title.                   A1
  12  essential  Text is longer than its column and does not wrap, so it is cut     C1:E1, B2 and C3
                 off.

What to do in what you publish or e-mail
   2  Select the data with its one row of headings and use Insert > Table.
   6  Put the sheet's title in A1 and a sentence on what it holds in A2; begin the table in column A
      below them.
  12  Choose Home > Wrap Text and a wider column; then Home > Format > AutoFit Row Height.

What to do besides in what you publish
  18  Fill in Title and Author under File > Info. For the language close the workbook, right-click
      the file in Windows, and use Properties > Details.
"""
    )


def test_a_clean_workbook_is_exit_status_0(tmp_path):
    outcome = run("accessibility", book(tmp_path / "a.xlsx"))
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == "a.xlsx\nNo rule is broken; looked at 1 sheet.\n"


def test_desirable_rules_alone_are_exit_status_0(tmp_path):
    def freeze(made):
        made.active.freeze_panes = "B5"

    outcome = run("accessibility", book(tmp_path / "a.xlsx", freeze))
    assert outcome.status == 0
    assert "a.xlsx 1 desirable rule is broken" in outcome.printed
    assert "21 desirable Panes are frozen." in outcome.printed


def test_what_sheets_share_is_told_once_and_all_fits_on_a_screen():
    outcome = run("accessibility", EXAMPLE)
    assert outcome.status == 1
    assert len(outcome.out.splitlines()) <= 50
    assert outcome.out.count("Cells are merged.") == 1
    assert "Each of Theme 1, Theme 2, Theme 3 - Residents' services, Theme 4" in outcome.printed
    assert outcome.printed.endswith('--sheet "Theme 1"')


def test_a_sheet_by_itself_is_told_with_its_cells():
    outcome = run("accessibility", EXAMPLE, "--sheet", "Theme 5")
    assert outcome.status == 1
    assert "1 essential Cells are merged. M2:N2, A3:C3, D3:G3 and H3:I3" in outcome.printed
    assert "The workbook" not in outcome.out
    assert "Each of" not in outcome.out


def test_the_tracker_sheets_can_be_looked_at_alone():
    outcome = run("accessibility", EXAMPLE, "--tracker")
    assert "looked at 6 sheets" in outcome.printed
    assert "Status key" not in outcome.out


def test_json_is_one_object():
    outcome = run("accessibility", EXAMPLE, "--json")
    assert outcome.status == 1
    assert outcome.data["whole_workbook"] is True
    assert {item["rule"] for item in outcome.data["breaches"]} >= {1, 2, 16}


def test_a_file_that_cannot_be_read_is_exit_status_3(tmp_path):
    outcome = run("accessibility", tmp_path / "absent.xlsx")
    assert outcome.status == 3
    assert "there is no such file" in outcome.said


def test_a_sheet_that_is_not_there_is_exit_status_3(tmp_path):
    outcome = run("accessibility", tracker_in(tmp_path), "--sheet", "Theme 9", "--json")
    assert outcome.status == 3
    assert outcome.data["error"] == "SheetNotFoundError"
    assert 'no worksheet is called "Theme 9"' in outcome.said


def test_words_of_a_workbook_are_printed_as_they_are(tmp_path):
    name = "Theme [bold] %s {x}"
    path = workbook_from_text(
        tmp_path / "a.xlsx", {name.replace("[bold]", "(bold)"): "| a |\n| b |"}
    )
    outcome = run("accessibility", path)
    assert "Theme (bold) %s {x}" in outcome.out


def test_a_narrow_window_wraps(tmp_path):
    outcome = run("accessibility", tracker_in(tmp_path), columns=60)
    assert max(map(len, outcome.out.splitlines())) <= 60
