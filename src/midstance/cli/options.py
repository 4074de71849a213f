"""The options of `midstance analyze`, and the setting each one stands for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Group, Parameter

if TYPE_CHECKING:
    from midstance.model import Runner
    from midstance.settings import Settings

__all__ = [
    "SETTING_OF",
    "Definition",
    "LaboratoryOptions",
    "MethodOptions",
    "RecordingOptions",
    "RunnerOptions",
    "chosen_settings",
]

Definition = Literal[
    "mid_bend",
    "knee_bend",
    "pelvis_dip",
    "most_bent",
    "knee",
    "leg_line",
    "pelvis",
    "head",
    "mass",
    "half_contact",
    "hip_crossing",
]

_RUNNER = Parameter(group=Group("Runner", sort_key=1))
_RECORDING = Parameter(group=Group("Recording", sort_key=2))
_LABORATORY = Parameter(group=Group("Laboratory", sort_key=3))
_METHOD = Parameter(group=Group("Method", sort_key=4))


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class RunnerOptions:
    """Who runs.

    Parameters
    ----------
    height
        Stature without shoes [m], for example 1.80; gives the scale of the picture.
    mass
        Body mass [kg].
    sex
        Which tables of norms to use.
    name
        Name shown in the report.
    """

    height: Annotated[float | None, _RUNNER] = None
    mass: Annotated[float | None, _RUNNER] = None
    sex: Annotated[Literal["female", "male"] | None, _RUNNER] = None
    name: Annotated[str, _RUNNER] = ""

    def runner(self) -> Runner:
        """Return the runner these options describe."""
        from midstance.model import Runner  # NumPy only when it is needed

        return Runner(height_m=self.height, mass_kg=self.mass, sex=self.sex, name=self.name)


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class RecordingOptions:
    """What is known about the recording; what is not given is found or assumed, and shown so.

    Parameters
    ----------
    surface
        What the runner runs on.
    incline
        Slope along the running direction, + uphill [%].
    speed
        Running or belt speed [m/s]; 10 km/h is 2.78.
    slow_motion
        How many times slower than real the clip plays, for example 8.
    roll
        Camera roll: angle of true vertical in the picture, + clockwise [deg].
    standing
        A clip of the same runner standing still, filmed from the same place.
    person
        Which person to follow, counted from the left of the picture, from 0.
    """

    surface: Annotated[Literal["treadmill", "overground"] | None, _RECORDING] = None
    incline: Annotated[float | None, _RECORDING] = None
    speed: Annotated[float | None, _RECORDING] = None
    slow_motion: Annotated[float | None, _RECORDING] = None
    roll: Annotated[float | None, _RECORDING] = None
    standing: Annotated[Path | None, _RECORDING] = None
    person: Annotated[int | None, _RECORDING] = None


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class LaboratoryOptions:
    """What belongs to a laboratory's file of markers.

    Parameters
    ----------
    static
        The standing trial of the same runner; it places the joint centres.
    markers
        A TOML file that says which marker sits where.
    ground_forces
        A file of ground forces, where they lie apart from the markers.
    forces
        `ignore` finds contacts from the markers alone.
    length_unit
        Unit of length of the files, where they give it wrongly.
    low_pass
        A fixed low-pass for every coordinate [Hz]; by default the noise decides.
    """

    static: Annotated[Path | None, _LABORATORY] = None
    markers: Annotated[Path | None, _LABORATORY] = None
    ground_forces: Annotated[Path | None, _LABORATORY] = None
    forces: Annotated[Literal["use", "ignore"] | None, _LABORATORY] = None
    length_unit: Annotated[Literal["m", "cm", "mm", "in"] | None, _LABORATORY] = None
    low_pass: Annotated[float | None, _LABORATORY] = None


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class MethodOptions:
    """How to analyse.

    Parameters
    ----------
    quality
        `quick` looks at fewer frames with a smaller network; `full` is the default.
    midstance
        Which definition of midstance to report; `pelvis_dip` is the default.
    workers
        Number of processes that look for the body.
    settings
        A TOML file with settings; options given here win over it.
    annotated_video
        Whether to write `annotated.mp4`.
    """

    quality: Annotated[Literal["quick", "full"] | None, _METHOD] = None
    midstance: Annotated[Definition | None, _METHOD] = None
    workers: Annotated[int | None, _METHOD] = None
    settings: Annotated[Path | None, _METHOD] = None
    annotated_video: Annotated[bool, _METHOD, Parameter(negative="--no-annotated-video")] = True


_NO_LABORATORY = LaboratoryOptions()

SETTING_OF = {
    "surface": "declared.surface",
    "incline": "declared.incline_percent",
    "speed": "declared.speed_m_s",
    "slow_motion": "declared.slow_motion_factor",
    "roll": "declared.roll_deg",
    "standing": "declared.standing",
    "person": "pose.person",
    "static": "laboratory.static",
    "markers": "laboratory.markers",
    "ground_forces": "laboratory.ground_forces",
    "forces": "laboratory.forces",
    "length_unit": "laboratory.length_unit",
    "low_pass": "laboratory.low_pass_hz",
    "quality": "pose.quality",
    "midstance": "midstance.definition",
    "workers": "pose.workers",
}
"""The setting, by its dotted name, that each option replaces."""


def chosen_settings(
    recording: RecordingOptions, method: MethodOptions, laboratory: LaboratoryOptions = _NO_LABORATORY
) -> Settings:
    """Return the settings of the file, if one is given, with the given options put in."""
    from midstance.settings import Settings, read_settings, replaced  # loads the rooms

    base = read_settings(method.settings) if method.settings else Settings()
    given: dict[str, Any] = {}
    for option, setting in SETTING_OF.items():
        group = next(group for group in (recording, laboratory, method) if hasattr(group, option))
        if (value := getattr(group, option)) is not None:
            given[setting] = value
    if not method.annotated_video:
        given["output.annotated_video"] = False
    return replaced(base, given)
