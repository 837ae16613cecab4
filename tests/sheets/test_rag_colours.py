"""Colour rules say what the vocabulary says, to people who can tell the colours and who cannot."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

import sheetplan
from sheetplan.model.status import Rag
from sheetplan.sheets.rag_colours import is_coloured, status_area
from tests.builders import parts_of, workbook_from_text
from tests.cycle.looking import sheet_of
from tests.shapes import PAIRS, plan
from tests.sheets.building import STANDARD, reading_of

STATUSES = [
    (words, entry.rag)
    for entry in STANDARD.vocabulary.entries
    for words in (*entry.words, *entry.alone)
]


class Words(str):
    """Text as Excel compares it: capitals do not count."""

    def __eq__(self, other: object) -> bool:
        return self.casefold() == str(other).casefold()

    __hash__ = str.__hash__


def holds(formula: str, status: str) -> bool:
    """Whether a rule's formula is true for a status in G2, worked out as Excel would."""
    functions = {
        "OR": lambda *tests: any(tests),
        "LEFT": lambda text, length: Words(text[:length]),
        "SUBSTITUTE": lambda text, old, new: Words(text.replace(old, new)),
        "TRIM": lambda text: Words(" ".join(text.split())),
        "G2": Words(status),
    }
    as_python = re.sub(r'"((?:[^"]|"")*)"', lambda m: repr(m[1].replace('""', '"')), formula)
    return bool(eval(as_python.replace(")=", ")=="), functions))


@dataclass
class Colour:
    """A rule that was added: its formula, its fill and the colour of its text."""

    formula: str
    fill: str
    text: str
    edge: str | None


def colours_in(path) -> list[Colour]:
    """The rules of the only range that has any, in the order in which Excel tries them."""
    (area,) = sheet_of(path).conditional_formatting
    assert str(area.sqref).startswith("G2:G")
    return [
        Colour(
            rule.formula[0],
            rule.dxf.fill.bgColor.rgb[2:],
            rule.dxf.font.color.rgb[2:],
            rule.dxf.border.left.style,
        )
        for rule in sorted(area.rules, key=lambda rule: rule.priority)
    ]


@pytest.fixture(scope="module")
def colours(tmp_path_factory):
    """The rules that a roll adds to a tracker that has none."""
    folder = tmp_path_factory.mktemp("colours")
    path = plan(folder / "plan.xlsx", PAIRS)
    return colours_in(sheetplan.roll_month(path, output=folder / "after.xlsx").output)


def fill_of(colours: list[Colour], status: str) -> str | None:
    return next((colour.fill for colour in colours if holds(colour.formula, status)), None)


@pytest.mark.parametrize(("status", "rag"), STATUSES)
def test_every_status_of_the_profile_has_the_colour_of_its_rating(colours, status, rag):
    expected = STANDARD.palette[rag].fill if rag is not Rag.NONE else None
    for typed in (status, status.upper(), f" {status.lower()} ", status.replace(" ", "")):
        assert fill_of(colours, typed) == expected


@pytest.mark.parametrize(
    ("status", "rag"),
    [
        ("On track - little or no slippage", Rag.GREEN),
        ("Completed in May", Rag.BLUE),
        ("Complete and closed", Rag.BLUE),
        ("Not on track", None),
        ("Nearly complete", None),
        ("Redesign", None),
        ("Good", None),
        ("", None),
    ],
)
def test_words_behind_a_status_do_not_matter_and_words_before_it_do(colours, status, rag):
    assert fill_of(colours, status) == (STANDARD.palette[rag].fill if rag else None)


def test_no_status_has_two_colours(colours):
    for status, _ in STATUSES:
        assert sum(holds(colour.formula, status) for colour in colours) <= 1


def test_the_colours_are_those_of_the_profile_with_an_edge_around_each(colours):
    rated = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.BLUE, Rag.GREY)
    assert [(colour.fill, colour.text) for colour in colours] == [
        tuple(STANDARD.palette[rag]) for rag in rated
    ]
    assert {colour.edge for colour in colours} == {"thin"}


def test_a_councils_own_words_and_colours_are_used(tmp_path):
    profile = tmp_path / "sheetplan.toml"
    profile.write_text(
        'profile = "standard"\n[status.complete]\nwords = ["All \\"done\\""]\n'
        '[colours]\nblue = { fill = "00205B", text = "FFFFFF" }\n',
        encoding="utf-8",
    )
    path = plan(tmp_path / "plan.xlsx", PAIRS)
    found = colours_in(sheetplan.roll_month(path, output=tmp_path / "after.xlsx").output)
    assert fill_of(found, "Complete") == fill_of(found, 'All "done"') == "00205B"


def test_the_statuses_of_a_column_go_from_the_first_action_to_the_last(tmp_path):
    item = reading_of(tmp_path / "plan.xlsx", PAIRS + "| Total | | | | 3 | |")
    assert str(status_area(item.sheet, item.layout, 5)) == "E2:E4"
    empty = reading_of(tmp_path / "empty.xlsx", PAIRS.strip().splitlines()[0])
    assert status_area(empty.sheet, empty.layout, 5) is None


@pytest.mark.parametrize(
    ("where", "is_there"), [("E4:F9", True), ("A1:F2", True), ("F2:F4", False)]
)
def test_a_column_is_coloured_when_a_rule_holds_for_any_of_it(tmp_path, where, is_there):
    def decorate(book, sheet):
        rule = {"type": "blanks", "format": book.add_format({"bold": True})}
        sheet.conditional_format(where, rule)

    item = reading_of(tmp_path / "plan.xlsx", PAIRS, decorate=decorate)
    assert is_coloured(item.sheet, status_area(item.sheet, item.layout, 5)) is is_there


def test_a_sheet_without_actions_gets_no_colours(tmp_path):
    text = f"{PAIRS.strip().splitlines()[0]}\n| to follow | | | | On track | |"
    path = plan(tmp_path / "plan.xlsx", text)
    after = sheetplan.roll_month(path, output=tmp_path / "after.xlsx").output
    assert list(sheet_of(after).conditional_formatting) == []


def test_two_sheets_share_the_formats_of_their_rules(tmp_path):
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": PAIRS, "Theme 2": PAIRS})
    after = sheetplan.roll_month(path, output=tmp_path / "after.xlsx").output
    assert parts_of(after)["xl/styles.xml"].count(b"<dxf>") == 5
