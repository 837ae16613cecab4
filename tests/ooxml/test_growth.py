import pytest
from lxml import etree

from sheetplan.ooxml.growth import filter_edit, merge_edits, move_merge, name_edits, width_edit
from sheetplan.ooxml.ranges import Area, ColumnCopy
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import main
from tests.builders import FIRST_SHEET, parts_of, patched, workbook_from_text, workbook_with_sheet
from tests.judges import diff, valid
from tests.ooxml.editing import edited, make

JUNE = ColumnCopy(15, 16)  # O and P, copied to Q and R


def merged(tmp_path, *refs):
    """A workbook with these merged areas."""
    items = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs)
    holder = f'<mergeCells count="{len(refs)}">{items}</mergeCells>' if refs else ""
    return workbook_with_sheet(tmp_path / "before.xlsx", f"<sheetData/>{holder}")


def merges_of(path):
    """The merged areas of the first sheet; that they are as many as it says is checked."""
    found = etree.fromstring(parts_of(path)[FIRST_SHEET]).find(main("mergeCells"))
    if found is None:
        return []
    assert found.get("count") == str(len(found))
    return [item.get("ref") for item in found]


# ---------------------------------------------------------------- merges


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["O3:P3"], ["O3:P3", "Q3:R3"]),  # the month's heading
        (["O3:O4", "P3:P4"], ["O3:O4", "P3:P4", "Q3:Q4", "R3:R4"]),
        (["M3:N3", "O3:P3"], ["M3:N3", "O3:P3", "Q3:R3"]),
        (["A1:P1"], ["A1:R1"]),  # a title over the whole width
        (["M2:P2"], ["M2:R2"]),
        (["A1:N1"], ["A1:N1"]),
        (["M3:O3"], ["M3:O3"]),  # ends in the middle of the month
        (["A1:T1"], ["A1:T1"]),  # reaches over the new columns already
        ([], []),
    ],
)
def test_merged_headings_repeat_and_merged_titles_grow(tmp_path, before, after):
    path = merged(tmp_path, *before)
    written = edited(path, lambda sheet: make(merge_edits(sheet, JUNE)))
    assert merges_of(written) == after
    assert valid(path, written) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["O3:P3", "Q3:R3"], ["O3:P3", "Q3:R3"]),  # it was merged beforehand
        (["O3:P3", "R2:R9"], ["O3:P3", "R2:R9"]),
        (["A1:P1", "Q1:R1"], ["A1:P1", "Q1:R1"]),
    ],
)
def test_no_merge_is_made_that_would_overlap_another(tmp_path, before, after):
    path = merged(tmp_path, *before)
    written = edited(path, lambda sheet: make(merge_edits(sheet, JUNE)))
    assert merges_of(written) == after
    assert valid(path, written) == []


def test_a_merge_that_moves_neither_repeats_nor_grows(tmp_path):
    path = merged(tmp_path, "O2:P2", "O3:P3")
    banner, there = Area.parse("O2:P2"), Area.parse("Q2:R2")

    def change(sheet):
        edits = merge_edits(sheet, JUNE, leaving=[banner])
        make([*edits, move_merge(sheet, banner, there)])

    written = edited(path, change, agreed=["<mergeCell> O2:P2"])
    assert merges_of(written) == ["Q2:R2", "O3:P3", "Q3:R3"]


def test_a_merge_that_moves_to_where_another_stands_goes(tmp_path):
    path = merged(tmp_path, "O2:P2", "Q2:R2")
    edit = move_merge(Workbook.open(path)["Sheet1"], Area.parse("O2:P2"), Area.parse("Q2:R2"))
    assert (edit.before, edit.after) == ("O2:P2", "Q2:R2")
    written = edited(
        path,
        lambda sheet: move_merge(sheet, Area.parse("O2:P2"), Area.parse("Q2:R2")).make(),
        agreed=["<mergeCell> O2:P2"],
    )
    assert merges_of(written) == ["Q2:R2"]


def test_merges_are_told_before_they_are_made(tmp_path):
    path = merged(tmp_path, "A1:P1", "O3:P3")
    sheet = Workbook.open(path)["Sheet1"]
    edits = merge_edits(sheet, JUNE)
    assert [(e.sheet, e.before, e.after) for e in edits] == [
        ("Sheet1", "A1:P1", "A1:R1"),
        ("Sheet1", "", "Q3:R3"),
    ]
    assert sheet.merged == [Area.parse("A1:P1"), Area.parse("O3:P3")]


# ---------------------------------------------------------------- filter and widths


@pytest.mark.parametrize(
    ("before", "after"), [("A4:P30", "A4:R30"), ("O4:P30", "O4:R30"), ("$A$4:$P$30", "A4:R30")]
)
def test_a_filter_that_ends_with_the_month_grows_with_what_it_filters_by(tmp_path, before, after):
    path = workbook_with_sheet(
        tmp_path / "before.xlsx",
        f'<sheetData/><autoFilter ref="{before}"><filterColumn colId="14"><filters>'
        '<filter val="Complete"/></filters></filterColumn></autoFilter>',
    )
    written = edited(path, lambda sheet: filter_edit(sheet, JUNE).make())
    xml = parts_of(written)[FIRST_SHEET].decode()
    assert f'<autoFilter ref="{after}"><filterColumn colId="14"><filters>' in xml


@pytest.mark.parametrize("ref", ["A4:N30", "A4:O30", "A4:R30"])
def test_a_filter_that_ends_elsewhere_stays(tmp_path, ref):
    path = workbook_with_sheet(tmp_path / "b.xlsx", f'<sheetData/><autoFilter ref="{ref}"/>')
    assert filter_edit(Workbook.open(path)["Sheet1"], JUNE) is None


def test_a_sheet_without_a_filter_gets_none(tmp_path):
    path = workbook_with_sheet(tmp_path / "before.xlsx", "<sheetData/>")
    assert filter_edit(Workbook.open(path)["Sheet1"], JUNE) is None


def test_widths_are_told_before_they_are_made(tmp_path):
    cols = '<cols><col min="15" max="15" width="12.5" customWidth="1"/></cols><sheetData/>'
    path = workbook_with_sheet(tmp_path / "before.xlsx", cols)
    edit = width_edit(Workbook.open(path)["Sheet1"], JUNE)
    assert edit.after == "Q 12.5, R standard"


# ---------------------------------------------------------------- names

PLANS = {"Theme 1": "| Ref |", "Residents' services & more": "| Ref |", "Dashboard": "| Ref |"}


def named(tmp_path, *names):
    """A workbook of three sheets with these names: "Print_Area@0 = text" belongs to sheet 0."""

    def spelled(line):
        name, text = line.split(" = ")
        name, _, place = name.partition("@")
        local = f' localSheetId="{place}"' if place else ""
        text = text.replace("&", "&amp;")
        return f'<definedName name="{name}"{local}>{text}</definedName>'

    items = "".join(map(spelled, names))
    path = workbook_from_text(tmp_path / "before.xlsx", PLANS)
    return patched(
        path,
        {
            "xl/workbook.xml": lambda xml: xml.replace(
                b"<calcPr", f"<definedNames>{items}</definedNames><calcPr".encode()
            )
        },
    )


def names_after(path):
    """What the names say when O:P of two sheets have been copied, and what a plan says of them."""
    workbook = Workbook.open(path)
    edits = name_edits(workbook, {"theme 1": JUNE, "residents' services & more": JUNE})
    with workbook.package.editing(workbook.package.main_part) as root:
        make(edits)
        texts = [name.text for name in root.find(main("definedNames"))]
    assert workbook.package.comparison.broken() == []
    return texts, [edit.what for edit in edits]


@pytest.mark.parametrize(
    ("name", "grown", "what"),
    [
        ("_xlnm.Print_Area@0 = 'Theme 1'!$A$1:$P$30", "'Theme 1'!$A$1:$R$30", "print area"),
        (
            "_xlnm.Print_Area@1 = 'Residents'' services & more'!$A$1:$P$30",
            "'Residents'' services & more'!$A$1:$R$30",
            "print area",
        ),
        (
            "_xlnm.Print_Area@0 = 'Theme 1'!$A$1:$P$20,'Theme 1'!$A$30:$P$40",
            "'Theme 1'!$A$1:$R$20,'Theme 1'!$A$30:$R$40",
            "print area",
        ),
        (
            "_xlnm.Print_Area@0 = 'Theme 1'!$A$1:$P$20,'Theme 1'!$A$30:$F$40",
            "'Theme 1'!$A$1:$R$20,'Theme 1'!$A$30:$F$40",
            "print area",
        ),
        ("_xlnm._FilterDatabase@0 = 'Theme 1'!$A$4:$P$30", "'Theme 1'!$A$4:$R$30", "filter name"),
        ("Actions = 'Theme 1'!$A:$P", "'Theme 1'!$A:$R", "name Actions"),
        ("This_month = 'theme 1'!$O$5:$P$30", "'theme 1'!$O$5:$R$30", "name This_month"),
    ],
)
def test_a_name_for_an_area_that_ends_with_the_month_grows(tmp_path, name, grown, what):
    assert names_after(named(tmp_path, name)) == ([grown], [what])


@pytest.mark.parametrize(
    "name",
    [
        "_xlnm.Print_Titles@0 = 'Theme 1'!$A:$B,'Theme 1'!$1:$4",
        "_xlnm.Print_Area@2 = Dashboard!$A$1:$P$30",  # a sheet without months
        "_xlnm.Print_Area@0 = 'Theme 1'!$A$1:$N$30",
        "Wide = 'Theme 1'!$A$1:$T$30",
        "Status = 'Theme 1'!$O$5:$O$30",
        "Heading = 'Theme 1'!$P$4",
        "Rows = 'Theme 1'!$5:$30",
        "Latest = OFFSET('Theme 1'!$A$1:$P$1,1,0)",  # what a formula means is its author's affair
        "Loose = $A$1:$P$30",  # on whichever sheet it is used
        "Rate = 0.2",
        "Words = \"see 'Theme 1'!$A$1:$P$9\"",
        "Gone = #REF!",
        "Elsewhere = '[1]Theme 1'!$A$1:$P$30",
    ],
)
def test_a_name_for_anything_else_stays(tmp_path, name):
    path = named(tmp_path, name)
    texts, told = names_after(path)
    assert texts == [name.split(" = ")[1]]
    assert told == []


def test_names_that_grow_are_wider_and_not_others_to_another_judge(tmp_path):
    path = named(tmp_path, "Fixed = 'Theme 1'!$A$1", "Actions = 'Theme 1'!$A$4:$P$30")
    written = tmp_path / "after.xlsx"
    written.write_bytes(path.read_bytes())
    patched(written, {"xl/workbook.xml": lambda xml: xml.replace(b"$P$30", b"$R$30")})
    assert diff(path, written).harm == []
    assert names_after(path)[0] == ["'Theme 1'!$A$1", "'Theme 1'!$A$4:$R$30"]
