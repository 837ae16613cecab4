"""Properties beside the sheets: one is added, and those of labels and of SharePoint stay."""

import re
import warnings
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from sheetplan.errors import ContentLossError, DamagedWorkbookError, UnsafeWorkbookError
from sheetplan.ooxml.custom_properties import read_properties, set_property
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.saving import FileState, save
from tests.builders import package_with, parts_of, patched, replaced, workbook_from_text
from tests.judges import (
    calamine_values,
    diff,
    openpyxl_values,
    sdk_errors,
    shared_folder,
    valid,
)
from tests.ooxml.test_corpus import REFUSED

PART = "docProps/custom.xml"
RELS, TYPES = "_rels/.rels", "[Content_Types].xml"
LABEL = "MSIP_Label_3f1c_Enabled"
NAME = "sheetplan_tracker"
CORPUS = sorted((shared_folder() or Path("absent")).glob("corpus/*.xls?"))


@pytest.fixture
def plain(tmp_path):
    """A workbook without properties of its own."""
    return workbook_from_text(tmp_path / "plan.xlsx", {"Plan": "| Ref | 12 |"})


@pytest.fixture
def labelled(tmp_path):
    """A workbook with properties of every common type, as a label and SharePoint give it."""

    def decorate(book):
        book.set_custom_property(LABEL, "true")
        book.set_custom_property("ContentTypeId", "0x0101006A1B")
        book.set_custom_property("Order", 12)
        book.set_custom_property("Share", 1.5)
        book.set_custom_property("Shared", True)
        book.set_custom_property("Reviewed", datetime(2024, 7, 1, 9, 30))

    return workbook_from_text(tmp_path / "plan.xlsx", {"Plan": "| Ref |"}, decorate=decorate)


def with_property(source, name, value, *, target=None, agreed=frozenset()):
    """Save a workbook with a property, the promise checked, as after.xlsx beside it."""
    target = target or source.with_name("after.xlsx")
    state = FileState.of(source)
    package = Package.open(source)
    agreed = agreed | set_property(package, name, value)
    save(package, target, source=source, state=state, agreed=agreed)
    return target


def seen_by_openpyxl(path):
    with path.open("rb") as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what it would lose if it were to save
        properties = openpyxl.load_workbook(stream).custom_doc_props
    return {prop.name: prop.value for prop in properties.props}


def same_but_for(before, after, *parts):
    old, new = parts_of(before), parts_of(after)
    return all(new[name] == old[name] for name in old if name not in parts and name[-1] != "/")


def harm(before, after):
    """What was changed or lost; the judge knows no rule for properties, so they are compared by
    openpyxl, and as text."""
    return [
        line for line in diff(before, after).harm if line != "part docProps/custom.xml is rewritten"
    ]


def own(name, value, pid):
    return (
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
    )


# ---------------------------------------------------------------- adding


def test_a_first_property_is_added_with_its_part(plain):
    after = with_property(plain, NAME, "1a2b3c4d")
    assert seen_by_openpyxl(after) == {NAME: "1a2b3c4d"}
    assert read_properties(Package.open(after)) == {NAME: "1a2b3c4d"}
    assert same_but_for(plain, after, RELS, TYPES)
    assert harm(plain, after) == []
    assert valid(plain, after) == []


def test_a_property_is_added_beside_those_of_a_label(labelled):
    earlier = seen_by_openpyxl(labelled)
    after = with_property(labelled, NAME, "Café <& Co>")
    assert seen_by_openpyxl(after) == earlier | {NAME: "Café <& Co>"}
    assert same_but_for(labelled, after, PART)
    old, new = (parts_of(path)[PART].decode() for path in (labelled, after))
    for kept in re.findall("<property .*?</property>", old):
        assert kept in new
    assert harm(labelled, after) == []
    assert valid(labelled, after) == []


def test_a_workbook_without_any_document_properties_gets_one(plain):
    package_with(plain, {"docProps/app.xml": None, "docProps/core.xml": None})
    no_docs = rb'<(?:Override PartName="/docProps|Relationship [^>]*Target="docProps)[^>]*>'
    patched(plain, dict.fromkeys((RELS, TYPES), lambda xml: re.sub(no_docs, b"", xml)))
    after = with_property(plain, NAME, "1a2b3c4d")
    assert seen_by_openpyxl(after) == {NAME: "1a2b3c4d"}
    assert harm(plain, after) == []
    assert valid(plain, after) == []


@pytest.mark.validator
def test_workbooks_with_a_new_property_have_no_errors(plain, labelled):
    for path in (plain, labelled):
        assert sdk_errors(with_property(path, NAME, "1a2b3c4d")) == sdk_errors(path)


@pytest.mark.parametrize(
    ("taken", "given"),
    [((2, 3, 4), "5"), ((3, 5), "2"), ((2, 4), "3"), ((1, 2147483647), "2"), ((), "2")],
)
def test_a_new_property_has_a_number_that_no_other_has(labelled, taken, given):
    others = "".join(own(f"Other {number}", "x", number) for number in taken)
    patched(labelled, {PART: lambda xml: re.sub(b"<property.*</property>", others.encode(), xml)})
    after = with_property(labelled, NAME, "x")
    numbers = re.findall(r'pid="(\d+)"', parts_of(after)[PART].decode())
    assert numbers == [*map(str, taken), given]


def test_a_property_is_added_to_a_part_with_prefixes(labelled):
    patched(
        labelled,
        {
            PART: lambda xml: (
                re.sub(rb"<(/?)(Properties|property)", rb"<\1op:\2", xml)
                .replace(b"xmlns=", b"xmlns:op=")
                .replace(b"vt:", b"t:")
                .replace(b":vt=", b":t=")
            )
        },
    )
    earlier = seen_by_openpyxl(labelled)
    after = with_property(labelled, NAME, "x")
    assert seen_by_openpyxl(after) == earlier | {NAME: "x"}
    assert b"<op:property" in parts_of(after)[PART]
    assert harm(labelled, after) == []


def test_a_part_of_the_usual_name_that_is_no_list_of_properties_is_left_alone(plain):
    package_with(plain, {PART: b"<other/>"})
    after = with_property(plain, NAME, "x")
    assert parts_of(after)[PART] == b"<other/>"
    assert read_properties(Package.open(after)) == {NAME: "x"}
    assert valid(plain, after) == []


def test_two_properties_are_added_one_after_the_other(plain):
    package = Package.open(plain)
    assert set_property(package, NAME, "x") == frozenset()
    assert set_property(package, "sheetplan_owner", "y") == frozenset()
    assert read_properties(package) == {NAME: "x", "sheetplan_owner": "y"}


@pytest.mark.shared
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_adding_a_property_loses_nothing(path, tmp_path):
    if "Strict" in REFUSED.get(path.name, ""):
        pytest.skip("its parts are known by other names")
    earlier = read_properties(Package.open(path))
    after = with_property(path, NAME, "1a2b3c4d", target=tmp_path / path.name)
    assert read_properties(Package.open(after)) == earlier | {NAME: "1a2b3c4d"}
    assert same_but_for(path, after, RELS, TYPES, PART)
    assert harm(path, after) == []
    assert valid(path, after) == []
    for read in (openpyxl_values, calamine_values, seen_by_openpyxl):
        try:
            old = read(path)
        except Exception:  # what they cannot read is their own affair
            continue
        new = read(after)
        assert new == (old | {NAME: "1a2b3c4d"} if read is seen_by_openpyxl else old)


# ---------------------------------------------------------------- changing


def test_a_property_that_is_there_gets_another_value(labelled):
    first = with_property(labelled, NAME, "old")
    after = with_property(first, NAME, "new", target=labelled.with_name("second.xlsx"))
    assert seen_by_openpyxl(after) == seen_by_openpyxl(first) | {NAME: "new"}
    assert same_but_for(first, after, PART)
    assert valid(first, after) == []


def test_a_change_has_to_be_agreed(labelled):
    state = FileState.of(labelled)
    package = Package.open(labelled)
    agreed = set_property(package, LABEL, "false")
    assert agreed == {(PART, f"property {LABEL}")}
    with pytest.raises(ContentLossError, match=f"property {LABEL}"):
        save(package, labelled.with_name("after.xlsx"), source=labelled, state=state)


@pytest.mark.parametrize("spelling", ["Order", "ORDER", "order"])
def test_a_number_becomes_text_whatever_the_capitals_of_its_name(labelled, spelling):
    earlier = seen_by_openpyxl(labelled)
    after = with_property(labelled, spelling, "thirteen")
    assert seen_by_openpyxl(after) == earlier | {"Order": "thirteen"}


def test_the_same_value_again_changes_nothing(labelled):
    package = Package.open(with_property(labelled, NAME, "x"))
    assert set_property(package, NAME, "x") == frozenset()
    assert package.changed == []
    assert package.comparison.differences == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">true</vt:lpwstr>", ">false</vt:lpwstr>"),
        (f' name="{LABEL}"', ' name="MSIP_Label_other"'),
        (' pid="2"', ' pid="90"'),
        (own("ContentTypeId", "0x0101006A1B", 3), ""),
    ],
)
def test_the_promise_knows_when_anothers_property_is_touched(labelled, old, new):
    package = Package.open(labelled)
    before = parts_of(labelled)[PART]
    assert old.encode() in before
    package.replace(PART, before, before.replace(old.encode(), new.encode()))
    assert package.comparison.broken()


# ---------------------------------------------------------------- reading


def test_values_are_read_as_they_are_stored(labelled):
    assert read_properties(Package.open(labelled)) == {
        LABEL: "true",
        "ContentTypeId": "0x0101006A1B",
        "Order": "12",
        "Share": "1.5",
        "Shared": "true",
        "Reviewed": "2024-07-01T09:30:00Z",
    }


def test_a_workbook_without_properties_has_none(plain):
    assert read_properties(Package.open(plain)) == {}


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b"<Properties",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Properties>&a;</Properties>',
        b"<html/>",
        None,
    ],
)
def test_properties_that_cannot_be_read_say_nothing(labelled, spoiled):
    package_with(labelled, {PART: spoiled})
    assert read_properties(Package.open(labelled)) == {}


def test_a_list_of_values_is_left_out(labelled):
    value = "<vt:vector size='1' baseType='lpwstr'><vt:lpwstr>a</vt:lpwstr></vt:vector>"
    replaced(labelled, PART, "<vt:i4>12</vt:i4>", value)
    replaced(labelled, PART, "<vt:r8>1.5</vt:r8>", "")
    found = read_properties(Package.open(labelled))
    assert found.keys() == {LABEL, "ContentTypeId", "Shared", "Reviewed"}


@pytest.mark.parametrize(
    ("spoiled", "error"), [(b"<Properties", UnsafeWorkbookError), (None, DamagedWorkbookError)]
)
def test_a_property_is_not_added_to_a_part_that_cannot_be_read(labelled, spoiled, error):
    package_with(labelled, {PART: spoiled})
    with pytest.raises(error, match=PART):
        set_property(Package.open(labelled), NAME, "x")
