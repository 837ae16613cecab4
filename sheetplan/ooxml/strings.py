"""The shared strings of a workbook: found at once, and read when they are asked for.

A tracker of 4,000 actions and three years has some hundred thousand of them, of which a report
needs a few. In the usual form, in which all common programs write them, they are told apart by
their tags, and plain text is read as it stands; a string in any other form is parsed.
"""

from __future__ import annotations

import re

from lxml import etree
from openpyxl.utils.escape import unescape

from sheetplan.ooxml.xml import main, parse

_USUAL_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*encoding=[\"']utf-8[\"'][^>]*\?>)?\s*"
    rb"(?P<root><sst\b[^>]*\suniqueCount=\"(?P<count>[0-9]+)\"[^>]*>)\s*\Z",
    re.IGNORECASE,
)
_PLAIN = re.compile(rb'<t(?: xml:space="preserve")?>([^<]*)</t></si>\s*(?:</sst>\s*)?')
_REFERENCE = re.compile("&([^;]*;?)")
_CHARACTERS = {"amp;": "&", "lt;": "<", "gt;": ">", "quot;": '"', "apos;": "'"}
_NUMBERED = re.compile(r"#(?:([0-9]{1,7})|x([0-9A-Fa-f]{1,6}));")


class SharedStrings:
    """The shared strings of one workbook, by index.

    Raises:
        UnsafeWorkbookError: the part is not in its usual form, and cannot be parsed either.
    """

    def __init__(self, data: bytes = b"", part: str = "") -> None:
        self._part = part
        self._pieces = data.split(b"<si>")
        self._items: list[etree._Element] | None = None
        head = _USUAL_HEAD.match(self._pieces[0])
        is_whole = data[-20:].rstrip().endswith(b"</sst>")
        if head is not None and is_whole and int(head["count"]) == len(self._pieces) - 1:
            self._root = head["root"]
        elif data:
            self._items = list(parse(data, part).iterchildren(main("si")))

    def __len__(self) -> int:
        return len(self._pieces) - 1 if self._items is None else len(self._items)

    def item(self, index: int) -> etree._Element | None:
        """A string as an element, which is nobody else's; None where there is none.

        Raises:
            UnsafeWorkbookError: it is not well-formed.
        """
        if not 0 <= index < len(self):
            return None
        if self._items is not None:
            return self._items[index]
        piece = self._pieces[index + 1]
        end = piece.rfind(b"</si>") + len(b"</si>")
        return parse(self._root + b"<si>" + piece[:end] + b"</sst>", self._part)[0]

    def plain_text(self, index: int) -> str | None:
        """The words of a string that has no formatting; None where it must be looked at closer."""
        if self._items is not None or not 0 <= index < len(self):
            return None
        plain = _PLAIN.fullmatch(self._pieces[index + 1])
        if plain is None:
            return None
        try:
            return unescaped(characters(plain[1]))
        except ValueError:
            return None


def unescaped(text: str) -> str:
    """The text with its _x000D_ made characters; few have any, and looking for them takes long."""
    return str(unescape(text)) if "_x" in text else text


def characters(raw: bytes) -> str:
    """What text of XML in UTF-8 stands for, references to characters resolved.

    Raises:
        ValueError: it is not well-formed, or a parser must look at it.
    """
    return resolved(raw.decode())


def resolved(text: str) -> str:
    """The same of text that is decoded already.

    Raises:
        ValueError: it is not well-formed, or a parser must look at it.
    """
    if "\r" in text:  # XML 1.0, 2.11
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    if name in _CHARACTERS:
        return _CHARACTERS[name]
    numbered = _NUMBERED.fullmatch(name)
    code = 0 if numbered is None else int(numbered[1] or numbered[2], 10 if numbered[1] else 16)
    is_character = 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0xFFFF < code < 0x110000
    if not is_character and code not in (9, 10, 13):  # XML 1.0, 2.2
        raise ValueError(f"{reference[0]} is no character")
    return chr(code)
