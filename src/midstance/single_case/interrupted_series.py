"""A Bayesian interrupted time series: level, trend, change, load, and entries like their neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

from midstance.errors import DataError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.single_case.course import Course

    Array = NDArray[np.float64]

__all__ = ["Change", "InterruptedSeries"]

_FEWEST = 5
_WEEK_DAYS = 7.0
_MIDDLE = 5.0  # of the pain scale
_SLACK = 1e-2
_SIGMAS = np.geomspace(0.15, 5.0, 26)
_RHOS = np.linspace(0.0, 0.95, 20)
_ENDS = (-25.0, 25.0)


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What is believed about the change of pain, after the data: a mixture of normal distributions.

    Parameters
    ----------
    weight
        Of each part (M,), summing to 1.
    mean, sd
        Of each part (M,), in points of the scale; negative is less pain.
    autocorrelation
        Posterior mean of the likeness of neighbouring entries, 0 to 1.
    entries
        How many ratings it rests on: before, and while trying.
    """

    weight: Array
    mean: Array
    sd: Array
    autocorrelation: float
    entries: tuple[int, int]

    def chance_below(self, points: float) -> float:
        """Return the probability that the change is lower than `points`."""
        return float(self.weight @ norm.cdf(points, self.mean, self.sd))

    def quantile(self, part: float) -> float:
        """Return the change below which `part` of the probability lies [points]."""
        return float(brentq(lambda points: self.chance_below(points) - part, *_ENDS))

    @property
    def value(self) -> float:
        """Median change [points]."""
        return self.quantile(0.5)

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the change [points]."""
        return self.quantile(0.025), self.quantile(0.975)


@dataclass(frozen=True, slots=True)
class InterruptedSeries:
    """Mean change of pain while something was tried, against what had been without it.

    Parameters
    ----------
    level_sd
        Prior standard deviation of the level about the middle of the scale [points].
    change_sd
        Prior standard deviation of the change [points]: a change of six points is as good as unheard of.
    trend_sd, slope_sd
        Prior standard deviations of the trend that goes on through all phases, and of a further trend
        while trying [points per week]. Pain that fades by itself is believed in at this rate; it cannot
        be told from a change without such a belief.
    load_sd
        Prior standard deviation of the effect of a standard deviation of load [points].

    Notes
    -----
    y = b0 + b1·week + b2·treated + b3·treated·(week − mean week while trying) + g·load + e, where e follows
    a first-order autoregression whose likeness falls with the days between entries. Given the
    autocorrelation (prior Beta(2, 3)) and the spread of e (log-normal about one point) everything is
    normal; both are summed over a grid. The change reported is b2: the mean over the time of trying.

    References
    ----------
    Natesan Batley, Minka & Hedges 2020, J Trauma Stress 33:1034, on Bayesian interrupted series of one case.
    """

    level_sd: float = 5.0
    change_sd: float = 3.0
    trend_sd: float = 0.08
    slope_sd: float = 0.08
    load_sd: float = 1.0

    def __call__(self, course: Course) -> Change:
        """Return what is believed about the change.

        Raises
        ------
        DataError
            If a phase has too few entries.
        """
        counts = (int((~course.treated).sum()), int(course.treated.sum()))
        if min(counts) < _FEWEST:
            what = f"{counts[0]} ratings before and {counts[1]} while trying are too few"
            raise DataError(what, "diary", f"at least {_FEWEST} of each are needed; more than ten are better")
        columns, prior_sd = self._columns(course)
        gap = np.maximum(np.diff(course.day), 0.5)
        parts = [
            part
            for rho in _RHOS
            for part in _given(rho, course.pain, columns, gap / np.median(gap), prior_sd)
        ]
        log_weight, mean, sd, rhos = np.array(parts).T
        weight = np.exp(log_weight - log_weight.max())
        weight /= weight.sum()
        return Change(weight, mean, sd, float(weight @ rhos), counts)

    def _columns(self, course: Course) -> tuple[Array, Array]:
        """Return the regressors (N, P) and the prior standard deviation of each coefficient (P,)."""
        week = course.day / _WEEK_DAYS
        within = np.where(course.treated, week - week[course.treated].mean(), 0.0)
        columns = [np.ones(len(week)), week - week.mean(), course.treated.astype(float), within]
        sds = [self.level_sd, self.trend_sd, self.change_sd, self.slope_sd]
        if course.load_m is not None and (spread := float(course.load_m.std())):
            columns.append((course.load_m - course.load_m.mean()) / spread)
            sds.append(self.load_sd)
        return np.stack(columns, axis=1), np.array(sds)


def _given(
    rho: float, pain: Array, columns: Array, gap: Array, prior_sd: Array
) -> list[tuple[float, float, float, float]]:
    """Return log weight, mean and SD of the change, and rho, for each spread of the errors."""
    likeness = rho**gap
    left = np.sqrt(1.0 - likeness**2)
    rows = np.vstack([columns[:1], (columns[1:] - likeness[:, None] * columns[:-1]) / left[:, None]])
    ratings = np.append(pain[:1], (pain[1:] - likeness * pain[:-1]) / left)
    square, cross, total = rows.T @ rows, rows.T @ ratings, float(ratings @ ratings)
    prior = np.diag(prior_sd**-2.0)
    start = np.zeros(len(prior_sd))
    start[0] = _MIDDLE
    log_rho = np.log(rho + _SLACK) + 2.0 * np.log(1.0 - rho) - np.log(left).sum()
    found = []
    for sigma in _SIGMAS:
        precision = square / sigma**2 + prior
        push = cross / sigma**2 + prior @ start
        covariance = np.linalg.inv(precision)
        mean = covariance @ push
        misfit = total / sigma**2 + float(start @ prior @ start) - float(mean @ push)
        belief = -0.5 * (np.log(sigma) / 0.7) ** 2 - len(pain) * np.log(sigma)
        log_weight = log_rho + belief - 0.5 * (misfit + float(np.linalg.slogdet(precision)[1]))
        found.append((float(log_weight), float(mean[2]), float(np.sqrt(covariance[2, 2])), rho))
    return found
