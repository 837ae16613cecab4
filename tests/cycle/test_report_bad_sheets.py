"""Sheets that lack something, or that contradict each other: what a report says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import sheetplan
from sheetplan.errors import MonthEmptyError, MonthMissingError
from tests.builders import workbook_from_text
from tests.cli.running import unharmed
from tests.cycle.odd_trackers import ACTION, HEAD, MAIN, OTHERS, found, plan, said, written
from tests.cycle.reporting import APPENDIX, PLAN, SUMMARY

# ---------------------------------------------------------------- sheets that lack something


def test_a_month_that_the_tracker_does_not_have_is_refused(tmp_path: Path) -> None:
    path = plan(tmp_path, Recommendations=PLAN["Recommendations"])
    for verb in (sheetplan.summarise, sheetplan.appendix):
        with unharmed(tmp_path), pytest.raises(MonthMissingError) as refused:
            verb(path, "2026-08")
        assert str(refused.value) == (
            "plan.xlsx: the tracker does not have August 2026. It has June 2026 and July 2026. "
            "To report on July 2026, add --month 2026-07."
        )


def test_an_empty_last_month_is_refused_with_the_newest_that_is_filled_in(tmp_path: Path) -> None:
    path = plan(tmp_path, Recommendations=PLAN["Recommendations"])
    sheetplan.roll_month(path)
    for verb in (sheetplan.summarise, sheetplan.appendix):
        with unharmed(tmp_path), pytest.raises(MonthEmptyError) as refused:
            verb(path)
        assert "nobody has filled in August 2026 yet" in str(refused.value)
        assert "add --month 2026-07" in str(refused.value)
    assert SUMMARY in written(path, lambda path: sheetplan.summarise(path, "2026-07"))


def test_a_sheet_that_nobody_has_filled_in_is_named(tmp_path: Path) -> None:
    blank = f"{HEAD}\n| FA.A1.1 | Save | Jul-26 | Focus 2 | Amber | Late | | |"
    place, message = found(plan(tmp_path, Theme_2=blank))["month-not-filled"]
    assert place == "Theme 2!"
    assert message == (
        "nobody has filled in July 2026 on this sheet yet. Its actions are reported without a "
        "rating."
    )
    assert "FA.A1.1\nSave" in said(written(tmp_path / "plan.xlsx"))


def test_a_sheet_without_the_month_is_named(tmp_path: Path) -> None:
    behind = "| Ref | Action | RAG Jun-26 | Update Jun-26 |\n| FA.A1.1 | Save | Amber | Late |"
    place, message = found(plan(tmp_path, Theme_2=behind))["month-missing"]
    assert place == "Theme 2!"
    assert message.startswith("this sheet has no columns for July 2026; its latest are those of J")
    assert "FA.A1.1\nSave" in said(written(tmp_path / "plan.xlsx"))


def test_a_hidden_theme_is_reported_and_it_is_said(tmp_path: Path) -> None:
    path = plan(
        tmp_path,
        Theme_2=OTHERS,
        decorate=lambda book: book.get_worksheet_by_name("Theme 2").very_hidden(),
    )
    assert found(path)["sheet-hidden"][0] == "Theme 2!"
    assert "FA.A1.1" in said(written(path))


def test_a_theme_without_actions_has_its_section_and_no_blank_row_in_the_pack(
    tmp_path: Path,
) -> None:
    path = plan(tmp_path, Theme_2=HEAD)
    assert "Theme 2" in written(path)[SUMMARY].values()
    pack = tmp_path / "pack.xlsx"
    sheetplan.summarise(path, output=pack)
    assert [str(breach) for breach in sheetplan.accessibility(pack).essential] == []


def test_sixty_themes_are_sixty_sections(tmp_path: Path) -> None:
    codes = [f"{a}{b}" for a in "ABCDEF" for b in "KLMNPQRSTU"]
    sheets = {
        f"Theme_{n}": "\n".join([HEAD, MAIN.replace("LC", code), ACTION.replace("LC", code)])
        for n, code in enumerate(codes[1:], 2)
    }
    printed = said(written(plan(tmp_path, **sheets)))
    assert all(f"Theme {n}\n" in printed for n in range(1, 61))
    assert "On track or complete: 0 of 60 due (0%)" in printed


def test_themes_of_one_title_are_told_apart_by_their_sheets(tmp_path: Path) -> None:
    titled = f"| Better services |\n|\n{HEAD}\n{MAIN}\n{ACTION}"
    sheets = {"Plan A": titled, "Plan B": titled.replace("LC", "FA")}
    path = workbook_from_text(tmp_path / "plan.xlsx", sheets)
    assert [theme.title for theme in sheetplan.plan_summarise(path).content.themes] == list(sheets)


def test_the_longest_name_of_a_sheet_with_odd_characters_is_no_obstacle(tmp_path: Path) -> None:
    name = "Mayor's & Clerk's plan for 2026"
    assert len(name) == 31
    sheets = {name: f"{HEAD}\n{MAIN}\n{ACTION}", "A!#REF 'x": OTHERS}
    path = workbook_from_text(tmp_path / "plan.xlsx", sheets)
    assert name in written(path)[SUMMARY].values()


# ---------------------------------------------------------------- support sheets

MAP = """
    | Code | Answered by  | Heading |
    | S1   | LC.A1.1      |         |
    | S1   | LC.Z9.9      |         |
    | S1   | Moonbase     |         |
    | S9   | LC.A1.1      |         |
    |      | LC.A1.1      |         |
    | S1   |              | Values  |
"""
REGISTER = """
    | Code | Source    | Recommendation |
    | S1   | statutory |                |
    | S1   | statutory | Lead better.   |
    |      | statutory | Lead best.     |
    | S2   | statutory | Count better.  |
"""


def test_everything_that_is_wrong_with_the_recommendations_is_named_with_its_cell(
    tmp_path: Path,
) -> None:
    path = plan(tmp_path, Recommendations=REGISTER, Recommendation_map=MAP)
    findings = sheetplan.plan_appendix(path).findings
    assert [(f.code, f"{f.sheet}!{f.cell}") for f in findings] == [
        ("recommendation-text-missing", "Recommendations!C2"),
        ("recommendation-code-repeated", "Recommendations!A3"),
        ("recommendation-code-missing", "Recommendations!A4"),
        ("recommendation-code-unknown", "Recommendation map!A5"),
        ("recommendation-code-missing", "Recommendation map!A6"),
        ("recommendation-target-missing", "Recommendation map!B7"),
        ("recommendation-reference-unknown", "Recommendation map!B3"),
        ("recommendation-target-unknown", "Recommendation map!B4"),
        ("recommendation-not-mapped", "Recommendations!A5"),
    ]
    printed = said(written(path, sheetplan.appendix), APPENDIX)
    assert "Slipped" in printed
    assert "Count better." in printed


def test_two_blocks_with_one_order_are_found_and_printed_by_reference(tmp_path: Path) -> None:
    narrative = """
        | Month     | Block   | Title  | Theme   | Order | Summary | Next steps |
        | July 2026 | LC.B1.0 | Second |         | 1     | Going   | Go on      |
        | July 2026 | LC.A1.0 | First  | Theme 1 | 1     | Going   | Go on      |
        | July 2026 | LC.C1.0 | Third  | Theme 9 | two   | Going   | Go on      |
    """
    rows = [row.replace("A1", name) for name in ("A1", "B1", "C1") for row in (MAIN, ACTION)]
    path = plan(tmp_path, *rows, Narrative=narrative)
    findings = found(path)
    place, message = findings["narrative-order-repeated"]
    assert place in ("Narrative!E2", "Narrative!E3")
    assert message.endswith("so they are printed by reference. Give each its own.")
    assert findings["narrative-theme-unknown"][0] == "Narrative!D4"
    assert findings["narrative-order-unreadable"][0] == "Narrative!E4"
    (theme,) = sheetplan.plan_summarise(path).content.themes
    assert [block.title for block in theme.focus_blocks] == ["First", "Second", "Third"]
    written(path)
