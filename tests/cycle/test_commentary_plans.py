"""The verbs that read, on a plan without month columns, and those that refuse it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from lxml import etree
from openpyxl.cell.rich_text import CellRichText

import sheetplan
from sheetplan.checks.commentary import RULES
from sheetplan.cli.main import sheetplan as command
from sheetplan.errors import NoMonthColumnsError
from sheetplan.model.finding import Severity
from sheetplan.model.month import Month
from tests.builders import workbook_from_text
from tests.commentary import marked
from tests.commentary_books import Row, Section, plan_book, published_book
from tests.judges import ROOT, diff, openpyxl_values, sdk_errors, valid

EXAMPLE = ROOT / "examples" / "commentary_plan.xlsx"
PROFILE = "commentary"
JUNE = Month(2026, 6)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the example, to be changed."""
    return Path(shutil.copy(EXAMPLE, tmp_path))


def test_building_the_example_again_gives_the_committed_cells(tmp_path: Path) -> None:
    script, path = ROOT / "examples" / "build_commentary.py", tmp_path / "built.xlsx"
    subprocess.run([sys.executable, str(script), str(path)], check=True, capture_output=True)
    assert openpyxl_values(path) == openpyxl_values(EXAMPLE)
    built, committed = (
        [cell.value for row in openpyxl.load_workbook(each, rich_text=True)["Plan"] for cell in row]
        for each in (path, EXAMPLE)
    )
    assert built == committed
    assert sum(isinstance(value, CellRichText) for value in committed) == 11


# ---------------------------------------------------------------- inspect


def test_inspect_sees_leads_paragraphs_stamps_and_dates(plan: Path) -> None:
    seen = sheetplan.inspect(plan, profile=PROFILE)
    found = seen.commentary
    assert found is not None
    assert (found.written, found.rows, found.paragraphs) == (JUNE, 12, 32)
    assert found.leads["Head of Property"] == 5
    assert (found.complete, found.newest) == (6, 11)
    assert {s.text: s.count for s in found.stamps if s.text != "(May update)"} == {
        "(June update)": 8,
        "(April update)": 5,
        "(June Update)": 2,
        "(May 2026 update)": 1,
        "(April Update)": 1,
        "(May Update)": 1,
        "(April / May 2026 updates)": 1,
        "April update": 1,
        "(Juen update)": 1,
    }
    assert ("1.1", "10 July", "2026-07-31") in [
        (each.reference, each.text, each.last.isoformat()) for each in found.to_come
    ]
    assert seen.actions == 15
    assert [(s.text, s.entry and s.entry.rag.value, s.in_latest) for s in seen.statuses] == [
        ("On track", "amber", 8),
        ("Complete", "green", 3),
        ("Off track", "red", 2),
    ]
    assert [(f.code, f.cell) for f in seen.findings] == [
        ("commentary-stamp", "E14"),
        ("commentary-month", "E21"),
    ]


def test_a_tracker_with_month_columns_has_no_commentary(example_path: Path) -> None:
    assert sheetplan.inspect(example_path).commentary is None


def test_inspect_prints_what_it_sees(plan: Path) -> None:
    said = CliRunner().invoke(command, ["inspect", str(plan), "--profile", PROFILE])
    assert said.exit_code == 1  # there is a stamp to look at
    assert "32 paragraphs in 12 rows under 12 leads; 11 of them in bold, 6 complete." in said.output
    assert '"(Juen update)"' in said.output
    assert "NO MONTH" in said.output
    assert f"Next: sheetplan roll-month {plan} --dry-run" in said.output
    data = CliRunner().invoke(command, ["inspect", str(plan), "--profile", PROFILE, "--json"])
    assert json.loads(data.output)["commentary"]["written"] == "2026-06"


# ---------------------------------------------------------------- check


def test_check_tells_what_is_doubtful_and_what_lacks_an_answer(plan: Path) -> None:
    found = sheetplan.check(plan, profile=PROFILE).plan.checking
    told = {(c.code, place.cell) for c in found.challenges for place in c.places}
    assert told == {
        ("commentary-stamp", "E14"),
        ("commentary-month", "E21"),
        ("lead-missing", "E23"),
        ("status-blank", "E21"),
        ("status-blank", "E23"),
        ("status-two-steps", "E14"),
    }
    assert list(found.off) == ["milestone-doubtful"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[[A]]\nOne (Update)", "commentary-stamp"),
        ("One (June 2026 update)", "commentary-lead"),
        ("[[A]]\nOne\n**Two (June 2026 update)**", "commentary-month"),
        ("[[A]]\n**One (May 2026 update)**\nTwo (June 2026 update)", "commentary-bold"),
        ("[[A]]\nOne is complete. (June 2026 update)", "commentary-complete"),
    ],
)
def test_each_rule_on_commentary_finds_its_fault(tmp_path: Path, text: str, code: str) -> None:
    assert code in {rule.code for rule in RULES}
    good = Row("1.2", "Aim", "Act", "", marked("[[A]]\n**Done. (June 2026 update)**"))
    rows = [Row("1.1", "Aim", "Act", "", marked(text)), good]
    path = plan_book(tmp_path / "plan.xlsx", [Section("1. Waste", rows)])
    found = sheetplan.check(path, rules="commentary", profile=PROFILE).plan.checking
    assert [(c.code, c.places[0].words) for c in found.challenges] == [(code, "Plan!E5 (1.1)")]


def test_what_is_wrong_with_one_lead_explains_nothing_of_another(tmp_path: Path) -> None:
    said = "The survey of all homes was sent to tenants."
    text = (
        "[[A]]\n**As above. (June 2026 update)**\n"
        f"[[B]]\n{said} (May update)\n**{said} (June update)**"
    )
    rows = [Row("1.1", "Aim", "Act", "", marked(text))]
    path = plan_book(tmp_path / "plan.xlsx", [Section("1. Waste", rows)])
    found = sheetplan.check(path, profile=PROFILE).plan.checking
    told = {(c.code, place.reference) for c in found.challenges for place in c.places}
    assert {("update-says-nothing", "1.1a"), ("update-copied", "1.1b")} <= told


def test_a_row_without_a_number_is_told_of(tmp_path: Path) -> None:
    rows = [Row(n, "Aim", "Act", "", marked("[[A]]\nOne (June 2026 update)")) for n in ("1.1", "")]
    path = plan_book(tmp_path / "plan.xlsx", [Section("1. Waste", rows)])
    seen = sheetplan.inspect(path, profile=PROFILE)
    assert [(f.code, f.cell) for f in seen.findings] == [("reference-missing", "A6")]
    found = sheetplan.check(path, rules="references", profile=PROFILE).plan.checking
    assert [place.cell for c in found.challenges for place in c.places] == ["A6"]
    summary = sheetplan.plan_summarise(path, profile=PROFILE)
    assert [f.cell for f in summary.findings if f.code == "reference-missing"] == ["A6"]


def test_check_writes_its_sheet_and_leaves_the_commentary_as_it_was(
    plan: Path, tmp_path: Path
) -> None:
    before = Path(shutil.copy(plan, tmp_path / "before.xlsx"))
    sheetplan.check(plan, into_tracker=True, profile=PROFILE)
    assert diff(before, plan).harm == []
    assert valid(before, plan) == []
    old, new = (openpyxl.load_workbook(each, rich_text=True)["Plan"] for each in (before, plan))
    assert [c.value for r in old for c in r] == [c.value for r in new for c in r]
    assert sheetplan.inspect(plan, profile=PROFILE).actions == 15  # the sheet is no plan


# ---------------------------------------------------------------- reports


def test_the_summary_counts_by_meaning(plan: Path) -> None:
    content = sheetplan.plan_summarise(plan, profile=PROFILE).content
    assert content.month == JUNE
    assert [theme.title for theme in content.themes] == [
        "1. Children's homes",
        "2. Libraries",
        "3. Money and buildings",
    ]
    red = [line.reference for theme in content.themes for line in theme.exceptions]
    assert red == ["1.2", "2.2a"]


def test_amber_is_an_exception_in_one_profile_and_on_track_in_the_other(tmp_path: Path) -> None:
    tracker = workbook_from_text(
        tmp_path / "tracker.xlsx",
        {
            "Theme 1": """
                | Ref | Action   | Status (June 2026) | Update (June 2026) |
                | 1.1 | Fix it   | Amber              | We work on it.     |
                | 1.2 | Build it | Green              | It stands.         |
            """
        },
    )
    months = sheetplan.plan_summarise(tracker).content
    assert [line.reference for line in months.themes[0].exceptions] == ["1.1"]
    runs = [
        *marked("[[A]]\n"),
        marked("We work on it. (June 2026 update)")[0]._replace(colour="FFC000"),
    ]
    path = plan_book(tmp_path / "p.xlsx", [Section("1. A", [Row("1.1", "Aim", "Act", "", runs)])])
    commentary = sheetplan.plan_summarise(path, profile=PROFILE).content
    assert commentary.themes[0].exceptions == ()


def test_a_pack_explains_each_colour_once_in_the_councils_words(plan: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack.xlsx"
    sheetplan.plan_summarise(plan, profile=PROFILE).write(pack=pack)
    book = openpyxl.load_workbook(pack)
    cover = [row[0] for row in book["Cover"].values]
    assert cover[cover.index("Rating") + 1 :] == [
        "Amber – on track", "Red – off track", "Not due to start", "Green – complete", "On hold",
    ]  # fmt: skip
    headings = next(row for row in book["Numbers"].values if row[0] == "Theme")
    assert headings[2:5] == ("On track", "Medium progress", "Off track")
    assert book["Numbers"].tables["RatingsByMonth"].column_names[2:5] == list(headings[2:5])
    assert charted(pack) == {
        "Green – complete", "Amber – on track", "Not due to start", "On hold", "Red – off track",
    }  # fmt: skip
    sheetplan.summarise(plan, profile=PROFILE)
    cells = openpyxl_values(plan)["Exception summary"].values()
    assert "Off track" in cells
    assert "Significant slippage" not in cells


@pytest.mark.validator
def test_a_pack_without_some_series_is_valid(plan: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack.xlsx"
    sheetplan.plan_summarise(plan, profile=PROFILE).write(pack=pack)
    assert sdk_errors(pack) == []


def charted(path: Path) -> set[str]:
    """What the charts of a workbook call their series."""
    chart = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        series = [
            s for name in parts for s in etree.fromstring(package.read(name)).iter(f"{chart}ser")
        ]
    return {s.find(f"{chart}tx").findtext(f".//{chart}v") for s in series}


def test_each_lead_of_a_row_is_noted_by_itself(plan: Path, tmp_path: Path) -> None:
    sheetplan.roll_month(plan, profile=PROFILE)
    pack = tmp_path / "pack.xlsx"
    sheetplan.plan_summarise(plan, profile=PROFILE).write(pack=pack)
    noted = [row[1:3] for row in openpyxl.load_workbook(pack)["To note"].values]
    for reference in ("1.1a", "1.1b", "2.2a", "2.2b"):
        assert ("No status and no update this month", reference) in noted


def test_a_summary_is_written_beside_the_plan(plan: Path, tmp_path: Path) -> None:
    before = openpyxl_values(plan)
    written = tmp_path / "summary.xlsx"
    sheetplan.summarise(plan, output=written, profile=PROFILE)
    assert openpyxl_values(plan) == before
    said = " ".join(str(v) for cells in openpyxl_values(written).values() for v in cells.values())
    assert "No house has been found" in said


def test_the_appendix_tells_what_a_lead_says(plan: Path) -> None:
    sheetplan.prepare(plan, profile=PROFILE)
    book = openpyxl.load_workbook(plan, rich_text=True)
    for sheet, row in (
        ("Recommendations", ("S1", "Widen the search for homes.")),
        ("Recommendation map", ("S1", "1.2")),
    ):
        headings = next(r for r in book[sheet].iter_rows() if r[0].value and r[1].value)
        for column, value in enumerate(row, start=1):
            book[sheet].cell(headings[0].row + 1, column, value)
    book.save(plan)
    content = sheetplan.plan_appendix(plan, profile=PROFILE).content
    (block,) = content.blocks
    told = [item.update for theme in block.themes for group in theme.groups for item in group.items]
    assert any("No house has been found" in text for text in told)


def test_outputs_are_not_taken_for_milestones(tmp_path: Path) -> None:
    rows = [Row("1.1", "Aim", "Act", "Two homes by March 2027.", marked("[[A]]\nOne (May update)"))]
    path = plan_book(tmp_path / "p.xlsx", [Section("1. A", rows)])
    done = sheetplan.prepare(path, profile=PROFILE)
    assert {s.kind: len(s.rows) for s in done.plan.sheets}["milestones"] == 0
    assert done.plan.findings == ()
    assert sheetplan.plan_summarise(path, profile=PROFILE).content.themes[0].milestones == ()
    said = [str(value) for value in openpyxl_values(path)["Milestones"].values()]
    assert not [text for text in said if "Two homes" in text]


def test_what_officers_write_on_the_sheet_milestones_is_reported(plan: Path) -> None:
    sheetplan.prepare(plan, profile=PROFILE)
    book = openpyxl.load_workbook(plan, rich_text=True)
    sheet = book["Milestones"]
    headings = next(row for row in sheet.iter_rows() if row[0].value == "Id")
    for cell in headings:
        typed = {"Id": "1.2-M1", "Main action": "1.2", "Milestone": "Two homes found"}
        sheet.cell(cell.row + 1, cell.column, typed.get(cell.value))
    book.save(plan)
    themes = sheetplan.plan_summarise(plan, profile=PROFILE).content.themes
    assert [m.wording for theme in themes for m in theme.milestones] == ["Two homes found"]


def test_compare_tells_what_a_month_changed(plan: Path, tmp_path: Path) -> None:
    rows = [Row("1.1", "Aim", "Act", "", marked("[[A]]\nOne (May 2026 update)"))]
    more = [Row("1.1", "Aim", "Act", "", marked("[[A]]\nOne (May 2026 update)\n**Two COMPLETE**\n"
                                               "**(June update)**"))]  # fmt: skip
    old = plan_book(tmp_path / "old.xlsx", [Section("1. Waste", rows), Section("2. X", [])])
    new = plan_book(tmp_path / "new.xlsx", [Section("1. Waste", more), Section("2. X", [])])
    changes = sheetplan.compare(old, new, profile=PROFILE)
    assert [(move.before, move.after) for move in changes.statuses] == [
        ("Amber – on track", "Green – complete")
    ]
    assert changes.structure == ()  # a month is words in a cell, and none has gone


def test_sections_of_one_sheet_are_renamed_one_by_one(tmp_path: Path) -> None:
    def book(name: str, second: str) -> Path:
        sections = [
            Section(
                title, [Row(f"{n}.1", "Aim", "Act", "", marked("[[A]]\nOne (May 2026 update)"))]
            )
            for n, title in ((1, "1. Waste"), (2, second))
        ]
        return plan_book(tmp_path / name, sections)

    changes = sheetplan.compare(
        book("old.xlsx", "2. Culture"), book("new.xlsx", "2. People"), profile=PROFILE
    )
    renamed = [c for c in changes.structure if "renamed" in c.what]
    assert [(c.before, c.after) for c in renamed] == [("2. Culture", "2. People")]


def test_status_asks_each_lead(plan: Path) -> None:
    found = sheetplan.status(plan, profile=PROFILE)
    assert found.month == JUNE
    asked = {owner.owner: owner.asked for owner in found.standing.owners}
    assert asked["Head of Libraries"] == 2


def test_accessibility_looks_at_the_plan(plan: Path) -> None:
    said = CliRunner().invoke(command, ["accessibility", str(plan), "--profile", PROFILE])
    assert said.exit_code == 1
    assert "Plan" in said.output


# ---------------------------------------------------------------- verbs that refuse


def test_colour_says_that_there_is_no_column_to_colour(plan: Path) -> None:
    before = plan.read_bytes()
    with pytest.raises(NoMonthColumnsError) as error:
        sheetplan.colour(plan, profile=PROFILE)
    assert str(error.value) == (
        "commentary_plan.xlsx: there are no columns of statuses to colour: the settings say that "
        "each month's words are added in one cell. Colour words or cells in Excel, where you want "
        "colours; they are read as the settings say."
    )
    said = CliRunner().invoke(command, ["colour", str(plan), "--profile", PROFILE])
    assert said.exit_code == 3
    assert plan.read_bytes() == before


# ---------------------------------------------------------------- init


def test_init_writes_the_profile_and_the_tracker_is_read_by_it(plan: Path) -> None:
    result = sheetplan.init(plan, profile=PROFILE)
    assert result.not_understood == ()
    assert 'kind = "commentary"' in result.settings_file.read_text("utf-8")
    seen = sheetplan.inspect(plan)
    assert (seen.profile, seen.actions) == ("sheetplan.toml", 15)


# ---------------------------------------------------------------- another council's plan


@pytest.mark.shared
def test_another_councils_plan_is_read_from_end_to_end(tmp_path: Path) -> None:
    path = published_book(tmp_path / "plan.xlsx")
    seen = sheetplan.inspect(path, profile=PROFILE)
    assert seen.commentary is not None
    assert (seen.commentary.paragraphs, seen.commentary.complete) == (193, 19)
    assert len(seen.commentary.stamps) == 17
    checking = sheetplan.check(path, profile=PROFILE).plan.checking
    assert not [c for c in checking.challenges if c.severity is Severity.ERROR]
    summary = sheetplan.plan_summarise(path, profile=PROFILE).content
    assert len(summary.themes) == 7
    assert [line for theme in summary.themes for line in theme.exceptions] == []
    same = sheetplan.compare(path, published_book(tmp_path / "again.xlsx"), profile=PROFILE)
    assert same.is_same
