"""Texts that stop in mid-sentence, as texts do that were pasted into too small a field."""

from __future__ import annotations

import re

from sheetplan.checks.stamps import without_stamp

_LIMITS = (255, 1_024, 32_767)
"""How many characters a field of an old form holds, a cell of an old workbook shows, and a cell
holds."""

_LONG = 30  # characters; a shorter text is a few words, and not a sentence
_NEVER_LAST = set(
    "the a an of and or nor be will shall would is are was were has have had been being having "
    "with by at from into to their our its your my which whose whilst while because if than per "
    "via between including whether must should could cannot can may might also".split()
)
_RARELY_LAST = set("in on for as up but so not".split())
# What they may stand behind: "the training that staff signed up for", "all posts accounted for".
_PHRASAL = set(
    "accounted agreed allowed applied asked budgeted built called cared carry carried catered "
    "embedded filled go going hoped if logged looked moved moving off opt opted or out paid phased "
    "planned provided put relied responsible set signed so switched turned up waited why "
    "worked".split()
)
# "This is where the plan needs to be", "what the risks are", "as it should be".
_ENDS_WITH_A_VERB = re.compile(
    r"\b(?:where|what|who|whom|how|(?:than|as) (?:it|they|we))(?:\s+[\w’']+){1,6}\s+$",
    re.IGNORECASE,
)
_BEGINS_A_CLAUSE = re.compile(
    r"\b(?:ensure|so|agreed|confirmed|noted|advised|and|is)\s+that$", re.I
)
_LAST_WORD = re.compile(r"(?:^|[\s(/“\"'‘-])(?P<word>[A-Za-z]+)$")
_FAREWELL = re.compile(
    r"(?:thanks?|thank you|regards|wishes|cheers|yours \w+|sincerely)\W*(?:\n.*)?$",
    re.IGNORECASE,
)
_OPEN_BRACKET = re.compile(r"\((?P<inside>[^()]*)$")
_SIGNATURE = re.compile(r"[A-Z][A-Z./ &]{0,8}[0-9 ./-]*")


def is_cut_off(text: str) -> bool:
    """Whether a text stops in mid-sentence."""
    whole = text.rstrip()
    said = without_stamp(whole)
    if len(text) in _LIMITS and not _is_finished(whole):
        return True
    is_signed = len(said) < len(whole)
    if len(said) < _LONG or is_signed or _FAREWELL.search(whole[-60:]):
        return False
    return _ends_badly(said) or _has_open_bracket(said)


def _is_finished(text: str) -> bool:
    return text.rstrip("\"'”’)]} *").endswith((".", "!", "?", "…"))


def _ends_badly(text: str) -> bool:
    if text.endswith((",", "&", "(", "[", "/", "£")):
        return True
    if text.endswith(("-", "–", "—")):
        return text[-2:-1].isalnum()
    last = _LAST_WORD.search(text[-24:])
    if last is None:
        return False
    word = last["word"]
    before = text[: -len(word)][-60:]
    if word.islower() or text.isupper():
        return _never_ends(word.lower(), before)
    return False  # option A, HR and IT, in May, and initials such as AS


def _never_ends(word: str, before: str) -> bool:
    """Whether a sentence cannot end with a word that has these words before it."""
    if word == "that":
        return _BEGINS_A_CLAUSE.search(f"{before}{word}") is not None
    if word in _NEVER_LAST:
        return _ENDS_WITH_A_VERB.search(before) is None
    return word in _RARELY_LAST and before.split()[-1].lower() not in _PHRASAL


def _has_open_bracket(text: str) -> bool:
    """Whether the last bracket is never closed: what was to be said in it is missing."""
    match = _OPEN_BRACKET.search(text)
    if match is None or _is_finished(text):
        return False
    inside = match["inside"].strip()
    return not inside or _SIGNATURE.fullmatch(inside) is None
