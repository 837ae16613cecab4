"""Word documents as zip files of XML, read without the library that wrote them."""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.judges import office

_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "dc": "http://purl.org/dc/elements/1.1/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
}
W = f"{{{_NAMES['w']}}}"
_STANDS_FOR = {f"{W}tab": "\t", f"{W}br": "\n"}

Said = tuple[str, str]
"""A paragraph: its style as Word shows it, and its text."""


@dataclass(frozen=True)
class WordFile:
    """A document's parts as XML."""

    path: Path

    def part(self, name: str) -> Any:
        """The root of a part."""
        with zipfile.ZipFile(self.path) as file:
            return etree.fromstring(file.read(name))

    def find(self, path: str, part: str = "word/document.xml") -> list[Any]:
        """What an XPath finds in a part."""
        return self.part(part).xpath(path, namespaces=_NAMES)

    def paragraphs(self) -> list[Said]:
        """The paragraphs from the title on, those in the table too."""
        return self._said(self.find("/w:document/w:body")[0])

    def before_table(self) -> list[Said]:
        """The paragraphs above the table."""
        styles = self._styles()
        return [_say(one, styles) for one in self.find("/w:document/w:body/w:p")]

    def rows(self) -> list[list[list[Said]]]:
        """The paragraphs of each cell, row by row."""
        return [
            [self._said(cell) for cell in row.iterfind(f"{W}tc")]
            for row in self.find("/w:document/w:body/w:tbl/w:tr")
        ]

    def _said(self, place: Any) -> list[Said]:
        styles = self._styles()
        return [_say(one, styles) for one in place.iter(f"{W}p")]

    def _styles(self) -> dict[str, str]:
        return {
            style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val")
            for style in self.find("//w:style", "word/styles.xml")
        }


def _say(paragraph: Any, styles: dict[str, str]) -> Said:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    texts = (
        one.text or "" if one.tag == f"{W}t" else _STANDS_FOR[one.tag]
        for run in paragraph.iter(f"{W}r")
        for one in run
        if one.tag == f"{W}t" or one.tag in _STANDS_FOR
    )
    return "Normal" if style is None else styles[style.get(f"{W}val")], "".join(texts)


def converted(path: Path, ending: str) -> bytes:
    """The document as LibreOffice converts it: "pdf", or "txt" in UTF-8."""
    program = office()
    assert program is not None
    kind = "txt:Text (encoded):UTF8" if ending == "txt" else ending
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        probe = folder / "probe.rtf"
        probe.write_text(r"{\rtf1 A machine may have LibreOffice without Writer.}")
        command = [program, "--headless", f"-env:UserInstallation={(folder / 'home').as_uri()}"]
        command += ["--convert-to", kind, "--outdir", str(folder / "out"), str(path), str(probe)]
        subprocess.run(command, check=False, capture_output=True, timeout=120)
        if not (folder / "out" / f"probe.{ending}").exists():
            pytest.skip("LibreOffice is here without Writer (libreoffice-writer-nogui)")
        return (folder / "out" / f"{path.stem}.{ending}").read_bytes()
