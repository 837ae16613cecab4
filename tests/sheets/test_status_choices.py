"""The words for a status that returns offer: the tracker's own, and only such as are understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.reading import read_layouts
from sheetplan.sheets.status_choices import StatusWords, status_words
from tests.builders import FIRST_SHEET, patched, workbook_from_text
from tests.sheets.building import STANDARD

JUNE, JULY = Month(2023, 6), Month(2023, 7)
EACH = tuple((*entry.words, *entry.alone)[0] for entry in STANDARD.vocabulary.entries)
"""The profile's first words for each meaning."""

PLAN = """
| Ref     | Action | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) |
| OC.A1.1 | Roof   | On track           | Begun              |                    |                    |
| OC.A1.2 | Doors  | Complete           | Painted            |                    |                    |
"""  # noqa: E501
LISTS = {"Lists": "| Status |\n| On Track- no slippage |\n|  |\n| On  Hold |\n| Complete |"}
WORDS = ("On Track- no slippage", "On Hold", "Complete")
Offers = Callable[[Any], Any]


def offered(path: Path, *offers: str, month: Month = JULY, **more: Any) -> StatusWords:
    """What is offered where the status cells of July have these sources of drop-downs."""

    def decorate(book: Any) -> None:
        sheet = book.get_worksheet_by_name("Theme 1")
        for at, source in enumerate(offers):
            sheet.data_validation(f"E{2 + at}", {"validate": "list", "source": source})
        for name, area in more.get("names", {}).items():
            book.define_name(name, area)

    sheets = {"Theme 1": more.get("plan", PLAN), **more.get("sheets", {})}
    return read(workbook_from_text(path / "plan.xlsx", sheets, decorate=decorate), month)


def read(path: Path, month: Month = JULY) -> StatusWords:
    reading = read_layouts(Workbook.open(path), STANDARD)
    return status_words(reading, month, STANDARD)


# ---------------------------------------------------------------- drop-downs


def test_a_list_typed_into_the_rule_is_offered_in_its_order(tmp_path: Path) -> None:
    found = offered(tmp_path, '"Complete,On track , N/A"')
    assert found == StatusWords(("Complete", "On track", "N/A"))


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("=Lists!$A$2:$A$9", {}),
        ("='Lists'!$A:$A", {}),
        ("=Statuses", {"Statuses": "=Lists!$A$2:$A$5"}),
        ("=STATUSES", {"Statuses": "=Other", "Other": "=Lists!$A$2:$A$5"}),
        ("=Statuses", {"Statuses": "=Lists!$A$1:$A$2", "'Theme 1'!Statuses": "=Lists!$A$2:$A$5"}),
    ],
    ids=["range", "column", "name", "name of a name", "the sheet's own name"],
)
def test_a_list_in_cells_of_another_sheet_is_offered_without_its_gaps(
    tmp_path: Path, source: str, names: dict[str, str]
) -> None:
    found = offered(tmp_path, source, names=names, sheets=LISTS)
    assert found.words == WORDS


def test_a_list_on_the_same_sheet_is_offered(tmp_path: Path) -> None:
    assert offered(tmp_path, "=$C$2:$C$3").words == ("On track", "Complete")


def test_a_list_that_excel_2010_stored_as_an_extension_is_offered(tmp_path: Path) -> None:
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": PLAN, **LISTS})
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    extension = (
        f'<extLst><ext xmlns:x14="{x14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
        '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" '
        'count="1"><x14:dataValidation type="list"><x14:formula1><xm:f>Lists!$A$2:$A$5</xm:f>'
        "</x14:formula1><xm:sqref>E2:E3</xm:sqref></x14:dataValidation></x14:dataValidations>"
        "</ext></extLst></worksheet>"
    )
    patched(path, {FIRST_SHEET: lambda data: re.sub(b"</worksheet>", extension.encode(), data)})
    assert read(path).words == WORDS


def test_several_lists_are_one_with_each_word_once_as_it_is_first_spelt(tmp_path: Path) -> None:
    second = PLAN.replace("OC.A1", "OC.B1")
    found = offered(
        tmp_path, '"On-Track,Complete"', '"On track,On hold"', sheets={"Theme 2": second}
    )
    assert found.words == ("On-Track", "Complete", "On hold")


def test_words_that_are_not_understood_are_left_out_and_told_once(tmp_path: Path) -> None:
    found = offered(tmp_path, '"On track,Onn hold,Purple"', '"onn hold"')
    assert found.words == ("On track",)
    first, second = found.findings
    assert str(first) == (
        'Theme 1!E2: the drop-down offers "Onn hold", which is not in the vocabulary, so returns '
        'do not offer it. Did you mean "On hold"? Correct the list, or add the words under '
        "[status] in sheetplan.toml."
    )
    assert '"Purple"' in second.message
    assert "Did you mean" not in second.message


@pytest.mark.parametrize(
    "source",
    [
        '=INDIRECT("Statuses[Status]")',
        "=OFFSET(Lists!$A$1,1,0,3,1)",
        "=NoSuchName",
        "=Gone!$A$1:$A$3",
        "=Circle",
        '"Purple,Pink"',
    ],
)
def test_a_list_that_offers_nothing_understood_counts_as_none(tmp_path: Path, source: str) -> None:
    found = offered(tmp_path, source, names={"Circle": "=Circle"}, sheets=LISTS)
    assert found.words == EACH


def test_drop_downs_of_other_columns_and_months_do_not_count(tmp_path: Path) -> None:
    assert offered(tmp_path, '"On hold"', month=JUNE).words == EACH


# ---------------------------------------------------------------- what is typed


def test_without_drop_downs_a_meaning_in_use_is_offered_as_it_is_spelt_most(
    tmp_path: Path,
) -> None:
    plan = """
    | Ref     | Status (June 2023)        | Update (June 2023) | Status (July 2023) | Update (July 2023) |
    | OC.A1.1 | Complete                  | Done               | On  Track - ok     |                    |
    | OC.A1.2 | On Track - ok             | Begun              | On Track - ok      |                    |
    | OC.A1.3 | On track                  | Begun              | Onn track          |                    |
    """  # noqa: E501
    assert offered(tmp_path, plan=plan).words == ("On Track - ok", *EACH[1:])


def test_of_spellings_that_are_used_alike_the_shortest_is_offered(tmp_path: Path) -> None:
    plan = PLAN.replace("Complete  ", "On track, all is well")
    assert offered(tmp_path, plan=plan).words[0] == "On track"


def test_a_meaning_that_nobody_used_yet_is_offered_too(tmp_path: Path) -> None:
    """Whoever was on track last month may have slipped this month."""
    plan = PLAN.replace("Complete", "On track")
    assert offered(tmp_path, plan=plan).words == EACH


def test_where_no_status_was_ever_typed_the_profiles_words_are_offered(tmp_path: Path) -> None:
    plan = PLAN.replace("On track", "        ").replace("Complete", "        ")
    found = offered(tmp_path, plan=plan).words
    assert found == EACH


@pytest.mark.shared
def test_the_real_tracker_offers_the_words_of_its_drop_downs(shared: Path) -> None:
    found = read(shared / "data" / "improvement_plan_tracker_2023-07.xlsx")
    understood = [STANDARD.vocabulary.understand(words) for words in found.words]
    assert len(found.words) == len({entry.meaning for entry in understood if entry}) == 10
    assert found.findings == ()
