"""Parts that are added, replaced and taken away: the file, its relationships and its types."""

import re
import zipfile

import pytest

from sheetplan.errors import ContentLossError
from sheetplan.ooxml.inventory import compare_packages
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.xml import OFFICE_RELATIONSHIPS
from tests.builders import FIRST_SHEET, package_with, parts_of, replaced, workbook_from_text
from tests.judges import diff, openpyxl_values, sdk_errors, valid

BOOK, TYPES = "xl/workbook.xml", "[Content_Types].xml"
SHEET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"
IMAGE = f"{OFFICE_RELATIONSHIPS}/image"
THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
PICTURE = "image/png"


def decorate(book):
    """Two sheets with a chart and a note each; the second has a table as well."""
    for sheet in book.worksheets():
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Plan!$B$2:$B$3"})
        sheet.insert_chart("E2", chart)
        sheet.write_comment("A1", "a note")
    book.worksheets()[1].add_table("A1:B3", {"name": "Lists"})


@pytest.fixture
def plan(tmp_path):
    table = "| Ref | Number |\n| A | 1 |\n| B | 2 |"
    path = tmp_path / "before.xlsx"
    return workbook_from_text(path, {"Plan": table, "Lists": ""}, decorate=decorate)


@pytest.fixture
def package(plan):
    return Package.open(plan)


def saved(package, plan, agreed=frozenset()):
    """The package written beside its source, and what was verified."""
    after = plan.with_name("after.xlsx")
    verified = save(package, after, source=plan, state=FileState.of(plan), agreed=agreed)
    return after, verified


def relationships(path, part):
    """(id, target, mode) of each relationship in a part, read as text."""
    found = re.findall(rb"<Relationship ([^>]*?)/>", parts_of(path)[part])
    named = [dict(re.findall(r'(\w+)="([^"]*)"', item.decode())) for item in found]
    return [(item["Id"], item["Target"], item.get("TargetMode")) for item in named]


# ---------------------------------------------------------------- adding


def test_a_part_is_added_at_the_end_with_its_type_and_found_by_its_relationship(package, plan):
    package.add("xl/media/picture1.png", b"not looked at", PICTURE)
    identifier = package.relate(FIRST_SHEET, IMAGE, "xl/media/picture1.png")
    after, verified = saved(package, plan)
    with zipfile.ZipFile(after) as archive:
        names = archive.namelist()
    assert names[0] == TYPES
    assert names[-1] == "xl/media/picture1.png"
    assert names[:-1] == list(parts_of(plan))
    assert b'PartName="/xl/media/picture1.png" ContentType="image/png"' in parts_of(after)[TYPES]
    assert (identifier, "../media/picture1.png", None) in relationships(after, SHEET_RELS)
    assert verified.parts_added == 1
    assert verified.parts_unchanged == verified.parts - 3  # the types and the relationships
    assert str(verified).startswith("25 parts: 22 unchanged to the byte, 1 added; ")
    assert valid(plan, after) == []
    assert diff(plan, after).harm == []


def test_a_type_that_the_ending_says_already_is_not_said_again(package, plan):
    package.add("xl/drawings/vmlDrawing9.vml", b"<xml/>", package.content_types.of("a.vml"))
    package.relate(FIRST_SHEET, IMAGE, "xl/drawings/vmlDrawing9.vml")
    after, _ = saved(package, plan)
    assert parts_of(after)[TYPES] == parts_of(plan)[TYPES]
    assert valid(plan, after) == []


def test_the_list_of_types_is_written_once_for_many_parts(package, plan):
    for number in range(1, 4):
        name = f"xl/media/picture{number}.png"
        package.add(name, b"not looked at", PICTURE)
        package.relate(FIRST_SHEET, IMAGE, name)
        assert TYPES not in package._new
    after, _ = saved(package, plan)
    assert parts_of(after)[TYPES].count(PICTURE.encode()) == 3


def test_an_added_part_is_read_and_changed_like_any_other(package, plan):
    package.add("xl/theme/theme9.xml", b"<a><b/></a>", THEME)
    package.relate(BOOK, f"{OFFICE_RELATIONSHIPS}/theme", "xl/theme/theme9.xml")
    with package.editing("xl/theme/theme9.xml") as root:
        root.remove(root[0])
    assert "XL/theme/theme9.XML" in package
    assert package.related(BOOK, "theme")[-1] == "xl/theme/theme9.xml"
    assert package.xml("xl/theme/theme9.xml").tag == "a"
    assert package.read("xl/theme/theme9.xml") == package.current("xl/theme/theme9.xml")
    after, _ = saved(package, plan)
    assert parts_of(after)["xl/theme/theme9.xml"].endswith(b"<a/>")


def test_the_package_itself_and_a_part_without_relationships_are_given_some(package, plan):
    package.add("docProps/note.png", b"not looked at", PICTURE)
    package.relate("", IMAGE, "docProps/note.png")
    package.relate("xl/styles.xml", f"{OFFICE_RELATIONSHIPS}/hyperlink", "https://a.invalid/?b=c&d",
                   external=True)  # fmt: skip
    after, verified = saved(package, plan)
    assert relationships(after, "_rels/.rels")[-1] == ("rId4", "docProps/note.png", None)
    new = relationships(after, "xl/_rels/styles.xml.rels")
    assert new == [("rId1", "https://a.invalid/?b=c&amp;d", "External")]
    assert verified.parts_added == 2
    assert valid(plan, after) == []


def test_an_id_is_higher_than_all_that_are_there_even_where_they_are_odd(plan):
    replaced(plan, SHEET_RELS, 'Id="rId1"', 'Id="rId70"')
    replaced(plan, SHEET_RELS, 'Id="rId2"', 'Id="R3fa"')
    assert Package.open(plan).relate(FIRST_SHEET, IMAGE, "xl/styles.xml") == "rId71"


def test_names_with_blanks_are_spelled_as_addresses_and_read_back(package, plan):
    package.add("xl/media/a picture.png", b"not looked at", PICTURE)
    package.relate(FIRST_SHEET, IMAGE, "xl/media/a picture.png")
    assert package.related(FIRST_SHEET, "image") == ["xl/media/a picture.png"]
    after, _ = saved(package, plan)
    assert "../media/a%20picture.png" in {r[1] for r in relationships(after, SHEET_RELS)}


def test_a_free_name_has_the_first_number_that_no_part_has_in_any_capitals(plan):
    package_with(plan, {"XL/Media/Picture1.PNG": b"1", "xl/media/picture3.png": b"3"})
    package = Package.open(plan)
    assert package.free_name("xl/media/picture{}.png") == "xl/media/picture2.png"
    package.add("xl/media/picture2.png", b"2", PICTURE)
    assert package.free_name("xl/media/picture{}.png") == "xl/media/picture4.png"


def test_a_name_that_is_taken_is_refused(package):
    with pytest.raises(ValueError, match=r"there is a part xl/Styles\.xml already"):
        package.add("xl/Styles.xml", b"", "text/xml")


# ---------------------------------------------------------------- taking away


def test_a_part_is_taken_away_with_what_only_it_leads_to(package, plan):
    drawing = package.related(FIRST_SHEET, "drawing")[0]
    agreed = package.remove(drawing, source=FIRST_SHEET)
    assert package.removed == [
        "xl/charts/chart1.xml",
        "xl/drawings/drawing1.xml",
        "xl/drawings/_rels/drawing1.xml.rels",
    ]
    assert drawing not in package
    with package.editing(FIRST_SHEET) as root:
        root.remove(next(e for e in root if e.tag.endswith("}drawing")))
    after, verified = saved(package, plan, agreed | {(FIRST_SHEET, "<drawing>")})
    assert set(parts_of(plan)) - set(parts_of(after)) == set(package.removed) | {
        "xl/charts/chart1.xml",
        drawing,
        "xl/drawings/_rels/drawing1.xml.rels",
    }
    assert b"/xl/charts/chart1.xml" not in parts_of(after)[TYPES]
    assert verified.parts_removed == 3
    assert "unchanged to the byte, 3 taken out; " in str(verified)
    assert valid(plan, after) == []


def test_a_part_that_another_leads_to_stays(package):
    chart = "xl/charts/chart1.xml"
    package.relate(BOOK, f"{OFFICE_RELATIONSHIPS}/chart", chart)
    package.remove("xl/drawings/drawing1.xml", source=FIRST_SHEET)
    assert chart in package
    assert "xl/drawings/drawing1.xml" not in package


def test_a_part_that_is_taken_away_breaks_the_promise_unless_it_was_agreed(package, plan):
    agreed = package.remove("xl/comments1.xml", source=FIRST_SHEET)
    broken = package.comparison.broken()
    assert "lost xl/comments1.xml the part" in map(str, broken)
    with pytest.raises(ContentLossError, match=r"lost xl/comments1\.xml the part"):
        saved(package, plan, agreed - {("xl/comments1.xml", "the part")})
    assert package.comparison.broken(agreed) == []


def test_agreeing_to_one_part_is_not_agreeing_to_another(package):
    agreed = package.remove("xl/comments1.xml", source=FIRST_SHEET)
    package.remove("xl/comments2.xml", source="xl/worksheets/sheet2.xml")
    assert {d.part for d in package.comparison.broken(agreed)} == {
        "xl/comments2.xml",
        "xl/worksheets/_rels/sheet2.xml.rels",
        TYPES,
    }


def test_a_part_that_was_added_and_taken_away_leaves_no_trace(package, plan):
    package.add("xl/media/picture1.png", b"not looked at", PICTURE)
    package.relate(FIRST_SHEET, IMAGE, "xl/media/picture1.png")
    package.remove("xl/media/picture1.png", source=FIRST_SHEET)
    after, verified = saved(package, plan)
    assert list(parts_of(after)) == list(parts_of(plan))
    assert (verified.parts_added, verified.parts_removed) == (0, 0)
    assert diff(plan, after).harm == []


def test_a_part_that_takes_the_place_of_another_stands_where_that_stood(package, plan):
    agreed = package.remove("xl/comments1.xml", source=FIRST_SHEET)
    package.add("xl/comments1.xml", b"<other/>", package.content_types.of("xl/comments2.xml"))
    assert [str(d) for d in package.comparison.differences if d.part == "xl/comments1.xml"] == [
        "changed xl/comments1.xml all of it"
    ]
    kind = f"{OFFICE_RELATIONSHIPS}/comments"
    package.relate(FIRST_SHEET, kind, "xl/comments1.xml")
    after, verified = saved(package, plan, agreed)
    assert list(parts_of(after)) == list(parts_of(plan))
    assert parts_of(after)["xl/comments1.xml"] == b"<other/>"
    assert (verified.parts_added, verified.parts_removed) == (0, 0)


def test_a_part_put_back_as_it_was_is_unchanged(package, plan):
    before = package.read("xl/comments1.xml")
    kind = package.content_types.of("xl/comments1.xml")
    agreed = package.remove("xl/comments1.xml", source=FIRST_SHEET)
    package.add("xl/comments1.xml", before, kind)
    package.relate(FIRST_SHEET, f"{OFFICE_RELATIONSHIPS}/comments", "xl/comments1.xml")
    after, _ = saved(package, plan, agreed)
    same = {name for name, data in parts_of(plan).items() if parts_of(after)[name] == data}
    assert set(parts_of(plan)) - same == {SHEET_RELS}


# ---------------------------------------------------------------- replacing


def test_a_part_is_overwritten_only_where_all_of_it_was_agreed(package, plan):
    data = package.read(FIRST_SHEET).replace(b'"B2"><v>1</v>', b'"B2"><v>7</v>')
    package.overwrite(FIRST_SHEET, data)
    with pytest.raises(ContentLossError, match=f"changed {FIRST_SHEET} all of it"):
        saved(package, plan)
    after, _ = saved(package, plan, frozenset([(FIRST_SHEET, "all of it")]))
    assert openpyxl_values(after)["Plan"]["B2"] == 7


def test_a_part_that_was_overwritten_may_be_changed_again(package, plan):
    package.overwrite(
        FIRST_SHEET, package.read(FIRST_SHEET).replace(b'"B2"><v>1</v>', b'"B2"><v>7</v>')
    )
    with package.editing(FIRST_SHEET) as root:
        root.remove(next(e for e in root if e.tag.endswith("}drawing")))
    assert [str(d) for d in package.comparison.differences] == [f"changed {FIRST_SHEET} all of it"]


def test_overwriting_a_part_with_itself_changes_nothing(package):
    package.overwrite(FIRST_SHEET, package.read(FIRST_SHEET))
    assert package.changed == []
    assert package.comparison.differences == []


def test_what_is_agreed_for_all_of_a_part_does_not_let_it_go(package):
    package.remove("xl/comments1.xml", source=FIRST_SHEET)
    agreed = frozenset([("xl/comments1.xml", "all of it")])
    assert ("xl/comments1.xml", "the part") in {
        (d.part, d.place) for d in package.comparison.broken(agreed)
    }


def test_the_comparison_of_files_says_the_same(package, plan):
    agreed = package.remove("xl/drawings/drawing1.xml", source=FIRST_SHEET)
    with package.editing(FIRST_SHEET) as root:
        root.remove(next(e for e in root if e.tag.endswith("}drawing")))
    package.add("xl/media/picture1.png", b"not looked at", PICTURE)
    package.relate(FIRST_SHEET, IMAGE, "xl/media/picture1.png")
    agreed |= {(FIRST_SHEET, "<drawing>")}
    after, _ = saved(package, plan, agreed)
    by_files = compare_packages(Package.open(plan), Package.open(after))
    assert set(by_files.differences) == set(package.comparison.differences)
    assert by_files.broken(agreed) == []


@pytest.mark.validator
def test_the_sdk_finds_nothing_wrong_with_parts_added_and_taken_away(package, plan):
    agreed = package.remove("xl/drawings/drawing1.xml", source=FIRST_SHEET)
    with package.editing(FIRST_SHEET) as root:
        root.remove(next(e for e in root if e.tag.endswith("}drawing")))
    agreed |= {(FIRST_SHEET, "<drawing>")}
    after, _ = saved(package, plan, agreed)
    assert sdk_errors(after) == []
