"""Writing a workbook so that the old file or the finished new one is there, never half of one."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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

    def __str__(self) -> str:
        changed = f", {self.cells_changed:,} changed as said above" if self.cells_changed else ""
        return (
            f"{self.parts:,} parts: {self.parts_unchanged:,} unchanged to the byte; "
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
            remedy="Clear Read-only in its properties, or write to another file with -o.",
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
    broken = package.comparison.broken(agreed)
    if broken:
        named = "; ".join(map(str, broken[:5]))
        raise ContentLossError(
            f"the change would have lost or altered {len(broken)} thing(s) that were in the "
            f"workbook ({named}), so nothing was written.",
            where=source,
            remedy="This is a fault in sheetplan. Please report it with a copy of this message.",
        )
    with _said_plainly(target), _temporary_beside(target) as temporary:
        with temporary.open("wb") as stream:
            write(stream, package.members())
            stream.flush()
            os.fsync(stream.fileno())
        _check_written(package, temporary, source)
        if FileState.of(source) != state:
            raise WorkbookInUseError(
                "somebody changed the workbook while sheetplan worked; nothing was written.",
                where=source,
                remedy="Wait until it has been saved and has synchronised, and run this again.",
            )
        shutil.copymode(source, temporary)
        if backup is not None:
            copy_whole(source, backup)
        os.replace(temporary, target)
        _settle_folder(target.parent)
    count = len(package.names)
    return Verified(
        count,
        count - len(package.changed),
        package.comparison.cells_unchanged,
        package.comparison.cells_added,
        package.comparison.cells_changed,
        package.comparison.cells_lost,
    )


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that the copy is there in full or not at all."""
    with _said_plainly(target), _temporary_beside(target) as temporary:
        shutil.copyfile(source, temporary)
        shutil.copymode(source, temporary)
        os.replace(temporary, target)


def _check_written(package: Package, written: Path, source: Path) -> None:
    try:
        package.verify(Archive(written.read_bytes()))
    except DamagedWorkbookError as error:
        raise ContentLossError(
            f"the file was written and read back, and was not what it should be: {error.message} "
            "It was thrown away, and the workbook is as it was.",
            where=source,
            remedy="The disk may be failing. Try again on another one.",
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
            "you may not write here, or the file is open in Excel.",
            where=target,
            remedy="Close it in Excel, or write to another folder with -o.",
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            what = "there is no room left on the disk"
        else:
            what = f"the file could not be written ({error.strerror or error})"
        raise CannotWriteError(
            f"{what}; the workbook is as it was.",
            where=target,
            remedy="Make room, or write to another folder with -o.",
        ) from error


def _settle_folder(folder: Path) -> None:
    """Make the renaming last through a power cut, where the system lets a folder be flushed."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network folders refuse; the renaming itself has been done
    finally:
        os.close(handle)
