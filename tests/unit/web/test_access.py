"""Who comes in: this machine, a phone with a code, somebody with an account."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.unit.web.house import opened, token_of

from midstance.model import PainEntry, PainSite, TrainingRun

PHONE = "192.168.7.9"
PASSWORD = "a few words in a row"  # noqa: S105  # of a test


@pytest.fixture
def lan(kept):
    """An app that is open to the network, and visitors who come from another machine."""
    with opened(kept, comes_from=PHONE, lan="http://192.168.7.1:8700") as house:
        yield house


@pytest.fixture
def club(kept):
    """An app with a coach, and a runner who is Ann."""
    with opened(kept) as house:
        house.ann, house.ben = house.add_person("Ann"), house.add_person("Ben")
        kept.accounts.add("coach", PASSWORD, "coach")
        kept.accounts.add("ann", PASSWORD, "runner", house.ann)
        house.app.state.accounts = True
        yield house


def logged_in(client, name, password=PASSWORD):
    token = client.post("/api/v1/session", json={"name": name, "password": password})
    assert token.status_code == 201, token.text
    client.headers["authorization"] = f"Bearer {token.json()['token']}"
    return client


def test_another_machine_sees_nothing_without_a_code(lan):
    lan.add_person("Secret Name")
    with lan.program() as phone:
        answers = [
            phone.get(path) for path in ("/", "/people", "/api/v1/people", "/recordings/x/video", "/film")
        ]
        answers.append(phone.put("/api/v1/uploads", params={"person_id": "x"}, content=b"x"))

    assert {answer.status_code for answer in answers} == {401}
    assert not any("Secret Name" in answer.text for answer in answers)
    assert "show the code" in answers[0].text


def test_a_phone_comes_in_by_a_code_and_may_then_upload(lan):
    person = lan.add_person()
    code = lan.store.accounts.new_code()
    with lan.browser() as phone:
        assert phone.get("/phone", params={"code": code}).status_code == 200
        entered = phone.post("/phone", data={"code": code})
        phone.headers["x-csrf-token"] = token_of(phone.get("/film"))
        sent = phone.put(
            "/api/v1/uploads", params={"person_id": person}, content=b"\0\0\0\x18ftypisom" + bytes(100)
        )

    assert (entered.status_code, entered.headers["location"]) == (303, "/film")
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert sent.status_code == 201


def test_looking_at_the_address_uses_up_no_code_and_using_it_does(lan):
    code = lan.store.accounts.new_code()
    with lan.browser() as phone:
        for _ in range(3):
            phone.get("/phone", params={"code": code})
        assert phone.post("/phone", data={"code": code}).status_code == 303
    with lan.browser() as other:
        assert other.post("/phone", data={"code": code}).status_code == 401


def test_codes_cannot_be_guessed(lan):
    with lan.browser() as phone:
        answers = [phone.post("/phone", data={"code": f"AAAA{n:04}"}).status_code for n in range(10)]

    assert answers == [401] * 8 + [429] * 2


def test_a_device_that_was_let_out_sees_nothing_more(lan):
    token = lan.store.accounts.start_session(None, "iPhone")
    with lan.program(authorization=f"Bearer {token}") as phone:
        assert phone.get("/api/v1/people").status_code == 200
        lan.store.accounts.end_device(lan.store.accounts.devices()[0].id)
        assert phone.get("/api/v1/people").status_code == 401


def test_the_code_is_shown_as_a_picture_without_inline_style(kept):
    with opened(kept, lan="http://192.168.7.1:8700") as house, house.program() as client:
        made = client.post("/api/v1/devices/codes").json()

    assert made["address"] == f"http://192.168.7.1:8700/phone?code={made['code']}"
    assert made["picture_svg"].startswith("<svg")
    assert "style" not in made["picture_svg"]


def test_without_lan_there_is_no_code(program):
    answer = program.post("/api/v1/devices/codes")

    assert answer.status_code == 409
    assert "--lan" in answer.json()["remedy"]


def test_this_machine_needs_no_code(program):
    assert program.get("/api/v1/visitor").json() == {
        "name": "this machine",
        "role": "coach",
        "person_id": None,
        "local": True,
    }


def test_with_accounts_everybody_logs_in(club):
    with club.program() as client:
        page, call = client.get("/people"), client.get("/api/v1/people")

    assert (page.status_code, page.headers["location"]) == (303, "/login?next=/people")
    assert call.status_code == 401


def test_a_device_with_a_code_alone_does_not_pass_the_accounts(club):
    token = club.store.accounts.start_session(None, "iPhone")
    with club.program(authorization=f"Bearer {token}") as phone:
        assert phone.get("/api/v1/people").status_code == 401


@pytest.mark.parametrize(
    "where", ["/people", "//evil.example", "/\\evil.example", "http://evil.example", "/a\r\nb"]
)
def test_logging_in_leads_to_a_page_of_this_server(club, where):
    with club.browser() as client:
        answer = client.post("/login", data={"name": "COACH", "password": PASSWORD, "next": where})

    assert answer.status_code == 303
    assert answer.headers["location"] == (where if where == "/people" else "/")


def test_logging_in_changes_the_token_and_logging_out_ends_it(club):
    with club.browser() as client:
        client.post("/login", data={"name": "coach", "password": PASSWORD})
        old = client.headers["x-csrf-token"]
        new = token_of(client.get("/people"))
        assert old != new
        assert client.post("/people", data={"name": "Cy"}).status_code == 403
        client.headers["x-csrf-token"] = new
        client.post("/logout")
        assert client.get("/people").status_code == 303


def test_passwords_cannot_be_guessed(club):
    with club.program() as client:
        tries = [
            client.post("/api/v1/session", json={"name": "coach", "password": f"wrong {n}"}).status_code
            for n in range(9)
        ]
        right = client.post("/api/v1/session", json={"name": "coach", "password": PASSWORD})

    assert tries == [401] * 8 + [429]
    assert right.status_code == 429
    assert int(right.headers["retry-after"]) > 200


def own_and_others(club):
    """Return every address about a person, for Ann and for Ben."""
    made = {}
    for name, person in (("ann", club.ann), ("ben", club.ben)):
        stored = club.store.vault.receive([b"\0\0\0\x18ftypisom" + name.encode()])
        recording = club.store.recordings.add(person, stored.sha256, "a.mp4", size=stored.size)
        analysis = club.store.analyses.add(recording)
        job = club.store.jobs.add("analyse", {"analysis_id": analysis})
        pain = club.store.pains.add(person, PainEntry(date(2026, 7, 1), PainSite.KNEECAP, "left", during=3.0))
        paper = club.store.papers.put(person, "plan", {"weeks": []})
        made[name] = [
            f"/people/{person}",
            f"/recordings/{recording}",
            f"/recordings/{recording}/video",
            f"/api/v1/people/{person}",
            f"/api/v1/people/{person}/recordings",
            f"/api/v1/people/{person}/pains",
            f"/api/v1/people/{person}/export",
            f"/api/v1/recordings/{recording}",
            f"/api/v1/analyses/{analysis}",
            f"/api/v1/analyses/{analysis}/comments",
            f"/api/v1/jobs/{job}",
            f"/api/v1/people/{person}/pains/{pain}",
            f"/api/v1/people/{person}/papers/{paper}",
            f"/analyses/{analysis}",
        ]
    return made


def test_a_runner_sees_only_what_is_about_that_runner(club):
    addresses = own_and_others(club)
    with club.program() as client:
        logged_in(client, "ann")
        own = {path: client.get(path).status_code for path in addresses["ann"]}
        others = {path: client.get(path).status_code for path in addresses["ben"]}

    assert set(own.values()) == {200}, own
    assert set(others.values()) == {404}, others


def test_a_runner_changes_nothing_of_another_one_through_the_pages(club):
    pain = club.store.pains.add(club.ben, PainEntry(date(2026, 7, 1), PainSite.KNEECAP, "left", during=3.0))
    run, _ = club.store.runs.add(club.ben, TrainingRun(datetime(2026, 7, 1, tzinfo=UTC), duration_s=60.0))
    stored = club.store.vault.receive([b"x"])
    own, other = (club.store.recordings.add(p, stored.sha256, "a", size=1) for p in (club.ann, club.ben))
    mine, theirs = club.store.analyses.add(own), club.store.analyses.add(other)
    with club.program() as client:
        logged_in(client, "ann")
        statuses = [
            client.post(f"/diary/pain/{pain}/delete").status_code,
            client.post(f"/diary/run/{run}/delete").status_code,
            client.post(f"/recordings/{other}/delete").status_code,
            client.post(f"/people/{club.ben}/delete", data={"typed": "Ben"}).status_code,
            client.get(f"/analyses/{mine}/compare/{theirs}").status_code,
        ]

    assert statuses == [404] * 5
    assert len(club.store.pains.of(club.ben)) == len(club.store.runs.of(club.ben)) == 1


def test_a_runner_whose_person_is_gone_sees_nobody_else(club):
    club.store.accounts.add("eve", PASSWORD, "runner")
    with club.program() as client:
        logged_in(client, "eve")
        client.cookies.set("midstance_person", club.ben)
        pages = {
            path: client.get(path) for path in ("/", "/film", "/diary", "/trends", "/settings", "/people")
        }

    assert not any("Ben" in page.text or "Ann" in page.text for page in pages.values())


def test_a_coach_sees_everybody(club):
    addresses = own_and_others(club)
    with club.program() as client:
        logged_in(client, "coach")
        seen = {path: client.get(path).status_code for paths in addresses.values() for path in paths}

    assert set(seen.values()) == {200}, seen


def test_a_runner_puts_nothing_into_another_ones_store(club):
    with club.program() as client:
        logged_in(client, "ann")
        mp4 = b"\0\0\0\x18ftypisom" + bytes(64)
        sent = client.put("/api/v1/uploads", params={"person_id": club.ben}, content=mp4)
        form = client.post("/uploads", data={"person_id": club.ben}, files={"file": ("a.mp4", mp4)})
        chosen = client.post("/people/choose", data={"person_id": club.ben})
        shown = client.get("/diary")

    assert (sent.status_code, form.status_code) == (404, 404)
    assert chosen.status_code in {303, 403, 404}
    assert "Ben" not in shown.text
    assert club.store.recordings.of(club.ben) == []


FOR_COACHES = (
    ("GET", "/api/v1/people"),
    ("POST", "/api/v1/people"),
    ("GET", "/api/v1/accounts"),
    ("POST", "/api/v1/accounts"),
    ("GET", "/api/v1/devices"),
    ("GET", "/api/v1/everything"),
    ("GET", "/api/v1/everything/export"),
    ("DELETE", "/api/v1/everything?sure=delete everything"),
    ("GET", "/api/v1/jobs"),
    ("GET", "/settings/delete"),
    ("POST", "/settings/delete"),
)


def test_what_concerns_everybody_is_for_a_coach(club):
    with club.program() as client:
        logged_in(client, "ann")
        answers = {
            (method, path): client.request(method, path, json={"name": "x"} if method == "POST" else None)
            for method, path in FOR_COACHES
        }

    assert {asked: answer.status_code for asked, answer in answers.items()} == dict.fromkeys(FOR_COACHES, 403)
    assert club.store.people.count() == 2


def test_a_runner_makes_no_person(club):
    with club.program() as client:
        logged_in(client, "ann")
        client.post("/people", data={"name": "Eve"})

    assert club.store.people.count() == 2


def test_the_first_account_is_made_at_this_machine_by_whoever_comes_first(kept):
    with opened(kept, accounts=True) as house, house.browser() as client, house.browser() as other:
        assert client.get("/").status_code == 303
        entered = client.post("/login", data={"name": "Coach", "password": PASSWORD})
        again = other.post("/login", data={"name": "Other", "password": PASSWORD})

    assert entered.status_code == 303
    assert again.status_code == 401
    assert [account.role for account in kept.accounts.all()] == ["coach"]


def test_the_first_account_is_made_by_no_other_machine(kept):
    with (
        opened(kept, accounts=True, comes_from=PHONE, lan="http://192.168.7.1:1") as house,
        house.browser() as client,
    ):
        assert client.post("/login", data={"name": "Coach", "password": PASSWORD}).status_code == 401

    assert kept.accounts.count() == 0


def test_the_first_account_cannot_be_a_runners(program, house):
    answer = program.post(
        "/api/v1/accounts", json={"name": "ann", "password": PASSWORD, "person_id": house.add_person()}
    )

    assert answer.status_code == 422
    assert house.store.accounts.count() == 0


def test_from_the_first_account_on_everybody_logs_in_until_the_last_is_removed(program):
    made = program.post("/api/v1/accounts", json={"name": "c", "password": PASSWORD, "role": "coach"}).json()
    assert program.get("/api/v1/people").status_code == 401
    logged_in(program, "c")
    assert program.delete(f"/api/v1/accounts/{made['id']}").status_code == 204
    del program.headers["authorization"]

    assert program.get("/api/v1/people").status_code == 200


def test_the_last_coach_cannot_be_removed_while_there_are_runners(club):
    coach = next(account.id for account in club.store.accounts.all() if account.role == "coach")
    with club.program() as client:
        logged_in(client, "coach")

        assert client.delete(f"/api/v1/accounts/{coach}").status_code == 409


def test_the_name_of_a_device_is_what_its_browser_says(lan):
    code = lan.store.accounts.new_code()
    with lan.browser(**{"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)"}) as phone:
        phone.post("/phone", data={"code": code})

    assert [device.device for device in lan.store.accounts.devices()] == ["iPhone"]
