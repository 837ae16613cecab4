"""Writing a workbook so that the old file or the finished new one is there, never half of one."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from sheetplan.errors import (
    CannotWriteError,
    ContentLossError,
    DamagedWorkbookError,
    WorkbookInUseError,
)
from sheetplan.ooxml.archive import Archive, write
from sheetplan.ooxml.package import Package

_NAMED = 5  # differences that a message names


@dataclass(frozen=True)
class FileState:
    """What shows whether somebody changed a file: its size and when it was written."""

    size: int
    modified: int

    @classmethod
    def of(cls, path: Path) -> FileState:
        """The file as it is now."""
        found = path.stat()
        return cls(found.st_size, found.st_mtime_ns)


@dataclass(frozen=True)
class Verified:
    """What was checked on the written file before it took the old one's place."""

    parts: int
    parts_unchanged: int
    cells_unchanged: int
    cells_added: int
    cells_changed: int
    cells_lost: int
    parts_added: int = 0
    parts_removed: int = 0

    @classmethod
    def of(cls, package: Package) -> Verified:
        """The counts of a changed package."""
        compared, added = package.comparison, len(package.added)
        count = len(package.names)
        return cls(
            count,
            count - added - len(package.changed),
            compared.cells_unchanged,
            compared.cells_added,
            compared.cells_changed,
            compared.cells_lost,
            added,
            len(package.removed),
        )

    def __str__(self) -> str:
        added = f", {self.parts_added:,} added" if self.parts_added else ""
        removed = f", {self.parts_removed:,} taken out" if self.parts_removed else ""
        return (
            f"{self.parts:,} parts: {self.parts_unchanged:,} unchanged to the byte"
            f"{added}{removed}; {self._cells}"
        )

    @property
    def _cells(self) -> str:
        """What became of the cells of the sheets that changed."""
        changed = f", {self.cells_changed:,} changed as said above" if self.cells_changed else ""
        if not (self.cells_unchanged or self.cells_added or changed or self.cells_lost):
            return "no cell of an earlier sheet touched"
        return (
            f"{self.cells_unchanged:,} cells unchanged, {self.cells_added:,} added{changed}, "
            f"{self.cells_lost:,} lost"
        )

    def as_data(self) -> dict[str, int]:
        """The counts as plain data."""
        return asdict(self)


def refuse_read_only(path: Path) -> None:
    """Raise CannotWriteError when the file is marked read-only."""
    if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise CannotWriteError(
            "the file is marked read-only.",
            where=path,
            remedy="In File Explorer clear Read-only in its Properties; or keep it as it is and "
            "write to a new file with -o.",
        )


def save(
    package: Package,
    target: Path,
    *,
    source: Path,
    state: FileState,
    backup: Path | None = None,
    agreed: frozenset[tuple[str, str]] = frozenset(),
) -> Verified:
    """Write the package to `target`, check the promise on what was written, and put it in place.

    Args:
        package: The changed package.
        target: Where the finished file goes; it may be the source.
        source: The file that the package was read from.
        state: The source as it was when it was read.
        backup: Where the source is copied to before `target` takes its place.
        agreed: (part, place) pairs that the plan said it would change or take away.

    Raises:
        ContentLossError: something that was in the workbook would be gone or read differently.
        WorkbookInUseError: the source changed meanwhile, or a program holds the target.
        CannotWriteError: no room, no permission.
    """
    _refuse_loss(package, source, agreed)
    place = target.resolve() if target.is_symlink() else target  # a link stays a link
    with _said_plainly(target), _temporary_beside(place) as temporary:
        _write(package, temporary)
        _check_written(package, temporary, source)
        _refuse_if_changed(source, state)
        shutil.copymode(source, temporary)
        if backup is not None:
            copy_whole(source, backup)
        try:
            os.replace(temporary, place)
        except OSError:
            if backup is not None:  # of a change that was not made
                backup.unlink(missing_ok=True)
            raise
        _settle_folder(place.parent)
    return Verified.of(package)


def save_new(package: Package, target: Path) -> None:
    """Write a package that was made from a template to a new file.

    Args:
        package: The package; nothing is compared, since it is no earlier workbook of anybody.
        target: The new file.

    Raises:
        CannotWriteError: there is such a file already; no room, no permission.
        ContentLossError: what was read back was not what had been written.
    """
    with _said_plainly(target), _temporary_beside(target) as temporary:
        _write(package, temporary)
        _check_written(package, temporary, target)
        os.chmod(temporary, 0o666 & ~_umask())
        _put_where_nothing_is(temporary, target)
        _settle_folder(target.parent)


def _write(package: Package, target: Path) -> None:
    with target.open("wb") as stream:
        write(stream, package.members())
        stream.flush()
        os.fsync(stream.fileno())


def _put_where_nothing_is(temporary: Path, target: Path) -> None:
    """Give a file its name in one step, unless another has it."""
    try:
        os.link(temporary, target)  # unlike a renaming, this never takes another file's place
    except OSError:  # there is one, or the folder knows no second names for a file
        if os.path.lexists(target):
            raise CannotWriteError(
                "there is a file of this name already, and sheetplan does not write over it.",
                where=target,
                remedy="Choose another name, or move that file away.",
            ) from None
        os.replace(temporary, target)


def _umask() -> int:
    """The permissions that new files do not get; there is no asking without setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _refuse_loss(package: Package, source: Path, agreed: frozenset[tuple[str, str]]) -> None:
    broken = package.comparison.broken(agreed)
    if broken:
        named = "; ".join(map(str, broken[:_NAMED]))
        more = f"; and {len(broken) - _NAMED} more" if len(broken) > _NAMED else ""
        raise ContentLossError(
            "the change would have lost or altered something that was in the workbook: "
            f"{named}{more}.",
            where=source,
            remedy="This is a fault in sheetplan. Please report it with a copy of this message.",
        )


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that the copy is there in full or not at all."""
    with _said_plainly(target), _temporary_beside(target) as temporary:
        shutil.copyfile(source, temporary)
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        shutil.copymode(source, temporary)
        os.replace(temporary, target)


def move_whole(source: Path, target: Path) -> None:
    """Put a file in another's place in one step; where that is a link, behind the link."""
    place = target.resolve() if target.is_symlink() else target
    with _said_plainly(target):
        os.replace(source, place)
        _settle_folder(place.parent)


def _refuse_if_changed(source: Path, state: FileState) -> None:
    try:
        now = FileState.of(source)
    except FileNotFoundError:
        now = None
    if now != state:
        what = "moved or deleted" if now is None else "changed"
        raise WorkbookInUseError(
            f"somebody {what} the workbook while sheetplan worked.",
            where=source,
            remedy="Wait until it has been saved and has synchronised, and run this again.",
        )


def _check_written(package: Package, written: Path, source: Path) -> None:
    try:
        package.verify(Archive(written.read_bytes()))
    except DamagedWorkbookError as error:
        raise ContentLossError(
            f"the file was written and read back, and was not what it should be: {error.message} "
            "It was thrown away, and the workbook is as it was.",
            where=source,
            remedy="The disk may be failing. Try again with a copy on another one.",
        ) from error


@contextmanager
def _temporary_beside(target: Path) -> Iterator[Path]:
    """A new file in the target's folder, gone when the block ends unless it was renamed."""
    handle, name = tempfile.mkstemp(prefix=".~sheetplan-", suffix=".tmp", dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _said_plainly(target: Path) -> Iterator[None]:
    """Turn what the system says of a failed write into words."""
    try:
        yield
    except PermissionError as error:
        raise CannotWriteError(
            "it could not be written: you may not write to this folder, or the file is open in "
            "Excel.",
            where=target,
            remedy="Close it in Excel, or ask for access to the folder.",
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            what, remedy = "there is no room left on the disk", "Make room"
        else:
            what, remedy = f"it could not be written ({error.strerror or error})", "Try again"
        raise CannotWriteError(
            f"{what}. The workbook is as it was.",
            where=target,
            remedy=f"{remedy}, or work on a copy in another folder.",
        ) from error


def _settle_folder(folder: Path) -> None:
    """Make the renaming last through a power cut, where the system lets a folder be flushed."""
    if os.name != "posix":
        return
    with suppress(OSError):  # some folders refuse; the renaming itself has been done
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
