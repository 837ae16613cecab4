import pytest

from sheetplan.errors import WorkbookInUseError
from sheetplan.ooxml.in_use import refuse_if_open, who_has_open


@pytest.fixture
def tracker(tmp_path):
    """A file that stands for a workbook; what is in it does not matter."""
    path = tmp_path / "improvement plan.xlsx"
    path.write_bytes(b"workbook")
    return path


def owner_file(name, code_page="cp1252"):
    """What Excel writes into ~$NAME.xlsx: the name twice, once in each encoding; 165 bytes."""
    narrow = name.encode(code_page, "replace")
    narrow = bytes([len(narrow)]) + narrow.ljust(54)
    wide = len(name).to_bytes(2, "little") + name.ljust(54).encode("utf-16-le")
    data = narrow + wide
    assert len(data) == 165
    return data


def test_a_workbook_that_nobody_has_open_may_be_changed(tracker):
    assert who_has_open(tracker) is None
    refuse_if_open(tracker)


@pytest.mark.parametrize("name", ["Ann Ashby", "Zoë O'Brien", "Łukasz Wójcik", "李雷"])
def test_whoever_has_it_open_in_excel_is_named(tracker, name):
    tracker.with_name("~$improvement plan.xlsx").write_bytes(owner_file(name))
    assert who_has_open(tracker) == name


def test_whoever_has_it_open_is_named_when_the_owner_file_ends_early(tracker):
    tracker.with_name("~$improvement plan.xlsx").write_bytes(b"\x09Ann Ashby")
    assert who_has_open(tracker) == "Ann Ashby"


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 165, b"\x03\x01\x02\x03", bytes(range(255, 90, -1))]
)
def test_somebody_has_it_open_when_no_name_can_be_read(tracker, data):
    tracker.with_name("~$improvement plan.xlsx").write_bytes(data)
    assert who_has_open(tracker) is not None


def test_an_owner_file_that_has_lost_two_letters_counts(tracker):
    tracker.with_name("~$provement plan.xlsx").write_bytes(owner_file("Ann Ashby"))
    assert who_has_open(tracker) == "Ann Ashby"


def test_the_owner_file_of_a_workbook_with_a_shorter_name_does_not_count(tracker):
    tracker.with_name("provement plan.xlsx").write_bytes(b"another workbook")
    tracker.with_name("~$provement plan.xlsx").write_bytes(owner_file("Ann Ashby"))
    assert who_has_open(tracker) is None


def test_the_owner_file_of_another_workbook_does_not_count(tracker):
    tracker.with_name("~$budget.xlsx").write_bytes(owner_file("Ann Ashby"))
    assert who_has_open(tracker) is None


def test_whoever_has_it_open_in_libreoffice_is_named(tracker):
    lock = tracker.with_name(".~lock.improvement plan.xlsx#")
    lock.write_text("Zoë O'Brien,zoe,desk-7,03.07.2023 09:00,file:///home/zoe/.config;", "utf-8")
    assert who_has_open(tracker) == "Zoë O'Brien"


def test_whoever_has_it_open_in_libreoffice_without_a_name_is_known_by_their_account(tracker):
    lock = tracker.with_name(".~lock.improvement plan.xlsx#")
    lock.write_text(",zoe,desk-7,03.07.2023 09:00,file:///home/zoe/.config;", "utf-8")
    assert who_has_open(tracker) == "zoe"


def test_an_empty_lock_still_counts(tracker):
    tracker.with_name(".~lock.improvement plan.xlsx#").write_bytes(b"")
    assert who_has_open(tracker) == "someone"


def test_the_refusal_names_the_file_and_who_and_says_what_to_do(tracker):
    tracker.with_name("~$improvement plan.xlsx").write_bytes(owner_file("Ann Ashby"))
    with pytest.raises(WorkbookInUseError) as caught:
        refuse_if_open(tracker)
    message = str(caught.value)
    assert message.startswith("improvement plan.xlsx: the workbook is open")
    assert "Ann Ashby" in message
    assert "close it" in message
