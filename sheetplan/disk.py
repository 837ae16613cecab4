"""Files on disk: each is there in full or not at all, and never takes another's place unasked."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from sheetplan.errors import CannotWriteError


def refuse_read_only(path: Path) -> None:
    """Raise CannotWriteError when the file is marked read-only."""
    if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise CannotWriteError(
            "the file is marked read-only.",
            where=path,
            remedy="In File Explorer clear Read-only in its Properties; or keep it as it is and "
            "write to a new file with -o.",
        )


def write_new(
    target: Path,
    write: Callable[[IO[bytes]], None],
    check: Callable[[Path], None] | None = None,
) -> None:
    """Write a new file: to a temporary one in its folder first, which then takes its name.

    Args:
        target: The new file.
        write: Writes its content to a stream.
        check: Looks at what was written before it gets its name; raises when it is not sound.

    Raises:
        CannotWriteError: there is such a file already, no such folder, no room or no permission.
    """
    with said_plainly(target), temporary_beside(target) as temporary:
        write_through(temporary, write)
        if check is not None:
            check(temporary)
        temporary.chmod(0o666 & ~_umask())
        _put_where_nothing_is(temporary, target)
        settle_folder(target.parent)


def write_through(target: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write a file and wait until the disk has it."""
    with target.open("wb") as stream:
        write(stream)
        stream.flush()
        os.fsync(stream.fileno())


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that the copy is there in full or not at all."""
    with said_plainly(target), temporary_beside(target) as temporary:
        shutil.copyfile(source, temporary)
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        shutil.copymode(source, temporary)
        os.replace(temporary, target)


def move_whole(source: Path, target: Path) -> None:
    """Put a file in another's place in one step; where that is a link, behind the link."""
    place = target.resolve() if target.is_symlink() else target
    with said_plainly(target):
        os.replace(source, place)
        settle_folder(place.parent)


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


@contextmanager
def temporary_beside(target: Path) -> Iterator[Path]:
    """A new file in the target's folder, gone when the block ends unless it was renamed."""
    handle, name = tempfile.mkstemp(prefix=".~sheetplan-", suffix=".tmp", dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def said_plainly(target: Path) -> Iterator[None]:
    """Turn what the system says of a failed write into words."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CannotWriteError(
            "there is no such folder.",
            where=str(target.parent),
            remedy="Make it first, or write to another folder.",
        ) from error
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


def settle_folder(folder: Path) -> None:
    """Make the renaming last through a power cut, where the system lets a folder be flushed."""
    if os.name != "posix":
        return
    with suppress(OSError):  # some folders refuse; the renaming itself has been done
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
