"""The rules of the checks: what each is for, and which are meant by a person's names for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheetplan.checks.checking import rules_by_code
from sheetplan.checks.families import FAMILIES
from sheetplan.cycle.plain_data import plain
from sheetplan.errors import RuleNotFoundError, SettingsError
from sheetplan.model.finding import Severity
from sheetplan.model.wording import did_you_mean
from sheetplan.settings import Settings, find_settings

_LISTS_THEM = "sheetplan check --rules lists them all."


@dataclass(frozen=True)
class CheckRule:
    """A rule as a council has it.

    Attributes:
        code: Its name.
        family: The family of rules to which it belongs.
        severity: How much its findings matter, unless one of them says otherwise.
        why: Why it matters.
        off: Why it is switched off; empty where it is not.
    """

    code: str
    family: str
    severity: Severity
    why: str
    off: str = ""

    def as_data(self) -> dict[str, Any]:
        """The rule as plain data."""
        data: dict[str, Any] = plain(self)
        return data


def check_rules(
    tracker: str | Path | None = None, *, profile: str | Path | None = None
) -> tuple[CheckRule, ...]:
    """Every rule, in the order in which they are asked.

    Args:
        tracker: The workbook whose settings hold; those of this folder when None.
        profile: A settings file, or the name of a built-in profile; the nearest sheetplan.toml
            when None.

    Raises:
        SettingsError: sheetplan.toml cannot be understood.
    """
    settings = find_settings(Path(tracker or "tracker.xlsx"), profile)
    refuse_unknown_codes(settings)
    checks = settings.checks
    return tuple(
        CheckRule(
            code=rule.code,
            family=family,
            severity=checks.severities.get(rule.code, rule.severity),
            why=rule.why,
            off=checks.off.get(rule.code, ""),
        )
        for family, rule in rules_by_code()
    )


def codes_named(names: Iterable[str]) -> frozenset[str]:
    """The codes of the rules that are named, by their codes or by their families.

    Raises:
        RuleNotFoundError: a name is neither.
    """
    codes = {rule.code for _, rule in rules_by_code()}
    found: set[str] = set()
    for name in names:
        if name in FAMILIES:
            found.update(rule.code for rule in FAMILIES[name])
        elif name in codes:
            found.add(name)
        else:
            question = did_you_mean(name, (*FAMILIES, *sorted(codes))).strip()
            raise RuleNotFoundError(
                f'"{name}" is no rule, and no family of rules.',
                remedy=f"{question} {_LISTS_THEM}".strip(),
            )
    return frozenset(found)


def refuse_unknown_codes(settings: Settings) -> None:
    """Raise SettingsError where the settings name a rule that there is not."""
    codes = [rule.code for _, rule in rules_by_code()]
    checks = settings.checks
    for section, named in (("severity", checks.severities), ("off", checks.off)):
        for code in named:
            if code not in codes:
                raise SettingsError(
                    f'[checks.{section}] "{code}" is no rule.',
                    where=settings.profile_name,
                    remedy=f"{did_you_mean(code, codes)} {_LISTS_THEM}".strip(),
                )
