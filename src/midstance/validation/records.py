"""Rows of a validation: one measure in one group of trials."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import CATALOGUE, SIDES
from midstance.validation.agreement import Agreement, agreement, coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from midstance.validation.comparing import Comparison, LegMean

    _Pair = tuple[str, float, float, float]  # side, found, true, contact time

__all__ = ["Row", "Sample", "rows_of", "samples_of"]

_BLOCK = 20
_NAN = float("nan")
_COUNTS = ("contacts_missed", "contacts_invented")


@dataclass(frozen=True, slots=True)
class Row:
    """How well one measure agrees in one group.

    Parameters
    ----------
    measure
        A key of the metric catalogue, an instant such as `initial_contact_s`, or `contacts_missed`
        and `contacts_invented`.
    group
        `all`, `speed=2.5`, `strike=rearfoot`, `subject=RBDS001`; with `/mean` behind it for the
        means of each leg over a trial, with `/mean_of_20` for means of 20 steps.
    n
        Number of pairs; for counts of contacts, the number of true contacts.
    bias
        Mean of found − true [unit]; for counts, the count.
    sd, loa_low, loa_high, rmse
        Of found − true [unit].
    icc
        ICC(2,1).
    coverage
        Part of the stated 95 % intervals of trial means that hold the true mean.
    unit
        Of the measure.
    """

    measure: str
    group: str
    n: int
    bias: float
    sd: float
    loa_low: float
    loa_high: float
    rmse: float
    icc: float
    coverage: float
    unit: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One pair of values and the groups it belongs to.

    Parameters
    ----------
    found, true
        The pair.
    subject, speed_m_s, strike
        Whose, how fast, landing how.
    contact_time_s
        True contact time of the step [s]; NaN for means.
    """

    found: float
    true: float
    subject: str
    speed_m_s: float
    strike: str
    contact_time_s: float = float("nan")

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the groups."""
        return _groups(self.subject, self.speed_m_s, self.strike)


def _groups(subject: str, speed_m_s: float, strike: str) -> tuple[str, ...]:
    return ("all", f"speed={speed_m_s:g}", f"strike={strike}", f"subject={subject}")


def rows_of(comparisons: Sequence[Comparison], prefix: str = "") -> list[Row]:
    """Return every row of a set of trials.

    Parameters
    ----------
    comparisons
        The trials, each measured in two ways.
    prefix
        For trials seen as by a phone: put before each group in place of `all`, such as `fps=60`.
        Means over trials then have the plain name, single steps `/steps` behind it.

    Returns
    -------
    list of Row
        Per step and per trial mean, all together and by speed, strike and subject.
    """
    rows: list[Row] = []
    keys = dict.fromkeys(name for one in comparisons for name in one.steps.found)
    means = dict.fromkeys(leg.key for one in comparisons for leg in one.legs)
    for measure in dict.fromkeys([*keys, *means]):
        held = _held(comparisons, measure)
        by_step = _grouped(samples_of(comparisons, measure))
        rows += [_row(measure, group, own, held.get(group, [])) for group, own in by_step]
        by_leg = _grouped(samples_of(comparisons, measure, "mean"))
        rows += [_row(measure, f"{group}/mean", own, held.get(group, [])) for group, own in by_leg]
        blocks = samples_of(comparisons, measure, "block")
        rows += [_row(measure, f"all/mean_of_{_BLOCK}", blocks, [])] if blocks else []
    rows += [row for name in _COUNTS for row in _counted(comparisons, name)]
    return [_prefixed(row, prefix) for row in rows] if prefix else rows


def _prefixed(row: Row, prefix: str) -> Row:
    """Return a row of phones: the means of trials are what they report, so those have the plain name."""
    group, _, kind = row.group.partition("/")
    own = [] if group == "all" else [group]
    kinds = {"mean": [], "": ["steps"]}.get(kind, [kind])
    kinds = [] if row.measure in _COUNTS else kinds
    return replace(row, group="/".join([prefix, *own, *kinds]))


def samples_of(comparisons: Iterable[Comparison], measure: str, kind: str = "step") -> list[Sample]:
    """Return every pair of one measure.

    Parameters
    ----------
    comparisons
        The trials.
    measure
        Its name.
    kind
        `step`; `mean` for one pair for each leg and trial; `block` for means of 20 steps of a leg.

    Returns
    -------
    list of Sample
        Pairs of which both values are known.
    """
    pairs = {"step": _of_steps, "mean": _of_means, "block": _of_blocks}[kind]
    return [
        Sample(found, true, one.subject, one.speed_m_s, _strike(one, side), contact_s)
        for one in comparisons
        for side, found, true, contact_s in pairs(one, measure)
        if math.isfinite(found) and math.isfinite(true)
    ]


def _strike(one: Comparison, side: str) -> str:
    words = {one.strike[s] for s in SIDES if side in (s, "both")}
    return words.pop() if len(words) == 1 else "other"


def _of_steps(one: Comparison, measure: str) -> Iterator[_Pair]:
    if measure in one.steps.found:
        found, true = one.steps.found[measure], one.steps.true[measure]
        for row, side in enumerate(one.steps.side):
            yield str(side), float(found[row]), float(true[row]), float(one.steps.true["toe_off_s"][row])


def _of_means(one: Comparison, measure: str) -> Iterator[_Pair]:
    for leg in one.legs:
        if leg.key == measure:
            yield leg.side, leg.found, leg.true, _NAN


def _of_blocks(one: Comparison, measure: str) -> Iterator[_Pair]:
    """Yield means of 20 steps of one leg that follow each other."""
    for side in SIDES:
        pairs = [(f, t) for s, f, t, _ in _of_steps(one, measure) if s == side]
        own = np.array(pairs, np.float64).reshape(-1, 2)
        own = own[np.isfinite(own).all(axis=1)]
        for k in range(len(own) // _BLOCK):
            found, true = own[k * _BLOCK : (k + 1) * _BLOCK].mean(axis=0)
            yield side, float(found), float(true), _NAN


def _grouped(samples: Sequence[Sample]) -> list[tuple[str, list[Sample]]]:
    """Return the samples of every group: all, then by speed, strike and subject."""
    groups: dict[str, list[Sample]] = {}
    for sample in samples:
        for name in sample.groups:
            groups.setdefault(name, []).append(sample)
    order = ("all", "speed", "strike", "subject")
    return sorted(groups.items(), key=lambda item: (order.index(item[0].split("=")[0]), item[0]))


def _held(comparisons: Iterable[Comparison], measure: str) -> dict[str, list[LegMean]]:
    """Return the trial means of one measure with their intervals, by group."""
    held: dict[str, list[LegMean]] = {}
    for one in comparisons:
        for leg in one.legs:
            if leg.key == measure:
                for name in _groups(one.subject, one.speed_m_s, _strike(one, leg.side)):
                    held.setdefault(name, []).append(leg)
    return held


def _row(measure: str, group: str, samples: Sequence[Sample], held: Sequence[LegMean]) -> Row:
    found = agreement([s.found for s in samples], [s.true for s in samples])
    within = coverage([leg.low for leg in held], [leg.high for leg in held], [leg.true for leg in held])
    return _as_row(measure, group, found, within, _unit(measure))


def _as_row(measure: str, group: str, found: Agreement, within: float, unit: str) -> Row:
    return Row(measure, group, **asdict(found), coverage=within, unit=unit)


def _unit(measure: str) -> str:
    """Return the unit of a measure."""
    if measure in CATALOGUE:
        return CATALOGUE[measure].unit
    return "s" if measure.endswith("_s") else "1"


def _counted(comparisons: Sequence[Comparison], name: str) -> list[Row]:
    """Return how many contacts were missed or invented, by group."""
    totals: dict[str, list[int]] = {}
    for one in comparisons:
        counts = one.missed if name == "contacts_missed" else one.invented
        for side, count in counts.items():
            for group in _groups(one.subject, one.speed_m_s, one.strike[side]):
                total = totals.setdefault(group, [0, 0])
                total[0] += count
                total[1] += one.vouched[side]
    order = ("all", "speed", "strike", "subject")
    names = sorted(totals, key=lambda group: (order.index(group.split("=")[0]), group))
    return [_count(name, group, *totals[group]) for group in names]


def _count(measure: str, group: str, count: int, of: int) -> Row:
    return Row(measure, group, of, float(count), _NAN, _NAN, _NAN, _NAN, _NAN, _NAN, "1")
