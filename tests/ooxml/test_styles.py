import re

import openpyxl
import pytest
from lxml import etree

from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import MAIN, local_name, main
from tests.builders import package_with, parts_of, patched, workbook_from_text
from tests.judges import diff, valid

STYLES = "xl/styles.xml"


def dxf(colour):
    """A rule's format that fills its cells."""
    fill = f'<fill><patternFill><bgColor rgb="FF{colour}"/></patternFill></fill>'
    return etree.fromstring(f'<dxf xmlns="{MAIN}">{fill}</dxf>')


RED, BLUE, GREEN = "FF0000", "0000FF", "00FF00"


@pytest.fixture
def plan(tmp_path):
    """A workbook with a rule that colours red, and cells in formats of their own."""

    def add_formats(book):
        sheet = book.get_worksheet_by_name("Plan")
        rule = {
            "type": "formula",
            "criteria": "=A1=1",
            "format": book.add_format({"bg_color": RED}),
        }
        sheet.conditional_format("A1", rule)
        for column, code in enumerate(["0.0", "mmm yyyy", "[h]:mm", "@", "dd/mm/yyyy"]):
            sheet.write_blank(1, column, None, book.add_format({"num_format": code}))

    return workbook_from_text(tmp_path / "before.xlsx", {"Plan": "| Ref |"}, decorate=add_formats)


def with_formats(path, *colours):
    """Add rule formats, save, and give their indices and the saved file."""
    target = path.with_name("after.xlsx")
    state, workbook = FileState.of(path), Workbook.open(path)
    indices = workbook.styles.add_rule_formats([dxf(colour) for colour in colours])
    save(workbook.package, target, source=path, state=state)
    assert diff(path, target).harm == []
    assert valid(path, target) == []
    return indices, target


def colours_of(path):
    """The fills of a workbook's rule formats, in their order."""
    dxfs = etree.fromstring(parts_of(path)[STYLES]).find(main("dxfs"))
    assert dxfs.get("count") == str(len(dxfs))
    return [item.find(f".//{main('bgColor')}").get("rgb")[2:] for item in dxfs]


def test_number_formats_are_read_by_the_index_that_cells_wear(plan):
    workbook = Workbook.open(plan)
    cells = [workbook["Plan"].cell(2, column) for column in range(1, 6)]
    indices = [int(cell.get("s")) for cell in cells]
    sheet = openpyxl.load_workbook(plan)["Plan"]
    codes = [sheet.cell(2, column).number_format for column in range(1, 6)]
    assert [workbook.styles.number_format(index) for index in indices] == codes
    assert [workbook.styles.is_date(index) for index in indices] == [False, True, True, False, True]


@pytest.mark.parametrize("index", [-1, 999])
def test_a_format_that_does_not_exist_is_the_general_one(plan, index):
    styles = Workbook.open(plan).styles
    assert styles.number_format(index) == "General"
    assert not styles.is_date(index)


def test_new_formats_stand_behind_those_that_were_there(plan):
    indices, after = with_formats(plan, BLUE, GREEN)
    assert indices == [1, 2]
    assert colours_of(after) == [RED, BLUE, GREEN]


def test_a_format_that_is_there_is_not_added_again(plan):
    indices, after = with_formats(plan, BLUE, BLUE)
    assert indices == [1, 1]
    again, later = with_formats(after, GREEN, BLUE)
    assert again == [2, 1]
    assert colours_of(later) == [RED, BLUE, GREEN]


def test_formats_that_are_all_there_change_nothing(plan):
    _, after = with_formats(plan, BLUE)
    workbook = Workbook.open(after)
    assert workbook.styles.add_rule_formats([dxf(BLUE)]) == [1]
    assert workbook.package.changed == []


@pytest.mark.parametrize("gone", [rb"<dxfs.*?</dxfs>", rb"<dxfs.*?</dxfs>|<tableStyles.*?/>"])
def test_a_workbook_without_rule_formats_gets_a_list_of_them_in_its_place(tmp_path, gone):
    path = workbook_from_text(tmp_path / "before.xlsx", {"Plan": "| Ref |"})
    empty = rb"<dxfs count=\"0\"/>"
    patched(path, {STYLES: lambda xml: re.sub(gone, b"", re.sub(empty, b"", xml))})
    indices, after = with_formats(path, BLUE)
    assert indices == [0]
    assert colours_of(after) == [BLUE]
    children = [local_name(child) for child in etree.fromstring(parts_of(after)[STYLES])]
    later = [name for name in children if name in ("tableStyles", "colors", "extLst")]
    assert children[len(children) - len(later) - 1 :] == ["dxfs", *later]


def test_a_workbook_without_styles_cannot_have_formats_added(tmp_path):
    path = workbook_from_text(tmp_path / "before.xlsx", {"Plan": "| Ref |"})
    package_with(path, {STYLES: None})
    lines = rb'<Relationship Id="[^"]*" Type="[^"]*/styles" [^>]*/>'
    patched(path, {"xl/_rels/workbook.xml.rels": lambda xml: re.sub(lines, b"", xml)})
    styles = Workbook.open(path).styles
    assert not styles.is_date(0)
    with pytest.raises(ValueError, match="no styles part"):
        styles.add_rule_formats([dxf(BLUE)])


def test_formats_are_found_again_under_a_prefix(plan):
    def with_prefix(xml):
        text = xml.decode().replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
        head, _, body = text.partition("?>")
        body = body.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
        return (head + "?>" + body).encode()

    patched(plan, {STYLES: with_prefix})
    indices, after = with_formats(plan, BLUE, GREEN, BLUE)
    assert indices == [1, 2, 1]
    again, later = with_formats(after, BLUE)
    assert again == [1]
    assert parts_of(later)[STYLES] == parts_of(after)[STYLES]
