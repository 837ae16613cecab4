"""Many returns with random mischief in them: whatever is typed into one, it is not lost."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sheetplan
from tests.builders import workbook_from_text
from tests.cycle.mischief import MISCHIEF, Filling, Mischief, Typed, fill_in, resaved
from tests.cycle.mischief_accounts import Accounts, Ledger, exact, net_changes, plain

_FIRST = """
    | Ref       | Workstream | Action                          | Update owner | Director lead | Due date   | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) | Row |
    | OC.A1.0   | Finance    | Put finances in order           | Head of HR   | Asha Okoro    | Mar-24     |                    |                    |                    |                    | r01 |
    | OC.A1.1   | Finance    | Publish the workforce plan      | Head of HR   | Asha Okoro    | 2024-03-31 | On track           | Begun in June [AB] |                    |                    | r02 |
    | OC.A1.2   | Finance    | Train every manager             | Head of HR   | Asha Okoro    | Mar-24     | Medium Progress    | Begun in June [AB] | On track           |                    | r03 |
    | OC.A1.3   | Digital    | Replace the payroll system      | Head of ICT  | Asha Okoro    | Autumn 2024 | On track          | Begun in June [AB] |                    |                    | r04 |
    | OC.A1.3   | Digital    | Retire the old payroll          | Head of ICT  | Asha Okoro    | Mar-25     | On track           |                    |                    | Carried on [CD]    | r05 |
    | OC.A2.1   | Legal      | Review the constitution         | Head of Legal | Ben Price    | Ongoing    | On track           | Begun in June [AB] |                    |                    | r06 |
    | OC.A2.2   | People     | Adopt one appraisal scheme      | HR / ICT     | Ben Price     | Mar-24     | On hold            | '=waiting          |                    |                    | r07 |
    | OC.A2.3   | Legal      | Close the old contracts         | Head of Legal | Ben Price    | Mar-24     | Closed             | Done               |                    |                    | r08 |
    | OC.A2.4   | People     | Fill the vacant posts           | Head of HR   | Ben Price     | TBC        | On track           | Two of five filled | Medium Progress    | Three of five      | r09 |
    | OCA2.5    | Digital    | Move the servers                | Head of ICT  | Ben Price     | Mar-24     | Complete           | Begun in June [AB] |                    |                    | r10 |
"""  # noqa: E501
_SECOND = """
    | Action                       | Ref        | Lead       | Update owner  | Update (June 2023) | Status (June 2023) | Update (July 2023) | Status (July 2023) | Due date | Row |
    | Adopt the local plan         | PR.C1.1    | Asha Okoro | Chief Planner | Begun              | On track           |                    |                    | Mar-24   | s01 |
    | Consult on design codes      | PR.C1.2 a  | Asha Okoro | Chief Planner |                    | On track           |                    |                    | Mar-24   | s02 |
    | Train the committee          | PR.C1.2 b  | Asha Okoro | Head of HR    | Begun              | Medium Progress    |                    |                    | Mar-24   | s03 |
    | Report on appeals            | PR.C1.3    | Asha Okoro | N/A           | Begun              | On track           |                    |                    | Mar-24   | s04 |
    | Share the case system        | PR.C1.4    | Asha Okoro | HR / ICT      | Begun              | On track           | Halfway there      |                    | Mar-24   | s05 |
    | Publish decisions            | PR.C1.5    | Asha Okoro | Head of Legal | Begun              | On track           |                    |                    | Mar-24   | s06 |
    | Record decisions             | PR.C1.5    | Asha Okoro | Chief Planner | Begun              | On track           |                    |                    | Mar-24   | s07 |
    | Report to the board          | PR.C1.6    | Asha Okoro | N/A           | Begun              | On track           |                    | On track           | Mar-24   | s08 |
    | Report to the board          | PR.C1.7    | Asha Okoro | N/A           | Begun              | On track           |                    |                    | Mar-24   | s09 |
"""  # noqa: E501
_OWNERS = """
    | Name     | Split into               | E-mail |
    | HR / ICT | Head of HR; Head of ICT  |        |
"""
_KEYS = {
    "r01": "OC.A1.0", "r02": "OC.A1.1", "r03": "OC.A1.2", "r04": "OC.A1.3", "r05": "OC.A1.3 (2)",
    "r06": "OC.A2.1", "r07": "OC.A2.2", "r08": "OC.A2.3", "r09": "OC.A2.4", "r10": "OC.A2.5",
    "s01": "PR.C1.1", "s02": "PR.C1.2a", "s03": "PR.C1.2b", "s04": "PR.C1.3", "s05": "PR.C1.4",
    "s06": "PR.C1.5", "s07": "PR.C1.5 (2)", "s08": "PR.C1.6", "s09": "PR.C1.7",
}  # fmt: skip
