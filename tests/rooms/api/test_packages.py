"""Packages for programs: listed, read, resolved without an account; applied for, divided, sent item by item."""

from __future__ import annotations

import json

import pytest

from tests.builders import walk
from tests.rooms.api.test_problems import problem
from yimen.catalog.choices import PackageDocument
from yimen.catalog.commands.packaging import release_package
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story

CODE = "disability-services"
ANSWERS = {"has_cert": "否", "low_income": "是", "severe": "否"}


@pytest.fixture
def package(town):
    rows = json.loads((walk.CATALOGUE / "packages.json").read_text("utf-8"))
    document = PackageDocument.model_validate(next(row for row in rows if row["code"] == CODE))
    for slug in document.slugs:
        town.release(slug)
    return release_package(document, by=walk.SYSTEM, at=walk.FOUNDED)


@pytest.fixture
def begun(program, town, package):
    one = town.citizen
    given = {"document": one.document, "number": one.number, "name": one.name}
    answer = program("citizen").post("package-applications", {"package": CODE, "subject": given, "situation": ANSWERS})
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_anybody_reads_a_package_and_resolves_it(program, package):
    listed = program().get("packages").json()["items"]
    shown = program().get(f"packages/{CODE}").json()
    found = program().post(f"packages/{CODE}/resolve", {"answers": ANSWERS}).json()

    assert [each["code"] for each in listed] == [CODE]
    assert [each["name"] for each in shown["document"]["questions"]] == list(ANSWERS)
    assert [each["item"] for each in found["members"]] == [
        "disability-certificate", "disability-subsidies", "social-security-card",
    ]  # fmt: skip
    assert found["working_days"] <= found["one_by_one"]
    assert {each["key"] for each in found["materials"] if each["given"]}
    assert all(each["members"] for each in found["fields"])


def test_open_questions_are_named(program, package):
    answer = program().post(f"packages/{CODE}/resolve", {"answers": {"has_cert": "否"}})

    told = problem(answer, 422, "invalid")
    assert [each["field"] for each in told["errors"]] == ["low_income", "severe"]
    problem(program().get("packages/nothing"), 404, "no_such_package")


def test_one_application_is_filled_in_and_divided(program, begun):
    citizen, path = program("citizen"), f"package-applications/{begun['number']}"
    names = {each["label"]: each["name"] for each in begun["fields"]}

    kept = citizen.put(f"{path}/answers", {"answers": {names["申请人手机号码"]: "13800009999", "nothing": 1}}).json()
    problem(citizen.post(f"{path}/submit"), 422, "incomplete")
    divided = citizen.post(f"{path}/divide").json()

    assert kept["answers"][names["申请人手机号码"]] == "13800009999"
    assert [each["code"] for each in kept["errors"]] == ["unknown_field"]
    numbers = {each["item"]: each["application"] for each in divided["parts"]}
    assert numbers["disability-subsidies"] == ""
    own = citizen.get(f"applications/{numbers['disability-certificate']}").json()
    assert own["answers"]["applicant_phone"] == "13800009999"


def test_it_says_of_every_material_how_it_is_met_and_where_from(program, begun, town):
    citizen, path = program("citizen"), f"package-applications/{begun['number']}"
    found = {each["key"]: each for each in citizen.get(path).json()["materials"]}

    form = found["disability_certificate_m01"]
    assert (form["way"], form["met"], form["items"]) == (
        "form", True, [{"item": "disability-certificate", "way": "form", "met": True}],
    )  # fmt: skip
    wanted = next(each for each in found.values() if each["way"] == "upload" and not each["met"])
    assert wanted["why"]
    assert wanted["key"] in {each["key"] for each in citizen.get(path).json()["missing"]}
    given = next(each for each in found.values() if each["given"])
    assert (given["way"], given["items"]) == ("given", [])
    again = citizen.post(f"{path}/materials/{wanted['key']}", {"presented": "earlier"})
    problem(again, 409, "no_such_earlier_paper")


def test_a_clerk_s_look_at_it_is_written_down(program, town, package):
    one = town.citizen
    given = {"document": one.document, "number": one.number, "name": one.name}
    body = {"package": CODE, "subject": given, "situation": ANSWERS, "channel": "window"}
    number = program("clerk").post("package-applications", body).json()["number"]

    program("clerk").get(f"package-applications/{number}")

    looks = [each for each in story(subject_chain(one.pk)) if each.verb == "look"]
    assert looks[-1].ground == "查看申请"


def test_others_find_nothing(program, begun):
    path = f"package-applications/{begun['number']}"
    for who, status in (("owner", 404), ("clerk", 404), ("", 401)):
        assert program(who).get(path).status_code == status
        assert program(who).put(f"{path}/answers", {"answers": {}}).status_code == status
        assert program(who).post(f"{path}/divide").status_code == status
        assert program(who).delete(path).status_code == status


def test_a_draft_is_given_up(program, begun):
    path = f"package-applications/{begun['number']}"

    assert program("citizen").delete(path).status_code == 204
    problem(program("citizen").get(path), 404, "no_such_application")
