"""Initial contact and toe-off of every single step, from markers alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.errors import DataError
from midstance.gait.contacts import consensus
from midstance.gait.side_features import EVENTS, SideFeatures, side_features
from midstance.model import SIDES, Code, Contacts, Issue, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from midstance.model import Motion, Side

    Row = tuple[float, float, Side, float, float]

__all__ = ["MarkedContacts", "MarkerContacts", "calibration"]

_CONTACT_S = (0.08, 1.0)  # a walking step is counted too, and said to be one
_SURE = 1.5  # standard deviations
_FEWEST = 2  # features that must show an event
_CUT_SHARE = 0.15  # of the usual contact time
_AT_END_S = 0.1
_FEWEST_TO_COMPARE = 4


@dataclass(frozen=True, slots=True, eq=False)
class MarkedContacts:
    """Contacts seen by markers, and how sure they are.

    Parameters
    ----------
    contacts
        Every contact whose both ends lie inside the recording, by one and a half standard deviations or more.
    sd_s
        Standard deviation of a single event against force plates in runners the calibration had
        not seen, by event [s].
    spread_s
        How far the features disagree about each event (N,) [s], by event.
    belt_speed_m_s
        How fast the ground moves back under the stance feet [m/s]: the belt's speed, about 0 over
        ground.
    issues
        What is doubtful.
    """

    contacts: Contacts
    sd_s: dict[str, float]
    spread_s: dict[str, NDArray[np.float64]]
    belt_speed_m_s: float
    issues: tuple[Issue, ...] = ()


@cache
def calibration() -> dict[str, Any]:
    """Return what `benchmarks/calibrate_marker_events.py` found on force-plate trials.

    Returns
    -------
    dict
        By the marked part of the ball of the foot and event: names, offsets [s], covariance [s²] and
        standard deviation [s]; `lowest_mass`: weights and standard deviation.
    """
    text = resources.files("midstance.gait").joinpath("data/marker_events.json").read_text("utf-8")
    return dict(json.loads(text))


@dataclass(frozen=True, slots=True)
class MarkerContacts:
    """Weigh several features of each single step, each with its offset known from force plates.

    Parameters
    ----------
    low_pass_hz
        Corner of the zero-lag fourth-order low-pass on the markers [Hz]. The offsets were fitted
        with 20 Hz.
    noise_s
        Extra standard deviation of every feature [s]: raise it for noisy markers, so that no
        single one weighs much.

    Notes
    -----
    A step is known by the ankle going from ahead of the pelvis to behind it, which running and
    walking do once in each stance and never in swing. About that instant each feature i is found
    on curves in continuous time; it comes at an offset from the event that depends, linearly, on
    the pitch of the landing foot (initial contact) or on speed and stride time (toe-off). The
    event is the generalised least-squares mean of what the features say, those that stray being
    outvoted. Velocities of the foot are taken against the ground, whose own velocity the stance
    feet show: treadmill and over ground are one case. Heights are taken against the same foot's
    height in stance: where a marker sits on the shoe does not matter.

    References
    ----------
    Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298, doi 10.7717/peerj.3298 (the trials behind the
    offsets).
    """

    low_pass_hz: float = 20.0
    noise_s: float = 0.0

    def __call__(self, motion: Motion) -> MarkedContacts:
        """Find every whole contact in the recording.

        Parameters
        ----------
        motion
            Motion in the lab frame [m], unsmoothed, X along the run; over ground or on a treadmill.

        Returns
        -------
        MarkedContacts
            Contacts, their uncertainty, and issues.

        Raises
        ------
        DataError
            If no leg shows a step.
        ValueError
            If the motion is not in the lab frame or has no depth of time.
        """
        if motion.frame != "lab" or motion.unit != "m":
            raise ValueError("contacts need the motion in the lab frame [m]")
        rows: list[Row] = []
        ground = []
        for side in SIDES:
            seen = side_features(motion, side, self.low_pass_hz)
            if seen is None:
                continue
            ground.append(seen.ground_m_s)
            rows += _whole(list(self._steps(seen, side, motion.time_s)), motion.time_s)
        if not rows:
            raise DataError(
                "no leg shows a whole step",
                f"motion from {motion.time_s[0]:.2f} to {motion.time_s[-1]:.2f} s",
                "check that hips, ankles and feet are marked and that somebody runs along X",
            )
        return _marked(_orderly(rows), float(-np.median(np.concatenate(ground))))

    def _steps(self, seen: SideFeatures, side: Side, time_s: NDArray[np.float64]) -> Iterator[Row]:
        """Yield start, end, side and spreads of every whole contact of one leg."""
        (lands, unsure_landing), (leaves, unsure_leaving) = (
            self._fused(calibration()[seen.ball][event], seen.seconds[event], seen.covariates[event])
            for event in EVENTS
        )
        for row in zip(lands, leaves, unsure_landing, unsure_leaving, strict=True):
            start, stop, *unsure = (float(value) for value in row)
            early, late = (_SURE * float(calibration()["middle"][event]["sd_s"]) for event in EVENTS)
            inside = time_s[0] + early <= start and stop + late <= time_s[-1]
            if inside and _CONTACT_S[0] < stop - start < _CONTACT_S[1]:
                yield start, stop, side, unsure[0], unsure[1]

    def _fused(
        self, known: Mapping[str, Any], seconds: NDArray[np.float64], covariates: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return instant and spread (N,) of an event [s], NaN where too few features show it."""
        says = seconds - covariates @ np.array(known["offsets_s"]).T
        covariance = np.array(known["covariance_s2"])
        enough = np.isfinite(says).sum(axis=1) >= _FEWEST
        both = [
            consensus(row, covariance, self.noise_s) if ok else (np.nan, np.nan)
            for row, ok in zip(says, enough, strict=True)
        ]
        found = np.array(both, dtype=float).reshape(-1, 2)
        return found[:, 0], found[:, 1]


def _whole(rows: list[Row], time_s: NDArray[np.float64]) -> list[Row]:
    """Return a leg's contacts without those that the ends of the recording have cut: too short or long."""
    if len(rows) < _FEWEST_TO_COMPARE:
        return rows
    usual = float(np.median([row[1] - row[0] for row in rows]))

    def cut(row: Row) -> bool:
        at_end = row[0] < time_s[0] + _AT_END_S or row[1] > time_s[-1] - _AT_END_S
        return at_end and abs(row[1] - row[0] - usual) > _CUT_SHARE * usual

    return [row for row in rows if not cut(row)]


def _orderly(
    rows: list[Row],
) -> list[Row]:
    """Return contacts by their start, without those that begin while the same foot is still down."""
    kept: list[Row] = []
    until: dict[Side, float] = dict.fromkeys(SIDES, -np.inf)
    for row in sorted(rows):
        if row[0] >= until[row[2]] and (not kept or row[0] > kept[-1][0]):
            kept.append(row)
            until[row[2]] = row[1]
    return kept


def _marked(rows: list[Row], belt_m_s: float) -> MarkedContacts:
    contacts = Contacts(
        side=np.array([row[2] for row in rows], dtype="<U5"),
        initial_contact_s=np.array([row[0] for row in rows], dtype=float),
        toe_off_s=np.array([row[1] for row in rows], dtype=float),
    )
    sd = {event: float(calibration()["middle"][event]["sd_s"]) for event in EVENTS}
    spread = {event: np.array([row[3 + i] for row in rows], dtype=float) for i, event in enumerate(EVENTS)}
    return MarkedContacts(contacts, sd, spread, belt_m_s, _walks(contacts))


def _walks(contacts: Contacts) -> tuple[Issue, ...]:
    """Return an issue where feet of both sides are mostly down at once."""
    next_lands, leaves = contacts.initial_contact_s[1:], contacts.toe_off_s[:-1]
    both = (next_lands < leaves)[contacts.side[1:] != contacts.side[:-1]]
    if not len(both) or np.mean(both) <= 0.5:  # noqa: PLR2004  # most steps
        return ()
    return (
        Issue(
            Code.WALKING,
            Severity.WARNING,
            f"{np.mean(both):.0%} of the steps begin before the other foot has left the ground.",
            "Events are calibrated on running only: give a run.",
        ),
    )
