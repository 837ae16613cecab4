"""Plans whose stamps say how the work stands: what each verb that reads makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sheetplan
from sheetplan.model.month import Month
from tests.commentary import marked
from tests.commentary_books import Row, Section, plan_book
from tests.cycle.importing import document_paragraphs, unaccounted, workbook_lines
from tests.judges import openpyxl_values
from tests.plans import draw_document, draw_workbook, one_section, plan_row

PROFILE = "commentary"
MAY, JUNE = Month(2026, 5), Month(2026, 6)


def plan(folder: Path, *texts: str) -> Path:
    rows = [Row(f"1.{n}", "Aim", "Mend", "", marked(text)) for n, text in enumerate(texts, 1)]
    return plan_book(folder / "plan.xlsx", [Section("1. Roads", rows)])


TEXTS = (
    "[[Head of Roads]]\nBegun. (May 2026 update)\n**Stuck. (June update, off track)**",
    "[[Head of Paths]]\n**All laid. (June update, Complete)**",
    "[[Head of Lights]]\n**Lit. (June update)**",
)


def test_inspect_counts_statuses_stamps_and_what_is_complete(tmp_path: Path) -> None:
    seen = sheetplan.inspect(plan(tmp_path, *TEXTS), profile=PROFILE)
    assert {(s.text, s.entry and s.entry.rag.value, s.count) for s in seen.statuses} == {
        ("On track", "amber", 2),
        ("off track", "red", 1),
        ("Complete", "green", 1),
    }
    assert seen.commentary is not None
    assert (seen.commentary.written, seen.commentary.complete) == (JUNE, 1)
    assert {stamp.text: stamp.months for stamp in seen.commentary.stamps} == {
        "(May 2026 update)": (MAY,),
        "(June update, off track)": (JUNE,),
        "(June update, Complete)": (JUNE,),
        "(June update)": (JUNE,),
    }
    assert seen.findings == ()


def test_a_summary_tells_what_is_off_track_by_its_stamp(tmp_path: Path) -> None:
    content = sheetplan.plan_summarise(plan(tmp_path, *TEXTS), profile=PROFILE).content
    (theme,) = content.themes
    assert [line.reference for line in theme.exceptions] == ["1.1"]
    untyped = [text.replace(", off track", "") for text in TEXTS]
    content = sheetplan.plan_summarise(plan(tmp_path, *untyped), profile=PROFILE).content
    assert [line.reference for theme in content.themes for line in theme.exceptions] == []


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        ("(June update, off track)", None),
        (
            "(June update, of track)",
            '"(June update, of track)" was not read as a stamp, as "of track" is no status that '
            'the settings know. Did you mean "Off track"?',
        ),
        ("(Juen update, off track)", '"(Juen update, off track)" is a stamp that names no month. '
                                     'Did you mean "June"?'),
    ],
)  # fmt: skip
def test_check_says_which_status_cannot_be_read(
    tmp_path: Path, stamp: str, said: str | None
) -> None:
    path = plan(tmp_path, f"[[A]]\nOne (May 2026 update)\n**Two {stamp}**", *TEXTS[2:])
    checking = sheetplan.check(path, rules="commentary", profile=PROFILE).plan.checking
    told = [(c.code, c.message) for c in checking.challenges]
    assert told == ([("commentary-stamp", said)] if said else [])


def test_an_empty_stamp_of_the_month_of_the_plan_is_no_doubt(tmp_path: Path) -> None:
    def told(*texts: str) -> list[str]:
        path = plan(tmp_path, *texts)
        return [c.code for c in sheetplan.check(path, rules="commentary", profile=PROFILE)
                .plan.checking.challenges]  # fmt: skip

    newest = "[[A]]\nOne (May 2026 update)\n**(June update)**"
    assert told(newest, *TEXTS) == []
    assert told("[[A]]\n(May 2026 update)\n**(June update)**", *TEXTS) == ["commentary-stamp"]


# ---------------------------------------------------------------- import


ROW = plan_row(
    "1.1",
    "__Head of Roads__",
    "Begun. (May 2026 Update, on track)",
    "**Stuck. (June Update, Off track)**",
    "__Head of Paths__",
    "Laid. (May Update: Closed)",
    "__Head of Lights__",
    "**(June Update, on hold)**",
    fill="92D050",
)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_imported_plan_keeps_stamps_and_takes_their_statuses(tmp_path: Path, kind: str) -> None:
    source: Any = tmp_path / f"plan.{kind}"
    if kind == "docx":
        draw_document(one_section(ROW), source)
        lines = document_paragraphs(source)
    else:
        draw_workbook(one_section(ROW), source)
        lines = workbook_lines(source)
    made = sheetplan.plan_import(source, tmp_path / "tracker.xlsx")
    assert made.plan.months == (MAY, JUNE)
    assert {
        row.reference: {month.name: meaning.words for month, meaning in row.statuses.items()}
        for row in made.plan.rows
        if not row.reference.endswith(".0")
    } == {
        "ST.A1.1": {"May": "on track", "June": "significant slippage"},
        "ST.A1.2": {"May": "closed", "June": "closed"},
        "ST.A1.3": {"June": "on hold"},
    }
    output = made.apply().output
    assert list(unaccounted(lines, output)) == []
    values = set(openpyxl_values(output)["Streets"].values())
    assert {"Begun. (May 2026 Update, on track)", "(June Update, on hold)"} <= values
    assert {"On track", "Closed", "On hold"} <= values


def test_the_colour_of_an_imported_row_is_of_its_newest_status(tmp_path: Path) -> None:
    row = plan_row("1.1", "__A__", "One (May 2026 update)", "(June update, on hold)", fill="FF0000")
    source = draw_document(one_section(row), tmp_path / "plan.docx")
    made = sheetplan.plan_import(source, tmp_path / "tracker.xlsx")
    _, row_of_lead = made.plan.rows
    assert [meaning.words for meaning in row_of_lead.statuses.values()] == ["on hold"]


def test_the_colour_of_an_imported_row_says_nothing_beside_a_status_without_a_lead(
    tmp_path: Path,
) -> None:
    def statuses(stamp: str) -> list[str]:
        row = plan_row("1.1", f"One {stamp}", "__A__", "Two (May update)", fill="FF0000")
        source = draw_document(one_section(row), tmp_path / "plan.docx")
        main, _ = sheetplan.plan_import(source, tmp_path / "tracker.xlsx").plan.rows
        return [meaning.words for meaning in main.statuses.values()]

    assert statuses("(June 2026 update, on hold)") == ["on hold"]
    assert statuses("(June 2026 update)") == ["significant slippage"]
