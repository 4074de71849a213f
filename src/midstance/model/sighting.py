"""What the pose room saw of the runner in a video."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from midstance.model.correction import PersonChosen
    from midstance.model.issue import Issue
    from midstance.model.motion import Motion
    from midstance.model.video import FrameChanges, Video

__all__ = ["Repair", "Seen", "Sighting"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One span of frames in which the network had exchanged the legs.

    Parameters
    ----------
    first_frame, last_frame
        Inclusive span of frame indices.
    what
        What was done, as a few words.
    """

    first_frame: int
    last_frame: int
    what: str


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """The followed person's points, and how sure we are of them.

    Parameters
    ----------
    motion
        Points in the picture [px], legs identified; NaN where a point cannot be believed.
    spread_px
        Disagreement of the hypotheses about each point (T, K) [px]; NaN where only one was asked.
    score
        The network's own belief that a person is there (T,), 0 to 1.
    repairs
        Where left and right had been exchanged.
    people
        Number of people seen in the sampled frames (median).
    person
        Which of them was followed, counted from the left of the picture, from 0.
    changes
        Frame-to-frame changes of the picture.
    networks
        File name and sha256 of each network used.
    """

    motion: Motion
    spread_px: NDArray[np.float64]
    score: NDArray[np.float64]
    repairs: tuple[Repair, ...]
    people: int
    person: int
    changes: FrameChanges
    networks: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A video and what was seen in it: all that the way from the pose room on needs.

    Parameters
    ----------
    recording
        The video, on the clock of its file or as declared.
    sighting
        The followed person's points, on the same clock.
    issues
        What is doubtful about the file.
    chosen
        Who is followed, where a person was chosen by hand.
    """

    recording: Video
    sighting: Sighting
    issues: tuple[Issue, ...] = ()
    chosen: PersonChosen | None = None
