from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from midstance.cli.options import (
    SETTING_OF,
    LaboratoryOptions,
    MethodOptions,
    RecordingOptions,
    RunnerOptions,
    chosen_settings,
)
from midstance.errors import SettingsError
from midstance.settings import Settings, to_mapping


def choices_in(hint: object) -> set[object]:
    """Return the words a type allows."""
    if get_origin(hint) is Literal:
        return set(get_args(hint))
    return set().union(*(choices_in(kind) for kind in get_args(hint)))


@pytest.mark.parametrize("setting", SETTING_OF.values())
def test_every_option_stands_for_a_setting_that_exists(setting):
    table, key = setting.split(".")

    assert key in to_mapping(Settings())[table]


@pytest.mark.parametrize("option", SETTING_OF)
def test_an_option_offers_the_choices_its_setting_has(option):
    table, key = SETTING_OF[option].split(".")
    groups = (RecordingOptions, LaboratoryOptions, MethodOptions)
    group = next(group for group in groups if option in {f.name for f in fields(group)})
    offered = choices_in(get_type_hints(group)[option])
    step = getattr(Settings(), table)
    allowed = choices_in(get_type_hints(type(step), localns={"Path": Path, "Literal": Literal})[key])

    assert not offered or offered == allowed


def test_without_options_the_settings_are_the_defaults():
    assert chosen_settings(RecordingOptions(), MethodOptions()) == Settings()


def test_given_options_reach_their_settings():
    recording = RecordingOptions(surface="treadmill", incline=0.0, speed=2.78, slow_motion=8.0, person=0)

    settings = chosen_settings(recording, MethodOptions(annotated_video=False))

    assert settings.declared.surface == "treadmill"
    assert settings.declared.incline_percent == 0.0
    assert settings.declared.slow_motion_factor == 8.0
    assert to_mapping(settings)["pose"]["person"] == 0
    assert not settings.output.annotated_video


def test_an_option_wins_over_the_file(tmp_path):
    file = tmp_path / "lab.toml"
    file.write_text("[declared]\nspeed_m_s = 3.0\nincline_percent = 1.0\n", encoding="utf-8")

    settings = chosen_settings(RecordingOptions(speed=2.5), MethodOptions(settings=file))

    assert (settings.declared.speed_m_s, settings.declared.incline_percent) == (2.5, 1.0)


def test_an_impossible_option_is_refused():
    with pytest.raises(SettingsError, match="speed_m_s is 278"):
        chosen_settings(RecordingOptions(speed=278.0), MethodOptions())


def test_the_runner_is_made_from_its_options():
    runner = RunnerOptions(height=1.8, mass=72.0, sex="male", name="A").runner()

    assert (runner.height_m, runner.mass_kg, runner.sex, runner.name) == (1.8, 72.0, "male", "A")
