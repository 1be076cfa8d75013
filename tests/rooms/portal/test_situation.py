"""Guided situations: only what matters is asked; the outcome is exact; the answers travel into the application."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.builders import rich
from yimen.applications.models import Application

ITEM = "food-business-licence"
HERE = f"/items/{ITEM}/situation/"
RENTED = f"site={quote('租赁')}"


@pytest.fixture
def edition(town):
    changes = rich.elements()
    fields = [field | {"prefill": None} for field in changes["form_fields"]]
    return town.release(ITEM, **{**changes, "form_fields": fields})


def text(answer):
    return answer.content.decode()


def test_one_question_after_the_other_and_only_those_that_matter(visit, edition):
    first, second = text(visit().get(HERE)), text(visit().get(f"{HERE}?{RENTED}"))

    assert "<h1>场地来源是哪一种？</h1>" in first
    assert "<h1>是否经营特殊食品？</h1>" in second
    assert "租赁" in second
    third = text(visit().get(f"{HERE}?{RENTED}&special=true"))
    assert "<h1>特殊食品有哪些？</h1>" in third
    assert "您要准备这些" in text(visit().get(f"{HERE}?{RENTED}&special=false"))
    assert "面积" not in first + second + third


def test_the_outcome_names_exactly_what_is_needed(visit, edition):
    renting = text(visit().get(f"{HERE}?{RENTED}&special=false"))
    owning = text(visit().get(f"{HERE}?site={quote('自有')}&special=true&kinds={quote('保健食品')}"))

    assert "2 份必须交" in renting
    assert "您的情形不用交的</h2><p>特殊食品清单" in renting
    assert "租期截止" in renting
    assert "您的情形不用交的</h2><p>租赁合同" in owning
    assert "特殊食品清单</h3>" in owning
    assert "可以先受理、以后补交的" in owning


def test_what_one_does_not_know_yet_is_possible_not_spared(visit, edition):
    page = text(visit().get(f"{HERE}?site=%3F&special=false"))

    assert "可能要交：要看您还不确定的问题" in page
    assert "还不确定" in page
    assert "租赁合同</h3>" in page


def test_nothing_chosen_is_said_and_nothing_is_lost(visit, edition):
    answer = visit().get(f"{HERE}?{RENTED}&asked=special")

    assert answer.status_code == 422
    assert "请选择一项；说不准的，选“还不确定”。" in text(answer)
    assert 'name="site" value="租赁"' in text(answer)


@pytest.mark.parametrize("query", ["site=hack", "site=", "area=5", "site=%00", "kinds=x&special=maybe", "unknown=1"])
def test_what_fits_no_question_is_left_out(visit, edition, query):
    answer = visit().get(f"{HERE}?{query}")

    assert answer.status_code == 200
    assert "场地来源是哪一种？" in text(answer)


def test_an_answer_that_no_longer_counts_is_dropped(visit, edition):
    page = text(visit().get(f"{HERE}?{RENTED}&special=false&kinds={quote('保健食品')}"))

    assert "您要准备这些" in page
    assert "保健食品" not in page


def test_an_item_without_questions_goes_back_to_its_guide(visit, town):
    town.release(ITEM, form_fields=[{"name": "a", "label": "甲", "type": "text"}])

    answer = visit().get(HERE)

    assert (answer.status_code, answer.url) == (302, f"/items/{ITEM}/")
    assert "先看我的情形要交什么" not in text(visit().get(f"/items/{ITEM}/"))


def test_the_answers_become_answers_of_the_application(visit, edition, town, at):
    query = f"{RENTED}&special=true&kinds={quote('保健食品')}&kinds={quote('婴配乳粉')}"
    browser = visit("owner")
    page = text(browser.get(f"/items/{ITEM}/apply/?{query}"))
    answer = browser.post(f"/items/{ITEM}/apply/?{query}", {"subject": town.firm.pk})

    application = Application.objects.get()
    assert "会带入您选择的情形" in page
    assert answer.url == f"/apply/{application.number}/"
    assert application.answers["site"] == "租赁"
    assert application.answers["special"] is True
    assert application.answers["kinds"] == ["保健食品", "婴配乳粉"]
    assert application.sources["special"] == "情形选择"
    assert application.situation == {}
    assert "来自情形选择，有误可以修改" in text(browser.get(f"/apply/{application.number}/form/1/"))


def test_a_draft_that_nobody_has_touched_takes_them_too(visit, edition, town):
    browser = visit("owner")
    browser.post(f"/items/{ITEM}/apply/", {"subject": town.firm.pk})
    browser.post(f"/items/{ITEM}/apply/?{RENTED}", {"subject": town.firm.pk})

    application = Application.objects.get()
    assert application.answers["site"] == "租赁"


def test_they_survive_signing_in(visit, edition):
    answer = visit().get(f"/items/{ITEM}/apply/?{RENTED}&special=false")

    assert answer.status_code == 302
    assert quote(f"/items/{ITEM}/apply/?{RENTED}&special=false", safe="") in answer.url.replace("/", "%2F")


def test_who_may_not_file_cannot_bring_answers_in(visit, edition, town):
    answer = visit("stranger").post(f"/items/{ITEM}/apply/?{RENTED}", {"subject": town.firm.pk})

    assert answer.status_code == 422
    assert not Application.objects.exists()


def test_the_one_time_notice_is_a_pdf(visit, edition):
    answer = visit().get(f"{HERE}list.pdf?{RENTED}&special=%3F")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_answers_that_are_wrong_are_not_taken(town, edition, at):
    from yimen.applications import commands
    from yimen.applications.choices import Channel

    application = commands.begin(
        edition=edition, subject=town.firm, channel=Channel.WEB, by=town.act("owner", at), at=at,
        situation={"site": "别的", "special": True, "group": "一件事"},
    )  # fmt: skip

    assert "site" not in application.answers
    assert application.answers["special"] is True
    assert application.situation == {"group": "一件事"}
