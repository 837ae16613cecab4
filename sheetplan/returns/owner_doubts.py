"""Doubts about a cell that may name several owners.

A dash, a comma or an "and" stands in many a job title ("Director - Law & Governance"), so it says
little. What tells two owners from one is that there are two job titles, or none to explain it.
"""

from __future__ import annotations

import re

from sheetplan.model.wording import listed

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DIVIDERS = {"\n": "a line break", ";": "a semicolon", "/": "a slash", "+": "a plus", "|": "a bar"}
_JOINS = re.compile(r"(?P<dash>\s[-–—]|[-–—]\s)|(?P<comma>,)|(?P<and>&|\band\b)", re.IGNORECASE)
_JOIN_WORDS = {"dash": "a dash", "comma": "a comma", "and": 'an "and"'}
_JOB_TITLES = frozenset(
    "accountant ad administrator adviser advisor analyst architect auditor ceo cex cfo chair "
    "clerk cllr commissioner consultant controller coo coordinator councillor director engineer "
    "head lead leader manager mayor officer ordinator partner planner registrar secretary "
    "solicitor specialist superintendent supervisor surveyor treasurer".split()
)


def doubt_in(text: str) -> str:
    """Why an owner cell may name several owners; empty where nothing speaks for it.

    What stands in brackets is taken to say more of the owner before them.

    >>> doubt_in("Head of HR Payroll Manager")
    'it has the job titles "Head" and "Manager"'
    >>> doubt_in("Director - Law & Governance")
    ''
    """
    for sign, name in _DIVIDERS.items():
        if sign in text.strip():
            return f"{name} may divide it"
    bare = _IN_BRACKETS.sub(" ", text)
    titles = _job_titles(bare)
    if len(titles) > 1:
        quoted = [f'"{title}"' for title in titles]
        return f"it has the job titles {listed(quoted)}"
    join = _JOINS.search(bare.strip())
    if join is not None and not titles:
        return f"{_JOIN_WORDS[str(join.lastgroup)]} may divide it"
    return ""


def _job_titles(text: str) -> list[str]:
    """The last word of each job title: "Director" of "Executive Director of Place"."""
    found: list[str] = []
    before, is_title, end = "", False, 0
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        goes_on = not text[end : match.start()].strip()
        # An executive support manager is one person, and so is a chief executive.
        is_chief = goes_on and (before, word) == ("chief", "executive")
        was_title, is_title = is_title, word in _JOB_TITLES or is_chief
        if is_title:
            if was_title and goes_on:
                found.pop()
            found.append(match[0])
        before, end = word, match.end()
    return found
