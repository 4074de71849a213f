"""How sure a number is: spread of the strides, key points, gravity, scale and timing together."""

from midstance.uncertainty.intervals import (
    Doubts,
    corrected,
    correction_words,
    error_model,
    interval,
    known_shift,
    midstance_lags_s,
)
from midstance.uncertainty.jackknife import jackknife_sd
from midstance.uncertainty.laboratory import LabDoubts, lab_error_model, lab_interval

__all__ = [
    "Doubts",
    "LabDoubts",
    "corrected",
    "correction_words",
    "error_model",
    "interval",
    "jackknife_sd",
    "known_shift",
    "lab_error_model",
    "lab_interval",
    "midstance_lags_s",
]
