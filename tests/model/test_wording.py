"""Words in messages: what may have been meant, and lists."""

from __future__ import annotations

from sheetplan.model.wording import did_you_mean, listed, shortened


def test_what_is_nearest_is_asked_for():
    assert did_you_mean("Finanse", ["People", "Finance"]) == ' Did you mean "Finance"?'


def test_nothing_is_asked_where_nothing_is_near():
    assert did_you_mean("Finanse", ["People", "Place"]) == ""
    assert did_you_mean("Finanse", ["Finance"], cutoff=0.99) == ""


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
