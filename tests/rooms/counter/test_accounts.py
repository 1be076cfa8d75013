"""Who can't sign up by themselves gets an account at the window, by a clerk who has compared card and person."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import authenticate

from tests.builders import identity, jobs
from tests.builders.desk import statuses, text
from yimen.counter.access import note_for
from yimen.identity.choices import Assurance
from yimen.identity.queries import account_at_window, user_of
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db

SHOWN = re.compile(r'class="slip__password">([a-z2-9-]{14})<')
COMPARED = {"compared": "on"}
RESET = COMPARED | {"reset": "1"}


@pytest.fixture
def desk(visit, town, at):
    """desk(person): the page of their account, in the clerk's browser."""

    def page(person, who="clerk"):
        return visit(who), f"/desk/counter/visitor/{note_for(person.pk, town.act(who, at))}/account/"

    return page


def test_an_account_is_opened_for_somebody_the_city_knows(desk, town):
    person = identity.person("温淑珍")
    clerk, path = desk(person)

    unseen = clerk.post(path, {"phone": "13900001111"})
    answer = clerk.post(path, COMPARED | {"phone": "13900001111"})

    assert (unseen.status_code, answer.status_code) == (422, 200)
    assert "请先核对证件原件" in text(unseen)
    (password,) = SHOWN.findall(text(answer))
    assert person.number not in text(answer)
    assert "no-store" in answer["Cache-Control"]
    user = user_of(person.pk)
    assert authenticate(None, username=person.number, password=password) == user
    assert authenticate(None, username="13900001111", password=password) == user
    person.refresh_from_db()
    assert person.assurance == Assurance.CHECKED
    told = {line.verb: line.by["name"] for line in story(subject_chain(person.pk))}
    assert told["account_opened"] == told["identity_confirmed"] == town.users["clerk"].name
    assert password not in text(clerk.get(path))


def test_a_second_click_or_a_second_clerk_opens_no_second_account(desk):
    person = identity.person("温淑珍")
    clerk, path = desk(person)
    other, same = desk(person, "clerk2")

    assert clerk.post(path, COMPARED).status_code == 200
    first = account_at_window(person.pk).password
    late = other.post(same, COMPARED)

    assert late.status_code == 409
    assert "此人已有账号" in text(late)
    assert "重置密码" in text(late)
    assert account_at_window(person.pk).password == first


def test_a_forgotten_password_is_given_anew_at_the_window(desk):
    user = identity.citizen("温淑珍")
    clerk, path = desk(user.subject)

    answer = clerk.post(path, RESET)

    (password,) = SHOWN.findall(text(answer))
    assert authenticate(None, username=user.subject.number, password=password) == user
    assert authenticate(None, username=user.subject.number, password=identity.PASSWORD) is None
    assert [title for title, _ in jobs.told(user.subject)] == ["密码已在窗口重置"]


def test_but_not_a_colleague_s(desk, town):
    colleague = identity.citizen("温淑珍")
    identity.hold(colleague, identity.make_post("reviewer"))
    clerk, path = desk(colleague.subject)

    answer = clerk.post(path, RESET)

    assert answer.status_code == 403
    assert "由系统管理员重置" in text(answer)
    assert authenticate(None, username=colleague.username, password=identity.PASSWORD) == colleague


def test_a_foreign_document_needs_a_phone(desk):
    from yimen.identity.choices import Document
    from yimen.identity.commands import register_subject

    guest = register_subject(
        document=Document.PASSPORT, number="E12345678", name="ANNA MÜLLER", by=identity.SYSTEM, at=identity.AT
    )
    clerk, path = desk(guest)

    without, with_phone = clerk.post(path, COMPARED), clerk.post(path, COMPARED | {"phone": "13900002222"})

    assert (without.status_code, with_phone.status_code) == (422, 200)
    assert "请登记手机号码" in text(without)
    assert account_at_window(guest.pk).name == "ANNA MÜLLER"


def test_a_firm_has_no_account_of_its_own(desk, town):
    clerk, path = desk(town.firm)

    answer = clerk.post(path, COMPARED)

    assert answer.status_code == 422
    assert "不另设账号" in text(answer)
    assert account_at_window(town.firm.pk) is None


def test_it_is_for_clerks(visit, desk):
    person = identity.person("温淑珍")
    _, path = desk(person)

    assert statuses(visit, path, "clerk", "clerk2", "reviewer", "citizen", "") == {
        "clerk": 200, "clerk2": 404, "reviewer": 403, "citizen": 403, "nobody": 302,
    }  # fmt: skip


def test_a_known_number_is_enough_an_unknown_one_asks_for_the_name(visit, town, at):
    person, clerk = identity.person("温淑珍"), visit("clerk")
    scanned = {"document": "citizen_id", "number": person.number, "name": ""}

    known = clerk.post("/desk/counter/", scanned)
    unknown = clerk.post("/desk/counter/", scanned | {"number": identity.citizen_number(888)})
    wrong = clerk.post("/desk/counter/", scanned | {"number": "44140219000101"})

    assert "温淑珍" in text(clerk.get(known.url))
    assert (unknown.status_code, wrong.status_code) == (422, 422)
    assert "请按证件填写姓名" in text(unknown)
    assert [line.verb for line in story(subject_chain(person.pk))][-1] == "look"


def test_a_name_is_corrected_with_its_reason_also_on_the_account(desk, town):
    user = identity.citizen("温淑真")
    clerk, path = desk(user.subject)
    path = path.replace("account/", "name/")

    without = clerk.post(path, {"name": "温淑珍", "reason": ""})
    done = clerk.post(path, {"name": "温淑珍", "reason": "核对身份证原件，登记时写错"})

    assert (without.status_code, done.status_code) == (422, 302)
    user.refresh_from_db()
    user.subject.refresh_from_db()
    assert (user.name, user.subject.name) == ("温淑珍", "温淑珍")
    entry = [line for line in story(subject_chain(user.subject_id)) if line.verb == "name_corrected"]
    assert [line.ground for line in entry] == ["核对身份证原件，登记时写错"]
    assert desk(user.subject, "clerk2")[0].get(path).status_code == 404
