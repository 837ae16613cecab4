"""The themes of a new tracker: what they may be called, their codes, and their first actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetplan.errors import SheetNameError, ThemeNameError
from sheetplan.model.support import Recommendation
from sheetplan.model.theme_codes import theme_codes
from sheetplan.model.wording import compact
from sheetplan.ooxml.workbook import Workbook

OTHER_THEME = "Review recommendations"
"""The theme of recommendations that belong to none of those that were named."""

_EXAMPLE = 'Name them with commas between: --themes "Finance, People, Housing".'


@dataclass(frozen=True)
class FirstAction:
    """A row that a theme begins with: only its reference, or an answer to a recommendation."""

    reference: str
    workstream: str = ""
    text: str = ""
    code: str = ""


@dataclass(frozen=True)
class NewTheme:
    """A theme of a new tracker: its name, which its sheet has too, its code and its actions."""

    name: str
    code: str
    actions: tuple[FirstAction, ...]


def new_themes(
    names: Sequence[str],
    register: Sequence[Recommendation],
    reserved: Workbook,
    others: Sequence[str],
) -> tuple[NewTheme, ...]:
    """The themes with the rows that they begin with.

    Each recommendation becomes a main action of its theme, under a workstream of its source; those
    of no theme that was named come into one of their own, which is the last.

    Args:
        names: The themes as they were named.
        register: The recommendations to begin with.
        reserved: The workbook that is given the sheets.
        others: The names of sheets that it is given besides.

    Raises:
        ThemeNameError: there are none, one is named twice, or no sheet can have the name.
    """
    named = [" ".join(name.split()) for name in names]
    known = {compact(name): name for name in named}
    theme_of = [_theme_of(row.strand, known) for row in register]
    if OTHER_THEME in theme_of and OTHER_THEME not in named:
        named.append(OTHER_THEME)
    _refuse_names(named, reserved, others)
    rows: dict[str, list[Recommendation]] = {name: [] for name in named}
    for theme, row in zip(theme_of, register, strict=True):
        rows[theme].append(row)
    return tuple(
        NewTheme(name, code, _actions(code, rows[name]))
        for name, code in zip(named, theme_codes(named), strict=True)
    )


def _theme_of(strand: str, known: Mapping[str, str]) -> str:
    """The theme that a strand names, alone or as the first known of several: "Homes / Finance"."""
    pieces = map(compact, (strand, *strand.split("/")))
    return next((known[piece] for piece in pieces if piece in known), OTHER_THEME)


def _actions(code: str, rows: Sequence[Recommendation]) -> tuple[FirstAction, ...]:
    """The first actions of a theme: A1, A2 … of its first source, B1 … of its second."""
    if not rows:
        return (FirstAction(f"{code}.A1.0"),)
    sources = list(dict.fromkeys(row.source for row in rows))
    letters = {source: _letter(at) for at, source in enumerate(sources)}
    counts = dict.fromkeys(letters.values(), 0)
    actions = []
    for row in sorted(rows, key=lambda row: sources.index(row.source)):
        letter = letters[row.source]
        counts[letter] += 1
        reference = f"{code}.{letter}{counts[letter]}.0"
        actions.append(FirstAction(reference, row.source, row.text, row.code))
    return tuple(actions)


def _letter(at: int) -> str:
    """A to Z; the 27th source and those after it share Z, whose numbers go on."""
    return chr(ord("A") + min(at, 25))


def _refuse_names(names: Sequence[str], reserved: Workbook, others: Sequence[str]) -> None:
    """Raise ThemeNameError for the first name that cannot be."""
    if not any(names):
        raise ThemeNameError("no theme was named.", remedy=_EXAMPLE)
    seen: dict[str, str] = {}
    for name in names:
        if not name:
            raise ThemeNameError("a theme has no name.", remedy=_EXAMPLE)
        if name.casefold() in seen:
            raise ThemeNameError(
                f'the theme "{name}" is named twice.', remedy="Each theme has a sheet of its name."
            )
        seen[name.casefold()] = name
        if name.casefold() in map(str.casefold, others):
            raise ThemeNameError(
                f'a theme cannot be called "{name}": another sheet of the tracker has that name, '
                "or will have it.",
                remedy="Choose another name for it.",
            )
        try:
            reserved.refuse_name(name)
        except SheetNameError as error:
            what = error.message.replace("a sheet cannot be called", "a theme cannot be called", 1)
            raise ThemeNameError(
                what,
                remedy="Each theme has a sheet of its name. Choose a shorter or a simpler one; the "
                "title on the sheet can say more.",
            ) from error
