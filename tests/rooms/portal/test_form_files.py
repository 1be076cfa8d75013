"""A question that is answered with a file: on the page, at the window, over the API; read by whoever may."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.builders import catalog as items
from tests.builders import jobs
from tests.builders.walk import PDF, at
from yimen.applications import commands
from yimen.applications.choices import Channel
from yimen.applications.commands import together
from yimen.applications.models import PackageApplication
from yimen.applications.queries.together import assembly_of, parts_of
from yimen.files.models import StoredFile
from yimen.identity.models import DataCopy
from yimen.ledger.queries import faults
from yimen.sheets.queries import GivenFile

DAY = at("2026-02-02")
FIELDS = (
    items.field("plan", "file", label="平面图", required=True),
    items.field("more", "file", label="补充说明"),
    items.field("rows", "table", label="同行人员", columns=[{"name": "who", "label": "姓名"}]),
)


@pytest.fixture
def edition(town):
    raw = items.small(slug="small-item", name="小事项", form_fields=list(FIELDS), materials=[])
    return items.release(raw | {"department": town.agency.department}, agency=town.agency)


@pytest.fixture
def draft(town, edition):
    return begun(town, edition)


def begun(town, edition, who="citizen", subject=None):
    by = town.act(who, DAY)
    one = subject or town.users[who].subject
    return commands.begin(edition=edition, subject=one, channel=Channel.WEB, by=by, at=DAY)


def pdf(name="平面图.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def page(client, draft, **sent):
    return client.post(f"/apply/{draft.number}/form/1/", {"names": "plan more rows", **sent})


def names(draft):
    draft.refresh_from_db()
    return {name: value["name"] for name, value in draft.answers.items() if isinstance(value, dict)}


def test_it_is_asked_for_sent_shown_with_its_name_replaced_and_taken_back(visit, town, draft):
    citizen = visit("citizen")
    form = citizen.get(f"/apply/{draft.number}/form/1/").content.decode()
    assert 'enctype="multipart/form-data" hx-params="not plan,more"' in form, (
        "a file is not sent with every letter typed"
    )
    assert 'type="file"' in form

    refused = page(citizen, draft)
    assert refused.status_code == 422
    assert "平面图" in refused.content.decode()
    assert page(citizen, draft, plan=pdf(), more=pdf("说明.pdf")).status_code == 302
    assert names(draft) == {"plan": "平面图.pdf", "more": "说明.pdf"}
    again = citizen.get(f"/apply/{draft.number}/form/1/").content.decode()
    assert reverse("portal:form_file", args=[draft.number, "plan"]) in again
    assert page(citizen, draft, plan=pdf("新图.pdf"), more__remove="true").status_code == 302
    assert names(draft) == {"plan": "新图.pdf"}
    assert page(citizen, draft).status_code == 302, "what lies there need not be sent again"
    assert names(draft) == {"plan": "新图.pdf"}
    assert StoredFile.objects.count() == 3, "nothing uploaded is lost"


def test_a_bad_file_is_told_beside_its_field_and_the_good_one_stays(visit, draft):
    answer = page(visit("citizen"), draft, plan=pdf(), more=SimpleUploadedFile("a.exe", b"MZ\x90\x00"))

    assert answer.status_code == 422
    assert "补充说明：" in answer.content.decode()
    assert names(draft) == {"plan": "平面图.pdf"}


def test_a_row_added_before_saving_loses_no_file(visit, draft):
    answer = page(visit("citizen"), draft, plan=pdf(), rows__rows="1", rows__0__who="李四", add_row="rows")

    assert answer.status_code == 200
    assert 'value="李四"' in answer.content.decode()
    assert names(draft) == {"plan": "平面图.pdf"}


def test_nobody_names_a_file_that_is_not_of_this_application(town, edition, draft):
    other = begun(town, edition, "stranger")
    commands.answer(other, {"plan": GivenFile("秘密.pdf", PDF)}, by=town.act("stranger", DAY), at=DAY)
    other.refresh_from_db()

    for told in (other.answers["plan"], {"file": other.answers["plan"]["file"]}, "平面图.pdf", {"file": "x"}):
        [error] = commands.answer(draft, {"plan": told}, by=town.act("citizen", DAY), at=DAY)
        assert error["code"] == "not_your_file"
    assert names(draft) == {}


def test_it_is_read_by_its_applicant_and_by_whoever_has_the_case_with_a_look(visit, town, draft):
    commands.answer(draft, {"plan": GivenFile("平面图.pdf", PDF)}, by=town.act("citizen", DAY), at=DAY)
    own = reverse("portal:form_file", args=[draft.number, "plan"])
    assert own in visit("citizen").get(f"/apply/{draft.number}/check/").content.decode()
    assert b"".join(visit("citizen").get(own).streaming_content) == PDF
    assert visit("stranger").get(own).status_code == 404
    assert visit("citizen").get(reverse("portal:form_file", args=[draft.number, "rows"])).status_code == 404

    commands.submit(draft, by=town.act("citizen", DAY), at=DAY)

    clerk = visit("clerk")
    desk = reverse("cases:form_file", args=[draft.number, "plan"])
    assert desk in clerk.get(reverse("cases:case", args=[draft.number])).content.decode()
    assert b"".join(clerk.get(desk).streaming_content) == PDF
    assert visit("citizen").get(desk).status_code == 403
    assert own in visit("citizen").get(reverse("portal:content", args=[draft.number])).content.decode()
    assert list(faults()) == []


def test_at_the_window_it_is_scanned_and_looked_at(visit, town, edition):
    clerk = visit("clerk")
    draft = commands.begin(
        edition=edition, subject=town.citizen, channel=Channel.WINDOW, by=town.act("clerk", DAY), at=DAY
    )
    url = reverse("counter:intake", args=[draft.number])

    assert clerk.post(url, {"plan": pdf(), "save": "1"}).status_code == 302

    assert names(draft) == {"plan": "平面图.pdf"}
    seen = reverse("counter:form_file", args=[draft.number, "plan"])
    assert seen in clerk.get(url).content.decode()
    assert b"".join(clerk.get(seen).streaming_content) == PDF
    assert visit("clerk2").get(seen).status_code == 404


def test_copied_whole_it_comes_along(town, edition, draft):
    by = town.act("citizen", DAY)
    commands.answer(draft, {"plan": GivenFile("平面图.pdf", PDF)}, by=by, at=DAY)
    sent = commands.submit(draft, by=by, at=DAY)
    again = begun(town, edition)

    commands.copy_from(again, sent, by=by, at=DAY)

    assert names(again) == {"plan": "平面图.pdf"}


def test_my_copy_of_everything_holds_it(client, town, draft):
    commands.answer(draft, {"plan": GivenFile("平面图.pdf", PDF)}, by=town.act("citizen", DAY), at=DAY)
    client.force_login(town.users["citizen"])

    client.post(reverse("portal:ask_copy", args=[town.citizen.pk]))
    jobs.run()
    answer = client.get(reverse("portal:copy_file", args=[DataCopy.objects.latest("pk").pk, 1]))

    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    [told] = json.loads(archive.read("my-data.json"))["applications"]
    [line] = [each for each in told["answers"] if each["field"] == "平面图"]
    assert archive.read(line["file"]) == PDF


def test_programs_send_and_read_it(client, town, draft):
    client.force_login(town.users["citizen"])
    url = f"/api/v1/applications/{draft.number}/answers/plan"

    kept = client.post(url, {"file": pdf()})

    assert kept.status_code == 200
    assert kept.json()["answers"]["plan"]["name"] == "平面图.pdf"
    assert b"".join(client.get(url).streaming_content) == PDF
    assert client.post(url, {}).status_code == 422
    assert client.post(url.replace("/plan", "/nothing"), {"file": pdf()}).json()["errors"][0]["code"] == "unknown_field"
    client.force_login(town.users["stranger"])
    assert client.get(url).status_code == 404


def test_a_package_asks_for_it_once_and_every_item_gets_it(visit, town):
    field = items.field("plan", "file", label="平面图", required=True)
    for slug in ("one-item", "two-item"):
        raw = items.small(slug=slug, name=slug, form_fields=[field], materials=[])
        items.release(raw | {"department": town.agency.department}, agency=town.agency)
    citizen = visit("citizen")
    citizen.post("/choose/apply/", {"item": ["one-item", "two-item"], "subject": town.citizen.pk})
    package = PackageApplication.objects.get()
    asked = [field.name for field in assembly_of(package).sheet({}).form_fields]

    form = f"/together/{package.number}/form/1/"
    sent = {name: pdf() for name in asked}
    assert citizen.post(form, {"names": " ".join(asked), **sent}).status_code == 302
    [first, *_more] = [reverse("portal:package_form_file", args=[package.number, name]) for name in asked]
    assert first in citizen.get(form).content.decode()
    assert b"".join(citizen.get(first).streaming_content) == PDF
    assert visit("stranger").get(first).status_code == 404
    package.refresh_from_db()
    together.divide_package(package, by=town.act("citizen", DAY), at=DAY)

    for part in parts_of(package):
        assert part.application.answers["plan"]["name"] == "平面图.pdf"
