"""What goes on reading or naming the old month, and what --repoint does about it."""

from __future__ import annotations

import pytest

import sheetplan
from sheetplan.model.month import Month
from sheetplan.ooxml.xml import MAIN
from tests.builders import package_with, parts_of, replaced, workbook_from_text
from tests.cycle.looking import book_of, sheet_of
from tests.judges import diff, openpyxl_values, valid
from tests.shapes import PAIRS, pairs

DASHBOARD = "xl/worksheets/sheet2.xml"


def dashboard(path, formulas, *, theme="Plan", decorate=lambda book: None):
    """PAIRS, and a dashboard with these formulas below each other in column A, each showing 7."""
    lines = "\n".join(f"| {formula} -> 7 |" for formula in formulas)
    return workbook_from_text(path, {theme: PAIRS, "Dashboard": lines}, decorate=decorate)


def readers_of(path, **options):
    """Who is said to read the old month: (place, formula)."""
    return [(r.where, r.formula) for r in sheetplan.plan_roll_month(path, **options).readers]


def repointed(tmp_path, path):
    """The dashboard's formulas and stored results after a roll with --repoint."""
    after = sheetplan.roll_month(path, output=tmp_path / "after.xlsx", repoint=True).output
    assert valid(path, after) == []
    formulas = openpyxl_values(after, formulas=True)["Dashboard"]
    return formulas, openpyxl_values(after)["Dashboard"]


# ---------------------------------------------------------------- formulas

READING = [
    "=Plan!E2",
    "=plan!$E$2",
    "='Plan'!E2",
    "=SUM(Plan!E2:F4)",
    '=COUNTIF(Plan!$E$2:$E$4,"Complete")',
    '=COUNTIF(Plan!E:E,"Complete")',
    "=Plan!F$2&Plan!B2",
    "=SUM(Plan!E2:INDEX(Plan!F:F,4))",
]
NOT_READING = [
    "=Plan!C2",
    '="Plan!E2"',
    '=INDIRECT("Plan!E2")',
    "=E2",
    "=SUM(Plan!C2:F4)",
    "=Plan!EE2+Plan!AE2",
    "=Plan!B2",
]


@pytest.mark.parametrize("formula", READING)
def test_a_formula_that_reads_the_old_month_is_said_to(tmp_path, formula):
    path = dashboard(tmp_path / "plan.xlsx", [formula])
    assert readers_of(path) == [("Dashboard!A1", formula[1:])]


@pytest.mark.parametrize("formula", NOT_READING)
def test_a_formula_that_reads_something_else_is_not(tmp_path, formula):
    path = dashboard(tmp_path / "plan.xlsx", [formula])
    assert readers_of(path) == []


def test_sheets_with_quotes_in_their_names_are_read_too(tmp_path):
    formula = "='Children''s & families'!E2"
    path = dashboard(tmp_path / "plan.xlsx", [formula], theme="Children's & families")
    assert readers_of(path) == [("Dashboard!A1", formula[1:])]
    formulas, _ = repointed(tmp_path, path)
    assert formulas["A1"] == "='Children''s & families'!G2"


def test_a_column_of_the_tracker_that_shows_the_latest_status_reads_the_old_month(tmp_path):
    path = pairs(tmp_path / "plan.xlsx", lambda _, sheet: sheet.write_formula("B3", "=E3"))
    assert readers_of(path) == [("Plan!B3", "E3")]


def test_formulas_stay_as_they_are_without_repoint(tmp_path):
    path = dashboard(tmp_path / "plan.xlsx", READING)
    after = sheetplan.roll_month(path, output=tmp_path / "after.xlsx").output
    assert parts_of(after)[DASHBOARD] == parts_of(path)[DASHBOARD]


def test_repoint_moves_what_reads_the_old_month_and_nothing_else(tmp_path):
    path = dashboard(tmp_path / "plan.xlsx", READING + NOT_READING)
    formulas, results = repointed(tmp_path, path)
    moved = [formula.replace("E", "G").replace("F", "H") for formula in READING]
    moved[4] = '=COUNTIF(Plan!$G$2:$G$4,"Complete")'
    moved[5] = '=COUNTIF(Plan!G:G,"Complete")'
    moved[7] = "=SUM(Plan!G2:INDEX(Plan!H:H,4))"
    assert list(formulas.values()) == moved + NOT_READING
    stale = [f"A{row}" for row in range(1, len(READING) + 1)]
    assert not results.keys() & set(stale)
    assert list(results.values()) == [7] * len(NOT_READING)


def test_repoint_is_said_formula_by_formula_and_is_all_that_changes(tmp_path):
    path = dashboard(tmp_path / "plan.xlsx", ["=Plan!E2", "=Plan!C2"])
    result = sheetplan.roll_month(path, output=tmp_path / "after.xlsx", repoint=True)
    assert [(edit.before, edit.after) for _, edit in result.plan.moved] == [
        ("A1 =Plan!E2", "=Plan!G2")
    ]
    assert result.plan.readers == []
    assert diff(path, result.output).harm in ([], ["Dashboard!A1 '=Plan!E2' -> '=Plan!G2'"])


def shared_formula(tmp_path):
    """Plan!D2 filled right over A1:D1, stored once as Excel does: B1 and C1 read July."""
    path = dashboard(tmp_path / "plan.xlsx", ["=Plan!D2"])
    shared = '<f t="shared" ref="A1:D1" si="0">Plan!D2</f><v>7</v></c>'
    for cell in ("B1", "C1", "D1"):
        shared += f'<c r="{cell}"><f t="shared" si="0"/><v>7</v></c>'
    return replaced(path, DASHBOARD, "<f>Plan!D2</f><v>7</v></c>", shared)


def test_every_cell_that_shares_a_formula_is_said_to_read_the_old_month(tmp_path):
    path = shared_formula(tmp_path)
    assert readers_of(path) == [
        ("Dashboard!B1", "Plan!E2"),
        ("Dashboard!C1", "Plan!F2"),
    ]


def test_repoint_moves_those_that_share_a_formula_one_by_one(tmp_path):
    formulas, results = repointed(tmp_path, shared_formula(tmp_path))
    assert formulas == {"A1": "=Plan!D2", "B1": "=Plan!G2", "C1": "=Plan!H2", "D1": "=Plan!G2"}
    assert results == {"A1": 7, "D1": 7}


def test_an_array_formula_that_is_repointed_is_still_one(tmp_path):
    def decorate(book):
        sheet = book.get_worksheet_by_name("Dashboard")
        sheet.write_array_formula("A1:A1", '{=SUM(--(Plan!E2:E4="Complete"))}', None, 1)

    path = dashboard(tmp_path / "plan.xlsx", ["=1"], decorate=decorate)
    sheetplan.roll_month(path, output=tmp_path / "after.xlsx", repoint=True)
    formula = sheet_of(tmp_path / "after.xlsx", "Dashboard")["A1"].value
    assert (formula.ref, formula.text) == ("A1", '=SUM(--(Plan!G2:G4="Complete"))')


def test_the_month_that_is_read_is_that_of_the_sheet_that_is_read(tmp_path):
    earlier = PAIRS.replace("June", "May").replace("July", "June")
    path = workbook_from_text(
        tmp_path / "plan.xlsx",
        {"Theme 1": PAIRS, "Theme 2": earlier, "Dashboard": "| ='Theme 1'!B2&'Theme 2'!E2 |"},
    )
    plan = sheetplan.plan_roll_month(path, Month(2023, 8), allow_gap=True)
    assert [reader.month for reader in plan.readers] == [Month(2023, 6)]


# ---------------------------------------------------------------- the new month's own formulas


def fixed_total(tmp_path):
    def decorate(_, sheet):
        sheet.write_formula("E5", '=COUNTIF($E$2:$E$4,"Complete")', None, 1)
        sheet.write_formula("F5", "=COUNTA(F2:F4)-COUNTA(D2:D4)", None, 0)

    return pairs(tmp_path / "plan.xlsx", decorate)


def test_a_total_that_a_dollar_holds_on_the_old_month_is_said_to_read_it(tmp_path):
    assert readers_of(fixed_total(tmp_path)) == [("Plan!G5", 'COUNTIF($E$2:$E$4,"Complete")')]


def test_repoint_moves_such_a_total_and_not_the_comparison_with_the_month_before(tmp_path):
    result = sheetplan.roll_month(
        fixed_total(tmp_path), output=tmp_path / "after.xlsx", repoint=True
    )
    values = openpyxl_values(result.output, formulas=True)["Plan"]
    assert values["E5"] == '=COUNTIF($E$2:$E$4,"Complete")'
    assert values["G5"] == '=COUNTIF($G$2:$G$4,"Complete")'
    assert values["H5"] == "=COUNTA(H2:H4)-COUNTA(F2:F4)"


# ---------------------------------------------------------------- tables

HEADINGS = [line.strip() for line in PAIRS.strip().splitlines()[0].strip("|").split("|")]


def table(book):
    sheet = book.get_worksheet_by_name("Plan")
    columns = [{"header": heading} for heading in HEADINGS]
    sheet.add_table("A1:F4", {"name": "Actions", "columns": columns})


def test_a_formula_that_reads_a_tables_column_of_the_old_month_is_said_to(tmp_path):
    formulas = [
        '=COUNTIF(Actions[Status (July 2023)],"Complete")',
        "=COUNTA(Actions[Status (June 2023)])",
        "=COUNTA(Actions[[Status (June 2023)]:[Update (July 2023)]])",
        '="Actions[Status (July 2023)]"',
    ]
    path = dashboard(tmp_path / "plan.xlsx", formulas, decorate=table)
    assert readers_of(path) == [("Dashboard!A1", formulas[0][1:])]
    moved, _ = repointed(tmp_path, path)
    assert list(moved.values()) == [formulas[0].replace("July", "August"), *formulas[1:]]


def test_a_name_for_a_tables_column_is_said_to_read_the_old_month(tmp_path):
    def decorate(book):
        table(book)
        book.define_name("Latest", "=Actions[Status (July 2023)]")

    path = dashboard(tmp_path / "plan.xlsx", ["=1"], decorate=decorate)
    assert readers_of(path) == [("the name Latest", "Actions[Status (July 2023)]")]


# ---------------------------------------------------------------- charts, names, rules


def test_a_chart_sheet_that_draws_the_old_month_is_said_to(tmp_path):
    def decorate(book):
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Plan!$E$2:$E$4"})
        book.add_chartsheet("Progress").set_chart(chart)

    path = dashboard(tmp_path / "plan.xlsx", ["=1"], decorate=decorate)
    assert readers_of(path) == [("the chart of a chart sheet", "Plan!$E$2:$E$4")]


@pytest.mark.parametrize(("area", "is_said"), [("A1:F4", True), ("A1:D4", False)])
def test_a_pivot_table_whose_source_ends_with_the_old_month_is_said_to(tmp_path, area, is_said):
    path = dashboard(tmp_path / "plan.xlsx", ["=1"])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    source = f'<worksheetSource ref="{area}" sheet="Plan"/>'
    package_with(
        path,
        {
            "xl/pivotCache/pivotCacheDefinition1.xml": (
                f'<pivotCacheDefinition xmlns="{MAIN}"><cacheSource type="worksheet">{source}'
                '</cacheSource><cacheFields count="0"/></pivotCacheDefinition>'
            ).encode()
        },
    )
    replaced(
        path,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/xl/pivotCache/pivotCacheDefinition1.xml" ContentType="{kind}"/>'
        "</Types>",
    )
    replaced(
        path,
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        f'<Relationship Id="rId99" Type="{office}/pivotCacheDefinition" '
        'Target="pivotCache/pivotCacheDefinition1.xml"/></Relationships>',
    )
    said = [("the source of a pivot table", f"Plan!{area}")]
    assert readers_of(path) == (said if is_said else [])


def test_a_chart_that_draws_the_old_month_is_said_to(tmp_path):
    def decorate(book):
        for cells in ("=Plan!$E$2:$E$4", "=Plan!$C$2:$C$4"):
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": cells})
            book.get_worksheet_by_name("Dashboard").insert_chart("D2", chart)

    path = dashboard(tmp_path / "plan.xlsx", ["=1"], decorate=decorate)
    assert readers_of(path) == [("a chart on Dashboard", "Plan!$E$2:$E$4")]
    assert readers_of(path, repoint=True) == readers_of(path)


def test_a_name_for_the_statuses_alone_is_said_to_read_the_old_month(tmp_path):
    def decorate(book, _):
        book.define_name("Latest", "=Plan!$E$2:$F$4")
        book.define_name("Statuses", "=Plan!$E$2:$E$4")
        book.define_name("Share", '=COUNTIF(Plan!$E$2:$F$4,"Complete")')

    path = pairs(tmp_path / "plan.xlsx", decorate)
    assert readers_of(path) == [
        ("the name Share", 'COUNTIF(Plan!$E$2:$F$4,"Complete")'),
        ("the name Statuses", "Plan!$E$2:$E$4"),
    ]


def test_rules_on_other_sheets_are_said_to_read_the_old_month(tmp_path):
    def decorate(book):
        sheet = book.get_worksheet_by_name("Dashboard")
        sheet.data_validation("C1", {"validate": "list", "source": "=Plan!$E$2:$E$4"})
        bold = book.add_format({"bold": True})
        rule = {"type": "formula", "criteria": '=Plan!$E$2="Complete"', "format": bold}
        sheet.conditional_format("A1:A9", rule)

    path = dashboard(tmp_path / "plan.xlsx", ["=1"], decorate=decorate)
    found = readers_of(path)
    assert found == [
        ("drop-down on Dashboard!C1", "Plan!$E$2:$E$4"),
        ("conditional format on Dashboard!A1:A9", 'Plan!$E$2="Complete"'),
    ]
    assert readers_of(path, repoint=True) == found


# ---------------------------------------------------------------- words


def sayings_of(path):
    return [(s.place, s.text) for s in sheetplan.plan_roll_month(path).grouped_sayings()]


def test_titles_that_name_the_old_month_are_said_to(tmp_path):
    cover = "| Improvement plan: position at July 2023 | June 2023 | Approved 3 July 2023 |"
    title = "| Progress to July 2023 |\n"
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Cover": cover, "Plan": title + PAIRS})
    assert sayings_of(path) == [
        ("Cover!A1", "Improvement plan: position at July 2023"),
        ("Plan!A1", "Progress to July 2023"),
    ]


def test_headings_and_updates_of_the_month_itself_are_not(tmp_path):
    path = pairs(tmp_path / "plan.xlsx", lambda _, sheet: sheet.write("F2", "July 2023: laid"))
    assert sayings_of(path) == []


def test_page_headers_that_name_the_old_month_are_said_to_in_one_line(tmp_path):
    def decorate(book):
        for sheet in book.worksheets():
            sheet.set_header('&L&"Arial,Bold"&12July 2023&R&P of &N')

    path = workbook_from_text(
        tmp_path / "plan.xlsx", {"Theme 1": PAIRS, "Theme 2": PAIRS}, decorate=decorate
    )
    assert sayings_of(path) == [("the page header or footer of Theme 1, Theme 2", "July 2023")]


def test_nothing_that_names_the_month_is_changed(tmp_path):
    cover = "| Improvement plan: position at July 2023 |"
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Cover": cover, "Plan": PAIRS})
    after = sheetplan.roll_month(path, output=tmp_path / "after.xlsx", repoint=True).output
    assert book_of(after)["Cover"]["A1"].value == "Improvement plan: position at July 2023"


def test_months_on_support_sheets_and_generated_sheets_are_data(tmp_path):
    milestones = "| Reference | Milestone | Due |\n| OC.A1.1 | Roof | July 2023 |"
    sheets = {"Plan": PAIRS, "Milestones": milestones, "Notes": "| July 2023 |"}
    path = workbook_from_text(tmp_path / "plan.xlsx", sheets)
    sheetplan.summarise(path)
    assert sayings_of(path) == [("Notes!A1", "July 2023")]
