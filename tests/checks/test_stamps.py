"""Initials and a date are told from the words beside them."""

from __future__ import annotations

import pytest

from sheetplan.checks.stamps import has_stamp, without_stamp
from tests.checks.building import lines


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Done. (JS 12/06/26)", "Done."),
        ("Done JS 12/6/26", "Done"),
        ("Done. J.S. 3 June 2026", "Done."),
        ("12/06/26 HB: Done", "Done"),
        ("JS/KW 03.07.26 - Done", "Done"),
        ("Jo Smith 12/06/26: Done", "Done"),
        ("Done. [KW 27/06]", "Done."),
        ("Done. (JS June 2026)", "Done."),
        ("It is with HR. JS/KW 3 June", "It is with HR."),
    ],
)
def test_initials_and_a_date_at_either_end_are_a_stamp(text, rest):
    assert has_stamp(text)
    assert without_stamp(text) == rest


@pytest.mark.parametrize(
    "text",
    lines(
        """
        Done. (JS)
        Done on 12/06/26
        It goes to LT 12/07/26
        It is to be presented at CMT 01.08.26
        The report of June 2026
        Waste Board 12/06/26 agreed the plan
        Paper by Jo Smith 12 June
        JS has done it, and nobody else could have done it so soon after 12/06/26
        """
    ),
)
def test_what_lacks_either_or_belongs_to_the_sentence_is_no_stamp(text):
    assert not has_stamp(text)
