from __future__ import annotations

import json
import math

import numpy as np
import pytest

from midstance.errors import InputError
from midstance.formats import analysis_record, read_analysis_json, summary_of, write_analysis_json

from ..report.sample import refused, sample  # noqa: TID252  # the sample is shared by two rooms' tests


@pytest.fixture(params=[sample, refused], ids=["running", "refused"])
def analysis(request):
    return request.param()


def test_what_was_written_is_read_back(analysis, tmp_path):
    write_analysis_json(analysis, tmp_path / "analysis.json")
    summary = read_analysis_json(tmp_path / "analysis.json")

    assert [(m.key, m.side, m.estimate.tier) for m in summary.measures] == [
        (m.key, m.side, m.estimate.tier) for m in analysis.measures
    ]
    for read, written in zip(summary.measures, analysis.measures, strict=True):
        assert read.estimate.value == pytest.approx(written.estimate.value, nan_ok=True)
        assert (read.frame, read.definition, read.words) == (written.frame, written.definition, written.words)
    assert summary.issues == analysis.issues
    assert summary.runner == analysis.runner
    assert summary.speed_m_s == pytest.approx(analysis.speed_m_s, nan_ok=True)
    assert summary.sha256 == analysis.recording.sha256


def test_mean_strides_keep_their_curves():
    analysis = sample()
    summary = summary_of(analysis_record(analysis))

    for read, written in zip(summary.mean_strides, analysis.mean_strides, strict=True):
        assert (read.side, read.n, read.names, read.units) == (
            written.side,
            written.n,
            written.names,
            written.units,
        )
        np.testing.assert_allclose(read.values, written.values, rtol=1e-8)


def test_an_unknown_number_of_the_scene_is_nan_again():
    record = analysis_record(sample())
    record["scene"]["speed_m_s"] = None

    assert math.isnan(summary_of(record).speed_m_s)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "not JSON"),
        ("[]", "this is no analysis"),
        ('{"schema_version": 1}', "version 1, not 2"),
        ('{"schema_version": 2}', "not whole"),
    ],
)
def test_what_is_no_analysis_is_said_in_a_sentence(tmp_path, content, said):
    (tmp_path / "a.json").write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=said):
        read_analysis_json(tmp_path / "a.json")


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_analysis_json(tmp_path / "a.json")


def test_a_measure_without_its_value_is_not_whole(tmp_path):
    record = analysis_record(sample())
    del record["measures"][0]["value"]
    (tmp_path / "a.json").write_text(json.dumps(record), encoding="utf-8")

    with pytest.raises(InputError, match="not whole: KeyError"):
        read_analysis_json(tmp_path / "a.json")
