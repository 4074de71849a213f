"""An analysis as a list shows it: with its recording, its person and how its job stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from midstance.journal.job_rows import JobState
from midstance.journal.people import person_from
from midstance.journal.recordings import recording_from
from midstance.journal.service_tables import jobs
from midstance.journal.tables import analyses, people, recordings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Select

    from midstance.journal.people import Person
    from midstance.journal.recordings import Recording
    from midstance.journal.rows import Fields

__all__ = ["AnalysisRow", "analysis_query", "analysis_row"]


@dataclass(frozen=True, slots=True)
class AnalysisRow:
    """An analysis, finished or not, without its numbers.

    Parameters
    ----------
    id
        Name in the store.
    recording
        Of which recording.
    person
        Who is seen in it.
    settings
        Every option that differs from the default, as asked for.
    corrections
        What was corrected by hand, oldest first.
    parent
        The analysis these corrections were made in; None where there is none.
    versions
        Of the program, its libraries and networks; empty until it is complete.
    set_up
        How it was recorded; see `MeasureRow`.
    added, completed
        When it was asked for and when it was done; None while it is not.
    current
        Whether it is the newest complete one of its recording: the one that trends show.
    state
        As its job's: waiting, running, done, set aside or cancelled.
    job_id
        Its newest job; None where there is none.
    fraction
        How much is done, 0 to 1.
    sentence
        How it stands, in words.
    """

    id: str
    recording: Recording
    person: Person
    settings: Mapping[str, Any]
    corrections: Sequence[Mapping[str, Any]]
    parent: str | None
    versions: Mapping[str, str]
    set_up: Mapping[str, Any]
    added: datetime
    completed: datetime | None
    current: bool
    state: JobState
    job_id: str | None
    fraction: float
    sentence: str


def analysis_query() -> Select[Any]:
    """Return the question for analyses with all that a row tells."""
    columns = [
        *analyses.c,
        *(column.label(f"recording_{column.name}") for column in recordings.c if column.name != "id"),
        *(column.label(f"person_{column.name}") for column in people.c if column.name != "id"),
        *(jobs.c[name].label(f"job_{name}") for name in ("state", "fraction", "sentence", "error")),
    ]
    joined = select(*columns).join(recordings, recordings.c.id == analyses.c.recording_id)
    return joined.join(people, people.c.id == analyses.c.person_id).outerjoin(
        jobs, jobs.c.id == analyses.c.job_id
    )


_OWN = (
    "id", "settings", "corrections", "parent", "versions", "set_up", "added", "completed", "current", "job_id"
)  # fmt: skip


def analysis_row(row: Fields) -> AnalysisRow:
    """Return an analysis from a row of that question."""
    done = row["completed"] is not None
    state = JobState.DONE if done else JobState(row["job_state"] or JobState.WAITING)
    fraction = 1.0 if done else (row["job_fraction"] or 0.0)
    return AnalysisRow(
        **{name: row[name] for name in _OWN},
        recording=recording_from(row, "recording_"),
        person=person_from(row, "person_"),
        state=state,
        fraction=fraction,
        sentence=state.told(row["job_sentence"] or "", row["job_error"] or ""),
    )
