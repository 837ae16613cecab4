"""Plans without month columns for tests: drawn as Word documents and as workbooks.

A plan is what examples/plan_document.py draws; a row of a section is made with `plan_row`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.documents import script
from tests.judges import ROOT, shared_folder

Plan = Mapping[str, Any]
HEADINGS = ("No.", "Improvement aim", "Required action", "Outputs / outcomes", "Lead / RAG status")
_MARK = re.compile(r"\[\^(\d+)\]")


def draw_document(plan: Plan, path: Path) -> Path:
    """Draw a plan as a Word document."""
    script(ROOT / "examples" / "plan_document.py").draw_plan(plan, path)
    return path


def plan_row(number: str, *commentary: str, **cells: Any) -> dict[str, Any]:
    """A row of a section with these lines of commentary."""
    usual = {"aim": ["Better roads"], "action": ["Mend them"], "outputs": ["Roads"]}
    return {"number": number, "commentary": list(commentary), **usual, **cells}


def one_section(*rows: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A plan of one section, "1. Streets"."""
    section = {"number": "1", "title": "Streets", "rows": list(rows)}
    return {"title": "The Plan", "sections": [section], **more}


def draw_workbook(plan: Plan, path: Path) -> Path:
    """Draw a plan as a workbook: all sections on one sheet, each under a merged row."""
    book = xlsxwriter.Workbook(path)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    lead = book.add_format({"bold": True, "underline": 1})
    usual = book.add_format()
    sheet = book.add_worksheet("Plan")
    sheet.write_row(0, 0, [plan["title"]], bold)
    row = 2
    for section in plan["sections"]:
        sheet.merge_range(row, 0, row, 4, f"{section['number']}. {section['title']}", bold)
        sheet.write_row(row + 1, 0, HEADINGS, bold)
        row += 2
        for each in section["rows"]:
            sheet.write_string(row, 0, each["number"], wrapped)
            for column, name in enumerate(("aim", "action", "outputs"), 1):
                text = "\n".join(_MARK.sub("", line) for line in each[name])
                sheet.write_string(row, column, text, wrapped)
            pieces: list[Any] = []
            for text, look in _pieces([line for line in each["commentary"] if line != "----"]):
                pieces += [{"lead": lead, "bold": bold, "": usual}[look], text]
            fill = book.add_format(
                {"text_wrap": True, "bg_color": f"#{each.get('fill', 'FFFFFF')}"}
            )
            if len(pieces) > 2:
                sheet.write_rich_string(row, 4, *pieces, fill)
            else:
                sheet.write_string(row, 4, "".join(pieces[1:]), fill)
            row += 1
    book.close()
    return path


def _pieces(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines):
        look = "lead" if line.startswith("__") else "bold" if line.startswith("**") else ""
        yield (line[2:-2] if look else line) + ("\n" if number < len(lines) - 1 else ""), look


# ---------------------------------------------------------------- another council's plan


def shared_plan() -> dict[str, Any]:
    """The plan of data/birmingham_plan_2018-09.json."""
    folder = shared_folder()
    assert folder is not None
    data = json.loads((folder / "data" / "birmingham_plan_2018-09.json").read_text("utf-8"))
    annexes = [line for each in data["annexes"] for line in [each["title"], each["text"]]]
    return {
        "title": f"{data['title']} {data['period']}",
        "introduction": [f"{colour}: {words}" for colour, words in data["rag_key"].items()],
        "footnotes": [note["text"] for note in data["footnotes"]],
        "annex": [line for text in annexes for line in text.split("\n")],
        "sections": [_shared_section(section) for section in data["sections"]],
    }


def _shared_section(section: Plan) -> dict[str, Any]:
    about = (section["subtitle"], section["note"], section["outputs_note"])
    return {
        "number": section["number"],
        "title": section["title"],
        "about": [text for text in about if text],
        "rows": [_shared_row(item) for item in section["items"]],
    }


def _shared_row(item: Plan) -> dict[str, Any]:
    aim = list(item["improvement_aim"])
    aim[-1] += "".join(f"[^{number}]" for number in item["footnotes"])
    commentary = list(_shared_commentary(item["lead_rag"]))
    # every fourth row goes on over a page
    if len(commentary) > 6 and item["number"] and item["number"].endswith(("4", "8", "3")):
        commentary.insert(4, "----")
    return {
        "number": item["number"] or "",
        "aim": aim,
        "action": [f"- {text}" for text in item["required_action"]],
        "outputs": [f"- {text}" for text in item["outputs_outcomes"]],
        "commentary": commentary,
    }


def _shared_commentary(entries: Sequence[Plan]) -> Iterator[str]:
    """The lines of a cell: each lead once, and the paragraphs with their stamps and markers."""
    lead = None
    for entry in entries:
        if entry["lead"] != lead:
            lead = entry["lead"]
            yield from [f"__{lead}__"] if lead else []
        lines = [line.strip() for line in entry["text"].split("\n")]
        stamp, scope = entry["stamp_raw"], entry["stamp_scope"]
        if stamp and scope == "entry":
            lines[-1] += f" {stamp}"
        if entry["complete_marker"]:
            lines[-1] += f" {entry['complete_marker']}"
        if stamp and scope == "heading":
            lines.insert(0, stamp)
        if stamp and scope == "block":
            lines.append(stamp)
        is_bold = entry["bold_extent"] == "full"
        yield from (f"**{line}**" if is_bold else line for line in lines)
