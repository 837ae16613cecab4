"""Returns while their owners fill them in, in all the ways in which people do.

Everything is drawn from a seed. Whatever is typed is noted, so that it can be looked for later.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.cycle.mischief_book import Book, Cell, Row, Sheet

FIELDS = (
    "reference", "workstream", "action", "due_date", "last_status", "last_update",
    "status", "update", "to_do", "date_change", "date_change_reason",
)  # fmt: skip
"""The columns of a return as it is sent."""

NEW_ACTION = ("theme", "workstream", "action", "start_date", "due_date", "lead", "reason")
LOCKED = ("workstream", "action", "due_date", "last_status", "last_update")

HEADING_ROW = 6


@dataclass(eq=False)
class Typed:
    """What somebody typed or changed.

    Attributes:
        sheet: The sheet that it stands on.
        cell: Its cell.
        key: The key of the action that it is about; None where nobody can tell, and empty for a
            new action.
        field: The field of its column; "other" in a column or a sheet that was not sent.
        text: What the cell shows.
        formula: The formula that it holds.
    """

    sheet: Sheet
    cell: Cell
    key: str | None
    field: str
    text: str
    formula: str = ""


@dataclass(eq=False)
class Line:
    """A row of a return that holds an action, and the action's key."""

    row: Row
    key: str | None


class Filling:
    """A return while it is filled in.

    Args:
        data: The return as it was sent.
        keys: The key of each action, by its wording and its reference as they were sent.
        others: Other owners' lines, to be copied: their texts by field, and their keys.
        random: Where chance comes from.
        name: A word that no other return of this run has; it is in the return's file name.
    """

    def __init__(
        self,
        data: bytes,
        keys: dict[tuple[str, str], str],
        others: list[tuple[dict[str, str], str]],
        random: Random,
        name: str,
    ) -> None:
        self.book = Book(data)
        self.main, self.new = self.book.sheet("Your update"), self.book.sheet("New actions")
        self.guide, self.hidden = self.book.sheet("Guide"), self.book.sheet("_sheetplan")
        self.heading_row = self.main.rows[HEADING_ROW - 1]
        self.columns = {name: number for number, name in enumerate(FIELDS, 1)}
        self.others, self.random, self.name = others, random, name
        self.is_resaved = self.is_in_folder = self.is_zipped = self.is_copied = False
        self.file_name = f"{name}.xlsx"
        self._typed: dict[int, Typed] = {}
        self._count = 0
        self.lines = []
        self.was_sent: dict[tuple[str, str], str] = {}
        for texts, key in others:
            self.was_sent |= {(key, name): texts[name] for name in ("status", "update")}
        for row in self.main.rows[HEADING_ROW:]:
            wording, reference = self.text(row, "action"), self.text(row, "reference")
            if wording:
                key = keys[wording, reference]
                self.lines.append(Line(row, key))
                for name in ("status", "update"):
                    self.was_sent[key, name] = self.text(row, name)

    def text(self, row: Row, name: str) -> str:
        """What a cell of a field says that was sent."""
        return self.book.text(row.cell(self.columns[name]))

    @property
    def typed(self) -> list[Typed]:
        """All that was typed and is still there, once the book is written."""
        return [typed for typed in self._typed.values() if typed.cell.place]

    @property
    def says_what_was_sent(self) -> bool:
        """Whether the hidden sheet is still there."""
        return self.hidden in self.book.sheets

    def some_line(self) -> Line:
        return self.random.choice(self.lines)

    def unique(self, words: str) -> str:
        """Words that nobody else types."""
        self._count += 1
        return f"{words} [{self.name}-{self._count}]"

    # ---------------------------------------------------------------- typing

    def note(self, typed: Typed) -> None:
        """Note what now stands in a cell, instead of what was noted of it before."""
        self._typed[id(typed.cell)] = typed

    def noted(self, cell: Cell) -> Typed | None:
        return self._typed.get(id(cell))

    def forget(self, cell: Cell) -> None:
        self._typed.pop(id(cell), None)

    def put(self, line: Line, name: str, text: str, *, is_rich: bool = False) -> None:
        """Type a text into a line."""
        cell = line.row.cell(self.columns[name])
        sent = self.was_sent.get((line.key or "", name), "")
        (cell.put_rich if is_rich else cell.put_text)(text)
        if text.strip() and text != sent:
            self.note(Typed(self.main, cell, line.key, name, text))
        else:
            self.forget(cell)

    def put_value(
        self, line: Line, name: str, shown: str, value: str, kind: str, style: str = "",
        formula: str = "",
    ) -> None:  # fmt: skip
        """Paste a number, a date, a switch, an error or a formula into a line."""
        cell = line.row.cell(self.columns[name])
        cell.put_value(value, kind, self.book.styles.get(style, "0"), formula)
        self.note(Typed(self.main, cell, line.key, name, shown, formula))

    def clear(self, line: Line, name: str) -> None:
        """Clear a cell that was sent with text."""
        cell = line.row.cell(self.columns[name])
        if self.noted(cell) is None and self.book.text(cell).strip():
            cell.clear()
            self.note(Typed(self.main, cell, line.key, name, ""))

    def copied_row(self, line: Line) -> Line:
        """A copy of a line, with what was typed there."""
        copy = Line(line.row.copy(), line.key)
        for column, cell in line.row.cells.items():
            typed = self.noted(cell)
            if typed is not None:
                new = copy.row.cell(column)
                self.note(Typed(self.main, new, line.key, typed.field, typed.text, typed.formula))
        return copy


# ---------------------------------------------------------------- what is typed

STATUSES = ("On track", "Medium Progress", "Significant slippage", "Complete", "On hold", "Closed")
_OTHER_STATUSES = (
    "ON TRACK", "on-track", "Onn track", "On track - slightly behind", "Green", "going OK i think",
    "complete??", "Medium  progress", "Amber/Green", "=On track", "N/A", "0", "None", "Tbc\nask Jo",
)  # fmt: skip
_ODD_UPDATES = (
    "=SUM(A1:A3) is what we did {0}", "+ more staff {0}", "- none left {0}", "@cabinet {0}",
    "Line one\r\nline two\r\n\r\nline four {0}", "Tab\there {0}", "  blanks around {0}   ",
    "Café, naïve, Zoë Žižek – “quoted” {0}", "Cafe\u0301 decomposed {0}", "Done 😀👍🏽 {0}",
    "\u202bתוכנית שיפור\u202c and عربي {0}", "Soft\x0bbreak and \x07bell {0}", "_x000B_ typed {0}",
    "<b>&amp; ]]> </t> {0}", "'apostrophe {0}", "hard\u00a0space {0}", "para\u2029graph {0}",
    "two  blanks   here {0}", "split \ud83d\ude00 halves {0}", "half \ud83d only {0}",
    "{0}; and; semicolons", "zero\u200bwidth {0}", "\n\nbreaks first {0}\n\n", "#REF! {0}",
    "next\x85line {0}", "\ufeffmark {0}", "100% {0}",
)  # fmt: skip
_COMMON_UPDATES = ("Going well", "No change", "See last month", "Begun in June [AB]")
_DATES = ("September 2027", "31/03/2027", "ASAP", "Q3 2026/27", "Mar-28", "when funded")

PASTED = (
    ("3", "3", "", ""),
    ("45%", "0.45", "", "percent"),
    ("06/07/2023", "45113", "", "date"),
    ("09:30", "0.395833333333333", "", "time"),
    ("25:30:00", "1.0625", "", "duration"),
    ("TRUE", "1", "b", ""),
    ("-2.5", "-2.5", "", ""),
    ("#REF!", "#REF!", "e", ""),
    ("#N/A", "#N/A", "e", ""),
)


def fill_in(filling: Filling) -> None:
    """Answer most rows, in the ways in which people answer."""
    random = filling.random
    for line in filling.lines:
        if random.random() < 0.2:
            continue
        if random.random() < 0.85:
            give_status(filling, line)
        if random.random() < 0.75:
            give_update(filling, line)
        if random.random() < 0.15:
            filling.put(line, "date_change", random.choice(_DATES))
        if random.random() < 0.12:
            filling.put(line, "date_change_reason", filling.unique("The supplier is late"))


def give_status(filling: Filling, line: Line) -> None:
    words = STATUSES if filling.random.random() < 0.75 else _OTHER_STATUSES
    filling.put(line, "status", filling.random.choice(words))


def give_update(filling: Filling, line: Line) -> None:
    random, unique = filling.random, filling.unique("Moved on in July")
    chance = random.random()
    if chance < 0.4:
        filling.put(line, "update", unique, is_rich=random.random() < 0.3)
    elif chance < 0.6:
        filling.put(line, "update", random.choice(_COMMON_UPDATES))
    elif chance < 0.97:
        filling.put(line, "update", random.choice(_ODD_UPDATES).format(unique))
    else:
        filling.put(line, "update", _long_text(filling))


def _long_text(filling: Filling) -> str:
    return filling.unique("Long") + filling.random.choice("xé😀") * 33_000 + "end"
