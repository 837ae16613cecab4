"""No row is taller than Excel can show, and none holds more than a cell can."""

import openpyxl
import pytest

from sheetplan.ooxml.filling.splitting import CONTINUED, Room
from tests.builders import FIRST_SHEET, parts_of, replaced
from tests.judges import openpyxl_values
from tests.ooxml.filling import Filled, filled, template

SENTENCE = "The board met on Tuesday and agreed the next steps with the finance team. "
LIMIT = 409


@pytest.fixture
def report(tmp_path):
    """A template with a wrapped column of 60 characters, a narrow one, and one that does not
    wrap."""

    def look(book):
        sheet = book.get_worksheet_by_name("Report")
        wrapped = book.add_format({"text_wrap": True, "font_name": "Arial", "font_size": 10})
        sheet.set_column("B:B", 60)
        sheet.write_string("B2", "{text}", wrapped)
        sheet.write_string("C2", "Note: {note}", wrapped)
        sheet.write_string("D2", "{flat}")

    table = "| Ref | Text | Note | Flat |\n| {ref} |  |  |  |\n| End |"
    return template(tmp_path, table, {"row_item": "$A$2"}, look)


def line(text="", note="", flat="", ref="A1"):
    return ("item", {"ref": ref, "text": text, "note": note, "flat": flat})


def rows_of(path):
    """What stands between the headings and the end, row by row."""
    values = openpyxl_values(path)["Report"]
    last = next(int(cell[1:]) for cell, value in values.items() if value == "End")
    return [[values.get(f"{column}{row}") for column in "ABCD"] for row in range(2, last)]


def heights_of(path):
    sheet = openpyxl.load_workbook(path)["Report"]
    return [sheet.row_dimensions[row].height for row in range(2, sheet.max_row)]


def joined(pieces):
    first, *others = pieces
    assert all(piece.startswith(CONTINUED) for piece in others)
    return " ".join([first, *(piece.removeprefix(CONTINUED) for piece in others)])


def test_text_that_fits_stays_in_one_row(report):
    text = (SENTENCE * 10).strip()
    assert rows_of(filled(report, [line(text)])) == [["A1", text, "Note: ", None]]


def test_text_that_is_too_tall_goes_on_in_rows_that_repeat_the_rest(report):
    text = (SENTENCE * 60).strip()
    rows = rows_of(filled(report, [line(text, note="n", flat="f")]))
    assert len(rows) > 1
    assert {(ref, note, flat) for ref, _, note, flat in rows} == {("A1", "Note: n", "f")}
    pieces = [text for _, text, _, _ in rows]
    assert all(piece.endswith("team.") for piece in pieces)  # cut at ends of sentences
    assert joined(pieces) == text


def test_text_without_sentences_is_cut_between_words_and_a_long_word_anywhere(report):
    words = " ".join(f"word{number}" for number in range(700))
    assert joined([row[1] for row in rows_of(filled(report, [line(words)]))]) == words
    endless = "x" * 9_000
    pieces = Room.wrapping(12.75, 60).cut(endless)
    assert joined(pieces).replace(" ", "") == endless


def test_an_abbreviation_is_no_end_of_a_sentence():
    text = ("word " * 80 + "of approx. half " + "word " * 200).strip()
    pieces = Room.wrapping(12.75, 20).cut(text)
    assert not any(piece.endswith("approx.") for piece in pieces)


def test_line_breaks_count_as_lines(report):
    text = "\n".join(f"- point {number}" for number in range(60))
    rows = rows_of(filled(report, [line(text)]))
    assert len(rows) == 3
    assert "\n".join(row[1].removeprefix(CONTINUED) for row in rows) == text


def test_words_around_a_placeholder_are_in_every_row(report):
    rows = rows_of(filled(report, [line(note=SENTENCE * 20)]))
    assert len(rows) > 2
    assert all(row[2].startswith("Note: ") for row in rows)
    assert all(row[2].startswith(f"Note: {CONTINUED}") for row in rows[1:])


def test_two_long_texts_go_on_side_by_side(report):
    rows = rows_of(filled(report, [line(SENTENCE * 60, note=SENTENCE * 4)]))
    assert len(rows) == len([row for row in rows if row[1]])
    alone = rows_of(filled_again(report, [line(SENTENCE * 60)]))
    assert len(rows) == len(alone)


def filled_again(made, lines):
    fresh = type(made).open(made.folder / "template.xlsx")
    fresh.folder = made.folder
    return filled(fresh, lines)


@pytest.mark.parametrize("length", [32_767, 32_768, 70_000])
def test_no_cell_holds_more_than_excel_lets_it(report, length):
    rows = rows_of(filled(report, [line(flat="x" * length)]))
    assert len(rows) == 1 + (length > 32_767) + (length > 65_000)
    assert all(len(row[3]) <= 32_767 for row in rows)
    assert joined([row[3] for row in rows]).replace(" ", "") == "x" * length


@pytest.mark.parametrize("ref", ["A1.2", "A" * 32_000])
def test_the_words_beside_a_text_on_one_line_count_as_well(tmp_path, ref):
    made = template(tmp_path, "| Heading |\n| {ref}  {flat} |\n| End |", {"row_item": "$A$2"})
    cells = [row[0] for row in rows_of(filled(made, [line(ref=ref, flat="x" * 32_767)]))]
    assert len(cells) > 1
    assert all(len(cell) <= 32_767 for cell in cells)
    assert max(cell.count("x") for cell in cells) < 32_767 <= sum(c.count("x") for c in cells)


def test_emoji_count_twice_as_excel_counts_them(report):
    rows = rows_of(filled(report, [line(flat="😀" * 20_000)]))
    assert len(rows) == 2
    assert all(len(row[3].encode("utf-16-le")) <= 2 * 32_767 for row in rows)


def test_rows_are_as_tall_as_their_text_and_never_taller_than_excel_can_show(report):
    texts = ["short", SENTENCE * 3, SENTENCE * 200, "a\nb\nc", "W" * 5_000, "漢字" * 2_000]
    heights = heights_of(filled(report, [line(text) for text in texts]))
    assert heights[0] is None  # as tall as any other
    assert 50 < heights[1] < 80  # four lines
    assert max(height or 15 for height in heights) < LIMIT


def test_a_height_is_none_of_the_rows_own(report):
    data = parts_of(filled(report, [line(SENTENCE * 10)]))[FIRST_SHEET]
    assert b' ht="' in data
    assert b"customHeight" not in data


def test_a_pattern_with_a_height_of_its_own_keeps_it_however_long_the_text(tmp_path):
    def look(book):
        sheet = book.get_worksheet_by_name("Report")
        sheet.set_row(0, 30)
        sheet.write_string("A1", "{text}", book.add_format({"text_wrap": True}))

    made = template(tmp_path, "| x |\n| End |", {"row_item": "$A$1"}, look)
    sheet = openpyxl.load_workbook(filled(made, [("item", {"text": SENTENCE * 60})]))["Report"]
    assert sheet["A2"].value == "End"
    assert sheet.row_dimensions[1].height == 30


def test_a_static_row_is_as_tall_as_its_words(tmp_path):
    def look(book):
        sheet = book.get_worksheet_by_name("Report")
        sheet.write_string(
            "A1", "Significant slippage of an action", book.add_format({"text_wrap": True})
        )

    made = template(tmp_path, "| x |\n| {name} |", {"row_item": "$A$2"}, look)
    sheet = openpyxl.load_workbook(filled(made, []))["Report"]
    assert sheet.row_dimensions[1].height > 45


def test_the_row_of_a_marked_cell_is_as_tall_as_its_value(tmp_path):
    def wrap(book):
        sheet = book.get_worksheet_by_name("Report")
        sheet.write_string("A1", "{about}", book.add_format({"text_wrap": True}))

    template(tmp_path, "| x |\n| as it was |", {"cell_about": "$A$1"}, wrap)
    path = tmp_path / "template.xlsx"
    replaced(path, FIRST_SHEET, '<row r="1"', '<row r="1" ht="15"')  # as Excel stores it
    replaced(path, FIRST_SHEET, '<row r="2"', '<row r="2" ht="44"')
    made = Filled.open(path)
    made.folder = tmp_path
    sheet = openpyxl.load_workbook(filled(made, [], {"about": SENTENCE}))["Report"]
    assert sheet.row_dimensions[1].height > 100
    assert sheet.row_dimensions[2].height == 44


def test_text_in_a_hidden_column_makes_no_row_tall(tmp_path):
    def look(book):
        sheet = book.get_worksheet_by_name("Report")
        sheet.set_column("A:A", 10, None, {"hidden": True})
        sheet.write_string("A1", "{text}", book.add_format({"text_wrap": True}))

    made = template(tmp_path, "| x |", {"row_item": "$A$1"}, look)
    path = filled(made, [("item", {"text": SENTENCE * 60})])
    assert openpyxl_values(path)["Report"] == {"A1": SENTENCE * 60}
