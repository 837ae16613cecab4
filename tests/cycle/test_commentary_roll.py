"""Rolling a plan that keeps every month in one cell, from the file to the file."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

import sheetplan
from sheetplan.cycle.commentary_roll import CommentaryRollPlan
from sheetplan.errors import (
    LayoutError,
    MonthEmptyError,
    MonthExistsError,
    MonthGapError,
    NoMonthColumnsError,
    WorkbookInUseError,
)
from sheetplan.model.commentary import Paragraph
from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.commentary_sheets import CommentarySheet
from sheetplan.sheets.reading import read_layouts
from tests.cli.running import run
from tests.commentary import marked
from tests.commentary_books import Row, Section, plan_book, published_book
from tests.judges import ROOT, calamine_values, diff, openpyxl_values, valid

EXAMPLE = ROOT / "examples" / "commentary_plan.xlsx"
PROFILE = "commentary"
JUNE, JULY, AUGUST = (Month(2026, number) for number in (6, 7, 8))
TEXT = "[[A]]\nOne. (May 2026 update)\n**Two. (June 2026 update)**"
NEW = "\n(July 2026 update)"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the example, to be changed."""
    return Path(shutil.copy(EXAMPLE, tmp_path))


def book(path: Path, *texts: str, title: str = "Improvement Plan") -> Path:
    rows = [Row(f"1.{n}", "Aim", "Act", "", marked(text)) for n, text in enumerate(texts, 1)]
    return plan_book(path, [Section("1. Waste", rows)], title=title)


def roll(path: Path, month: str | None = None, **how: bool) -> CommentaryRollPlan:
    rolled = sheetplan.roll_month(path, month, profile=PROFILE, **how).plan
    assert isinstance(rolled, CommentaryRollPlan)
    return rolled


def sheets_of(path: Path) -> list[CommentarySheet]:
    readings = read_layouts(Workbook.open(path), load_profile(PROFILE)).trackers
    return [item.commentary for item in readings if item.commentary]


def said(path: Path) -> list[tuple[str, list[Paragraph]]]:
    return [
        (cell.row.reference_text, list(cell.commentary.paragraphs))
        for item in sheets_of(path)
        for cell in item.cells
    ]


def reading(path: Path, until: Month) -> list[object]:
    """All that the paragraphs of a plan say until a month, row by row."""
    return [
        (reference, p.lead, p.words, p.month, p.is_complete)
        for reference, paragraphs in said(path)
        for p in paragraphs
        if p.says_anything and (p.month is None or p.month <= until)
    ]


def waiting(path: Path, month: Month) -> list[tuple[str, str]]:
    """The leads that have a stamp of a month which waits for its words."""
    return [
        (reference, p.lead)
        for reference, paragraphs in said(path)
        for p in paragraphs
        if p.month == month and not p.says_anything and p.is_latest
    ]


def texts(path: Path) -> list[str]:
    """The commentaries as calamine reads them."""
    cells = calamine_values(path)["Plan"]
    return [str(cells[name]) for name in cells if name.startswith("E") and name not in ("E4",)]


# ---------------------------------------------------------------- done


def test_a_roll_writes_the_stamps_and_nothing_else(plan: Path, tmp_path: Path) -> None:
    before = Path(shutil.copy(plan, tmp_path / "before.xlsx"))
    rolled = roll(plan)
    assert (rolled.month, rolled.old_month, rolled.stamps) == (
        JULY,
        JULY.previous,
        ["(July update)"],
    )
    changed = {each.text.name for each in rolled.changed}
    assert changed == {"E6", "E7", "E9", "E13", "E14", "E15", "E20", "E21", "E22"}
    old, new = openpyxl_values(before)["Plan"], openpyxl_values(plan)["Plan"]
    assert {name for name in old if old[name] != new[name]} == changed - {"E9"}
    assert valid(before, plan) == []
    assert all(any(f"!{name} " in line for name in changed) for line in diff(before, plan).harm)
    assert reading(plan, JULY) == reading(before, JULY)
    assert len(waiting(plan, JULY)) == 11


def test_a_cell_is_as_somebody_would_have_typed_it(plan: Path) -> None:
    roll(plan)
    value = openpyxl.load_workbook(plan, rich_text=True)["Plan"]["E15"].value
    assert isinstance(value, CellRichText)
    found = [
        (block.text, bool(block.font.b), block.font.u, block.font.rFont, block.font.sz)
        for block in value
        if isinstance(block, TextBlock)
    ]
    assert found == [
        ("Children's Librarian", True, "single", "Arial", 10.0),
        ("\nSchools were invited. (May update)", False, None, "Arial", 10.0),
        (
            "\n31 of 34 schools have joined; the last three are asked again by 3 July. "
            "(June update)",
            False,
            None,
            "Arial",
            10.0,
        ),
        ("\n(July update)", True, None, "Arial", 10.0),
    ]


def test_a_roll_leaves_a_backup_and_undo_puts_it_back(plan: Path) -> None:
    before = plan.read_bytes()
    roll(plan)
    backup = plan.with_name("commentary_plan (before July 2026).xlsx")
    assert backup.read_bytes() == before
    sheetplan.undo(plan)
    assert plan.read_bytes() == before


def test_a_roll_to_a_new_file_leaves_the_plan_alone(plan: Path, tmp_path: Path) -> None:
    before = plan.read_bytes()
    sheetplan.roll_month(plan, output=tmp_path / "july.xlsx", profile=PROFILE)
    assert plan.read_bytes() == before
    assert len(waiting(tmp_path / "july.xlsx", JULY)) == 11


def test_a_dry_run_says_all_and_writes_nothing(plan: Path) -> None:
    before = plan.read_bytes()
    shown = run("roll-month", plan, "--profile", PROFILE, "--dry-run")
    assert shown.status == 0
    assert "commentary_plan.xlsx: July 2026 would be opened" in shown.out
    assert "Plan 12 14 11 3 11" in shown.printed
    assert '"(June update)" behind paragraphs of 2.2, which would get it' in shown.printed
    assert "Left empty 1 row, 3.4" in shown.printed
    assert 'Homes and Libraries Plan, June 2026" (Plan!A1)' in shown.printed
    assert plan.read_bytes() == before
    assert [path.name for path in plan.parent.iterdir()] == ["commentary_plan.xlsx"]


def test_json_tells_each_cell(plan: Path) -> None:
    data = run("roll-month", plan, "--profile", PROFILE, "--json").data
    (sheet,) = data["sheets"]
    assert (data["month"], data["after"], sheet["stamp"]) == ("2026-07", "2026-06", "(July update)")
    cell = next(cell for cell in sheet["cells"] if cell["cell"] == "E14")
    assert cell["stamped_leads"] == ["Head of Property", "Head of Libraries"]
    assert cell["stamped_paragraphs"] == ["(June update)"]
    assert cell["content"] == openpyxl_values(plan)["Plan"]["E14"]
    json.dumps(data)


def test_what_was_rolled_can_be_filled_in_and_rolled_again(plan: Path) -> None:
    before = reading(plan, JULY)
    roll(plan)
    fill_in(plan, JULY)
    assert roll(plan).month == AUGUST
    assert reading(plan, JUNE) == before
    assert len(waiting(plan, AUGUST)) == 11
    assert waiting(plan, JULY) == []


def fill_in(path: Path, month: Month) -> None:
    """Put words before each stamp that waits for them, as an officer does: in bold."""
    words = f"In {month} we went on. "
    workbook = openpyxl.load_workbook(path, rich_text=True)
    for sheet in workbook:
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, CellRichText):
                    for block in cell.value:
                        if isinstance(block, TextBlock):
                            block.text = _filled(block.text, month, words)
    workbook.save(path)


def _filled(text: str, month: Month, words: str) -> str:
    bare = text.strip()
    is_stamp = bare.startswith(f"({month.name}") and bare.endswith(")")
    return text.replace("(", f"{words}(") if is_stamp else text


# ---------------------------------------------------------------- which month


def test_a_second_roll_is_refused_and_force_allows_it(plan: Path) -> None:
    roll(plan)
    rolled = plan.read_bytes()
    with pytest.raises(MonthEmptyError, match="no lead says anything for July 2026") as error:
        roll(plan)
    assert "--force" in error.value.remedy
    assert plan.read_bytes() == rolled
    roll(plan, force=True)
    assert len(waiting(plan, AUGUST)) == 11


def test_a_month_that_is_there_is_refused(plan: Path) -> None:
    roll(plan)
    with pytest.raises(MonthExistsError, match="there already under every lead"):
        roll(plan, "2026-07")


def test_leads_that_were_added_since_get_the_stamp_of_the_newest_month(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", TEXT, "[[B]]\nThree. (May 2026 update)")
    rolled = roll(path, "2026-06")
    assert [each.leads for each in rolled.changed] == [("B",)]
    assert texts(path)[-2:] == [
        "A\nOne. (May 2026 update)\nTwo. (June 2026 update)",
        "B\nThree. (May 2026 update)\n(June 2026 update)",
    ]


@pytest.mark.parametrize(
    ("month", "message"),
    [
        ("2026-09", "so September 2026 would leave out July 2026 to August 2026"),
        ("2026-05", "May 2026 is before June 2026"),
    ],
)
def test_a_month_that_does_not_follow_is_refused(plan: Path, month: str, message: str) -> None:
    with pytest.raises(MonthGapError, match=message):
        roll(plan, month)


def test_a_gap_may_be_left_where_it_is_said(plan: Path) -> None:
    before = reading(plan, JULY)
    assert roll(plan, "2026-09", allow_gap=True).stamps == ["(September update)"]
    assert reading(plan, JULY) == before


def test_a_plan_in_which_all_is_complete_has_nothing_to_open(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", "[[A]]\n**One. (June 2026 update) COMPLETE**")
    with pytest.raises(MonthEmptyError, match="no lead has more to report in July 2026"):
        roll(path)


def test_leads_without_words_begin_with_the_month_of_the_plan(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", "[[A]]", title="Improvement Plan, June 2026")
    assert roll(path).month == JUNE
    assert texts(path)[-1] == "A\n(June update)"


def test_formulas_are_not_made_to_read_another_month(plan: Path) -> None:
    with pytest.raises(NoMonthColumnsError, match="--repoint is about formulas"):
        sheetplan.roll_month(plan, profile=PROFILE, repoint=True)


# ---------------------------------------------------------------- years


def test_a_plan_without_years_that_would_be_read_otherwise_gets_them(tmp_path: Path) -> None:
    texts_before = (
        "[[A]]\nOne. (January update)\n**Two. (June update)**",
        "[[B]]\nOne. (May update)\n**Two. (June update)**",
    )
    path = book(tmp_path / "plan.xlsx", *texts_before, title="Plan, June 2026")
    before = reading(path, JULY)
    rolled = roll(path)
    assert rolled.stamps == ["(July 2026 update)"]
    assert rolled.dated == {"(January update)": {"1.1": 1}}
    assert texts(path)[-2:] == [
        f"A\nOne. (January 2026 update)\nTwo. (June update){NEW}",
        f"B\nOne. (May update)\nTwo. (June update){NEW}",
    ]
    assert reading(path, JULY) == before
    said_so = run("roll-month", path, "--profile", PROFILE, "--force", "--dry-run")
    assert "(August 2026 update)" in said_so.printed


def test_a_year_of_stamps_that_have_their_years_is_read_as_of_the_newest(tmp_path: Path) -> None:
    lines = [f"Done in {m}. ({m} update)" for m in map(JULY.plus, range(-13, 0))]
    path = book(tmp_path / "plan.xlsx", "\n".join(("[[A]]", *lines[:-1], f"**{lines[-1]}**")))
    before = reading(path, JULY)
    assert roll(path).month == JULY
    assert (reading(path, JULY), waiting(path, JULY)) == (before, [("1.1", "A")])


def test_a_stamp_of_the_year_before_gets_its_year(tmp_path: Path) -> None:
    path = book(
        tmp_path / "plan.xlsx",
        "[[A]]\nOld. (July update)\n**New. (June update)**",
        title="June 2026",
    )
    rolled = roll(path)
    assert rolled.dated == {"(July update)": {"1.1": 1}}
    assert texts(path)[-1].startswith("A\nOld. (July 2025 update)\nNew. (June")


# ---------------------------------------------------------------- cells that cannot be written


def changed_by_hand(path: Path, change: Callable[[Worksheet], None]) -> Path:
    workbook = openpyxl.load_workbook(path, rich_text=True)
    change(workbook["Plan"])
    workbook.save(path)
    return path


def put(value: object) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet["E5"].value = value

    return change


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ('="Words"&" (June 2026 update)"', "the cell holds a formula"),
        (2026, "the cell holds a number, not words"),
        (True, "the cell holds TRUE or FALSE, not words"),
    ],
)
def test_a_cell_without_plain_words_is_left_and_told(
    tmp_path: Path, value: object, why: str
) -> None:
    path = changed_by_hand(book(tmp_path / "plan.xlsx", TEXT, TEXT), put(value))
    if isinstance(value, str):
        path = with_result(path, "Words (June 2026 update)")
    before = openpyxl_values(path, formulas=True)["Plan"]["E5"]
    rolled = roll(path)
    (finding,) = rolled.findings
    assert (finding.code, finding.place) == ("month-not-opened", "Plan!E5 (1.1)")
    assert finding.message.startswith(why)
    after = openpyxl_values(path, formulas=True)["Plan"]
    assert after["E5"] == before
    assert str(after["E6"]).endswith(NEW)
    printed = run("roll-month", path, "--profile", PROFILE, "--force", "--dry-run").printed
    assert f"Look at Plan!E5 (1.1): {why}" in printed


def with_result(path: Path, result: str) -> Path:
    """A formula as Excel saves it, with its result."""
    stored = f"</f><v>{result}</v>"
    more = (("</f><v />", stored), ('<c r="E5"', '<c r="E5" t="str"'))
    return rewritten(path, "xl/worksheets/sheet1.xml", "</f><v></v>", stored, *more)


def rewritten(path: Path, part: str, old: str, new: str, *more: tuple[str, str]) -> Path:
    """A workbook with other words in a part."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts[part].decode()
    for one, two in ((old, new), *more):
        text = text.replace(one, two)
    parts[part] = text.encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def test_a_phonetic_guide_is_not_lost(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", TEXT, "[[B]]\n**Three. (June 2026 update)**")
    guide = '<rPh sb="0" eb="1"><t>bi</t></rPh></si>'
    rewritten(path, "xl/sharedStrings.xml", "Three. (June 2026 update)</t></r></si>",
              f"Three. (June 2026 update)</t></r>{guide}")  # fmt: skip
    (finding,) = roll(path).findings
    assert finding.place == "Plan!E6 (1.2)"
    assert "phonetic guides" in finding.message


def test_merged_cells_are_written_where_their_words_stand(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", TEXT, "[[A]]")
    changed_by_hand(path, lambda sheet: sheet.merge_cells("E5:E6"))
    rolled = roll(path)
    assert ([s.empty for s in rolled.sheets], rolled.findings) == ([["1.2"]], [])
    assert texts(path)[-1].endswith(NEW)


def test_a_plan_whose_only_cell_cannot_be_written_is_not_rolled(tmp_path: Path) -> None:
    path = with_result(
        changed_by_hand(book(tmp_path / "plan.xlsx", TEXT), put('="A"')), "One. (June 2026 update)"
    )
    before = path.read_bytes()
    with pytest.raises(LayoutError, match=r"Plan!E5 \(1\.1\): the cell holds a formula"):
        roll(path)
    assert path.read_bytes() == before


def test_two_rows_that_share_their_words_are_written_apart(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", TEXT, TEXT, TEXT + "\n[[B]]\nDone. COMPLETE")
    strings = zipfile.ZipFile(path).read("xl/sharedStrings.xml").decode()
    assert strings.count("One. (May 2026 update)") == 2
    roll(path)
    one, two, three = texts(path)[-3:]
    assert one == two == f"A\nOne. (May 2026 update)\nTwo. (June 2026 update){NEW}"
    assert three == f"{one}\nB\nDone. COMPLETE"


def test_line_ends_of_another_system_stay(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", "x", TEXT)
    rewritten(path, "xl/sharedStrings.xml", "<t>x</t>",
              "<t>One._x000D_\nTwo. (June 2026 update)</t>")  # fmt: skip
    roll(path)
    stored = openpyxl.load_workbook(path)["Plan"]["E5"].value
    assert stored == "One._x000D_\nTwo. (June 2026 update)_x000D_\n(July 2026 update)"


def test_words_that_look_like_a_formula_stay_words(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", "**=1+1 <b>&amp; (June 2026 update)**")
    roll(path)
    assert texts(path)[-1] == f"=1+1 <b>&amp; (June 2026 update){NEW}"


def test_a_plan_that_is_open_elsewhere_is_not_written(plan: Path) -> None:
    plan.with_name(f"~${plan.name}").write_bytes(b"\x05Sam P" + b" " * 159)
    with pytest.raises(WorkbookInUseError):
        roll(plan)


# ---------------------------------------------------------------- any commentary, month after month


def _paragraph(words: str, ago: int, form: int) -> str:
    if form == 3:
        return words
    month = JUNE.plus(-ago)
    has_year = form == 0 or ago > 5  # one without may be of the months to come
    stamp = f"({month if has_year else month.name} update)"
    return f"{words} {stamp}{' COMPLETE' if form == 4 else ''}"


def _commentary(leads: Iterable[list[tuple[str, int, int]]]) -> str:
    lines = []
    for number, paragraphs in enumerate(leads):
        lines.append(f"[[Lead {number}]]")
        for words, ago, form in sorted(paragraphs, key=lambda p: -p[1]):
            text = _paragraph(words, ago, form)
            lines.append(f"**{text}**" if ago == 0 else text)
    return "\n".join(lines)


_WORDS = st.sampled_from(("We began.", "In hand", "Two of 3 are done.", "See 1.7", "A note:"))
_PARAGRAPHS = st.lists(st.tuples(_WORDS, st.integers(0, 9), st.integers(0, 4)), max_size=4)
_PLANS = st.lists(
    st.lists(_PARAGRAPHS, min_size=1, max_size=3).map(_commentary), min_size=1, max_size=3
)


@settings(max_examples=6, deadline=None)
@given(_PLANS, st.integers(1, 14))
def test_month_after_month_old_words_are_read_as_before(
    tmp_path_factory: pytest.TempPathFactory, commentaries: list[str], months: int
) -> None:
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    book(path, "[[A]]\n**It runs. (June 2026 update)**", *commentaries)
    month = JUNE
    for _ in range(months):
        month = month.next
        before = reading(path, month)
        rolled = roll(path)
        assert rolled.month == month
        assert reading(path, month) == before
        found = waiting(path, month)
        asked = [(each.reference, lead) for each in rolled.changed for lead in each.leads]
        assert sorted(found) == sorted(asked)
        assert len(set(found)) == len(found)
        fill_in(path, month)
        assert waiting(path, month) == []


# ---------------------------------------------------------------- another council's plan


@pytest.mark.shared
def test_another_councils_plan_is_rolled_month_after_month(tmp_path: Path) -> None:
    path = published_book(tmp_path / "plan.xlsx")
    month = Month(2018, 9)
    for count in (51, 51):
        before = Path(shutil.copy(path, tmp_path / "before.xlsx"))
        month = month.next
        rolled = roll(path)
        assert (rolled.month, sum(sheet.stamps for sheet in rolled.sheets)) == (month, count)
        assert valid(before, path) == []
        names = {each.text.name for each in rolled.changed}
        assert all(any(f"!{name} " in line for name in names) for line in diff(before, path).harm)
        assert reading(path, month) == reading(before, month)
        assert {finding.code for finding in rolled.findings} == {"month-still-bold"}
        fill_in(path, month)
