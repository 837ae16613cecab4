"""Draws owner_return.png: the workbook that an update owner fills in, as printed.

    python docs/draw_return.py

Needs what draw_reports.py needs. Draw the picture again when the example returns, or the template
of returns, have changed.

Nothing is retouched: LibreOffice prints a return of the examples, in which two rows are still to
be filled in.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from draw_reports import DOCS, drawn, page_with, printed

RETURN = DOCS.parent / "examples" / "returns" / "People Services.xlsx"
WORDS = ("your update for July 2026", "Date change requested")


def main() -> None:
    """Print the return, and draw its first page."""
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(shutil.copy(RETURN, folder))
        picture = drawn(page_with(printed(workbook), WORDS), 0.92)
    picture.save(DOCS / "owner_return.png", optimize=True)


if __name__ == "__main__":
    main()
