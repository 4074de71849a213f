"""How sure a number is: spread of the strides, key points, gravity, scale and timing together."""

from midstance.uncertainty.intervals import Doubts, corrected, error_model, interval, midstance_lags_s
from midstance.uncertainty.jackknife import jackknife_sd

__all__ = ["Doubts", "corrected", "error_model", "interval", "jackknife_sd", "midstance_lags_s"]
