"""The section [dates] of a settings file."""

from datetime import date
from pathlib import Path

import pytest

from sheetplan.errors import SettingsError
from sheetplan.model import DateWords, PlanDate, Precision
from sheetplan.settings import Settings, load_profile, settings_text

STANDARD = load_profile("standard")


@pytest.fixture
def loaded(tmp_path):
    """The settings that a text says."""

    def load(text: str) -> Settings:
        path = Path(tmp_path) / "sheetplan.toml"
        path.write_text(text, encoding="utf-8")
        return load_profile(path)

    return load


@pytest.fixture
def refusal(loaded):
    """The message with which a text is refused."""

    def refused(text: str) -> str:
        with pytest.raises(SettingsError) as caught:
            loaded(f'profile = "standard"\n{text}')
        return str(caught.value)

    return refused


def read(text: str, settings: Settings = STANDARD) -> PlanDate:
    return PlanDate.read(text, settings.dates)


def test_the_standard_profile_means_what_british_councils_mean():
    assert read("Q1 2024/25").first == date(2024, 4, 1)
    assert read("Spring 2023").last == date(2023, 5, 31)
    assert read("early 2024").last == date(2024, 4, 30)
    assert read("TBC").precision is Precision.TO_BE_CONFIRMED


def test_a_settings_file_from_before_this_section_means_the_same(loaded):
    before = settings_text()[: settings_text().index("[dates]")]
    assert loaded(before).dates == STANDARD.dates == DateWords()


def test_what_a_file_says_replaces_the_profile_and_the_rest_stays(loaded):
    settings = loaded(
        'profile = "standard"\n[dates]\nrecurring = ["Each term"]\n'
        'financial_year_begins = "january"\n'
        '[dates.seasons]\nSpring = ["February", "April"]\nharvest = ["August", "September"]\n'
        '[dates.parts]\nearly = ["January", "March"]\n'
    )
    assert read("Each term", settings).precision is Precision.RECURRING
    assert read("Quarterly", settings).precision is Precision.UNREADABLE
    assert read("Ongoing", settings).precision is Precision.ONGOING
    assert read("Q1 2024/25", settings).first == date(2024, 1, 1)
    assert read("Spring 2023", settings).first == date(2023, 2, 1)
    assert read("Harvest 2023", settings).last == date(2023, 9, 30)
    assert read("Autumn 2023", settings).first == date(2023, 9, 1)
    assert read("early 2023", settings).last == date(2023, 3, 31)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[dates]\nongoin = []", '"ongoin" means nothing here. Did you mean "ongoing"?'),
        ("[dates]\nongoing = 'BAU'", "ongoing must be a list of words"),
        ("[dates]\nongoing = ['--']", 'ongoing: "--" has no letter or figure'),
        ("[dates]\nongoing = ['TBC']", '"TBC" stands under ongoing and under to_be_confirmed'),
        ("[dates]\nfinancial_year_begins = 4", "financial_year_begins: 4 is not a month"),
        ("[dates]\nfinancial_year_begins = 'Apr'", "financial_year_begins: 'Apr' is not a month"),
        ("[dates]\nseasons = 3", "seasons must be a section of its own"),
        ("[dates.seasons]\nspring = 'March'", "spring must be its first and its last month"),
        ("[dates.seasons]\nspring = ['March']", 'Write spring = ["March", "May"]'),
        ("[dates.seasons]\nspring = ['March', 'Maytime']", "spring: 'Maytime' is not a month"),
        ("[dates.seasons]\n'late spring' = ['May', 'May']", '"late spring" must be one word'),
        ("[dates.parts]\nlate = ['July', 'June']", "late must not run over the new year"),
        ("[dates.parts]\nmid = ['May', 8]", "mid: 8 is not a month"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_place(refusal, text, said):
    message = refusal(text)
    assert said in message
    assert "[dates" in message
