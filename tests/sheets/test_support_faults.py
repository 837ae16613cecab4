"""What is wrong in support sheets is named, and the rest is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sheetplan.model.support import SupportRecords
from tests.sheets.support import RECOMMENDATIONS, read, said


@pytest.fixture
def one(tmp_path: Path) -> Callable[..., SupportRecords]:
    """The records of one sheet."""

    def reading(name: str, text: str, **options: Any) -> SupportRecords:
        return read(tmp_path / "plan.xlsx", {name: text}, **options)

    return reading


def test_what_is_wrong_in_recommendations_is_named_and_the_rest_is_read(
    one: Callable[..., SupportRecords],
) -> None:
    records = one(
        "Recommendations",
        """
        | Code | Recommendation | Date sent   |
        | S1   |                | 31 Febuary  |
        |      | Has no code    |             |
        | s 1  | Has S1's code  |             |
        """,
    )
    assert said(records) == [
        ("recommendation-text-missing", "B2", "S1"),
        ("support-date-unreadable", "C2", "S1"),
        ("recommendation-code-missing", "A3", ""),
        ("recommendation-code-repeated", "A4", "s 1"),
    ]
    assert [(r.code, r.text) for r in records.recommendations] == [("S1", "")]


def test_a_code_that_no_recommendation_has_is_named_with_the_nearest(tmp_path: Path) -> None:
    records = read(
        tmp_path / "plan.xlsx",
        {
            "Recommendations": RECOMMENDATIONS,
            "Recommendation map": "| Code | Ref |\n| SS1 | FA.A1.1 |\n| | FA.A1.2 |\n| S1 | |",
            "Milestones": "| Reference | Milestone | Codes |\n| FA.A1.0 | Agreed | S1, S7 |",
        },
    )
    assert [(f.code, f.sheet, f.cell) for f in records.findings] == [
        ("recommendation-code-unknown", "Recommendation map", "A2"),
        ("recommendation-code-missing", "Recommendation map", "A3"),
        ("recommendation-target-missing", "Recommendation map", "B4"),
        ("recommendation-code-unknown", "Milestones", "C2"),
    ]
    assert 'Did you mean "S1"?' in records.findings[0].message
    assert [link.code for link in records.links] == ["SS1"]


def test_codes_are_not_questioned_where_there_is_no_list_of_them(
    one: Callable[..., SupportRecords],
) -> None:
    assert one("Recommendation map", "| Code | Reference |\n| S1 | FA.A1.1 |").findings == ()


def test_what_is_wrong_in_milestones_is_named(one: Callable[..., SupportRecords]) -> None:
    records = one(
        "Milestones",
        """
        | Id | Main action | Milestone | Month completed |
        | M1 | FA.A1.0     | Agreed    | July            |
        | m1 | FA.A1.0     | Signed    |                 |
        | M3 | FA.A1.0     |           |                 |
        | M4 |             | Printed   |                 |
        """,
    )
    assert said(records) == [
        ("support-month-unreadable", "D2", "M1"),
        ("milestone-id-repeated", "A3", "m1"),
        ("wording-missing", "C4", "M3"),
        ("milestone-reference-missing", "B5", "M4"),
    ]
    assert [m.wording for m in records.milestones] == ["Agreed", "Signed", "Printed"]


def test_what_is_wrong_in_the_narrative_is_named(one: Callable[..., SupportRecords]) -> None:
    records = one(
        "Narrative",
        """
        | Month     | Block   | Order | Summary |
        | June 2026 | FA.A1.0 | first | Begun   |
        | June 2026 | FAA1.0  | 1     | Again   |
        |           | FA.A2.0 | 2     | No date |
        | June 2026 |         | 3     | Nobody  |
        """,
    )
    assert said(records) == [
        ("narrative-order-unreadable", "C2", "FA.A1.0"),
        ("narrative-repeated", "B3", "FAA1.0"),
        ("support-month-unreadable", "A4", "FA.A2.0"),
        ("narrative-block-missing", "B5", ""),
    ]
    assert [n.summary for n in records.narratives] == ["Begun"]


def test_what_is_wrong_in_achievements_is_named(one: Callable[..., SupportRecords]) -> None:
    records = one(
        "Achievements",
        """
        | Month     | Theme | Reference | Achievement |
        | Junne     | Homes | RS.A1.1   | Doors hung  |
        | June 2026 |       | RS.A1.2   | Roofs done  |
        | June 2026 | Homes | RS.A1.3   |             |
        """,
    )
    assert said(records) == [
        ("support-month-unreadable", "A2", "RS.A1.1"),
        ("achievement-theme-missing", "B3", "RS.A1.2"),
        ("wording-missing", "D4", "RS.A1.3"),
    ]
    assert [a.wording for a in records.achievements] == ["Roofs done"]
