"""Analyses as rows of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from midstance.journal import AnalysisRow, JobState
from midstance.web.words import moment_words

__all__ = ["PastAnalysis", "past_analyses"]

_STATES = {
    JobState.WAITING: ("waits", ""),
    JobState.RUNNING: ("being analysed", ""),
    JobState.DONE: ("done", "good"),
    JobState.SET_ASIDE: ("did not work", "bad"),
    JobState.CANCELLED: ("cancelled", ""),
}


@dataclass(frozen=True, slots=True)
class PastAnalysis:
    """One analysis in a list.

    Parameters
    ----------
    id, recording_id
        Names in the store.
    title, words
        Which recording, and when and how.
    state, kind
        How it stands, and how that is coloured.
    """

    id: str
    recording_id: str
    title: str
    words: str
    state: str
    kind: str


def past_analyses(rows: Iterable[AnalysisRow]) -> list[PastAnalysis]:
    """Return analyses, ready to be listed.

    Parameters
    ----------
    rows
        From the store.

    Returns
    -------
    list of PastAnalysis
        In the same order.
    """
    return [_past(row) for row in rows]


def _past(row: AnalysisRow) -> PastAnalysis:
    state, kind = _STATES[row.state]
    parts = [moment_words(row.recording.filmed)]
    if row.corrections:
        many = len(row.corrections)
        parts.append(f"{many} correction{'s' if many > 1 else ''} by hand")
    if row.completed is not None and not row.current:
        parts.append("an earlier analysis")
    return PastAnalysis(row.id, row.recording.id, row.recording.name, " · ".join(parts), state, kind)
