"""Nothing is asked twice, for programs: where a value comes from, consent, copying, batches."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.builders import catalog as items
from tests.builders import jobs, walk
from yimen.applications.queries import batches
from yimen.cases.models import Case

pytestmark = pytest.mark.django_db

FIELDS = (
    items.field("firm", label="单位名称", prefill="org.name", required=True),
    items.field("place", label="门店名称", required=True),
)


@pytest.fixture
def edition(town):
    raw = items.small(name="门店登记", subjects=["企业法人"], form_fields=list(FIELDS), materials=[])
    return items.release(raw | {"department": town.agency.department}, agency=town.agency)


@pytest.fixture
def call(town):
    """call("owner", "post", "/…", body)."""

    def asked(who, verb, path, body=None, **more):
        client = Client()
        client.force_login(town.users[who])
        if body is not None:
            more |= {"data": body, "content_type": "application/json"}
        return getattr(client, verb)(f"/api/v1{path}", **more)

    return asked


def firm(town):
    return {"document": "uscc", "number": town.firm.number, "name": town.firm.name}


def begun(call, town):
    made = call("owner", "post", "/applications", {"item": "small-item", "subject": firm(town)})
    assert made.status_code == 201, made.content
    return made.json()


def one(shape, name):
    return next(field for field in shape["fields"] if field["name"] == name)


def test_a_field_says_where_from_and_that_it_was_changed_against_a_register(call, town, edition):
    draft = begun(call, town)
    told = one(draft, "firm")
    assert (told["origin"], told["prefilled"], told["challenged"]) == ("identity", town.firm.name, False)

    changed = call("owner", "put", f"/applications/{draft['number']}/answers", {"answers": {"firm": "别的名称"}}).json()

    told = one(changed, "firm")
    assert (told["value"], told["prefilled"], told["challenged"], told["source"]) == (
        "别的名称",
        town.firm.name,
        True,
        "",
    )
    assert call("owner", "post", f"/applications/{draft['number']}/fields/firm/wrong", {}).status_code == 204


def test_consent_is_given_read_and_taken_back(call, town):
    path = f"/reuse-consent?document=uscc&number={town.firm.number}"
    assert call("owner", "get", path).json()["agreed"] is False

    assert call("owner", "put", "/reuse-consent", {"subject": firm(town), "say": "agree"}).json()["agreed"] is True
    assert call("owner", "get", path).json()["said"] == "agreed"
    assert call("owner", "put", "/reuse-consent", {"subject": firm(town), "say": "revoke"}).json()["agreed"] is False
    again = call("owner", "put", "/reuse-consent", {"subject": firm(town), "say": "revoke"})
    assert (again.status_code, again.json()["code"]) == (409, "reuse_not_agreed")


@pytest.mark.parametrize("who", ["citizen", "stranger", "reviewer", "admin"])
def test_nobody_else_reads_or_says_it(call, town, who):
    path = f"/reuse-consent?document=uscc&number={town.firm.number}"

    assert call(who, "get", path).status_code == 403
    assert call(who, "put", "/reuse-consent", {"subject": firm(town), "say": "agree"}).status_code == 403


def test_the_last_application_is_copied(call, town, edition):
    first = begun(call, town)["number"]
    call("owner", "put", f"/applications/{first}/answers", {"answers": {"place": "江南店"}})
    assert call("owner", "post", f"/applications/{first}/submit", {}).status_code in (200, 201)
    second = begun(call, town)["number"]

    copied = call("owner", "post", f"/applications/{second}/copy", {"earlier": first}).json()

    assert copied["answers"]["place"] == "江南店"
    assert (
        call("owner", "post", f"/applications/{second}/copy", {"earlier": second}).json()["code"] == "not_the_same_item"
    )


def test_a_workbook_is_sent_checked_and_filed(call, town, edition):
    book = openpyxl.load_workbook(io.BytesIO(batches.write(edition.doc, {})))
    book["申请"].cell(3, 3, "甲店")
    book["申请"].cell(4, 3, "乙店")
    out = io.BytesIO()
    book.save(out)
    sent = {"item": "small-item", "firm": town.firm.number, "file": SimpleUploadedFile("申请.xlsx", out.getvalue())}

    client = Client()
    client.force_login(town.users["owner"])
    made = client.post("/api/v1/application-batches", sent)
    assert made.status_code == 201, made.content
    key = made.json()["id"]
    assert (made.json()["total"], made.json()["to_file"]) == (2, 2)
    assert call("stranger", "get", f"/application-batches/{key}").status_code == 404

    assert call("owner", "post", f"/application-batches/{key}/confirm", {"declared": []}).status_code == 200
    jobs.run()

    shown = call("owner", "get", f"/application-batches/{key}").json()
    assert (shown["filed"], Case.objects.count()) == (2, 2)
    assert all(row["number"] for row in shown["rows"])


def test_files_that_a_workbook_names_are_sent_beside_it(call, town):
    drawing = items.field("drawing", "file", label="店面图纸", required=True)
    raw = items.small(name="门店登记", subjects=["企业法人"], form_fields=[*FIELDS, drawing], materials=[])
    edition = items.release(raw | {"department": town.agency.department}, agency=town.agency)
    book = openpyxl.load_workbook(io.BytesIO(batches.write(edition.doc, {})))
    for line, (place, name) in enumerate([("甲店", "甲.pdf"), ("乙店", "乙.pdf")], 3):
        book["申请"].cell(line, 3, place)
        book["申请"].cell(line, 4, name)
    out = io.BytesIO()
    book.save(out)
    upload = SimpleUploadedFile("申请.xlsx", out.getvalue())
    beside = {"item": "small-item", "firm": town.firm.number, "files": [SimpleUploadedFile("甲.pdf", walk.PDF)]}
    client = Client()
    client.force_login(town.users["owner"])

    made = client.post("/api/v1/application-batches", beside | {"file": upload}).json()

    assert (made["to_file"], made["faulty"]) == (1, 1)
    [wrong] = made["rows"][1]["faults"]
    assert (wrong["cell"], wrong["head"], wrong["code"]) == ("申请!D4", "店面图纸", "no_such_file")
