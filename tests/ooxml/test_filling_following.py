"""What refers to the rows of a filled sheet follows them."""

import openpyxl
import pytest
from lxml import etree

from sheetplan.errors import TemplateError
from sheetplan.ooxml.filling.moves import Moves
from tests.builders import FIRST_SHEET, parts_of
from tests.judges import openpyxl_values, sdk_errors, valid
from tests.ooxml.filling import filled, items
from tests.ooxml.following import MIXED, others, report


def sqrefs(path, tag):
    root = etree.fromstring(parts_of(path)[FIRST_SHEET])
    return [element.get("sqref") or element.findtext("{*}sqref") for element in root.iter(tag)]


# ---------------------------------------------------------------- where rows go


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("A1", "A1"),
        ("A2", "A2:A5"),
        ("$A$2", "$A$2:$A$5"),
        ("A3", "A3"),
        ("$A$2:$C$3", "$A$2:$C$5"),
        ("A1:C2", "A1:C5"),
        ("A3:A9", "A3:A11"),
        ("A4", "A6"),
        ("4:4", "6:6"),
        ("$1:$1", "$1:$1"),
        ("A:C", "A:C"),
        ("A1:A1048576", "A1:A1048576"),
        ("Report!A4+'Report'!B4+Other!B4", "Report!A6+'Report'!B6+Other!B4"),
        ("[1]Report!A4", "[1]Report!A4"),
        ("YTD4+Rate", "YTD4+Rate"),
        ("Items[Count]", "Items[Count]"),
        ('"A4"&A4', '"A4"&A6'),
    ],
)
def test_a_reference_reads_what_its_rows_have_become(text, becomes):
    moves = Moves("Report", 2, 3, {2: [2, 4, 5], 3: [3]})
    assert moves.formula(text, "Report") == becomes


def test_a_reference_to_rows_of_which_nothing_is_left_says_so():
    moves = Moves("Report", 2, 3, {2: [], 3: [2]})
    assert moves.formula("SUM(A2)+SUM(A1:A2)+SUM(A2:A3)", "Report") == (
        "SUM(#REF!)+SUM(A1:A1)+SUM(A2:A2)"
    )


# ---------------------------------------------------------------- rules


def test_a_conditional_format_holds_for_all_rows_made_from_its_own(tmp_path):
    def rules(book, sheet):
        red = book.add_format({"bg_color": "#FF0000"})
        formula = {"type": "formula", "criteria": "=$B2=$A$1", "format": red}
        sheet.conditional_format("A2:C2", formula)
        sheet.conditional_format("A3", {"type": "cell", "criteria": ">", "value": 1, "format": red})
        sheet.conditional_format("A2:A3", {"type": "blanks", "format": red})
        sheet.conditional_format("A4", {"type": "no_blanks", "format": red})

    sheet = openpyxl.load_workbook(filled(report(tmp_path, rules), MIXED))["Report"]
    found = {str(r.sqref): r.rules[0] for r in sheet.conditional_formatting}
    assert list(found) == ["A2:C2 A4:C5", "A3", "A2:A5", "A6"]
    assert found["A2:C2 A4:C5"].formula == ["$B2=$A$1"]


def test_a_rules_formula_is_said_for_the_first_row_that_it_holds_for(tmp_path):
    def rules(book, sheet):
        for cells, formula in (("A3", '=$B3="x"'), ("A4", "=SUM($C$2:$C$3)>C4")):
            sheet.conditional_format(cells, {"type": "formula", "criteria": formula})

    made = report(tmp_path, rules)
    path = filled(made, [*items("a", "b"), *others("c"), *items("d")])
    sheet = openpyxl.load_workbook(path)["Report"]
    formulas = {str(r.sqref): r.rules[0].formula for r in sheet.conditional_formatting}
    assert formulas == {"A4": ['$B4="x"'], "A6": ["SUM($C$2:$C$5)>C6"]}


def test_a_rule_of_a_pattern_without_lines_goes(tmp_path):
    def rules(book, sheet):
        sheet.conditional_format("A3", {"type": "blanks"})
        sheet.data_validation("B3", {"validate": "list", "source": ["x"]})

    path = filled(report(tmp_path, rules), items("a"))
    assert b"conditionalFormatting" not in parts_of(path)[FIRST_SHEET]
    assert b"dataValidation" not in parts_of(path)[FIRST_SHEET]


def test_a_drop_down_holds_for_all_rows_made_from_its_own(tmp_path):
    def rules(book, sheet):
        sheet.data_validation("B2", {"validate": "list", "source": "=$C$1:$C$4"})
        sheet.data_validation("B4", {"validate": "list", "source": ["x", "y"]})

    path = filled(report(tmp_path, rules), MIXED)
    found = openpyxl.load_workbook(path)["Report"].data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in found] == [
        ("B2 B4:B5", "$C$1:$C$6"), ("B6", '"x,y"'),
    ]  # fmt: skip


def test_rules_of_2010_follow_as_well(tmp_path):
    def rules(book, sheet):
        sheet.conditional_format("C2", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("C3", {"type": "data_bar", "data_bar_2010": True})
        sheet.add_sparkline("D2", {"range": "Report!C2:C2"})

    path = filled(report(tmp_path, rules), [*items("a", "b")])
    assert sqrefs(path, "{*}conditionalFormatting") == ["C2:C3", "C2:C3"]
    assert sqrefs(path, "{*}sparkline") == ["D2", "D3"]
    root = etree.fromstring(parts_of(path)[FIRST_SHEET])
    lines = [line.findtext("{*}f") for line in root.iter("{*}sparkline")]
    assert lines == ["Report!C2:C2", "Report!C3:C3"]


def test_links_breaks_ignored_errors_and_protected_ranges_follow(tmp_path):
    def things(book, sheet):
        sheet.write_url("A2", "https://example.org/", string="{name}")
        sheet.write_url("B4", "internal:Report!A2", string="Up")
        sheet.set_h_pagebreaks([1, 3])
        sheet.ignore_errors({"number_stored_as_text": "A2:A3"})
        sheet.protect()
        sheet.unprotect_range("C2", "Counts")

    path = filled(report(tmp_path, things), MIXED)
    root = etree.fromstring(parts_of(path)[FIRST_SHEET])
    links = {e.get("ref"): e.get("location") for e in root.iter("{*}hyperlink")}
    assert links == {"A2": None, "A4:A5": None, "B6": "Report!A2"}
    assert [e.get("id") for e in root.iter("{*}brk")] == ["1", "3", "4", "5"]
    assert sqrefs(path, "{*}ignoredError") == ["A2:A5"]
    assert sqrefs(path, "{*}protectedRange") == ["C2 C4:C5"]


def test_breaks_rows_and_views_hold_where_nothing_is_left(tmp_path):
    def things(book, sheet):
        sheet.set_h_pagebreaks([1])
        sheet.write_url("A2", "https://example.org/", string="{name}")
        sheet.freeze_panes(1, 0)
        sheet.set_selection("B3")

    path = filled(report(tmp_path, things), [])
    root = etree.fromstring(parts_of(path)[FIRST_SHEET])
    assert [e for e in root.iter("{*}brk", "{*}hyperlink", "{*}hyperlinks", "{*}rowBreaks")] == []
    assert root.find(".//{*}pane").get("topLeftCell") == "A2"
    assert root.find(".//{*}selection").get("activeCell") == "B2"


def test_merged_cells_below_move_with_their_rows(tmp_path):
    made = report(tmp_path, lambda book, sheet: sheet.merge_range("A5:C6", "Signed"))
    sheet = openpyxl.load_workbook(filled(made, MIXED))["Report"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A7:C8"]


# ---------------------------------------------------------------- filters, printing, names


def test_filter_print_area_and_titles_follow(tmp_path):
    def printing(book, sheet):
        sheet.autofilter("A1:C3")
        sheet.print_area("A1:C4")
        sheet.repeat_rows(0)
        book.define_name("Counts", "=Report!$C$2:$C$3")
        book.define_name("Items", "=Report!$A$2")

    book = openpyxl.load_workbook(filled(report(tmp_path, printing), MIXED))
    sheet = book["Report"]
    assert sheet.auto_filter.ref == "A1:C5"
    assert sheet.print_area == "'Report'!$A$1:$C$6"
    assert sheet.print_title_rows == "$1:$1"
    assert {n: d.attr_text for n, d in book.defined_names.items()} == {
        "Counts": "Report!$C$2:$C$5", "Items": "Report!$A$2:$A$5",
    }  # fmt: skip


def test_a_print_area_of_which_nothing_is_left_goes(tmp_path):
    path = filled(report(tmp_path, lambda book, sheet: sheet.print_area("A2:C3")), [])
    assert b"Print_Area" not in parts_of(path)["xl/workbook.xml"]
    assert openpyxl_values(path)["Report"]["A2"] == "End"


def test_formulas_on_other_sheets_follow(tmp_path):
    more = {"It's all": "| =SUM(Report!C2:C3) -> 0 | =Report!A4 -> x | =A4 -> 0 |"}
    made = report(tmp_path, lambda book, sheet: None, more=more)
    formulas = openpyxl_values(filled(made, MIXED), formulas=True)["It's all"]
    assert list(formulas.values()) == ["=SUM(Report!C2:C5)", "=Report!A6", "=A4"]


def test_a_sheet_that_was_filled_before_follows_as_well(tmp_path):
    def second(book, sheet):
        other = book.get_worksheet_by_name("Sums")
        other.conditional_format("A1", {"type": "formula", "criteria": "=$A1>Report!$C$4"})
        book.define_name("Sums!row_sum", "=Sums!$A$1")

    made = report(tmp_path, second, more={"Sums": "| =SUM(Report!$C$2) -> 0 | {name} |"})
    made.fill("Sums", items("a", "b", row="sum"), {})
    path = filled(made, MIXED)
    formulas = openpyxl_values(path, formulas=True)["Sums"]
    assert formulas["A1"] == formulas["A2"] == "=SUM(Report!$C$2:$C$5)"
    rule = next(iter(openpyxl.load_workbook(path)["Sums"].conditional_formatting))
    assert (str(rule.sqref), rule.rules[0].formula) == ("A1:A2", ["$A1>Report!$C$6"])


# ---------------------------------------------------------------- tables


def tabled(path, area="A1:C3", **options):
    columns = [{"header": name} for name in ("Name", "Note", "Count")]

    def table(book, sheet):
        sheet.add_table(area, {"columns": columns, "name": "Items", **options})
        for row in (1, 2):
            for column, name in enumerate(("name", "note", "count")):
                sheet.write_string(row, column, f"{{{name}}}")

    return report(path, table)


def table_area(path):
    table = openpyxl.load_workbook(path)["Report"].tables["Items"]
    assert table.autoFilter is None or table.autoFilter.ref == table.ref
    return table.ref


def test_a_table_grows_and_shrinks_to_its_lines(tmp_path):
    assert table_area(filled(tabled(tmp_path), MIXED)) == "A1:C5"
    assert table_area(filled(tabled(tmp_path), items("a"))) == "A1:C2"


def test_a_table_without_lines_keeps_one_blank_row(tmp_path):
    path = filled(tabled(tmp_path), [])
    assert table_area(path) == "A1:C2"
    values = openpyxl_values(path)["Report"]
    assert values == {"A1": "Name", "B1": "Note", "C1": "Count", "A3": "End"}


def test_the_blank_row_says_what_it_is_told_to(tmp_path):
    values = openpyxl_values(filled(tabled(tmp_path), [], blank="Nothing to report"))["Report"]
    assert values["A2"] == "Nothing to report"
    assert "B2" not in values


def test_a_table_of_one_of_the_patterns_covers_the_rows_made_from_it(tmp_path):
    made = tabled(tmp_path, area="A1:C2")
    assert table_area(filled(made, [*items("a", "b"), *others("c", "d")])) == "A1:C3"


def test_a_totals_row_stays_the_last(tmp_path):
    made = tabled(tmp_path, area="A1:C4", total_row=True, autofilter=False)
    assert table_area(filled(made, MIXED)) == "A1:C6"


def test_a_table_that_begins_with_a_pattern_row_is_refused(tmp_path):
    made = report(tmp_path, lambda book, sheet: sheet.add_table("E2:F3", {"name": "Items"}))
    with pytest.raises(TemplateError, match="the table Items begins with a pattern row, E2:F3"):
        made.fill("Report", MIXED, {})


# ---------------------------------------------------------------- second opinions


def everything(path):
    """A template with one of each."""

    def draw(book, sheet):
        sheet.conditional_format("A2:C2", {"type": "blanks", "format": book.add_format()})
        sheet.data_validation("B2:B3", {"validate": "list", "source": ["x"]})
        sheet.write_url("A2", "https://example.org/", string="{name}")
        columns = [{"header": name} for name in ("Name", "Note", "Count")]
        sheet.add_table("A1:C3", {"columns": columns, "name": "Items"})
        for row in (1, 2):
            for column, name in enumerate(("name", "note", "count")):
                sheet.write_string(row, column, f"{{{name}}}")
        drawn = book.add_chart({"type": "column"})
        drawn.add_series({"categories": "=Report!$A$2", "values": "=Report!$C$2"})
        sheet.insert_chart("E3", drawn)
        sheet.set_h_pagebreaks([1])
        sheet.print_area("A1:C4")
        sheet.conditional_format("C2:C3", {"type": "data_bar", "data_bar_2010": True})
        sheet.add_sparkline("D2", {"range": "Report!C2:C2"})

    return report(path, draw)


@pytest.mark.validator
@pytest.mark.parametrize("lines", [MIXED, [], items("a"), others("a", "b")])
def test_all_of_it_is_sound_to_the_open_xml_sdk(tmp_path, lines):
    assert sdk_errors(filled(everything(tmp_path), lines)) == []


@pytest.mark.shared
@pytest.mark.parametrize("lines", [MIXED, [], items("a"), others("a", "b")])
def test_all_of_it_keeps_the_rules_that_excel_holds_it_to(tmp_path, lines):
    path = filled(everything(tmp_path), lines)
    assert valid(tmp_path / "template.xlsx", path) == []
