"""A POST with an Idempotency-Key has its effect once."""

from __future__ import annotations

import io

import pytest

from tests.builders import walk
from tests.rooms.api.test_problems import problem
from yimen.applications.models import Application, Document
from yimen.ledger.models import Answer


def test_the_same_request_gets_the_same_answer_and_has_one_effect(program, edition, firm):
    owner, body = program("owner"), {"item": edition.item.slug, "subject": firm}

    first, second = (owner.post("applications", body, key="k-1") for _ in range(2))
    other_order = owner.post("applications", dict(reversed(body.items())), key="k-1")

    assert (first.status_code, second.status_code, other_order.status_code) == (201, 201, 201)
    assert first.content == second.content == other_order.content
    assert second.headers["Idempotent-Replayed"] == "true"
    assert Application.objects.count() == 1


def test_the_same_key_for_another_request_is_a_conflict(program, edition, firm):
    owner, body = program("owner"), {"item": edition.item.slug, "subject": firm}
    owner.post("applications", body, key="k-1")

    problem(owner.post("applications", body | {"channel": "phone"}, key="k-1"), 409, "idempotency_conflict")
    problem(owner.post("cases/1/accept", {}, key="k-1"), 409, "idempotency_conflict")


def test_keys_of_different_people_don_t_meet(program, town, edition, firm):
    body = {"item": edition.item.slug, "subject": firm}
    program("owner").post("applications", body, key="k-1")

    assert program("clerk").post("applications", body | {"channel": "window"}, key="k-1").status_code == 201


def test_a_refused_request_leaves_no_trace_of_its_key(program, edition, firm):
    owner = program("owner")
    number = owner.post("applications", {"item": edition.item.slug, "subject": firm}).json()["number"]

    first, second = (owner.post(f"applications/{number}/submit", key="k-2") for _ in range(2))

    assert (first.status_code, second.status_code) == (422, 422)
    assert first.content == second.content
    assert not Answer.objects.filter(key="k-2").exists()


def test_an_upload_that_is_sent_again_is_kept_once(program, edition, firm):
    owner = program("owner")
    number = owner.post("applications", {"item": edition.item.slug, "subject": firm}).json()["number"]
    path = f"applications/{number}/materials/{edition.doc.materials[0].key}"

    def send(content):
        upload = io.BytesIO(content)
        upload.name = "a.pdf"
        return owner.upload(path, {"file": upload}, key="k-3")

    first, second, other = send(walk.PDF), send(walk.PDF), send(walk.PDF + b"\n")

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    problem(other, 409, "idempotency_conflict")
    assert Document.objects.filter(material=edition.doc.materials[0].key, presented="upload").count() == 1


@pytest.mark.parametrize("key", ["", " ", "键", "x" * 201])
def test_a_key_that_is_no_key_is_refused(program, edition, firm, key):
    problem(program("owner").post("applications", {}, key=key), 400, "bad_idempotency_key")


def test_what_is_kept_is_sealed(program, edition, firm):
    program("owner").post("applications", {"item": edition.item.slug, "subject": firm}, key="k-1")

    assert firm["number"].encode() not in bytes(Answer.objects.get().body)
