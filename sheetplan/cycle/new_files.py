"""Several new files in one folder: all of them are there afterwards, or none."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from sheetplan.disk import said_plainly, write_new
from sheetplan.errors import CannotWriteError


def choose_folder(folder: Path) -> Path:
    """A folder for new files: one that is there, or whose own folder is.

    Raises:
        CannotWriteError: it is a file, or there is no folder to make it in.
    """
    try:
        is_there, is_folder = os.path.lexists(folder), folder.is_dir()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CannotWriteError(
            f"there can be no folder of this name ({reason}).", where=str(folder)
        ) from error
    if is_there and not is_folder:
        raise CannotWriteError(
            "this is a file, not a folder.",
            where=str(folder),
            remedy="Name a folder for the returns; it is made if it is not there.",
        )
    if not folder.absolute().parent.is_dir():
        raise CannotWriteError(
            "there is no such folder.",
            where=str(folder.parent),
            remedy="Make it first, or name another folder.",
        )
    return folder


def free_name(folder: Path, name: str, taken: Collection[str] = ()) -> str:
    """A name that no file in the folder has: "send-list.csv", else "send-list-2.csv"."""
    plain = Path(name)
    chosen, number = name, 2
    while chosen in taken or os.path.lexists(folder / chosen):
        chosen = f"{plain.stem}-{number}{plain.suffix}"
        number += 1
    return chosen


class NewFiles:
    """The files that were written so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: list[Path] = []

    def add(self, name: str, write: Callable[[Path], None]) -> Path:
        """Write a file with a function that leaves it there in full or not at all.

        Raises:
            CannotWriteError: there is such a file already; no room, no permission.
        """
        path = self.folder / name
        write(path)
        self.paths.append(path)
        return path

    def add_bytes(self, name: str, data: bytes) -> Path:
        """Write a file with this content.

        Raises:
            CannotWriteError: there is such a file already; no room, no permission.
        """

        def write(stream: IO[bytes]) -> None:
            stream.write(data)

        return self.add(name, lambda path: write_new(path, write))


@contextmanager
def new_files(folder: Path) -> Iterator[NewFiles]:
    """Write files into a folder, which is made where it is not there.

    When the block fails, the files that it wrote are gone, and the folder with them if it was new.

    Raises:
        CannotWriteError: the folder cannot be made.
    """
    is_new = not folder.is_dir()
    if is_new:
        with said_plainly(folder):
            folder.mkdir()
    files = NewFiles(folder)
    try:
        yield files
    except BaseException:
        for path in files.paths:
            with suppress(OSError):
                path.unlink()
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise
