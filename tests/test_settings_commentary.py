"""The sections [tracker] and [commentary], and the profile of plans without month columns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sheetplan.errors import SettingsError
from sheetplan.model.colour_meaning import meaning_of
from sheetplan.model.status import Rag, StatusMeaning
from sheetplan.settings import Settings, load_profile
from sheetplan.settings.commentary import CommentarySettings, TrackerKind


def settings(tmp_path: Path, text: str, profile: str = "standard") -> Settings:
    path = tmp_path / "sheetplan.toml"
    path.write_text(f'profile = "{profile}"\n{text}', "utf-8")
    return load_profile(path)


def test_a_tracker_has_months_unless_its_settings_say_otherwise(tmp_path: Path) -> None:
    assert load_profile("standard").kind is TrackerKind.MONTHS
    assert load_profile("commentary").kind is TrackerKind.COMMENTARY
    assert settings(tmp_path, '[tracker]\nkind = "commentary"').kind is TrackerKind.COMMENTARY
    assert settings(tmp_path, "", "commentary").kind is TrackerKind.COMMENTARY


def test_the_standard_profile_writes_out_what_holds_without_it() -> None:
    found = load_profile("standard").commentary
    words = replace(found.words, statuses=(), complete_statuses=())
    assert replace(found, words=words) == CommentarySettings()


def test_in_the_profile_for_plans_amber_is_on_track_and_green_complete() -> None:
    entries = {entry.meaning: entry for entry in load_profile("commentary").vocabulary.entries}
    assert entries[StatusMeaning.ON_TRACK].rag is Rag.AMBER
    assert entries[StatusMeaning.COMPLETE].rag is Rag.GREEN
    assert entries[StatusMeaning.SIGNIFICANT_SLIPPAGE].rag is Rag.RED
    assert entries[StatusMeaning.SIGNIFICANT_SLIPPAGE].words[0] == "Off track"


def test_in_the_profile_for_plans_the_legend_has_each_colour_of_the_work_once() -> None:
    told = [(e.words[0], e.rag.value) for e in load_profile("commentary").legend]
    assert told == [
        ("On track", "amber"),
        ("Off track", "red"),
        ("Not due to start", "grey"),
        ("Complete", "green"),
        ("On hold", "grey"),
    ]
    standard = load_profile("standard")
    assert standard.legend == standard.vocabulary.entries


def test_a_meaning_that_the_legend_leaves_out_is_understood_all_the_same() -> None:
    vocabulary = load_profile("commentary").vocabulary
    for words, meaning in (
        ("Medium progress", StatusMeaning.MEDIUM_PROGRESS),
        ("Closed", StatusMeaning.CLOSED),
    ):
        entry = vocabulary.understand(words)
        assert entry is not None
        assert entry.meaning is meaning


def test_a_council_may_move_the_colours(tmp_path: Path) -> None:
    vocabulary = settings(
        tmp_path,
        """
        [status.medium_progress]
        alone = ["Amber", "A"]
        rag = "amber"
        [status.on_track]
        alone = ["Green", "G"]
        rag = "green"
        [status.complete]
        alone = ["Blue", "B"]
        rag = "blue"
        """,
        "commentary",
    ).vocabulary
    for colour, word, meaning in (
        ("FFC000", "Amber", StatusMeaning.MEDIUM_PROGRESS),
        ("00B050", "Green", StatusMeaning.ON_TRACK),
        ("0070C0", "Blue", StatusMeaning.COMPLETE),
    ):
        entry = vocabulary.understand(word)
        assert entry is not None
        assert entry.meaning is meaning_of(colour, vocabulary) is meaning


def test_a_council_has_its_own_words(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        '[commentary]\nupdate = ["position"]\ncomplete = ["delivered"]\nunrated = "none"',
        "commentary",
    ).commentary
    assert (found.words.update, found.words.complete) == (("position",), ("delivered",))
    assert found.unrated is None


def test_a_meaning_that_a_council_gives_a_colour_is_in_the_legend(tmp_path: Path) -> None:
    own = settings(tmp_path, '[status.medium_progress]\nrag = "blue"', "commentary")
    assert StatusMeaning.MEDIUM_PROGRESS in [entry.meaning for entry in own.legend]


def test_stamps_may_name_the_statuses_of_the_council(tmp_path: Path) -> None:
    for words in (
        load_profile("commentary").commentary.words,
        load_profile("standard").commentary.words,
    ):
        assert words.is_status("off-track")
        assert words.is_status("Red")
        assert not words.is_status("Behind")
        assert words.is_complete_status("Complete")
        assert not words.is_complete_status("Off track")
    assert load_profile("commentary").commentary.words.is_complete_status("Green")
    assert not load_profile("standard").commentary.words.is_complete_status("Green")
    own = settings(
        tmp_path,
        '[status.significant_slippage]\nwords = ["Behind"]\n'
        '[status.complete]\nwords = ["Delivered"]',
        "commentary",
    ).commentary.words
    assert own.is_status("behind")
    assert own.is_status("Off track")
    assert own.is_complete_status("DELIVERED")


def test_a_status_that_a_council_moved_is_no_longer_complete(tmp_path: Path) -> None:
    own = settings(tmp_path, '[status.on_track]\nalone = ["Green"]', "commentary").commentary.words
    assert own.is_status("Green")
    assert not own.is_complete_status("Green")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[tracker]\nkind = "monthly"', "kind: 'monthly' is not known. Did you mean \"months\"?"),
        ('[tracker]\nshape = "months"', '"shape" means nothing here.'),
        ("[commentary]\nupdate = []", "update is empty."),
        ('[commentary]\ncomplete = "done"', "complete must be a list of words"),
        ('[commentary]\nupdate = ["done"]\ncomplete = ["done"]', '"done" stands under update and'),
        ('[commentary]\nunrated = "amber"', "unrated: 'amber' is not known."),
    ],
)
def test_what_cannot_be_understood_is_said(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError) as error:
        settings(tmp_path, text)
    assert message in str(error.value)
