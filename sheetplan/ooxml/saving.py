"""Writing a workbook so that the old file or the finished new one is there, never half of one."""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from sheetplan.disk import (
    copy_whole,
    said_plainly,
    settle_folder,
    temporary_beside,
    write_new,
    write_through,
)
from sheetplan.errors import ContentLossError, DamagedWorkbookError, WorkbookInUseError
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
    """What was checked on the written file before it took the old one's place.

    Cells that were filled stood empty in the sheet before, and kept their look. Cells that moved,
    since columns were inserted, are unchanged but for their place.
    """

    parts: int
    parts_unchanged: int
    cells_unchanged: int
    cells_added: int
    cells_changed: int
    cells_lost: int
    parts_added: int = 0
    parts_removed: int = 0
    cells_filled: int = 0
    cells_moved: int = 0

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
            compared.cells_filled,
            compared.cells_moved,
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
        filled = f", {self.cells_filled:,} filled" if self.cells_filled else ""
        moved = f" ({self.cells_moved:,} of them moved)" if self.cells_moved else ""
        changed = f", {self.cells_changed:,} changed as said above" if self.cells_changed else ""
        if not (self.cells_unchanged or filled or self.cells_added or changed or self.cells_lost):
            return "no cell of an earlier sheet touched"
        return (
            f"{self.cells_unchanged:,} cells unchanged{moved}{filled}, {self.cells_added:,} added"
            f"{changed}, {self.cells_lost:,} lost"
        )

    def as_data(self) -> dict[str, int]:
        """The counts as plain data."""
        return asdict(self)


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
    with said_plainly(target), temporary_beside(place) as temporary:
        write_through(temporary, lambda stream: write(stream, package.members()))
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
        settle_folder(place.parent)
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
    write_new(
        target,
        lambda stream: write(stream, package.members()),
        lambda written: _check_written(package, written, target),
    )


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
