"""Rules 12 to 14: text that is cut off, colour alone, and contrast."""

from __future__ import annotations

import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, IconSetRule
from openpyxl.styles import Alignment, Color, Font, GradientFill, PatternFill
from openpyxl.worksheet.table import TableStyleInfo

from sheetplan.ooxml.accessibility.formats import Formats
from sheetplan.ooxml.workbook import Workbook
from tests.builders import FIRST_SHEET, patched
from tests.ooxml.accessible import book, found, places

LONG = "Agreed by the board in May; the contractor began in June and reports each week to us."


def solid(colour):
    return PatternFill("solid", fgColor=colour)


# ---------------------------------------------------------------- cut off


def put(cell, text, *, wrap):
    def change(made):
        made.active[cell] = text
        made.active[cell].alignment = Alignment(wrap_text=wrap)

    return change


def test_text_that_runs_into_a_filled_neighbour_is_cut_off(tmp_path):
    message = "Text is longer than its column and does not wrap, so it is cut off."
    assert found(book(tmp_path / "a.xlsx", put("B6", LONG, wrap=False))) == [(12, "B6", message)]


@pytest.mark.parametrize(
    ("cell", "text", "wrap"),
    [
        ("B6", LONG, True),
        ("D6", LONG, False),
        ("B6", "Mend the roof", False),
        ("B6", 10**40, False),
    ],
    ids=["it wraps", "nothing stands beside it", "it is short", "it is a number"],
)
def test_text_that_is_seen_whole_is_not(tmp_path, cell, text, wrap):
    assert found(book(tmp_path / "a.xlsx", put(cell, text, wrap=wrap)), 12) == []


def test_larger_letters_need_more_room(tmp_path):
    def size(points):
        def change(made):
            put("B6", "Twenty letters or so", wrap=False)(made)
            made.active["B6"].font = Font(size=points)

        return change

    assert places(book(tmp_path / "a.xlsx", size(11)), 12) == []
    assert places(book(tmp_path / "b.xlsx", size(20)), 12) == ["B6"]


@pytest.mark.parametrize(("is_merged", "expected"), [(True, []), (False, ["F4"])])
def test_a_merged_cell_has_the_width_of_all_its_columns(tmp_path, is_merged, expected):
    def change(made):
        made.active["F4"], made.active["G4"], made.active["H4"] = LONG[:40], None, "x"
        if is_merged:
            made.active.merge_cells("F4:G4")
        else:
            made.active["G4"] = "x"
        for letter in "FG":
            made.active.column_dimensions[letter].width = 20

    assert places(book(tmp_path / "a.xlsx", change), 12) == expected


@pytest.mark.parametrize(("height", "expected"), [(15, ["D6"]), (75, []), (None, [])])
@pytest.mark.parametrize("is_fixed", [True, False])
def test_a_row_with_a_height_must_be_tall_enough(tmp_path, height, expected, is_fixed):
    """Excel keeps a stored height on opening, whether somebody has fixed it or not."""

    def change(made):
        put("D6", LONG, wrap=True)(made)
        made.active.row_dimensions[6].height = height

    path = book(tmp_path / "a.xlsx", change)
    if not is_fixed:
        patched(path, {FIRST_SHEET: lambda xml: xml.replace(b' customHeight="1"', b"")})
    assert places(path, 12) == expected


def test_text_that_no_row_can_show_whole_is_found(tmp_path):
    """409 points are 27 lines of 15; a column of 24 shows some 28 letters in each."""
    for times, expected in ((8, []), (20, ["D6"])):
        path = book(tmp_path / f"{times}.xlsx", put("D6", LONG * times, wrap=True))
        assert places(path, 12) == expected


# ---------------------------------------------------------------- colour alone


def colour_ratings(made):
    for row, colour in ((5, "FFC000"), (6, "CA3535"), (7, "FFC000"), (8, "CA3535")):
        made.active.cell(row, 3).fill = solid(colour)
        made.active.cell(row, 3).font = Font(color="FFFFFF" if colour == "CA3535" else "0B0C0C")


def test_a_coloured_cell_without_its_word_is_found(tmp_path):
    def change(made):
        colour_ratings(made)
        made.active["C6"] = None
        made.active["A3"] = "Blank cells are explained."

    message = "Cells have a colour and no words, while others of their column have words."
    assert found(book(tmp_path / "a.xlsx", change)) == [(13, "C6", message)]


def test_colours_that_repeat_the_word_are_no_breach(tmp_path):
    assert found(book(tmp_path / "a.xlsx", colour_ratings)) == []


def test_blank_cells_of_a_shaded_row_or_column_are_no_signal(tmp_path):
    def change(made):
        made.active["A3"] = "Blank cells are explained."
        for column in range(1, 5):  # every second row shaded
            for row in (5, 7):
                made.active.cell(row, column).fill = solid("E7E6E6")
        for row in range(5, 9):  # a column to type in
            made.active.cell(row, 4).fill = solid("FFF8CC")
        made.active["C5"], made.active["D6"], made.active["D7"] = None, None, None

    assert found(book(tmp_path / "a.xlsx", change), 13) == []


@pytest.mark.parametrize(("is_bare", "expected"), [(True, ["C5:C8"]), (False, [])])
def test_icons_in_the_place_of_values_are_found(tmp_path, is_bare, expected):
    def change(made):
        rule = IconSetRule("3TrafficLights1", "percent", [0, 33, 67], showValue=not is_bare)
        made.active.conditional_formatting.add("C5:C8", rule)

    assert places(book(tmp_path / "a.xlsx", change), 13) == expected


# ---------------------------------------------------------------- contrast


def colours(fill, text, size=11, *, bold=False):
    def change(made):
        made.active["C5"].font = Font(color=text, size=size, bold=bold)
        if fill:
            made.active["C5"].fill = fill if hasattr(fill, "fill_type") else solid(fill)

    return change


@pytest.mark.parametrize(
    ("fill", "text", "figure"),
    [
        # As WebAIM's and the W3C's own examples give them, rounded down.
        (None, "777777", "Text 777777 on FFFFFF has a contrast of 4.47 to 1."),
        ("FFC000", "FFFFFF", "Text FFFFFF on FFC000 has a contrast of 1.64 to 1."),
        ("00B050", "FFFFFF", "Text FFFFFF on 00B050 has a contrast of 2.86 to 1."),
        ("FFEB9C", "9C6500", "Text 9C6500 on FFEB9C has a contrast of 4.12 to 1."),
    ],
)
def test_faint_text_is_found_with_its_figure(tmp_path, fill, text, figure):
    assert found(book(tmp_path / "a.xlsx", colours(fill, text))) == [(14, "C5", figure)]


@pytest.mark.parametrize(
    ("fill", "text"),
    [(None, "767676"), ("CA3535", "FFFFFF"), ("FFC000", "000000"), (None, "000000")],
)
def test_text_that_stands_out_is_not(tmp_path, fill, text):
    assert found(book(tmp_path / "a.xlsx", colours(fill, text))) == []


@pytest.mark.parametrize(
    ("size", "bold", "is_enough"), [(18, False, True), (14, True, True), (14, False, False)]
)
def test_large_text_needs_3_to_1(tmp_path, size, bold, is_enough):
    path = book(tmp_path / "a.xlsx", colours("FFFFFF", "888888", size, bold=bold))  # 3.54 to 1
    assert (places(path, 14) == []) is is_enough


def test_blank_cells_have_no_contrast(tmp_path):
    def change(made):
        made.active["F5"].font = Font(color="FFFFFF")

    assert found(book(tmp_path / "a.xlsx", change)) == []


@pytest.mark.parametrize(
    ("theme", "tint", "colour"),
    [  # as Excel's own palette names them: White darker 5% and 25%, Black lighter 50%
        (0, -0.0499893185216834, "F2F2F2"),
        (0, -0.249977111117893, "BFBFBF"),
        (1, 0.499984740745262, "808080"),
    ],
)
def test_colours_of_the_theme_are_worked_out(tmp_path, theme, tint, colour):
    def change(made):
        made.active["C5"].fill = PatternFill("solid", fgColor=Color(theme=theme, tint=tint))

    formats = Formats(Workbook.open(book(tmp_path / "a.xlsx", change)))
    (fill,) = formats.looks[-1].fills
    for start in (0, 2, 4):  # a rounding apart
        assert abs(int(fill[start : start + 2], 16) - int(colour[start : start + 2], 16)) <= 1


def test_indexed_colours_are_worked_out(tmp_path):
    def change(made):
        made.active["C5"].fill = PatternFill("solid", fgColor=Color(indexed=10))  # red

    formats = Formats(Workbook.open(book(tmp_path / "a.xlsx", change)))
    assert formats.looks[-1].fills == ("FF0000",)


def test_the_darkest_stop_of_a_gradient_counts(tmp_path):
    fill = GradientFill(stop=("FFFFFF", "333333"))
    path = book(tmp_path / "a.xlsx", colours(fill, "000000"))
    assert places(path, 14) == ["C5"]
    assert "on 333333" in found(path)[0][2]


def test_nothing_is_said_of_text_on_a_pattern(tmp_path):
    path = book(tmp_path / "a.xlsx", colours(PatternFill("darkGrid", fgColor="000000"), "333333"))
    assert found(path) == []


def test_faint_words_inside_a_cell_are_found(tmp_path):
    def words(colour):
        def change(made):
            block = TextBlock(InlineFont(color=colour), "late")
            made.active["D5"] = CellRichText("Two months ", block)

        return change

    path = book(tmp_path / "a.xlsx", words("00FFFF00"))
    assert found(path) == [(14, "D5", "Text FFFF00 on FFFFFF has a contrast of 1.07 to 1.")]
    assert found(book(tmp_path / "b.xlsx", words("00CA3535"))) == []


def test_white_headings_are_left_to_the_style_of_their_table(tmp_path):
    def white(style, cell):
        def change(made):
            made.active.tables["Exceptions"].tableStyleInfo = style
            made.active[cell].font = Font(color="FFFFFF")

        return change

    styled = TableStyleInfo(name="TableStyleMedium2")
    assert found(book(tmp_path / "a.xlsx", white(styled, "C4"))) == []
    assert places(book(tmp_path / "b.xlsx", white(None, "C4")), 14) == ["C4"]
    assert places(book(tmp_path / "c.xlsx", white(styled, "C5")), 14) == ["C5"]
    assert (
        found(book(tmp_path / "d.xlsx", white(TableStyleInfo(name="TableStyleDark3"), "C5"))) == []
    )


@pytest.mark.parametrize(("text", "expected"), [("FFFFFF", ["C5:C8"]), ("000000", [])])
def test_conditional_formats_are_looked_at(tmp_path, text, expected):
    def change(made):
        rule = CellIsRule(
            "equal", ['"Red"'], font=Font(color=text), fill=PatternFill(bgColor="FF0000")
        )
        made.active.conditional_formatting.add("C5:C8", rule)

    path = book(tmp_path / "a.xlsx", change)
    assert places(path, 14) == expected
    if expected:
        message = (
            "Where a conditional format holds, text FFFFFF on FF0000 has a contrast of 3.99 to 1."
        )
        assert found(path) == [(14, "C5:C8", message)]


def test_a_conditional_format_that_fills_only_is_read_on_the_cells_own_text(tmp_path):
    def filling(colour):
        def change(made):
            rule = CellIsRule("equal", ['"Red"'], fill=PatternFill(bgColor=colour))
            made.active.conditional_formatting.add("C5:C8", rule)

        return change

    assert "text 000000 on 333333" in found(book(tmp_path / "a.xlsx", filling("333333")))[0][2]
    assert found(book(tmp_path / "b.xlsx", filling("FFEB9C"))) == []


def test_rules_of_2010_with_formats_of_their_own_are_looked_at(tmp_path):
    """A rule that reads another sheet is stored among the extensions, with its colours inside."""
    path = tmp_path / "a.xlsx"
    made = xlsxwriter.Workbook(str(path))
    sheet, _ = made.add_worksheet("Plan"), made.add_worksheet("Lists")
    sheet.write("A1", "Red")
    made.close()
    _add_extension(path, "FFFFC000", "FFFFFFFF")
    assert "text FFFFFF on FFC000" in str(found(path, 14))
    _add_extension(path, "FFFFC000", "FF000000")
    assert found(path, 14) == []


def _add_extension(path, fill, text):
    extension = (
        '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="http://schemas.'
        'microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:cfRule type="expression" priority="1" id="{A}"><xm:f>A1=Lists!A1</xm:f><x14:dxf>'
        f'<font><color rgb="{text}"/></font><fill><patternFill><bgColor rgb="{fill}"/>'
        "</patternFill></fill></x14:dxf></x14:cfRule><xm:sqref>A1</xm:sqref>"
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
    )

    def change(xml):
        head = xml.partition(b"<extLst>")[0].removesuffix(b"</worksheet>")
        return head + extension.encode()

    patched(path, {FIRST_SHEET: change})
