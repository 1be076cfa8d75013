"""What the city knows is not asked again; what is used again is said, can be refused, and is recorded."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.applications import commands
from yimen.applications import queries as drafts
from yimen.applications.choices import Channel, Presented, Trust
from yimen.applications.commands.consenting import give_consent, revoke_consent
from yimen.applications.models import MaterialMet
from yimen.kit.errors import Forbidden
from yimen.law.resolution import Way

pytestmark = pytest.mark.django_db

DAY, LATER = at("2026-03-02"), at("2026-03-16")
RULES = "食品安全规章制度目录清单"


@pytest.fixture
def edition(town):
    return town.release("food-business-licence")


def key_of(edition, name):
    return next(each.key for each in edition.doc.materials if each.name == name)


def begun(town, edition, instant=LATER):
    owner = town.act("owner", instant)
    draft = commands.begin(edition=edition, subject=town.firm, channel=Channel.WEB, by=owner, at=instant)
    commands.answer(draft, walk.sample_answers(edition.doc, draft.answers), by=owner, at=instant)
    draft.refresh_from_db()
    return draft


def seen_at_window(town, case, **found):
    """Every upload of a case, compared with its original by a clerk."""
    for each in case.application.documents.filter(removed_at=None, file__isnull=False):
        if each.trust != Trust.A:
            commands.check_original(each, by=town.act("clerk", DAY), at=DAY, **found)


def ways(application, instant=LATER):
    return {each.key: each.way for each in drafts.resolutions(application, instant) if each.asked}


def test_the_second_application_asks_for_nothing_that_is_known(town, edition):
    seen_at_window(town, walk.received(town, edition, at=DAY))

    again = begun(town, edition)

    assert drafts.lacking(again, at=LATER) == []
    assert {Way.FORM, Way.EARLIER} <= set(ways(again).values())
    total, here = drafts.counts(drafts.resolutions(again, LATER))
    assert total == here


def test_sending_brings_what_was_used_again_and_notes_how_each_material_was_met(town, edition):
    first = walk.received(town, edition, at=DAY)
    seen_at_window(town, first)
    again = begun(town, edition)

    commands.submit(again, by=town.act("owner", LATER), at=LATER)

    key = key_of(edition, RULES)
    (used,) = again.documents.filter(material=key)
    assert (used.presented, used.trust, used.repeats.application_id) == (
        Presented.EARLIER, Trust.B, first.application_id,
    )  # fmt: skip
    assert used.file_id == used.repeats.file_id
    noted = {row.material: row.way for row in MaterialMet.objects.filter(application=again)}
    assert noted[key] == Way.EARLIER
    assert noted[key_of(edition, "食品经营许可申请书")] == Way.FORM


def test_what_was_only_uploaded_is_asked_again_with_the_reason(town, edition):
    walk.received(town, edition, at=DAY)

    found = drafts.resolution_of(
        begun(town, edition), key_of(edition, "法定代表人（负责人）、食品安全管理人员身份证明"), LATER
    )

    assert found is None or found.demanded or found.way in (Way.LICENCE, Way.EARLIER)
    uploaded = [each for each in drafts.resolutions(begun(town, edition), LATER) if each.demanded]
    assert all("C 级" in hint for each in uploaded for hint in each.hints)


def test_what_the_applicant_made_is_used_again_when_they_say_so(town, edition):
    walk.received(town, edition, at=DAY)
    again, key = begun(town, edition), key_of(edition, RULES)
    before = drafts.resolution_of(again, key, LATER)

    commands.attach(again, key, presented=Presented.EARLIER, by=town.act("owner", LATER), at=LATER)

    assert (before.way, before.met) == (Way.EARLIER, False)
    assert drafts.resolution_of(again, key, LATER).met


def test_what_is_offered_may_be_declined_and_taken_after_all(town, edition):
    seen_at_window(town, walk.received(town, edition, at=DAY))
    again, key, owner = begun(town, edition), key_of(edition, RULES), town.act("owner", LATER)

    commands.decline(again, key, by=owner, at=LATER)
    declined = drafts.resolution_of(again, key, LATER)
    commands.attach(again, key, presented=Presented.EARLIER, by=owner, at=LATER)

    assert (declined.way, declined.open) == (Way.UPLOAD, (Way.EARLIER,))
    assert drafts.resolution_of(again, key, LATER).way is Way.EARLIER
    with pytest.raises(commands.NothingToDecline):
        commands.decline(again, key_of(edition, "食品经营许可申请书"), by=owner, at=LATER)


def test_a_checked_paper_ends_with_its_original(town, edition):
    seen_at_window(town, walk.received(town, edition, at=DAY), valid_to=date(2026, 3, 10))

    found = drafts.resolution_of(begun(town, edition), key_of(edition, RULES), LATER)

    assert found.demanded
    assert any("到期" in hint for hint in found.hints)


def test_who_when_and_where_an_original_was_seen_is_kept(town, edition):
    case = walk.received(town, edition, at=DAY)
    document = case.application.documents.filter(material=key_of(edition, RULES)).get()

    commands.check_original(document, by=town.act("clerk", DAY), at=DAY, valid_to=date(2027, 1, 1))

    document.refresh_from_db()
    assert (document.trust, document.checked_by_id, document.checked_window_id, document.valid_to) == (
        Trust.B, town.users["clerk"].pk, town.window, date(2027, 1, 1),
    )  # fmt: skip
    expired = case.application.documents.exclude(pk=document.pk).filter(trust__in="CD").first()
    with pytest.raises(commands.OriginalExpired):
        commands.check_original(expired, by=town.act("clerk", DAY), at=DAY, valid_to=date(2026, 3, 1))


def test_consent_taken_back_while_an_application_is_open_stops_the_use(town, edition):
    other = town.release("food-workshop-registration")
    seen_at_window(town, walk.received(town, edition, at=DAY))
    owner = town.act("owner", LATER)
    draft = begun(town, other)
    hinted = {each.key for each in drafts.resolutions(draft, LATER) if any("同意" in hint for hint in each.hints)}

    give_consent(town.firm, channel=Channel.WEB, by=owner, at=LATER)
    met = {each.key for each in drafts.resolutions(draft, LATER) if each.way is Way.EARLIER}
    revoke_consent(town.firm, by=owner, at=walk.days_after(LATER, 1))
    after = {each.key for each in drafts.resolutions(draft, walk.days_after(LATER, 2)) if each.way is Way.EARLIER}

    assert met == hinted != set()
    assert after == set()


def test_a_paper_put_with_a_draft_is_not_sent_once_consent_was_taken_back(town, edition):
    other = town.release("food-workshop-registration")
    seen_at_window(town, walk.received(town, edition, at=DAY))
    owner, draft = town.act("owner", LATER), begun(town, other)
    give_consent(town.firm, channel=Channel.WEB, by=owner, at=LATER)
    for each in drafts.resolutions(draft, LATER):
        if each.way is Way.EARLIER:
            commands.attach(draft, each.key, presented=Presented.EARLIER, by=owner, at=LATER)
    for lack in drafts.lacking(draft, at=LATER):
        commands.attach(draft, lack.key, upload=("a.pdf", walk.PDF), by=owner, at=LATER)
    taken = {each.material for each in drafts.documents(draft) if each.repeats_id}
    assert taken
    assert drafts.lacking(draft, at=LATER) == []

    revoke_consent(town.firm, by=owner, at=LATER)

    with pytest.raises(commands.Incomplete) as refused:
        commands.submit(draft, by=owner, at=LATER)
    assert {each["field"] for each in refused.value.errors} == taken
    assert all("您同意材料用于其他事项后" in each["message"] for each in refused.value.errors)
    for key in taken:
        commands.attach(draft, key, upload=("a.pdf", walk.PDF), by=owner, at=LATER)
    commands.submit(draft, by=owner, at=LATER)
    assert not [each for each in drafts.documents(draft) if each.repeats_id], "what lost its consent is not sent"


@pytest.mark.parametrize("who", ["citizen", "stranger", "clerk", "reviewer", "admin"])
def test_nobody_else_takes_or_declines_what_is_offered(town, edition, who):
    seen_at_window(town, walk.received(town, edition, at=DAY))
    again, key, by = begun(town, edition), key_of(edition, RULES), town.act(who, LATER)

    for tried in (
        lambda: commands.decline(again, key, by=by, at=LATER),
        lambda: commands.use_again(again, key, by=by, at=LATER),
    ):
        with pytest.raises(Forbidden):
            tried()
