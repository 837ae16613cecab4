"""Bold words in the texts that fill a template."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock

from sheetplan.model.report_line import RichText
from sheetplan.ooxml.filling.splitting import CONTINUED
from sheetplan.ooxml.filling.text import rich_pieces
from tests.judges import calamine_values, openpyxl_values, sdk_errors, valid
from tests.ooxml.filling import Filled, filled, template

SENTENCE = "The board met on Tuesday and agreed the next steps with the finance team. "


@pytest.fixture
def report(tmp_path: Path) -> Filled:
    """A template with a wrapped column in blue Georgia, and one with words around a value."""

    def look(book):
        sheet = book.get_worksheet_by_name("Report")
        style = book.add_format(
            {"text_wrap": True, "font_name": "Georgia", "font_size": 12, "font_color": "#1D70B8"}
        )
        sheet.set_column("A:A", 40)
        sheet.write_string("A2", "{text}", style)
        sheet.write_string("B2", "See {text}.", style)

    return template(tmp_path, "| Text | Note |\n|  |  |", {"row_item": "$A$2"}, look)


def written(made: Filled, *values: object) -> Path:
    return filled(made, [("item", {"text": value}) for value in values])


def runs_of(path: Path, cell: str) -> list[tuple[str, bool]]:
    """The stretches of a cell as openpyxl reads them, each with whether it is bold."""
    value = openpyxl.load_workbook(path, rich_text=True)["Report"][cell].value
    if not isinstance(value, CellRichText):
        return [(str(value), False)]
    return [
        (run.text, bool(run.font.b)) if isinstance(run, TextBlock) else (run, False)
        for run in value
    ]


def test_bold_words_are_bold_in_the_font_of_their_cell(report: Filled) -> None:
    path = written(report, RichText((("Begun ", False), ("late", True), (" in May", False))))
    assert runs_of(path, "A2") == [("Begun ", False), ("late", True), (" in May", False)]
    book = openpyxl.load_workbook(path, rich_text=True)
    font = book["Report"]["A2"].value[1].font
    assert (font.rFont, font.sz, font.color.rgb) == ("Georgia", 12, "FF1D70B8")
    assert openpyxl_values(path) == calamine_values(path)
    assert valid(report.folder / "template.xlsx", path) == []


def test_text_without_bold_words_is_plain_text(report: Filled) -> None:
    path = written(report, RichText((("Begun ", False), ("in May", False))), RichText(()))
    values = openpyxl.load_workbook(path, rich_text=True)["Report"]
    assert values["A2"].value == "Begun in May"
    assert values["A3"].value is None


def test_between_other_words_a_text_is_plain(report: Filled) -> None:
    path = written(report, RichText((("Begun ", False), ("late", True))))
    assert openpyxl_values(path)["Report"]["B2"] == "See Begun late."


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "<b>&amp;</b>", "a\n b", " a ", "_x0041_", "\x0b"]
)
def test_whatever_bold_words_say_they_are_text(text: str, report: Filled) -> None:
    path = written(report, RichText(((text, True), (" and", False))))
    book = openpyxl.load_workbook(path)
    assert book["Report"]["A2"].data_type in ("s", "inlineStr")
    assert calamine_values(path)["Report"]["A2"].replace("_x000B_", "\x0b") == f"{text} and"


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong_with_bold_words(report: Filled) -> None:
    assert sdk_errors(written(report, RichText((("Begun ", False), ("late", True))))) == []


def test_text_that_is_too_tall_keeps_its_bold_words_on_every_row(report: Filled) -> None:
    runs = (((SENTENCE * 30), False), ("New words here. ", True), ((SENTENCE * 30).strip(), False))
    path = written(report, RichText(runs))
    rows = openpyxl.load_workbook(path)["Report"].max_row
    found = [run for row in range(2, rows + 1) for run in runs_of(path, f"A{row}")]
    assert rows > 3
    said = " ".join(text.removeprefix(CONTINUED).strip() for text, _ in found)
    assert said.split() == "".join(text for text, _ in runs).split()
    assert [text.strip() for text, is_bold in found if is_bold] == ["New words here."]
    heights = openpyxl.load_workbook(path)["Report"].row_dimensions
    assert all(heights[row].height <= 409.5 for row in range(2, rows + 1))


words = st.sampled_from(["a", "bb", "late", " ", "  ", "\n", "ccc"])


@given(st.lists(st.tuples(st.lists(words).map("".join), st.booleans())), st.data())
def test_pieces_of_a_text_have_its_words_and_what_is_bold_in_them(runs, data) -> None:
    value = RichText(tuple(runs))
    text = str(value)
    at = data.draw(st.integers(0, len(text)))
    head, tail = text[:at].rstrip(), text[at:].lstrip()
    pieces = [head, f"{CONTINUED}{tail}"]
    found = rich_pieces(value, pieces, CONTINUED)
    assert ["".join(said for said, _ in piece.runs) for piece in found] == pieces
    bold = [c for said, is_bold in runs for c in said if is_bold and not c.isspace()]
    kept = [c for p in found for said, is_bold in p.runs for c in said if is_bold]
    assert [c for c in kept if not c.isspace()] == bold
