"""The rows of a sheet as they read in another workbook, worked on as text.

A report may have thousands of rows, of which nothing changes but the numbers of their formats.
The text is in the plain form that `plain_form` describes: "<" always begins a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from html import escape, unescape

from lxml import etree

from sheetplan.ooxml.cells import escaped
from sheetplan.ooxml.graft_styles import GraftedStyles
from sheetplan.ooxml.strings import SharedStrings
from sheetplan.ooxml.xml import MAIN

_DAYS_BETWEEN_SYSTEMS = 1462  # from 1 January 1900 to 1 January 1904, as Excel counts


class GraftedRows:
    """The rows of one sheet, to be read and rewritten.

    Args:
        text: The rows.
        prefix: What stands before the names of its elements: empty, or such as "x:".
    """

    def __init__(self, text: bytes, prefix: bytes) -> None:
        self._text = text
        self._prefix = prefix

    def _pattern(self, pattern: bytes) -> re.Pattern[bytes]:
        return re.compile(pattern.replace(b"~", re.escape(self._prefix)))

    @property
    def text(self) -> bytes:
        """The rows as they are now."""
        return self._text

    @property
    def is_odd(self) -> bool:
        """Whether attributes stand between apostrophes, which none of this looks for."""
        return self._pattern(rb"<~(?:c|row)\s[^>]*='").search(self._text) is not None

    @property
    def formats(self) -> set[int]:
        """The cell formats that cells and rows wear."""
        found = self._pattern(rb'<~(?:c|row)\s(?:[^>]*?\s)?s="(\d+)"').findall(self._text)
        return {int(index) for index in set(found)}

    @property
    def has_formulas(self) -> bool:
        """Whether any cell has a formula."""
        return self._pattern(rb"<~f\b").search(self._text) is not None

    def renumber(self, formats: Mapping[int, int]) -> None:
        """Give cells and rows other formats; a cell without one wears the first."""
        if all(old == new for old, new in formats.items()):
            return
        spelled = {str(old).encode(): str(new).encode() for old, new in formats.items()}
        pattern = self._pattern(rb'(<~(?:c|row)\s(?:[^>]*?\s)?s=")(\d+)')
        self._text = pattern.sub(lambda match: match[1] + spelled[match[2]], self._text)
        if formats[0] != 0:
            bare = self._pattern(rb'(<~c\b)(?![^>]*\ss=")')
            self._text = bare.sub(rb'\1 s="' + spelled[b"0"] + b'"', self._text)

    def forget_metadata(self) -> None:
        """Drop what cells refer to in a part of the workbook's own (18.3.1.4, cm and vm)."""
        if b'm="' in self._text:
            pattern = self._pattern(rb'(<~c\s(?:[^>]*?))\s[cv]m="\d+"')
            while pattern.search(self._text):
                self._text = pattern.sub(rb"\1", self._text)

    def rewrite_formulas(self, change: Callable[[str], str]) -> None:
        """Run every formula through a function."""

        def changed(match: re.Match[bytes]) -> bytes:
            old = unescape(match[2].decode())
            new = change(old)
            spelled = escape(new, quote=False).encode()
            return match[0] if new == old else match[1] + spelled + match[3]

        if self.has_formulas:
            pattern = self._pattern(rb"(<~f(?:\s[^>]*)?(?<!/)>)([^<]+)(</~f>)")
            self._text = pattern.sub(changed, self._text)

    def put_strings_inline(self, strings: SharedStrings, styles: GraftedStyles) -> None:
        """Put the texts that stand in a part of the workbook's own into their cells."""
        known: dict[bytes, bytes] = {}

        def inline(match: re.Match[bytes]) -> bytes:
            index = match[3]
            if index not in known:
                known[index] = self._spelled(int(index), strings, styles)
            return match[1] + b't="inlineStr"' + match[2] + known[index]

        last = self._text.rfind(b't="s"')
        if last >= 0:
            # In a report they stand in its first rows, and to go through the others takes long.
            end = self._text.index(b"</%brow>" % self._prefix, last)
            text, others = self._text[:end], self._text[end:]
            of_cells = rb'(<~c\s(?:[^>]*?\s)?)t="s"([^>]*>)\s*<~v[^>]*>\s*(\d+)\s*</~v>'
            text = self._pattern(of_cells).sub(inline, text)
            # The result of a formula, which no program stores so, is worked out anew.
            of_formulas = rb'(<~c\s[^>]*?t="s"[^>]*>\s*<~f\b[^<]*(?:</~f>)?)\s*<~v>\d+</~v>'
            text = self._pattern(of_formulas).sub(rb"\1", text)
            text = self._pattern(rb'(<~c\s[^>]*?)\st="s"').sub(rb"\1", text)
            self._text = text + others

    def _spelled(self, index: int, strings: SharedStrings, styles: GraftedStyles) -> bytes:
        """A shared string as an inline one."""
        prefix = self._prefix.decode()
        plain = strings.plain_text(index)
        if plain is not None:
            text = escape(escaped(plain), quote=False)
            space = ' xml:space="preserve"' if plain != plain.strip() or "\n" in plain else ""
            return f"<~is><~t{space}>{{}}</~t></~is>".replace("~", prefix).format(text).encode()
        declared = f' xmlns{":" if prefix else ""}{prefix.rstrip(":")}="{MAIN}"'
        inline = etree.fromstring(f"<{prefix}is{declared}/>")
        item = strings.item(index)
        inline.extend([] if item is None else [_copy(child) for child in item])
        styles.settle_colours(inline)
        etree.cleanup_namespaces(inline)
        return etree.tostring(inline, encoding="UTF-8").replace(declared.encode(), b"", 1)

    def move_dates(self, dates: Container[int], days: int) -> None:
        """Count dates from another day, where one workbook uses the system of 1904."""

        def moved(match: re.Match[bytes]) -> bytes:
            if int(match[2]) not in dates or b" t=" in match[1]:
                return match[0]
            return match[1] + repr(float(match[3]) + days).removesuffix(".0").encode()

        pattern = self._pattern(rb'(<~c\s(?:[^>]*?\s)?s="(\d+)"[^>]*><~v>)([-+.\deE]+)')
        self._text = pattern.sub(moved, self._text)


def _copy(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))


def days_between(is_1904: bool, other_is_1904: bool) -> int:
    """How many days later the number of a date is in the other date system."""
    return (is_1904 - other_is_1904) * _DAYS_BETWEEN_SYSTEMS
