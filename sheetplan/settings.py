"""Settings: how one council words its tracker.

They come from the `sheetplan.toml` nearest to the tracker or, where there is none, from the
built-in profile "standard". The profile's file is also what `sheetplan init` writes, so what an
officer edits is what sheetplan would have done anyway.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from sheetplan.errors import SettingsError
from sheetplan.model.colour import LOWEST_CONTRAST, Colours
from sheetplan.model.status import Rag, StatusEntry, StatusMeaning, Vocabulary
from sheetplan.model.wording import closest, compact

SETTINGS_FILE = "sheetplan.toml"
STANDARD = "standard"
FIELD_NAMES = (
    "reference",
    "theme",
    "workstream",
    "action",
    "milestones",
    "we_will",
    "director_lead",
    "cabinet_member",
    "other_leads",
    "update_owner",
    "start_date",
    "due_date",
    "revised_date",
    "focus",
    "status",
    "update",
    "direction",
    "evidence",
)
_COLOURED = tuple(rag for rag in Rag if rag is not Rag.NONE)
_SECTIONS = ("fields", "months", "banner", "status", "colours", "roll")
_NEEDED_SECTIONS = ("fields", "months", "status", "colours")
_HEX = re.compile(r"#?([0-9A-Fa-f]{6})")
_TOML_PLACE = re.compile(r" \(at line (?P<line>\d+), column \d+\)$")
_A_LIST = 'a list of words between straight quotes, such as ["Ref", "Action ref"]'


@dataclass(frozen=True)
class Settings:
    """What sheetplan knows of a council's tracker before it opens it.

    `palette` has no entry for `Rag.NONE`, which is not coloured.
    """

    profile_name: str
    fields: Mapping[str, tuple[str, ...]]
    monthly_fields: tuple[str, ...]
    vocabulary: Vocabulary
    palette: Mapping[Rag, Colours]
    banner_words: tuple[str, ...] = ("due",)
    add_colours: bool = True


def find_settings(tracker: Path) -> Settings:
    """The settings for `tracker`: of the first sheetplan.toml in its folder or in one above it.

    Raises:
        SettingsError: The file that was found cannot be understood. It is never passed over.
    """
    for folder in tracker.absolute().parents:
        path = folder / SETTINGS_FILE
        if path.is_file():
            return load_profile(path)
    return load_profile(STANDARD)


def load_profile(name_or_path: str | Path) -> Settings:
    """Load a built-in profile by its name, or a settings file by its path.

    Raises:
        SettingsError: There is no such profile or file, or it cannot be understood.
    """
    if isinstance(name_or_path, Path) or name_or_path.endswith(".toml"):
        return _read_file(Path(name_or_path))
    return _built_in(name_or_path)


def settings_text(profile: str = STANDARD) -> str:
    """The text of a built-in profile, with its comments: what `sheetplan init` writes."""
    if profile not in _built_in_names():
        raise SettingsError(
            f'There is no profile "{profile}".', remedy=_did_you_mean(profile, _built_in_names())
        )
    return (_profiles() / f"{profile}.toml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class _Section:
    """A section of a settings file, which knows how to say where something is wrong."""

    where: str | Path
    name: str
    table: Mapping[str, object]

    def error(self, problem: str, remedy: str = "") -> SettingsError:
        place = f"[{self.name}] " if self.name else ""
        return SettingsError(f"{place}{problem}", where=self.where, remedy=remedy)

    def accept_only(self, accepted: Iterable[str]) -> None:
        """Refuse a key that means nothing, since a slip of the pen would pass in silence."""
        accepted = list(accepted)
        for key in self.table:
            if key not in accepted:
                raise self.error(f'"{key}" means nothing here.', _did_you_mean(key, accepted))

    def section(self, key: str) -> _Section:
        name = f"{self.name}.{key}" if self.name else key
        value = self.table.get(key, {})
        if not isinstance(value, Mapping):
            raise self.error(f"{key} must be a section of its own, under the line [{name}].")
        return _Section(self.where, name, value)

    def words(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self.table.get(key, list(default))
        if not isinstance(value, list) or not all(isinstance(words, str) for words in value):
            raise self.error(f"{key} must be {_A_LIST}.")
        for words in value:
            if not compact(words):
                raise self.error(f'{key}: "{words}" has no letter or figure to look for.')
        return tuple(value)

    def flag(self, key: str, default: bool) -> bool:
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            raise self.error(f"{key} must be true or false, without quotes, not {value!r}.")
        return value

    def one_of(self, key: str, accepted: Iterable[str], default: str | None = None) -> str:
        accepted = list(accepted)
        value = self.table.get(key, default)
        if value is None:
            raise self.error(f"{key} is missing.", f"Accepted: {', '.join(accepted)}.")
        if value not in accepted:
            raise self.error(f"{key}: {value!r} is not known.", _did_you_mean(str(value), accepted))
        return str(value)


def _did_you_mean(text: str, accepted: Iterable[str]) -> str:
    accepted = list(accepted)
    near = closest(text, accepted)
    question = f'Did you mean "{near}"? ' if near else ""
    return f"{question}Accepted: {', '.join(accepted)}."


def _profiles() -> Traversable:
    return resources.files("sheetplan") / "profiles"


def _built_in_names() -> list[str]:
    names = (entry.name for entry in _profiles().iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@cache
def _built_in(name: str) -> Settings:
    where = f'built-in profile "{name}"'
    return _settings_from(_parsed(settings_text(name), where), where, name)


def _read_file(path: Path) -> Settings:
    try:
        text = path.read_bytes().decode("utf-8-sig")  # Notepad may put a byte order mark in front
    except FileNotFoundError as error:
        raise SettingsError(
            "cannot be read: there is no such file.",
            where=path,
            remedy=f"Check its name and folder. Without --profile the nearest {SETTINGS_FILE} "
            "is used.",
        ) from error
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror}.", where=path) from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            "is not saved as UTF-8 text.",
            where=path,
            remedy='In Notepad choose Save As, and the encoding "UTF-8".',
        ) from error
    return _settings_from(_parsed(text, path), path, path.name)


def _parsed(text: str, where: str | Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        problem = str(error)[: place.start()] if place else str(error)
        line = int(place["line"]) if place else len(text.splitlines())
        typed = (text.splitlines() or [""])[line - 1].strip()
        remedy = f"The line reads: {typed}"
        if any(quote in typed for quote in "“”‘’"):
            remedy += ' It has curly quotes; use the straight ones (").'
        raise SettingsError(f"line {line}: {problem}.", where=where, remedy=remedy) from error


def _settings_from(document: Mapping[str, object], where: str | Path, name: str) -> Settings:
    top = _Section(where, "", document)
    top.accept_only(("profile", *_SECTIONS))
    if "profile" in document:
        base = _built_in(top.one_of("profile", _built_in_names()))
    else:
        base = Settings(name, {}, (), Vocabulary(()), {})
        for section in _NEEDED_SECTIONS:
            if section not in document:
                raise top.error(
                    f"There is no section [{section}].",
                    f'Put profile = "{STANDARD}" on the first line, and only what differs from '
                    "that profile needs to be written.",
                )
    fields = _fields(top.section("fields"), base)
    return Settings(
        profile_name=name,
        fields=fields,
        monthly_fields=_monthly_fields(top.section("months"), base, fields),
        vocabulary=_vocabulary(top.section("status"), base),
        palette=_palette(top.section("colours"), base),
        banner_words=_banner_words(top.section("banner"), base),
        add_colours=_add_colours(top.section("roll"), base),
    )


def _fields(section: _Section, base: Settings) -> dict[str, tuple[str, ...]]:
    """The profile's headings and the file's. No heading may mean two fields.

    A heading is not taken from the profile in silence: to call "Status" an update, an officer
    would hardly mean to leave the status without its commonest name.
    """
    section.accept_only(FIELD_NAMES)
    owners = {compact(words): name for name, all_ in base.fields.items() for words in all_}
    inherited = set(owners)
    fields = dict(base.fields)
    for name in section.table:
        for words in section.words(name):
            key = compact(words)
            owner = owners.setdefault(key, name)
            if owner != name and key in inherited:
                raise section.error(
                    f'{name}: "{words}" already means {owner} in profile "{base.profile_name}".',
                    "Take it out; or move it in the whole file, which `sheetplan init` writes.",
                )
            if owner != name:
                raise section.error(
                    f'"{words}" stands under {owner} and under {name}.', "Take it out of one."
                )
            if key not in map(compact, fields.get(name, ())):
                fields[name] = (*fields.get(name, ()), words)
    if not fields.get("reference"):
        raise section.error("reference is missing.", f"Write reference = {_A_LIST}.")
    return {name: fields[name] for name in FIELD_NAMES if fields.get(name)}


def _monthly_fields(
    section: _Section, base: Settings, fields: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    section.accept_only(["fields"])
    names = section.words("fields", base.monthly_fields)
    for name in names:
        if name not in fields:
            raise section.error(
                f'fields: "{name}" is not a column that [fields] names.',
                _did_you_mean(name, fields),
            )
    if not names:
        raise section.error("fields is empty.", 'Write fields = ["status", "update"].')
    return tuple(dict.fromkeys(names))


def _banner_words(section: _Section, base: Settings) -> tuple[str, ...]:
    section.accept_only(["words"])
    return section.words("words", base.banner_words)


def _add_colours(section: _Section, base: Settings) -> bool:
    section.accept_only(["add_colours"])
    return section.flag("add_colours", base.add_colours)


def _vocabulary(section: _Section, base: Settings) -> Vocabulary:
    """The profile's statuses and the file's. What the file says of a word holds.

    Councils give one colour opposite meanings, so a word that the file lists under one meaning is
    taken away from the meaning that it has in the profile.
    """
    meanings = {meaning.words.replace(" ", "_"): meaning for meaning in StatusMeaning}
    section.accept_only(meanings)
    inherited = {entry.meaning: entry for entry in base.vocabulary.entries}
    written = {
        meanings[key]: _status_entry(section.section(key), meanings[key], inherited)
        for key in section.table
    }
    owners: dict[str, StatusMeaning] = {}
    for meaning, entry in written.items():
        for words in (*entry.words, *entry.alone):
            owner = owners.setdefault(compact(words), meaning)
            if owner is not meaning:
                raise section.error(
                    f'"{words}" stands under {owner.words} and under {meaning.words}.',
                    "Take it out of one.",
                )
    entries = {meaning: _without(entry, owners) for meaning, entry in inherited.items()}
    for meaning, entry in written.items():
        entries[meaning] = _added(entries[meaning], entry) if meaning in entries else entry
    return Vocabulary(tuple(entries[meaning] for meaning in StatusMeaning if meaning in entries))


def _status_entry(
    section: _Section, meaning: StatusMeaning, inherited: Mapping[StatusMeaning, StatusEntry]
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
    return replace(new, words=(*old.words, *new.words), alone=(*old.alone, *new.alone))


def _palette(section: _Section, base: Settings) -> dict[Rag, Colours]:
    section.accept_only(rag.value for rag in _COLOURED)
    palette = dict(base.palette)
    for rag in _COLOURED:
        if rag.value in section.table:
            palette[rag] = _colours(section.section(rag.value), base.palette.get(rag))
        elif rag not in palette:
            raise section.error(f"{rag.value} is missing.")
    return palette


def _colours(section: _Section, old: Colours | None) -> Colours:
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


def _hex(section: _Section, key: str, default: str | None) -> str:
    value = section.table.get(key, default)
    match = _HEX.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise section.error(f'{key} must be six figures such as "0F7A52", not {value!r}.')
    return match[1].upper()
