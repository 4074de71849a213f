"""From an analysis to a folder of files: all of them, or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from midstance import findings, formats, report, video
from midstance.errors import InputError
from midstance.model import SIDES, Tier, Video

if TYPE_CHECKING:
    from midstance.model import Analysis, Summary

__all__ = ["answer", "export", "norm_ranges"]

Progress = Callable[[float, str], None]
_HIP = "hip_over_ankle_at_midstance_m"


def answer(analysis: Analysis | Summary) -> tuple[report.Answer, ...]:
    """Return what is said first about each leg, the near leg before the far one.

    Parameters
    ----------
    analysis
        The result of one recording.
    """
    speed = analysis.speed_m_s
    filmed = analysis.volume is None
    clip = "clip" if filmed else "trial"
    near = analysis.scene.near_side if analysis.scene else "left"
    verdicts = [
        findings.verdict(measure, side, speed, filmed=filmed)
        for side in sorted(SIDES, key=lambda s: s != near)
        for measure in analysis.measures
        if (measure.key, measure.side) == (_HIP, side)
    ]
    details = {v.detail for v in verdicts}
    if all(v.state == "refused" for v in verdicts) and len(details) == 1:
        return (
            report.Answer(
                "both", f"Hip over foot cannot be told from this {clip}.", details.pop(), "refused"
            ),
        )
    return tuple(report.Answer(v.side, v.headline, v.detail, v.state) for v in verdicts)


def export(analysis: Analysis, directory: str | Path, *, progress: Progress | None = None) -> list[Path]:
    """Write report, annotated video, tables and points into a folder.

    Parameters
    ----------
    analysis
        The result of one recording.
    directory
        The folder; made if it is not there. Files of an earlier analysis in it are replaced.
    progress
        Told the fraction done, 0 to 1, and what is being done.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    InputError
        If the folder cannot be written.

    Notes
    -----
    Everything is written into a folder beside the target first and moved at the end, so that an
    interruption leaves nothing half-written.
    """
    tell = progress or (lambda _fraction, _what: None)
    target = Path(directory)
    try:
        target.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".midstance-", dir=target))
    except OSError as error:
        raise InputError(
            f"the folder cannot be written: {error.strerror}", str(target), "choose another"
        ) from error
    try:
        _write(analysis, draft, tell)
        return [file.replace(target / file.name) for file in sorted(draft.iterdir())]
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(analysis: Analysis, draft: Path, tell: Progress) -> None:
    tell(0.0, "writing tables")
    formats.write_analysis_json(analysis, draft / "analysis.json")
    formats.write_steps_csv(analysis.steps, draft / "steps.csv")
    formats.write_keypoints_parquet(analysis, draft / "keypoints.parquet")
    if analysis.signals is not None:
        formats.write_curves_parquet(analysis.signals, draft / "curves.parquet")
    if analysis.motion is not None:
        formats.write_trc(analysis.motion, draft / "motion.trc")
    tell(0.1, "writing the report")
    _write_report(analysis, draft)
    wanted = analysis.settings.get("output", {}).get("annotated_video", True)
    if wanted and isinstance(analysis.recording, Video):
        _write_video(analysis, analysis.recording, draft / "annotated.mp4", tell)
    tell(1.0, "done")


def _write_report(analysis: Analysis, draft: Path) -> None:
    """Write the page, and its pictures as files of their own."""
    shown, pictures = _with_pictures(analysis)
    speed = analysis.speed_m_s
    report.write_report(
        shown,
        answer(analysis),
        findings.norm_curves(speed) if _running(analysis) else {},
        pictures,
        draft / "report.html",
        norm_ranges(analysis),
    )
    for evidence in report.evidence_frames(shown):
        if evidence.frame in pictures:
            picture = report.evidence_picture(pictures[evidence.frame], shown, evidence)
            (draft / evidence.file_name).write_bytes(report.jpeg(picture))


def _with_pictures(analysis: Analysis) -> tuple[Analysis, dict[int, Any]]:
    """Return an analysis and the frames its evidence wants: of the video, or drawn from the markers."""
    if not isinstance(analysis.recording, Video):
        if analysis.motion is None:
            return analysis, {}
        drawn, picture = report.staged(analysis)
        return drawn, {evidence.frame: picture for evidence in report.evidence_frames(drawn)}
    shown = sorted({evidence.frame for evidence in report.evidence_frames(analysis)})
    return analysis, video.grab(analysis.recording, shown)


def _running(analysis: Analysis | Summary) -> bool:
    return any(m.estimate.tier is not Tier.REFUSED for m in analysis.measures if m.key == _HIP)


def norm_ranges(analysis: Analysis | Summary) -> dict[str, tuple[float, float, str]]:
    """Return what healthy runners have, for every number of a runner that has a norm.

    Parameters
    ----------
    analysis
        The result of one recording, or what is left of it in `analysis.json`.

    Returns
    -------
    dict
        Metric key → low, high (in the metric's unit) and who they were measured on.
    """
    ranges: dict[str, tuple[float, float, str]] = {}
    speed_m_s = analysis.speed_m_s
    for measure in analysis.measures:
        found = findings.norm_range(measure.key, measure.definition, speed_m_s)
        if found is not None and _running(analysis):
            ranges[measure.key] = (*found, findings.norms_label(measure.key, measure.definition))
    return ranges


def _write_video(analysis: Analysis, recording: Video, path: Path, tell: Progress) -> None:
    frames = video.frames(recording)
    with video.VideoWriter(path) as writer:
        for index, (time_s, rgb) in enumerate(report.annotated_frames(analysis, frames)):
            writer.write(rgb, time_s)
            if index % 30 == 0:
                tell(0.2 + 0.8 * min(index / max(recording.frames, 1), 1.0), "drawing the video")
