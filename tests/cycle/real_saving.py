"""What people and programs do to a return when it is saved, beside its words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEETML = b"application/vnd.openxmlformats-officedocument.spreadsheetml"


def with_links(data: bytes) -> bytes:
    """With links to another workbook and to another program."""
    parts = _parts(data)
    book = f'<externalBook r:id="rId1" xmlns:r="{_RELATED}"/>'
    dde = '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'
    references = ""
    for number, link in enumerate((book, dde), 1):
        name = f"externalLinks/externalLink{number}.xml"
        parts[f"xl/{name}"] = f"<externalLink {_MAIN}>{link}</externalLink>".encode()
        _relate(parts, f"rIdX{number}", f"{_RELATED}/externalLink", name)
        kind = f"{_SHEETML.decode()}.externalLink+xml"
        override = f'<Override PartName="/xl/{name}" ContentType="{kind}"/>'
        _insert(parts, "[Content_Types].xml", "</Types>", override)
        references += f'<externalReference xmlns:r="{_RELATED}" r:id="rIdX{number}"/>'
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" TargetMode="External" '
        f'Type="{_RELATED}/externalLinkPath" Target="budget.xlsx"/></Relationships>'
    ).encode()
    links = f"<externalReferences>{references}</externalReferences>"
    _insert(parts, "xl/workbook.xml", "<definedNames>", links)
    return _packed(parts)


def with_macros(data: bytes) -> bytes:
    """Saved as a workbook with macros, and one in it."""
    parts = _parts(data)
    types = "[Content_Types].xml"
    with_them = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts[types] = parts[types].replace(_SHEETML + b".sheet.main+xml", with_them)
    kind = "application/vnd.ms-office.vbaProject"
    _insert(parts, types, "<Override ", f'<Default Extension="bin" ContentType="{kind}"/>')
    related = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    _relate(parts, "rIdV", related, "vbaProject.bin")
    parts["xl/vbaProject.bin"] = b"Sub Auto_Open()"
    return _packed(parts)


def of_an_older_form(data: bytes) -> bytes:
    """Made by an older version: its form has the number before this one's, in all places."""
    places = (
        rb"(/2023-08/[a-z0-9-]+/)1()\b",
        rb'(name="sheetplan_schema".*?<vt:lpwstr>)1(<)',
        rb"(>schema<.*?>)1(<)",
    )
    for place in places:
        data = _saying(data, re.compile(place, re.DOTALL), rb"\g<1>0\2")
    return data


def of_july(data: bytes) -> bytes:
    """The return of the month before."""
    return _saying(data, re.compile(rb"2023-08"), rb"2023-07")


def of_another_tracker(data: bytes) -> bytes:
    """The return of another tracker, whose id is ffffffff."""
    known = re.search(rb"([0-9a-f]{8})/2023-08/", b"".join(_parts(data).values()))
    assert known is not None
    return _saying(data, re.compile(known[1]), b"ffffffff")


def with_wide_columns(data: bytes) -> bytes:
    """Columns drawn wider."""
    return _saying(data, re.compile(rb'(<col [^>]*width=)"[0-9.]+"'), rb'\1"90"')


def with_two_identities(data: bytes) -> bytes:
    """The rows of a return in the workbook of another: its sheet and the rest disagree."""
    return _saying(data, re.compile(rb"(Return reference: [0-9a-f]{8}/2023)-08"), rb"\1-07")


def as_csv(data: bytes) -> bytes:
    """Saved as CSV: the reference of the return is gone with the sheets beside."""
    return b"Reference,Action,This month's status\r\nSD.B1.13,Whatever,Complete\r\n"


def _saying(data: bytes, pattern: re.Pattern[bytes], words: bytes) -> bytes:
    return _packed({name: pattern.sub(words, part) for name, part in _parts(data).items()})


def _relate(parts: dict[str, bytes], name: str, kind: str, target: str) -> None:
    """Relate the workbook to a part."""
    relationship = f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
    _insert(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", relationship)


def _insert(parts: dict[str, bytes], name: str, before: str, xml: str) -> None:
    part = parts[name].decode()
    assert before in part
    parts[name] = part.replace(before, xml + before, 1).encode()


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()
