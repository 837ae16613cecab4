"""The text of a paragraph in a Word document, in stretches of one look."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from sheetplan.documents.word_looks import WordLooks
from sheetplan.model.commentary import CommentaryRun

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PASSED = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr"))
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_PICTURES = (f"{_W}drawing", f"{_W}pict", f"{_W}object")
_TEXT_BOX = f"{_W}txbxContent"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_NOTES = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}


class _Piece(NamedTuple):
    text: str
    run: Any
    note: str = ""


class WordRuns:
    """Reads the text of paragraphs, and numbers the notes that they refer to.

    Attributes:
        marks: The mark of each note, by its kind and id: in the order of the text, as Word does.
        pictures: How many pictures were passed over.
    """

    def __init__(self, looks: WordLooks) -> None:
        self._looks = looks
        self.marks: dict[tuple[str, str | None], str] = {}
        self.pictures = 0

    def of(self, paragraph: Any) -> tuple[list[CommentaryRun], list[str]]:
        """The stretches of a paragraph's text, and the marks of its notes."""
        runs, notes = [], []
        for piece in self._pieces(paragraph):
            if piece.note:
                notes.append(piece.note)
            runs.append(self._looks.run(piece.text, piece.run, paragraph))
        joined = [
            look._replace(text="".join(run.text for run in group))
            for look, group in groupby_look(runs)
        ]
        return joined, notes

    def plain(self, text: str) -> CommentaryRun:
        """A stretch without a look of its own."""
        return CommentaryRun(text)

    def _pieces(self, element: Any) -> Iterator[_Piece]:
        """The pieces of text below an element: of links, fields and insertions too."""
        for child in element:
            if child.tag == f"{_W}r":
                yield from self._of_run(child)
            elif child.tag == f"{_M}t":
                yield _Piece(child.text or "", element)
            elif child.tag not in _PASSED and isinstance(child.tag, str):
                yield from self._pieces(child)

    def _of_run(self, run: Any) -> Iterator[_Piece]:
        for child in run:
            if child.tag == f"{_W}t":
                yield _Piece(child.text or "", run)
            elif child.tag == f"{_W}br":
                if child.get(f"{_W}type", "textWrapping") == "textWrapping":
                    yield _Piece("\n", run)
            elif child.tag == f"{_W}sym":
                yield _Piece(_symbol(child), run)
            elif child.tag in _CHARACTERS:
                yield _Piece(_CHARACTERS[child.tag], run)
            elif child.tag in _NOTES:
                mark = self._mark(_NOTES[child.tag], child.get(f"{_W}id"))
                yield _Piece(f"[{mark}]", run, mark)
            elif child.tag in (*_PICTURES, _ALTERNATIVES):
                self.pictures += next(child.iter(_TEXT_BOX), None) is None

    def _mark(self, kind: str, number: str | None) -> str:
        """The mark of a note: 1, 2 … for footnotes, and e1, e2 … for endnotes."""
        of_its_kind = sum(other == kind for other, _ in self.marks)
        first = "" if kind == "footnotes" else "e"
        return self.marks.setdefault((kind, number), f"{first}{of_its_kind + 1}")


def groupby_look(runs: list[CommentaryRun]) -> Iterator[tuple[CommentaryRun, Any]]:
    """Stretches that stand together and look alike."""
    return groupby(runs, key=lambda run: run._replace(text=""))


def _symbol(element: Any) -> str:
    """A character of a symbol font; its number is Word's own where no one else has it."""
    try:
        code = int(element.get(f"{_W}char", ""), 16)
    except ValueError:
        return ""
    return "•" if 0xE000 <= code <= 0xF8FF else chr(code)
