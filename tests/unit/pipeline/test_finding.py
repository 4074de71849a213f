"""The seam from an analysis to findings, on runners whose every joint is known."""

from __future__ import annotations

import json

import pytest
from tests.property.runners import CLOSE, NOISE, analysed, filmed

from midstance.formats import analysis_record
from midstance.model import Triage
from midstance.pipeline import findings_of, findings_of_record
from midstance.virtual import Gait

KNEECAP = Triage((), "kneecap", side="right")
SITTING = Gait(hip_over_ankle_m=-0.05)


@pytest.fixture(scope="module")
def sitting():
    return analysed(filmed(SITTING, CLOSE, NOISE, 8.0), speed_m_s=SITTING.speed_m_s, incline_percent=0.0)


def test_a_runner_who_sits_is_told_that_the_hip_is_behind(sitting):
    (first, *_) = findings_of(sitting, KNEECAP)

    assert first.key in {"hip_behind", "hip_behind_all_through"}
    assert first.frame is not None
    assert 0 <= first.frame < sitting.recording.frames
    assert first.advice[0].grade == "trial"


def test_a_usual_runner_is_not_told_that_the_hip_is_behind():
    usual = analysed(filmed(Gait(), CLOSE, NOISE, 8.0), speed_m_s=3.0)

    assert not {"hip_behind", "hip_behind_all_through"} & {f.key for f in findings_of(usual, KNEECAP)}


def test_standing_is_to_be_filmed_again_with_the_analysis_own_remedy():
    standing = analysed(filmed(Gait.standing(), CLOSE, NOISE, 3.0))

    (finding,) = findings_of(standing)

    assert finding.key == "film_again"
    refusals = [issue.sentence for issue in standing.issues if issue.severity == "refusal"]
    assert refusals[0] in finding.seen


def test_a_slope_that_was_given_is_heeded():
    downhill = analysed(filmed(SITTING, CLOSE, NOISE, 8.0), speed_m_s=3.0, incline_percent=-6.0)

    assert "hip_behind" not in {finding.key for finding in findings_of(downhill, KNEECAP)}


@pytest.mark.parametrize("triage", [None, KNEECAP, Triage((), "outside_knee", side="left")])
def test_an_analysis_as_it_is_kept_gives_the_same_findings(sitting, triage):
    kept = json.loads(json.dumps(analysis_record(sitting)))

    again = findings_of_record(kept, triage)

    assert [(f.key, f.title, f.side, f.frame, f.advice) for f in again] == [
        (f.key, f.title, f.side, f.frame, f.advice) for f in findings_of(sitting, triage)
    ]
    assert [f.seen for f in again] == [f.seen for f in findings_of(sitting, triage)]
