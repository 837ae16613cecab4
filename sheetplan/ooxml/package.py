"""A workbook as a package of parts, of which only those that change are written anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from sheetplan.errors import DamagedWorkbookError, NotAWorkbookError, SheetplanError
from sheetplan.ooxml.archive import Archive
from sheetplan.ooxml.inventory.comparison import ALL_OF_IT, THE_PART, Comparison
from sheetplan.ooxml.inventory.moved import compare_moved
from sheetplan.ooxml.inventory.undoing import Undoing
from sheetplan.ooxml.parts import CONTENT_TYPES_PART, PartMove, Parts
from sheetplan.ooxml.plain_form import plain_form
from sheetplan.ooxml.recognition import (
    EDITABLE,
    refuse_other_packages,
    refuse_what_is_no_package,
    unusable_type,
)
from sheetplan.ooxml.relationships import (
    NO_RELATIONSHIPS,
    RELATIONSHIPS_TYPE,
    ContentTypes,
    Relationship,
    append_relationships,
    free_id,
    read_relationships,
    relationships_part,
)
from sheetplan.ooxml.xml import parse, serialise

_MOST_BYTES_IN_A_FILE = 256 * 1024**2


class Package(Parts):
    """The parts of one workbook file, and how they find one another.

    Parts are changed inside `editing`, which compares the later form of each with the earlier one.
    """

    def __init__(self, data: bytes, name: str = "workbook") -> None:
        super().__init__(_open_archive(data), name)
        self._trees: dict[str, etree._Element] = {}
        self.content_types = ContentTypes(self.xml(CONTENT_TYPES_PART))
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
        self._trees.pop(name, None)
        self._put(name, before, after, kind)

    def _as_read(self, part: str, kind: str) -> bytes:
        """A part as it was when the file was read, in a form that can be compared."""
        if part in self._not_compared:
            return b""
        if part in self._moved:
            return self._moved[part].base
        return self._comparable(self.read(part), part, kind)

    def _comparable(self, data: bytes, part: str, kind: str) -> bytes:
        """A part in the form in which two of its states are compared."""
        if kind.endswith(".worksheet+xml"):
            return plain_form(data, part)
        return serialise(parse(data, part)) if kind.endswith("xml") else data

    def planned_move(self, part: str, change: Callable[[bytes], bytes]) -> PartMove:
        """What a part becomes when columns are inserted. Nothing changes.

        What it was when the file was read is moved in the same way: later changes are compared with
        that, and it is proved to be what it was but for the places.

        Args:
            part: The part.
            change: From its content, as `replace` wants it, to what that becomes.
        """
        name = self.resolve(part)
        kind = self.content_types.of(name)
        now = self._comparable(self.current(name), name, kind)
        after = change(now)
        if name not in self._comparisons or name in self._not_compared:
            return PartMove(name, now, after, now, after)
        base = self._as_read(name, kind)  # it was changed before
        return PartMove(name, now, after, base, change(base))

    def move(self, move: PartMove, undoing: Undoing) -> None:
        """Carry out a planned move.

        Args:
            move: The move.
            undoing: What takes the insertion back, to prove it; also that what stays may stay.
        """
        name, kind = move.part, self.content_types.of(move.part)
        proof = Comparison()
        if name not in self._not_compared:
            proof = compare_moved(name, kind, move.base, move.moved_base, undoing)
        if not move.changes and not proof.differences:
            return
        self._trees.pop(name, None)
        if name in self._not_compared:
            self._pack(name, move.after)
        else:
            self._put_moved(move, proof, kind)

    def overwrite(self, part: str, data: bytes) -> None:
        """Give a part content that has nothing to do with what it was, so is not compared with it.

        The promise holds only when (part, "all of it") was agreed.
        """
        name = self.resolve(part)
        self._trees.pop(name, None)
        self._put_anew(name, data)

    def add(self, part: str, data: bytes, content_type: str) -> None:
        """Add a part at the end of the file, or in the place of one that was taken away; `relate`
        makes it be found.

        Raises:
            ValueError: there is a part of that name; `free_name` gives another.
        """
        self._put_new(part, data)
        self.content_types.add(part, content_type)

    def relate(self, source: str, type: str, target: str, *, external: bool = False) -> str:
        """Make a relationship from a part (the package itself for an empty name) to another.

        Args:
            source: The part that it starts from.
            type: The whole type, such as OFFICE_RELATIONSHIPS + "/table".
            target: The part's name; what is external is kept as it is spelled.
            external: Whether the target lies outside of the package.

        Returns:
            The new relationship's id.
        """
        identifier = free_id(r.id for r in self.relationships(source))
        self.relate_all(source, [Relationship(identifier, type, target, external)])
        return identifier

    def relate_all(self, source: str, relationships: Iterable[Relationship]) -> None:
        """Add relationships with the ids that they have, which are free."""
        holder = relationships_part(source)
        if holder not in self:
            self.add(holder, NO_RELATIONSHIPS, RELATIONSHIPS_TYPE)
        with self.editing(holder) as root:
            append_relationships(root, source, relationships)

    def remove(self, part: str, *, source: str) -> frozenset[tuple[str, str]]:
        """Take away the relationships from `source` to a part, and the part with all that only it
        leads to. A part that others lead to stays.

        Returns:
            The (part, place) pairs that the promise has to be told are agreed.
        """
        name = self.resolve(part).lower()
        ids = {
            r.id for r in self.relationships(source) if not r.external and r.target.lower() == name
        }
        return self.unrelate(source, ids)

    def unrelate(self, source: str, ids: Collection[str]) -> frozenset[tuple[str, str]]:
        """Take away relationships of a part, and the parts that nothing leads to any more.

        Returns:
            The (part, place) pairs that the promise has to be told are agreed: that such a part
            goes, or that another takes its place.
        """
        if not ids:
            return frozenset()
        reached = self._reachable()
        holder = self.resolve(relationships_part(source))
        with self.editing(holder) as root:
            for element in [e for e in root if e.get("Id") in ids]:
                root.remove(element)
        agreed = {(holder, f"relationship {identifier}") for identifier in ids}
        gone = reached - self._reachable()
        holders = {relationships_part(name) for name in gone}
        for name in sorted(gone | {self.resolve(h) for h in holders if h in self}):
            self._trees.pop(name, None)
            self._drop(name)
            self.content_types.remove(name)
            agreed |= {(name, THE_PART), (name, ALL_OF_IT)}
            agreed.add((CONTENT_TYPES_PART, f"content type of {name}"))
        return frozenset(agreed)

    def _reachable(self) -> set[str]:
        """The parts that relationships lead to, from the package itself on."""
        found: set[str] = set()
        to_do = [""]
        while to_do:
            for relationship in self.relationships(to_do.pop()):
                if not relationship.external and relationship.target in self:
                    name = self.resolve(relationship.target)
                    if name not in found:
                        found.add(name)
                        to_do.append(name)
        return found

    def settle(self) -> None:
        """Bring the content types of parts that were added or removed into their part."""
        if not self.content_types.is_settled:
            with self.editing(CONTENT_TYPES_PART) as root:
                self.content_types.settle(root)


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
