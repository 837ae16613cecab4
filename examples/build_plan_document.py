"""Builds plan.docx, a plan without month columns, beside this script or in another place.

    python examples/build_plan_document.py             builds it here
    python examples/build_plan_document.py COPY.docx   builds it somewhere else

Two runs give the same members with the same bytes.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from plan_document import draw_plan

HERE = Path(__file__).resolve().parent
WORDS = HERE / "improvement_plan" / "plan_document.toml"


def main(path: Path) -> None:
    """Build the document at this path, replacing what is there."""
    draw_plan(tomllib.loads(WORDS.read_text(encoding="utf-8")), path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "plan.docx")
