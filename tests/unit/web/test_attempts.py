from __future__ import annotations

import pytest

from midstance.web.refusals import Refusal
from midstance.web.safety import Attempts


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_the_ninth_try_within_five_minutes_is_refused_with_how_long_to_wait():
    clock = Clock()
    attempts = Attempts(clock=clock)
    for _ in range(8):
        attempts.count("name ann")
    clock.now = 100.0

    with pytest.raises(Refusal, match="wait 200 s") as refused:
        attempts.count("name ann")
    assert (refused.value.status, refused.value.headers["Retry-After"]) == (429, "200")


def test_tries_are_forgotten_once_the_window_has_passed():
    clock = Clock()
    attempts = Attempts(limit=1, window_s=10.0, clock=clock)
    attempts.count("a")
    clock.now = 10.0

    attempts.count("a")


def test_each_name_has_its_own_tries():
    attempts = Attempts(limit=1)
    attempts.count("a")

    attempts.count("b")


def test_whoever_shows_who_they_are_starts_anew():
    attempts = Attempts(limit=1)
    attempts.count("a")
    attempts.forgive("a")

    attempts.count("a")


def test_many_names_do_not_fill_the_memory():
    attempts = Attempts()
    for number in range(30_000):
        attempts.count(f"name {number}")

    assert len(attempts._tries) <= 10_001  # noqa: SLF001  # what is bounded
