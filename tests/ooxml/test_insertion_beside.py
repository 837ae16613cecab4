"""Columns inserted into a sheet: what it holds beside its cells, which LibreOffice cannot judge."""

from __future__ import annotations

import re

import openpyxl
import pytest

from tests.builders import (
    package_with,
    parts_of,
    picture,
    replaced,
    workbook_from_text,
    workbook_with_sheet,
)
from tests.judges import valid
from tests.ooxml.inserting import PLAN, inserted, made, sheet_of

X14_SHEET = (
    '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="E1"><v>2</v></c></row></sheetData>'
    '<extLst><ext uri="{uri}">{inside}</ext></extLst>'
)


@pytest.fixture
def plan(tmp_path):
    return workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": PLAN, "Key": "| 1 | 2 |"})


# ---------------------------------------------------------------- beside the cells


def test_new_columns_are_as_wide_as_their_left_neighbour_and_shown(tmp_path):
    text = made(
        tmp_path,
        '<cols><col min="1" max="2" width="9" customWidth="1"/>'
        '<col min="3" max="3" width="30" style="2" customWidth="1" hidden="1" outlineLevel="1"/>'
        '<col min="4" max="4" width="40" customWidth="1" outlineLevel="2"/>'
        '<col min="5" max="16384" width="12" customWidth="1"/></cols><sheetData/>',
    )
    assert re.findall(r"<col [^>]*>", text) == [
        '<col min="1" max="2" width="9" customWidth="1"/>',
        '<col min="3" max="3" width="30" style="2" customWidth="1" hidden="1" outlineLevel="1"/>',
        '<col min="4" max="5" width="30" style="2" customWidth="1" outlineLevel="1"/>',
        '<col min="6" max="6" width="40" customWidth="1" outlineLevel="2"/>',
        '<col min="7" max="16384" width="12" customWidth="1"/>',
    ]


def test_a_width_for_many_columns_is_that_of_the_new_ones_too(tmp_path):
    text = made(tmp_path, '<cols><col min="2" max="9" width="30"/></cols><sheetData/>')
    assert re.findall(r"<col [^>]*>", text) == ['<col min="2" max="11" width="30"/>']


@pytest.mark.parametrize(
    ("view", "at", "expected"),
    [
        # frozen before D: a new column inside is held still too, one at its edge is not
        ('<pane xSplit="3" topLeftCell="H1" state="frozen"/>', 3, ("5", "J1")),
        ('<pane xSplit="3" topLeftCell="H1" state="frozen"/>', 4, ("3", "J1")),
        ('<pane xSplit="3" topLeftCell="D1" state="frozen"/>', 4, ("3", "D1")),
        ('<pane xSplit="3" topLeftCell="D1" state="frozen"/>', 9, ("3", "D1")),
        # split, not frozen: it is a distance
        ('<pane xSplit="3000" topLeftCell="H1"/>', 3, ("3000", "J1")),
    ],
)
def test_panes_hold_the_same_columns(tmp_path, view, at, expected):
    inside = (
        f'<sheetViews><sheetView workbookViewId="0">{view}</sheetView></sheetViews><sheetData/>'
    )
    text = made(tmp_path, inside, at)
    found = re.search(r'<pane xSplit="(\d+)" topLeftCell="(\w+)"', text)
    assert found.groups() == expected


def test_selections_and_each_persons_own_view_move(tmp_path):
    guid = "{00000000-0000-0000-0000-000000000001}"
    text = made(
        tmp_path,
        '<sheetViews><sheetView topLeftCell="E1" workbookViewId="0">'
        '<selection activeCell="E2" sqref="E2 A1:D9"/></sheetView></sheetViews><sheetData/>'
        f'<customSheetViews><customSheetView guid="{guid}" topLeftCell="F1">'
        '<selection activeCell="G3" sqref="G3"/><colBreaks count="1" manualBreakCount="1">'
        '<brk id="5" max="9" man="1"/></colBreaks><autoFilter ref="A1:E9">'
        '<filterColumn colId="4"/></autoFilter></customSheetView></customSheetViews>',
    )
    assert 'topLeftCell="G1"' in text
    assert '<selection activeCell="G2" sqref="G2 A1:F9"/>' in text
    assert 'topLeftCell="H1"><selection activeCell="I3" sqref="I3"/>' in text
    assert '<brk id="7" max="9" man="1"/>' in text
    assert '<autoFilter ref="A1:G9"><filterColumn colId="6"/>' in text


def test_ranges_that_are_for_people_or_checks_move(tmp_path):
    text = made(
        tmp_path,
        '<sheetPr syncRef="E1"/><dimension ref="A1:G9"/><sheetData/>'
        '<protectedRanges><protectedRange sqref="C2:E9" name="Update"/></protectedRanges>'
        '<scenarios current="0" sqref="E2"><scenario name="Best" count="1">'
        '<inputCells r="E1" val="1"/></scenario></scenarios>'
        '<sortState ref="A2:E9"><sortCondition ref="E2:E9"/></sortState>'
        '<dataConsolidate><dataRefs count="2"><dataRef ref="A1:E9" sheet="Sheet1"/>'
        '<dataRef ref="A1:E9" sheet="Other"/></dataRefs></dataConsolidate>'
        '<cellWatches><cellWatch r="E1"/></cellWatches>'
        '<ignoredErrors><ignoredError sqref="B2:D9 F1" numberStoredAsText="1"/></ignoredErrors>',
    )
    for piece in (
        '<sheetPr syncRef="G1"/>',
        '<dimension ref="A1:I9"/>',
        'sqref="C2:G9" name="Update"',
        '<scenarios current="0" sqref="G2">',
        '<inputCells r="G1"',
        '<sortState ref="A2:G9"><sortCondition ref="G2:G9"/>',
        '<dataRef ref="A1:G9" sheet="Sheet1"/><dataRef ref="A1:E9" sheet="Other"/>',
        '<cellWatch r="G1"/>',
        '<ignoredError sqref="B2:F9 H1"',
    ):
        assert piece in text


def test_a_page_break_between_rows_is_as_wide_as_the_printed_columns(tmp_path):
    """Its ends count columns from 0; one over the whole sheet stays over the whole sheet."""
    text = made(
        tmp_path,
        '<sheetData/><rowBreaks count="2" manualBreakCount="2">'
        '<brk id="9" min="1" max="5" man="1"/><brk id="20" max="16383" man="1"/></rowBreaks>',
    )
    assert '<brk id="9" min="1" max="7" man="1"/><brk id="20" max="16383" man="1"/>' in text


def test_drop_downs_read_what_they_read(tmp_path):
    text = made(
        tmp_path,
        "<sheetData/>"
        '<dataValidations count="2"><dataValidation type="list" sqref="E2:E9"><formula1>$H$2:$H$9'
        '</formula1></dataValidation><dataValidation type="decimal" sqref="A2:A9"><formula1>E2'
        "</formula1><formula2>C2+D2</formula2></dataValidation></dataValidations>",
    )
    assert 'sqref="G2:G9"><formula1>$J$2:$J$9</formula1>' in text
    assert 'sqref="A2:A9"><formula1>G2</formula1><formula2>C2+F2</formula2>' in text


def test_the_ends_of_a_scale_may_be_formulas(tmp_path):
    text = made(
        tmp_path,
        '<sheetData/><conditionalFormatting sqref="E2:E9"><cfRule type="colorScale" priority="1">'
        '<colorScale><cfvo type="formula" val="$F$1"/><cfvo type="num" val="5"/>'
        '<color rgb="FFFF0000"/><color rgb="FF00FF00"/></colorScale></cfRule>'
        "</conditionalFormatting>",
    )
    assert '<cfvo type="formula" val="$H$1"/><cfvo type="num" val="5"/>' in text


def test_a_rule_that_counts_across_the_new_columns_is_spoken_of(tmp_path):
    rule = (
        '<sheetData/><conditionalFormatting sqref="B2:F9"><cfRule type="expression" priority="1">'
        "<formula>{}</formula></cfRule></conditionalFormatting>"
    )
    path = workbook_with_sheet(tmp_path / "made.xlsx", rule.format("C2&gt;0"))
    (remark,) = inserted(path, 4).inserted.remarks
    assert remark.startswith('The conditional format of B2:F9 on sheet "Sheet1" counts')
    left = rule.replace("B2:F9", "A2:C9")
    path = workbook_with_sheet(tmp_path / "made.xlsx", left.format("B2&gt;0"))
    assert len(inserted(path, 4).inserted.remarks) == 1  # C2 read D2
    for harmless in ("$C2&gt;0", "B2&gt;0", "$F2&gt;B2"):
        path = workbook_with_sheet(tmp_path / "made.xlsx", rule.format(harmless))
        assert inserted(path, 4).inserted.remarks == ()


@pytest.mark.parametrize(
    ("uri", "inside", "expected"),
    [
        (
            "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}",
            '<x14:dataValidations count="1"><x14:dataValidation type="list"><x14:formula1>'
            "<xm:f>Sheet1!$E$1:$E$9</xm:f></x14:formula1><xm:sqref>D2:D9 A1</xm:sqref>"
            "</x14:dataValidation></x14:dataValidations>",
            ["Sheet1!$G$1:$G$9", "F2:F9 A1"],
        ),
        (
            "{78C0D931-6437-407d-A8EE-F0AAD7539E65}",
            "<x14:conditionalFormattings><x14:conditionalFormatting>"
            '<x14:cfRule type="expression" priority="1" id="{A}">'
            "<xm:f>$C2&lt;E2</xm:f></x14:cfRule><xm:sqref>C2:E9</xm:sqref>"
            "</x14:conditionalFormatting></x14:conditionalFormattings>",
            ["$C2&lt;G2", "C2:G9"],
        ),
        (
            "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}",
            "<x14:sparklineGroups><x14:sparklineGroup><xm:f>Sheet1!$E$1:$F$1</xm:f>"
            "<x14:sparklines><x14:sparkline><xm:f>Sheet1!B2:F2</xm:f><xm:sqref>G2</xm:sqref>"
            "</x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>",
            ["Sheet1!$G$1:$H$1", "Sheet1!B2:H2", "I2"],
        ),
        (
            "{01252117-D84E-4E92-8308-4BE1C098FCBB}",
            '<x14:ignoredErrors><x14:ignoredError formula="1"><xm:sqref>E1:E9</xm:sqref>'
            "</x14:ignoredError></x14:ignoredErrors>",
            ["G1:G9"],
        ),
        (
            "{FC87AEE6-9EDD-4A0A-B7FB-166176984837}",
            '<x14:protectedRanges><x14:protectedRange name="Updates"><xm:sqref>A2:E9 H1</xm:sqref>'
            "</x14:protectedRange></x14:protectedRanges>",
            ["A2:G9 J1"],
        ),
    ],
)
def test_what_excel_added_in_2010_moves_as_well(tmp_path, uri, inside, expected):
    text = made(tmp_path, X14_SHEET.replace("{uri}", uri).replace("{inside}", inside))
    assert re.findall(r"<xm:(?:f|sqref)>(.*?)</xm", text) == expected


# ---------------------------------------------------------------- links, notes, drawings


def test_links_within_the_workbook_go_on_leading_to_the_same_cells(plan):
    links = (
        '<hyperlinks><hyperlink ref="A1" location="\'Theme 1\'!E2"/>'
        '<hyperlink ref="B1" location="Key!E2"/></hyperlinks>'
    )
    replaced(plan, "xl/worksheets/sheet2.xml", "</sheetData>", f"</sheetData>{links}")
    text = sheet_of(inserted(plan, 4).path, "xl/worksheets/sheet2.xml")
    assert re.findall(r'location="(.*?)"', text) == ["'Theme 1'!F2", "Key!E2"]


def test_a_shape_that_is_a_link_to_moved_cells_is_spoken_of(plan):
    path = workbook_from_text(
        plan.with_name("shape.xlsx"),
        {"Theme 1": PLAN},
        decorate=lambda book: book.worksheets()[0].insert_textbox(
            "B8", "To E2", {"url": "internal:'Theme 1'!E2"}
        ),
    )
    (remark,) = inserted(path, 4).inserted.remarks
    assert remark == "A shape is a link to 'Theme 1'!E2, which was not moved."
    assert inserted(path, 6).inserted.remarks == ()


def test_a_note_and_its_box_go_with_their_cell(tmp_path):
    path = workbook_from_text(
        tmp_path / "notes.xlsx",
        {"Theme 1": PLAN},
        decorate=lambda book: [
            book.worksheets()[0].write_comment(cell, cell) for cell in ("C2", "E2")
        ],
    )
    done = inserted(path, 4, 2)
    assert valid(path, done.path) == []

    def boxes(path):
        return re.findall(
            r"<x:Anchor>(.*?)</x:Anchor>.*?<x:Column>(\d+)",
            parts_of(path)["xl/drawings/vmlDrawing1.vml"].decode(),
            re.DOTALL,
        )

    (left, right), (left_after, right_after) = boxes(path), boxes(done.path)
    assert left_after == left
    assert (right[1], right_after[1]) == ("4", "6")
    numbers, after = ([int(n) for n in box[0].split(",")] for box in (right, right_after))
    assert after == [numbers[0] + 2, *numbers[1:4], numbers[4] + 2, *numbers[5:]]
    sheet = openpyxl.load_workbook(done.path).worksheets[0]
    assert sheet["C2"].comment.text == "C2"
    assert sheet["G2"].comment.text == "E2"


@pytest.mark.shared
def test_threaded_comments_stay_with_their_cells(shared, tmp_path):
    path = shared / "corpus" / "Aspose.Cells-for-.NET__ThreadedCommentsSample.xlsx"
    done = inserted(path, 1, 2, target=tmp_path / "after.xlsx")
    found = {
        name: re.findall(r'<(?:threadedComment|comment) ref="(\w+)"', data.decode())
        for parts in (parts_of(path), parts_of(done.path))
        for name, data in parts.items()
        if "omment" in name and name.endswith(".xml")
    }
    before = re.findall(r'ref="(\w+)"', str(parts_of(path)))
    assert "A1" in before
    assert found
    assert all(ref == "C1" for refs in found.values() for ref in refs)


@pytest.mark.parametrize(("position", "columns"), [(1, (6, 6)), (2, (6, 6)), (3, (4, 4))])
def test_a_picture_moves_as_it_is_set_to(tmp_path, position, columns):
    """It stands in column E."""
    dot = picture(tmp_path / "dot.png", 20, 20)
    path = workbook_from_text(
        tmp_path / "picture.xlsx",
        {"Theme 1": PLAN},
        decorate=lambda book: book.worksheets()[0].insert_image(
            "E2", str(dot), {"object_position": position}
        ),
    )
    done = inserted(path, 4, 2)
    drawing = parts_of(done.path)["xl/drawings/drawing1.xml"].decode()
    assert tuple(map(int, re.findall(r"<xdr:col>(\d+)", drawing))) == columns
    assert any("A drawing stays" in said for said in done.inserted.remarks) == (position == 3)


def test_filters_of_each_persons_own_view_move(plan):
    """A named view of 2019: its filter counts columns from the first of its range."""
    views = (
        '<namedSheetViews xmlns="http://schemas.microsoft.com/office/spreadsheetml/2019/'
        'namedsheetviews"><namedSheetView name="Mine"><nsvFilter filterId="1" ref="B1:E3">'
        '<columnFilter colId="1"/><columnFilter colId="3"><filter colId="3"/></columnFilter>'
        "</nsvFilter></namedSheetView></namedSheetViews>"
    )
    part = "xl/namedSheetViews/namedSheetView1.xml"
    kind = "http://schemas.microsoft.com/office/2019/04/relationships/namedSheetView"
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="/{part}"/></Relationships>'
    )
    replaced(
        plan,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/{part}" ContentType="application/vnd.ms-excel.namedsheetviews+xml"/>'
        "</Types>",
    )
    package_with(
        plan,
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relationships.encode(),
            part: views.encode(),
        },
    )
    after = parts_of(inserted(plan, 4, 2).path)[part].decode()
    assert 'ref="B1:G3"' in after
    assert re.findall(r'colId="(\d)"', after) == ["1", "5", "5"]


CONTROL = (
    "<sheetData/>"
    '<controls><mc:AlternateContent><mc:Choice Requires="x14"><control shapeId="1025" r:id="rId9" '
    'name="Box 1"><controlPr defaultSize="0" linkedCell="$E$2" listFillRange="Sheet1!$D$1:$D$9">'
    "<anchor {}><from>{}</from><to>{}</to></anchor></controlPr></control></mc:Choice>"
    "</mc:AlternateContent></controls>"
)
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def marker(column: int) -> str:
    xdr = f'xmlns:xdr="{DRAWING}"'
    return "".join(
        f"<xdr:{name} {xdr}>{value}</xdr:{name}>"
        for name, value in (("col", column), ("colOff", 5), ("row", 1), ("rowOff", 5))
    )


@pytest.mark.parametrize(
    ("behaviour", "columns"),
    [
        ('moveWithCells="1" sizeWithCells="1"', (1, 6)),
        ('moveWithCells="1"', (1, 4)),
        ("", (1, 4)),
    ],
)
def test_a_control_moves_as_it_is_set_to_and_keeps_its_cell(tmp_path, behaviour, columns):
    """The control stands between columns B and E."""
    path = workbook_with_sheet(
        tmp_path / "made.xlsx", CONTROL.format(behaviour, marker(1), marker(4))
    )
    text = sheet_of(inserted(path, 4, 2).path)
    found = re.findall(r"<xdr:col [^>]*>(\d+)<", text)
    assert tuple(map(int, found)) == columns
    assert 'linkedCell="$G$2" listFillRange="Sheet1!$F$1:$F$9"' in text
