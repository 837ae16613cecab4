"""Finding returns: every file is accounted for, and none stops the others."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sheetplan.cycle.mail_drafts import MailMessage, draft
from sheetplan.cycle.return_files import find_files
from sheetplan.errors import NoSuchFileError
from sheetplan.model.owner_return import PassedOverFile, RejectedFile
from tests.return_files import ReturnBook, row

BOOK = ReturnBook(rows=[row("OC.A1.1", status="On track")]).data
OTHER = ReturnBook(rows=[row("OC.A1.2")]).data
THIRD = ReturnBook(rows=[row("OC.A1.3")]).data
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def found(*paths: Path, besides: Sequence[Path] = ()) -> dict[str, str]:
    """By name: "read", "passed over: why" or "rejected: code"."""
    outcomes: dict[str, str] = {}
    for name, outcome in find_files(paths, besides):
        assert name not in outcomes
        if isinstance(outcome, PassedOverFile):
            assert outcome.file == name
            outcomes[name] = f"passed over: {outcome.reason}"
        elif isinstance(outcome, RejectedFile):
            assert outcome.file == name
            outcomes[name] = f"rejected: {outcome.code}"
        else:
            outcomes[name] = "read"
    return outcomes


def one(path: Path) -> RejectedFile:
    """The rejection of the one file that is found."""
    ((_, outcome),) = find_files([path])
    assert isinstance(outcome, RejectedFile)
    return outcome


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def zipped(files: Mapping[str, bytes], **options: Any) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", **options) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


# ---------------------------------------------------------------- where they lie


def test_a_file_is_found_under_its_own_name_with_its_bytes(tmp_path: Path) -> None:
    write(tmp_path, {"Head of HR.xlsx": BOOK})
    assert list(find_files([tmp_path / "Head of HR.xlsx"])) == [("Head of HR.xlsx", BOOK)]


def test_a_folder_stands_for_all_that_lies_in_it_in_the_order_of_the_names(tmp_path: Path) -> None:
    write(tmp_path, {"b.xlsx": BOOK, "A.XLSX": OTHER, "sub/deep/c.xlsm": THIRD})
    assert list(found(tmp_path)) == ["A.XLSX", "b.xlsx", "sub/deep/c.xlsm"]


def test_names_are_never_cut_at_a_dot(tmp_path: Path) -> None:
    write(tmp_path, {"OC.A2.1.xlsx": BOOK, "OC.A2.2.xlsx": OTHER})
    assert found(tmp_path) == {"OC.A2.1.xlsx": "read", "OC.A2.2.xlsx": "read"}


def test_zip_files_stand_for_what_they_hold_and_so_do_those_inside_them(tmp_path: Path) -> None:
    inner = zipped({"late.xlsx": THIRD})
    data = zipped({"sub/Head of HR.xlsx": BOOK, "more.zip": inner, "first.xlsx": OTHER})
    write(tmp_path, {"july.zip": data})
    assert found(tmp_path / "july.zip") == {
        "july.zip, first.xlsx": "read",
        "july.zip, more.zip, late.xlsx": "read",
        "july.zip, sub/Head of HR.xlsx": "read",
    }


def test_a_file_that_is_named_twice_is_found_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.xlsx": BOOK})
    path = tmp_path / "a.xlsx"
    assert list(found(path, tmp_path, path)) == ["a.xlsx"]


def test_files_of_one_name_in_several_folders_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, {"1/a.xlsx": BOOK, "2/a.xlsx": OTHER, "3/b.xlsx": THIRD})
    folders = [tmp_path / name for name in "123"]
    assert list(found(*folders)) == [
        str(tmp_path / "1" / "a.xlsx"),
        str(tmp_path / "2" / "a.xlsx"),
        "b.xlsx",
    ]


def test_the_same_content_again_is_passed_over_and_says_of_what(tmp_path: Path) -> None:
    write(tmp_path, {"a.xlsx": BOOK, "b (1).xlsx": BOOK, "z.zip": zipped({"c.xlsx": BOOK})})
    assert found(tmp_path) == {
        "a.xlsx": "read",
        "b (1).xlsx": "passed over: the same as a.xlsx",
        "z.zip, c.xlsx": "passed over: the same as a.xlsx",
    }


def test_what_was_passed_over_or_rejected_hides_no_file_of_the_same_content(tmp_path: Path) -> None:
    write(tmp_path, {".copy.xlsx": BOOK, "a.docx": BOOK, "b.xlsx": BOOK})
    assert found(tmp_path)["b.xlsx"] == "read"


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert found(tmp_path) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_that_lead_round_or_nowhere_stop_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"sub/a.xlsx": BOOK})
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "gone.xlsx").symlink_to(tmp_path / "nowhere.xlsx")
    assert found(tmp_path) == {"gone.xlsx": "rejected: cannot-be-read", "sub/a.xlsx": "read"}


def test_a_path_that_leads_nowhere_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.xlsx": BOOK})
    with pytest.raises(NoSuchFileError, match=r"nothing\.xlsx: there is no such file") as caught:
        find_files([tmp_path / "a.xlsx", tmp_path / "nothing.xlsx"])
    assert caught.value.exit_code == 2


# ---------------------------------------------------------------- what is passed over


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("~$Head of HR.xlsx", "a lock file"),
        (".~lock.Head of HR.xlsx#", "a lock file"),
        (".DS_Store", "a hidden file"),
        ("._Head of HR.xlsx", "a hidden file"),
        ("desktop.ini", "a settings file of Windows"),
        ("Thumbs.db", "pictures"),
        ("~WRL0001.tmp", "a temporary file"),
        ("returns.lock", "a temporary file"),
        ("send-list.csv", "the list of messages"),
        ("send-list (2).csv", "the list of messages"),
    ],
)
@pytest.mark.parametrize("data", [b"", b"x"], ids=["empty", "not empty"])
def test_what_was_meant_for_no_return_is_passed_over(
    tmp_path: Path, name: str, why: str, data: bytes
) -> None:
    write(tmp_path, {name: data, "a.xlsx": BOOK})
    outcomes = found(tmp_path)
    assert outcomes["a.xlsx"] == "read"
    assert outcomes[name].startswith(f"passed over: {why}")
    inside = found(
        *write(tmp_path / "zip", {"z.zip": zipped({name: data, "a.xlsx": BOOK})}).iterdir()
    )
    assert inside[f"z.zip, {name}"].startswith(f"passed over: {why}")


def test_hidden_folders_and_what_macs_put_into_zip_files_are_passed_over(tmp_path: Path) -> None:
    data = zipped({"a.xlsx": BOOK, "__MACOSX/._a.xlsx": b"x", ".trash/b.xlsx": OTHER})
    write(tmp_path, {"z.zip": data, ".git/config": b"x", "__MACOSX/x": b"x"})
    assert found(tmp_path) == {
        ".git": "passed over: a hidden folder",
        "__MACOSX": "passed over: a hidden folder",
        "z.zip, .trash/b.xlsx": "passed over: a hidden file",
        "z.zip, __MACOSX/._a.xlsx": "passed over: what a Mac keeps beside the files in a zip file",
        "z.zip, a.xlsx": "read",
    }


def test_a_zip_file_that_says_where_its_files_lay_hides_none_of_them(tmp_path: Path) -> None:
    data = zipped({"../returns/a.xlsx": BOOK, "./b.xlsx": OTHER, "../.trash/c.xlsx": THIRD})
    write(tmp_path, {"z.zip": data})
    assert found(tmp_path) == {
        "z.zip, ../returns/a.xlsx": "read",
        "z.zip, ./b.xlsx": "read",
        "z.zip, ../.trash/c.xlsx": "passed over: a hidden file",
    }


def test_a_hidden_folder_that_is_named_is_searched(tmp_path: Path) -> None:
    write(tmp_path, {".returns/a.xlsx": BOOK})
    assert found(tmp_path / ".returns") == {"a.xlsx": "read"}


def test_the_tracker_and_its_backups_are_passed_over_but_no_others(tmp_path: Path) -> None:
    write(tmp_path, {"plan.xlsx": BOOK, "plan (before July 2023).xlsx": OTHER, "hr.xlsx": THIRD})
    besides = [tmp_path / "plan.xlsx", tmp_path / "." / "plan (before July 2023).xlsx"]
    why = "passed over: the tracker itself, or a backup of it"
    assert found(tmp_path, besides=besides) == {
        "hr.xlsx": "read",
        "plan (before July 2023).xlsx": why,
        "plan.xlsx": why,
    }


def test_a_draft_that_was_not_sent_is_passed_over_and_a_message_that_came_is_rejected(
    tmp_path: Path,
) -> None:
    message = MailMessage(("jo@example.invalid",), "Update", ("Dear Jo,",), "", (), ())
    came = draft(message, "a.xlsx", BOOK).replace(b"X-Unsent: 1", b"From: jo@example.invalid")
    write(tmp_path, {"a.eml": draft(message, "a.xlsx", BOOK), "b.eml": came, "c.msg": OLE})
    assert found(tmp_path) == {
        "a.eml": "passed over: a draft of a message that was not sent",
        "b.eml": "rejected: is-e-mail",
        "c.msg": "rejected: is-e-mail",
    }


# ---------------------------------------------------------------- what is rejected


@pytest.mark.parametrize(
    ("name", "data", "reason", "remedy"),
    [
        ("a.csv", b"Ref,Action\r\n", "has lost the reference that says whose return it is",
         "Open the workbook that was sent"),
        ("a.ods", zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
         "OpenDocument", "In LibreOffice"),
        ("a.xls", OLE, "Excel 97-2003", "Save As"),
        ("a.numbers", zipped({"Index/Document.iwa": b"x"}), "Numbers", "Export To > Excel"),
        ("a.pdf", b"%PDF-1.7", "PDF", "Ask for the workbook itself"),
        ("scan", b"%PDF-1.7", "PDF", "Ask for the workbook itself"),
        ("a.docx", zipped({"[Content_Types].xml": b"x"}), "a document", "copy the answers"),
        ("a.eml", b"From: jo", "an e-mail", "Save the attachment first"),
        ("a.jpg", b"\xff\xd8\xff", "a picture", "Ask for the workbook itself"),
        ("a.7z", b"7z", "an archive", "Unpack it"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 10 else "",
)  # fmt: skip
def test_a_file_of_another_kind_is_rejected_and_says_what_to_do(
    tmp_path: Path, name: str, data: bytes, reason: str, remedy: str
) -> None:
    write(tmp_path, {name: data})
    outcome = one(tmp_path / name)
    assert reason in outcome.reason
    assert remedy in outcome.remedy


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv", "a.zip", "a", "a.bak", "a.pdf"])
def test_a_workbook_is_handed_on_whatever_its_ending_is(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: BOOK})
    assert found(tmp_path) == {name: "read"}


@pytest.mark.parametrize("data", [b"", b"rubbish", OLE, BOOK[:900]])
def test_a_workbook_that_cannot_be_read_is_handed_on_to_whoever_says_why(
    tmp_path: Path, data: bytes
) -> None:
    write(tmp_path, {"a.xlsx": data})
    assert found(tmp_path) == {"a.xlsx": "read"}


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid"),
    reason="there are other permissions there",
)
def test_what_cannot_be_read_is_named_and_stops_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"a.xlsx": BOOK, "z.xlsx": OTHER})
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "z.xlsx").chmod(0)
    outcomes = found(tmp_path)
    assert outcomes["a.xlsx"] == "read"
    assert outcomes["pipe.xlsx"] == "rejected: cannot-be-read"
    if os.geteuid():  # nothing is forbidden to the superuser
        assert outcomes["z.xlsx"] == "rejected: cannot-be-read"


def test_a_file_that_vanishes_meanwhile_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"a.xlsx": BOOK, "b.xlsx": OTHER})
    finding = find_files([tmp_path])
    assert next(finding)[0] == "a.xlsx"
    (tmp_path / "b.xlsx").unlink()
    name, outcome = next(finding)
    assert name == "b.xlsx"
    assert isinstance(outcome, RejectedFile)
    assert "not there any more" in outcome.reason


# ---------------------------------------------------------------- zip files


def test_a_zip_file_that_is_cut_short_is_handed_on_to_whoever_says_why(tmp_path: Path) -> None:
    write(tmp_path, {"z.zip": zipped({"a.xlsx": BOOK})[:-40], "b.xlsx": OTHER})
    assert found(tmp_path) == {"b.xlsx": "read", "z.zip": "read"}


def test_one_damaged_file_in_a_zip_file_leaves_the_others(tmp_path: Path) -> None:
    data = zipped({"a.xlsx": BOOK, "b.xlsx": OTHER}, compression=zipfile.ZIP_STORED)
    at = data.index(BOOK) + len(BOOK) // 2
    write(tmp_path, {"z.zip": data[:at] + b"damage" + data[at + 6 :]})
    assert found(tmp_path) == {
        "z.zip, a.xlsx": "rejected: cannot-be-read",
        "z.zip, b.xlsx": "read",
    }


def test_an_empty_zip_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"z.zip": zipped({})})
    assert found(tmp_path) == {"z.zip": "rejected: is-empty"}


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zipped({"a.xlsx": bytes(200 * 1024**2)}, compression=zipfile.ZIP_DEFLATED)
    write(tmp_path, {"z.zip": bomb, "good.xlsx": BOOK})
    assert found(tmp_path) == {"good.xlsx": "read", "z.zip": "rejected: cannot-be-read"}
    assert "would unpack to 200 MB" in one(tmp_path / "z.zip").reason


def test_zip_files_inside_one_another_are_unpacked_to_a_depth_and_no_further(
    tmp_path: Path,
) -> None:
    data = zipped({"a.xlsx": BOOK})
    for depth in range(3):
        data = zipped({f"{depth}.zip": data, f"{depth}.xlsx": OTHER + bytes([depth])})
    write(tmp_path, {"z.zip": data})
    outcomes = found(tmp_path)
    assert outcomes["z.zip, 2.zip, 1.zip, 0.zip"] == "rejected: cannot-be-read"
    assert list(outcomes.values()).count("read") == 3


def test_a_zip_file_of_very_many_files_is_rejected(tmp_path: Path) -> None:
    write(tmp_path, {"z.zip": zipped({f"{number}.xlsx": b"" for number in range(5_001)})})
    assert "more than 5,000 files" in one(tmp_path / "z.zip").reason


def test_a_zip_file_with_a_password_is_rejected_with_the_reason(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.xlsx": BOOK}))
    data[6] |= 1  # general purpose bit 0, in the local header
    data[data.rindex(b"PK\x01\x02") + 8] |= 1  # and in the central one
    write(tmp_path, {"z.zip": bytes(data)})
    assert one(tmp_path / "z.zip").reason == "this zip file has a password."


# ---------------------------------------------------------------- names


def test_names_are_shown_without_what_a_terminal_would_obey(tmp_path: Path) -> None:
    write(tmp_path, {"z.zip": zipped({"a\x1b[31m.xlsx": BOOK, "sub\\b.xlsx": OTHER})})
    assert found(tmp_path) == {"z.zip, a\\x1b[31m.xlsx": "read", "z.zip, sub/b.xlsx": "read"}


@example({"[Content_Types].xml": b"text", "a.xlsx": BOOK})
@example({"mimetype": b"text", "a.xlsx": BOOK})
@given(
    st.dictionaries(
        st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1),
        st.sampled_from([BOOK, OTHER, b"", b"text", zipped({"x.xlsx": THIRD})]),
        max_size=6,
    )
)
def test_every_file_in_a_zip_file_is_accounted_for_under_a_name_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    path = tmp_path_factory.mktemp("zip") / "z.zip"
    path.write_bytes(zipped(files))
    names = [name for name in zipfile.ZipFile(path).namelist() if not name.endswith("/")]
    outcomes = found(path)
    # What holds this file is no zip of files but an Office file (ISO/IEC 29500-2, 7.2.3).
    is_package = "[Content_Types].xml" in names
    if len({name.lower() for name in names}) == len(names) > 0 and not is_package:
        assert len(outcomes) == len(names)
    else:  # an Office file, one name twice, or no file at all: then the zip file itself is named
        assert list(outcomes) == ["z.zip"]


def test_a_file_called_mimetype_does_not_make_a_zip_file_a_document(tmp_path: Path) -> None:
    path = tmp_path / "july.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/zip")
        archive.writestr("notes.txt", "Nothing")
    assert [name for name, _ in find_files([path])] == ["july.zip, mimetype", "july.zip, notes.txt"]
