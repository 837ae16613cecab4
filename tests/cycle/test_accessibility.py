"""Checking accessibility: which sheets are looked at, and what the report says as data."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
import xlsxwriter

import sheetplan
from sheetplan.errors import NotAWorkbookError, SheetNotFoundError, WorkbookError
from sheetplan.model.colour import LOWEST_CONTRAST
from sheetplan.ooxml.accessibility.contrast import LOWEST
from tests.builders import FIRST_SHEET, package_with, parts_of, patched, workbook_from_text
from tests.judges import ROOT, shared_folder
from tests.ooxml.accessible import book
from tests.ooxml.test_corpus import REFUSED

EXAMPLE = ROOT / "examples" / "improvement_plan.xlsx"
CORPUS = sorted((shared_folder() or Path("absent")).glob("corpus/*.xls?"))
ROWS = "| Ref | Action | RAG |\n" + "| A1.1 | Roof | Red |\n" * 3


def test_a_clean_workbook_has_an_empty_report(tmp_path):
    report = sheetplan.accessibility(book(tmp_path / "a.xlsx"))
    assert (report.sheets, report.is_whole) == (("Exceptions",), True)
    assert (report.breaches, report.essential, report.desirable) == ((), (), ())


def test_essential_rules_come_first_on_each_sheet_and_the_workbook_before_its_sheets():
    report = sheetplan.accessibility(EXAMPLE)
    assert "Lists" not in report.sheets  # it is hidden
    sheets = list(dict.fromkeys(item.sheet for item in report.breaches))
    assert sheets == ["", *report.sheets]
    for sheet in report.sheets:
        order = [
            (not item.rule.is_essential, item.rule.number)
            for item in report.breaches
            if item.sheet == sheet
        ]
        assert order == sorted(order)
    assert len(report.breaches) == len(report.essential) + len(report.desirable)


def test_sheets_can_be_chosen_by_name_however_it_is_spelt():
    report = sheetplan.accessibility(EXAMPLE, sheets=["theme 1", "Lists"])
    assert (report.sheets, report.is_whole) == (("Theme 1", "Lists"), False)
    assert {item.sheet for item in report.breaches} == {"Theme 1", "Lists"}


def test_the_tracker_sheets_can_be_chosen():
    report = sheetplan.accessibility(EXAMPLE, tracker=True)
    assert len(report.sheets) == 6
    assert report.sheets[0] == "Theme 1"
    assert "Status key" not in report.sheets


def test_a_name_that_no_sheet_has_is_refused_with_those_that_there_are(tmp_path):
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": ROWS, "Key": "| a |"})
    with pytest.raises(SheetNotFoundError) as caught:
        sheetplan.accessibility(path, sheets=["Theme 2"])
    assert str(caught.value) == (
        'plan.xlsx: no worksheet is called "Theme 2". It has: "Theme 1", "Key".'
    )


def test_choosing_the_tracker_of_a_workbook_without_one_is_refused(tmp_path):
    with pytest.raises(SheetNotFoundError, match="no sheet is a tracker sheet"):
        sheetplan.accessibility(book(tmp_path / "a.xlsx"), tracker=True)


def test_what_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "plan.xlsx").write_text("Ref,Action\n")
    with pytest.raises(NotAWorkbookError, match=r"plan\.xlsx: this is a text file"):
        sheetplan.accessibility(tmp_path / "plan.xlsx")


def test_a_sheet_alone_is_not_told_of_the_workbook(tmp_path):
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": ROWS})
    whole, alone = sheetplan.accessibility(path), sheetplan.accessibility(path, sheets=["Theme 1"])
    assert [breach.rule.number for breach in whole.essential] == [18, 2, 6]
    assert [breach.rule.number for breach in alone.essential] == [2, 6]


def test_the_data_say_of_every_rule_whether_it_is_kept(tmp_path):
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": ROWS})
    data = sheetplan.accessibility(path).as_data()
    assert json.loads(json.dumps(data)) == data
    assert (data["essential_rules_broken"], data["desirable_rules_broken"]) == (3, 0)
    assert data["breaches"][1] == {
        "rule": 2,
        "level": "essential",
        "sheet": "Theme 1",
        "places": ["A1:C4"],
        "message": "Data that is not marked up as a table.",
        "remedy": "Select the data with its one row of headings and use Insert > Table.",
    }
    assert [rule["rule"] for rule in data["rules"]] == list(range(1, 23))
    assert [rule["rule"] for rule in data["rules"] if rule["is_broken"]] == [2, 6, 18]
    assert data["rules"][0]["matters_for"] == "published or e-mailed"
    assert "1.3.1" in data["rules"][0]["source"]


def test_nothing_is_written(tmp_path):
    path = book(tmp_path / "a.xlsx")
    before = path.read_bytes()
    sheetplan.accessibility(path)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["a.xlsx"]


def test_text_asks_for_the_contrast_that_settings_ask_for():
    assert LOWEST == LOWEST_CONTRAST


# ---------------------------------------------------------------- workbooks of other programs


def test_sheets_that_are_spelt_in_other_ways_read_alike(tmp_path):
    """Prefixes, cells without names, single quotes, inline strings, text that looks like XML."""
    rows = "| Ref | Action | Status |\n" + "| A.A1.1 | x < y > z* | Late |\n" * 3
    plain = workbook_from_text(tmp_path / "plain.xlsx", {"Plan": rows})
    odd = workbook_from_text(tmp_path / "odd.xlsx", {"Plan": rows})
    patched(odd, {FIRST_SHEET: _prefixed})
    assert b"<x:c" in parts_of(odd)[FIRST_SHEET]
    assert _told(odd) == _told(plain)
    assert (17, ("B2:B4",)) in _told(plain)


def _prefixed(xml: bytes) -> bytes:
    head, _, rest = xml.partition(b"<worksheet")
    rest = b"<worksheet" + rest
    rest = rest.replace(b"</", b"<\0").replace(b"<", b"<x:").replace(b"<x:\0", b"</x:")
    rest = rest.replace(b"<x:worksheet xmlns=", b"<x:worksheet xmlns:x=")
    return head + rest


def _told(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    return [(item.rule.number, item.places) for item in sheetplan.accessibility(path).breaches]


def test_a_workbook_without_strings_styles_and_properties_is_read(tmp_path):
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Plan": "| 1 | 2 | 3 |\n" * 4})
    kept = {
        name: data
        for name, data in parts_of(path).items()
        if "styles" not in name and "theme" not in name and "core" not in name
    }
    gone = dict.fromkeys(parts_of(path).keys() - kept.keys())
    links = kept["xl/_rels/workbook.xml.rels"]
    for kind in (b"styles", b"theme"):
        start = links.rindex(b"<Relationship ", 0, links.index(kind + b'"'))
        links = links[:start] + links[links.index(b"/>", start) + 2 :]
    package_with(path, {**gone, "xl/_rels/workbook.xml.rels": links})
    rels = parts_of(path)["_rels/.rels"]
    start = rels.rindex(b"<Relationship ", 0, rels.index(b"core-properties"))
    package_with(path, {"_rels/.rels": rels[:start] + rels[rels.index(b"/>", start) + 2 :]})
    numbers = {item.rule.number for item in sheetplan.accessibility(path).breaches}
    assert {2, 18} <= numbers


def test_a_nonsense_range_is_the_workbooks_fault(tmp_path):
    path = workbook_from_text(
        tmp_path / "plan.xlsx",
        {"Plan": ROWS},
        decorate=lambda made: made.get_worksheet_by_name("Plan").merge_range("E1:F1", "x"),
    )
    patched(path, {FIRST_SHEET: lambda xml: xml.replace(b'ref="E1:F1"', b'ref="no"')})
    with pytest.raises(WorkbookError, match=r"plan\.xlsx: "):
        sheetplan.accessibility(path)


@pytest.mark.shared
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_workbooks_that_other_programs_made_are_looked_at(path):
    if path.name in REFUSED:
        with pytest.raises(WorkbookError):
            sheetplan.accessibility(path)
        return
    report = sheetplan.accessibility(path)
    assert len(report.breaches) < 22 * (len(report.sheets) + 1) * 2
    for item in report.breaches:
        assert item.message.endswith(".")
        assert item.remedy.endswith(".")


@pytest.mark.shared
def test_a_real_trackers_white_on_red_is_found(shared):
    """The legend's red is FF0000 with white letters: 4.00 to 1 by the W3C's own formula."""
    path = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    report = sheetplan.accessibility(path, tracker=True)
    assert len(report.sheets) == 6
    faint = [item for item in report.breaches if item.rule.number == 14]
    assert {item.sheet for item in faint} == set(report.sheets)
    assert all("text FFFFFF on FF0000" in item.message for item in faint)


def test_a_large_tracker_takes_seconds(tmp_path):
    path = tmp_path / "large.xlsx"
    made = xlsxwriter.Workbook(str(path), {"constant_memory": False})
    sheet = made.add_worksheet("Theme 1")
    wrapped = made.add_format({"text_wrap": True})
    for row in range(1000):
        for column in range(40):
            sheet.write_string(row, column, f"Update {row} of {column}", wrapped)
    made.close()
    start = time.process_time()
    sheetplan.accessibility(path)
    assert time.process_time() - start < 3
