"""Words in messages: what may have been meant, and lists."""

from __future__ import annotations

import pytest

from sheetplan.model.wording import did_you_mean, listed, run_on, shortened


def test_what_is_nearest_is_asked_for():
    assert did_you_mean("Finanse", ["People", "Finance"]) == ' Did you mean "Finance"?'


def test_nothing_is_asked_where_nothing_is_near():
    assert did_you_mean("Finanse", ["People", "Place"]) == ""
    assert did_you_mean("Finanse", ["Finance"], cutoff=0.99) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "A programme with:\n• Induction\n• Peer support",
            "A programme with: Induction; Peer support",
        ),
        ("Agree a plan\nTell members", "Agree a plan; Tell members"),
        ("Agree a plan.\n\n Tell   members.", "Agree a plan. Tell members."),
        ("- one\n- two", "one; two"),
        ("Agree a plan\nwith partners", "Agree a plan with partners"),  # one sentence on two lines
        ("Two-year plan – and - more", "Two-year plan – and - more"),
        ("", ""),
    ],
)
def test_what_stands_on_several_lines_reads_well_on_one(text, words):
    assert run_on(text) == words


def test_lists_read_as_english():
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(list("ABCDEF"), most=4) == "A, B, C, D and 2 more"


def test_what_is_too_long_for_a_message_is_cut_and_what_is_not_is_left():
    assert shortened("a\nb   c ") == "a b c"
    assert shortened("x" * 60) == "x" * 60
    assert shortened("x" * 61) == "x" * 59 + "…"
    assert shortened("one two three", longest=9) == "one two…"
