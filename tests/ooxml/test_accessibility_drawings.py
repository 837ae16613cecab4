"""Rules 15 and 16: alternative texts, and what floats over the cells."""

from __future__ import annotations

import pytest
import xlsxwriter

from tests.builders import patched, replaced
from tests.ooxml.accessible import book, breaches, places

DRAWING = "xl/drawings/drawing1.xml"
PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc"
    b"\xf8\xcf\xc0\xf0\x1f\0\5\0\1\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
)


def drawn(path, draw):
    """A workbook on whose one sheet something is drawn with XlsxWriter."""
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("Numbers")
    sheet.write("A1", "Numbers")
    draw(made, sheet)
    made.close()
    return path


def chart(options):
    def draw(made, sheet):
        column = made.add_chart({"type": "column"})
        column.add_series({"values": "=Numbers!$A$1:$A$2"})
        sheet.insert_chart("C3", column, options)

    return draw


def picture(tmp_path, options):
    (tmp_path / "crest.png").write_bytes(PIXEL)
    return lambda made, sheet: sheet.insert_image("C3", str(tmp_path / "crest.png"), options)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["chart Chart 1"]),
        ({"description": " "}, ["chart Chart 1"]),
        ({"description": "Ratings by month: red fell from 9 to 4"}, []),
        ({"decorative": True}, []),
    ],
)
def test_a_chart_needs_an_alternative_text(tmp_path, options, expected):
    assert places(drawn(tmp_path / "a.xlsx", chart(options)), 15) == expected


@pytest.mark.parametrize(
    ("text", "is_enough"),
    [
        ("Wexcombe's crest", True),
        ("crest.png", False),
        ("Picture 1", False),
        ("Image", False),
        ("Picture 1 of the town hall", True),
    ],
)
def test_the_name_of_a_picture_says_nothing(tmp_path, text, is_enough):
    path = drawn(tmp_path / "a.xlsx", picture(tmp_path, {"description": text}))
    assert (places(path, 15) == []) is is_enough


def test_a_decorative_picture_needs_none(tmp_path):
    path = drawn(tmp_path / "a.xlsx", picture(tmp_path, {"decorative": True}))
    assert places(path, 15) == []


def test_charts_and_pictures_are_not_called_floating_objects(tmp_path):
    path = drawn(tmp_path / "a.xlsx", picture(tmp_path, {"description": "The crest"}))
    assert places(path, 16) == []


def test_a_chart_sheet_needs_an_alternative_text_too(tmp_path):
    def draw(made, sheet):
        column = made.add_chart({"type": "column"})
        column.add_series({"values": "=Numbers!$A$1:$A$2"})
        made.add_chartsheet("Ratings").set_chart(column)

    path = drawn(tmp_path / "a.xlsx", draw)
    assert [item.sheet for item in breaches(path) if item.rule.number == 15] == ["Ratings"]
    replaced(path, DRAWING, 'name="Chart 1"', 'name="Chart 1" descr="Red fell from 9 to 4"')
    assert places(path, 15) == []


@pytest.mark.parametrize("text", ["", "Read this first"])
def test_text_boxes_float_and_those_without_words_need_an_alternative(tmp_path, text):
    path = drawn(tmp_path / "a.xlsx", lambda made, sheet: sheet.insert_textbox("C3", text))
    assert places(path, 16) == ["text box TextBox 1"]
    assert places(path, 15) == ([] if text else ["text box TextBox 1"])


def test_a_group_is_one_object_with_one_alternative_text(tmp_path):
    path = drawn(tmp_path / "a.xlsx", lambda made, sheet: sheet.insert_textbox("C3", ""))
    group = (
        '<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="9" name="Group 9" descr="How it works"/>'
        "<xdr:cNvGrpSpPr/></xdr:nvGrpSpPr><xdr:grpSpPr/>"
    )
    replaced(path, DRAWING, '<xdr:sp macro=""', f'{group}<xdr:sp macro=""')
    replaced(path, DRAWING, "</xdr:sp>", "</xdr:sp></xdr:grpSp>")
    assert places(path, 15) == []
    assert places(path, 16) == ["group of shapes Group 9"]


def test_of_two_spellings_of_an_object_one_is_counted(tmp_path):
    path = drawn(tmp_path / "a.xlsx", lambda made, sheet: sheet.insert_textbox("C3", "x"))

    def doubled(xml):
        start, end = xml.index(b"<xdr:sp "), xml.index(b"</xdr:sp>") + len(b"</xdr:sp>")
        shape = xml[start:end]
        choice = (
            b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
            b'markup-compatibility/2006"><mc:Choice Requires="xdr">' + shape
        )
        choice += b"</mc:Choice><mc:Fallback>" + shape + b"</mc:Fallback></mc:AlternateContent>"
        return xml[:start] + choice + xml[end:]

    patched(path, {DRAWING: doubled})
    assert places(path, 16) == ["text box TextBox 1"]


def test_a_background_picture_is_found(tmp_path):
    (tmp_path / "crest.png").write_bytes(PIXEL)
    path = drawn(
        tmp_path / "a.xlsx",
        lambda made, sheet: sheet.set_background(str(tmp_path / "crest.png")),
    )
    assert [item.message for item in breaches(path) if item.rule.number == 16] == [
        "The sheet has a picture as its background."
    ]


# ---------------------------------------------------------------- headers and footers


@pytest.mark.parametrize(
    "footer",
    [
        "&CPage &P of &N",
        "&R&P",
        '&C&"Arial,Bold"&9&K484949Page &P / &N',
        "&L&8- &P -",
        "",
    ],
)
def test_the_number_of_the_page_alone_may_stand_in_a_footer(tmp_path, footer):
    path = drawn(tmp_path / "a.xlsx", lambda made, sheet: sheet.set_footer(footer))
    assert places(path, 16) == []


@pytest.mark.parametrize(
    ("footer", "is_more"),
    [
        ("&LOFFICIAL&RPage &P", True),
        ("&CPage &P of &N of the plan", True),
        ("&L&F", True),
        ("&C&A", True),
        ("&R&D", True),
        ("&C&14", False),
    ],
)
def test_more_than_that_is_said_in_a_footer_that_nobody_hears(tmp_path, footer, is_more):
    path = drawn(tmp_path / "a.xlsx", lambda made, sheet: sheet.set_footer(footer))
    assert places(path, 16) == (["footer"] if is_more else [])


def test_headers_are_told_from_footers(tmp_path):
    def draw(made, sheet):
        sheet.set_header("&LOFFICIAL")
        sheet.set_footer("&RPage &P")

    assert places(drawn(tmp_path / "a.xlsx", draw), 16) == ["header"]


def test_a_clean_workbook_has_nothing_drawn(tmp_path):
    assert [places(book(tmp_path / "a.xlsx"), rule) for rule in (15, 16)] == [[], []]
