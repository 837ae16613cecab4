"""What people and programs do to returns on the way, besides filling them in."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl

from tests.cycle.mischief_book import Book, Row
from tests.cycle.mischief_filling import (
    FIELDS,
    HEADING_ROW,
    LOCKED,
    NEW_ACTION,
    PASTED,
    Filling,
    Line,
    Typed,
    give_status,
    give_update,
)

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
        rows.insert(filling.random.randint(HEADING_ROW, len(rows)), Row())


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
    give_status(filling, filling.lines[-1])
    give_update(filling, filling.lines[-1])


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
        filling.put_value(filling.some_line(), name, *filling.random.choice(PASTED))


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
    text = filling.random.choice([o for o in others if _stem(o) != _stem(line.key or "")])
    cell.put_text(text)
    if text.strip():
        filling.note(Typed(filling.main, cell, None, "reference", text))


def _stem(reference: str) -> str:
    """The letters and figures of a reference, without the number of its row."""
    return "".join(filter(str.isalnum, reference.partition(" (")[0])).casefold()


def swap_two_references(filling: Filling) -> None:
    column = filling.columns["reference"]
    pair = filling.random.sample(filling.lines, min(2, len(filling.lines)))
    if len({filling.text(line.row, "action") for line in pair}) == 2:
        one, other = (line.row.cell(column) for line in pair)
        texts = filling.book.text(one), filling.book.text(other)
        for cell, text in zip((other, one), texts, strict=True):
            cell.put_text(text)
            filling.forget(cell)


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
        give_status(filling, line)
        give_update(filling, line)


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
    write_above, write_below, save_with_macros, save_with_openpyxl, rename_the_file,
    put_it_into_a_folder, zip_it, keep_two_copies,
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
