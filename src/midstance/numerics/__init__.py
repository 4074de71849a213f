"""Fits, instants and robust statistics on plain arrays; no gait words here."""

from midstance.numerics.bump import bump_middle
from midstance.numerics.curves import Curves
from midstance.numerics.instants import crossing, extremum
from midstance.numerics.periodic import PeriodicCurves, fit_periodic
from midstance.numerics.smoothing import Smooth, low_passed, smoothed
from midstance.numerics.spread import finite_mean, finite_median, robust_line, robust_sd, t_quantile

__all__ = [
    "Curves",
    "PeriodicCurves",
    "Smooth",
    "bump_middle",
    "crossing",
    "extremum",
    "finite_mean",
    "finite_median",
    "fit_periodic",
    "low_passed",
    "robust_line",
    "robust_sd",
    "smoothed",
    "t_quantile",
]
