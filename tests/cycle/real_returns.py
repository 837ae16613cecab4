"""What the owners of a real council's plan send back: who did what to which return.

PEOPLE is the list of it. Everybody fills in every row first, and then does what the list says.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.cycle import mischief
from tests.cycle.mischief_book import Row
from tests.cycle.mischief_filling import NEW_ACTION, Filling, Line, Typed
from tests.cycle.real_month import RealMonth
from tests.cycle.real_saving import (
    as_csv,
    of_an_older_form,
    of_another_tracker,
    of_july,
    with_links,
    with_macros,
    with_two_identities,
    with_wide_columns,
)

ON_TRACK = "On Track- little or no slippage"
AMBER = "Medium Progress- actual/ projected slippage of 1-2 months"
LONG = 33_000  # characters, more than a cell holds
_HEADINGS = 5  # the rows above the headings


class Person(NamedTuple):
    """An owner, by how the name begins; what the owner does; and where the file then lies."""

    owner: str
    does: tuple[Callable[[Filling], None], ...]
    saves: Callable[[bytes], bytes] = bytes
    place: str = "{}.xlsx"


class SentBack(NamedTuple):
    """A return that came back: its owner, how it was filled in, and where it lies."""

    owner: str
    filling: Filling
    path: Path


def line(filling: Filling, key: str) -> Line:
    """The row of an action, where it is there once."""
    (found,) = (each for each in filling.lines if each.key == key)
    return found


def fill_in_plainly(filling: Filling) -> None:
    """A status and an update for every row."""
    for each in filling.lines:
        filling.put(each, "status", ON_TRACK)
        filling.put(each, "update", filling.unique(f"August for {each.key}"))


# ---------------------------------------------------------------- words


def write_at_length(filling: Filling) -> None:
    """Rich text as Excel stores it, line breaks, accents, control characters, and far too much."""
    first, second, third, fourth = filling.lines
    filling.put(first, "update", bold := filling.unique("Two of five posts are filled"))
    own = '<sz val="10"/><color rgb="FF0B0C0C"/><rFont val="Arial"/><family val="2"/>'
    pieces = ("", bold[:4]), (f"<b/>{own}", bold[4:11]), (own, bold[11:])
    first.row.cell(filling.columns["update"]).put_runs(
        "".join(f'<r><rPr>{p}</rPr><t xml:space="preserve">{text}</t></r>' for p, text in pieces)
    )
    filling.put(second, "update", filling.unique("Café – “naïve” 😀\r\n\r\n• Zoë’s £5\tand more"))
    filling.put(third, "update", filling.unique("Soft\x0bbreak, bell\x07 and null\x00"))
    filling.put(fourth, "update", filling.unique("Long") + "x" * LONG + "end")


def begin_like_formulas(filling: Filling) -> None:
    """Words that begin with = + - @, and links to elsewhere in the file (see `with_links`)."""
    words = ("=2+2 staff joined", "+1 post", "-3 posts", "@cabinet agreed", "=cmd|'/c calc'!A1")
    for each, text in zip(filling.lines, words, strict=False):
        filling.put(each, "update", filling.unique(text))


def leave_formulas(filling: Filling) -> None:
    """A formula where a status should be, and one for an update that shows nothing."""
    *_, one, other = filling.lines
    filling.put_value(one, "status", "Complete", "Complete", "str", "", "G7&H7")
    filling.put_value(other, "update", "", "", "", "", "'C:\\[budget.xlsx]Sheet1'!A1")


def paste_over_drop_downs(filling: Filling) -> None:
    """A number, a date, a share and an error where a status belongs."""
    pasted = ("3", "3", "", ""), ("06/07/2023", "45113", "", "date"), ("45%", "0.45", "", "percent")
    for each, cell in zip(filling.lines, (*pasted, ("#REF!", "#REF!", "e", "")), strict=False):
        filling.put_value(each, "status", *cell)


def say_it_in_other_words(filling: Filling) -> None:
    """Statuses that the plan does not know, and amber without an update."""
    one, other, third, _ = filling.lines
    filling.put(one, "status", "Onn track - little or no slipage")
    filling.put(other, "status", "going OK i think")
    filling.put(third, "status", AMBER)
    filling.put(third, "update", "")


def finish_before_the_start(filling: Filling) -> None:
    """Complete, of an action that starts in September."""
    filling.put(line(filling, "PC.B3.3"), "status", "Complete")


def clear_a_status(filling: Filling) -> None:
    """One that was sent with text."""
    filling.forget(line(filling, "CO.D2.3").row.cell(filling.columns["status"]))
    filling.clear(line(filling, "CO.D2.3"), "status")


def leave_all_blank(filling: Filling) -> None:
    for each in filling.lines:
        for name in ("status", "update"):
            filling.put(each, name, "")


# ---------------------------------------------------------------- rows and columns


def turn_rows_round(filling: Filling) -> None:
    """Sorted the other way round."""
    rows = [each.row for each in filling.lines]
    places = [filling.main.rows.index(row) for row in rows]
    for at, row in zip(places, reversed(rows), strict=True):
        filling.main.rows[at] = row


def delete_a_row(filling: Filling) -> None:
    filling.main.rows.remove(filling.lines.pop(1).row)


def repeat_a_row(filling: Filling) -> None:
    """The same row again with another update."""
    copy = filling.copied_row(filling.lines[0])
    filling.main.rows.append(copy.row)
    filling.put(copy, "update", filling.unique("On second thoughts"))


def delete_the_references(filling: Filling) -> None:
    """The column that says which action each row is."""
    at = filling.columns.pop("reference")
    for row in filling.main.rows[_HEADINGS:]:
        row.cells = {c - (c > at): cell for c, cell in row.cells.items() if c != at}
    filling.columns = {name: c - (c > at) for name, c in filling.columns.items()}


def swap_columns(filling: Filling) -> None:
    """This month's update in front of this month's status, and dates before both."""
    for one, other in (("status", "update"), ("due_date", "last_status")):
        columns = filling.columns
        filling.main.swap_columns(columns[one], columns[other])
        columns[one], columns[other] = columns[other], columns[one]


def add_columns(filling: Filling) -> None:
    """A column between the others, and words beside the table."""
    mischief.insert_a_column(filling)
    mischief.write_beside_the_table(filling)


def paste_ten_thousand_rows(filling: Filling) -> None:
    """The export of another system pasted under the rows, of which only one is about an action."""
    for number in range(10_000):
        row = Row()
        row.cell(filling.columns["reference"]).put_text(f"SYS-{number:05}")
        row.cell(filling.columns["action"]).put_text("Exported")
        filling.main.rows.append(row)


def answer_what_nobody_asked(filling: Filling) -> None:
    """A row whose reference the plan does not have."""
    row = Row()
    filling.main.rows.append(row)
    for name, text in (("reference", "PR.Z9.9"), ("update", filling.unique("Do add this one"))):
        cell = row.cell(filling.columns[name])
        cell.put_text(text)
        filling.note(Typed(filling.main, cell, None, name, text))


def answer_for_another(filling: Filling) -> None:
    """A row of the Chief Executive's, typed below the own ones."""
    row = Line(Row(), "CO.B3.1")
    filling.main.rows.append(row.row)
    filling.put(row, "reference", "CO.B3.1")
    filling.forget(row.row.cell(filling.columns["reference"]))
    filling.put(row, "update", filling.unique("Not mine, but I know"))


# ---------------------------------------------------------------- what is not theirs to change


def edit_locked_cells(filling: Filling) -> None:
    """The protection taken off: other wording, another date, another workstream."""
    for each, name in zip(filling.lines, ("action", "due_date", "workstream"), strict=False):
        filling.put(each, name, filling.unique("Should read otherwise"))


def ask_for_dates(filling: Filling) -> None:
    for each in filling.lines[3:5]:
        filling.put(each, "date_change", "Mar-28")
        filling.put(each, "date_change_reason", filling.unique("The supplier is late"))


def ask_for_new_actions(filling: Filling) -> None:
    """Two actions that the plan does not have, one of them with a reason only."""
    rows = filling.new.rows[-10:]
    for name in NEW_ACTION:
        _propose(filling, rows[0], name)
    _propose(filling, rows[3], "reason")


def _propose(filling: Filling, row: Row, name: str) -> None:
    cell, text = row.cell(NEW_ACTION.index(name) + 2), filling.unique(f"New {name}")
    cell.put_text(text)
    filling.note(Typed(filling.new, cell, "", name, text))


def agree_and_disagree(filling: Filling) -> None:
    """The colleague who has the same rows: the same answer to one, another to the other."""
    one, other = filling.lines
    for name, text in (("status", "Complete"), ("update", "Handed over in July")):
        filling.put(one, name, text)
    filling.put(other, "status", AMBER if filling.name.endswith("1") else ON_TRACK)


# ---------------------------------------------------------------- whose return it is


def lose_all_but_the_hidden_sheet(filling: Filling) -> None:
    """Three of the four places that say which return it is."""
    filling.book.has_name = filling.book.has_properties = False
    for row in filling.main.rows[:_HEADINGS]:
        for cell in row.cells.values():
            if "Return reference" in filling.book.text(cell):
                cell.clear()


def lose_the_hidden_sheet(filling: Filling) -> None:
    filling.book.sheets.remove(filling.hidden)


# ---------------------------------------------------------------- who does what

PEOPLE = (
    Person("Chief Executive", (write_at_length,)),
    Person("Head of HR", (turn_rows_round, mischief.misspell_references)),
    Person("HR Team", (mischief.rename_the_sheets, mischief.reorder_the_sheets)),
    Person("Director - Law", (swap_columns, add_columns, mischief.filter_the_rows),
           with_wide_columns),
    Person("Strategic Lead - Comm",
           (mischief.insert_rows, mischief.insert_rows_above, delete_a_row)),
    Person("Strategic Lead - Serv",
           (edit_locked_cells, ask_for_dates, ask_for_new_actions, answer_for_another)),
    Person("AD - HR", (repeat_a_row,)),
    Person("Democratic", (mischief.show_the_hidden_sheet,), place="Members.zip/August/{}.xlsx"),
    Person("Director-Finance", (begin_like_formulas, leave_formulas), with_links),
    Person("PMO", (delete_the_references,)),
    Person("Leadership", ()),
    Person("Finance Improvement", (clear_a_status, lose_all_but_the_hidden_sheet),
           place="RE {} (1) final é.xlsx"),
    Person("AD-Trans", (lose_all_but_the_hidden_sheet, lose_the_hidden_sheet)),
    Person("Strategic Lead - Cust", (), with_two_identities),
    Person("Director-Regen", (say_it_in_other_words,)),
    Person("Interim Head", (), with_macros, "{}.xlsm"),
    Person("Director- Housing", (paste_over_drop_downs,), mischief.resaved, "Place/Homes/{}.xlsx"),
    Person("Director- Children", (paste_ten_thousand_rows, answer_what_nobody_asked)),
    Person("Manager, Equality", (), as_csv, "{}.csv"),
    Person("Director - Borough", (), of_an_older_form),
    Person("Group Head", (finish_before_the_start,)),
    Person("Assistant Director", (agree_and_disagree,)),
    Person("Transforming", (agree_and_disagree,)),
    Person("Director - Public Health", (leave_all_blank,)),
    Person("Interim Head", (), of_july),
    Person("Interim Head", (), of_another_tracker),
)  # fmt: skip


def send_back(month: RealMonth, folder: Path) -> list[SentBack]:
    """Fill in the returns and put them into a folder, as they arrive."""
    found = []
    for number, person in enumerate(PEOPLE):
        filling = month.filling(person.owner, f"ret{number:02}")
        fill_in_plainly(filling)
        for do in person.does:
            do(filling)
        data = person.saves(filling.book.data())
        path = _put(folder, person.place.format(filling.name), data)
        found.append(SentBack(person.owner, filling, path))
    return found


def _put(folder: Path, place: str, data: bytes) -> Path:
    archive, is_zipped, inside = place.partition(".zip/")
    path = folder / (f"{archive}.zip" if is_zipped else place)
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_zipped:
        with zipfile.ZipFile(path, "w") as zipped:
            zipped.writestr(inside, data)
    else:
        path.write_bytes(data)
    return path


def put_junk_into(folder: Path) -> None:
    """What lies beside returns: what is meant for none, and what cannot be read."""
    (folder / "~$ret01.xlsx").write_bytes(b"\x05Jo Bloggs" + b" " * 40)
    (folder / "desktop.ini").write_bytes(b"[.ShellClassInfo]")
    (folder / ".hidden.xlsx").write_bytes(b"PK\3\4")
    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "cut short.xlsx").write_bytes(b"PK\3\4 and no more")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    (folder / "with a password.xlsx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bomb:
        bomb.writestr("bomb.xlsx", bytes(150_000_000))
