"""Two trackers of one plan, a month apart and laid out otherwise."""

from __future__ import annotations

from pathlib import Path

from tests.builders import workbook_from_text
from tests.judges import ROOT

TEMPLATE = ROOT / "workbook_templates" / "changes.xlsx"
OLDER = {
    "Theme 1": """
        | Ref     | Action        | Lead | Due date | RAG Jun-26 | Update Jun-26 |
        | LC.A1.1 | Agree values  | Asha | Jul-26   | On track   | Drafted [AB]  |
        | LC.A1.2 | Use values    | Asha | May-26   | On track   | Begun [AB]    |
        | LC.A1.3 | Count values  | Asha | May-26   | On track   | Begun [AB]    |
    """,
    "Theme 2": """
        | Ref     | Action | Lead | Due date | RAG Jun-26 | Update Jun-26  |
        | FA.A1.1 | Save   | Cleo | Aug-26   | On track   | Begun [CD]     |
        | FA.A1.2 | Sell   | Cleo | Jul-26   | On track   | Offers in [CD] |
    """,
}
NEWER = {
    "Values": """
        | Aim: lead well |
        | Action ref | What we will do       | Officer lead | Status (June 2026) | Update (June 2026) | Status (July 2026) | Update (July 2026) | By when |
        | LCA1.1     | Agree values          | Asha         | On  track          | Drafted [AB]       | Complete           | Adopted [AB]       | July 2026 |
        | LC.A1.2    | Use our values daily  | Ben          | Amber              | Begun [AB]         | Amber              | Slipped [AB]       | Oct-26  |
        | LC.A1.9    | '=1+1 values          | Ben          |                    |                    | New action         | Added [AB]         | Mar-27  |
        | FA.A1.1    | Save                  | Cleo         | On track           | Begun [CD]         | On track           | Going well [CD]    | Aug-26  |
    """,  # noqa: E501
    "Theme 2": """
        | Action ref | What we will do | Officer lead | Status (June 2026) | Update (June 2026) | Status (July 2026) | Update (July 2026) | By when |
        | FA.A1.2    | Sell            | Cleo         | On track           | Offers in [CD]     | On track           | Sold [CD]          | Jul-26  |
    """,  # noqa: E501
}


def two_trackers(folder: Path) -> tuple[Path, Path]:
    """June's tracker, and July's, which is laid out otherwise."""
    older = workbook_from_text(folder / "june.xlsx", OLDER)
    return older, workbook_from_text(folder / "july.xlsx", NEWER)
