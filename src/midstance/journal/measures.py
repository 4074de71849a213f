"""Numbers of analyses as rows, so that a trend is one look-up."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, cast, delete, insert, select

from midstance.journal.tables import analyses, measures

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select


__all__ = ["MeasureRow", "measure_query", "measure_row", "set_up_of", "store_measures"]


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One number of one analysis, as a point of a trend.

    Parameters
    ----------
    analysis_id, recording_id
        Where it comes from.
    when
        When that was filmed.
    key, side
        Name in the metric catalogue, and `left`, `right` or `both`.
    value, low, high
        The number and its 95 % interval, in `unit`; None when refused.
    unit
        `m`, `s`, `deg`, `%`, `spm`, `1` …
    n
        Number of steps it rests on.
    tier
        How far to believe it: `high`, `fair`, `low` or `refused`.
    method
        How it was obtained, or why it was refused.
    definition
        Which definition of midstance it rests on; empty where none.
    frame
        Frame in which it is best seen; None where none.
    percentile
        Position among the lab norms; None where not known.
    words
        What the number is called, where it has a name.
    set_up
        How it was recorded (kind, view, near_side, surface, incline_percent, speed_m_s, frame_rate_hz,
        definition): numbers of one set-up can be compared.
    """

    analysis_id: str
    recording_id: str
    when: datetime
    key: str
    side: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    n: int
    tier: str
    method: str
    definition: str
    frame: int | None
    percentile: float | None
    words: str
    set_up: Mapping[str, Any]


_THEIRS = {
    "recording_id": analyses.c.recording_id,
    "when": analyses.c.filmed,
    "set_up": cast(analyses.c.set_up, Text),  # a few of them, many times over: read once each
}
_COLUMNS = [_THEIRS[f.name] if f.name in _THEIRS else measures.c[f.name] for f in fields(MeasureRow)]


def measure_query() -> Select[Any]:
    """Return the question for numbers with the analysis each belongs to."""
    return select(*_COLUMNS).join_from(measures, analyses, analyses.c.id == measures.c.analysis_id)


def measure_row(row: Row[Any]) -> MeasureRow:
    """Return a number from a row of that question."""
    values: list[Any] = [*row[:-1], dict(_set_up(row[-1]))]
    return MeasureRow(*values)


@lru_cache(maxsize=256)
def _set_up(words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(words)
    return found


def store_measures(
    connection: Connection, analysis_id: str, person_id: str, record: Mapping[str, Any]
) -> None:
    """Put the numbers of an analysis in rows, in place of those it had.

    Parameters
    ----------
    connection
        Within a transaction that writes.
    analysis_id, person_id
        Whose numbers they are.
    record
        The analysis as in `analysis.json`.
    """
    connection.execute(delete(measures).where(measures.c.analysis_id == analysis_id))
    whose = {"analysis_id": analysis_id, "person_id": person_id}
    rows = [whose | {"place": place} | _values(m) for place, m in enumerate(record.get("measures", []))]
    if rows:
        connection.execute(insert(measures), rows)


def _values(measure: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: measure.get(name) for name in ("key", "side", "value", "low", "high", "unit", "tier")}
    words = {name: measure.get(name) or "" for name in ("method", "definition", "words")}
    rest = {name: measure.get(name) for name in ("frame", "percentile")}
    return {**kept, **words, **rest, "n": measure.get("n_steps") or 0} | {
        "by_definition": measure.get("by_definition") or {}
    }


def set_up_of(record: Mapping[str, Any], view: str) -> dict[str, Any]:
    """Return how an analysis was recorded, as far as it matters for comparing numbers.

    Parameters
    ----------
    record
        The analysis as in `analysis.json`.
    view
        Where the camera stood.
    """
    recording, steps = record.get("recording") or {}, record.get("steps") or {}
    place = record.get("scene") or record.get("volume") or {}
    known = {name: place.get(name) for name in ("near_side", "surface", "incline_percent", "speed_m_s")}
    return {
        "kind": recording.get("kind"),
        "view": view,
        **known,
        "frame_rate_hz": recording.get("frame_rate_hz"),
        "definition": steps.get("definition"),
    }
