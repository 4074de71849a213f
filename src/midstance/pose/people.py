"""Who of several people is the runner: tracks through the sampled frames, and their leg movement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from midstance.errors import DataError
from midstance.pose.region import Region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from midstance.pose.blazepose import Look

__all__ = ["Choice", "Path", "Track", "choose", "link"]

Sample = tuple[float, list["Look"]]

_GATE = 0.6  # a person moves less than this many region sides between samples, beyond what was foreseen
_GROWTH = 2.0  # one e-fold of size counts as this many region sides
_FORGET_S = 2.0
_SUBSTANTIAL = 0.2  # of the most-seen track's samples
_TRUNK, _HIPS, _LEGS = [3, 4], [9, 10], [11, 12, 13, 14]
_POINTED = 0.2  # a place further than this many region sides from a body is not on it
_LEAST_SAMPLES = 3
_EDGE_S = 0.75  # the path is followed this long beyond its ends


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Where the runner was in the sampled frames.

    Parameters
    ----------
    time_s
        (N,) [s].
    regions
        Centre, side and turn (N, 4) [px, rad].
    """

    time_s: NDArray[np.float64]
    regions: NDArray[np.float64]

    def at(self, time_s: float) -> Region | None:
        """Return the region at an instant, or None where the runner was not around."""
        if not self.time_s[0] - _EDGE_S <= time_s <= self.time_s[-1] + _EDGE_S:
            return None
        return Region(*(float(np.interp(time_s, self.time_s, column)) for column in self.regions.T))


@dataclass(slots=True, eq=False)
class Track:
    """One person through the sampled frames."""

    times: list[float] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)

    def add(self, time_s: float, look: Look) -> None:
        """Append a look."""
        self.times.append(time_s)
        self.looks.append(look)

    def foreseen(self, time_s: float) -> NDArray[np.float64]:
        """Return where the hips should be at a later instant (2,) [px], by constant velocity."""
        last = _hips(self.looks[-1])
        if len(self.times) == 1:
            return last
        velocity = (last - _hips(self.looks[-2])) / (self.times[-1] - self.times[-2])
        return np.asarray(last + velocity * min(time_s - self.times[-1], 0.5))

    @property
    def path(self) -> Path:
        """Where this person was."""
        regions = [(r.x_px, r.y_px, r.side_px, r.turn_rad) for r in (look.region for look in self.looks)]
        return Path(np.array(self.times), np.array(regions))

    @property
    def swing(self) -> float:
        """How far knees and ankles move about the hips, in region sides; 0 where seen too rarely."""
        if len(self.looks) < _LEAST_SAMPLES:
            return 0.0
        legs = [(look.points[_LEGS] - _hips(look)) / look.region.side_px for look in self.looks]
        low, high = np.percentile(legs, [10, 90], axis=0)
        return float(np.linalg.norm(high - low))

    @property
    def side_px(self) -> float:
        """Median side of the region [px]."""
        return float(np.median([look.region.side_px for look in self.looks]))

    @property
    def x_px(self) -> float:
        """Median place across the picture [px]."""
        return float(np.median([_hips(look)[0] for look in self.looks]))


def _hips(look: Look) -> NDArray[np.float64]:
    return np.asarray(look.points[_HIPS].mean(axis=0))


def _distance(track: Track, time_s: float, look: Look) -> float:
    """Return how far a look is from what a track foresees, in region sides."""
    side, before = look.region.side_px, track.looks[-1].region.side_px
    away = np.linalg.norm(_hips(look) - track.foreseen(time_s)) / min(side, before)
    return float(away + abs(np.log(side / before)) / _GROWTH)


def link(samples: Sequence[Sample]) -> list[Track]:
    """Join the looks of successive samples (time [s], looks) into tracks, nearest first."""
    tracks: list[Track] = []
    for time_s, looks in samples:
        alive = [track for track in tracks if time_s - track.times[-1] <= _FORGET_S]
        cost = np.array([[_distance(track, time_s, look) for look in looks] for track in alive])
        taken = set()
        if cost.size:
            for row, column in zip(*linear_sum_assignment(np.minimum(cost, 2 * _GATE)), strict=True):
                if cost[row, column] < _GATE:
                    alive[row].add(time_s, looks[column])
                    taken.add(column)
        tracks += [_begun(time_s, look) for k, look in enumerate(looks) if k not in taken]
    return tracks


def _begun(time_s: float, look: Look) -> Track:
    track = Track()
    track.add(time_s, look)
    return track


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The followed person.

    Parameters
    ----------
    path
        Where the person was.
    person
        Which one, counted from the left of the picture, from 0.
    people
        Number of people in the sampled frames (median where there is anyone).
    """

    path: Path
    person: int
    people: int


def choose(
    samples: Sequence[Sample],
    person: int | None,
    where: str,
    shown: tuple[float, float, float] | None = None,
) -> Choice:
    """Choose whom to follow: the one whose legs move most, among those large and long in the picture.

    Parameters
    ----------
    samples
        Time [s] of each sampled frame and the looks at the people in it.
    person
        The user's choice, counted from the left, from 0; None to choose by movement.
    where
        The recording, for messages.
    shown
        An instant [s] and a place in the picture (x, y) [px] where the person to follow is; goes before
        `person`.

    Raises
    ------
    DataError
        If there is no one, or not the one asked for.
    """
    tracks = link(samples)
    if not tracks:
        raise DataError(
            f"no person found in any of {len(samples)} frames looked at",
            where,
            "film one runner from the side, whole body in the picture, at least a quarter of its height tall",
        )
    people = max(round(float(np.median([len(looks) for _, looks in samples if looks]))), 1)
    if shown is not None:
        tracks.sort(key=lambda track: track.x_px)
        pointed = _pointed_at(tracks, shown, where)
        return Choice(tracks[pointed].path, min(pointed, people - 1), people)
    longest = max(len(track.looks) for track in tracks)
    tracks = [track for track in tracks if len(track.looks) >= _SUBSTANTIAL * longest]
    tracks.sort(key=lambda track: track.x_px)
    if person is not None and not 0 <= person < len(tracks):
        raise DataError(
            f"person {person} was asked for, and there are {len(tracks)}, counted from the left from 0",
            where,
            f"choose 0 to {len(tracks) - 1}, or leave the choice to the program",
        )
    chosen = person if person is not None else int(np.argmax(_runner_likeness(tracks)))
    return Choice(tracks[chosen].path, chosen, people)


def _pointed_at(tracks: list[Track], shown: tuple[float, float, float], where: str) -> int:
    """Return the track whose body is nearest to a place at an instant."""
    time_s, *place = shown
    away = [_from_body(track, time_s, np.array(place)) for track in tracks]
    nearest = int(np.argmin(away))
    if not away[nearest] < _POINTED:
        raise DataError(
            f"nobody was seen at ({place[0]:.0f}, {place[1]:.0f}) at {time_s:.2f} s",
            where,
            "point at the middle of the runner's body, in a frame in which the whole of it is seen",
        )
    return nearest


def _from_body(track: Track, time_s: float, place: NDArray[np.float64]) -> float:
    """Return how far a place is from a body, in region sides; infinite where it was not seen then.

    Of two bodies there, the one whose trunk is nearer counts as nearer.
    """
    at = int(np.argmin(np.abs(np.array(track.times) - time_s)))
    if abs(track.times[at] - time_s) > _EDGE_S:
        return float("inf")
    look = track.looks[at]
    body = np.vstack([look.points, (look.points[_TRUNK] + _hips(look)) / 2])
    nearest = np.linalg.norm(body - place, axis=1).min()
    trunk = np.linalg.norm(look.points[[*_TRUNK, *_HIPS]].mean(axis=0) - place)
    return float((nearest + 0.1 * trunk) / look.region.side_px)


def _runner_likeness(tracks: list[Track]) -> list[float]:
    """Return how much each track looks like a runner: leg movement, size and time in the picture."""
    longest = max(len(track.looks) for track in tracks)
    return [track.swing * float(np.sqrt(track.side_px * len(track.looks) / longest)) for track in tracks]
