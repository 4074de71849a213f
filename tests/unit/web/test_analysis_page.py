from __future__ import annotations

import dataclasses
import math
import re
from dataclasses import replace

import pytest
from tests.unit.report.sample import refused, sample
from tests.unit.web.analysis_house import keep

from midstance.formats import analysis_record
from midstance.journal import JobState
from midstance.model import Estimate, Tier, Trial
from midstance.web.analysis_view import changes, corrections_shown, player_view, recalled, threaded


@pytest.fixture(scope="module")
def runner():
    return sample()


def shown(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, answer.text[:800]
    return answer.text


def same(one, other):
    """Equal, an unknown number like an unknown number."""
    if isinstance(one, float) and math.isnan(one):
        return math.isnan(other)
    if dataclasses.is_dataclass(one):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in dataclasses.fields(one))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return one == pytest.approx(other, rel=1e-8) if isinstance(one, float) else one == other


# ---- back from the record ----


@pytest.mark.parametrize("made", [sample, refused])
def test_an_analysis_comes_back_from_its_record_with_every_number_and_doubt(made):
    analysis = made()

    back = recalled(analysis_record(analysis))

    assert len(back.measures) == len(analysis.measures)
    assert all(same(one, other) for one, other in zip(analysis.measures, back.measures, strict=True))
    assert all(same(one, other) for one, other in zip(analysis.issues, back.issues, strict=True))
    assert same(analysis.scene, back.scene)
    assert same(analysis.runner, back.runner)
    assert back.recording.frames == analysis.recording.frames
    assert back.recording.rate_hz == pytest.approx(analysis.recording.rate_hz)


def test_a_laboratory_recording_comes_back_as_one(runner):
    record = analysis_record(runner) | {
        "recording": {
            "kind": "c3d",
            "name": "trial.c3d",
            "sha256": "ab" * 32,
            "frames": 50,
            "frame_rate_hz": 100.0,
            "duration_s": 0.49,
            "markers": ["LASI", "RASI"],
            "plates": [],
            "force_rate_hz": None,
            "said": {"subject": "1"},
        }
    }

    trial = recalled(record).recording

    assert isinstance(trial, Trial)
    assert trial.markers is not None
    assert trial.markers.skeleton.names == ("LASI", "RASI")
    assert trial.frames == 50
    assert trial.rate_hz == pytest.approx(100.0)


# ---- the page ----


def test_the_page_says_the_answer_and_links_every_number_to_its_frame(kept, program, runner):
    name = keep(kept, runner)

    page = shown(program, f"/analyses/{name}")

    value = runner.measure("hip_over_ankle_at_midstance_m", "left").value
    assert f"<h2>Your left hip is {100 * value:.1f} cm ahead of your ankle" in page
    frames = {measure.frame for measure in runner.measures if measure.frame is not None}
    assert {int(frame) for frame in re.findall(r'href="#frame=(\d+)"', page)} == frames
    given = [m for m in runner.measures if m.estimate.tier is not Tier.REFUSED]
    assert page.count('class="at value"') == sum(m.frame is not None for m in given)


def test_the_page_holds_no_inline_script_and_no_inline_style(kept, program, runner):
    page = shown(program, f"/analyses/{keep(kept, runner)}")

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_names_from_outside_are_shown_as_they_are_and_never_run(kept, program, runner):
    hostile = '"><img src=x onerror=alert(1)>.mp4'
    name = keep(kept, runner, name=hostile)
    kept.comments.add(name, "Eve", "<script>alert(1)</script>")

    page = shown(program, f"/analyses/{name}")

    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_only_files_that_are_there_are_offered(kept, program, runner):
    page = shown(program, f"/analyses/{keep(kept, runner)}")

    assert "/files/steps.csv" in page
    assert "/files/report.html" not in page
    assert "/original" in page


def test_a_clip_that_gives_nothing_says_why_and_shows_no_number(kept, program):
    page = shown(program, f"/analyses/{keep(kept, refused())}")

    assert "cannot be told from this clip" in page
    assert "one foot is always on the ground" in page
    assert 'class="at value"' not in page


def test_an_analysis_without_frames_has_no_player(kept, program, runner):
    name = keep(kept, runner)
    (kept.vault.folder(name) / "player.json").unlink()

    page = shown(program, f"/analyses/{name}")

    assert "<video" not in page
    assert "analysis.js" not in page
    assert "The numbers" in page


def test_an_analysis_that_waits_shows_how_far_it_is(kept, program, runner):
    done = kept.analyses.one(keep(kept, runner))
    name = kept.analyses.add(done.recording.id)
    job = kept.jobs.add("analyse", {"analysis_id": name})

    page = shown(program, f"/analyses/{name}")

    assert f'data-job="{job}"' in page
    assert f'data-done="/analyses/{name}"' in page


def test_an_analysis_that_is_not_there_is_not_found(program):
    assert program.get("/analyses/nothing").status_code == 404


def test_the_player_is_given_norms_panels_and_what_is_said_of_each_leg(kept, program, runner):
    name = keep(kept, runner)

    view = program.get(f"/analyses/{name}/view.json").json()

    assert view["video"].startswith("/recordings/")
    assert view["panels"][0]["curve"] == "hip_over_ankle_m"
    assert view["estimates"]["left"]["value"] == pytest.approx(0.021, abs=0.01)
    band = view["norms"]["knee_flexion_deg"]
    assert len(band["phase"]) == len(band["low"]) == len(band["high"]) > 20
    assert all(low < high for low, high in zip(band["low"], band["high"], strict=True))


def test_a_refused_leg_is_not_drawn_anywhere(runner):
    measures = tuple(
        replace(m, estimate=Estimate.refused("m", "hidden"))
        if (m.key, m.side) == ("hip_over_ankle_at_midstance_m", "right")
        else m
        for m in runner.measures
    )

    view = player_view(replace(runner, measures=measures))

    assert set(view["estimates"]) == {"left"}


def test_the_frames_travel_packed(kept, program, runner):
    name = keep(kept, runner)
    lying = (kept.vault.folder(name) / "player.json").read_bytes()

    answer = program.get(f"/analyses/{name}/player.json")

    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 0.5 * len(lying)
    assert answer.content == lying


# ---- corrected by hand ----


def test_a_corrected_analysis_says_what_was_corrected_and_leads_to_the_original(kept, program, runner):
    first = keep(kept, runner)
    row = kept.analyses.one(first)
    moved = {"kind": "point_moved", "frame": 12, "point": "left_ankle", "x_px": 5.0, "y_px": 6.0}
    second = keep(
        kept, runner, person=row.person.id, recording=row.recording.id, corrections=(moved,), parent=first
    )

    page = shown(program, f"/analyses/{second}")

    assert "Left ankle moved in frame 12" in page
    assert f'href="/analyses/{first}"' in page
    assert f'href="/analyses/{first}/compare/{second}"' in page
    assert f'href="/analyses/{second}"' in shown(program, f"/analyses/{first}"), (
        "the original names the newer one"
    )


def test_every_kind_of_correction_has_words():
    records = [
        {"kind": "legs_exchanged", "first_frame": 3, "last_frame": 9},
        {"kind": "event_moved", "side": "left", "event": "toe_off", "from_s": 1.0, "to_s": 0.98},
        {"kind": "person_chosen", "frame": 4, "x_px": 1.0, "y_px": 2.0},
    ]

    words = [one.words for one in corrections_shown(records)]

    assert words == [
        "Legs exchanged in frames 3 to 9",
        "Left toe-off at 1.000 s put 20 ms earlier",
        "Another person followed, shown in frame 4",
    ]


# ---- comparing ----


def moved_by(analysis, key, shift):
    """The analysis with one number moved."""
    measures = tuple(
        replace(
            m,
            estimate=replace(
                m.estimate,
                value=m.estimate.value + shift,
                low=m.estimate.low + shift,
                high=m.estimate.high + shift,
            ),
        )
        if m.key == key
        else m
        for m in analysis.measures
    )
    return replace(analysis, measures=measures)


@pytest.mark.parametrize(("shift", "call"), [(0.0, "same"), (0.4, "within"), (0.7, "more"), (-0.7, "more")])
def test_a_change_counts_once_it_is_larger_than_both_can_be_wrong(runner, shift, call):
    # Cadence is known to ± 0.4 steps a minute in both: the limit is 0.57.
    rows = changes(runner, moved_by(runner, "cadence_spm", shift))

    (row,) = [row for row in rows if row.title == "Cadence"]
    assert row.call == call
    assert {row.call for row in rows if row.title != "Cadence"} == {"same"}


def test_what_only_one_of_two_gives_is_new_or_gone(runner):
    less = replace(runner, measures=tuple(m for m in runner.measures if m.key != "cadence_spm"))

    assert [row.call for row in changes(less, runner) if row.title == "Cadence"] == ["new"]
    assert [row.call for row in changes(runner, less) if row.title == "Cadence"] == ["gone"]


def test_two_analyses_of_one_person_are_compared_and_those_of_two_people_are_not(kept, program, runner):
    first = keep(kept, runner)
    person = kept.analyses.one(first).person.id
    second = keep(kept, moved_by(runner, "cadence_spm", 5.0), person=person, name="later.mp4")
    stranger = keep(kept, runner, name="other.mp4")

    page = shown(program, f"/analyses/{first}/compare/{second}")

    assert "more than both can be wrong" in page
    assert re.search(r"Cadence.*?\+5\.0", page, re.DOTALL)
    shown(program, f"/analyses/{first}/compare/{stranger}", 404)


# ---- analysed again ----


def test_analysed_again_with_other_options_keeps_the_first(kept, browser_at_home, runner):
    name = keep(kept, runner)

    answer = browser_at_home.post(
        f"/analyses/{name}/again", data={"speed_m_s": "3,2", "surface": "treadmill", "quality": "quick"}
    )

    assert answer.status_code == 303
    made = kept.analyses.one(answer.headers["location"].rsplit("/", 1)[1])
    assert made.settings == {
        "declared": {"surface": "treadmill", "speed_m_s": 3.2},
        "pose": {"quality": "quick"},
    }
    assert made.state is JobState.WAITING
    assert kept.jobs.of(made.id)[0].kind == "analyse"
    assert kept.analyses.one(name).state is JobState.DONE


@pytest.mark.parametrize("speed", ["fast", "300"])
def test_a_speed_nobody_runs_is_refused_before_a_job_is_made_of_it(kept, browser_at_home, runner, speed):
    name = keep(kept, runner)

    answer = browser_at_home.post(f"/analyses/{name}/again", data={"speed_m_s": speed})

    assert 400 <= answer.status_code < 500
    assert kept.jobs.waiting() == []


# ---- comments ----


def test_a_question_is_asked_answered_settled_and_deleted(kept, browser_at_home, runner):
    name = keep(kept, runner)
    say = f"/analyses/{name}/comments"

    browser_at_home.post(say, data={"text": "Is that my hand?", "frame": "12", "question": "yes"})
    (asked,) = kept.comments.of(name)
    browser_at_home.post(say, data={"text": "It is.", "reply_to": asked.id})
    settled = browser_at_home.post(f"{say}/{asked.id}/settle")
    (question, answer) = kept.comments.of(name)

    assert settled.headers["location"] == f"/analyses/{name}#thread"
    assert (question.frame, question.question, question.author) == (12, True, "Kim")
    assert question.settled is not None
    assert answer.reply_to == question.id

    browser_at_home.post(f"{say}/{question.id}/delete")

    assert [one.text for one in kept.comments.of(name)] == ["It is."]


def test_a_comment_is_not_reached_through_another_analysis(kept, browser_at_home, runner):
    first, second = keep(kept, runner), keep(kept, runner, name="other.mp4")
    comment = kept.comments.add(first, "Kim", "mine")

    answer = browser_at_home.post(f"/analyses/{second}/comments/{comment}/delete")

    assert answer.status_code == 404
    assert len(kept.comments.of(first)) == 1


def test_an_empty_comment_is_refused(kept, browser_at_home, runner):
    name = keep(kept, runner)

    assert 400 <= browser_at_home.post(f"/analyses/{name}/comments", data={"text": "  "}).status_code < 500


def test_a_page_that_puts_the_thread_in_place_gets_the_thread_alone(kept, browser_at_home, runner):
    name = keep(kept, runner)

    answer = browser_at_home.post(
        f"/analyses/{name}/comments", data={"text": "Well run"}, headers={"hx-request": "true"}
    )

    assert answer.text.lstrip().startswith('<section class="section thread"')
    assert "Well run" in answer.text


def test_answers_stand_below_what_they_answer(kept, runner):
    name = keep(kept, runner)
    first = kept.comments.add(name, "A", "one")
    kept.comments.add(name, "B", "two")
    kept.comments.add(name, "C", "to one", reply_to=first)

    assert [one.text for one in threaded(kept.comments.of(name))] == ["one", "to one", "two"]
