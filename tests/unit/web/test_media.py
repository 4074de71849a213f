"""Videos in ranges, and the files of an analysis that are known by name."""

from __future__ import annotations

import pytest

CONTENT = b"\0\0\0\x18ftypisom" + bytes(range(256)) * 40


@pytest.fixture
def recording(house):
    stored = house.store.vault.receive([CONTENT])
    return house.store.recordings.add(
        house.add_person(),
        stored.sha256,
        'a"\r\n.mp4',
        size=stored.size,
        facts={"media_type": "video/mp4", "format": "mp4"},
    )


@pytest.fixture
def analysis(house, recording):
    return house.store.analyses.add(recording)


def test_a_video_is_played_in_ranges(program, recording):
    path = f"/recordings/{recording}/video"
    part = program.get(path, headers={"range": "bytes=10-19"})

    assert program.get(path).content == CONTENT
    assert (part.status_code, part.content) == (206, CONTENT[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(CONTENT)}"
    assert part.headers["content-type"] == "video/mp4"
    assert program.get(path, headers={"range": "bytes=99999999-"}).status_code == 416


def test_the_copy_for_browsers_is_played_where_there_is_one(program, house, recording):
    (house.store.vault.folder(recording) / "proxy.mp4").write_bytes(b"copy")

    assert program.get(f"/recordings/{recording}/video").content == b"copy"
    assert program.get(f"/recordings/{recording}/original").content == CONTENT


def test_an_original_is_saved_under_a_name_that_breaks_no_header(program, recording):
    answer = program.get(f"/recordings/{recording}/original")

    assert answer.headers["content-disposition"].startswith("attachment; filename")
    assert "\r" not in answer.headers["content-disposition"]
    assert answer.headers["content-type"] == "application/octet-stream"


def test_a_laboratorys_file_is_no_video(program, house):
    stored = house.store.vault.receive([b"\x02P\0\0"])
    lab = house.store.recordings.add(house.add_person(), stored.sha256, "a.c3d", kind="lab", size=4)

    assert program.get(f"/recordings/{lab}/video").status_code == 404


def test_what_is_said_of_a_file_cannot_make_it_a_page(program, house, recording):
    house.store.recordings.set_facts(recording, {"media_type": "text/html"})

    assert program.get(f"/recordings/{recording}/video").headers["content-type"] == "video/mp4"


def test_a_report_is_shown_sealed(program, house, analysis):
    (house.store.vault.folder(analysis) / "report.html").write_text("<style>p{}</style><script>1</script>")
    answer = program.get(f"/analyses/{analysis}/files/report.html")
    policy = answer.headers["content-security-policy"]

    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy
    assert answer.headers["content-disposition"].startswith("inline")


def test_tables_are_saved_not_shown(program, house, analysis):
    (house.store.vault.folder(analysis) / "steps.csv").write_text("step\n")
    answer = program.get(f"/analyses/{analysis}/files/steps.csv")

    assert answer.headers["content-disposition"] == 'attachment; filename="steps.csv"'


@pytest.mark.parametrize("name", ["sighting.npz", "secret.txt", "report.html.bak", ".report.html"])
def test_a_file_that_is_not_on_the_list_is_not_given_out(program, house, analysis, name):
    folder = house.store.vault.folder(analysis)
    (folder / name).write_text("treasure")
    answer = program.get(f"/analyses/{analysis}/files/{name}")

    assert answer.status_code == 404
    assert "treasure" not in answer.text


def test_a_file_that_is_not_made_yet_is_told_so(program, analysis):
    answer = program.get(f"/analyses/{analysis}/files/report.html")

    assert answer.status_code == 404
    assert "yet" in answer.text


def test_built_files_are_kept_for_ever_by_their_content_alone(program):
    plain = program.get("/static/app.css")
    if plain.status_code == 404:
        pytest.skip("the pages are not built; run `make pages`")

    assert plain.headers["cache-control"] == "private, no-cache"
    assert "immutable" in program.get("/static/app.css?v=1").headers["cache-control"]
