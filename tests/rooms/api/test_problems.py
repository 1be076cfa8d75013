"""Every "no" is a problem+json with a stable code and a Chinese sentence."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.builders import walk
from tests.builders.identity import citizen_number


def problem(response, status, code):
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    body = response.json()
    assert (body["status"], body["code"]) == (status, code)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in body["detail"])
    return body


def test_a_missing_token_and_a_wrong_one_are_told_apart(program, db):
    from tests.rooms.api.conftest import Program

    missing = program().get("cases")
    problem(missing, 401, "sign_in_needed")
    assert missing.headers["WWW-Authenticate"] == "Bearer"
    leads_to = problem(Program("no-such-token").get("cases"), 401, "bad_token")["type"]
    assert Client().get(leads_to).url == "/api/v1/docs#codes"
    problem(Program("no-such-token").get("items"), 401, "bad_token")


@pytest.mark.parametrize("path", ["", "nothing", "cases/1/2/3", "items/", "applications/1/materials/m01/x"])
def test_an_unknown_address_is_a_problem(program, path):
    problem(program("citizen").get(path), 404, "no_such_route")


@pytest.mark.parametrize(
    ("method", "path"), [("DELETE", "cases"), ("POST", "items"), ("PUT", "cases/1/accept"), ("PATCH", "me")]
)
def test_a_wrong_method_names_the_right_ones(program, method, path):
    answer = program("citizen").call(method, path, {})

    problem(answer, 405, "wrong_method")
    assert answer.headers["Allow"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe\x00",
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a": "\\u0000"}',
        b'{"a": "\\ud800"}',
        b"[" * 50_000,
        b'{"a": ' + b"[" * 900 + b"]" * 900 + b"}",
    ],
)
def test_what_is_no_storable_json_is_refused(program, town, body):
    token = program("citizen").token

    answer = Client().post(
        "/api/v1/applications", body, content_type="application/json", headers={"Authorization": f"Bearer {token}"}
    )

    problem(answer, 400, "malformed_body")


@pytest.mark.parametrize("body", [[], "x", 1, None])
def test_json_that_is_no_object_is_refused(program, body):
    answer = program("citizen").post("applications", body)

    assert problem(answer, 422, "invalid")["errors"][0]["field"] == "body"


def test_errors_name_the_place_in_chinese(program):
    answer = program("citizen").post(
        "applications", {"item": 1, "subject": {"document": "x", "name": ""}, "channel": "fax"}
    )

    errors = {each["field"]: (each["code"], each["message"]) for each in problem(answer, 422, "invalid")["errors"]}
    assert errors["item"] == ("not_text", "应为文字。")
    assert errors["subject.number"] == ("missing", "缺少这一项。")
    assert errors["subject.name"] == ("too_short", "不能少于 1 个字。")
    assert errors["channel"][0] == "not_a_choice"
    assert all(
        not any("a" <= letter <= "z" for letter in message)
        for code, message in errors.values()
        if code != "not_a_choice"
    )


def test_where_several_types_are_allowed_the_field_is_named_once(program, edition, firm):
    body = {"item": edition.item.slug, "subject": firm, "situation": {"a": {"b": 1}}}

    errors = problem(program("owner").post("applications", body), 422, "invalid")["errors"]

    assert [(each["field"], each["code"]) for each in errors] == [("situation.a", "not_text")]


def test_a_wrong_citizen_number_is_named(program, edition):
    body = {
        "item": edition.item.slug,
        "subject": {"document": "citizen_id", "number": "441402190503120019", "name": "陈小明"},
    }

    errors = problem(program("citizen").post("applications", body), 422, "bad_number")["errors"]

    assert [each["field"] for each in errors] == ["subject.number"]


def test_one_may_not_apply_for_a_stranger_nor_learn_whether_they_are_known(program, town, edition):
    unknown = {"document": "citizen_id", "number": citizen_number(), "name": "陈小明"}
    known = {"document": "citizen_id", "number": town.owner.number, "name": town.owner.name}
    misnamed = {"document": "citizen_id", "number": town.citizen.number, "name": "陈大明"}

    answers = [
        program("citizen").post("applications", {"item": edition.item.slug, "subject": subject})
        for subject in (unknown, known, misnamed)
    ]

    bodies = [problem(each, 403, "not_yours") for each in answers]
    assert bodies[0] == bodies[1] == bodies[2]


def test_window_and_post_are_channels_of_clerks(program, edition, firm):
    body = {"item": edition.item.slug, "subject": firm, "channel": "window"}

    problem(program("owner").post("applications", body), 403, "channel_not_yours")


def test_a_clerk_is_told_when_a_name_differs(program, edition, firm):
    body = {"item": edition.item.slug, "subject": firm | {"name": "别的名字"}, "channel": "window"}

    problem(program("clerk").post("applications", body), 422, "name_differs")


def test_an_item_for_firms_is_not_for_people(program, town):
    edition = town.release("food-business-licence", subjects=["企业法人"])
    body = {
        "item": edition.item.slug,
        "subject": {"document": "citizen_id", "number": town.citizen.number, "name": town.citizen.name},
    }

    problem(program("citizen").post("applications", body), 422, "wrong_subject")


@pytest.mark.parametrize("cursor", ["x", "bm9uc2Vuc2U", "WyJhIl0", "W251bGxd", "W1tdXQ", "WzFlOTk5XQ", "WzEsMl0", "中"])
def test_a_cursor_of_another_make_is_refused(program, cursor):
    problem(program("clerk").get("cases", cursor=cursor), 422, "invalid")


@pytest.mark.parametrize(
    "query", [{"state": "nonsense"}, {"due_before": "tomorrow"}, {"size": "0"}, {"mine": "perhaps"}]
)
def test_a_wrong_filter_is_named(program, query):
    errors = problem(program("clerk").get("cases", **query), 422, "invalid")["errors"]

    assert [each["field"] for each in errors] == list(query)


def test_characters_that_no_database_keeps_are_refused(program):
    problem(program("clerk").get("cases", item="a\0b"), 400, "bad_characters")
    problem(program("clerk").call("GET", "cases/%00"), 400, "bad_characters")


def test_too_much_is_refused_before_it_is_read(program, edition, firm):
    owner = program("owner")
    answer = Client().generic(
        "POST", "/api/v1/applications", b"x", content_type="application/json",
        headers={"Authorization": f"Bearer {owner.token}"}, CONTENT_LENGTH=str(10**9),
    )  # fmt: skip
    problem(answer, 413, "too_large")
    big = '{"item": "' + "x" * 6_000_000 + '"}'
    answer = Client().post(
        "/api/v1/applications", big, content_type="application/json", headers={"Authorization": f"Bearer {owner.token}"}
    )
    problem(answer, 413, "too_large")


def test_a_broken_form_is_refused(program, edition, firm):
    owner = program("owner")
    number = owner.post("applications", {"item": edition.item.slug, "subject": firm}).json()["number"]
    headers = {"Authorization": f"Bearer {owner.token}"}
    path = f"/api/v1/applications/{number}/materials/{edition.doc.materials[0].key}"

    no_boundary = Client().generic("POST", path, b"abc", content_type="multipart/form-data", headers=headers)
    no_file = Client().post(path, {"note": "没有文件"}, headers=headers)
    no_material = Client().post(path + "x", {"note": "没有这项"}, headers=headers)

    problem(no_boundary, 400, "malformed_body")
    assert problem(no_file, 422, "invalid")["errors"][0]["code"] == "file_missing"
    problem(no_material, 404, "no_such_material")


def test_a_session_without_its_csrf_token_changes_nothing(town, program, edition, firm):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(town.users["owner"])

    assert browser.get("/api/v1/me").json()["username"] == "owner"
    answer = browser.post(
        "/api/v1/applications", {"item": edition.item.slug, "subject": firm}, content_type="application/json"
    )

    problem(answer, 403, "csrf_failed")


def test_a_session_with_its_csrf_token_may(town, edition, firm):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(town.users["owner"])
    browser.cookies["csrftoken"] = token = "a" * 32

    answer = browser.post(
        "/api/v1/applications", {"item": edition.item.slug, "subject": firm}, content_type="application/json",
        headers={"X-CSRFToken": token},
    )  # fmt: skip

    assert answer.status_code == 201, answer.content


def test_a_supplement_names_materials_as_materials_fields_as_fields_and_each_once(program, town, edition, clock):
    case = walk.received(town, edition, at=clock.at)
    key, name = edition.doc.materials[0].key, edition.doc.form_fields[0].name

    def ask(**body):
        return program("clerk").post(f"cases/{case.number}/ask-supplement", body)

    problem(ask(materials=[{"key": name, "reason": "看不清楚"}]), 409, "not_on_list")
    problem(ask(fields=[{"name": key, "reason": "看不清楚"}]), 409, "not_on_list")
    problem(ask(materials=[{"key": key, "reason": "看不清楚"}, {"key": key, "reason": "还缺一页"}]), 409, "asked_twice")
    assert ask(materials=[{"key": key, "reason": "看不清楚"}]).json()["state"] == "supplement"
