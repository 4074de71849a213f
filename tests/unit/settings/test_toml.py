from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.errors import SettingsError
from midstance.settings import Declared, Output, Settings, read_settings, replaced, to_mapping, to_toml

GIVEN = st.builds(
    Declared,
    surface=st.sampled_from(["treadmill", "overground", None]),
    incline_percent=st.none() | st.floats(-40, 40),
    speed_m_s=st.none() | st.floats(0.3, 13),
    slow_motion_factor=st.none() | st.floats(0.05, 100),
    roll_deg=st.none() | st.floats(-45, 45),
    standing=st.none()
    | st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).map(Path),
)


@pytest.fixture
def read(tmp_path):
    def from_text(text: str) -> Settings:
        file = tmp_path / "lab.toml"
        file.write_text(text, encoding="utf-8")
        return read_settings(file)

    return from_text


def refusal(read, text: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        read(text)
    return caught.value


def test_an_empty_file_gives_the_defaults(read):
    assert read("") == Settings()


def test_what_is_given_replaces_the_default(read):
    settings = read('[declared]\nsurface = "treadmill"\nspeed_m_s = 3\n[output]\nannotated_video = false')

    assert settings.declared == Declared(surface="treadmill", speed_m_s=3.0)
    assert settings.output == Output(annotated_video=False)


def test_a_file_name_becomes_a_path(read):
    assert read('declared.standing = "still.mp4"').declared.standing == Path("still.mp4")


@given(declared=GIVEN)
def test_what_is_written_is_read_back(tmp_path_factory, declared):
    file = tmp_path_factory.mktemp("toml") / "lab.toml"
    settings = Settings(declared=declared)
    file.write_text(to_toml(settings), encoding="utf-8")

    assert read_settings(file) == settings


def test_the_file_names_what_was_not_given():
    assert "# speed_m_s = (not given)" in to_toml(Settings())


def test_the_mapping_holds_plain_values_only():
    mapping = to_mapping(replaced(Settings(), {"declared.standing": Path("still.mp4")}))

    assert mapping["declared"]["standing"] == "still.mp4"
    assert mapping["declared"]["surface"] is None


def test_an_unknown_key_is_refused_with_its_line_its_table_and_the_known_ones(read):
    error = refusal(read, '# my lab\n[declared]\nspeed_m_s = 3.0\nsurfce = "treadmill"\n')

    assert error.what == "there is no setting 'surfce'"
    assert error.where.endswith("lab.toml, line 4, [declared]")
    assert "surface, incline_percent, speed_m_s" in error.remedy


def test_an_unknown_table_is_refused_with_the_known_ones(read):
    error = refusal(read, "[declred]\n")

    assert "line 1, top level" in error.where
    assert "declared, pose" in error.remedy


def test_a_wrong_choice_is_refused_with_the_right_ones(read):
    error = refusal(read, 'declared.surface = "road"')

    assert error.what == "surface is 'road', not 'treadmill' or 'overground'"
    assert "line 1" in error.where


@pytest.mark.parametrize("value", ['"3"', "true", "nan", "inf", "[3]", "{a = 3}"])
def test_a_speed_that_is_no_number_is_refused(read, value):
    assert "not a number" in refusal(read, f"[declared]\nspeed_m_s = {value}").what


def test_a_huge_whole_number_is_refused_rather_than_overflowing(read):
    assert "speed_m_s" in refusal(read, f"[declared]\nspeed_m_s = {'9' * 400}").what


def test_a_number_is_no_yes_or_no(read):
    assert "not true or false" in refusal(read, "[output]\nannotated_video = 1").what


def test_an_impossible_number_is_refused_with_its_bounds_and_the_file(read):
    error = refusal(read, "[declared]\nincline_percent = 90")

    assert error.what == "incline_percent is 90, not between -40 and 40"
    assert "lab.toml" in error.where


def test_a_value_where_a_table_belongs_is_refused(read):
    assert refusal(read, "declared = 3").remedy == "write [declared]"


def test_what_is_no_toml_is_refused_with_the_line(read):
    assert "line 2" in refusal(read, "[declared]\nspeed_m_s =\n").what


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SettingsError, match=r"none\.toml"):
        read_settings(tmp_path / "none.toml")


def test_a_binary_file_is_refused(tmp_path):
    file = tmp_path / "lab.toml"
    file.write_bytes(b"\xff\xfe\x00\x01")

    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings(file)


def test_replacing_by_an_unknown_name_is_refused():
    with pytest.raises(SettingsError, match="there is no setting 'gravity'"):
        replaced(Settings(), {"declared.gravity": 9.81})


def test_replacing_leaves_the_rest_as_it_was():
    before = Settings(declared=Declared(surface="treadmill"))

    after = replaced(before, {"declared.speed_m_s": 2.8})

    assert after.declared == Declared(surface="treadmill", speed_m_s=2.8)
    assert before.declared.speed_m_s is None
