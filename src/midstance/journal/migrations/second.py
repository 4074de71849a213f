"""0002: comments, papers, accounts, sessions, removals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from midstance.journal.columns import Document, Instant, Words

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]

revision = "0002"
down_revision = "0001"

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = (
    "comments",
    "papers",
    "accounts",
    "sessions",
    "codes",
    "doomed",
)


def upgrade() -> None:
    """Make the tables."""
    _comments()
    _papers()
    _accounts()
    _sessions()
    _codes()
    _doomed()


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


def _comments() -> None:
    op.create_table(
        "comments",
        _number(),
        _id(),
        _part("analysis_id", "analyses", "comments"),
        _part("person_id", "people", "comments"),
        _part("reply_to", "comments", "comments", on_delete="SET NULL", nullable=True),
        sa.Column("author", Words(), nullable=False),
        sa.Column("text", Words(), nullable=False),
        sa.Column("frame", sa.Integer()),
        sa.Column("question", sa.Boolean(), nullable=False),
        sa.Column("added", Instant(), nullable=False),
        sa.Column("settled", Instant()),
        sa.PrimaryKeyConstraint("number", name="pk_comments"),
        sa.UniqueConstraint("id", name="uq_comments_id"),
    )
    op.create_index("ix_comments_analysis_id", "comments", ["analysis_id"])
    op.create_index(
        "ix_comments_person_id_question_settled", "comments", ["person_id", "question", "settled"]
    )
    op.create_index("ix_comments_reply_to", "comments", ["reply_to"])


def _papers() -> None:
    op.create_table(
        "papers",
        _number(),
        _id(),
        _part("person_id", "people", "papers", nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("payload", Document, nullable=False),
        sa.Column("added", Instant(), nullable=False),
        sa.Column("changed", Instant(), nullable=False),
        sa.Column("turn", _WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_papers"),
        sa.UniqueConstraint("id", name="uq_papers_id"),
    )
    op.create_index("ix_papers_person_id_kind_turn", "papers", ["person_id", "kind", "turn"])


def _accounts() -> None:
    op.create_table(
        "accounts",
        _number(),
        _id(),
        sa.Column("name", Words(), nullable=False),
        sa.Column("sought", sa.String(200), nullable=False),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        _part("person_id", "people", "accounts", nullable=True),
        sa.Column("added", Instant(), nullable=False),
        sa.UniqueConstraint("sought", name="uq_accounts_sought"),
        sa.PrimaryKeyConstraint("number", name="pk_accounts"),
        sa.UniqueConstraint("id", name="uq_accounts_id"),
    )
    op.create_index("ix_accounts_person_id", "accounts", ["person_id"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        _number(),
        _id(),
        sa.Column("token", sa.String(64), nullable=False),
        _part("account_id", "accounts", "sessions", nullable=True),
        sa.Column("device", Words(), nullable=False),
        sa.Column("added", Instant(), nullable=False),
        sa.Column("seen", Instant(), nullable=False),
        sa.Column("ends", Instant(), nullable=False),
        sa.UniqueConstraint("token", name="uq_sessions_token"),
        sa.PrimaryKeyConstraint("number", name="pk_sessions"),
        sa.UniqueConstraint("id", name="uq_sessions_id"),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])


def _codes() -> None:
    op.create_table(
        "codes",
        sa.Column("code", sa.String(64)),
        sa.Column("ends", Instant(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_codes"),
    )


def _doomed() -> None:
    op.create_table(
        "doomed",
        _number(),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_doomed"),
    )
