"""From a placed gait to numbers: the step table, the mean strides and every measure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from midstance import alignment, findings, gait, kinematics, uncertainty
from midstance.model import (
    CATALOGUE,
    SIDES,
    Estimate,
    Issue,
    MeanStride,
    Measure,
    Side,
    StepTable,
    Tier,
)
from midstance.pipeline import doubts
from midstance.pipeline.by_hand import moved_steps
from midstance.pipeline.pooling import Pooled, pooled, spreads

if TYPE_CHECKING:
    from midstance.model import EventMoved, Midstances, Scene, Video
    from midstance.pipeline.by_hand import Nudges
    from midstance.pipeline.placing import Gait, Placed
    from midstance.settings import Settings

__all__ = ["Measured", "measured", "refused_measures"]

_WINDOW_STRIDES = 0.06
_COMPLETE = 0.6
_HIP = "hip_over_ankle_at_midstance_m"
_STANDING = "hip_over_ankle_relative_to_standing_m"
_METHOD = "phase-locked mean stride"
_NO_STANDING = "no second of quiet standing was found; stand still for two seconds before you run"
_OF_MIDSTANCE = ("answer", "midstance")
_SEEN = {key: metric for key, metric in CATALOGUE.items() if metric.needs == "side"}


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What the numbers of one recording are."""

    steps: StepTable
    mean_strides: tuple[MeanStride, ...]
    measures: tuple[Measure, ...]
    issues: tuple[Issue, ...]


def refused_measures(why: str) -> tuple[Measure, ...]:
    """Return every measure of the catalogue, refused for one reason."""
    return tuple(
        Measure(key, side, Estimate.refused(metric.unit, why))
        for key, metric in _SEEN.items()
        for side in (SIDES if metric.sided else ("both",))
    )


def measured(
    recording: Video,
    found: Placed,
    settings: Settings,
    standing: Placed | None,
    issues: tuple[Issue, ...],
    why: str,
    events: tuple[EventMoved, ...] = (),
) -> Measured | None:
    """Measure a gait; None if it holds no contact at all.

    Parameters
    ----------
    recording, found, settings
        The video on its real clock, the placed movement, the choices.
    standing
        A clip of quiet standing, if given.
    issues, why
        Doubts so far, and the first reason to withhold numbers.
    events
        Events that were moved by hand.
    """
    walk, scene = found.gait, found.scene
    if walk is None or scene is None or not len(walk.contacts):
        return None
    midstances = settings.midstance(
        walk.locked, walk.stance, walk.contacts, uncertainty.midstance_lags_s(found.network_side)
    )
    walk, midstances, nudges = _moved(walk, midstances, events)
    steps = _step_table(walk, midstances, found, scene)
    numbers = pooled(walk.locked, walk.leg_m, settings, scene.speed_m_s, found.network_side, nudges)
    sd = spreads(walk, settings, scene.speed_m_s, found.network_side, nudges)
    measures = [
        _measure(key, side, numbers, sd, steps, found, recording, settings, issues)
        for key, metric in _SEEN.items()
        if key != _STANDING
        for side in (SIDES if metric.sided else ("both",))
    ]
    rest = standing or found
    measures += [
        _against_standing(side, measures, numbers, sd, steps, found, rest, settings) for side in SIDES
    ]
    order = list(CATALOGUE)
    measures.sort(key=lambda m: order.index(m.key))
    strides = tuple(
        gait.mean_stride(walk.locked, walk.stance, side, numbers.midstance[side]) for side in SIDES
    )
    spread = _definition_spread(numbers, scene.near_side)
    more = () if why else doubts.of_measures(found, spread)
    return Measured(steps, strides, tuple(measures), more)


def _moved(
    walk: Gait, midstances: Midstances, events: tuple[EventMoved, ...]
) -> tuple[Gait, Midstances, Nudges | None]:
    """Return the gait with events moved by hand, and what that does to its mean instants."""
    if not events:
        return walk, midstances, None
    contacts, midstances, nudges = moved_steps(walk.contacts, midstances, events)
    stance = nudges.stance(walk.stance, walk.locked.stride_time_s)
    return replace(walk, contacts=contacts, stance=stance), midstances, nudges


def _definition_spread(numbers: Pooled, side: Side) -> float:
    values = [numbers.by_definition[_HIP, side][name] for name in ("knee", "leg_line", "pelvis")]
    return float(np.nanmax(values) - np.nanmin(values)) if np.isfinite(values).any() else 0.0


def _step_table(walk: Gait, midstances: Midstances, found: Placed, scene: Scene) -> StepTable:
    """Return one row per step: this stride's own samples around each instant."""
    contacts, locked = walk.contacts, walk.locked
    lags_s = uncertainty.midstance_lags_s(found.network_side)
    window = _WINDOW_STRIDES * locked.stride_time_s
    columns = gait.spatiotemporal_columns(contacts, midstances.time_s, locked.stride_time_s, scene.speed_m_s)
    keys = [*kinematics.READINGS, "hip_over_ankle_at_midstance_percent"]
    columns |= {key: np.full(len(contacts), np.nan) for key in keys}
    for side in SIDES:
        own = contacts.of(side)
        instants = {
            "initial_contact": contacts.initial_contact_s[own],
            "midstance": midstances.time_s[own],
            "knee_peak": midstances.by_definition["knee"][own] + lags_s[side].get("knee", 0.0),
        }

        def read(name: str, time_s: np.ndarray) -> np.ndarray:
            return locked.at(name, time_s, window)

        flat = kinematics.flat_foot_deg(read, side, instants["initial_contact"], contacts.toe_off_s[own])
        values = kinematics.leg_readings(read, side, instants, walk.leg_m[side], flat)
        for key, value in values.items():
            columns[key][own] = value + uncertainty.known_shift(key, side, found.network_side)
    units = {key: CATALOGUE[key].unit for key in columns}
    return StepTable(contacts, midstances, columns, units, _complete(walk))


def _complete(walk: Gait) -> np.ndarray:
    """Tell for each contact whether ankle and hip were seen in most of its samples (N,)."""
    clock = walk.locked.signals.time_s
    complete = np.zeros(len(walk.contacts), dtype=bool)
    for i, side in enumerate(walk.contacts.side):
        inside = (clock >= walk.contacts.initial_contact_s[i]) & (clock < walk.contacts.toe_off_s[i])
        seen = np.isfinite(walk.locked.signals.curve(f"{side}_hip_over_ankle_m")[inside])
        complete[i] = bool(len(seen)) and float(np.mean(seen)) >= _COMPLETE
    return complete


def _measure(  # noqa: PLR0913, PLR0917  (one number needs all that is known of the recording)
    key: str,
    side: str,
    numbers: Pooled,
    sd: dict[tuple[str, str], float],
    steps: StepTable,
    found: Placed,
    recording: Video,
    settings: Settings,
    issues: tuple[Issue, ...],
) -> Measure:
    scene = _scene(found)
    metric = CATALOGUE[key]
    definition = steps.midstances.definition if metric.group in _OF_MIDSTANCE else ""
    rows = steps.complete & (steps.contacts.side == side if metric.sided else True)
    n = int(rows.sum())
    if reason := doubts.withheld(key, issues):
        return Measure(key, side, Estimate.refused(metric.unit, reason), definition)
    if key in {"speed_m_s", "step_length_m"} and not np.isfinite(scene.speed_m_s):
        return Measure(key, side, Estimate.refused(metric.unit, "the speed is not known"), definition)
    value = numbers.values.get((key, side), float("nan"))
    own = _own_sd(key, rows, steps, sd.get((key, side), float("nan")))
    how = ", ".join(filter(None, (_METHOD, uncertainty.correction_words(key, side, found.network_side))))
    estimate = uncertainty.interval(key, value, own, n, _doubts(key, side, numbers, found, settings), how)
    known = estimate.tier is not Tier.REFUSED
    return Measure(
        key,
        side,
        estimate,
        definition,
        _typical_frame(key, value, rows, steps, recording) if metric.sided and known else None,
        findings.percentile(key, definition, value, scene.speed_m_s) if known else None,
        numbers.by_definition.get((key, side), {}) if known else {},
        findings.strike_words(estimate) if key == "foot_strike_angle_deg" else "",
    )


def _own_sd(key: str, rows: np.ndarray, steps: StepTable, jackknife: float) -> float:
    """Return the larger of two standard errors: leaving out strides, and between the steps."""
    if key not in steps.values or not rows.any():
        return jackknife
    column = steps.values[key][rows]
    column = column[np.isfinite(column)]
    between = float(np.std(column, ddof=1) / np.sqrt(len(column))) if len(column) > 2 else np.nan  # noqa: PLR2004
    return float(np.nanmax([jackknife, between])) if np.isfinite([jackknife, between]).any() else np.nan


def _scene(found: Placed) -> Scene:
    if found.scene is None:
        raise ValueError("a gait is measured only where there is a scene")
    return found.scene


def _doubts(key: str, side: str, numbers: Pooled, found: Placed, settings: Settings) -> uncertainty.Doubts:
    clock, scene = found.clock, _scene(found)
    speed_given = scene.speed_source == "given" and key in {"speed_m_s", "step_length_m"}
    unsure = 0.0 if clock is None or clock.factor == 1.0 else 100.0 * 0.2 * (1.0 - clock.probability)
    return uncertainty.Doubts(
        near=side in (scene.near_side, "both"),
        roll_sd_deg=scene.roll_sd_deg,
        scale_sd_percent=1.0 if speed_given else scene.scale_sd_percent,
        clock_sd_percent=unsure,
        slope_per_s=numbers.slopes.get((key, side), 0.0),
        timing_sd_s=numbers.timing_sd_s.get((key, side), 0.0),
        off_axis_deg=scene.off_axis_deg,
        coarse=settings.pose.quality == "quick",
    )


def _typical_frame(
    key: str, value: float, rows: np.ndarray, steps: StepTable, recording: Video
) -> int | None:
    """Return the video frame nearest to the instant of the step nearest to the reported value."""
    column = np.where(rows, steps.values[key], np.nan)
    if not np.isfinite(column).any():
        return None
    step = int(np.nanargmin(np.abs(column - value)))
    group = CATALOGUE[key].group
    instant = steps.midstances.time_s if group in _OF_MIDSTANCE else steps.contacts.initial_contact_s
    return int(np.argmin(np.abs(recording.time_s - instant[step])))


def _against_standing(
    side: Side,
    measures: list[Measure],
    numbers: Pooled,
    sd: dict[tuple[str, str], float],
    steps: StepTable,
    found: Placed,
    rest: Placed,
    settings: Settings,
) -> Measure:
    """Return hip over ankle against quiet standing, in this clip or in the one given for it."""
    running = next(m for m in measures if (m.key, m.side) == (_HIP, side))
    bare = replace(running, key=_STANDING, percentile=None, by_definition={})
    offset, offset_sd = float("nan"), float("nan")
    if rest.signals is not None and rest.standing is not None and rest.standing.any():
        offset, offset_sd = alignment.standing_offset(rest.signals, rest.standing, side)
    if running.estimate.tier is Tier.REFUSED or not np.isfinite(offset):
        why = running.estimate.method if running.estimate.tier is Tier.REFUSED else _NO_STANDING
        return replace(bare, estimate=Estimate.refused("m", why), frame=None)
    rows = steps.complete & (steps.contacts.side == side)
    own = _own_sd(_HIP, rows, steps, sd.get((_HIP, side), float("nan")))
    estimate = uncertainty.interval(
        _STANDING,
        numbers.values[_HIP, side] - offset,
        float(np.hypot(own, offset_sd)),
        running.estimate.n,
        _doubts(_HIP, side, numbers, found, settings),
        f"{_METHOD}, minus {100 * offset:.1f} cm in quiet standing",
    )
    shifted = {name: value - offset for name, value in running.by_definition.items()}
    return replace(bare, estimate=estimate, by_definition=shifted)
