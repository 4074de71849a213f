"""Joint centres and landmarks of the whole body from the markers of a laboratory."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # dataclass fields are read at run time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from midstance.alignment.marker_gaps import fill_gaps
from midstance.alignment.marker_paths import mapped, missing_landmarks, seen_labels
from midstance.alignment.standing_posture import Standing, quiet_posture, running_lengths, standing_facts
from midstance.alignment.swapped_markers import unswapped
from midstance.alignment.upper_body import upper_body
from midstance.alignment.whole_body import HALF_WIDTH_OF_SHANK, whole_body
from midstance.model import LAB_BODY, SIDES, Code, Issue, MarkerSet, Motion, Severity, Skeleton

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.alignment.body_paths import Body

    Array = NDArray[np.float64]

__all__ = ["JointCentres", "joint_centres"]


@dataclass(frozen=True, slots=True, eq=False)
class JointCentres:
    """Joint centres and landmarks over time, and how each was found.

    Parameters
    ----------
    motion
        Points of `LAB_BODY` (T, K, 3) [m] in the lab frame, unsmoothed; NaN where unseen.
    how
        Point to the method that gave it, one phrase; points that were never seen are left out.
    standing
        What the static trial says of the runner; NaN where there is none.
    issues
        What is doubtful.
    misfit_mm
        Segment to the median distance of its markers from a rigid body [mm]: how soft the tissue is.
    """

    motion: Motion
    how: Mapping[str, str]
    standing: Standing
    issues: tuple[Issue, ...] = ()
    misfit_mm: Mapping[str, float] = field(default_factory=dict)


def _complete(labels: tuple[str, ...], marker_set: MarkerSet, where: str, *, hips: bool) -> None:
    """Refuse markers from which pelvis, knees, ankles and feet cannot be found."""

    def lacks(*choice: str) -> bool:
        return all(marker_set.marker(name, labels) is None for name in choice)

    needed: list[tuple[str, ...]] = [("left_asis",), ("right_asis",), ("left_psis", "right_psis", "sacrum")]
    for side in SIDES:
        needed += [(f"{side}_{joint}_lateral", f"{side}_{joint}") for joint in ("knee", "ankle")]
        needed += [(f"{side}_heel",), (f"{side}_toe", f"{side}_mt1", f"{side}_mt5")]
    if hips:
        needed = needed[3:]
    if missing := [choice for choice in needed if lacks(*choice)]:
        raise missing_landmarks(missing, marker_set, where)


def _prepared(markers: Motion, marker_set: MarkerSet) -> tuple[Motion, tuple[Issue, ...]]:
    filled, gaps = fill_gaps(mapped(markers, marker_set))
    right, swaps = unswapped(filled, marker_set)
    return right, (*gaps, *swaps)


def _motion(body: Body, run: Motion) -> Motion:
    points = np.full((len(run.time_s), len(LAB_BODY.names), 3), np.nan)
    for name, path in body.paths.items():
        if name in LAB_BODY.names:
            points[:, LAB_BODY.index(name)] = path
    seen = np.isfinite(points).all(axis=2)
    points[~seen] = np.nan
    return Motion(points, seen.astype(float), run.time_s, LAB_BODY, "m", "lab")


def _one_frame(posture: Mapping[str, Array], labels: tuple[str, ...]) -> Motion:
    """Return the posture of the run's markers as one frame: it goes through the same steps as the run."""
    there = tuple(name for name in labels if name in posture)
    points = np.stack([posture[name] for name in there])[None]
    skeleton = Skeleton(there, (), ())
    return Motion(points, np.ones(points.shape[:2]), np.zeros(1), skeleton, "m", "lab")


def _found(run: Motion, marker_set: MarkerSet, posture: Mapping[str, Array] | None) -> Body:
    body = whole_body(run, marker_set, posture)
    upper_body(body)
    return body


def _facts(body: Body, posture: Mapping[str, Array] | None) -> Standing:
    """Return lengths, and where there is a static trial the posture in it."""
    if posture is None:
        return running_lengths(body.paths)
    standing = _found(_one_frame(posture, body.labels), body.marker_set, posture)
    nowhere = np.full(3, np.nan)
    points = {name: standing.paths[name][0] if name in standing.paths else nowhere for name in LAB_BODY.names}
    return standing_facts(points)


def _guessed(body: Body) -> tuple[Issue, ...]:
    """Return the issue for knees and ankles placed by regression on the outer marker."""
    names = [name for name in ("knee", "ankle") if "by regression" in body.how[f"right_{name}"]]
    if not names:
        return ()
    shank = [
        np.linalg.norm(body.paths[f"{side}_knee"] - body.paths[f"{side}_ankle"], axis=1) for side in SIDES
    ]
    shank_m = float(np.nanmedian(shank))
    sds = (f"{name} {100 * HALF_WIDTH_OF_SHANK[name][1] * shank_m:.1f} cm" for name in names)
    said = (
        f"No inner markers: {' and '.join(names)} are placed by an average half width inside the outer "
        f"marker; uncertain (SD) by about {', '.join(sds)}."
    )
    remedy = "Record two seconds of quiet standing with inner and outer markers at knee and ankle."
    return (Issue(Code.NO_STATIC, Severity.WARNING, said, remedy),)


def _no_static() -> Issue:
    said = "There is no static trial: the shapes of the segments are taken from the run itself."
    remedy = "Give a recording of quiet standing with all markers, with --static."
    return Issue(Code.NO_STATIC, Severity.NOTE, said, remedy)


def joint_centres(run: Motion, static: Motion | None, marker_set: MarkerSet) -> JointCentres:
    """Return joint centres and landmarks over time from the markers of a run.

    Parameters
    ----------
    run
        Paths of the markers (T, K, 3) [m] in the lab frame.
    static
        Paths of the markers in quiet standing (T, K, 3) [m] in the lab frame; None where there is none.
    marker_set
        Which marker is which landmark, and which are fixed to which segment.

    Returns
    -------
    JointCentres
        Points of `LAB_BODY` (T, 27, 3) [m], unsmoothed, how each was found, lengths and standing posture.

    Raises
    ------
    DataError
        Where markers are missing (with the labels that would serve), or the static trial is not standing.

    Notes
    -----
    Short gaps are bridged and exchanged inner and outer markers put right first. A centre given in the file
    comes before one constructed. Hips are else placed by regression on the size of the pelvis, knees and
    ankles in the middle of their inner and outer marker in standing, and all are carried by the least-squares
    pose of every marker fixed to their segment. Heel and toe are their own markers; gaps in them are bridged
    by the rest of the foot. Without a static trial the mean shape of each segment in the run takes its place.
    """
    markers, issues = _prepared(run, marker_set)
    posture = None
    hips = all(marker_set.marker(f"{side}_hip", seen_labels(markers)) is not None for side in SIDES)
    if static is not None:
        still, more = _prepared(static, marker_set)
        posture = quiet_posture(still)
        issues += tuple(issue for issue in more if issue.code is not Code.MARKER_GAPS)
        _complete(tuple(posture), marker_set, "static trial", hips=hips)
    else:
        _complete(seen_labels(markers), marker_set, "running trial, no static trial being given", hips=hips)
    body = _found(markers, marker_set, posture)
    issues += (*(() if static is not None else (_no_static(),)), *_guessed(body))
    return JointCentres(_motion(body, markers), body.how, _facts(body, posture), issues, body.misfit_mm)
