"""Builds recommendations_register.xlsx: what two reviews recommended, and what the council answers.

    python examples/build_register.py             writes it beside this script
    python examples/build_register.py FILE.xlsx   writes it somewhere else

The words are in improvement_plan/register.toml. Two runs give the same bytes.
"""

import sys
import tomllib
from datetime import datetime
from io import BytesIO
from pathlib import Path

from package import Package
from workbook_styles import FONT, Styles, row_height
from xlsxwriter import Workbook

HERE = Path(__file__).resolve().parent
FILE = HERE / "recommendations_register.xlsx"
WORDS = HERE / "improvement_plan" / "register.toml"
CREATED = datetime(2026, 6, 1, 8, 30)
A3 = 8
HEADING_ROW = 3
COLUMNS = {
    "Reviewer": ("reviewer", 18),
    "KLOE": ("question", 18),
    "Strand": ("strand", 14),
    "Ref": ("code", 8),
    "Recommendation": ("text", 46),
    "Our response": ("response", 46),
    "Where in the Improvement Plan": ("plan", 32),
    "Change control": ("change", 24),
}
"""By their headings, what the columns hold and how wide they are."""


def build(path: Path) -> None:
    """Build the register at this path, replacing what is there."""
    words = tomllib.loads(WORDS.read_text("utf-8"))
    target = BytesIO()
    book = Workbook(target, {"in_memory": True, "default_format_properties": FONT})
    book.set_properties({"title": words["title"], "created": CREATED})
    styles = Styles(book)
    sheet = book.add_worksheet("Register")
    for column, (_, width) in enumerate(COLUMNS.values()):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, words["title"], styles.get("title"))
    sheet.write_blank(1, 0, None, styles.get("text", strong=True))
    sheet.write_string(1, 1, words["key"], styles.get("caption"))
    sheet.set_row(HEADING_ROW, 24)
    for column, heading in enumerate(COLUMNS):
        sheet.write_string(HEADING_ROW, column, heading, styles.get("field"))
    row = HEADING_ROW + 1
    for review in words["review"]:
        for one in review["recommendation"]:
            told = {"reviewer": review["name"], "question": review["question"], **one}
            texts = [(told.get(field, ""), width) for field, width in COLUMNS.values()]
            style = styles.get("text", strong=told.get("settled", False))
            sheet.set_row(row, row_height(texts))
            for column, (text, _) in enumerate(texts):
                sheet.write(row, column, text or None, style)
            if "note" in told:
                sheet.write_comment(row, 5, told["note"], {"author": "Improvement Team"})
            row += 1
    sheet.freeze_panes(HEADING_ROW + 1, 4)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)
    book.close()
    Package(target.getvalue()).save(path)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
