"""A draft: private, kept at every step, never lost; and who may fill it in."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import identity as people
from tests.builders import walk
from tests.builders.walk import at
from yimen.applications import access, commands
from yimen.applications import queries as drafts
from yimen.applications.choices import Channel, Presented
from yimen.applications.models import Document
from yimen.cases.models import Case
from yimen.files.models import StoredFile
from yimen.identity.choices import Power
from yimen.identity.models import Mandate
from yimen.kit.errors import Forbidden, Refusal, SignInNeeded
from yimen.ledger.queries import faults

pytestmark = pytest.mark.django_db

DAY = at("2026-03-02")


@pytest.fixture
def edition(town):
    return town.release("food-business-licence")


@pytest.fixture
def draft(town, edition):
    """Complete, by the firm's legal representative."""
    return walk.apply_for(town, edition, at=DAY)


def agent(town, *powers, until=None, items=()):
    """The stranger gets powers from the firm."""
    subject = people.queries.subject(town.users["stranger"].subject_id)
    return people.mandate(town.firm, subject, *powers, items=items, valid_from=date(2026, 1, 1), valid_to=until, at=DAY)


def text_field(edition):
    return next(field.name for field in edition.doc.form_fields if field.type == "text" and not field.show_if)


def test_right_answers_are_kept_when_others_are_wrong(town, edition):
    owner = town.act("owner", DAY)
    application = commands.begin(edition=edition, subject=town.firm, channel=Channel.WEB, by=owner, at=DAY)
    phone = next(field.name for field in edition.doc.form_fields if field.type == "phone")

    errors = commands.answer(application, {text_field(edition): "江南路", phone: "not a phone"}, by=owner, at=DAY)

    application.refresh_from_db()
    assert [error["field"] for error in errors] == [phone]
    assert application.answers[text_field(edition)] == "江南路"
    assert application.answers.get(phone) != "not a phone"


def test_it_goes_on_where_it_was_left_for_whoever_began_it(town, draft):
    later = at("2026-03-05")

    found = drafts.find(draft.number, by=town.act("owner", later), at=later)

    assert (found.answers, [each.number for each in drafts.drafts(town.act("owner", later), later)]) == (
        draft.answers, [draft.number],
    )  # fmt: skip


@pytest.mark.parametrize("who", ["citizen", "stranger", "clerk", "reviewer", "chief", "supervisor", "admin"])
def test_a_draft_is_as_if_it_did_not_exist_for_everybody_else(town, draft, who):
    with pytest.raises(drafts.NoSuchApplication):
        drafts.find(draft.number, by=town.act(who, DAY), at=DAY)


@pytest.mark.parametrize("who", ["citizen", "stranger", "clerk", "reviewer", "admin"])
def test_nobody_else_changes_or_sends_or_discards_it(town, draft, who):
    by, handed_in = town.act(who, DAY), draft.documents.first()
    tries = [
        lambda: commands.answer(draft, {"x": "y"}, by=by, at=DAY),
        lambda: commands.attach(draft, "m01", upload=("a.pdf", walk.PDF), by=by, at=DAY),
        lambda: commands.remove(handed_in, by=by, at=DAY),
        lambda: commands.submit(draft, by=by, at=DAY),
        lambda: commands.discard(draft, by=by, at=DAY),
    ]

    for tried in tries:
        with pytest.raises(Forbidden):
            tried()

    assert (Case.objects.count(), draft.documents.filter(removed_at=None).count()) == (0, 5)


def test_somebody_not_signed_in_is_asked_to(town, draft):
    with pytest.raises(SignInNeeded):
        commands.submit(draft, by=walk.Actor(), at=DAY)


def test_an_agent_files_under_a_mandate_and_is_named(town, edition):
    agent(town, Power.FILE, items=("food-business-licence",))

    case = walk.received(town, edition, at=DAY, who="stranger")

    assert case.application.agent_id == town.users["stranger"].subject_id


def test_a_clerk_who_files_for_somebody_is_no_agent(town, edition):
    assert walk.apply_for(town, edition, at=DAY, who="clerk", channel=Channel.WINDOW).agent_id is None


def test_a_mandate_for_another_item_or_another_power_is_none(town, edition):
    agent(town, Power.FILE, items=("eia-approval",))
    agent(town, Power.RECEIVE)

    with pytest.raises(access.NotYours):
        walk.apply_for(town, edition, at=DAY, who="stranger")


def test_what_an_agent_began_is_out_of_their_hands_when_the_mandate_ends(town, edition):
    agent(town, Power.FILE, until=date(2026, 3, 2))
    draft = walk.apply_for(town, edition, at=DAY, who="stranger")
    tomorrow = at("2026-03-03")

    with pytest.raises(access.NotYours):
        commands.submit(draft, by=town.act("stranger", tomorrow), at=tomorrow)

    assert commands.submit(draft, by=town.act("owner", tomorrow), at=tomorrow).stage == "submitted"


def test_the_power_to_supplement_is_needed_after_submission_and_is_enough(town, edition):
    from yimen.cases import commands as cases

    mandate = agent(town, Power.SUPPLEMENT)
    case = walk.received(town, edition, at=DAY)
    cases.ask_supplement(case, materials=[{"key": "m03", "reason": "不清晰。"}], by=town.act("clerk", DAY), at=DAY)
    stranger = town.act("stranger", DAY)

    commands.attach(drafts.of_number(case.number), "m03", upload=("图.pdf", walk.PDF), by=stranger, at=DAY)
    assert cases.supplement(case, by=stranger, at=DAY).state == "received"

    cases.ask_supplement(case, materials=[{"key": "m03", "reason": "仍不清晰。"}], by=town.act("clerk", DAY), at=DAY)
    Mandate.objects.filter(pk=mandate.pk).update(powers=[Power.FILE])
    for tried in (
        lambda: commands.attach(drafts.of_number(case.number), "m03", upload=("图.pdf", walk.PDF), by=stranger, at=DAY),
        lambda: cases.supplement(case, by=stranger, at=DAY),
    ):
        with pytest.raises(Forbidden):
            tried()


def test_what_is_missing_is_named_all_at_once(town, edition):
    owner = town.act("owner", DAY)
    application = commands.begin(edition=edition, subject=town.firm, channel=Channel.WEB, by=owner, at=DAY)

    with pytest.raises(commands.Incomplete) as refusal:
        commands.submit(application, by=owner, at=DAY)

    missing = {each["field"] for each in refusal.value.errors}
    assert {f"m0{number}" for number in range(2, 7)} <= missing
    assert "m01" not in missing  # the application form: it is filled in here
    assert missing == {each.key for each in drafts.lacking(application)}
    assert Case.objects.count() == 0


def test_a_sent_application_is_closed(town, draft):
    owner = town.act("owner", DAY)
    commands.submit(draft, by=owner, at=DAY)

    codes = []
    for tried in (
        lambda: commands.submit(draft, by=owner, at=DAY),
        lambda: commands.discard(draft, by=owner, at=DAY),
        lambda: commands.answer(draft, {"x": "y"}, by=owner, at=DAY),
        lambda: commands.attach(draft, "m01", upload=("a.pdf", walk.PDF), by=owner, at=DAY),
        lambda: commands.remove(draft.documents.first(), by=owner, at=DAY),
    ):
        with pytest.raises(Refusal) as refusal:
            tried()
        codes.append(refusal.value.code)

    assert codes == ["already_submitted", "already_submitted", "not_open", "not_open", "not_open"]


def test_nothing_uploaded_is_ever_lost(town, draft):
    owner, document = town.act("owner", DAY), draft.documents.get(material="m03")
    before = (Document.objects.count(), StoredFile.objects.count())

    commands.remove(document, by=owner, at=DAY)

    assert (Document.objects.count(), StoredFile.objects.count()) == before
    assert "m03" not in {each.material for each in drafts.documents(draft)}
    assert [line.verb for line in walk.story_of(draft.number)][-1] == "removed"


def test_a_discarded_draft_is_gone_from_sight_and_stays_in_the_ledger(town, draft):
    owner = town.act("owner", DAY)

    commands.discard(draft, by=owner, at=DAY)

    assert drafts.drafts(owner, DAY) == []
    with pytest.raises(drafts.NoSuchApplication):
        drafts.find(draft.number, by=owner, at=DAY)
    assert [line.verb for line in walk.story_of(draft.number)][-1] == "discarded"
    assert list(faults()) == []


def test_each_way_of_handing_in_has_its_trust(town, edition):
    clerk = town.act("clerk", DAY)
    application = commands.begin(edition=edition, subject=town.firm, channel=Channel.WINDOW, by=clerk, at=DAY)
    own = commands.begin(edition=edition, subject=town.firm, channel=Channel.WEB, by=town.act("owner", DAY), at=DAY)

    trust = {
        "original at the window": commands.attach(
            application, "m02", presented=Presented.ORIGINAL, by=clerk, at=DAY
        ).trust,
        "copy at the window": commands.attach(application, "m02", presented=Presented.COPY, by=clerk, at=DAY).trust,
        "uploaded by the applicant": commands.attach(
            own, "m02", upload=("照.pdf", walk.PDF), by=town.act("owner", DAY), at=DAY
        ).trust,
        "made by the applicant": commands.attach(
            own, "m01", upload=("书.pdf", walk.PDF), by=town.act("owner", DAY), at=DAY
        ).trust,
    }

    assert trust == {
        "original at the window": "B",
        "copy at the window": "B",
        "uploaded by the applicant": "C",
        "made by the applicant": "D",
    }


@pytest.mark.parametrize("presented", [Presented.ORIGINAL, Presented.COPY])
def test_only_a_clerk_has_seen_an_original(town, draft, presented):
    with pytest.raises(commands.OnlyAtWindow):
        commands.attach(draft, "m02", presented=presented, by=town.act("owner", DAY), at=DAY)


@pytest.mark.parametrize("channel", [Channel.WINDOW, Channel.POST])
def test_only_a_clerk_enters_what_came_over_the_counter(town, edition, channel):
    with pytest.raises(access.NotYourChannel):
        commands.begin(edition=edition, subject=town.firm, channel=channel, by=town.act("owner", DAY), at=DAY)


def test_an_item_for_firms_is_not_for_a_person(town, edition):
    with pytest.raises(commands.WrongSubject):
        walk.apply_for(town, edition, at=DAY, who="citizen", subject=town.citizen)


def test_what_the_city_has_issued_is_not_asked_for_again(town, edition):
    """国务院令第716号 art 7: a licence of the holder's own vault is presented by itself."""
    hygiene = town.release(
        "public-place-hygiene", results=[{"name": "营业执照", "kind": "证照", "licence_type": "business_licence"}]
    )
    case = walk.received(town, hygiene, at=DAY)
    walk.finish(town, case, at=DAY)

    draft = commands.begin(edition=edition, subject=town.firm, channel=Channel.WEB, by=town.act("owner", DAY), at=DAY)

    assert [(each.material, each.presented, each.trust) for each in drafts.documents(draft)] == [
        ("m02", "licence", "A")
    ]


def test_every_query_password_is_six_digits_that_nobody_tries_first(town, monkeypatch, edition):
    """The stream of chance begins with 111111 and 123456: both are passed over."""
    digits = iter([1] * 6 + [1, 2, 3, 4, 5, 6] + [7, 0, 4, 9, 2, 8] * 2)
    monkeypatch.setattr("yimen.cases.commands.intake.secrets.randbelow", lambda upper: next(digits))

    assert walk.received(town, edition, at=DAY).password == "704928"
