"""Opening a month in the commentary of one row: which words change, and which never do."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetplan.model.commentary import CommentaryRun
from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.commentary_month import OpenedMonth, OpenedText, open_month
from sheetplan.sheets.commentary_text import CommentaryText, CommentaryTexts
from sheetplan.sheets.reading import read_layouts
from tests.commentary import marked
from tests.commentary_books import Row, Section, plan_book

SETTINGS = load_profile("commentary")
OCTOBER = Month(2023, 10)
STAMP = "(October update)"
OTHER = Row("9.9", "Aim", "Act", "", marked("[[Z]]\n**It runs. (September update)**"))


def text_of(tmp_path: Path, runs: list[CommentaryRun]) -> CommentaryText:
    sections = [Section("1. Waste", [Row("1.1", "Aim", "Act", "", runs), OTHER])]
    path = plan_book(tmp_path / "plan.xlsx", sections, title="Plan, September 2023")
    workbook = Workbook.open(path)
    (item,) = read_layouts(workbook, SETTINGS).trackers
    assert item.commentary is not None
    return CommentaryTexts(workbook).of(item.commentary, item.commentary.cells[0])


def opened(tmp_path: Path, text: str, *leads: str) -> OpenedText:
    return open_month(text_of(tmp_path, marked(text)), OpenedMonth(OCTOBER, STAMP, ()), leads)


def shown(made: OpenedText) -> str:
    """The text with its [[leads]] and **bold words** marked."""
    pieces: list[str] = []
    for words, look in made.text.looks.looked(made.runs, made.text.cell_format):
        if look.bold and look.underline:
            pieces.append(f"[[{words}]]")
        else:
            pieces.append(f"**{words}**" if look.bold else words)
    return "".join(pieces).replace("****", "")


@pytest.mark.parametrize(
    ("before", "leads", "after"),
    [
        pytest.param(
            "[[A]]\nOne. (August update)\n**Two. (September update)**",
            ["A"],
            "[[A]]\nOne. (August update)\nTwo. (September update)**\n(October update)**",
            id="the newest lose their bold and the stamp follows them",
        ),
        pytest.param(
            "[[A]]\n\nOne. (August update)\n\n**Two. (September update)**\n\n[[B]]\n\n"
            "**Three. (September update)**",
            ["A", "B"],
            "[[A]]\n\nOne. (August update)\n\nTwo. (September update)**\n\n(October update)**"
            "\n\n[[B]]\n\nThree. (September update)**\n\n(October update)**",
            id="each lead gets one, with the blank lines that the cell has",
        ),
        pytest.param(
            "[[A]]\n**One. (September update) COMPLETE**\n[[B]]\n**Two. (September update)**",
            ["B"],
            "[[A]]\nOne. (September update) COMPLETE\n[[B]]\nTwo. (September update)**\n"
            "(October update)**",
            id="a lead with no more to report loses its bold alone",
        ),
        pytest.param(
            "**One. (September update)**",
            [""],
            "One. (September update)**\n(October update)**",
            id="a row with words and no lead gets one",
        ),
        pytest.param(
            "A note above.\n[[A]]\n**One. (September update)**",
            ["", "A"],
            "A note above.\n[[A]]\nOne. (September update)**\n(October update)**",
            id="words above the first lead get none",
        ),
        pytest.param(
            "[[A]]:\n[[B]]\n**One. (September update)**",
            ["A", "B"],
            "[[A]]:**\n(October update)**\n[[B]]\nOne. (September update)**\n(October update)**",
            id="a lead that says nothing gets one",
        ),
        pytest.param(
            "[[A]] **One. (September update)**",
            ["A"],
            "[[A]] One. (September update)**\n(October update)**",
            id="words in the lead's own line",
        ),
        pytest.param(
            "[[A]]\n**One. (September update)**\n[[B]]\nTwo. (August update)\n[[A]]\nThree. "
            "(August update)",
            ["A"],
            "[[A]]\nOne. (September update)\n[[B]]\nTwo. (August update)\n[[A]]\nThree. "
            "(August update)**\n(October update)**",
            id="a lead that stands twice gets one, after all that it says",
        ),
        pytest.param(
            "[[A]]\nOne. (September update)\n**Two. (October 2023 update)**\n[[B]]\n"
            "**Three. (September update)**",
            ["A", "B"],
            "[[A]]\nOne. (September update)\n**Two. (October 2023 update)**\n[[B]]\n"
            "Three. (September update)**\n(October update)**",
            id="a lead that has the month already gets none",
        ),
        pytest.param(
            "[[A]]\nHe said **now** and *then*. (August update)  \n",
            ["A"],
            "[[A]]\nHe said now and *then*. (August update)**\n(October update)**  \n",
            id="words in bold within a paragraph",
        ),
    ],
)
def test_a_month_is_opened_to_the_run(
    tmp_path: Path, before: str, leads: list[str], after: str
) -> None:
    assert shown(opened(tmp_path, before, *leads)) == after


def test_what_no_change_touches_stays_the_same_run(tmp_path: Path) -> None:
    made = opened(tmp_path, "[[A]]\nOne. (August update)\n**Two. (September update)**", "A")
    assert made.runs[:2] == made.text.runs[:2]


def test_bold_words_without_a_stamp_get_the_month_that_their_bold_told(tmp_path: Path) -> None:
    made = opened(tmp_path, "[[A]]\nOne. (August update)\n**Two.**", "A")
    assert shown(made) == (
        "[[A]]\nOne. (August update)\nTwo. (September update)**\n(October update)**"
    )
    assert made.stamped == ("(September update)",)
    stamped = opened(tmp_path, "[[A]]\n**Two.\nThree. (September update)**", "A")
    assert stamped.stamped == ()  # the next stamp tells the same


def test_the_stamp_that_is_put_behind_words_looks_as_they_do(tmp_path: Path) -> None:
    red = CommentaryRun("Two.", bold=True, colour="C00000")
    text = text_of(tmp_path, [*marked("[[A]]\n"), red])
    made = open_month(text, OpenedMonth(OCTOBER, STAMP, ()), ["A"])
    looks = text.looks.looked(made.runs, text.cell_format)
    assert [(run.text, run.look.colour, run.look.bold) for run in looks][2:] == [
        ("Two.", "C00000", False),
        (" (September update)", "C00000", False),
        ("\n(October update)", "000000", True),
    ]


def test_words_keep_their_bold_where_others_above_would_take_their_month(tmp_path: Path) -> None:
    text = "[[A]]\nWork begins.\n**One. (September update)**\n**Two. (September update)**"
    made = opened(tmp_path, text, "A")
    assert shown(made) == (
        "[[A]]\nWork begins.\n**One. (September update)**\nTwo. (September update)**\n"
        "(October update)**"
    )
    assert made.still_bold == ("One. (September update)",)


def test_an_old_stamp_without_words_that_would_close_the_words_above_stays_bold(
    tmp_path: Path,
) -> None:
    made = opened(tmp_path, "[[A]]\nWork begins.\n**(September update)**", "A")
    assert shown(made) == "[[A]]\nWork begins.\n**(September update)\n(October update)**"
    made = opened(tmp_path, "[[A]]\nWork. (August update)\n**(September update)**", "A")
    assert shown(made).endswith("\n(September update)**\n(October update)**")


def test_a_stamp_gets_its_year_where_the_new_month_would_take_it(tmp_path: Path) -> None:
    text = "[[A]]\nOne. (October update)\nTwo. (Sept / Oct Updates)\n**Three. (September update)**"
    made = opened(tmp_path, text, "A")
    assert shown(made) == (
        "[[A]]\nOne. (October 2022 update)\nTwo. (Sept 2022 / Oct 2022 Updates)\n"
        "Three. (September update)**\n(October update)**"
    )
    assert made.dated == ("(October update)", "(Sept / Oct Updates)")


def test_stamps_that_would_be_of_a_later_month_get_their_year_where_asked(tmp_path: Path) -> None:
    text = "[[A]]\nOne. (December update)\n**Two. (September update)**"
    found, stamp = text_of(tmp_path, marked(text)), "(October 2023 update)"
    for later, told in ((True, "(December 2022 update)"), (False, "(December update)")):
        assert told in shown(open_month(found, OpenedMonth(OCTOBER, stamp, (), later), ["A"]))


def test_a_cell_that_is_bold_itself_is_told_apart_word_by_word(tmp_path: Path) -> None:
    text = "**One. (August update)\nTwo. (September update)**"
    made = opened(tmp_path, text, "")
    assert shown(made) == "One. (August update)\nTwo. (September update)**\n(October update)**"
    assert all(run.properties for run in made.runs)


def test_a_row_with_nothing_to_change_is_not_written(tmp_path: Path) -> None:
    made = opened(tmp_path, "[[A]]\nOne. (August update) COMPLETE")
    assert not made.is_changed
    assert opened(tmp_path, "[[A]]\n**One. (September update)**").is_changed


def test_a_text_that_would_be_too_long_stays_as_it_is(tmp_path: Path) -> None:
    tail = " (September update)"
    longest = 32_767 - len("A\n") - len(tail) - len("\n(October update)")
    fits = opened(tmp_path, f"[[A]]\n**{'x' * longest}{tail}**", "A")
    assert (fits.obstacle, len(fits.words)) == ("", 32_767)
    made = opened(tmp_path, f"[[A]]\n**{'x' * (longest + 1)}{tail}**", "A")
    assert not made.is_changed
    assert made.obstacle.startswith("would be longer than the 32,767 characters")


def test_a_text_that_would_be_read_otherwise_stays_as_it_is(tmp_path: Path) -> None:
    found = text_of(tmp_path, marked("[[A]]\n**One. (September update)**"))
    made = open_month(found, OpenedMonth(OCTOBER, "October", ()), ["A"])
    assert not made.is_changed
    assert made.obstacle.startswith("would be read otherwise")


def test_a_stamp_that_stands_above_its_words_has_a_colon_where_the_lead_has_them_so(
    tmp_path: Path,
) -> None:
    text = (
        "[[A]]\nAugust update:\nOne.\n**September update:\nTwo.**\n[[Z]]\nIt ran.\n(August update)"
    )
    cell = text_of(tmp_path, marked(text))
    made = open_month(cell, OpenedMonth(OCTOBER, "October update", ()), ["A", "Z"])
    assert shown(made) == (
        "[[A]]\nAugust update:\nOne.\nSeptember update:\nTwo.**\nOctober update:**\n[[Z]]\nIt ran."
        "\n(August update)**\nOctober update**"
    )
    said = cell.read(made.runs, OCTOBER).paragraphs
    assert [each.month for each in said if not each.says_anything] == [OCTOBER, OCTOBER]


def test_words_typed_below_such_a_stamp_are_of_its_month_though_they_are_not_bold(
    tmp_path: Path,
) -> None:
    text = "[[A]]\nAugust update:\nOne.\nOctober update:\nTwo."
    said = text_of(tmp_path, marked(text)).read(text_of(tmp_path, marked(text)).runs, OCTOBER)
    assert [(each.words, each.month) for each in said.paragraphs] == [
        ("One.", OCTOBER.previous.previous),
        ("Two.", OCTOBER),
    ]
