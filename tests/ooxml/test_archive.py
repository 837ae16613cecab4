import io
import struct
import warnings
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.errors import DamagedWorkbookError, UnsafeWorkbookError, WorkbookError
from sheetplan.ooxml.archive import SMALL_MEMBER, Archive, pack, write

STAMP = (2023, 7, 3, 9, 30, 12)
DESCRIPTOR = 0x0008


def zipped(*members, compression=zipfile.ZIP_DEFLATED):
    """A zip file of (name, content) pairs."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = compression
            archive.writestr(info, content)
    return stream.getvalue()


def streamed(*members):
    """The same, as a program writes it that cannot go back: sizes stand behind each member."""

    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise io.UnsupportedOperation

    stream = Pipe()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def copied(data, **changed):
    """The file that comes of writing the members of another, some with new content."""
    archive, stream = Archive(data), io.BytesIO()
    members = (archive.member(name) for name in archive.names)
    new = {
        name: pack(name, content, archive.member(name).info) for name, content in changed.items()
    }
    write(stream, (new.get(member.name, member) for member in members))
    return stream.getvalue()


def infos(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.infolist()


def packed(data):
    """The packed bytes of each member, found with Python's own zipfile."""
    found = {}
    for info in infos(data):
        name, extra = struct.unpack_from("<2H", data, info.header_offset + 26)
        start = info.header_offset + 30 + name + extra
        found[info.filename] = data[start : start + info.compress_size]
    return found


SOME = [("one.xml", b"<one/>" * 99), ("folder/two.bin", bytes(range(256))), ("three.xml", b"")]


# ---------------------------------------------------------------- copies


def test_members_are_copied_as_the_packed_bytes_that_they_were():
    data = zipped(*SOME)
    assert packed(copied(data)) == packed(data)


def test_members_packed_harder_than_we_would_pack_them_are_not_packed_again():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("one.xml", b"".join(b"<c>%d</c>" % n for n in range(5000)))
    data = stream.getvalue()
    assert packed(copied(data)) == packed(data)
    assert (
        pack("one.xml", Archive(data).member("one.xml").unpack()).packed != packed(data)["one.xml"]
    )


def test_members_keep_their_order_time_stamp_and_attributes():
    data = zipped(*SOME)

    def kept(infos):
        return [
            (i.filename, i.date_time, i.external_attr, i.create_system, i.compress_type, i.CRC)
            for i in infos
        ]

    assert kept(infos(copied(data))) == kept(infos(data))


def test_a_changed_member_keeps_its_place_time_stamp_and_attributes():
    before = zipped(*SOME)
    data = copied(before, **{"one.xml": b"<new/>"})
    assert [info.filename for info in infos(data)] == [name for name, _ in SOME]
    old, new = infos(before)[0], infos(data)[0]
    assert (old.date_time, old.external_attr) == (new.date_time, new.external_attr)
    assert (new.date_time, new.external_attr) == (STAMP, 0o600 << 16)
    assert Archive(data).member("one.xml").unpack() == b"<new/>"


def test_members_that_are_only_stored_stay_stored():
    data = zipped(*SOME, compression=zipfile.ZIP_STORED)
    assert all(info.compress_type == zipfile.ZIP_STORED for info in infos(copied(data)))
    assert packed(copied(data)) == dict(SOME)


def test_sizes_move_from_behind_a_member_to_before_it():
    data = streamed(*SOME)
    assert all(info.flag_bits & DESCRIPTOR for info in infos(data))
    after = copied(data, **{"one.xml": b"<new/>"})
    assert not any(info.flag_bits & DESCRIPTOR for info in infos(after))
    assert after.count(b"PK\x07\x08") == 0
    assert packed(after)["folder/two.bin"] == packed(data)["folder/two.bin"]


def test_folders_which_are_no_parts_are_left_out():
    data = zipped(("xl/", b""), *SOME)
    assert Archive(data).names == [name for name, _ in SOME]
    assert [info.filename for info in infos(copied(data))] == [name for name, _ in SOME]


@pytest.mark.parametrize("name", ["xl/café.xml", "xl/Übersicht ☃.xml", "xl/æ.bin"])
def test_names_beyond_ascii_stay(name):
    data = zipped((name, b"a"))
    assert [info.filename for info in infos(copied(data))] == [name]


def test_an_archive_of_no_members_has_none():
    assert Archive(zipped()).names == []
    assert infos(copied(zipped())) == []


@given(st.dictionaries(st.text("abc/.", min_size=1, max_size=8), st.binary(max_size=300)))
def test_any_members_come_back_as_they_were(members):
    members = {name.strip("/") or "a": content for name, content in members.items()}
    archive = Archive(copied(zipped(*members.items())))
    assert {name: archive.member(name).unpack() for name in archive.names} == members


# ---------------------------------------------------------------- damage


def refused(data):
    """The message with which a damaged file is refused, at the latest when its parts are read."""
    with pytest.raises(DamagedWorkbookError) as caught:
        read_all(data)
    assert "earlier version" in caught.value.remedy
    return caught.value.message


def read_all(data):
    archive = Archive(data)
    return [archive.member(name).unpack() for name in archive.names]


def test_a_file_that_is_cut_short_is_refused():
    data = zipped(*SOME)
    assert "cut short" in refused(data[: len(data) * 2 // 3])


def test_a_part_that_fails_its_checksum_is_refused():
    data = bytearray(zipped(*SOME, compression=zipfile.ZIP_STORED))
    data[data.index(b"<one/>") + 1] ^= 1
    message = refused(bytes(data))
    assert "one.xml" in message
    assert "checksum" in message


def test_a_part_that_cannot_be_unpacked_is_refused():
    data = bytearray(zipped(*SOME))
    start = data.index(b"one.xml") + len("one.xml")
    data[start] = 0xFF
    assert "one.xml" in refused(bytes(data))


def test_a_part_that_stands_twice_is_refused():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = zipped(*SOME, ("one.xml", b"<other/>"))
    assert "one.xml stands twice" in refused(data)


def test_a_part_that_stands_twice_in_other_capitals_is_refused():
    assert "one.xml stands twice" in refused(zipped(*SOME, ("ONE.XML", b"<other/>")))


def test_a_part_that_is_not_where_the_file_says_is_refused():
    data = zipped(*SOME)
    assert "not where" in refused(data.replace(b"PK\x03\x04", b"PK\x03\x05", 1))


def test_a_part_that_is_locked_with_a_password_is_refused():
    data = bytearray(zipped(*SOME))
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1
    assert "zip password" in refused(bytes(data))


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_is_packed_as_excel_never_packs_is_refused(compression):
    data = zipped(*SOME, compression=compression)
    assert "packed in a way" in refused(data)


@given(st.data())
def test_no_flipped_bit_does_more_than_raise_an_error_of_ours(data):
    whole = bytearray(zipped(*SOME))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    with suppress(WorkbookError):
        read_all(bytes(whole))


@given(st.integers(0, len(zipped(*SOME)) - 1))
def test_no_cut_does_more_than_raise_an_error_of_ours(length):
    with pytest.raises(WorkbookError):
        read_all(zipped(*SOME)[:length])


# ---------------------------------------------------------------- bombs


def test_a_part_that_swells_out_of_all_proportion_is_refused_unopened():
    data = zipped(("bomb.xml", b" " * (SMALL_MEMBER + 1)))
    with pytest.raises(UnsafeWorkbookError, match="would unpack to 4 MB"):
        Archive(data)


def test_a_small_part_may_swell():
    assert Archive(zipped(("blank.xml", b" " * SMALL_MEMBER))).names == ["blank.xml"]


def claiming(data, size):
    """The file with another size of its first member in the list at its end."""
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<L", size) + data[at + 4 :]


def test_a_part_that_claims_to_be_vast_is_refused():
    with pytest.raises(UnsafeWorkbookError):
        Archive(claiming(zipped(*SOME), 0xF0000000))


def test_a_part_that_claims_to_be_smaller_than_it_is_is_unpacked_no_further():
    bomb = claiming(zipped(("bomb.xml", b" " * (SMALL_MEMBER * 9))), 100)
    assert "checksum" in refused(bomb)


def test_parts_that_share_their_bytes_are_refused():
    # The list at the end names the same bytes many times, each time as another part.
    data = zipped(("a.bin", bytes(range(256)) * 4))
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    entries = b"".join(entry.replace(b"a.bin", b"%c.bin" % letter) for letter in b"abcdefgh")
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 8, 8, len(entries), start, 0)
    with pytest.raises(UnsafeWorkbookError):
        Archive(data[:start] + entries + tail)


def test_more_parts_than_any_workbook_has_are_refused():
    with pytest.raises(UnsafeWorkbookError, match="10,001"):
        Archive(zipped(*((f"{n}", b"") for n in range(10_001))))
