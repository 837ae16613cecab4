from xml.sax.saxutils import escape

import pytest
from lxml import etree

from sheetplan.ooxml.ranges import ColumnCopy
from sheetplan.ooxml.rules import next_priority, rule_edits, rules_of, rules_still_reading
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import main, x14
from tests.builders import FIRST_SHEET, parts_of, replaced, workbook_with_sheet
from tests.judges import diff, sdk_errors, valid
from tests.ooxml.editing import edited, make

JUNE = ColumnCopy(15, 16)  # O and P, copied to Q and R

# ---------------------------------------------------------------- rules as XML


def colours(sqref, *formulas, priority=1):
    """A conditional format of 2007 with a rule for each formula."""
    rules = "".join(
        f'<cfRule type="expression" priority="{priority + at}"><formula>{escape(formula)}</formula>'
        "</cfRule>"
        for at, formula in enumerate(formulas)
    )
    return f'<conditionalFormatting sqref="{sqref}">{rules}</conditionalFormatting>'


def drop_downs(*pairs):
    """Drop-downs of 2007: (range, list)."""
    items = "".join(
        f'<dataValidation type="list" sqref="{sqref}"><formula1>{escape(source)}</formula1>'
        "</dataValidation>"
        for sqref, source in pairs
    )
    return f'<dataValidations count="{len(pairs)}">{items}</dataValidations>'


def extension(*items):
    """A sheet's extensions of 2010, with one list of each kind."""
    validations = [item for item in items if "dataValidation" in item]
    formats = [item for item in items if "dataValidation" not in item]
    inside = ""
    if formats:
        inside += (
            '<ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>'
            f"{''.join(formats)}</x14:conditionalFormattings></ext>"
        )
    if validations:
        inside += (
            '<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}">'
            f'<x14:dataValidations count="{len(validations)}">{"".join(validations)}'
            "</x14:dataValidations></ext>"
        )
    return f"<extLst>{inside}</extLst>"


def new_drop_down(sqref, source):
    """A drop-down of 2010, whose list may stand on another sheet."""
    return (
        f'<x14:dataValidation type="list"><x14:formula1><xm:f>{escape(source)}</xm:f>'
        f"</x14:formula1><xm:sqref>{sqref}</xm:sqref></x14:dataValidation>"
    )


def new_colours(sqref, formula, priority=9, identity="{00000000-0000-0000-0000-000000000001}"):
    """A conditional format of 2010."""
    return (
        f'<x14:conditionalFormatting><x14:cfRule type="expression" priority="{priority}"'
        f' id="{identity}"><xm:f>{escape(formula)}</xm:f></x14:cfRule>'
        f"<xm:sqref>{sqref}</xm:sqref></x14:conditionalFormatting>"
    )


@pytest.fixture
def rolled(tmp_path):
    """Copy O:P to Q:R under these rules; gives the sheet that was saved, judged by two others."""

    def roll(inside, *, agreed=(), **options):
        path = workbook_with_sheet(tmp_path / "before.xlsx", f"<sheetData/>{inside}")
        written = edited(
            path, lambda sheet: make(rule_edits(sheet, JUNE, **options)), agreed=agreed
        )
        assert valid(path, written) == []
        if not agreed:
            assert diff(path, written).harm == []
        return Workbook.open(written)["Sheet1"]

    return roll


def told(sheet):
    """Each rule as (its range, its formulas)."""
    return [
        (" ".join(map(str, rule.areas)), [formula.text for formula in rule.formulas])
        for rule in rules_of(sheet)
    ]


# ---------------------------------------------------------------- growth


def test_a_drop_down_of_the_month_grows_over_the_new_month(rolled):
    sheet = rolled(drop_downs(("O5:O20", "Lists!$A$1:$A$9"), ("B5:B20", '"Yes,No"')))
    assert told(sheet) == [
        ("O5:O20 Q5:Q20", ["Lists!$A$1:$A$9"]),
        ("B5:B20", ['"Yes,No"']),
    ]
    assert sheet.child("dataValidations").get("count") == "2"


def test_a_colour_rule_that_reads_its_own_cell_grows(rolled):
    assert told(rolled(colours("O5:P20", 'O5="Complete"'))) == [("O5:R20", ['O5="Complete"'])]


def test_a_colour_rule_that_reads_a_fixed_column_beside_the_months_grows(rolled):
    assert told(rolled(colours("O5:P20", "$L5=1"))) == [("O5:R20", ["$L5=1"])]


def test_a_rule_over_all_months_grows(rolled):
    assert told(rolled(colours("M5:M20 O5:O20", "M5>1"))) == [("M5:M20 O5:O20 Q5:Q20", ["M5>1"])]


def test_a_rule_elsewhere_stays(rolled):
    assert told(rolled(colours("A5:N20", "A5>1"))) == [("A5:N20", ["A5>1"])]


def test_a_drop_down_and_a_colour_rule_of_2010_grow_too(rolled):
    sheet = rolled(
        extension(new_colours("O5:O20", "O5=Lists!$A$1"), new_drop_down("O5:O20", "Lists!$A:$A"))
    )
    assert told(sheet) == [
        ("O5:O20 Q5:Q20", ["Lists!$A:$A"]),
        ("O5:O20 Q5:Q20", ["O5=Lists!$A$1"]),
    ]


def test_both_halves_of_a_data_bar_grow_together(rolled):
    identity = "{00000000-0000-0000-0000-00000000000A}"
    old = (
        '<conditionalFormatting sqref="O5:O20"><cfRule type="dataBar" priority="1"><dataBar>'
        '<cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar><extLst>'
        f'<ext uri="{{B025F937-C7B1-47D3-B67F-A62EFF666E3E}}"><x14:id>{identity}</x14:id></ext>'
        "</extLst></cfRule></conditionalFormatting>"
    )
    new = (
        f'<x14:conditionalFormatting><x14:cfRule type="dataBar" id="{identity}"><x14:dataBar>'
        '<x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/></x14:dataBar></x14:cfRule>'
        "<xm:sqref>O5:O20</xm:sqref></x14:conditionalFormatting>"
    )
    sheet = rolled(old + extension(new))
    assert [areas for areas, _ in told(sheet)] == ["O5:O20 Q5:Q20", "O5:O20 Q5:Q20"]


def test_protected_ranges_and_ignored_errors_grow(rolled):
    protected = '<protectedRanges><protectedRange sqref="O5:P20" name="a"/></protectedRanges>'
    ignored = '<ignoredErrors><ignoredError sqref="O5:O20" numberStoredAsText="1"/></ignoredErrors>'
    sheet = rolled(protected + ignored)
    assert [areas for areas, _ in told(sheet)] == ["O5:R20", "O5:O20 Q5:Q20"]


def test_a_rule_that_covers_the_new_month_already_stays_as_it_is(rolled):
    assert told(rolled(colours("A5:XFD20", "A5>1"))) == [("5:20", ["A5>1"])]


def test_a_rule_whose_range_cannot_be_read_is_left_alone(rolled):
    sheet = rolled(colours("O5:O20 #REF!", "O5>1"))
    assert sheet.child("conditionalFormatting").get("sqref") == "O5:O20 #REF!"


# ---------------------------------------------------------------- rules that read the old month


def test_a_rule_that_reads_the_old_month_absolutely_gets_a_copy(rolled):
    sheet = rolled(colours("O5:P20", '$O5="Complete"'))
    assert told(sheet) == [
        ("O5:P20", ['$O5="Complete"']),
        ("Q5:R20", ['$Q5="Complete"']),
    ]


def test_a_rule_that_reads_the_old_month_relatively_gets_none(rolled):
    assert len(told(rolled(colours("P5:P20", 'O5="Complete"')))) == 1


def test_what_a_copy_reads_relatively_moves_with_its_cells(rolled):
    sheet = rolled(colours("O5:P20", "AND($O5=1,N5=1,$B5=1,O$4=1)"))
    assert told(sheet)[1] == ("Q5:R20", ["AND($Q5=1,P5=1,$B5=1,Q$4=1)"])


def test_a_copy_is_tried_after_all_other_rules(rolled):
    sheet = rolled(
        colours("O5:O20", "$O5=1", "$O5=2", priority=3)
        + colours("A5:A20", "A5=1", priority=5)
        + extension(new_colours("B5:B20", "B5=1", priority=7))
    )
    order = [int(r.get("priority")) for r in sheet.root.iter(main("cfRule"), x14("cfRule"))]
    assert order == [3, 4, 8, 9, 5, 7]
    assert next_priority(sheet) == 10


def test_a_drop_down_that_reads_the_old_month_gets_a_copy_that_is_counted(rolled):
    sheet = rolled(drop_downs(("P5:P20", "INDIRECT($O5)")))
    assert told(sheet) == [("P5:P20", ["INDIRECT($O5)"]), ("R5:R20", ["INDIRECT($Q5)"])]
    assert sheet.child("dataValidations").get("count") == "2"


def test_a_copy_of_a_rule_of_2010_has_an_identity_of_its_own(rolled):
    sheet = rolled(extension(new_colours("O5:P20", "$O5=Lists!$A$1")))
    assert told(sheet) == [
        ("O5:P20", ["$O5=Lists!$A$1"]),
        ("Q5:R20", ["$Q5=Lists!$A$1"]),
    ]
    identities = [rule.get("id") for rule in sheet.root.iter(x14("cfRule"))]
    assert len(set(identities)) == 2


def test_a_copy_is_not_made_again(tmp_path):
    path = workbook_with_sheet(
        tmp_path / "before.xlsx", f"<sheetData/>{colours('O5:P20', '$O5=1')}"
    )
    once = edited(path, lambda sheet: make(rule_edits(sheet, JUNE)))
    assert rule_edits(Workbook.open(once)["Sheet1"], JUNE) == []


def test_a_copy_for_areas_that_lie_apart_reads_from_its_own_first_cell(rolled):
    # The first area anchors the rule: N10 for O20 is N30 for O40.
    sheet = rolled(colours("O20:O30 O40:O50", "AND($O20=1,N10=1)"))
    assert told(sheet)[1] == ("Q20:Q30 Q40:Q50", ["AND($Q20=1,P10=1)"])


def test_a_copy_whose_first_area_stands_higher_than_the_rules_reads_the_same_rows(rolled):
    sheet = rolled(colours("M10:M20 O5:O9", "AND($O10=1,M8=1)"))
    assert told(sheet)[1] == ("Q5:Q9", ["AND($Q5=1,Q3=1)"])


@pytest.mark.parametrize("formula", ["'Sheet1'!$O5=1", "SUM($O:$P)>1", "$O$5:$P$9=1"])
def test_every_spelling_of_a_fixed_reference_to_the_month_is_seen(rolled, formula):
    assert len(told(rolled(colours("O5:P20", formula)))) == 2


@pytest.mark.parametrize("formula", ["Lists!$O5=1", '"$O5"=P5', "$N5:$P5=1", "LOG10($N5)=1"])
def test_a_fixed_reference_to_something_else_makes_no_copy(rolled, formula):
    assert told(rolled(colours("O5:P20", formula))) == [("O5:R20", [formula])]


# ---------------------------------------------------------------- whole rows


ROW_COLOUR = colours("A5:P20", '$O5="Complete"')


def test_a_row_that_is_coloured_by_its_latest_status_gets_a_copy_for_the_new_cells(rolled):
    assert told(rolled(ROW_COLOUR)) == [
        ("A5:P20", ['$O5="Complete"']),
        ("Q5:R20", ['$Q5="Complete"']),
    ]


def test_a_row_that_is_coloured_by_its_latest_status_can_be_made_to_read_the_new_one(rolled):
    sheet = rolled(ROW_COLOUR, repointing=True, agreed=["<conditionalFormatting> A5:P20"])
    assert told(sheet) == [("A5:R20", ['$Q5="Complete"'])]


def test_repointing_leaves_the_rules_of_the_month_alone_their_copies(rolled):
    sheet = rolled(colours("O5:P20", "$O5=1"), repointing=True)
    assert told(sheet) == [("O5:P20", ["$O5=1"]), ("Q5:R20", ["$Q5=1"])]


def test_rules_that_go_on_reading_the_old_month_are_named(tmp_path):
    path = workbook_with_sheet(
        tmp_path / "before.xlsx", f"<sheetData/>{ROW_COLOUR}{colours('O5:P20', '$O5=1')}"
    )
    found = rules_still_reading(Workbook.open(path)["Sheet1"], JUNE)
    assert [(rule.what, str(rule.areas[0])) for rule in found] == [("conditional format", "A5:P20")]


def test_edits_say_what_they_will_do_before_they_do_it(tmp_path):
    path = workbook_with_sheet(
        tmp_path / "before.xlsx",
        f"<sheetData/>{colours('O5:P20', '$O5=1')}{drop_downs(('O5:O20', 'A:A'))}",
    )
    sheet = Workbook.open(path)["Sheet1"]
    drop_down, colour = rule_edits(sheet, JUNE)
    assert (drop_down.what, drop_down.before, drop_down.after) == (
        "drop-down", "O5:O20", "O5:O20 Q5:Q20",
    )  # fmt: skip
    assert (colour.what, colour.before) == ("conditional format", "")
    assert colour.after.startswith("Q5:R20")
    assert len(told(sheet)) == 2


def test_the_same_copy_has_the_same_bytes_whenever_it_is_made(tmp_path):
    path = workbook_with_sheet(
        tmp_path / "before.xlsx", f"<sheetData/>{extension(new_colours('O5:P20', '$O5=1'))}"
    )
    one, other = (
        parts_of(edited(path, lambda sheet: make(rule_edits(sheet, JUNE))))[FIRST_SHEET]
        for _ in range(2)
    )
    assert one == other


@pytest.mark.validator
def test_grown_and_copied_rules_are_sound_to_the_open_xml_sdk(tmp_path):
    rules = (
        colours("O5:P20", "$O5=1")
        + drop_downs(("O5:O20", "$B$1:$B$9"))
        + extension(new_colours("O5:P20", "$O5=Lists!$A$1"), new_drop_down("O5:O20", "Lists!$A:$A"))
    )
    path = workbook_with_sheet(tmp_path / "before.xlsx", f"<sheetData/>{rules}")
    written = edited(path, lambda sheet: make(rule_edits(sheet, JUNE)))
    assert sdk_errors(written) == sdk_errors(path) == []


def test_rules_under_a_prefix_grow(tmp_path):
    path = workbook_with_sheet(tmp_path / "b.xlsx", f"<sheetData/>{colours('O5:P20', 'O5=1')}")
    for tag in ("worksheet", "sheetData", "conditionalFormatting", "cfRule", "formula"):
        replaced(path, FIRST_SHEET, f"<{tag}", f"<x:{tag}")
    for tag in ("worksheet", "conditionalFormatting", "cfRule", "formula"):
        replaced(path, FIRST_SHEET, f"</{tag}", f"</x:{tag}")
    replaced(path, FIRST_SHEET, "xmlns=", "xmlns:x=")
    written = edited(path, lambda sheet: make(rule_edits(sheet, JUNE)))
    assert told(Workbook.open(written)["Sheet1"]) == [("O5:R20", ["O5=1"])]
    assert etree.fromstring(parts_of(written)[FIRST_SHEET]).prefix == "x"
