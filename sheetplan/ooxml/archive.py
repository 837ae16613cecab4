"""The zip file that a workbook is: its members, read once and copied without recompression.

A member that is not changed keeps its compressed bytes, its place in the order and its time
stamp. (PKWARE's APPNOTE.TXT describes the records; section numbers below are of version 6.3.)
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from sheetplan.errors import DamagedWorkbookError, UnsafeWorkbookError

# What a tracker can be at the very most; the docs state these limits.
MOST_MEMBERS = 10_000
MOST_BYTES_IN_A_MEMBER = 512 * 1024**2
MOST_BYTES_IN_ALL = 1024**3
MOST_COMPRESSION = 500  # times; the XML of real workbooks shrinks 5 to 60 times
SMALL_MEMBER = 4 * 1024**2  # below this a high ratio does no harm

_DATA_DESCRIPTOR = 0x0008  # general purpose bit 3 (4.4.4)
_ENCRYPTED = 0x0001
_UTF8 = 0x0800
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_CENTRAL_HEADER = struct.Struct("<4s6H3L5H2L")
_END_RECORD = struct.Struct("<4s4H2LH")


@dataclass(frozen=True)
class Member:
    """One member as it stands, or will stand, in a zip file: its record and its packed bytes."""

    info: zipfile.ZipInfo
    packed: bytes

    @property
    def name(self) -> str:
        return self.info.filename

    def unpack(self) -> bytes:
        """The member's content.

        Raises:
            DamagedWorkbookError: it cannot be unpacked or fails its checksum.
        """
        info = self.info
        try:
            if info.compress_type == zipfile.ZIP_STORED:
                data = self.packed
            else:
                data = zlib.decompressobj(-15).decompress(self.packed, info.file_size + 1)
        except zlib.error as error:
            raise _damaged(f"{info.filename} inside it cannot be unpacked") from error
        if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise _damaged(f"{info.filename} inside it fails its checksum")
        return data


def pack(name: str, data: bytes, like: zipfile.ZipInfo | None = None) -> Member:
    """A member with new content, wearing the time stamp and attributes of the one it replaces."""
    info = zipfile.ZipInfo(name)
    if like is not None:
        info.date_time = like.date_time
        info.external_attr, info.create_system = like.external_attr, like.create_system
        info.flag_bits = like.flag_bits
    info.compress_type = zipfile.ZIP_DEFLATED
    info.CRC, info.file_size = zlib.crc32(data), len(data)
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = deflate.compress(data) + deflate.flush()
    info.compress_size = len(packed)
    return Member(info, packed)


class Archive:
    """The members of a zip file in memory, in their order.

    The file is read once and let go, so that what is seen is one state of it and nothing is held
    open while somebody else wants to save.

    Raises:
        DamagedWorkbookError: truncated, contradicting itself, or packed in an unknown way.
        UnsafeWorkbookError: larger than any tracker could be, or built to swell.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = archive.infolist()
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as error:
            raise _damaged("it is cut short, or not what it was when it was saved") from error
        _refuse_absurd(infos, len(data))
        self._infos = {info.filename: info for info in infos if not info.is_dir()}

    @property
    def names(self) -> list[str]:
        """The members' names in the order of the file, folders left out."""
        return list(self._infos)

    def member(self, name: str) -> Member:
        """The member as it stands in the file."""
        info = self._infos[name]
        start = info.header_offset
        header = self.data[start : start + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
            raise _damaged(f"{name} inside it is not where the file says that it is")
        name_length, extra_length = _LOCAL_HEADER.unpack(header)[-2:]
        start += _LOCAL_HEADER.size + name_length + extra_length
        packed = self.data[start : start + info.compress_size]
        if len(packed) != info.compress_size:
            raise _damaged(f"{name} inside it is cut short")
        return Member(info, packed)


def write(stream: IO[bytes], members: Iterable[Member]) -> None:
    """Write a zip file of the members' packed bytes, as they are."""
    central = io.BytesIO()
    count = 0
    for member in members:
        info = member.info
        offset = stream.tell()
        # Sizes stand in the header, so no data descriptor follows (4.3.9); some readers want that.
        flags = info.flag_bits & ~_DATA_DESCRIPTOR
        name = info.filename.encode("utf-8" if flags & _UTF8 else "cp437", "strict")
        stamp = _dos_time(info.date_time)
        sizes = (info.CRC, len(member.packed), info.file_size)
        stream.write(
            _LOCAL_HEADER.pack(
                b"PK\x03\x04", 20, flags, info.compress_type, *stamp, *sizes, len(name), 0
            )
        )
        stream.write(name)
        stream.write(member.packed)
        made_by = info.create_system << 8 | 20
        central.write(
            _CENTRAL_HEADER.pack(
                b"PK\x01\x02", made_by, 20, flags, info.compress_type, *stamp, *sizes,
                len(name), 0, 0, 0, info.internal_attr, info.external_attr, offset,
            )
        )  # fmt: skip
        central.write(name)
        count += 1
    start = stream.tell()
    directory = central.getvalue()
    stream.write(directory)
    stream.write(_END_RECORD.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0))


def _dos_time(moment: tuple[int, int, int, int, int, int]) -> tuple[int, int]:
    year, month, day, hour, minute, second = moment
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _damaged(what: str) -> DamagedWorkbookError:
    return DamagedWorkbookError(
        f"the file is damaged: {what}.",
        remedy="Download it again, or take an earlier version from a backup or from SharePoint's "
        "version history.",
    )


def _refuse_absurd(infos: list[zipfile.ZipInfo], size: int) -> None:
    times = Counter(info.filename.lower() for info in infos)  # names of parts mind no capitals
    twice = [info.filename for info in infos if times[info.filename.lower()] > 1]
    if twice:
        raise _damaged(f"{twice[0]} stands twice inside it")
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise _damaged(f"{info.filename} inside it is locked with a zip password")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged(f"{info.filename} inside it is packed in a way that Excel cannot read")
    what = _absurd(infos, size)
    if what:
        raise UnsafeWorkbookError(
            f"{what}. No tracker is like that; such files are made to bring a machine down.",
            remedy="Nothing was unpacked. Ask whoever sent the file where it came from.",
        )


def _absurd(infos: list[zipfile.ZipInfo], size: int) -> str:
    """What about the members no workbook has; empty when they are as they should be."""
    if len(infos) > MOST_MEMBERS:
        return f"the file holds {len(infos):,} parts, and {MOST_MEMBERS:,} are the most"
    if sum(info.compress_size for info in infos) > size:
        return "the file says that it holds more than it has room for"
    for info in infos:
        unpacked = f"{info.filename} inside the file would unpack to {_megabytes(info.file_size)}"
        if info.file_size > MOST_BYTES_IN_A_MEMBER:
            return f"{unpacked}, and {_megabytes(MOST_BYTES_IN_A_MEMBER)} are the most"
        if info.file_size > max(SMALL_MEMBER, MOST_COMPRESSION * info.compress_size):
            times = info.file_size // max(info.compress_size, 1)
            return f"{unpacked}, {times:,} times what it is now"
    total = sum(info.file_size for info in infos)
    if total > MOST_BYTES_IN_ALL:
        most = _megabytes(MOST_BYTES_IN_ALL)
        return f"the file would unpack to {_megabytes(total)}, and {most} are the most"
    return ""


def _megabytes(count: int) -> str:
    return f"{count / 1024**2:,.0f} MB"
