"""Finding what came back: in files, folders and zip files, whatever the files are called.

Every file is accounted for: it is handed on, or passed over, or rejected with the reason. One that
cannot be read never stops the others.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from sheetplan.cycle.return_file_kinds import is_zip_of_files, passed_over, refused
from sheetplan.errors import NoSuchFileError, SheetplanError, UnsafeWorkbookError
from sheetplan.model.owner_return import PassedOverFile, RejectedFile
from sheetplan.ooxml.archive import Archive

Found = tuple[str, bytes | PassedOverFile | RejectedFile]

_MOST_BYTES_IN_A_FILE = 256 * 1024**2
# For one named zip file, with all that lies in the zip files inside it.
_MOST_MEMBERS = 5_000
_MOST_BYTES_UNPACKED = 512 * 1024**2
_DEEPEST = 3

_TRY_A_COPY = (
    "Close it where it is open, let it synchronise if it lies on OneDrive or SharePoint, or copy "
    "it to this computer's own disk; then collect it."
)


def find_files(paths: Sequence[Path], besides: Iterable[Path] = ()) -> Iterator[Found]:
    """The files that paths lead to, by the order of their names: each name, with the file's bytes
    or with why it is not read.

    One file is read at a time, when it is asked for. A file that is named twice, or lies in a
    folder that is named too, is found once; no two names are the same.

    Args:
        paths: Files and folders. A folder stands for all that lies in it, at any depth; so does a
            zip file.
        besides: Files that are passed over wherever they lie: the tracker and its backups.

    Raises:
        NoSuchFileError: a path leads nowhere; raised at once, before anything is read.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise NoSuchFileError(
                "there is no such file or folder.",
                where=str(path),
                remedy="Check the name.",
            )
    return _Search({_real(path) for path in besides}).through(_places(paths))


def _real(path: str | Path) -> str:
    return os.path.normcase(os.path.realpath(path))


# ---------------------------------------------------------------- where files lie


class _Place(NamedTuple):
    """A file; or a folder that is not looked into, since it is hidden or cannot be read."""

    path: Path
    name: str
    is_hidden: bool = False
    error: OSError | None = None


def _places(paths: Sequence[Path]) -> list[_Place]:
    """Each file that paths lead to, once, in the order of the names that messages give them."""
    found: dict[str, _Place] = {}
    for path in paths:
        for place in _in_folder(path) if os.path.isdir(path) else [_Place(path, path.name)]:
            found.setdefault(_real(place.path), place)
    places = sorted(found.values(), key=lambda place: (place.name.casefold(), str(place.path)))
    times = Counter(place.name for place in places)
    return [p._replace(name=str(p.path)) if times[p.name] > 1 else p for p in places]


def _in_folder(folder: Path) -> Iterator[_Place]:
    """The files in a folder and in those inside it, by their paths from that folder."""
    unreadable: list[OSError] = []
    been = {_real(folder)}  # links may lead round in a circle
    for here, folders, files in os.walk(folder, onerror=unreadable.append, followlinks=True):
        go_on = []
        for name in sorted(folders):
            place = _place_in(folder, Path(here, name))
            if passed_over(f"{name}/"):
                yield place._replace(is_hidden=True)
            elif _real(place.path) not in been:
                been.add(_real(place.path))
                go_on.append(name)
        folders[:] = go_on
        yield from (_place_in(folder, Path(here, name)) for name in files)
    for error in unreadable:
        yield _place_in(folder, Path(error.filename or folder))._replace(error=error)


def _place_in(folder: Path, path: Path) -> _Place:
    return _Place(path, str(path) if path == folder else path.relative_to(folder).as_posix())


# ---------------------------------------------------------------- what they hold


class _Room:
    """How much more may be unpacked from one named zip file."""

    def __init__(self) -> None:
        self.members, self.unpacked = _MOST_MEMBERS, _MOST_BYTES_UNPACKED

    def take(self, archive: Archive, depth: int) -> None:
        """Make room for the members of an archive.

        Raises:
            UnsafeWorkbookError: there is none.
        """
        self.members -= len(archive.names)
        self.unpacked -= sum(archive.member(name).info.file_size for name in archive.names)
        if depth > _DEEPEST:
            what = f"zip files lie inside one another here, more than {_DEEPEST} deep"
        elif self.members < 0:
            what = f"the zip file holds more than {_MOST_MEMBERS:,} files"
        elif self.unpacked < 0:
            most = _MOST_BYTES_UNPACKED // 1024**2
            what = f"what the zip file holds would unpack to more than {most} MB"
        else:
            return
        raise UnsafeWorkbookError(
            f"{what}.", remedy="Unpack it yourself, and collect the folder of what it held."
        )


class _Search:
    """One search: the files that it passes over, and what it has found so far."""

    def __init__(self, besides: set[str]) -> None:
        self._besides = besides
        self._names: set[str] = set()
        self._names_by_content: dict[bytes, str] = {}

    def through(self, places: Iterable[_Place]) -> Iterator[Found]:
        """What is found in each place."""
        for place in places:
            name = self._name(place.name)
            passed = "a hidden folder" if place.is_hidden else passed_over(place.path.name)
            if _real(place.path) in self._besides:
                passed = "the tracker itself, or a backup of it"
            if passed:  # before it is read: a lock file may well be locked
                yield name, PassedOverFile(name, passed)
                continue
            try:
                if place.error is not None:
                    raise place.error
                data = _read(place.path)
            except OSError as error:
                yield name, _unreadable(name, error)
            else:
                yield from self._content(name, place.path.name, data, _Room(), 1)

    def _name(self, name: str) -> str:
        """A name as messages can print it, and no other file has it."""
        name = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)
        others = (f"{name} ({number})" for number in count(2))
        free = next(text for text in chain([name], others) if text not in self._names)
        self._names.add(free)
        return free

    def _content(
        self, name: str, own_name: str, data: bytes, room: _Room, depth: int
    ) -> Iterator[Found]:
        """What a file is: itself, or what it holds where it is a zip file."""
        passed = passed_over(own_name, data)
        if passed:
            yield name, PassedOverFile(name, passed)
        elif (refusal := refused(own_name, data)) is not None:
            yield name, RejectedFile(name, *refusal)
        elif is_zip_of_files(data):
            yield from self._zip(name, data, room, depth)
        else:
            same = self._names_by_content.setdefault(hashlib.sha256(data).digest(), name)
            yield name, data if same == name else PassedOverFile(name, f"the same as {same}")

    def _zip(self, name: str, data: bytes, room: _Room, depth: int) -> Iterator[Found]:
        """What a zip file holds."""
        try:
            archive = Archive(data)
            room.take(archive, depth)
        except SheetplanError as error:
            yield name, _rejected(name, error)
            return
        if not archive.names:
            yield name, RejectedFile(name, "is-empty", "the zip file holds no files.")
        for member in sorted(archive.names, key=lambda member: (member.casefold(), member)):
            inside = member.replace("\\", "/")
            whole = self._name(f"{name}, {inside}")
            try:
                content = archive.member(member).unpack()
            except SheetplanError as error:
                yield whole, _rejected(whole, error)
            else:
                yield from self._content(whole, inside, content, room, depth + 1)


def _read(path: Path) -> bytes:
    """A file's bytes.

    Raises:
        OSError: it cannot be read, is too large, or is no file but a device.
    """
    state = path.stat()
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, "it is a device, not a file")
    if state.st_size > _MOST_BYTES_IN_A_FILE:
        megabytes = _MOST_BYTES_IN_A_FILE // 1024**2
        raise OSError(errno.EFBIG, f"it is larger than {megabytes} MB")
    return path.read_bytes()


def _unreadable(name: str, error: OSError) -> RejectedFile:
    """A file that the system does not give out."""
    if isinstance(error, PermissionError):
        why = "you may not read it, or a program has locked it"
    elif isinstance(error, FileNotFoundError):
        why = "it is not there any more, or is a link that leads nowhere"
    else:
        why = error.strerror or str(error)
    return RejectedFile(name, "cannot-be-read", f"it cannot be read: {why}.", _TRY_A_COPY)


def _rejected(name: str, error: SheetplanError) -> RejectedFile:
    return RejectedFile(name, "cannot-be-read", error.message, error.remedy)
