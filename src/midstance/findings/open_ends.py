"""What is said where no finding can be: nothing stands out, too close to call, film again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.findings.rule import table
from midstance.model import CATALOGUE, Finding, Grade, Severity, Tier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.findings.judging import Judged
    from midstance.model import Issue, Measure

__all__ = ["film_again", "nothing_stands_out", "nothing_to_compare", "tips", "too_close"]

_ANSWER = "hip_over_ankle_at_midstance_m"
_SLOW_HZ = 100.0
_MOST_TIPS = 4
_LOOKED_AT = 6
_OPEN_ENDS = 2


def film_again(
    measures: Sequence[Measure], issues: Sequence[Issue], how: str, *, filmed: bool
) -> Finding | None:
    """Return what to do about a recording that gave no answer, None where it gave one.

    Parameters
    ----------
    measures
        Every number of the analysis.
    issues
        Doubts about the recording.
    how
        How to do better, as `tips` gives it.
    filmed
        Whether it was a clip, not a laboratory's trial.

    Returns
    -------
    Finding or None
        Of kind `unclear`.
    """
    answers = [measure.estimate for measure in measures if measure.key == _ANSWER]
    if any(answer.tier is not Tier.REFUSED for answer in answers):
        return None
    refused = [issue.sentence for issue in issues if issue.severity is Severity.REFUSAL]
    reasons = [*refused, *(_sentence(answer.method) for answer in answers)]
    text = table("open_ends")["film_again"]
    title = text["title"] if filmed else text["title_laboratory"]
    return _unclear("film_again", title, " ".join([text["seen"], *reasons[:1]]), how)


def too_close(doubtful: Sequence[Judged], how: str) -> Finding:
    """Return what is open, and how it could be told.

    Parameters
    ----------
    doubtful
        Rules that may hold or may not.
    how
        How to do better, as `tips` gives it.

    Returns
    -------
    Finding
        Of kind `unclear`.
    """
    ordered = sorted(doubtful, key=lambda one: -one.chance)
    ends = list(dict.fromkeys(one.rule.open for one in ordered))[:_OPEN_ENDS]
    text = table("open_ends")["too_close"]
    said = text["seen"].format(open=", and ".join(ends))
    return _unclear("too_close", text["title"], said, how, _keys(ordered))


def nothing_to_compare() -> Finding:
    """Return that there are no norms for this speed or slope."""
    text = table("open_ends")["nothing_to_compare"]
    return _unclear("nothing_to_compare", text["title"], text["seen"], text["why"])


def nothing_stands_out(looked_at: Sequence[Judged]) -> Finding:
    """Return that nothing stands out among what could be looked at.

    Parameters
    ----------
    looked_at
        Rules that were held against a number and do not hold.

    Returns
    -------
    Finding
        Of kind `quiet`.
    """
    keys = _keys(looked_at)
    text = table("open_ends")["nothing_stands_out"]
    names = ", ".join(CATALOGUE[key].title.lower() for key in keys[:_LOOKED_AT])
    return Finding(
        key="nothing_stands_out",
        title=text["title"],
        seen=text["seen"].format(names=names),
        why=text["why"],
        otherwise=text["otherwise"],
        advice=(),
        grade=Grade.CROSS_SECTION,
        measures=keys,
        kind="quiet",
    )


def tips(issues: Sequence[Issue], frame_rate_hz: float, *, filmed: bool) -> str:
    """Return how to do better: what this recording asks for first.

    Parameters
    ----------
    issues
        Doubts about the recording.
    frame_rate_hz
        Pictures per second; NaN if unknown.
    filmed
        Whether it was a clip, not a laboratory's trial.

    Returns
    -------
    str
        A few sentences.
    """
    worst_first = (Severity.REFUSAL, Severity.WARNING)
    own = [
        issue.remedy for grade in worst_first for issue in issues if issue.severity is grade and issue.remedy
    ]
    texts = table("open_ends")["tips"]
    slow = [texts["faster"]] if filmed and frame_rate_hz < _SLOW_HZ else []
    general = texts["film"] if filmed else texts["laboratory"]
    return " ".join(list(dict.fromkeys([*own, *slow, *general]))[:_MOST_TIPS])


def _unclear(key: str, title: str, seen: str, why: str, measures: tuple[str, ...] = (_ANSWER,)) -> Finding:
    return Finding(key, title, seen, why, "", (), Grade.COACH, measures=measures, kind="unclear")


def _keys(ones: Sequence[Judged]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(measure.key for one in ones for measure in one.measures))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
