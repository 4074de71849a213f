"""Initial contact and toe-off in continuous time, from the motion alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from midstance.errors import DataError
from midstance.gait.features import AT_CONTACT, AT_TOE_OFF, stance_features
from midstance.model import SIDES, Contacts

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from midstance.gait.phase import LockedStride
    from midstance.model import Side

__all__ = ["ContactRules", "StancePhases", "consensus"]

_TURN = 2.0 * np.pi
_PLAUSIBLE_STRIDE_S = (0.5, 1.0)
_ROUNDS = 8
_TRUSTED_SD = 2.0


@dataclass(frozen=True, slots=True)
class StancePhases:
    """Where in the mean stride each foot lands and leaves the ground.

    Parameters
    ----------
    initial_contact, toe_off
        Phase by side [rad]; toe-off comes after its initial contact.
    sd_s
        Standard deviation between runners of these instants against force plates, by event [s].
    agreement_s
        Weighted spread of the features behind each instant, by side and event [s].
    """

    initial_contact: dict[Side, float]
    toe_off: dict[Side, float]
    sd_s: dict[str, float]
    agreement_s: dict[str, float]

    def contacts(self, locked: LockedStride) -> Contacts:
        """Return every contact that lies wholly inside the recording.

        Parameters
        ----------
        locked
            The same mean stride.
        """
        rows = [(*pair, side) for side in SIDES for pair in self._pairs(locked, side)]
        rows.sort()
        return Contacts(
            side=np.array([row[2] for row in rows], dtype="<U5"),
            initial_contact_s=np.array([row[0] for row in rows], dtype=float),
            toe_off_s=np.array([row[1] for row in rows], dtype=float),
        )

    def _pairs(self, locked: LockedStride, side: Side) -> list[tuple[float, float]]:
        landing, leaving = self.initial_contact[side], self.toe_off[side]
        turns = np.arange(
            np.ceil((locked.phase[0] - landing) / _TURN), (locked.phase[-1] - leaving) / _TURN + 1e-9
        )
        clock = locked.signals.time_s
        start = np.interp(landing + _TURN * turns, locked.phase, clock)
        stop = np.interp(leaving + _TURN * turns, locked.phase, clock)
        return list(zip(start.tolist(), stop.tolist(), strict=True))


def consensus(
    says_s: NDArray[np.float64], covariance_s2: NDArray[np.float64], noise_s: ArrayLike
) -> tuple[float, float]:
    """Return the instant on which several witnesses agree, and their weighted spread.

    Parameters
    ----------
    says_s
        Instant each witness gives (N,) [s]; NaN where it saw nothing.
    covariance_s2
        Covariance of the witnesses' errors (N, N) [s²].
    noise_s
        Standard deviation added to each (N,), or to all [s].

    Returns
    -------
    tuple of float
        Instant and spread [s]; NaN where no witness saw anything.

    Notes
    -----
    Generalised least squares, started at the weighted median. A witness further than two of its
    standard deviations from the rest has its variance raised until it is not: one witness misled
    by a hidden foot is outvoted, not averaged in.
    """
    seen = np.isfinite(says_s)
    if not seen.any():
        return float("nan"), float("nan")
    says = says_s[seen]
    covariance = covariance_s2[np.ix_(seen, seen)] + np.diag(
        np.broadcast_to(np.square(noise_s), len(says_s))[seen]
    )
    variance = np.diag(covariance)
    order = np.argsort(says)
    share = np.cumsum((1.0 / variance)[order]) / np.sum(1.0 / variance)
    value = float(says[order][np.searchsorted(share, 0.5)])
    weight = 1.0 / variance
    for _ in range(_ROUNDS):
        excess = np.maximum((says - value) ** 2 - _TRUSTED_SD**2 * variance, 0.0)
        weight = np.linalg.inv(covariance + np.diag(excess)).sum(axis=0)
        weight = np.maximum(weight, 0.0)
        value = float(weight @ says / weight.sum())
    return value, float(np.sqrt(weight @ (says - value) ** 2 / weight.sum()))


@cache
def _calibration() -> dict[str, Any]:
    text = resources.files("midstance.gait").joinpath("data/contact_rules.json").read_text("utf-8")
    return dict(json.loads(text))


@dataclass(frozen=True, slots=True)
class ContactRules:
    """Weigh several features of the mean stride, each with its offset known from force plates.

    Parameters
    ----------
    noise_s
        Extra standard deviation for the noise of key points [s]; features that rest on a second
        derivative or on the bend of the knee are given two to three times as much.

    Notes
    -----
    Each feature i comes at an offset b_i = a_i + c_i (T - 0.7 s) + d_i p from the event, T being
    the stride time and p the pitch of the landing foot. Offsets and the covariance of what they
    leave unexplained were fitted on instrumented-treadmill trials; the event is the generalised
    least-squares mean of what the features say.

    References
    ----------
    Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298, doi 10.7717/peerj.3298 (the trials).
    """

    noise_s: float = 0.008

    def __call__(self, locked: LockedStride, leg_m: dict[Side, float]) -> StancePhases:
        """Find the instants of both legs in the mean stride.

        Parameters
        ----------
        locked
            The mean stride.
        leg_m
            Length of thigh plus shank of each side [m].

        Raises
        ------
        DataError
            If a leg shows none of the features.
        """
        landing: dict[Side, float] = {}
        leaving: dict[Side, float] = {}
        agreement: dict[str, float] = {}
        rate = _TURN / locked.stride_time_s
        for side in SIDES:
            under, strike, features = stance_features(locked, side, leg_m[side])
            pitch = float(np.clip(np.nan_to_num(strike, nan=0.2), -0.3, 0.6))
            for event, names, into in (
                ("initial_contact", AT_CONTACT, landing),
                ("toe_off", AT_TOE_OFF, leaving),
            ):
                seconds = np.array([(features[name] - under) / rate for name in names])
                into[side], agreement[f"{side}_{event}"] = self._fused(
                    event, seconds, locked.stride_time_s, pitch, side
                )
                into[side] = under + into[side] * rate
        sd = {event: float(_calibration()[event]["sd_s"]) for event in ("initial_contact", "toe_off")}
        return StancePhases(landing, leaving, sd, agreement)

    def _fused(
        self, event: str, seconds: NDArray[np.float64], stride_s: float, pitch: float, side: Side
    ) -> tuple[float, float]:
        known = _calibration()[event]
        stride_s = float(np.clip(stride_s, *_PLAUSIBLE_STRIDE_S))
        offsets = np.array(known["offsets_s"]) @ np.array([1.0, stride_s - 0.7, pitch])
        says = seconds - offsets
        if not np.isfinite(says).any():
            raise DataError(
                f"the {side} foot's {event.replace('_', ' ')} cannot be found",
                "mean stride",
                "film from the side with both feet in the picture",
            )
        noise_s = self.noise_s * np.array(known["noise_factors"])
        return consensus(says, np.array(known["covariance_s2"]), noise_s)
