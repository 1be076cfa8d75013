"""An annulled version never was: the one that had given way to it stands again. (许可法 69)"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.builders import identity
from tests.rooms.vault.test_lives import AT, DAY, HOUR, SYSTEM, chief, signed, standing
from yimen.law.presenting import Standing
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import faults, story
from yimen.notices.models import Message
from yimen.vault import commands, queries
from yimen.vault.choices import EndKind, State
from yimen.vault.models import Licence, Restoration

KIND = "food_business_licence"
pytestmark = pytest.mark.django_db


def renewed(old: Licence, days: int = 1) -> Licence:
    return signed(AT + days * DAY, holder=old.holder, agency=old.agency, replaces=old, number=old.number)


def annul(licence: Licence, days: int, kind: EndKind = EndKind.ANNULLED) -> Licence:
    return commands.revoke(licence, kind=kind, reason="以欺骗手段取得", by=SYSTEM, at=AT + days * DAY)


def told(subject: int) -> list[str]:
    return [each.title for each in Message.objects.filter(subject=subject).order_by("pk")]


def test_the_old_version_stands_again_and_every_check_answers_as_of_its_instant() -> None:
    old = signed()
    new = renewed(old)
    assert standing(old, AT + DAY) is Standing.SUPERSEDED

    annul(new, 2)

    again = Licence.objects.get(pk=old.pk)
    assert (again.state, again.ended_at) == (State.SIGNED, None)
    assert (standing(old, AT + 2 * DAY), standing(new, AT + 2 * DAY)) == (Standing.VALID, Standing.REVOKED)
    best = queries.valid_of(old.holder_id, KIND, AT + 2 * DAY)
    assert best is not None
    assert best.pk == old.pk
    row = Restoration.objects.get()
    assert (row.licence_id, row.annulled_id, row.gave_way_at, row.at) == (old.pk, new.pk, AT + DAY, AT + 2 * DAY)
    assert [line.verb for line in story(subject_chain(old.holder_id))][-3:-1] == [
        "licence_revoked",
        "licence_stands_again",
    ]
    assert told(old.holder_id)[-1:] == ["“食品经营许可证”第 2 版已撤销，第 1 版恢复有效"]
    assert list(faults()) == []


@pytest.mark.parametrize("kind", [EndKind.CANCELLED, EndKind.PENALTY, EndKind.WITHDRAWN, EndKind.ABOLISHED])
def test_what_ends_the_licence_itself_gives_nothing_back(kind: EndKind) -> None:
    old = signed()

    annul(renewed(old), 2, kind)

    assert standing(old, AT + 2 * DAY) is Standing.SUPERSEDED
    assert not Restoration.objects.exists()


def test_one_that_has_run_out_meanwhile_is_expired_and_its_holder_hears_that() -> None:
    old = signed(valid_to=date(2026, 3, 20))

    annul(renewed(old), 30)

    assert standing(old, AT + 10 * DAY) is Standing.VALID
    assert standing(old, AT + 30 * DAY) is Standing.EXPIRED
    assert "已过期" in told(old.holder_id)[-1]


def test_of_three_versions_an_annulled_one_in_the_middle_is_passed_over() -> None:
    first = signed()
    second = renewed(first)
    third = renewed(second, 2)

    annul(second, 3)
    middle = [standing(each, AT + 3 * DAY) for each in (first, second, third)]
    annul(third, 4)

    assert middle == [Standing.SUPERSEDED, Standing.REVOKED, Standing.VALID]
    assert [standing(each, AT + 4 * DAY) for each in (first, second, third)] == [
        Standing.VALID, Standing.REVOKED, Standing.REVOKED,
    ]  # fmt: skip


def test_what_stands_again_has_a_next_version_and_the_annulled_one_keeps_its_number() -> None:
    old = signed()
    annul(renewed(old), 2)

    new = renewed(Licence.objects.get(pk=old.pk), 3)

    assert (new.version, str(new.identifier).split(".")[-2]) == (3, "003")
    annul(new, 4)
    assert standing(old, AT + 4 * DAY) is Standing.VALID


def test_a_suspension_and_a_freeze_of_the_annulled_version_go_on() -> None:
    person = identity.citizen()
    assert person.subject is not None
    old = signed(holder=person.subject)
    new = renewed(old)
    commands.freeze(new, why="手机丢了", by=identity.actor(person, AT), at=AT + DAY + HOUR)
    commands.suspend(new, ground="《行政处罚法》第九条", reason="限期整改", by=chief(), at=AT + DAY + HOUR)

    annul(new, 2)

    assert standing(old, AT + 2 * DAY) is Standing.SUSPENDED
    commands.resume(old, reason="整改完成", by=SYSTEM, at=AT + 3 * DAY)
    assert standing(old, AT + 3 * DAY) is Standing.FROZEN
    commands.lift_freeze(old, by=identity.actor(person, AT), at=AT + 3 * DAY + timedelta(hours=1))
    assert standing(old, AT + 4 * DAY) is Standing.VALID


def test_both_ends_of_the_story_stand_on_the_desk(client: pytest.FixtureRequest) -> None:
    old, by = signed(), identity.staff("chief")
    new = renewed(old)
    client.force_login(by)  # type: ignore[attr-defined]

    client.post(  # type: ignore[attr-defined]
        reverse("vault:deed", args=[new.pk, "end"]),
        {"kind": "annulled", "ground": "《行政许可法》第六十九条", "reason": "以欺骗手段取得"},
    )
    page = client.get(reverse("vault:issued", args=[old.pk])).content.decode()  # type: ignore[attr-defined]

    assert "恢复有效" in page
    assert "取代它的第 2 版被撤销" in page
