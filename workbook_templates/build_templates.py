"""Builds the shipped templates beside this script, or in another folder.

    python workbook_templates/build_templates.py            writes them here
    python workbook_templates/build_templates.py FOLDER     writes them there

Two runs give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import changes
import exception_summary
import imported_plan
import owner_return
import recommendations
import registers
import statutory_appendix
import support_sheets
import tracker_blank

TEMPLATES = (
    changes,
    exception_summary,
    imported_plan,
    owner_return,
    recommendations,
    registers,
    statutory_appendix,
    support_sheets,
    tracker_blank,
)


def main(folder: Path) -> None:
    """Build every template in this folder."""
    for template in TEMPLATES:
        template.build(folder / f"{template.__name__}.xlsx")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
