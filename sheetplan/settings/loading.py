"""Settings: how one council words its tracker.

They come from the `sheetplan.toml` nearest to the tracker or, where there is none, from the
built-in profile "standard". The profile's file is also what `sheetplan init` writes, so what an
officer edits is what sheetplan would have done anyway.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from sheetplan.errors import SettingsError
from sheetplan.model.colour import Colours
from sheetplan.model.plan_date import DateWords
from sheetplan.model.status import Rag, StatusEntry, Vocabulary
from sheetplan.model.wording import compact
from sheetplan.settings.checks import CheckSettings, check_settings
from sheetplan.settings.commentary import (
    CommentarySettings,
    TrackerKind,
    commentary_settings,
    tracker_kind,
)
from sheetplan.settings.dates import date_words
from sheetplan.settings.importing import ImportSettings, import_settings
from sheetplan.settings.recommendations import RecommendationSettings, recommendation_settings
from sheetplan.settings.reports import ReportSettings, report_settings
from sheetplan.settings.returns import ReturnSettings, return_settings
from sheetplan.settings.section import A_LIST, Section, did_you_mean
from sheetplan.settings.statuses import palette, vocabulary
from sheetplan.settings.templates import template_paths

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
    "recommendations",
)
_SECTIONS = (
    "tracker",
    "fields",
    "months",
    "banner",
    "status",
    "colours",
    "roll",
    "dates",
    "reports",
    "returns",
    "checks",
    "recommendations",
    "import",
    "commentary",
    "templates",
)
_NEEDED_SECTIONS = ("fields", "months", "status", "colours")
_TOML_PLACE = re.compile(r" \(at line (?P<line>\d+), column \d+\)$")


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
    dates: DateWords = field(default_factory=DateWords)
    reports: ReportSettings = field(default_factory=ReportSettings)
    returns: ReturnSettings = field(default_factory=ReturnSettings)
    checks: CheckSettings = field(default_factory=CheckSettings)
    recommendations: RecommendationSettings = field(default_factory=RecommendationSettings)
    importing: ImportSettings = field(default_factory=ImportSettings)
    kind: TrackerKind = TrackerKind.MONTHS
    commentary: CommentarySettings = field(default_factory=CommentarySettings)
    templates: Mapping[str, Path] = field(default_factory=dict)

    @property
    def legend(self) -> tuple[StatusEntry, ...]:
        """The statuses that a key to ratings explains.

        A plan without month columns uses few of those that trackers have: the ones with a colour.
        """
        entries = self.vocabulary.entries
        if self.kind is TrackerKind.MONTHS:
            return entries
        return tuple(entry for entry in entries if entry.rag is not Rag.NONE)


def find_settings(tracker: Path, profile: str | Path | None = None) -> Settings:
    """The settings for `tracker`: those of `profile` where one is named, else those of the first
    sheetplan.toml in its folder or in one above it.

    Raises:
        SettingsError: The file that was found cannot be understood. It is never passed over.
    """
    if profile is not None:
        return load_profile(profile)
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
            f'There is no profile "{profile}".', remedy=did_you_mean(profile, _built_in_names())
        )
    return (_profiles() / f"{profile}.toml").read_text(encoding="utf-8")


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
    top = Section(where, "", document)
    top.accept_only(("profile", *_SECTIONS))
    base = _base(top, document, name)
    fields = _fields(top.section("fields"), base)
    statuses = vocabulary(top.section("status"), base.vocabulary)
    return Settings(
        profile_name=name,
        fields=fields,
        monthly_fields=_monthly_fields(top.section("months"), base, fields),
        vocabulary=statuses,
        palette=palette(top.section("colours"), base.palette),
        banner_words=_banner_words(top.section("banner"), base),
        add_colours=_add_colours(top.section("roll"), base),
        dates=date_words(top.section("dates"), base.dates),
        reports=report_settings(top.section("reports"), base.reports),
        returns=return_settings(top.section("returns"), base.returns),
        checks=check_settings(top.section("checks"), base.checks),
        recommendations=recommendation_settings(
            top.section("recommendations"), base.recommendations
        ),
        importing=import_settings(top.section("import"), base.importing),
        kind=tracker_kind(top.section("tracker"), base.kind),
        commentary=commentary_settings(top.section("commentary"), base.commentary, statuses),
        templates=template_paths(top.section("templates"), base.templates),
    )


def _base(top: Section, document: Mapping[str, object], name: str) -> Settings:
    """What a document builds on: a profile, or the usual settings where it has all the others."""
    if "profile" in document:
        return _built_in(top.one_of("profile", _built_in_names()))
    for section in _NEEDED_SECTIONS:
        if section not in document:
            raise top.error(
                f"There is no section [{section}].",
                f'Put profile = "{STANDARD}" on the first line, and only what differs from that '
                "profile needs to be written.",
            )
    return Settings(
        name, {}, (), Vocabulary(()), {},
        reports=_usual_reports(name), returns=_usual_returns(name), checks=_usual_checks(name),
        recommendations=_usual_recommendations(name), importing=_usual_import(name),
    )  # fmt: skip


def _usual_reports(name: str) -> ReportSettings:
    """What a file says by leaving it out of [reports]: one may be older than that section."""
    return ReportSettings() if name == STANDARD else _built_in(STANDARD).reports


def _usual_returns(name: str) -> ReturnSettings:
    """The same for [returns]."""
    return ReturnSettings() if name == STANDARD else _built_in(STANDARD).returns


def _usual_checks(name: str) -> CheckSettings:
    """The same for [checks]."""
    return CheckSettings() if name == STANDARD else _built_in(STANDARD).checks


def _usual_recommendations(name: str) -> RecommendationSettings:
    """The same for [recommendations]."""
    if name == STANDARD:
        return RecommendationSettings()
    return _built_in(STANDARD).recommendations


def _usual_import(name: str) -> ImportSettings:
    """The same for [import]."""
    return ImportSettings() if name == STANDARD else _built_in(STANDARD).importing


def _fields(section: Section, base: Settings) -> dict[str, tuple[str, ...]]:
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
        raise section.error("reference is missing.", f"Write reference = {A_LIST}.")
    return {name: fields[name] for name in FIELD_NAMES if fields.get(name)}


def _monthly_fields(
    section: Section, base: Settings, fields: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    section.accept_only(["fields"])
    names = section.words("fields", base.monthly_fields)
    for name in names:
        if name not in fields:
            raise section.error(
                f'fields: "{name}" is not a column that [fields] names.',
                did_you_mean(name, fields),
            )
    if not names:
        raise section.error("fields is empty.", 'Write fields = ["status", "update"].')
    return tuple(dict.fromkeys(names))


def _banner_words(section: Section, base: Settings) -> tuple[str, ...]:
    section.accept_only(["words"])
    return section.words("words", base.banner_words)


def _add_colours(section: Section, base: Settings) -> bool:
    section.accept_only(["add_colours"])
    return section.flag("add_colours", base.add_colours)
