"""Writing a new file so that it is there in full or not at all, and in nobody's place."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sheetplan.errors import CannotWriteError


def save_new(write: Callable[[IO[bytes]], None], target: Path) -> None:
    """Write a document to a new file.

    Args:
        write: Writes the document to a stream.
        target: The new file.

    Raises:
        CannotWriteError: the file cannot be there.
    """
    if target.suffix.lower() != ".docx":
        raise CannotWriteError(
            "the new file must end in .docx, as it is a Word document.",
            where=target,
            remedy=f'Name it "{target.stem}.docx".',
        )
    with _said_plainly(target):
        handle, name = tempfile.mkstemp(prefix=".~sheetplan-", suffix=".tmp", dir=target.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                write(stream)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(0o666 & ~_umask())
            _put_where_nothing_is(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)


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
def _said_plainly(target: Path) -> Iterator[None]:
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
            "it could not be written: you may not write to this folder.",
            where=target,
            remedy="Ask for access to the folder, or write to another.",
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            what, remedy = "there is no room left on the disk", "Make room"
        else:
            what, remedy = f"it could not be written ({error.strerror or error})", "Try again"
        raise CannotWriteError(
            f"{what}.", where=target, remedy=f"{remedy}, or write to another folder."
        ) from error
