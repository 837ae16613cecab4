"""Focus: whether a main action is reported in full or by exception."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from sheetplan.model.wording import compact


class Focus(Enum):
    """How a main action, and with it all of its actions, is reported."""

    IN_FULL = "in full"
    BY_EXCEPTION = "by exception"

    @classmethod
    def read(
        cls, value: object, *, in_full: Iterable[str], by_exception: Iterable[str]
    ) -> Focus | None:
        """What a focus cell says; None where it says neither, as "N/A" beside an action does.

        Args:
            value: What the cell holds. A number counts as its figures: 1 is "1".
            in_full: What the cell says of an action that is reported in full.
            by_exception: What it says of one that is reported by exception.
        """
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        typed = compact("" if value is None else str(value))
        if typed and typed in map(compact, in_full):
            return cls.IN_FULL
        if typed and typed in map(compact, by_exception):
            return cls.BY_EXCEPTION
        return None
