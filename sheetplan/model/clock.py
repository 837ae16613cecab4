"""What time it is; a run that has to give the same result again can say so beforehand."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def now() -> datetime:
    """The local time, to the second; that of SOURCE_DATE_EPOCH where it is set.

    The variable is the usual one for results that can be reproduced
    (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    fixed = _fixed()
    return datetime.now().replace(microsecond=0) if fixed is None else fixed.replace(tzinfo=None)


def utc_now() -> datetime:
    """The same moment in UTC, aware of it, as files say when they were made."""
    return _fixed() or datetime.now(UTC).replace(microsecond=0)


def _fixed() -> datetime | None:
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() else None
