"""What several people hold together: each sees it, shows it, freezes it; a case of any of them may use it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import walk
from tests.builders.desk import text
from yimen.catalog.models import Edition
from yimen.kit.errors import NotFound
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story
from yimen.notices.models import Message
from yimen.vault import access, commands, queries
from yimen.vault.models import Licence

Visit = Callable[..., Client]
WHY, NUMBER = "审查申请材料", "441402000077777"


@pytest.fixture
def licence(town: walk.Town, edition: Edition, at: datetime) -> Licence:
    """The citizen and the firm's owner hold it together, the citizen first; the owner's firm applies."""
    kind = queries.kind_named("business_licence")
    assert kind is not None
    made = commands.take_in(
        kind, holder=town.citizen, fields={"address": "江南路 1 号"}, agency=town.agency, number=NUMBER,
        holders=[commands.Held(town.citizen, "二分之一"), commands.Held(town.owner, "二分之一")],
        by=walk.SYSTEM, at=walk.FOUNDED,
    )  # fmt: skip
    found = queries.usable(made.pk)
    assert found is not None
    return found


def again(licence: Licence) -> Licence:
    """As it is now."""
    found = queries.usable(licence.pk)
    assert found is not None
    return found


def verbs(town: walk.Town, name: str) -> list[str]:
    return [line.verb for line in story(subject_chain(getattr(town, name).pk))]


def test_a_case_of_the_second_holder_may_use_it_and_both_read_of_it(
    town: walk.Town, edition: Edition, licence: Licence, at: datetime
) -> None:
    case, clerk = walk.received(town, edition, at=at), town.act("clerk", at)

    listed = queries.for_matter(commands.opened_case(case.number, by=clerk, at=at))
    commands.opened(licence.pk, case=case.number, purpose=WHY, by=clerk, at=at)
    cited, _use = commands.cite(NUMBER, case=case.number, purpose=WHY, by=clerk, at=at)

    assert licence in listed
    assert cited == licence
    for name in ("citizen", "owner"):
        assert verbs(town, name)[-2:] == ["look", "licence_used"]


def test_each_of_them_sees_it_among_their_own_and_shows_it(
    town: walk.Town, licence: Licence, visit: Visit, at: datetime
) -> None:
    for name in ("citizen", "owner"):
        page = text(visit(name).get(reverse("vault:mine")))
        assert reverse("vault:licence", args=[licence.pk]) in page
        assert "我本人的证照" in page
        assert visit(name).get(reverse("vault:uses", args=[licence.pk])).status_code == 200
        commands.present(licence, by=town.act(name, at), at=at)
    assert visit("stranger").get(reverse("vault:licence", args=[licence.pk])).status_code == 404
    assert verbs(town, "citizen").count("licence_presented") == verbs(town, "owner").count("licence_presented") == 2


def test_any_one_freezes_it_for_all_and_only_that_one_lifts_it(
    town: walk.Town, licence: Licence, visit: Visit, at: datetime
) -> None:
    owner, citizen = town.act("owner", at), town.act("citizen", at)

    freeze = commands.freeze(licence, why="手机丢了", by=owner, at=at)

    assert freeze.holder_id == town.owner.pk
    with pytest.raises(access.FrozenByHolder):
        commands.present(again(licence), by=citizen, at=at)
    with pytest.raises(access.NotYoursToLift):
        commands.lift_freeze(licence, by=citizen, at=at)
    with pytest.raises(NotFound):
        commands.lift_freeze(licence, by=town.act("stranger", at), at=at)
    page = text(visit("citizen").get(reverse("vault:licence", args=[licence.pk])))
    assert f"由共同持证人{town.owner.name}冻结" in page
    assert reverse("vault:lift", args=[licence.pk]) not in page
    assert [each.title for each in Message.objects.filter(subject=town.citizen)] == ["共同持有的“营业执照”已被冻结"]

    commands.lift_freeze(licence, by=owner, at=at)

    commands.present(again(licence), by=citizen, at=at)
    assert Message.objects.filter(subject=town.citizen).count() == 2
