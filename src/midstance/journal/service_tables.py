"""The tables of the program's own work: jobs, accounts, sessions, and what is to be removed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Double, Index, Integer, String, Table, text

from midstance.journal.columns import METADATA, Document, Instant, Words, named, needed, numbered, part_of

__all__ = ["accounts", "codes", "doomed", "jobs", "sessions"]

jobs = Table(
    "jobs",
    METADATA,
    numbered(),
    named(),
    needed("kind", String(32)),
    Column("subject", String(64)),  # the recording or analysis it is about
    Column("key", String(200)),
    needed("payload", Document),
    needed("state", String(16)),
    needed("priority", Integer),
    needed("fraction", Double),
    needed("sentence", Words),
    needed("error", Words),
    needed("attempts", Integer),
    needed("fruitless", Integer),  # claims since the last progress
    Column("checkpoint", Document),
    Column("result", Document),
    needed("worker", String(120)),
    needed("added", Instant),
    needed("run_after", Instant),
    needed("lease_s", Double),
    Column("started", Instant),
    needed("started_fraction", Double),
    Column("beat", Instant),
    Column("lease_until", Instant),
    Column("ended", Instant),
    CheckConstraint("state IN ('waiting', 'running', 'done', 'set_aside', 'cancelled')", name="state"),
    Index(None, "state", "priority", "number"),
    Index(None, "subject"),
    Index(
        "uq_jobs_key_not_ended",
        "key",
        unique=True,
        sqlite_where=text("state IN ('waiting', 'running')"),
        postgresql_where=text("state IN ('waiting', 'running')"),
    ),
)

accounts = Table(
    "accounts",
    METADATA,
    numbered(),
    named(),
    needed("name", Words),
    Column("sought", String(200), nullable=False, unique=True),
    needed("password", String(200)),  # argon2, never the word itself
    needed("role", String(16)),
    part_of("people", "person_id", always=False),
    needed("added", Instant),
    Index(None, "person_id"),
)

sessions = Table(
    "sessions",
    METADATA,
    numbered(),
    named(),
    Column("token", String(64), nullable=False, unique=True),  # sha256 of what the browser holds
    part_of("accounts", "account_id", always=False),
    needed("device", Words),
    needed("added", Instant),
    needed("seen", Instant),
    needed("ends", Instant),
    Index(None, "account_id"),
)

codes = Table(
    "codes",
    METADATA,
    Column("code", String(64), primary_key=True),  # sha256 of what is shown
    needed("ends", Instant),
    needed("misses", Integer),
)

doomed = Table(
    "doomed",
    METADATA,
    numbered(),
    needed("what", String(16)),  # original, folder or traces
    needed("name", String(64)),
)
