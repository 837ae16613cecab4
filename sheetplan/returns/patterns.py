"""The pattern rows and cells that the template of a return has, and what each is for.

This is the one list of them: returns make lines for these patterns, the template is checked
against it, and the build script of the shipped template draws each.
"""

from __future__ import annotations

from sheetplan.model.owner_return import NEW_ACTION_FIELDS, RETURN_FIELDS
from sheetplan.model.pattern import Pattern, SheetPatterns
from sheetplan.model.return_marks import HIDDEN_SHEET

UPDATE_SHEET = SheetPatterns(
    "Your update",
    {
        "title": "the title, such as Improvement Plan: your update for August 2026",
        "reference": "whose return it is, and which: one of the places that say so",
        "send_back": "whom it goes back to, and by when",
        "how": "how it is filled in, in a line",
        "needed": "what a blank cell means, and which statuses need an update",
    },
    (
        Pattern("asked", "an action for which an update is asked", (*RETURN_FIELDS, "to_do")),
        Pattern("context", "an action that is shown for information", RETURN_FIELDS),
    ),
)

_HEAD = {"title": "the title", "about": "one sentence on what the sheet is for"}

NEW_ACTIONS_SHEET = SheetPatterns(
    "New actions",
    _HEAD,
    (
        Pattern(
            "new_action", "a row to be filled in with an action", ("number", *NEW_ACTION_FIELDS)
        ),
    ),
)

GUIDE_SHEET = SheetPatterns(
    "Guide",
    _HEAD,
    (
        Pattern("section", "a heading", ("text",)),
        Pattern("step", "a step of filling it in", ("step", "text")),
        Pattern("key_heading", "the headings of the key", ("status", "meaning")),
        Pattern("word", "a status of the drop-down, and what it means", ("status", "meaning")),
        Pattern("rating", "any other status that the plan may have", ("status", "meaning")),
    ),
)

_SAID = tuple(f"{name}_digest" for name in RETURN_FIELDS)

FACTS_SHEET = SheetPatterns(
    HIDDEN_SHEET,
    {},
    (
        Pattern("fact", "what the return says of itself", ("name", "value")),
        Pattern("heading", "a field and the heading of its column", ("kind", "field", "heading")),
        Pattern("status", "a status, its colour, and whether it needs an update",
                ("status", "colour", "needs_update")),
        Pattern("sent_heading", "the headings of the rows that were sent", ()),
        Pattern("sent", "a row that was sent, by its digests", ("key", "is_asked", *_SAID)),
    ),
)  # fmt: skip
"""What programs read. It is very hidden: Excel's own Unhide does not list it."""

RETURN_SHEETS = (UPDATE_SHEET, NEW_ACTIONS_SHEET, GUIDE_SHEET, FACTS_SHEET)

STATUS_MISSING, UPDATE_MISSING, FILLED_IN = "Status needed", "Update needed", "Filled in"
"""What the template's formula under To do says, so that it shows before anything is worked out."""
