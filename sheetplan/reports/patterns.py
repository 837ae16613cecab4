"""The pattern rows and cells that the reports' templates have, and what each is for.

This is the one list of them: the reports make lines for these patterns, the templates are checked
against it, and the build script of the shipped templates draws each.
"""

from __future__ import annotations

from sheetplan.model.pattern import Pattern, SheetPatterns
from sheetplan.model.status import StatusMeaning

RATING_COUNTS = (
    *(meaning.words.replace(" ", "_") for meaning in StatusMeaning),
    "no_update",
    "not_understood",
    "total",
    "on_track_or_complete",
)
"""Placeholders of the numbers: one for each meaning of a status, and what does not have one.

All are whole numbers but `on_track_or_complete`, which is words: "61 of 74 due (82%)".
"""

_HEAD = {
    "title": "the title, such as Improvement Plan exception summary, July 2023",
    "about": "one sentence on what the sheet holds",
}
_EXCEPTION = (
    "reference",
    "action",
    "rating",
    "last_rating",
    "history",
    "due",
    "slippage",
    "lead",
    "reason",
    "change_control",
    "commentary",
)
_ATTENTION = ("why", "reference", "action", "rating", "due", "lead", "commentary")

SUMMARY_SHEET = SheetPatterns(
    "Exception summary",
    {**_HEAD, "numbers": "the sentence on track or complete for the whole plan"},
    (
        Pattern("theme", "the heading of a theme, which begins a page", ("theme",)),
        Pattern("section", "any other heading, such as Exceptions", ("text",)),
        Pattern("text", "a sentence, which stays on one line", ("text",)),
        Pattern("month_heading", "the headings of the numbers", ()),
        Pattern("month", "the whole plan's ratings in a month", ("month", *RATING_COUNTS)),
        Pattern("theme_month", "a theme's ratings in a month", ("month", *RATING_COUNTS)),
        Pattern("chart", "the tall row that the chart of ratings by month stands on", ()),
        Pattern("movement_heading", "the headings of how ratings moved", ()),
        Pattern("movement", "a way to move", ("movement", "count", "references")),
        Pattern("block", "the title of a Focus 1 block", ("reference", "title")),
        Pattern("labelled", "a piece of a Focus 1 block", ("label", "text")),
        Pattern("exception_heading", "the headings of exceptions", ()),
        Pattern("exception", "an exception, or an issue of a Focus 1 block", _EXCEPTION),
        Pattern("attention_heading", "the headings of what else to note", ()),
        Pattern("attention", "an action to note", _ATTENTION),
        Pattern("achievement_heading", "the headings of achievements", ()),
        Pattern("achievement", "an achievement", ("month", "reference", "wording")),
        Pattern("milestone_heading", "the headings of milestones", ()),
        Pattern("milestone", "a milestone", ("reference", "milestone", "due", "status")),
        Pattern("change_heading", "the headings of what changed in the plan", ()),
        Pattern("change", "a change of the plan", ("reference", "action", "change", "text")),
    ),
)
"""The summary in the tracker: one sheet, laid out by theme for reading."""

SUMMARY_PACK = (
    SheetPatterns(
        "Cover",
        {
            **_HEAD,
            "council": "the council's name",
            "month": "the reporting month",
            "contact": "whom to ask",
        },
        (
            Pattern("sheet_heading", "the headings of the list of sheets", ()),
            Pattern("sheet", "a sheet of the pack and what it holds", ("sheet", "about")),
            Pattern("key_heading", "the headings of the key to ratings", ()),
            Pattern("key", "a rating and what it means", ("rating", "meaning")),
        ),
    ),
    SheetPatterns(
        "Numbers",
        _HEAD,
        (
            Pattern("month", "the whole plan in a month", ("theme", "month", *RATING_COUNTS)),
            Pattern("theme_month", "a theme in a month", ("theme", "month", *RATING_COUNTS)),
        ),
    ),
    SheetPatterns(
        "Movement",
        _HEAD,
        (Pattern("movement", "a way to move", ("theme", "movement", "count", "references")),),
    ),
    SheetPatterns(
        "Focus 1",
        _HEAD,
        (
            Pattern(
                "labelled",
                "a piece of a Focus 1 block",
                ("theme", "reference", "title", "label", "text"),
            ),
        ),
    ),
    SheetPatterns(
        "Exceptions", _HEAD, (Pattern("exception", "an exception", ("theme", *_EXCEPTION)),)
    ),
    SheetPatterns(
        "To note", _HEAD, (Pattern("attention", "an action to note", ("theme", *_ATTENTION)),)
    ),
    SheetPatterns(
        "Achievements",
        _HEAD,
        (Pattern("achievement", "an achievement", ("theme", "month", "reference", "wording")),),
    ),
    SheetPatterns(
        "Milestones",
        _HEAD,
        (
            Pattern(
                "milestone", "a milestone", ("theme", "reference", "milestone", "due", "status")
            ),
        ),
    ),
)
"""The published pack: a cover, and each table on a sheet of its own."""

_ITEM = ("reference", "action", "update", "dated", "rating", "due")

APPENDIX_SHEET = SheetPatterns(
    "Statutory appendix",
    _HEAD,
    (
        Pattern("recommendation", "a recommendation", ("code", "text")),
        Pattern(
            "fact", "when it was sent, whether accepted, the auditor's view", ("label", "text")
        ),
        Pattern("theme", "the heading of a theme", ("theme",)),
        Pattern("heading", "the workstream, or the map's own heading", ("text",)),
        Pattern("text", "a sentence, such as No actions in this theme", ("text",)),
        Pattern("item_heading", "the headings of progress", ()),
        Pattern("item", "progress on an action", _ITEM),
        Pattern("plain_item", "the same without rating and due date", ("update", "dated")),
        Pattern("section", "a heading such as Milestones", ("text",)),
        Pattern("milestone_heading", "the headings of milestones", ()),
        Pattern("milestone", "a milestone", ("reference", "milestone", "due", "status")),
        Pattern("finding_heading", "the headings of what is wrong with the map", ()),
        Pattern("finding", "what is wrong with the map", ("place", "message")),
    ),
)
"""The appendix in the tracker: one sheet, laid out by recommendation for reading."""

_ANSWERED = ("code", "text", "verdict", "answered_by", "wrong", "strand", "question")

REGISTER_SHEET = SheetPatterns(
    "Recommendations answered",
    _HEAD,
    (
        Pattern("section", "a heading such as Coverage by reviewer", ("text",)),
        Pattern("coverage_heading", "the headings of the coverage", ()),
        Pattern(
            "reviewer",
            "how many recommendations of a reviewer",
            ("source", "codes", "count"),
        ),
        Pattern("coverage", "how many of them stand alike", ("verdict", "codes", "count")),
        Pattern("source", "the heading of a reviewer, which begins a page", ("source",)),
        Pattern("text", "a sentence", ("text",)),
        Pattern("recommendation_heading", "the headings of recommendations", ()),
        Pattern("recommendation", "how a recommendation stands", _ANSWERED),
        Pattern("finding_heading", "the headings of what is wrong with the register", ()),
        Pattern("finding", "what is wrong with the register", ("place", "message")),
    ),
)
"""Progress on the recommendations of registers in the tracker: one sheet, by reviewer."""

REGISTER_PACK = (
    SUMMARY_PACK[0],
    SheetPatterns(
        "Coverage",
        _HEAD,
        (
            Pattern(
                "coverage",
                "how many recommendations of a reviewer stand in each way",
                (
                    "source",
                    "monitored",
                    "delivered",
                    "on_track",
                    "at_risk",
                    "not_rated",
                    "outside_the_plan",
                    "no_trace",
                    "unknown_reference",
                    "not_monitored",
                ),
            ),
        ),
    ),
    SheetPatterns(
        "Recommendations",
        _HEAD,
        (
            Pattern(
                "recommendation",
                "how a recommendation stands",
                ("source", "monitored", *_ANSWERED),
            ),
        ),
    ),
)
"""The same as a published pack."""

_PROGRESS = ("code", "theme", "heading", *_ITEM)

APPENDIX_PACK = (
    SUMMARY_PACK[0],
    SheetPatterns(
        "Recommendations",
        _HEAD,
        (
            Pattern(
                "recommendation",
                "a recommendation",
                ("code", "source", "text", "dates", "accepted", "auditor_view"),
            ),
        ),
    ),
    SheetPatterns(
        "Recommendation progress",
        _HEAD,
        (Pattern("item", "progress on an action for a recommendation", _PROGRESS),),
    ),
    SheetPatterns(
        "Progress without ratings",
        _HEAD,
        (
            Pattern(
                "plain_item",
                "the same without rating and due date",
                ("code", "theme", "heading", "update", "dated"),
            ),
        ),
    ),
    SheetPatterns(
        "Recommendation milestones",
        _HEAD,
        (
            Pattern(
                "milestone",
                "a milestone of a recommendation",
                ("code", "reference", "milestone", "due", "status"),
            ),
        ),
    ),
)
"""The appendix as a published pack."""
