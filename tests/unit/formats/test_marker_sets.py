from __future__ import annotations

import pytest

from midstance.errors import InputError
from midstance.formats import marker_sets, read_marker_set, recognised_marker_set

PLUG_IN = [f"{s}{part}" for s in "LR" for part in ("ASI", "PSI", "THI", "KNE", "TIB", "ANK", "HEE", "TOE")]


def test_the_sets_of_six_laboratories_are_known():
    assert set(marker_sets()) == {"bmclab", "hamner", "plug_in_gait", "pyorerun", "qualisys", "rbds"}


@pytest.mark.parametrize("name", sorted(marker_sets()))
def test_left_and_right_are_the_same(name):
    markers = marker_sets()[name]
    for table in (markers.landmarks, markers.centres):
        left = {key.removeprefix("left_") for key in table if key.startswith("left_")}
        assert left == {key.removeprefix("right_") for key in table if key.startswith("right_")}
    assert all("{" not in label for labels in markers.landmarks.values() for label in labels)


def test_a_set_is_recognised_whatever_the_spelling():
    found = recognised_marker_set([label.lower() for label in PLUG_IN])
    assert found.name == "plug_in_gait"
    assert found.marker("left_knee_lateral", {"lkne"}) == "lkne"


def test_a_sacrum_stands_for_both_psis():
    labels = [label for label in PLUG_IN if "PSI" not in label]
    assert recognised_marker_set([*labels, "SACR"]).name == "plug_in_gait"
    with pytest.raises(InputError, match="left_psis"):
        recognised_marker_set(labels)


def test_one_leg_is_enough():
    labels = [label for label in PLUG_IN if label not in ("RKNE", "RANK", "RHEE", "RTOE")]
    assert recognised_marker_set(labels).name == "plug_in_gait"


def test_what_is_missing_is_said_for_every_set():
    labels = [label for label in PLUG_IN if "HEE" not in label]
    with pytest.raises(InputError, match=r"plug_in_gait: left_heel \(LHEE\)") as caught:
        recognised_marker_set(labels)
    assert all(f"{name}:" in str(caught.value) for name in marker_sets())
    assert "--markers" in caught.value.remedy


def test_a_map_is_read_for_both_sides(tmp_path):
    (tmp_path / "map.toml").write_text(
        'title = "mine"\n[landmarks]\nasis = "{S}_front"\nc7 = "neck"\nleft_heel = ["a", "b"]\n'
        '[segments]\nthigh = ["{S}1", "{S}2", "{S}3"]\n'
    )
    found = read_marker_set(tmp_path / "map.toml", ["L_front", "R_front", "neck", "b"])
    assert (found.name, found.title) == ("map", "mine")
    assert found.landmarks["right_asis"] == ("R_front",)
    assert found.marker("left_heel", ["b"]) == "b"
    assert found.segments["left_thigh"] == ("L1", "L2", "L3")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("asis = [", "not TOML"),
        ('[landmarks]\nelbow = "x"\n', "'elbow' is none of the landmarks .*asis, psis"),
        ("[landmarks]\nasis = 3\n", "asis is 3"),
        ('[marks]\nasis = "x"\n', "unknown table 'marks'"),
        ("", r"no \[landmarks\]"),
        ('[landmarks]\nheel = "{S}HEEL"\n', "does not hold LHEEL, RHEEL .* it holds LANK"),
    ],
)
def test_a_wrong_map_is_explained(text, words, tmp_path):
    (tmp_path / "map.toml").write_text(text)
    with pytest.raises(InputError, match=words):
        read_marker_set(tmp_path / "map.toml", PLUG_IN)
