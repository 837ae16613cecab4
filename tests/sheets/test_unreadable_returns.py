"""Files that cannot be read as a return: each is rejected with the reason, and none raises."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetplan.model.owner_return import ReceivedReturn, RejectedFile
from tests.builders import FIRST_SHEET, package_with, parts_of
from tests.return_files import ReturnBook
from tests.sheets.received import FILE, TWO, outcome, rejected


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "not-a-workbook", "empty"),
        (b"Ref,Action\n1,2\n", "not-a-workbook", "CSV"),
        (b"PK\x03\x04" + b"\0" * 50, "damaged", "cut short"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "not-a-workbook", "password"),
    ],
    ids=["empty", "text", "cut short", "encrypted"],
)  # fmt: skip
def test_a_file_that_is_no_workbook_is_rejected_with_the_reason(
    data: bytes, code: str, words: str
) -> None:
    found = rejected(data)
    assert found.code == code
    assert words in found.reason


def test_a_return_that_was_cut_short_is_rejected() -> None:
    data = ReturnBook(rows=TWO).data
    assert rejected(data[: len(data) // 2]).code == "damaged"


def test_a_return_that_would_unpack_to_very_much_is_rejected_before_it_is_unpacked(
    tmp_path: Path,
) -> None:
    path = ReturnBook(rows=TWO).save(tmp_path / FILE)
    block = random.Random(0).randbytes(10_000).hex().encode()
    swollen = parts_of(path)[FIRST_SHEET].replace(b"<sheetData>", b"<sheetData>" + block * 3_500)
    found = rejected(package_with(path, {FIRST_SHEET: swollen}).read_bytes())
    assert found.code == "too-large"
    assert "would unpack to 67 MB" in found.reason


def test_a_workbook_that_contradicts_itself_is_rejected_and_raises_nothing(tmp_path: Path) -> None:
    path = ReturnBook(rows=TWO).save(tmp_path / FILE)
    broken = parts_of(path)[FIRST_SHEET].replace(b'r="H7"', b'r="ZZZZZ7"')
    found = rejected(package_with(path, {FIRST_SHEET: broken}).read_bytes())
    assert found.code == "not-understood"


def _unpacked() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


SOUND = ReturnBook(rows=TWO, new_actions=[{"action": "Buy bikes"}]).data


@settings(max_examples=200)
@given(st.randoms(use_true_random=False))
def test_no_damage_raises_anything(chance: random.Random) -> None:
    parts = _unpacked()
    name = chance.choice(sorted(parts))
    data = bytearray(parts[name])
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) or 1)
        piece = chance.choice([b"", b"<", b'"', b"&", b"\xff", b"x" * 9, b"</row>", b"-1"])
        data[start : start + chance.randint(0, 30)] = piece
    assert isinstance(
        outcome(_packed({**parts, name: bytes(data)})), (ReceivedReturn, RejectedFile)
    )
