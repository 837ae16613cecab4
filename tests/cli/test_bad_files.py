"""Files that no verb can work with: said plainly, exit status 3, nothing written."""

from __future__ import annotations

import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import FIRST_SHEET, package_with, parts_of, patched, replaced
from tests.cli.running import TRACKER, names_in, run, tracker_in, unharmed
from tests.judges import ROOT

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SAVE_AS = "use Save As, type Excel Workbook (*.xlsx)"


def _of(data: bytes, name: str = "plan.xlsx") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def _ole(*streams: str, name: str = "plan.xlsx") -> Callable[[Path], Path]:
    return _of(OLE + b"\0\0".join(stream.encode("utf-16-le") for stream in streams), name)


def _xlsb(folder: Path) -> Path:
    binary = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    path = tracker_in(folder, "plan.xlsb")
    return replaced(path, "[Content_Types].xml", WORKBOOK, binary)


def _ods(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "plan.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document/>")
    return folder / "plan.ods"


def _zip_of_a_workbook(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "plan.xlsx", "w") as archive:
        archive.writestr("plan inside.xlsx", "")
    return folder / "plan.xlsx"


def _word(folder: Path) -> Path:
    return Path(shutil.copy(ROOT / "examples" / "plan.docx", folder))


def _related(holder: str, kind: str, target: str) -> Callable[[Path], Path]:
    relationship = f'<Relationship Id="odd" Type="{kind}" Target="{target}"/></Relationships>'

    def make(folder: Path) -> Path:
        path = replaced(tracker_in(folder), holder, "</Relationships>", relationship)
        base = "xl/" if holder.startswith("xl/") else ""
        return package_with(path, {base + target: b"<x/>"})

    return make


def _strict(folder: Path) -> Path:
    main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", RELATIONSHIPS

    def strict(xml: bytes) -> bytes:
        xml = xml.replace(main.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        return xml.replace(
            office.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )

    parts = ("_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", FIRST_SHEET)
    return patched(tracker_in(folder), dict.fromkeys(parts, strict))


def _cut(share: float) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = tracker_in(folder)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])
        return path

    return make


def _scrambled(folder: Path) -> Path:
    path = tracker_in(folder)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(FIRST_SHEET).header_offset
    start += 30 + len(FIRST_SHEET)
    data[start : start + 40] = b"\xff" * 40
    path.write_bytes(data)
    return path


def _bomb(folder: Path) -> Path:
    return package_with(tracker_in(folder), {"xl/media/image1.png": b"\0" * (20 << 20)})


def _entities(folder: Path) -> Path:
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(12)
    )
    start = b"<worksheet"

    def laugh(xml: bytes) -> bytes:
        return xml.replace(start, f"<!DOCTYPE worksheet [{laughs}]>".encode() + start, 1)

    return patched(tracker_in(folder), {FIRST_SHEET: laugh})


def _doctype(folder: Path) -> Path:
    fetched = '<!DOCTYPE worksheet SYSTEM "file:///etc/passwd"><worksheet'
    return replaced(tracker_in(folder), FIRST_SHEET, "<worksheet", fetched)


def _torn_xml(folder: Path) -> Path:
    return replaced(tracker_in(folder), FIRST_SHEET, "</sheetData>", "</sheetdata>")


def _without(part: str) -> Callable[[Path], Path]:
    return lambda folder: package_with(tracker_in(folder), {part: None})


BAD_FILES = {
    "a text file": (_of(b"hello"), ["this is a text file"]),
    "a CSV": (_of(b"Ref,Status\nA1.1,Green\n", "plan.csv"), ["text file (such as a CSV)", ".xlsx"]),
    "other bytes": (_of(bytes(range(256)) * 8), ["not an Excel workbook", "right file"]),
    "an empty file": (_of(b""), ["is empty (0 bytes)", "take another copy"]),
    "a sign-in page": (_of(b"<!DOCTYPE html><html>"), ["web page", "download it again"]),
    "an XML file": (_of(b"<?xml version='1.0'?><a/>"), ["XML file", SAVE_AS]),
    "an .xls": (_ole("Workbook", name="plan.xls"), [".xls, Excel 97-2003", SAVE_AS]),
    "a .doc": (
        _ole("WordDocument", name="plan.doc"),
        ["Word document of the old kind (.doc", "Word Document (*.docx). sheetplan import"],
    ),
    "an old document": (_ole("PowerPoint Document"), ["old Office document", SAVE_AS]),
    "a PDF": (_of(b"%PDF-1.7\n", "plan.pdf"), ["this is a PDF", "of which sheetplan import makes"]),
    "an .xlsb": (_xlsb, ["Excel binary workbook (.xlsb)", SAVE_AS]),
    "an .ods": (_ods, ["OpenDocument", SAVE_AS]),
    "a Word document": (
        _word,
        ["a Word document", "sheetplan import reads Word documents (.docx)"],
    ),
    "a zip of workbooks": (_zip_of_a_workbook, ["zip file that holds no workbook", "take it out"]),
    "a password": (
        _ole("EncryptionInfo", "EncryptedPackage"),
        ["is encrypted", "password to open", "Encrypt with Password, clear the password"],
    ),
    "a label that encrypts": (
        _ole("DRMEncryptedTransform", "EncryptedPackage"),
        ["encrypted by its sensitivity label", "choose a sensitivity label that does not encrypt"],
    ),
    "a signature": (
        _related(
            "_rels/.rels",
            "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
            "_xmlsignatures/origin.sigs",
        ),
        ["digitally signed", "View Signatures"],
    ),
    "legacy sharing": (
        _related(
            "xl/_rels/workbook.xml.rels", f"{RELATIONSHIPS}/revisionHeaders", "revisions/x.xml"
        ),
        ["shared in the old way", "Unshare Workbook"],
    ),
    "Strict Open XML": (_strict, ["Strict Open XML", "Excel Workbook (*.xlsx)"]),
    "a file cut at a tenth": (_cut(0.1), ["damaged: it is cut short", "version history"]),
    "a file cut at a half": (_cut(0.5), ["damaged: it is cut short", "version history"]),
    "a file cut near its end": (_cut(0.99), ["damaged: it is cut short", "version history"]),
    "a scrambled sheet": (_scrambled, [f"damaged: {FIRST_SHEET} inside it cannot be unpacked"]),
    "a zip bomb": (_bomb, ["image1.png inside the file would unpack to 20 MB", "sent the file"]),
    "entities": (_entities, [FIRST_SHEET, "document type or entities", "sent the file"]),
    "a document type": (_doctype, [FIRST_SHEET, "document type", "sent the file"]),
    "torn XML": (_torn_xml, [f"damaged: {FIRST_SHEET} inside it", "repair"]),
    "no styles": (_without("xl/styles.xml"), ["refers to xl/styles.xml", "repair"]),
    "no first sheet": (_without(FIRST_SHEET), [f"refers to {FIRST_SHEET}", "repair"]),
    "no way in": (_without("_rels/.rels"), ["which of the parts inside it is the workbook"]),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_refused_in_words_and_left_alone(kind, tmp_path):
    make, phrases = BAD_FILES[kind]
    path = make(tmp_path)
    for verb in ("roll-month", "colour", "inspect", "init"):
        with unharmed(tmp_path):
            outcome = run(verb, path)
        assert outcome.status == 3, verb
        assert outcome.out == ""
        assert outcome.said.startswith(f"sheetplan: {path.name}: ")
        assert outcome.said.endswith("Nothing was written.")
        for phrase in phrases:
            assert phrase in outcome.said
        assert "Traceback" not in outcome.err
        assert "fault in sheetplan" not in outcome.said


def test_the_same_tracker_in_good_order_is_not_refused(tmp_path):
    path = tracker_in(tmp_path)
    assert [run(verb, path).status for verb in ("inspect", "roll-month", "colour", "init")] == [
        0
    ] * 4


def test_a_damaged_part_that_would_only_be_copied_is_not_handed_on(tmp_path):
    path = tracker_in(tmp_path)
    data = bytearray(path.read_bytes())
    central = data.find(b"PK\x01\x02")
    while data[central + 46 : central + 46 + 16] != b"docProps/app.xml":
        central = data.find(b"PK\x01\x02", central + 4)
    struct.pack_into("<L", data, central + 16, 0)  # its checksum
    path.write_bytes(data)
    with unharmed(tmp_path):
        outcome = run("roll-month", path)
    assert outcome.status == 3
    assert "damaged: docProps/app.xml inside it fails its checksum" in outcome.said


@pytest.mark.parametrize("verb", ["roll-month", "colour", "inspect", "init"])
def test_a_file_that_is_not_there_is_named_with_its_folder(verb, tmp_path):
    for path in (tmp_path / "gone.xlsx", tmp_path / "no folder" / "gone.xlsx"):
        outcome = run(verb, path)
        assert outcome.status == 3
        assert f"{path}: there is no such file." in outcome.said
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("verb", ["roll-month", "colour", "inspect", "init", "undo"])
def test_a_folder_is_not_taken_for_a_workbook(verb, tmp_path):
    outcome = run(verb, tmp_path)
    assert outcome.status == 3
    assert f"{tmp_path}: this is a folder, not a workbook." in outcome.said


@pytest.mark.parametrize("verb", ["roll-month", "colour", "inspect", "init", "undo"])
@pytest.mark.parametrize("name", ["plan.xlsx/inside.xlsx", f"{'long ' * 60}.xlsx"])
def test_a_path_that_no_file_can_have_is_an_error_in_words(verb, name, tmp_path):
    tracker_in(tmp_path)
    with unharmed(tmp_path):
        outcome = run(verb, tmp_path / name)
    assert outcome.status == 3
    assert "fault in sheetplan" not in outcome.said


@pytest.mark.parametrize("verb", ["roll-month", "colour"])
def test_a_workbook_without_a_tracker_sheet_hears_what_was_looked_for(verb, tmp_path):
    path = tracker_in(tmp_path, text="| Ref | Action |\n| OC.A1.1 | Fix the roof |")
    with unharmed(tmp_path):
        outcome = run(verb, path)
    assert outcome.status == 3
    assert 'Looked, in the first 30 rows of each sheet, for a heading such as "Ref"' in outcome.said
    assert 'on Theme 1: A1 ("Ref") heads a reference column, but no heading' in outcome.said
    assert "add them under [fields] in sheetplan.toml" in outcome.said


def test_the_nearest_sheets_are_shown_before_the_others(tmp_path):
    near = tracker_in(tmp_path, text=TRACKER.replace("Ref ", "Row "))
    outcome = run("roll-month", near)
    assert "on Theme 1: C1 names June 2023, but no heading names a reference column" in outcome.said


def test_parts_of_good_trackers_are_what_the_bad_ones_were_made_from(tmp_path):
    assert FIRST_SHEET in parts_of(tracker_in(tmp_path))
