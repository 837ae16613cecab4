"""The shipped templates: workbooks whose pattern rows show how each kind of row looks.

The scripts beside them build them; at run time only the workbooks are read.
"""
