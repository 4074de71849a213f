"""What can be chosen: what was declared about the recording, and one algorithm per step.

A step is added by one line in `Settings`: the frozen dataclass of its method. Its fields are
the keys of a TOML table, checked by their types.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from midstance.errors import SettingsError
from midstance.gait import (
    Bouts,
    ContactRules,
    ForceContacts,
    GaitClock,
    MarkerContacts,
    MidstanceRule,
    PhaseLock,
    StepMidstance,
)
from midstance.pose import PoseMethod

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Declared", "Laboratory", "Output", "Settings"]

_PLAUSIBLE = {
    "incline_percent": (-40.0, 40.0),
    "speed_m_s": (0.3, 13.0),
    "slow_motion_factor": (0.05, 100.0),
    "roll_deg": (-45.0, 45.0),
}


@dataclass(frozen=True, slots=True)
class Declared:
    """What the user says about the recording; None is found from the picture or assumed, and shown so.

    Parameters
    ----------
    surface
        What the runner runs on.
    incline_percent
        Slope along the running direction, + uphill [%].
    speed_m_s
        Running speed or belt speed [m/s].
    slow_motion_factor
        Real time is screen time divided by this.
    roll_deg
        Camera roll: angle of true vertical in the picture, + clockwise [deg].
    standing
        A clip of the same runner in quiet standing, filmed from the same place.
    """

    surface: Literal["treadmill", "overground"] | None = None
    incline_percent: float | None = None
    speed_m_s: float | None = None
    slow_motion_factor: float | None = None
    roll_deg: float | None = None
    standing: Path | None = None

    def __post_init__(self) -> None:
        """Refuse values no recording has."""
        for name, (low, high) in _PLAUSIBLE.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise SettingsError(
                    f"{name} is {value:g}, not between {low:g} and {high:g}",
                    "declared",
                    "check the number and its unit",
                )


@dataclass(frozen=True, slots=True)
class Laboratory:
    """How a laboratory's files are read.

    Parameters
    ----------
    static
        The standing trial of the same runner: places the joint centres.
    markers
        A TOML file that says which marker sits where, for marker sets that are not known.
    ground_forces
        A file of ground forces that belongs to the markers, where they lie apart.
    forces
        Whether the plates say when a foot is down, or the markers alone.
    length_unit
        Unit of length of the files, where they give it wrongly.
    low_pass_hz
        Corner of a fixed low-pass for every coordinate [Hz]; None lets the noise of each decide.
    phase
        How strides are pooled into the mean stride: markers show more harmonics than a video.
    """

    static: Path | None = None
    markers: Path | None = None
    ground_forces: Path | None = None
    forces: Literal["use", "ignore"] = "use"
    length_unit: Literal["m", "cm", "mm", "in"] | None = None
    low_pass_hz: float | None = None
    phase: PhaseLock = field(default_factory=lambda: PhaseLock(harmonics=20))

    def __post_init__(self) -> None:
        """Refuse values that cannot work."""
        if self.low_pass_hz is not None and self.low_pass_hz <= 0:
            raise SettingsError(
                f"low_pass_hz is {self.low_pass_hz:g}", "laboratory", "give a frequency above 0, or none"
            )


@dataclass(frozen=True, slots=True)
class Output:
    """What is written.

    Parameters
    ----------
    annotated_video
        Whether to write `annotated.mp4`.
    """

    annotated_video: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice of an analysis: what was declared and one algorithm per step.

    Parameters
    ----------
    declared
        What the user says about the recording.
    pose
        How the runner's points are found.
    bouts
        How quiet standing is told from movement.
    phase
        How strides are pooled into the mean stride.
    contacts
        How initial contact and toe-off are found.
    clock
        How slow motion is found from the gait.
    midstance
        Which definition of midstance is reported.
    laboratory
        How a laboratory's files are read.
    force_contacts
        How force plates say when a foot is down.
    marker_contacts
        How markers say it.
    step_midstance
        How midstance is found step by step from markers.
    output
        What is written.
    """

    declared: Declared = field(default_factory=Declared)
    pose: PoseMethod = field(default_factory=PoseMethod)
    bouts: Bouts = field(default_factory=Bouts)
    phase: PhaseLock = field(default_factory=PhaseLock)
    contacts: ContactRules = field(default_factory=ContactRules)
    clock: GaitClock = field(default_factory=GaitClock)
    midstance: MidstanceRule = field(default_factory=MidstanceRule)
    laboratory: Laboratory = field(default_factory=Laboratory)
    force_contacts: ForceContacts = field(default_factory=ForceContacts)
    marker_contacts: MarkerContacts = field(default_factory=MarkerContacts)
    step_midstance: StepMidstance = field(default_factory=StepMidstance)
    output: Output = field(default_factory=Output)
