"""What texts say: for each judgement the texts that it is true of, and what only looks like it."""

from __future__ import annotations

from time import perf_counter

import pytest

from sheetplan.checks.cut_off import is_cut_off
from sheetplan.checks.future_texts import FutureWords, promises
from sheetplan.checks.stamps import has_stamp
from sheetplan.checks.texts import (
    gives_next_step,
    gives_reason,
    note_to_colleague,
    says_late,
    says_nothing,
)
from tests.checks.building import lines
from tests.reports.building import STANDARD

WORDS = STANDARD.checks


# ---------------------------------------------------------------- nothing at all

NOTHING = """
    As above
    as per above.
    As June update
    as per June's update
    As reported in June 2026.
    See LC.A2.1
    See above / LC.A2.1
    No change
    No change to this action at present.
    No change for July. As above.
    No change JS 12/6/26
    (JS 12/06/26) No update
    No further update at this time
    Complete
    Action is now complete.
    Ongoing
    This action is ongoing
    ditto
    As last month - no change
    On track
    Update: as above
    August update
    Nothing to report
    TBC
    see 1.2
    """
SOMETHING = """
    As above, and the pilot has started
    As last month - forty more staff trained
    Complete - guide published on 3 June
    No change to the fees of £4m
    No change for August, the new form is being tested
    Complete in three of four depots
    Ongoing talks with the printer
    On track for delivery in September
    See the page on the website
    Due August
    August update went to Cabinet
    No issues to report
    Completed 31 of 44 plans
    See minutes of 12 June
    Nothing to report to Cabinet until the auditor replies
    """


@pytest.mark.parametrize("text", lines(NOTHING))
def test_formulas_alone_say_nothing(text):
    assert says_nothing(text, WORDS.says_nothing)


@pytest.mark.parametrize("text", ["", *lines(SOMETHING)])
def test_a_formula_that_goes_on_says_something(text):
    assert not says_nothing(text, WORDS.says_nothing)


# ---------------------------------------------------------------- reasons and next steps


@pytest.mark.parametrize(
    "text",
    lines(
        """
        Delayed due to sickness in the team
        Late because the printer closed
        The post is vacant
        Awaiting the auditor
        Slipped, as the survey had to be done again
        The roofer went out of business, so forty jobs came back
        Due to the frost the depot was shut
        """
    ),
)
def test_a_reason_is_recognised(text):
    assert gives_reason(text, WORDS.gives_reason, WORDS.meetings)


@pytest.mark.parametrize(
    "text",
    lines(
        """
        Due to be presented in May
        A talk is due to Leadership Team
        The paper is due to Cabinet in September
        The paper is due to the Audit Committee
        Scoping notes are due to go to the board
        Forms will be printed in October
        Three visits made so far
        """
    ),
)
def test_what_is_due_to_happen_is_no_reason(text):
    assert not gives_reason(text, WORDS.gives_reason, WORDS.meetings)


@pytest.mark.parametrize(
    "text",
    lines(
        """
        The paper will go to Cabinet
        Forms to be printed in May
        Two printers have been asked to quote
        A recovery plan is agreed
        """
    ),
)
def test_a_next_step_is_recognised(text):
    assert gives_next_step(text, WORDS.gives_next_step)


@pytest.mark.parametrize(
    "text",
    lines(
        """
        This will affect the opening date
        That will delay the works
        Nobody applied for the post
        The matter was raised with directors
        """
    ),
)
def test_what_a_delay_will_do_is_no_next_step(text):
    assert not gives_next_step(text, WORDS.gives_next_step)


# ---------------------------------------------------------------- delays

LATE = """
    The launch has slipped to September
    The count is delayed while a supplier is chosen
    Work was paused in May
    The works are behind schedule
    It has not been possible to recruit
    Recruitment has stalled
    There is a delay in the tender
    The opening was delayed until September
    On hold until the roof is mended
    In May the visits were delayed
    Delayed by six weeks and not on track
    """
NOT_LATE = """
    There is no delay to our works
    The works go on without delay
    Not delayed
    Little or no slippage
    Minor slippage only
    There was no risk of slippage
    To avoid further delay, two posts were filled
    Delays have been resolved
    The tender was delayed but is now complete
    The count was paused in May and restarted in June
    The count was paused in May. It resumed in June.
    Some slippage on drains, and the autumn opening is achievable
    Following a delay in the spring, all posts are filled
    Delayed discharges fell by 8%
    Actions to reduce delays in planning decisions are in place
    The capital slippage report went to Cabinet
    The slippage in the capital programme was reported
    If delayed, a second printer is ready
    The opening may be delayed by weather
    The opening isn't delayed
    Nothing is overdue
    Pay slips are now online
    Despite earlier delays the works are on schedule
    """


@pytest.mark.parametrize("text", lines(LATE))
def test_a_delay_is_recognised(text):
    assert says_late(text, WORDS.says_late)


@pytest.mark.parametrize("text", lines(NOT_LATE))
def test_a_delay_that_is_denied_feared_or_over_is_none(text):
    assert not says_late(text, WORDS.says_late)


# ---------------------------------------------------------------- notes to a colleague

NOTES = """
    Suggest this is closed, the guide is out
    Jo / Sam - suggest this is closed
    Work is done. Suggest closing.
    Yearly count done - check for closure
    Can this be shown as done?
    Can you check with HR
    Check with RT
    Need to check with RT on the date
    Guide drafted - SH to confirm
    Is this still needed?
    TBC by JS
    [JS to update]
    Date ???
    XX visits were made
    Visits made on xx June
    Pls confirm
    Not sure whether this was done
    PMO comment: who has the form
    Hi Sam, this is done
    Done. Thanks, Jo
    FYI this went to the board
    The board met. Who leads on this?
    """
FOR_EVERYBODY = """
    Officers will check with suppliers that prices hold
    The auditor suggests this is closed in the ledger
    Residents can check whether this applies to them
    The team can, if need be, confirm places
    HR to confirm the start date
    Cabinet to discuss in May
    The survey asked "Do you feel safe at work?"
    "What matters to you?" visits were made to staff
    Results were shared for discussion with unions
    Work with ICT to update laptops
    The panel could not be sure
    The letter thanked staff for their work
    Consultation: have your say, 400 replies
    The Chair has confirmed the date
    Suggested changes have been made
    Checks with banks are complete
    The PMO to be moved in May
    Sales of XXL shirts [size chart in the guide]
    """


@pytest.mark.parametrize("text", lines(NOTES))
def test_a_note_to_a_colleague_is_recognised(text):
    assert note_to_colleague(text, WORDS.to_colleague)


@pytest.mark.parametrize("text", lines(FOR_EVERYBODY))
def test_what_everybody_may_read_is_no_note(text):
    assert not note_to_colleague(text, WORDS.to_colleague)


# ---------------------------------------------------------------- cut off

CUT_OFF = """
    All ten minibuses are on order, and the first of them will be
    Parents were asked in three schools, and so far there are
    The form was taken to the staff panel on the
    We will meet the printer, agree a price and
    The group looked at the yard, the sheds,
    The group has met four times and is working with the builder to ag-
    Two posts are filled and the third is to be
    Savings are signed in four of six directorates (Adults, Children
    Talks began with the parish councils, including
    The draft has been shared for comment with
    Members asked that the contract should be managed by
    The next step would be to ensure that
    The draft has been read by officers and submitted for
    """
WHOLE = """
    All ten minibuses are on order and will come in time.
    All ten minibuses are on order and will come in time
    Lessons were given to all the teams that signed up
    Lessons were given to all of the managers that staff report to (JS 12/06/26)
    Visits were made on the points that members asked for
    Opening of the new yard is planned in May
    Officers chose between two models and settled on option A
    The work is shared between Finance, HR and IT
    1. Draft ready\\n2. Ask unions\\n3. Publish results
    Please see the papers for the meeting. Kind regards,
    All work is done and the minutes are in the folder. Many thanks,\\nJo
    The plan is now where the board said it ought to be
    Members have been told what the risks are
    The framework is in place (see the guide)
    The framework is in place and agreed (JS
    Every directorate has a plan that its accountant has signed off on
    Agreed with staff what they will be responsible for
    The form was handed to the director and to AS
    Ready and
    """


@pytest.mark.parametrize("text", lines(CUT_OFF))
def test_a_text_that_stops_in_mid_sentence_is_cut_off(text):
    assert is_cut_off(text)


@pytest.mark.parametrize("text", ["", *lines(WHOLE)])
def test_a_text_without_a_full_stop_may_well_be_whole(text):
    assert not is_cut_off(text)


@pytest.mark.parametrize("limit", [255, 1_024, 32_767])
def test_a_text_that_just_fits_into_an_old_field_is_cut_off(limit):
    text = ("Forms were printed and sent to every school in town " * 700)[:limit].strip()
    just_fits = text.ljust(limit, "s")
    assert is_cut_off(just_fits)
    assert not is_cut_off(f"{just_fits}s")
    assert not is_cut_off(f"{just_fits[:-1]}.")


# ---------------------------------------------------------------- speed


@pytest.mark.parametrize(
    "piece",
    [
        "will May 2026 ", "no delay ", "delay resolved ", "(", "a,", "is ,can ", "[ to", "? ",
        "A. ", "JS 12/06/26 ", "as above/", "w.w.", " -", "due to be ", "\n", "İ ",
    ],
)  # fmt: skip
def test_the_longest_cell_is_judged_at_once(piece):
    text = (piece * 32_767)[:32_767]
    began = perf_counter()
    list(promises(text, FutureWords(WORDS.still_to_come, WORDS.meetings, STANDARD.dates)))
    says_nothing(text, WORDS.says_nothing)
    is_cut_off(text)
    note_to_colleague(text, WORDS.to_colleague)
    says_late(text, WORDS.says_late)
    gives_reason(text, WORDS.gives_reason, WORDS.meetings)
    gives_next_step(text, WORDS.gives_next_step)
    has_stamp(text)
    assert perf_counter() - began < 2
