"""Focus 1 blocks: what officers wrote, what the tracker says, and what is missing."""

from sheetplan.model.support import Narrative, Standing, SupportRecords
from sheetplan.reports.summary import summarise
from tests.reports.building import JULY, JUNE, MAY, STANDARD, tracker

PEOPLE = """
Theme 1 - People
BC.A1.0 | Focus 1 | | N/A | N/A
BC.A1.1 | | Apr-26 | On track: Begun | Medium progress: Half done
BC.A1.2 | | | On track: Same | On track: Same
BC.A1.3 | | | On track: Begun | On track
BC.A2.0 | Focus 1 | | N/A | N/A: Spoken of
BC.A2.1 | | | On track: Begun | On track: Going on
"""
MONEY = """
Theme 2 - Money
MF.A1.0 | Focus 2 | | N/A | N/A
MF.A1.1 | | | On track: Begun | On track: Going on
"""


def narrative(block: str, **what) -> Narrative:
    what = {"month": JULY, "summary": "Well.", "next_steps": "More.", **what}
    return Narrative(block=block, standing=Standing("Narrative", 7), **what)


def report(*narratives: Narrative):
    records = SupportRecords(narratives=narratives)
    return summarise(tracker(PEOPLE, MONEY), records, JULY, STANDARD)


def blocks(*narratives: Narrative, theme: int = 0):
    return report(*narratives).themes[theme].focus_blocks


def found(code: str, *narratives: Narrative):
    return [finding for finding in report(*narratives).findings if finding.code == code]


def test_block_has_what_was_written_for_the_month():
    block, _ = blocks(narrative("BC.A1.0", title="The new offer"), narrative("BC.A2.0"))
    assert (block.title, block.summary, block.next_steps) == ("The new offer", "Well.", "More.")
    assert (block.theme, block.is_carried) == ("Theme 1 - People", False)
    assert found("narrative-missing", narrative("BC.A1.0"), narrative("BC.A2.0")) == []


def test_block_says_that_nothing_was_written_and_it_is_a_finding():
    block, _ = blocks(narrative("BC.A1.0", month=JUNE))
    assert block.summary == "No summary has been written for July 2026"
    assert block.next_steps == "No next steps have been written for July 2026"
    (finding,) = found("narrative-missing")
    assert "reported in full: BC.A1.0, BC.A2.0." in finding.message


def test_only_what_is_missing_is_a_finding():
    (finding, others) = found("narrative-missing", narrative("BC.A1.0", next_steps=" "))
    assert (finding.sheet, finding.cell) == ("Narrative", "7:7")
    assert finding.message == "no next steps for July 2026. Write what is missing."
    assert "reported in full: BC.A2.0." in others.message


def test_words_that_were_carried_forward_are_marked_with_their_month():
    block, _ = blocks(
        narrative("BC.A1.0", month=MAY),
        narrative("BCA1.0", month=JUNE, carried=True),
        narrative("BC.A1.0", carried=True),
    )
    assert block.is_carried
    assert block.summary == "Well. (carried forward from May 2026, not yet edited)"
    assert block.next_steps == "More. (carried forward from May 2026, not yet edited)"


def test_progress_is_the_months_updates_with_copied_ones_marked():
    first, second = blocks()
    assert first.progress == (
        ("BC.A1.1", "Half done"),
        ("BC.A1.2", "Same (word for word as in June 2026)"),
    )
    assert second.progress == (("BC.A2.0", "Spoken of"), ("BC.A2.1", "Going on"))


def test_issues_are_the_exceptions_of_the_block_and_stand_nowhere_else():
    first, second = blocks()
    assert [line.reference for line in first.issues] == ["BC.A1.1"]
    assert second.issues == ()
    assert all(theme.exceptions == () for theme in report().themes)


def test_a_main_action_without_sub_actions_is_its_own_block():
    plan = tracker("T\nBC.A1.0 | Focus 1 | | | On hold: Waiting")
    (block,) = summarise(plan, SupportRecords(), JULY, STANDARD).themes[0].focus_blocks
    assert block.progress == (("BC.A1.0", "Waiting"),)
    assert [line.reference for line in block.issues] == ["BC.A1.0"]


def test_usual_title_is_the_workstream_where_the_block_is_all_of_it():
    assert [block.title for block in blocks()] == ["Work A1", "Work A2"]


def test_a_block_may_stand_under_another_theme_by_its_title_sheet_or_name():
    for typed in ("Theme 2 - Money", "theme 2: money", "Sheet 2", "Money"):
        records = (narrative("BC.A1.0", theme=typed),)
        assert [block.reference for block in blocks(*records)] == ["BC.A2.0"]
        (moved,) = blocks(*records, theme=1)
        assert (moved.reference, moved.theme) == ("BC.A1.0", "Theme 2 - Money")
        assert [line.theme for line in moved.issues] == ["Theme 2 - Money"]


def test_an_unknown_theme_leaves_the_block_under_its_own():
    wrong = narrative("BC.A1.0", theme="Theme 1 - Poeple")
    assert [block.reference for block in blocks(wrong)] == ["BC.A1.0", "BC.A2.0"]
    (finding,) = found("narrative-theme-unknown", wrong)
    assert 'Did you mean "Theme 1 - People"?' in finding.message


def test_blocks_stand_in_the_order_that_was_written_and_then_by_reference():
    ordered = narrative("BC.A2.0", order=1.0), narrative("BC.A1.0", order=2.0)
    assert [block.reference for block in blocks(*ordered)] == ["BC.A2.0", "BC.A1.0"]
    assert [block.reference for block in blocks(narrative("BC.A2.0", order=5.0))] == [
        "BC.A2.0",
        "BC.A1.0",
    ]


def test_two_blocks_with_one_order_stand_by_reference_and_are_a_finding():
    same = narrative("BC.A2.0", order=1.0), narrative("BC.A1.0", order=1.0)
    assert [block.reference for block in blocks(*same)] == ["BC.A1.0", "BC.A2.0"]
    assert len(found("narrative-order-repeated", *same)) == 1
    apart = narrative("BC.A2.0", order=1.0, theme="Money"), narrative("BC.A1.0", order=1.0)
    assert found("narrative-order-repeated", *apart) == []


def test_narratives_of_no_block_are_findings():
    (unknown,) = found("narrative-block-unknown", narrative("BC.A9.0"))
    assert '"BC.A9.0"' in unknown.message
    assert [f.reference for f in found("narrative-unused", narrative("MF.A1.0"))] == ["MF.A1.0"]
    twice = narrative("BC.A1.0"), narrative("BC.A1", summary="Other")
    assert len(found("narrative-repeated", *twice)) == 1
    assert blocks(*twice)[0].summary == "Well."


def test_a_block_may_be_typed_without_its_number_or_as_one_of_its_sub_actions():
    for typed in ("BC.A1", "bca1.0", "BC.A1.2"):
        assert blocks(narrative(typed, summary="Found"))[0].summary == "Found"
