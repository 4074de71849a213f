from __future__ import annotations

from datetime import UTC, datetime

import pytest

from midstance.errors import DataError, InputError
from midstance.formats import read_training_run

GPX = """<?xml version="1.0"?>
<gpx version="1.1" creator="A watch" xmlns="http://www.topografix.com/GPX/1/1" xmlns:e="urn:e"><trk><trkseg>
{points}
</trkseg></trk></gpx>"""
POINT = """<trkpt lat="{lat:.6f}" lon="10.0"><ele>{ele}</ele>
<time>2026-05-01T06:00:{s:02d}Z</time>
<extensions><e:TrackPointExtension><e:hr>140</e:hr><e:cad>84</e:cad></e:TrackPointExtension></extensions></trkpt>"""
TCX = """<?xml version="1.0"?>
<TrainingCenterDatabase xmlns="urn:training"><Activities>
<Activity Sport="{sport}"><Id>2026-05-01T06:00:00Z</Id>
<Lap StartTime="2026-05-01T06:00:00Z"><TotalTimeSeconds>600</TotalTimeSeconds>
<DistanceMeters>2000</DistanceMeters>
<Track><Trackpoint><Time>2026-05-01T06:00:00Z</Time><AltitudeMeters>100</AltitudeMeters>
<DistanceMeters>0</DistanceMeters>
<HeartRateBpm><Value>130</Value></HeartRateBpm><Extensions><TPX><RunCadence>82</RunCadence></TPX></Extensions></Trackpoint>
<Trackpoint><Time>2026-05-01T06:05:00Z</Time><AltitudeMeters>120.5</AltitudeMeters>
<HeartRateBpm><Value>150</Value></HeartRateBpm><Extensions><TPX><RunCadence>84</RunCadence></TPX></Extensions></Trackpoint>
<Trackpoint><Time>2026-05-01T06:09:00Z</Time><AltitudeMeters>110.5</AltitudeMeters></Trackpoint></Track></Lap>
<Lap StartTime="2026-05-01T06:10:00Z"><TotalTimeSeconds>300</TotalTimeSeconds>
<DistanceMeters>1000</DistanceMeters></Lap>
</Activity></Activities></TrainingCenterDatabase>"""


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def track(count=11):
    # a thousandth of a degree of latitude is 111 m; 10 s apart would be fast, so a tenth of it
    points = [POINT.format(lat=50 + 0.00003 * i, ele=100 + i, s=i) for i in range(count)]
    return GPX.format(points="\n".join(points))


def test_a_gpx_track_gives_time_distance_climb_and_both_feet(tmp_path):
    run, doubts = read_training_run(written(tmp_path, "a.gpx", track()))

    assert run.started == datetime(2026, 5, 1, 6, tzinfo=UTC)
    assert run.duration_s == pytest.approx(10)
    assert run.distance_m == pytest.approx(33.4, rel=0.01)
    assert run.cadence_spm == 168
    assert run.heart_rate_bpm == 140
    assert run.descent_m == 0
    assert "satellite" in doubts[0]


def test_a_tcx_file_adds_up_its_laps_and_not_the_points_of_its_track(tmp_path):
    run, doubts = read_training_run(written(tmp_path, "a.tcx", TCX.format(sport="Running")))

    assert (run.duration_s, run.distance_m) == (900, 3000)
    assert (run.climb_m, run.descent_m) == (20.5, 10.0)
    assert run.cadence_spm == 166
    assert run.heart_rate_bpm == 140
    assert doubts == ()


def test_a_ride_is_not_a_run(tmp_path):
    with pytest.raises(DataError, match="holds biking, not running"):
        read_training_run(written(tmp_path, "a.tcx", TCX.format(sport="Biking")))


def test_a_route_without_times_is_refused(tmp_path):
    text = track().replace("<time>", "<desc>").replace("</time>", "</desc>")

    with pytest.raises(InputError, match="no track with times"):
        read_training_run(written(tmp_path, "a.gpx", text))


def test_entities_are_refused_before_they_expand(tmp_path):
    bomb = '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaa">]>' + track().split("?>", 1)[1]

    with pytest.raises(InputError, match="declarations that no watch writes"):
        read_training_run(written(tmp_path, "a.gpx", bomb))


def test_half_a_file_says_where_it_breaks(tmp_path):
    with pytest.raises(InputError, match="not whole XML"):
        read_training_run(written(tmp_path, "a.gpx", track()[:400]))


def test_another_file_is_refused_by_its_content_whatever_its_name(tmp_path):
    with pytest.raises(InputError, match="not a FIT, TCX or GPX"):
        read_training_run(written(tmp_path, "a.fit", "nothing of the kind, but long enough"))


def test_a_fit_file_gives_running_dynamics_in_si_units(recordings):
    run, doubts = read_training_run(recordings / "lab" / "watch" / "activity-small-fenix2-run.fit")

    assert run.started == datetime(2015, 8, 15, 14, 45, 8, tzinfo=UTC)
    assert (run.distance_m, run.duration_s) == (9008.22, 2832.0)
    assert (run.climb_m, run.descent_m) == (64, 61)
    assert run.contact_time_s == pytest.approx(0.252)
    assert run.vertical_oscillation_m == pytest.approx(0.1062)
    assert run.cadence_spm == 162
    assert run.device == "garmin fenix2"
    assert doubts == ()


def test_parts_of_a_stride_count_into_the_cadence(recordings):
    run, _ = read_training_run(recordings / "lab" / "watch" / "garmin-fenix-5-run.fit")

    assert run.cadence_spm == pytest.approx(2 * 83.671875)


@pytest.mark.parametrize(
    ("name", "doubt"),
    [("activity-filecrc.fit", "check sum"), ("activity-unexpected-eof.fit", "ends before its time")],
)
def test_a_damaged_fit_file_gives_what_it_holds_and_says_so(recordings, name, doubt):
    run, doubts = read_training_run(recordings / "lab" / "watch" / name)

    assert run.distance_m == 5.73
    assert any(doubt in said for said in doubts)


def test_a_fit_file_cut_before_its_sums_is_added_up_from_its_records(recordings, tmp_path):
    whole = (recordings / "lab" / "watch" / "activity-small-fenix2-run.fit").read_bytes()
    (tmp_path / "cut.fit").write_bytes(whole[: len(whole) // 2])
    run, doubts = read_training_run(tmp_path / "cut.fit")

    assert run.distance_m is not None
    assert 3000 < run.distance_m < 6000
    assert run.cadence_spm == pytest.approx(162, abs=6)
    assert any("ends before its time" in said for said in doubts)


def test_a_dive_is_not_a_run(recordings):
    with pytest.raises(DataError, match="swimming, not running"):
        read_training_run(recordings / "lab" / "watch" / "garmin-fr935-cr.fit")
