"""Drop-downs, conditional formats, protected ranges and ignored errors over the months."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.builders import FIRST_SHEET, parts_of, patched, replaced
from tests.shapes.shape import pairs, shape

WORDS = ["On track", "Complete", "Closed", "N/A"]
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
RULES_OF_2010 = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"
DROP_DOWNS_OF_2010 = "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"


def _formula(book: Any, formula: str, **options: Any) -> dict[str, Any]:
    bold = book.add_format({"bold": True})
    return {"type": "formula", "criteria": formula, "format": bold, **options}


def _extended(path: Path, *extensions: tuple[str, str]) -> Path:
    """Put extensions (uri, content) at the end of the first sheet."""
    inside = "".join(
        f'<ext uri="{uri}" xmlns:x14="{_X14}" xmlns:xm="{_XM}">{content}</ext>'
        for uri, content in extensions
    )
    return replaced(path, FIRST_SHEET, "</worksheet>", f"<extLst>{inside}</extLst></worksheet>")


@shape()
def drop_downs(path: Path) -> Path:
    """One list of statuses for all months, and a limit to the length of July's updates."""

    def decorate(_: object, sheet: Any) -> None:
        statuses = {"validate": "list", "source": WORDS, "other_cells": [[1, 4, 3, 4]]}
        sheet.data_validation("C2:C4", statuses)
        sheet.data_validation(
            "F2:F4", {"validate": "length", "criteria": "<=", "value": 500, "input_title": "Brief"}
        )

    return pairs(path, decorate)


@shape()
def drop_downs_of_2010(path: Path) -> Path:
    """The list stands on another sheet, as Excel has stored it since 2010."""

    def decorate(book: Any, _: object) -> None:
        book.add_worksheet("Lists").write_column("A1", WORDS)

    rule = (
        '<x14:dataValidations count="1"><x14:dataValidation type="list" allowBlank="1">'
        "<x14:formula1><xm:f>Lists!$A$1:$A$4</xm:f></x14:formula1>"
        "<xm:sqref>C2:C4 E2:E4</xm:sqref></x14:dataValidation></x14:dataValidations>"
    )
    return _extended(pairs(path, decorate), (DROP_DOWNS_OF_2010, rule))


@shape()
def drop_down_from_cells_below(path: Path) -> Path:
    """The list of statuses stands under July's own statuses."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.write_column("E8", WORDS)
        sheet.data_validation("E2:E4", {"validate": "list", "source": "=$E$8:$E$11"})

    return pairs(path, decorate)


@shape()
def colours_of_2007(path: Path) -> Path:
    """The statuses of each month have a rule of their own."""

    def decorate(book: Any, sheet: Any) -> None:
        for column in "CE":
            sheet.conditional_format(
                f"{column}2:{column}4", _formula(book, f'={column}2="Complete"')
            )

    return pairs(path, decorate)


@shape()
def colours_of_2010(path: Path) -> Path:
    """The rule compares with a cell on another sheet, which needs the rules of 2010."""

    def decorate(book: Any, _: object) -> None:
        book.add_worksheet("Lists").write_column("A1", WORDS)

    rule = (
        '<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="expression"'
        ' priority="1" id="{6A4C7A52-0000-4000-8000-000000000001}"><xm:f>E2=Lists!$A$2</xm:f>'
        "<x14:dxf><font><b/></font></x14:dxf></x14:cfRule><xm:sqref>C2:C4 E2:E4</xm:sqref>"
        "</x14:conditionalFormatting></x14:conditionalFormattings>"
    )
    return _extended(pairs(path, decorate), (RULES_OF_2010, rule))


@shape()
def data_bars_of_both_kinds(path: Path) -> Path:
    """A data bar has one half in the rules of 2007 and the other in those of 2010."""
    return pairs(
        path,
        lambda _, sheet: sheet.conditional_format(
            "E2:F4", {"type": "data_bar", "data_bar_2010": True}
        ),
    )


@shape()
def colours_by_a_fixed_column(path: Path) -> Path:
    """Status and update are coloured by the status, which the rule reads absolutely."""

    def decorate(book: Any, sheet: Any) -> None:
        for status, update in ("CD", "EF"):
            for words in ("Complete", "Closed"):
                sheet.conditional_format(
                    f"{status}2:{update}4", _formula(book, f'=${status}2="{words}"')
                )

    return pairs(path, decorate)


@shape()
def whole_rows_by_the_latest_status(path: Path) -> Path:
    """Each row is coloured by July's status, from its first column to its last month."""

    def decorate(book: Any, sheet: Any) -> None:
        sheet.conditional_format("A2:F4", _formula(book, '=$E2="Complete"'))

    return pairs(path, decorate)


@shape()
def rows_to_the_edge_by_the_latest_status(path: Path) -> Path:
    """The same over all columns that a sheet has."""

    def decorate(book: Any, sheet: Any) -> None:
        sheet.conditional_format("A2:XFD4", _formula(book, '=$E2="Complete"'))

    return pairs(path, decorate)


@shape()
def rules_over_whole_rows_and_columns(path: Path) -> Path:
    """A drop-down holds for all of column E, a colour for all columns of the rows."""

    def decorate(book: Any, sheet: Any) -> None:
        sheet.data_validation("E1:E1048576", {"validate": "list", "source": WORDS})
        sheet.conditional_format("A2:XFD4", _formula(book, '=A2="Closed"'))

    return pairs(path, decorate)


@shape()
def rules_that_stop_others(path: Path) -> Path:
    """Two ranges over July, with several rules in each, tried in turns."""

    def decorate(book: Any, sheet: Any) -> None:
        sheet.conditional_format("E2:E4", _formula(book, '=$E2="Complete"'))
        sheet.conditional_format("E2:F4", _formula(book, '=$E2="Closed"', stop_if_true=True))
        sheet.conditional_format("E2:E4", _formula(book, '=$E2<>""'))

    path = pairs(path, decorate)
    # The second range's rule comes first of all, as when somebody moved it up in Excel's list.
    found = parts_of(path)[FIRST_SHEET].decode()
    for old, new in (("1", "two"), ("2", "one"), ("two", "2"), ("one", "1")):
        found = found.replace(f'priority="{old}"', f'priority="{new}"')
    return patched(path, {FIRST_SHEET: lambda _: found.encode()})


@shape()
def protected_sheet(path: Path) -> Path:
    """The sheet is protected, with a range that officers may fill in, and green corners hushed."""

    def decorate(book: Any, sheet: Any) -> None:
        sheet.protect("secret", {"format_cells": True})
        sheet.unprotect_range("C2:F4", "Months")
        sheet.unprotect_range("E2:E4", "Status")
        sheet.ignore_errors({"number_stored_as_text": "C2:F4"})
        sheet.write("E2", "Complete", book.add_format({"locked": False}))

    return pairs(path, decorate)
