"""References: the keys by which a plan's actions are known."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache, total_ordering

_LONGEST = 20
_SPACES_AT_SEPARATOR = re.compile(r"\s*([./_–-])\s*")
# One word with single dots, as most references are: nothing to mend before it is read.
_TIDY = re.compile(r"[A-Za-z0-9]+(?:[./_-][A-Za-z0-9]+)*")
_SEVERAL_DOTS = re.compile(r"\.{2,}")
# OC.A2.1b. The first dot, and a space, are often left out; then a theme has two letters.
_THEMED = re.compile(
    r"(?:(?P<two>[A-Z]{2})\s?|(?P<theme>[A-Z]{1,4})\.)"
    r"(?P<workstream>[A-Z]\s?[0-9]+)\.(?P<number>[0-9]+)\s?(?P<suffix>[A-Z]?)"
)
_SPACE_BEFORE_SUFFIX = re.compile(r"(?<=[0-9])\s(?=[A-Za-z]$)")
_SPACE_AFTER_CODE = re.compile(r"^([A-Z]{1,3})\s(?=[0-9])")
_TOKEN = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Z0-9./_–-]*")
_DATE = re.compile(r"[0-9]{4}[./-][0-9]+[./-][0-9]+|[0-9]+[./-][0-9]+[./-][0-9]{4}")
_FAMILY = re.compile(r"(?P<stem>.+)\.(?P<number>[0-9]+)(?P<suffix>[A-Z]?)")
_PIECES = re.compile(r"([0-9]+)")


@total_ordering
@dataclass(frozen=True)
class Reference:
    """An action's key, such as OC.A2.1: theme OC, workstream A2, action 1.

    Two references are equal when they are the same key, however badly either was typed. Other
    councils have other shapes (1.2, IP-012, ASC/04): those have no theme and no workstream. In
    order, A1.2 comes before A1.10.
    """

    canonical: str
    theme: str = field(default="", compare=False)
    workstream: str = field(default="", compare=False)
    number: int | None = field(default=None, compare=False)
    suffix: str = field(default="", compare=False)
    is_well_formed: bool = field(default=True, compare=False)

    @classmethod
    def parse(cls, text: str) -> Reference | None:
        """Read a reference as it was typed; None when `text` is something else.

        A reference is one short word with a digit in it. Sentences, "Total", "Theme 1", "N/A" and
        dates are not references.
        """
        typed = text
        if not _TIDY.fullmatch(text):
            typed = _SPACES_AT_SEPARATOR.sub(r"\1", " ".join(text.split()))
            typed = _SEVERAL_DOTS.sub(".", typed).rstrip(" .,;:")
        if themed := _THEMED.fullmatch(typed.upper()):
            return cls._themed(themed, text)
        if " " in typed:
            typed = _SPACE_AFTER_CODE.sub(r"\1", _SPACE_BEFORE_SUFFIX.sub("", typed))
        token = typed.upper()
        if len(token) > _LONGEST or not _TOKEN.fullmatch(token) or _DATE.fullmatch(token):
            return None
        family = _FAMILY.fullmatch(token)
        suffix = family["suffix"].lower() if family else ""
        return cls(
            canonical=token[: len(token) - len(suffix)] + suffix,
            number=int(family["number"]) if family else None,
            suffix=suffix,
            # Nobody told us this council's shape: we cannot find fault with its capitals.
            is_well_formed=text.upper() == token,
        )

    @classmethod
    def _themed(cls, match: re.Match[str], typed: str) -> Reference:
        two, theme, workstream, number, suffix = match.groups()
        theme = two or theme
        workstream = "".join(workstream.split())
        suffix = suffix.lower()
        canonical = f"{theme}.{workstream}.{number}{suffix}"
        return cls(
            canonical=canonical,
            theme=theme,
            workstream=workstream,
            number=int(number),
            suffix=suffix,
            is_well_formed=typed == canonical,
        )

    @property
    def is_main_action(self) -> bool:
        """Whether this is the main action of its family: the one whose number is 0."""
        return self.number == 0

    @property
    def main_action(self) -> Reference | None:
        """The .0 of this reference's family; None for a main action, or where there is no family.

        Whether the tracker has such a row is another matter: not every council numbers its main
        actions.
        """
        if self.number is None or self.is_main_action:
            return None
        stem, _, _ = self.canonical.rpartition(".")
        return _main_action(stem, self.theme, self.workstream)

    def __str__(self) -> str:
        return self.canonical

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Reference):
            return NotImplemented
        return self._sort_key < other._sort_key

    @property
    def _sort_key(self) -> tuple[list[tuple[bool, int, str]], str]:
        pieces = [piece for piece in _PIECES.split(self.canonical) if piece]
        natural = [
            (False, int(piece), "") if piece.isdigit() else (True, 0, piece) for piece in pieces
        ]
        return natural, self.canonical  # the text settles 1 against 01


@lru_cache(maxsize=4_096)
def _main_action(stem: str, theme: str, workstream: str) -> Reference:
    """The .0 of a family, of which every member asks for it."""
    return Reference(f"{stem}.0", theme=theme, workstream=workstream, number=0)
