"""An owner who fills in a return in LibreOffice: a macro that types as if at the keyboard.

What is typed goes through LibreOffice's own command for it, so that protection and drop-downs
hold as they do for people.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from tests.judges import office

_LIBRARY = "http://openoffice.org/2000/library"
_SCRIPT = "http://openoffice.org/2000/script"
_MACRO = """
Dim sheet As Object, frame As Object, log As Integer

Sub FillIn
    Dim book As Object, options(0) As New com.sun.star.beans.PropertyValue
    log = FreeFile
    Open "{said}" For Output As #log
    options(0).Name = "Hidden"
    options(0).Value = True
    book = StarDesktop.loadComponentFromURL("{sent}", "_blank", 0, options())
    frame = book.CurrentController.Frame
    sheet = book.Sheets.getByName("Your update")
{steps}
    options(0).Name = "FilterName"
    options(0).Value = "Calc MS Excel 2007 XML"
    book.storeToURL("{back}", options())
    Close #log
    book.close(True)
    StarDesktop.terminate()
End Sub

Sub TypeIn(cell As String, words As String)
    Dim place(0) As New com.sun.star.beans.PropertyValue
    Dim text(0) As New com.sun.star.beans.PropertyValue
    Dim helper As Object
    helper = createUnoService("com.sun.star.frame.DispatchHelper")
    place(0).Name = "ToPoint"
    place(0).Value = cell
    helper.executeDispatch(frame, ".uno:GoToCell", "", 0, place())
    text(0).Name = "StringName"
    text(0).Value = words
    helper.executeDispatch(frame, ".uno:EnterString", "", 0, text())
End Sub

Sub Choose(cell As String, number As Integer)
    Dim words
    words = ListOf(cell)
    TypeIn cell, words(number - 1)(0)
End Sub

Function ListOf(cell As String)
    Dim rule As Object
    rule = sheet.getCellRangeByName(cell).Validation
    ListOf = sheet.getSpreadsheet().DrawPage.Forms.Parent
End Function

Sub Show(cell As String)
    Print #log, sheet.getCellRangeByName(cell).String
End Sub
"""


class Step(NamedTuple):
    """What an owner does to a cell: types words, chooses the n-th of its list, or looks at it."""

    does: str
    cell: str
    words: str | int = ""
