"""HTTP's own manners: HEAD and OPTIONS, kinds of bodies and answers, and what is said when something breaks."""

from __future__ import annotations

import json

import pytest
from django.db import OperationalError
from django.test import Client

from tests.builders import walk
from tests.rooms.api.test_problems import problem


@pytest.fixture
def quiet(program):
    """quiet("owner"): a program whose client hands on what broke instead of raising it."""

    def of(username):
        known = program(username)
        known.client = Client(raise_request_exception=False)
        return known

    return of


def headers(known, **more):
    return {"Authorization": f"Bearer {known.token}"} | {name.replace("_", "-"): each for name, each in more.items()}


@pytest.mark.parametrize("path", ["items", "me", "cases", "openapi.json", "docs"])
def test_head_answers_as_get_without_a_body(program, edition, path):
    owner = program("owner")

    got, head = owner.get(path), owner.call("HEAD", path)

    assert head.status_code == got.status_code == 200
    assert head.content == b""
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert head.headers["Content-Length"] == str(len(got.content))


def test_head_of_a_file_and_of_what_is_not_there(program, town, clock, edition):
    owner, case = program("owner"), walk.received(town, edition, at=clock.at)
    paper = owner.get(f"cases/{case.number}/papers").json()["items"][0]["number"]

    head = owner.call("HEAD", f"papers/{paper}/pdf")

    assert (head.status_code, head.headers["Content-Type"], head.getvalue()) == (200, "application/pdf", b"")
    assert (owner.call("HEAD", "cases/1").status_code, owner.call("HEAD", "nothing").status_code) == (404, 404)


def test_head_only_where_there_is_something_to_get(program):
    answer = program("owner").call("HEAD", "cases/1/accept")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS, POST")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("items", "GET, HEAD, OPTIONS"),
        ("applications", "GET, HEAD, OPTIONS, POST"),
        ("applications/1", "DELETE, GET, HEAD, OPTIONS"),
        ("cases/1/accept", "OPTIONS, POST"),
        ("openapi.json", "GET, HEAD, OPTIONS"),
    ],
)
def test_options_names_the_methods(program, db, path, allowed):
    answer = program().call("OPTIONS", path)

    assert (answer.status_code, answer.headers["Allow"], answer.content) == (204, allowed, b"")


def test_the_schema_and_its_page_are_only_read(program):
    for path in ("openapi.json", "docs", "problems/invalid"):
        problem(program("owner").call("POST", path), 405, "wrong_method")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "image/png", "x"])
@pytest.mark.parametrize("key", ["", "k-1"])
def test_a_body_of_another_kind_is_refused_before_it_is_read(program, edition, firm, kind, key):
    owner, body = program("owner"), json.dumps({"item": edition.item.slug, "subject": firm})
    keyed = {"Idempotency_Key": key} if key else {}

    answer = Client().post("/api/v1/applications", body, content_type=kind, headers=headers(owner, **keyed))

    assert "application/json" in problem(answer, 415, "unknown_kind")["detail"]


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "application/vnd.city+json", "application/x-www-form-urlencoded", ""]
)
def test_json_may_come_under_its_other_names(program, edition, firm, kind):
    owner, body = program("owner"), json.dumps({"item": edition.item.slug, "subject": firm})

    answer = Client().generic("POST", "/api/v1/applications", body, content_type=kind, headers=headers(owner))

    assert answer.status_code == 201, answer.content


def test_a_real_form_is_no_json(program, edition):
    answer = Client().post(
        "/api/v1/applications", "item=x&channel=web", content_type="application/x-www-form-urlencoded",
        headers=headers(program("owner")),
    )  # fmt: skip

    problem(answer, 415, "unknown_kind")


def test_an_answer_of_another_kind_is_not_to_be_had(program, town, clock, edition):
    owner, case = program("owner"), walk.received(town, edition, at=clock.at)
    paper = owner.get(f"cases/{case.number}/papers").json()["items"][0]["number"]

    def status(path, accept):
        return Client().get(f"/api/v1/{path}", headers=headers(owner, Accept=accept)).status_code

    problem(Client().get("/api/v1/items", headers={"Accept": "application/xml"}), 406, "wrong_accept")
    assert {status("cases", accept) for accept in ("", "*/*", "application/*", "text/html, */*;q=0.1")} == {200}
    assert (status(f"papers/{paper}/pdf", "application/pdf"), status(f"papers/{paper}/pdf", "text/html")) == (200, 406)
    assert (status("docs", "text/html"), status("openapi.json", "application/openapi+json")) == (200, 200)


def test_what_breaks_in_a_view_is_a_problem_without_its_trace(quiet, town, edition, firm, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("yimen.applications.api.catalog.current", broken)

    answer = quiet("owner").post("applications", {"item": edition.item.slug, "subject": firm}, key="k-1")

    problem(answer, 500, "internal_error")
    assert b"secret" not in answer.content
    assert "a secret of the house" in caplog.text


def test_what_breaks_before_the_view_is_a_problem_too(quiet, town, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("the server closed the connection")

    owner = quiet("owner")
    monkeypatch.setattr("yimen.ui.middleware.ChosenLanguage.__call__", gone)

    problem(owner.get("me"), 500, "internal_error")
    assert "text/html" in Client(raise_request_exception=False).get("/").headers["Content-Type"]


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v2/items", "/api/v1", "/api/v1/%ff"])
def test_any_address_below_api_is_answered_with_a_problem(db, path):
    problem(Client().get(path), 404, "no_such_route")


def test_an_unknown_host_is_a_problem(db):
    problem(Client().get("/api/v1/items", headers={"Host": "elsewhere.example"}), 400, "bad_request")


def test_the_page_for_people_speaks_the_language_of_the_site(db):
    english = Client()
    english.cookies["django_language"] = "en"

    page, answer = english.get("/api/v1/docs"), english.get("/api/v1/items", {"cursor": "x"})

    assert (page.headers["Content-Language"], "Contents of the API" in page.content.decode()) == ("en", True)
    assert (answer.headers["Content-Language"], problem(answer, 422, "invalid")["code"]) == ("zh-hans", "invalid")
