"""The parts of a workbook file as bytes: as they were read, changed, added or taken away."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial

from sheetplan.errors import DamagedWorkbookError, SheetplanError
from sheetplan.ooxml.archive import Archive, Member, pack
from sheetplan.ooxml.inventory.comparison import (
    ALL_OF_IT,
    THE_PART,
    Comparison,
    Difference,
    Kind,
    compare_part,
)

CONTENT_TYPES_PART = "[Content_Types].xml"
_LARGE = 100_000  # bytes; a smaller part is sooner unpacked than given to somebody else


class Parts:
    """The parts of one file, read when they are needed and packed anew when they change.

    What each change does to a part is kept; `comparison` is the sum of that, and what the promise
    is checked against.
    """

    def __init__(self, archive: Archive, name: str) -> None:
        self.name = name
        self.archive = archive
        self._by_name = {name.lower(): name for name in archive.names}
        self._once_there = dict(self._by_name)
        self._new: dict[str, NewPart] = {}
        self._added: list[str] = []
        self._comparisons: dict[str, Comparison] = {}
        self._not_compared: set[str] = set()
        self._moved: dict[str, MovedPart] = {}
        self._ahead: dict[str, Future[bytes]] = {}
        self._workers = ThreadPoolExecutor(max_workers=2)

    # ---------------------------------------------------------------- reading

    @property
    def names(self) -> list[str]:
        """The names of all parts: in the order of the file, then those that were added."""
        stayed = [name for name in self.archive.names if name.lower() in self._by_name]
        return stayed + self._added

    def resolve(self, part: str) -> str:
        """The part's name as the file spells it: names differ in capitals at times.

        Raises:
            DamagedWorkbookError: there is no such part.
        """
        try:
            return self._by_name[part.lower()]
        except KeyError:
            raise DamagedWorkbookError(
                f"the file is damaged: it refers to {part} inside it, which is not there.",
                where=self.name,
                remedy="Open it in Excel, let it repair the file, save it and try again.",
            ) from None

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._by_name

    @contextmanager
    def naming_the_file(self) -> Iterator[None]:
        """Name the workbook in an error that knows only the part."""
        try:
            yield
        except SheetplanError as error:
            error.where = error.where or self.name
            raise

    def read(self, part: str) -> bytes:
        """The part's bytes as they were when the file was read; of an added part, as they are."""
        name = self.resolve(part)
        if name in self._added:
            return self.current(name)
        with self.naming_the_file():
            ahead = self._ahead.pop(name, None)
            return self._unpack(name) if ahead is None else ahead.result()

    def read_ahead(self, parts: Iterable[str]) -> None:
        """Unpack large parts that will be wanted soon, beside whatever else is done."""
        for name in map(self.resolve, parts):
            if name in self._new or self.archive.member(name).info.file_size < _LARGE:
                continue
            self._ahead[name] = self._workers.submit(self._unpack, name)

    def _unpack(self, name: str) -> bytes:
        return self.archive.member(name).unpack()

    def current(self, part: str) -> bytes:
        """The part's bytes as they are now, with changes that were made."""
        name = self.resolve(part)
        new = self._new.get(name)
        return self.read(name) if new is None else new.data

    def free_name(self, pattern: str) -> str:
        """A name that no part has: the pattern, such as "xl/tables/table{}.xml", with the first
        number that makes one."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    # ---------------------------------------------------------------- writing

    def _put(self, name: str, before: bytes, after: bytes, kind: str) -> None:
        """Give a part other content, and compare it with what it was unless it is new."""
        if name in self._comparisons and name not in self._added and after == self._unpack(name):
            self._forget(name)  # changed before, and changed back
            return
        if name not in self._not_compared:
            self._comparisons[name] = compare_part(name, kind, before, after)
        self._pack(name, after)

    def _put_moved(self, move: PartMove, proof: Comparison, kind: str) -> None:
        """Give a part the content that it has when columns are inserted.

        Later changes are compared with what was moved, not with what was read: that the one is the
        other but for its places is proved here, once.
        """
        name = move.part
        if name in self._moved:
            earlier = self._moved[name].proof
            proof.differences += earlier.differences
            proof.cells_moved = max(proof.cells_moved, earlier.cells_moved)
        self._moved[name] = MovedPart(move.moved_base, proof)
        if name in self._comparisons:
            self._comparisons[name] = compare_part(name, kind, move.moved_base, move.after)
        self._pack(name, move.after)

    def _put_anew(self, name: str, data: bytes) -> None:
        """Give a part content that has nothing to do with what it was."""
        if name not in self._added:
            self._forget(name)
            if data == self._unpack(name):
                return
            self._note(Kind.CHANGED, name, ALL_OF_IT)
            self._not_compared.add(name)
        self._pack(name, data)

    def _put_new(self, name: str, data: bytes) -> None:
        """Add a part at the end of the file, or in the place of one that was taken away."""
        if name in self:
            raise ValueError(f"there is a part {name} already")
        earlier = self._once_there.get(name.lower())
        self._by_name[name.lower()] = earlier or name
        if earlier is not None:
            self._put_anew(earlier, data)
            return
        self._added.append(name)
        self._not_compared.add(name)
        self._note(Kind.ADDED, name, THE_PART)
        self._pack(name, data)

    def _drop(self, name: str) -> None:
        """Take a part away."""
        del self._by_name[name.lower()]
        self._forget(name)
        if name in self._added:
            self._added.remove(name)
        else:
            self._note(Kind.LOST, name, THE_PART)

    def _forget(self, name: str) -> None:
        """Let a part be what it was."""
        self._new.pop(name, None)
        self._moved.pop(name, None)
        self._comparisons.pop(name, None)
        self._not_compared.discard(name)

    def _note(self, kind: Kind, name: str, place: str) -> None:
        self._comparisons[name] = Comparison([Difference(kind, name, place)])

    def _pack(self, name: str, data: bytes) -> None:
        like = CONTENT_TYPES_PART if name in self._added else name
        info = self.archive.member(like).info
        self._new[name] = NewPart(name, data, info, self._workers)

    def settle(self) -> None:
        """Bring into the parts what is still kept beside them."""

    # ---------------------------------------------------------------- the file to be

    @property
    def comparison(self) -> Comparison:
        """What all changes have done to the parts as they were read."""
        self.settle()
        found = Comparison()
        for comparison in self._comparisons.values():
            found.add(comparison)
        for name, moved in self._moved.items():
            found.differences += moved.proof.differences
            found.cells_moved += moved.proof.cells_moved
            if name not in self._comparisons:
                found.cells_unchanged += moved.proof.cells_unchanged
        return found

    @property
    def changed(self) -> list[str]:
        """The parts that were there and will be written anew."""
        self.settle()
        return [name for name in self._new if name not in self._added]

    @property
    def added(self) -> list[str]:
        """The parts that were not there."""
        self.settle()
        return list(self._added)

    @property
    def removed(self) -> list[str]:
        """The parts that were there and will not be."""
        return [name for name in self.archive.names if name.lower() not in self._by_name]

    def members(self) -> Iterator[Member]:
        """The members of the file to be, in their order.

        Raises:
            DamagedWorkbookError: a member that is only copied fails its checksum; better to find
                it now than to hand it on.
        """
        self.settle()
        for name in self.names:
            new = self._new.get(name)
            if new is not None:
                yield new.member
            else:
                with self.naming_the_file():
                    member = self.archive.member(name)
                    member.unpack()
                yield member

    def verify(self, written: Archive) -> None:
        """Check a written file: each part is what was to be copied, or what was compared.

        A changed part was unpacked again when it was packed, so equal packed bytes say it all.

        Raises:
            DamagedWorkbookError: the file does not hold what was written to it.
        """
        self.settle()
        if written.names != self.names:
            raise DamagedWorkbookError("the written file does not hold the same parts.")
        for name in self.names:
            new = self._new.get(name)
            wanted = self.archive.member(name) if new is None else new.member
            member = written.member(name)
            if member.packed != wanted.packed or member.info.CRC != wanted.info.CRC:
                raise DamagedWorkbookError(f"the written file holds another {name}.")


@dataclass(frozen=True)
class PartMove:
    """What a part becomes when columns are inserted.

    Attributes:
        part: Its name.
        now: What it is, in the form in which its states are compared.
        after: What that becomes.
        base: What it was when the file was read.
        moved_base: What that becomes.
    """

    part: str
    now: bytes
    after: bytes
    base: bytes
    moved_base: bytes

    @property
    def changes(self) -> bool:
        """Whether anything moves."""
        return self.after != self.now or self.moved_base != self.base


@dataclass(frozen=True)
class MovedPart:
    """What a part was when it was read, with its places as they are since columns were inserted.

    Attributes:
        base: Its content.
        proof: What the insertion did beside moving it: nothing, or the promise is broken.
    """

    base: bytes
    proof: Comparison


class NewPart:
    """What a part holds now.

    A large one is packed at once, beside whatever else is done. A small one, which may change
    many times, is packed when the file is written.
    """

    def __init__(
        self, name: str, data: bytes, like: zipfile.ZipInfo, workers: ThreadPoolExecutor
    ) -> None:
        self._data: bytes | None = data
        self._packed: Callable[[], Member] = partial(_pack_and_check, name, data, like)
        if len(data) >= _LARGE:
            packing = workers.submit(self._packed)
            packing.add_done_callback(self._let_go)
            self._packed = packing.result

    def _let_go(self, _: Future[Member]) -> None:
        """Keep a large part only as it is packed."""
        self._data = None

    @property
    def data(self) -> bytes:
        """The part's bytes; while they are being packed nobody has to wait for that."""
        data = self._data
        return self.member.unpack() if data is None else data

    @cached_property
    def member(self) -> Member:
        """The part as it is packed."""
        return self._packed()


def _pack_and_check(name: str, data: bytes, like: zipfile.ZipInfo) -> Member:
    """Pack a part, and make sure that it unpacks to what it was."""
    member = pack(name, data, like)
    if member.unpack() != data:
        raise DamagedWorkbookError(f"the part {name} does not unpack to what was packed.")
    return member
