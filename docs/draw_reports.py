"""Draws exception_summary.png and statutory_appendix.png: a page of each report, as printed.

    python docs/draw_reports.py

Needs LibreOffice (soffice), pdftoppm, pdftotext and `pip install pillow`, beside sheetplan itself.
None of them is needed to use or to test sheetplan, so the pictures are committed; draw them again
when the prepared example, a template, or what a report says has changed.

Nothing is retouched: LibreOffice prints the prepared example with both reports in it, and each
picture is the first page that has certain words on it, without its margins.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

import sheetplan

DOCS = Path(__file__).resolve().parent
TRACKER = DOCS.parent / "examples" / "improvement_plan_prepared.xlsx"
SETTINGS = 'profile = "standard"\n\n[reports]\ncouncil = "Wexcombe Borough Council"\n'
PAGES = {
    "exception_summary": ("exception summary", "Theme 2", "Focus 2"),
    "statutory_appendix": ("progress on recommendations", "Recommendation S1"),
}
"""The words that the page of each picture has."""

WIDTH = 1600  # wide enough to be read when it is opened by itself
MARGIN = 36
COLOURS = 96


def main() -> None:
    """Write both reports into a copy of the example, print it, and draw a page of each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sheetplan.toml").write_text(SETTINGS, "utf-8")
        tracker = Path(shutil.copy(TRACKER, folder))
        sheetplan.summarise(tracker)
        sheetplan.appendix(tracker)
        pages = printed(tracker)
        for report, words in PAGES.items():
            drawn(page_with(pages, words)).save(DOCS / f"{report}.png", optimize=True)


def printed(workbook: Path) -> Path:
    """A workbook as LibreOffice prints it: a PDF beside it."""
    folder = workbook.parent
    office = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    convert = [*office, "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
    subprocess.run(convert, check=True, capture_output=True)
    return workbook.with_suffix(".pdf")


def page_with(pages: Path, words: tuple[str, ...]) -> Image.Image:
    """The first page that says all of these."""
    read = subprocess.run(["pdftotext", str(pages), "-"], check=True, capture_output=True)
    said = [" ".join(page.split()) for page in read.stdout.decode("utf-8").split("\f")]
    number = next(at for at, page in enumerate(said, 1) if all(word in page for word in words))
    drawn = pages.with_name(f"page-{number}")
    draw = ["pdftoppm", "-r", "200", "-f", str(number), "-l", str(number), "-singlefile"]
    subprocess.run([*draw, str(pages), str(drawn)], check=True)
    return Image.open(drawn.with_suffix(".ppm")).convert("RGB")


def drawn(page: Image.Image, share: float = 0.955) -> Image.Image:
    """The page without its margins and the number at its foot, with a thin edge around it.

    Args:
        page: The page.
        share: How much of its height stands above the number.
    """
    width, height = page.size
    body = page.crop((0, 0, width, round(height * share)))
    filled = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox()
    picture = body.crop(filled)
    room = WIDTH - 2 * MARGIN
    size = room, round(picture.height * room / picture.width)
    picture = ImageOps.expand(picture.resize(size, Image.Resampling.LANCZOS), MARGIN - 2, "white")
    picture = ImageOps.expand(picture, 2, "#B1B9C0")
    return picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
