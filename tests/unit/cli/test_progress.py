from __future__ import annotations

from io import StringIO

import pytest

from midstance.cli.progress import ProgressBar


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock():
    return Clock()


def test_without_a_terminal_there_is_a_line_every_ten_percent(clock):
    log = StringIO()
    bar = ProgressBar(log, clock)

    for step in range(1001):
        bar(step / 1000, "looking")

    shown = [line.split("%")[0].strip() for line in log.getvalue().splitlines()]
    assert shown == [str(percent) for percent in range(0, 101, 10)]


def test_the_time_left_follows_from_the_time_taken(clock):
    log = StringIO()
    bar = ProgressBar(log, clock)

    clock.now = 30.0
    bar(0.25, "looking")

    assert log.getvalue() == " 25%, about 1:30 left:  looking\n"


def test_no_time_left_is_claimed_in_the_first_seconds_or_at_the_end(clock):
    log = StringIO()
    bar = ProgressBar(log, clock)

    clock.now = 1.0
    bar(0.01, "opening")
    clock.now = 60.0
    bar(1.0, "done")

    assert "left" not in log.getvalue()


def test_on_a_terminal_one_line_is_drawn_again_and_not_too_often(clock):
    screen = Terminal()
    bar = ProgressBar(screen, clock)

    for step in range(100):
        clock.now = step / 100
        bar(step / 100, "looking")

    assert "\n" not in screen.getvalue()
    assert screen.getvalue().count("\r") <= 11


def test_on_a_narrow_terminal_the_line_is_cut_rather_than_wrapped(clock, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    screen = Terminal()

    ProgressBar(screen, clock)(0.5, "looking for the runner in a long sentence")

    assert len(screen.getvalue().removeprefix("\r\x1b[K")) == 39


def test_on_a_terminal_the_line_is_wiped_at_the_end(clock):
    screen = Terminal()
    bar = ProgressBar(screen, clock)

    bar(0.5, "looking")
    bar.close()

    assert screen.getvalue().endswith("\r\x1b[K")


def test_a_part_moves_between_its_own_ends(clock):
    log = StringIO()
    bar = ProgressBar(log, clock)

    bar.part(0.5, 0.9)(0.5, "writing")

    assert log.getvalue().startswith(" 70%")
