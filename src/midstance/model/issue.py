"""What is doubtful about a recording, carried in the result and shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Code", "Issue", "Severity"]


class Severity(StrEnum):
    """How much an issue matters."""

    NOTE = "note"  # stated for the record: an assumption, a repair
    WARNING = "warning"  # numbers are less certain
    REFUSAL = "refusal"  # numbers are withheld


class Code(StrEnum):
    """The closed list of what can be doubtful about a recording."""

    SURFACE_ASSUMED = "surface_assumed"
    HEIGHT_ASSUMED = "height_assumed"
    INCLINE_ASSUMED = "incline_assumed"
    SCALE_DISAGREES = "scale_disagrees"
    SLOW_MOTION = "slow_motion"
    SPEED_RAMP = "speed_ramp"
    VARIABLE_FRAME_RATE = "variable_frame_rate"
    REPEATED_FRAMES = "repeated_frames"
    LOW_FRAME_RATE = "low_frame_rate"
    TRUNCATED = "truncated"
    SEVERAL_PEOPLE = "several_people"
    RUNNER_SMALL = "runner_small"
    RUNNER_LOST = "runner_lost"
    FEET_UNSEEN = "feet_unseen"
    LEGS_REPAIRED = "legs_repaired"
    CORRECTED_BY_HAND = "corrected_by_hand"
    OFF_AXIS = "off_axis"
    NOT_SIDE_VIEW = "not_side_view"
    CAMERA_TILTED = "camera_tilted"
    CAMERA_MOVES = "camera_moves"
    FEW_STEPS = "few_steps"
    WALKING = "walking"
    NOT_RUNNING = "not_running"
    ON_THE_SPOT = "on_the_spot"
    DEFINITION_MATTERS = "definition_matters"
    FAR_LEG = "far_leg"
    UNITS_CORRECTED = "units_corrected"
    AXES_FOUND = "axes_found"
    MARKERS_MISSING = "markers_missing"
    MARKERS_SWAPPED = "markers_swapped"
    MARKER_GAPS = "marker_gaps"
    NO_STATIC = "no_static"
    FORCES_UNUSED = "forces_unused"
    PLATES_OFF = "plates_off"
    PLATES_DRIFT = "plates_drift"
    PLATES_SHARED = "plates_shared"
    MASS_DISAGREES = "mass_disagrees"
    SPEED_DISAGREES = "speed_disagrees"


@dataclass(frozen=True, slots=True)
class Issue:
    """One doubt: what was found, what to do, and where in the recording.

    Parameters
    ----------
    code
        Which of the closed list.
    severity
        How much it matters.
    sentence
        What was found, with its numbers.
    remedy
        How to do better next time, or what to tell the program.
    start_s, end_s
        The span it concerns on the real clock [s]; None for the whole recording.
    """

    code: Code
    severity: Severity
    sentence: str
    remedy: str = ""
    start_s: float | None = None
    end_s: float | None = None
