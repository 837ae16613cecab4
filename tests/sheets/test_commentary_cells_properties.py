"""Whatever is answered, the plan says it as it was meant, or says nothing of it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetplan.model.month import Month
from sheetplan.model.owner_return import settled, without_controls
from tests.sheets.answering import JULY, JUNE, ONE_LEAD, TWO_LEADS, Opened, actions_of, plan

ODD = ["\x01bell", "\u2028", "\x0b", "a\tb", "\u200b", "x" * 12_000]
LINES = st.sampled_from(
    """
    Done.|All done. COMPLETE|COMPLETE|NOW COMPLETE.|Not complete|(June update)|See (June update)|
    July update:|August 2027 update|(July update, Off track)|(July update, )|[May 2026 update]|
    (May/June update)|(Juen update)|July 2026|(update)|Head of Waste|Head of Streets|Lead:|
    =SUM(A1)|+1|@x|...|-|•|1.|_x0041_|<b>bold</b>|**bold**|[[Head]]|an é|😀|(|)|,|
    Off track|(Off track)|Update: fine|complete - mostly|It is complete.
    """.replace("\n", "").split("|")
) | st.text(max_size=12) | st.sampled_from(ODD)  # fmt: skip
UPDATES = st.lists(LINES, min_size=1, max_size=4).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", " "]).map(lambda gap: gap.join(lines))
)
STATUSES = st.sampled_from(
    ["", "On track", "Off track", "Complete", "off  TRACK", "R", "Onn trak", "On track)", "July",
     "On track, Off track", "Off\ntrack", "(Off track)", "On hold.", "update"]
)  # fmt: skip
ANSWERS = st.dictionaries(
    st.sampled_from(list(itertools.product(("1.1a", "1.1b", "1.2"), ("status", "update")))),
    st.none(),
    min_size=1,
).flatmap(
    lambda cells: st.fixed_dictionaries(
        {cell: STATUSES if cell[1] == "status" else UPDATES for cell in cells}
    )
)
OLDER = TWO_LEADS.replace("**(July update)**", "Sand came. (July update)", 1)


@pytest.fixture(scope="module")
def shared_plans(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    folder = tmp_path_factory.mktemp("plans")
    return [plan(folder, TWO_LEADS, ONE_LEAD), plan(folder, OLDER, ONE_LEAD, name="other.xlsx")]


@given(data=st.data(), answers=ANSWERS, month=st.sampled_from([JULY, JULY, JUNE]))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_answer_is_read_as_it_was_meant_or_not_written(
    shared_plans: Sequence[Path],
    data: st.DataObject,
    answers: Mapping[tuple[str, str], str],
    month: Month,
) -> None:
    opened = Opened(data.draw(st.sampled_from(shared_plans)), month)
    before = opened.actions
    fitting = [(*cell, text) for cell, text in answers.items() if not opened.obstacle(*cell, text)]
    placed = opened.placed(*fitting)
    assert all((each.write is None) == bool(each.obstacle) for each in placed)
    taken = [answer for answer, each in zip(fitting, placed, strict=True) if each.write]
    after = actions_of(opened.written(*taken))
    meant = {(key, field): text for key, field, text in taken}
    assert after.keys() == before.keys()
    for key, action in after.items():
        was = before[key]
        assert action.words("director_lead") == was.words("director_lead")
        for each in was.entries:
            says = {"status": was.typed_status(each), "update": was.update(each)}
            if each == month:
                says |= {f: meant[key, f] for f in says if (key, f) in meant}
            assert _plain(action.typed_status(each)) == _plain(says["status"])
            assert _plain(action.update(each)) == _plain(says["update"])


def _plain(text: str) -> list[str]:
    """The lines of a text that say anything."""
    lines = without_controls(text).splitlines()
    return [settled(line) for line in lines if line.strip()]
