"""A commitment instead of a paper: read, signed, checked after the decision; a false one takes the decision back."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from tests.builders import jobs, walk
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.applications import queries as drafts
from yimen.applications.choices import Channel, Presented, Verdict
from yimen.applications.models import Commitment
from yimen.applications.queries.committing import NoLetter, public_commitments
from yimen.cases import commands
from yimen.cases.access import NothingToRevoke, NotYourDuty
from yimen.cases.queries import of_number
from yimen.clocks.models import Clock
from yimen.kit.errors import Forbidden, Invalid
from yimen.kit.time import CHINA
from yimen.law.resolution import Way
from yimen.ledger.queries import faults
from yimen.supervision.commands import sweep
from yimen.supervision.models import Card
from yimen.vault.choices import State
from yimen.vault.models import Licence

pytestmark = pytest.mark.django_db

DAY, CHECK = at("2026-03-02"), at("2026-04-01")
KEY = "m03"


@pytest.fixture
def edition(town):
    """Of its materials the third may be replaced by a commitment that is published."""
    raw = walk.document("food-business-licence")
    materials = [dict(each) for each in raw["materials"]]
    materials[2]["exempt_when"] = "告知承诺"
    return town.release(
        "food-business-licence", materials=materials, commitment=True, commitment_public=True, commitment_days=20
    )


@pytest.fixture
def draft(town, edition):
    """Complete but for the material that a commitment may replace."""
    application = walk.apply_for(town, edition, at=DAY)
    for each in application.documents.filter(material=KEY):
        applications.remove(each, by=town.act("owner", DAY), at=DAY)
    return application


def signed(town, draft):
    return applications.commit(draft, KEY, agreed=True, by=town.act("owner", DAY), at=DAY)


def decided(town, draft):
    """Signed, sent, granted, issued, delivered."""
    signed(town, draft)
    applications.submit(draft, by=town.act("owner", DAY), at=DAY)
    return walk.finish(town, of_number(draft.number), at=DAY)


def check(town, case, verdict, who="chief", **more):
    row = Commitment.objects.get(application=case.application)
    return commands.check_commitment(
        case, row, verdict=verdict, **{"finding": "现场没有布局图所示的隔断。", "heard": "当事人承认。"} | more,
        by=town.act(who, CHECK), at=CHECK,
    )  # fmt: skip


def test_it_may_be_chosen_where_the_edition_says_so_and_replaces_the_paper(town, draft):
    before = drafts.resolution_of(draft, KEY, DAY)

    signed(town, draft)

    assert (before.way, before.met, Way.UPLOAD in before.open) == (Way.COMMITMENT, False, True)
    assert drafts.resolution_of(draft, KEY, DAY).met
    assert drafts.lacking(draft, at=DAY) == []


def test_a_letter_signed_before_another_one_was_found_false_is_not_sent(town, edition, draft):
    other = walk.apply_for(town, edition, at=DAY)
    for each in other.documents.filter(material=KEY):
        applications.remove(each, by=town.act("owner", DAY), at=DAY)
    case = decided(town, other)
    applications.commit(draft, KEY, agreed=True, by=town.act("owner", DAY), at=DAY)

    check(town, case, Verdict.FALSE)

    with pytest.raises(applications.Incomplete) as refused:
        applications.submit(draft, by=town.act("owner", CHECK), at=CHECK)
    assert [each["field"] for each in refused.value.errors] == [KEY]


def test_nothing_is_signed_unread_nor_where_no_letter_is_offered(town, draft):
    owner = town.act("owner", DAY)

    with pytest.raises(Invalid):
        applications.commit(draft, KEY, agreed=False, by=owner, at=DAY)
    with pytest.raises(NoLetter):
        applications.commit(draft, "m02", agreed=True, by=owner, at=DAY)
    with pytest.raises(applications.LetterFirst):
        applications.attach(draft, KEY, presented=Presented.COMMITMENT, by=owner, at=DAY)


@pytest.mark.parametrize("who", ["citizen", "stranger", "clerk", "reviewer", "admin"])
def test_nobody_else_signs(town, draft, who):
    with pytest.raises(Forbidden):
        applications.commit(draft, KEY, agreed=True, by=town.act(who, DAY), at=DAY)


def test_sending_makes_the_letter_a_paper_and_the_grant_starts_the_clock_of_its_check(town, draft):
    case = decided(town, draft)

    clock = Clock.objects.get(about=case.number, kind="commitment")
    assert "P" in walk.paper_kinds(case)
    assert (case.state, clock.stopped_at, clock.amount) == ("closed", None, 20)
    assert public_commitments().count() == 1


def test_supervision_watches_the_check(town, draft):
    case = decided(town, draft)

    sweep(at=at("2026-04-20"))

    assert {card.rule for card in Card.objects.filter(number=case.number)} >= {"T10", "T10Y"}


def test_a_kept_commitment_ends_its_clock_and_nothing_else(town, draft):
    case = decided(town, draft)

    check(town, case, Verdict.KEPT, who="reviewer")

    assert Clock.objects.filter(about=case.number, kind="commitment", stopped_at=None).count() == 0
    assert Licence.objects.get(case=case.number).state == State.SIGNED
    with pytest.raises(applications.AlreadyJudged):
        check(town, case, Verdict.KEPT)


def test_a_false_one_takes_decision_and_licence_back_is_told_and_bars_further_ones_until_repaired(town, draft, edition):
    case = decided(town, draft)

    check(town, case, Verdict.FALSE)

    assert Licence.objects.get(case=case.number).state == State.REVOKED
    assert "V" in walk.paper_kinds(case)
    assert case.revocation.commitment.verdict == Verdict.FALSE
    again = applications.begin(
        edition=edition, subject=town.firm, channel=Channel.WEB, by=town.act("owner", CHECK), at=CHECK
    )
    barred = drafts.resolution_of(again, KEY, CHECK)
    assert (barred.way, "不属实" in "".join(barred.hints)) == (Way.UPLOAD, True)

    applications.repair(
        Commitment.objects.get(application=case.application), reason="已经整改。", by=town.act("chief", CHECK), at=CHECK
    )

    assert drafts.resolution_of(again, KEY, CHECK).way is Way.COMMITMENT
    assert list(faults()) == []


def test_a_false_one_is_found_by_the_chief_who_has_heard_the_person(town, draft):
    case = decided(town, draft)

    with pytest.raises(Forbidden):
        check(town, case, Verdict.FALSE, who="reviewer")
    with pytest.raises(Invalid):
        check(town, case, Verdict.FALSE, heard=" ")
    with pytest.raises(Forbidden):
        check(town, case, Verdict.KEPT, who="clerk")


def test_it_is_not_checked_before_the_decision(town, draft):
    signed(town, draft)
    applications.submit(draft, by=town.act("owner", DAY), at=DAY)

    with pytest.raises(commands.NotDecidedYet):
        check(town, of_number(draft.number), Verdict.KEPT)


def test_a_decision_taken_back_before_anything_was_issued_issues_nothing(town, draft):
    signed(town, draft)
    applications.submit(draft, by=town.act("owner", DAY), at=DAY)
    case = commands.accept(of_number(draft.number), by=town.act("clerk", DAY), at=DAY)
    walk.opine_all(town, case, at=DAY)
    case = commands.decide(case, outcome="grant", reason="符合。", by=town.act("chief", DAY), at=DAY)

    check(town, case, Verdict.FALSE)

    assert walk.again(case).state == "closed"
    assert not Licence.objects.filter(case=case.number, state=State.SIGNED).exists()


def test_the_desk_lists_it_shows_the_letter_and_takes_the_verdict(town, draft, client):
    case = decided(town, draft)
    row = Commitment.objects.get(application=case.application)
    client.force_login(town.users["chief"])

    listed = client.get("/desk/commitments/").content.decode()
    page = client.get(f"/desk/commitments/{row.pk}/").content.decode()
    posted = client.post(
        f"/desk/commitments/{row.pk}/", {"verdict": "false", "finding": "现场不符。", "heard": "没有异议。"}
    )
    after = client.get(f"/desk/commitments/{row.pk}/").content.decode()

    assert row.letter["proves"] in listed
    assert page.index(row.letter["promises"][0]) < page.index('name="finding"'), "what is checked stands above"
    assert posted.status_code == 302
    assert "现场不符" in after


def test_the_public_reads_it_without_a_persons_whole_name(town, draft, client):
    decided(town, draft)

    page = client.get("/commitments/").content.decode()
    told = client.get("/commitments.json").json()["items"]

    assert "承诺公示" in page
    assert (told[0]["who"], told[0]["state"]) == (town.firm.name, "open")


def test_the_letter_is_read_and_signed_in_the_application_by_who_has_just_said_who_they_are(
    town, draft, client, monkeypatch
):
    monkeypatch.setattr("yimen.kit.stepping.now", lambda: datetime.now(tz=CHINA))  # allauth goes by the machine's clock
    client.force_login(town.users["owner"])
    address = f"/apply/{draft.number}/materials/{KEY}/commit/"

    unsure = client.post(address, {"agreed": "true"})
    client.post(reverse("account_reauthenticate"), {"password": walk.PASSWORD, "next": address})
    unread = client.post(address, {})
    shown = client.get(address).content.decode()
    signed_now = client.post(address, {"agreed": "true"})

    assert unsure["Location"].startswith(reverse("account_reauthenticate"))
    assert unread.status_code == 422
    assert "承诺不实的后果" in shown
    assert signed_now.status_code == 302
    assert "告知承诺" in client.get(f"/apply/{draft.number}/materials/").content.decode()


def test_a_grant_is_taken_back_at_the_desk_on_other_grounds_too(town, draft, client):
    case = decided(town, draft)
    address = f"/desk/cases/{case.number}/revoke-decision/"
    client.force_login(town.users["chief"])

    offered = client.get(f"/desk/cases/{case.number}/").content.decode()
    page = client.get(address).content.decode()
    unheard = client.post(address, {"reason": "申请时隐瞒了有关情况。", "heard": ""})
    done = client.post(address, {"reason": "申请时隐瞒了有关情况。", "heard": "3月30日听取，当事人没有异议。"})

    assert address in offered
    assert "听取陈述、申辩" in page
    assert (unheard.status_code, done.status_code) == (422, 302)
    case = of_number(case.number)
    assert (case.state, case.revocation.reason) == ("closed", "申请时隐瞒了有关情况。")
    assert Licence.objects.get(case=case.number).state == State.REVOKED
    assert "V" in walk.paper_kinds(case)
    jobs.run()
    assert jobs.told(town.firm)[-1][0] == "决定已撤销"
    assert address not in client.get(f"/desk/cases/{case.number}/").content.decode()
    with pytest.raises(NothingToRevoke):
        commands.revoke_decision(case, reason="再次。", heard="无。", by=town.act("chief", CHECK), at=CHECK)


@pytest.mark.parametrize("who", ["clerk", "reviewer", "deliverer", "admin", "owner", "stranger"])
def test_nobody_but_the_chief_takes_a_grant_back(town, draft, who):
    case = decided(town, draft)

    with pytest.raises(NotYourDuty):
        commands.revoke_decision(case, reason="理由。", heard="听取过。", by=town.act(who, CHECK), at=CHECK)
