"""The workbook around the filled sheets."""

from datetime import UTC, datetime, timedelta, timezone

import openpyxl
import pytest

from sheetplan.errors import SheetNameError
from tests.builders import package_with, parts_of, replaced
from tests.judges import openpyxl_values, sdk_errors, valid
from tests.ooxml.filling import Filled, filled, items, saved, template

MORE = {"Front": "| =Report!A1 -> x | 1 |", "Tom & Jo's": "| =Report!A1&Front!B1 -> x |"}


@pytest.fixture
def book(tmp_path):
    """A template of three sheets that read one another, with a chart, names and a link."""

    def draw(made):
        front = made.get_worksheet_by_name("Front")
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=Report!$A$1:$A$2"})
        front.insert_chart("D4", chart)
        front.write_url("A3", "internal:Report!A1", string="Go")
        made.define_name("Front!Local", "=Front!$B$1")
        made.define_name("Last", "='Tom & Jo''s'!$A$1")
        made.define_name("All", "=Report!$A$1")
        made.get_worksheet_by_name("Front").activate()

    return template(tmp_path, "| {name} |\n| 5 |", {"row_item": "$A$1"}, draw, more=MORE)


def formulas_of(path):
    return openpyxl_values(path, formulas=True)


# ---------------------------------------------------------------- which sheets


def test_the_sheets_that_are_not_kept_go_with_their_parts_and_names(book):
    book.keep_only(["front"])
    path = saved(book)
    left = openpyxl.load_workbook(path)
    assert left.sheetnames == ["Front"]
    assert list(left["Front"].defined_names) == ["Local"]
    assert list(left.defined_names) == []
    assert len([name for name in parts_of(path) if "worksheets/sheet" in name]) == 1
    assert formulas_of(path)["Front"]["A1"] == "=#REF!"


def test_what_is_kept_is_as_it_was(book):
    book.fill("Report", items("a", "b"), {})
    book.keep_only(["Report", "Front"])
    path = saved(book)
    assert book.sheet_names == ["Report", "Front"]
    assert formulas_of(path)["Front"] == {"A1": "=Report!A1:A2", "B1": 1, "A3": "Go"}
    assert openpyxl.load_workbook(path).active.title == "Front"


def test_the_workbook_opens_on_a_sheet_that_is_there(book):
    book.keep_only(["Report", "Tom & Jo's"])
    assert openpyxl.load_workbook(saved(book)).active.title == "Report"


def test_a_workbook_is_never_left_without_a_visible_sheet(tmp_path):
    hide = lambda made: made.get_worksheet_by_name("Notes").hide()  # noqa: E731
    made = template(tmp_path, "| x |", {}, hide, more={"Notes": "| y |"})
    made.keep_only(["Notes"])
    assert openpyxl.load_workbook(saved(made))["Notes"].sheet_state == "visible"


def test_a_sheet_to_keep_that_is_not_there_is_named(book):
    with pytest.raises(KeyError, match=r"no sheet annex to keep in template\.xlsx"):
        book.keep_only(["Report", "Annex"])


# ---------------------------------------------------------------- what they are called


def test_everything_that_speaks_of_a_sheet_takes_up_its_new_name(book):
    book.rename("Report", "It's July & more")
    path = saved(book)
    assert book.sheet_names == ["It's July & more", "Front", "Tom & Jo's"]
    formulas = formulas_of(path)
    assert formulas["Front"]["A1"] == "='It''s July & more'!A1"
    assert formulas["Tom & Jo's"]["A1"] == "='It''s July & more'!A1&Front!B1"
    left = openpyxl.load_workbook(path)
    assert left.defined_names["All"].attr_text == "'It''s July & more'!$A$1"
    assert left["Front"]["A3"].hyperlink.location == "'It''s July & more'!A1"
    assert b"<c:f>'It''s July &amp; more'!$A$1:$A$2</c:f>" in parts_of(path)["xl/charts/chart1.xml"]


def test_a_renamed_sheet_can_be_filled(book):
    book.rename("report", "July")
    values = openpyxl_values(filled(book, items("a", "b"), sheet="July"))
    assert values["July"] == {"A1": "a", "A2": "b", "A3": 5}


def test_a_sheet_may_change_its_capitals_but_take_no_others_name(book):
    book.rename("Report", "REPORT")
    assert book.sheet_names[0] == "REPORT"
    with pytest.raises(SheetNameError, match="there is a sheet of that name"):
        book.rename("REPORT", "front")
    with pytest.raises(SheetNameError, match="31 are the most"):
        book.rename("REPORT", "x" * 32)
    with pytest.raises(KeyError, match="no sheet Annex"):
        book.rename("Annex", "July")


# ---------------------------------------------------------------- what the file says of itself


def test_title_creator_and_language_are_set_and_the_rest_stays(book):
    book.set_properties(title="Summary & more", language="en-GB")
    book.set_properties(creator="Wexcombe\x0b Council", title="Summary")
    said = openpyxl.load_workbook(saved(book)).properties
    assert (said.title, said.creator, said.language) == ("Summary", "Wexcombe Council", "en-GB")
    assert said.created.year == 2023


def test_a_file_is_as_old_as_what_was_made_and_not_as_its_template(book):
    made = datetime(2026, 9, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))  # British summer time
    book.set_properties(creator="Wexcombe Council", made=made)
    path = saved(book)
    said = openpyxl.load_workbook(path).properties
    assert said.created == said.modified == datetime(2026, 8, 31, 23, 30)
    assert (said.creator, said.lastModifiedBy) == ("Wexcombe Council", "Wexcombe Council")
    core = parts_of(path)["docProps/core.xml"]
    # Excel takes no other spelling of the type (ISO/IEC 29500-2, 8.3.4).
    assert core.count(b'xsi:type="dcterms:W3CDTF">2026-08-31T23:30:00Z<') == 2


def test_a_file_without_properties_gets_some(tmp_path, book):
    path = tmp_path / "template.xlsx"
    types, links = (
        parts_of(path)[name].decode() for name in ("[Content_Types].xml", "_rels/.rels")
    )
    override = types[types.index('<Override PartName="/docProps/core.xml"') :].split("/>")[0] + "/>"
    link = next(f"<{piece}" for piece in links.split("<") if "core.xml" in piece)
    replaced(path, "[Content_Types].xml", override, "")
    replaced(path, "_rels/.rels", link, "")
    package_with(path, {"docProps/core.xml": None})
    made = Filled.open(path)
    made.folder = tmp_path
    made.set_properties(title="Summary", language="en-GB", made=datetime(2026, 9, 1, tzinfo=UTC))
    path = saved(made)
    said = openpyxl.load_workbook(path).properties
    assert (said.title, said.language, said.created) == ("Summary", "en-GB", datetime(2026, 9, 1))
    assert parts_of(path)["docProps/core.xml"].count(b'xsi:type="dcterms:W3CDTF"') == 2


def test_no_list_of_sheets_is_left_that_would_be_false(book):
    assert b"Front" in parts_of(book.folder / "template.xlsx")["docProps/app.xml"]
    book.keep_only(["Report"])
    assert b"Front" not in parts_of(saved(book))["docProps/app.xml"]


# ---------------------------------------------------------------- second opinions


@pytest.fixture
def changed(book):
    """A template that has been through everything."""
    book.fill("Report", items("a", "b"), {})
    book.keep_only(["Report", "Front"])
    book.rename("Report", "July's")
    book.set_properties(title="T", creator="C", language="en-GB")
    return saved(book)


@pytest.mark.validator
def test_the_changed_workbook_is_sound_to_the_open_xml_sdk(changed):
    assert sdk_errors(changed) == []


@pytest.mark.shared
def test_the_changed_workbook_keeps_the_rules_that_excel_holds_it_to(changed):
    assert valid(changed.with_name("template.xlsx"), changed) == []
