"""Reports as Word documents, in the layouts that council committees know. Content in, file out.

python-docx is an extra (`pip install "sheetplan[word]"`), so no module here loads it before a
document is begun. What is typed in a cell comes through as typed: see `writing.safe_text`.
"""
