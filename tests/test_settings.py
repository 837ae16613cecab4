from dataclasses import replace
from pathlib import Path

import pytest

from sheetplan.errors import SettingsError
from sheetplan.model import Colours, Rag, StatusMeaning, compact
from sheetplan.settings import FIELD_NAMES, find_settings, load_profile, settings_text

STANDARD = load_profile("standard")


@pytest.fixture
def settings_file(tmp_path):
    """Write a sheetplan.toml and return its path."""

    def write(text: str) -> Path:
        path = tmp_path / "sheetplan.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def refusal(settings_file):
    """The message with which the text of a sheetplan.toml is refused."""

    def refused(text: str) -> str:
        with pytest.raises(SettingsError) as caught:
            load_profile(settings_file(text))
        return str(caught.value)

    return refused


def field_of(heading: str) -> str | None:
    """The field that claims exactly this heading."""
    names = [
        name
        for name, headings in STANDARD.fields.items()
        if compact(heading) in map(compact, headings)
    ]
    return names[0] if names else None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Ref", "reference"),
        ("Action ref", "reference"),
        ("ID", "reference"),
        ("No.", "reference"),
        ("We will statement (code & statement in full)", "we_will"),
        ("Lead officer", "director_lead"),
        ("Responsible", "director_lead"),
        ("Update Owner (if different)", "update_owner"),
        ("Deadline", "due_date"),
        ("Main Action Risk", "focus"),
        ("RAG rating", "status"),
        ("Progress against plan", "status"),
        ("Update (Initial and Date)", "update"),
        ("Commentary", "update"),
        ("Evidence of status rating", "update"),
        ("Direction of travel", "direction"),
        ("Widgets", None),
    ],
)
def test_standard_profile_knows_the_headings_of_real_trackers(heading, field):
    assert field_of(heading) == field


def test_standard_profile_knows_every_field():
    assert tuple(STANDARD.fields) == FIELD_NAMES
    assert STANDARD.monthly_fields == ("status", "update", "direction")
    assert STANDARD.banner_words == ("due",)
    assert STANDARD.add_colours


@pytest.mark.parametrize(
    ("typed", "meaning", "rag"),
    [
        ("On Track", StatusMeaning.ON_TRACK, Rag.GREEN),
        ("Green", StatusMeaning.ON_TRACK, Rag.GREEN),
        ("Medium progress", StatusMeaning.MEDIUM_PROGRESS, Rag.AMBER),
        ("A", StatusMeaning.MEDIUM_PROGRESS, Rag.AMBER),
        ("Significant issues / slippage", StatusMeaning.SIGNIFICANT_SLIPPAGE, Rag.RED),
        ("red", StatusMeaning.SIGNIFICANT_SLIPPAGE, Rag.RED),
        ("Not due to start", StatusMeaning.NOT_DUE_TO_START, Rag.GREY),
        ("Not started", StatusMeaning.NOT_DUE_TO_START, Rag.GREY),
        ("Completed", StatusMeaning.COMPLETE, Rag.BLUE),
        ("B", StatusMeaning.COMPLETE, Rag.BLUE),
        ("closed", StatusMeaning.CLOSED, Rag.BLUE),
        ("Action on Hold", StatusMeaning.ON_HOLD, Rag.GREY),
        ("N/a", StatusMeaning.NOT_APPLICABLE, Rag.NONE),
        ("Assurance Action", StatusMeaning.ASSURANCE_ACTION, Rag.NONE),
        ("New Action Added", StatusMeaning.NEW_ACTION, Rag.NONE),
    ],
)
def test_standard_profile_knows_the_statuses_of_real_trackers(typed, meaning, rag):
    entry = STANDARD.vocabulary.understand(typed)
    assert entry is not None
    assert (entry.meaning, entry.rag) == (meaning, rag)


def test_standard_profile_has_words_for_every_meaning():
    assert [entry.meaning for entry in STANDARD.vocabulary.entries] == list(StatusMeaning)


def test_standard_profile_carries_forward_what_needs_no_update():
    carried = [entry.meaning for entry in STANDARD.vocabulary.entries if entry.carried_forward]
    assert carried == [StatusMeaning.CLOSED, StatusMeaning.NOT_APPLICABLE]


def test_standard_profile_colours_every_rag_but_none():
    assert set(STANDARD.palette) == set(Rag) - {Rag.NONE}
    assert STANDARD.palette[Rag.AMBER] == Colours(fill="FFC000", text="0B0C0C")


def test_the_text_that_init_writes_is_the_standard_profile(settings_file):
    written = load_profile(settings_file(settings_text()))
    assert replace(written, profile_name="standard") == STANDARD


def test_the_text_that_init_writes_explains_every_section():
    lines = settings_text().splitlines()
    sections = [index for index, line in enumerate(lines) if line.startswith("[")]
    for index in sections:
        if not lines[index].startswith("[status.") or lines[index] == "[status.on_track]":
            assert any(line.startswith("#") for line in lines[index - 2 : index])


def test_find_settings_takes_the_nearest_file_above_the_tracker(tmp_path):
    folder = tmp_path / "plans" / "2023"
    folder.mkdir(parents=True)
    for place, word in [(tmp_path, "far"), (tmp_path / "plans", "near")]:
        text = f'profile = "standard"\n[banner]\nwords = ["{word}"]\n'
        (place / "sheetplan.toml").write_text(text, encoding="utf-8")
    settings = find_settings(folder / "tracker.xlsx")
    assert (settings.profile_name, settings.banner_words) == ("sheetplan.toml", ("near",))


def test_find_settings_falls_back_on_the_standard_profile(tmp_path):
    assert find_settings(tmp_path / "tracker.xlsx") == STANDARD


def test_find_settings_does_not_pass_over_a_file_that_it_cannot_read(tmp_path):
    (tmp_path / "sheetplan.toml").write_text("profile =", encoding="utf-8")
    with pytest.raises(SettingsError):
        find_settings(tmp_path / "tracker.xlsx")


def test_a_file_that_names_a_profile_adds_headings_and_replaces_the_rest(settings_file):
    settings = load_profile(
        settings_file(
            """
            profile = "standard"
            [fields]
            director_lead = ["Portfolio officer", "Owner"]
            [months]
            fields = ["status", "update", "evidence"]
            [banner]
            words = ["returns"]
            [status.on_hold]
            words = ["Parked"]
            carried_forward = true
            [colours]
            green = { fill = "#c6efce", text = "006100" }
            [roll]
            add_colours = true
            """
        )
    )
    assert settings.fields["director_lead"] == (
        *STANDARD.fields["director_lead"],
        "Portfolio officer",
    )
    assert settings.fields["reference"] == STANDARD.fields["reference"]
    assert settings.monthly_fields == ("status", "update", "evidence")
    assert settings.banner_words == ("returns",)
    assert settings.palette[Rag.GREEN] == Colours("C6EFCE", "006100")
    assert settings.palette[Rag.RED] == STANDARD.palette[Rag.RED]
    assert settings.add_colours
    parked, paused = map(settings.vocabulary.understand, ["Parked", "Paused"])
    assert parked is not None
    assert parked is paused
    assert (parked.meaning, parked.rag, parked.carried_forward) == (
        StatusMeaning.ON_HOLD,
        Rag.GREY,
        True,
    )


def test_one_line_is_a_whole_settings_file(settings_file):
    settings = load_profile(settings_file('profile = "standard"\n'))
    assert replace(settings, profile_name="standard") == STANDARD


def test_a_file_takes_a_word_away_from_the_meaning_it_has_in_the_profile(settings_file):
    vocabulary = load_profile(
        settings_file(
            """
            profile = "standard"
            [status.on_track]
            rag = "amber"
            alone = ["Amber", "A"]
            """
        )
    ).vocabulary
    amber, medium = map(vocabulary.understand, ["Amber", "Medium progress"])
    assert amber is not None
    assert medium is not None
    assert (amber.meaning, amber.rag) == (StatusMeaning.ON_TRACK, Rag.AMBER)
    assert medium.meaning is StatusMeaning.MEDIUM_PROGRESS
    assert medium.alone == ()


def test_a_file_without_a_profile_knows_only_what_it_says(settings_file):
    text = settings_text().replace('"Position statement",\n', "").replace('"Paused"', '"Parked"')
    settings = load_profile(settings_file(text))
    assert "Position statement" not in settings.fields["update"]
    assert settings.vocabulary.understand("Paused") is None
    assert settings.vocabulary.understand("Parked") is not None


def test_a_file_without_a_profile_must_be_whole(refusal):
    message = refusal('[banner]\nwords = ["due"]\n')
    assert message == (
        "sheetplan.toml: There is no section [fields]. "
        'Put profile = "standard" on the first line, and only what differs from that profile '
        "needs to be written."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('profil = "standard"', '"profil" means nothing here. Did you mean "profile"?'),
        ('profile = "standrd"', "profile: 'standrd' is not known. Did you mean \"standard\"?"),
        ("[statuses]", '"statuses" means nothing here. Did you mean "status"?'),
        ("[fields]\nstattus = []", '[fields] "stattus" means nothing here. Did you mean "status"?'),
        ('[fields]\nstatus = "RAG"', "[fields] status must be a list of words"),
        ("[fields]\nstatus = [1]", "[fields] status must be a list of words"),
        ('[fields]\nstatus = ["()"]', '[fields] status: "()" has no letter or figure'),
        (
            '[fields]\nupdate = ["STATUS"]',
            '[fields] update: "STATUS" already means status in profile "standard".',
        ),
        (
            '[fields]\nfocus = ["Widget"]\nupdate = ["widget"]',
            '[fields] "widget" stands under focus and under update. Take it out of one.',
        ),
        ("fields = 3", "fields must be a section of its own, under the line [fields]."),
        (
            '[months]\nfields = ["stauts"]',
            '[months] fields: "stauts" is not a column that [fields] names. Did you mean "status"?',
        ),
        ("[months]\nfields = []", "[months] fields is empty."),
        ("[banner]\nword = []", '[banner] "word" means nothing here. Did you mean "words"?'),
        ("[status.on_trak]", '[status] "on_trak" means nothing here. Did you mean "on_track"?'),
        (
            '[status.on_hold]\nrag = "gray"',
            "[status.on_hold] rag: 'gray' is not known. Did you mean \"grey\"?",
        ),
        (
            '[status.on_hold]\ncarried_forward = "yes"',
            "[status.on_hold] carried_forward must be true or false, without quotes, not 'yes'.",
        ),
        (
            '[status.on_hold]\nwords = ["Slow"]\n[status.closed]\nalone = ["SLOW"]',
            '[status] "SLOW" stands under on hold and under closed. Take it out of one.',
        ),
        ("[colours]\nnone = {}", '[colours] "none" means nothing here.'),
        (
            '[colours.amber]\ntext = "FFFFFF"',
            "[colours.amber] white on FFC000 is 1.64:1, and 4.5:1 is needed.",
        ),
        (
            '[colours.amber]\nfill = "yellow"',
            "[colours.amber] fill must be six figures such as \"0F7A52\", not 'yellow'.",
        ),
        ("[roll]\nadd_colours = 1", "[roll] add_colours must be true or false"),
    ],
)
def test_a_mistake_is_refused_with_its_place_and_what_is_accepted(refusal, text, message):
    if not text.startswith("profil"):
        text = f'profile = "standard"\n{text}'
    assert refusal(text).startswith(f"sheetplan.toml: {message}")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('rag = "amber"\n', "", "[status.medium_progress] rag is missing. Accepted: green,"),
        ('grey = { fill = "CECECE", text = "0B0C0C" }', "", "[colours] grey is missing."),
    ],
)
def test_a_whole_file_must_leave_nothing_out(refusal, old, new, message):
    refused = refusal(settings_text().replace(old, new))
    assert refused.startswith(f"sheetplan.toml: {message}")


def test_a_whole_file_must_name_the_reference_column(refusal):
    text = '[fields]\nstatus = ["RAG"]\n[months]\n[status]\n[colours]\n'
    assert refusal(text).startswith("sheetplan.toml: [fields] reference is missing.")


def test_a_slip_in_the_writing_is_shown_with_its_line(refusal):
    message = refusal('profile = "standard"\n\n[fields]\nstatus = ["RAG", Rating]\n')
    assert message.startswith("sheetplan.toml: line 4: ")
    assert message.endswith('The line reads: status = ["RAG", Rating]')


def test_a_file_that_ends_too_early_is_shown_with_its_last_line(refusal):
    assert refusal('profile = "standard"\n[fields').startswith("sheetplan.toml: line 2: ")


def test_curly_quotes_are_named_as_the_slip(refusal):
    assert "curly quotes" in refusal("profile = “standard”\n")
    assert "curly quotes" not in refusal("profile = standard\n")


def test_a_file_saved_by_notepad_is_read(tmp_path):
    path = tmp_path / "sheetplan.toml"
    path.write_bytes(b'\xef\xbb\xbfprofile = "standard"\r\n[banner]\r\nwords = ["returns"]\r\n')
    assert load_profile(path).banner_words == ("returns",)


def test_a_file_in_another_encoding_is_refused_with_the_way_out(tmp_path):
    path = tmp_path / "sheetplan.toml"
    path.write_bytes('profile = "standard" # £'.encode("cp1252"))
    with pytest.raises(SettingsError, match="In Notepad choose Save As"):
        load_profile(path)


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match=r"gone\.toml: cannot be read"):
        load_profile(str(tmp_path / "gone.toml"))


@pytest.mark.parametrize("ask", [load_profile, settings_text])
def test_an_unknown_profile_is_refused_with_the_nearest(ask):
    with pytest.raises(SettingsError, match=r'no profile "standrad"\. Did you mean "standard"'):
        ask("standrad")


@pytest.mark.parametrize(
    ("colours", "contrast"),
    [
        (Colours("FFFFFF", "FFFFFF"), 1.0),
        (Colours("FFFFFF", "000000"), 21.0),
        (Colours("FFC000", "FFFFFF"), 1.64),
        (Colours("CA3535", "FFFFFF"), 5.16),
    ],
)
def test_contrast_is_reckoned_as_the_guidelines_say(colours, contrast):
    assert colours.contrast == pytest.approx(contrast, abs=0.01)
