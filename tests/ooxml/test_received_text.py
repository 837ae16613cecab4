"""Text from somewhere else, made fit for a workbook: words stay, what no workbook can hold goes."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText

from sheetplan.ooxml.cells import Run, escaped, put_text
from sheetplan.ooxml.received_text import received_runs, received_text
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import MAIN
from tests.builders import workbook_from_text, workbook_with_sheet
from tests.judges import office_values, valid
from tests.ooxml.editing import edited


@pytest.mark.parametrize(
    ("text", "kept", "dropped"),
    [
        ("", "", 0),
        ("Café — 50% done ☺ \t\xa0x", "Café — 50% done ☺ \t\xa0x", 0),
        ("=1+1", "=1+1", 0),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour", 0),
        ("one\vtwo\u2028three\u2029four\x85five\fsix", "one\ntwo\nthree\nfour\nfive\nsix", 0),
        ("one\r\n\r\ntwo", "one\n\ntwo", 0),
        ("a\x00b\x07c\x1bd\x1fe", "abcde", 4),
        ("a\x7fb\x92c", "abc", 2),
        ("a\ufffeb\uffffc", "abc", 2),
        ("a\ud83db\ude00c", "abc", 2),
        ("a\ud83d\ude00c", "a😀c", 0),
        ("_x000B_", "_x000B_", 0),
    ],
)
def test_control_characters_go_and_are_counted(text, kept, dropped):
    assert received_text(text) == (kept, dropped)


def test_escaped_characters_are_those_that_they_stand_for(tmp_path):
    cell = (
        "<c r='A1' t='inlineStr'><is><t>a_x000B_b_x0007_c_xD83D__xDE00__x005F_x000B_</t></is></c>"
    )
    path = workbook_with_sheet(
        tmp_path / "a.xlsx", f"<sheetData><row r='1'>{cell}</row></sheetData>"
    )
    text = Workbook.open(path).sheets[0].text(1, 1)
    assert received_text(text) == ("a\nbc😀_x000B_", 1)


@given(st.text(st.characters(exclude_categories=[])))
def test_what_is_left_can_stand_in_a_cell(text):
    kept, dropped = received_text(text)
    assert received_text(kept) == (kept, 0)
    assert len(kept) <= len(text) - dropped
    escaped(kept)  # raises ValueError at what no cell can hold


def test_a_workbook_holds_what_is_left(tmp_path):
    text = "".join(map(chr, range(0x300))) + "\ud800\ufffe😀\u2028end"
    kept, _ = received_text(text)
    path = workbook_from_text(tmp_path / "before.xlsx", {"Plan": "| x |"})
    after = edited(path, lambda sheet: put_text(sheet.ensure_cell(1, 2), [Run(kept)]))
    assert valid(path, after) == []
    assert openpyxl.load_workbook(after).active["B1"].value == kept


# ---------------------------------------------------------------- formatting


def run(text, inside=""):
    """A stretch of text, with what stands in its <rPr>."""
    return Run(text, f'<rPr xmlns="{MAIN}">{inside}</rPr>'.encode() if inside else b"")


def kept(inside):
    """What stays of the inside of an <rPr>."""
    ((found,), _) = received_runs([run("x", inside)])
    return found.properties.decode().removeprefix(f'<rPr xmlns="{MAIN}">').removesuffix("</rPr>")


ALL = (
    '<b/><i val="1"/><strike val="true"/><u val="double"/><vertAlign val="superscript"/>'
    '<color rgb="FFC00000"/>'
)


def test_formatting_that_makes_words_stand_out_stays():
    assert kept(ALL) == ALL


@pytest.mark.parametrize(
    "inside",
    [
        '<color theme="4" tint="0.4"/>',
        '<color indexed="10"/>',
        '<color auto="1"/>',
        '<color rgb="red"/>',
        '<scheme val="minor"/>',
        '<charset val="1"/>',
        "<outline/>",
        "<shadow/>",
        '<color rgb="FF000000"/>',
        '<sz val="10.5"/>',
        '<rFont val="Segoe UI"/>',
        '<family val="2"/>',
        '<b val="0"/>',
        '<u val="none"/>',
        '<vertAlign val="baseline"/>',
        '<u val="wavy"/>',
        '<b val="maybe"/>',
        "<vertAlign/>",
        '<x:bold xmlns:x="urn:x"><x:script/></x:bold><foo/>',
    ],
)
def test_formatting_that_is_another_elsewhere_or_none_at_all_goes(inside):
    assert kept(inside) == ""
    assert kept(f"{inside}<b/>") == "<b/>"


def test_colours_are_written_in_the_usual_form():
    assert kept('<color rgb="c00000"/>') == '<color rgb="FFC00000"/>'
    assert kept('<color rgb="80c00000"/>') == '<color rgb="FFC00000"/>'


def test_the_colour_of_the_cell_itself_makes_nothing_stand_out():
    runs = [run("a ", '<color rgb="FF0B0C0C"/>'), run("b"), run(" c", '<color rgb="FFC00000"/>')]
    plain, red = received_runs(runs, frozenset(["0B0C0C"])).runs
    assert (plain, red.text) == (Run("a b"), " c")
    assert [each.text for each in received_runs(runs).runs] == ["a ", "b", " c"]


def test_what_is_said_twice_is_said_once():
    assert kept('<b/><u/><b val="1"/><u val="double"/>') == "<b/><u/>"


def test_stretches_that_look_alike_are_one():
    runs = [
        run("On ", '<color theme="1"/>'),
        run("track"),
        run("\x07", "<i/>"),
        run(", s", "<b/>"),
        run("o\x07 far\r\n", '<b/><scheme val="minor"/>'),
        run(""),
    ]
    bold = run("", "<b/>").properties
    assert received_runs(runs) == ((Run("On track"), Run(", so far\n", bold)), 2)


def test_no_text_is_no_stretch():
    assert received_runs([]) == ((), 0)
    assert received_runs([run("\x00", "<b/>")]) == ((), 1)


@pytest.fixture
def written(tmp_path):
    """A workbook, and what it is when text with all that stays was written into it."""
    path = workbook_from_text(tmp_path / "before.xlsx", {"Plan": "| x |"})
    ((*runs,), _) = received_runs([run("Plain "), run("loud\v", ALL), run("quiet", "<i/>")])
    return path, edited(path, lambda sheet: put_text(sheet.ensure_cell(1, 2), runs))


def test_other_programs_read_the_formatting_that_stayed(written):
    path, after = written
    assert valid(path, after) == []
    text = openpyxl.load_workbook(after, rich_text=True).active["B1"].value
    assert isinstance(text, CellRichText)
    plain, loud, quiet = text
    assert (plain, loud.text, quiet.text) == ("Plain ", "loud\n", "quiet")
    font = loud.font
    assert (font.b, font.i, font.strike, font.u, font.vertAlign) == (
        True,
        True,
        True,
        "double",
        "superscript",
    )
    assert font.color.rgb == "FFC00000"
    assert (quiet.font.i, quiet.font.b) == (True, False)


@pytest.mark.office
def test_libreoffice_reads_all_of_the_text(written):
    assert office_values(written[1])["B1"] == "Plain loud\nquiet"
