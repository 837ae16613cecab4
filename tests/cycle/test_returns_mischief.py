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
_MONTH_CELLS = {"Theme 1": ("I", "J", "K"), "Theme 2": ("H", "G", "J")}
"""The columns of July's status and update, and of the words by which rows are known here."""

_OFFICERS_WORK = 5  # seeds from here on let officers edit the tracker

Place = tuple[str, str]


@dataclass(frozen=True)
class Sent:
    """A tracker that has sent its returns, and these, by owner."""

    tracker: Path
    returns: Sequence[bytes]
    keys: Mapping[tuple[str, str], str]
    lines: Sequence[list[tuple[dict[str, str], str]]]


@pytest.fixture(scope="module", params=[False, True], ids=["asked rows", "all rows"])
def sent(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    return send(tmp_path_factory.mktemp("sent"), all_rows=request.param)


def send(folder: Path, *, all_rows: bool) -> Sent:
    """Send the returns of the tracker above."""
    (folder / "sheetplan.toml").write_text('profile = "standard"\n', "utf-8")
    sheets = {"Theme 1": _FIRST, "Theme 2": _SECOND, "Owners": _OWNERS}
    tracker = workbook_from_text(folder / "plan.xlsx", sheets)
    sheetplan.send_returns(tracker, folder / "returns", all_rows=all_rows)
    returns = [path.read_bytes() for path in sorted((folder / "returns").glob("*.xlsx"))]
    keys = {}
    for sheet, reference, wording in (("Theme 1", "A", "C"), ("Theme 2", "B", "A")):
        for row in openpyxl.load_workbook(tracker)[sheet].iter_rows(min_row=2):
            texts = {cell.column_letter: cell.value for cell in row}
            key = _KEYS[texts[_MONTH_CELLS[sheet][2]]]
            number = f" {key.split()[1]}" if "(" in key else ""
            keys[texts[wording], texts[reference] + number] = key
    lines = []
    for data in returns:
        filling = Filling(data, keys, [], Random(0), "")
        names = ("reference", "workstream", "action", "due_date", "last_status", "last_update")
        lines.append(
            [({n: filling.text(x.row, n) for n in names}, str(x.key)) for x in filling.lines]
        )
    return Sent(tracker, returns, keys, lines)


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
months = st.builds(MonthSpec, st.lists(_returns, min_size=8, max_size=16), st.integers(0, 9),
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


def edited_by_officers(tracker: Path, seed: int) -> None:
    """What officers type into the tracker while returns are out; nothing for half of the seeds."""
    if seed < _OFFICERS_WORK:
        return
    random, book = Random(seed), openpyxl.load_workbook(tracker, rich_text=True)
    for _ in range(random.randint(1, 6)):
        sheet = book[random.choice(("Theme 1", "Theme 2"))]
        letters = random.choice(("I", "J", "F", "C") if sheet.title[-1] == "1" else "GHIA")
        cell = sheet[f"{letters}{random.randint(2, 10)}"]
        is_blanked = letters in "GHIJ" and random.random() < 0.3
        cell.value = None if is_blanked else random.choice(("On track", "Officer's words", "Begun"))
    book.save(tracker)


def month_places(tracker: Path) -> dict[Place, Place]:
    """The sheet and the cell of each cell of July, by key and field."""
    book, found = openpyxl.load_workbook(tracker), {}
    for sheet, (status, update, known_by) in _MONTH_CELLS.items():
        for cell in book[sheet][known_by][1:]:
            for name, letters in (("status", status), ("update", update)):
                found[_KEYS[cell.value], name] = (sheet, f"{letters}{cell.row}")
    return found


def values(tracker: Path) -> dict[tuple[str, str], Any]:
    """The cells of the themes."""
    book = openpyxl.load_workbook(tracker)
    return {
        (name, cell.coordinate): cell.value
        for name in _MONTH_CELLS
        for row in book[name].iter_rows()
        for cell in row
        if cell.value is not None
    }


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
        self.places = month_places(self.before)
        self.ledger = Ledger.read(self.before, self.places)
        self.values = values(self.before)
        self.fillings = [filled_in(each, n, sent) for n, each in enumerate(spec.returns)]
        self.files = [put_into(self.returns, filling) for filling in self.fillings]
        put_junk_into(self.returns)

    @property
    def is_known_what_was_sent(self) -> bool:
        """Whether every return says so, or the tracker does. Else what an officer cleared and an
        owner was sent may be taken for that owner's answer, if it is collected before others."""
        return self.spec.officer < _OFFICERS_WORK or all(
            filling.says_what_was_sent for filling in self.fillings
        )

    def collected(self, name: str, runs: Sequence[Sequence[Path]]) -> tuple[Path, list[Any]]:
        """The tracker after some runs, and what each run said of itself."""
        tracker = Path(shutil.copy(self.before, self.folder / name))
        results = []
        for paths in runs:
            result = sheetplan.collect_returns(
                tracker, paths, trust_owners=self.spec.trust_owners
            )
            results.append(result.plan.as_data())
        return tracker, results

    def parts(self) -> list[list[Path]]:
        """The files in the parts in which they are collected; a copy comes last of all."""
        runs: list[list[Path]] = [[], [], [], []]
        for spec, (path, *copies) in zip(self.spec.returns, self.files, strict=True):
            runs[spec.part].append(path)
            runs[3] += copies
        return [paths for paths in runs if paths]

    def losses(self, tracker: Path, results: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        """All that was typed and is nowhere."""
        accounts = Accounts(Ledger.read(tracker, self.places), results)
        for spec, filling in zip(self.spec.returns, self.fillings, strict=True):
            for typed in filling.typed:
                where = accounts.where(filling.name, typed)
                if not where and not _is_said_elsewhere(typed, filling):
                    yield (
                        f"{filling.name} {typed.sheet.name}!{typed.cell.place} ({typed.key} "
                        f"{typed.field}): {typed.text[:70]!r} {typed.formula}; "
                        f"{[mischief.__name__ for mischief in spec.mischief]}"
                    )


def _is_said_elsewhere(typed: Typed, filling: Filling) -> bool:
    """Whether a cell was cleared and says nothing by that: its row stands in the return again, and
    is filled in there; its reference is another's now; or the return no longer says that anything
    was sent in it."""
    if typed.text or typed.formula:
        return False
    row = typed.cell.place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return not filling.says_what_was_sent or any(
        (other.key == typed.key and other.field == typed.field and other.text)
        or (other.field == "reference" and other.cell.place.endswith(row))
        for other in filling.typed
    )


def totals_add_up(data: Mapping[str, Any]) -> bool:
    totals, files = data["totals"], Counter(entry["outcome"] for entry in data["files"])
    return (
        totals["found"] == len(data["files"]) == sum(files.values())
        and totals["merged_files"] == files["merged"]
        and totals["asked"] == totals["answered"] + totals["blank"] + totals["missing"]
        and totals["changed"]
        == sum(totals[n] for n in ("merged", "same", "conflicts", "requests", "rejected"))
        and len(data["not_merged"])
        == totals["conflicts"] + totals["requests"] + totals["rejected"]
    )


def settled_registers(ledger: Ledger) -> Mapping[str, Any]:
    """What does not depend on when returns were collected, or in which file an answer came."""
    return {
        "month": {at: plain(text) for at, text in ledger.month.items()},
        "conflicts": Counter(
            (r["Reference"], r["Field"], plain(r["Tracker keeps"]), plain(r["Answer"]), r["From"],
             r["Outcome"])
            for r in ledger.conflicts
        ),
        "requests": Counter(
            (r["Reference"], r["Field"], plain(r["Asked for"]), plain(r["Reason"]), r["Asked by"])
            for r in ledger.requests
        ),
    }  # fmt: skip


PLAYED: Counter[str] = Counter()
"""How many returns were played with, and what became of what was typed."""


def play(spec: MonthSpec, sent: Sent, folder: Path) -> None:
    """Play a month through, and check all that has to hold."""
    month = Month(spec, sent, folder)
    PLAYED["returns"] += len(month.fillings)
    sent_back = bytes_of(month.returns)

    tracker, results = month.collected("together.xlsx", [[month.returns]])
    _check_losses(month, tracker, results)
    assert all(map(totals_add_up, results))
    ledger = Ledger.read(tracker, month.places)
    _check_changes(month, tracker, ledger)

    as_it_was = tracker.read_bytes()
    again = sheetplan.collect_returns(
        tracker, [month.returns], trust_owners=spec.trust_owners
    )
    assert again.output is None
    assert tracker.read_bytes() == as_it_was

    in_parts, results = month.collected("in parts.xlsx", month.parts())
    _check_losses(month, in_parts, results)
    assert all(map(totals_add_up, results))
    if month.is_known_what_was_sent:
        assert settled_registers(Ledger.read(in_parts, month.places)) == settled_registers(ledger)
    assert bytes_of(month.returns) == sent_back


def _check_losses(month: Month, tracker: Path, results: Sequence[Mapping[str, Any]]) -> None:
    """All that was typed is somewhere."""
    losses = list(month.losses(tracker, results))
    assert not losses, "\n".join(losses)


def _check_changes(month: Month, tracker: Path, ledger: Ledger) -> None:
    """Only cells of July changed, to what somebody typed into them, as the log has it."""
    new = values(tracker)
    changed = {at for at in new.keys() | month.values.keys() if new.get(at) != month.values.get(at)}
    by_place = {place: at for at, place in month.places.items()}
    assert changed <= by_place.keys()
    net = net_changes(month.ledger, ledger)
    assert {by_place[place] for place in changed} == net.keys()
    typed: dict[Place, set[str]] = {}
    for filling in month.fillings:
        if not filling.says_what_was_sent:  # then nobody knows that these were not typed
            for at, text in filling.was_sent.items():
                typed.setdefault(at, set()).add(text)
        for each in filling.typed:
            for key in [each.key] if each.key is not None else _KEYS.values():
                typed.setdefault((key, each.field), set()).add(exact(each.text))
    for at, (before, after) in net.items():
        assert month.ledger.month[at] == before
        assert ledger.month[at] == after
        assert exact(after) in {text[: len(exact(after))] for text in typed.get(at, ())}, (at, after)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(spec=months)
def test_nothing_that_is_typed_into_a_return_is_lost(
    sent: Sent, tmp_path_factory: pytest.TempPathFactory, spec: MonthSpec
) -> None:
    folder = tmp_path_factory.mktemp("month")
    try:
        play(spec, sent, folder)
    finally:
        shutil.rmtree(folder)


def test_five_hundred_returns_were_played_with() -> None:
    assert PLAYED["returns"] >= 500
