"""The commentary of a row changed by place and written, judged by openpyxl and LibreOffice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetplan.model.commentary import CommentaryRun
from sheetplan.model.month import Month
from sheetplan.ooxml.cells import LONGEST_TEXT, Run
from sheetplan.ooxml.rich_text import Span
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.commentary_text import CommentaryText, Put
from tests.builders import FIRST_SHEET, replaced
from tests.judges import calamine_values, office_texts, sdk_errors
from tests.sheets.commentary_texts import (
    TEXT,
    Seen,
    Typed,
    bold_words,
    plan,
    rich,
    saved,
    seen,
    texts_of,
    with_cells,
)

AUGUST = Month(2026, 8)

# ---------------------------------------------------------------- a month's work


def rolled(text: CommentaryText) -> tuple[Run, ...]:
    """Last month's bold taken off, and a stamp put after each block."""
    blocks: dict[str, int] = {p.lead: p.last for p in text.cell.commentary.paragraphs}
    bold = [Span(p.first, p.last) for p in text.cell.commentary.paragraphs if p.is_latest]
    return text.with_changes(
        bold, [Put(last, last, "\n(August update)", bold=True) for last in blocks.values()]
    )


def test_a_month_s_work_is_what_openpyxl_reads(tmp_path: Path) -> None:
    path = plan(tmp_path / "plan.xlsx", TEXT)
    after = saved(path, rolled)
    assert "".join(each.character for each in seen(after, "E5")) == (
        "Head of Roads\nOne. (June 2026 update)\nTwo. (July update)\n(August update)\n\n"
        "Head of Trees\nThree. (July update)\n(August update)"
    )
    assert bold_words(path, "E5") == [
        "Head of Roads", "Two. (July update)", "Head of Trees", "Three. (July update)",
    ]  # fmt: skip
    assert bold_words(after, "E5") == [
        "Head of Roads", "\n(August update)", "Head of Trees", "\n(August update)",
    ]  # fmt: skip
    underlined = [each.character for each in seen(after, "E5") if each.underline]
    assert "".join(underlined) == "Head of RoadsHead of Trees"


def test_what_it_would_say_is_what_is_read_from_the_file(tmp_path: Path) -> None:
    path = plan(tmp_path / "plan.xlsx", TEXT)
    (text,) = texts_of(Workbook.open(path))
    foretold = text.read(rolled(text), AUGUST)
    (again,) = texts_of(Workbook.open(saved(path, rolled)))
    assert again.cell.commentary == foretold
    assert [(p.words, p.month and p.month.iso) for p in foretold.paragraphs] == [
        ("One.", "2026-06"), ("Two.", "2026-07"), ("", "2026-08"),
        ("Three.", "2026-07"), ("", "2026-08"),
    ]  # fmt: skip


def test_nothing_that_is_changed_is_written_as_it_was(tmp_path: Path) -> None:
    path = plan(tmp_path / "plan.xlsx", TEXT)
    after = saved(path, lambda text: text.with_changes([], []))
    assert seen(after, "E5") == seen(path, "E5")


def test_places_are_those_of_its_words(tmp_path: Path) -> None:
    stretches = [
        Typed("Head of Roads \U0001f6a7", ("<b/>", "<u/>")),
        Typed("_x000D_\n\U0001f6a7 One. (July update)_x000D_\n_x005F_x000D_ ", None),
        Typed("Two. (July update)", ("<b/>",)),
    ]
    cell = f'<c r="E5" t="inlineStr"><is>{rich(stretches)}</is></c>'
    (text,) = texts_of(Workbook.open(with_cells(tmp_path / "plan.xlsx", [cell])))
    paragraphs = text.cell.commentary.paragraphs
    said = ["\U0001f6a7 One. (July update)", "_x000D_ Two. (July update)"]
    assert [each.text for each in paragraphs] == said
    assert [text.words[each.first : each.last] for each in paragraphs] == said


def test_all_words_taken_out_leave_an_empty_cell(tmp_path: Path) -> None:
    path = plan(tmp_path / "plan.xlsx", TEXT)
    after = saved(path, lambda text: text.with_changes([], [Put(0, len(text.words))]))
    assert "E5" not in calamine_values(after)["Plan"]


def test_a_plain_cell_becomes_rich_text_in_its_own_font(tmp_path: Path) -> None:
    path = with_cells(
        tmp_path / "plan.xlsx", ['<c r="E5" t="inlineStr"><is><t>Begun.</t></is></c>']
    )
    after = saved(path, lambda text: text.with_changes([], [Put(6, 6, "\nDone.", bold=True)]))
    assert bold_words(after, "E5") == ["\nDone."]
    assert {each.font for each in seen(after, "E5")} == {"Calibri"}


def test_a_cell_in_bold_loses_it_and_keeps_its_font(tmp_path: Path) -> None:
    path = plan(tmp_path / "plan.xlsx", "**Begun. (July update)**")  # the cell's own look
    before = seen(path, "E5")
    assert all(each.bold for each in before)
    after = saved(path, rolled)
    assert bold_words(after, "E5") == ["\n(August update)"]
    assert seen(after, "E5")[: len(before)] == [each._replace(bold=False) for each in before]


@pytest.mark.validator
def test_a_month_s_work_is_valid(tmp_path: Path) -> None:
    path = with_cells(
        tmp_path / "plan.xlsx",
        [
            '<c r="E5" t="inlineStr"><is><r><rPr><b/></rPr><t>Begun.</t></r></is></c>',
            f'<c r="E6" t="inlineStr"><is>{rich(ODD)}</is></c>',
        ],
    )
    assert sdk_errors(saved(path, rolled)) == sdk_errors(path)


# ---------------------------------------------------------------- any rich text


KINDS = (
    ("<b/>", '<b val="1"/>', '<b val="0"/>'),
    ("<u/>", '<u val="double"/>', '<u val="none"/>'),
    ("<i/>",),
    ("<strike/>",),
    ('<vertAlign val="superscript"/>',),
    ('<sz val="9"/>',),
    ('<color rgb="FFC00000"/>', '<color theme="4" tint="-0.25"/>', '<color indexed="10"/>'),
    ('<rFont val="Tahoma"/>',),
    ('<family val="2"/>',),
    ('<charset val="1"/>',),
    ('<scheme val="minor"/>',),
)
ODD = (Typed(" a\n", ("<b/>", '<sz val="9"/>')), Typed("\U0001f6a7 ", None), Typed("b", ("<b/>",)))


@st.composite
def typed(draw: st.DrawFn) -> Typed:
    kinds = draw(st.lists(st.sampled_from(KINDS), unique=True, max_size=5))
    look = tuple(draw(st.sampled_from(kind)) for kind in kinds)
    text = draw(st.text("ab \n\té\U0001f6a7<&", min_size=1, max_size=6))
    return Typed(text, draw(st.sampled_from([None, look])))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(typed(), min_size=1, max_size=5), min_size=2, max_size=12),
    st.randoms(use_true_random=False),
)
def test_what_no_change_touches_looks_as_before(
    tmp_path: Path, rows: list[list[Typed]], random: Any
) -> None:
    kept = '<c r="E{}" t="inlineStr"><is>{}</is></c>'
    path = with_cells(
        tmp_path / "any.xlsx",
        [kept.format(at, rich(stretches)) for at, stretches in enumerate(rows, 5)],
    )
    before = {f"E{at}": seen(path, f"E{at}") for at in range(5, 5 + len(rows))}
    expected: dict[str, list[Seen | str]] = {}

    def change(text: CommentaryText) -> tuple[Run, ...]:
        stretches = rows[text.cell.row.row - 5]
        all_typed = [each for each in stretches for _ in each.text]
        first, last = sorted(random.choices(range(len(all_typed) + 1), k=2))
        place = random.randint(0, len(all_typed))
        wanted: list[Seen | str] = list(before[text.name])
        for at in range(first, last):
            if all_typed[at].is_bold and not all_typed[at].is_lead:
                wanted[at] = before[text.name][at]._replace(bold=False)
        wanted[place:place] = "New"
        expected[text.name] = wanted
        return text.with_changes([Span(first, last)], [Put(place, place, "New", bold=True)])

    after = saved(path, change, "changed.xlsx")
    for name, wanted in expected.items():
        found = seen(after, name)
        assert len(found) == len(wanted)
        for each, what in zip(found, wanted, strict=True):
            if isinstance(what, str):
                assert (each.character, each.bold, each.underline) == (what, True, None)
            else:
                assert each == what


@pytest.mark.office
def test_libreoffice_shows_the_words(tmp_path: Path) -> None:
    lines = (Typed("Über \U0001f6a7", ("<b/>",)), Typed("\nb  c ", None), Typed("\t<d>", ("<i/>",)))
    path = with_cells(
        tmp_path / "plan.xlsx",
        [f'<c r="E{at}" t="inlineStr"><is>{rich(lines)}</is></c>' for at in (5, 6)],
    )
    after = saved(
        path, lambda text: text.with_changes([Span(0, 7)], [Put(6, 7, "=1+1", bold=True)])
    )
    assert office_texts([after])[after]["Plan"]["E5"] == "Über \U0001f6a7=1+1b  c \t<d>"


# ---------------------------------------------------------------- what cannot be written


@pytest.mark.parametrize(
    ("cell", "obstacle"),
    [
        (
            '<c r="E5"><f>A1&amp;"x"</f><v>7</v></c>',
            'Plan!E5 holds a formula (=A1&"x"), which is not written over. Type the words there '
            "by hand.",
        ),
        ('<c r="E5"><v>45</v></c>', "Plan!E5 holds a number, not words. Change it there by hand."),
        (
            '<c r="E5" t="e"><v>#N/A</v></c>',
            "Plan!E5 holds the error #N/A, not words. Change it there by hand.",
        ),
        (
            '<c r="E5" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></is></c>',
            "Plan!E5 holds phonetic guides, which would be lost. Change it there by hand.",
        ),
        ('<c r="E5" t="inlineStr"><is><t>Begun.</t></is></c>', ""),
        ('<c r="E5" t="str"><v>Begun.</v></c>', ""),
    ],
)
def test_a_cell_that_holds_more_than_words_is_left_to_people(
    tmp_path: Path, cell: str, obstacle: str
) -> None:
    path = with_cells(tmp_path / "plan.xlsx", [cell])
    (text,) = texts_of(Workbook.open(path))
    assert text.obstacle == obstacle


@pytest.mark.parametrize(
    ("area", "covered"),
    [("E5:E6", ["E6"]), ("D5:E5", ["E5"]), ("E5:F5", []), ("E6:F7", []), ("D4:F6", ["E5", "E6"])],
)
def test_a_cell_whose_words_stand_in_another_is_left_to_people(
    tmp_path: Path, area: str, covered: list[str]
) -> None:
    path = plan(tmp_path / "plan.xlsx", TEXT, TEXT)
    texts = texts_of(Workbook.open(path))
    merged = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    sheet = Workbook.open(replaced(path, FIRST_SHEET, "</sheetData>", merged)).sheets[0]
    moved = [
        replace(t, item=replace(t.item, found=replace(t.item.found, sheet=sheet))) for t in texts
    ]
    assert [t.name for t in moved if "part of the merged cells" in t.obstacle] == covered
    assert [t.name for t in moved if not t.obstacle] == [
        t.name for t in moved if t.name not in covered
    ]


def test_the_look_of_a_cell_and_what_else_its_tag_says_stay(tmp_path: Path) -> None:
    path = with_cells(
        tmp_path / "plan.xlsx", ['<c r="E5" s="1" ph="1" t="inlineStr"><is><t>a</t></is></c>']
    )
    after = saved(path, lambda text: text.with_changes([], [Put(1, 1, "b")]))
    (text,) = texts_of(Workbook.open(after))
    stored = text.item.found.sheet.cell(5, text.column)
    assert stored is not None
    assert dict(stored.attrib) == {"r": "E5", "s": "1", "ph": "1", "t": "inlineStr"}


@pytest.mark.parametrize("cell", ['<c r="E5" t="inlineStr"><is/></c>', '<c r="E5"><v></v></c>'])
def test_a_cell_that_is_as_good_as_empty_can_be_written(tmp_path: Path, cell: str) -> None:
    path = with_cells(tmp_path / "plan.xlsx", [cell])
    after = saved(path, lambda text: text.with_changes([], [Put(0, 0, "Begun.", bold=True)]))
    assert bold_words(after, "E5") == ["Begun."]


@pytest.mark.parametrize(
    ("words", "is_too_long"),
    [
        ("a" * LONGEST_TEXT, False),
        ("a" * (LONGEST_TEXT + 1), True),
        ("\U0001f6a7" * (LONGEST_TEXT // 2) + "a", False),
        ("\U0001f6a7" * (LONGEST_TEXT // 2) + "aa", True),
    ],
)
def test_length_is_counted_as_excel_does(tmp_path: Path, words: str, is_too_long: bool) -> None:
    (text,) = texts_of(Workbook.open(plan(tmp_path / "plan.xlsx", TEXT)))
    half = len(words) // 2
    assert text.is_too_long([Run(words[:half]), Run(words[half:])]) == is_too_long
    if is_too_long:
        with pytest.raises(ValueError, match="32,767"):
            assert text.write([Run(words)]).write.stored


def test_what_is_read_has_the_look_of_the_file(tmp_path: Path) -> None:
    (text,) = texts_of(Workbook.open(plan(tmp_path / "plan.xlsx", TEXT)))
    looked = text.looks.looked(text.runs, text.cell_format)
    assert tuple(CommentaryRun(run.text, *run.look) for run in looked) == text.cell.runs
    assert text.read(text.runs, text.item.written) == text.cell.commentary
