"""Rules 10, 11 and 17 to 22: names, cursor, notes, properties, links, and what is hidden."""

from __future__ import annotations

import re

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font

from sheetplan.ooxml.accessibility.rules import RULES, Audience
from tests.builders import package_with, parts_of, workbook_from_text
from tests.judges import ROOT
from tests.ooxml.accessible import book, breaches, found, places


def named(name):
    def change(made):
        made.active.title = name

    return change


@pytest.mark.parametrize(
    ("name", "says_nothing"),
    [
        ("Sheet1", True),
        ("Sheet1 (2)", True),
        ("Tabelle3", True),
        ("2", True),
        ("-", True),
        ("2026", True),
        ("Theme 1", False),
        ("Sheets", False),
        ("July 2026", False),
    ],
)
def test_a_sheet_is_named_by_what_it_holds(tmp_path, name, says_nothing):
    path = book(tmp_path / "a.xlsx", named(name))
    expected = [(10, "", "The sheet's name says nothing.")] if says_nothing else []
    assert found(path) == expected


# ---------------------------------------------------------------- where it opens


@pytest.mark.parametrize(
    ("active", "hidden", "expected"),
    [
        ("Cover", None, []),
        ("Exceptions", None, ["Exceptions"]),
        ("Exceptions", "Cover", []),  # then it is the first of those that are shown
    ],
)
def test_the_workbook_opens_on_its_first_sheet(tmp_path, active, hidden, expected):
    def change(made):
        cover = made.create_sheet("Cover", 0)
        cover["A1"] = "Improvement Plan"
        cover["A1"].style = "Title"
        if hidden:
            made[hidden].sheet_state = "hidden"
        made.active = made[active]

    assert places(book(tmp_path / "a.xlsx", change), 11) == expected


@pytest.mark.parametrize("cell", ["A1", "C7"])
@pytest.mark.parametrize("frozen", [None, "B5"])
def test_each_sheet_opens_in_a1(tmp_path, cell, frozen):
    def change(made):
        made.active.freeze_panes = frozen
        for selection in made.active.sheet_view.selection:
            selection.activeCell = selection.sqref = cell

    path = book(tmp_path / "a.xlsx", change)
    assert places(path, 11) == ([] if cell == "A1" else ["C7"])


def test_a_sheet_that_opens_further_down_is_found(tmp_path):
    def change(made):
        made.active.sheet_view.topLeftCell = "A40"

    assert places(book(tmp_path / "a.xlsx", change), 11) == ["A40"]


# ---------------------------------------------------------------- notes


def text(words):
    def change(made):
        made.active["D5"] = words
        made.active["D5"].alignment = Alignment(wrap_text=True)

    return change


@pytest.mark.parametrize(
    "words",
    ["Late*", "Late**", "Late* and not begun", "12%*", "(late)*", "Late†", "‡ Later", "Late¹"],
)
def test_marks_of_notes_that_nobody_hears_are_found(tmp_path, words):
    message = "A raised figure, asterisk or dagger marks a note."
    assert found(book(tmp_path / "a.xlsx", text(words))) == [(17, "D5", message)]


@pytest.mark.parametrize(
    "words",
    [
        "* first point\n* second point",
        "2*3",
        "*very* late",
        "**urgent**",
        "Grades A*-C",
        "5 A* grades",
        "40 m² of roof",
        "café, naïve – “late”",
        "f*** that",
    ],
)
def test_asterisks_and_letters_that_mark_no_note_are_not(tmp_path, words):
    assert found(book(tmp_path / "a.xlsx", text(words))) == []


@pytest.mark.parametrize(
    ("before", "raised", "is_mark"),
    [("Late", "1", True), ("Late", "a", True), ("40 m", "2", False), ("on the 1", "st", False)],
)
def test_raised_figures_are_marks_and_powers_are_not(tmp_path, before, raised, is_mark):
    block = TextBlock(InlineFont(vertAlign="superscript"), raised)
    path = book(tmp_path / "a.xlsx", text(CellRichText(before, block)))
    assert places(path, 17) == (["D5"] if is_mark else [])


def test_a_cell_that_is_all_raised_is_a_mark(tmp_path):
    def change(made):
        made.active["D5"] = "1"
        made.active["D5"].font = Font(vertAlign="superscript")

    assert places(book(tmp_path / "a.xlsx", change), 17) == ["D5"]


def test_a_note_in_words_needs_a_sheet_of_notes(tmp_path):
    def with_sheet(made):
        text("Late [note 1]")(made)
        made.create_sheet("Notes")["A1"] = "Notes"
        made["Notes"]["A1"].style = "Title"

    path = book(tmp_path / "a.xlsx", text("Late [note 1]"))
    assert found(path) == [(17, "D5", "Notes are marked, but no sheet is called Notes.")]
    assert found(book(tmp_path / "b.xlsx", with_sheet)) == []


# ---------------------------------------------------------------- properties


@pytest.mark.parametrize("name", ["title", "creator", "language"])
def test_properties_are_asked_for(tmp_path, name):
    def change(made):
        setattr(made.properties, name, None)

    path = book(tmp_path / "a.xlsx", change)
    word = {"creator": "author"}.get(name, name)
    assert found(path) == [(18, word, "Properties of the document are blank.")]


def test_a_workbook_without_the_part_lacks_them_all(tmp_path):
    path = book(tmp_path / "a.xlsx")
    rels = re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", parts_of(path)["_rels/.rels"])
    package_with(path, {"_rels/.rels": rels, "docProps/core.xml": None})
    assert places(path, 18) == ["title, author, language"]


# ---------------------------------------------------------------- links


ADDRESS = "The address itself stands in the place of words that say where it leads."
VAGUE = "A link does not say where it leads."


def link(words):
    def change(made):
        text(words)(made)
        made.active["D5"].hyperlink = "https://www.example.org/plan"
        made.active["D5"].value = words

    return change


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("https://www.example.org/plan", ADDRESS),
        (" www.example.org ", ADDRESS),
        ("Click here", VAGUE),
        ("here", VAGUE),
        ("Read more…", VAGUE),
        (" ", "A cell without words is a link."),
    ],
)
def test_a_link_that_does_not_say_where_it_leads_is_found(tmp_path, words, message):
    assert found(book(tmp_path / "a.xlsx", link(words)), 19) == [(19, "D5", message)]


@pytest.mark.parametrize("words", ["The plan on Wexcombe's website", "plan@wexcombe.example"])
def test_a_link_that_says_where_it_leads_is_not(tmp_path, words):
    assert found(book(tmp_path / "a.xlsx", link(words))) == []


def test_here_without_a_link_and_an_address_in_a_sentence_are_words_like_others(tmp_path):
    assert found(book(tmp_path / "a.xlsx", text("here"))) == []
    assert found(book(tmp_path / "b.xlsx", text("See https://www.example.org for more."))) == []


# ---------------------------------------------------------------- hidden


def test_hidden_sheets_rows_and_columns_are_named(tmp_path):
    def change(made):
        for name, state in (("Lists", "hidden"), ("Marks", "veryHidden")):
            made.create_sheet(name).sheet_state = state
        made.active.row_dimensions[6].hidden = made.active.row_dimensions[7].hidden = True
        made.active.column_dimensions["B"].hidden = True

    assert [item[:2] for item in found(book(tmp_path / "a.xlsx", change))] == [
        (20, "Lists"),
        (20, "Marks"),
        (20, "rows 6 to 7"),
        (20, "column B"),
    ]


def test_hidden_rows_and_columns_that_hold_nothing_are_not(tmp_path):
    def change(made):
        made.active.row_dimensions[90].hidden = True
        made.active.column_dimensions["Z"].hidden = True

    assert found(book(tmp_path / "a.xlsx", change)) == []


def test_what_is_hidden_is_not_looked_at_for_its_looks(tmp_path):
    def change(made):
        made.active["B6"].font = Font(color="FFFFFF")
        made.active.row_dimensions[6].hidden = True

    assert places(book(tmp_path / "a.xlsx", change), 14) == []


# ---------------------------------------------------------------- panes, filters, macros


def test_frozen_panes_and_filter_buttons_are_desirable_things_to_take_off(tmp_path):
    def change(made):
        made.active.freeze_panes = "B5"
        made.active.tables["Exceptions"].autoFilter = openpyxl.worksheet.filters.AutoFilter("A4:D8")

    path = book(tmp_path / "a.xlsx", change)
    assert found(path) == [
        (21, "", "Panes are frozen."),
        (21, "Exceptions", "There are filter buttons."),
    ]
    assert not any(item.rule.is_essential for item in breaches(path))


def test_split_panes_are_not_frozen(tmp_path):
    def decorate(made):
        made.get_worksheet_by_name("Plan").split_panes(15, 20)

    path = workbook_from_text(tmp_path / "a.xlsx", {"Plan": "| x |"}, decorate=decorate)
    assert places(path, 21) == []


def test_macros_and_links_to_other_workbooks_are_found(tmp_path):
    macros = tmp_path / "a.xlsm"
    (tmp_path / "vbaProject.bin").write_bytes(b"macros")
    made = xlsxwriter.Workbook(str(macros))
    made.add_worksheet("Plan")
    made.add_vba_project(str(tmp_path / "vbaProject.bin"))
    made.close()
    assert places(macros, 22) == ["macros"]
    assert places(ROOT / "examples" / "improvement_plan.xlsx", 22) == []


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Aspose.Cells-for-.NET__sampleQueryTXT.xlsx", "data connections"),
        ("poi__ExcelWithAttachments.xlsm", "macros"),
    ],
)
def test_what_brings_up_warnings_in_workbooks_of_others_is_found(shared, name, what):
    assert what in ", ".join(places(shared / "corpus" / name, 22))


# ---------------------------------------------------------------- the rules themselves


def test_each_rule_says_what_why_and_what_to_do():
    assert list(RULES) == list(range(1, 23))
    for rule in RULES.values():
        assert rule.why.endswith(".")
        assert rule.remedy.endswith(".")
        assert "Analysis Function" in rule.source
    desirable = [number for number, rule in RULES.items() if not rule.is_essential]
    assert desirable == [4, 5, 20, 21, 22]
    assert RULES[7].audience is Audience.PUBLIC
    assert RULES[13].audience is Audience.EVERYONE


def test_the_documentation_has_every_rule_as_it_is():
    page = (ROOT / "docs" / "accessibility.md").read_text("utf-8")
    for rule in RULES.values():
        row = [rule.number, rule.name, rule.level, f"what is {rule.audience.value}", rule.criterion]
        assert f"| {' | '.join(map(str, row))} |" in page
