"""A licence is drawn up by one, signed by another, and can be checked by anybody who holds its code."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse

from tests.builders import catalog, city, identity
from yimen.identity.choices import Power
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, NotFound
from yimen.kit.time import CHINA
from yimen.law import identifiers
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import faults, story
from yimen.sheets import queries as sheets
from yimen.vault import commands, queries
from yimen.vault.choices import State
from yimen.vault.models import Licence
from yimen.vault.views import holding

AT = datetime(2026, 3, 9, 10, 0, tzinfo=CHINA)
SYSTEM = Actor.system()

pytestmark = pytest.mark.django_db


def drawn(by: Actor = SYSTEM, kind: str = "food_business_licence", **more: Any) -> Licence:
    fields = {"address": "江南路 1 号", "items": "热食类食品制售", "unknown": "x"}
    holder = more.pop("holder", None) or identity.firm()
    agency = more.pop("agency", None) or city.agency("SJ")
    return commands.draw_up(
        catalog.kinds()[kind], holder=holder, fields=fields, agency=agency, case="C1", by=by, at=AT, **more
    )


def signed(by: Actor = SYSTEM, **more: Any) -> Licence:
    return commands.sign(drawn(**more), by=by, at=AT)


def test_a_drawn_licence_holds_nothing_until_it_is_signed() -> None:
    licence = drawn()

    assert (licence.state, licence.identifier) == (State.DRAWN, None)
    assert queries.valid_of(licence.holder_id, "food_business_licence", AT) is None
    assert queries.by_token(licence.token) is None


def test_signing_gives_identifier_dates_and_a_signature_that_fits() -> None:
    licence = signed()

    assert identifiers.licence(str(licence.identifier)).valid
    assert (licence.valid_from, licence.valid_to) == (date(2026, 3, 9), date(2031, 3, 8))
    assert licence.fields["issue_date"] == "2026-03-09"
    assert "unknown" not in licence.fields
    assert queries.untouched(Licence.objects.select_related("kind", "agency").get(pk=licence.pk))
    assert [line.verb for line in story(subject_chain(licence.holder_id))][-2:] == [
        "licence_drawn_up",
        "licence_signed",
    ]
    assert list(faults()) == []


def test_a_changed_licence_is_not_believed() -> None:
    licence = signed()
    Licence.objects.filter(pk=licence.pk).update(fields={"items": "一切"})

    found = queries.by_token(licence.token)

    assert found is not None
    checked = queries.check(found, AT)
    assert (checked.valid, checked.untouched) == (False, False)


def test_whoever_draws_up_may_not_sign_and_nobody_signs_twice() -> None:
    city.agency("SJ")
    clerk = identity.actor(identity.staff("deliverer"))
    chief = identity.actor(identity.staff("chief", username="chief"))
    licence = drawn(by=clerk)

    with pytest.raises(commands.SameHands):
        commands.sign(licence, by=clerk, at=AT)
    commands.sign(licence, by=chief, at=AT)
    with pytest.raises(commands.AlreadySigned):
        commands.sign(licence, by=chief, at=AT)


def test_citizens_make_no_licences() -> None:
    citizen = identity.actor(identity.citizen())

    with pytest.raises(Forbidden):
        drawn(by=citizen)
    with pytest.raises(Forbidden):
        commands.sign(drawn(), by=citizen, at=AT)


def test_a_licence_expires_by_its_date_and_is_revoked_with_a_reason() -> None:
    licence = signed()

    late = AT + timedelta(days=366 * 5)
    assert licence.state_on(late.date()) == State.EXPIRED
    assert queries.valid_of(licence.holder_id, "food_business_licence", late) is None
    commands.revoke(licence, reason="经营者注销", by=SYSTEM, at=AT)
    assert queries.valid_of(licence.holder_id, "food_business_licence", AT) is None
    with pytest.raises(commands.NotSigned):
        commands.revoke(licence, reason="再次", by=SYSTEM, at=AT)


def test_a_new_version_takes_the_old_one_s_place() -> None:
    old = signed()

    new = commands.sign(drawn(holder=old.holder, agency=old.agency, replaces=old), by=SYSTEM, at=AT)

    assert (new.serial, new.version, str(new.identifier).split(".")[-2]) == (old.serial, 2, "002")
    old.refresh_from_db()
    assert old.state == State.SUPERSEDED
    assert [licence.pk for licence in queries.held_by([old.holder_id])] == [new.pk]


def test_a_valid_licence_fills_forms_and_names_itself() -> None:
    licence = signed()
    form = catalog.sheet(catalog.field("place", label="场所", prefill="licence.food_business_licence.address"))

    known = sheets.prefill(form, [licence.holder_id], AT)

    assert known["place"].value == "江南路 1 号"
    assert known["place"].note == "食品经营许可证 2026-03-09"


def test_a_look_for_a_case_is_written_where_the_holder_sees_it() -> None:
    licence, clerk = signed(), identity.actor(identity.staff("clerk"))

    queries.for_case(licence.holder_id, "food_business_licence", by=clerk, at=AT, case="C2", purpose="核验许可")

    last = story(subject_chain(licence.holder_id))[-1]
    assert (last.verb, last.ground, last.facts["case"]) == ("look", "核验许可", "C2")


def request(path: str, actor: Actor) -> Any:
    made = RequestFactory().get(path)
    made.actor = actor  # type: ignore[attr-defined]
    return made


def test_the_holder_opens_a_licence_its_agent_may_under_a_mandate_and_others_find_nothing() -> None:
    holder, friend, stranger = identity.citizen(), identity.citizen("王友"), identity.citizen("陌生人")
    assert holder.subject is not None
    assert friend.subject is not None
    licence = signed(holder=holder.subject)
    identity.mandate(holder.subject, friend.subject, Power.SEE_LICENCES)

    for user, seen in ((holder, True), (friend, True), (stranger, False)):
        asked = request("/", identity.actor(user))
        if seen:
            assert holding.licence(asked, licence.pk).status_code == 200
            assert holding.pdf(asked, licence.pk).getvalue()[:5] == b"%PDF-"
        else:
            with pytest.raises(NotFound):
                holding.licence(asked, licence.pk)
            with pytest.raises(NotFound):
                holding.pdf(asked, licence.pk)


def test_the_public_page_masks_a_person_and_knows_no_unknown_code(client: Any) -> None:
    person = identity.person("钟小梅")
    licence = signed(holder=person)

    page = client.get(reverse("vault:check", args=[licence.token])).content.decode()

    assert "这份证照有效" in page
    assert "钟*梅" in page
    assert "钟小梅" not in page
    assert licence.number not in page
    unknown = client.get(reverse("vault:check", args=["nothing"]))
    assert unknown.status_code == 404
    assert "没有找到这份证照" in unknown.content.decode()
    assert "核验时间：" in unknown.content.decode()


def test_of_a_licence_that_ended_the_public_page_says_when_it_was_checked_and_asks_nobody_to_compare_it(
    client: Any,
) -> None:
    licence = signed(holder=identity.person("钟小梅"))
    address = reverse("vault:check", args=[licence.token])

    before = client.get(address).content.decode()
    commands.revoke(licence, reason="经营者注销", by=SYSTEM, at=AT)
    after = client.get(address).content.decode()

    compare = "请核对出示人手中证照的名称、编号和签发机关与上面一致。"
    assert (compare in before, compare in after) == (True, False)
    assert "这份证照现在无效" in after
    assert "核验时间：" in after


def test_the_holder_s_page_masks_their_number_and_names_the_issuer_once(client: Any) -> None:
    user = identity.citizen()
    person = user.subject
    assert person is not None
    licence = signed(holder=person, kind="id_card", agency=city.agency("GA"))
    Licence.objects.filter(pk=licence.pk).update(
        fields=licence.fields | {"id_number": person.number, "issuer": licence.agency.name}
    )
    client.force_login(user)

    page = client.get(reverse("vault:licence", args=[licence.pk])).content.decode()

    assert person.number not in page
    assert person.masked_number in page
    assert page.count(licence.agency.name) == 2, "on the card and once among the facts"
    assert page.count("<svg") >= 2, "the QR to present is on the phone's page too"


def test_existing_licences_are_taken_in_by_the_platform_only() -> None:
    kind, holder, agency = catalog.kinds()["business_licence"], identity.firm(), city.agency("SJ")
    facts = {"name": holder.name, "uscc": holder.number, "address": "江南路 1 号"}

    licence = commands.take_in(kind, holder=holder, fields=facts, agency=agency, number=holder.number, by=SYSTEM, at=AT)

    assert queries.valid_of(holder.pk, "business_licence", AT) == licence
    with pytest.raises(Forbidden):
        commands.take_in(
            kind,
            holder=holder,
            fields=facts,
            agency=agency,
            number="1",
            by=identity.actor(identity.staff("clerk")),
            at=AT,
        )
