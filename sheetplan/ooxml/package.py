"""A workbook as a package of parts, of which only those that change are written anew."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from sheetplan.errors import DamagedWorkbookError, NotAWorkbookError, SheetplanError
from sheetplan.ooxml.archive import Archive, Member, pack
from sheetplan.ooxml.inventory.comparison import Comparison, compare_part
from sheetplan.ooxml.recognition import (
    EDITABLE,
    refuse_other_packages,
    refuse_what_is_no_package,
    unusable_type,
)
from sheetplan.ooxml.relationships import (
    ContentTypes,
    Relationship,
    read_relationships,
    relationships_part,
)
from sheetplan.ooxml.sheet_rows import plain_form
from sheetplan.ooxml.xml import parse, serialise

_MOST_BYTES_IN_A_FILE = 256 * 1024**2


class Package:
    """The parts of one workbook file, read when they are needed.

    Parts are changed inside `editing`, which compares the later form of each with the earlier
    one; `comparison` is the sum of that, and what the promise is checked against.
    """

    def __init__(self, data: bytes, name: str = "workbook") -> None:
        self.name = name
        self.archive = _open_archive(data)
        self._by_name = {name.lower(): name for name in self.archive.names}
        self._trees: dict[str, etree._Element] = {}
        self._new: dict[str, Future[Member]] = {}
        self._ahead: dict[str, Future[bytes]] = {}
        self._workers = ThreadPoolExecutor(max_workers=2)
        self._comparisons: dict[str, Comparison] = {}
        self.content_types = ContentTypes(self.xml("[Content_Types].xml"))
        self.main_part = self._find_main_part()

    @classmethod
    def open(cls, path: Path) -> Package:
        """Read the package at `path`.

        Raises:
            WorkbookError: one of its families, saying what is wrong with the file and what to do.
        """
        try:
            _refuse_what_is_no_file(path)
            data = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotAWorkbookError(
                "there is no such file.", where=str(path), remedy="Check the name and the folder."
            ) from error
        except PermissionError as error:
            raise NotAWorkbookError(
                "you do not have permission to read this file, or it is open in a program that "
                "locks it.",
                where=path,
                remedy="Close it in Excel, or ask for access.",
            ) from error
        except OSError as error:
            raise NotAWorkbookError(
                f"the file cannot be read ({error.strerror or error}).",
                where=path,
                remedy="Copy it to this computer's own disk and try there.",
            ) from error
        try:
            return cls(data, path.name)
        except SheetplanError as error:
            error.where = error.where or path.name
            raise

    def _find_main_part(self) -> str:
        for relationship in self.relationships(""):
            if relationship.kind == "officeDocument" and relationship.is_office:
                kind = self.content_types.of(relationship.target)
                if kind.lower() not in EDITABLE:
                    raise unusable_type(kind)
                return self.resolve(relationship.target)
        raise DamagedWorkbookError(
            "the file is damaged: it does not say which of the parts inside it is the workbook.",
            remedy="Open it in Excel, let it repair the file, save it and try again.",
        )

    # ---------------------------------------------------------------- reading

    @property
    def names(self) -> list[str]:
        """The names of all parts, in the order of the file."""
        return self.archive.names

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
        """The part's bytes as they were when the file was read."""
        with self.naming_the_file():
            name = self.resolve(part)
            ahead = self._ahead.pop(name, None)
            return self._unpack(name) if ahead is None else ahead.result()

    def read_ahead(self, parts: Iterable[str]) -> None:
        """Unpack parts that will be wanted soon, beside whatever else is done."""
        for name in map(self.resolve, parts):
            self._ahead[name] = self._workers.submit(self._unpack, name)

    def _unpack(self, name: str) -> bytes:
        return self.archive.member(name).unpack()

    def current(self, part: str) -> bytes:
        """The part's bytes as they are now, with changes that were made."""
        name = self.resolve(part)
        new = self._new.get(name)
        return self.read(name) if new is None else new.result().unpack()

    def xml(self, part: str) -> etree._Element:
        """The part's root element, parsed once."""
        name = self.resolve(part)
        if name not in self._trees:
            with self.naming_the_file():
                self._trees[name] = parse(self.current(name), name)
        return self._trees[name]

    def relationships(self, part: str) -> list[Relationship]:
        """The relationships of a part, or with an empty name those of the package."""
        holder = relationships_part(part)
        if holder not in self:
            return []
        return read_relationships(self.xml(holder), part)

    def related(self, part: str, kind: str) -> list[str]:
        """The parts inside the package to which `part` has relationships of a kind."""
        return [
            self.resolve(relationship.target)
            for relationship in self.relationships(part)
            if relationship.kind == kind and not relationship.external
        ]

    # ---------------------------------------------------------------- writing

    @contextmanager
    def editing(self, part: str) -> Iterator[etree._Element]:
        """Lend the part's root for changes, and keep what it has become.

        Nothing is kept when an exception leaves the block, or when the part reads as before.
        """
        name = self.resolve(part)
        root = self.xml(name)
        before = serialise(root)
        try:
            yield root
        finally:
            # A tree that was changed, wholly or in part, is never read again.
            del self._trees[name]
        self.replace(name, before, serialise(root))

    def replace(self, part: str, before: bytes, after: bytes) -> None:
        """Give a part other content, and compare it with what it was.

        Args:
            part: The part.
            before: Its content, in the same form as `after`: as `serialise` gives it, or as it
                was read.
            after: Its new content. Nothing happens when it is equal.
        """
        if after == before:
            return
        name = self.resolve(part)
        kind = self.content_types.of(name)
        if name in self._comparisons:  # it was changed before: what counts is how it was read
            before = self._as_read(name, kind)
        self._comparisons[name] = compare_part(name, kind, before, after)
        info = self.archive.member(name).info
        self._new[name] = self._workers.submit(_pack_and_check, name, after, info)

    def _as_read(self, part: str, kind: str) -> bytes:
        """A part as it was when the file was read, in a form that can be compared."""
        data = self.read(part)
        if kind.endswith(".worksheet+xml"):
            return plain_form(data, part)
        return serialise(parse(data, part))

    @property
    def comparison(self) -> Comparison:
        """What all changes have done to the parts as they were read."""
        found = Comparison()
        for comparison in self._comparisons.values():
            found.add(comparison)
        return found

    @property
    def changed(self) -> list[str]:
        """The parts that will be written anew."""
        return list(self._new)

    def members(self) -> Iterator[Member]:
        """The members of the file to be, in the order of the file that was read.

        Raises:
            DamagedWorkbookError: a member that is only copied fails its checksum; better to find
                it now than to hand it on.
        """
        for name in self.names:
            new = self._new.get(name)
            if new is not None:
                yield new.result()
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
        if written.names != self.names:
            raise DamagedWorkbookError("the written file does not hold the same parts.")
        for name in self.names:
            new = self._new.get(name)
            wanted = self.archive.member(name) if new is None else new.result()
            member = written.member(name)
            if member.packed != wanted.packed or member.info.CRC != wanted.info.CRC:
                raise DamagedWorkbookError(f"the written file holds another {name}.")


def _pack_and_check(name: str, data: bytes, like: zipfile.ZipInfo) -> Member:
    """Pack a part, and make sure that it unpacks to what it was."""
    member = pack(name, data, like)
    if member.unpack() != data:
        raise DamagedWorkbookError(f"the part {name} does not unpack to what was packed.")
    return member


def _refuse_what_is_no_file(path: Path) -> None:
    size = path.stat().st_size
    if not path.is_file():
        what = "a folder" if path.is_dir() else "a device"
        raise NotAWorkbookError(
            f"this is {what}, not a workbook.",
            where=str(path),
            remedy="Name the workbook itself, such as improvement_plan.xlsx.",
        )
    if size > _MOST_BYTES_IN_A_FILE:
        raise NotAWorkbookError(
            f"the file has {size / 1024**2:,.0f} MB; sheetplan reads up to "
            f"{_MOST_BYTES_IN_A_FILE // 1024**2} MB.",
            where=path,
            remedy="Remove pictures or old sheets, or split the workbook.",
        )


def _open_archive(data: bytes) -> Archive:
    refuse_what_is_no_package(data)
    archive = Archive(data)
    mimetype = archive.member("mimetype").unpack() if "mimetype" in archive.names else b""
    refuse_other_packages(archive.names, mimetype)
    return archive
