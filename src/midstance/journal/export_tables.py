"""What goes into the tables of an export, and what their columns are called: with their units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from midstance.journal.tables import analyses, comments, measures, pains, papers, people, recordings, runs

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select, Table

__all__ = ["SHEETS", "Sheet"]

_ID = {"id": "id", "person_id": "person_id"}
_RATINGS = {f"pain_{moment}_0_to_10": moment for moment in ("before", "during", "after", "next_morning")}
_ADDED = {"added_utc": "added"}


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of an export.

    Parameters
    ----------
    name
        Of the file, without its suffix.
    columns
        What each column is called, with the column of the store it shows.
    table
        The table of the store.
    whose
        The column that says which person a row belongs to.
    """

    name: str
    columns: dict[str, str]
    table: Table
    whose: ColumnElement[Any]

    def question(self, person_id: str | None) -> Select[Any]:
        """Return what selects its rows, of one person or of everybody."""
        if self.table is measures:
            theirs = (analyses.c.recording_id, analyses.c.filmed, analyses.c.current, analyses.c.set_up)
            query = select(measures, *theirs).join(analyses, analyses.c.id == measures.c.analysis_id)
            query = query.order_by(analyses.c.number, measures.c.place)
        else:
            query = select(self.table).order_by(self.table.c.number)
        return query if person_id is None else query.where(self.whose == person_id)


SHEETS = (
    Sheet(
        "people",
        _same("id", "name", "height_m", "mass_kg", "sex", "born_year", "units", "note") | _ADDED,
        people,
        people.c.id,
    ),
    Sheet(
        "recordings",
        _ID
        | _same("name", "file", "sha256", "size_bytes", "kind", "view", "pair_of")
        | {"filmed_utc": "filmed"}
        | _ADDED,
        recordings,
        recordings.c.person_id,
    ),
    Sheet(
        "analyses",
        _ID
        | _same("recording_id", "parent", "current", "settings", "corrections", "set_up", "versions")
        | {"filmed_utc": "filmed", "completed_utc": "completed"}
        | _ADDED,
        analyses,
        analyses.c.person_id,
    ),
    Sheet(
        "measures",
        _same("person_id", "recording_id", "analysis_id", "current")
        | {"filmed_utc": "filmed"}
        | _same("key", "side", "value", "low", "high", "unit")
        | {"n_steps": "n"}
        | _same("tier", "definition", "method", "frame", "percentile", "words", "set_up"),
        measures,
        measures.c.person_id,
    ),
    Sheet(
        "pains",
        _ID
        | _same("day", "site", "side")
        | _RATINGS
        | _same("onset_m", "onset_s", "tried", "swelling", "note")
        | _ADDED,
        pains,
        pains.c.person_id,
    ),
    Sheet(
        "runs",
        _ID
        | {"started_utc": "started"}
        | _same("utc_offset_s", "duration_s", "distance_m", "climb_m", "descent_m", "cadence_spm")
        | _same("contact_time_s", "vertical_oscillation_m", "heart_rate_bpm")
        | {"effort_0_to_10": "effort"}
        | _same("source", "device", "sha256", "note")
        | _ADDED,
        runs,
        runs.c.person_id,
    ),
    Sheet(
        "comments",
        _ID
        | _same("analysis_id", "author", "text", "frame", "question", "reply_to")
        | {"settled_utc": "settled"}
        | _ADDED,
        comments,
        comments.c.person_id,
    ),
    Sheet(
        "papers",
        _ID | _same("kind", "payload") | {"changed_utc": "changed"} | _ADDED,
        papers,
        papers.c.person_id,
    ),
)
