"""The sections [status...] and [colours]: what words mean, and how meanings are drawn."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Mapping
from dataclasses import replace

from sheetplan.model.colour import LOWEST_CONTRAST, Colours
from sheetplan.model.status import Rag, StatusEntry, StatusMeaning, Vocabulary
from sheetplan.model.wording import compact
from sheetplan.settings.section import Section

_COLOURED = tuple(rag for rag in Rag if rag is not Rag.NONE)
_HEX = re.compile(r"#?([0-9A-Fa-f]{6})")


def vocabulary(section: Section, base: Vocabulary) -> Vocabulary:
    """The profile's statuses and the file's. What the file says of a word holds.

    Councils give one colour opposite meanings, so a word that the file lists under one meaning is
    taken away from the meaning that it has in the profile.
    """
    meanings = {meaning.words.replace(" ", "_"): meaning for meaning in StatusMeaning}
    section.accept_only(meanings)
    inherited = {entry.meaning: entry for entry in base.entries}
    written = {
        meanings[key]: _status_entry(section.section(key), meanings[key], inherited)
        for key in section.table
    }
    words = {meaning.words: entry.spellings for meaning, entry in written.items()}
    section.refuse_shared(words)
    taken = {compact(typed) for all_words in words.values() for typed in all_words}
    entries = {meaning: _without(entry, taken) for meaning, entry in inherited.items()}
    for meaning, entry in written.items():
        entries[meaning] = _added(entries[meaning], entry) if meaning in entries else entry
    return Vocabulary(tuple(entries[meaning] for meaning in StatusMeaning if meaning in entries))


def _status_entry(
    section: Section, meaning: StatusMeaning, inherited: Mapping[StatusMeaning, StatusEntry]
) -> StatusEntry:
    section.accept_only(("words", "alone", "rag", "carried_forward"))
    old = inherited.get(meaning)
    rag = section.one_of("rag", (rag.value for rag in Rag), old.rag.value if old else None)
    return StatusEntry(
        meaning=meaning,
        rag=Rag(rag),
        words=section.words("words"),
        alone=section.words("alone"),
        carried_forward=section.flag("carried_forward", old.carried_forward if old else False),
    )


def _without(entry: StatusEntry, keys: Container[str]) -> StatusEntry:
    def kept(all_words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(words for words in all_words if compact(words) not in keys)

    return replace(entry, words=kept(entry.words), alone=kept(entry.alone))


def _added(old: StatusEntry, new: StatusEntry) -> StatusEntry:
    """The words of both; the council's own first, since they are what sheetplan writes."""
    return replace(new, words=(*new.words, *old.words), alone=(*new.alone, *old.alone))


def palette(section: Section, base: Mapping[Rag, Colours]) -> dict[Rag, Colours]:
    section.accept_only(rag.value for rag in _COLOURED)
    found = dict(base)
    for rag in _COLOURED:
        if rag.value in section.table:
            found[rag] = _colours(section.section(rag.value), base.get(rag))
        elif rag not in found:
            raise section.error(f"{rag.value} is missing.")
    return found


def _colours(section: Section, old: Colours | None) -> Colours:
    section.accept_only(Colours._fields)
    colours = Colours(
        fill=_hex(section, "fill", old.fill if old else None),
        text=_hex(section, "text", old.text if old else None),
    )
    if not colours.is_readable:
        text = {"FFFFFF": "white", "000000": "black"}.get(colours.text, colours.text)
        shown = math.floor(colours.contrast * 100) / 100  # 4.496 must not be refused as "4.50"
        raise section.error(
            f"{text} on {colours.fill} is {shown:.2f}:1, and {LOWEST_CONTRAST}:1 is needed.",
            "Choose a darker or a lighter one of the two.",
        )
    return colours


def _hex(section: Section, key: str, default: str | None) -> str:
    value = section.table.get(key, default)
    match = _HEX.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise section.error(f'{key} must be six figures such as "0F7A52", not {value!r}.')
    return match[1].upper()
