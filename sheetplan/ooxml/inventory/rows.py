"""The rows of two forms of a worksheet: compared as text, and cell by cell where they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from sheetplan.ooxml.sheet_rows import cells_of, name_the_cells
from sheetplan.ooxml.xml import canonical, local_name

Note = Callable[..., None]
Wrappers = tuple[tuple[bytes, bytes], tuple[bytes, bytes]]
"""The tags between which a row can be parsed: of the earlier form, and of the later one."""

_SPANS = re.compile(rb'\sspans="[^"]*"')
_EMPTY = re.compile(rb'(r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)/>')
_CONTENT = re.compile(
    rb'(?: t="[a-zA-Z]+")?>(?:<v>[^<]+</v>|<is><t(?: xml:space="preserve")?>[^<]+</t></is>)</c>'
)
_NUMBER = re.compile(rb'\sr="(\d+)"')


@dataclass
class CellCount:
    """How many cells stayed as they were, and how many did not.

    Filled are those that were there, held nothing and hold something now.
    """

    unchanged: int = 0
    filled: int = 0
    added: int = 0
    changed: int = 0
    lost: int = 0


def each_row(rows: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The rows in a stretch of text: number, opening tag, and the cells as they stand in it."""
    if not rows:
        return
    name = re.search(rb"<((?:[\w.-]+:)?row)\b", rows)
    if name is None:
        return
    start_tag, end_tag = b"<" + name[1], b"</" + name[1] + b">"
    at, number = rows.find(start_tag), 0
    while at >= 0:
        close = rows.index(b">", at)
        stated = _NUMBER.search(rows, at, close)
        number = int(stated[1]) if stated else number + 1
        if rows[close - 1 : close] == b"/":
            yield number, rows[at : close - 1], b""
            at = rows.find(start_tag, close)
        else:
            end = rows.index(end_tag, close)
            yield number, rows[at:close], rows[close + 1 : end]
            at = rows.find(start_tag, end)


def compare_rows(
    old_frame: bytes, old_rows: bytes, new_frame: bytes, new_rows: bytes, note: Note
) -> CellCount:
    """Note what is lost or changed in the rows, and count their cells."""
    opening = re.search(rb"<((?:[\w.-]+:)?)sheetData\b", old_frame)
    cell_tag = b"<" + (opening[1] if opening else b"") + b"c"
    wrap = _wrapper(old_frame), _wrapper(new_frame)
    looked_at = CellCount()  # the cells of rows that do not begin with all that they held
    in_lost_rows = in_such_rows = 0
    new = each_row(new_rows)
    ahead = next(new, None)
    for number, tag, cells in each_row(old_rows):
        while ahead is not None and ahead[0] < number:
            ahead = next(new, None)
        if ahead is None or ahead[0] > number:
            note("lost", f"row {number}")
            in_lost_rows += _count(cells, cell_tag)
            continue
        _compare_row_settings(number, tag, ahead[1], wrap, note)
        if not ahead[2].startswith(cells):
            in_such_rows += _count(cells, cell_tag)
            _compare_cells(number, cells, ahead[2], cell_tag + b" ", wrap, note, looked_at)
        ahead = next(new, None)
    before, after = _count(old_rows, cell_tag), _count(new_rows, cell_tag)
    lost = in_lost_rows + looked_at.lost
    return CellCount(
        unchanged=before - in_lost_rows - in_such_rows + looked_at.unchanged,
        filled=looked_at.filled,
        added=after - (before - lost),
        changed=looked_at.changed,
        lost=lost,
    )


def _count(cells: bytes, tag: bytes) -> int:
    """How many cells begin here: every cell that can be found again has a name, so a space."""
    return cells.count(tag + b" ")


def _wrapper(frame: bytes) -> tuple[bytes, bytes]:
    """The root's own tags, between which a row can be parsed by itself."""
    start = re.search(rb"<(?:[\w.-]+:)?worksheet\b[^>]*>", frame)
    assert start is not None
    name = start[0][1:].split(b">")[0].split()[0]
    return start[0], b"</" + name + b">"


def _parsed(row: bytes, wrap: tuple[bytes, bytes]) -> etree._Element:
    return etree.fromstring(wrap[0] + row + wrap[1])[0]


def _compare_row_settings(
    number: int,
    old: bytes,
    new: bytes,
    wrap: Wrappers,
    note: Note,
) -> None:
    """`spans` may go: it only hints at where cells stand."""
    if old == new or _SPANS.sub(b"", old) == _SPANS.sub(b"", new):
        return
    before, after = (
        dict(_parsed(tag + b"/>", w).attrib) for tag, w in zip((old, new), wrap, strict=True)
    )
    for settings in (before, after):
        settings.pop("spans", None)
        settings.pop("r", None)
    if before != after:
        note("changed", f"row {number}", f"{before} -> {after}")


def _compare_cells(
    number: int,
    old: bytes,
    new: bytes,
    cell_tag: bytes,
    wrap: Wrappers,
    note: Note,
    count: CellCount,
) -> None:
    """Compare the cells of a row: those that read otherwise than the ones in their places, which
    mostly are a few that stood empty and are filled."""
    before, after = old.split(cell_tag), new.split(cell_tag)
    start = _alike(zip(before, after, strict=False))
    most = min(len(before), len(after)) - start
    end = min(_alike(zip(reversed(before), reversed(after), strict=False)), most)
    before, after = before[start : len(before) - end], after[start : len(after) - end]
    count.unchanged += end + max(start - 1, 0)  # the first piece stands before the first cell
    if start and len(before) == len(after) and all(map(_is_filled, before, after)):
        count.filled += len(before)
        for cell in before:
            note("added", cell.split(b'"', 2)[1].decode())
        return
    if start:  # what stands before the first cell is the same
        before, after = [b"", *before], [b"", *after]
    _compare_parsed(number, cell_tag.join(before), cell_tag.join(after), wrap, note, count)


def _alike(pairs: Iterable[tuple[bytes, bytes]]) -> int:
    """How many pairs are alike before the first that is not."""
    count = 0
    for old, new in pairs:
        if old != new:
            break
        count += 1
    return count


def _is_filled(old: bytes, new: bytes) -> bool:
    """Whether a cell that stood empty holds something, its look the same, as we write it."""
    empty = _EMPTY.fullmatch(old)
    return (
        empty is not None
        and new.startswith(empty[1])
        and _CONTENT.fullmatch(new, empty.end(1)) is not None
    )


def _compare_parsed(
    number: int, old: bytes, new: bytes, wrap: Wrappers, note: Note, count: CellCount
) -> None:
    sides = []
    for cells, w in zip((old, new), wrap, strict=True):
        tag = b"row"
        prefix = re.match(rb"<((?:[\w.-]+:)?)worksheet", w[0])
        if prefix:
            tag = prefix[1] + tag
        row = _parsed(b"<" + tag + b">" + cells + b"</" + tag + b">", w)
        name_the_cells(row, number)
        sides.append(({cell.get("r", ""): cell for _, cell in cells_of(row)}, row))
    (before, old_row), (after, new_row) = sides
    for name, cell in before.items():
        other = after.get(name)
        if other is None:
            note("lost", name)
            count.lost += 1
        elif canonical(cell) == canonical(other):
            count.unchanged += 1
        elif len(cell) == 0 and cell.attrib.get("s") == other.attrib.get("s"):
            note("added", name)  # an empty cell was filled, its style kept
            count.filled += 1
        else:
            note("changed", name)
            count.changed += 1
    extras = [canonical(e) for e in old_row if local_name(e) != "c"]
    if extras != [canonical(e) for e in new_row if local_name(e) != "c"]:
        note("changed", f"row {number}", "extension")
