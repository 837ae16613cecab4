"""Plans without month columns, turned into the rows of a tracker: documents in, rows out."""
