"""A grafted sheet looks as it did, and brings only the formats that the workbook does not have."""

import re

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.colors import Color

from sheetplan.errors import CannotGraftError
from sheetplan.ooxml.grafting import graft
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from tests.builders import package_with, parts_of, replaced, workbook_from_text
from tests.judges import diff, valid

STYLES, THEME = "xl/styles.xml", "xl/theme/theme1.xml"
BLUE = "FF1F3864"


@pytest.fixture
def tracker(tmp_path):
    def decorate(book):
        odd = book.add_format({"num_format": '0.0 "odd"', "bg_color": "#FFEE00"})
        book.worksheets()[0].write("C1", 1, odd)

    return workbook_from_text(tmp_path / "tracker.xlsx", {"Plan": "| Ref | 1 |"}, decorate=decorate)


@pytest.fixture
def source(tmp_path):
    """A sheet in many formats, made by openpyxl."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Report"
    thin, thick = Side("thin", color="FF808080"), Side("thick", color=BLUE)
    formats = {
        "A1": {"style": "Headline 2"},
        "A2": {"font": Font("Arial", 14, bold=True, italic=True, color=BLUE)},
        "A3": {"fill": PatternFill("solid", fgColor="FFC00000"), "font": Font(color="FFFFFFFF")},
        "A4": {"border": Border(left=thin, top=thick, bottom=thin)},
        "A5": {"alignment": Alignment("left", "top", wrap_text=True, indent=2)},
        "A6": {"number_format": "mmm-yy"},
        "A7": {"number_format": '0.0 "odd"'},
        "A8": {"number_format": '#,##0 "actions"'},
        "A9": {"protection": Protection(locked=False)},
        "A10": {"fill": PatternFill("lightUp", fgColor=BLUE)},
        "A11": {"font": Font(strike=True, underline="single", vertAlign="superscript")},
    }
    for name, settings in formats.items():
        sheet[name] = 7
        for setting, value in settings.items():
            setattr(sheet[name], setting, value)
    path = tmp_path / "source.xlsx"
    book.save(path)
    return path


def grafted(tracker, *sources, sheet="Report", after="after.xlsx"):
    """The tracker with a sheet of each source, called New 1, New 2 …"""
    workbook = Workbook.open(tracker)
    for number, source in enumerate(sources, 1):
        graft(workbook, Workbook.open(source), sheet, name=f"New {number}")
    target = tracker.with_name(after)
    save(workbook.package, target, source=tracker, state=FileState.of(tracker))
    return target


def counts(path):
    """How many formats each list of the styles part holds, by what it says and by what it has."""
    xml = parts_of(path)[STYLES].decode()
    found = {}
    for name in ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"):
        group = re.search(rf'<{name} count="(\d+)".*?</{name}>', xml, re.DOTALL)
        found[name] = int(group[1]) if group else 0
    return found


def looks(cell):
    """All that a cell's format says, as openpyxl reads it."""
    return (
        cell.font.name, cell.font.sz, cell.font.b, cell.font.i, cell.font.strike, cell.font.u,
        cell.font.vertAlign, cell.font.color and cell.font.color.value, cell.fill.patternType,
        cell.fill.fgColor.value, cell.border.left.style, cell.border.top.style,
        cell.border.top.color and cell.border.top.color.value, cell.alignment.horizontal,
        cell.alignment.wrap_text, cell.alignment.indent, cell.number_format,
        cell.protection.locked, cell.style,
    )  # fmt: skip


def test_every_cell_looks_as_it_did(tracker, source):
    after = grafted(tracker, source)
    old, new = openpyxl.load_workbook(source)["Report"], openpyxl.load_workbook(after)["New 1"]
    for row in range(1, 12):
        assert looks(new.cell(row, 1)) == looks(old.cell(row, 1)), row
    assert diff(tracker, after).harm == []
    assert valid(tracker, after) == []


def test_the_formats_that_were_there_stay_where_they_are(tracker, source):
    after = grafted(tracker, source)
    for name in counts(tracker):
        old, new = (re.search(rf"<{name}[ >].*?</{name}>", parts_of(p)[STYLES].decode(), re.DOTALL)
                    for p in (tracker, after))  # fmt: skip
        items = old[0].partition(">")[2].removesuffix(f"</{name}>")
        assert new[0].partition(">")[2].startswith(items)


def test_the_same_formats_are_not_added_again(tracker, source):
    once, thrice = (
        grafted(tracker, source),
        grafted(tracker, source, source, source, after="3.xlsx"),
    )
    assert counts(thrice) == counts(once)
    assert parts_of(thrice)[STYLES] == parts_of(once)[STYLES]


def test_a_number_format_that_is_there_is_used_and_a_new_one_gets_a_free_number(tracker, source):
    replaced(tracker, STYLES, 'numFmtId="164" formatCode', 'numFmtId="170" formatCode')
    replaced(tracker, STYLES, '<xf numFmtId="164"', '<xf numFmtId="170"')
    after = grafted(tracker, source)
    numbers = re.findall(
        r'<numFmt numFmtId="(\d+)" formatCode="(.*?)"', parts_of(after)[STYLES].decode()
    )
    assert numbers == [("170", "0.0 &quot;odd&quot;"), ("171", "#,##0 &quot;actions&quot;")]


def test_a_named_style_is_found_by_excels_own_number_in_any_language(tracker, source):
    named = openpyxl.load_workbook(tracker)
    named["Plan"]["A1"].style = "Headline 2"
    named.save(tracker)
    replaced(tracker, STYLES, 'name="Headline 2"', 'name="Überschrift 2"')
    after = grafted(tracker, source)
    book = openpyxl.load_workbook(after)
    assert counts(after)["cellStyles"] == counts(tracker)["cellStyles"]
    assert parts_of(after)[STYLES].count("Überschrift 2".encode()) == 1
    assert book["New 1"]["A1"].font.sz == openpyxl.load_workbook(source)["Report"]["A1"].font.sz


def test_a_style_of_the_councils_own_is_found_by_its_name(tracker, source, tmp_path):
    book = openpyxl.load_workbook(source)
    own = NamedStyle("Wexcombe heading", font=Font(bold=True, size=20))
    book["Report"]["B1"] = "x"
    book["Report"]["B1"].style = own
    book.save(source)
    once, twice = grafted(tracker, source), grafted(tracker, source, source, after="2.xlsx")
    for path in (once, twice):
        assert openpyxl.load_workbook(path)["New 1"]["B1"].style == "Wexcombe heading"
        assert parts_of(path)[STYLES].count(b"Wexcombe heading") == 1


def test_a_style_that_looks_otherwise_in_the_tracker_does_not_change_the_cell(tracker, source):
    named = openpyxl.load_workbook(tracker)
    named["Plan"]["A1"].style = "Headline 2"
    named.save(tracker)
    after = grafted(tracker, source)
    xml = parts_of(after)[STYLES].decode()
    styles = re.search(r"<cellStyles.*?</cellStyles>", xml)[0]
    place = re.search(r'<cellStyle (?=[^>]*name="Headline 2")[^>]*xfId="(\d+)"', styles)[1]
    formats = re.findall(rf'<xf [^>]*xfId="{place}"[^>]*>', xml)
    assert formats
    new = openpyxl.load_workbook(after)["New 1"]["A1"]
    assert looks(new) == looks(openpyxl.load_workbook(source)["Report"]["A1"])


def test_cells_without_a_format_wear_the_sources_default(tracker, tmp_path):
    plain = workbook_from_text(tmp_path / "plain.xlsx", {"Report": "| words | 7 |"})
    replaced(plain, STYLES, '<name val="Calibri"/>', '<name val="Arial"/>')
    after = grafted(tracker, plain)
    book = openpyxl.load_workbook(after)
    assert [cell.font.name for cell in book["New 1"][1]] == ["Arial", "Arial"]
    assert book["Plan"]["A1"].font.name == "Calibri"


# ---------------------------------------------------------------- colours of the theme


@pytest.fixture
def themed(source):
    """The source with colours of its theme, and of the old palette."""
    book = openpyxl.load_workbook(source)
    sheet = book["Report"]
    sheet["A1"].style = "Normal"
    sheet["A2"].font = Font(color=Color(theme=4))
    sheet["A3"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=-0.25))
    sheet["A4"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.4))
    sheet["A5"].font = Font(color=Color(theme=1))
    sheet["A6"].fill = PatternFill("solid", fgColor=Color(indexed=10))
    sheet["A8"].font = Font("Calibri", 11, scheme="minor")
    sheet.sheet_properties.tabColor = Color(theme=4)
    book.save(source)
    return source


def with_accent(path, figures):
    """The workbook with another first accent in its theme."""
    accent = rf'\g<1><a:srgbClr val="{figures}"/>\g<2>'
    data = parts_of(path)[THEME].decode()
    data = re.sub(r"(<a:accent1>).*?(</a:accent1>)", accent, data, flags=re.DOTALL)
    return package_with(path, {THEME: data.encode()})


def test_colours_of_a_theme_stay_colours_of_it_where_it_is_the_same(tracker, themed):
    package_with(tracker, {THEME: parts_of(themed)[THEME]})
    sheet = openpyxl.load_workbook(grafted(tracker, themed))["New 1"]
    assert sheet["A2"].font.color.theme == 4
    assert sheet["A3"].fill.fgColor.theme == 4
    assert sheet["A8"].font.scheme == "minor"


def test_colours_of_another_theme_are_spelled_out(tracker, themed):
    package_with(tracker, {THEME: parts_of(themed)[THEME]})
    sheet = openpyxl.load_workbook(grafted(with_accent(tracker, "00AA00"), themed))["New 1"]
    assert sheet["A2"].font.color.rgb == "FF4F81BD"
    assert sheet.sheet_properties.tabColor.rgb == "FF4F81BD"
    assert sheet["A5"].font.color.theme == 1  # black in both
    assert sheet["A6"].fill.fgColor.indexed == 10  # the same palette in both


@pytest.mark.parametrize(
    ("cell", "in_excel"), [("A3", (0x36, 0x60, 0x92)), ("A4", (0x95, 0xB3, 0xD7))]
)
def test_a_tint_is_worked_out_as_excel_does(tracker, themed, cell, in_excel):
    """4F81BD, "Darker 25%" and "Lighter 40%" in the colours that Excel offers."""
    sheet = openpyxl.load_workbook(grafted(with_accent(tracker, "00AA00"), themed))["New 1"]
    figures = bytes.fromhex(sheet[cell].fill.fgColor.rgb)[1:]
    assert all(abs(a - b) <= 1 for a, b in zip(figures, in_excel, strict=True))


def test_a_font_of_another_theme_keeps_its_name_and_leaves_the_theme(tracker, themed):
    data = parts_of(themed)[THEME].decode().replace('typeface="Calibri"', 'typeface="Aptos"')
    package_with(tracker, {THEME: data.encode()})
    font = openpyxl.load_workbook(grafted(tracker, themed))["New 1"]["A8"].font
    assert (font.name, font.scheme) == ("Calibri", None)


def test_a_palette_of_the_sources_own_is_spelled_out(tracker, themed):
    xml = parts_of(themed)[STYLES].decode()
    colours = re.findall(r'<rgbColor rgb="\w+"\s*/>', xml)  # openpyxl writes the usual ones
    xml = xml.replace("".join(colours[:11]), "".join([*colours[:10], '<rgbColor rgb="00ABCDEF"/>']))
    package_with(themed, {STYLES: xml.encode()})
    sheet = openpyxl.load_workbook(grafted(tracker, themed))["New 1"]
    assert sheet["A6"].fill.fgColor.rgb == "FFABCDEF"


# ---------------------------------------------------------------- limits


def test_a_workbook_with_as_many_formats_as_excel_allows_is_refused(tracker, source):
    xml = parts_of(tracker)[STYLES].decode()
    xml = re.sub(r"(<cellXfs[^>]*>)", r"\1" + "<xf/>" * 65_490, xml)
    package_with(tracker, {STYLES: xml.encode()})
    with pytest.raises(CannotGraftError, match="as many cell formats as Excel allows"):
        grafted(tracker, source)
