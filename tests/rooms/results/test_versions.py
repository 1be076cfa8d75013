"""A case that renews, changes or replaces a licence gives its next version; which one is meant is never guessed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.builders import walk
from tests.builders.desk import text, version_on
from yimen.kit.errors import Invalid
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story
from yimen.results import commands, queries
from yimen.vault import queries as licences
from yimen.vault.choices import State, VersionKind
from yimen.vault.commands import sign, take_in
from yimen.vault.models import Licence

KIND = "food_business_licence"
pytestmark = pytest.mark.django_db


@pytest.fixture
def renewal(town):
    """The item by its official name: 延续."""
    return town.release("food-business-licence", name="食品经营许可延续")


@pytest.fixture
def old(town, renewal):
    """old(): a licence that the firm holds from the agency."""

    def made(number="JY14402990012345", **more):
        kind, facts = licences.kind_named(KIND), {"items": "热食类食品制售", "certificate_no": number}
        return take_in(
            kind, holder=town.firm, fields=facts, agency=town.agency, number=number, by=walk.SYSTEM, at=walk.FOUNDED
        )

    return made


def licence_of(case):
    [result] = [each for each in queries.of(walk.again(case)) if each.licence]
    return Licence.objects.get(pk=result.licence_id)


def issue(town, case, at, **more):
    return commands.issue(case, by=town.act("deliverer", at), at=at, **more)


def test_a_renewal_is_the_next_version_of_the_only_one_and_the_old_one_gives_way_as_it_is_signed(
    town, renewal, old, at, visit
):
    first = old()
    case = walk.decided(town, renewal, at=at)
    draft = licence_of(case)

    assert (draft.replaces_id, draft.version, draft.made_as) == (first.pk, 2, VersionKind.RENEWED)
    assert (draft.serial, draft.number) == (first.serial, first.number)
    assert Licence.objects.get(pk=first.pk).state == State.SIGNED, "it holds until the new one is signed"
    issue(town, case, at)

    new, gone = Licence.objects.get(pk=draft.pk), Licence.objects.get(pk=first.pk)
    assert (new.state, gone.state) == (State.SIGNED, State.SUPERSEDED)
    assert str(new.identifier).split(".")[-2] == "002"
    assert [each.pk for each in licences.held_by([town.firm.pk])] == [new.pk]
    page = text(visit("owner").get(reverse("vault:licence", args=[new.pk])))
    assert reverse("vault:licence", args=[first.pk]) in page
    assert "延续" in page


def test_a_renewal_with_its_case_is_signed_with_its_case(town, renewal, old, at):
    old()
    draft = licence_of(walk.decided(town, renewal, at=at))

    assert licences.signed_with_case(Licence.objects.select_related("replaces").get(pk=draft.pk))


def test_of_several_the_issuing_person_chooses(town, renewal, old, at, visit):
    first, second = old(), old("JY14402990099999")
    case = walk.decided(town, renewal, at=at)
    draft, desk, page = licence_of(case), visit("deliverer"), reverse("results:issue", args=[case.number])
    [result] = queries.of(case)

    asked = text(desk.get(page))
    with pytest.raises(Invalid) as refused:
        issue(town, case, at)
    without = desk.post(page, {"version": version_on(asked)})
    desk.post(page, {"version": version_on(asked), f"replaces_{result.pk}": second.pk})

    assert draft.replaces_id is None
    assert first.number in asked
    assert second.number in asked
    assert refused.value.errors[0]["code"] == "choose"
    assert without.status_code == 422
    new = Licence.objects.get(pk=draft.pk)
    assert (new.replaces_id, new.version, new.number, new.state) == (second.pk, 2, second.number, State.SIGNED)
    assert Licence.objects.get(pk=first.pk).state == State.SIGNED
    assert "licence_redrawn" in [line.verb for line in story(subject_chain(town.firm.pk))]


def test_they_may_say_that_it_is_a_new_one(town, renewal, old, at):
    first = old()
    case = walk.decided(town, renewal, at=at)
    [result] = queries.of(case)

    issue(town, case, at, replaces={result.pk: None})

    new = licence_of(case)
    assert (new.replaces_id, new.version, new.made_as, new.state) == (None, 1, VersionKind.FIRST, State.SIGNED)
    assert new.serial != first.serial
    assert Licence.objects.get(pk=first.pk).state == State.SIGNED


def test_a_first_issue_replaces_nothing_by_itself_and_what_is_somebody_elses_is_no_choice(town, old, renewal, at):
    mine = old()
    other = take_in(
        licences.kind_named(KIND), holder=town.citizen, fields={}, agency=town.agency, number="JY2",
        by=walk.SYSTEM, at=walk.FOUNDED,
    )  # fmt: skip
    case = walk.decided(town, town.release("public-place-hygiene", name="公共场所卫生许可（新办）"), at=at)
    [result] = [each for each in queries.of(case) if each.licence]

    assert queries.act_of(case) is None
    assert licence_of(case).replaces_id is None
    for wrong in (mine, other):
        with pytest.raises(Invalid):
            issue(town, case, at, replaces={result.pk: wrong.pk})


def test_a_case_that_becomes_void_before_it_is_signed_leaves_no_draft_in_the_way(town, renewal, old, at):
    first = old()
    case = walk.decided(town, renewal, at=at)

    commands.recall(case, reason="作废", by=walk.SYSTEM, at=at)

    assert licence_of(case).ended_kind == "discarded"
    again = licence_of(walk.decided(town, renewal, at=at))
    assert again.replaces_id == first.pk
    assert sign(again, by=walk.SYSTEM, at=at).version == 2


def test_a_renewal_that_is_annulled_with_its_decision_gives_the_old_licence_back(town, renewal, old, at, client):
    first = old()
    case = walk.decided(town, renewal, at=at)
    issue(town, case, at)
    new = licence_of(case)

    commands.recall(walk.again(case), reason="以欺骗手段取得", by=walk.SYSTEM, at=at)

    assert (licence_of(case).state, licence_of(case).ended_kind) == (State.REVOKED, "annulled")
    assert "这份证照有效" in client.get(reverse("vault:check", args=[first.token])).content.decode()
    assert "这份证照有效" not in client.get(reverse("vault:check", args=[new.token])).content.decode()


def test_a_draft_whose_old_version_was_annulled_asks_again(town, renewal, old, at, visit):
    first = old()
    second = walk.decided(town, renewal, at=at)
    issue(town, second, at)
    third = walk.decided(town, renewal, at=at)
    commands.recall(walk.again(second), reason="作废", by=walk.SYSTEM, at=at)
    [result] = queries.of(third)

    with pytest.raises(Invalid) as refused:
        issue(town, third, at)
    asked = text(visit("deliverer").get(reverse("results:issue", args=[third.number])))
    issue(town, third, at, replaces={result.pk: first.pk})

    assert "重新选择" in refused.value.errors[0]["message"]
    assert first.number in asked
    assert (licence_of(third).replaces_id, licence_of(third).version) == (first.pk, 3)


def test_the_case_leads_to_its_licence_and_the_licence_to_its_case(town, renewal, at, visit):
    case = walk.decided(town, renewal, at=at)
    issue(town, case, at)
    licence = licence_of(case)
    desk, own = reverse("vault:issued", args=[licence.pk]), reverse("vault:licence", args=[licence.pk])

    assert desk in text(visit("deliverer").get(reverse("cases:case", args=[case.number])))
    assert desk not in text(visit("supervisor").get(reverse("cases:case", args=[case.number])))
    assert reverse("cases:case", args=[case.number]) in text(visit("deliverer").get(desk))
    assert own in text(visit("owner").get(reverse("portal:case", args=[case.number])))
    assert reverse("portal:case", args=[case.number]) in text(visit("owner").get(own))
