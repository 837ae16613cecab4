"""A section of a settings file, which knows how to say where something is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sheetplan.errors import SettingsError
from sheetplan.model.wording import closest, compact

A_LIST = 'a list of words between straight quotes, such as ["Ref", "Action ref"]'


@dataclass(frozen=True)
class Section:
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
                raise self.error(f'"{key}" means nothing here.', did_you_mean(key, accepted))

    def section(self, key: str) -> Section:
        name = f"{self.name}.{key}" if self.name else key
        value = self.table.get(key, {})
        if not isinstance(value, Mapping):
            raise self.error(f"{key} must be a section of its own, under the line [{name}].")
        return Section(self.where, name, value)

    def words(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self.table.get(key, list(default))
        if not isinstance(value, list) or not all(isinstance(words, str) for words in value):
            raise self.error(f"{key} must be {A_LIST}.")
        for words in value:
            if not compact(words):
                raise self.error(f'{key}: "{words}" has no letter or figure to look for.')
        return tuple(value)

    def text(self, key: str, default: str = "") -> str:
        value = self.table.get(key, default)
        if not isinstance(value, str):
            raise self.error(f"{key} must be words between straight quotes, not {value!r}.")
        return value

    def number(self, key: str, default: int, lowest: int, highest: int) -> int:
        value = self.table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise self.error(
                f"{key} must be a whole number from {lowest} to {highest}, not {value!r}."
            )
        return value

    def flag(self, key: str, default: bool) -> bool:
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            raise self.error(f"{key} must be true or false, without quotes, not {value!r}.")
        return value

    def refuse_shared(self, lists: Mapping[str, Iterable[str]]) -> None:
        """Refuse words that stand in two lists, however they are typed."""
        owners: dict[str, str] = {}
        for name, texts in lists.items():
            for text in texts:
                owner = owners.setdefault(compact(text), name)
                if owner != name:
                    raise self.error(
                        f'"{text}" stands under {owner} and under {name}.', "Take it out of one."
                    )

    def one_of(self, key: str, accepted: Iterable[str], default: str | None = None) -> str:
        accepted = list(accepted)
        value = self.table.get(key, default)
        if value is None:
            raise self.error(f"{key} is missing.", f"Accepted: {', '.join(accepted)}.")
        if value not in accepted:
            raise self.error(f"{key}: {value!r} is not known.", did_you_mean(str(value), accepted))
        return str(value)


def did_you_mean(text: str, accepted: Iterable[str]) -> str:
    accepted = list(accepted)
    near = closest(text, accepted)
    question = f'Did you mean "{near}"? ' if near else ""
    return f"{question}Accepted: {', '.join(accepted)}."
