from __future__ import annotations

import json

import pytest

from midstance.errors import InputError
from midstance.formats import correction_record, read_correction
from midstance.model import Correction, EventMoved, LegsExchanged, PersonChosen, PointMoved

EACH: list[Correction] = [
    PointMoved(3, "left_knee", 10.5, 20.25),
    LegsExchanged(3, 9),
    EventMoved("right", "toe_off", 1.25, 1.3),
    PersonChosen(0, 1.0, 2.0),
]


@pytest.mark.parametrize("correction", EACH, ids=lambda one: type(one).__name__)
def test_a_correction_comes_back_from_json(correction):
    assert read_correction(json.loads(json.dumps(correction_record(correction)))) == correction


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "erased"}, "no correction 'erased'"),
        ({"kind": None}, "no correction None"),
        ({"frame": -1}, "frame is -1"),
        ({"frame": 1.5}, "frame is 1.5"),
        ({"frame": True}, "frame is True"),
        ({"x_px": "12"}, "x_px is '12'"),
        ({"x_px": float("nan")}, "x_px is nan"),
        ({"x_px": 1e300}, "x_px is 1e"),
        ({"point": 7}, "point is 7"),
        ({"more": 7}, "has the fields"),
    ],
)
def test_a_record_that_describes_no_correction_is_refused(change, said):
    with pytest.raises(InputError, match=said):
        read_correction(correction_record(EACH[0]) | change)


def test_a_field_that_is_missing_is_named():
    with pytest.raises(InputError, match="give side, event, from_s, to_s"):
        read_correction({"kind": "event_moved", "side": "left"})


def test_a_side_that_does_not_exist_is_refused():
    with pytest.raises(InputError, match="give left or right"):
        read_correction(correction_record(EACH[2]) | {"side": "middle"})
