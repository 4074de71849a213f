from __future__ import annotations

import io
import zipfile

import pytest

from midstance.journal import UnknownIdError


def test_a_part_of_a_name_finds_the_person_in_small_letters_too(browser):
    text = browser.get("/people?text=weiSS").text + browser.get("/people?text=dorothea").text

    assert "Dorothea Weiß" in text
    assert "Amir Haddad" not in text


def test_the_list_says_last_pain_last_number_and_open_questions(browser):
    text = browser.get("/people?text=Mara").text

    assert "around the kneecap" in text
    assert "cm ahead" in text
    assert "1 open" in text


def test_a_person_who_is_added_is_the_one_the_pages_are_about(browser, store):
    form = {"name": " Nils Holm ", "height_cm": "181", "units": "miles", "sex": "male", "born_year": "1990"}

    answer = browser.send_form("/people", form, follow_redirects=True)

    person = store.people.find("Nils")[0].person
    assert (person.name, person.height_m, person.units, person.born_year) == (
        "Nils Holm",
        1.81,
        "miles",
        1990,
    )
    assert "shown on the pages" in answer.text
    assert "Nils Holm" in browser.get("/").text


@pytest.mark.parametrize(
    "form", [{"name": "  "}, {"name": "Nils", "height_cm": "17"}, {"name": "N", "units": "li"}]
)
def test_a_person_that_cannot_be_is_refused(browser, store, form):
    before = store.people.count()

    assert browser.send_form("/people", form).status_code == 422
    assert store.people.count() == before


def test_the_pages_turn_to_the_person_who_is_chosen(browser, store):
    bea = store.people.find("Bea")[0]

    browser.send_form("/people/choose", {"person_id": bea.id})

    assert browser.cookies["midstance_person"] == bea.id
    assert "Bea Collins, change person" in browser.get("/").text


def test_a_name_with_markup_in_it_is_shown_as_it_is(browser):
    browser.send_form("/people", {"name": "<b>Bo</b> & Co"})

    text = browser.get("/people").text

    assert "&lt;b&gt;Bo&lt;/b&gt; &amp; Co" in text
    assert "<b>Bo</b>" not in text


def test_a_person_is_deleted_only_when_the_name_is_typed(browser, store, runner):
    refused = browser.send_form(f"/people/{runner}/delete", {"typed": "Mara"})
    assert refused.status_code == 422
    assert store.people.one(runner).name == "Mara Lindqvist"

    browser.send_form(f"/people/{runner}/delete", {"typed": "Mara Lindqvist"})

    with pytest.raises(UnknownIdError):
        store.people.one(runner)
    assert browser.get("/").status_code == 200


def test_a_persons_page_shows_the_question_and_where_it_can_be_answered(browser, store, runner):
    analysis = store.analyses.latest(runner)

    text = browser.get(f"/people/{runner}").text

    assert "Is the trunk lean meant to be this small?" in text
    assert f'href="/analyses/{analysis.id}?frame=58"' in text


def test_everything_of_a_person_comes_out_as_a_zip_and_leaves_nothing_behind(browser, store):
    answer = browser.send_form("/settings/export", {"of": "person"})

    with zipfile.ZipFile(io.BytesIO(answer.content)) as content:
        texts = b"".join(
            content.read(name) for name in content.namelist() if name.endswith((".json", ".csv"))
        )
    assert b"kneecap" in texts
    assert b"Amir" not in texts
    assert list(store.files.glob("export-*")) == []


def test_everything_is_deleted_only_when_that_is_typed(browser, store):
    assert browser.send_form("/settings/delete", {"typed": "yes"}).status_code == 422
    assert store.people.count() > 1

    browser.send_form("/settings/delete", {"typed": "delete everything"})

    assert store.people.count() == 0
    assert browser.get("/").status_code == 200


def test_a_device_can_be_let_out(browser, store):
    store.accounts.redeem(store.accounts.new_code(), "iPhone")
    device = store.accounts.devices()[0]
    assert "iPhone" in browser.get("/settings").text

    browser.send_form("/settings/devices/end", {"device_id": device.id})

    assert store.accounts.devices() == []
