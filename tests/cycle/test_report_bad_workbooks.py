"""What councils build into their workbooks and templates: it stays theirs, or it is refused."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import sheetplan
from sheetplan.errors import CannotGraftError, SheetplanError, TemplateError
from tests.builders import package_with, patched, replaced
from tests.cli.running import unharmed
from tests.cycle.odd_trackers import SHIPPED_SUMMARY, plan, written
from tests.cycle.reporting import PLAN, SUMMARY, sheet_names, small_tracker, type_into

# ---------------------------------------------------------------- the workbook itself


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
