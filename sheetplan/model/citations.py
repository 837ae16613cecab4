"""Citations: where a text names actions of the plan by their references, however they are typed.

Only what looks like this tracker's own references is a citation. "COVID-19", "Q3.2024", "ISO
9001.2", dates and money are none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sheetplan.model.edit_distance import edit_distance
from sheetplan.model.reference import Reference

_ENOUGH = 3  # references that begin with the same letters, for the letters to mark a reference
_LONGEST_RANGE = 50
_MOST_SLIPS = 2  # between what is cited and what may be meant

_NUMBER = r"(?P<number>[0-9]{1,3})(?P<suffix>\s?[A-Za-z](?![A-Za-z0-9]))?(?![\w%]|[.:][0-9])"
# OC.A2.1, or its workstream OC.A2.
_THEMED = re.compile(
    r"(?<![\w.@])(?P<theme>[A-Za-z]{1,4})(?P<gap>\s?\.\s?|\s?)(?P<workstream>[A-Za-z][0-9]{1,2})"
    rf"(?:\s?\.\s?{_NUMBER}|(?![\w%]|\s?\.\s?[0-9]))"
)
# What follows a reference and leaves its theme out: OC.A2.1, B1.2 and C4.1.
_ALSO = re.compile(rf"\s?(?:,|&|/|\band\b)\s?(?P<workstream>[A-Z][0-9]{{1,2}})\.{_NUMBER}")
# A section of a theme, all workstreams of a letter: CO.F.
_SECTION = re.compile(r"(?<![\w.@])(?P<theme>[A-Z]{1,4})\.(?P<letter>[A-Z])(?!\w|\.\w)")
# The end of a range: SD.E2.6-7, SD.E2.6-2.7, SD.E2.6-E2.7.
_RANGE = re.compile(
    r"[-–—](?:[A-Za-z]?(?P<figures>[0-9]{1,2})\.)?(?P<last>[0-9]{1,3})(?![\w/%]|[.:][0-9])"
)
_BETWEEN_ENDS = re.compile(r"\s?[-–—]\s?|\sto\s")
_LETTERED = re.compile(r"(?P<letters>[A-Z]{2,}[-/._])(?P<figures>[0-9]+)")
# A reference without such letters is known by the word before it: see 1.2, action 1.2.
_MARKED = re.compile(
    r"\b(?:see|refs?|reference|actions?|link(?:ed)? (?:to|with))\b[.:]?\s?"
    r"(?P<token>[A-Za-z0-9][A-Za-z0-9./_-]*)",
    re.IGNORECASE,
)
# What stands by itself in a list of references.
_LISTED = re.compile(r"(?<![^\s,;/&(])[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9](?![^\s,;/&).])")
# What every text has that cites a themed reference, and few others do.
_HINT = re.compile(r"[A-Za-z][0-9]{1,2}\s?\.\s?[0-9]|\.\s?[A-Za-z][0-9]")


@dataclass(frozen=True)
class Citation:
    """What a text cites in one place.

    Attributes:
        text: As typed: "OC.A2.1", "SD.E2.6-7", "CO.G1".
        start: Where it begins in the text.
        references: What it names and rows bear. A range is spelt out; a workstream names all of
            its actions.
        unknown: What it names and no row bears. Of a range only the ends count.
    """

    text: str
    start: int
    references: tuple[Reference, ...]
    unknown: tuple[Reference, ...] = ()


class KnownReferences:
    """The references that a tracker's rows bear, and what they look like."""

    def __init__(self, references: Iterable[Reference]) -> None:
        self.by_name = {reference.canonical: reference for reference in references}
        self.themes = {reference.theme for reference in self.by_name.values() if reference.theme}
        self.plain = {name: ref for name, ref in self.by_name.items() if not ref.theme}
        self._is_near: dict[str, bool] = {}
        self._nearest: dict[Reference, Reference | None] = {}

    @cached_property
    def families(self) -> dict[str, tuple[Reference, ...]]:
        """The references of each workstream in their order, by its code: "OC.A2"."""
        found: dict[str, list[Reference]] = defaultdict(list)
        for reference in sorted(self.by_name.values()):
            if reference.theme:
                found[f"{reference.theme}.{reference.workstream}"].append(reference)
        return {family: tuple(references) for family, references in found.items()}

    @cached_property
    def sections(self) -> dict[str, tuple[Reference, ...]]:
        """The references of each section in their order, by its code: OC.A for OC.A1 and OC.A2."""
        found: dict[str, list[Reference]] = defaultdict(list)
        for reference in sorted(self.by_name.values()):
            if reference.theme:
                found[f"{reference.theme}.{reference.workstream[:1]}"].append(reference)
        return {section: tuple(references) for section, references in found.items()}

    @cached_property
    def lettered(self) -> re.Pattern[str] | None:
        """What has the letters of references such as IP-012, and as many figures as one of them."""
        shapes = [
            (shape["letters"], len(shape["figures"]))
            for name in self.plain
            if (shape := _LETTERED.fullmatch(name))
        ]
        counts = Counter(letters for letters, _ in shapes)
        usual = sorted({shape for shape in shapes if counts[shape[0]] >= _ENOUGH})
        if not usual:
            return None
        either = "|".join(f"{re.escape(letters)}[0-9]{{{size}}}" for letters, size in usual)
        return re.compile(rf"(?<![\w.@/-])(?:{either})(?![\w/]|[-.][0-9])", re.IGNORECASE)

    def is_near_theme(self, code: str) -> bool:
        """Whether a code is one slip away from a theme's, which has more than one letter."""
        if code not in self._is_near:
            long = (theme for theme in self.themes if len(theme) > 1)
            self._is_near[code] = any(edit_distance(code, theme) == 1 for theme in long)
        return self._is_near[code]

    def nearest(self, cited: Reference) -> Reference | None:
        """The reference that is spelt most like one that no row bears; None where none is near.

        Of those that are as much like it, the one of its workstream with the nearest number.
        """
        if cited not in self._nearest:
            size = len(cited.canonical)
            ways = [
                (*_way(cited, reference), reference)
                for name, reference in self.by_name.items()
                if abs(len(name) - size) <= _MOST_SLIPS
            ]
            slips, *_, nearest = min(ways, default=(_MOST_SLIPS + 1, True, 0, cited))
            self._nearest[cited] = nearest if slips <= _MOST_SLIPS else None
        return self._nearest[cited]


def cited(text: str, known: KnownReferences) -> tuple[Citation, ...]:
    """What a text cites, from left to right.

    What is typed as the tracker's references are counts in any case; what is typed loosely, with a
    space for a dot or in small letters, only where a row bears it.
    """
    found: list[Citation] = []
    if known.themes and _HINT.search(text):
        stretches = [stretch for stretch in _themed(text, known) if _counts(stretch, known)]
        found += [_citation(text, stretch, known) for stretch in _with_ranges(text, stretches)]
    if known.plain:
        found += _plain(text, known)
    return tuple(sorted(found, key=lambda citation: citation.start))


def cited_sections(text: str, known: KnownReferences) -> tuple[Citation, ...]:
    """The sections of themes that a text cites, "OC.A", as registers do; each names all its
    actions. A section without any is none: in running text it may be somebody's initials.
    """
    return tuple(
        Citation(match[0], match.start(), known.sections[match[0]])
        for match in _SECTION.finditer(text)
        if match[0] in known.sections
    )


def listed_references(text: str, known: KnownReferences) -> tuple[Citation, ...]:
    """The references without a theme that a cell lists, "1.2, 1.4 and IP-7", with no word before
    them that says what they are."""
    return tuple(
        Citation(match[0], match.start(), (known.plain[match[0].upper()],))
        for match in _LISTED.finditer(text)
        if match[0].upper() in known.plain
    )


def _way(cited: Reference, reference: Reference) -> tuple[int, bool, int]:
    slips = edit_distance(cited.canonical, reference.canonical)
    is_other = (cited.theme, cited.workstream) != (reference.theme, reference.workstream)
    return slips, is_other, abs((cited.number or 0) - (reference.number or 0))


# ---------------------------------------------------------------- OC.A2.1


class _Stretch(NamedTuple):
    """A piece of a text that names actions of one workstream.

    `first` is None where it names the workstream. `is_certain` tells whether it is typed as
    references are.
    """

    start: int
    end: int
    family: str
    first: Reference | None
    last: Reference | None
    is_certain: bool


def _themed(text: str, known: KnownReferences) -> Iterator[_Stretch]:
    """Whatever may name actions by theme, workstream and number."""
    for match in _THEMED.finditer(text):
        theme = match["theme"].upper()
        is_capital = match["theme"].isupper() and match["workstream"].isupper()
        is_certain = is_capital and match["gap"] == "."
        if match["number"] is None:
            if is_certain and theme in known.themes:
                family = f"{theme}.{match['workstream']}"
                yield _Stretch(*match.span(), family, None, None, is_certain)
            continue
        if theme not in known.themes:
            is_certain = is_certain and known.is_near_theme(theme)
        else:
            is_certain = is_certain or (is_capital and not match["gap"] and len(theme) == 2)
        also: re.Match[str] | None = match
        while also:
            stretch = _action(text, also, theme, is_certain, known)
            yield stretch
            also, is_certain = _ALSO.match(text, stretch.end), False


def _action(
    text: str, match: re.Match[str], theme: str, is_certain: bool, known: KnownReferences
) -> _Stretch:
    """The action that a match names, or the actions where it begins a range."""
    family = f"{theme}.{match['workstream'].upper()}"
    name, end = f"{family}.{int(match['number'])}", match.end("number")
    suffix = (match["suffix"] or "").lower()
    whole = name + suffix.strip()
    # Of "OC.A2.1 a start" the letter is a word, and of "OC.A2.1b" it may be a point of the row.
    if suffix and (whole in known.by_name or (suffix.isalpha() and name not in known.by_name)):
        name, end = whole, match.end("suffix")
    first = last = Reference.parse(name)
    tail = _RANGE.match(text, end)
    if tail and first and first.number is not None:
        is_same = tail["figures"] in (None, first.workstream[1:])
        if is_same and first.number < int(tail["last"]) <= first.number + _LONGEST_RANGE:
            last, end = Reference.parse(f"{family}.{int(tail['last'])}"), tail.end()
    start = match.start("theme") if match.re is _THEMED else match.start("workstream")
    return _Stretch(start, end, family, first, last, is_certain)


def _counts(stretch: _Stretch, known: KnownReferences) -> bool:
    """Whether a stretch is a citation: it is typed as one, or a row bears what it names."""
    return stretch.is_certain or (
        stretch.first is not None and stretch.first.canonical in known.by_name
    )


def _with_ranges(text: str, stretches: list[_Stretch]) -> list[_Stretch]:
    """The stretches, with one for two that are the ends of a range: OC.A2.1 to OC.A2.4."""
    joined: list[_Stretch] = []
    for stretch in stretches:
        before = joined[-1] if joined else None
        if before and _are_ends(text, before, stretch):
            joined[-1] = before._replace(end=stretch.end, last=stretch.last)
        else:
            joined.append(stretch)
    return joined


def _are_ends(text: str, one: _Stretch, other: _Stretch) -> bool:
    return (
        one.family == other.family
        and one.first is not None
        and one.first == one.last
        and other.first is not None
        and one.first < other.first
        and _BETWEEN_ENDS.fullmatch(text, one.end, other.start) is not None
    )


def _citation(text: str, stretch: _Stretch, known: KnownReferences) -> Citation:
    start, end, family, first, last, _ = stretch
    rows = known.families.get(family, ())
    if first is None or last is None:
        unknown = () if rows else (Reference(family),)
        return Citation(text[start:end], start, rows, unknown)
    ends = tuple(dict.fromkeys((first, last)))
    if len(ends) == 1:
        references = tuple(row for row in rows if row == first)
        return Citation(text[start:end], start, references, () if references else ends)
    references = tuple(row for row in rows if _number(first) <= _number(row) <= _number(last))
    borne = set(map(_number, references))
    return Citation(
        text[start:end],
        start,
        references,
        tuple(reference for reference in ends if _number(reference) not in borne),
    )


def _number(reference: Reference) -> int:
    return reference.number or 0


# ---------------------------------------------------------------- IP-012 and 1.2


def _plain(text: str, known: KnownReferences) -> Iterator[Citation]:
    """What cites references that have no theme."""
    starts = set()
    lettered = known.lettered.finditer(text) if known.lettered else ()
    for match in lettered:
        name = match[0].upper()
        starts.add(match.start())
        reference = known.plain.get(name)
        if reference:
            yield Citation(match[0], match.start(), (reference,))
        elif match[0].isupper() and (parsed := Reference.parse(name)):
            yield Citation(match[0], match.start(), (), (parsed,))
    for match in _MARKED.finditer(text):
        token = match["token"].rstrip("./_-")
        reference = known.plain.get(token.upper())
        if reference and match.start("token") not in starts:
            yield Citation(token, match.start("token"), (reference,))
