"""What a cell holds that is gone when its words are written anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetplan.ooxml.text_cells import held_beside_words
from sheetplan.ooxml.workbook import Workbook
from tests.builders import replaced, workbook_from_text, workbook_with_sheet

STRINGS = "xl/sharedStrings.xml"


def held(path: Path) -> str:
    workbook = Workbook.open(path)
    cell = workbook.sheets[0].cell(1, 1)
    assert cell is not None
    return held_beside_words(workbook.reader, cell)


def in_cell(folder: Path, cell: str) -> str:
    """What a cell holds that is stored so in its sheet."""
    rows = f'<sheetData><row r="1">{cell}</row></sheetData>'
    return held(workbook_with_sheet(folder / "cell.xlsx", rows))


def in_strings(folder: Path, inside: str) -> str:
    """What a cell holds of which the words are stored so in the shared strings."""
    path = workbook_from_text(folder / "strings.xlsx", {"Plan": "| one |"})
    return held(replaced(path, STRINGS, "<t>one</t>", inside))


@pytest.mark.parametrize(
    "inside",
    [
        "<t>one</t>",
        '<t xml:space="preserve"> one </t>',
        "<t/>",
        "<r><t>one</t></r>",
        '<r><rPr><b/><sz val="9"/><color theme="1" tint="0.5"/><later val="1"/></rPr>'
        "<t>one</t></r><r><t> two</t></r>",
        "<t>one</t><phoneticPr fontId='1'/>",  # how guides would be shown, of which it has none
        "<t>one_x000D_two_x005F_x000B_</t>",
    ],
)
def test_words_in_any_look_are_words_alone(tmp_path: Path, inside: str) -> None:
    assert in_strings(tmp_path, inside) == ""
    assert in_cell(tmp_path, f'<c r="A1" t="inlineStr" ph="1"><is>{inside}</is></c>') == ""


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (
            '<t>一</t><rPh sb="0" eb="1"><t>いち</t></rPh><phoneticPr fontId="1"/>',
            "phonetic guides, which would be lost",
        ),
        (
            "<r><t>a</t></r><later><t>b</t></later>",
            'something that is not known here ("later"), which would be lost',
        ),
        (
            '<r><rPr><b/><x:glow xmlns:x="urn:x"/></rPr><t>a</t></r>',
            'something that is not known here ("glow"), which would be lost',
        ),
        (
            '<r><rPr><b xmlns:x="urn:x" x:glow="1"/></rPr><t>a</t></r>',
            'something that is not known here ("b"), which would be lost',
        ),
    ],
)
def test_what_runs_do_not_tell_is_named(tmp_path: Path, inside: str, expected: str) -> None:
    assert in_strings(tmp_path, inside) == expected
    assert in_cell(tmp_path, f'<c r="A1" t="inlineStr"><is>{inside}</is></c>') == expected


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="str"><v>one</v></c>',
        '<c r="A1" t="inlineStr"><is><t>one_x000B_two</t></is></c>',
        '<c r="A1"/>',
        '<c r="A1"><v></v></c>',
        '<c r="A1" t="s"><v>99</v></c>',
        '<c r="A1" t="inlineStr"><is/></c>',
        '<c r="A1" t="inlineStr"/>',
    ],
)
def test_a_cell_of_words_and_an_empty_one_hold_nothing_else(tmp_path: Path, cell: str) -> None:
    assert in_cell(tmp_path, cell) == ""


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1"><v>45</v></c>', "a number, not words"),
        ('<c r="A1" t="n"><v>0</v></c>', "a number, not words"),
        ('<c r="A1" t="b"><v>0</v></c>', "TRUE or FALSE, not words"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', "the error #REF!, not words"),
        ('<c r="A1" t="d"><v>2026-07-01</v></c>', "a date, not words"),
        ('<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>', "linked data, which would be lost"),
        ('<c r="A1" t="str" cm="1"><v>one</v></c>', "linked data, which would be lost"),
        (
            '<c r="A1" t="str"><v>one</v><extLst><ext uri="urn:x"/></extLst></c>',
            'something that is not known here ("extLst"), which would be lost',
        ),
    ],
)
def test_what_is_no_words_is_named(tmp_path: Path, cell: str, expected: str) -> None:
    assert in_cell(tmp_path, cell) == expected


def test_a_number_that_is_shown_as_a_date_is_a_date(tmp_path: Path) -> None:
    path = workbook_from_text(tmp_path / "date.xlsx", {"Plan": "| 2026-07-01 |"})
    assert held(path) == "a date, not words"
