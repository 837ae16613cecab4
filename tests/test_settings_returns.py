"""The section [returns]: what is understood, and what is refused with a word on how to mend it."""

from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

from sheetplan.errors import SettingsError
from sheetplan.model import StatusMeaning
from sheetplan.settings import load_profile, settings_text
from sheetplan.settings.returns import RETURN_PHRASES, ReturnSettings

STANDARD = load_profile("standard").returns


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], ReturnSettings]:
    """The [returns] of a sheetplan.toml with this text."""

    def loaded(text: str) -> ReturnSettings:
        path = tmp_path / "sheetplan.toml"
        path.write_text(text, encoding="utf-8")
        return load_profile(path).returns

    return loaded


def test_the_standard_profile_asks_for_all_but_what_is_closed_or_not_applicable() -> None:
    assert STANDARD.not_asked == (StatusMeaning.CLOSED, StatusMeaning.NOT_APPLICABLE)
    assert STANDARD.update_needed == (
        StatusMeaning.MEDIUM_PROGRESS,
        StatusMeaning.SIGNIFICANT_SLIPPAGE,
        StatusMeaning.ON_HOLD,
    )
    assert (STANDARD.return_to, STANDARD.days_to_answer, STANDARD.new_actions) == ("", 10, 10)


def test_the_standard_profile_has_every_phrase_with_values_that_are_filled_in() -> None:
    assert set(STANDARD.phrases) == set(RETURN_PHRASES)
    for name, phrase in STANDARD.phrases.items():
        used = {value for _, value, _, _ in Formatter().parse(phrase) if value is not None}
        assert used <= RETURN_PHRASES[name], name
        assert STANDARD.say(name, **dict.fromkeys(RETURN_PHRASES[name], "x")) or not phrase


def test_what_is_filled_into_a_phrase_is_never_read_as_one() -> None:
    settings = ReturnSettings(phrases={"greeting": "Dear {owner},"})
    assert settings.say("greeting", owner="{month}") == "Dear {month},"


def test_a_file_replaces_what_it_names_and_nothing_else(
    load: Callable[[str], ReturnSettings],
) -> None:
    returns = load(
        'profile = "standard"\n[returns]\nreturn_to = "plan@wexcombe.example"\n'
        'days_to_answer = 5\nnot_asked = ["Complete", "closed", "complete"]\n'
    )
    assert returns.return_to == "plan@wexcombe.example"
    assert returns.days_to_answer == 5
    assert returns.not_asked == (StatusMeaning.COMPLETE, StatusMeaning.CLOSED)
    assert returns.update_needed == STANDARD.update_needed
    assert returns.new_actions == STANDARD.new_actions
    assert returns.phrases == STANDARD.phrases


def test_a_whole_file_that_is_older_than_the_section_asks_as_the_standard_profile(
    load: Callable[[str], ReturnSettings],
) -> None:
    whole = settings_text()
    before, _, after = whole.partition("\n[returns]\n")
    older = before + "\n[templates]\n" + after.partition("\n[templates]\n")[2]
    assert "[returns" not in older
    assert load(older) == STANDARD


def test_a_file_may_ask_for_everything(load: Callable[[str], ReturnSettings]) -> None:
    returns = load('profile = "standard"\n[returns]\nnot_asked = []\nupdate_needed = []\n')
    assert (returns.not_asked, returns.update_needed) == ((), ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('return_too = "us"', '[returns] "return_too" means nothing here. Did you mean '
         '"return_to"?'),
        ("return_to = 5", "return_to must be words between straight quotes, not 5."),
        ("days_to_answer = 0", "days_to_answer must be a whole number from 1 to 60, not 0."),
        ("days_to_answer = 61", "days_to_answer must be a whole number from 1 to 60, not 61."),
        ('days_to_answer = "5"', "days_to_answer must be a whole number from 1 to 60, not '5'."),
        ("new_actions = true", "new_actions must be a whole number from 1 to 100, not True."),
        ("new_actions = 101", "new_actions must be a whole number from 1 to 100, not 101."),
        ('not_asked = "closed"', "not_asked must be a list of words"),
        ('not_asked = ["closd"]', 'not_asked: "closd" is not a meaning of a status. Did you mean '
         '"closed"?'),
        ('update_needed = ["Amber"]', 'update_needed: "Amber" is not a meaning of a status.'),
        ("phrases = 3", "phrases must be a section of its own, under the line [returns.phrases]."),
        ('[returns.phrases]\nno_such_phrase = "x"', '[returns.phrases] "no_such_phrase" means '
         "nothing here."),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused(
    text: str, message: str, load: Callable[[str], ReturnSettings]
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(f'profile = "standard"\n[returns]\n{text}')
    assert message in str(caught.value)
