"""What time it is; a run that has to give the same result again can say so beforehand."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def now() -> datetime:
    """The local time, to the second; that of SOURCE_DATE_EPOCH where it is set.

    The variable is the usual one for results that can be reproduced
    (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdigit():
        return datetime.fromtimestamp(int(fixed), UTC).replace(tzinfo=None)
    return datetime.now().replace(microsecond=0)
