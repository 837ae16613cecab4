"""How tables, paragraphs and paths print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sheetplan.cli.common import (
    count_of,
    heading,
    paragraph,
    print_json,
    quoted_path,
    table,
)


@pytest.fixture
def printed(monkeypatch, capsys):
    """What a call printed at a width, in lines."""

    def lines_of(columns, function, *arguments, **options):
        monkeypatch.setenv("COLUMNS", str(columns))
        function(*arguments, **options)
        return capsys.readouterr().out.splitlines()

    return lines_of


def test_a_table_that_fits_is_aligned(printed):
    rows = [["Sheet", "Actions"], ["Theme 1", 12], ["Theme 2", 7]]
    assert printed(80, table, rows, right=[1]) == [
        "  Sheet    Actions",
        "  Theme 1       12",
        "  Theme 2        7",
    ]


def test_the_last_column_wraps_first(printed):
    rows = [["Theme 1!O9", "status Onn track is not in the vocabulary of this profile"]]
    assert printed(45, table, rows) == [
        "  Theme 1!O9  status Onn track is not in the",
        "              vocabulary of this profile",
    ]


def test_other_columns_wrap_where_the_terminal_is_narrow(printed):
    rows = [["Theme 3 - Residents' services", "drop-down, conditional format, filter", 12]]
    assert printed(40, table, rows, right=[2]) == [
        "  Theme 3 -         drop-down,        12",
        "  Residents'        conditional",
        "  services          format, filter",
    ]


def test_no_table_is_wider_than_the_terminal_while_its_words_fit(printed):
    rows = [["one two three four", "five six seven eight", "nine ten eleven twelve"]] * 3
    for columns in range(24, 80):
        assert max(map(len, printed(columns, table, rows))) <= columns


def test_a_table_of_nothing_prints_nothing(printed):
    assert printed(80, table, []) == []


def test_a_formula_without_spaces_is_broken_rather_than_the_table(printed):
    lines = printed(50, table, [["Dashboard!B6", "=COUNTIF(" + "A" * 90 + ")"]])
    assert max(map(len, lines)) <= 50


def test_a_file_name_stays_whole_where_the_terminal_is_wide_and_other_columns_wrap(printed):
    file = "2026-07_strategic-procuremen-ced7.xlsx"
    rows = [["Strategic Procurement Manager of the Council", 3, "yes", file, "Returned 13 Jul"]]
    lines = printed(100, table, rows)
    assert file in lines[0]
    assert max(map(len, lines)) <= 100


def test_a_path_is_never_broken(printed):
    path = "/home/officer/" + "plans/" * 20
    assert printed(40, paragraph, f"Look at {path} now") == ["  Look at", f"  {path}", "  now"]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("plan.xlsx", "plan.xlsx"),
        ("plans/Café_2023-24.xlsx", "plans/Café_2023-24.xlsx"),
        ("OneDrive - Council/plan.xlsx", '"OneDrive - Council/plan.xlsx"'),
        ("plan(1).xlsx", '"plan(1).xlsx"'),
        ("R&D.xlsx", '"R&D.xlsx"'),
        ("Members'.xlsx", '"Members\'.xlsx"'),
    ],
)
def test_a_path_can_be_pasted_into_a_command(path, shown):
    assert quoted_path(Path(path)) == shown


def test_counts_read_as_english():
    assert count_of(1, "action") == "1 action"
    assert count_of(1200, "action") == "1,200 actions"


OBEYED = "\x1b[31mred\x1b[0m \x9b1m \a\b \x00 \u202eright to left"
"""What a terminal would obey: colours, a bell, and a turn of direction."""


@pytest.mark.parametrize("function", [paragraph, heading, lambda text: table([[text, text]])])
def test_what_a_terminal_would_obey_is_not_printed(printed, function):
    (line,) = filter(None, printed(200, function, OBEYED))
    assert line.replace("\N{REPLACEMENT CHARACTER}", "").isprintable()
    assert "[31mred" in line


def test_what_people_write_in_any_language_is_printed_as_it_is(printed):
    text = "Ysgol Gymraeg \u2013 \u0645\u0631\u062d\u0628\u0627 \U0001f468\u200d\U0001f467"
    assert printed(80, paragraph, text) == [f"  {text}"]


def test_data_has_what_a_terminal_would_obey_as_json_spells_it(printed):
    (line,) = printed(80, print_json, OBEYED)
    assert line.isprintable()
    assert json.loads(line) == OBEYED
