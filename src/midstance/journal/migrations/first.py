"""0001: people, recordings, analyses, diary, jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from midstance.journal.columns import Document, Instant, Words

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]

revision = "0001"
down_revision = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NOT_ENDED = sa.text("state IN ('waiting', 'running')")
_TABLES = (
    "people",
    "recordings",
    "jobs",
    "analyses",
    "records",
    "measures",
    "pains",
    "runs",
)


def upgrade() -> None:
    """Make the tables."""
    _people()
    _recordings()
    _jobs()
    _analyses()
    _records()
    _measures()
    _pains()
    _runs()


def downgrade() -> None:
    """Remove the tables, the newest first."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _number() -> sa.Column[int]:
    return sa.Column("number", _WHOLE, nullable=False)


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.String(64), nullable=False)


def _part(
    column: str, parent: str, child: str, *, on_delete: str = "CASCADE", nullable: bool = False
) -> sa.Column[str]:
    key = sa.ForeignKey(f"{parent}.id", name=f"fk_{child}_{column}_{parent}", ondelete=on_delete)
    return sa.Column(column, sa.String(64), key, nullable=nullable)


def _people() -> None:
    op.create_table(
        "people",
        _number(),
        _id(),
        sa.Column("name", Words(), nullable=False),
        sa.Column("sought", Words(), nullable=False),
        sa.Column("height_m", sa.Double()),
        sa.Column("mass_kg", sa.Double()),
        sa.Column("sex", sa.String(8)),
        sa.Column("born_year", sa.Integer()),
        sa.Column("units", sa.String(8), nullable=False),
        sa.Column("note", Words(), nullable=False),
        sa.Column("added", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_people"),
        sa.UniqueConstraint("id", name="uq_people_id"),
    )
    op.create_index("ix_people_sought", "people", ["sought"])


def _recordings() -> None:
    op.create_table(
        "recordings",
        _number(),
        _id(),
        _part("person_id", "people", "recordings"),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size_bytes", _WHOLE, nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("view", sa.String(16), nullable=False),
        _part("pair_of", "recordings", "recordings", on_delete="SET NULL", nullable=True),
        sa.Column("facts", Document, nullable=False),
        sa.Column("filmed", Instant(), nullable=False),
        sa.Column("added", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_recordings"),
        sa.UniqueConstraint("id", name="uq_recordings_id"),
    )
    op.create_index("ix_recordings_pair_of", "recordings", ["pair_of"])
    op.create_index("ix_recordings_person_id_filmed", "recordings", ["person_id", "filmed"])
    op.create_index("ix_recordings_sha256", "recordings", ["sha256"])


def _jobs() -> None:
    op.create_table(
        "jobs",
        _number(),
        _id(),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(64)),
        sa.Column("key", sa.String(200)),
        sa.Column("payload", Document, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("fraction", sa.Double(), nullable=False),
        sa.Column("sentence", Words(), nullable=False),
        sa.Column("error", Words(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fruitless", sa.Integer(), nullable=False),
        sa.Column("checkpoint", Document),
        sa.Column("result", Document),
        sa.Column("worker", sa.String(120), nullable=False),
        sa.Column("added", Instant(), nullable=False),
        sa.Column("run_after", Instant(), nullable=False),
        sa.Column("lease_s", sa.Double(), nullable=False),
        sa.Column("started", Instant()),
        sa.Column("started_fraction", sa.Double(), nullable=False),
        sa.Column("beat", Instant()),
        sa.Column("lease_until", Instant()),
        sa.Column("ended", Instant()),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'set_aside', 'cancelled')", name="ck_jobs_state"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_jobs"),
        sa.UniqueConstraint("id", name="uq_jobs_id"),
    )
    op.create_index("ix_jobs_state_priority_number", "jobs", ["state", "priority", "number"])
    op.create_index("ix_jobs_subject", "jobs", ["subject"])
    op.create_index(
        "uq_jobs_key_not_ended",
        "jobs",
        ["key"],
        unique=True,
        sqlite_where=_NOT_ENDED,
        postgresql_where=_NOT_ENDED,
    )


def _analyses() -> None:
    op.create_table(
        "analyses",
        _number(),
        _id(),
        _part("recording_id", "recordings", "analyses"),
        _part("person_id", "people", "analyses"),
        _part("parent", "analyses", "analyses", on_delete="SET NULL", nullable=True),
        _part("job_id", "jobs", "analyses", on_delete="SET NULL", nullable=True),
        sa.Column("settings", Document, nullable=False),
        sa.Column("corrections", Document, nullable=False),
        sa.Column("versions", Document, nullable=False),
        sa.Column("set_up", Document, nullable=False),
        sa.Column("filmed", Instant(), nullable=False),
        sa.Column("added", Instant(), nullable=False),
        sa.Column("completed", Instant()),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_analyses"),
        sa.UniqueConstraint("id", name="uq_analyses_id"),
    )
    op.create_index("ix_analyses_job_id", "analyses", ["job_id"])
    op.create_index("ix_analyses_parent", "analyses", ["parent"])
    op.create_index("ix_analyses_person_id_current_filmed", "analyses", ["person_id", "current", "filmed"])
    op.create_index("ix_analyses_recording_id", "analyses", ["recording_id"])


def _records() -> None:
    op.create_table(
        "records",
        _part("analysis_id", "analyses", "records"),
        sa.Column("record", Document, nullable=False),
        sa.PrimaryKeyConstraint("analysis_id", name="pk_records"),
    )


def _measures() -> None:
    op.create_table(
        "measures",
        _part("analysis_id", "analyses", "measures"),
        sa.Column("place", sa.Integer()),
        _part("person_id", "people", "measures"),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("value", sa.Double()),
        sa.Column("low", sa.Double()),
        sa.Column("high", sa.Double()),
        sa.Column("unit", sa.String(16), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(16), nullable=False),
        sa.Column("method", Words(), nullable=False),
        sa.Column("definition", sa.String(40), nullable=False),
        sa.Column("frame", sa.Integer()),
        sa.Column("percentile", sa.Double()),
        sa.Column("by_definition", Document, nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.PrimaryKeyConstraint("analysis_id", "place", name="pk_measures"),
    )
    op.create_index("ix_measures_person_id_key_side", "measures", ["person_id", "key", "side"])


def _pains() -> None:
    op.create_table(
        "pains",
        _number(),
        _id(),
        _part("person_id", "people", "pains"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("site", sa.String(24), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("before", sa.Double()),
        sa.Column("during", sa.Double()),
        sa.Column("after", sa.Double()),
        sa.Column("next_morning", sa.Double()),
        sa.Column("onset_m", sa.Double()),
        sa.Column("onset_s", sa.Double()),
        sa.Column("tried", Document, nullable=False),
        sa.Column("swelling", sa.Boolean()),
        sa.Column("note", Words(), nullable=False),
        sa.Column("added", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_pains"),
        sa.UniqueConstraint("id", name="uq_pains_id"),
    )
    op.create_index("ix_pains_person_id_day_number", "pains", ["person_id", "day", "number"])


def _runs() -> None:
    op.create_table(
        "runs",
        _number(),
        _id(),
        _part("person_id", "people", "runs"),
        sa.Column("started", Instant(), nullable=False),
        sa.Column("utc_offset_s", sa.Double(), nullable=False),
        sa.Column("duration_s", sa.Double()),
        sa.Column("distance_m", sa.Double()),
        sa.Column("climb_m", sa.Double()),
        sa.Column("descent_m", sa.Double()),
        sa.Column("cadence_spm", sa.Double()),
        sa.Column("contact_time_s", sa.Double()),
        sa.Column("vertical_oscillation_m", sa.Double()),
        sa.Column("heart_rate_bpm", sa.Double()),
        sa.Column("effort", sa.Double()),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("device", Words(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("note", Words(), nullable=False),
        sa.Column("added", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_runs"),
        sa.UniqueConstraint("id", name="uq_runs_id"),
    )
    op.create_index("ix_runs_person_id_sha256", "runs", ["person_id", "sha256"])
    op.create_index("ix_runs_person_id_started", "runs", ["person_id", "started"])
