"""What kind of file came back, told from its name and its first bytes, and what to do with it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from pathlib import PurePosixPath
from typing import NamedTuple

_FOR_NOBODY = {
    "desktop.ini": "a settings file of Windows",
    "thumbs.db": "pictures that Windows keeps of a folder",
    "icon\r": "a picture of a folder",
}
_NO_NAMES = (".", "..")  # in a zip file they say where its files lay, and hide nothing
_SEND_LIST = re.compile(r"send-list.*\.csv", re.IGNORECASE)
_UNSENT = re.compile(rb"^X-Unsent:\s*1\s*$", re.IGNORECASE | re.MULTILINE)
_HEADERS = 4_096  # bytes of an e-mail in which X-Unsent stands, which is its first line

_ZIP, _EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
_ENCRYPTED = 0x0001  # APPNOTE.TXT 4.4.4
_PACKAGE = "[Content_Types].xml"
_NAME_OF_FIRST = 30  # bytes into a zip file (APPNOTE.TXT, 4.3.7)
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
"""The name and the content of its first member, stored unpacked (OpenDocument 1.3, part 2, 3.3)."""
_OF_A_DOCUMENT = frozenset([_PACKAGE, "Index/Document.iwa"])  # Office's and others'

_OPEN_THE_WORKBOOK = (
    "Open the workbook that was sent, fill it in, save it as it is and send that back."
)
_OTHER_KINDS: dict[str, tuple[str, str, str]] = {
    "comma-separated": (
        ".csv .tsv .txt",
        "a text file such as a CSV has lost the reference that says whose return it is, and for "
        "which month",
        _OPEN_THE_WORKBOOK,
    ),
    "open-document": (
        ".ods .fods",
        "this is an OpenDocument spreadsheet, which is not read",
        "In LibreOffice use File > Save As, type Excel 2007-365 (.xlsx), and collect that.",
    ),
    "old-excel": (
        ".xls .xlt",
        "this is a workbook of the old kind (Excel 97-2003), which is not read",
        "Open it in Excel, use Save As, type Excel Workbook (.xlsx), and collect that.",
    ),
    "numbers": (
        ".numbers",
        "this is an Apple Numbers file, which is not read",
        "In Numbers use File > Export To > Excel, and collect that.",
    ),
    "pdf": (
        ".pdf",
        "this is a PDF, in which answers cannot be told apart",
        "Ask for the workbook itself.",
    ),
    "document": (
        ".docx .docm .doc .rtf .odt .pages .pptx .ppt .htm .html",
        "this is a document, not a workbook",
        "Ask for the workbook that was sent, filled in; or copy the answers into it.",
    ),
    "e-mail": (
        ".eml .msg",
        "this is an e-mail, and what is attached to it is not looked for",
        "Save the attachment first, and collect that.",
    ),
    "picture": (
        ".png .jpg .jpeg .gif .heic .bmp .tif .tiff",
        "this is a picture, in which answers cannot be read",
        "Ask for the workbook itself.",
    ),
    "locked-archive": (
        "",
        "this zip file has a password",
        "Unpack it with its password, and collect the folder of what it held.",
    ),
    "archive": (
        ".7z .rar .gz .tar .tgz",
        "this is an archive of a kind that is not unpacked",
        "Unpack it and collect what is in it; or send it as .zip.",
    ),
}
_KIND_OF = {
    ending: kind for kind, (endings, _, _) in _OTHER_KINDS.items() for ending in endings.split()
}
# What tells a file that has another ending, or none.
_BEGINNINGS = {b"%PDF-": "pdf", b"\x89PNG": "picture", b"\xff\xd8\xff": "picture"}


def passed_over(path: str, data: bytes = b"") -> str:
    """Why a file is passed over, as it was meant for no return; empty when it is looked at.

    Args:
        path: Its name, with those of the folders that it was found in between slashes.
        data: What it holds, or how it begins.
    """
    *folders, name = path.split("/")
    if any(folder.casefold() == "__macosx" for folder in folders):
        return "what a Mac keeps beside the files in a zip file"
    if name.startswith(("~$", ".~lock.")):
        return "a lock file, left while somebody had a workbook open"
    if any(part.startswith(".") and part not in _NO_NAMES for part in (*folders, name)):
        return "a hidden file"
    if name.casefold() in _FOR_NOBODY:
        return _FOR_NOBODY[name.casefold()]
    if name.casefold().endswith((".tmp", ".lock")):
        return "a temporary file of a program"
    if _SEND_LIST.fullmatch(name):
        return "the list of messages that send-returns wrote"
    if name.casefold().endswith(".eml") and _UNSENT.search(data[:_HEADERS]):
        return "a draft of a message that was not sent"
    return ""


class Refusal(NamedTuple):
    """Why a file cannot be a return: as a code and in words, and what to do instead."""

    code: str
    reason: str
    remedy: str


def refused(name: str, data: bytes) -> Refusal | None:
    """Why a file cannot be a return that is read; None where it may be one.

    People rename files: what is a workbook by its content is one, whatever its ending is.
    """
    kind = _KIND_OF.get(PurePosixPath(name).suffix.casefold())
    members = _members(data)
    if kind != "document" and _PACKAGE in members:
        return None
    kind = next((k for start, k in _BEGINNINGS.items() if data.startswith(start)), kind)
    if any(info.flag_bits & _ENCRYPTED for info in members.values()):
        kind = "locked-archive"
    if kind is None:
        return None
    _, what, remedy = _OTHER_KINDS[kind]
    return Refusal(f"is-{kind}", f"{what}.", remedy)


def is_zip_of_files(data: bytes) -> bool:
    """Whether this is a zip file that holds files, and is not itself a workbook or a document."""
    members = _members(data)
    if not members:
        return data.startswith(_EMPTY_ZIP)
    is_open_document = data[_NAME_OF_FIRST:].startswith(_OPEN_DOCUMENT)
    return not is_open_document and members.keys().isdisjoint(_OF_A_DOCUMENT)


def _members(data: bytes) -> dict[str, zipfile.ZipInfo]:
    """What a zip file holds, by name; nothing where it is none, or cannot be read."""
    if not data.startswith(_ZIP):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {info.filename: info for info in archive.infolist()}
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError):
        return {}
