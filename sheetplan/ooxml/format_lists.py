"""The lists of a styles part: formats are found by their position, and added at the end.

Cells, rules and tables point at formats by position (ISO/IEC 29500-1, 18.8), so what stands in a
list stays where it is; and a format that is there already is not added again, so that a sheet
which is made anew every month does not make the part grow.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from sheetplan.ooxml.xml import DECLARATION, MAIN, local_name, main

# CT_Stylesheet, 18.8.39.
_ORDER = (
    "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"
).split()

# What Excel takes for granted in the first places.
_FIRST = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    "cellStyles": '<cellStyle name="Normal" xfId="0" builtinId="0"/>',
}
NO_STYLES = DECLARATION + f'<styleSheet xmlns="{MAIN}"/>'.encode()
"""A styles part that says nothing."""


def form(element: etree._Element) -> tuple[Any, ...]:
    """The element as it reads whatever its prefixes and the order of its attributes."""
    return (
        element.tag,
        tuple(sorted(element.attrib.items())),
        (element.text or "").strip(),
        tuple([form(child) for child in element if local_name(child)]),
    )


class FormatLists:
    """The lists under the root of one styles part, as they are with what is to be added.

    Args:
        root: The <styleSheet>; it is not changed.
    """

    def __init__(self, root: etree._Element) -> None:
        self._items: dict[str, list[etree._Element]] = {}
        self._held: dict[str, int] = {}
        self._known: dict[str, dict[tuple[Any, ...], int]] = {}
        for name in _ORDER:
            group = root.find(main(name))
            items = [] if group is None else [e for e in group if local_name(e)]
            self._items[name] = items
            self._held[name] = len(items)

    def items(self, name: str) -> list[etree._Element]:
        """The formats of one list, such as "fonts"."""
        return self._items[name]

    def index_of(self, name: str, element: etree._Element) -> int:
        """The place of a format in a list: that of one alike, or a new one at the end."""
        known = self._known.get(name)
        if known is None:
            self.fill_first_places(name)
            known = self._known[name] = {}
            for place, item in enumerate(self._items[name]):
                known.setdefault(form(item), place)
        key = form(element)
        if key not in known:
            known[key] = self.append(name, element)
        return known[key]

    def append(self, name: str, element: etree._Element) -> int:
        """Add a format at the end of a list, and give its place."""
        self._items[name].append(element)
        return len(self._items[name]) - 1

    def fill_first_places(self, name: str) -> None:
        """Put into an empty list what Excel takes to stand first in it."""
        if not self._items[name] and name in _FIRST:
            holder = etree.fromstring(f'<list xmlns="{MAIN}">{_FIRST[name]}</list>')
            self._items[name] += list(holder)

    @property
    def has_grown(self) -> bool:
        """Whether there is anything to write."""
        return any(len(items) > self._held[name] for name, items in self._items.items())

    def write(self, root: etree._Element) -> None:
        """Put what was added into the part that the lists were read from, given by its root."""
        for place, name in enumerate(_ORDER):
            new = self._items[name][self._held[name] :]
            if not new:
                continue
            group = root.find(main(name))
            if group is None:
                group = etree.Element(main(name))
                later = map(root.find, map(main, _ORDER[place + 1 :]))
                follower = next((element for element in later if element is not None), None)
                if follower is None:
                    root.append(group)
                else:
                    follower.addprevious(group)
            group.extend(new)
            group.set("count", str(len(self._items[name])))
