"""Comments and questions on an analysis, pinned to a frame where they concern one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from midstance.errors import InputError
from midstance.journal.columns import clean, new_id
from midstance.journal.rows import affected, row_of, unknown
from midstance.journal.tables import analyses, comments

if TYPE_CHECKING:
    from datetime import datetime

    from midstance.journal.database import Database
    from midstance.journal.rows import Fields

__all__ = ["Comment", "Comments"]


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about an analysis.

    Parameters
    ----------
    id
        Name in the store.
    analysis_id, person_id
        About which analysis, of whom.
    author
        Who said it, as a name.
    text
        In their own words.
    frame
        The frame it concerns; None where none.
    question
        Whether it wants an answer.
    reply_to
        The comment it answers; None where none.
    added
        When.
    settled
        When the question was settled; None where it was not, or is none.
    """

    id: str
    analysis_id: str
    person_id: str
    author: str
    text: str
    frame: int | None
    question: bool
    reply_to: str | None
    added: datetime
    settled: datetime | None


class Comments:
    """The comments of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        analysis_id: str,
        author: str,
        text: str,
        frame: int | None = None,
        question: bool = False,  # noqa: FBT001, FBT002  # as agreed
        reply_to: str | None = None,
    ) -> str:
        """Keep a comment and return its name in the store.

        Parameters
        ----------
        analysis_id
            About which analysis.
        author
            Who says it, as a name.
        text
            In their own words; not empty.
        frame
            The frame it concerns.
        question
            Whether it wants an answer.
        reply_to
            The comment it answers; one of the same analysis.
        """
        if not clean(text).strip():
            raise InputError("the comment is empty", "text", "write a word")
        name = new_id()
        with self._database.writing() as connection:
            analysis = row_of(connection, analyses, analysis_id, "analysis")
            if reply_to is not None:
                answered = row_of(connection, comments, reply_to, "comment")
                if answered["analysis_id"] != analysis_id:
                    raise unknown("comment", reply_to)
            connection.execute(
                insert(comments).values(
                    id=name,
                    analysis_id=analysis_id,
                    person_id=analysis["person_id"],
                    author=author,
                    text=text,
                    frame=frame,
                    question=question,
                    reply_to=reply_to,
                    added=self._database.now(connection),
                )
            )
        return name

    def one(self, comment_id: str) -> Comment:
        """Return one comment."""
        with self._database.reading() as connection:
            return _comment(row_of(connection, comments, comment_id, "comment"))

    def of(self, analysis_id: str) -> list[Comment]:
        """Return the comments on an analysis, the oldest first."""
        query = select(comments).where(comments.c.analysis_id == analysis_id).order_by(comments.c.number)
        with self._database.reading() as connection:
            return [_comment(row) for row in connection.execute(query).mappings()]

    def open_of(self, person_id: str) -> list[Comment]:
        """Return the questions on a person's analyses that nobody has settled, the oldest first."""
        open_ones = (comments.c.question.is_(True), comments.c.settled.is_(None))
        query = select(comments).where(comments.c.person_id == person_id, *open_ones)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(comments.c.number)).mappings()
            return [_comment(row) for row in rows]

    def settle(self, comment_id: str) -> None:
        """Say that a question is answered; one settled before stays so."""
        with self._database.writing() as connection:
            settled = row_of(connection, comments, comment_id, "comment", lock=True)["settled"]
            when = settled or self._database.now(connection)
            connection.execute(update(comments).where(comments.c.id == comment_id).values(settled=when))

    def delete(self, comment_id: str) -> None:
        """Remove a comment; answers to it stay."""
        with self._database.writing() as connection:
            if not affected(connection.execute(delete(comments).where(comments.c.id == comment_id))):
                raise unknown("comment", comment_id)


_FIELDS = tuple(Comment.__dataclass_fields__)


def _comment(row: Fields) -> Comment:
    return Comment(**{name: row[name] for name in _FIELDS})
