"""What a person has to look at before anything else is tried."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from midstance.interview.question import all_questions, table
from midstance.model import RedFlag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from midstance.model import PainEntry

__all__ = ["ask_again", "flags_in", "flags_of"]

_URGENCY = {"emergency": 0, "urgent": 1}
_WEEK = timedelta(days=7)
_SWOLLEN_DAYS = 3
_STRONG = 5.0
_RISE = 2.0


def flags_in(facts: Mapping[str, frozenset[str] | float]) -> tuple[RedFlag, ...]:
    """Return the red flags among answers, emergencies first."""
    lifted = facts.get("cleared") == frozenset({"cleared_yes"})
    found = [
        RedFlag(option.key, option.flag, f"You said: {option.text}", table("questions")["do"][option.do])
        for asked in all_questions()
        for option in asked.options
        if option.flag and option.key in _chosen(facts, asked.key)
    ]
    kept = [flag for flag in found if flag.urgency == "emergency" or not lifted]
    return tuple(sorted(kept, key=lambda flag: _URGENCY[flag.urgency]))


def _chosen(facts: Mapping[str, frozenset[str] | float], key: str) -> frozenset[str]:
    fact = facts.get(key)
    return fact if isinstance(fact, frozenset) else frozenset()


def flags_of(pains: Sequence[PainEntry], today: date | None = None) -> tuple[RedFlag, ...]:
    """Return the red flags that a diary shows by itself.

    Parameters
    ----------
    pains
        What was written down, in any order.
    today
        Only the week up to this day counts; the last day written down where None.

    Returns
    -------
    tuple of RedFlag
        A knee that was swollen on three days of a week, or more; empty where there is none.
    """
    swollen = {entry.day for entry in _last_week(pains, today) if entry.swelling}
    if len(swollen) < _SWOLLEN_DAYS:
        return ()
    said = f"You noted swelling on {len(swollen)} days of the last week."
    return (RedFlag("swelling_in_diary", "urgent", said, table("questions")["do"]["swelling"]),)


def ask_again(pains: Sequence[PainEntry], today: date | None = None) -> tuple[str, ...]:
    """Return why the red-flag questions should be asked once more.

    Parameters
    ----------
    pains, today
        As in `flags_of`.

    Returns
    -------
    tuple of str
        Sentences, empty where the diary is calm: swelling, pain above 5, worse mornings twice, or a rise
        over two weeks.
    """
    week = _last_week(pains, today)
    swollen = sum(1 for entry in week if entry.swelling)
    strong = [entry.worst for entry in week if entry.worst is not None and entry.worst > _STRONG]
    mornings = sum(1 for entry in week if _worse_morning(entry))
    reasons = {
        "You noted that the joint was swollen.": bool(swollen),
        f"The worst pain of the week was {max(strong, default=0.0):g} of 10.": bool(strong),
        f"It was worse the next morning {mornings} times this week.": mornings > 1,
        "It has risen by two points or more against the week before.": _rises(pains, today),
    }
    return tuple(sentence for sentence, holds in reasons.items() if holds)


def _last_week(pains: Sequence[PainEntry], today: date | None, weeks_ago: int = 0) -> list[PainEntry]:
    end = today or max((entry.day for entry in pains), default=None)
    if end is None:
        return []
    last = end - weeks_ago * _WEEK
    return [entry for entry in pains if last - _WEEK < entry.day <= last]


def _worse_morning(entry: PainEntry) -> bool:
    before = entry.before
    return entry.next_morning is not None and before is not None and entry.next_morning > before


def _rises(pains: Sequence[PainEntry], today: date | None) -> bool:
    now, then = (_mean(_last_week(pains, today, ago)) for ago in (0, 1))
    return now is not None and then is not None and now - then >= _RISE


def _mean(entries: Iterable[PainEntry]) -> float | None:
    worst = [entry.worst for entry in entries if entry.worst is not None]
    return sum(worst) / len(worst) if worst else None
