"""Defined names of a workbook, and of one sheet (ISO/IEC 29500-1, 18.2.5)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree

from sheetplan.ooxml.inventory.elements import place_of_name
from sheetplan.ooxml.workbook import Workbook, ensure_child
from sheetplan.ooxml.xml import main

_NAME = main("definedName")


@dataclass(frozen=True)
class DefinedName:
    """One name.

    Attributes:
        name: As it is spelled; capitals do not tell names apart.
        text: What it stands for, a formula without its equals sign.
        scope: The position of the sheet that it belongs to; None for the workbook's own.
        settings: Its other attributes: hidden, comment …
    """

    name: str
    text: str
    scope: int | None = None
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, int | None]:
        """What no other name of the workbook has."""
        return self.name.casefold(), self.scope


def names_of(workbook: Workbook) -> list[DefinedName]:
    """All names of a workbook, those of its sheets included."""
    root = workbook.package.xml(workbook.package.main_part)
    return [_read(element) for element in root.iterfind(f"{main('definedNames')}/{_NAME}")]


def _read(element: etree._Element) -> DefinedName:
    scope = element.get("localSheetId")
    settings = tuple(
        (str(name), str(value))
        for name, value in element.attrib.items()
        if name not in ("name", "localSheetId")
    )
    return DefinedName(
        element.get("name", ""), element.text or "", None if scope is None else int(scope), settings
    )


def change_names(
    workbook: Workbook,
    put: Collection[DefinedName],
    drop: Collection[tuple[str, int | None]] = (),
) -> frozenset[tuple[str, str]]:
    """Write names, in the place of those with the same key, and take others away.

    Args:
        workbook: The workbook.
        put: The names to write.
        drop: Keys of names to take away.

    Returns:
        The (part, place) pairs of names that mean something else now or are gone.
    """
    if not put and not drop:
        return frozenset()
    package = workbook.package
    wanted = {name.key: name for name in put}
    agreed = set()
    with package.editing(package.main_part) as root:
        holder = ensure_child(root, "definedNames")
        for element in list(holder.iterchildren(_NAME)):
            old = _read(element)
            new = wanted.pop(old.key, None)
            if new is None and old.key not in drop:
                continue
            if new != old:
                place = place_of_name(old.name, element.get("localSheetId"))
                agreed.add((package.main_part, place))
            if new is None:
                holder.remove(element)
            else:
                _write(element, new)
        for new in wanted.values():
            _write(etree.SubElement(holder, _NAME), new)
        if len(holder) == 0:
            root.remove(holder)
    return frozenset(agreed)


def _write(element: etree._Element, name: DefinedName) -> None:
    element.attrib.clear()
    element.set("name", name.name)
    if name.scope is not None:
        element.set("localSheetId", str(name.scope))
    for setting, value in name.settings:
        element.set(setting, value)
    element.text = name.text
