"""Accounts, for a server that more than one person uses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from sqlalchemy import delete, func, insert, select, update

from midstance.errors import InputError
from midstance.journal.columns import clean, new_id
from midstance.journal.rows import affected, row_of, unknown
from midstance.journal.service_tables import accounts
from midstance.journal.sessions import Sessions

if TYPE_CHECKING:
    from datetime import datetime

    from argon2 import PasswordHasher

    from midstance.journal.database import Database
    from midstance.journal.rows import Fields

__all__ = ["Account", "Accounts"]

Role = Literal["runner", "coach"]
_SHORTEST, _LONGEST = 8, 1000


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may use a server.

    Parameters
    ----------
    id
        Name in the store.
    name
        What they log in with.
    role
        `runner` sees one person, `coach` everybody.
    person_id
        Who they are among the people; None for a coach who does not run.
    added
        When the account was made.
    """

    id: str
    name: str
    role: Role
    person_id: str | None
    added: datetime


class Accounts(Sessions):
    """The accounts of a store, with their sessions and the devices let in by a code."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._database = database

    def add(self, name: str, password: str, role: Role = "runner", person_id: str | None = None) -> str:
        """Make an account and return its name in the store.

        Parameters
        ----------
        name
            What to log in with; unique, large or small letters alike.
        password
            At least eight letters; kept only as its argon2 hash.
        role
            `runner` or `coach`.
        person_id
            Who it is among the people.
        """
        shown = clean(name).strip()
        if not shown or role not in {"runner", "coach"}:
            raise InputError("an account needs a name and a role", "account", "runner or coach")
        hashed, account_id = _hashed(password), new_id()
        with self._database.writing() as connection:
            taken = select(accounts.c.id).where(accounts.c.sought == shown.casefold())
            if connection.execute(taken).first() is not None:
                raise InputError(f"there is an account {shown!r} already", "account", "take another name")
            connection.execute(
                insert(accounts).values(
                    id=account_id,
                    name=shown,
                    sought=shown.casefold(),
                    password=hashed,
                    role=role,
                    person_id=person_id,
                    added=self._database.now(connection),
                )
            )
        return account_id

    def check(self, name: str, password: str) -> Account | None:
        """Return the account of a name and password; None where they do not belong together."""
        query = select(accounts).where(accounts.c.sought == clean(name).strip().casefold())
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
        hashed = row["password"] if row else _nobody()  # as slow for a name that is not there
        fits = len(password) <= _LONGEST and _fits(hashed, password)
        return _account(row) if fits and row else None

    def one(self, account_id: str) -> Account:
        """Return one account."""
        with self._database.reading() as connection:
            return _account(row_of(connection, accounts, account_id, "account"))

    def all(self) -> list[Account]:
        """Return every account, by when it was made."""
        with self._database.reading() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.number)).mappings()
            return [_account(row) for row in rows]

    def count(self) -> int:
        """Return how many accounts there are; none means that nobody has to log in."""
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(accounts)).scalar_one()

    def set_password(self, account_id: str, password: str) -> None:
        """Change the password, and end every session of the account."""
        hashed = _hashed(password)
        with self._database.writing() as connection:
            change = update(accounts).where(accounts.c.id == account_id).values(password=hashed)
            if not affected(connection.execute(change)):
                raise unknown("account", account_id)
            self.end_all_of(connection, account_id)

    def delete(self, account_id: str) -> None:
        """Remove an account with its sessions; the person and their recordings stay."""
        with self._database.writing() as connection:
            if not affected(connection.execute(delete(accounts).where(accounts.c.id == account_id))):
                raise unknown("account", account_id)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # noqa: PLC0415  # loaded when somebody logs in

    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash(new_id())


def _hashed(password: str) -> str:
    if not _SHORTEST <= len(password) <= _LONGEST:
        what = f"the password has {len(password)} letters, not {_SHORTEST} to {_LONGEST}"
        raise InputError(what, "password", "a few words in a row are easy to keep in mind")
    return _hasher().hash(password)


def _fits(hashed: str, password: str) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError  # noqa: PLC0415  # as above

    try:
        return _hasher().verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False


_FIELDS = tuple(Account.__dataclass_fields__)


def _account(row: Fields) -> Account:
    return Account(**{name: row[name] for name in _FIELDS})
