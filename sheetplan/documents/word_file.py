"""Opening a Word document, and saying what a file is that cannot be opened as one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetplan.errors import MissingExtraError, NotADocumentError

if TYPE_CHECKING:
    from docx.document import Document

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file, [MS-CFB] 2.2
LARGEST = 512 * 1024**2  # bytes that a document unpacks to
_SAVE_AS = "Open it in Word and use Save As, type Word Document (*.docx), then run this again."
_DAMAGED = "Open it in Word, let it mend the file if it asks to, save it, and run this again."


def open_document(path: Path) -> Document:
    """Open a Word document.

    Raises:
        MissingExtraError: python-docx is not installed.
        NotADocumentError: it is not there, damaged, locked by a password, or something else.
    """
    docx = _python_docx()
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotADocumentError(
            "there is no such file.", where=str(path), remedy="Check the name and the folder."
        ) from error
    except OSError as error:
        reason = "it is a folder" if path.is_dir() else error.strerror or str(error)
        raise NotADocumentError(f"it cannot be read: {reason}.", where=path) from error
    _refuse_others(data, path)
    try:
        document: Document = docx.Document(io.BytesIO(data))
        _ = document.styles.element
    except (ValueError, KeyError, AttributeError, SyntaxError, zipfile.BadZipFile) as error:
        if "content type" in str(error):
            raise NotADocumentError(
                "this is an Office file of another kind, or a document with macros.",
                where=path,
                remedy=_SAVE_AS,
            ) from error
        raise damaged(path) from error
    return document


def _python_docx() -> Any:
    try:
        import docx
    except ImportError as error:
        raise MissingExtraError(
            "Word documents are read with python-docx, which is not installed.",
            remedy='Install it with: pip install "sheetplan[word]". Or copy the tables into a '
            "workbook, and import that.",
        ) from error
    return docx


def _refuse_others(data: bytes, path: Path) -> None:
    """Refuse what is no document, before anything in it is unpacked."""
    if not data:
        raise NotADocumentError(
            "the file is empty (0 bytes).",
            where=path,
            remedy="It may not have finished downloading; take another copy.",
        )
    if data.startswith(_OLE):
        raise _old_or_locked(data, path)
    if not data.startswith(b"PK"):
        raise NotADocumentError("this is not a Word document.", where=path, remedy=_SAVE_AS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            names = set(archive.namelist())
            broken = archive.testzip() if size <= LARGEST else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise damaged(path) from error
    if size > LARGEST:
        raise NotADocumentError(
            f"it would unpack to {size // 1024**2:,} MB, and no plan is like that.",
            where=path,
            remedy="Ask whoever sent the file where it came from.",
        )
    if broken:
        raise damaged(path)
    if "[Content_Types].xml" not in names:
        raise NotADocumentError("this is not a Word document.", where=path, remedy=_SAVE_AS)


def _old_or_locked(data: bytes, path: Path) -> NotADocumentError:
    """Old documents and encrypted new ones are both OLE files; streams are named in UTF-16."""
    if any(name.encode("utf-16-le") in data for name in ("EncryptedPackage", "EncryptionInfo")):
        return NotADocumentError(
            "the document is encrypted: it has a password to open, or a sensitivity label that "
            "encrypts it.",
            where=path,
            remedy="In Word use File > Info > Protect Document > Encrypt with Password, clear the "
            "password (or choose a label that does not encrypt), save, and run this again.",
        )
    return NotADocumentError(
        "this is a document of the old kind (.doc, Word 97-2003), or another old Office file.",
        where=path,
        remedy=_SAVE_AS,
    )


def damaged(path: Path) -> NotADocumentError:
    """The error for a document of which something cannot be understood."""
    return NotADocumentError(
        "the document is damaged: something inside it cannot be unpacked or understood.",
        where=path,
        remedy=_DAMAGED,
    )
