"""Plans without month columns in which months went by without words: what stands below a stamp that
nobody filled in, and what a row says that a roll had to leave as it was."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import TextBlock

import sheetplan
from sheetplan.cycle.commentary_roll_plan import CommentaryRollPlan
from sheetplan.errors import LayoutError, MonthEmptyError
from tests.cycle.commentary_returning import (
    PROFILE,
    STREETS,
    collect,
    filled,
    lines,
    made_plan,
    send,
    sent,
)

OTHER = "[[Head of Parks]]\nTrees were planted. (June 2026 update)\n**Paths too. (July update)**"
TOO_LONG = "x" * 32_716


def rolled(plan: Path) -> CommentaryRollPlan:
    made = sheetplan.roll_month(plan, profile=PROFILE, force=True).plan
    assert isinstance(made, CommentaryRollPlan)
    return made


def rolled_often(plan: Path) -> None:
    for _ in range(7):
        rolled(plan)


def bold_lines(plan: Path) -> list[str]:
    """The lines of the first row that are bold and no leads, as openpyxl reads them."""
    value = openpyxl.load_workbook(plan, rich_text=True)["Plan"]["E5"].value
    bold = (b.text for b in value if isinstance(b, TextBlock) and b.font.b and not b.font.u)
    return [line for line in "".join(bold).split("\n") if line]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(June update)\n**One.**\n**Two. (July update)**", ["One. (July update)"]),
        ("**One.**\n**Two. (July update)**", ["One."]),
    ],
    ids=["below a stamp that nobody filled in", "below other words"],
)
def test_words_get_a_stamp_only_where_an_older_one_would_head_them(
    tmp_path: Path, before: str, after: list[str]
) -> None:
    plan = made_plan(tmp_path, f"[[Head of Bins]]\nNone. (May update)\n{before}", OTHER)
    assert rolled(plan).findings == []
    assert lines(plan, 1)[-3:] == [*after, "Two. (July update)", "(August update)"]
    assert bold_lines(plan) == ["(August update)"]


def test_a_status_alone_under_words_of_no_month_does_not_keep_the_next_month_out(
    tmp_path: Path,
) -> None:
    text = "[[Head of Bins]]\nWork has not begun.\n**(July update, On track)**"
    plan = made_plan(tmp_path, text, OTHER)
    made = rolled(plan)
    assert [finding.code for finding in made.findings] == ["month-still-bold"]
    assert lines(plan, 1)[-2:] == ["(July update, On track)", "(August update)"]


def test_only_the_stamp_that_words_of_no_month_need_stays_bold(tmp_path: Path) -> None:
    text = "[[Head of Bins]]\nWork has not begun.\n**(June update)**\n**(July update)**"
    plan = made_plan(tmp_path, text, OTHER)
    assert "".join(rolled(plan).sheets[0].opened[0].still_bold) == "(June update)"
    assert bold_lines(plan) == ["(June update)", "(August update)"]


def test_a_stamp_behind_older_words_has_brackets_though_others_have_none(tmp_path: Path) -> None:
    text = "[[Head of Bins]]\n**Bins, one for each house**"
    plan = made_plan(tmp_path, text, OTHER.replace("(July update)", "July update"))
    assert rolled(plan).findings == []
    assert lines(plan, 1)[1] == "Bins, one for each house (July update)"


def test_a_row_that_stays_as_it_is_says_what_is_read_otherwise_until_then(tmp_path: Path) -> None:
    text = f"[[Head of Bins]]\n{TOO_LONG} (June update)\n**Not long.**"
    (finding,) = rolled(made_plan(tmp_path, text, OTHER)).findings
    assert finding.code == "month-not-opened"
    assert 'Until then "Not long." is read as of August 2026.' in finding.message


def test_a_row_that_reads_the_same_is_not_said_to_read_otherwise(tmp_path: Path) -> None:
    text = f"[[Head of Bins]]\n{TOO_LONG} (June update)\n**Not long. (July update)**"
    (finding,) = rolled(made_plan(tmp_path, text, OTHER)).findings
    assert finding.code == "month-not-opened"
    assert "Until then" not in finding.message


def test_words_of_a_row_that_stayed_as_it_was_are_no_answer_for_the_new_month(
    tmp_path: Path,
) -> None:
    text = f"[[Head of Bins]]\n{TOO_LONG} (June update)\n**Not long.**"
    plan = made_plan(tmp_path, text, OTHER)
    rolled(plan)
    with pytest.raises(MonthEmptyError):
        sheetplan.roll_month(plan, profile=PROFILE)


def test_bold_words_alone_are_an_answer_where_no_stamp_is_of_the_month(tmp_path: Path) -> None:
    texts = ("[[Head of Bins]]\nOne. (May 2026 update)\n**Two.**",) * 2
    plan = made_plan(tmp_path, *texts)
    made = sheetplan.roll_month(plan, profile=PROFILE).plan
    assert made.month.iso == "2026-06"


def test_only_rows_that_stay_as_they_are_are_named_where_a_month_cannot_be_opened(
    tmp_path: Path,
) -> None:
    blocking = f"[[Head of Bins]]\n{TOO_LONG} (June update)\n**Long. (July update)**"
    bold = "[[Head of Streets]]\nWork has not begun.\n**(July 2026 update)**"
    plan = made_plan(tmp_path, blocking, bold)
    with pytest.raises(LayoutError) as refused:
        rolled_often(plan)
    assert "Plan!E5 (1.1)" in str(refused.value)
    assert "Plan!E6" not in str(refused.value)


@pytest.mark.parametrize("status", ["", "Off track"])
def test_an_answer_is_read_below_an_unfilled_stamp_without_brackets(
    tmp_path: Path, status: str
) -> None:
    text = f"[[{STREETS}]]\nLamps were ordered. May update\n**June update**"
    plan = made_plan(tmp_path, text, OTHER.replace("(July update)", "July update"))
    send(plan)
    answer = filled(sent(plan, STREETS), {"1.1": (status, "One\nTwo")})
    made = collect(plan, answer).plan
    assert not made.not_merged
    ending = f"(July update, {status})" if status else "(July update)"
    assert lines(plan, 1)[-2:] == ["One (July update)", f"Two {ending}"]
    before = plan.read_bytes()
    collect(plan, answer)
    assert plan.read_bytes() == before
