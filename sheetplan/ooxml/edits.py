"""An edit: one change to a workbook that can be shown before it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Edit:
    """One change.

    Attributes:
        what: The kind of thing, in words that Excel's own menus use: "drop-down", "filter" …
        sheet: The sheet it belongs to; empty for the workbook's own.
        before: What it was, such as its range; empty for something new.
        after: What it will be.
        replaces: What the edit takes away or writes over, as `inventory` names the places: the
            promise allows these and nothing else.
        make: Makes the change; called inside `Workbook.editing` of the sheet.
    """

    what: str
    sheet: str
    before: str
    after: str
    make: Callable[[], None] = field(repr=False, compare=False)
    replaces: tuple[str, ...] = ()
