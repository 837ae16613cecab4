"""What a text says, judged by its words: nothing at all, a reason, a next step, a delay, or what
was meant for a colleague.

These functions know the English of updates and nothing of trackers; the words are the council's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sheetplan.checks.phrases import expression, phrases_of, sentences
from sheetplan.checks.stamps import without_stamp

_LONGEST_FORMULA = 100  # characters; what is longer says something

# ---------------------------------------------------------------- nothing at all

_OPENS = re.compile(r"[^,.;:!?\n–—-]{2,60}(?=[,.;:!?\n–—-]|$)")
# Words that add nothing to a formula: "No change to this action at present".
_FILLERS = (
    "action update status this the is are was has been remains now still currently also at present "
    "time to from for since in on and as per given report same please see further this month "
    "last next"
).split()


def says_nothing(text: str, formulas: tuple[str, ...]) -> bool:
    """Whether formulas of words, such as "As above", are all that a text says."""
    if len(text) > _LONGEST_FORMULA:
        return False
    return _only_formulas(formulas).fullmatch(without_stamp(text)) is not None


def opening(text: str, formulas: tuple[str, ...]) -> str:
    """The formula of words that a text opens with, "No change, we …"; empty without one."""
    first = _OPENS.match(text)
    return first[0].strip() if first and says_nothing(first[0], formulas) else ""


@lru_cache(maxsize=8)
def _only_formulas(formulas: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(formulas, key=len, reverse=True)
    formula = rf"(?:{'|'.join(map(expression, longest_first))})(?![^\W_])"
    filler = rf"(?:(?:{'|'.join(_FILLERS)})\b)"
    reference = expression("<reference>")
    return re.compile(
        rf"\W*(?:{filler}\W+)*{formula}(?:\W+(?:{formula}|{filler}|{reference}))*\W*", re.IGNORECASE
    )


# ---------------------------------------------------------------- reasons and next steps

_VERBS = (
    "be become begin start commence recommence restart complete conclude finish end close open go "
    "come return take hold meet reconvene convene happen occur launch relaunch report present "
    "submit publish issue consider approve agree adopt sign review receive deliver follow run "
    "attend visit arrive join leave expire move roll update finalise finalize inform have see"
).split()
_ADVERBS = "(?:formally|shortly|also|now|then|next|soon) "
# "Due to be presented", "due to Cabinet": a date that is to come, and no reason.
_DUE_TO_DO = rf"\bdue to (?:{_ADVERBS})?(?:the )?(?:(?:{'|'.join(_VERBS)})\b"
_SO_FAR = re.compile(r"\bso far\b", re.IGNORECASE)
# "This will delay the launch": what comes, and not what is done about it.
_WILL_SUFFER = re.compile(
    r"\b(?:will|may|could|would|might)(?: also| now| then| likely)? (?:impact|affect|delay|slip|"
    r"cause|mean|result|hinder|no longer|not|be (?:delayed|late|impacted|affected|unable|missed))"
    r"\b|\b(?:able|unable|unlikely) to be\b",
    re.IGNORECASE,
)


def is_due_to_do(text: str, begins: int, meetings: tuple[str, ...]) -> bool:
    """Whether the "due to" that begins there speaks of what is to come, and not of a reason."""
    return _due_to_do(meetings).match(text, begins) is not None


def gives_reason(text: str, reasons: tuple[str, ...], meetings: tuple[str, ...]) -> bool:
    """Whether a text gives a reason. "Due to be presented in May" is none."""
    return bool(phrases_of(reasons).first(_due_to_do(meetings).sub("", _SO_FAR.sub("", text))))


def gives_next_step(text: str, next_steps: tuple[str, ...]) -> bool:
    """Whether a text says what comes next. "This will delay the launch" does not."""
    return bool(phrases_of(next_steps).first(_WILL_SUFFER.sub("", text)))


@lru_cache(maxsize=8)
def _due_to_do(meetings: tuple[str, ...]) -> re.Pattern[str]:
    places = "".join(rf"|(?:[\w'’&]+ ){{0,2}}?{expression(meeting)}\b" for meeting in meetings)
    return re.compile(rf"{_DUE_TO_DO}{places})", re.IGNORECASE)


# ---------------------------------------------------------------- delays

_NEAR = 80  # characters; what stands further away has nothing to do with it
# What stands before the word where nothing is late: "without delay", "risk of slippage".
_NOT_LATE = re.compile(
    r"(?:\b(?:no|not|nor|never|neither|none|nothing|nobody|without|any|zero|free of|avoid\w*|"
    r"prevent\w*|minimi[sz]\w*|reduc\w+|mitigat\w+|tackl\w+|address\w*|risks?|potential\w*|possib\w+|(?-i:may)|might|"
    r"could|would|should|if|unless|in case|minor|slight|small|minimal|little|less|"
    r"rather than|previous\w*|earlier|past|historic\w*|initial\w*|original\w*|had been|after|"
    r"following|despite|capital|budget|revenue|recover\w*)|n['’]t)\b(?:\W+\w+){0,3}?\W*$"
    r"|\b(?:none|neither) of(?:\W+\w+){1,7}?\W*$",
    re.IGNORECASE,
)
# What stands behind it where it is something else, or is over.
_OTHER_THING = re.compile(
    r"\W*(?:(?:discharges?|transfers?|repayments?|repay|flights?|trains?)\b"
    r"|(?:in|on|of|within|against) (?:the )?(?:capital|revenue|budget)\b)",
    re.IGNORECASE,
)
_OVERCOME = re.compile(
    r"\b(?:resolved|overcome|recovered|made up|caught up|restarted|re-started|resumed|lifted|"
    r"(?<!not )on (?:track|schedule|target)|achievable|(?:no|not|without)(?: \w+){0,2} "
    r"(?:impact|impacted|affect|affected|delay|delayed)|now (?:been )?(?:complete|completed|"
    r"concluded|in place|under ?way|started|signed|live|agreed|approved))\b",
    re.IGNORECASE,
)


def says_late(text: str, late: tuple[str, ...]) -> str:
    """The words with which a text says that work is late, or has stopped; empty where it does not.

    Neither "no delay" nor "the risk of delay" says so, and no delay that has been made good.
    """
    overcome = None
    for match in phrases_of(late).all(text):
        begins, ends = match.span("found")
        if overcome is None:
            overcome = max((found.start() for found in _OVERCOME.finditer(text)), default=-1)
        reach = max(0, begins - _NEAR)
        sentence_begins = max(reach, *(text.rfind(sign, reach, begins) + 1 for sign in ".;\n!?"))
        is_excused = (
            _NOT_LATE.search(text, sentence_begins, begins)
            or _OTHER_THING.match(text, ends)
            or overcome >= ends
        )
        if not is_excused:
            return match["found"]
    return ""


# ---------------------------------------------------------------- notes to a colleague

_GAP_LEFT_OPEN = re.compile(
    r"\?\?|\[[^\]]{0,60}\b(?:to|tbc|tba|insert|update|check|add|confirm|xx+)\b[^\]]{0,60}\]"
    r"|\[\s{0,20}\]|(?<![\w£])£?[xX]{2,}(?![\w£])",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:^|[,(/]\s*)(?P<found>(?:is|are|do|does|did|can|could|should|shall|will|would|has|have|who|"
    r"when|what|why|how|which|where|any|was|were|ok|okay|still|update|tbc)\b[^?\"“”'‘’]*\?)",
    re.IGNORECASE,
)


def note_to_colleague(text: str, notes: tuple[str, ...]) -> str:
    """The words of a text that were meant for a colleague and not for print; empty without any."""
    if found := phrases_of(notes, begins_clause=True).first(text):
        return found
    if gap := _GAP_LEFT_OPEN.search(text):
        return gap[0]
    if "?" not in text:
        return ""
    asked = (_QUESTION.search(sentence) for sentence in sentences(text))
    return next((match["found"] for match in asked if match), "")
