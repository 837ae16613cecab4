"""Reports of which something follows the rows."""

from tests.ooxml.filling import items, template

TABLE = """
    | Name   | Note   | Count   |
    | {name} | {note} | {count} |
    | {name} | {note} | {count} |
    | End    |        |         |
"""
MARKS = {"row_item": "$A$2:$C$2", "row_other": "$A$3:$C$3"}


def report(path, decorate, table=TABLE, marks=MARKS, **options):
    """A template of one sheet that has something on it."""
    on_sheet = lambda book: decorate(book, book.get_worksheet_by_name("Report"))  # noqa: E731
    return template(path, table, marks, on_sheet, **options)


def others(*names):
    return items(*names, row="other")


MIXED = [*items("a"), *others("b"), *items("c", "d")]  # rows 2 to 5, of them 2, 4 and 5 "item"
