"""What in a workbook keeps people with disabilities from reading it, rule by rule.

`rules` lists the rules. The other modules look for what breaks them, and `checking` runs them all.
"""
