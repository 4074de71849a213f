"""From measures and answers to at most three findings."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from midstance.findings.judging import applies, judged, relevance
from midstance.findings.open_ends import film_again, nothing_stands_out, nothing_to_compare, tips, too_close
from midstance.findings.rule import all_rules, offers
from midstance.findings.saying import numbers, title, where
from midstance.model import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.findings.judging import Judged
    from midstance.model import Advice, Issue, Measure, Triage

__all__ = ["found"]

_CALLED = 0.8  # probability from which a condition is taken to hold
_OPEN = 0.4  # and from which it is said to be open
_MATTERS = 0.2  # what is less relevant is not shown
_MOST = 3
_HIP = "hip"  # the group whose question is the one of this program


def found(
    measures: Sequence[Measure],
    *,
    triage: Triage | None = None,
    speed_m_s: float = math.nan,
    incline_percent: float = math.nan,
    issues: Sequence[Issue] = (),
    frame_rate_hz: float = math.nan,
    filmed: bool = True,
) -> tuple[Finding, ...]:
    """Return what stands out, explained, the most useful first.

    Parameters
    ----------
    measures
        Every number of one analysis; may be empty.
    triage
        What the interview came to; None where there was none.
    speed_m_s
        Running speed [m/s]; NaN if unknown.
    incline_percent
        Slope of the ground [%], + uphill; NaN, unknown, is taken as level.
    issues
        Doubts about the recording.
    frame_rate_hz
        Pictures per second on the real clock; NaN if unknown.
    filmed
        Whether the numbers come from a clip, not from a laboratory's trial.

    Returns
    -------
    tuple of Finding
        One to three; none where a red flag stops the programme. Where no measured rule holds it is said
        whether nothing stands out, whether it is too close to call, or whether to film again.

    Notes
    -----
    A rule holds where the probability of its conditions, from the intervals of the numbers, is 0.8 or
    more. Findings are in the order of relevance times that probability; of one group only the first is
    shown.
    """
    if triage is not None and triage.stop:
        return ()
    held = _held(measures, triage, speed_m_s, incline_percent)
    mattering = [[one for one in ones if relevance(one.rule, one.side, triage) >= _MATTERS] for ones in held]
    sure = [[one for one in ones if one.chance >= _CALLED] for ones in mattering]
    how = tips(issues, frame_rate_hz, filmed=filmed)
    findings = _best([_finding(ones, triage, speed_m_s) for ones in sure if ones])
    end = film_again(measures, issues, how, filmed=filmed)
    if end is None and not any(finding.measures for finding in findings):
        end = _end(held, mattering, how)
    return (*findings[: _MOST - 1], end) if end else findings[:_MOST]


def _held(
    measures: Sequence[Measure], triage: Triage | None, speed_m_s: float, incline_percent: float
) -> list[tuple[Judged, ...]]:
    """Return every rule that means something here, for each leg."""
    by_key = {(measure.key, measure.side): measure for measure in measures}
    rules = [rule for rule in all_rules() if applies(rule, triage, incline_percent)]
    return [judged(rule, by_key, speed_m_s) for rule in rules]


def _end(held: Sequence[Sequence[Judged]], mattering: Sequence[Sequence[Judged]], how: str) -> Finding:
    """Return what is said where nothing that was measured stands out."""
    measured = [one for ones in mattering for one in ones if one.measures]
    doubtful = [one for one in measured if _OPEN <= one.chance < _CALLED]
    if doubtful:
        return too_close(doubtful, how)
    hip_compared = any(one.rule.group == _HIP for ones in held for one in ones)
    return nothing_stands_out(measured) if hip_compared else nothing_to_compare()


def _best(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the first of each group, in their order, each piece of advice once."""
    rules = {rule.key: rule for rule in all_rules()}
    spoken_of: set[str] = set()
    given: set[Advice] = set()
    first = []
    for finding in sorted(findings, key=lambda finding: -finding.relevance * finding.chance):
        rule = rules[finding.key]
        if rule.group not in spoken_of:
            spoken_of |= {rule.group, *rule.covers}
            new = tuple(advice for advice in finding.advice if advice not in given)
            known_cues = tuple(advice for advice in finding.advice if advice.cue)
            first.append(replace(finding, advice=new or known_cues))
            given |= set(finding.advice)
    return tuple(first)


def _finding(ones: Sequence[Judged], triage: Triage | None, speed_m_s: float) -> Finding:
    """Return the finding of a rule that holds for one leg, or for each."""
    rule = ones[0].rule
    side = ones[0].side if len(ones) == 1 else "both"
    suited = [offers()[key] for key in rule.advice]
    return Finding(
        key=rule.key,
        title=title(ones),
        seen=" ".join(filter(None, (rule.seen, numbers(ones, speed_m_s)))),
        why=rule.why,
        otherwise=rule.otherwise,
        advice=tuple(offer.advice for offer in suited if offer.suits(triage)),
        grade=rule.grade,
        sources=rule.sources,
        chance=min(one.chance for one in ones),
        relevance=max(relevance(rule, one.side, triage) for one in ones),
        measures=tuple(dict.fromkeys(clause.measure for clause in rule.clauses)),
        side=side,
        frame=where(ones),
    )
