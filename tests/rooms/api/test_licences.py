"""Licences for programs: checked in numbers, used from a case only, and whatever is refused is written down."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.builders import walk
from yimen.vault import commands, queries
from yimen.vault.choices import UseKind
from yimen.vault.models import LicenceUse

NUMBER = walk.FIRM_CODE
NOBODY = ""


@pytest.fixture
def licence(town, edition, clock):
    kind = queries.kind_named("business_licence")
    facts = {"name": town.firm.name, "uscc": NUMBER, "address": "江南路 1 号"}
    made = commands.take_in(
        kind, holder=town.firm, fields=facts, agency=town.agency, number=NUMBER, by=walk.SYSTEM, at=walk.FOUNDED
    )
    return queries.usable(made.pk)


@pytest.fixture
def case(town, edition, licence, clock):
    return walk.received(town, edition, at=clock.at)


def kinds(licence):
    return list(LicenceUse.objects.filter(licence=licence).order_by("id").values_list("kind", flat=True))


def test_anybody_checks_one_and_a_batch_is_answered_in_its_order(program, licence):
    ask = program(NOBODY)

    one = ask.get(f"public/licences/{licence.token}").json()
    batch = ask.post("public/licence-checks", {"codes": ["no-such-code", licence.token, licence.token]}).json()

    assert (one["valid"], one["standing"], one["kind"]) == (True, "valid", "营业执照")
    assert [each["standing"] for each in batch["items"]] == ["unknown", "valid", "valid"]
    assert set(batch["items"][0]) == set(one), "the answer's shape does not tell whether there is such a licence"


def test_a_person_is_masked_for_programs_too(program, town, licence):
    kind = queries.kind_named("business_licence")
    mine = commands.take_in(
        kind, holder=town.citizen, fields={"name": town.citizen.name}, agency=town.agency, number="441402190001011234",
        by=walk.SYSTEM, at=walk.FOUNDED,
    )  # fmt: skip

    told = program(NOBODY).get(f"public/licences/{mine.token}").json()

    assert town.citizen.name not in str(told)
    assert "441402190001011234" not in str(told)
    assert told["identifier"] == ""


@pytest.mark.parametrize(
    "codes", [[], [""], ["x"] * 101, ["x" * 65], "x", None, [None], [1], [{"code": "x"}], ["\x00"]]
)
def test_hostile_batches_are_answered_and_nothing_breaks(program, codes):
    answer = program(NOBODY).post("public/licence-checks", {"codes": codes})

    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("code", ["短", "%F0%9F%98%80", "a" * 5000, "..%2F..", "'; drop table", "-" * 30])
def test_codes_of_any_kind_are_just_not_known(program, code):
    assert program(NOBODY).get(f"public/licences/{code}").status_code in (200, 404)


def test_batches_count_each_of_their_codes(program, licence, settings):
    settings.YIMEN_CHECKS_PER_MINUTE = 150
    ask = program(NOBODY)
    codes = {"codes": [licence.token] * 100}

    assert ask.post("public/licence-checks", codes).status_code == 200
    refused = ask.post("public/licence-checks", codes)

    assert refused.status_code == 429
    assert refused.json()["code"] == "too_often"
    assert refused.headers["Retry-After"] == "60"


def test_a_presenting_code_is_for_one_account(program, licence, town):
    made = program("owner").post(f"licences/{licence.pk}/presenting-codes", {}).json()
    first, second = program("clerk"), program("stranger")

    told = first.post(f"licences/presented/{made['code']}/check", {})
    again = first.post(f"licences/presented/{made['code'].lower()}/check", {})
    other = second.post(f"licences/presented/{made['code']}/check", {})

    assert (told.status_code, again.status_code) == (200, 200)
    assert told.json()["valid"] is True
    assert (other.status_code, other.json()["code"]) == (409, "code_used")
    assert kinds(licence) == [UseKind.PRESENTED, UseKind.CHECKED, UseKind.ATTEMPTED]
    assert program(NOBODY).post(f"licences/presented/{made['code']}/check", {}).status_code == 401


def test_codes_that_nobody_was_shown_and_those_that_ran_out_are_answered_alike(program, licence, clock):
    made = program("owner").post(f"licences/{licence.pk}/presenting-codes", {}).json()
    clock.at = clock.at.replace(minute=5)
    ask = program("clerk")

    old = ask.post(f"licences/presented/{made['code']}/check", {})
    forged = ask.post("licences/presented/2222222222/check", {})

    assert (old.status_code, old.json()["code"]) == (forged.status_code, forged.json()["code"]) == (404, "code_ran_out")


def test_who_may_do_what(program, town, case, licence):
    doors = {
        ("get", f"licences/{licence.pk}"): {"owner": 200},
        ("get", f"licences/{licence.pk}/uses"): {"owner": 200},
        ("post", f"licences/{licence.pk}/presenting-codes"): {"owner": 200},
        ("get", f"cases/{case.number}/licences"): dict.fromkeys(("clerk", "reviewer", "chief", "deliverer"), 200),
        ("post", f"licences/{licence.pk}/uses"): dict.fromkeys(("clerk", "reviewer", "chief", "deliverer"), 200),
        ("post", f"licences/{licence.pk}/copies"): dict.fromkeys(("clerk", "reviewer", "chief", "deliverer"), 200),
        ("post", f"cases/{case.number}/licences/cite"): dict.fromkeys(("clerk", "reviewer", "chief", "deliverer"), 200),
    }
    body = {"case": case.number, "purpose": "审查申请材料", "number": NUMBER}
    everybody = (NOBODY, "owner", "stranger", "clerk", "reviewer", "chief", "deliverer", "supervisor", "admin")

    for (method, path), may in doors.items():
        theirs = "presenting" in path or ("case" not in path and method == "get")
        got = {}
        for account in everybody:
            ask = program(account)
            answer = ask.get(path) if method == "get" else ask.post(path, body)
            got[account] = answer.status_code
        refused = 404 if theirs else 403
        assert got == {each: may.get(each, 401 if each == NOBODY else refused) for each in everybody}, path


def test_an_attempt_stays_written_down_when_a_key_undoes_the_request(program, licence):
    ask = program("clerk")

    answer = ask.post(f"licences/{licence.pk}/uses", {"case": "", "purpose": "看看"}, key="try-1")

    assert (answer.status_code, answer.json()["code"]) == (403, "no_case_no_look")
    assert kinds(licence) == [UseKind.ATTEMPTED]


def test_the_methods_that_an_address_knows_are_told(program, licence):
    ask = program(NOBODY)

    assert ask.client.head(f"/api/v1/public/licences/{licence.token}").status_code == 200
    assert ask.client.options("/api/v1/public/licence-checks").status_code == 204
    assert ask.client.delete(f"/api/v1/public/licences/{licence.token}").status_code == 405


SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def test_a_holder_uploads_a_licence_and_a_clerk_compares_its_original_for_a_case(program, town, edition, clock):
    case = walk.received(town, edition, at=clock.at)
    told = {"kind": "business_licence", "agency": town.agency.code, "number": "4414020001", "holder": town.firm.pk}
    told |= {"fields": json.dumps({"name": town.firm.name}), "valid_to": "2026-12-31"}

    lacking = program("owner").upload("licences/uploads", told)
    wrong = program("owner").upload("licences/uploads", told | {"file": scan(), "fields": '{"uscc": "123"}'})
    foreign = program("stranger").upload("licences/uploads", told | {"file": scan()})
    made = program("owner").upload("licences/uploads", told | {"file": scan()})
    check = f"licences/{made.json()['id']}/original-check"
    done = program("clerk").post(check, {"case": case.number, "valid_to": "2027-01-01"})
    back = program("owner").post(f"licences/{made.json()['id']}/take-back", {"reason": "不要了"})

    assert [answer.status_code for answer in (lacking, wrong, foreign)] == [422, 422, 403]
    assert [error["field"] for error in wrong.json()["errors"]] == ["fields.uscc"]
    assert (made.status_code, made.json()["standing"]) == (200, "unseen")
    assert (done.status_code, done.json()["standing"], done.json()["valid_to"]) == (200, "valid", "2027-01-01")
    assert back.json()["code"] == "not_an_upload"


def test_the_original_of_a_material_is_compared_with_its_last_day(program, town, edition, clock):
    case = walk.received(town, edition, at=clock.at)
    document = case.application.documents.filter(trust="C", file__isnull=False).order_by("id")[0]
    path = f"cases/{case.number}/documents/{document.pk}/original-check"

    forbidden = program("reviewer").post(path, {})
    late = program("clerk").post(path, {"valid_to": "2020-01-01"})
    done = program("clerk").post(path, {"valid_to": "2027-01-01"})

    assert (forbidden.status_code, late.json()["code"]) == (403, "original_expired")
    assert (done.json()["trust"], done.json()["valid_to"]) == ("B", "2027-01-01")


def scan():
    return SimpleUploadedFile("证.pdf", SCAN)
