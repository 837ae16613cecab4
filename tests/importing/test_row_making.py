"""Rows of a plan made into actions: leads, months, statuses, notes, and what is said of doubts."""

from __future__ import annotations

from sheetplan.importing.content import (
    ACTION,
    LEAD,
    LONGEST_TEXT,
    OUTPUTS,
    SOURCE,
    UNDATED,
    Fate,
    ImportedRow,
    update_of,
)
from sheetplan.importing.row_making import RowMaking
from sheetplan.model.commentary import CommentaryRun, CommentaryWords
from sheetplan.model.month import Month
from sheetplan.model.plan_source import PlanRow, SourceParagraph, SourcePlace
from sheetplan.model.status import StatusMeaning
from sheetplan.settings import load_profile

JUNE, JULY, AUGUST = (Month(2026, number) for number in (6, 7, 8))
GREEN, RED = "00B050", "FF0000"


def runs(line: str) -> tuple[CommentaryRun, ...]:
    """A line in its look: __lead__, **newest**, or "green: words" and "red: words"."""
    if line.startswith("__"):
        return (CommentaryRun(line.strip("_"), bold=True, underline=True),)
    if line.startswith("**"):
        return (CommentaryRun(line.strip("*"), bold=True),)
    colour, colon, words = line.partition(": ")
    known = {"green": GREEN, "red": RED}
    return (CommentaryRun(words, colour=known[colour]) if colon and colour in known
            else CommentaryRun(line),)  # fmt: skip


def plan_row(
    *commentary: str, fills: tuple[str, ...] = (), notes: tuple[str, ...] = (), **cells: str
) -> PlanRow:
    texts = {"aim": "Better roads", "action": "Mend them", "outputs": "Roads", **cells}
    place = SourcePlace("Table 1", 2)
    made = {
        kind: (SourceParagraph(place, (CommentaryRun(text),), notes if kind == "aim" else ()),)
        for kind, text in texts.items()
        if text
    }
    made["commentary"] = tuple(
        SourceParagraph(place._replace(column=5, paragraph=number), runs(line))
        for number, line in enumerate(commentary, 1)
    )
    return PlanRow(place, "1.1", made, fills)


def making() -> RowMaking:
    notes = {"1": (SourceParagraph(SourcePlace("Footnote 1"), (CommentaryRun(" Of 2025."),)),)}
    return RowMaking(CommentaryWords(), load_profile("standard").vocabulary, JULY, notes)


def made(
    row: PlanRow, by: RowMaking | None = None, unrated: StatusMeaning | None = None
) -> dict[str, ImportedRow]:
    by = by or making()
    rows = by.rows_of(row, "1. Streets", "ST.A1")
    by.rate((JUNE, JULY, AUGUST), unrated)
    return {each.reference: each for each in rows}


def fate_of(by: RowMaking, text: str) -> Fate:
    return next(fate for fate in by.fates if fate.paragraph.text.strip() == text)


def test_the_aim_is_the_main_action_and_each_lead_a_sub_action() -> None:
    rows = made(
        plan_row(
            "__Head of Roads__",
            "Begun. (June Update)",
            "__Head of Paths__",
            "**Paths done. (July Update)**",
            number="1.1",
        )
    )
    assert list(rows) == ["ST.A1.0", "ST.A1.1", "ST.A1.2"]
    main, roads, paths = rows.values()
    assert (main.text(ACTION), main.text(OUTPUTS), main.text(LEAD)) == ("Better roads", "Roads", "")
    assert [row.text(ACTION) for row in (roads, paths)] == ["Mend them", "Mend them"]
    assert [row.text(SOURCE) for row in rows.values()] == ["1.1", "1.1", "1.1"]
    assert (roads.text(LEAD), roads.text(update_of(JUNE))) == (
        "Head of Roads",
        "Begun. (June Update)",
    )
    assert (paths.text(LEAD), paths.text(update_of(JULY))) == (
        "Head of Paths",
        "Paths done. (July Update)",
    )


def test_the_only_lead_leads_the_main_action_too() -> None:
    by = making()
    rows = made(plan_row("__Head of Roads__", "Begun. (June Update)"), by)
    assert [row.text(LEAD) for row in rows.values()] == ["Head of Roads", "Head of Roads"]
    targets = {target.reference for target in fate_of(by, "Head of Roads").targets}
    assert targets == {"ST.A1.0", "ST.A1.1"}


def test_what_stands_under_no_lead_belongs_to_the_main_action() -> None:
    rows = made(plan_row("All agreed. (June Update)", "__Head of Roads__", "Begun. (June Update)"))
    assert rows["ST.A1.0"].text(update_of(JUNE)) == "All agreed. (June Update)"
    assert rows["ST.A1.1"].text(update_of(JUNE)) == "Begun. (June Update)"


def test_without_any_lead_there_is_one_sub_action() -> None:
    rows = made(plan_row("Begun. (June Update)"))
    assert list(rows) == ["ST.A1.0", "ST.A1.1"]
    assert rows["ST.A1.1"].text(update_of(JUNE)) == "Begun. (June Update)"


def test_without_an_aim_the_action_is_that_of_every_row() -> None:
    rows = made(plan_row("__Head of Roads__", aim=""))
    assert [row.text(ACTION) for row in rows.values()] == ["Mend them", "Mend them"]


def test_paragraphs_of_one_month_stand_one_below_the_other() -> None:
    rows = made(plan_row("__Head__", "One. (June Update)", "Two. (June Update)"))
    assert rows["ST.A1.1"].text(update_of(JUNE)) == "One. (June Update)\nTwo. (June Update)"


def test_a_paragraph_without_a_month_is_put_in_no_month() -> None:
    by = making()
    rows = made(plan_row("__Head__", "Begun. (June Update)", "Somebody said so."), by)
    assert rows["ST.A1.1"].text(UNDATED) == "Somebody said so."
    assert fate_of(by, "Somebody said so.").why == ["It names no month, and nothing else tells it."]


def test_how_a_month_is_known_is_said_where_it_is_not_printed() -> None:
    by = making()
    made(plan_row("__Head__", "Before.", "Begun. (June Update)", "**Newest.**"), by)
    assert fate_of(by, "Begun. (June Update)").why == []
    assert "next stamp below" in fate_of(by, "Before.").why[0]
    assert "in bold" in fate_of(by, "Newest.").why[0]


def test_a_stamp_without_a_month_is_a_finding() -> None:
    by = making()
    made(plan_row("__Head__", "Begun. (Update)"), by)
    [finding] = [found for found in by.findings if "names no month" in found.message]
    assert (finding.sheet, finding.reference) == ("Table 1, row 2", "1.1")


def test_two_leads_in_one_line_are_a_finding() -> None:
    by, place = making(), SourcePlace("Table 1", 2, 5)
    both = (*runs("__Head of Roads__"), CommentaryRun(" since May, before "), *runs("__Bob Hay__"))
    row = plan_row("Begun. (June Update)")
    cells = {**row.cells, "commentary": (SourceParagraph(place, both), *row.cells["commentary"])}
    rows = made(PlanRow(place, "1.1", cells), by)
    assert rows["ST.A1.1"].text(LEAD) == "Head of Roads"
    assert any("Bob Hay" in finding.message for finding in by.findings)


# ---------------------------------------------------------------- statuses


def statuses(row: ImportedRow) -> dict[Month, str]:
    return {month: row.statuses[month].words for month in sorted(row.statuses)}


def test_complete_holds_from_its_month_on() -> None:
    rows = made(plan_row("__Head__", "Begun. (June Update)", "Done. (July Update) COMPLETE"))
    assert statuses(rows["ST.A1.1"]) == {JULY: "complete", AUGUST: "complete"}
    assert statuses(rows["ST.A1.0"]) == {}


def test_what_goes_on_is_not_complete_and_a_person_is_asked() -> None:
    by = making()
    rows = made(
        plan_row("__Head__", "One done. (June Update) COMPLETE", "Two begun. (July Update)"), by
    )
    assert statuses(rows["ST.A1.1"]) == {}
    [finding] = [f for f in by.findings if f.code == "import-part-complete"]
    assert finding.message.startswith("ST.A1.1: 1 paragraph says that work is complete")


def test_an_undated_paragraph_may_be_of_any_month_so_nothing_is_complete() -> None:
    rows = made(plan_row("__Head__", "Done. (June Update) COMPLETE", "Not so sure."))
    assert statuses(rows["ST.A1.1"]) == {}


def test_colours_of_words_are_statuses_of_their_month_by_the_profile() -> None:
    by = making()
    rows = made(plan_row("__Head__", "red: Late. (June Update)", "green: Well. (July Update)"), by)
    assert statuses(rows["ST.A1.1"]) == {JUNE: "significant slippage", JULY: "on track"}
    assert {rag.value: meaning.words for rag, meaning in by.colours.items()} == {
        "red": "significant slippage",
        "green": "on track",
    }


def test_of_two_colours_in_one_month_the_worst_counts() -> None:
    rows = made(plan_row("__Head__", "red: Late. (June Update)", "green: Well. (June Update)"))
    assert statuses(rows["ST.A1.1"]) == {JUNE: "significant slippage"}


def test_the_colour_behind_the_commentary_is_of_the_newest_month() -> None:
    rows = made(plan_row("__Head__", "x. (June Update)", "y. (July Update)", fills=(GREEN,)))
    assert statuses(rows["ST.A1.0"]) == {JULY: "on track"}
    assert statuses(rows["ST.A1.1"]) == {JULY: "on track"}


def test_complete_goes_before_the_colour_behind_the_commentary() -> None:
    rows = made(plan_row("__Head__", "Done. (July Update) COMPLETE", fills=(GREEN,)))
    assert statuses(rows["ST.A1.1"]) == {JULY: "complete", AUGUST: "complete"}


def test_black_and_grey_say_nothing() -> None:
    rows = made(plan_row("__Head__", "Begun. (June Update)", fills=("D9D9D9", "000000")))
    assert statuses(rows["ST.A1.0"]) == {}


def test_what_words_without_a_rating_mean_is_the_profiles_to_say() -> None:
    row = plan_row("__Head__", "Begun. (June Update)", "Done. (July Update) COMPLETE")
    assert statuses(made(row)["ST.A1.1"]) == {JULY: "complete", AUGUST: "complete"}
    rows = made(row, unrated=StatusMeaning.ON_TRACK)
    assert statuses(rows["ST.A1.1"]) == {JUNE: "on track", JULY: "complete", AUGUST: "complete"}
    assert statuses(rows["ST.A1.0"]) == {}


# ---------------------------------------------------------------- notes and limits


def test_a_note_stands_below_the_paragraph_that_refers_to_it() -> None:
    by = making()
    rows = made(
        plan_row("__Head__", "Begun. (June Update)", aim="Better[1] roads", notes=("1",)), by
    )
    assert rows["ST.A1.0"].text(ACTION) == "Better[1] roads\n[1] Of 2025."
    fate = fate_of(by, "Of 2025.")
    assert [target.reference for target in fate.targets] == ["ST.A1.0"]


def test_a_column_that_is_not_known_goes_nowhere_and_that_is_said() -> None:
    by = making()
    made(plan_row("__Head__", other="£5"), by)
    fate = fate_of(by, "£5")
    assert (fate.targets, len(fate.why)) == ([], 1)


def test_what_a_full_cell_has_no_room_for_stays_in_the_account() -> None:
    by = making()
    long = "x" * (LONGEST_TEXT - 100)
    rows = made(plan_row("__Head__", f"{long} (June Update)", f"{'y' * 200} (June Update)"), by)
    assert rows["ST.A1.1"].text(update_of(JUNE)) == f"{long} (June Update)"
    assert "import-cell-full" in [finding.code for finding in by.findings]
    last = by.fates[-1]
    assert last.targets == []
    assert "is full" in last.why[0]
