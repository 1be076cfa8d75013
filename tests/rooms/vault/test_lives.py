"""The life of a licence: two people, versions, suspended and given back, ended; several holders; levels of trust."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.builders import catalog, city, identity
from tests.builders.threads import at_once, refusals
from yimen.city import commands as keys
from yimen.city import queries as city_queries
from yimen.city.choices import RevokedFor
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Invalid
from yimen.kit.signing import KeyKind, KeyStoreUnavailable, key_store
from yimen.kit.time import CHINA
from yimen.law.presenting import Standing
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import faults, story
from yimen.vault import commands, queries
from yimen.vault.choices import EndKind, State, Trust, VersionKind
from yimen.vault.models import Licence, LicenceHolder, Suspension, TrustMove

AT = datetime(2026, 3, 9, 10, 0, tzinfo=CHINA)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SYSTEM = Actor.system()

pytestmark = pytest.mark.django_db


def drawn(kind: str = "food_business_licence", **more: Any) -> Licence:
    given = {"fields": {"address": "江南路 1 号", "items": "热食类食品制售"}, "case": "C1", "by": SYSTEM, "at": AT}
    given |= {"holder": more.pop("holder", None) or identity.firm(), "agency": city.agency("SJ")}
    return commands.draw_up(catalog.kinds()[kind], **given | more)


def signed(at: datetime = AT, **more: Any) -> Licence:
    return commands.sign(drawn(**more), by=SYSTEM, at=at)


def standing(licence: Licence, at: datetime = AT) -> Standing:
    found = queries.by_token(licence.token)
    assert found is not None
    return queries.check(found, at).standing


def chief() -> Actor:
    return identity.actor(identity.staff("chief", username="chief"))


def test_suspended_is_not_usable_and_given_back_it_is_again() -> None:
    licence, by = signed(), chief()

    commands.suspend(licence, ground="《行政处罚法》第九条第三项", reason="限期整改", by=by, at=AT + HOUR)
    assert standing(licence, AT + HOUR) is Standing.SUSPENDED
    assert queries.valid_of(licence.holder_id, "food_business_licence", AT) is None
    with pytest.raises(commands.NotInForce):
        commands.suspend(licence, ground="第九条", reason="再次", by=by, at=AT + HOUR)

    commands.resume(licence, reason="整改完成", by=by, at=AT + DAY)

    assert standing(licence, AT + DAY) is Standing.VALID
    row = Suspension.objects.get()
    assert (row.began_at, row.ended_at, row.ended_why) == (AT + HOUR, AT + DAY, "整改完成")
    with pytest.raises(commands.NotSuspended):
        commands.resume(licence, reason="再次", by=by, at=AT + DAY)
    assert [line.verb for line in story(subject_chain(licence.holder_id))][-2:] == [
        "licence_suspended",
        "licence_resumed",
    ]
    assert list(faults()) == []


def test_an_act_against_a_licence_needs_its_ground_and_reason() -> None:
    licence, by = signed(), chief()

    with pytest.raises(Invalid):
        commands.suspend(licence, ground=" ", reason="限期整改", by=by, at=AT)
    with pytest.raises(Invalid):
        commands.revoke(licence, reason="", by=by, at=AT)


@pytest.mark.parametrize("kind", [each for each in EndKind if each is not EndKind.DISCARDED])
def test_a_licence_ends_in_five_ways_with_ground_and_reason(kind: EndKind) -> None:
    licence = signed()

    commands.revoke(licence, kind=kind, ground="《行政许可法》第七十条", reason="依申请", by=chief(), at=AT + DAY)

    ended = Licence.objects.get(pk=licence.pk)
    assert (ended.state, ended.ended_kind, ended.ended_ground) == (State.REVOKED, kind, "《行政许可法》第七十条")
    assert standing(licence, AT + DAY) is Standing.REVOKED


def test_clerks_and_deliverers_do_not_suspend_or_end() -> None:
    licence = signed()
    deliverer = identity.actor(identity.staff("deliverer"))

    with pytest.raises(Forbidden):
        commands.suspend(licence, ground="第九条", reason="x", by=deliverer, at=AT)
    with pytest.raises(Forbidden):
        commands.revoke(licence, reason="x", by=deliverer, at=AT)


def test_clerks_draw_up_but_do_not_sign() -> None:
    city.agency("SJ")
    clerk = identity.actor(identity.staff("clerk"))

    licence = drawn(by=clerk)

    with pytest.raises(Forbidden):
        commands.sign(licence, by=clerk, at=AT)


def test_a_draft_that_was_thrown_away_leaves_its_place_to_the_next() -> None:
    old = signed()
    draft = drawn(holder=old.holder, replaces=old, made_as=VersionKind.RENEWED)
    with pytest.raises(commands.BeingReplaced):
        drawn(holder=old.holder, replaces=old)

    commands.discard(draft, reason="地址写错", by=SYSTEM, at=AT)
    with pytest.raises(commands.AlreadySigned):
        commands.sign(draft, by=SYSTEM, at=AT)
    new = commands.sign(drawn(holder=old.holder, replaces=old, made_as=VersionKind.CHANGED), by=SYSTEM, at=AT)

    assert (new.version, new.made_as, str(new.identifier).split(".")[-2]) == (2, VersionKind.CHANGED, "002")
    assert [licence.pk for licence in queries.held_by([old.holder_id])] == [new.pk]


def test_what_was_ended_meanwhile_has_no_next_version() -> None:
    old = signed()
    draft = drawn(holder=old.holder, replaces=old)
    commands.revoke(old, reason="注销", by=SYSTEM, at=AT)

    with pytest.raises(commands.NotInForce):
        commands.sign(draft, by=SYSTEM, at=AT)
    with pytest.raises(commands.NotInForce):
        drawn(holder=old.holder, replaces=old)


def couple(**more: Any) -> tuple[Licence, Any, Any]:
    one, two = identity.person("钟小梅"), identity.person("李大山")
    held = [commands.Held(one, "共同共有"), commands.Held(two, "共同共有")]
    return signed(kind="marriage_certificate", holder=one, holders=held, **more), one, two


def test_several_holders_all_hold_it_and_all_their_stories_tell_of_it() -> None:
    licence, one, two = couple()

    for subject in (one, two):
        assert queries.valid_of(subject.pk, "marriage_certificate", AT) == licence
        assert [each.pk for each in queries.held_by([subject.pk])] == [licence.pk]
        assert [line.verb for line in story(subject_chain(subject.pk))][-1] == "licence_signed"
    assert queries.paper(licence).holder == "钟小梅（共同共有）、李大山（共同共有）"
    assert standing(licence) is Standing.VALID


def test_a_holder_put_in_by_hand_is_found_out() -> None:
    licence, _, two = couple()
    stranger = identity.person("陌生人")

    LicenceHolder.objects.filter(licence=licence, subject=two).update(subject=stranger)

    assert standing(licence) is Standing.TAMPERED


def test_the_same_holder_is_not_named_twice() -> None:
    one, two = identity.person("钟小梅"), identity.person("李大山")

    with pytest.raises(Invalid):
        drawn(kind="marriage_certificate", holder=one, holders=[commands.Held(two), commands.Held(two)])


def taken_in(trust: Trust) -> Licence:
    kind, holder = catalog.kinds()["business_licence"], identity.firm()
    facts = {"name": holder.name, "uscc": holder.number}
    return commands.take_in(
        kind, holder=holder, fields=facts, agency=city.agency("SJ"), number=holder.number, trust=trust, by=SYSTEM, at=AT
    )


def test_an_original_in_hand_makes_c_into_b_and_who_where_when_is_kept() -> None:
    licence = taken_in(Trust.C)
    clerk = identity.actor(identity.staff("clerk"))

    commands.verify_original(licence, device="高拍仪 2 号", by=clerk, at=AT + HOUR)

    fresh = Licence.objects.get(pk=licence.pk)
    move = TrustMove.objects.get()
    assert fresh.trust == Trust.B
    assert (move.before, move.after, move.by, move.at, move.device) == ("C", "B", clerk.user, AT + HOUR, "高拍仪 2 号")
    assert standing(licence, AT + HOUR) is Standing.VALID, "what was compared is signed anew, by the platform"


@pytest.mark.parametrize("trust", [Trust.A, Trust.B, Trust.D])
def test_only_what_was_uploaded_can_be_compared(trust: Trust) -> None:
    licence = taken_in(trust)

    with pytest.raises(commands.NoSuchMove):
        commands.verify_original(licence, by=identity.actor(identity.staff("clerk")), at=AT)


def test_citizens_do_not_raise_their_own_trust() -> None:
    with pytest.raises(Forbidden):
        commands.verify_original(taken_in(Trust.C), by=identity.actor(identity.citizen()), at=AT)


def test_a_signature_of_a_replaced_key_is_valid_and_one_of_a_revoked_key_says_so() -> None:
    early, late = signed(), signed(at=AT + 2 * DAY)
    key = early.signed_with
    assert key is not None

    keys.rotate_key(key.holder, KeyKind.SM2, name="市监局", by=SYSTEM, at=AT + 3 * DAY)
    assert standing(early) is standing(late, AT + 3 * DAY) is Standing.VALID
    keys.revoke_key(
        key, reason=RevokedFor.COMPROMISED, note="外泄", distrusted_from=AT + DAY, by=SYSTEM, at=AT + 4 * DAY
    )

    assert standing(early, AT + 4 * DAY) is Standing.VALID
    assert standing(late, AT + 4 * DAY) is Standing.KEY_REVOKED


@pytest.mark.parametrize(
    "change",
    [
        {"valid_to": date(2099, 1, 1)},
        {"fields": {"items": "一切"}},
        {"holder_name": "别人"},
        {"number": "JY999"},
        {"signed_at": AT - DAY},
        {"trust": "B"},
        {"holders_digest": "0" * 64},
        {"signature": b"\1" * 64},
    ],
)
def test_whatever_is_changed_in_the_row_is_found_out(change: dict[str, Any]) -> None:
    licence = signed()

    Licence.objects.filter(pk=licence.pk).update(**change)

    assert standing(licence) is Standing.TAMPERED


def test_another_agency_s_key_does_not_vouch_for_it() -> None:
    licence = signed()
    other = keys.sign_for("441400-GA", queries.digest(licence), by=SYSTEM, at=AT)

    Licence.objects.filter(pk=licence.pk).update(signed_with=other.key, signature=other.value)

    assert standing(licence) is Standing.TAMPERED


def test_a_key_store_that_fails_leaves_the_draft_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    draft, before = drawn(), signed()
    monkeypatch.setattr(key_store(), "folder", tmp_path / "nothing here")

    with pytest.raises(KeyStoreUnavailable):
        commands.sign(draft, by=SYSTEM, at=AT)

    fresh = Licence.objects.get(pk=draft.pk)
    assert (fresh.state, fresh.identifier, fresh.signature, fresh.issued_at) == (State.DRAWN, None, None, None)
    told = [
        line.facts.get("licence") for line in story(subject_chain(draft.holder_id)) if line.verb == "licence_signed"
    ]
    assert draft.pk not in told
    assert standing(before) is Standing.VALID, "checking needs no private key"


@pytest.mark.django_db(transaction=True)
def test_of_two_signers_at_once_one_succeeds_and_the_other_is_told() -> None:
    licence = drawn()
    one = identity.actor(identity.staff("chief", username="chief"))
    two = identity.actor(identity.staff("deliverer", username="deliverer"))

    outcomes = at_once(lambda: commands.sign(licence, by=one, at=AT), lambda: commands.sign(licence, by=two, at=AT))

    assert refusals(outcomes) == ["licence_already_signed"]
    fresh = queries.one(licence.pk)
    assert fresh is not None
    assert queries.untouched(fresh)
    assert [line.verb for line in story(subject_chain(licence.holder_id))].count("licence_signed") == 1


@pytest.mark.django_db(transaction=True)
def test_of_a_new_version_and_an_end_at_once_one_gives_way() -> None:
    old = signed()
    draft = drawn(holder=old.holder, replaces=old)

    outcomes = at_once(
        lambda: commands.sign(draft, by=SYSTEM, at=AT), lambda: commands.revoke(old, reason="注销", by=SYSTEM, at=AT)
    )

    assert len(refusals(outcomes)) == 1
    assert queries.valid_of(old.holder_id, "food_business_licence", AT) == (
        Licence.objects.get(pk=draft.pk) if refusals(outcomes) == ["licence_not_signed"] else None
    )


def test_how_many_licences_a_key_signed_is_known_before_it_is_revoked() -> None:
    one = signed()
    signed(at=AT + DAY)
    assert one.signed_with is not None

    assert city_queries.signed_with(one.signed_with) == [("电子证照", 2)]
    assert city_queries.signed_with(one.signed_with, AT + HOUR) == [("电子证照", 1)]
