"""What holds of merging whatever comes back: nothing is lost, and the order does not matter."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sheetplan.model import Tracker
from sheetplan.model.owner_return import INPUT_FIELDS, ReceivedCell, ReceivedReturn, digest, settled
from sheetplan.returns.content import Outcome
from tests.returns.building import Council, returned, texts_of, tracker, with_rows

OWNERS = ("Ann", "Bob", "Cat")
LINES = (
    "OC.A1.1 | Ann + Bob + Cat | Jul-26 | On track: June | {} | Sep-26",
    "OC.A1.2 | Ann + Bob | 31 July 2026 | On hold: June | {}",
    "OC.A1.3 | Bob + Cat | | | {}",
    "OC.A1.4 | Ann | Aug-26 | On track: June | {}",
)
SAID = st.sampled_from(["", "On track:", ": so far", "On hold: waiting", "Complete: done"])
STATUS = st.sampled_from(["On track", "Complete", "On  track ", "Onn trak", "On hold", ""])
UPDATE = st.sampled_from(["so far", "=1+1", "two\nlines", "Ünïcode", "waiting", "", " "])
FORMULA = ReceivedCell("", "7", formula="3+4")
ERROR = ReceivedCell("", "#REF!", is_error=True)
TYPED = {
    "status": STATUS | st.just(FORMULA),
    "update": UPDATE | st.just(ERROR),
    "date_change": st.sampled_from(["", "Sep-26", "soon"]),
    "date_change_reason": st.sampled_from(["", "No staff"]),
    "due_date": st.sampled_from(["July 2026", "1 Dec 2026", ""]),
    "action": st.sampled_from(["Do something else", "Do OC.A1.1"]),
    "last_update": st.sampled_from(["rewritten", ""]),
    "reference": st.sampled_from(["oca1.1", "OC.A1.2", "OC.Z9.9", "", "Total"]),
}
MISCHIEF = st.sampled_from(["", "", "", "copied", "deleted", "added", "moved"])
ROW = st.fixed_dictionaries({}, optional=TYPED)
NEW = st.fixed_dictionaries(
    {}, optional={"theme": st.just("Theme 1"), "action": UPDATE, "reason": st.just("Asked for")}
)


class Post:
    """Returns as they come in, and what officers typed after they were sent."""

    def __init__(
        self, sent: Tracker, typed: dict[tuple[str, str], str], items: list[ReceivedReturn]
    ) -> None:
        self.sent = sent
        self.typed = typed
        self.returns = items

    def __repr__(self) -> str:
        """The post as it is read best when a test fails."""
        lines = [f"sent {Council(self.sent).texts}", f"typed {self.typed}"]
        for item in self.returns:
            lines.append(f"{item.file}{'' if item.sent else ' (no longer says what was sent)'}")
            for row in (*item.rows, *item.new_actions):
                lines.append(f"  {row.row} { {f: c.text for f, c in row.cells.items()} }")
        return "\n".join(lines)

    def council(self) -> Council:
        council = Council(self.sent)
        for (key, field), text in self.typed.items():
            council.type(key, field, text)
        return council


@st.composite
def posts(draw: st.DrawFn) -> Post:
    said = [draw(SAID) for _ in LINES]
    plan = tracker("\n".join(line.format(words) for line, words in zip(LINES, said, strict=True)))
    cells = st.sampled_from([(f"OC.A1.{n}", f) for n in range(1, 5) for f in ("status", "update")])
    typed = draw(st.dictionaries(cells, STATUS, max_size=2))
    names = draw(st.lists(st.sampled_from(OWNERS), min_size=1, max_size=4))
    # A file that no longer says what was sent is believed where a cell is blank. Where officers
    # had just made it blank, one who was sent the same words would seem to have seen that answer.
    may_forget = not typed
    items = [draw(returns(plan, name, at, may_forget)) for at, name in enumerate(names)]
    return Post(plan, typed, items)


@st.composite
def returns(
    draw: st.DrawFn, plan: Tracker, owner: str, number: int, may_forget: bool
) -> ReceivedReturn:
    keys = st.sampled_from([f"OC.A1.{n}" for n in range(1, 5)])
    typed = draw(st.dictionaries(keys, ROW, max_size=4))
    new = draw(st.lists(NEW, max_size=1))
    item = returned(plan, owner, typed, file=f"{owner} {number}.xlsx", new_actions=new)
    # Formulas and errors are not texts: they are typed once more.
    rows = [{**row, **typed.get(str(row.get("reference")), {})} for row in texts_of(item)]
    mischief = draw(MISCHIEF)
    if mischief == "copied" and rows:
        rows.append({**rows[0], **draw(ROW)})
    elif mischief == "deleted":
        rows = rows[1:]
    elif mischief == "added":
        rows.insert(0, draw(ROW))
    elif mischief == "moved":
        rows.reverse()
    item = with_rows(item, rows)
    if may_forget and draw(st.sampled_from([False, False, True])):
        item = replace(item, sent=None)
    return item


@st.composite
def runs(draw: st.DrawFn, count: int) -> list[list[int]]:
    """Another order of so many returns, in several runs."""
    order = draw(st.permutations(range(count)))
    cuts = sorted(draw(st.sets(st.integers(1, count), max_size=3)))
    edges = [0, *(cut for cut in cuts if cut < count), count]
    return [list(order[a:b]) for a, b in itertools.pairwise(edges)]


def state(council: Council) -> dict[str, object]:
    """All that must not depend on the order. Dates do, and which of several files that say the
    same is named."""
    return {
        "tracker": council.texts,
        "conflicts": council.open_conflicts,
        "requests": council.requests,
        "returns": {
            record.owner: replace(record, returned=None, file="", standing=None)
            for record in council.records.returns
        },
    }


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_any_order_and_any_parts_come_to_the_same(data: st.DataObject) -> None:
    post = data.draw(posts())
    together, apart = post.council(), post.council()
    together.collect(*post.returns)
    for run in data.draw(runs(len(post.returns))):
        apart.collect(*(post.returns[at] for at in run))
    assert state(apart) == state(together)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_collecting_again_changes_nothing(data: st.DataObject) -> None:
    post = data.draw(posts())
    council = post.council()
    council.collect(*post.returns)
    for run in data.draw(runs(len(post.returns))):
        again = council.collect(*(post.returns[at] for at in run))
        assert not again.writes
        assert not again.changes.added
        assert not again.changes.changed


def changed_cells(item: ReceivedReturn) -> Counter[tuple[str, str]]:
    """The cells that an owner filled in and that were sent nowhere, found without the merge."""
    found: Counter[tuple[str, str]] = Counter()
    assert item.sent is not None
    for row in item.rows:
        for name in INPUT_FIELDS:
            cell = row.cells.get(name)
            if cell is None or not (settled(cell.text) or cell.formula):
                continue
            sent_digests = [sent.fields[name] for sent in item.sent.values()]
            if digest(cell.text) not in sent_digests or cell.formula or cell.is_error:
                found[cell.cell, cell.text] += 1
    for row in item.new_actions:
        for cell in row.cells.values():
            if settled(cell.text):
                found[f"New actions!{cell.cell}", cell.text] += 1
    return found


@given(posts(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_every_changed_cell_is_accounted_for_once(post: Post, trust_owners: bool) -> None:
    council = post.council()
    merging = council.dry_run(*post.returns, trust_owners=trust_owners)
    for item in post.returns:
        answers = Counter((a.cell, a.text) for a in merging.answers if a.file == item.file)
        assert all(count == 1 for count in answers.values())
        if item.sent is not None:
            assert changed_cells(item) <= answers


@given(posts())
@settings(max_examples=150, deadline=None)
def test_sums_add_up(post: Post) -> None:
    merging = post.council().collect(*post.returns)
    for tally in merging.tallies:
        answers = Counter(a.outcome for a in merging.answers if a.file == tally.file)
        assert tally.changed == answers.total()
        assert tally.merged == answers[Outcome.MERGED]
        assert tally.asked == tally.answered + tally.blank + tally.missing


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_nobodys_words_vanish(data: st.DataObject) -> None:
    post = data.draw(posts())
    council = post.council()
    refused: set[str] = set()
    for run in data.draw(runs(len(post.returns))):
        merging = council.collect(*(post.returns[at] for at in run))
        refused |= {a.text for a in merging.answers if a.outcome is Outcome.REJECTED and a.reason}
    sent = {settled(text) for text in Council(post.sent).texts.values()}
    kept = {settled(text) for text in council.texts.values()}
    kept |= {settled(row.answer) for row in council.records.conflicts}
    asked = [f"{r.after}\n{r.reason}" for r in council.records.requests]
    for item in post.returns:
        for row in item.rows:
            for name in INPUT_FIELDS:
                text = row.text(name)
                is_kept = settled(text) in kept | sent | {""} or text in refused
                assert is_kept or any(text in words for words in asked), (name, text)
        for row in item.new_actions:
            for cell in row.cells.values():
                assert not settled(cell.text) or any(cell.text in words for words in asked)
