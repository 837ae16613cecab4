"""Draws before_after.png: a sheet of the example tracker before and after `sheetplan roll-month`.

    python docs/draw_before_after.py

Needs LibreOffice (soffice), pdftoppm and `pip install pillow`, beside sheetplan itself. None of
them is needed to use or to test sheetplan, so the picture is committed; draw it again when the
example, or what a roll writes, has changed.

Nothing is retouched: LibreOffice prints both workbooks, and the picture shows a few rows of one
sheet, its references beside its last months as they stand in Excel when panes are frozen.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFont

import sheetplan

DOCS = Path(__file__).resolve().parent
TRACKER = DOCS.parent / "examples" / "improvement_plan.xlsx"

PAGE = 6  # where Theme 5 is printed
LETTERS = "ABCDEFGHIJKLMNOP"
FIRST_LINED_ROW = 3  # row 2 holds the banner, and 21 points to the 30 of row 3
BANNER_SHARE = 21 / 30
SHOWN_ROWS = (2, 4, 7, 11, 12, 13, 14)
REFERENCE, OLD_MONTH, NEW_MONTH = "B", "MN", "OP"

WIDTH = 1800  # shown at half that, so that it is sharp on any screen
MARGIN, GAP, EDGE = 36, 22, 6
PAPER, INK, QUIET, ACCENT = "#F1F4F7", "#1B2733", "#4A5763", "#B3126B"


class Page:
    """A printed sheet, and the lines between its columns and between its rows."""

    def __init__(self, picture: Image.Image) -> None:
        self.picture = picture
        dark = numpy.asarray(picture.convert("L")) < 190
        starts, ends = _stretches(dark.mean(axis=1) > 0.5)
        lines = [starts[0], ends[0], *starts[1:]]  # row 3 is dark from its top to its foot
        fields = dark[lines[1] + 8 : lines[2] - 8]
        borders, _ = _stretches(fields.mean(axis=0) > 0.9)
        self.columns = dict(zip(LETTERS, pairwise(borders), strict=False))
        self.rows = dict(enumerate(pairwise(lines), FIRST_LINED_ROW))
        top, bottom = self.rows[FIRST_LINED_ROW]
        self.rows[FIRST_LINED_ROW - 1] = (top - round((bottom - top) * BANNER_SHARE), top)

    def cells(self, columns: str, rows: Iterable[int]) -> Image.Image:
        """The cells where some columns and rows meet, put side by side."""
        across = [self.columns[letter] for letter in columns if letter in self.columns]
        down = [self.rows[row] for row in rows]
        whole = Image.new("RGB", (_length(across), _length(down)), "white")
        y = 0
        for top, bottom in down:
            x = 0
            for left, right in across:
                whole.paste(self.picture.crop((left, top, right + 3, bottom + 3)), (x, y))
                x += right - left
            y += bottom - top
        return whole


def main() -> None:
    """Roll the example, print both workbooks, and draw the picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rolled = folder / "rolled.xlsx"
        sheetplan.roll_month(TRACKER, output=rolled)
        before, after = _printed(TRACKER, folder), _printed(rolled, folder)
    picture = _drawn(before, after).quantize(128, dither=Image.Dither.NONE)
    picture.save(DOCS / "before_after.png", optimize=True)


def _printed(workbook: Path, folder: Path) -> Page:
    office = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    convert = [*office, "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
    subprocess.run(convert, check=True, capture_output=True)
    page = folder / workbook.stem
    draw = ["pdftoppm", "-r", "420", "-f", str(PAGE), "-l", str(PAGE), "-singlefile"]
    subprocess.run([*draw, f"{page}.pdf", str(page)], check=True)
    return Page(Image.open(f"{page}.ppm").convert("RGB"))


def _drawn(before: Page, after: Page) -> Image.Image:
    """Both sheets, one above the other, at one size: what is new stands where nothing stood."""
    room = WIDTH - 2 * MARGIN
    new = after.cells(REFERENCE + OLD_MONTH + NEW_MONTH, SHOWN_ROWS)
    scale = room / new.width
    new = _sized(new, scale)
    shown = after.columns
    widths = {c: (shown[c][1] - shown[c][0]) * scale for c in REFERENCE + OLD_MONTH + NEW_MONTH}
    old = before.cells(REFERENCE + OLD_MONTH, SHOWN_ROWS)
    old = _sized(old, sum(widths[c] for c in REFERENCE + OLD_MONTH) / old.width)

    captions = 54
    height = 2 * MARGIN + 2 * captions + GAP + old.height + new.height + EDGE
    picture = Image.new("RGB", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(picture)
    y = MARGIN - 8
    pen.text((MARGIN, y), "Before", INK, ImageFont.load_default(34))
    y += captions
    pen.rectangle((MARGIN, y, WIDTH - MARGIN, y + old.height), "white")
    picture.paste(old, (MARGIN, y))
    y += old.height + GAP
    pen.text((MARGIN, y), "After", INK, ImageFont.load_default(34))
    pen.text((MARGIN + 110, y + 5), "sheetplan roll-month improvement_plan.xlsx",
             QUIET, ImageFont.load_default(28))  # fmt: skip
    y += captions
    picture.paste(new, (MARGIN, y))
    left = MARGIN + round(sum(widths[c] for c in REFERENCE + OLD_MONTH))
    pen.rectangle((left - EDGE // 2, y - EDGE, WIDTH - MARGIN + EDGE, y + new.height + EDGE),
                  outline=ACCENT, width=EDGE)  # fmt: skip
    return picture


def _sized(picture: Image.Image, scale: float) -> Image.Image:
    size = round(picture.width * scale), round(picture.height * scale)
    return picture.resize(size, Image.Resampling.LANCZOS)


def _length(stretches: list[tuple[int, int]]) -> int:
    return sum(end - start for start, end in stretches) + 3


def _stretches(marks: numpy.ndarray) -> tuple[list[int], list[int]]:
    """Where each stretch of marks begins, and where it ends."""
    steps = numpy.diff(marks.astype(int), prepend=0, append=0)
    return numpy.flatnonzero(steps > 0).tolist(), numpy.flatnonzero(steps < 0).tolist()


if __name__ == "__main__":
    main()
