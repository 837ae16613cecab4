"""How texts of returns are compared: whatever programs do to blanks, and never more than that."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model.owner_return import digest, settled

SAME = {
    "blanks at its ends": ("  On track \t", "On track"),
    "several blanks": ("On  track", "On track"),
    "a hard space": ("On\xa0track", "On track"),
    "line breaks of Windows": ("One\r\ntwo", "One\ntwo"),
    "line breaks of Numbers": ("One\u2028two", "One\ntwo"),
    "a soft break": ("One\x0btwo", "One\ntwo"),
    "blanks around a line break": ("One \n two\n", "One\ntwo"),
    "a control character": ("On\x07 track", "On track"),
    "an accent of its own": ("Cafe\u0301", "Caf\xe9"),
    "nothing but blanks": (" \xa0\n", ""),
}


@pytest.mark.parametrize(("text", "other"), [*SAME.values()], ids=[*SAME])
def test_what_programs_do_to_a_text_does_not_count(text: str, other: str) -> None:
    assert settled(text) == settled(other) == other
    assert digest(text) == digest(other)


DIFFERENT = {
    "capitals": ("On Track", "On track"),
    "punctuation": ("On track.", "On track"),
    "words that run together": ("On track", "Ontrack"),
    "a line break for a blank": ("One\ntwo", "One two"),
    "an accent": ("Caf\xe9", "Cafe"),
}


@pytest.mark.parametrize(("text", "other"), [*DIFFERENT.values()], ids=[*DIFFERENT])
def test_what_people_change_counts(text: str, other: str) -> None:
    assert settled(text) != settled(other)
    assert digest(text) != digest(other)


def by_its_characters(text: str) -> str:
    """A text as it is compared, character by character."""
    kept = []
    for character in text:
        is_break = character in "\n\r\x0b\x0c\x85\u2028\u2029"
        is_none = unicodedata.category(character) in ("Cc", "Cs") or character in "\ufffe\uffff"
        if is_break or character == "\t" or not is_none:
            kept.append("\n" if character in "\x0b\x0c" else character)
    composed = unicodedata.normalize("NFC", "".join(kept))
    lines = [" ".join(line.split()) for line in composed.splitlines()]
    return "\n".join(lines).strip()


ODD = "\t\n\r\x0b\x0c\x07\x1c\x85\xa0\xad\u0301\u2003\u200b\u2028\ud83d\ue000\ufeff\uffff"


@given(st.text(st.sampled_from("aé 1" + ODD) | st.characters(exclude_categories=[])))
def test_any_text_is_compared_by_its_characters(text: str) -> None:
    assert settled(text) == by_its_characters(text)
    sha = hashlib.sha256(by_its_characters(text).encode()).hexdigest()
    assert digest(text) == sha[:12]
