"""Where a return's file says which return it is, and what was sent in it.

It says so in four places, since programs and people lose some of them: the file's custom
properties, a defined name, a hidden sheet, and a line that everybody can read.
"""

from __future__ import annotations

TRACKER_PROPERTY = "sheetplan_tracker_id"
MONTH_PROPERTY = "sheetplan_month"
OWNER_PROPERTY = "sheetplan_owner"
OWNER_NAME_PROPERTY = "sheetplan_owner_name"
SCHEMA_PROPERTY = "sheetplan_schema"
IDENTITY_PROPERTY = "sheetplan_id"
"""The custom properties; the last one is the whole identity."""

IDENTITY_NAME = "_sheetplan_id"
"""The defined name, which stands for the identity as a text."""

HIDDEN_SHEET = "_sheetplan"
"""The very hidden sheet. The first cell of a row says what the row tells: "tracker", "month",
"owner", "owner_name" or "schema" with the value behind it; "heading" with a field and the heading
of its column; "above" with the digest of a text above the headings; "key" for the headings of the
rows that were sent, which follow it."""
