"""Owners who fill in their returns, and what people and programs do to them on the way.

Everything is drawn from a seed. Whatever is typed is noted, so that it can be looked for later.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

import openpyxl
from openpyxl.utils import column_index_from_string

from tests.cycle.mischief_book import Book, Cell, Row, Sheet

FIELDS = (
    "reference", "workstream", "action", "due_date", "last_status", "last_update",
    "status", "update", "to_do", "date_change", "date_change_reason",
)  # fmt: skip
"""The columns of a return as it is sent."""

NEW_ACTION = ("theme", "workstream", "action", "start_date", "due_date", "lead", "reason")
LOCKED = ("workstream", "action", "due_date", "last_status", "last_update")

_HEADING_ROW = 6


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
        self.columns = {name: number for number, name in enumerate(FIELDS, 1)}
        self.others, self.random, self.name = others, random, name
        self.is_resaved = self.is_in_folder = self.is_zipped = self.is_copied = False
        self.file_name = f"{name}.xlsx"
        self._typed: dict[int, Typed] = {}
        self._count = 0
        self.lines = []
        self.was_sent: dict[tuple[str, str], str] = {}
        for row in self.main.rows[_HEADING_ROW:]:
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

    @property
    def heading_row(self) -> Row:
        column = self.columns["reference"]
        return next(r for r in self.main.rows if self.book.text(r.cell(column)) == "Reference")

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

_PASTED = (
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
            _give_status(filling, line)
        if random.random() < 0.75:
            _give_update(filling, line)
        if random.random() < 0.15:
            filling.put(line, "date_change", random.choice(_DATES))
        if random.random() < 0.12:
            filling.put(line, "date_change_reason", filling.unique("The supplier is late"))


def _give_status(filling: Filling, line: Line) -> None:
    words = STATUSES if filling.random.random() < 0.75 else _OTHER_STATUSES
    filling.put(line, "status", filling.random.choice(words))


def _give_update(filling: Filling, line: Line) -> None:
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


# ---------------------------------------------------------------- mischief

Mischief = Callable[[Filling], None]


def lose_one_place(filling: Filling) -> None:
    filling.random.choice(_PLACES)(filling)


def lose_three_places(filling: Filling) -> None:
    for lose in filling.random.sample(_PLACES, 3):
        lose(filling)


def _lose_the_name(filling: Filling) -> None:
    filling.book.has_name = False


def _lose_the_properties(filling: Filling) -> None:
    filling.book.has_properties = False


def _lose_the_hidden_sheet(filling: Filling) -> None:
    if filling.hidden in filling.book.sheets:
        filling.book.sheets.remove(filling.hidden)


def _lose_the_visible_line(filling: Filling) -> None:
    for row in filling.main.rows:
        for cell in row.cells.values():
            if "Return reference" in filling.book.text(cell):
                cell.clear()


_PLACES = (
    _lose_the_name, _lose_the_properties, _lose_the_hidden_sheet, _lose_the_visible_line
)  # fmt: skip


def rename_the_sheets(filling: Filling) -> None:
    for sheet in (filling.main, filling.new, filling.guide):
        sheet.name = filling.random.choice(("{} ", "Copy of {}", "{} July")).format(sheet.name)[:31]


def reorder_the_sheets(filling: Filling) -> None:
    filling.random.shuffle(filling.book.sheets)


def show_the_hidden_sheet(filling: Filling) -> None:
    filling.hidden.state = ""


def sort_the_rows(filling: Filling) -> None:
    rows = filling.main.rows
    places = [rows.index(line.row) for line in filling.lines]
    filling.random.shuffle(filling.lines)
    for at, line in zip(places, filling.lines, strict=True):
        rows[at] = line.row


def filter_the_rows(filling: Filling) -> None:
    for line in filling.lines:
        line.row.is_hidden = filling.random.random() < 0.6


def insert_rows(filling: Filling) -> None:
    rows = filling.main.rows
    for _ in range(filling.random.randint(1, 3)):
        rows.insert(filling.random.randint(_HEADING_ROW, len(rows)), Row())


def insert_rows_above(filling: Filling) -> None:
    for _ in range(filling.random.randint(1, 4)):
        filling.main.rows.insert(filling.random.randint(0, 5), Row())


def delete_a_row(filling: Filling) -> None:
    if len(filling.lines) > 1:
        line = filling.some_line()
        filling.lines.remove(line)
        filling.main.rows.remove(line.row)


def repeat_a_row(filling: Filling) -> None:
    copy = filling.copied_row(filling.some_line())
    filling.lines.append(copy)
    filling.main.rows.append(copy.row)


def repeat_a_row_with_other_answers(filling: Filling) -> None:
    repeat_a_row(filling)
    _give_status(filling, filling.lines[-1])
    _give_update(filling, filling.lines[-1])


def repeat_all_rows_with_their_headings(filling: Filling) -> None:
    filling.main.rows += [Row(), filling.heading_row.copy()]
    for line in list(filling.lines):
        copy = filling.copied_row(line)
        filling.lines.append(copy)
        filling.main.rows.append(copy.row)


def move_columns(filling: Filling) -> None:
    for _ in range(filling.random.randint(1, 3)):
        one, other = filling.random.sample(sorted(filling.columns), 2)
        columns = filling.columns
        filling.main.swap_columns(columns[one], columns[other])
        columns[one], columns[other] = columns[other], columns[one]


def insert_a_column(filling: Filling) -> None:
    at = filling.random.randint(1, len(FIELDS))
    filling.main.insert_column(at)
    filling.columns = {name: c + (c >= at) for name, c in filling.columns.items()}
    if filling.random.random() < 0.7:
        filling.heading_row.cell(at).put_text(filling.random.choice(("My notes", "Owner", "RAG")))
    for line in filling.lines:
        if filling.random.random() < 0.5:
            _write_beside(filling, line, at)


def write_beside_the_table(filling: Filling) -> None:
    _write_beside(filling, filling.some_line(), max(filling.columns.values()) + 2)


def _write_beside(filling: Filling, line: Line, column: int) -> None:
    cell, text = line.row.cell(column), filling.unique("Note to self")
    cell.put_text(text)
    filling.note(Typed(filling.main, cell, line.key, "other", text))


def write_into_to_do(filling: Filling) -> None:
    _write_beside(filling, filling.some_line(), filling.columns["to_do"])


def rename_a_heading(filling: Filling) -> None:
    name = filling.random.choice(("status", "update", "date_change", "action", "reference"))
    filling.heading_row.cell(filling.columns[name]).put_text("What we say")


def paste_over(filling: Filling) -> None:
    for _ in range(filling.random.randint(1, 3)):
        name = filling.random.choice(("status", "status", "update", "date_change"))
        filling.put_value(filling.some_line(), name, *filling.random.choice(_PASTED))


def leave_a_formula(filling: Filling) -> None:
    name = filling.random.choice(("status", "update", "date_change", "date_change_reason"))
    shown = filling.random.choice(("", filling.unique("Worked out")))
    formula = filling.random.choice(("A1", 'HYPERLINK("http://x.example","y")', "B7&C7"))
    filling.put_value(filling.some_line(), name, shown, shown, "str" if shown else "", "", formula)


def misspell_references(filling: Filling) -> None:
    spellings: tuple[Callable[[str], str], ...] = (
        lambda text: text.replace(".", "", 1), str.lower, "{} ".format, " {}".format,
        lambda text: text.replace(".", ". "), "\u00a0{}".format,
    )  # fmt: skip
    for line in filling.lines:
        cell = line.row.cell(filling.columns["reference"])
        cell.put_text(filling.random.choice(spellings)(filling.book.text(cell)))


def wipe_references(filling: Filling) -> None:
    for line in filling.lines:
        if filling.random.random() < 0.6:
            cell = line.row.cell(filling.columns["reference"])
            cell.clear()
            filling.forget(cell)


def alter_a_reference(filling: Filling) -> None:
    """To that of another row: of the same return, of another's, or of none."""
    line = filling.some_line()
    others = [
        filling.text(other.row, "reference")
        for other in filling.lines
        if filling.text(other.row, "action") != filling.text(line.row, "action")
    ]
    others += [texts["reference"] for texts, _ in filling.others] + ["OC.Z9.9", "see above"]
    cell = line.row.cell(filling.columns["reference"])
    text = filling.random.choice(others)
    cell.put_text(text)
    if text.strip():
        filling.note(Typed(filling.main, cell, None, "reference", text))


def swap_two_references(filling: Filling) -> None:
    column = filling.columns["reference"]
    pair = filling.random.sample(filling.lines, min(2, len(filling.lines)))
    if len({filling.text(line.row, "action") for line in pair}) == 2:
        one, other = (line.row.cell(column) for line in pair)
        texts = filling.book.text(one), filling.book.text(other)
        for cell, text in zip((other, one), texts, strict=True):
            cell.put_text(text)


def edit_locked_cells(filling: Filling) -> None:
    for _ in range(filling.random.randint(1, 3)):
        line, name = filling.some_line(), filling.random.choice(LOCKED)
        filling.put(line, name, filling.unique(f"Should say otherwise {name}"))


def clear_locked_cells(filling: Filling) -> None:
    cell = filling.some_line().row.cell(filling.columns[filling.random.choice(LOCKED)])
    cell.clear()
    filling.forget(cell)


def clear_what_was_filled_in(filling: Filling) -> None:
    for line in filling.lines:
        for name in ("status", "update"):
            filling.clear(line, name)


def ask_for_new_actions(filling: Filling) -> None:
    rows = filling.new.rows
    for _ in range(filling.random.randint(1, 3)):
        row = rows[filling.random.randint(3, len(rows) - 1)]
        for column, name in enumerate(NEW_ACTION, 2):
            if filling.random.random() < 0.7:
                text = filling.unique(f"New {name}")
                row.cell(column).put_text(text)
                filling.note(Typed(filling.new, row.cell(column), "", name, text))


def paste_rows_of_others(filling: Filling) -> None:
    for texts, key in filling.random.sample(filling.others, min(2, len(filling.others))):
        line = Line(Row(), key)
        for name, text in texts.items():
            line.row.cell(filling.columns[name]).put_text(text)
        filling.main.rows.append(line.row)
        _give_status(filling, line)
        _give_update(filling, line)


def write_above(filling: Filling) -> None:
    """A remark above the headings, over what stands there or beside it."""
    sheet = filling.random.choice((filling.main, filling.new))
    row = filling.random.choice(sheet.rows[: 5 if sheet is filling.main else 2])
    cell, text = row.cell(filling.random.choice((1, 1, 3))), filling.unique("Ask Jo about this")
    if "Return reference" not in filling.book.text(cell):
        cell.put_text(text)
        filling.note(Typed(sheet, cell, None, "other", text))


def write_below(filling: Filling) -> None:
    """A remark under the rows, in a column that holds answers or one that does not."""
    filling.main.rows += [Row(), row := Row()]
    name = filling.random.choice(("reference", "action", "status", "update", "due_date"))
    cell, text = row.cell(filling.columns[name]), filling.unique("On leave until Monday")
    cell.put_text(text)
    filling.note(Typed(filling.main, cell, None, "other", text))


def save_with_macros(filling: Filling) -> None:
    filling.book.is_macro_enabled = True
    filling.file_name = filling.file_name.replace(".xlsx", ".xlsm")


def save_with_openpyxl(filling: Filling) -> None:
    filling.is_resaved = True


def rename_the_file(filling: Filling) -> None:
    stem, dot, ending = filling.file_name.rpartition(".")
    ways = ("{} (1)", "Copy of {}; final", "OC.A1.1 {} v2.0", "{} é ü", "RE {}&co")
    filling.file_name = filling.random.choice(ways).format(stem) + dot + ending


def put_it_into_a_folder(filling: Filling) -> None:
    filling.is_in_folder = True


def zip_it(filling: Filling) -> None:
    filling.is_zipped = True


def keep_two_copies(filling: Filling) -> None:
    filling.is_copied = True


MISCHIEF: tuple[Mischief, ...] = (
    lose_one_place, lose_three_places, rename_the_sheets, reorder_the_sheets,
    show_the_hidden_sheet, sort_the_rows, filter_the_rows, insert_rows, insert_rows_above,
    delete_a_row, repeat_a_row, repeat_a_row_with_other_answers,
    repeat_all_rows_with_their_headings, move_columns, insert_a_column, write_beside_the_table,
    write_into_to_do, rename_a_heading, paste_over, leave_a_formula, misspell_references,
    wipe_references, alter_a_reference, swap_two_references, edit_locked_cells,
    clear_locked_cells, clear_what_was_filled_in, ask_for_new_actions, paste_rows_of_others,
    write_above, write_below, save_with_macros, save_with_openpyxl, rename_the_file, put_it_into_a_folder,
    zip_it, keep_two_copies,
)  # fmt: skip
"""All that may happen to a return, in any order and together."""


def resaved(data: bytes) -> bytes:
    """A workbook as another program saves it: here openpyxl.

    One that holds a text such as _x000B_ stays as it is: openpyxl would make a control character
    of it.
    """
    if b"_x005F_" in Book(data).text_parts:
        return data
    stream = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data), rich_text=True).save(stream)
    return stream.getvalue()
