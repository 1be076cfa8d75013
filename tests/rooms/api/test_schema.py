"""The schema, its page, and the doors as the house's tests see them."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import get_resolver

from yimen.api import api

CONTRACT = {
    "get": {
        "/api/v1/items", "/api/v1/items/{slug}", "/api/v1/applications/{number}", "/api/v1/cases",
        "/api/v1/cases/{number}", "/api/v1/cases/{number}/timeline", "/api/v1/cases/{number}/papers",
        "/api/v1/public/cases/{number}", "/api/v1/public/due", "/api/v1/cards", "/api/v1/me",
    },
    "put": {"/api/v1/applications/{number}/answers"},
    "post": {
        "/api/v1/applications", "/api/v1/applications/{number}/materials/{key}", "/api/v1/applications/{number}/submit",
        *(f"/api/v1/cases/{{number}}/{verb}" for verb in (
            "accept", "ask-supplement", "supplement", "refuse", "not-needed", "opine", "pause", "resume", "extend",
            "decide", "issue", "deliver", "withdraw", "void", "forward",
        )),
    },
}  # fmt: skip


@pytest.mark.parametrize("method", CONTRACT)
def test_every_operation_of_the_contract_is_there(method):
    known = {path for path, methods in api.document()["paths"].items() if method in methods}

    assert CONTRACT[method] <= known


def test_the_schema_is_openapi_3_1_and_answers_with_problems(client):
    answer = client.get("/api/v1/openapi.json")

    document = json.loads(answer.content)
    assert document["openapi"].startswith("3.1")
    for methods in document["paths"].values():
        for operation in methods.values():
            assert "application/problem+json" in operation["responses"]["404"]["content"]
            assert operation["summary"]
            assert operation["tags"]


def test_every_post_takes_a_key(client):
    for path, methods in api.document()["paths"].items():
        if "post" in methods:
            assert [each["name"] for each in methods["post"]["parameters"]][-1] == "Idempotency-Key", path


def test_all_references_of_the_schema_lead_somewhere():
    document = api.document()
    names = {part.rsplit("/", 1)[1] for part in _references(document)}

    assert names <= set(document["components"]["schemas"])


def test_the_page_for_people_lists_every_operation_and_needs_nothing_from_elsewhere(client, db):
    page = client.get("/api/v1/docs").content.decode()

    for path, methods in api.document()["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in page
            assert operation["summary"] in page
    assert "idempotency_conflict" in page
    assert "<script>" not in page
    assert "style=" not in page
    assert "//cdn" not in page


def test_every_door_of_the_api_bears_a_guard():
    unguarded = [pattern for pattern in _patterns() if not hasattr(pattern.callback, "yimen_guard")]

    assert unguarded == []


def test_only_what_is_meant_for_everybody_is_public():
    public = {str(pattern.pattern) for pattern in _patterns() if pattern.callback.yimen_guard == "public"}

    assert public == {
        "^(?P<rest>.*)$",
        "consultations",
        "consultations/<int:number>",
        "docs",
        "fields",
        "fields/<code>",
        "items",
        "items/<slug>",
        "items/<slug>/editions",
        "items/<slug>/editions/<int:version>",
        "items/<slug>/editions/<int:version>/difference",
        "items/<slug>/form",
        "items/facets",
        "lists",
        "lists/<code>",
        "lists/<code>/<quarter>",
        "lists/<code>/<quarter>/changes",
        "openapi.json",
        "packages",
        "packages/<code>",
        "packages/<code>/resolve",
        "problems/<slug:code>",
        "public/cases/<number>",
        "public/licence-checks",
        "public/licence-kinds",
        "public/licence-kinds/<code>",
        "public/licences/<code>",
        "public/due",
        "public/revoked-keys",
        "schemas/item",
        "schemas/package",
        "search",
    }


def test_the_guards_are_true(db):
    """A door that says signed_in lets nobody in without a name."""
    for path, methods in api.document()["paths"].items():
        for method, operation in methods.items():
            counted = [
                each["name"] for each in operation.get("parameters", ()) if each["schema"].get("type") == "integer"
            ]
            asked = path
            for name in counted:
                asked = asked.replace(f"{{{name}}}", "1")
            answer = Client().generic(method.upper(), asked, content_type="application/json")
            assert (answer.status_code == 401) == ("security" in operation), (method, path)


def _patterns(within=None):
    for pattern in (within or get_resolver("yimen.api")).url_patterns:
        yield from _patterns(pattern) if hasattr(pattern, "url_patterns") else [pattern]


def _references(value):
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)
