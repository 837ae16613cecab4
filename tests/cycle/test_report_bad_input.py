"""What officers type wrongly or paste into their trackers: said, and never harmful."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

import sheetplan
from tests.builders import workbook_from_text
from tests.cycle.odd_trackers import (
    ACTION,
    HEAD,
    MAIN,
    OTHERS,
    SHIPPED_SUMMARY,
    found,
    plan,
    said,
    written,
)
from tests.cycle.reporting import SUMMARY
from tests.judges import calamine_values, openpyxl_values, valid


@pytest.mark.parametrize(
    "text", ["=SUM(A1:A9)", "=cmd|' /C calc'!A0", "+44 121", "-3 posts", "@al"]
)
def test_commentary_that_looks_like_a_formula_is_printed_as_text(text: str, tmp_path: Path) -> None:
    path = plan(tmp_path, MAIN, ACTION, decorate=_typed("H3", text))
    assert text in written(path)[SUMMARY].values()
    for sheet in (path, tmp_path / "pack.xlsx"):
        if sheet != path:
            sheetplan.summarise(path, output=sheet)
        formulas = openpyxl_values(sheet, formulas=True)
        shown = openpyxl_values(sheet)
        for name in set(formulas) - {"Theme 1"}:
            assert formulas[name] == shown[name]


def test_a_cell_that_is_a_formula_is_printed_as_its_result(tmp_path: Path) -> None:
    path = plan(tmp_path, MAIN, ACTION.replace("Slipped", '="Half "&"done" -> Half done'))
    values = written(path)
    assert "Half done" in values[SUMMARY].values()
    assert "&" not in said(values)


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> &amp; ]]> <![CDATA[",
        "a vertical tab \x0b, a null \x00, and _x000B_ as typed",
        "{text} {reference} {nothing} %s {{",
        "👩‍👩‍👧 e\u0301 \U0001f600",
        "שלום \u202e עולם, English",
        " blanks before, and after ",
    ],
)
def test_odd_text_is_printed_as_it_was_typed(text: str, tmp_path: Path) -> None:
    path = plan(tmp_path, MAIN, ACTION, decorate=_typed("H3", text))
    typed = str(calamine_values(path)["Theme 1"]["H3"]).strip()
    assert typed in written(path)[SUMMARY].values()
    pack = tmp_path / "pack.xlsx"
    sheetplan.summarise(path, output=pack, word=tmp_path / "report.docx")
    assert typed in said(calamine_values(pack), "Focus 1")
    assert valid(SHIPPED_SUMMARY, pack) == []


def test_the_longest_text_of_a_cell_is_printed_whole_with_what_is_added_to_it(
    tmp_path: Path,
) -> None:
    words = [f"word{n}" for n in range(10_000)]
    longest = " ".join(words)[:32_767]
    path = plan(tmp_path, MAIN, ACTION, decorate=_typed(("F3", "H3"), longest))
    values = written(path)
    printed = said(values).split()
    kept = longest.split()[:-1]
    assert [word for word in printed if word in set(kept)][: len(kept)] == kept
    assert "word for word" in said(values)  # what is added: it is the same as last month
    assert max(len(str(value)) for value in values[SUMMARY].values()) <= 32_767


def test_a_narrative_that_fills_its_cell_is_printed_whole(tmp_path: Path) -> None:
    words = " ".join(f"sentence {n}." for n in range(2_250))
    assert 32_000 < len(words) < 32_767
    narrative = f"""
        | Month     | Block   | Summary | Next steps |
        | June 2026 | LC.A1.0 | {words} | Go on      |
        | July 2026 | LC.A1.0 | {words} | Go on      |
    """
    values = written(plan(tmp_path, Narrative=narrative))
    assert all(f"sentence {n}." in said(values) for n in range(2_250))
    assert "June 2026" in said(values)  # what is added: since when it is carried forward


def test_references_that_cannot_be_read_are_found_and_their_rows_left_out(tmp_path: Path) -> None:
    path = plan(
        tmp_path,
        MAIN,
        "| LCA1.1 | Badly typed | Jul-26 | N/A | On track | x | Red | y |",
        "| Workstream two |",
        "| see below | Unreadable | Jul-26 | N/A | On track | x | Red | y |",
        "|  | Forgotten | Jul-26 | N/A | On track | x | Red | y |",
        "|  | A total | | | | | 3 | |",
        "|  | | | | | | Red | |",
    )
    findings = found(path)
    assert findings["reference-unreadable"] == (
        "Theme 1!A5",
        '"see below" is not a reference, so the row is left out, though it has a status for July '
        "2026. Correct the reference; if the row is no action, clear its status.",
    )
    place, message = findings["reference-missing"]
    assert place == "Theme 1!A6"
    assert message.startswith("this row has no reference, so the row is left out")
    printed = said(written(path))
    assert "LCA1.1\nBadly typed" in printed
    assert "Unreadable" not in printed
    assert "Forgotten" not in printed


def test_two_rows_with_one_reference_are_found_and_both_printed(tmp_path: Path) -> None:
    again = ACTION.replace("Agree", "Agree again")
    place, message = found(plan(tmp_path, MAIN, ACTION, again))["reference-repeated"]
    assert (place, message[:30]) == ("Theme 1!A4", "an earlier row has this refere")
    printed = said(written(tmp_path / "plan.xlsx"))
    assert "LC.A1.1\nAgree\n" in printed
    assert "LC.A1.1\nAgree again\n" in printed


def test_references_that_stand_once_are_not_found(tmp_path: Path) -> None:
    assert set(found(plan(tmp_path, Theme_2=OTHERS))) == {"narrative-missing"}


def test_a_tracker_without_a_focus_column_is_reported_by_exception(tmp_path: Path) -> None:
    text = "\n".join(f"| {row.split('|')[1]} | x | {row.rsplit('|', 5)[1]} | "
                     f"{row.rsplit('|', 3)[1]} |" for row in (MAIN, ACTION))  # fmt: skip
    path = workbook_from_text(
        tmp_path / "plan.xlsx", {"Theme 1": f"| Ref | Action | RAG Jun-26 | RAG Jul-26 |\n{text}"}
    )
    _, message = found(path)["focus-missing"]
    assert message == "no action of the tracker has a focus, so all are reported by exception."
    assert "LC.A1.1\nx" in said(written(path))


def test_focus_words_that_are_unknown_are_found(tmp_path: Path) -> None:
    path = plan(tmp_path, MAIN.replace("Focus 1", "Focus 9"), ACTION)
    assert found(path)["focus-not-understood"][0] == "Theme 1!D2"
    assert "No exceptions" not in said(written(path))


@pytest.mark.parametrize("due", ["=NA() -> #N/A", "whenever", "31/02/2026"])
def test_a_due_date_that_is_none_is_found_and_printed_as_it_is(due: str, tmp_path: Path) -> None:
    path = plan(tmp_path, MAIN, ACTION.replace("Jul-26", due))
    shown = due.rpartition("-> ")[2]
    place, message = found(path)["date-unreadable"]
    assert place == "Theme 1!C3"
    assert message.startswith(f'due date "{shown}" cannot be read as a date.')
    assert shown in written(path)[SUMMARY].values()


def test_a_status_in_error_is_not_taken_for_not_applicable(tmp_path: Path) -> None:
    path = plan(tmp_path, MAIN, ACTION.replace("Amber", "=NA() -> #N/A"))
    place, message = found(path)["status-not-understood"]
    assert place == "Theme 1!G3"
    assert 'status "#N/A" is not in the vocabulary' in message
    printed = said(written(path))
    assert "On track or complete: 0 of 1 due (0%)" in printed


def test_a_tracker_of_one_month_says_that_there_is_none_before(tmp_path: Path) -> None:
    text = "| Ref | Action | RAG Jul-26 | Update Jul-26 |\n| LC.A1.1 | Agree | Amber | Slow |"
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": text})
    printed = said(written(path))
    assert "Movement" not in printed
    assert "Slow" in printed
    pack = tmp_path / "pack.xlsx"
    sheetplan.summarise(path, output=pack)
    assert [str(breach) for breach in sheetplan.accessibility(pack).essential] == []


def test_months_between_which_some_are_missing_are_compared_by_name(tmp_path: Path) -> None:
    text = HEAD.replace("Jun-26", "Jan-26")
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": f"{text}\n{MAIN}\n{ACTION}"})
    summary = sheetplan.plan_summarise(path).content
    assert summary.previous is not None
    assert summary.previous.label == "January 2026"
    assert "Jan-26" in said(written(path))


def _typed(cells: str | tuple[str, ...], text: str) -> Callable[[xlsxwriter.Workbook], None]:
    """Puts a text into cells of the first sheet, whatever it looks like."""

    def decorate(book: xlsxwriter.Workbook) -> None:
        for cell in [cells] if isinstance(cells, str) else cells:
            book.worksheets()[0].write_string(cell, text)

    return decorate
