"""Two letters for each theme, with which its references begin."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import product
from string import ascii_uppercase

_SMALL_WORDS = frozenset("a an and at by for in of on our the to with".split())


def theme_codes(names: Sequence[str]) -> tuple[str, ...]:
    """A code for each theme: its initials, else its first letters; no two are the same.

    >>> theme_codes(["Corporate Oversight", "Finance", "Finance and People", "Fire"])
    ('CO', 'FI', 'FP', 'FR')
    """
    taken: set[str] = set()
    codes = []
    for name in names:
        code = next(code for code in _candidates(name) if code not in taken)
        taken.add(code)
        codes.append(code)
    return tuple(codes)


def _candidates(name: str) -> Iterator[str]:
    """Codes for a theme, the best first; after those of its letters all others."""
    plain = unicodedata.normalize("NFKD", name.upper())
    spelled = "".join(c if c in ascii_uppercase else " " if c.isspace() or c in "-/&" else ""
                      for c in plain)  # fmt: skip
    words = spelled.split()
    main_words = [word for word in words if word.casefold() not in _SMALL_WORDS] or words
    if len(main_words) > 1:
        yield main_words[0][0] + main_words[1][0]
    letters = "".join(main_words)
    yield from (letters[0] + other for other in letters[1:])
    firsts = letters[:1] or "T"
    for first, second in product(firsts + ascii_uppercase, ascii_uppercase):
        yield first + second
