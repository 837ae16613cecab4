import pytest
from lxml import etree

from sheetplan.errors import DamagedWorkbookError, UnsafeWorkbookError
from sheetplan.ooxml.inventory.contents import contents
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.relationships import ContentTypes, part_name, relationships_part
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import CONTENT_TYPES, main, parse, serialise
from tests.builders import package_with, parts_of, patched, workbook_from_text
from tests.judges import diff, openpyxl_values, valid

BOOK = "xl/workbook.xml"


@pytest.fixture
def plan(tmp_path):
    """A workbook of three sheets, one of them hidden."""
    return workbook_from_text(
        tmp_path / "plan.xlsx",
        {"Theme 1": "| Ref |", "Residents' services & more": "| Ref |", "Lists": "| Complete |"},
        decorate=lambda book: book.get_worksheet_by_name("Lists").hide(),
    )


# ---------------------------------------------------------------- sheets


def test_sheets_are_given_in_their_order_with_their_names_and_states(plan):
    sheets = Workbook.open(plan).sheets
    assert [(sheet.name, sheet.state) for sheet in sheets] == [
        ("Theme 1", "visible"),
        ("Residents' services & more", "visible"),
        ("Lists", "hidden"),
    ]


def test_a_chart_sheet_is_named_but_is_no_worksheet(tmp_path):
    def add_chart_sheet(book):
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Theme 1'!$A$1:$A$2"})
        book.add_chartsheet("Chart").set_chart(chart)

    path = workbook_from_text(tmp_path / "c.xlsx", {"Theme 1": "| 1 |"}, decorate=add_chart_sheet)
    workbook = Workbook.open(path)
    assert workbook.sheet_names == ["Theme 1", "Chart"]
    assert [sheet.name for sheet in workbook.sheets] == ["Theme 1"]


# ---------------------------------------------------------------- recalculation


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<sheets/><calcPr calcId="191029"/>',
            '<sheets/><calcPr calcId="191029" fullCalcOnLoad="1"/>',
        ),
        ("<sheets/>", '<sheets/><calcPr fullCalcOnLoad="1"/>'),
        (
            "<sheets/><definedNames/><extLst/>",
            '<sheets/><definedNames/><calcPr fullCalcOnLoad="1"/><extLst/>',
        ),
        (
            "<sheets/><customWorkbookViews/><pivotCaches/>",
            '<sheets/><calcPr fullCalcOnLoad="1"/><customWorkbookViews/><pivotCaches/>',
        ),
        ('<sheets/><calcPr fullCalcOnLoad="0"/>', '<sheets/><calcPr fullCalcOnLoad="1"/>'),
    ],
)
def test_a_workbook_is_asked_to_be_worked_out_when_it_is_opened(plan, before, after):
    space = main("x")[1:-2]
    package_with(plan, {BOOK: f'<workbook xmlns="{space}">{before}</workbook>'.encode()})
    workbook = Workbook.open(plan)
    workbook.recalculate_on_opening()
    assert f'<workbook xmlns="{space}">{after}</workbook>'.encode() in workbook.package.current(
        BOOK
    )
    assert workbook.package.comparison.broken() == []


@pytest.mark.parametrize("value", ["1", "true"])
def test_a_workbook_that_asks_for_it_already_is_not_changed(plan, value):
    patched(plan, {BOOK: lambda xml: xml.replace(b'OnLoad="1"', f'OnLoad="{value}"'.encode())})
    workbook = Workbook.open(plan)
    workbook.recalculate_on_opening()
    assert workbook.package.changed == []


def test_the_workbook_that_is_asked_is_otherwise_as_it_was(plan):
    patched(plan, {BOOK: lambda xml: xml.replace(b' fullCalcOnLoad="1"', b"")})
    state, workbook = FileState.of(plan), Workbook.open(plan)
    workbook.recalculate_on_opening()
    after = plan.with_name("after.xlsx")
    save(workbook.package, after, source=plan, state=state)
    assert openpyxl_values(after) == openpyxl_values(plan)
    assert diff(plan, after).harm == []
    assert valid(plan, after) == []


# ---------------------------------------------------------------- the package


def test_a_part_that_was_changed_is_read_as_it_is_now(plan):
    package = Package.open(plan)
    with package.editing(BOOK) as root:
        root.find(main("calcPr")).set("calcMode", "manual")
    assert package.xml(BOOK).find(main("calcPr")).get("calcMode") == "manual"
    assert package.read(BOOK) == parts_of(plan)[BOOK]
    assert package.changed == [BOOK]


def test_a_part_whose_change_failed_is_read_as_it_was(plan):
    package = Package.open(plan)

    def edit():
        with package.editing(BOOK) as root:
            root.clear()
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        edit()
    assert package.xml(BOOK).find(main("sheets")) is not None
    assert package.changed == []


def test_a_file_that_was_written_otherwise_than_agreed_is_noticed(plan, tmp_path):
    package = Package.open(plan)
    with package.editing(BOOK) as root:
        root.find(main("calcPr")).set("calcMode", "manual")
    other = tmp_path / "other.xlsx"
    other.write_bytes(plan.read_bytes())
    with pytest.raises(DamagedWorkbookError, match=BOOK):
        package.verify(Package.open(other).archive)
    package_with(other, {"xl/theme/theme1.xml": None})
    with pytest.raises(DamagedWorkbookError, match="same parts"):
        package.verify(Package.open(other).archive)


@pytest.mark.parametrize(
    ("target", "source", "part"),
    [
        ("worksheets/sheet1.xml", BOOK, "xl/worksheets/sheet1.xml"),
        ("/xl/worksheets/sheet1.xml", BOOK, "xl/worksheets/sheet1.xml"),
        ("../tables/table1.xml", "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"),
        ("xl/workbook.xml", "", BOOK),
        ("./workbook.xml", "xl/x.xml", BOOK),
        ("sheet%201.xml", "xl/worksheets/a.xml", "xl/worksheets/sheet 1.xml"),
        (r"worksheets\sheet1.xml", BOOK, "xl/worksheets/sheet1.xml"),
        ("drawing1.xml#_rels", "xl/drawings/a.xml", "xl/drawings/drawing1.xml"),
    ],
)
def test_a_target_leads_to_a_part_from_where_it_is_named(target, source, part):
    assert part_name(target, source) == part


def test_the_relationships_of_a_part_lie_beside_it():
    assert relationships_part("xl/worksheets/sheet1.xml") == "xl/worksheets/_rels/sheet1.xml.rels"
    assert relationships_part("") == "_rels/.rels"


def test_a_parts_own_kind_counts_before_that_of_its_ending():
    types = ContentTypes(
        etree.fromstring(
            f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="XML" ContentType="text"/>'
            '<Override PartName="/xl/Workbook.xml" ContentType="book"/></Types>'
        )
    )
    assert [types.of(p) for p in (BOOK, "xl/other.xml", "a.bin")] == ["book", "text", ""]


# ---------------------------------------------------------------- XML


@pytest.mark.parametrize(
    "xml",
    [
        '<a xmlns:x14ac="urn:x" xmlns:mc="urn:mc" mc:Ignorable="x14ac"><b/></a>',
        "<a>  <b> two  blanks </b>\n</a>",
        '<a b="1&#10;2&quot;&lt;&gt;">x &amp; y&#13;</a>',
        "<a><!-- words --><?pi more?></a>",
        '<a xml:space="preserve"> é ☃ 😀 </a>',
        "<x:a xmlns:x='urn:x'><x:b/></x:a>",
    ],
)
def test_a_part_that_is_read_and_written_holds_all_that_it_held(xml):
    written = serialise(parse(xml.encode(), "part.xml"))
    assert written.startswith(b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n')
    assert etree.canonicalize(written.decode("utf-8-sig").partition("\r\n")[2]) == (
        etree.canonicalize(xml)
    )
    assert serialise(parse(written, "part.xml")) == written


def test_a_part_that_is_no_xml_is_refused_with_its_name():
    with pytest.raises(UnsafeWorkbookError, match=r"part\.xml"):
        parse(b"<a><b></a>", "part.xml")


# ---------------------------------------------------------------- what it holds


def test_a_workbook_says_what_it_holds(example_path):
    told = ", ".join(map(str, contents(Workbook.open(example_path))))
    for what in ("drop-down", "conditional format", "note", "comment", "sensitivity label"):
        assert what in told


def test_a_plain_workbook_says_that_it_holds_nothing_but_a_hidden_sheet(plan):
    assert [str(holding) for holding in contents(Workbook.open(plan))] == ["1 hidden sheet"]
