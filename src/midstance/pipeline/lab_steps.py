"""The steps of a laboratory recording: contacts from forces or markers, midstances, mean stride."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from midstance import alignment, gait
from midstance.errors import DataError
from midstance.model import SIDES, Contacts, Issue, Midstances, Signals
from midstance.numerics import finite_mean
from midstance.pipeline.lab_placing import unused_forces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Motion, Side
    from midstance.pipeline.lab_placing import LabBody
    from midstance.settings import Settings

__all__ = ["LabSteps", "lab_steps"]

_TURN = 2.0 * np.pi
_TRAVELS_M_S = 0.8
_FEWEST_SAMPLES = 16


@dataclass(frozen=True, slots=True, eq=False)
class LabSteps:
    """Rhythm and steps of a laboratory recording.

    Parameters
    ----------
    contacts, midstances
        The steps.
    contacts_from
        What the contacts rest on.
    surface
        What the runner runs on.
    speed_m_s
        Running speed from the feet or the pelvis [m/s]; NaN if not found.
    mass_kg
        Body mass from the forces [kg]; NaN if not known.
    activity
        What the legs do.
    locked, stance
        The mean stride and its contacts; None where the recording holds less than two strides.
    standing
        Which samples are quiet standing (T,).
    issues
        What is doubtful.
    """

    contacts: Contacts
    midstances: Midstances
    contacts_from: Literal["forces", "markers"]
    surface: Literal["treadmill", "overground"]
    speed_m_s: float
    mass_kg: float
    activity: str
    locked: gait.LockedStride | None
    stance: gait.StancePhases | None
    standing: NDArray[np.bool_]
    issues: tuple[Issue, ...]


def lab_steps(body: LabBody, settings: Settings) -> LabSteps:
    """Find the steps of a laboratory recording.

    Parameters
    ----------
    body
        The placed runner.
    settings
        Every choice.
    """
    longest = float(np.nanmax(list(body.leg_m.values())))
    standing, moving = settings.bouts(body.signals, longest)
    surface = settings.declared.surface or _surface(body.motion)
    locked = _locked(body.signals, moving, settings)
    activity = _activity(locked, longest, surface, moving)
    contacts, source, mass, issues = _contacts(body, surface, settings)
    midstances = _midstances(body, contacts, settings)
    return LabSteps(
        contacts=contacts,
        midstances=midstances,
        contacts_from=source,
        surface=surface,
        speed_m_s=_speed(body.motion, contacts, surface),
        mass_kg=mass,
        activity=activity,
        locked=locked,
        stance=None if locked is None else _stance(locked, contacts),
        standing=standing,
        issues=issues,
    )


def _midstances(body: LabBody, contacts: Contacts, settings: Settings) -> Midstances:
    """Return midstance by every definition, the lowest centre of mass among them."""
    chosen = settings.midstance.definition
    found = settings.step_midstance(body.signals, contacts, chosen)
    lowest, _ = gait.lowest_mass_from_markers_s(body.centres.motion, contacts)
    times = found.by_definition | {"mass": lowest}
    return Midstances(times[chosen], found.spread_s, times, chosen)


def _surface(motion: Motion) -> Literal["treadmill", "overground"]:
    """Return `overground` where the pelvis travels through the room."""
    return "overground" if abs(_travel_m_s(motion)) > _TRAVELS_M_S else "treadmill"


def _travel_m_s(motion: Motion) -> float:
    """Return the mean forward speed of the pelvis in the room [m/s]."""
    ahead = motion.middle("hip")[:, 0]
    seen = np.flatnonzero(np.isfinite(ahead))
    if len(seen) < 2:  # noqa: PLR2004
        return 0.0
    first, last = seen[0], seen[-1]
    return float((ahead[last] - ahead[first]) / (motion.time_s[last] - motion.time_s[first]))


def _locked(signals: Signals, moving: NDArray[np.bool_], settings: Settings) -> gait.LockedStride | None:
    """Return the mean stride of the longest movement, None where there is less than two strides."""
    if moving.sum() < _FEWEST_SAMPLES:
        return None
    bout = Signals(signals.values[moving], signals.names, signals.units, signals.time_s[moving])
    try:
        return settings.laboratory.phase(bout)
    except DataError:
        return None


def _activity(
    locked: gait.LockedStride | None,
    leg_m: float,
    surface: str,
    moving: NDArray[np.bool_],
) -> str:
    if locked is not None:
        return gait.activity(locked, leg_m).name
    if surface == "overground":
        return "running"  # a single pass through the volume; walking is told by its double support
    return "standing" if moving.mean() < 0.5 else "unclear"  # noqa: PLR2004


def _contacts(
    body: LabBody, surface: Literal["treadmill", "overground"], settings: Settings
) -> tuple[Contacts, Literal["forces", "markers"], float, tuple[Issue, ...]]:
    """Return contacts, what they rest on, body mass and doubts."""
    forces = body.trial.forces
    if forces is None or settings.laboratory.forces == "ignore":
        found, doubts = _marked(body, settings)
        unused = (unused_forces(body.trial, "as you said"),) if forces is not None else ()
        return found, "markers", float("nan"), (*unused, *doubts)
    plates = settings.force_contacts(forces, body.motion)
    if plates.contacts is None or not len(plates.contacts):
        found, doubts = _marked(body, settings)
        return found, "markers", float("nan"), (*plates.issues, *doubts)
    mass = gait.body_mass_kg(plates)
    if surface == "treadmill":
        return plates.contacts, "forces", mass, plates.issues
    found, doubts = _marked(body, settings)
    return _merged(plates.contacts, found), "forces", mass, (*plates.issues, *doubts)


def _marked(body: LabBody, settings: Settings) -> tuple[Contacts, tuple[Issue, ...]]:
    """Return the contacts that the markers show; none where no leg steps."""
    try:
        found = settings.marker_contacts(body.centres.motion)
    except DataError:
        nothing = np.empty(0)
        return Contacts(np.empty(0, dtype="<U5"), nothing, nothing), ()
    return found.contacts, found.issues


def _merged(sure: Contacts, other: Contacts) -> Contacts:
    """Return the contacts of the plates, and of the others those that meet none of them."""
    apart = [
        not bool(
            np.any(
                (sure.side == other.side[i])
                & (sure.initial_contact_s < other.toe_off_s[i])
                & (sure.toe_off_s > other.initial_contact_s[i])
            )
        )
        for i in range(len(other))
    ]
    columns = [
        np.concatenate([getattr(sure, name), getattr(other, name)[apart]])
        for name in ("side", "initial_contact_s", "toe_off_s")
    ]
    order = np.argsort(columns[1])
    return Contacts(*(column[order] for column in columns))


def _speed(motion: Motion, contacts: Contacts, surface: Literal["treadmill", "overground"]) -> float:
    if surface == "overground":
        return abs(_travel_m_s(motion))
    speeds = [alignment.stance_speed(motion, contacts, side, surface) for side in SIDES]
    return finite_mean(np.array(speeds))


def _stance(locked: gait.LockedStride, contacts: Contacts) -> gait.StancePhases | None:
    """Return the mean phases of the contacts within the mean stride; None where a leg has none."""
    clock = locked.signals.time_s
    landing: dict[Side, float] = {}
    leaving: dict[Side, float] = {}
    for side in SIDES:
        own = contacts.of(side) & (contacts.initial_contact_s >= clock[0]) & (contacts.toe_off_s <= clock[-1])
        if not own.any():
            return None
        start = np.interp(contacts.initial_contact_s[own], clock, locked.phase)
        stop = np.interp(contacts.toe_off_s[own], clock, locked.phase)
        landing[side] = float(np.angle(np.mean(np.exp(1j * start))) % _TURN)
        leaving[side] = landing[side] + float(np.median(stop - start))
    nothing = {f"{side}_{event}": 0.0 for side in SIDES for event in ("initial_contact", "toe_off")}
    return gait.StancePhases(landing, leaving, {"initial_contact": 0.0, "toe_off": 0.0}, nothing)
