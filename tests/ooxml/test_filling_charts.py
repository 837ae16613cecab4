"""Charts and drawings follow the rows that a report is filled with."""

import openpyxl
from lxml import etree

from tests.builders import FIRST_SHEET, parts_of, replaced
from tests.judges import openpyxl_values
from tests.ooxml.filling import Filled, filled, items
from tests.ooxml.following import MIXED, others, report

CHART = "xl/charts/chart1.xml"
DRAWING = "xl/drawings/drawing1.xml"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def charted(path, cell="E2", values="=Report!$C$2", **options):
    def chart(book, sheet):
        drawn = book.add_chart({"type": "column"})
        drawn.add_series({"categories": "=Report!$A$2", "values": values, "name": "=Report!$C$1"})
        sheet.insert_chart(cell, drawn)

    return report(path, chart, **options)


def cache(path, kind):
    root = etree.fromstring(parts_of(path)[CHART])
    found = root.find(f".//{C}{kind}")
    points = [p.findtext(f"{C}v") for p in found.iter(f"{C}pt")]
    return found.getparent().findtext(f"{C}f"), points, found.find(f"{C}ptCount").get("val")


def test_a_chart_draws_all_rows_made_from_its_own_and_remembers_them(tmp_path):
    path = filled(charted(tmp_path), items("a", "b", "c"))
    root = etree.fromstring(parts_of(path)[CHART])
    assert [f.text for f in root.iter(f"{C}f")] == [
        "Report!$C$1", "Report!$A$2:$A$4", "Report!$C$2:$C$4",
    ]  # fmt: skip
    assert cache(path, "numCache") == ("Report!$C$2:$C$4", ["0", "1", "2"], "3")
    categories = root.find(f".//{C}cat")
    assert [v.text for v in categories.iter(f"{C}v")] == ["a", "b", "c"]


def test_a_chart_does_not_remember_words_as_numbers(tmp_path):
    made = charted(tmp_path)
    lines = [("item", {"name": "x\x0by", "note": "", "count": value}) for value in (1, "n/a", 3)]
    assert cache(filled(made, lines), "numCache") == ("Report!$C$2:$C$4", ["1", "3"], "3")


def test_labels_of_two_columns_are_remembered_level_by_level(tmp_path):
    def chart(book, sheet):
        drawn = book.add_chart({"type": "column"})
        drawn.add_series({"categories": "=Report!$A$2:$B$2", "values": "=Report!$C$2"})
        sheet.insert_chart("E2", drawn)

    template_ = report(tmp_path, chart)
    path = tmp_path / "template.xlsx"
    part = parts_of(path)[CHART].decode()
    start, end = part.index("<c:cat>"), part.index("</c:cat>")
    levels = "<c:cat><c:multiLvlStrRef><c:f>Report!$A$2:$B$2</c:f></c:multiLvlStrRef>"
    replaced(path, CHART, part[start:end], levels)
    made = Filled.open(path)
    made.folder = template_.folder
    root = etree.fromstring(parts_of(filled(made, items("a", "b")))[CHART])
    found = [[v.text for v in level.iter(f"{C}v")] for level in root.iter(f"{C}lvl")]
    assert found == [["A", "B"], ["a", "b"]]


def anchors(path):
    root = etree.fromstring(parts_of(path)[DRAWING])
    return [[int(row.text) for row in anchor.iter("{*}row")] for anchor in root]


def test_a_chart_on_a_pattern_row_stands_on_the_first_row_made_from_it(tmp_path):
    made = charted(tmp_path, cell="E3")
    before = anchors(tmp_path / "template.xlsx")[0]
    path = filled(made, [*items("a", "b", "c"), *others("d", "e")])
    assert anchors(path) == [[row + 2 for row in before]]


def test_a_chart_on_a_pattern_row_without_lines_goes_with_its_parts(tmp_path):
    path = filled(charted(tmp_path, cell="E3"), items("a"))
    left = [name for name in parts_of(path) if "chart" in name or "drawing" in name]
    assert left == []
    assert b"<drawing" not in parts_of(path)[FIRST_SHEET]
    assert openpyxl_values(path)["Report"]["A2"] == "a"


def test_what_stands_below_moves_and_what_stands_above_stays(tmp_path):
    below = charted(tmp_path, cell="E4")
    before = anchors(tmp_path / "template.xlsx")[0]
    assert anchors(filled(below, MIXED)) == [[row + 2 for row in before]]
    above = charted(tmp_path, cell="E1")
    before = anchors(tmp_path / "template.xlsx")
    assert anchors(filled(above, MIXED)) == before


def test_a_chart_whose_values_are_gone_goes_even_from_another_sheet(tmp_path):
    def chart(book, sheet):
        drawn = book.add_chart({"type": "column"})
        drawn.add_series({"values": "=Report!$C$2"})
        book.get_worksheet_by_name("Front").insert_chart("A1", drawn)

    made = report(tmp_path, chart, more={"Front": "| x |"})
    path = filled(made, others("a"))
    assert not any("chart" in name or "drawing" in name for name in parts_of(path))
    assert openpyxl.load_workbook(path)["Front"]["A1"].value == "x"
