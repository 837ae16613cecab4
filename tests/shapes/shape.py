"""What a shape is: a workbook, and what opening its next month adds to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.builders import workbook_from_text

PAIRS = """
| Ref     | Action            | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) |
| OC.A1.1 | Mend the roof     | On track           | Begun [AB]         | Complete           | Slates laid [AB]   |
| OC.A1.2 | Paint the doors   | Complete           | Painted [CD]       | Closed             |                    |
| OC.A1.3 | Train the wardens | N/A                | N/A                | N/A                | N/A                |
"""  # noqa: E501
"""The plainest tracker: months in E:F after C:D, headings in row 1, actions in rows 2 to 4."""

AUGUST: Mapping[str, object] = {
    "G1": "Status (August 2023)",
    "H1": "Update (August 2023)",
    "G3": "Closed",
    "G4": "N/A",
    "H4": "N/A",
}
"""What August adds to PAIRS."""

Adds = Mapping[str, Mapping[str, object]]
Build = Callable[[Path], object]
SHAPES: dict[str, Shape] = {}


@dataclass(frozen=True)
class Shape:
    """A way in which trackers are made.

    Attributes:
        name: What is odd about it, in few words.
        build: Writes the workbook to a path.
        adds: By sheet, every cell that the new month has; formulas with their equals sign.
        takes: By sheet, the cells that lose a banner.
        harm: What xlsx_diff.py rightly calls changed or lost.
        suffix: The ending of its file.
        profile: A settings file that it needs.
    """

    name: str
    build: Build
    adds: Adds
    takes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    harm: tuple[str, ...] = ()
    suffix: str = ".xlsx"
    profile: str = ""


def shape(adds: Adds | None = None, **options: Any) -> Callable[[Build], Build]:
    """Put a builder into the catalogue, with what a roll adds: August to PAIRS if nothing else."""

    def register(build: Build) -> Build:
        name = options.pop("name", build.__name__)
        assert name not in SHAPES
        SHAPES[name] = Shape(name, build, {"Plan": AUGUST} if adds is None else adds, **options)
        return build

    return register


def pairs(path: Path, decorate: Callable[[xlsxwriter.Workbook, Any], Any]) -> Path:
    """PAIRS on the sheet Plan, with something done to the sheet: decorate(book, sheet)."""
    return plan(path, PAIRS, decorate)


def plan(
    path: Path,
    text: str,
    decorate: Callable[[xlsxwriter.Workbook, Any], Any] = lambda book, sheet: None,
    **options: Any,
) -> Path:
    """One sheet named Plan."""
    return workbook_from_text(
        path,
        {"Plan": text},
        decorate=lambda book: decorate(book, book.get_worksheet_by_name("Plan")),
        **options,
    )
