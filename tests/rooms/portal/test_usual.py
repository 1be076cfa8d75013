"""常用信息 in my space: seen, typed, corrected, deleted, switched off; a firm's by its representative."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.rooms.portal.test_reuse import begin, file, item, read

URL = "/my/usual/"


def test_what_was_written_is_listed_with_since_when_and_from_which_application(visit, town):
    filed = file(town, item(town), employer="梅江中学")

    page = read(visit("citizen"), URL)

    assert "梅江中学" in page
    assert "办理“小事项”时填写 · 2026年2月2日" in page
    assert f"/cases/{filed.number}/" in page
    assert "只用于同一事项" in page, "consent was not asked yet"


def test_one_types_corrects_and_deletes_and_the_next_form_follows(visit, town):
    item(town)
    citizen = visit("citizen")
    edit = f"{URL}person.employer/"

    assert citizen.post(edit, {"value": "岭东医院"}, follow=True).status_code == 200
    assert "在这里填写" in read(citizen, URL)
    draft = begin(citizen, town)
    assert draft.answers["employer"] == "岭东医院"
    assert "您的常用信息" in read(citizen, f"/apply/{draft.number}/form/1/")

    assert "岭东医院" in read(citizen, edit), "it is corrected from what it says"
    assert "删除“工作单位”？" in read(citizen, f"{edit}forget/")
    citizen.post(f"{edit}forget/")
    assert "岭东医院" not in read(citizen, URL)


def test_a_field_to_keep_is_found_by_its_name_and_asked_as_a_form_would(visit, town):
    citizen = visit("citizen")

    found = read(citizen, f"{URL}add/?q=代办人")
    assert f"{URL}agent.phone/" in found
    wrong = citizen.post(f"{URL}agent.phone/", {"value": "12"})
    assert wrong.status_code == 422
    assert 'value="12"' in wrong.content.decode(), "what was typed is not lost"


def test_an_address_is_chosen_by_division_with_scripts_and_without(visit, town):
    citizen = visit("citizen")
    edit = f"{URL}person.residence_address/"

    script = read(citizen, f"{edit}?field=value&value__county=441402")
    button = citizen.post(edit, {"value__county": "441402", "refresh": "value"}).content.decode()

    for page in (script, button):
        assert '<option value="441402" selected' in page
        assert '<option value="441402' in page.split('name="value__town"')[1].split("</select>")[0]
    assert "__county" in script.split("data-divisions")[1]


def test_sensitive_values_are_masked_in_the_list_and_whole_where_one_corrects_them(visit, town):
    citizen = visit("citizen")
    citizen.post(f"{URL}bank.account/", {"value": "6222020200112233445"})

    page = read(citizen, URL)
    assert "银行账号" in page
    assert "6222020200112233445" not in page
    assert "6222020200112233445" in read(citizen, f"{URL}bank.account/")


def test_everything_is_deleted_and_remembering_switched_off(visit, town):
    edition = item(town)
    file(town, edition, employer="梅江中学")
    citizen = visit("citizen")

    assert "已关掉" in citizen.post(f"{URL}switch/", {"say": "off"}, follow=True).content.decode()
    assert "employer" not in begin(citizen, town).answers
    citizen.post(f"{URL}switch/", {"say": "on"})
    citizen.post(f"{URL}forget/")

    page = read(citizen, URL)
    assert "梅江中学" not in page
    assert "已打开" in page


def test_a_firms_is_kept_by_who_represents_it_and_hidden_from_others(visit, town):
    owner, of = visit("owner"), f"?of={town.firm.pk}"
    owner.post(f"{URL}premises.name/{of}", {"value": "江畔小馆"})

    assert "江畔小馆" in read(owner, f"{URL}{of}")
    assert "江畔小馆" not in read(owner, URL)
    for who in ("citizen", "clerk", "admin"):
        assert visit(who).get(f"{URL}{of}").status_code == 404


@pytest.mark.parametrize("path", ["person.name/", "no.such_thing/", "org.contact_name/"])
def test_what_is_not_kept_has_no_page(visit, town, path):
    assert visit("citizen").get(f"{URL}{path}").status_code == 404


@pytest.fixture
def call(town):
    """call("owner", "put", path, body)."""

    def asked(who, verb, path, body=None):
        client = Client()
        client.force_login(town.users[who])
        more = {"data": body, "content_type": "application/json"} if body is not None else {}
        return getattr(client, verb)(f"/api/v1/usual-information{path}", **more)

    return asked


def test_programs_see_keep_delete_and_switch(town, call):
    who = {"document": "citizen_id", "number": town.citizen.number}
    query = f"?{urlencode(who)}"

    kept = call("citizen", "put", "/person.employer", {**who, "value": "梅江中学"})
    assert kept.status_code == 200, kept.content
    row = next(each for each in kept.json()["items"] if each["element"] == "person.employer")
    assert (row["value"], row["way"], row["everywhere"]) == ("梅江中学", "typed", True)
    assert call("citizen", "put", "", {**who, "on": False}).json()["on"] is False
    assert call("citizen", "get", query).json()["on"] is False

    gone = call("citizen", "delete", f"/person.employer{query}").json()
    assert "person.employer" not in {each["element"] for each in gone["items"]}
    assert {each["element"] for each in call("citizen", "delete", query).json()["items"]} == {"person.phone"}


@pytest.mark.parametrize("who", ["owner", "clerk", "chief", "admin"])
def test_programs_of_others_learn_nothing(town, call, who):
    for number in (town.citizen.number, "110101199003070126"):
        refused = call(who, "get", f"?{urlencode({'document': 'citizen_id', 'number': number})}")
        assert (refused.status_code, refused.json()["code"]) == (403, "may_not_keep")
