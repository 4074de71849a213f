"""Pain and runs: what was written down comes back exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midstance.journal import Person, Store, UnknownIdError
from midstance.model import PainEntry, PainSite, TrainingRun, Tried

RATINGS = st.none() | st.floats(0, 10)
AMOUNTS = st.none() | st.floats(0, 1e6)
NOTES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
ENTRIES = st.builds(
    PainEntry,
    day=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    site=st.sampled_from(PainSite),
    side=st.sampled_from(["left", "right", "both"]),
    before=RATINGS,
    during=RATINGS,
    after=RATINGS,
    next_morning=RATINGS,
    onset_m=AMOUNTS,
    onset_s=AMOUNTS,
    tried=st.frozensets(st.sampled_from(Tried)),
    swelling=st.none() | st.booleans(),
    note=NOTES,
)
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
RUNS = st.builds(
    TrainingRun,
    started=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=ZONES),  # noqa: DTZ001  # zones are drawn
    duration_s=AMOUNTS,
    distance_m=AMOUNTS,
    climb_m=AMOUNTS,
    descent_m=AMOUNTS,
    cadence_spm=AMOUNTS,
    contact_time_s=AMOUNTS,
    vertical_oscillation_m=AMOUNTS,
    heart_rate_bpm=AMOUNTS,
    effort=RATINGS,
    source=st.sampled_from(["hand", "fit", "tcx", "gpx"]),
    device=NOTES,
    sha256=st.sampled_from(["", "ab" * 32]),
    note=NOTES,
)
MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def ann(store) -> str:
    return store.people.add(Person("Ann"))


@MANY
@given(entry=ENTRIES)
def test_every_entry_comes_back_exactly(store, entry):
    person = store.people.add(Person("A"))

    row = store.pains.one(store.pains.add(person, entry))

    assert row.entry == entry
    assert store.pains.of(person) == [row]


@MANY
@given(run=RUNS)
def test_every_run_comes_back_exactly_with_its_time_zone(store, run):
    person = store.people.add(Person("A"))

    row = store.runs.one(store.runs.add(person, run)[0])

    assert row.run == run
    assert row.run.started.utcoffset() == run.started.utcoffset()


def test_two_entries_of_one_day_and_place_are_both_kept_in_order(store, ann):
    entry = PainEntry(date(2026, 3, 1), PainSite.KNEECAP, "left", before=1.0)
    names = [store.pains.add(ann, entry), store.pains.add(ann, replace(entry, before=2.0))]

    assert [row.id for row in store.pains.of(ann)] == names


def test_a_span_of_days_includes_both_ends(store, ann):
    for day in range(1, 8):
        store.pains.add(ann, PainEntry(date(2026, 3, day), PainSite.SHIN, "right"))

    of_span = store.pains.of(ann, date(2026, 3, 3), date(2026, 3, 5))

    assert [row.entry.day.day for row in of_span] == [3, 4, 5]


def test_an_entry_can_be_changed_and_removed(store, ann):
    entry = PainEntry(date(2026, 3, 1), PainSite.KNEECAP, "left", before=1.0)
    name = store.pains.add(ann, entry)

    store.pains.change(name, replace(entry, next_morning=3.0, tried=frozenset({Tried.ICE})))
    changed = store.pains.one(name).entry
    store.pains.delete(name)

    assert changed == replace(entry, next_morning=3.0, tried=frozenset({Tried.ICE}))
    assert store.pains.of(ann) == []
    with pytest.raises(UnknownIdError):
        store.pains.change(name, entry)
    with pytest.raises(UnknownIdError):
        store.pains.delete(name)


STARTED = datetime(2026, 5, 1, 7, 0, tzinfo=ZoneInfo("Europe/Berlin"))
RUN = TrainingRun(STARTED, 1800.0, 5000.0, source="fit", sha256="a" * 64)


@pytest.mark.parametrize(
    "twin",
    [
        RUN,
        replace(RUN, started=STARTED.astimezone(UTC)),
        replace(RUN, source="tcx", sha256="b" * 64, distance_m=5080.0),
        replace(RUN, source="hand", sha256="", started=STARTED + timedelta(seconds=100)),
        replace(RUN, started=STARTED + timedelta(hours=1)),  # the same file, its clock mended
    ],
)
def test_a_run_that_is_known_already_is_not_kept_twice(store, ann, twin):
    first, new = store.runs.add(ann, RUN)

    assert new
    assert store.runs.add(ann, twin) == (first, False)
    assert len(store.runs.of(ann)) == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(RUN, sha256="b" * 64, started=STARTED + timedelta(minutes=5)),
        replace(RUN, sha256="b" * 64, distance_m=6000.0),
        replace(RUN, sha256="", started=STARTED + timedelta(days=1)),
    ],
)
def test_a_run_that_is_another_one_is_kept(store, ann, other):
    store.runs.add(ann, RUN)

    assert store.runs.add(ann, other)[1]
    assert len(store.runs.of(ann)) == 2


def test_the_same_run_of_two_people_is_kept_for_both(store, ann):
    bob = store.people.add(Person("Bob"))

    assert store.runs.add(ann, RUN)[1]
    assert store.runs.add(bob, RUN)[1]


def test_runs_come_in_the_order_they_were_run_within_a_span(store, ann):
    for hour in (9, 1, 5):
        store.runs.add(ann, TrainingRun(datetime(2026, 5, 2, hour, tzinfo=UTC), 60.0))

    since, until = datetime(2026, 5, 2, 1, tzinfo=UTC), datetime(2026, 5, 2, 9, tzinfo=UTC)

    assert [row.run.started.hour for row in store.runs.of(ann)] == [1, 5, 9]
    assert [row.run.started.hour for row in store.runs.of(ann, since, until)] == [1, 5]


def test_a_run_can_be_removed(store, ann):
    name, _ = store.runs.add(ann, RUN)

    store.runs.delete(name)

    assert store.runs.of(ann) == []
    with pytest.raises(UnknownIdError):
        store.runs.delete(name)


def test_a_diary_survives_closing_the_store(reopened):
    entry = PainEntry(date(2026, 3, 1), PainSite.KNEECAP, "left", before=1.0)
    first: Store = reopened()
    person = first.people.add(Person("Ann"))
    first.pains.add(person, entry)
    first.close()

    assert [row.entry for row in reopened().pains.of(person)] == [entry]


def test_the_worst_of_each_day_is_found_among_all_moments_and_entries_of_the_day(store):
    person = store.people.add(Person("Ann"))
    first, second = date(2026, 3, 4), date(2026, 3, 6)
    for entry in (
        PainEntry(second, PainSite.KNEECAP, "left", next_morning=1.0),
        PainEntry(first, PainSite.KNEECAP, "left", before=2.0, after=5.0),
        PainEntry(first, PainSite.SHIN, "right", during=4.0),
        PainEntry(date(2026, 3, 5), PainSite.SHIN, "right", note="nothing said"),
    ):
        store.pains.add(person, entry)

    assert store.pains.worst_of_days(person) == [(first, 5.0), (second, 1.0)]
    assert store.pains.worst_of_days(person, since=second) == [(second, 1.0)]
