"""Every date of a real tracker means what a person says that it means."""

import json

import pytest

from tests.model.dates import EVERY_MONTH, expected, read, table

# By the date as typed. Every other date of the tracker stands in REAL_PHRASES.
REAL_DATES = dict(
    table("""
    2024         | year   | 2024-01    | 2024-12
    22-Dec       | month  | 2022-12
    22-Nov       | month  | 2022-11
    22-Oct       | month  | 2022-10
    22-Sep       | month  | 2022-09
    23-Apr       | month  | 2023-04
    23-Aug       | month  | 2023-08
    23-Jan       | month  | 2023-01
    23-Mar       | month  | 2023-03
    23-May       | month  | 2023-05
    Apr-22       | month  | 2022-04
    Apr-23       | month  | 2023-04
    Apr-24       | month  | 2024-04
    Apr-25       | month  | 2025-04
    Apr-27       | month  | 2027-04
    April 23     | month  | 2023-04
    Aug 23       | month  | 2023-08
    Aug-22       | month  | 2022-08
    Aug-23       | month  | 2023-08
    Autumn 2021  | season | 2021-09    | 2021-11
    Autumn 2022  | season | 2022-09    | 2022-11
    Autumn 23    | season | 2023-09    | 2023-11
    Dec-20       | month  | 2020-12
    Dec-21       | month  | 2021-12
    Dec-22       | month  | 2022-12
    Dec-23       | month  | 2023-12
    Feb-22       | month  | 2022-02
    Feb-23       | month  | 2023-02
    Jan          | unreadable | -
    Jan-22       | month  | 2022-01
    Jan-23       | month  | 2023-01
    Jan-24       | month  | 2024-01
    January 2023 | month  | 2023-01
    Jul- 24      | month  | 2024-07
    Jul-23       | month  | 2023-07
    Jul-24       | month  | 2024-07
    July 23      | month  | 2023-07
    Jun-21       | month  | 2021-06
    Jun-23       | month  | 2023-06
    Jun-24       | month  | 2024-06
    June         | unreadable | -
    June 2023    | month  | 2023-06
    June-23      | month  | 2023-06
    Mar 23       | month  | 2023-03
    Mar-22       | month  | 2022-03
    Mar-23       | month  | 2023-03
    Mar-24       | month  | 2024-03
    May-22       | month  | 2022-05
    May-23       | month  | 2023-05
    May-24       | month  | 2024-05
    Mid 2023     | part of year | 2023-05 | 2023-08
    Nov-22       | month  | 2022-11
    Nov-23       | month  | 2023-11
    Ocr 23       | month  | 2023-10
    Oct-22       | month  | 2022-10
    Oct-23       | month  | 2023-10
    October 2023 | month  | 2023-10
    Sep 23       | month  | 2023-09
    Sep-22       | month  | 2022-09
    Sep-23       | month  | 2023-09
    Sep-24       | month  | 2024-09
    Sept 23      | month  | 2023-09
    Spring 2023  | season | 2023-03    | 2023-05
    dec 22       | month  | 2022-12
    early 2024   | part of year | 2024-01 | 2024-04
    TBC          | to be confirmed | -
    tbc          | to be confirmed | -
    Ongoing      | ongoing | -
    ongoing      | ongoing | -
    on hold      | on hold | -
    """)
)
SWAPPED = {"22-Dec", "22-Nov", "22-Oct", "22-Sep", "23-Apr", "23-Aug", "23-Jan", "23-Mar", "23-May"}
# By the first cell that says it: the reference of its row and its field. Then what it means, its
# months, and its first and last day.
REAL_PHRASES = {
    ("PR.A3.3", "due_date"): ("recurring", (), "-"),
    ("PR.A2.3", "due_date"): ("recurring", (1, 7), "-"),
    ("SD.A1.2b", "due_date"): ("recurring", (), "-"),
    ("CO.D4.0", "due_date"): ("ongoing", (), "-"),
    ("OC.E2.3", "due_date"): ("unreadable", (), "-"),
    ("SD.A7.2", "due_date"): ("recurring", (), "-"),
    ("PR.C1.5", "due_date"): ("recurring", (1, 4, 7, 10), "2023-01 2023-10"),
    ("OC.H1.2", "due_date"): ("recurring", (1, 4, 7, 10), "-"),
    ("CO.B1.6", "due_date"): ("recurring", (1, 7), "-"),
    ("CO.D2.5", "due_date"): ("recurring", (3, 6, 9, 12), "-"),
    ("CO.B1.5", "due_date"): ("recurring", (6, 12), "-"),
    ("CO.B1.4", "due_date"): ("recurring", EVERY_MONTH, "-"),
    ("CO.C2.5", "due_date"): ("recurring", EVERY_MONTH, "-"),
    ("OC.E2.1", "due_date"): ("recurring", EVERY_MONTH, "-"),
    ("CO.C1.3", "start_date"): ("ongoing", (), "-"),
    ("CO.C2.4", "start_date"): ("recurring", (3, 6, 9, 12), "-"),
    ("CO.D2.5", "start_date"): ("recurring", (), "-"),
    ("OC.E2.5", "due_date"): ("recurring", (1, 4, 7, 10), "-"),
    ("CO.C1.3", "due_date"): ("recurring", (), "-"),
    ("DM.C3.1", "due_date"): ("recurring", (3, 6, 9, 12), "-"),
    ("PC.C1.2", "due_date"): ("to be confirmed", (), "-"),
    ("SD.D1.3", "due_date"): ("ongoing", (), "-"),
    ("PC.A1.4", "due_date"): ("recurring", (), "-"),
    ("PC.A1.5", "due_date"): ("recurring", EVERY_MONTH, "-"),
    ("PC.A4.2", "due_date"): ("ongoing", (), "-"),
    ("PC.A1.3", "due_date"): ("recurring", (2, 5, 8), "-"),
    ("PC.A4.3", "due_date"): ("recurring", (2, 5, 8, 11), "-"),
    ("CO.A1.11", "due_date"): ("recurring", (2, 5, 8, 11), "-"),
}


@pytest.fixture
def real_cells(shared):
    """The start and due dates of the real tracker by reference and field, as typed."""
    text = (shared / "data" / "improvement_plan_tracker_2023-07.json").read_text("utf-8")
    rows = [row for theme in json.loads(text)["themes"] for row in theme["rows"]]
    fields = ("start_date", "due_date")
    return {(row["ref"], field): row[field] for row in rows for field in fields if row[field]}


@pytest.mark.shared
def test_every_date_of_the_real_tracker_means_what_a_person_says_it_means(real_cells):
    wordy = {real_cells[place]: meaning for place, meaning in REAL_PHRASES.items()}
    assert set(real_cells.values()) == set(REAL_DATES) | set(wordy)
    for text, meaning in REAL_DATES.items():
        found = read(text)
        assert (found.precision, found.first, found.last) == meaning, text
    for text, (precision, falls_in, days) in wordy.items():
        found = read(text)
        first, *last = days.split()
        meaning = expected(precision, first, "".join(last))
        assert (found.precision, found.first, found.last) == meaning, text
        assert found.months == falls_in, text


@pytest.mark.shared
def test_only_the_swapped_and_the_misspelt_dates_of_the_real_tracker_are_mended(real_cells):
    mended = {text for text in real_cells.values() if read(text).mended}
    assert mended == SWAPPED | {"Ocr 23"}
