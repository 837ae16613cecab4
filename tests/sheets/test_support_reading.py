"""Reading support sheets: where they are found, what their rows mean, and what is wrong in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sheetplan.model.finding import Severity
from sheetplan.model.month import Month
from sheetplan.model.plan_date import Precision
from sheetplan.model.support import SupportRecords, codes_in
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.support_reading import read_support
from tests.builders import workbook_from_text
from tests.sheets.building import STANDARD
from tests.sheets.support import RECOMMENDATIONS, read, said


@pytest.fixture
def one(tmp_path: Path) -> Callable[..., SupportRecords]:
    """The records of one sheet."""

    def reading(name: str, text: str, **options: Any) -> SupportRecords:
        return read(tmp_path / "plan.xlsx", {name: text}, **options)

    return reading


# ---------------------------------------------------------------- where they are found


def test_a_sheet_is_found_by_its_table_whatever_the_sheet_is_called(tmp_path: Path) -> None:
    records = read(
        tmp_path / "plan.xlsx",
        {"Auditor": RECOMMENDATIONS},
        {"Auditor": "recommendations_2"},
        first_row=4,
    )
    assert [r.code for r in records.recommendations] == ["S1", "S2"]
    assert records.sheets == {"recommendations": "Auditor"}
    assert records.findings == ()


def test_a_sheet_without_a_table_is_found_by_its_name(one: Callable[..., SupportRecords]) -> None:
    records = one("recommendations", RECOMMENDATIONS, first_row=7)
    assert [r.code for r in records.recommendations] == ["S1", "S2"]


def test_a_table_with_a_name_that_only_begins_alike_is_not_taken(tmp_path: Path) -> None:
    records = read(
        tmp_path / "plan.xlsx", {"Full": RECOMMENDATIONS}, {"Full": "RecommendationsInFull"}
    )
    assert records == SupportRecords()


def test_of_two_tables_of_a_kind_one_is_read_and_the_other_named(tmp_path: Path) -> None:
    records = read(
        tmp_path / "plan.xlsx",
        {"One": RECOMMENDATIONS, "Two": RECOMMENDATIONS},
        {"One": "Recommendations", "Two": "Recommendations3"},
    )
    assert len(records.recommendations) == 2
    (finding,) = records.findings
    assert (finding.code, finding.sheet) == ("support-sheet-repeated", "Two")
    assert "only Recommendations on One is read" in finding.message


def test_columns_stand_in_any_order_with_others_between_them(
    one: Callable[..., SupportRecords],
) -> None:
    records = one(
        "Recommendation map",
        """
        | Heading to print | Who asked | Ref     | CODE |
        | Budget           | AB        | FA.A1.1 | S1   |
        |                  |           |         |      |
        |                  | CD        | Homes   | S2   |
        """,
    )
    assert [(link.code, link.target, link.heading) for link in records.links] == [
        ("S1", "FA.A1.1", "Budget"),
        ("S2", "Homes", ""),
    ]
    standing = records.links[1].standing
    assert standing is not None
    assert (standing.sheet, standing.row) == ("Recommendation map", 4)
    assert (standing.cell("target"), standing.cell("unknown")) == ("C4", "4:4")


def test_a_sheet_that_lacks_a_needed_column_is_skipped_and_named(
    one: Callable[..., SupportRecords],
) -> None:
    records = one("Milestones", "| Id | Milestone | Due |\n| M1 | Roof mended | Mar-27 |")
    (finding,) = records.findings
    assert (finding.code, finding.severity) == ("support-column-missing", Severity.ERROR)
    assert '"Main action"' in finding.message
    assert records.milestones == ()
    assert records.sheets == {"milestones": "Milestones"}


def test_a_workbook_without_support_sheets_has_no_records(
    one: Callable[..., SupportRecords],
) -> None:
    assert one("Theme 1", "| Ref | Status (July 2026) |\n| A.1 | On track |") == SupportRecords()


def test_rows_right_below_a_table_are_read_and_said(tmp_path: Path) -> None:
    table = """
        | Code | Recommendation |
        | S1   | Mend           |
    """
    below = """
        | S2   | Sign           |
        |      |                |
        | Note | of somebody    |
    """

    def decorate(book: Any) -> None:
        columns = [{"header": "Code"}, {"header": "Recommendation"}]
        book.get_worksheet_by_name("Register").add_table(
            "A1:B2", {"name": "Recommendations", "columns": columns}
        )

    lines = table.rstrip() + below
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Register": lines}, decorate=decorate)
    records = read_support(Workbook.open(path), STANDARD)
    assert [recommendation.code for recommendation in records.recommendations] == ["S1", "S2"]
    (finding,) = records.findings
    assert (finding.code, finding.cell) == ("support-rows-below-table", "3:3")
    assert finding.severity is Severity.NOTE


def test_totals_below_a_table_are_no_record(tmp_path: Path) -> None:
    def decorate(book: Any) -> None:
        sheet = book.get_worksheet_by_name("Map")
        columns = [{"header": "Code", "total_string": "S9"}, {"header": "Reference"}]
        options = {"name": "RecommendationMap", "columns": columns, "total_row": True}
        sheet.add_table("A1:B3", options)
        sheet.write("A2", "S1")
        sheet.write("B2", "FA.A1.1")

    path = workbook_from_text(tmp_path / "plan.xlsx", {"Map": ""}, decorate=decorate)
    records = read_support(Workbook.open(path), STANDARD)
    assert [link.code for link in records.links] == ["S1"]


# ---------------------------------------------------------------- what they say


def test_a_recommendation_is_read_whole(one: Callable[..., SupportRecords]) -> None:
    first, second = one("Recommendations", RECOMMENDATIONS).recommendations
    assert (first.code, first.source, first.text) == ("S1", "statutory", "Mend the budget")
    assert first.sent is not None
    assert first.sent.first is not None
    assert first.sent.first.isoformat() == "2026-02-16"
    assert first.auditor_view_date is not None
    assert first.auditor_view_date.precision is Precision.MONTH
    assert first.standing is not None
    assert (first.standing.sheet, first.standing.cell("text")) == ("Recommendations", "C2")
    assert second.sent is None
    assert second.considered is not None
    assert second.considered.precision is Precision.TO_BE_CONFIRMED


def test_a_milestone_is_read_whole(one: Callable[..., SupportRecords]) -> None:
    (milestone,) = one(
        "Milestones",
        """
        | Id      | Main action | Milestone   | Due    | Revised due | Status   | Month completed | Recommendation codes |
        | FA.A1-1 | FA.A1.0     | Plan agreed | Mar-26 | 2026-07-01  | Complete | 2026-06-01      | S1 and S3, s1        |
        """,  # noqa: E501
        date_format="mmm-yy",
    ).milestones
    assert (milestone.id, milestone.reference, milestone.wording) == (
        "FA.A1-1",
        "FA.A1.0",
        "Plan agreed",
    )
    assert milestone.due is not None
    assert milestone.revised is not None
    assert (milestone.due.text, milestone.revised.precision) == ("Mar-26", Precision.MONTH)
    assert milestone.completed == Month(2026, 6)
    assert milestone.codes == ("S1", "S3")


@pytest.mark.parametrize("text", ["July 2026", "Jul-26", "2026-07", "'1 July 2026 (July 2026)"])
def test_a_month_may_be_text(text: str, one: Callable[..., SupportRecords]) -> None:
    records = one("Narrative", f"| Month | Block | Summary |\n| {text} | FA.A1.0 | Words |")
    assert [n.month for n in records.narratives] == [Month(2026, 7)]
    assert records.findings == ()


def test_a_month_that_excel_took_for_a_day_is_read_and_named(
    one: Callable[..., SupportRecords],
) -> None:
    records = one(
        "Narrative",
        "| Month | Block | Summary |\n| 2026-07-26 | FA.A1.0 | Words |",
        date_format="d-mmm",
    )
    assert [n.month for n in records.narratives] == [Month(2026, 7)]
    assert said(records) == [("month-misread-by-excel", "A2", "FA.A1.0")]


def test_a_narrative_is_carried_while_its_words_are_those_of_an_earlier_month(
    one: Callable[..., SupportRecords],
) -> None:
    records = one(
        "Narrative",
        """
        | Month      | Block   | Title | Theme | Order | Summary | Next steps |
        | 2026-05-01 | FA.A1.0 | Money | Two   | 2     | Begun   | Go on      |
        | 2026-06-01 | FAA1.0  | Money | Two   | 2     | Begun   | Go on      |
        | 2026-07-01 | FA.A1.0 | Money | Two   | 2     | Begun   | Nearly     |
        | 2026-07-01 | OC.A2.0 | Money | Two   | 1     | Begun   | Go on      |
        | 2026-08-01 | FA.A1.0 | Money | Two   | 2     | Begun   | Go on      |
        | 2026-05-01 | OC.B1.0 |       |       |       |         |            |
        | 2026-06-01 | OC.B1.0 |       |       |       |         |            |
        """,
    )
    assert [n.carried for n in records.narratives] == [
        False,
        True,
        False,
        False,
        True,
        False,
        False,
    ]
    assert records.narratives[0].order == 2.0
    assert records.narratives[-1].order is None


def test_an_achievement_that_says_no_under_print_is_not_to_be_printed(
    one: Callable[..., SupportRecords],
) -> None:
    records = one(
        "Achievements",
        """
        | Month     | Theme | Reference | Achievement | Print |
        | June 2026 | Homes | RS.A1.1   | Doors hung  | no    |
        | June 2026 | Homes | RS.A1.2   | Roofs done  | yes   |
        | June 2026 | Homes |           | Paint dry   |       |
        |           |       |           |             | No    |
        """,
    )
    assert [(a.wording, a.is_printed) for a in records.achievements] == [
        ("Doors hung", False),
        ("Roofs done", True),
        ("Paint dry", True),
    ]
    assert records.findings == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("S1", ("S1",)),
        ("S1, S3", ("S1", "S3")),
        ("S1 & S2/S3\ns1", ("S1", "S2", "S3")),
        ("Rec 1 and Rec 2", ("Rec 1", "Rec 2")),
        ("N/A", ()),
        ("", ()),
    ],
)
def test_codes_are_found_in_a_cell(text: str, codes: tuple[str, ...]) -> None:
    assert codes_in(text) == codes
