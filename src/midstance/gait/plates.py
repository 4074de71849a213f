"""Contacts as force plates feel them, and what the force says of the body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import butter, filtfilt

from midstance.model import SIDES, Code, Contacts, Issue, Severity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.model import Forces, Motion, Side

__all__ = ["ForceContacts", "PlateContacts"]

_UP = 1
_LOADED_FACTOR = 4.0  # plates that never bear this many thresholds bear nobody
_ROUGH_SHARE = 0.1  # of the peak: below it the runner may be in the air
_FLIGHT_S = 0.03
_REST_S = 0.15  # how much of a long unloaded time is averaged at each of its ends
_DRIFT_N = 10.0
_CONTACT_S = (0.08, 0.5)
_BOUNCE_S = 0.03
_FULL_SHARE = 0.5  # of the median peak: less is a foot half on the plate
_CLEAR_M = 0.03
_NEXT_STEP_S = 0.3
_TWO_PASSES = 0.802  # (√2 - 1)^¼: two second-order passes keep the half-power frequency


@dataclass(frozen=True, slots=True, eq=False)
class PlateContacts:
    """What the plates say: contacts, the clean vertical force, and when they can be believed.

    Parameters
    ----------
    contacts
        Contacts that lie wholly inside the recording and on the plates; None where the plates
        cannot say.
    vertical_n
        Vertical force of all plates together, drift removed, not smoothed (T,) [N].
    time_s
        Its clock (T,) [s].
    covered_s
        Start and end (S, 2) [s] of the spans in which every contact is known. Outside them a foot
        may have landed beside the plates.
    peak_n
        Highest vertical force of each contact (N,) [N].
    issues
        What is doubtful.
    """

    contacts: Contacts | None
    vertical_n: NDArray[np.float64]
    time_s: NDArray[np.float64]
    covered_s: NDArray[np.float64]
    peak_n: NDArray[np.float64]
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class ForceContacts:
    """A foot is down while the vertical force, low-passed and free of drift, exceeds a threshold.

    Parameters
    ----------
    threshold_n
        Vertical force above which a foot is down [N].
    low_pass_hz
        Corner of the zero-lag fourth-order low-pass [Hz]; 0 for none.
    drift
        Whether to take what the plates show in each flight for their zero.

    Notes
    -----
    The plates are summed first: a foot on two belts is one foot. The zero between two flights runs
    straight from one to the other. Crossings lie on a straight line between two samples.
    """

    threshold_n: float = 50.0
    low_pass_hz: float = 50.0
    drift: bool = True

    def __call__(self, forces: Forces, motion: Motion) -> PlateContacts:
        """Find every whole contact on the plates.

        Parameters
        ----------
        forces
            Forces of the plates in the lab frame.
        motion
            Motion in the lab frame, on the same clock: which foot is down.

        Returns
        -------
        PlateContacts
            Contacts, clean force, spans and issues.

        Raises
        ------
        ValueError
            If the forces are not in the lab frame.
        """
        if forces.frame != "lab":
            raise ValueError("contacts need forces in the lab frame")
        raw = forces.total_n[:, _UP]
        zero = self._zero(raw, forces.time_s)
        clean = raw - zero
        smooth = _low_passed(clean, forces.rate_hz, self.low_pass_hz)
        peak = float(np.percentile(smooth, 99.5)) if len(smooth) else 0.0
        if not np.ptp(raw) or peak < _LOADED_FACTOR * self.threshold_n:
            return _silent(forces, clean, _plates_off(peak))
        start, stop = _loaded(forces.time_s, smooth, self.threshold_n)
        issues = _drift_issue(zero)
        if len(start) and np.median(stop - start) > _CONTACT_S[1]:
            return _silent(forces, clean, _shared(start, stop), *issues)
        start, stop, peaks = _whole(start, stop, forces.time_s, smooth)
        if not len(start):
            return _silent(forces, clean, _plates_off(peak), *issues)
        sides = _sides(start, stop, forces, motion)
        contacts = Contacts(sides, start, stop)
        return PlateContacts(contacts, clean, forces.time_s, _covered(contacts), peaks, issues)

    def _zero(self, raw: NDArray[np.float64], time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what the plates show when nobody stands on them (T,) [N]."""
        if not self.drift or len(raw) < 2:  # noqa: PLR2004  # nothing to run a line through
            return np.zeros(len(raw))
        low, high = np.percentile(raw, (2.0, 99.5))
        level = low + max(_ROUGH_SHARE * (high - low), 2.0 * self.threshold_n)
        anchors = [
            (float(np.mean(time_s[part])), float(np.median(raw[part])))
            for first, last in _runs(raw < level)
            for part in _restful(first, last, time_s)
        ]
        if not anchors:
            return np.zeros(len(raw))
        return np.asarray(np.interp(time_s, *np.array(anchors).T))


def _low_passed(values: NDArray[np.float64], rate_hz: float, corner_hz: float) -> NDArray[np.float64]:
    share = corner_hz / (0.5 * rate_hz) / _TWO_PASSES
    if not 0.0 < share < 1.0 or len(values) < 10:  # noqa: PLR2004  # too short for the filter's ends
        return values
    b, a = butter(2, share)
    return np.asarray(filtfilt(b, a, values))


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return first and last index of every run of true samples."""
    edges = np.diff(np.concatenate(([0], mask.astype(np.int8), [0])))
    return list(
        zip(np.flatnonzero(edges == 1).tolist(), (np.flatnonzero(edges == -1) - 1).tolist(), strict=True)
    )


def _restful(first: int, last: int, time_s: NDArray[np.float64]) -> list[slice]:
    """Return the samples in the middle of a flight, or near both ends of a long rest."""
    length_s = time_s[last] - time_s[first]
    if length_s < _FLIGHT_S:
        return []
    trim = max(1, round(0.25 * min(length_s, 2 * _REST_S) / (length_s / (last - first))))
    inner, outer = first + trim, last - trim
    rest = round(_REST_S / (length_s / (last - first)))
    if outer - inner > 2 * rest:
        return [slice(inner, inner + rest), slice(outer - rest, outer + 1)]
    return [slice(inner, outer + 1)] if outer > inner else []


def _loaded(
    time_s: NDArray[np.float64], force_n: NDArray[np.float64], threshold_n: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return start and end (N,) of every load that begins and ends inside the recording [s]."""
    above = force_n > threshold_n
    up, down = (np.flatnonzero(np.diff(above.astype(np.int8)) == way) for way in (1, -1))

    def instants(i: NDArray[np.int64]) -> NDArray[np.float64]:
        part = (threshold_n - force_n[i]) / (force_n[i + 1] - force_n[i])
        return np.asarray(time_s[i] + part * (time_s[i + 1] - time_s[i]))

    start, stop = instants(up), instants(down)
    stop = stop[stop > start[0]] if len(start) else stop[:0]
    start = start[: len(stop)]
    apart = start[1:] - stop[:-1] > _BOUNCE_S
    return start[np.append(True, apart)[: len(start)]], stop[np.append(apart, True)[: len(stop)]]


def _whole(
    start: NDArray[np.float64],
    stop: NDArray[np.float64],
    time_s: NDArray[np.float64],
    force_n: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the loads that are steps of a runner, with their peaks [N]."""
    peaks = np.array(
        [
            force_n[np.searchsorted(time_s, a) : np.searchsorted(time_s, b)].max(initial=0.0)
            for a, b in zip(start, stop, strict=True)
        ],
        dtype=float,
    )
    lasting = (stop - start > _CONTACT_S[0]) & (stop - start < _CONTACT_S[1])
    usual = float(np.median(peaks[lasting])) if lasting.any() else 0.0
    steps = lasting & (peaks > _FULL_SHARE * usual)
    return start[steps], stop[steps], peaks[steps]


def _sides(
    start: NDArray[np.float64], stop: NDArray[np.float64], forces: Forces, motion: Motion
) -> NDArray[np.str_]:
    """Return which foot was down in each contact: the lower one, in doubt the one nearer to the force."""
    found: list[Side] = []
    for a, b in zip(start, stop, strict=True):
        left, right = (_foot(motion, side, a, b) for side in SIDES)
        higher = left[_UP] - right[_UP]
        if not abs(higher) > _CLEAR_M:
            centre = _pressed(forces, a, b)
            off_left, off_right = (float(np.hypot(*(foot - centre)[[0, 2]])) for foot in (left, right))
            higher = off_left - off_right if np.isfinite(off_left - off_right) else higher
        found.append("right" if higher > 0 else "left")
    return np.array(found, dtype="<U5")


def _foot(motion: Motion, side: Side, start_s: float, stop_s: float) -> NDArray[np.float64]:
    """Return the mean place (3,) of ankle, heel and toe in the middle of a contact [m]."""
    clock = motion.time_s
    part = slice(*np.searchsorted(clock, (start_s + 0.2 * (stop_s - start_s), stop_s)))
    parts = [motion.point(f"{side}_{name}")[part] for name in ("ankle", "heel", "toe")]
    places = [np.nanmean(p, axis=0) for p in parts if np.isfinite(p).all(axis=1).any()]
    return np.asarray(np.mean(places, axis=0)) if places else np.full(3, np.nan)


def _pressed(forces: Forces, start_s: float, stop_s: float) -> NDArray[np.float64]:
    """Return the mean centre of pressure (3,) of a contact, each plate by its force [m]."""
    part = slice(*np.searchsorted(forces.time_s, (start_s, stop_s)))
    weight = np.maximum(np.nan_to_num(forces.force_n[part, :, _UP]), 0.0)
    place = forces.centre_of_pressure_m[part]
    weight = np.where(np.isfinite(place).all(axis=2), weight, 0.0)
    total = weight.sum()
    summed = np.einsum("tp,tpd->d", weight, np.nan_to_num(place))
    return np.asarray(summed / total) if total else np.full(3, np.nan)


def _covered(contacts: Contacts) -> NDArray[np.float64]:
    """Return the spans (S, 2) in which contact follows contact as steps do [s]."""
    gaps = contacts.initial_contact_s[1:] - contacts.toe_off_s[:-1]
    breaks = np.flatnonzero((gaps > _NEXT_STEP_S) | (contacts.side[1:] == contacts.side[:-1]))
    first = np.concatenate(([0], breaks + 1))
    last = np.concatenate((breaks, [len(contacts) - 1]))
    return np.stack((contacts.initial_contact_s[first], contacts.toe_off_s[last]), axis=1)


def _silent(forces: Forces, clean: NDArray[np.float64], *issues: Issue) -> PlateContacts:
    return PlateContacts(None, clean, forces.time_s, np.empty((0, 2)), np.empty(0), issues)


def _plates_off(peak_n: float) -> Issue:
    return Issue(
        Code.PLATES_OFF,
        Severity.WARNING,
        f"The force plates bear nobody: their highest force is {peak_n:.0f} N.",
        "Contacts are taken from the markers. Were the plates on, are their channels in the file?",
    )


def _shared(start: NDArray[np.float64], stop: NDArray[np.float64]) -> Issue:
    longest = float(np.max(stop - start))
    return Issue(
        Code.PLATES_SHARED,
        Severity.WARNING,
        f"The plates stay loaded for up to {longest:.2f} s on end, longer than a running step: "
        "both feet stand on them at once, as in walking.",
        "Their forces cannot be told apart: contacts are taken from the markers.",
        float(start[0]),
        float(stop[-1]),
    )


def _drift_issue(zero_n: NDArray[np.float64]) -> tuple[Issue, ...]:
    most = float(zero_n[np.argmax(np.abs(zero_n))]) if len(zero_n) else 0.0
    if abs(most) < _DRIFT_N:
        return ()
    sentence = f"The plates show up to {most:.0f} N in flight; it was taken out flight by flight."
    return (Issue(Code.PLATES_DRIFT, Severity.NOTE, sentence, "Zero the plates before each trial."),)
