"""Colour rules: added where there are none, made to reach the last action, otherwise left alone."""

from __future__ import annotations

import re
import shutil
import warnings
from pathlib import Path

import openpyxl
import pytest

from sheetplan import colour, plan_colour, roll_month
from sheetplan.errors import SheetNotFoundError
from tests import judges
from tests.builders import workbook_from_text

TRACKER = """
    | Ref  | Action | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) |
    | A1.1 | Fix    | On track           | Fine               | Medium progress    | Slow               |
    | A1.2 | Paint  | Off track          | Bad                | Complete           | Done               |
    |      |        |                    |                    |                    |                    |
    | A2.1 | Sell   | Not due            |                    | N/A                |                    |
    | A2.2 | Keep   | Closed             |                    | Onn track          | Odd                |
"""  # noqa: E501
OWN = {"type": "cell", "criteria": "==", "value": '"On track"'}


def book(folder: Path, *ranges: str, text: str = TRACKER, **sheets: str) -> Path:
    """A tracker whose first sheet has a colour rule of its own over each of the ranges."""

    def decorate(made):
        for where in ranges:
            first, *more = where.split()
            options = {"multi_range": where} if more else {}
            colours = made.add_format({"bg_color": "#00FF00"})
            rule = OWN | options | {"format": colours}
            made.worksheets()[0].conditional_format(first, rule)

    return workbook_from_text(folder / "plan.xlsx", {"Theme 1": text, **sheets}, decorate=decorate)


def rules(path: Path, sheet: str = "Theme 1") -> dict[str, int]:
    """As openpyxl reads them: how many rules hold for each range."""
    return {str(item.sqref): len(item.rules) for item in opened(path)[sheet].conditional_formatting}


def opened(path: Path) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what it would lose if it were to save
        return openpyxl.load_workbook(path)


def unharmed(before: Path, after: Path) -> bool:
    return not judges.diff(before, after).harm and not judges.valid(before, after)


@pytest.fixture
def keep(tmp_path):
    """A copy of a workbook as it is now."""
    return lambda path: Path(shutil.copy(path, tmp_path / "as it was.xlsx"))


# ---------------------------------------------------------------- adding


def test_all_months_without_rules_get_them_from_the_first_action_to_the_last(tmp_path, keep):
    path = book(tmp_path)
    before = keep(path)
    result = colour(path)
    assert rules(path) == {"C2:C6 E2:E6": 5}
    assert result.backup == tmp_path / "plan (before colouring).xlsx"
    assert result.backup.read_bytes() == before.read_bytes()
    assert unharmed(before, path)


def test_the_word_stays_in_the_cell(tmp_path, keep):
    path = book(tmp_path)
    before = judges.openpyxl_values(path)
    colour(path)
    assert judges.openpyxl_values(path) == before
    assert judges.calamine_values(path) == judges.calamine_values(
        tmp_path / "plan (before colouring).xlsx"
    )


def test_a_second_time_there_is_nothing_to_do_and_nothing_is_written(tmp_path):
    path = book(tmp_path)
    colour(path)
    files = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    result = colour(path)
    assert not plan_colour(path).has_work
    assert (result.output, result.backup, result.verified) == (None, None, None)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == files


def test_only_the_month_that_has_none_gets_rules(tmp_path, keep):
    path = book(tmp_path, "C2:C6")
    before = keep(path)
    colour(path)
    assert rules(path) == {"C2:C6": 1, "E2:E6": 5}
    assert unharmed(before, path)


def test_a_sheet_that_is_no_tracker_sheet_is_left_alone(tmp_path):
    path = book(tmp_path, Key="| On track | green |")
    colour(path)
    assert rules(path, "Key") == {}


def test_a_tracker_without_actions_gets_none(tmp_path):
    path = book(tmp_path, text="| Ref | Status (July 2023) |")
    assert not plan_colour(path).has_work


def test_a_workbook_without_a_tracker_sheet_is_refused(tmp_path):
    with pytest.raises(SheetNotFoundError):
        plan_colour(book(tmp_path, text="| Ref | Action |"))


def test_the_month_after_grows_the_rules_and_adds_none(tmp_path):
    path = book(tmp_path)
    colour(path)
    roll_month(path)
    assert rules(path) == {"C2:C6 E2:E6 G2:G6": 5}
    assert not plan_colour(path).has_work


# ---------------------------------------------------------------- repairing


@pytest.mark.parametrize(
    ("own", "repaired"),
    [
        (["C2:C6", "E2:E6"], None),
        (["C2:C20", "E1:E6"], None),
        (["C2:C3", "E2:E6"], {"C2:C6": 1, "E2:E6": 1}),
        (["C2:C3 E2:E3"], {"C2:C6 E2:E6": 1}),
        (["C2:F3"], {"C2:F6": 1}),
        # Two rules over the same cells: both stop short, and both are made to reach the end.
        (["C2:C3 E2:E6", "C2:C3"], {"C2:C6 E2:E6": 1, "C2:C6": 1}),
        # In pieces, as after pasting rows: no piece stops short.
        (["C2:C3 E2:E6", "C5:C6"], None),
        # Only the lowest piece does.
        (["C2:C3 E2:E6", "C4:C5"], {"C2:C3 E2:E6": 1, "C4:C6": 1}),
        # Over whole rows, or one cell: not the colours of the months.
        (["A2:F3"], None),
        (["C2 E2:E6"], None),
        # Elsewhere.
        (["C2:C6 E2:E6", "B2:B3"], None),
    ],
    ids=str,
)
def test_rules_that_stop_short_of_the_last_action_are_made_to_reach_it(
    own, repaired, tmp_path, keep
):
    path = book(tmp_path, *own)
    before = keep(path)
    assert plan_colour(path).has_work is (repaired is not None)
    colour(path)
    assert rules(path) == (repaired or rules(before))
    assert unharmed(before, path)
    assert not plan_colour(path).has_work


def test_a_plan_says_what_grows_from_where_to_where(tmp_path):
    ((_, (edit,)),) = plan_colour(book(tmp_path, "C2:C3 E2:E3")).sheets
    assert (edit.what, edit.before, edit.after) == (
        "conditional format",
        "C2:C3 E2:E3",
        "C2:C6 E2:E6",
    )


def test_the_example_gets_colours_on_its_last_sheet_only(example_path, keep):
    before = keep(example_path)
    result = colour(example_path)
    assert {s.name for s, edits in result.plan.sheets if edits} == {"Theme 6 - Partners & people"}
    assert rules(example_path, "Theme 6 - Partners & people") == {"M5:M15 O5:O15": 5}
    assert unharmed(before, example_path)
    assert judges.openpyxl_values(example_path) == judges.openpyxl_values(before)


# ---------------------------------------------------------------- what the rules say


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of an sRGB colour."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_of_contrast_is_that_of_wcag():
    assert _contrast("FFFFFF", "000000") == pytest.approx(21)
    assert _contrast("777777", "FFFFFF") == pytest.approx(4.478, abs=0.001)


def test_the_words_on_every_colour_can_be_read(tmp_path):
    path = book(tmp_path)
    colour(path)
    sheet = opened(path)["Theme 1"]
    styles = [rule.dxf for item in sheet.conditional_formatting for rule in item.rules]
    assert len(styles) == 5
    for style in styles:
        fill, text = style.fill.bgColor.rgb[2:], style.font.color.rgb[2:]
        assert _contrast(fill, text) >= 4.5, (fill, text)
        assert _contrast(style.border.left.color.rgb[2:], "FFFFFF") >= 3
    assert len({style.fill.bgColor.rgb for style in styles}) == 5


def _holds(formula: str, text: str) -> bool:
    """Work out a rule's formula for a text, as Excel would."""
    bare = re.sub("[ /-]", "", text).casefold()
    for length, words in re.findall(r'LEFT\(S[^=]*?C2[^=]*?,(\d+)\)="([^"]*)"', formula):
        if bare[: int(length)] == words.casefold():
            return True
    found = re.findall(r'TRIM\(C2\)="([^"]*)"', formula)
    return any(text.strip().casefold() == words.casefold() for words in found)


@pytest.mark.parametrize(
    ("text", "fill"),
    [
        ("On track", "0F7A52"),
        ("on  TRACK - no concerns", "0F7A52"),
        ("OnTrack- little or no slippage", "0F7A52"),
        ("On-track", "0F7A52"),
        ("G", "0F7A52"),
        ("Medium Progress- slippage of 1-2 months", "FFC000"),
        ("amber ", "FFC000"),
        ("Significant issues / slippage", "CA3535"),
        ("Off track", "CA3535"),
        ("complete ", "1D70B8"),
        ("Closed", "1D70B8"),
        ("Not due to start", "CECECE"),
        ("N/A", None),
        ("Not on track", None),
        ("Green with envy", None),
        ("Onn track", None),
        ("", None),
    ],
)
def test_each_status_has_the_colour_of_its_meaning_and_other_words_have_none(text, fill, tmp_path):
    path = book(tmp_path)
    colour(path)
    sheet = opened(path)["Theme 1"]
    all_rules = [rule for item in sheet.conditional_formatting for rule in item.rules]
    found = [r.dxf.fill.bgColor.rgb[2:] for r in all_rules if _holds(r.formula[0], text)]
    assert found == ([fill] if fill else [])


@pytest.mark.office
def test_libreoffice_opens_a_coloured_tracker(tmp_path):
    path = book(tmp_path)
    colour(path)
    assert judges.office_values(path)["C2"] == "On track"
