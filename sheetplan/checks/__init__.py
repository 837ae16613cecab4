"""Checks: rules that challenge a tracker the way a sharp auditor would. They know nothing of Excel.

Each family of rules is a module; a rule is a small generator function over a CheckedPlan.
"""
