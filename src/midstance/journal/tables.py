"""The tables of what people keep: runners, recordings, analyses, diary, comments, papers."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Double, ForeignKey, Index, Integer, String, Table

from midstance.journal.columns import METADATA, Document, Instant, Words, named, needed, numbered, part_of

__all__ = [
    "analyses",
    "comments",
    "measures",
    "pains",
    "papers",
    "people",
    "recordings",
    "records",
    "runs",
]

people = Table(
    "people",
    METADATA,
    numbered(),
    named(),
    needed("name", Words),
    needed("sought", Words),  # the name as it is searched and sorted
    Column("height_m", Double),
    Column("mass_kg", Double),
    Column("sex", String(8)),
    Column("born_year", Integer),
    needed("units", String(8)),
    needed("note", Words),
    needed("added", Instant),
    Index(None, "sought"),
)

recordings = Table(
    "recordings",
    METADATA,
    numbered(),
    named(),
    part_of("people", "person_id"),
    needed("sha256", String(64)),
    needed("size_bytes", numbered().type),
    needed("name", Words),
    needed("kind", String(16)),
    needed("view", String(16)),
    part_of("recordings", "pair_of", always=False, on_delete="SET NULL"),
    needed("facts", Document),
    needed("filmed", Instant),
    needed("added", Instant),
    Index(None, "person_id", "filmed"),
    Index(None, "sha256"),
    Index(None, "pair_of"),
)

analyses = Table(
    "analyses",
    METADATA,
    numbered(),
    named(),
    part_of("recordings", "recording_id"),
    part_of("people", "person_id"),
    part_of("analyses", "parent", always=False, on_delete="SET NULL"),
    part_of("jobs", "job_id", always=False, on_delete="SET NULL"),
    needed("settings", Document),
    needed("corrections", Document),
    needed("versions", Document),
    needed("set_up", Document),
    needed("filmed", Instant),
    needed("added", Instant),
    Column("completed", Instant),
    needed("current", Boolean),  # the newest complete one of its recording
    Index(None, "person_id", "current", "filmed"),
    Index(None, "recording_id"),
    Index(None, "parent"),
    Index(None, "job_id"),
)

records = Table(
    "records",
    METADATA,
    Column("analysis_id", ForeignKey("analyses.id", ondelete="CASCADE"), primary_key=True),
    needed("record", Document),
)

measures = Table(
    "measures",
    METADATA,
    Column("analysis_id", ForeignKey("analyses.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    part_of("people", "person_id"),
    needed("key", String(80)),
    needed("side", String(8)),
    Column("value", Double),
    Column("low", Double),
    Column("high", Double),
    needed("unit", String(16)),
    needed("n", Integer),
    needed("tier", String(16)),
    needed("method", Words),
    needed("definition", String(40)),
    Column("frame", Integer),
    Column("percentile", Double),
    needed("by_definition", Document),
    needed("words", Words),
    Index(None, "person_id", "key", "side"),
)

pains = Table(
    "pains",
    METADATA,
    numbered(),
    named(),
    part_of("people", "person_id"),
    needed("day", Date),
    needed("site", String(24)),
    needed("side", String(8)),
    Column("before", Double),
    Column("during", Double),
    Column("after", Double),
    Column("next_morning", Double),
    Column("onset_m", Double),
    Column("onset_s", Double),
    needed("tried", Document),
    Column("swelling", Boolean),
    needed("note", Words),
    needed("added", Instant),
    Index(None, "person_id", "day", "number"),
)

runs = Table(
    "runs",
    METADATA,
    numbered(),
    named(),
    part_of("people", "person_id"),
    needed("started", Instant),
    needed("utc_offset_s", Double),
    Column("duration_s", Double),
    Column("distance_m", Double),
    Column("climb_m", Double),
    Column("descent_m", Double),
    Column("cadence_spm", Double),
    Column("contact_time_s", Double),
    Column("vertical_oscillation_m", Double),
    Column("heart_rate_bpm", Double),
    Column("effort", Double),
    needed("source", String(16)),
    needed("device", Words),
    needed("sha256", String(64)),
    needed("note", Words),
    needed("added", Instant),
    Index(None, "person_id", "started"),
    Index(None, "person_id", "sha256"),
)

comments = Table(
    "comments",
    METADATA,
    numbered(),
    named(),
    part_of("analyses", "analysis_id"),
    part_of("people", "person_id"),
    part_of("comments", "reply_to", always=False, on_delete="SET NULL"),
    needed("author", Words),
    needed("text", Words),
    Column("frame", Integer),
    needed("question", Boolean),
    needed("added", Instant),
    Column("settled", Instant),
    Index(None, "analysis_id"),
    Index(None, "person_id", "question", "settled"),
    Index(None, "reply_to"),
)

papers = Table(
    "papers",
    METADATA,
    numbered(),
    named(),
    part_of("people", "person_id", always=False),
    needed("kind", String(40)),
    needed("payload", Document),
    needed("added", Instant),
    needed("changed", Instant),
    needed("turn", numbered().type),  # counts changes, whatever the clock says
    Index(None, "person_id", "kind", "turn"),
)
