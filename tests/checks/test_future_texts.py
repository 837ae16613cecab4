"""Promises: what is still to come, judged in July 2026, and what only looks like it."""

from __future__ import annotations

from datetime import date

import pytest

from sheetplan.checks.future_texts import FutureWords, names_time_ahead, promises
from sheetplan.model import Month
from tests.checks.test_texts import lines
from tests.reports.building import JULY, STANDARD

WORDS = FutureWords(STANDARD.checks.still_to_come, STANDARD.checks.meetings, STANDARD.dates)

HAVE_PASSED = """
    The paper will be taken to Cabinet on 12 May 2026.
    Delivery due in May.
    Will be handed over 13/05/26.
    Paper to go to Cabinet in June.
    Paper due March 2026 Cabinet
    The first visit will happen at the end of Q1.
    Talks planned for April/May 2026
    Opening is expected in spring 2026.
    Draft due to Cabinet the 23rd May
    Next Board meeting 12 June.
    The guide will be drafted, agreed and printed by the end of May 2026.
    Going to Scrutiny 14/06.
    Lessons are scheduled for w/c 8 June 2026
    On track for completion in May 26.
    On track for approval May 2026
    Two visits made; the third is due on 3 June.
    It was agreed in April that the plan will go to Council in May.
    New plan to be agreed at June Cabinet.
    Work will start from 1 June 2026.
    The count is to be held early June 2026
    Expected end 2025
    The price is anticipated by 30/06/2026.
    Due to be finished in Jun. The rest will follow.
    Due to start May 26
    The values will be adopted at Full Council on 21 May 2026 (JS 12/05/26)
    Works will run from April 2026 to June.
    """
HAVE_NOT = """
    The paper was taken to Cabinet on 12 May 2026.
    Delivery due in August.
    Will be handed over on 12 July.
    Paper to go to Cabinet in July.
    Due April 27
    Due to start July 26
    Works will run from June 2026 to August.
    The visit scheduled for May 2026 was cancelled.
    The team will answer the letters received in May.
    The plan will build on the work done in May 2026.
    The guide, which went to Cabinet in May, will be printed shortly.
    The plan will be changed following approval in May.
    The audit of the 2025/26 accounts will begin in September.
    The report will cover the time since April 2026.
    Lessons will go on. JS 12/6/26
    Lessons will go on (JS 12/06/26)
    Lessons will go on (12/06/26)
    All will be taught. KW 27/06
    Next annual report due May.
    Delayed due to staff sickness in May.
    The opening took place in May as planned.
    It was due in May and is now complete.
    The board will look at the June figures.
    The guide will be ready for the June report.
    Staff may join. They will meet weekly.
    The 12 May workshop will inform the plan.
    Will be handed over in February.
    Due diligence completed in May.
    Ran the lessons scheduled for May.
    The scheme will be held against the May 2026 baseline.
    The report will show the position at 31 March 2026.
    The guide will rest on data from April 2026.
    The tender will be let for 2025/26 and 2026/27.
    Officers expected a reply in May but the printer has not sent one.
    We had planned to print in May.
    Cabinet approved the policy on 9 June; minutes will be printed.
    In June the board agreed a plan that will run to March 2027.
    The post will be advertised again (first advert May 2026 drew nobody).
    Phase 2 will mirror phase 1 (May 2026).
    The next visit was made in May.
    The work planned for May is complete.
    The paper due in May went to Cabinet.
    Visits will be offered to the forty staff who missed the one on 3 June.
    An answer to the letter of 3 June will be sent.
    The auditor will look at the accounts for the year ended 31 March 2026.
    Will be told monthly from April 2026.
    Figures for May will be printed in August.
    The group will hold six meetings between May and October 2026.
    """


@pytest.mark.parametrize("text", lines(HAVE_PASSED))
def test_a_promise_that_should_have_been_kept_before_july_is_found(text):
    assert any(promise.last_day(JULY) < JULY.first_day for promise in promises(text, WORDS))


@pytest.mark.parametrize("text", ["", *lines(HAVE_NOT)])
def test_what_was_done_or_is_yet_to_come_is_not_found(text):
    assert not any(promise.last_day(JULY) < JULY.first_day for promise in promises(text, WORDS))


def test_a_promise_says_which_words_promise_and_until_when():
    text = "Forms are printed. The depot will open on 3 August 2026, and staff to be told in May."
    first, second = promises(text, WORDS)
    assert (first.quote, first.last_day(JULY)) == ("will open on 3 August 2026", date(2026, 8, 3))
    assert (second.quote, second.last_day(JULY)) == ("to be told in May", date(2026, 5, 31))
    assert first.sentence == second.sentence == text.partition(". ")[2]


@pytest.mark.parametrize(
    ("text", "written", "last_day"),
    [
        ("Due in May", Month(2026, 7), date(2026, 5, 31)),
        ("Due in May", Month(2026, 5), date(2026, 5, 31)),
        ("Due in May", Month(2026, 4), date(2026, 5, 31)),
        ("Due in April", Month(2026, 7), date(2026, 4, 30)),
        ("Due in March", Month(2026, 7), date(2027, 3, 31)),
        ("Due in December", Month(2027, 1), date(2026, 12, 31)),
        ("Due in Q3", Month(2027, 1), date(2026, 12, 31)),
        ("Due in Q3", Month(2027, 4), date(2027, 12, 31)),
        ("Due in the autumn", Month(2026, 12), date(2026, 11, 30)),
        ("Due in the autumn", Month(2027, 1), date(2027, 11, 30)),
        ("Due in May each year", Month(2026, 6), date(2027, 5, 31)),
        ("Due in May 2026", Month(2027, 12), date(2026, 5, 31)),
    ],
)
def test_a_month_without_a_year_has_just_passed_or_comes_next(text, written, last_day):
    assert [promise.last_day(written) for promise in promises(text, WORDS)] == [last_day]


@pytest.mark.parametrize("text", ["The printer starts in August", "Cabinet 3 September 2026"])
def test_a_time_after_the_month_is_ahead(text):
    assert names_time_ahead(text, JULY, STANDARD.dates)


@pytest.mark.parametrize(
    "text", ["", "Nobody applied", "Held on 3 July 2026", "Held in May", "Staff may ask"]
)
def test_a_time_within_the_month_or_before_is_not_ahead(text):
    assert not names_time_ahead(text, JULY, STANDARD.dates)
