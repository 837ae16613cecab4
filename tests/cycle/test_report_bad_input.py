"""What officers type wrongly, paste in, or build into their workbooks: said, and never harmful."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import sheetplan
from sheetplan.errors import (
    CannotGraftError,
    MonthEmptyError,
    MonthMissingError,
    SheetplanError,
    TemplateError,
)
from tests.builders import package_with, patched, replaced, workbook_from_text
from tests.cli.running import unharmed
from tests.cycle.reporting import APPENDIX, PLAN, SUMMARY, sheet_names, small_tracker, type_into
from tests.judges import ROOT, Values, calamine_values, diff, openpyxl_values, valid

SHIPPED_SUMMARY = ROOT / "workbook_templates" / "exception_summary.xlsx"
HEAD = "| Ref | Action | Due date | Focus | RAG Jun-26 | Update Jun-26 | RAG Jul-26 | Update Jul-26"
MAIN = "| LC.A1.0 | Lead | Mar-27 | Focus 1 | N/A | N/A | N/A | N/A |"
ACTION = "| LC.A1.1 | Agree | Jul-26 | N/A | On track | Drafted | Amber | Slipped |"
OTHERS = "\n".join([HEAD, MAIN.replace("LC", "FA"), ACTION.replace("LC", "FA")])


def plan(folder: Path, *rows: str, decorate: Any = None, **sheets: str) -> Path:
    """A tracker with these rows on Theme 1, and other sheets by their names (_ for a space)."""
    texts = {name.replace("_", " "): text for name, text in sheets.items()}
    themes = {"Theme 1": "\n".join([HEAD, *(rows or (MAIN, ACTION))])}
    return workbook_from_text(folder / "plan.xlsx", {**themes, **texts}, decorate=decorate)


def found(path: Path, verb: str = "summarise") -> dict[str, tuple[str, str]]:
    """By the code of each finding: its place, and its words."""
    made = sheetplan.plan_summarise(path) if verb == "summarise" else sheetplan.plan_appendix(path)
    return {f.code: (f"{f.sheet}!{f.cell}", f.message) for f in made.findings}


def written(path: Path, verb: Callable[[Path], Any] = sheetplan.summarise) -> Values:
    """Write a report into a tracker, see that nothing was harmed, and give what calamine reads."""
    before = Path(shutil.copy(path, path.with_name("before.xlsx")))
    verb(path)
    assert diff(before, path).harm == []
    assert valid(before, path) == []
    return calamine_values(path)


def said(values: Values, sheet: str = SUMMARY) -> str:
    """All that stands on a sheet."""
    return "\n".join(map(str, values[sheet].values()))


# ---------------------------------------------------------------- what stands in the tracker


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


# ---------------------------------------------------------------- sheets that lack something


def test_a_month_that_the_tracker_does_not_have_is_refused(tmp_path: Path) -> None:
    path = plan(tmp_path, Recommendations=PLAN["Recommendations"])
    for verb in (sheetplan.summarise, sheetplan.appendix):
        with unharmed(tmp_path), pytest.raises(MonthMissingError) as refused:
            verb(path, "2026-08")
        assert str(refused.value) == (
            "plan.xlsx: the tracker does not have August 2026. It has June 2026 and July 2026. "
            "To report on July 2026, add --month 2026-07."
        )


def test_an_empty_last_month_is_refused_with_the_newest_that_is_filled_in(tmp_path: Path) -> None:
    path = plan(tmp_path, Recommendations=PLAN["Recommendations"])
    sheetplan.roll_month(path)
    for verb in (sheetplan.summarise, sheetplan.appendix):
        with unharmed(tmp_path), pytest.raises(MonthEmptyError) as refused:
            verb(path)
        assert "nobody has filled in August 2026 yet" in str(refused.value)
        assert "add --month 2026-07" in str(refused.value)
    assert SUMMARY in written(path, lambda path: sheetplan.summarise(path, "2026-07"))


def test_a_sheet_that_nobody_has_filled_in_is_named(tmp_path: Path) -> None:
    blank = f"{HEAD}\n| FA.A1.1 | Save | Jul-26 | Focus 2 | Amber | Late | | |"
    place, message = found(plan(tmp_path, Theme_2=blank))["month-not-filled"]
    assert place == "Theme 2!"
    assert message == (
        "nobody has filled in July 2026 on this sheet yet. Its actions are reported without a "
        "rating."
    )
    assert "FA.A1.1\nSave" in said(written(tmp_path / "plan.xlsx"))


def test_a_sheet_without_the_month_is_named(tmp_path: Path) -> None:
    behind = "| Ref | Action | RAG Jun-26 | Update Jun-26 |\n| FA.A1.1 | Save | Amber | Late |"
    place, message = found(plan(tmp_path, Theme_2=behind))["month-missing"]
    assert place == "Theme 2!"
    assert message.startswith("this sheet has no columns for July 2026; its latest are those of J")
    assert "FA.A1.1\nSave" in said(written(tmp_path / "plan.xlsx"))


def test_a_hidden_theme_is_reported_and_it_is_said(tmp_path: Path) -> None:
    path = plan(
        tmp_path,
        Theme_2=OTHERS,
        decorate=lambda book: book.get_worksheet_by_name("Theme 2").very_hidden(),
    )
    assert found(path)["sheet-hidden"][0] == "Theme 2!"
    assert "FA.A1.1" in said(written(path))


def test_a_theme_without_actions_has_its_section_and_no_blank_row_in_the_pack(
    tmp_path: Path,
) -> None:
    path = plan(tmp_path, Theme_2=HEAD)
    assert "Theme 2" in written(path)[SUMMARY].values()
    pack = tmp_path / "pack.xlsx"
    sheetplan.summarise(path, output=pack)
    assert [str(breach) for breach in sheetplan.accessibility(pack).essential] == []


def test_sixty_themes_are_sixty_sections(tmp_path: Path) -> None:
    codes = [f"{a}{b}" for a in "ABCDEF" for b in "KLMNPQRSTU"]
    sheets = {
        f"Theme_{n}": "\n".join([HEAD, MAIN.replace("LC", code), ACTION.replace("LC", code)])
        for n, code in enumerate(codes[1:], 2)
    }
    printed = said(written(plan(tmp_path, **sheets)))
    assert all(f"Theme {n}\n" in printed for n in range(1, 61))
    assert "On track or complete: 0 of 60 due (0%)" in printed


def test_themes_of_one_title_are_told_apart_by_their_sheets(tmp_path: Path) -> None:
    titled = f"| Better services |\n|\n{HEAD}\n{MAIN}\n{ACTION}"
    sheets = {"Plan A": titled, "Plan B": titled.replace("LC", "FA")}
    path = workbook_from_text(tmp_path / "plan.xlsx", sheets)
    assert [theme.title for theme in sheetplan.plan_summarise(path).content.themes] == list(sheets)


def test_the_longest_name_of_a_sheet_with_odd_characters_is_no_obstacle(tmp_path: Path) -> None:
    name = "Mayor's & Clerk's plan for 2026"
    assert len(name) == 31
    sheets = {name: f"{HEAD}\n{MAIN}\n{ACTION}", "A!#REF 'x": OTHERS}
    path = workbook_from_text(tmp_path / "plan.xlsx", sheets)
    assert name in written(path)[SUMMARY].values()


# ---------------------------------------------------------------- support sheets


MAP = """
    | Code | Answered by  | Heading |
    | S1   | LC.A1.1      |         |
    | S1   | LC.Z9.9      |         |
    | S1   | Moonbase     |         |
    | S9   | LC.A1.1      |         |
    |      | LC.A1.1      |         |
    | S1   |              | Values  |
"""
REGISTER = """
    | Code | Source    | Recommendation |
    | S1   | statutory |                |
    | S1   | statutory | Lead better.   |
    |      | statutory | Lead best.     |
    | S2   | statutory | Count better.  |
"""


def test_everything_that_is_wrong_with_the_recommendations_is_named_with_its_cell(
    tmp_path: Path,
) -> None:
    path = plan(tmp_path, Recommendations=REGISTER, Recommendation_map=MAP)
    findings = sheetplan.plan_appendix(path).findings
    assert [(f.code, f"{f.sheet}!{f.cell}") for f in findings] == [
        ("recommendation-text-missing", "Recommendations!C2"),
        ("recommendation-code-repeated", "Recommendations!A3"),
        ("recommendation-code-missing", "Recommendations!A4"),
        ("recommendation-code-unknown", "Recommendation map!A5"),
        ("recommendation-code-missing", "Recommendation map!A6"),
        ("recommendation-target-missing", "Recommendation map!B7"),
        ("recommendation-reference-unknown", "Recommendation map!B3"),
        ("recommendation-target-unknown", "Recommendation map!B4"),
        ("recommendation-not-mapped", "Recommendations!A5"),
    ]
    printed = said(written(path, sheetplan.appendix), APPENDIX)
    assert "Slipped" in printed
    assert "Count better." in printed


def test_two_blocks_with_one_order_are_found_and_printed_by_reference(tmp_path: Path) -> None:
    narrative = """
        | Month     | Block   | Title  | Theme   | Order | Summary | Next steps |
        | July 2026 | LC.B1.0 | Second |         | 1     | Going   | Go on      |
        | July 2026 | LC.A1.0 | First  | Theme 1 | 1     | Going   | Go on      |
        | July 2026 | LC.C1.0 | Third  | Theme 9 | two   | Going   | Go on      |
    """
    rows = [row.replace("A1", name) for name in ("A1", "B1", "C1") for row in (MAIN, ACTION)]
    path = plan(tmp_path, *rows, Narrative=narrative)
    findings = found(path)
    place, message = findings["narrative-order-repeated"]
    assert place in ("Narrative!E2", "Narrative!E3")
    assert message.endswith("so they are printed by reference. Give each its own.")
    assert findings["narrative-theme-unknown"][0] == "Narrative!D4"
    assert findings["narrative-order-unreadable"][0] == "Narrative!E4"
    (theme,) = sheetplan.plan_summarise(path).content.themes
    assert [block.title for block in theme.focus_blocks] == ["First", "Second", "Third"]
    written(path)


# ---------------------------------------------------------------- the workbook itself


def _typed(cells: str | tuple[str, ...], text: str) -> Callable[[xlsxwriter.Workbook], None]:
    """Puts a text into cells of the first sheet, whatever it looks like."""

    def decorate(book: xlsxwriter.Workbook) -> None:
        for cell in [cells] if isinstance(cells, str) else cells:
            book.worksheets()[0].write_string(cell, text)

    return decorate


def test_a_protected_structure_stays_protected_and_it_is_said(tmp_path: Path) -> None:
    path = plan(tmp_path)
    protection = '<workbookProtection workbookPassword="CC1A" lockStructure="1"/>'
    replaced(path, "xl/workbook.xml", "<bookViews>", f"{protection}<bookViews>")
    words = sheetplan.plan_summarise(path).placement.words
    assert words == (
        "Exception summary, a new sheet at the end; the structure of the workbook is protected, "
        "and stays so"
    )
    assert SUMMARY in written(path)
    assert sheetplan.plan_summarise(path).placement.words == "Exception summary, in its place"


def test_a_chart_sheet_of_that_name_is_left_alone(tmp_path: Path) -> None:
    def decorate(book: xlsxwriter.Workbook) -> None:
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "='Theme 1'!$A$2:$A$3"})
        book.add_chartsheet("exception SUMMARY").set_chart(chart)

    path = plan(tmp_path, decorate=decorate)
    assert sheetplan.plan_summarise(path).placement.words == (
        "Exception summary Jul 2026, a new sheet at the end; the sheet Exception summary is not "
        "sheetplan's, so it stays as it is"
    )
    written(path)
    assert sheet_names(path) == ["Theme 1", "exception SUMMARY", "Exception summary Jul 2026"]


def test_two_hundred_sheets_are_no_obstacle(tmp_path: Path) -> None:
    path = plan(tmp_path, **{f"Notes_{n}": "| a |" for n in range(199)})
    assert len(written(path)) == 201


def test_names_and_tables_that_the_templates_use_too_stay_the_council_s(tmp_path: Path) -> None:
    names = ["row_theme", "row_exception", "cell_title", "_sheetplan_made", "Numbers"]

    def decorate(book: xlsxwriter.Workbook) -> None:
        for name in names:
            book.define_name(name, "='Theme 1'!$A$1")
        sheet = book.add_worksheet("Tables")
        for place, name in enumerate(["Exceptions", "Movement", "Recommendation_progress"]):
            sheet.add_table(0, 3 * place, 3, 3 * place + 1, {"name": name})

    path = plan(tmp_path, decorate=decorate, Recommendations=PLAN["Recommendations"])
    written(path)
    written(path, sheetplan.appendix)
    workbook = openpyxl_book(path)
    assert [workbook.defined_names[name].attr_text for name in names] == ["'Theme 1'!$A$1"] * 5
    assert set(workbook["Tables"].tables) == {"Exceptions", "Movement", "Recommendation_progress"}


def openpyxl_book(path: Path) -> Any:
    import openpyxl

    return openpyxl.load_workbook(path)


def test_a_style_of_the_council_s_own_is_not_taken_for_excel_s(tmp_path: Path) -> None:
    path = plan(tmp_path)

    def add_style(xml: bytes) -> bytes:
        for old, new in {
            b'<cellStyles count="1">': b'<cellStyles count="2">',
            b"</cellStyles>": b'<cellStyle name="Heading 1" xfId="1"/></cellStyles>',
            b'<cellStyleXfs count="1">': b'<cellStyleXfs count="2">',
            b"</cellStyleXfs>": b'<xf numFmtId="0" fontId="0" fillId="1" borderId="0"/>'
            b"</cellStyleXfs>",
        }.items():
            assert old in xml
            xml = xml.replace(old, new)
        return xml

    patched(path, {"xl/styles.xml": add_style})
    written(path)
    title = openpyxl_book(path)[SUMMARY]["A1"]
    assert title.font.b
    assert title.fill.fill_type in (None, "none", "solid")  # and not the council's grey dots


_BARE = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%b</styleSheet>'
)
_LITTLE = (
    b'<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    b'<borders count="1"><border/></borders><cellXfs count="1"><xf/></cellXfs>'
)


@pytest.mark.parametrize("inside", [b"", _LITTLE], ids=["nothing", "the least"])
def test_a_stylesheet_that_lacks_lists_is_filled_up(inside: bytes, tmp_path: Path) -> None:
    path = plan(tmp_path)
    package_with(path, {"xl/styles.xml": _BARE % inside})
    assert SUMMARY in written(path)
    assert openpyxl_book(path)[SUMMARY]["A1"].font.b


def _with_formats(path: Path, number: int) -> Path:
    """The workbook with that many cell formats more."""
    alike = b'<xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0"/>' * number

    def add(xml: bytes) -> bytes:
        return xml.replace(b"</cellXfs>", alike + b"</cellXfs>")

    return patched(path, {"xl/styles.xml": add})


def test_a_workbook_full_of_formats_is_refused_in_words(tmp_path: Path) -> None:
    path = _with_formats(plan(tmp_path), 65_480)
    with unharmed(tmp_path), pytest.raises(CannotGraftError) as refused:
        sheetplan.summarise(path)
    assert "the workbook has as many cell formats as Excel allows (65,490)" in str(refused.value)


def test_a_workbook_with_room_for_some_formats_is_not(tmp_path: Path) -> None:
    path = _with_formats(plan(tmp_path), 64_000)
    sheetplan.summarise(path)
    assert sheet_names(path)[-1] == SUMMARY


# ---------------------------------------------------------------- a council's own template


def _own_template(folder: Path) -> tuple[Path, Path]:
    """A tracker whose settings name a copy of the shipped template."""
    path = small_tracker(folder / "plan.xlsx")
    settings = 'profile = "standard"\n[templates]\nexception_summary = "ours.xlsx"\n'
    path.with_name("sheetplan.toml").write_text(settings, "utf-8")
    return path, Path(shutil.copy(SHIPPED_SUMMARY, path.with_name("ours.xlsx")))


def test_a_copy_of_the_template_does_as_well(tmp_path: Path) -> None:
    path, _ = _own_template(tmp_path)
    assert SUMMARY in written(path)


def test_a_template_without_its_names_is_refused_with_what_each_is_for(tmp_path: Path) -> None:
    path, ours = _own_template(tmp_path)
    replaced(ours, "xl/workbook.xml", 'name="row_exception"', 'name="row_exeption"')
    replaced(ours, "xl/workbook.xml", 'name="cell_title"', 'name="titel"')
    with unharmed(tmp_path), pytest.raises(TemplateError) as refused:
        sheetplan.summarise(path)
    words = str(refused.value)
    assert "Exception summary: no row has the name row_exception (" in words
    assert "Is row_exeption meant for it?" in words
    assert "Exception summary: no cell has the name cell_title (" in words


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    path, ours = _own_template(tmp_path)
    ours.unlink()
    with unharmed(tmp_path), pytest.raises(SheetplanError, match=r"ours\.xlsx as exception_summar"):
        sheetplan.summarise(path)


def test_an_officer_s_words_are_never_overwritten_by_a_report(tmp_path: Path) -> None:
    path = plan(tmp_path)
    sheetplan.summarise(path)
    type_into(path, SUMMARY, 3, 1, "=1+1 as text")
    assert written(path)[SUMMARY]["A3"] == "=1+1 as text"
