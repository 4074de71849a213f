"""What a coach wants to see beside each name, one query each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from midstance.journal.measures import MeasureRow, measure_query, measure_row
from midstance.journal.pains import PainRow, pain_row
from midstance.journal.tables import analyses, comments, measures, pains, people, recordings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

__all__ = [
    "HIP_OVER_ANKLE",
    "LastAnalysis",
    "hips_of",
    "last_analyses",
    "last_pains",
    "open_questions",
    "recordings_of",
]

HIP_OVER_ANKLE = "hip_over_ankle_at_midstance_m"


@dataclass(frozen=True, slots=True)
class LastAnalysis:
    """The newest complete analysis of a person.

    Parameters
    ----------
    id
        Its name in the store.
    recording_id
        Of which recording.
    when
        When that was filmed.
    hips
        Hip over ankle at midstance of the left and right leg, by side; empty where it has none.
    """

    id: str
    recording_id: str
    when: datetime
    hips: dict[str, MeasureRow] = field(default_factory=dict)


def last_pains(connection: Connection, person_ids: Sequence[str]) -> dict[str, PainRow]:
    """Return the newest entry of each person's diary."""
    own = pains.alias()
    newest = (
        select(own.c.number)
        .where(own.c.person_id == people.c.id)
        .order_by(own.c.day.desc(), own.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(pains)
        .select_from(people)
        .join(pains, pains.c.number == newest)
        .where(people.c.id.in_(person_ids))
    )
    rows = [pain_row(row) for row in connection.execute(query).mappings()]
    return {row.person_id: row for row in rows}


def last_analyses(connection: Connection, person_ids: Sequence[str]) -> dict[str, LastAnalysis]:
    """Return the newest complete analysis of each person, still without its numbers."""
    own = analyses.alias()
    newest = (
        select(own.c.number)
        .where(own.c.person_id == people.c.id, own.c.current.is_(True))
        .order_by(own.c.filmed.desc(), own.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = (analyses.c.id, analyses.c.recording_id, analyses.c.filmed, analyses.c.person_id)
    query = (
        select(*columns)
        .select_from(people)
        .join(analyses, analyses.c.number == newest)
        .where(people.c.id.in_(person_ids))
    )
    rows = connection.execute(query).all()
    return {row.person_id: LastAnalysis(row.id, row.recording_id, row.filmed) for row in rows}


def hips_of(connection: Connection, last: dict[str, LastAnalysis]) -> dict[str, LastAnalysis]:
    """Add hip over ankle to the newest analyses."""
    ids = [analysis.id for analysis in last.values()]
    wanted = and_(measures.c.analysis_id.in_(ids), measures.c.key == HIP_OVER_ANKLE)
    rows = [measure_row(row) for row in connection.execute(measure_query().where(wanted))]
    return {
        person: LastAnalysis(a.id, a.recording_id, a.when, {r.side: r for r in rows if r.analysis_id == a.id})
        for person, a in last.items()
    }


def open_questions(connection: Connection, person_ids: Sequence[str]) -> dict[str, int]:
    """Return how many questions of each person's analyses nobody has settled."""
    open_ones = (comments.c.question.is_(True), comments.c.settled.is_(None))
    query = select(comments.c.person_id, func.count()).where(*open_ones).group_by(comments.c.person_id)
    return dict(connection.execute(query.where(comments.c.person_id.in_(person_ids))).all())


def recordings_of(connection: Connection, person_ids: Sequence[str]) -> dict[str, int]:
    """Return how many recordings each person has."""
    query = select(recordings.c.person_id, func.count()).group_by(recordings.c.person_id)
    return dict(connection.execute(query.where(recordings.c.person_id.in_(person_ids))).all())
