"""Charts of reports and of new trackers say and draw what the council's own colours mean."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
from lxml import etree

import sheetplan
from tests.cycle.reporting import small_tracker

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
COLOUR = "{http://schemas.openxmlformats.org/drawingml/2006/main}srgbClr"
GREEN, AMBER, RED, BLUE = "0F7A52", "FFC000", "CA3535", "1D70B8"


def _drawn(path: Path) -> dict[str, str]:
    """The first colour of each series of the first chart, by the words of the legend."""
    with zipfile.ZipFile(path) as package:
        name = min(name for name in package.namelist() if "/charts/chart" in name)
        chart = etree.fromstring(package.read(name))
    return {
        series.find(f"{CHART}tx").findtext(f".//{CHART}v"): next(series.iter(COLOUR)).get("val")
        for series in chart.iter(f"{CHART}ser")
    }


def _settings(folder: Path) -> Path:
    path = folder / "ours.toml"
    path.write_text(
        'profile = "standard"\n[status.on_track]\nrag = "amber"\n[status.complete]\nrag = "green"\n'
    )
    return path


def test_where_amber_is_on_track_the_chart_says_and_draws_amber(tmp_path: Path) -> None:
    tracker, pack = small_tracker(tmp_path / "plan.xlsx"), tmp_path / "pack.xlsx"
    ours = _settings(tmp_path)
    sheetplan.plan_summarise(tracker, profile=ours).write(pack=pack)
    sheetplan.summarise(tracker, profile=ours)
    for path in (pack, tracker):
        drawn = _drawn(path)
        assert (drawn["Amber – on track"], drawn["Green – complete"]) == (AMBER, GREEN)
        assert drawn["Red – significant slippage"] == RED
        assert "Green – on track" not in drawn


def test_with_the_usual_colours_the_chart_is_as_the_template_has_it(tmp_path: Path) -> None:
    tracker = small_tracker(tmp_path / "plan.xlsx")
    sheetplan.summarise(tracker)
    drawn = _drawn(tracker)
    assert (drawn["Green – on track"], drawn["Complete"]) == (GREEN, BLUE)


def test_the_dashboard_of_a_new_tracker_is_drawn_in_the_colours_of_its_headings(
    tmp_path: Path,
) -> None:
    ours, usual = tmp_path / "new.xlsx", tmp_path / "usual.xlsx"
    sheetplan.new(ours, ["Homes"], month="2026-08", profile=_settings(tmp_path))
    sheetplan.new(usual, ["Homes"], month="2026-08")
    drawn = _drawn(ours)
    assert (drawn["On track"], drawn["Complete"]) == (AMBER, GREEN)
    assert _drawn(usual)["On track"] == GREEN


def _numbers_headings(folder: Path, phrases: str) -> list[str]:
    """The headings of the numbers by rating, as a pack's cells and its table have them alike."""
    tracker, pack, ours = (
        small_tracker(folder / "plan.xlsx"),
        folder / "pack.xlsx",
        folder / "o.toml",
    )
    ours.write_text(f'profile = "standard"\n[reports.phrases]\n{phrases}\n')
    sheetplan.plan_summarise(tracker, profile=ours).write(pack=pack)
    sheet = openpyxl.load_workbook(pack)["Numbers"]
    cells = next(row for row in sheet.values if row[0] == "Theme")
    assert sheet.tables["RatingsByMonth"].column_names == list(cells)
    return list(cells)


def test_numbers_are_headed_with_the_councils_words_for_ratings(tmp_path: Path) -> None:
    headings = _numbers_headings(tmp_path, 'on_track = "going to\\n plan"\nclosed = "filed"')
    assert headings[2:4] == ["Going to plan", "Medium progress"]
    assert "Filed" in headings
    assert "Closed" not in headings


def test_two_ratings_of_one_word_keep_headings_of_their_own(tmp_path: Path) -> None:
    headings = _numbers_headings(tmp_path, 'complete = "done"\nclosed = "Done"\non_hold = ""')
    assert {"Complete", "Closed", "On hold"} <= set(headings)
