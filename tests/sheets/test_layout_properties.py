"""Whatever a tracker's headings look like, the layout that made them is the one that is found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model.month import FULL_NAMES, SHORT_NAMES, Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.layout import SheetLayout, find_layout
from tests.sheets.building import STANDARD

STATIC = {  # by field, headings that councils use
    "reference": ["Ref", "REFERENCE", "Action ref.", "No."],
    "workstream": ["Workstream", "Work package"],
    "action": ["Action", "What we will do", "Agreed action"],
    "director_lead": ["Director Lead", "Lead\nofficer"],
    "cabinet_member": ["Cabinet Member", "Portfolio holder"],
    "due_date": ["Due date", "By when"],
    "focus": ["Focus"],
    "": ["Budget", "Where it came from"],  # in nobody's profile
}
MONTHLY = {
    "status": ["Status", "RAG", "BRAG rating", "Progress against plan"],
    "update": ["Update", "Update (Initial and Date)", "Commentary", "COMMENTS"],
    "direction": ["DoT", "Direction of travel"],
    "evidence": ["Evidence", "Link to evidence"],
    "": ["Percent done", "Confidence"],
}
SPELLINGS = {
    "full": lambda m: m.label,
    "short": lambda m: f"{SHORT_NAMES[m.month - 1]}-{m.year % 100:02d}",
    "upper": lambda m: m.label.upper(),
    "lower": lambda m: f"{FULL_NAMES[m.month - 1].lower()} {m.year}",
    "apostrophe": lambda m: f"{SHORT_NAMES[m.month - 1]} '{m.year % 100:02d}",
    "iso": lambda m: m.iso,
    "number": lambda m: f"{m.month:02d}/{m.year}",
}
PLACES = {  # how a heading and its month stand in one cell
    "bracket": "{0} ({1})",
    "behind": "{0} {1}",
    "slash": "{0}/{1})",
    "line": "{0}\n{1}",
    "before": "{1} {0}",
}


@dataclass(frozen=True)
class Made:
    """Headings as they are generated."""

    top: int
    static: list[tuple[str, str]]
    first: Month
    months: int
    columns: list[tuple[str, str]]
    spelling: str
    place: str

    @property
    def bottom(self) -> int:
        return self.top if self.place in PLACES else self.top + 1

    @property
    def fields(self) -> dict[str, int]:
        return {field: at for at, (field, _) in enumerate(self.static, 1) if field}

    def expected(self) -> list[tuple[Month, list[tuple[int, str]]]]:
        width = len(self.columns)
        start = len(self.static) + 1
        return [
            (
                self.first.plus(number),
                [
                    (start + number * width + at, field)
                    for at, (field, _) in enumerate(self.columns)
                ],
            )
            for number in range(self.months)
        ]

    def write(self, path) -> None:
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet("Plan")
        as_month = book.add_format({"num_format": "mmm yyyy"})
        top, bottom = self.top - 1, self.bottom - 1
        for column, (field, heading) in enumerate(self.static):
            if bottom > top and field:
                sheet.merge_range(top, column, bottom, column, heading)
            else:
                sheet.write_string(bottom, column, heading)
        for month, columns in self.expected():
            left, right = columns[0][0] - 1, columns[-1][0] - 1
            text = SPELLINGS[self.spelling](month)
            for (column, _), (_, heading) in zip(columns, self.columns, strict=True):
                words = PLACES.get(self.place, "{0}").format(heading, text)
                sheet.write_string(bottom, column - 1, words)
            if self.place == "date":
                moment = datetime(month.year, month.month, 1)
                sheet.write_datetime(top, left, moment, as_month)
            elif self.place == "above":
                sheet.write_string(top, left, text)
            elif self.place == "merged" and right > left:
                sheet.merge_range(top, left, top, right, text)
            elif self.place == "merged":
                sheet.write_string(top, left, text)
        sheet.write_string(bottom + 1, list(self.fields).index("reference"), "OC.A1.1")
        book.close()


@st.composite
def headings(draw) -> Made:
    fields = draw(st.lists(st.sampled_from(sorted(STATIC)), unique=True, max_size=6))
    fields = draw(st.permutations([*dict.fromkeys([*fields, "reference"])]))
    monthly = draw(st.lists(st.sampled_from(sorted(MONTHLY)), unique=True, max_size=3))
    known = draw(st.sampled_from(["status", "update"]))
    monthly = draw(st.permutations([*dict.fromkeys([*monthly, known])]))
    place = draw(st.sampled_from([*PLACES, "merged", "above", "date"]))
    months = draw(st.integers(1, 6))
    if place in ("above", "date") and months == 1:
        # Where nothing is merged, only another month shows what else belongs to one.
        monthly = sorted(set(monthly) & {"status", "update", "direction"})
    return Made(
        top=draw(st.integers(1, 20)),
        static=[(field, draw(st.sampled_from(STATIC[field]))) for field in fields],
        first=Month(draw(st.integers(2019, 2031)), draw(st.integers(1, 12))),
        months=months,
        columns=[(field, draw(st.sampled_from(MONTHLY[field]))) for field in monthly],
        spelling=draw(st.sampled_from(sorted(SPELLINGS))),
        place=place,
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("layouts") / "plan.xlsx"


@given(made=headings())
def test_the_layout_that_was_written_is_the_one_that_is_found(path, made):
    made.write(path)
    found = find_layout(Workbook.open(path)["Plan"], STANDARD)
    assert isinstance(found, SheetLayout), found
    months = [(block.month, [(c.column, c.field) for c in block.columns]) for block in found.months]
    expected = [
        (month, [(column, field if field != "" else "") for column, field in columns])
        for month, columns in made.expected()
    ]
    assert months == expected
    assert found.fields == made.fields
    assert found.heading_rows == (made.top, made.bottom)
    assert found.repeated == ()
