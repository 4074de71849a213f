from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from tests.unit.journal.samples import filled, outcome

from midstance.journal import UnknownIdError
from midstance.model import PainEntry, PainSite, TrainingRun, Tried

if TYPE_CHECKING:
    from pathlib import Path


def sheet(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8"))))


@pytest.fixture
def ann(store) -> tuple[str, str, str]:
    person, recording, analysis = filled(store, "Ann", filmed=datetime(2026, 5, 1, 7, 30, tzinfo=UTC))
    entry = PainEntry(
        date(2026, 5, 1), PainSite.KNEECAP, "left", during=3.5, onset_m=2400.0,
        tried=frozenset({Tried.ICE, Tried.REST}), swelling=False, note="=1+1",
    )  # fmt: skip
    store.pains.add(person, entry)
    east = timezone(timedelta(hours=2))
    store.runs.add(person, TrainingRun(datetime(2026, 5, 1, 9, tzinfo=east), 1800.0, 5012.5, effort=4.0))
    store.comments.add(analysis, "Physio", "Wie war's?\nGut?", frame=31, question=True)
    store.papers.put(person, "plan", {"week": 1})
    store.vault.folder(analysis).joinpath("steps.csv").write_text("index,side\n0,left\n")
    store.vault.folder(analysis).joinpath("analysis.json").write_text("{}")
    return person, recording, analysis


@pytest.fixture
def archive(store, ann, tmp_path):  # noqa: ARG001  # the store holds what ann did
    filled(store, "Bob")
    with zipfile.ZipFile(store.export(tmp_path / "out" / "all.zip")) as opened:
        yield opened


def test_every_table_is_there_with_units_in_its_columns(archive, ann):
    person, recording, analysis = ann

    (pain,) = sheet(archive, "pains")
    (run,) = sheet(archive, "runs")
    measures = sheet(archive, "measures")

    assert pain["person_id"] == person
    assert (pain["day"], pain["site"], pain["side"]) == ("2026-05-01", "kneecap", "left")
    assert (pain["pain_before_0_to_10"], pain["pain_during_0_to_10"], pain["onset_m"]) == (
        "",
        "3.5",
        "2400.0",
    )
    assert (pain["tried"], pain["swelling"]) == ("ice;rest", "no")
    assert (run["started_utc"], run["utc_offset_s"]) == ("2026-05-01T07:00:00Z", "7200.0")
    assert (run["duration_s"], run["distance_m"], run["effort_0_to_10"]) == ("1800.0", "5012.5", "4.0")
    assert [row["value"] for row in measures if row["analysis_id"] == analysis] == ["0.02", "0.03", "171.5"]
    assert measures[0]["filmed_utc"] == "2026-05-01T07:30:00Z"
    assert measures[0]["recording_id"] == recording
    assert (measures[0]["key"], measures[0]["unit"]) == ("hip_over_ankle_at_midstance_m", "m")
    assert [row["name"] for row in sheet(archive, "people")] == ["Ann", "Bob"]
    assert sheet(archive, "comments")[0]["text"] == "Wie war's?\nGut?"
    assert sheet(archive, "papers")[0]["payload"] == '{"week": 1}'


def test_a_note_that_a_table_program_would_run_is_made_harmless_and_kept_as_it_was_in_json(archive):
    everything = json.loads(archive.read("journal.json"))

    assert sheet(archive, "pains")[0]["note"] == "'=1+1"
    assert everything["pains"][0]["note"] == "=1+1"
    assert everything["pains"][0]["tried"] == ["ice", "rest"]
    assert everything["measures"][0]["by_definition"] == {"knee_bend": 0.01}
    assert len(everything["people"]) == 2


def test_originals_and_analyses_lie_in_folders_of_their_own(archive, ann):
    _, recording, analysis = ann

    assert archive.read(f"recordings/{recording}/run.mp4") == b"Ann"
    assert archive.read(f"analyses/{analysis}/steps.csv") == b"index,side\n0,left\n"
    assert json.loads(archive.read(f"analyses/{analysis}/analysis.json")) == outcome()
    assert sheet(archive, "recordings")[0]["file"] == f"recordings/{recording}/run.mp4"
    assert len(archive.namelist()) == len(set(archive.namelist()))
    assert archive.testzip() is None
    assert "units are part of the column names" in archive.read("README.txt").decode()


def test_the_export_of_one_person_has_nothing_of_others(store, ann, tmp_path):
    filled(store, "Bob")

    path: Path = store.export(tmp_path / "ann.zip", ann[0])

    with zipfile.ZipFile(path) as archive:
        assert [row["name"] for row in sheet(archive, "people")] == ["Ann"]
        assert {row["person_id"] for row in sheet(archive, "measures")} == {ann[0]}
        assert [name for name in archive.namelist() if archive.read(name).find(b"Bob") >= 0] == []
        assert "everything it remembers of Ann" in archive.read("README.txt").decode()


def test_no_secret_of_an_account_is_exported(store, ann, tmp_path):
    store.accounts.add("Ann", "long enough", "runner", ann[0])
    store.accounts.start_session(None, "phone")

    with zipfile.ZipFile(store.export(tmp_path / "all.zip")) as archive:
        texts = b"".join(archive.read(name) for name in archive.namelist())

    assert b"argon2" not in texts
    assert b"phone" not in texts


@pytest.mark.parametrize("name", ["../../etc/x", "a/b\\c:d.mp4", "...", "é\u202e.mp4", "x" * 300 + ".mp4"])
def test_no_name_of_a_file_leads_out_of_its_folder(store, tmp_path, name):
    _, recording, _ = filled(store)
    store.recordings.change(recording, name=name)

    with zipfile.ZipFile(store.export(tmp_path / "all.zip")) as archive:
        (path,) = [inside for inside in archive.namelist() if inside.startswith("recordings/")]

    folder, inner, file = path.split("/")
    assert (folder, inner) == ("recordings", recording)
    assert file.strip(". ")
    assert len(file) <= 100
    assert not set(file) & set('\\:"<>|?*\u202e')


def test_an_original_that_is_lost_is_named_and_the_rest_is_there(store, ann, tmp_path):
    store.vault.path(store.recordings.one(ann[1]).sha256).unlink()

    with zipfile.ZipFile(store.export(tmp_path / "all.zip")) as archive:
        assert f"recordings/{ann[1]}/run.mp4" in archive.read("README.txt").decode()
        assert sheet(archive, "pains")


def test_nobody_cannot_be_exported(store, tmp_path):
    with pytest.raises(UnknownIdError):
        store.export(tmp_path / "x.zip", "nobody-at-all")
    assert list(tmp_path.glob("*.zip")) == []
