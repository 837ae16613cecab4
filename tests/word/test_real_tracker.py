"""A real council's month as a Word document."""

from __future__ import annotations

import json

import pytest

from sheetplan.documents.theme_summary import write_theme_summary
from sheetplan.model.month import Month
from sheetplan.model.support import SupportRecords
from sheetplan.ooxml.workbook import Workbook
from sheetplan.reports.summary import summarise
from sheetplan.settings import load_profile
from sheetplan.sheets.reading import read_layouts, read_tracker
from tests.word.reading import WordFile

BEHIND = ("medium", "significant", "on hold")


@pytest.mark.shared
def test_every_row_that_is_behind_stands_there_with_its_update_word_for_word(shared, tmp_path):
    data = shared / "data" / "improvement_plan_tracker_2023-07"
    standard = load_profile("standard")
    tracker = read_tracker(read_layouts(Workbook.open(data.with_suffix(".xlsx")), standard))
    path = tmp_path / "summary.docx"
    summary = summarise(tracker, SupportRecords(), Month(2023, 7), standard)
    write_theme_summary(summary, standard, path)
    rows = WordFile(path).rows()[1:]
    themes = json.loads(data.with_suffix(".json").read_text("utf-8"))["themes"]
    assert len(rows) == len(themes) == 6
    told = 0
    for theme, row in zip(themes, rows, strict=True):
        assert row[0][0][1].split() == theme["title"].split()
        said = " ".join(" ".join(text for _, text in row[1]).split())
        for action in theme["rows"]:
            july = next(update for update in action["updates"] if update["month"] == "2023-07")
            if july["status"].lower().startswith(BEHIND):
                told += 1
                assert f"{action['ref']} {' '.join(action['action'].split())}: " in said
                assert " ".join(july["update"].split()) in said
    assert told > 10
