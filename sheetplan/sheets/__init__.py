"""Between a worksheet and the plan: find the layout, read actions, write month columns."""
