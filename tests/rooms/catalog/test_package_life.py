"""A package is trusted as an item's edition is: written, checked, approved by two offices, released on its day."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.builders import browser_forms, catalog, city, identity
from yimen.catalog.choices import EditionState, PackageDocument, package_chain
from yimen.catalog.commands import NotWaiting, SamePerson, TooEarly, Unchanged, packaging
from yimen.catalog.commands import package_life as life
from yimen.catalog.models import Edition, Package, PackageDraft, Passage
from yimen.catalog.queries import packaging as queries
from yimen.catalog.queries.life import to_look_at
from yimen.catalog.queries.packaging.comparing import package_changes
from yimen.catalog.tasks.effect import put_into_effect
from yimen.city.choices import Duty
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Invalid
from yimen.kit.time import day_of, now
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db

AT = city.AT
DAY = timedelta(days=1)
CODE = "disability-services"
OFFICES = (Duty.EDITOR, Duty.STAFFING, Duty.LEGAL)


def raw(**changes: Any) -> dict[str, Any]:
    rows = json.loads((catalog.FOLDER / "packages.json").read_text("utf-8"))
    return next(row for row in rows if row["code"] == CODE) | changes


@pytest.fixture
def package() -> Package:
    document = PackageDocument.model_validate(raw())
    for slug in document.slugs:
        catalog.item(slug)
    return packaging.release_package(document, by=city.SYSTEM, at=AT)


@pytest.fixture
def offices(package: Package) -> dict[str, Actor]:
    lead = city.agency("CL")
    posts = {duty: city.post(duty, agency=lead) for duty in OFFICES}
    return {str(duty): identity.actor(identity.staff(post=post, name=str(duty))) for duty, post in posts.items()}


def drafted(package: Package, by: Actor, **changes: Any) -> PackageDraft:
    draft = packaging.open_package_draft(package, by=by, at=AT)
    changed = draft.document | changes
    return packaging.save_package_draft(changed, code=CODE, revision=draft.revision, by=by, at=AT)


def sent(package: Package, by: Actor, *, planned_from: date | None = None, **changes: Any) -> PackageDraft:
    draft = drafted(package, by, **(changes or {"description": "更清楚的说明。"}))
    return life.submit_package(draft, planned_from=planned_from or AT.date(), note="说明更清楚", by=by, at=AT)


def approved(draft: PackageDraft, offices: dict[str, Actor]) -> PackageDraft:
    life.approve_package(draft, digest=draft.digest, by=offices["staffing"], at=AT)
    return life.approve_package(draft, digest=draft.digest, reason="合法", by=offices["legal"], at=AT)


def test_two_offices_approve_and_it_counts_on_its_day(package: Package, offices: dict[str, Actor]) -> None:
    approved(sent(package, offices["editor"], planned_from=AT.date() + 3 * DAY), offices)

    put_into_effect(at=AT + 2 * DAY)
    assert queries.find_package(CODE).version == 1
    put_into_effect(at=AT + 3 * DAY)

    found = queries.find_package(CODE)
    assert (found.version, found.doc.description, found.reason) == (2, "更清楚的说明。", "说明更清楚")
    assert found.released_by == "editor"
    assert not PackageDraft.objects.exists()
    lines = story(package_chain(CODE))
    assert [line.verb for line in lines] == [
        "package_released", "package_draft_begun", "package_draft_saved", "package_submitted", "package_staffing",
        "package_legal", "package_released",
    ]  # fmt: skip
    assert [line.by["name"] for line in lines[3:]] == ["editor", "staffing", "legal", "系统"]
    assert lines[5].facts["reason"] == "合法"


def test_with_the_last_approval_it_counts_at_once_if_its_day_has_come(
    package: Package, offices: dict[str, Actor]
) -> None:
    approved(sent(package, offices["editor"]), offices)

    assert queries.find_package(CODE).version == 2


def test_a_new_package_is_found_by_nobody_before_both_have_approved(
    package: Package, offices: dict[str, Actor]
) -> None:
    by = offices["editor"]
    document = raw(code="all-new", name="全新“一件事”")
    draft = packaging.save_package_draft(document, code="all-new", revision=0, by=by, at=AT)
    draft = life.submit_package(draft, planned_from=AT.date(), note="新编", by=by, at=AT)
    life.approve_package(draft, digest=draft.digest, by=offices["staffing"], at=AT)

    with pytest.raises(queries.NoSuchPackage):
        queries.find_package("all-new")
    life.approve_package(draft, digest=draft.digest, by=offices["legal"], at=AT)

    assert queries.find_package("all-new").version == 1


def test_nobody_skips_an_office_or_sits_in_two(package: Package, offices: dict[str, Actor]) -> None:
    everything = dataclasses.replace(offices["editor"], duties=frozenset({"editor", "staffing", "legal"}))
    writer = dataclasses.replace(everything, user=identity.staff("editor", name="也写过").pk)
    drafted(package, writer, description="先写的。")
    draft = sent(package, everything)

    with pytest.raises(Forbidden):
        life.approve_package(draft, digest=draft.digest, by=offices["legal"], at=AT)
    for hand in (everything, writer):
        with pytest.raises(SamePerson):
            life.approve_package(draft, digest=draft.digest, by=hand, at=AT)
    life.approve_package(draft, digest=draft.digest, by=offices["staffing"], at=AT)
    both = dataclasses.replace(offices["staffing"], duties=frozenset({"staffing", "legal"}))
    with pytest.raises(SamePerson):
        life.approve_package(draft, digest=draft.digest, by=both, at=AT)
    with pytest.raises(NotWaiting):
        life.approve_package(draft, digest="0" * 64, by=offices["legal"], at=AT)


def test_an_office_of_another_agency_decides_nothing_and_another_editor_sends_nothing(
    package: Package, offices: dict[str, Actor]
) -> None:
    other = city.agency("GA")
    editor, staffing = (
        identity.actor(identity.staff(post=city.post(duty, agency=other))) for duty in (Duty.EDITOR, Duty.STAFFING)
    )
    draft = drafted(package, editor, description="别的部门也可以起草。")

    with pytest.raises(Forbidden):
        life.submit_package(draft, planned_from=AT.date(), note="", by=editor, at=AT)
    with pytest.raises(Forbidden):
        life.propose_end(package, planned_from=AT.date(), reason="不办了", by=editor, at=AT)
    draft = life.submit_package(draft, planned_from=AT.date(), note="", by=offices["editor"], at=AT)
    for act in (
        lambda: life.approve_package(draft, digest=draft.digest, by=staffing, at=AT),
        lambda: life.send_back_package(draft, reason="不要", by=editor, at=AT),
    ):
        with pytest.raises(Forbidden):
            act()


def test_what_the_offices_read_is_not_changed_and_comes_back_with_a_reason(
    package: Package, offices: dict[str, Actor]
) -> None:
    by, draft = offices["editor"], sent(package, offices["editor"])

    with pytest.raises(packaging.PackageNotInHand):
        packaging.save_package_draft(raw(), code=CODE, revision=draft.revision, by=by, at=AT, over=True)
    with pytest.raises(packaging.PackageNotInHand):
        packaging.discard_package_draft(draft, by=by, at=AT)
    with pytest.raises(Invalid):
        life.send_back_package(draft, reason="  ", by=offices["staffing"], at=AT)
    life.send_back_package(draft, reason="牵头部门不对", by=offices["staffing"], at=AT)

    held = PackageDraft.objects.get(code=CODE)
    assert held.in_hand
    assert [step.reason for step in held.passages.all()] == ["", "说明更清楚", "牵头部门不对"]
    again = life.submit_package(held, planned_from=AT.date(), note="改了", by=by, at=AT)
    approved(again, offices)
    assert queries.find_package(CODE).version == 2
    assert not Passage.objects.filter(package__isnull=False).exists()


def test_what_is_unfit_unchanged_or_dated_back_does_not_reach_the_offices(
    package: Package, offices: dict[str, Actor]
) -> None:
    by = offices["editor"]

    def submit(draft: PackageDraft, planned_from: date | None = None) -> None:
        life.submit_package(draft, planned_from=planned_from or AT.date(), note="", by=by, at=AT)

    with pytest.raises(Unchanged):
        submit(drafted(package, by))
    with pytest.raises(TooEarly):
        submit(drafted(package, by, description="别的。"), AT.date() - DAY)
    with pytest.raises(life.PackageUnfit) as refused:
        submit(drafted(package, by, lead_department="XX"))
    assert [error["field"] for error in refused.value.errors] == ["lead_department"]
    packaging.release_package(PackageDocument.model_validate(raw(name="平台改过")), by=city.SYSTEM, at=AT)
    with pytest.raises(life.PackageMoved):
        submit(drafted(package, by, lead_department="CL"))
    assert PackageDraft.objects.get(code=CODE).in_hand


def test_only_the_platform_releases_at_once(package: Package, offices: dict[str, Actor]) -> None:
    for by in offices.values():
        with pytest.raises(Forbidden):
            packaging.release_package(PackageDocument.model_validate(raw(name="改")), by=by, at=AT)


def test_on_its_day_what_no_longer_fits_goes_back_with_the_reason(package: Package, offices: dict[str, Actor]) -> None:
    approved(sent(package, offices["editor"], planned_from=AT.date() + DAY), offices)
    Edition.objects.filter(item__slug="social-security-card").update(state=EditionState.SUSPENDED)

    put_into_effect(at=AT + DAY)

    held = PackageDraft.objects.get(code=CODE)
    assert held.in_hand
    assert "没有可以办理的版本" in held.passages.order_by("-id")[0].reason
    assert queries.find_package(CODE).version == 1


def test_what_the_platform_released_meanwhile_is_not_undone(package: Package, offices: dict[str, Actor]) -> None:
    approved(sent(package, offices["editor"], planned_from=AT.date() + DAY), offices)
    packaging.release_package(PackageDocument.model_validate(raw(name="平台改过")), by=city.SYSTEM, at=AT)

    put_into_effect(at=AT + DAY)

    assert queries.find_package(CODE).doc.name == "平台改过"
    assert PackageDraft.objects.get(code=CODE).in_hand


def test_taking_it_out_of_use_passes_both_offices_too(package: Package, offices: dict[str, Actor]) -> None:
    by = offices["editor"]
    draft = life.propose_end(package, planned_from=AT.date() + DAY, reason="政策调整", by=by, at=AT)
    with pytest.raises(packaging.PackageNotInHand):
        life.propose_end(package, planned_from=AT.date() + DAY, reason="再来一次", by=by, at=AT)

    approved(draft, offices)
    put_into_effect(at=AT)
    assert queries.find_package(CODE).version == 1
    put_into_effect(at=AT + DAY)

    with pytest.raises(queries.NoSuchPackage):
        queries.find_package(CODE)
    ended = Package.objects.get(code=CODE)
    assert ended.ended_because == "政策调整"
    with pytest.raises(life.NotInUse):
        life.propose_end(ended, planned_from=AT.date() + DAY, reason="再停", by=by, at=AT + DAY)
    assert not PackageDraft.objects.exists()


def test_a_refused_end_leaves_it_in_use_and_nothing_behind(package: Package, offices: dict[str, Actor]) -> None:
    draft = life.propose_end(package, planned_from=AT.date(), reason="政策调整", by=offices["editor"], at=AT)

    life.send_back_package(draft, reason="仍有人办", by=offices["staffing"], at=AT)

    assert queries.find_package(CODE).version == 1
    assert not PackageDraft.objects.exists()
    assert story(package_chain(CODE))[-1].facts["reason"] == "仍有人办"


def test_the_desk_counts_what_waits_for_each(package: Package, offices: dict[str, Actor]) -> None:
    stranger = identity.actor(identity.staff(post=city.post(Duty.STAFFING, agency=city.agency("GA"))))

    def counts() -> list[int]:
        return [to_look_at(offices[str(duty)]) for duty in OFFICES]

    assert counts() == [0, 0, 0]
    drafted(package, offices["editor"], description="别的。")
    assert counts() == [1, 0, 0]
    draft = sent(package, offices["editor"])
    assert (counts(), to_look_at(stranger)) == ([1, 1, 0], 0)
    life.approve_package(draft, digest=draft.digest, by=offices["staffing"], at=AT)
    assert counts() == [1, 0, 1]


def test_what_was_sent_has_an_agency_a_day_and_a_digest(package: Package, offices: dict[str, Actor]) -> None:
    draft = sent(package, offices["editor"])

    for empty in ({"agency": None}, {"planned_from": None}, {"digest": ""}, {"state": "released"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PackageDraft.objects.filter(pk=draft.pk).update(**empty)


def test_the_difference_is_worded_as_the_form_is(package: Package) -> None:
    after = raw(description="更清楚。", lead_department="MZ")
    city.agency("MZ", division="441400")
    city.agency("CL", division="441400")
    after["questions"] = after["questions"][1:]
    after["items"] = [{**each, "parallel": True} if each["order"] == 2 else each for each in after["items"]]
    after["same_fields"] = [["a.b", "c.d"]]

    found = {each.place: (each.before, each.after) for each in package_changes(raw(), after)}

    assert found["一句话说明"] == (raw()["description"], "更清楚。")
    assert found["问题：是否已有残疾人证"] == ("问题：是否已有残疾人证；选项：是、否", "")
    assert found["看作同一项的字段"] == ("0 组", "1 组")
    assert any(
        place.startswith("事项：") and "与同序的同时办：否" in told and "与同序的同时办：是" in said
        for place, (told, said) in found.items()
    )
    assert found["牵头部门"][0] != "CL"
    assert all(each[0] != each[1] for each in found.values())


# The pages.


def as_one(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="yimen.identity.access.AnyName")
    return client


def test_it_walks_through_the_pages_of_three_offices(package: Package) -> None:
    people = {duty: as_one(identity.staff(duty, name=duty)) for duty in ("editor", "staffing", "legal")}
    writer = identity.actor(identity.staff("editor", name="另一位编辑"), now())
    drafted(package, writer, description="更清楚的说明。")
    submit = reverse("catalog:package_submit", args=[CODE])
    people["editor"].post(submit, {"planned_from": day_of(now()).isoformat(), "note": "说明更清楚"})
    page = reverse("catalog:package_draft", args=[CODE])

    for duty in ("staffing", "legal"):
        waits = people[duty].get(reverse("catalog:waiting")).content.decode()
        assert "残疾人服务“一件事”" in waits
        shown = people[duty].get(page).content.decode()
        assert "和第 1 版的区别" in shown
        assert "更清楚的说明。" in shown
        url = reverse("catalog:package_approve", args=[CODE])
        form = browser_forms.post(people[duty].get(url).content.decode().partition('<form method="post" novalidate')[2])
        assert people[duty].post(url, form).status_code == 302

    released = people["editor"].get(reverse("catalog:package", args=[CODE])).content.decode()
    assert "第 2 版" in released
    for word in ("检查通过，送审", "编制审核通过", "法制审核通过", "发布"):
        assert word in released


ROUTES = [
    # route, arguments, who may read it
    ("packages", False, {"editor", "staffing", "legal", "administrator"}),
    ("package", True, {"editor", "staffing", "legal", "administrator"}),
    ("package_draft", True, {"editor", "staffing", "legal", "administrator"}),
    ("package_submit", True, {"editor"}),
    ("package_end", True, {"editor"}),
    ("package_discard", True, {"editor"}),
    ("package_approve", True, {"staffing", "legal"}),
    ("package_back", True, {"editor", "staffing", "legal"}),
    ("waiting", False, {"editor", "staffing", "legal", "administrator"}),
]
ROLES = ("editor", "staffing", "legal", "administrator", "clerk", "reviewer", "chief", "deliverer", "supervisor",
         "hall_manager")  # fmt: skip


@pytest.mark.parametrize("duty", ROLES)
def test_roles_and_routes(duty: str, package: Package, offices: dict[str, Actor]) -> None:
    sent(package, offices["editor"])
    client = as_one(identity.staff(duty))

    answers = {
        name: client.get(reverse(f"catalog:{name}", args=[CODE] if args else [])).status_code
        for name, args, _ in ROUTES
    }

    assert answers == {name: 200 if duty in may else 403 for name, _, may in ROUTES}


@pytest.mark.parametrize("duty", ROLES)
def test_who_posts_what_may_not_be_posted_changes_nothing(
    duty: str, package: Package, offices: dict[str, Actor]
) -> None:
    draft = sent(package, offices["editor"])
    client = as_one(identity.staff(duty))
    given = {"planned_from": day_of(now()).isoformat(), "note": "x", "reason": "x", "digest": draft.digest}
    named = ("package_submit", "package_end", "package_discard", "package_approve", "package_draft")

    codes = {name: client.post(reverse(f"catalog:{name}", args=[CODE]), given).status_code for name in named}

    own = {
        "editor": {"package_submit", "package_end", "package_discard", "package_draft"},
        "staffing": {"package_approve"},
    }
    mine = own.get(duty, set())
    assert {name for name, code in codes.items() if code == 302} == mine & {"package_approve"}
    assert {name for name, code in codes.items() if code == 409} == mine - {"package_approve"}
    told = PackageDraft.objects.get(code=CODE).state
    assert told == ("staffed" if duty == "staffing" else "checked")
