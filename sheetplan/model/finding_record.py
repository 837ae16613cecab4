"""The register of findings: what checks found, and what officers answered to it.

It is the sheet Findings, which officers read, sort, filter and answer in Excel. A record knows
where it stands; one that is new stands nowhere yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from sheetplan.model.month import Month
from sheetplan.model.support import Standing

OPEN = "Open"
ANSWERED = "Answered"
GONE = "No longer found"
"""What a row says of its state: whether an officer has answered it, and whether it is there."""


@dataclass(frozen=True)
class FindingRecord:
    """A row of Findings.

    Attributes:
        severity: How much it matters, in a word.
        finding: What is wrong, and what to do.
        where: The sheets and cells, in words.
        reference: The references of their rows, in words.
        answer: What an officer answered; the officers' own.
        state: OPEN, ANSWERED or GONE.
        found_in: The month that was checked when it was found first.
        last_found: The latest month that was checked when it was found.
        why: Why it matters.
        rule: The code of its rule.
        key: What its places are known by again, with spaces between.
        standing: Where the row stands.
    """

    severity: str
    finding: str
    where: str
    reference: str
    answer: str
    state: str
    found_in: Month | None
    last_found: Month | None
    why: str
    rule: str
    key: str
    standing: Standing | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """What each of its places is known by again."""
        return tuple(self.key.split())
