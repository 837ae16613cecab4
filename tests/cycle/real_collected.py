"""The real tracker before and after the returns of August 2023 were collected."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import sheetplan
from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.collect_plan import CollectPlan
from tests.cycle.mischief_accounts import Ledger
from tests.cycle.real_month import RealMonth, sent_month
from tests.cycle.real_returns import SentBack, put_junk_into, send_back
from tests.cycle.sending import set_today

COLLECTED_AT = datetime(2023, 8, 29, 16)


@dataclass(frozen=True)
class Collected:
    """The tracker before and after its returns were collected."""

    month: RealMonth
    folder: Path
    before: Path
    after: Path
    back: list[SentBack]
    result: ChangeResult[CollectPlan]

    @property
    def data(self) -> dict[str, Any]:
        """What the run said of itself."""
        return self.result.plan.as_data()

    def ledger(self, tracker: Path) -> Ledger:
        return Ledger.read(tracker, self.month.places)

    def sent_back_by(self, owner: str) -> SentBack:
        return next(each for each in self.back if each.owner == owner)

    def typed(self, owner: str, key: str, field: str) -> str:
        """What an owner typed last into a cell."""
        found = self.sent_back_by(owner).filling.typed
        return [each.text for each in found if (each.key, each.field) == (key, field)][-1]


def collect_august(folder: Path) -> Collected:
    """Send the returns, fill them in, and collect them."""
    month = sent_month(folder)
    back = send_back(month, folder / "back")
    put_junk_into(folder / "back")
    before = Path(shutil.copy(month.tracker, folder / "before.xlsx"))
    with pytest.MonkeyPatch.context() as patch:
        set_today(patch, COLLECTED_AT)
        result = sheetplan.collect_returns(month.tracker, [folder / "back"])
    return Collected(month, folder / "back", before, month.tracker, back, result)
