"""Contacts, midstance, the phase-locked mean stride and the numbers of time, from motion alone."""

from midstance.gait.bout import Activity, Bouts, activity
from midstance.gait.clock import ClockReading, GaitClock, free_fall_factor, pace_range, stride_time_range
from midstance.gait.contacts import ContactRules, StancePhases, consensus
from midstance.gait.midstance import DEFINITIONS, Definition, MidstanceRule, midstance_phases
from midstance.gait.phase import LockedStride, PhaseLock, stride_frequency
from midstance.gait.spatiotemporal import cadence_spm, spatiotemporal_columns, vertical_oscillation_m
from midstance.gait.strides import mean_stride

__all__ = [
    "DEFINITIONS",
    "Activity",
    "Bouts",
    "ClockReading",
    "ContactRules",
    "Definition",
    "GaitClock",
    "LockedStride",
    "MidstanceRule",
    "PhaseLock",
    "StancePhases",
    "activity",
    "cadence_spm",
    "consensus",
    "free_fall_factor",
    "mean_stride",
    "midstance_phases",
    "pace_range",
    "spatiotemporal_columns",
    "stride_frequency",
    "stride_time_range",
    "vertical_oscillation_m",
]
