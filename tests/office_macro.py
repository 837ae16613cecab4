"""LibreOffice made to run a macro of ours."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from tests.judges import office

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element
 library:name="Ours"/></library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Ours"
 script:language="StarBasic">{}</script:module>"""


def run_macro(folder: Path, basic: str) -> None:
    """Run a macro in LibreOffice.

    Args:
        folder: A folder for LibreOffice's own profile, which is made.
        basic: The macro; its `Sub Main` ends with `StarDesktop.terminate()`.
    """
    _run(folder, "--terminate_after_init")  # else it would write over the macro
    library = folder / "user" / "basic" / "Standard"
    (library / "script.xlb").write_text(_LIBRARY, "utf-8")
    (library / "Ours.xba").write_text(_MODULE.format(escape(basic)), "utf-8")
    _run(folder, "macro:///Standard.Ours.Main")


def _run(profile: Path, *arguments: str) -> None:
    program = office()
    assert program is not None
    command = [program, "--headless", f"-env:UserInstallation={profile.as_uri()}", *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
