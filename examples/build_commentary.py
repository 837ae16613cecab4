"""Builds commentary_plan.xlsx: a plan without month columns, each month's words added in one cell.

    python examples/build_commentary.py             writes it beside this script
    python examples/build_commentary.py FILE.xlsx   writes it somewhere else

The words are in improvement_plan/commentary_plan.toml. A line of a commentary is marked so:

    __Head of Libraries__              a lead: bold and underlined
    **Agreed in June. (June update)**  of the newest month: bold
    [amber] Agreed in May.             in a colour

Two runs give the same bytes.
"""

import sys
import tomllib
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from package import Package
from workbook_styles import FONT, Styles, row_height
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
FILE = HERE / "commentary_plan.xlsx"
WORDS = HERE / "improvement_plan" / "commentary_plan.toml"
CREATED = datetime(2026, 7, 1, 8, 30)
A3 = 8
COLUMNS = {"No.": 7, "Improvement aim": 30, "Required action": 40, "Outputs / outcomes": 30,
           "Lead / RAG status": 80}  # fmt: skip
"""The headings, and how wide their columns are."""
COLOURS = {"green": "#00703C", "amber": "#8A5A00", "red": "#B00020"}
"""What words are drawn in; each can be read on white."""


class Fonts:
    """The fonts of stretches of commentary, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[bool, bool, str], Format] = {}

    def get(self, *, bold: bool, underline: bool = False, colour: str = "") -> Format:
        """The font of such a stretch."""
        key = (bold, underline, colour)
        if key not in self._made:
            look: dict[str, object] = {**FONT, "bold": bold, "underline": int(underline)}
            if colour:
                look["font_color"] = COLOURS[colour]
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def build(path: Path) -> None:
    """Build the plan at this path, replacing what is there."""
    words = tomllib.loads(WORDS.read_text("utf-8"))
    target = BytesIO()
    book = Workbook(target, {"in_memory": True, "default_format_properties": FONT})
    book.set_properties({"title": words["title"], "created": CREATED})
    styles, fonts = Styles(book), Fonts(book)
    sheet = book.add_worksheet("Plan")
    for column, width in enumerate(COLUMNS.values()):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, words["title"], styles.get("title"))
    sheet.write_string(1, 0, words["key"], styles.get("caption"))
    row = 3
    for section in words["section"]:
        sheet.write_string(row, 0, section["title"], styles.get("title"))
        sheet.set_row(row + 1, 24)
        for column, heading in enumerate(COLUMNS):
            sheet.write_string(row + 1, column, heading, styles.get("field"))
        row += 2
        for line in section["row"]:
            write_row(sheet, row, line, styles, fonts)
            row += 1
        row += 1
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    book.close()
    Package(target.getvalue()).save(path)


def write_row(
    sheet: Worksheet, row: int, line: dict[str, object], styles: Styles, fonts: Fonts
) -> None:
    """Write one row of the plan."""
    style = styles.get("text")
    texts = [str(line[name]) for name in ("number", "aim", "action", "outputs")]
    pieces = list(stretches(line["commentary"], fonts))
    said = "".join(piece for piece in pieces if isinstance(piece, str))
    sheet.set_row(row, row_height(list(zip([*texts, said], COLUMNS.values(), strict=True))))
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, style)
    if pieces:
        sheet.write_rich_string(row, 4, *pieces, style)
    else:
        sheet.write_blank(row, 4, None, style)


def stretches(lines: object, fonts: Fonts) -> Iterator[Format | str]:
    """The fonts and texts of a commentary, in turn."""
    assert isinstance(lines, Sequence)
    for place, typed in enumerate(lines):
        colour, _, text = typed.rpartition("] ")
        look = {"colour": colour.removeprefix("[")} if colour else {}
        break_before = "\n" if place else ""
        if text.startswith("__"):
            yield fonts.get(bold=True, underline=True)
        else:
            yield fonts.get(bold=text.startswith("**"), **look)
        yield break_before + text.strip("_*")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
