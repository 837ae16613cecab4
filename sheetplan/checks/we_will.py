""" "We will" statements: what a council has promised, each under a code of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found, Place, at
from sheetplan.checks.rule import rule
from sheetplan.model.action import Action
from sheetplan.model.finding import Severity
from sheetplan.model.wording import compact, listed, words_of

_WORDS_BEFORE, _WORDS_QUOTED = 3, 9
_FIRST_WORDS, _LEAST_SHARE = 8, 0.7  # that are the same in promises that are nearly the same
_SHORTEST = 12  # letters; what is shorter is no statement
# "(New) O4-We will": a code at the very beginning, or one that "We" follows.
_BEGINS = re.compile(
    r"(?:^|(?<=[\s.;]))(?:\(?[Nn]ew\)?\s*)?(?<![A-Za-z0-9])(?P<code>[A-Z]{1,3}[0-9]{1,3})\b"
    r"[\s.:)–—-]*(?=(?P<we>[Ww]e\b)?)"
)
_SEE_ALSO = re.compile(r"\(see [^()]*\)", re.IGNORECASE)


@rule(
    "we-will-two-texts",
    Severity.WARNING,
    "A promise to residents that is worded in two ways can be held to neither.",
)
def we_will_two_texts(plan: CheckedPlan) -> Iterator[Found]:
    """Spaces, capitals and punctuation do not count, nor does "(See O20 - O22)" behind a text."""
    by_code: dict[str, dict[str, list[tuple[Action, str]]]] = defaultdict(dict)
    for action, code, text in _statements(plan):
        by_code[code].setdefault(compact(text), []).append((action, text))
    for code, texts in by_code.items():
        if len(texts) > 1:
            said = [same[0][1] for same in texts.values()]
            quotes = [
                f"{quote} on {listed([action.reference_text for action, _ in same], 3)}"
                for quote, same in zip(_quotes(said), texts.values(), strict=True)
            ]
            yield Found(
                f"the code {code} has {len(texts)} texts: {listed(quotes, 4)}. Write one text, or "
                "give the other a code of its own.",
                _places([[action for action, _ in same] for same in texts.values()], code, *said),
            )


@rule(
    "we-will-two-codes",
    Severity.WARNING,
    "A promise that has two codes is counted twice.",
)
def we_will_two_codes(plan: CheckedPlan) -> Iterator[Found]:
    """Statements that are the same, or that go apart only towards their end: that is a note."""
    for promise in _promises(plan):
        if len(promise.codes) > 1:
            named = [
                f"{code} on {listed([action.reference_text for action in actions], 3)}"
                for code, actions in promise.codes.items()
            ]
            is_same = len(promise.texts) == 1
            yield Found(
                f"{'one text' if is_same else 'nearly the same text'} has {len(promise.codes)} "
                f"codes: {listed(named, 4)}. Keep one of them"
                f"{'.' if is_same else ', or say how the promises differ.'}",
                _places(list(promise.codes.values()), *promise.texts, *promise.codes),
                None if is_same else Severity.NOTE,
            )


class _Promise:
    """Statements that begin with the same words, whatever their codes are."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self.texts: dict[str, None] = {}
        self.codes: dict[str, list[Action]] = {}

    def is_alike(self, words: list[str]) -> bool:
        """Whether words are the same, or go apart only towards the end."""
        shorter = min(len(words), len(self._words))
        is_long = shorter > _FIRST_WORDS
        return words == self._words or (
            is_long and _alike([words, self._words]) >= _LEAST_SHARE * shorter
        )


def _promises(plan: CheckedPlan) -> Iterator[_Promise]:
    by_beginning: dict[tuple[str, ...], list[_Promise]] = defaultdict(list)
    for action, code, text in _statements(plan):
        words = words_of(text)
        alike = by_beginning[tuple(words[:_FIRST_WORDS])]
        promise = next((one for one in alike if one.is_alike(words)), None)
        if promise is None:
            promise = _Promise(words)
            alike.append(promise)
        promise.texts[compact(text)] = None
        promise.codes.setdefault(code, []).append(action)
    for promises in by_beginning.values():
        yield from promises


def _statements(plan: CheckedPlan) -> Iterator[tuple[Action, str, str]]:
    for action in plan.actions:
        if action.fields.get("we_will"):
            for code, text in _read(action.words("we_will")):
                yield action, code, text


@lru_cache(maxsize=4_096)
def _read(cell: str) -> tuple[tuple[str, str], ...]:
    """The codes of a cell's statements, and what each says."""
    text = _SEE_ALSO.sub("", cell)
    begins = [
        match for match in _BEGINS.finditer(text) if match["we"] is not None or not match.start()
    ]
    ends = [*(match.start() for match in begins[1:]), len(text)][: len(begins)]
    found = [
        (match["code"], text[match.end() : end].strip())
        for match, end in zip(begins, ends, strict=True)
    ]
    return tuple((code, said) for code, said in found if len(compact(said)) >= _SHORTEST)


def _places(sets: Sequence[Sequence[Action]], *says: str) -> tuple[Place, ...]:
    """The cells of all but the largest set of actions, and one of that."""
    largest = max(sets, key=len)
    chosen = [
        action for actions in sets for action in (actions[:1] if actions is largest else actions)
    ]
    return tuple(at(action, "we_will", says="\n".join(says)) for action in chosen)


def _quotes(texts: Sequence[str]) -> list[str]:
    """The texts, each from a little before the word in which they begin to differ."""
    split = [text.split() for text in texts]
    alike = _alike([[compact(word) for word in words] for words in split])
    start = alike - _WORDS_BEFORE if alike > _WORDS_BEFORE + 1 else 0
    quotes = []
    for words in split:
        before = "… " if start else ""
        after = " …" if len(words) > start + _WORDS_QUOTED else ""
        quotes.append(f'"{before}{" ".join(words[start : start + _WORDS_QUOTED])}{after}"')
    return quotes


def _alike(texts: Sequence[Sequence[str]]) -> int:
    """With how many words all of the texts begin."""
    same = takewhile(lambda words: len(set(words)) == 1, zip(*texts, strict=False))
    return sum(1 for _ in same)
