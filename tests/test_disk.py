"""A new file is there in full or not at all, and in no other file's place."""

from __future__ import annotations

import errno
import os
import tempfile

import pytest

from sheetplan.disk import write_new
from sheetplan.errors import CannotWriteError


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def _half(stream):
    stream.write(b"half")
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no/such/new.docx", "such: there is no such folder. Make it first, or write to another"),
        ("old.docx/new.docx", "old.docx: there is no such folder."),
        ("old.docx", "old.docx: there is a file of this name already, and sheetplan does not"),
        ("folder.docx", "folder.docx: there is a file of this name already"),
        (f"{'long ' * 60}.docx", "it could not be written (File name too long)."),
    ],
)
def test_a_file_that_cannot_be_is_refused_and_nothing_changes(name, message, tmp_path):
    (tmp_path / "old.docx").write_text("somebody's work")
    (tmp_path / "folder.docx").mkdir()
    with pytest.raises(CannotWriteError) as refused:
        write_new(tmp_path / name, lambda stream: None)
    assert message in str(refused.value)
    assert _names(tmp_path) == ["folder.docx", "old.docx"]
    assert (tmp_path / "old.docx").read_text() == "somebody's work"


@pytest.mark.parametrize("name", ["new.docx", "NEW.DOCX", "Ünicode & Co.docx"])
def test_a_file_that_can_be_is_written_whole(name, tmp_path):
    write_new(tmp_path / name, lambda stream: stream.write(b"whole") and None)
    assert (tmp_path / name).read_bytes() == b"whole"
    assert _names(tmp_path) == [name]


def test_a_file_gets_the_permissions_that_new_files_get(tmp_path):
    (tmp_path / "other").touch()
    write_new(tmp_path / "new.docx", lambda stream: None)
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1


def test_what_breaks_off_leaves_nothing(tmp_path):
    with pytest.raises(CannotWriteError, match="no room left on the disk"):
        write_new(tmp_path / "new.docx", _half)
    assert _names(tmp_path) == []


def test_a_fault_of_ours_leaves_nothing_and_is_not_hidden(tmp_path):
    with pytest.raises(ZeroDivisionError):
        write_new(tmp_path / "new.docx", lambda stream: 1 // 0)
    assert _names(tmp_path) == []


def test_a_name_that_is_taken_meanwhile_is_not_taken_over(tmp_path):
    target = tmp_path / "new.docx"
    with pytest.raises(CannotWriteError, match="a file of this name already"):
        write_new(target, lambda stream: target.write_text("theirs") and None)
    assert target.read_text() == "theirs"
    assert _names(tmp_path) == ["new.docx"]


def test_a_folder_that_knows_no_second_names_is_written_to_all_the_same(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    write_new(tmp_path / "new.docx", lambda stream: stream.write(b"whole") and None)
    assert (tmp_path / "new.docx").read_bytes() == b"whole"


def test_a_folder_that_may_not_be_written_to_is_said_to_be_one(tmp_path, monkeypatch):
    def refuse(**_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(CannotWriteError, match="you may not write to this folder"):
        write_new(tmp_path / "new.docx", lambda stream: None)
