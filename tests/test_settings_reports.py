"""The section [reports]: what is understood, and what is refused with a word on how to mend it."""

from string import Formatter

import pytest

from sheetplan.errors import SettingsError
from sheetplan.model import StatusMeaning
from sheetplan.settings import load_profile, settings_text
from sheetplan.settings.phrases import PHRASES

STANDARD = load_profile("standard")


@pytest.fixture
def load(tmp_path):
    """The [reports] of a sheetplan.toml with this text."""

    def loaded(text: str):
        path = tmp_path / "sheetplan.toml"
        path.write_text(text, encoding="utf-8")
        return load_profile(path).reports

    return loaded


@pytest.fixture
def refusal(load):
    """The message with which a [reports] is refused."""

    def refused(text: str) -> str:
        with pytest.raises(SettingsError) as caught:
            load(f'profile = "standard"\n{text}')
        return str(caught.value)

    return refused


def test_standard_profile_has_every_phrase_with_values_that_are_filled_in():
    phrases = STANDARD.reports.phrases
    assert set(phrases) == set(PHRASES)
    for name, phrase in phrases.items():
        used = {value for _, value, _, _ in Formatter().parse(phrase) if value is not None}
        assert used <= PHRASES[name], name
        assert phrase.format(**dict.fromkeys(PHRASES[name], "x"))


def test_standard_profile_counts_each_meaning_once():
    reports = STANDARD.reports
    assert reports.exceptions == (
        StatusMeaning.SIGNIFICANT_SLIPPAGE,
        StatusMeaning.MEDIUM_PROGRESS,
        StatusMeaning.ON_HOLD,
    )
    counted = (
        *reports.on_track_or_complete,
        *reports.not_yet_due,
        *reports.not_applicable,
        *reports.left_out,
    )
    assert len(counted) == len(set(counted)) == 7
    assert not set(counted) & set(reports.exceptions)


def test_a_file_replaces_what_it_names_and_nothing_else(load):
    reports = load(
        'profile = "standard"\n[reports]\ncouncil = "Wexcombe Borough Council"\n'
        'exceptions = ["On hold"]\nhistory_months = 12\n'
        '[reports.phrases]\nno_focus = "No Focus 1 in this portfolio"\n'
    )
    assert reports.council == "Wexcombe Borough Council"
    assert reports.exceptions == (StatusMeaning.ON_HOLD,)
    assert reports.history_months == 12
    assert reports.due_next_months == STANDARD.reports.due_next_months
    assert reports.say("no_focus") == "No Focus 1 in this portfolio"
    assert reports.say("no_issues") == STANDARD.reports.say("no_issues")


def test_a_whole_file_that_is_older_than_the_section_reports_as_the_standard_profile(load):
    whole = settings_text()
    older = whole[: whole.index("[reports]")]
    assert load(older) == STANDARD.reports
    assert load(whole) == STANDARD.reports


def test_meanings_may_be_written_with_spaces_or_underscores(load):
    reports = load('profile = "standard"\n[reports]\nexceptions = ["on hold", "medium_progress"]\n')
    assert reports.exceptions == (StatusMeaning.ON_HOLD, StatusMeaning.MEDIUM_PROGRESS)


def test_values_are_filled_in_as_they_are():
    assert STANDARD.reports.say("copied", text="{month} {0}", month="June") == (
        "{month} {0} (word for word as in June)"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[reports]\nexcptions = []", '[reports] "excptions" means nothing here. Did you mean'),
        ('[reports]\nexceptions = ["amber"]', 'exceptions: "amber" is not a meaning of a status'),
        ('[reports]\nexceptions = ["on hod"]', 'Did you mean "on_hold"?'),
        ('[reports]\nexceptions = "on_hold"', "exceptions must be a list of words"),
        ("[reports]\nhistory_months = -1", "must be a whole number from 0 to 36, not -1"),
        ("[reports]\nhistory_months = 1.5", "must be a whole number from 0 to 36, not 1.5"),
        ("[reports]\nhistory_months = true", "must be a whole number from 0 to 36, not True"),
        ("[reports]\ndue_next_months = 0", "must be a whole number from 1 to 36, not 0"),
        ("[reports]\ncouncil = 7", "council must be words between straight quotes, not 7"),
        ('[reports]\nleft_out = ["on_track"]',
         '"on track" stands under on_track_or_complete and under left_out'),
        ("[reports]\nmedium_slippage = 3",
         "significant_slippage (2) is less than medium_slippage (3)"),
        ('[reports]\nfocus_by_exception = ["focus-1"]',
         '"focus-1" stands under focus_in_full and under focus_by_exception'),
        ('[reports]\nphrases = "short"', "must be a section of its own"),
        ('[reports.phrases]\nno_fcous = "x"', 'Did you mean "no_focus"?'),
        ("[reports.phrases]\nno_focus = 1", "no_focus must be words between straight quotes"),
        ('[reports.phrases]\nshare = "{good} of {deu}"',
         "share: nobody fills in {deu}. Did you mean"),
        ('[reports.phrases]\nshare = "{good.real}"', "nobody fills in {good.real}"),
        ('[reports.phrases]\nshare = "{good!r}"', "nobody fills in {good!r}"),
        ('[reports.phrases]\nshare = "{good:>9}"', "nobody fills in {good:>9}"),
        ('[reports.phrases]\nshare = "{}"', "nobody fills in {}"),
        ('[reports.phrases]\nno_focus = "None in {theme}"', "This phrase has no values"),
        ('[reports.phrases]\nshare = "{good of {due}"', 'a brace is left alone'),
        ('[reports.phrases]\nshare = "{good} } of"', 'a brace is left alone'),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_what_to_do(refusal, text, message):
    assert message in refusal(text)
