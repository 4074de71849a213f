"""One analysis again, with what a person put right by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from midstance import formats
from midstance.model import Analysis, Issue, Runner, Seen
from midstance.model.video import FILE_CLOCK
from midstance.pipeline import doubts
from midstance.pipeline.analysing import analysis_of, no_pictures, pictures_of, seen, silent, standing_clip
from midstance.pipeline.by_hand import chosen_person, edited
from midstance.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from midstance.model import Correction, PersonChosen, Sighting, Video

    Progress = Callable[[float, str], None]

__all__ = ["corrected"]

_MEASURING = 0.97


def corrected(  # noqa: PLR0913  (each is a thing of its own that a caller may know)
    recording: Video,
    sighting: Sighting,
    corrections: Sequence[Correction],
    *,
    runner: Runner | None = None,
    settings: Settings | None = None,
    issues: tuple[Issue, ...] = (),
    chosen: PersonChosen | None = None,
    pictures: bool = True,
    progress: Progress | None = None,
) -> Analysis:
    """Analyse a sighting with what a person corrected by hand.

    Parameters
    ----------
    recording
        The video; its file is opened for the verticals in the picture, and where another person was chosen.
    sighting
        What the networks saw in it, without any correction.
    corrections
        All of them, in the order in which they were made; none gives the analysis as it was.
    runner, settings
        As in `analyse`.
    issues
        What is doubtful about the file, as `seen` found it.
    chosen
        Who is followed in the sighting, where a person was chosen by hand.
    pictures
        Whether the video's file is there to be opened, as in `analyse_sighting`.
    progress
        As in `analyse`.

    Returns
    -------
    Analysis
        With the note `corrected_by_hand`, and the corrections in its settings.

    Raises
    ------
    DataError
        If a correction names what is not there, or would break the order of a step.

    Notes
    -----
    A point set by hand is certain: a step is read from such points alone where it has any, and in the mean
    stride each counts as much as all samples around it in its stride. An event moved by hand moves its mean
    instant by its share. What was corrected before another person was chosen is left out.
    """
    runner, settings, tell = runner or Runner(), settings or Settings(), progress or silent
    person, rest = chosen_person(corrections)
    found = _reclocked(Seen(recording, sighting, issues, chosen), settings)
    if person is not None and person != chosen:
        found = seen(recording.path, settings=settings, chosen=person, progress=tell)
    edit, by_hand = edited(found.recording, found.sighting, rest)
    standing = standing_clip(settings, runner, tell)
    tell(_MEASURING, "measuring")
    noted = (*found.issues, *doubts.of_corrections(corrections))
    shown = replace(found, sighting=edit, issues=noted)
    spread = pictures_of(found.recording) if pictures else no_pictures
    analysis = analysis_of(shown, runner, settings, spread, standing, by_hand)
    tell(1.0, "done")
    if not corrections:
        return analysis
    records = [formats.correction_record(one) for one in corrections]
    return replace(analysis, settings={**analysis.settings, "corrections": records})


def _reclocked(found: Seen, settings: Settings) -> Seen:
    """Return what was seen on the clock that is declared now."""
    factor = settings.declared.slow_motion_factor
    recording = found.recording
    if factor == recording.slow_motion_factor or (factor is None and recording.clock != "given"):
        return found
    clock = FILE_CLOCK if factor is None else "given"
    slowed = recording.slowed(factor or 1.0, clock)
    motion = found.sighting.motion
    ratio = recording.slow_motion_factor / slowed.slow_motion_factor
    again = replace(found.sighting, motion=motion.at_clock(motion.time_s * ratio))
    return replace(found, recording=slowed, sighting=again)
