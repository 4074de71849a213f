"""Which way is down: every witness counts by what it can know."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.alignment import gravity

NAN = float("nan")


def down(**known):
    nothing = {
        "declared_deg": None,
        "plumb_deg": NAN,
        "plumb_sd_deg": NAN,
        "ground_slope_deg": NAN,
        "ground_sd_deg": NAN,
        "incline_percent": None,
        "direction": 1,
        "off_axis_deg": 0.0,
    }
    return gravity(**(nothing | known))


def test_what_was_declared_is_all_that_counts():
    found = down(declared_deg=2.5, plumb_deg=-8.0, plumb_sd_deg=0.1)

    assert (found.roll_deg, found.source) == (2.5, "given")
    assert found.sd_deg < 0.5


def test_without_a_witness_phones_are_taken_to_be_held_upright():
    found = down()

    assert (found.roll_deg, found.source) == (0.0, "phones held upright")
    assert found.sd_deg == pytest.approx(2.0)


def test_verticals_are_weighed_against_upright_phones_by_their_variances():
    found = down(plumb_deg=3.0, plumb_sd_deg=1.0)

    assert found.roll_deg == pytest.approx(3.0 * 4 / 5)  # variances 1 and 4
    assert found.sd_deg == pytest.approx((1 + 0.25) ** -0.5)
    assert found.source == "verticals in the background and phones held upright"


def test_sure_verticals_decide_nearly_alone():
    found = down(plumb_deg=3.0, plumb_sd_deg=0.3)

    assert found.roll_deg == pytest.approx(3.0, abs=0.1)
    assert found.source == "verticals in the background"


@pytest.mark.parametrize("direction", [1, -1])
def test_a_ground_line_that_rises_forward_is_a_camera_rolled_against_it(direction):
    found = down(ground_slope_deg=2.0, ground_sd_deg=0.1, incline_percent=0.0, direction=direction)

    assert np.sign(found.roll_deg) == -direction
    assert 0.4 < abs(found.roll_deg) < 2.0


def test_a_declared_incline_explains_the_slope():
    hill = 100 * np.tan(np.radians(2.0))
    found = down(ground_slope_deg=2.0, ground_sd_deg=0.1, incline_percent=hill)

    assert found.roll_deg == pytest.approx(0.0, abs=1e-9)


def test_an_assumed_level_counts_less_than_a_declared_one():
    assumed, declared = (
        down(ground_slope_deg=4.0, ground_sd_deg=0.1, incline_percent=known) for known in (None, 0.0)
    )

    assert abs(assumed.roll_deg) < abs(declared.roll_deg)


def test_off_axis_the_ground_line_is_believed_less():
    ground = {"ground_slope_deg": 4.0, "ground_sd_deg": 0.1}
    rolls = [abs(down(**ground, off_axis_deg=angle).roll_deg) for angle in (0, 15, 40)]

    assert rolls[0] > rolls[1] > rolls[2] > 0


@pytest.mark.parametrize(
    "broken", [{"plumb_deg": 3.0}, {"plumb_sd_deg": 0.3}, {"plumb_deg": 3.0, "plumb_sd_deg": np.inf}]
)
def test_half_a_witness_is_not_heard(broken):
    assert down(**broken) == down()


def test_every_further_witness_makes_it_surer():
    plumb = {"plumb_deg": 0.0, "plumb_sd_deg": 1.0}
    ground = {"ground_slope_deg": 0.0, "ground_sd_deg": 0.5}
    sd = [down(**known).sd_deg for known in ({}, ground, plumb, plumb | ground)]

    assert sd == sorted(sd, reverse=True)
    assert len(set(sd)) == 4
