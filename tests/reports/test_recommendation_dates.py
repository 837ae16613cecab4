"""When a recommendation was sent and considered, and whether within the month of Schedule 7."""

from datetime import date as day

import pytest

from sheetplan.model.support import Recommendation
from sheetplan.reports.recommendation_dates import dates_in_words, last_day_to_consider
from tests.reports.building import JULY, STANDARD, date


@pytest.mark.parametrize(
    ("sent", "last"),
    [
        (day(2026, 3, 3), day(2026, 4, 2)),
        (day(2026, 3, 1), day(2026, 3, 31)),
        (day(2026, 12, 15), day(2027, 1, 14)),
        (day(2026, 1, 31), day(2026, 2, 28)),
        (day(2028, 1, 31), day(2028, 2, 29)),
        (day(2026, 1, 29), day(2026, 2, 28)),
        (day(2026, 1, 28), day(2026, 2, 27)),
    ],
)
def test_the_month_begins_with_the_day_on_which_it_was_sent(sent, last):
    assert last_day_to_consider(sent) == last


@pytest.mark.parametrize(
    ("source", "sent", "considered", "words"),
    [
        ("Statutory", "3 March 2026", "2 April 2026",
         "Sent 3 March 2026; considered 2 April 2026, within the month that the law gives"),
        ("Statutory", "3 March 2026", "3 April 2026",
         "Sent 3 March 2026; considered 3 April 2026, after the month that the law gives, which "
         "ended on 2 April 2026 unless the auditor allowed more time"),
        ("Statutory", "March 2026", "April 2026", "Sent March 2026; considered April 2026"),
        ("Statutory", "March 2026", "May 2026",
         "Sent March 2026; considered May 2026, after the month that the law gives, which ended on "
         "30 April 2026 unless the auditor allowed more time"),
        ("Statutory", "3 March 2026", "",
         "Sent 3 March 2026; no date of consideration recorded, and the month that the law gives "
         "ended on 2 April 2026 unless the auditor allowed more time"),
        ("Statutory", "20 July 2026", "",
         "Sent 20 July 2026; to be considered by 19 August 2026"),
        ("Statutory", "", "2 April 2026", "Date sent not recorded; considered 2 April 2026"),
        ("Statutory", "", "", "Date sent not recorded; no date of consideration recorded"),
        ("LGA", "3 March 2026", "3 July 2026", "Sent 3 March 2026; considered 3 July 2026"),
        ("Non-statutory", "3 March 2026", "3 July 2026",
         "Sent 3 March 2026; considered 3 July 2026"),
        ("LGA", "3 March 2026", "", "Sent 3 March 2026; no date of consideration recorded"),
    ],
)  # fmt: skip
def test_dates_are_words_and_nothing_is_claimed_that_they_do_not_show(
    source, sent, considered, words
):
    recommendation = Recommendation(
        "S1", source, "Text", date(sent) if sent else None, date(considered) if considered else None
    )
    assert dates_in_words(recommendation, JULY, STANDARD) == words
