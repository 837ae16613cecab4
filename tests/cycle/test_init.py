"""Starting: a settings file that says what sheetplan would have done anyway."""

from __future__ import annotations

import tomllib

import pytest

from sheetplan import init, inspect, plan_roll_month
from sheetplan.errors import CannotWriteError, NotAWorkbookError, SettingsError
from sheetplan.settings import find_settings, load_profile, settings_text
from tests.builders import replaced, workbook_from_text

TRACKER = """
    | Ref     | Colour of shed | Status (June 2023) | Status (July 2023) |
    | OC.A1.1 | Red            | On track           | Parked             |
    | OC.A1.2 | Blue           | Parked             | Closed             |
"""


@pytest.fixture
def tracker(tmp_path):
    return workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": TRACKER})


def test_the_file_stands_beside_the_tracker_and_is_the_profile_with_its_notes(tracker):
    result = init(tracker)
    assert result.settings_file == tracker.with_name("sheetplan.toml")
    text = result.settings_file.read_text(encoding="utf-8")
    assert text == result.text
    assert text.startswith(settings_text("standard"))


def test_its_settings_are_those_of_the_profile_it_was_made_from(tracker):
    built_in = load_profile("standard")
    init(tracker)
    written = find_settings(tracker)
    assert written.profile_name == "sheetplan.toml"
    for name in ("fields", "monthly_fields", "vocabulary", "palette", "banner_words"):
        assert getattr(written, name) == getattr(built_in, name)
    assert written.add_colours is built_in.add_colours


def test_what_was_not_understood_is_listed_at_its_end(tracker):
    result = init(tracker)
    assert len(result.not_understood) == 2
    notes = result.text.split("# Not understood in plan.xlsx\n")[1]
    assert 'Theme 1!D2 (OC.A1.1): status "Parked" is not in the vocabulary (2 cells).' in notes
    assert 'Theme 1!B1: heading "Colour of shed" names no field' in notes
    assert all(line.startswith("#") for line in notes.splitlines())


def test_where_all_is_understood_nothing_is_listed(tmp_path):
    text = TRACKER.replace("Parked", "On hold").replace("Colour of shed", "Action")
    result = init(workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": text}))
    assert result.not_understood == ()
    assert result.text == settings_text("standard")


def test_a_long_list_is_cut_with_a_count_of_the_rest(tmp_path):
    rows = "\n".join(f"| A1.{n} | On track | Odd {n} |" for n in range(1, 31))
    text = f"| Ref | Status (June 2023) | Status (July 2023) |\n{rows}"
    result = init(workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": text}))
    assert len(result.not_understood) == 30
    assert result.text.endswith("#   and 10 more: see sheetplan inspect.\n")


@pytest.mark.parametrize("odd", ['Say "park"', "a\x7fb", "a\\n[status]\\nb", "# x", "'''", "\x85"])
def test_no_text_of_the_tracker_can_break_the_file(odd, tmp_path):
    text = TRACKER.replace("Parked", odd).replace("Colour of shed", f"Shed {odd}")
    tracker = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": text})
    result = init(tracker)
    assert tomllib.loads(result.text) == tomllib.loads(settings_text("standard"))
    assert find_settings(tracker).vocabulary == load_profile("standard").vocabulary


def test_a_control_character_that_excel_spells_out_cannot_break_it_either(tracker):
    replaced(tracker, "xl/sharedStrings.xml", "Parked", "Par_x0007_ked")
    tomllib.loads(init(tracker).text)


def test_it_is_written_once_and_never_over_another(tracker):
    init(tracker)
    settings = tracker.with_name("sheetplan.toml")
    settings.write_text('profile = "standard"  # ours')
    for dry_run in (False, True):
        with pytest.raises(CannotWriteError, match=r"^sheetplan\.toml: there is a settings file"):
            init(tracker, dry_run=dry_run)
    assert settings.read_text() == 'profile = "standard"  # ours'


def test_a_broken_settings_file_is_not_written_over_either(tracker):
    tracker.with_name("sheetplan.toml").write_text("[")
    with pytest.raises(CannotWriteError, match="it was left as it is"):
        init(tracker)


def test_one_in_a_folder_above_is_no_reason_not_to_write_one(tmp_path):
    (tmp_path / "sheetplan.toml").write_text('profile = "standard"')
    (tmp_path / "plans").mkdir()
    path = workbook_from_text(tmp_path / "plans" / "plan.xlsx", {"Theme 1": TRACKER})
    assert init(path).settings_file == tmp_path / "plans" / "sheetplan.toml"


def test_a_rehearsal_gives_the_text_and_writes_nothing(tracker):
    result = init(tracker, dry_run=True)
    assert result.text.startswith(settings_text("standard"))
    assert list(tracker.parent.iterdir()) == [tracker]


def test_without_a_tracker_there_is_no_file(tmp_path):
    with pytest.raises(NotAWorkbookError, match="there is no such file"):
        init(tmp_path / "gone.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_profile_writes_nothing(tracker):
    with pytest.raises(SettingsError, match='Did you mean "standard"'):
        init(tracker, profile="standrad")
    assert list(tracker.parent.iterdir()) == [tracker]


def test_a_workbook_without_a_tracker_sheet_gets_its_settings_too(tmp_path):
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Notes": "| Buy milk |"})
    assert init(path).not_understood == ()


# ---------------------------------------------------------------- editing it


def _edit(tracker, old, new):
    settings = tracker.with_name("sheetplan.toml")
    text = settings.read_text(encoding="utf-8")
    assert text.count(old) == 1
    settings.write_text(text.replace(old, new), encoding="utf-8")


def test_a_status_word_added_to_it_is_understood_from_then_on(tracker):
    init(tracker)
    assert [f.code for f in inspect(tracker).findings] == [
        "status-not-understood",
        "heading-not-understood",
    ]
    _edit(tracker, 'words = ["On hold", ', 'words = ["Parked", "On hold", ')
    found = inspect(tracker)
    assert [f.code for f in found.findings] == ["heading-not-understood"]
    assert found.profile == "sheetplan.toml"
    assert {s.text: s.entry and s.entry.meaning.words for s in found.statuses} == {
        "Parked": "on hold",
        "On track": "on track",
        "Closed": "closed",
    }


def test_a_status_that_it_lets_carry_forward_does(tracker):
    def carried():
        (sheet,) = plan_roll_month(tracker, force=True).sheets
        return [(write.cell, write.text) for write in sheet.carried]

    assert carried() == [("E3", "Closed")]
    init(tracker)
    assert carried() == [("E3", "Closed")]
    _edit(
        tracker,
        'words = ["On hold", "Action on hold", "Paused"]\nrag = "grey"\ncarried_forward = false',
        'words = ["Parked"]\nrag = "grey"\ncarried_forward = true',
    )
    assert carried() == [("E2", "Parked"), ("E3", "Closed")]


def test_a_heading_added_to_it_is_found(tracker):
    init(tracker)
    _edit(tracker, 'action = [\n    "Action", ', 'action = [\n    "Colour of shed", "Action", ')
    assert dict(inspect(tracker).sheets[0].columns())["action"] == "B"


def test_colours_turned_off_in_it_stay_off(tracker):
    def edits():
        (sheet,) = plan_roll_month(tracker).sheets
        return [edit.what for edit in sheet.edits]

    init(tracker)
    assert "colour rules" in edits()
    _edit(tracker, "add_colours = true\n", "add_colours = false\n")
    assert "colour rules" not in edits()
