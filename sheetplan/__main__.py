"""`python -m sheetplan`, for machines that run no program outside Program Files but Python."""

from sheetplan.cli.main import main

main()
