from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from midstance.errors import InputError
from midstance.journal import Person, UnknownIdError
from midstance.journal.service_tables import accounts, codes, sessions


@pytest.fixture
def now() -> list[datetime]:
    return [datetime(2026, 5, 1, tzinfo=UTC)]


@pytest.fixture
def timed(reopened, now):
    return reopened(clock=lambda: now[0])


def test_who_has_the_password_is_let_in(store):
    ann = store.people.add(Person("Ann"))
    name = store.accounts.add("Ann ", "long enough", "runner", ann)

    account = store.accounts.check("aNN", "long enough")

    assert account is not None
    assert (account.id, account.name, account.role, account.person_id) == (name, "Ann", "runner", ann)
    assert store.accounts.check("Ann", "long enough!") is None
    assert store.accounts.check("Bob", "long enough") is None
    assert store.accounts.check("Ann", "x" * 100_000) is None
    assert store.accounts.one(name) == account
    assert store.accounts.all() == [account]
    assert store.accounts.count() == 1


def test_names_are_unique_and_passwords_not_short(store):
    store.accounts.add("Ann", "long enough", "coach")

    with pytest.raises(InputError, match="already"):
        store.accounts.add("ANN", "long enough")
    with pytest.raises(InputError, match="5 letters"):
        store.accounts.add("Bob", "short")
    with pytest.raises(InputError, match="name and a role"):
        store.accounts.add("Bob", "long enough", "king")


def test_no_password_token_or_code_is_in_the_store(store):
    name = store.accounts.add("Ann", "correct horse", "coach")
    secrets = ["correct horse", store.accounts.start_session(name, "phone"), store.accounts.new_code()]

    with store.people._database.reading() as connection:  # noqa: SLF001  # every column is looked at
        rows = [str(row) for t in (accounts, sessions, codes) for row in connection.execute(select(t))]

    assert len(rows) == 3
    assert [secret for secret in secrets for row in rows if secret in row] == []
    assert any("$argon2id$" in row for row in rows)


def test_a_session_lasts_until_it_is_ended_or_over(timed, now):
    name = timed.accounts.add("Ann", "long enough")
    token = timed.accounts.start_session(name, "Ann's phone", days=2)
    session = timed.accounts.session(token)

    assert (session.account_id, session.device) == (name, "Ann's phone")
    assert timed.accounts.session("guessed") is None
    now[0] += timedelta(days=1)
    assert timed.accounts.session(token) is not None
    assert timed.accounts.session(token).seen == now[0]
    now[0] += timedelta(days=1)
    assert timed.accounts.session(token) is None
    assert timed.accounts.devices() == []


def test_a_session_can_be_ended_from_either_end(store):
    here, there = (store.accounts.start_session(None, device) for device in ("here", "there"))

    store.accounts.end_session(here)
    store.accounts.end_session(here)
    (left,) = store.accounts.devices()
    store.accounts.end_device(left.id)

    assert left.device == "there"
    assert store.accounts.session(there) is None
    with pytest.raises(UnknownIdError):
        store.accounts.end_device(left.id)


def test_a_new_password_ends_every_session(store):
    name = store.accounts.add("Ann", "long enough")
    token = store.accounts.start_session(name, "phone")
    device = store.accounts.start_session(None, "camera")

    store.accounts.set_password(name, "longer than before")

    assert store.accounts.session(token) is None
    assert store.accounts.session(device) is not None
    assert store.accounts.check("Ann", "longer than before") is not None


def test_without_its_account_or_person_nobody_is_let_in(store):
    ann = store.people.add(Person("Ann"))
    tokens = {}
    for name in ("one", "two"):
        account = store.accounts.add(name, "long enough", "runner", ann)
        tokens[account] = store.accounts.start_session(account, "phone")
    first, second = tokens

    store.accounts.delete(first)
    assert store.accounts.session(tokens[first]) is None
    assert store.accounts.session(tokens[second]) is not None

    store.people.delete(ann)
    assert store.accounts.session(tokens[second]) is None
    assert store.accounts.count() == 0


def test_a_code_lets_one_device_in_once(store):
    code = store.accounts.new_code()

    token = store.accounts.redeem(f" {code[:4].lower()}-{code[4:]} ", "phone")

    assert token is not None
    assert store.accounts.session(token).device == "phone"
    assert store.accounts.redeem(code, "another") is None


def test_a_code_is_good_for_minutes(timed, now):
    code = timed.accounts.new_code(minutes=10)
    now[0] += timedelta(minutes=10)

    assert timed.accounts.redeem(code, "phone") is None


def test_guessing_codes_makes_them_void(store):
    code = store.accounts.new_code()

    assert all(store.accounts.redeem("AAAAAAAA", "guess") is None for _ in range(20))
    assert store.accounts.redeem(code, "phone") is None
    assert store.accounts.redeem(store.accounts.new_code(), "phone") is not None
