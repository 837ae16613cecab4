"""How many slips of the pen lie between two short words."""

from __future__ import annotations


def edit_distance(one: str, other: str) -> int:
    """How many slips make `other` of `one`: a letter too many, too few or wrong, or two swapped.

    >>> edit_distance("OC.C1.6", "CO.C1.6"), edit_distance("SB.B1.14", "SD.B1.14")
    (1, 1)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, above, row = row, before, [at]
        for to, wanted in enumerate(other, start=1):
            least = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                least = min(least, above[to - 2] + 1)
            row.append(least)
    return row[-1]
