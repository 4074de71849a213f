"""The square a network looks at, and the cuts made from it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.pose.region import Patch, Region, crop

regions = st.builds(Region, st.floats(50, 400), st.floats(50, 400), st.floats(60, 900), st.floats(-1.5, 1.5))


def mapped(matrix, points):
    return np.asarray(points) @ matrix[:, :2].T + matrix[:, 2]


def smooth_picture(height=300, width=400):
    y, x = np.mgrid[:height, :width]
    colours = (128 + 100 * np.sin(x / 25), 128 + 100 * np.cos(y / 30), (x + y) / 4)
    return np.stack(colours, axis=-1).astype(np.uint8)


@given(regions)
def test_the_centre_of_a_region_is_the_centre_of_its_crop(region):
    assert mapped(region.matrix(256), [region.x_px, region.y_px]) == pytest.approx([128, 128])


@given(regions)
def test_the_mirrored_crop_is_the_crop_turned_over(region):
    point = [region.x_px + 20, region.y_px - 35]
    x, y = mapped(region.matrix(256), point)

    assert mapped(region.matrix(256, mirrored=True), point) == pytest.approx([256 - x, y])


@given(st.floats(-3, 3), st.floats(1, 200))
def test_a_body_is_brought_upright(turn_rad, reach_px):
    centre = np.array([100.0, 120.0])
    edge = centre + reach_px * np.array([np.sin(turn_rad), -np.cos(turn_rad)])
    region = Region.around(centre, edge)
    above = mapped(region.matrix(200), edge)

    assert region.side_px == pytest.approx(2.5 * reach_px)
    assert above == pytest.approx([100, 100 - 80], abs=1e-6)


def test_a_region_as_large_as_its_crop_is_copied_pixel_by_pixel():
    picture = smooth_picture()

    cut = crop(picture, Region(164, 114, 128).matrix(128), 128)

    assert np.array_equal(cut, picture[50:178, 100:228])


def test_a_mirrored_crop_is_the_mirror_image_pixel_by_pixel():
    picture = smooth_picture()
    region = Region(164, 114, 128)

    assert np.array_equal(crop(picture, region.matrix(128, mirrored=True), 128), picture[50:178, 227:99:-1])


@pytest.mark.parametrize("side_px", [120.0, 500.0, 900.0])
def test_a_patch_shows_the_same_as_the_frame(side_px):
    frame = np.repeat(np.repeat(smooth_picture(), 4, axis=0), 4, axis=1)
    region = Region(790, 610, side_px, 0.2)
    patch = Patch.of(frame, region.scaled(1.1))

    straight = crop(frame, region.matrix(128), 128).astype(float)
    detour = crop(patch.rgb, patch.matrix(region, 128), 128).astype(float)

    assert np.abs(straight - detour).mean() < 2.0


def test_a_patch_is_no_larger_than_the_networks_need():
    frame = np.zeros((2160, 3840, 3), np.uint8)

    assert max(Patch.of(frame, Region(1900, 1000, 2000)).rgb.shape) < 800


@pytest.mark.parametrize("centre", [(-500, 100), (5000, 100), (100, -400), (200, 9000)])
def test_a_region_outside_the_frame_gives_a_patch_all_the_same(centre):
    patch = Patch.of(smooth_picture(), Region(centre[0], centre[1], 100.0))

    assert patch.rgb.size
    assert not crop(patch.rgb, patch.matrix(Region(-5000, -5000, 10), 16), 16).any()
