from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from midstance.formats import analysis_record, schema, write_analysis_json
from midstance.model import CATALOGUE, Tier

from ..report.sample import refused, sample  # noqa: TID252  # the sample is shared by two rooms' tests


@pytest.fixture(params=[sample, refused], ids=["running", "refused"])
def analysis(request):
    return request.param()


def test_the_schema_is_a_valid_schema_of_draft_2020_12():
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"].endswith("2020-12/schema")


def test_what_is_written_is_what_the_schema_says(analysis, tmp_path):
    path = tmp_path / "analysis.json"
    write_analysis_json(analysis, path)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema()).iter_errors(found)] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: record.pop("issues"),
        lambda record: record.update(extra=1),
        lambda record: record["measures"][0].update(tier="certain"),
        lambda record: record["measures"][0].update(value="2 cm"),
        lambda record: record["measures"][0].pop("n_steps"),
        lambda record: record["recording"].update(sha256="short"),
        lambda record: record["scene"].update(near_side="front"),
    ],
)
def test_the_schema_notices_what_is_wrong(spoil):
    record = analysis_record(sample())
    spoil(record)
    assert not Draft202012Validator(schema()).is_valid(record)


def test_the_schema_names_every_metric_of_the_catalogue():
    assert schema()["properties"]["measures"]["items"]["properties"]["key"]["enum"] == list(CATALOGUE)


def test_measures_are_a_flat_list_with_the_promised_keys():
    first = analysis_record(sample())["measures"][0]
    promised = {"key", "side", "value", "unit", "low", "high", "n_steps", "tier", "method", "definition"}
    assert promised | {"frame", "percentile", "by_definition", "words"} == set(first)


def test_every_number_comes_back_as_it_was(analysis):
    back = json.loads(json.dumps(analysis_record(analysis)))
    for written, measure in zip(back["measures"], analysis.measures, strict=True):
        if measure.estimate.tier is Tier.REFUSED:
            assert (written["value"], written["low"], written["high"]) == (None, None, None)
            assert written["method"] == measure.estimate.method
        else:
            assert written["value"] == pytest.approx(measure.estimate.value, rel=1e-8)
            assert written["low"] <= written["value"] <= written["high"]


def test_mean_strides_come_back_as_they_were():
    analysis = sample()
    (left, _) = analysis_record(analysis)["mean_strides"]
    curve = left["curves"]["hip_over_ankle_m"]
    assert curve["unit"] == "m"
    assert curve["mean"] == pytest.approx(analysis.mean_strides[0].curve("hip_over_ankle_m"), abs=1e-8)


def test_an_unknown_number_is_null_and_never_nan(tmp_path):
    analysis = sample()
    holed = analysis.mean_strides[0].values.copy()
    holed[3] = np.inf
    path = tmp_path / "analysis.json"
    write_analysis_json(
        replace(
            analysis,
            scene=replace(analysis.scene, speed_m_s=float("nan")),
            mean_strides=(replace(analysis.mean_strides[0], values=holed),),
        ),
        path,
    )
    found = json.loads(path.read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert found["scene"]["speed_m_s"] is None
    assert found["mean_strides"][0]["curves"]["knee_flexion_deg"]["mean"][3] is None


def test_the_same_analysis_gives_the_same_bytes(tmp_path):
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    write_analysis_json(sample(), first)
    write_analysis_json(sample(), second)
    assert first.read_bytes() == second.read_bytes()


def test_keys_are_sorted_and_rows_of_numbers_stay_on_one_line(tmp_path):
    path = tmp_path / "analysis.json"
    write_analysis_json(sample(), path)
    text = path.read_text(encoding="utf-8")
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert text.endswith("}\n")
    assert len(text.splitlines()) < 1500


def test_the_folder_of_the_recording_is_not_told():
    analysis = sample()
    video = replace(analysis.recording, path=Path("somebody") / "at home" / "run.mp4")
    record = analysis_record(replace(analysis, recording=video))
    assert record["recording"]["name"] == "run.mp4"
    assert "somebody" not in json.dumps(record)


def test_settings_of_any_plain_kind_can_be_written():
    settings = {
        "tier": Tier.HIGH,
        "path": Path("a") / "b",
        "row": np.arange(3),
        "pair": (1, 2.5),
        "set": {"x"},
    }
    written = analysis_record(replace(sample(), settings=settings))["settings"]
    assert written == {"tier": "high", "path": "a/b", "row": [0, 1, 2], "pair": [1, 2.5], "set": ["x"]}


def test_a_setting_nobody_can_read_back_is_refused():
    with pytest.raises(TypeError, match="function cannot be written"):
        analysis_record(replace(sample(), settings={"how": lambda: None}))
