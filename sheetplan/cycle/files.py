"""The files that a verb reads and writes, and what is refused before any work is done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sheetplan.cycle.backups import backup_path
from sheetplan.disk import refuse_read_only
from sheetplan.errors import (
    CannotWriteError,
    DamagedWorkbookError,
    SettingsError,
    SheetplanError,
)
from sheetplan.ooxml.in_use import refuse_if_open
from sheetplan.ooxml.saving import FileState, Verified, save
from sheetplan.ooxml.workbook import Workbook


def open_to_change(path: Path) -> tuple[Workbook, FileState]:
    """Open a workbook that is to be changed, and remember the state in which it was read.

    Raises:
        WorkbookInUseError: somebody has it open.
        WorkbookError: it cannot be read.
    """
    if not os.path.isfile(path):
        return Workbook.open(path), FileState(0, 0)  # raises, saying what the path is
    refuse_if_open(path)
    state = FileState.of(path)
    return Workbook.open(path), state


def choose_target(source: Path, output: Path | None) -> Path:
    """Where a changed workbook is to be written: in place, or to a new file.

    Raises:
        CannotWriteError: the tracker is read-only, or the new file cannot be there.
    """
    if output is None or output.absolute() == source.absolute():
        refuse_read_only(source)
        return source
    return choose_new_file(
        output,
        source.suffix,
        "as the tracker does: Excel refuses a workbook whose ending is not of its kind",
    )


def choose_new_file(output: Path, ending: str, because: str) -> Path:
    """A new file that can be written: in a folder that is there, under a name that is free.

    Args:
        output: The file.
        ending: What its name must end in: ".xlsx".
        because: Why, to follow "the new file must end in .xlsx, ".

    Raises:
        CannotWriteError: it cannot be there.
    """
    try:
        is_folder, is_there = output.is_dir(), os.path.lexists(output)
    except OSError as error:
        raise CannotWriteError(
            f"there can be no file of this name ({error.strerror or error}).", where=output
        ) from error
    if is_folder:
        raise CannotWriteError(
            "this is a folder.", where=str(output), remedy="Name the new file inside it."
        )
    if is_there:
        raise CannotWriteError(
            "there is a file of this name already, and sheetplan does not write over it.",
            where=output,
            remedy="Choose another name, or move that file away.",
        )
    if output.suffix.lower() != ending.lower():
        raise CannotWriteError(
            f"the new file must end in {ending}, {because}.",
            where=output,
            remedy=f'Name it "{output.stem}{ending}".',
        )
    if not output.absolute().parent.is_dir():
        raise CannotWriteError(
            "there is no such folder.",
            where=str(output.parent),
            remedy="Make it first, or write to another folder.",
        )
    return output


@dataclass(frozen=True)
class Destination:
    """Where a changed workbook goes, and the copy of the tracker that is put beside it first."""

    output: Path
    backup: Path | None

    def as_data(self) -> dict[str, str | None]:
        """The files as plain data."""
        return {
            "output": str(self.output),
            "backup": None if self.backup is None else str(self.backup),
        }


def choose_destination(source: Path, output: Path | None, change: str) -> Destination:
    """Where a changed workbook is to be written, with a backup when that is the tracker itself.

    Raises:
        CannotWriteError: the tracker is read-only, or the new file cannot be there.
    """
    target = choose_target(source, output)
    return Destination(target, backup_path(source, change) if target == source else None)


def save_changed(
    workbook: Workbook,
    source: Path,
    state: FileState,
    place: Destination,
    agreed: frozenset[tuple[str, str]] = frozenset(),
) -> Verified:
    """Save a changed workbook where it goes, the promise checked on what was written.

    Args:
        workbook: The workbook, changed.
        source: The file that it was read from.
        state: That file as it was when it was read.
        place: Where it goes.
        agreed: What the plan said it takes away or writes over.

    Raises:
        WorkbookError: it could not be written; the source is as it was.
    """
    return save(
        workbook.package,
        place.output,
        source=source,
        state=state,
        backup=place.backup,
        agreed=agreed,
    )


@contextmanager
def saying_which_file(path: Path) -> Iterator[None]:
    """Name the file in an error that was raised where only a part of it was known.

    What cannot be read as a number, a range or a name inside a workbook is the workbook's fault:
    Excel writes no such thing, and mends or refuses it.

    Raises:
        DamagedWorkbookError: in the place of a ValueError or LookupError.
    """
    try:
        yield
    except SettingsError:
        raise  # not this file's fault: it names the settings file or the profile
    except SheetplanError as error:
        error.where = error.where or path.name
        raise
    except (ValueError, LookupError) as error:
        raise DamagedWorkbookError(
            f"something inside the workbook cannot be understood ({error}).",
            where=path.name,
            remedy="Open it in Excel, let it repair the file if it asks to, save it there, and "
            "run this again. If that does not help, please report it with this message.",
        ) from error
