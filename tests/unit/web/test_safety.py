"""Each rule that keeps strangers out, tried as a stranger would."""

from __future__ import annotations

import pytest
from tests.unit.web.house import opened, token_of

from midstance.web.safety.hosts import host_name

PERSON = {"name": "Ann"}


def names(house):
    return [row.person.name for row in house.store.people.find()]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("127.0.0.1:8700", "127.0.0.1"),
        ("LocalHost", "localhost"),
        ("[::1]:8700", "[::1]"),
        ("[::1]", "[::1]"),
        ("evil.example:80@127.0.0.1", ""),
        ("127.0.0.1:evil", ""),
        ("a/b", ""),
        ("", ""),
    ],
)
def test_the_name_of_a_host_is_read_without_its_port(header, name):
    assert host_name(header) == name


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8700", "127.0.0.1.evil.example", "192.0.2.7", ""]
)
def test_a_name_this_server_does_not_go_by_is_not_answered(program, house, host):
    house.add_person("Secret Name")
    answer = program.get("/api/v1/people", headers={"host": host})

    assert answer.status_code == 421
    assert "Secret Name" not in answer.text


def test_a_page_for_an_unknown_host_says_what_to_do_and_no_name(program, house):
    house.add_person("Secret Name")
    answer = program.get("/", headers={"host": "evil.example"})

    assert answer.status_code == 421
    assert "the address that" in answer.text
    assert "Secret Name" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8700", "[::1]:8700"])
def test_the_names_of_this_machine_are_answered(program, host):
    assert program.get("/api/v1/people", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "marks",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "https://{host}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_sites_page_changes_nothing(program, house, marks):
    host = house.address.removeprefix("http://")
    sent = {name: value.format(host=host) for name, value in marks.items()}
    answer = program.post("/api/v1/people", json=PERSON, headers=sent)

    assert answer.status_code == 403
    assert names(house) == []


@pytest.mark.parametrize("dest", ["image", "video", "script", "iframe", "empty"])
def test_another_site_embeds_nothing(program, dest):
    marks = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": dest}

    assert program.get("/", headers=marks).status_code == 403


def test_another_site_may_link_here(program):
    marks = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}

    assert program.get("/film", headers=marks).status_code == 200


def test_a_browser_changes_nothing_without_the_token_of_its_visit(browser_at_home, house):
    del browser_at_home.headers["x-csrf-token"]
    answer = browser_at_home.post("/api/v1/people", json=PERSON)

    assert answer.status_code == 403
    assert "too old" in answer.json()["title"]
    assert names(house) == []


def test_a_token_of_another_visit_is_refused(browser_at_home, house):
    with house.browser() as other:
        browser_at_home.headers["x-csrf-token"] = other.headers["x-csrf-token"]

    assert browser_at_home.post("/api/v1/people", json=PERSON).status_code == 403


@pytest.mark.parametrize("mark", ["cookie", "origin", "sec-fetch-site"])
def test_whatever_a_browser_adds_by_itself_makes_the_token_needed(program, house, mark):
    own = {"cookie": "a=b", "origin": house.address, "sec-fetch-site": "same-origin"}

    assert program.post("/api/v1/people", json=PERSON, headers={mark: own[mark]}).status_code == 403


def test_the_token_is_taken_from_header_field_and_address(browser_at_home, house):
    token = browser_at_home.headers.pop("x-csrf-token")
    form = {"name": "Ann"}
    ways = [
        browser_at_home.post("/people", data=form, headers={"x-csrf-token": token}),
        browser_at_home.post("/people", data={**form, "csrf": token}),
        browser_at_home.post("/people", params={"csrf": token}, data=form),
    ]

    assert [answer.status_code for answer in ways] == [303, 303, 303]
    assert names(house) == ["Ann", "Ann", "Ann"]


def test_a_form_with_files_carries_the_token_before_them(browser_at_home):
    token = browser_at_home.headers.pop("x-csrf-token")
    gpx = {"files": ("run.gpx", b"<gpx></gpx>")}
    browser_at_home.post("/people", params={"csrf": token}, data={"name": "Ann"})

    assert browser_at_home.post("/diary/runs", files=gpx).status_code == 403
    assert browser_at_home.post("/diary/runs", data={"csrf": token}, files=gpx).status_code == 200


def test_a_script_needs_no_token(program, house):
    assert program.post("/api/v1/people", json=PERSON).status_code == 201
    assert names(house) == ["Ann"]


@pytest.mark.parametrize(
    "path", ["/", "/film", "/api", "/api/v1/people", "/nowhere", "/api/v1/people/x", "/static/no.css"]
)
def test_every_answer_says_what_a_browser_may_do_with_it(program, path):
    headers = program.get(path).headers

    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers or headers["server"] == "uvicorn"


def test_cookies_are_read_by_no_script_and_sent_along_by_no_other_site(program):
    given = program.get("/").headers.get_list("set-cookie")

    assert given
    assert all("HttpOnly" in one and "SameSite=Strict" in one for one in given)


def test_what_nobody_foresaw_is_answered_with_headers_and_without_insides(house, program, monkeypatch):
    def broken(*_args, **_options):
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(type(house.store.people), "find", broken)
    answer = program.get("/api/v1/people")

    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["remedy"]


def test_a_body_longer_than_any_form_is_refused(program, house):
    endless = (b"a" * 65536 for _ in range(1000))
    answer = program.post("/api/v1/people", content=endless, headers={"content-type": "application/json"})

    assert answer.status_code == 413
    assert names(house) == []


def test_no_page_runs_an_inline_script_or_style(program, house):
    house.add_person()
    for path in ("/", "/film", "/diary", "/trends", "/people", "/settings", "/api", "/login", "/phone"):
        page = program.get(path).text
        assert "<script>" not in page, path
        assert " style=" not in page, path
        assert " onclick=" not in page, path


def test_no_path_of_a_request_reaches_the_file_system(program, house):
    (house.store.files / "secret").write_text("treasure")
    for path in (
        "/static/../secret",
        "/static/%2e%2e/%2e%2e/journal/store.py",
        "/static/..%2f..%2fapp.py",
        "/recordings/..%2f..%2fsecret/video",
        "/analyses/%2e%2e/files/secret",
        "/analyses/x/files/..%2f..%2fjournal.sqlite",
        "/api/v1/recordings/..%2f..",
    ):
        answer = program.get(path)
        assert answer.status_code in {404, 422}, path
        assert "treasure" not in answer.text, path


def test_the_page_of_the_api_names_every_path_without_a_network(program):
    paths = program.get("/api/openapi.json").json()["paths"]
    page = program.get("/api").text

    assert all(path in page for path in paths)
    assert "http://" not in page
    assert "https://" not in page


def test_a_token_in_a_page_changes_with_the_visit(house):
    with house.program() as one, house.program() as other:
        first, again, second = (token_of(c.get("/")) for c in (one, one, other))

    assert first == again
    assert first != second


def test_more_names_can_be_given_to_the_server(kept):
    with opened(kept, hosts=["lab.example"]) as house, house.program(host="lab.example") as client:
        assert client.get("/api/v1/people").status_code == 200
