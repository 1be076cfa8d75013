"""Rules between fields in a form of several items: judged where it is filled in, told once, beside every field."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.builders import catalog as items
from yimen.applications.commands import together
from yimen.applications.models import PackageApplication
from yimen.applications.queries.together import package_lacking, parts_of
from yimen.portal.views import choosing
from yimen.portal.views import together as packages

DATES = (
    items.field("starts", "date", label="开始日期", required=True, section="时间"),
    items.field("ends", "date", label="结束日期", required=True, section="时间"),
)
PHONES = (
    items.field("home", "phone", label="家里的电话", section="联系"),
    items.field("office", "phone", label="单位的电话", section="联系"),
)
ORDER = {"kind": "order", "fields": ["starts", "ends"]}
EITHER = {"kind": "one_of", "fields": ["home", "office"]}
SENTENCE = "“结束日期”不能早于“开始日期”。"


@pytest.fixture
def begun(town, visit, at, monkeypatch):
    for module in (choosing, packages):
        monkeypatch.setattr(module, "now", lambda: at)
    forms = {"one": ((*DATES, *PHONES), [ORDER, EITHER]), "two": (DATES, [ORDER])}
    for slug, (fields, rules) in forms.items():
        raw = items.small(
            slug=f"{slug}-item", name=f"事项{slug}", form_fields=list(fields), form_rules=rules, materials=[]
        )
        items.release(raw | {"department": town.agency.department}, agency=town.agency)
    client = visit("citizen")
    chosen = {"item": ["one-item", "two-item"], "subject": str(town.citizen.pk)}
    assert client.post(reverse("portal:choose_apply"), chosen).status_code == 302
    return client, PackageApplication.objects.get()


def day(name, text):
    year, month, date = text.split("-")
    return {f"{name}__year": year, f"{name}__month": month, f"{name}__day": date}


def page_of(application, *, of):
    pages = packages.PackagePages(application, None).pages()
    return next(page for page in pages if of in page.names)


def post(client, application, **values):
    page = page_of(application, of=next(iter(values)).partition("__")[0])
    url = reverse("portal:package_form", args=[application.number, page.place])
    return client.post(url, {"names": " ".join(sorted(page.names)), **values})


def test_what_two_items_ask_alike_is_told_once_at_both_fields_and_hinders_what_follows(begun, town, at):
    client, application = begun

    answer = post(client, application, **day("starts", "2026-04-03"), **day("ends", "2026-04-01"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(f"{SENTENCE}</a>") == 1, "the summary links it once"
    assert page.count(SENTENCE) == 3, "and it stands beside each of both dates"
    application.refresh_from_db()
    (told,) = [each for each in package_lacking(application, at) if each.code == "rule_order"]
    assert set(told.places) == {"starts", "ends"}
    check = client.get(reverse("portal:package_check", args=[application.number])).content.decode()
    assert SENTENCE in check
    back = client.get(f"{reverse('portal:package_form', args=[application.number, 1])}?return=check")
    assert back.status_code == 200
    assert back.content.decode().count(SENTENCE) == 3


def test_one_of_several_is_enough_and_the_items_own_applications_judge_for_themselves(begun, town, at):
    client, application = begun
    told = {each.code: each.places for each in package_lacking(application, at)}

    post(client, application, **day("starts", "2026-04-01"), **day("ends", "2026-04-03"))
    post(client, application, home="13800009999")
    application.refresh_from_db()

    assert told["rule_one_of"] == ("home", "office")
    assert package_lacking(application, at) == []
    by = town.act("citizen", at)
    together.divide_package(application, by=by, at=at)
    together.answer_package(application, {"ends": "2026-03-01"}, by=by, at=at)
    application.refresh_from_db()
    assert [each.code for each in package_lacking(application, at)] == []
    assert all(part.application for part in parts_of(application))


def test_the_api_names_every_field_of_a_rule(begun, visit, at):
    client, application = begun
    post(client, application, **day("starts", "2026-04-03"), **day("ends", "2026-04-01"))

    told = client.get(f"/api/v1/package-applications/{application.number}").json()["missing"]

    (rule,) = [each for each in told if each["message"] == SENTENCE]
    assert {rule["key"], *rule["also"]} == {"starts", "ends"}
