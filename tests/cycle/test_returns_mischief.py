"""Many returns with random mischief in them: whatever is typed into one, it is not lost."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import openpyxl
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

import sheetplan
from tests.cycle.mischief import (
    MISCHIEF,
    Mischief,
    alter_a_reference,
    clear_locked_cells,
    edit_locked_cells,
    lose_one_place,
    lose_three_places,
    rename_a_heading,
    resaved,
    swap_two_references,
    wipe_references,
)
from tests.cycle.mischief_accounts import Accounts, Ledger, exact, net_changes, plain
from tests.cycle.mischief_filling import Filling, Typed, fill_in
from tests.cycle.mischief_tracker import (
    KEYS,
    OFFICERS_WORK,
    Place,
    Sent,
    edited_by_officers,
    month_places,
    send,
    values,
)

# ---------------------------------------------------------------- what is drawn


class ReturnSpec(NamedTuple):
    """A return that comes back: whose it is, by what chance it is filled in, and the mischief."""

    owner: int
    seed: int
    mischief: tuple[Mischief, ...]
    part: int


class MonthSpec(NamedTuple):
    """A month: its returns, in up to three parts, and what officers did meanwhile."""

    returns: list[ReturnSpec]
    officer: int
    trust_owners: bool


_mischief = st.lists(st.sampled_from(MISCHIEF), max_size=4).map(tuple)
_returns = st.builds(ReturnSpec, st.integers(0, 4), st.integers(0, 9999), _mischief,
                     st.integers(0, 2))  # fmt: skip
months = st.builds(MonthSpec, st.lists(_returns, min_size=8, max_size=12), st.integers(0, 9),
                   st.integers(0, 9).map(lambda number: number == 9))  # fmt: skip


# ---------------------------------------------------------------- what is done


def filled_in(spec: ReturnSpec, number: int, sent: Sent) -> Filling:
    """A return filled in, and the mischief done to it."""
    others = [line for at, lines in enumerate(sent.lines) if at != spec.owner for line in lines]
    own = {key for _, key in sent.lines[spec.owner]}
    others = [line for line in others if line[1] not in own]
    random = Random(spec.seed)
    filling = Filling(sent.returns[spec.owner], dict(sent.keys), others, random, f"ret{number:02}")
    fill_in(filling)
    for mischief in spec.mischief:
        mischief(filling)
    return filling


def put_into(folder: Path, filling: Filling) -> list[Path]:
    """Save a return, as it arrives."""
    data = filling.book.data()
    if filling.is_resaved:
        data = resaved(data)
        for typed in filling.typed:  # what formulas come to is not kept
            typed.text = "" if typed.formula else typed.text
    home = folder / "Directorate of" / "People" if filling.is_in_folder else folder
    home.mkdir(parents=True, exist_ok=True)
    path = home / filling.file_name
    if filling.is_zipped:
        path = path.with_suffix(".zip")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"July/{filling.file_name}", data)
            archive.writestr("__MACOSX/July/._x", b"\0")
    else:
        path.write_bytes(data)
    paths = [path]
    if filling.is_copied:
        paths.append(home / f"Copy of {path.name}")
        shutil.copy(path, paths[1])
    return paths


def put_junk_into(folder: Path) -> None:
    """What lies beside returns in people's folders."""
    (folder / "~$ret.xlsx").write_bytes(b"\x05Jo Bloggs" + b" " * 40)
    (folder / "desktop.ini").write_bytes(b"[.ShellClassInfo]")
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (folder / "broken.xlsx").write_bytes(b"PK\3\4 and no more")
    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "minutes.txt").write_bytes(b"Any other business")


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


# ---------------------------------------------------------------- what has to hold


class Month:
    """A month that is played through in a folder of its own."""

    def __init__(self, spec: MonthSpec, sent: Sent, folder: Path) -> None:
        self.spec, self.folder = spec, folder
        self.returns = folder / "returns"
        self.returns.mkdir(parents=True)
        shutil.copy(sent.tracker.with_name("sheetplan.toml"), folder)
        self.before = Path(shutil.copy(sent.tracker, folder / "before.xlsx"))
        edited_by_officers(self.before, spec.officer)
        book = openpyxl.load_workbook(self.before)
        self.places = month_places(book)
        self.ledger = Ledger.of(book, self.places)
        self.values = values(book)
        self.fillings = [filled_in(each, n, sent) for n, each in enumerate(spec.returns)]
        self.files = [put_into(self.returns, filling) for filling in self.fillings]
        put_junk_into(self.returns)

    @property
    def is_known_what_was_sent(self) -> bool:
        """Whether every return says so, or the tracker does. Else what an officer cleared and an
        owner was sent may be taken for that owner's answer, if it is collected before others."""
        return self.spec.officer < OFFICERS_WORK or all(
            filling.says_what_was_sent for filling in self.fillings
        )

    def collected(self, name: str, runs: Sequence[Sequence[Path]]) -> tuple[Path, list[Any]]:
        """The tracker after some runs, and what each run said of itself."""
        tracker = Path(shutil.copy(self.before, self.folder / name))
        results = []
        for paths in runs:
            result = sheetplan.collect_returns(tracker, paths, trust_owners=self.spec.trust_owners)
            results.append(result.plan.as_data())
        return tracker, results

    def parts(self) -> list[list[Path]]:
        """The files in the parts in which they are collected; a copy comes last of all."""
        runs: list[list[Path]] = [[], [], [], []]
        for spec, (path, *copies) in zip(self.spec.returns, self.files, strict=True):
            runs[spec.part].append(path)
            runs[3] += copies
        return [paths for paths in runs if paths]

    def losses(self, ledger: Ledger, results: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        """All that was typed and is nowhere."""
        accounts = Accounts(ledger, results)
        for spec, filling in zip(self.spec.returns, self.fillings, strict=True):
            for typed in filling.typed:
                where = accounts.where(filling.name, typed)
                if not where and _is_misled(spec):
                    where = accounts.where(filling.name, replace(typed, key=None))
                    where = where or ("its row's" if typed.field == "reference" else "")
                if not where and not _is_said_elsewhere(typed, filling, spec.mischief):
                    yield (
                        f"{filling.name} {typed.sheet.name}!{typed.cell.place} ({typed.key} "
                        f"{typed.field}): {typed.text[:70]!r} {typed.formula}; "
                        f"{[mischief.__name__ for mischief in spec.mischief]}"
                    )


def _is_misled(spec: ReturnSpec) -> bool:
    """Whether a row may be about another action than it was: its reference is another's, and its
    wording is gone too or, where the file does not say what was sent, is not the tracker's."""
    has_other_references = not {alter_a_reference, swap_two_references}.isdisjoint(spec.mischief)
    return has_other_references and not _WITHOUT_WORDING.isdisjoint(spec.mischief)


_WITHOUT_WORDING = frozenset((
    rename_a_heading, edit_locked_cells, clear_locked_cells, lose_one_place, lose_three_places,
))  # fmt: skip


def _is_said_elsewhere(typed: Typed, filling: Filling, mischief: Sequence[Mischief]) -> bool:
    """Whether a cell was cleared and says nothing by that: its row stands in the return again and
    is filled in there, its reference is not its own, or nobody knows that anything was sent in it.
    """
    return not (typed.text or typed.formula) and (
        not filling.says_what_was_sent
        or not {alter_a_reference, swap_two_references, wipe_references}.isdisjoint(mischief)
        or any(
            other.key == typed.key and other.field == typed.field and other.text
            for other in filling.typed
        )
    )


def totals_add_up(data: Mapping[str, Any]) -> bool:
    totals, files = data["totals"], Counter(entry["outcome"] for entry in data["files"])
    return (
        totals["found"] == len(data["files"]) == sum(files.values())
        and totals["merged_files"] == files["merged"]
        and totals["asked"] == totals["answered"] + totals["blank"] + totals["missing"]
        and totals["changed"]
        == sum(totals[n] for n in ("merged", "same", "conflicts", "requests", "rejected"))
        and len(data["not_merged"]) == totals["conflicts"] + totals["requests"] + totals["rejected"]
    )


def settled_registers(ledger: Ledger) -> Mapping[str, Any]:
    """What does not depend on when returns were collected, or in which file an answer came.

    A conflict that was settled is history: it never arises where what settles it comes first.
    """
    return {
        "month": {at: plain(text) for at, text in ledger.month.items()},
        "conflicts": Counter(
            (r["Reference"], r["Field"], plain(r["Tracker keeps"]), plain(r["Answer"]), r["From"])
            for r in ledger.conflicts
            if r["Outcome"] == "Open"
        ),
        "requests": Counter(
            (r["Reference"], r["Field"], plain(r["To"]), plain(r["Reason"]), r["Asked by"])
            for r in ledger.requests
        ),
    }


def play(spec: MonthSpec, sent: Sent, folder: Path) -> None:
    """Play a month through, and check all that has to hold."""
    month = Month(spec, sent, folder)
    sent_back = bytes_of(month.returns)

    tracker, results = month.collected("together.xlsx", [[month.returns]])
    book = openpyxl.load_workbook(tracker)
    ledger = Ledger.of(book, month.places)
    _check_losses(month, ledger, results)
    assert all(map(totals_add_up, results))
    _check_changes(month, values(book), ledger)

    as_it_was = tracker.read_bytes()
    again = sheetplan.collect_returns(tracker, [month.returns], trust_owners=spec.trust_owners)
    assert again.output is None
    assert tracker.read_bytes() == as_it_was

    in_parts, results = month.collected("in parts.xlsx", month.parts())
    ledger_of_parts = Ledger.read(in_parts, month.places)
    _check_losses(month, ledger_of_parts, results)
    assert all(map(totals_add_up, results))
    if month.is_known_what_was_sent:
        assert settled_registers(ledger_of_parts) == settled_registers(ledger)
    assert bytes_of(month.returns) == sent_back


def _check_losses(month: Month, ledger: Ledger, results: Sequence[Mapping[str, Any]]) -> None:
    """All that was typed is somewhere."""
    losses = list(month.losses(ledger, results))
    assert not losses, "\n".join(losses)


def _check_changes(month: Month, new: Mapping[Place, Any], ledger: Ledger) -> None:
    """Only cells of July changed, to what somebody typed into them, as the log has it."""
    changed = {at for at in new.keys() | month.values.keys() if new.get(at) != month.values.get(at)}
    by_place = {place: at for at, place in month.places.items()}
    assert changed <= by_place.keys()
    net = net_changes(month.ledger, ledger)
    assert {by_place[place] for place in changed} == net.keys()
    typed = _typed_into(month)
    for at, (before, after) in net.items():
        assert (month.ledger.month[at], ledger.month[at]) == (before, after)
        assert any(text.startswith(exact(after)) for text in typed[at]), (at, after)


def _typed_into(month: Month) -> Mapping[Place, set[str]]:
    """What was typed into each cell of July, or may be taken for it."""
    found: dict[Place, set[str]] = defaultdict(set)
    for spec, filling in zip(month.spec.returns, month.fillings, strict=True):
        if not filling.says_what_was_sent or month.spec.trust_owners:
            for at, text in filling.was_sent.items():  # nobody knows that it was not typed
                found[at].add(text)
        if _is_misled(spec):
            for (_, name), text in filling.was_sent.items():
                for key in KEYS.values():
                    found[key, name].add(text)
        for each in filling.typed:
            for key in KEYS.values() if _is_misled(spec) else [each.key or ""]:
                found[key, each.field].add(exact(each.text))
    return found


@pytest.mark.parametrize("all_rows", [False, True], ids=["asked rows", "all rows"])
def test_nothing_that_is_typed_into_a_return_is_lost(
    all_rows: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sent, played = send(tmp_path_factory.mktemp("sent"), all_rows=all_rows), 0

    @seed(2 if all_rows else 1)
    @settings(max_examples=28)  # 100 others were found to hold
    @given(spec=months)
    def play_one(spec: MonthSpec) -> None:
        nonlocal played
        folder = tmp_path_factory.mktemp("month")
        play(spec, sent, folder)
        shutil.rmtree(folder)
        played += len(spec.returns)

    play_one()
    assert played >= 250  # and as many again in the other run
