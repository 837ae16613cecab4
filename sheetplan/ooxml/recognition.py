"""What a file is, when it is not a workbook that can be edited, told from its first bytes."""

from __future__ import annotations

from sheetplan.errors import NotAWorkbookError, SheetplanError, WorkbookError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file, [MS-CFB] 2.2
_UTF16 = (b"\xff\xfe", b"\xfe\xff")  # what Excel calls Unicode Text begins so
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SAVE_AS = "Open it in Excel and use Save As, type Excel Workbook (*.xlsx), then run this again."
_IMPORT = "sheetplan import reads Word documents (.docx) and makes a tracker of a plan."
_SAVE_AS_DOCX = (
    "If it is a plan, open it in Word and use Save As, type Word Document (*.docx). sheetplan "
    "import makes a tracker of that."
)

EDITABLE = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": ".xlsm",
}
_KNOWN_TYPES = {
    "application/vnd.ms-excel.sheet.binary.macroenabled.main": (
        "an Excel binary workbook (.xlsb)",
        _SAVE_AS,
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": (
        "an Excel template (.xltx)",
        _SAVE_AS,
    ),
    "application/vnd.ms-excel.template.macroenabled.main+xml": (
        "an Excel template (.xltm)",
        _SAVE_AS,
    ),
    "application/vnd.ms-excel.addin.macroenabled.main+xml": ("an Excel add-in (.xlam)", _SAVE_AS),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": (
        "a Word document (.docx), not a workbook",
        _IMPORT,
    ),
    "application/vnd.ms-word.document.macroenabled.main+xml": (
        "a Word document with macros (.docm), not a workbook",
        _SAVE_AS_DOCX,
    ),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": (
        "a Word template (.dotx), not a workbook",
        _SAVE_AS_DOCX,
    ),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": (
        "a PowerPoint presentation, not a workbook",
        "Name the workbook (.xlsx) itself.",
    ),
}


def refuse_what_is_no_package(data: bytes) -> None:
    """Raise NotAWorkbookError, saying what the file is, unless it begins as a zip file does."""
    if data.startswith(_ZIP):
        return
    if not data:
        raise NotAWorkbookError(
            "the file is empty (0 bytes).",
            remedy="It may not have finished downloading; take another copy.",
        )
    if data.startswith(_OLE):
        raise _ole(data)
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"<html", b"<!DOCTYPE", b"<!doctype", b"<HTML")):
        raise NotAWorkbookError(
            "this is a web page, not a workbook.",
            remedy="A sign-in page was probably saved instead of the file; download it again.",
        )
    if start.startswith(b"<?xml"):
        raise NotAWorkbookError("this is an XML file, not a workbook.", remedy=_SAVE_AS)
    if data.startswith(b"%PDF-"):
        raise NotAWorkbookError(
            "this is a PDF, not a workbook.",
            remedy="Use the workbook (.xlsx) that it was printed from; or the Word document "
            "(.docx), of which sheetplan import makes a tracker.",
        )
    if data.startswith(_UTF16) or b"\0" not in data[:4096]:
        raise NotAWorkbookError(
            "this is a text file (such as a CSV), not a workbook.",
            remedy="A CSV holds none of the tracker's colours, rules or comments. Use the "
            "workbook (.xlsx) that it was made from.",
        )
    raise NotAWorkbookError(
        "this is not an Excel workbook, or it is damaged from its first byte.",
        remedy="Check that it is the right file; if it is, take an earlier version from a "
        "backup or from SharePoint's version history.",
    )


def _ole(data: bytes) -> WorkbookError:
    """Old Excel files and encrypted new ones are both OLE files; streams are named in UTF-16."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("DRMEncryptedTransform") or holds("\tDRMContent") or holds("DRMEncryptedDataSpace"):
        return NotAWorkbookError(
            "the workbook is encrypted by its sensitivity label, so only Excel, signed in as "
            "someone with permission, can read it.",
            remedy="In Excel choose a sensitivity label that does not encrypt (ask whoever owns "
            "the information), save, and run this again.",
        )
    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        return NotAWorkbookError(
            "the workbook is encrypted: it has a password to open, or a sensitivity label that "
            "encrypts it.",
            remedy="In Excel use File > Info > Protect Workbook > Encrypt with Password, clear "
            "the password (or choose a label that does not encrypt), save, and run this again.",
        )
    is_document = holds("WordDocument")
    if holds("Workbook") or (holds("Book") and not is_document):  # a document may say "Book"
        return NotAWorkbookError(
            "this is a workbook of the old kind (.xls, Excel 97-2003).", remedy=_SAVE_AS
        )
    if is_document:
        return NotAWorkbookError(
            "this is a Word document of the old kind (.doc, Word 97-2003), not a workbook.",
            remedy=_SAVE_AS_DOCX,
        )
    return NotAWorkbookError(
        "this is not an .xlsx workbook but an old Office document, an e-mail, or an encrypted "
        "file.",
        remedy=_SAVE_AS,
    )


def refuse_other_packages(names: list[str], mimetype: bytes) -> None:
    """Raise NotAWorkbookError for a zip file that is not an Office package."""
    if "[Content_Types].xml" in names:
        return
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        raise NotAWorkbookError(
            "this is an OpenDocument text (.odt), not a workbook.", remedy=_SAVE_AS_DOCX
        )
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        raise NotAWorkbookError(
            "this is an OpenDocument file (such as an .ods spreadsheet), not an Excel workbook.",
            remedy=_SAVE_AS,
        )
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names) or (
        "Index.zip" in names
    ):
        raise NotAWorkbookError(
            "this is an Apple Numbers file.",
            remedy="In Numbers use File > Export To > Excel, then run this again.",
        )
    raise NotAWorkbookError(
        "this is a zip file that holds no workbook.",
        remedy="If the workbook is inside it, take it out first.",
    )


def unusable_type(content_type: str) -> SheetplanError:
    """The error for a package whose main part is not a workbook that we edit."""
    unknown = f"not a workbook ({content_type})", _SAVE_AS
    what, remedy = _KNOWN_TYPES.get(content_type.lower(), unknown)
    return NotAWorkbookError(f"this is {what}.", remedy=remedy)
