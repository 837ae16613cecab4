"""Rolling a plan that keeps every month in one cell: cells that cannot be written, and others."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from sheetplan.errors import (
    LayoutError,
    WorkbookInUseError,
)
from tests.cli.running import run
from tests.cycle.rolling_commentary import (
    EXAMPLE,
    JUNE,
    NEW,
    PROFILE,
    TEXT,
    book,
    fill_in,
    reading,
    roll,
    texts,
    waiting,
)
from tests.judges import openpyxl_values


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the example, to be changed."""
    return Path(shutil.copy(EXAMPLE, tmp_path))


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
