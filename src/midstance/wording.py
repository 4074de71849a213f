"""Words that a text about someone's body should do without: fear, promise, diagnosis, pressure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["Doubt", "doubtful_words"]

Reason = Literal["diagnosis", "fear", "promise", "pressure", "trade mark"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that is better left out.

    Parameters
    ----------
    word
        As it stands in the text.
    reason
        `diagnosis`, `fear`, `promise`, `pressure`, or `trade mark`.
    sentence
        The sentence in which it stands.
    instead
        What to write in its place.
    """

    word: str
    reason: Reason
    sentence: str
    instead: str


_CONDITION = (
    r"(?:an? )?(?:\w+ )?(?:tendin\w+|tendonitis|bursitis|arthritis|arthrosis|syndrome|chondromalacia|meniscus"
    r"|meniscal|tear|fracture|runner.s knee|disease|disorder|injury|patellofemoral pain)"
)
_WISHED = (
    r"heal|fix|cure|disappear|vanish|go away|stop hurting|be gone|be pain[- ]free|feel better|get better"
)
_WORDS: dict[Reason, tuple[str, ...]] = {
    "diagnosis": (
        rf"you (?:probably |likely |clearly |may |might )?(?:have|suffer from) {_CONDITION}",
        rf"your \w+ (?:is|has) (?:{_CONDITION}|torn|inflamed|ruptured|unstable|misaligned)",
        rf"(?:this|that|it) is (?:clearly |probably )?{_CONDITION}",
        r"(?:your|the) diagnosis is",
        r"we diagnose\w*",
    ),
    "fear": (
        r"damag\w*",
        r"destroy\w*",
        r"ruin\w*",
        r"wreck\w*",
        r"wear and tear",
        r"worn[- ]out",
        r"bone on bone",
        r"degenerat\w*",
        r"crumbl\w*",
        r"danger\w*",
        r"harmful",
        r"irreversible",
        r"never run again",
        r"(?:bad|poor|terrible|awful) (?:form|technique|posture|style|gait|mechanics)",
        r"fault\w*",
        r"defect\w*",
        r"dysfunction\w*",
        r"abnormal\w*",
        r"collaps\w*",
        r"weak (?:glutes?|core|knees?|hips?)",
        r"you(?: are|.re) doing (?:it|this) wrong",
        r"alarming\w*",
    ),
    "promise": (
        r"cur(?:e|es|ed|ing)",
        r"guarante\w+",
        rf"will (?:surely |certainly |definitely |soon )?(?:{_WISHED})",
        r"will (?:make|keep|set) you pain[- ]free",
        r"(?:fix|fixes|heal|heals|solve|solves) (?:your|the|this) (?:knee|pain|problem)",
        r"miracle\w*",
        r"once and for all",
        r"for good(?=\s*[.,;!?]|\s*$)",
        r"permanent(?:ly)?",
        r"instant(?:ly)?",
        r"always (?:works|helps)",
        r"proven",
        r"the (?:secret|solution|answer) (?:to|for) (?:your|knee)",
        r"eliminat\w+",
        r"risk[- ]free",
    ),
    "pressure": (
        r"no pain,? no gain",
        r"(?:push|run|train|work|fight) through (?:the |your |any )?(?:pain|soreness)",
        r"grit your teeth",
        r"ignore (?:the |your )?pain",
        r"no excuses?",
        r"(?:be|get) tough\w*",
    ),
    "trade mark": (
        r"feldenkrais",
        r"awareness through movement",
        r"chi ?running",
        r"balanced runner",
    ),
}
_INSTEAD: dict[Reason, str] = {
    "diagnosis": "Say what is felt or seen and where; leave its name to a clinician.",
    "fear": "Say what was seen and what can be tried.",
    "promise": "Say what may happen, for how many, and how well that is supported.",
    "pressure": "Say where to stop, and that stopping is fine.",
    "trade mark": "Use a plain name of your own.",
}
_PATTERNS = {
    reason: re.compile(rf"\b(?:{'|'.join(words)})(?!\w)", re.IGNORECASE) for reason, words in _WORDS.items()
}
_DENIALS = "no|not|nor|never|neither|none|nobody|nothing|cannot|without|hardly|rather than|instead of"
_NEGATED = re.compile(rf"\b(?:{_DENIALS}|\w+n't)\b(?:\W+[\w'-]+){{0,6}}\W*$", re.IGNORECASE)
_MAY_BE_NEGATED: frozenset[Reason] = frozenset({"diagnosis", "fear", "promise", "pressure"})
_SENTENCE_END = re.compile(r"[.!?:;](?:\s|$)|\n")


def doubtful_words(text: str, *, names_allowed: bool = False) -> tuple[Doubt, ...]:
    """Return every doubtful word of a text, in its order.

    Parameters
    ----------
    text
        Plain text or Markdown.
    names_allowed
        Whether trade marks of methods may be named, as where sources are discussed.

    Returns
    -------
    tuple of Doubt
        Empty where there is nothing to say. A word that is denied ("this does not mean damage") passes.
    """
    even = text.replace("\u2019", "'")
    found = [
        (hit.start(), Doubt(hit[0], reason, _sentence(even, hit.start()), _INSTEAD[reason]))
        for reason, pattern in _PATTERNS.items()
        if not (names_allowed and reason == "trade mark")
        for hit in pattern.finditer(even)
        if not (reason in _MAY_BE_NEGATED and _denied(even, hit.start()))
    ]
    return tuple(doubt for _, doubt in sorted(found, key=lambda pair: pair[0]))


def _begin(text: str, at: int) -> int:
    return max((end.end() for end in _SENTENCE_END.finditer(text, 0, at)), default=0)


def _denied(text: str, at: int) -> bool:
    return bool(_NEGATED.search(text[_begin(text, at) : at]))


def _sentence(text: str, at: int) -> str:
    end = _SENTENCE_END.search(text, at)
    return text[_begin(text, at) : end.end() if end else len(text)].strip()
