"""An owner who fills in a return in LibreOffice: a macro that types as if at the keyboard.

What is typed goes through LibreOffice's own command for it, so that protection and drop-downs
hold as they do for people.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.judges import office

XLSX = "xlsx:Calc MS Excel 2007 XML"
"""The kind of workbook that people send back."""

_MACRO = """
Dim book As Object, sheet As Object, seen As String

Sub FillIn
    Dim options(0) As New com.sun.star.beans.PropertyValue
    options(0).Name = "Hidden"
    options(0).Value = True
    book = StarDesktop.loadComponentFromURL("{sent}", "_blank", 0, options())
    sheet = book.Sheets.getByName("Your update")
    {steps}
    Dim file As Integer
    file = FreeFile
    Open "{said}" For Output As #file
    Print #file, seen
    Close #file
    options(0).Name = "FilterName"
    options(0).Value = "Calc MS Excel 2007 XML"
    book.storeToURL("{back}", options())
    book.close(True)
    StarDesktop.terminate()
End Sub

Sub TypeIn(cell As String, words As String)
    Dim place(0) As New com.sun.star.beans.PropertyValue
    Dim text(0) As New com.sun.star.beans.PropertyValue
    Dim helper As Object, frame As Object
    frame = book.CurrentController.Frame
    helper = createUnoService("com.sun.star.frame.DispatchHelper")
    place(0).Name = "ToPoint"
    place(0).Value = cell
    helper.executeDispatch(frame, ".uno:GoToCell", "", 0, place())
    text(0).Name = "StringName"
    text(0).Value = words
    helper.executeDispatch(frame, ".uno:EnterString", "", 0, text())
End Sub

Sub Choose(cell As String, number As Integer)
    Dim rule As Object, words
    rule = sheet.getCellRangeByName(cell).Validation
    words = book.NamedRanges.getByName(rule.getFormula1()).getReferredCells().getDataArray()
    TypeIn cell, words(number - 1)(0)
End Sub

Sub HideOtherRows(table As String, column As Integer, words As String)
    Dim area As Object, wanted(0) As New com.sun.star.sheet.TableFilterField
    area = book.DatabaseRanges.getByName(table)
    wanted(0).Field = column - 1
    wanted(0).Operator = com.sun.star.sheet.FilterOperator.EQUAL
    wanted(0).StringValue = words
    area.getFilterDescriptor().setFilterFields(wanted())
    area.refresh()
End Sub

Sub Look(cell As String)
    seen = seen & sheet.getCellRangeByName(cell).String & Chr(30)
End Sub

Sub LookWhetherShown(cell As String)
    seen = seen & sheet.getCellRangeByName(cell).Rows.getByIndex(0).IsVisible & Chr(30)
End Sub
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element
 library:name="Owner"/></library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Owner"
 script:language="StarBasic">{}</script:module>"""


def fill_in_office(sent: Path, back: Path, steps: Sequence[str]) -> list[str]:
    """Open a return in LibreOffice, do something in it, and save it as another file.

    Args:
        sent: The return.
        back: The file to save.
        steps: What is done, as Basic: TypeIn "G7", "words"; Choose "G7", 2 for the second entry of
            its list; HideOtherRows "table", 7, "words"; Look "G7"; LookWhetherShown "G7".

    Returns:
        What was seen at each look.
    """
    folder = back.parent / "office"
    said = folder / "said"
    macro = _MACRO.format(
        sent=sent.as_uri(), back=back.as_uri(), said=said, steps="\n    ".join(steps)
    )
    _run(folder, "--terminate_after_init")  # else it would write over the macro
    library = folder / "user" / "basic" / "Standard"
    (library / "script.xlb").write_text(_LIBRARY, "utf-8")
    (library / "Owner.xba").write_text(_MODULE.format(escape(macro)), "utf-8")
    _run(folder, "macro:///Standard.Owner.FillIn")
    return said.read_text("utf-8").split("\x1e")[:-1]


def saved_by_office(path: Path, folder: Path, kind: str = XLSX) -> Path:
    """Open a workbook in LibreOffice and save it into a folder, as a kind of file."""
    save_by_office([path], folder, kind)
    return folder / f"{path.stem}.{kind.partition(':')[0]}"


def save_by_office(paths: Sequence[Path], folder: Path, kind: str = XLSX) -> None:
    """Open workbooks in LibreOffice and save them into a folder, as a kind of file."""
    profile = folder.parent / "office"
    _run(profile, "--convert-to", kind, "--outdir", str(folder), *map(str, paths))


def _run(profile: Path, *arguments: str) -> None:
    program = office()
    assert program is not None
    command = [program, "--headless", f"-env:UserInstallation={profile.as_uri()}", *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
