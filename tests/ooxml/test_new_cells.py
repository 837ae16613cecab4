"""New cells as text, judged by what a parser makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sheetplan.ooxml.cells import (
    NOTHING,
    Run,
    item_runs,
    stored_formula,
    stored_number,
    stored_text,
    stored_words,
)
from sheetplan.ooxml.new_cells import CellSpelling, NewCell
from sheetplan.ooxml.xml import MAIN, main

BOLD = f'<rPr xmlns="{MAIN}" xmlns:r="urn:odd"><b/></rPr>'.encode()
BOLD_OF_ANOTHER = f'<x:rPr xmlns:x="{MAIN}"><x:b/></x:rPr>'.encode()


def parsed(cell, prefix=""):
    """The cell as it is stored in a sheet whose elements have this prefix."""
    declared = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    wrapped = f'<{prefix}row {declared}="{MAIN}">{cell}</{prefix}row>'
    (element,) = etree.fromstring(wrapped.encode())
    return element


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (NOTHING, '<c r="C7" s="4"/>'),
        (stored_words("A & B"), '<c r="C7" s="4" t="inlineStr"><is><t>A &amp; B</t></is></c>'),
        (stored_number(2.5), '<c r="C7" s="4"><v>2.5</v></c>'),
        (
            stored_formula("A1<B1", result="yes", array="C7", metadata="1"),
            '<c r="C7" s="4" t="str" cm="1"><f t="array" ref="C7">A1&lt;B1</f><v>yes</v></c>',
        ),
        (
            stored_text([Run("Ann", BOLD), Run(" said")]),
            '<c r="C7" s="4" t="inlineStr"><is><r><rPr><b/></rPr><t>Ann</t></r>'
            '<r><t xml:space="preserve"> said</t></r></is></c>',
        ),
    ],
)
def test_a_cell_is_spelled_as_excel_would(content, expected):
    assert CellSpelling("").cell(7, NewCell(3, "4", content)) == expected


def test_a_cell_without_a_look_names_none():
    assert CellSpelling("").cell(7, NewCell(3, None)) == '<c r="C7"/>'


@pytest.mark.parametrize("prefix", ["", "x:", "main:"])
@pytest.mark.parametrize("look", [BOLD, BOLD_OF_ANOTHER])
def test_rich_text_is_the_same_whatever_prefix_its_sheet_or_its_look_has(prefix, look):
    content = stored_text([Run("<b> ", look), Run("& <x:t/>")])
    cell = parsed(CellSpelling(prefix).cell(7, NewCell(3, None, content)), prefix)
    assert {element.tag for element in cell.iter()} == set(
        map(main, ("c", "is", "r", "rPr", "b", "t"))
    )
    assert [run.text for run in item_runs(cell.find(main("is")))] == ["<b> ", "& <x:t/>"]


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\r_x0D<>&'\"")),
    st.sampled_from(["", "x:"]),
)
def test_any_words_are_those_that_a_parser_finds(text, prefix):
    text = text.replace("\ufffe", "").replace("\uffff", "")
    cell = parsed(CellSpelling(prefix).cell(7, NewCell(3, "4", stored_words(text))), prefix)
    found = cell.find(main("is"))
    assert "".join(run.text for run in item_runs(found)) == text
    assert (found is None) == (text == "")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\r<>&'\"")))
def test_any_formula_is_the_one_that_a_parser_finds(text):
    text = text.replace("\ufffe", "").replace("\uffff", "")
    cell = parsed(CellSpelling("").cell(7, NewCell(3, "4", stored_formula(text))))
    assert (cell.findtext(main("f")) or "") == text
