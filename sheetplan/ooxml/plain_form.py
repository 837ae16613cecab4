"""The plain form of a worksheet, in which its text can be worked on without parsing it.

That is UTF-8, without comments, CDATA and processing instructions, every row and cell with its
name between double quotes. Then "<" always begins a tag, and a cell is found by its name. Excel
and all common programs write it so; any other sheet is parsed as a whole first and written in that
form.
"""

from __future__ import annotations

import re
import sys
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

from sheetplan.ooxml.sheet_rows import name_the_cells, place_of_rows, sheet_data_prefix
from sheetplan.ooxml.xml import main, parse, serialise

_DECLARED = re.compile(rb'<\?xml[^>]*encoding=["\']([\w-]+)')
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MERE_TEXT = (etree.Comment, etree.ProcessingInstruction)
_LIKE_TAGS = re.compile("worksheet|sheetData")


def plain_form(data: bytes, part: str) -> bytes:
    """The worksheet in its plain form: as it is, or parsed and written again.

    Raises:
        UnsafeWorkbookError: not well-formed, or with a document type.
    """
    if not _has_oddities(data) and _is_plain(data, _names_come_first(data)):
        return data
    root = parse(data, part)
    sheet_data = root.find(main("sheetData"))
    if sheet_data is None:
        return serialise(root)
    etree.strip_tags(sheet_data, *_MERE_TEXT)
    number = 0
    for row in sheet_data.iterchildren(main("row")):
        number = int(row.get("r") or number + 1)
        name_the_cells(row, number)
    before = list(root.itersiblings(preceding=True))
    misleading = [c for c in (*before, *root.iter(*_MERE_TEXT)) if _LIKE_TAGS.search(c.text or "")]
    for comment in misleading:
        comment.text = " "  # or its words would be taken for the sheet's own tags
    return serialise(root)


class ReadForm(NamedTuple):
    """A worksheet in its plain form.

    It is usual when every cell begins with its name, and has no prefix, as all common programs
    write it.
    """

    data: bytes
    is_usual: bool


def form_to_read(data: bytes, part: str) -> ReadForm:
    """The worksheet in its plain form, to be read and not to be changed.

    That it is well-formed is not looked at, which would take as long again as all the rest: a
    cell that is not says so when it is read.

    Raises:
        UnsafeWorkbookError: not well-formed, or with a document type.
    """
    is_whole = data.rstrip().endswith(b"worksheet>")
    declared = data.find(b"?>") + 2 if data.lstrip(_BYTE_ORDER_MARK).startswith(b"<?xml") else 0
    is_mere_text = _holds(data, b"!", b"<!") or _holds(data, b"?", b"<?", declared)
    is_plain = names_come_first = False
    if is_whole and not is_mere_text:
        try:
            names_come_first = _names_come_first(data)
            is_plain = _is_plain(data, names_come_first)
        except ValueError:  # the rows have no end
            is_plain = False
    if not is_plain:
        data = plain_form(data, part)
        names_come_first = _names_come_first(data)
    return ReadForm(data, names_come_first and not sheet_data_prefix(data))


def refuse_broken(data: bytes, part: str) -> None:
    """Raise UnsafeWorkbookError for a worksheet that is not well-formed, or has a document type."""
    if _has_oddities(data):
        parse(data, part)


def _names_come_first(data: bytes) -> bool:
    """Whether every row and cell begins with its name."""
    place = place_of_rows(data)
    return all(data.count(tag, *place) == data.count(tag + b' r="', *place) for tag in _tags(data))


def _tags(data: bytes) -> tuple[bytes, bytes]:
    """How the tags of cells and rows begin."""
    start = b"<" + sheet_data_prefix(data)
    return start + b"c", start + b"row"


def _is_plain(data: bytes, names_come_first: bool) -> bool:
    declared = _DECLARED.match(data.lstrip(_BYTE_ORDER_MARK))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (
        declared is not None and declared[1].lower() not in (b"utf-8", b"us-ascii")
    ):
        return False
    place, tags = place_of_rows(data), _tags(data)
    if _holds(data, b"&", b' r="&', *place) or data.find(b" >", *place) >= 0:
        return False
    odd = []
    if not names_come_first:
        odd += [tag + end for tag in tags for end in (b">", b"/>")]
    for blank in (b"\t", b"\r", b"\n"):
        if data.find(blank, *place) >= 0:
            odd += [blank + b">", *(tag + blank for tag in tags)]
    if any(data.find(piece, *place) >= 0 for piece in odd):
        return False
    if names_come_first:
        return True
    # Text that holds ' r="' makes the count too large: then the careful way is taken, no harm done.
    return data.count(b' r="', *place) == sum(data.count(tag + b" ", *place) for tag in tags)


def _holds(data: bytes, sign: bytes, piece: bytes, first: int = 0, last: int = sys.maxsize) -> bool:
    """Whether a piece stands in the data; looking for a rare sign of it is quicker by far."""
    return data.find(sign, first, last) >= 0 and data.find(piece, first, last) >= 0


def _has_oddities(data: bytes) -> bool:
    """Whether the XML is broken, or has what makes "<" mere text: comments, CDATA and the like."""
    parser = expat.ParserCreate(namespace_separator=" ")  # so that it minds unknown prefixes
    found: list[bool] = []

    def remember(*_: object) -> None:
        found.append(True)

    parser.StartDoctypeDeclHandler = remember
    parser.CommentHandler = remember
    parser.ProcessingInstructionHandler = remember
    parser.StartCdataSectionHandler = remember
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError):  # not well-formed, or in an encoding of no name
        return True  # the careful way says what is wrong
    return bool(found)
