"""Finding a plan in the tables of its document: sections, rows, and what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sheetplan.errors import PlanNotFoundError
from sheetplan.importing.plan_sections import find_plan
from sheetplan.model.commentary import CommentaryRun
from sheetplan.model.plan_source import (
    PlanSource,
    SourceCell,
    SourceDocument,
    SourceParagraph,
    SourcePlace,
    SourceTable,
    SourceTableRow,
)
from sheetplan.settings import load_profile

HEADS = ["No.", "Improvement aim", "Required action", "Outputs", "Lead / RAG status"]
STANDARD = load_profile("standard").importing


def paragraph(text: str, *, level: int = 0, bold: bool = False) -> SourceParagraph:
    return SourceParagraph(SourcePlace("Text"), (CommentaryRun(text, bold=bold),), level=level)


def lead(text: str) -> tuple[CommentaryRun, ...]:
    return (CommentaryRun(text, bold=True, underline=True),)


def table(*rows: Sequence[str], name: str = "Table 1", title: str = "") -> SourceTable:
    """A table of texts; "__Name__" is a lead, and a row of one text is merged over all columns."""
    width = max(map(len, rows))
    made = []
    for number, texts in enumerate(rows, 1):
        span = width if len(texts) == 1 else 1
        cells = []
        for column, text in enumerate(texts, 1):
            place = SourcePlace(name, number, column)
            runs = lead(text.strip("_")) if text.startswith("__") else (CommentaryRun(text),)
            paragraphs = (SourceParagraph(place, runs),) if text else ()
            cells.append(SourceCell(column, span, paragraphs))
        made.append(SourceTableRow(number, tuple(cells)))
    return SourceTable(name, tuple(made), title)


def found(*blocks: SourceParagraph | SourceTable) -> PlanSource:
    return find_plan(SourceDocument("plan.docx", blocks), STANDARD)


def shape(plan: PlanSource) -> list[tuple[str, str, list[str]]]:
    """Each section with the numbers of its rows."""
    return [(s.number, s.title, [row.number for row in s.rows]) for s in plan.sections]


def texts(plan: PlanSource, kind: str) -> list[str]:
    """What stands in the first row's cells of a kind."""
    return [p.text for p in plan.sections[0].rows[0].cells.get(kind, ())]


def test_a_heading_above_a_table_is_its_section() -> None:
    plan = found(
        paragraph("Our Plan", level=1),
        paragraph("1. Streets", level=2),
        paragraph("All about streets."),
        table(HEADS, ["1.1", "Roads", "Mend", "Done", "x"]),
        paragraph("Section 2: Homes", level=2),
        table(HEADS, ["2.1", "Roofs", "Mend", "Done", "x"], name="Table 2"),
    )
    assert shape(plan) == [("1", "Streets", ["1.1"]), ("2", "Homes", ["2.1"])]
    assert [aside.paragraph.text for aside in plan.asides if "outside" in aside.why] == [
        "Our Plan",
        "All about streets.",
    ]


def test_a_heading_that_is_only_bold_or_numbered_is_found_too() -> None:
    rows = (HEADS, ["1.1", "Roads", "Mend", "Done", "x"])
    assert shape(found(paragraph("Streets", bold=True), paragraph("Note."), table(*rows))) == [
        ("", "Streets", ["1.1"])
    ]
    assert shape(found(paragraph("4 Streets"), paragraph("Note."), table(*rows))) == [
        ("4", "Streets", ["1.1"])
    ]


def test_a_merged_row_begins_a_section() -> None:
    plan = found(
        table(
            ["1. Streets"],
            HEADS,
            ["1.1", "Roads", "Mend", "Done", "x"],
            ["2. Homes"],
            HEADS,
            ["2.1", "Roofs", "Mend", "Done", "x"],
        )
    )
    assert shape(plan) == [("1", "Streets", ["1.1"]), ("2", "Homes", ["2.1"])]


def test_a_merged_row_that_says_something_else_is_kept_aside() -> None:
    plan = found(
        paragraph("1. Streets", level=1),
        table(
            HEADS,
            ["All figures are of June."],
            ["1.1", "Roads", "Mend", "Done", "x"],
            ["1. Streets (continued)"],
            ["1.2", "Paths", "Mend", "Done", "x"],
        ),
    )
    assert shape(plan) == [("1", "Streets", ["1.1", "1.2"])]
    assert [a.paragraph.text for a in plan.asides if "heads" not in a.why] == [
        "All figures are of June.",
        "1. Streets (continued)",
    ]


def test_headings_that_come_again_are_no_rows() -> None:
    plan = found(
        table(
            HEADS,
            ["1.1", "Roads", "Mend", "Done", "x"],
            HEADS,
            ["1.2", "Paths", "Mend", "Done", "x"],
        )
    )
    assert shape(plan) == [("", "Plan", ["1.1", "1.2"])]
    assert sum(aside.why == "It heads a column." for aside in plan.asides) == 10


def test_a_table_without_headings_goes_on_from_the_one_before() -> None:
    plan = found(
        paragraph("1. Streets", level=1),
        table(HEADS, ["1.1", "Roads", "Mend", "Done", "x"]),
        table(["1.2", "Paths", "Mend", "Done", "x"], name="Table 2"),
        table(["Green", "all is well"], name="Table 3"),
    )
    assert shape(plan) == [("1", "Streets", ["1.1", "1.2"])]
    assert [a.paragraph.text for a in plan.asides if "other headings" in a.why] == [
        "Green",
        "all is well",
    ]


def test_a_row_without_a_number_goes_on_from_the_row_above() -> None:
    plan = found(
        table(
            HEADS,
            ["1.1", "Roads", "Mend", "Done", "__Head of Roads__"],
            ["", "", "and sweep", "", "Begun (June Update)"],
            ["", "and paths", "", "", "Done (July Update)"],
        )
    )
    assert shape(plan) == [("", "Plan", ["1.1"])]
    assert texts(plan, "aim") == ["Roads", "and paths"]
    assert texts(plan, "action") == ["Mend", "and sweep"]
    assert texts(plan, "commentary") == [
        "Head of Roads",
        "Begun (June Update)",
        "Done (July Update)",
    ]
    assert [(f.code, f.sheet) for f in plan.findings] == [("import-no-number", "Table 1, row 4")]
    assert "taken for the rest of 1.1" in plan.findings[0].message


def test_a_row_without_a_number_but_with_an_aim_and_a_lead_is_one_of_its_own() -> None:
    plan = found(
        table(
            HEADS,
            ["1.1", "Roads", "Mend", "Done", "x"],
            ["", "Paths", "Mend", "Done", "__Head of Paths__"],
        )
    )
    assert shape(plan) == [("", "Plan", ["1.1", ""])]
    assert "taken for a row of its own after 1.1" in plan.findings[0].message


def test_a_column_that_is_not_known_is_kept_as_other() -> None:
    plan = found(table([*HEADS, "Budget"], ["1.1", "Roads", "Mend", "Done", "x", "£5"]))
    assert texts(plan, "other") == ["£5"]


def test_sheets_are_sections_by_their_names() -> None:
    plan = found(
        table(HEADS, ["1.1", "Roads", "Mend", "Done", "x"], name="Streets", title="Streets"),
        table(HEADS, ["2.1", "Roofs", "Mend", "Done", "x"], name="Homes", title="Homes"),
    )
    assert shape(plan) == [("", "Streets", ["1.1"]), ("", "Homes", ["2.1"])]


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        ([], "plan.docx: there is no table in it, and a plan is read from tables."),
        (
            [table(["Name", "Date"], ["A", "B"])],
            'no table in it has the headings of a plan: "No." and "Lead / RAG status", and '
            '"Improvement aim" or "Required action". What is there: Table 1: "Name" and "Date".',
        ),
        ([table(["No.", "Lead / RAG status"], ["1", "x"])], "no table in it has the headings"),
        ([table(["No.", "Aim", "Notes"], ["1", "x", "y"])], 'Table 1: "No.", "Aim" and "Notes"'),
        ([table(HEADS)], "it has the headings of a plan, and no rows under them."),
    ],
)
def test_what_is_no_plan_is_refused(
    blocks: list[SourceParagraph | SourceTable], message: str
) -> None:
    with pytest.raises(PlanNotFoundError) as refused:
        found(*blocks)
    assert message in str(refused.value)
    assert refused.value.remedy


def test_the_council_adds_headings_of_its_own() -> None:
    grid = table(["No.", "Ambition", "Where we are"], ["1.1", "Roads", "x"])
    with pytest.raises(PlanNotFoundError, match="Ambition"):
        found(grid)
    own = {**STANDARD.headings, "aim": ("Ambition",), "commentary": ("Where we are",)}
    plan = find_plan(SourceDocument("plan.docx", (grid,)), type(STANDARD)(own))
    assert texts(plan, "aim") == ["Roads"]
