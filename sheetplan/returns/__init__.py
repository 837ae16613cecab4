"""Returns: whom to ask for what, and what to make of the answers. Knows nothing of workbooks."""
