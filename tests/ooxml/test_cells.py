from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl.utils.escape import unescape

from sheetplan.ooxml.cells import (
    LONGEST_TEXT,
    ErrorValue,
    Run,
    change_formula,
    clear,
    formula_of,
    is_empty,
    item_text,
    put,
    put_text,
    stored_formula,
    stored_number,
)
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import MAIN, main
from tests.builders import replaced, workbook_from_text, workbook_with_sheet
from tests.judges import calamine_values, office_values, openpyxl_values
from tests.ooxml.editing import edited

STRINGS = "xl/sharedStrings.xml"
BOLD = f'<rPr xmlns="{MAIN}"><b/></rPr>'.encode()


def cell(inside="", **attributes):
    """A cell element with XML in it."""
    element = etree.fromstring(f'<c xmlns="{MAIN}" r="A1">{inside}</c>')
    element.attrib.update(attributes)
    return element


@pytest.fixture
def first_cell(tmp_path):
    """Read A1 of a workbook whose A1 is this XML."""

    def read(inside, **attributes):
        spelled = "".join(f' {name}="{value}"' for name, value in attributes.items())
        path = workbook_with_sheet(
            tmp_path / "odd.xlsx",
            f'<sheetData><row r="1"><c r="A1"{spelled}>{inside}</c></row></sheetData>',
        )
        return Workbook.open(path)["Sheet1"].value(1, 1)

    return read


@pytest.fixture
def plan(tmp_path):
    """A small workbook of text, numbers, dates and formulas."""
    return workbook_from_text(
        tmp_path / "plan.xlsx",
        {"Plan": "| Ref | 12 | 12.5 | 2023-07-01 | =1+1 -> 2 | =A1 -> Ref | |"},
        decorate=lambda book: book.get_worksheet_by_name("Plan").write_boolean("H1", True),
    )


# ---------------------------------------------------------------- reading


def test_each_cell_reads_as_what_it_is(plan):
    sheet = Workbook.open(plan)["Plan"]
    values = [sheet.value(1, column) for column in range(1, 9)]
    assert values == ["Ref", 12, 12.5, datetime(2023, 7, 1), 2, "Ref", None, True]
    assert isinstance(values[1], int)


def test_values_are_those_that_another_reader_sees(plan):
    sheet = Workbook.open(plan)["Plan"]
    seen = openpyxl_values(plan)["Plan"]
    assert {f"{'ABCDEFGH'[c - 1]}1": sheet.value(1, c) for c in (1, 2, 3, 4, 5, 6, 8)} == seen


@pytest.mark.parametrize(
    ("attributes", "inside", "value"),
    [
        ({}, "<v>5</v>", 5),
        ({"t": "n"}, "<v>-0.25</v>", -0.25),
        ({}, "<v>1E-3</v>", 0.001),
        ({}, "<v>123456789012345678</v>", 1.2345678901234568e17),
        ({"t": "b"}, "<v>0</v>", False),
        ({"t": "e"}, "<v>#REF!</v>", ErrorValue("#REF!")),
        ({"t": "str"}, "<f>A2</f><v>words</v>", "words"),
        ({"t": "str"}, "<f>A2</f><v></v>", None),
        ({"t": "inlineStr"}, "<is><t>words</t></is>", "words"),
        ({"t": "inlineStr"}, "<is><t/></is>", None),
        ({"t": "d"}, "<v>2023-07-01T09:30:00Z</v>", datetime(2023, 7, 1, 9, 30)),
        ({"t": "d"}, "<v>2023-07-01</v>", datetime(2023, 7, 1)),
        ({"t": "d"}, "<v>09:30:00</v>", "09:30:00"),
        ({}, "<v>no number</v>", "no number"),
        ({}, "<v></v>", None),
        ({}, "<f>A2</f>", None),
        ({"s": "0"}, "", None),
        ({"t": "s"}, "<v></v>", None),
        ({"t": "s"}, "<v>99</v>", None),
        ({"t": "s"}, "<v>zero</v>", None),
    ],
)
def test_a_cell_of_every_kind_is_read(first_cell, attributes, inside, value):
    assert first_cell(inside, **attributes) == value


def test_the_runs_of_rich_text_are_read_in_order_with_their_formats(tmp_path):
    def bold_name(book):
        bold = book.add_format({"bold": True})
        book.get_worksheet_by_name("Plan").write_rich_string("B1", bold, "Ann", ": begun")

    path = workbook_from_text(tmp_path / "rich.xlsx", {"Plan": "| Ref |"}, decorate=bold_name)
    workbook = Workbook.open(path)
    sheet = workbook["Plan"]
    assert sheet.value(1, 2) == "Ann: begun"
    bold, plain = workbook.reader.runs(sheet.cell(1, 2))
    assert (bold.text, plain.text) == ("Ann", ": begun")
    assert etree.fromstring(bold.properties).find(main("b")) is not None
    assert b"<b" not in plain.properties


def test_plain_text_is_one_run_without_a_format(plan):
    workbook = Workbook.open(plan)
    assert workbook.reader.runs(workbook["Plan"].cell(1, 1)) == [Run("Ref")]
    assert workbook.reader.runs(workbook["Plan"].cell(1, 7)) == []


def test_how_a_word_is_pronounced_is_no_part_of_it():
    item = etree.fromstring(f'<si xmlns="{MAIN}"><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh></si>')
    assert item_text(item) == "課"


def test_escaped_characters_of_shared_strings_are_what_they_stand_for(tmp_path):
    path = workbook_from_text(tmp_path / "escaped.xlsx", {"Plan": "| one | two |"})
    replaced(path, STRINGS, "<t>one</t>", "<t>a_x000D_b_x005F_x000D_</t>")
    sheet = Workbook.open(path)["Plan"]
    assert sheet.value(1, 1) == "a\rb_x000D_"
    assert sheet.value(1, 1) == calamine_values(path)["Plan"]["A1"]


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path):
    path = workbook_from_text(tmp_path / "mac.xlsx", {"Plan": "| 2023-07-01 |"})
    assert not Workbook.open(path).is_1904
    replaced(path, "xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" ')
    workbook = Workbook.open(path)
    assert workbook["Plan"].value(1, 1) == datetime(2027, 7, 2)
    assert workbook["Plan"].value(1, 1) == openpyxl_values(path)["Plan"]["A1"]


@pytest.mark.parametrize("date1904", ["0", "1"])
def test_a_date_that_is_stored_as_a_number_is_read_again_as_that_date(tmp_path, date1904):
    path = workbook_from_text(tmp_path / "dates.xlsx", {"Plan": "| 2023-07-01 |"})
    replaced(path, "xl/workbook.xml", "<workbookPr ", f'<workbookPr date1904="{date1904}" ')
    august = datetime(2023, 8, 1)

    def to_august(sheet):
        put(sheet.cell(1, 1), stored_number(sheet.workbook.reader.serial(august)))

    after = edited(path, to_august, agreed=["A1"])
    assert Workbook.open(after)["Plan"].value(1, 1) == august
    assert openpyxl_values(after)["Plan"]["A1"] == august


def test_a_time_of_day_is_no_date(tmp_path):
    path = workbook_from_text(tmp_path / "time.xlsx", {"Plan": "| 2023-07-01 |"})
    replaced(path, "xl/worksheets/sheet1.xml", "<v>45108</v>", "<v>0.5</v>")
    assert Workbook.open(path)["Plan"].value(1, 1) == time(12, 0)


def test_a_number_beyond_every_calendar_stays_a_number(tmp_path):
    path = workbook_from_text(tmp_path / "far.xlsx", {"Plan": "| 2023-07-01 |"})
    replaced(path, "xl/worksheets/sheet1.xml", "<v>45108</v>", "<v>99999999</v>")
    assert Workbook.open(path)["Plan"].value(1, 1) == 99999999


def test_words_for_people_show_dates_and_numbers(plan):
    sheet = Workbook.open(plan)["Plan"]
    assert [sheet.text(1, c) for c in (1, 2, 4, 7)] == ["Ref", "12", "01 July 2023", ""]


# ---------------------------------------------------------------- writing

AWKWARD = [
    "plain",
    "=1+1",
    "+441632960000",
    "-5 days",
    "@owner",
    "'quoted",
    "  blanks at both ends  ",
    "two\nlines",
    "tab\there",
    "<b> & \"quotes\" 'too' ]]>",
    "_x000D_ is written out",
    "_x005F_x000D_",
    "x_x0041_y",
    "£ – é ☃ 😀",
    "1",
    "TRUE",
    "#N/A",
    "2023-07-01",
]


@pytest.fixture(scope="module")
def awkward_workbook(tmp_path_factory):
    """A workbook in which sheetplan wrote the awkward texts into column A."""
    path = tmp_path_factory.mktemp("awkward") / "before.xlsx"
    workbook_from_text(path, {"Plan": "| |"})

    def write_all(sheet):
        for row, text in enumerate(AWKWARD, 1):
            put_text(sheet.ensure_cell(row, 1), [Run(text)])

    return edited(path, write_all)


def test_text_that_was_written_is_read_again_as_it_was(awkward_workbook):
    sheet = Workbook.open(awkward_workbook)["Plan"]
    assert [sheet.value(row, 1) for row in range(1, len(AWKWARD) + 1)] == AWKWARD


def test_text_is_text_to_openpyxl_whatever_it_begins_with(awkward_workbook):
    seen = openpyxl_values(awkward_workbook)["Plan"]
    for row, text in enumerate(AWKWARD, 1):
        if "_x" not in text:  # openpyxl knows only half of this escape
            assert seen[f"A{row}"] == text


def test_text_is_text_to_calamine_whatever_it_begins_with(awkward_workbook):
    seen = calamine_values(awkward_workbook)["Plan"]
    assert [seen[f"A{row}"] for row in range(1, len(AWKWARD) + 1)] == AWKWARD


@pytest.mark.office
def test_text_is_text_to_libreoffice_whatever_it_begins_with(awkward_workbook):
    seen = office_values(awkward_workbook)
    assert [seen[f"A{row}"] for row in range(1, len(AWKWARD) + 1)] == AWKWARD


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\r_x0D")))
def test_any_text_comes_back_from_the_cell_that_it_was_put_in(text):
    element = cell()
    text = text.replace("\ufffe", "").replace("\uffff", "")
    put_text(element, [Run(text)])
    stored = etree.fromstring(etree.tostring(element))
    assert item_text(stored.find(main("is"))) == text


def test_rich_text_keeps_its_runs_and_their_formats():
    element = cell()
    put_text(element, [Run("Ann", BOLD), Run(": begun ")])
    bold, plain = element.find(main("is"))
    assert [child.tag for child in bold] == [main("rPr"), main("t")]
    assert [child.tag for child in plain] == [main("t")]
    assert etree.tostring(plain, encoding="unicode").count('xml:space="preserve"') == 1


def test_a_single_run_with_a_format_stays_rich():
    element = cell()
    put_text(element, [Run("Ann", BOLD)])
    assert element.find(f"{main('is')}/{main('r')}/{main('rPr')}/{main('b')}") is not None


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\ud800"])
def test_a_character_that_no_xml_can_hold_is_spelt_as_excel_spells_it(character):
    for runs in ([Run(f"a{character}b")], [Run(f"a{character}", BOLD), Run("b")]):
        element = cell()
        put_text(element, runs)
        stored = "".join(element.itertext())
        assert stored == f"a_x{ord(character):04X}_b"
        assert unescape(stored) == item_text(element.find(main("is"))) == f"a{character}b"


def test_what_looks_like_such_a_spelling_stays_itself():
    element = cell()
    put_text(element, [Run("Room _x000B_ and _x")])
    assert "".join(element.itertext()) == "Room _x005F_x000B_ and _x"
    assert item_text(element.find(main("is"))) == "Room _x000B_ and _x"


def test_the_longest_text_fits():
    element = cell()
    put_text(element, [Run("a" * (LONGEST_TEXT - 1)), Run("b")])
    assert len(item_text(element.find(main("is")))) == LONGEST_TEXT


def test_a_longer_text_is_refused():
    with pytest.raises(ValueError, match="32,767"):
        put_text(cell(), [Run("a" * LONGEST_TEXT), Run("b")])


@pytest.mark.parametrize("runs", [[], [Run("")], [Run("", BOLD)]])
def test_no_text_leaves_an_empty_cell_with_its_style(runs):
    element = cell("<v>5</v>", s="7", t="n")
    put_text(element, runs)
    assert is_empty(element)
    assert dict(element.attrib) == {"r": "A1", "s": "7"}


def test_text_replaces_formula_result_and_what_belonged_to_them():
    element = cell("<f>A2</f><v>5</v>", s="7", t="str", cm="1", vm="2")
    put_text(element, [Run("words")])
    assert formula_of(element) is None
    assert dict(element.attrib) == {"r": "A1", "s": "7", "t": "inlineStr"}


def test_clearing_a_cell_leaves_its_style_and_its_phonetic_mark():
    element = cell("<f>A2</f><v>5</v>", s="7", ph="1")
    clear(element)
    assert is_empty(element)
    assert dict(element.attrib) == {"r": "A1", "s": "7", "ph": "1"}


@pytest.mark.parametrize(
    ("number", "stored"), [(5, "5"), (5.0, "5"), (45108.5, "45108.5"), (-0.1, "-0.1")]
)
def test_a_number_is_stored_as_short_as_it_is(number, stored):
    element = cell("<is><t>words</t></is>", t="inlineStr", s="7")
    put(element, stored_number(number))
    assert element.findtext(main("v")) == stored
    assert dict(element.attrib) == {"r": "A1", "s": "7"}


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_what_is_no_number_is_refused(number):
    with pytest.raises(ValueError, match="number"):
        stored_number(number)


def test_a_formula_is_stored_without_a_result():
    element = cell("<v>5</v>", t="str")
    put(element, stored_formula('A2&"<x>"'))
    assert [child.tag for child in element] == [main("f")]
    assert "t" not in element.attrib


def test_a_formula_whose_result_is_known_is_stored_with_it():
    text, number = cell(), cell(t="str")
    put(text, stored_formula("A2", result="on track _x000D_"))
    put(number, stored_formula("A3", result=5.0))
    assert (
        [child.tag for child in text] == [child.tag for child in number] == [main("f"), main("v")]
    )
    assert (text.get("t"), text.findtext(main("v"))) == ("str", "on track _x005F_x000D_")
    assert (number.get("t"), number.findtext(main("v"))) == (None, "5")


def test_a_formula_that_changes_loses_a_result_that_no_longer_holds():
    element = cell("<f>A2</f><v>words</v>", t="str", s="7")
    change_formula(element, "A3", keep_result=False)
    assert (formula_of(element).text, len(element)) == ("A3", 1)
    assert dict(element.attrib) == {"r": "A1", "s": "7"}


def test_a_shared_formula_that_changes_is_the_cells_own_and_may_keep_its_result():
    element = cell('<f t="shared" ref="A1:A9" si="0">A2</f><v>5</v>')
    change_formula(element, "A3", keep_result=True)
    assert dict(formula_of(element).attrib) == {}
    assert element.findtext(main("v")) == "5"


def test_an_array_formula_that_changes_keeps_its_area():
    element = cell('<f t="array" ref="A1">SUM(A2:A3)</f><v>5</v>', cm="1")
    change_formula(element, "SUM(A2:A4)", keep_result=False)
    assert dict(formula_of(element).attrib) == {"t": "array", "ref": "A1"}


def test_a_cell_without_a_formula_has_none_to_change():
    with pytest.raises(ValueError, match="no formula"):
        change_formula(cell("<v>5</v>"), "A3", keep_result=True)


def test_an_array_formula_names_its_area():
    element = cell()
    put(element, stored_formula("SUM(A2:A9*B2:B9)", array="A1"))
    assert dict(formula_of(element).attrib) == {"t": "array", "ref": "A1"}
