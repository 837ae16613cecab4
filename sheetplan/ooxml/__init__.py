"""The .xlsx package: parts, cells, styles, names and ranges, edited without losing anything.

This layer knows nothing of councils and could be a library of its own. A part is parsed only when
something needs it; a part that nothing changed is copied as the compressed bytes it was.
"""
