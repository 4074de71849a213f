"""Analyses as rows of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from midstance.journal import AnalysisRow, JobState, MeasureRow
from midstance.report.words import hip_words
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
    hips
        Hip over ankle in words, by side; empty where it is not known here.
    """

    id: str
    recording_id: str
    title: str
    words: str
    state: str
    kind: str
    hips: Mapping[str, str]


def past_analyses(rows: Iterable[AnalysisRow], hips: Sequence[MeasureRow] = ()) -> list[PastAnalysis]:
    """Return analyses, ready to be listed.

    Parameters
    ----------
    rows
        From the store.
    hips
        Hip over ankle of any of them.

    Returns
    -------
    list of PastAnalysis
        In the same order.
    """
    return [_past(row, [hip for hip in hips if hip.analysis_id == row.id]) for row in rows]


def _past(row: AnalysisRow, hips: Sequence[MeasureRow]) -> PastAnalysis:
    state, kind = _STATES[row.state]
    parts = [moment_words(row.recording.filmed)]
    if row.corrections:
        many = len(row.corrections)
        parts.append(f"{many} correction{'s' if many > 1 else ''} by hand")
    if row.completed is not None and not row.current:
        parts.append("an earlier analysis")
    shown = {hip.side: hip_words(hip.value) for hip in hips if hip.value is not None}
    return PastAnalysis(row.id, row.recording.id, row.recording.name, " · ".join(parts), state, kind, shown)
