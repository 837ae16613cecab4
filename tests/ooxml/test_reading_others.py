"""Workbooks as other programs save them, read and never changed: what they say is the same."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from sheetplan.errors import DamagedWorkbookError, SheetplanError
from sheetplan.ooxml.custom_properties import read_properties
from sheetplan.ooxml.defined_names import names_of
from sheetplan.ooxml.foreign import remarks
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.received_text import received_runs
from sheetplan.ooxml.shown_values import shown_text
from sheetplan.ooxml.workbook import Workbook
from tests.builders import FIRST_SHEET, parts_of, patched
from tests.judges import office, openpyxl_values, shared_folder
from tests.ooxml.test_corpus import CORPUS, REFUSED

BOOK, STYLES, STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
RELS, TYPES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"

SAID = {
    "A1": "Reference",
    "B1": "Status",
    "C1": "Update",
    "A2": "OC.A1.1",
    "B2": "On track",
    "C2": "Begun, and not yet done",
    "A3": "OC.A1.2",
    "C3": "=1+1 & <b>\nCafé",
    "B4": "14:30",
    "C4": "14/08/2023",
    "B5": "50%",
    "C5": "2",
}


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A workbook as it was sent: text, a time, a date, a formula, and a hidden sheet."""
    return sent_in(tmp_path)


def sent_in(folder: Path) -> Path:
    path = folder / "sent.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.set_custom_property("sheetplan_tracker", "1a2b3c4d")
        book.define_name("_sheetplan_id", '="1a2b3c4d/2024-07/asc/1"')
        sheet = book.add_worksheet("Your update")
        text = book.add_format({"num_format": "@", "locked": False})
        bold = book.add_format({"bold": True, "font_color": "red"})
        for cell in ("A1", "B1", "C1", "A2", "B2", "A3", "C3"):
            sheet.write_string(cell, SAID[cell], text)
        sheet.write_rich_string("C2", "Begun, and ", bold, "not yet", " done", text)
        sheet.write_blank("B3", None, text)
        sheet.write_number("B4", 14.5 / 24, book.add_format({"num_format": "hh:mm"}))
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime("C4", datetime(2023, 8, 14), day)
        sheet.write_number("B5", 0.5, book.add_format({"num_format": "0%"}))
        sheet.write_formula("C5", "=1+1", None, 2)
        sheet.protect("", {"autofilter": True})
        book.add_worksheet("_sheetplan").write("A1", "tracker")
        book.worksheets()[1].very_hidden()
    return path


def opened(data: bytes) -> Workbook:
    return Workbook(Package(data, "july.xlsx"), for_reading=True)


def said(data: bytes) -> dict[str, str]:
    """What the cells of the first sheet say."""
    sheet = opened(data).sheets[0]
    texts = {
        f"{'ABC'[column - 1]}{row}": shown_text(sheet, row, column)
        for row in sheet.rows
        for column in (1, 2, 3)
    }
    return {cell: text for cell, text in texts.items() if text}


def test_a_workbook_as_it_was_sent_is_read(sent: Path) -> None:
    assert said(sent.read_bytes()) == SAID


# ---------------------------------------------------------------- LibreOffice


@pytest.fixture(scope="module")
def by_office(tmp_path_factory: pytest.TempPathFactory) -> dict[int, bytes]:
    """The workbook after LibreOffice saved it once, and after it saved that once more."""
    path = sent_in(tmp_path_factory.mktemp("office"))
    found = {}
    for times in (1, 2):
        saved_by_office(path)
        found[times] = path.read_bytes()
    return found


@pytest.mark.office
@pytest.mark.parametrize("times", [1, 2])
def test_what_libreoffice_saved_says_the_same(by_office: dict[int, bytes], times: int) -> None:
    book = opened(by_office[times])
    assert said(by_office[times]) == SAID
    assert read_properties(book.package) == {"sheetplan_tracker": "1a2b3c4d"}
    assert [n.text for n in names_of(book) if n.name == "_sheetplan_id"] == [
        '"1a2b3c4d/2024-07/asc/1"'
    ]
    assert [(sheet.name, sheet.state) for sheet in book.sheets] == [
        ("Your update", "visible"),
        ("_sheetplan", "hidden"),  # it does not know "very hidden"
    ]
    runs, _ = received_runs(book.reader.runs(book.sheets[0].cell(2, 3)))
    assert [run.text for run in runs if b"<b" in run.properties] == ["not yet"]
    assert remarks(book.package) == ()


def saved_by_office(path: Path) -> None:
    """Open the workbook in LibreOffice and save it in place."""
    folder, program = path.parent / "by office", office()
    assert program is not None
    command = [program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shutil.move(folder / path.name, path)


# ---------------------------------------------------------------- other programs' ways


def test_what_openpyxl_saved_says_the_same(sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    book["Your update"]["C5"] = 2  # it keeps no results of formulas
    book.save(sent)
    assert said(sent.read_bytes()) == SAID


def without_names(xml: bytes) -> bytes:
    """Rows and cells that do not say where they stand; the sheet has no gaps."""
    return re.sub(rb'(<(?:row|c)) r="\w+"', rb"\1", xml)


def with_prefix(xml: bytes) -> bytes:
    return re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x=")


def in_utf_16(xml: bytes) -> bytes:
    return xml.decode().replace("UTF-8", "UTF-16").encode("utf-16")


def rooted(xml: bytes) -> bytes:
    return re.sub(rb'Target="(?=\w)', b'Target="/xl/', xml)


def with_comments(xml: bytes) -> bytes:
    return xml.replace(b"<sheetData>", b"<!-- <row/> --><sheetData><!-- > -->")


def without_tags_of_their_own(xml: bytes) -> bytes:
    """Empty elements spelt with an end tag, as some libraries do."""
    return re.sub(rb"<((?:row|c)\b[^>]*)/>", rb"<\1></c>", xml)


@pytest.mark.parametrize(
    "ways",
    [
        {FIRST_SHEET: without_names},
        {FIRST_SHEET: with_prefix},
        {FIRST_SHEET: with_prefix, BOOK: with_prefix, STYLES: with_prefix, STRINGS: with_prefix},
        {FIRST_SHEET: in_utf_16, STRINGS: in_utf_16, STYLES: in_utf_16},
        {FIRST_SHEET: lambda xml: b"\xef\xbb\xbf" + xml},
        {FIRST_SHEET: lambda xml: xml.replace(b"><", b">\r\n  <")},
        {FIRST_SHEET: lambda xml: xml.replace(b'"', b"'")},
        {FIRST_SHEET: with_comments},
        {FIRST_SHEET: without_tags_of_their_own},
        {FIRST_SHEET: lambda xml: xml.partition(b"?>")[2].lstrip()},
        {STRINGS: lambda xml: re.sub(rb' (?:uniqueC|c)ount="\d+"', b"", xml)},
        {RELS: rooted},
        {RELS: lambda xml: xml.replace(b"worksheets/", b"./worksheets/")},
        {RELS: lambda xml: xml.replace(b"sheet1.xml", b"SHEET1.XML")},
    ],
)
def test_other_ways_to_write_the_same_say_the_same(
    sent: Path, ways: dict[str, Callable[[bytes], bytes]]
) -> None:
    before = parts_of(sent)
    patched(sent, ways)
    assert any(parts_of(sent)[name] != before[name] for name in ways)
    if ways.get(FIRST_SHEET) is without_names:
        expected = {cell: text for cell, text in SAID.items() if cell[1] in "123"}
        expected |= {"A4": SAID["B4"], "B4": SAID["C4"], "A5": SAID["B5"], "B5": SAID["C5"]}
        assert said(sent.read_bytes()) == expected  # as Excel and openpyxl read it
        assert openpyxl.load_workbook(sent).active["B5"].value == "=1+1"
    else:
        assert said(sent.read_bytes()) == SAID


def test_a_workbook_of_inline_text_without_styles_or_properties_is_read(tmp_path: Path) -> None:
    """The least that a program can write: three parts beside the content types."""
    office_kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package_kind = "http://schemas.openxmlformats.org/package/2006"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    def relationship(name: str, target: str) -> str:
        return (
            f'<Relationships xmlns="{package_kind}/relationships"><Relationship Id="a" '
            f'Type="{office_kind}/{name}" Target="{target}"/></Relationships>'
        )

    parts = {
        "b.xml": f'<workbook xmlns="{main}" xmlns:r="{office_kind}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
        "s.xml": f'<worksheet xmlns="{main}"><sheetData><row><c t="inlineStr"><is><t>One</t></is>'
        '</c><c t="inlineStr"><is><r><t>Tw</t></r><r><rPr><b/></rPr><t>o</t></r></is></c></row>'
        "<row><c><v>3</v></c></row></sheetData></worksheet>",
        "_rels/b.xml.rels": relationship("worksheet", "s.xml"),
        "_rels/.rels": relationship("officeDocument", "b.xml"),
        TYPES: f'<Types xmlns="{package_kind}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/b.xml" ContentType="{kind}.sheet.main+xml"/></Types>',
    }
    path = tmp_path / "least.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    book = opened(path.read_bytes())
    assert said(path.read_bytes()) == {"A1": "One", "B1": "Two", "A2": "3"}
    assert openpyxl_values(path) == {"S": {"A1": "One", "B1": "Two", "A2": 3}}
    assert (read_properties(book.package), remarks(book.package)) == ({}, ())


@pytest.mark.parametrize("how", ["stored", "streamed", "zip64", "with folders", "with a comment"])
def test_zip_files_of_every_make_are_read(sent: Path, how: str) -> None:
    stream = io.BytesIO() if how != "streamed" else OneWay()
    method = zipfile.ZIP_STORED if how == "stored" else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(stream, "w", method) as archive:
        if how == "with folders":
            archive.writestr("xl/", b"")
        if how == "with a comment":
            archive.comment = b"from a phone"
        for name, content in parts_of(sent).items():
            with archive.open(name, "w", force_zip64=how == "zip64") as member:
                member.write(content)
    assert said(stream.getvalue()) == SAID


class OneWay(io.BytesIO):
    """A stream that cannot go back, so that sizes come after what they are the sizes of."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation

    tell = seek


# ---------------------------------------------------------------- files that are not what they seem


def read_whole(data: bytes) -> None:
    """Read all that is read of a return."""
    book = opened(data)
    read_properties(book.package)
    remarks(book.package)
    list(names_of(book))
    for sheet in book.sheets:
        for row in sheet.rows:
            for column in range(1, min(sheet.rows.last_column(row), 20) + 1):
                shown_text(sheet, row, column)
                received_runs(book.reader.runs(sheet.cell(row, column)))
        assert sheet.shared_formulas is not None


def tampered(xml: bytes, chance: random.Random) -> bytes:
    """A part of which an attribute, a text, a tag or a byte is another."""
    patterns = (rb'(?<==")[^"]*(?=")', rb"(?<=>)[^<]+(?=<)", rb"<[^>]*>", rb' [\w:]+="[^"]*"', b".")
    new = [b"", b"-1", b"abc", b"99999999999", b"1e999", b"A0", b"&#9;", b"\xff\xfe", b"&x;"]
    places = list(re.finditer(chance.choice(patterns), xml, re.DOTALL))
    if not places:
        return xml
    place = chance.choice(places)
    return xml[: place.start()] + chance.choice(new) + xml[place.end() :]


def test_a_file_that_was_tampered_with_is_read_or_refused_and_never_worse(sent: Path) -> None:
    parts = parts_of(sent)
    chance = random.Random(4)
    refusals, contradictions = [], []
    for _ in range(400):
        name = chance.choice(list(parts))
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for other, content in parts.items():
                archive.writestr(other, tampered(content, chance) if other == name else content)
        try:
            read_whole(stream.getvalue())
        except SheetplanError as error:
            refusals.append(error)
        except (ValueError, LookupError, AssertionError) as error:  # a number that is none …
            contradictions.append(error)
    assert 50 < len(refusals) < 350
    assert all(error.remedy for error in refusals)
    assert len(contradictions) < 10  # what reads returns has to expect them


def test_rows_in_disorder_are_refused_since_programs_differ_on_them(sent: Path) -> None:
    patched(sent, {FIRST_SHEET: lambda xml: xml.replace(b'<row r="2"', b'<row r="9"')})
    with pytest.raises(DamagedWorkbookError, match="row 3 of sheet Your update comes after row 9"):
        said(sent.read_bytes())


# ---------------------------------------------------------------- the corpus


@pytest.mark.shared
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_every_workbook_that_is_not_strict_is_read_whole(path: Path) -> None:
    assert shared_folder() is not None
    if "Strict" in REFUSED.get(path.name, ""):
        with pytest.raises(SheetplanError, match="Strict"):
            read_whole(path.read_bytes())
    else:
        read_whole(path.read_bytes())
