"""Precision on a tracker that is kept well in other councils' ways: nothing is told but notes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

import sheetplan
from sheetplan.model.finding import Severity

MONTHS = ("May 2026", "June 2026", "July 2026")
HEADINGS = ("Reference", "Action", "Lead officer", "Start date", "Due date", "Revised date")
LETTERS = {
    "G": "G", "A": "A", "R": "R", "B": "B", "C": "Closed", "N": "Not due to start", "H": "On hold",
    "-": "",
}  # fmt: skip
WORDS = LETTERS | {"G": "Green", "A": "Amber", "R": "Red", "B": "Blue"}


def themes() -> list[dict[str, Any]]:
    """The sheets as they were written down."""
    text = Path(__file__).with_name("other_ways.toml").read_text("utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["theme"]
    return found


def write(path: Path, ratings: dict[str, str]) -> Path:
    """Write the tracker with openpyxl."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for theme in themes():
        sheet = book.create_sheet(theme["sheet"])
        sheet["A1"] = f"Improvement plan: {theme['sheet']}"
        months = [f"{what} {month}" for month in MONTHS for what in ("RAG", "Progress update")]
        sheet.append([])
        sheet.append([*HEADINGS, *months])
        for action in theme["action"]:
            june, july = action.get("june", ""), action.get("july", "")
            if theme["cumulative"]:
                july = "\n\n".join(filter(None, (july, june)))
            fields = [action[name] for name in ("ref", "action", "lead", "start", "due")]
            may, *later = [ratings[letter] for letter in action["status"]]
            said = [may, "Reported to the board.", later[0], june, later[1], july]
            sheet.append([*fields, action.get("revised", ""), *said])
    book.save(path)
    return path


@pytest.mark.parametrize("ratings", [LETTERS, WORDS], ids=["letters", "words"])
def test_nothing_is_told_of_it_but_notes(tmp_path: Path, ratings: dict[str, str]) -> None:
    tracker = write(tmp_path / "plan.xlsx", ratings)
    found = sheetplan.check(tracker, "2026-07").plan.checking.challenges
    rows = sum(len(theme["action"]) for theme in themes())
    told = {severity: 0 for severity in Severity}
    for challenge in found:
        told[challenge.severity] += len(challenge.places)
    assert told[Severity.ERROR] == told[Severity.WARNING] == 0, found
    assert told[Severity.NOTE] * 10 < rows


def test_without_its_ratings_both_sheets_are_told_of(tmp_path: Path) -> None:
    """Its opposite: with all ratings taken out, both sheets are told of."""
    tracker = write(tmp_path / "plan.xlsx", dict.fromkeys(LETTERS, ""))
    found = sheetplan.check(tracker, "2026-07", rules="status-blank").plan.checking.challenges
    told = {place.sheet for challenge in found for place in challenge.places}
    assert told == {theme["sheet"] for theme in themes()}
