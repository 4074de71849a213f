"""One laboratory recording in, one analysis out: the same numbers as from a video."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from midstance.model import BODY, Analysis, Code, Issue, Motion, Runner, Severity, Volume
from midstance.pipeline import doubts
from midstance.pipeline.lab_measuring import lab_measures, lab_strides, lab_table
from midstance.pipeline.lab_placing import lab_body
from midstance.pipeline.lab_steps import lab_steps
from midstance.pipeline.measuring import refused_measures
from midstance.pipeline.provenance import versions
from midstance.settings import to_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.pipeline.lab_placing import LabBody
    from midstance.pipeline.lab_steps import LabSteps
    from midstance.settings import Settings

__all__ = ["analyse_trial", "is_trial"]

Progress = Callable[[float, str], None]
_SPEED_AGREES = 0.06
_MASS_AGREES = 0.05
_FEW_STEPS = 4
_SUFFIXES = frozenset({".c3d", ".trc", ".mot", ".sto", ".tsv"})


def is_trial(path: str | Path) -> bool:
    """Tell by its name whether a file is a laboratory's and not a video."""
    return Path(path).suffix.lower() in _SUFFIXES


def analyse_trial(path: str | Path, runner: Runner, settings: Settings, tell: Progress) -> Analysis:
    """Analyse a file of markers, with or without ground forces.

    Parameters
    ----------
    path
        A C3D, TRC or Qualisys TSV file.
    runner, settings, tell
        As in `pipeline.analyse`.

    Returns
    -------
    Analysis
        The same measures as from a video, and those of pelvis and chest.
    """
    body = lab_body(path, settings, tell)
    tell(0.6, "finding steps")
    found = lab_steps(body, settings)
    speed, speed_source = _speed(found, settings)
    mass, mass_source = _mass(found, runner)
    issues = (*body.issues, *found.issues, *_doubts(found, runner, settings))
    tell(0.8, "measuring")
    steps = lab_table(body, found, speed) if len(found.contacts) else None
    why = doubts.refusal(issues) or "no steps were found"
    measures = refused_measures(why) if steps is None else lab_measures(body, found, steps, speed, issues)
    tell(1.0, "done")
    return Analysis(
        recording=body.trial,
        runner=runner,
        activity=found.activity,
        scene=None,
        volume=_volume(body, found, settings, (speed, speed_source), (mass, mass_source)),
        image_motion=_no_picture(),
        motion=body.motion,
        steps=steps,
        signals=body.signals,
        mean_strides=lab_strides(found),
        measures=measures,
        issues=issues,
        settings=to_mapping(settings),
        versions=versions(None),
    )


def _no_picture() -> Motion:
    points = len(BODY.names)
    return Motion(np.empty((0, points, 2)), np.empty((0, points)), np.empty(0), BODY, "px", "image")


def _joints(body: LabBody) -> str:
    """Say how the joint centres of a leg were placed."""
    said = {part: body.centres.how.get(f"right_{part}", "not seen") for part in ("hip", "knee", "ankle")}
    return "; ".join(f"{part}: {how}" for part, how in said.items())


def _speed(found: LabSteps, settings: Settings) -> tuple[float, str]:
    """Return the speed as given or as found, and how it is known."""
    if settings.declared.speed_m_s is not None:
        return settings.declared.speed_m_s, "given"
    source = "stance foot" if found.surface == "treadmill" else "pelvis"
    return found.speed_m_s, source if np.isfinite(found.speed_m_s) else ""


def _mass(found: LabSteps, runner: Runner) -> tuple[float, str]:
    """Return the mass on the plates, else as given, and how it is known."""
    if np.isfinite(found.mass_kg):
        return found.mass_kg, "forces"
    return (runner.mass_kg, "given") if runner.mass_kg else (float("nan"), "")


def _volume(
    body: LabBody,
    found: LabSteps,
    settings: Settings,
    speed: tuple[float, str],
    mass: tuple[float, str],
) -> Volume:
    return Volume(
        up=body.axes.up,
        forward=body.axes.forward,
        axes_source=f"up {body.axes.up_known}, forward {body.axes.forward_known}",
        length_unit=body.trial.length_unit,
        marker_set=body.marker_set.title,
        static=body.static,
        joint_centres=_joints(body),
        surface=found.surface,
        surface_source="given" if settings.declared.surface else "from where the pelvis goes",
        incline_percent=settings.declared.incline_percent or 0.0,
        speed_m_s=speed[0],
        speed_source=speed[1],
        contacts_from=found.contacts_from,
        mass_kg=mass[0],
        mass_source=mass[1],
    )


def _doubts(found: LabSteps, runner: Runner, settings: Settings) -> Iterator[Issue]:
    yield from _of_movement(found)
    given, seen = settings.declared.speed_m_s, found.speed_m_s
    if given is not None and np.isfinite(seen) and abs(seen / given - 1.0) > _SPEED_AGREES:
        yield Issue(
            Code.SPEED_DISAGREES,
            Severity.WARNING,
            f"The feet say {seen:.2f} m/s, you said {given:.2f} m/s.",
            "Check the belt speed; yours was used.",
        )
    weight = runner.mass_kg
    if weight is not None and np.isfinite(found.mass_kg) and abs(found.mass_kg / weight - 1.0) > _MASS_AGREES:
        yield Issue(
            Code.MASS_DISAGREES,
            Severity.WARNING,
            f"The plates carry {found.mass_kg:.1f} kg on average, you said {weight:.1f} kg.",
            "Check the calibration of the plates; the plates' mass was used.",
        )


def _of_movement(found: LabSteps) -> Iterator[Issue]:
    if found.activity == "walking":
        yield Issue(
            Code.WALKING,
            Severity.REFUSAL,
            "The person walks: the hips are low, not high, when the feet are far apart.",
            "Numbers and norms here are for running; give a run.",
        )
    elif found.activity == "standing" or not len(found.contacts):
        yield Issue(
            Code.NOT_RUNNING,
            Severity.REFUSAL,
            "Nobody runs in this recording: no rhythm of the legs was found.",
            "Give the running trial; a standing trial goes to --static.",
        )
    elif found.activity == "on_the_spot":
        yield Issue(
            Code.ON_THE_SPOT,
            Severity.REFUSAL,
            "The feet do not travel fore and aft: running on the spot.",
            "Give a run on a treadmill or through the volume.",
        )
    elif len(found.contacts) < _FEW_STEPS:
        count = len(found.contacts)
        yield Issue(
            Code.FEW_STEPS,
            Severity.WARNING,
            f"Only {count} {'contact was' if count == 1 else 'contacts were'} found: the spread between "
            "steps is taken from other runners.",
            "Average several passes.",
        )
