"""What a workbook from somewhere else holds that could act or reach out, said in words.

None of it is run, followed or copied; whoever sent the workbook may not know that it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import unquote

from sheetplan.errors import WorkbookError
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.relationships import Relationship
from sheetplan.ooxml.xml import local_name

_RELATIONSHIPS = "_rels/"
# The kinds of relationships that lead to such things, and what is said of them.
_REMARKS = {
    "It has macros; they were not run.": {
        "vbaProject",
        "xlMacrosheet",
        "xlIntlMacrosheet",
    },
    "It has an add-in; it was not run.": {"webextensiontaskpanes", "webextension"},
    "It has buttons or other form controls; they were left alone.": {"ctrlProp", "control"},
    "It fetches data from elsewhere (a connection or query); nothing was fetched.": {
        "connections",
        "queryTable",
    },
    "It has other files inside it; they were not opened.": {"oleObject", "package"},
}
_LINK = "externalLink"


def remarks(package: Package) -> tuple[str, ...]:
    """What is worth a note to whoever reads the workbook: macros, links to elsewhere, objects.

    A sentence each; none for a workbook that holds only cells, pictures and notes. A part that
    cannot be read says nothing here.
    """
    found = [r for part in _with_relationships(package) for r in _relationships(package, part)]
    kinds = {relationship.kind for relationship in found}
    said = [sentence for sentence, those in _REMARKS.items() if kinds & those]
    links = [r.target for r in found if r.kind == _LINK and not r.external]
    said += dict.fromkeys(said for part in links for said in _link_remarks(package, part))
    if any(r.external and r.kind == "image" for r in found):
        said.append("It shows pictures that lie elsewhere; they were not fetched.")
    return tuple(said)


def _with_relationships(package: Package) -> Iterator[str]:
    """The parts that have relationships, and the package itself."""
    for name in package.names:
        folder, holder, base = name.rpartition(_RELATIONSHIPS)
        if holder and base.lower().endswith(".rels"):
            yield folder + base[: -len(".rels")]


def _relationships(package: Package, part: str) -> list[Relationship]:
    with suppress(WorkbookError):
        return package.relationships(part)
    return []


def _link_remarks(package: Package, part: str) -> Iterator[str]:
    """What a part for a link to elsewhere says (18.14.7)."""
    with suppress(WorkbookError):
        for element in package.xml(part):
            kind = local_name(element)
            if kind == "ddeLink":
                program = element.get("ddeService", "another program")
                yield f"It has a DDE link ({program}); it was not followed."
            elif kind == "oleLink":
                yield "It has a link to an object elsewhere; it was not followed."
            elif kind == "externalBook":
                for relationship in _relationships(package, part):
                    name = _file_name(relationship.target)
                    yield f'It has links to another workbook ("{name}"); they were not followed.'


def _file_name(target: str) -> str:
    """The last piece of an address, which is enough to know a workbook by."""
    return unquote(target).replace("\\", "/").rstrip("/").rpartition("/")[2]
