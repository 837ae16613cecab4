"""`sheetplan collect-returns`: what owners sent back, merged into the tracker."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

import sheetplan
from sheetplan.cli.changing import show_or_apply
from sheetplan.cli.common import (
    count_of,
    dry_run_option,
    heading,
    json_option,
    month_option,
    output_option,
    paragraph,
    profile_option,
    quoted_path,
    table,
    tracker_argument,
)
from sheetplan.cli.reporting import MOST_NAMED, print_findings
from sheetplan.model.month import Month
from sheetplan.model.wording import listed, shortened

if TYPE_CHECKING:
    from sheetplan.cycle.collect_plan import CollectPlan
    from sheetplan.returns.content import CellAnswer

_SHOWN = 60  # characters of what an owner typed


@click.command(short_help="Merge what update owners sent back; nobody's words are lost.")
@tracker_argument
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE_OR_FOLDER...")
@click.option("--resolve", is_flag=True, help="Carry out the choices on the Conflicts sheet. Then "
              "no file needs to be named.")  # fmt: skip
@month_option("The month that the returns are for, such as 2023-08. [default: the tracker's "
              "latest]")  # fmt: skip
@click.option("--owner", metavar="NAME", help="Whose return it is, where the one file that is "
              "named no longer says so itself.")  # fmt: skip
@click.option("--trust-owners", is_flag=True, help="Merge answers to rows that another owner was "
              "sent, too.")  # fmt: skip
@output_option
@dry_run_option
@profile_option
@json_option
@click.pass_context
def collect_returns(
    ctx: click.Context,
    tracker: Path,
    files: tuple[Path, ...],
    resolve: bool,
    month: Month | None,
    owner: str | None,
    trust_owners: bool,
    output: Path | None,
    dry_run: bool,
    profile: str | None,
    as_json: bool,
) -> None:
    """Merge the returns in files, folders and zip archives into the tracker.

    Each answer is compared with what was sent and with what the tracker says now. What nobody else
    changed is taken. Where two say different things the tracker keeps what it has, and the answers
    wait on the Conflicts sheet for somebody to choose. A return is never changed, and collecting
    it twice changes nothing.

    \b
    Examples:
      sheetplan collect-returns improvement_plan.xlsx returns --dry-run
      sheetplan collect-returns improvement_plan.xlsx returns.zip late.xlsx
      sheetplan collect-returns improvement_plan.xlsx --resolve
    """
    if not files and not resolve:
        raise click.UsageError(
            "Name the returns: files, folders or zip archives. Only with --resolve can they be "
            "left out."
        )
    plan = sheetplan.plan_collect_returns(
        tracker,
        files,
        month=month,
        owner=owner,
        resolve=resolve,
        trust_owners=trust_owners,
        profile=profile,
    )
    show_or_apply(plan, output, dry_run=dry_run, as_json=as_json, print_plan=_print_plan)
    ctx.exit(1 if plan.needs_attention else 0)


def _print_plan(plan: CollectPlan, done: bool) -> None:
    click.secho(f"{plan.path.name}: {_title(plan)}", bold=True)
    if plan.files:
        _print_returns(plan)
        _print_files(plan)
        _print_totals(plan)
    _print_settled(plan)
    _print_written(plan, done)
    _print_answers(plan)
    print_findings(plan.findings, "To look at")
    _print_conflicts(plan)
    _print_requests(plan)
    if not plan.has_work:
        click.echo()
        what = "nothing new" if plan.files else "no new choice to carry out"
        click.echo(f"There is {what}; nothing was written.")


def _title(plan: CollectPlan) -> str:
    if plan.files:
        return f"returns for {plan.month}"
    return f"conflicts of {plan.month}"


def _print_returns(plan: CollectPlan) -> None:
    """A row for each return that was merged."""
    if not plan.tallies:
        return
    click.echo()
    rows: list[list[object]] = [
        ["Owner", "Answered", "Merged", "Same", "Conflicts", "Requests", "Rejected"]
    ]
    files = Counter(tally.owner for tally in plan.tallies)
    for tally in plan.tallies:
        owner = tally.owner if files[tally.owner] == 1 else f"{tally.owner} ({tally.file})"
        answered = f"{tally.answered} of {tally.asked}"
        counts = (tally.merged, tally.same, tally.conflicts, tally.requests, tally.rejected)
        rows.append([owner, answered, *counts])
    table(rows, right=range(1, 7))
    for received in plan.returns:
        for note in received.notes:
            paragraph(f"{received.file}: {note}")


def _print_files(plan: CollectPlan) -> None:
    """The files that were not merged."""
    if plan.rejected:
        heading("Files rejected")
        by_reason: dict[str, list[str]] = {}
        for file in plan.rejected:
            words = f"{file.reason} {file.remedy}".strip()
            by_reason.setdefault(words, []).append(file.file)
        for words, names in by_reason.items():
            paragraph(listed(names, most=len(names)))
            paragraph(words, indent=6)
    if plan.passed_over:
        heading("Files passed over")
        table(_passed_over(plan))


def _passed_over(plan: CollectPlan) -> list[list[str]]:
    """A row for each file that was passed over; many for one reason in one row."""
    by_reason: dict[str, list[str]] = {}
    for file in plan.passed_over:
        by_reason.setdefault(file.reason, []).append(file.file)
    rows = []
    for reason, names in by_reason.items():
        if len(names) > MOST_NAMED:
            rows.append([count_of(len(names), "file"), f"{reason}, such as {names[0]}"])
        else:
            rows += [[name, reason] for name in names]
    return rows


def _print_totals(plan: CollectPlan) -> None:
    """The sums, so that anybody can see that they add up."""
    sums = plan.totals
    heading("Everything adds up")
    files = [
        (sums.merged_files, "merged"),
        (sums.rejected_files, "rejected"),
        (sums.passed_over, "passed over"),
    ]
    rows = [
        (sums.answered, "answered"),
        (sums.blank, "blank"),
        (sums.missing, "missing"),
    ]
    cells = [
        (sums.merged, "merged"),
        (sums.same, "the same"),
        (sums.conflicts, "in conflict"),
        (sums.requests, "in requests"),
        (sums.rejected, "rejected"),
    ]
    table(
        [
            ["Files", f"{sums.found:,} found", _sum(files)],
            ["Rows", f"{sums.asked:,} asked for", _sum(rows)],
            ["Cells", f"{sums.changed:,} came back changed", _sum(cells)],
        ]
    )


def _sum(parts: list[tuple[int, str]]) -> str:
    return "= " + " + ".join(f"{number:,} {what}" for number, what in parts)


def _print_settled(plan: CollectPlan) -> None:
    """The conflicts that were settled."""
    if plan.settled_conflicts:
        heading("Conflicts settled")
        table(
            [
                [row.key, row.field, row.outcome, _quoted(row.answer)]
                for row in plan.settled_conflicts
            ]
        )


def _print_written(plan: CollectPlan, done: bool) -> None:
    """How many cells of each sheet were written; which, with what was there before, is logged."""
    if not plan.writes:
        return
    heading("Written into the plan" if done else "To be written into the plan")
    counts: dict[str, Counter[str]] = {}
    for write in plan.writes:
        counts.setdefault(write.action.sheet, Counter())[write.field] += 1
    rows = []
    for sheet, fields in counts.items():
        said = [(fields["status"], "status", "statuses"), (fields["update"], "update", "updates")]
        words = [f"{count:,} {one if count == 1 else many}" for count, one, many in said if count]
        rows.append([sheet, " and ".join(words)])
    table(rows)
    if plan.taller:
        count = len(plan.taller)
        are = "is" if count == 1 else "are"
        paragraph(f"{count_of(count, 'row')} {are} made taller, so that all words are seen.")
    where = "is on the sheet Update log" if done else "is listed by --json"
    paragraph(f"Each cell, who answered, and what it said before {where}.")


def _print_answers(plan: CollectPlan) -> None:
    """The cells that were rejected; those that say the same of one file together."""
    grouped: dict[tuple[str, str], list[CellAnswer]] = {}
    for answer in plan.rejected_answers:
        grouped.setdefault((answer.file, answer.reason), []).append(answer)
    if not grouped:
        return
    heading("Not merged")
    for (file, reason), answers in grouped.items():
        cells = listed([answer.cell for answer in answers], most=MOST_NAMED)
        references = listed(list(dict.fromkeys(a.key for a in answers if a.key)), most=MOST_NAMED)
        paragraph(f"{file}: {cells}" + (f" ({references})" if references else ""))
        paragraph(reason, indent=6)
        texts = [_quoted(answer.text) for answer in answers if answer.text]
        if texts:
            says = "It says" if len(texts) == 1 else "They say"
            paragraph(f"{says} {listed(texts, most=MOST_NAMED)}.", indent=6)
    if any(len(" ".join(a.text.split())) > _SHOWN for a in plan.rejected_answers) or any(
        len(answers) > MOST_NAMED for answers in grouped.values()
    ):
        paragraph("All of them are shown whole with --json.")


def _quoted(text: str) -> str:
    return f'"{shortened(text, _SHOWN)}"'


def _print_conflicts(plan: CollectPlan) -> None:
    if plan.open_conflicts:
        heading("Conflicts")
        print_way_to_resolve(plan.path, plan.month, plan.open_conflicts, plan.conflicts_sheet)


def _print_requests(plan: CollectPlan) -> None:
    """What waits for a decision, where returns ask for something."""
    cells, waiting = plan.totals.requests, plan.open_requests
    if not (cells and waiting):
        return
    heading("Change control")
    ask, wait = ("asks" if cells == 1 else "ask"), ("waits" if waiting == 1 else "wait")
    paragraph(
        f"{count_of(cells, 'cell')} {ask} for what only change control can grant, and "
        f"{count_of(waiting, 'request')} {wait} for a decision. Note it under Decision on the "
        f"sheet {plan.requests_sheet}; then, to carry out what is agreed, run"
    )
    click.echo(f"    sheetplan change-control {quoted_path(plan.path)}")


def print_way_to_resolve(path: Path, month: Month, cells: int, sheet: str) -> None:
    """How many cells are in conflict, and how a person settles them."""
    paragraph(
        f"Answers to {count_of(cells, 'cell')} differ, and the tracker keeps what it has. Choose "
        f"in the column Choice of the sheet {sheet}, then run"
    )
    click.echo(f"    sheetplan collect-returns {quoted_path(path)} --resolve --month {month.iso}")
