"""No case, no look: to a person's licence one gets from an open case that needs it, and leaves a line in its log."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.builders import city as places
from tests.builders import walk
from tests.builders.desk import statuses, text
from yimen.cases import commands as cases
from yimen.cases.models import Case
from yimen.catalog.models import Edition
from yimen.city.choices import Duty, Reach
from yimen.city.commands import put_post
from yimen.identity import commands as people
from yimen.kit.errors import Invalid
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story
from yimen.vault import access, commands, queries
from yimen.vault.choices import UseKind
from yimen.vault.models import Licence, LicenceUse

Visit = Callable[..., Client]
WHY = "审查申请材料"
NUMBER = walk.FIRM_CODE


@pytest.fixture
def licence(town: walk.Town, edition: Edition, at: datetime) -> Licence:
    """The firm's business licence, which the item asks for; taken in before anybody applied."""
    kind = queries.kind_named("business_licence")
    assert kind is not None
    facts = {"name": town.firm.name, "uscc": NUMBER, "address": "江南路 1 号"}
    made = commands.take_in(
        kind, holder=town.firm, fields=facts, agency=town.agency, number=NUMBER, by=walk.SYSTEM, at=walk.FOUNDED
    )
    found = queries.usable(made.pk)
    assert found is not None
    return found


@pytest.fixture
def case(town: walk.Town, edition: Edition, licence: Licence, at: datetime) -> Case:
    return walk.received(town, edition, at=at)


def kinds(licence: Licence) -> list[str]:
    return list(LicenceUse.objects.filter(licence=licence).order_by("id").values_list("kind", flat=True))


def test_from_a_case_that_needs_it_a_clerk_looks_with_a_purpose_and_its_holder_reads_of_it(
    town: walk.Town, case: Case, licence: Licence, at: datetime
) -> None:
    clerk = town.act("clerk", at)

    found, use, matter = commands.opened(licence.pk, case=case.number, purpose=WHY, by=clerk, at=at)

    assert (found.pk, use.kind, use.purpose, use.case) == (licence.pk, UseKind.LOOKED, WHY, case.number)
    assert (use.post, matter.item) == ("clerk岗", case.item_name)
    looks = [line for line in story(subject_chain(town.firm.pk)) if line.verb == "look"]
    assert (looks[-1].ground, looks[-1].facts["case"]) == (WHY, case.number)
    [line] = queries.lines(queries.uses_of([licence.pk]).items)
    assert WHY in line.text
    assert case.number in line.text


def test_turning_pages_is_one_look_and_another_purpose_is_another(
    town: walk.Town, case: Case, licence: Licence, at: datetime
) -> None:
    clerk = town.act("clerk", at)

    for purpose in (WHY, WHY, "核对申请人身份"):
        commands.opened(licence.pk, case=case.number, purpose=purpose, by=clerk, at=at)

    assert kinds(licence) == [UseKind.LOOKED] * 2


@pytest.mark.parametrize("number", ["", " ", "44140220260101100000001", "x" * 5000, "\x00", "不是编号"])
def test_without_a_case_nothing_opens_and_the_attempt_is_in_the_log(
    number: str, town: walk.Town, licence: Licence, at: datetime
) -> None:
    with pytest.raises(access.NoCaseNoLook):
        commands.opened(licence.pk, case=number, purpose=WHY, by=town.act("clerk", at), at=at)

    assert kinds(licence) == [UseKind.ATTEMPTED]
    assert story(subject_chain(town.firm.pk))[-1].verb == "licence_use_refused"
    assert "没有需要它的办件" in queries.lines(queries.uses_of([licence.pk]).items)[0].text


def test_whether_there_is_such_a_licence_is_told_to_nobody_without_a_case(
    town: walk.Town, licence: Licence, at: datetime
) -> None:
    clerk = town.act("clerk", at)

    for pk in (licence.pk, licence.pk + 1000):
        with pytest.raises(access.NoCaseNoLook):
            commands.opened(pk, case="", purpose=WHY, by=clerk, at=at)


def test_a_licence_that_the_item_does_not_need_stays_closed_and_so_does_somebody_else_s(
    town: walk.Town, case: Case, licence: Licence, at: datetime
) -> None:
    clerk = town.act("clerk", at)
    kind = queries.kind_named("business_licence")
    assert kind is not None
    other = commands.take_in(
        kind, holder=town.citizen, fields={"name": "别家"}, agency=town.agency, number="X1", by=walk.SYSTEM, at=at
    )

    for pk in (other.pk, other.pk + 1000):
        with pytest.raises(access.NotNeededHere):
            commands.opened(pk, case=case.number, purpose=WHY, by=clerk, at=at)
    assert kinds(other) == [UseKind.ATTEMPTED]


def test_a_purpose_is_needed_and_its_lack_is_no_attempt(
    town: walk.Town, case: Case, licence: Licence, at: datetime
) -> None:
    with pytest.raises(Invalid):
        commands.opened(licence.pk, case=case.number, purpose="  ", by=town.act("clerk", at), at=at)

    assert kinds(licence) == []


def test_when_the_case_is_over_its_licences_are_closed(
    town: walk.Town, case: Case, licence: Licence, at: datetime
) -> None:
    cases.withdraw(case, reason="不办了", by=town.act("owner", at), at=at)

    with pytest.raises(access.CaseOver):
        commands.opened(licence.pk, case=case.number, purpose=WHY, by=town.act("clerk", at), at=at)


def test_what_its_holder_froze_nobody_uses(town: walk.Town, case: Case, licence: Licence, at: datetime) -> None:
    commands.freeze(licence, by=town.act("owner", at), at=at)

    for kind in (UseKind.LOOKED, UseKind.COPIED):
        with pytest.raises(access.FrozenByHolder):
            commands.opened(licence.pk, case=case.number, purpose=WHY, kind=kind, by=town.act("clerk", at), at=at)


def test_staff_of_another_office_have_no_case_here(town: walk.Town, case: Case, licence: Licence, at: datetime) -> None:
    elsewhere = put_post(
        code="elsewhere", name="别处岗", duties=(Duty.CLERK, Duty.REVIEWER), reach=Reach.AGENCY,
        agency=places.agency("WJ"), by=walk.SYSTEM, at=walk.FOUNDED,
    )  # fmt: skip
    user = people.make_account(username="else", name="别处", password=walk.PASSWORD, by=walk.SYSTEM, at=walk.FOUNDED)
    people.assign_post(user, elsewhere, since=walk.FOUNDED, by=walk.SYSTEM, at=walk.FOUNDED)
    town.users["else"] = user

    with pytest.raises(access.NoCaseNoLook):
        commands.opened(licence.pk, case=case.number, purpose=WHY, by=town.act("else", at), at=at)


def test_who_may_open_the_pages(town: walk.Town, case: Case, licence: Licence, visit: Visit) -> None:
    everybody = (
        "",
        "citizen",
        "owner",
        "clerk",
        "reviewer",
        "chief",
        "deliverer",
        "supervisor",
        "hall",
        "admin",
        "editor",
    )
    may = {"clerk", "reviewer", "chief", "deliverer"}
    use = reverse("vault:use", args=[licence.pk])

    for path, opened in (
        (reverse("vault:of_case", args=[case.number]), 200),
        (f"{use}?case={case.number}&purpose=x", 200),
        (use, 403),
    ):
        found = statuses(visit, path, *everybody)
        assert found == {name or "nobody": opened if name in may else 302 if not name else 403 for name in everybody}, (
            path
        )


def test_the_desk_lists_what_the_case_needs_and_opens_it_for_a_purpose(
    town: walk.Town, case: Case, licence: Licence, visit: Visit
) -> None:
    desk = visit("reviewer")

    listed = text(desk.get(reverse("vault:of_case", args=[case.number])))
    asked = desk.get(reverse("vault:use", args=[licence.pk]), {"case": case.number, "purpose": WHY})

    assert "营业执照" in listed
    assert "已作为材料提交" in listed
    assert "江南路 1 号" not in listed
    assert "江南路 1 号" in text(asked)
    assert "这件办件可以用的证照" in text(
        desk.get(reverse("vault:use", args=[licence.pk]), {"case": case.number}, follow=True)
    )


def test_the_case_page_shows_a_licence_only_when_it_is_asked_for(
    town: walk.Town, case: Case, licence: Licence, visit: Visit
) -> None:
    desk, page = visit("reviewer"), reverse("cases:case", args=[case.number])
    document = case.application.documents.get(licence=licence)

    assert "江南路 1 号" not in text(desk.get(page)).partition('id="viewer"')[2]
    assert kinds(licence) == []
    assert "江南路 1 号" in text(desk.get(page, {"doc": document.pk})).partition('id="viewer"')[2]
    assert kinds(licence) == [UseKind.LOOKED]


def test_a_marked_copy_says_on_every_page_what_it_is_for(
    town: walk.Town, case: Case, licence: Licence, visit: Visit
) -> None:
    desk = visit("clerk")

    answer = desk.post(reverse("vault:copy", args=[licence.pk]), {"case": case.number, "purpose": WHY})

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    for page in PdfReader(io.BytesIO(answer.content)).pages:
        words = "".join(page.extract_text().split())
        for mark in (case.number, WHY, "仅供办件", "2026年4月1日", case.item_name, "clerk岗"):
            assert "".join(mark.split()) in words, mark
    [use] = LicenceUse.objects.filter(licence=licence)
    assert (use.kind, str(use.until)) == (UseKind.COPIED, "2026-04-01")


def test_of_what_holds_no_longer_no_copy_is_made(town: walk.Town, case: Case, licence: Licence, at: datetime) -> None:
    commands.revoke(licence, reason="经营者注销", by=walk.SYSTEM, at=at)
    clerk = town.act("clerk", at)

    with pytest.raises(commands.NotUsable):
        commands.opened(licence.pk, case=case.number, purpose=WHY, kind=UseKind.COPIED, by=clerk, at=at)
    assert commands.opened(licence.pk, case=case.number, purpose=WHY, by=clerk, at=at)[0].state == "revoked"


def test_an_own_agency_s_licence_is_cited_by_its_number_and_no_copy_is_asked_for(
    town: walk.Town, case: Case, licence: Licence, visit: Visit
) -> None:
    desk, page = visit("clerk"), reverse("vault:of_case", args=[case.number])

    answer = desk.post(page, {"number": f" {NUMBER.lower()} ", "purpose": WHY}, follow=True)

    assert "不用再收复印件" in text(answer)
    assert kinds(licence)[0] == UseKind.CITED
    wrong = desk.post(page, {"number": "914414020000000000", "purpose": WHY})
    assert wrong.status_code == 422
    assert "没有找到编号" in text(wrong)


def test_another_department_s_licence_is_not_cited_but_used_like_any_other(
    town: walk.Town, case: Case, licence: Licence, at: datetime
) -> None:
    Licence.objects.filter(pk=licence.pk).update(agency=places.agency("WJ"))

    with pytest.raises(commands.NothingQuoted):
        commands.cite(NUMBER, case=case.number, purpose=WHY, by=town.act("clerk", at), at=at)


def test_nobody_uses_a_licence_for_a_case_of_their_own(
    town: walk.Town, case: Case, licence: Licence, at: datetime
) -> None:
    post = put_post(code="own", name="自家岗", duties=(Duty.CLERK,), reach=Reach.ALL, by=walk.SYSTEM, at=walk.FOUNDED)
    people.assign_post(town.users["owner"], post, since=walk.FOUNDED, by=walk.SYSTEM, at=walk.FOUNDED)

    with pytest.raises(access.OwnLicence):
        commands.opened(licence.pk, case=case.number, purpose=WHY, by=town.act("owner", at), at=at)
