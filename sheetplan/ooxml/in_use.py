"""Whether somebody has a workbook open, told from the small files that office programs leave."""

from __future__ import annotations

from pathlib import Path

from sheetplan.errors import WorkbookInUseError


def who_has_open(path: Path) -> str | None:
    """The name of whoever has the workbook open; None if nobody has.

    Excel keeps an owner file `~$NAME` beside it: one byte for the length of a name, the name, and
    from byte 55 two bytes for its length and the name in UTF-16. LibreOffice keeps
    `.~lock.NAME#`, fields divided by commas.
    """
    owner = path.with_name(f"~${path.name}")
    if owner.is_file():
        return _excel_owner(owner)
    # Some versions put ~$ in the place of a long name's first two letters.
    shortened = path.with_name(f"~${path.name[2:]}")
    if shortened.is_file() and not path.with_name(path.name[2:]).exists():
        return _excel_owner(shortened)
    lock = path.with_name(f".~lock.{path.name}#")
    if lock.is_file():
        fields = lock.read_text("utf-8", "replace").split(",")
        return next((field for field in fields[:2] if field.strip()), "someone")
    return None


def _excel_owner(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError:
        return "someone"
    if not data:
        return "someone"
    length = int.from_bytes(data[55:57], "little")
    wide = data[57 : 57 + 2 * length].decode("utf-16-le", "replace").strip("\0 ")
    narrow = data[1 : 1 + data[0]].decode("latin-1").strip("\0 ")
    return next((name for name in (wide, narrow) if name.isprintable() and name), "someone")


def refuse_if_open(path: Path) -> None:
    """Raise WorkbookInUseError, naming who, when somebody has the workbook open."""
    name = who_has_open(path)
    if name is not None:
        raise WorkbookInUseError(
            f"the workbook is open in Excel or another program ({name} has it).",
            where=path,
            remedy="Save and close it, wait until it has synchronised, and run this again. If "
            "nobody has it open, delete the hidden file that begins with ~$ or .~lock beside it.",
        )
