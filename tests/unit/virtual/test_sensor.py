"""From light to a photograph."""

from __future__ import annotations

import numpy as np
import pytest

from midstance.errors import SettingsError
from midstance.virtual.sensor import Sensor

GREY = np.full((120, 90, 3), 0.2, np.float32)


def test_grey_light_becomes_its_displayed_value_without_noise():
    shown = Sensor(noise_sd=0.0, vignette=0.0).developed(GREY, 0)

    assert np.unique(shown).tolist() == [round(255 * 0.2 ** (1 / 2.2))]


def test_noise_has_its_size_and_is_each_frames_own():
    sensor = Sensor(noise_sd=3.0, vignette=0.0)
    one, two = (sensor.developed(GREY, number).astype(float) for number in (0, 1))

    assert one.std() == pytest.approx(3.0, rel=0.1)
    assert abs(np.corrcoef(one.ravel(), two.ravel())[0, 1]) < 0.05
    assert np.array_equal(sensor.developed(GREY, 0), one.astype(np.uint8))


def test_more_exposure_is_brighter_and_corners_are_darker():
    plain, bright = (Sensor(noise_sd=0.0, exposure=e).developed(GREY, 0) for e in (1.0, 1.5))

    assert bright.mean() > plain.mean() + 15
    assert plain[0, 0, 0] < plain[60, 45, 0] - 3


def test_the_body_is_posed_often_enough_for_shutter_and_readout():
    assert Sensor(shutter_s=0.0).instants_s().tolist() == [0.0]
    assert Sensor(shutter_s=0.004).instants_s() == pytest.approx([-0.002, 0.002])
    long = Sensor(shutter_s=1 / 60, readout_s=0.02).instants_s()
    assert np.diff(long).max() <= 0.004 + 1e-12
    assert (long[0], long[-1]) == pytest.approx((-0.5 * (1 / 60 + 0.02), 0.5 * (1 / 60 + 0.02)))


def test_rays_fill_the_time_the_shutter_is_open():
    when = sorted(ray[0] for ray in Sensor(shutter_s=0.008, samples=4).rays())

    assert when == pytest.approx([-0.003, -0.001, 0.001, 0.003])


@pytest.mark.parametrize("wrong", [{"shutter_s": -0.1}, {"exposure": 0.0}, {"samples": 0}])
def test_impossible_sensors_are_refused(wrong):
    with pytest.raises(SettingsError):
        Sensor(**wrong)
