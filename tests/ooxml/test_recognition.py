import io
import struct
import zipfile

import pytest

from sheetplan.errors import (
    DamagedWorkbookError,
    NotAWorkbookError,
    UnsafeWorkbookError,
    WorkbookError,
)
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.workbook import Workbook
from tests.builders import FIRST_SHEET, package_with, parts_of, patched, workbook_from_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DOCUMENT = "application/vnd.openxmlformats-officedocument"
SAVE_AS = "Save As, type Excel Workbook (*.xlsx)"
CONTENT_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = "xl/workbook.xml"


def ole(*streams):
    """An OLE file that holds streams of these names."""
    return OLE + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)


def zipped(**members):
    """A zip file, and no workbook."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "/"), content)
    return stream.getvalue()


@pytest.fixture
def plan(tmp_path):
    """A good workbook, to be spoiled."""
    return workbook_from_text(tmp_path / "plan.xlsx", {"Plan": "| Ref | Status |"})


def read(path):
    """Read all that is read of a workbook before it is changed."""
    workbook = Workbook.open(path)
    workbook.styles.is_date(0)
    return workbook.sheets[0].value(1, 1)


def refusal(path, error=WorkbookError):
    """The error with which a file is refused; that it is left unharmed and alone is checked."""
    before = path.read_bytes()
    with pytest.raises(WorkbookError) as caught:
        read(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
    assert type(caught.value) is error
    assert str(caught.value).startswith(f"{path.name}: ")
    assert caught.value.remedy, "it does not say what to do"
    return str(caught.value)


def test_a_good_workbook_is_not_refused(plan):
    assert read(plan) == "Ref"


# ---------------------------------------------------------------- other files


@pytest.mark.parametrize(
    ("data", "what", "what_to_do"),
    [
        (b"", "empty", "another copy"),
        (b"Ref,Status\r\nOC.A1.1,On track\r\n", "text file (such as a CSV)", ".xlsx"),
        ("Ref;Status\nOC.A1.1;Café".encode("latin-1"), "text file", ".xlsx"),
        ("Ref\tStatus\r\n".encode("utf-16"), "text file", ".xlsx"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF", "printed from; or the Word document (.docx)"),
        (b"<!DOCTYPE html><html><title>Sign in</title>", "web page", "download it again"),
        (b"\xef\xbb\xbf\r\n <html><body>", "web page", "download it again"),
        (b'<?xml version="1.0"?><Workbook/>', "XML file", "Save As"),
        (ole("Root Entry", "Workbook"), "(.xls, Excel 97-2003)", "Save As"),
        (ole("Root Entry", "Book"), "(.xls, Excel 97-2003)", "Save As"),
        (
            ole("Root Entry", "EncryptionInfo", "EncryptedPackage"),
            "has a password to open",
            "clear the password",
        ),
        (
            ole("EncryptedPackage", "\6DataSpaces", "DRMEncryptedTransform"),
            "encrypted by its sensitivity label",
            "a sensitivity label that does not encrypt",
        ),
        (ole("WordDocument"), "Word document of the old kind (.doc", "(*.docx). sheetplan import"),
        (ole("WordDocument", "The Book of Roads"), "Word document of the old kind", "import"),
        (ole("PowerPoint Document"), "old Office document", "Excel Workbook (*.xlsx)"),
        (bytes(range(256)), "not an Excel workbook", "SharePoint"),
        (zipped(notes_txt=b"hello"), "zip file that holds no workbook", "take it out"),
        (zipped(), "zip file that holds no workbook", "take it out"),
        (
            zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content=b""),
            "(.ods)",
            "Save As",
        ),
        (
            zipped(mimetype=b"application/vnd.oasis.opendocument.text", content=b""),
            "OpenDocument text (.odt)",
            "(*.docx). sheetplan import",
        ),
        (zipped(**{"Index_Document.iwa": b""}), "Apple Numbers", "Export To"),
        (zipped(**{"Index.zip": b""}), "Apple Numbers", "Export To"),
        (zipped(**{"july.xlsx": b""}), "zip file that holds no workbook", "take it out"),
    ],
)
def test_a_file_that_is_no_workbook_is_called_what_it_is(tmp_path, data, what, what_to_do):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(data)
    message = refusal(path, NotAWorkbookError)
    assert what.strip("()") in message
    assert what_to_do in message


@pytest.mark.parametrize(
    ("content_type", "what", "what_to_do"),
    [
        (
            f"{DOCUMENT}.wordprocessingml.document.main+xml",
            "a Word document (.docx)",
            "sheetplan import reads Word documents",
        ),
        (
            "application/vnd.ms-word.document.macroEnabled.main+xml",
            "with macros (.docm)",
            "Word Document (*.docx)",
        ),
        (f"{DOCUMENT}.wordprocessingml.template.main+xml", "(.dotx)", "Word Document (*.docx)"),
        (f"{DOCUMENT}.presentationml.presentation.main+xml", "a PowerPoint", "workbook (.xlsx)"),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "(.xlsb)", SAVE_AS),
        (f"{DOCUMENT}.spreadsheetml.template.main+xml", "(.xltx)", SAVE_AS),
        ("application/vnd.ms-excel.template.macroEnabled.main+xml", "(.xltm)", SAVE_AS),
        ("application/vnd.ms-excel.addin.macroEnabled.main+xml", "(.xlam)", SAVE_AS),
        ("application/vnd.visio.drawing.main+xml", "vnd.visio.drawing.main+xml", SAVE_AS),
    ],
)
def test_another_office_file_is_called_what_it_is(plan, content_type, what, what_to_do):
    patched(
        plan, {"[Content_Types].xml": lambda xml: xml.replace(CONTENT_TYPE, content_type.encode())}
    )
    message = refusal(plan, NotAWorkbookError)
    assert what in message
    assert what_to_do in message


def test_a_workbook_with_macros_is_one(plan):
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    patched(plan, {"[Content_Types].xml": lambda xml: xml.replace(CONTENT_TYPE, kind)})
    assert read(plan) == "Ref"


@pytest.mark.parametrize("name", ["missing.xlsx", "no folder/plan.xlsx", "plan.xlsx/plan.xlsx"])
def test_a_file_that_is_not_there_is_said_not_to_be(plan, name):
    with pytest.raises(NotAWorkbookError, match=r"there is no such file\. Check the name"):
        Workbook.open(plan.parent / name)


def test_a_folder_is_called_one(tmp_path):
    with pytest.raises(NotAWorkbookError, match="this is a folder"):
        Workbook.open(tmp_path)


# ---------------------------------------------------------------- what an edit would break


def test_a_strict_workbook_is_refused(plan):
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    patched(plan, {BOOK: lambda xml: xml.replace(MAIN, strict)})
    message = refusal(plan, NotAWorkbookError)
    assert "Strict Open XML" in message
    assert "Save As" in message


def related(kind, target):
    """The function that adds a relationship."""
    line = f'<Relationship Id="rId99" Type="{kind}" Target="{target}"/></Relationships>'
    return lambda xml: xml.replace(b"</Relationships>", line.encode())


def test_a_signed_workbook_is_refused(plan):
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    package_with(plan, {"_xmlsignatures/origin.sigs": b""})
    patched(plan, {"_rels/.rels": related(kind, "_xmlsignatures/origin.sigs")})
    message = refusal(plan, NotAWorkbookError)
    assert "digitally signed" in message
    assert "View Signatures" in message


def test_a_workbook_that_is_shared_in_the_old_way_is_refused(plan):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/revisionHeaders"
    package_with(plan, {"xl/revisions/revisionHeaders.xml": b"<headers/>"})
    rels = "xl/_rels/workbook.xml.rels"
    patched(plan, {rels: related(kind, "revisions/revisionHeaders.xml")})
    message = refusal(plan, NotAWorkbookError)
    assert "shared in the old way" in message
    assert "Unshare" in message


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        (
            "_rels/.rels",
            "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/revisionHeaders",
        ),
    ],
)
def test_what_an_edit_would_break_may_be_read(plan, part, kind):
    patched(plan, {part: related(kind, f"/{FIRST_SHEET}")})
    with pytest.raises(NotAWorkbookError):
        Workbook.open(plan)
    assert Workbook(Package.open(plan), for_reading=True).sheets[0].value(1, 1) == "Ref"


def test_a_strict_workbook_is_not_even_read(plan):
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    patched(plan, {BOOK: lambda xml: xml.replace(MAIN, strict)})
    with pytest.raises(NotAWorkbookError, match="Strict Open XML"):
        Workbook(Package.open(plan), for_reading=True)


# ---------------------------------------------------------------- damage


def test_a_workbook_that_is_cut_short_is_refused(plan):
    data = plan.read_bytes()
    plan.write_bytes(data[: len(data) // 2])
    assert "cut short" in refusal(plan, DamagedWorkbookError)


def test_a_sheet_that_fails_its_checksum_is_refused(plan):
    data = bytearray(plan.read_bytes())
    at = data.index(FIRST_SHEET.encode()) + len(FIRST_SHEET) + 40
    data[at] ^= 0x55
    plan.write_bytes(data)
    assert FIRST_SHEET in refusal(plan, DamagedWorkbookError)


@pytest.mark.parametrize("part", [FIRST_SHEET, BOOK, "xl/styles.xml"])
def test_a_package_that_speaks_of_a_part_which_it_lacks_is_refused(plan, part):
    package_with(plan, {part: None})
    message = refusal(plan, DamagedWorkbookError)
    assert part in message
    assert "repair" in message


def test_a_package_that_does_not_say_which_part_is_the_workbook_is_refused(plan):
    package_with(plan, {"_rels/.rels": None})
    assert "which of the parts" in refusal(plan, DamagedWorkbookError)


def test_a_workbook_that_does_not_say_where_its_sheets_are_has_none(plan):
    package_with(plan, {"xl/_rels/workbook.xml.rels": None})
    workbook = Workbook.open(plan)
    assert (workbook.sheet_names, workbook.sheets) == (["Plan"], [])


def test_parts_are_found_whatever_their_capitals(plan):
    parts = parts_of(plan)
    package_with(plan, {FIRST_SHEET: None, "xl/WorkSheets/Sheet1.XML": parts[FIRST_SHEET]})
    assert read(plan) == "Ref"


def test_parts_are_found_by_targets_that_begin_at_the_root(plan):
    rels = "xl/_rels/workbook.xml.rels"
    patched(plan, {rels: lambda xml: xml.replace(b'"worksheets/', b'"/xl/worksheets/')})
    assert read(plan) == "Ref"


# ---------------------------------------------------------------- harm

BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">'
    b'<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;">'
    b'<!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;">]>'
)


@pytest.mark.parametrize("part", [FIRST_SHEET, BOOK, "xl/styles.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">',
        BOMB,
    ],
)
def test_a_part_that_declares_a_document_type_is_refused(plan, part, declaration):
    def spoiled(xml):
        head, _, rest = xml.partition(b"?>")
        return head + b"?>" + declaration + rest

    patched(plan, {part: spoiled})
    assert part in refusal(plan, UnsafeWorkbookError)


@pytest.mark.parametrize("place", [b"<x>&h;</x>", b'<x y="&h;"/>'])
def test_entities_that_swell_are_not_expanded(plan, place):
    package_with(plan, {"xl/styles.xml": b'<?xml version="1.0"?>' + BOMB + place})
    assert "xl/styles.xml" in refusal(plan, UnsafeWorkbookError)


@pytest.mark.parametrize("part", [FIRST_SHEET, BOOK, "[Content_Types].xml", "_rels/.rels"])
def test_a_part_that_is_not_well_formed_is_refused(plan, part):
    patched(plan, {part: lambda xml: xml[:-9]})
    message = refusal(plan, UnsafeWorkbookError)
    assert part in message
    assert "repair" in message


def test_a_part_that_would_swell_beyond_measure_is_refused_unopened(plan):
    package_with(plan, {"xl/media/image1.bmp": bytes(20 * 1024**2)})
    assert "MB" in refusal(plan, UnsafeWorkbookError)


def test_a_part_that_claims_to_be_vast_is_refused_unopened(plan):
    data = plan.read_bytes()
    at = data.index(b"PK\x01\x02") + 24
    plan.write_bytes(data[:at] + struct.pack("<L", 0xF0000000) + data[at + 4 :])
    refusal(plan, UnsafeWorkbookError)
