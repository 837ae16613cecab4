"""The ids by which people speak of change requests: CC-1, CC-2 and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from sheetplan.model.return_records import CHANGE_CONTROL, RequestRecord, ReturnRecords

_ID = re.compile(r"\bCC-([0-9]{1,9})\b", re.IGNORECASE)


def next_ids(records: ReturnRecords) -> Iterator[str]:
    """The ids that come next, without end. One that a request had stays its own, though the
    request may be gone: the log speaks of those that were carried out."""
    named = [request.id for request in records.requests]
    named += [entry.file for entry in records.log if entry.what == CHANGE_CONTROL]
    last = max((int(number) for text in named for number in _ID.findall(text)), default=0)
    return (f"CC-{number}" for number in count(last + 1))


def without_id(records: ReturnRecords, ids: Iterator[str]) -> tuple[RequestRecord, ...]:
    """The requests that lack an id, such as those that officers typed, each with its new one.

    A sheet without a column for ids cannot have any.
    """
    return tuple(
        replace(request, id=next(ids))
        for request in records.requests
        if not request.id and (request.standing is None or "id" in request.standing.columns)
    )
