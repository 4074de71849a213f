"""Following one person through frames, with a stand-in eye that sees bright discs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from midstance.model import Frame
from midstance.pose.blazepose import Look
from midstance.pose.following import follow, steady_regions
from midstance.pose.people import Path
from midstance.pose.region import Region, crop

HEIGHT, WIDTH, SIDE = 200, 600, 100.0
WHOLE_PATH = Path(np.array([0.0, 2.0]), np.array([[60.0, 100, SIDE, 0], [360.0, 100, SIDE, 0]]))


class BrightestSpot:
    """An eye that takes the brightest spot of its region for the runner: easily drawn to someone brighter."""

    def __call__(self, patch, region, *, mirrored=False):  # noqa: ARG002
        cut = crop(patch.rgb, patch.matrix(region, 64), 64)[..., 0].astype(float)
        row, column = np.unravel_index(cut.argmax(), cut.shape)
        x = region.x_px + ((column + 0.5) / 64 - 0.5) * region.side_px
        y = region.y_px + ((row + 0.5) / 64 - 0.5) * region.side_px
        score = float(cut.max() > 50)
        return Look(np.tile([x, y], (19, 1)), np.ones(19), np.ones(19), score, Region(x, y, SIDE))


EYE: Any = BrightestSpot()


def frames(spots, count=61):
    """Frames at 30 Hz; `spots(index)` gives (x, brightness) of each disc."""
    for index in range(count):
        rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
        for x, brightness in spots(index):
            rgb[95:106, max(int(x) - 5, 0) : int(x) + 6] = brightness
        yield Frame(index, index / 30, rgb)


def runner_at(index):
    return 60 + 5 * index


def places(glimpses):
    return [glimpse.look.region.x_px if glimpse.look else None for glimpse in glimpses]


def test_a_moving_runner_is_followed():
    seen = places(follow(frames(lambda k: [(runner_at(k), 200)]), WHOLE_PATH, EYE))

    assert seen == pytest.approx([runner_at(k) for k in range(61)], abs=8)


def test_an_eye_drawn_to_someone_else_is_called_back():
    glimpses = follow(
        frames(lambda k: [(runner_at(k), 150), (230, 250 if k == 26 else 100)]), WHOLE_PATH, EYE
    )
    off = [abs(x - runner_at(k)) for k, x in enumerate(places(glimpses)) if x is not None and k != 26]

    assert max(off) < 25
    assert len(off) >= 58


def test_a_runner_who_is_hidden_for_a_while_is_found_again():
    glimpses = follow(frames(lambda k: [] if 20 <= k < 30 else [(runner_at(k), 200)]), WHOLE_PATH, EYE)
    seen = places(glimpses)

    assert seen[20:30] == [None] * 10
    assert None not in seen[:20] + seen[31:]


def test_nobody_is_followed_where_the_scouts_saw_nobody():
    late = Path(np.array([1.5, 2.0]), WHOLE_PATH.regions)

    seen = places(follow(frames(lambda k: [(runner_at(k), 200)]), late, EYE))

    assert seen[:20] == [None] * 20


def test_regions_are_steadied_without_lagging_behind():
    glimpses = follow(frames(lambda k: [(runner_at(k), 200)]), WHOLE_PATH, EYE)

    steady = [region.x_px for region in steady_regions(glimpses) if region]

    assert np.std(np.diff(steady)) < np.std(np.diff(places(glimpses)))
    assert steady == pytest.approx([runner_at(k) for k in range(61)], abs=5)
