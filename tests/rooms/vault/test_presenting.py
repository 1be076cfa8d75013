"""A code on a phone is good for one checker and a minute; forged, old and photographed ones are told apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import identity
from tests.builders.threads import at_once, refusals
from tests.rooms.vault.test_licences import AT, SYSTEM, signed
from yimen.identity import commands as people
from yimen.identity.choices import Assurance, Power
from yimen.identity.models import User
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.law.presenting import CodeState, Standing
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story
from yimen.vault import access, commands, queries
from yimen.vault.choices import UseKind
from yimen.vault.models import Licence, LicenceUse, PresentingCode

pytestmark = pytest.mark.django_db
NOBODY = Actor()


def holder(name: str = "钟小梅") -> User:
    """Somebody whose card a window has compared."""
    user = identity.citizen(name)
    assert user.subject is not None
    people.confirm_identity(user.subject, level=Assurance.CHECKED, way="窗口核验", by=SYSTEM, at=AT)
    user.subject.refresh_from_db()
    return user


def held(user: User, **more: Any) -> Licence:
    found = queries.own_licence(signed(holder=user.subject, **more).pk)
    assert found is not None
    return found


def shown(licence: Licence, user: User, at: datetime = AT) -> tuple[str, PresentingCode]:
    made = commands.present(licence, by=identity.actor(user), at=at)
    return made.code, PresentingCode.objects.get(pk=made.pk)


def verbs(licence: Licence) -> list[str]:
    return [use.kind for use in LicenceUse.objects.filter(licence=licence).order_by("id")]


def test_what_the_code_says_is_nothing_of_anybody() -> None:
    user = holder()
    licence = held(user)

    code, row = shown(licence, user)

    address = queries.code_address(code)
    assert address.endswith(f"/s/{code}")
    assert not any(told in address for told in (str(licence.pk), licence.number, licence.token))
    assert code not in row.hash
    assert code not in {str(value) for value in vars(row).values()}


def test_it_is_found_as_it_is_read_aloud_and_a_forged_one_is_not() -> None:
    user = holder()
    code, row = shown(held(user), user)

    assert queries.shown_code(queries.spaced(code).lower()) == row
    forged = ("2" if code[0] != "2" else "3") + code[1:]
    assert queries.shown_code(forged) is None


@pytest.mark.parametrize(
    "text", ["", " ", "0" * 10, "I" * 10, "短", "a" * 100_000, "../../etc", "7K3M9\x00XT4D", "٣" * 10]
)
def test_whatever_is_typed_is_no_code_unless_it_can_be_one(text: str) -> None:
    assert queries.shown_code(text) is None
    assert queries.by_token(text) is None


def test_one_checker_takes_it_and_may_look_again_and_nobody_else() -> None:
    user = holder()
    _, row = shown(held(user), user)

    commands.take(row, checker="policeman", told=Standing.VALID, by=NOBODY, at=AT)

    row.refresh_from_db()
    assert queries.state_of(row, checker="policeman", at=AT) is CodeState.AGAIN
    assert queries.state_of(row, checker="photographer", at=AT) is CodeState.USED
    with pytest.raises(commands.CodeTaken):
        commands.take(row, checker="photographer", told=Standing.VALID, by=NOBODY, at=AT)


def test_it_runs_out_whoever_asks() -> None:
    user = holder()
    _, row = shown(held(user), user)

    assert queries.state_of(row, checker="x", at=AT + timedelta(seconds=75)) is CodeState.OPEN
    assert queries.state_of(row, checker="x", at=AT + timedelta(seconds=76)) is CodeState.RUN_OUT


def test_the_log_says_shown_once_a_sitting_and_checked_each_time() -> None:
    user = holder()
    licence = held(user)

    for minute in range(3):
        _, row = shown(licence, user, AT + timedelta(minutes=minute))
        at = AT + timedelta(minutes=minute, seconds=5)
        commands.take(row, checker=str(minute), told=Standing.VALID, by=NOBODY, at=at)

    assert verbs(licence) == [UseKind.PRESENTED, *[UseKind.CHECKED] * 3]
    told = [line.verb for line in story(subject_chain(licence.holder_id))]
    assert (told.count("licence_presented"), told.count("licence_checked")) == (3, 3)


def test_only_the_holder_and_agents_who_may_see_it_can_show_it() -> None:
    user, friend, stranger = holder(), holder("王友"), holder("古伟雄")
    licence = held(user)
    assert user.subject is not None
    assert friend.subject is not None
    identity.mandate(user.subject, friend.subject, Power.SEE_LICENCES)

    assert commands.present(licence, by=identity.actor(friend), at=AT).code
    with pytest.raises(NotFound):
        commands.present(licence, by=identity.actor(stranger), at=AT)
    with pytest.raises(NotFound):
        commands.present(licence, by=identity.actor(identity.staff("clerk", "chief")), at=AT)


def test_whoever_signed_up_from_home_shows_their_card_at_a_window_first() -> None:
    user = identity.citizen()

    with pytest.raises(access.TooLittleAssurance):
        commands.present(held(user), by=identity.actor(user), at=AT)


def test_what_holds_no_longer_cannot_be_shown() -> None:
    user = holder()
    licence = held(user)

    with pytest.raises(commands.NotPresentable, match="已过期"):
        commands.present(licence, by=identity.actor(user), at=AT + timedelta(days=366 * 6))
    commands.freeze(licence, by=identity.actor(user), at=AT)
    again = queries.own_licence(licence.pk)
    assert again is not None
    with pytest.raises(access.FrozenByHolder):
        commands.present(again, by=identity.actor(user), at=AT)


def test_a_licence_that_ends_between_showing_and_checking_is_told_as_ended() -> None:
    user = holder()
    licence = held(user)
    _, row = shown(licence, user)

    commands.freeze(licence, by=identity.actor(user), at=AT)

    assert queries.standing_of(queries.behind(row), AT) is Standing.FROZEN
    commands.lift_freeze(licence, by=identity.actor(user), at=AT)
    assert queries.standing_of(queries.behind(row), AT) is Standing.VALID


def test_only_the_holder_freezes_and_only_what_is_not_frozen() -> None:
    user, friend = holder(), holder("王友")
    licence = held(user)
    assert user.subject is not None
    assert friend.subject is not None
    identity.mandate(user.subject, friend.subject, Power.SEE_LICENCES)

    with pytest.raises(access.NotYoursToFreeze):
        commands.freeze(licence, by=identity.actor(friend), at=AT)
    with pytest.raises(commands.NotFrozen):
        commands.lift_freeze(licence, by=identity.actor(user), at=AT)
    commands.freeze(licence, by=identity.actor(user), at=AT)
    with pytest.raises(commands.AlreadyFrozen):
        commands.freeze(licence, by=identity.actor(user), at=AT)


def test_a_frozen_licence_fills_no_form_and_stands_in_for_nothing() -> None:
    user = holder()
    licence = held(user)
    assert queries.valid_of(licence.holder_id, licence.kind.code, AT) is not None

    commands.freeze(licence, by=identity.actor(user), at=AT)

    assert queries.valid_of(licence.holder_id, licence.kind.code, AT) is None


def test_the_holder_finds_the_frozen_one_among_their_licences_and_reads_why_it_is() -> None:
    user = holder()
    licence = held(user)
    commands.freeze(licence, why="手机丢了", by=identity.actor(user), at=AT)

    mine = phone(user).get(reverse("vault:mine")).content.decode()
    page = phone(user).get(reverse("vault:licence", args=[licence.pk])).content.decode()

    assert "已冻结" in mine
    assert "已失效或者停用的证照" not in mine
    assert "原因：手机丢了" in page
    assert "解除冻结" in page


def phone(user: User) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(user)
    return client


def current(user: User, licence: Licence) -> str:
    """The code that stands on the holder's screen."""
    page = phone(user).get(reverse("vault:present", args=[licence.pk]))
    assert page.status_code == 200
    return str(page.context["code"]).replace("-", "")


def test_opening_the_link_uses_nothing_up_and_checking_tells_what_it_may(client: Client) -> None:
    user = holder()
    licence = held(user)
    address = reverse("vault:shown", args=[current(user, licence)])

    for _ in range(3):
        assert "核验对方出示的证照" in client.get(address).content.decode()
    assert client.head(address).status_code == 200
    page = client.post(address).content.decode()

    assert "这份证照有效" in page
    assert "钟*梅" in page
    assert "钟小梅" not in page
    assert licence.number not in page
    assert "这份证照有效" in client.get(address).content.decode(), "the same checker may look again"


def test_a_photographed_code_is_refused_and_its_holder_reads_of_it() -> None:
    user = holder()
    licence = held(user)
    address = reverse("vault:shown", args=[current(user, licence)])
    first, second = Client(), Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    first.get(address)
    first.post(address)

    answer = second.post(address)

    assert answer.status_code == 410
    assert "这个亮证码已经核验过" in answer.content.decode()
    assert "核验时间：" in answer.content.decode()
    assert "钟" not in answer.content.decode()
    assert verbs(licence)[-1] == UseKind.ATTEMPTED
    assert "可能被人拍照转用" in phone(user).get(reverse("vault:uses", args=[licence.pk])).content.decode()


def test_the_holder_s_screen_says_when_somebody_checked_and_shows_the_next_code(client: Client) -> None:
    user = holder()
    licence = held(user)
    mine, renew = phone(user), reverse("vault:renew", args=[licence.pk])
    page = mine.get(reverse("vault:present", args=[licence.pk])).context
    given = {"previous": page["pk"], "turn": page["turn"]}

    assert mine.post(renew, given, headers={"HX-Request": "true"}).status_code == 204
    address = reverse("vault:shown", args=[str(page["code"])])
    client.get(address)
    client.post(address)
    after = mine.post(renew, given, headers={"HX-Request": "true"})

    assert "已有人核验" in after.content.decode()
    assert after.context["code"] != page["code"]
    assert mine.post(renew, given).status_code == 302, "without scripts the page is opened again"


def test_a_page_that_lies_open_stops_making_codes() -> None:
    user = holder()
    licence = held(user)
    mine, renew = phone(user), reverse("vault:renew", args=[licence.pk])

    stopped = mine.post(renew, {"previous": "x", "turn": "5"}, headers={"HX-Request": "true"}).content.decode()

    assert "码已停止更新" in stopped
    assert "hx-post" not in stopped


def test_another_person_s_page_of_a_licence_is_not_there() -> None:
    user, other = holder(), holder("古伟雄")
    licence = held(user)
    stranger = phone(other)

    for name in ("licence", "pdf", "uses", "present", "freeze", "lift"):
        assert stranger.get(reverse(f"vault:{name}", args=[licence.pk])).status_code == 404, name
    assert stranger.post(reverse("vault:renew", args=[licence.pk])).status_code == 404
    for name in ("mine",):
        assert licence.number not in stranger.get(reverse(f"vault:{name}")).content.decode()


def test_without_an_account_nothing_but_checking_is_open(client: Client) -> None:
    licence = held(holder())

    for name in ("licence", "pdf", "uses", "present", "freeze", "lift"):
        assert client.get(reverse(f"vault:{name}", args=[licence.pk])).status_code == 302, name
    assert client.get(reverse("vault:ask")).status_code == 200
    assert client.get(reverse("vault:check", args=[licence.token])).status_code == 200


def test_freezing_asks_for_the_password_again_and_says_so_to_checkers(client: Client) -> None:
    user = holder()
    licence = held(user)
    mine, address = phone(user), reverse("vault:freeze", args=[licence.pk])

    asked = mine.post(address)
    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    mine.post(reverse("account_reauthenticate"), {"password": identity.PASSWORD, "next": address})
    assert "冻结后马上生效" in mine.get(address).content.decode()
    mine.post(address, {"why": "手机丢了"})

    page = client.get(reverse("vault:check", args=[licence.token])).content.decode()
    assert "持证人已冻结" in page
    assert "手机丢了" not in page
    assert "解除冻结" in mine.get(reverse("vault:licence", args=[licence.pk])).content.decode()
    assert mine.get(reverse("vault:present", args=[licence.pk])).status_code == 409
    mine.post(reverse("vault:lift", args=[licence.pk]))
    assert "这份证照有效" in client.get(reverse("vault:check", args=[licence.token])).content.decode()


def test_a_printed_code_is_counted_by_the_day_and_tells_why_it_fails(client: Client) -> None:
    user = holder()
    licence = held(user)
    address = reverse("vault:check", args=[licence.token])

    client.get(address)
    client.get(address)
    client.head(address)
    commands.revoke(licence, reason="经营者申请注销", by=SYSTEM, at=AT)
    page = client.get(address).content.decode()

    assert "已废止" in page
    assert "经营者申请注销" not in page, "why it was revoked is the holder's business"
    assert [each["count"] for each in queries.checks_of(licence.pk)] == [3]


def test_typed_codes_find_their_page_and_nonsense_is_told_so(client: Client) -> None:
    licence, ask = held(holder()), reverse("vault:ask")

    def leads(code: str) -> str:
        return str(client.get(ask, {"code": code}).headers.get("Location", ""))

    assert leads("7k3m9-qxt4d").endswith("/s/7K3M9QXT4D")
    assert leads(queries.verify_address(licence)) == reverse("vault:check", args=[licence.token])
    assert client.get(ask, {"code": "不知道"}).status_code == 422
    assert client.get(ask, {"code": "x" * 5000}).status_code == 422
    assert client.get(ask, {"code": ""}).status_code == 422


def test_trying_codes_out_is_stopped(client: Client, settings: Any) -> None:
    settings.YIMEN_CHECKS_PER_MINUTE = 3

    answers = [client.get(reverse("vault:check", args=[f"no-such-{turn}"])).status_code for turn in range(5)]

    assert answers == [404, 404, 404, 429, 429]


@pytest.mark.django_db(transaction=True)
def test_of_two_checkers_at_the_same_moment_one_gets_it() -> None:
    user = holder()
    _, row = shown(held(user), user)

    def take(who: str) -> object:
        return commands.take(row, checker=who, told=Standing.VALID, by=replace(NOBODY), at=AT)

    outcomes = at_once(*(lambda who=who: take(who) for who in ("a", "b", "c")))

    assert refusals(outcomes) == ["code_used", "code_used"]
    assert LicenceUse.objects.filter(kind=UseKind.CHECKED).count() == 1
