"""The pattern rows and cells that changes have in templates, and what each is for.

This is the one list of them: changes make lines for these patterns, the templates are checked
against it, and the build scripts of the shipped templates draw each.
"""

from __future__ import annotations

from sheetplan.model.pattern import Pattern, SheetPatterns

_HEAD = {
    "title": "the title, such as Dates, June 2026 to July 2026",
    "about": "one sentence on what the sheet holds",
}
_ACTION = ("reference", "theme", "action")
_TEXTS = (*_ACTION, "field", "before", "after")

COVER_SHEET = SheetPatterns(
    "Cover",
    {
        **_HEAD,
        "council": "the council's name",
        "older": "the older tracker, and what it is filled in up to",
        "newer": "the newer one",
        "contact": "whom to ask",
    },
    (
        Pattern("sheet_heading", "the headings of the list of sheets", ()),
        Pattern("sheet", "a sheet, what it holds, and how much", ("sheet", "about")),
        Pattern("finding_heading", "the headings of what to look at first", ()),
        Pattern("finding", "what to look at before trusting the rest", ("place", "message")),
    ),
)

CHANGES_SHEETS = (
    COVER_SHEET,
    SheetPatterns(
        "Actions",
        _HEAD,
        (
            Pattern(
                "action",
                "an action that was added, removed, renumbered or moved to another theme",
                ("change", *_ACTION, "before", "after"),
            ),
        ),
    ),
    SheetPatterns("Texts", _HEAD, (Pattern("text", "a text that says something else", _TEXTS),)),
    SheetPatterns(
        "Dates",
        _HEAD,
        (
            Pattern(
                "date",
                "a date that means something else",
                (*_ACTION, "field", "before", "after", "moved", "months"),
            ),
        ),
    ),
    SheetPatterns(
        "Statuses",
        _HEAD,
        (
            Pattern(
                "status",
                "a rating that is another",
                (*_ACTION, "rating_before", "rating_after", "movement"),
            ),
        ),
    ),
    SheetPatterns(
        "Past months",
        _HEAD,
        (Pattern("past", "what was altered in a past month", (*_TEXTS, "month")),),
    ),
    SheetPatterns(
        "Structure",
        _HEAD,
        (
            Pattern(
                "structure",
                "what differs in how the workbooks are made",
                ("change", "sheets", "before", "after"),
            ),
        ),
    ),
)
"""A cover, and each kind of change on a sheet of its own."""

SINCE_SHEET = SheetPatterns(
    "Changes",
    _HEAD,
    (
        Pattern(
            "change",
            "a change of the plan",
            ("theme", "reference", "action", "change", "before", "after"),
        ),
    ),
)
"""The sheet of the summary's pack on what changed since an older copy, where one is named."""
