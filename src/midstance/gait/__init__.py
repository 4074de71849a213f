"""Contacts, midstance, the phase-locked mean stride and the numbers of time, from motion alone."""

from midstance.gait.bend import bend_middles
from midstance.gait.bout import Activity, Bouts, activity
from midstance.gait.clock import ClockReading, GaitClock, free_fall_factor, pace_range, stride_time_range
from midstance.gait.contacts import ContactRules, StancePhases, consensus
from midstance.gait.lowest_markers import lowest_mass_from_markers_s
from midstance.gait.lowest_mass import body_mass_kg, lowest_centre_of_mass_s
from midstance.gait.marker_contacts import MarkedContacts, MarkerContacts
from midstance.gait.midstance import DEFINITIONS, Definition, MidstanceRule, midstance_phases
from midstance.gait.phase import LockedStride, PhaseLock, stride_frequency
from midstance.gait.plates import ForceContacts, PlateContacts
from midstance.gait.spatiotemporal import cadence_spm, spatiotemporal_columns, vertical_oscillation_m
from midstance.gait.step_midstance import StepMidstance
from midstance.gait.strides import mean_stride

__all__ = [
    "DEFINITIONS",
    "Activity",
    "Bouts",
    "ClockReading",
    "ContactRules",
    "Definition",
    "ForceContacts",
    "GaitClock",
    "LockedStride",
    "MarkedContacts",
    "MarkerContacts",
    "MidstanceRule",
    "PhaseLock",
    "PlateContacts",
    "StancePhases",
    "StepMidstance",
    "activity",
    "bend_middles",
    "body_mass_kg",
    "cadence_spm",
    "consensus",
    "free_fall_factor",
    "lowest_centre_of_mass_s",
    "lowest_mass_from_markers_s",
    "mean_stride",
    "midstance_phases",
    "pace_range",
    "spatiotemporal_columns",
    "stride_frequency",
    "stride_time_range",
    "vertical_oscillation_m",
]
