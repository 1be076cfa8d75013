"""Several items freely chosen (一表通): one form asks each thing once and fills every member's own."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import walk
from yimen.applications.models import PackageApplication
from yimen.applications.queries.together import parts_of
from yimen.catalog.commands.choosing import put_together
from yimen.catalog.models import Package
from yimen.catalog.queries.packaging import package_lines
from yimen.catalog.queries.packaging.choosing import MOST, NotTogether, together
from yimen.demo.queries import sample_answers
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden
from yimen.portal.views import choosing
from yimen.portal.views import together as packages
from yimen.sheets.queries import library

CHOSEN = ("social-security-card", "disability-certificate", "resident-pension-enrol")
FIRM = ("food-business-licence", "outdoor-signboard")


@pytest.fixture
def items(town, at, monkeypatch):
    for module in (choosing, packages):
        monkeypatch.setattr(module, "now", lambda: at)
    for slug in (*CHOSEN, *FIRM):
        town.release(slug)


def shown(answer):
    return answer.content.decode()


def asked(*slugs, **more):
    return {"item": list(slugs)} | more


def test_an_item_is_put_together_with_others_that_the_search_finds(visit, items):
    url = reverse("portal:choose")

    alone = shown(visit().get(url, asked(CHOSEN[0], q="残疾人证")))
    (more,) = set(re.findall(r'href="(/choose/\?item=[^"]*disability-certificate[^"]*)"', alone))
    both = shown(visit().get(more.replace("&amp;", "&")))

    assert "已选 1 项" in alone
    assert "一起办</span>" not in alone
    assert "已选 2 项" in both
    assert "分开填要" in both
    assert f"{reverse('portal:choose_apply')}?item={CHOSEN[0]}&amp;item=disability-certificate" in both


def test_a_choice_that_does_not_fit_says_why(visit, items):
    url = reverse("portal:choose")

    assert "选的事项有的由个人申请，有的由单位申请" in shown(visit().get(url, asked(CHOSEN[0], FIRM[0])))
    assert "还没有选" in shown(visit().get(url))
    assert "有的事项现在不能办" in shown(visit().get(url, asked("no-such-item")))
    assert visit().get(url, asked(*["x"] * 50, "' OR 1=1")).status_code == 200


def test_one_application_is_opened_for_all_and_a_second_click_finds_it(visit, town, items):
    client, url = visit("citizen"), reverse("portal:choose_apply")

    form = client.get(url, asked(*CHOSEN))
    first = client.post(url, asked(*CHOSEN, subject=str(town.citizen.pk)))
    second = client.post(url, asked(*CHOSEN, subject=str(town.citizen.pk)))

    application = PackageApplication.objects.get()
    assert "以谁的名义申请" in shown(form)
    assert first.url == second.url == reverse("portal:package_tasks", args=[application.number])
    assert [part.item.slug for part in parts_of(application)] == list(CHOSEN)
    assert client.get(first.url).status_code == 200


def test_the_form_asks_each_element_once_and_fills_every_members_own(town, items, at):
    by = town.act("citizen", at)
    edition = put_together(CHOSEN, by=by, at=at)
    assembly = together(CHOSEN).resolution.assembly
    sheet = assembly.sheet()

    elements = [element for field in sheet.form_fields if (element := library().sure_element_of(field))]
    answers = sample_answers(sheet, {})

    assert len(elements) == len(set(elements))
    assert len(sheet.form_fields) < sum(len(member.document.form_fields) for member in assembly.members)
    assert edition.doc.slugs == CHOSEN
    for member in assembly.members:
        own = assembly.answers_of(member.slug, answers)
        required = [field.name for field in member.document.form_fields if field.required and not field.show_if]
        assert [name for name in required if own.get(name) in (None, "")] == []


def test_a_choice_is_in_no_list_and_the_same_choice_has_one_edition(town, items, at):
    by = town.act("citizen", at)

    one, again = put_together(CHOSEN, by=by, at=at), put_together(CHOSEN, by=town.act("owner", at), at=at)

    assert one.pk == again.pk
    assert Package.objects.count() == 1
    assert package_lines() == []


def test_nobody_who_is_not_signed_in_puts_anything_together(visit, town, items, at):
    with pytest.raises(Forbidden):
        put_together(CHOSEN, by=Actor(name="nobody", channel="web"), at=at)
    assert visit().post(reverse("portal:choose_apply"), asked(*CHOSEN)).status_code == 302
    assert not Package.objects.exists()


def test_what_a_member_gives_the_others_wait_for_unless_it_is_held_already(town, items):
    town.release("disability-subsidies")
    pair = ["disability-subsidies", "disability-certificate"]

    first, later = together(pair).resolution, together(pair, held={"disability_certificate"}).resolution

    assert {each.slug: each.depends_on for each in first.document.items} == {
        "disability-subsidies": ("disability-certificate",),
        "disability-certificate": (),
    }
    assert [[each.slug for each in step] for step in first.steps] == [
        ["disability-certificate"],
        ["disability-subsidies"],
    ]
    assert [len(step) for step in later.steps] == [2]
    assert first.document.code != later.document.code


@pytest.mark.parametrize("slugs", [(), (CHOSEN[0],), (CHOSEN[0],) * 3])
def test_fewer_than_two_are_applied_for_by_themselves(items, slugs):
    with pytest.raises(NotTogether):
        together(slugs)


def test_more_than_a_form_bears_are_refused(town, at):
    slugs = sorted(path.stem for path in (walk.CATALOGUE / "items").glob("*.json"))
    people = [slug for slug in slugs if "自然人" in walk.document(slug)["subjects"]][: MOST + 1]
    for slug in people:
        town.release(slug)

    with pytest.raises(NotTogether, match=str(MOST)):
        together(people)


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_chosen_no_element_is_asked_twice_and_nobody_waits_in_a_circle(every_item, data):
    slugs = data.draw(st.lists(st.sampled_from(every_item), min_size=2, max_size=MOST, unique=True))
    try:
        found = together(slugs)
    except NotTogether:
        return

    assembly = found.resolution.assembly
    alone = [
        library().sure_element_of(field)
        for field in assembly.sheet().form_fields
        if library().sure_element_of(field) and not field.choices
    ]
    assert len(alone) == len(set(alone))
    assert {span.leg.key for span in assembly.path.spans} == set(slugs)


@pytest.fixture
def every_item(town):
    slugs = sorted(path.stem for path in (walk.CATALOGUE / "items").glob("*.json"))
    for slug in slugs:
        town.release(slug)
    return slugs
