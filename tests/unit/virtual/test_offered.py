"""What the room offers, and what it costs to come in."""

from __future__ import annotations

import subprocess
import sys

import pytest

from midstance import virtual


@pytest.mark.parametrize("name", virtual.__all__)
def test_every_offered_name_can_be_had(name):
    assert getattr(virtual, name) is not None


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'draw'"):
        virtual.draw  # noqa: B018  # the look-up is what is tested


def test_coming_in_loads_nothing_that_draws_or_reads_video():
    program = "import sys, midstance.virtual; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert {"numba", "cv2", "av"} & set(done.stdout.split()) == set()
