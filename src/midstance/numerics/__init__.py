"""Fits, instants and robust statistics on plain arrays; no gait words here."""

from midstance.numerics.curves import Curves
from midstance.numerics.instants import crossing, extremum
from midstance.numerics.periodic import PeriodicCurves, fit_periodic
from midstance.numerics.spread import finite_mean, finite_median, robust_line, robust_sd, t_quantile

__all__ = [
    "Curves",
    "PeriodicCurves",
    "crossing",
    "extremum",
    "finite_mean",
    "finite_median",
    "fit_periodic",
    "robust_line",
    "robust_sd",
    "t_quantile",
]
