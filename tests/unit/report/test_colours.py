from __future__ import annotations

import pytest

from midstance.report.colours import DARK, LIGHT, PICTURE, contrast, rgb, stylesheet

TEXT, GRAPHIC = 4.5, 3.0  # WCAG 2.2 AA


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["page", "card", "sunk"])
@pytest.mark.parametrize("ink", ["ink", "soft", "accent", "left", "right"])
def test_every_text_can_be_read_on_every_ground(theme, ground, ink):
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= TEXT


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_in_the_accent_can_be_read_on_its_ground(theme):
    assert contrast(theme.accent, theme.accent_sunk) >= TEXT


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_leg_stands_out_from_the_band_of_healthy_runners(theme, side):
    assert contrast(getattr(theme, side), theme.norm) >= GRAPHIC


def test_legs_on_pictures_differ_in_blue_and_red_so_every_eye_tells_them_apart():
    left, right = PICTURE.of("left"), PICTURE.of("right")
    assert left[2] - right[2] > 100
    assert right[0] - left[0] > 100


def test_a_theme_becomes_css_properties():
    assert f"--accent-sunk: {LIGHT.accent_sunk};" in stylesheet(LIGHT)
    assert rgb("#0a10ff") == (10, 16, 255)
