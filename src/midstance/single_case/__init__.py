"""Did it help this one person: single-case statistics on pain and gait."""

from midstance.single_case.course import MOMENT, Course, Phase, course_of
from midstance.single_case.effect_sizes import lag_one, nap, standardised_difference, tau, tau_u
from midstance.single_case.helping import MCID_POINTS, Help, helped
from midstance.single_case.interrupted_series import Change, InterruptedSeries
from midstance.single_case.levels import Level, levels
from midstance.single_case.onset import OnsetChange, median_onset, onset_change
from midstance.single_case.randomisation import block_orders, randomisation_test, start_days

__all__ = [
    "MCID_POINTS",
    "MOMENT",
    "Change",
    "Course",
    "Help",
    "InterruptedSeries",
    "Level",
    "OnsetChange",
    "Phase",
    "block_orders",
    "course_of",
    "helped",
    "lag_one",
    "levels",
    "median_onset",
    "nap",
    "onset_change",
    "randomisation_test",
    "standardised_difference",
    "start_days",
    "tau",
    "tau_u",
]
