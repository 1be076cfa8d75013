"""A one-thing package at the window: questions, one list and one form for the visitor, then item by item."""

from __future__ import annotations

import dataclasses
import json
from urllib.parse import unquote

import pytest
from django.urls import reverse

from tests.builders import walk
from tests.builders.desk import statuses, text
from tests.builders.identity import citizen_number
from yimen.applications.access import WindowNotAuthorised
from yimen.applications.choices import Channel, Presented, Trust
from yimen.applications.models import Application, Document, PackageApplication
from yimen.applications.queries.together import package_papers
from yimen.catalog.choices import PackageDocument
from yimen.catalog.commands.packaging import release_package
from yimen.catalog.queries.packaging import find_package
from yimen.counter.commands import begin_package
from yimen.demo.choices import FIRM_CODE, FIRM_NAME

CODE = "disability-services"
FIRM = {"document": "uscc", "number": FIRM_CODE, "name": FIRM_NAME}
ANSWERS = {"has_cert": "否", "low_income": "是", "severe": "否"}


@pytest.fixture
def package(town):
    rows = json.loads((walk.CATALOGUE / "packages.json").read_text("utf-8"))
    document = PackageDocument.model_validate(next(row for row in rows if row["code"] == CODE))
    for slug in document.slugs:
        town.release(slug)
    return release_package(document, by=walk.SYSTEM, at=walk.FOUNDED)


@pytest.fixture
def clerk(visit):
    return visit("clerk")


@pytest.fixture
def stands(clerk, package):
    """The page of somebody who stands at the window."""
    number = citizen_number(778)
    return clerk.post("/desk/counter/", {"document": "citizen_id", "number": number, "name": "温淑珍"}).url


@pytest.fixture
def begun(clerk, stands):
    answer = clerk.post(f"{stands}packages/{CODE}/", ANSWERS)
    assert answer.status_code == 302, text(answer)
    return answer.url, PackageApplication.objects.get()


def test_the_visitor_is_offered_packages_and_the_questions_come_first(clerk, stands):
    page = text(clerk.get(stands))
    asked = clerk.get(f"{stands}packages/{CODE}/", {"ask": "1", "has_cert": "否"})

    assert "残疾人服务“一件事”" in page
    assert f"{stands}packages/{CODE}/" in page
    assert asked.status_code == 422
    assert "请选择一项。" in text(asked)


def test_the_answers_come_to_items_and_one_list_that_can_be_printed(clerk, stands):
    page = text(clerk.get(f"{stands}packages/{CODE}/", ANSWERS))

    assert "要办 3 项" in page
    assert "打印一次性告知单" in page
    printed = clerk.get(reverse("portal:package_checklist", args=[CODE]), ANSWERS)
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF-")
    assert "一次性告知单" in unquote(printed["Content-Disposition"])


def test_it_is_begun_in_the_visitor_s_name_once(clerk, stands, begun):
    url, application = begun
    again = clerk.post(f"{stands}packages/{CODE}/", ANSWERS)

    assert again.url == url
    assert (application.subject.name, application.agent, application.channel) == ("温淑珍", None, Channel.WINDOW)
    assert "材料清单（每份只收一次）" in text(clerk.get(url))
    assert "残疾人服务“一件事”" in text(clerk.get(stands)).partition("没有办完的")[2]


def test_papers_on_the_counter_are_noted_once_and_reach_every_item(clerk, town, begun):
    url, application = begun
    page = text(clerk.get(url))
    keys = [line.partition('"')[0] for line in page.split('name="line" value="')[1:]]
    given = {"line": keys} | {f"original_{key}": "1" for key in keys}

    saved = clerk.post(url, given | {"save": "1"})
    assert saved.status_code == 302
    assert {paper.trust for paper in package_papers(application)} <= {Trust.A, Trust.B}
    assert sum(paper.presented == Presented.ORIGINAL for paper in package_papers(application)) == len(keys)
    clerk.post(url, given | {"save": "1"})
    assert len(package_papers(application)) == len(keys)
    divided = clerk.post(url, given | {"divide": "1"})

    assert divided.status_code == 302
    own = Application.objects.filter(subject=application.subject)
    assert own.exists()
    assert set(own.values_list("channel", "window")) == {(Channel.WINDOW, own[0].window_id)}
    papers = Document.objects.filter(application__in=own, presented=Presented.ORIGINAL)
    assert papers.exists()
    assert all(paper.trust == Trust.B and paper.checked_by_id for paper in papers)
    shown = text(clerk.get(url))
    assert "逐项办理" in shown
    for each in own:
        assert reverse("counter:intake", args=[each.number]) in shown
    assert "要先拿到“残疾人证新办”的结果，再开始这一项。" in shown


def test_an_answer_that_is_wrong_is_told_and_the_rest_is_kept(clerk, begun):
    url, application = begun
    fields = [each.partition('"')[0] for each in text(clerk.get(url)).split('name="')]
    name = next(each for each in fields if each.startswith(("bank_account", "contact_phone", "phone")))

    answer = clerk.post(url, {name: "x" * 3000, "save": "1"})

    assert answer.status_code == 422
    application.refresh_from_db()
    assert application.answers.get(name) is None


def test_another_clerk_the_public_and_other_staff_see_nothing_of_it(visit, begun, stands):
    url, application = begun

    for path in (url, f"{url}discard/"):
        assert statuses(visit, path, "clerk", "clerk2", "reviewer", "citizen", "") == {
            "clerk": 200, "clerk2": 404, "reviewer": 403, "citizen": 403, "nobody": 302,
        }  # fmt: skip
    assert visit("clerk2").get(stands).status_code == 404
    assert visit("clerk2").post(url, {"save": "1"}).status_code == 404
    assert visit("clerk").get(reverse("portal:package_tasks", args=[application.number])).status_code == 404


def test_a_window_that_takes_in_none_of_its_items_begins_nothing(town, package):
    at = walk.at("2026-03-02")
    elsewhere = dataclasses.replace(town.act("clerk", at), window=None, office=None)

    with pytest.raises(WindowNotAuthorised):
        begin_package(find_package(CODE), town.citizen, situation=ANSWERS, left_out=(), by=elsewhere, at=at)
    assert not PackageApplication.objects.exists()


def test_giving_it_up_asks_first(clerk, begun):
    url, _application = begun

    assert "放弃这份草稿？" in text(clerk.get(f"{url}discard/"))
    assert clerk.post(f"{url}discard/").status_code == 302
    assert clerk.get(url).status_code == 404


def test_a_notice_can_be_printed_for_an_item_s_answers_too(clerk, town):
    edition = town.release("food-business-licence")
    found = clerk.post("/desk/counter/", FIRM)
    page = clerk.post(found.url, {"item": edition.item.slug})

    assert "打印一次性告知单" in text(clerk.get(page.url))
