"""Answers put into the commentary of a plan without month columns, judged by openpyxl and by
reading the plan again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import TextBlock
from openpyxl.styles import Alignment

from sheetplan.model.commentary import CommentaryRun
from sheetplan.model.owner_return import settled
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.commentary_cells import CommentaryCells, places_of_month
from sheetplan.sheets.month_cells import (
    MonthCells,
)
from sheetplan.sheets.reading import read_layouts
from tests.builders import workbook_from_text
from tests.commentary import marked
from tests.commentary_books import Row, Section, plan_book
from tests.judges import diff, valid
from tests.sheets.answering import (
    JULY,
    JUNE,
    ONE_LEAD,
    SETTINGS,
    TWO_LEADS,
    Opened,
    actions_of,
    bold_lines,
    commentary,
    plan,
)

# ---------------------------------------------------------------- where an answer stands


def test_an_answer_takes_the_place_of_the_empty_stamp_in_bold(tmp_path: Path) -> None:
    path = plan(tmp_path, TWO_LEADS)
    after = Opened(path).written(("1.1b", "update", "Streets are clean."))
    assert commentary(after) == commentary(path).removesuffix("(July update)") + (
        "Streets are clean. (July update)"
    )
    assert "Streets are clean. (July update)" in bold_lines(after)
    assert [each.split()[0] for each in diff(path, after).harm] == ["Plan!E5"]
    assert valid(path, after) == []


def test_answers_of_several_leads_are_one_write_of_their_cell(tmp_path: Path) -> None:
    opened = Opened(plan(tmp_path, TWO_LEADS))
    answers = [
        ("1.1b", "update", "Streets are clean."),
        ("1.1a", "status", "Off track"),
        ("1.1b", "status", "Complete"),
    ]
    placed = opened.placed(*answers)
    assert len({id(each.write) for each in placed}) == 1
    assert commentary(opened.written(*answers)).split("\n") == [
        "Head of Waste",
        "Vans were bought. (May update)",
        "Rounds were drawn. (June 2026 update)",
        "(July update, Off track)",
        "",
        "Head of Streets",
        "Bins were counted. (June update)",
        "Streets are clean. (July update, Complete)",
    ]


def test_the_stamp_closes_the_last_of_several_lines_and_all_are_of_the_month(
    tmp_path: Path,
) -> None:
    after = Opened(plan(tmp_path, ONE_LEAD)).written(
        ("1.1", "update", "Rounds began.\n\nVans run.\r\nMen are hired."),
        ("1.1", "status", "On track"),
    )
    assert commentary(after).endswith(
        "\nRounds began.\nVans run.\nMen are hired. (July update, On track)"
    )
    (action,) = actions_of(after).values()
    assert action.update(JULY) == "Rounds began.\nVans run.\nMen are hired."
    assert (action.typed_status(JULY), action.typed_status(JUNE)) == ("On track", "")


def test_an_answer_for_an_older_month_is_not_bold_and_its_lines_are_of_that_month(
    tmp_path: Path,
) -> None:
    path = plan(tmp_path, ONE_LEAD)
    after = Opened(path, JUNE).written(("1.1", "update", "Late,\nbut here."))
    assert commentary(after) == (
        "Head of Waste\nLate,\nbut here. (June 2026 update)\n(July update)"
    )
    assert bold_lines(after)[-1] == "(July update)"
    assert not any("here" in line for line in bold_lines(after))
    assert actions_of(after)["1.1"].update(JUNE) == "Late,\nbut here."


def test_an_empty_answer_leaves_the_stamp(tmp_path: Path) -> None:
    path = plan(
        tmp_path,
        ONE_LEAD.replace("(July", "Rounds began. (July").replace("ate)**", "ate, Off track)**"),
    )
    after = Opened(path).written(("1.1", "update", ""))
    assert commentary(after).endswith("\n(July update, Off track)")
    again = Opened(after).written(("1.1", "status", ""))
    assert commentary(again).endswith("\n(July update)")


def test_a_lead_without_a_stamp_of_the_month_gets_its_paragraph_after_its_last(
    tmp_path: Path,
) -> None:
    without = TWO_LEADS.replace("(June 2026 update)\n**(July update)**", "(June 2026 update)")
    path = plan(tmp_path, without)
    after = Opened(path).written(("1.1a", "update", "Rounds began."))
    assert commentary(after) == commentary(path).replace(
        "(June 2026 update)", "(June 2026 update)\nRounds began. (July update)"
    )


@pytest.mark.parametrize(
    "lead", ["[[Head of Parks]]", "[[Head of Parks]]: ", "[[Head of Parks: ]]"]
)
def test_a_lead_who_has_said_nothing_yet_begins_below_the_name(tmp_path: Path, lead: str) -> None:
    path = plan(tmp_path, ONE_LEAD, lead)
    after = Opened(path).written(("1.2", "update", "Trees stand."))
    assert commentary(after, 6) == f"{commentary(path, 6)}\nTrees stand. (July update)"
    assert actions_of(after)["1.2"].update(JULY) == "Trees stand."


def test_an_empty_cell_takes_an_answer(tmp_path: Path) -> None:
    after = Opened(plan(tmp_path, ONE_LEAD, "")).written(("1.2", "update", "Trees stand."))
    assert commentary(after, 6) == "Trees stand. (July update)"


def test_a_stamp_is_spelt_as_the_one_that_it_replaces(tmp_path: Path) -> None:
    texts = (
        ONE_LEAD,
        ONE_LEAD.replace("(July update)", "[JULY 2026 UPDATE]"),
        ONE_LEAD.replace("(July update)", "July update:"),
        ONE_LEAD.replace("(July update)", "July update"),
    )
    after = Opened(plan(tmp_path, *texts)).written(
        *((f"1.{n}", "update", "Rounds began") for n in range(1, 5)), ("1.2", "status", "Red")
    )
    assert [commentary(after, row).split("\n", 2)[2] for row in (5, 6, 7, 8)] == [
        "Rounds began (July update)",
        "Rounds began [JULY 2026 UPDATE, Red]",
        "Rounds began\nJuly update",
        "Rounds began\nJuly update",
    ]


def test_a_status_alone_leaves_the_look_of_the_words(tmp_path: Path) -> None:
    words = CommentaryRun("Rounds began. ", bold=True, colour="C00000")
    runs = [*marked(ONE_LEAD.split("**")[0]), words, CommentaryRun("(July update)", bold=True)]
    rows = [Row("1.1", "Aim", "Act", "", runs)]
    path = plan_book(tmp_path / "plan.xlsx", [Section("1. Waste", rows)])
    after = Opened(path).written(("1.1", "status", "Complete"))
    assert commentary(after).endswith("\nRounds began. (July update, Complete)")
    text = openpyxl.load_workbook(after, rich_text=True)["Plan"]["E5"].value
    red = [each.text for each in text if getattr(each, "font", None) and _is_red(each)]
    assert red == ["Rounds began. "]


def _is_red(piece: TextBlock) -> bool:
    return piece.font.color is not None and piece.font.color.rgb == "FFC00000"


def test_words_without_a_stamp_get_one_with_the_status(tmp_path: Path) -> None:
    path = plan(tmp_path, ONE_LEAD, ONE_LEAD.replace("(July update)", "Rounds began."))
    after = Opened(path).written(("1.2", "status", "Complete"))
    assert commentary(after, 6).endswith("\nRounds began. (July update, Complete)")


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_new_paragraph_stands_as_far_off_as_the_others(tmp_path: Path, gap: str) -> None:
    text = f"[[Head of Parks]]\nOne. (April update){gap}Two. (May update)"
    path = plan(tmp_path, ONE_LEAD, text)
    after = Opened(path).written(("1.2", "update", "Trees stand."))
    assert commentary(after, 6) == f"{commentary(path, 6)}{gap}Trees stand. (July update)"


def test_a_stamp_of_several_months_is_no_pattern(tmp_path: Path) -> None:
    text = ONE_LEAD.replace("(July update)", "Rounds began. (June/July update)")
    path = plan(tmp_path, text, "[[Head of Parks]]\nTrees. (January update)")
    after = Opened(path).written(("1.1", "update", "Vans run."), ("1.2", "update", "Trees."))
    assert commentary(after).endswith("\nVans run. (July update)")
    assert commentary(after, 6).endswith("\nTrees. (July update)")
    assert Opened(after).obstacle("1.1", "update", "x") == ""


def test_a_lead_with_two_blocks_answers_in_the_last(tmp_path: Path) -> None:
    text = (
        "[[Head of Waste]]\n**Vans run. (July update)**\n[[Head of Streets]]\n"
        "Bins. (June 2026 update)\n[[Head of Waste]]\n**Rounds began. (July update)**"
    )
    after = Opened(plan(tmp_path, text)).written(("1.1a", "update", "All is well."))
    assert commentary(after) == (
        "Head of Waste\nHead of Streets\nBins. (June 2026 update)\nHead of Waste\n"
        "All is well. (July update)"
    )


def test_words_of_the_month_in_several_places_become_one_paragraph(tmp_path: Path) -> None:
    text = (
        "[[Head of Waste]]\n**Vans run. (July update)**\n**So do men. (July update)**\n"
        "Bins. (June 2026 update)\n**Rounds began. (July update)**\n**(July update)**"
    )
    after = Opened(plan(tmp_path, text)).written(("1.1", "update", "All is well."))
    assert commentary(after) == (
        "Head of Waste\nBins. (June 2026 update)\nAll is well. (July update)"
    )


def test_words_stay_words(tmp_path: Path) -> None:
    said = "=1+1\n+44 20 7946 0000\n@team <b>&amp; _x0041_ 😀"
    after = Opened(plan(tmp_path, ONE_LEAD)).written(("1.1", "update", said))
    assert commentary(after).endswith(f"{said} (July update)")
    assert openpyxl.load_workbook(after)["Plan"]["E5"].data_type == "s"


# ---------------------------------------------------------------- what cannot be written


@pytest.mark.parametrize(
    "text",
    [
        "Done. (June update)",
        "One\nDone. (July update)",
        "(June update)",
        "First. (August 2027 update)\nThen.",
        "Done. (July update, Off track)",
    ],
)
def test_words_that_would_be_a_stamp_are_refused(tmp_path: Path, text: str) -> None:
    said = Opened(plan(tmp_path, ONE_LEAD)).obstacle("1.1", "update", text)
    assert "in it would be read as the stamp of a paragraph" in said
    assert "put it in by hand" in said


@pytest.mark.parametrize(
    "text",
    [
        "It was (June update) in the middle.",
        "The update of June came.",
        "All done. COMPLETE",
        "COMPLETE",
        "Not complete",
        "Head of Streets",
        "...",
        "(June 2027 update) First.\nThen.",
        "Done.\nJuly update:\nMore.",
    ],
)
def test_other_words_are_not(tmp_path: Path, text: str) -> None:
    assert Opened(plan(tmp_path, TWO_LEADS)).obstacle("1.1a", "update", text) == ""


@pytest.mark.parametrize(
    ("status", "hint"),
    [("Onn track", 'Did you mean "On track"?'), ("Shiny", "[status]"), ("On track)", "[status]")],
)
def test_a_status_that_nobody_would_read_is_refused(tmp_path: Path, status: str, hint: str) -> None:
    said = Opened(plan(tmp_path, ONE_LEAD)).obstacle("1.1", "status", status)
    assert said.startswith(f'"{status}" would not be read as a status in the stamp of July 2026.')
    assert hint in said


@pytest.mark.parametrize("status", ["On track", "off  TRACK", "R", "Green", "Complete"])
def test_a_status_that_the_settings_know_is_not(tmp_path: Path, status: str) -> None:
    opened = Opened(plan(tmp_path, ONE_LEAD))
    assert opened.obstacle("1.1", "status", status) == ""
    (action,) = actions_of(opened.written(("1.1", "status", status))).values()
    assert settled(action.typed_status(JULY)) == settled(status)


@pytest.mark.parametrize(("letter", "most"), [("x", 32_000), ("😀", 16_000)])
def test_more_than_a_cell_holds_is_refused(tmp_path: Path, letter: str, most: int) -> None:
    opened = Opened(plan(tmp_path, ONE_LEAD))
    assert opened.obstacle("1.1", "update", letter * most) == ""
    said = opened.obstacle("1.1", "update", letter * (most + 750))
    assert said == (
        "Plan!E5 would be longer with it than the 32,767 characters that a cell holds. Shorten "
        "what the cell says and collect the return again."
    )


def test_of_answers_that_are_too_much_together_the_first_is_placed(tmp_path: Path) -> None:
    opened = Opened(plan(tmp_path, TWO_LEADS, ONE_LEAD))
    long = "x" * 20_000
    answers = [("1.1a", "update", long), ("1.1b", "update", long), ("1.2", "update", long)]
    assert [opened.obstacle(*answer) for answer in answers] == ["", "", ""]
    first, second, other = opened.placed(
        *answers,
    )
    assert first.write is not None
    assert other.write is not None
    assert second.write is None
    assert second.obstacle.startswith("Plan!E5 would be longer with it")


def test_a_formula_is_an_obstacle(tmp_path: Path) -> None:
    path = plan(tmp_path, ONE_LEAD, ONE_LEAD)
    book = openpyxl.load_workbook(path, rich_text=True)
    book["Plan"]["E6"] = '="Head of Waste"'
    book.save(path)
    opened = Opened(path)
    assert opened.obstacle("1.2", "update", "x").startswith("Plan!E6 holds a formula")
    assert opened.obstacle("1.1", "update", "x") == ""


def test_the_settings_say_of_which_kind_a_tracker_is(tmp_path: Path) -> None:
    workbook = Workbook.open(plan(tmp_path, ONE_LEAD))
    reading = read_layouts(workbook, SETTINGS)
    assert isinstance(places_of_month(workbook, reading, JULY, SETTINGS), CommentaryCells)
    rows = "| Ref | Action | Status (July 2026) | Update (July 2026) |\n| A1.1 | Fix it | | |"
    workbook = Workbook.open(workbook_from_text(tmp_path / "t.xlsx", {"Theme 1": rows}))
    standard = load_profile("standard")
    found = places_of_month(workbook, read_layouts(workbook, standard), JULY, standard)
    assert isinstance(found, MonthCells)


@pytest.mark.parametrize(("height", "grows"), [(60, True), (20, False), (None, False)])
def test_a_row_that_showed_all_its_words_becomes_taller(
    tmp_path: Path, height: float | None, grows: bool
) -> None:
    path = plan(tmp_path, ONE_LEAD)
    book = openpyxl.load_workbook(path, rich_text=True)
    book["Plan"].row_dimensions[5].height = height
    book["Plan"].column_dimensions["E"].width = 60
    book["Plan"]["E5"].alignment = Alignment(wrap_text=True)
    book.save(path)
    after = Opened(path).written(("1.1", "update", "\n".join(["A line."] * 6)))
    now = openpyxl.load_workbook(after)["Plan"].row_dimensions[5].height
    assert (now != height) == grows
    assert not grows or now > 90
