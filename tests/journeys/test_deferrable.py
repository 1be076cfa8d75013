"""容缺: what may come later is promised, accepted without, and there before anything is granted."""

from __future__ import annotations

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.applications import queries as drafts
from yimen.applications.choices import Presented
from yimen.cases import commands as cases
from yimen.cases.choices import Outcome
from yimen.cases.commands.deciding import StillOwed
from yimen.cases.queries import of_number, shape

pytestmark = pytest.mark.django_db

CERTIFICATE = "m06"  # 从业人员健康证明


@pytest.fixture
def case(town):
    """Reviewed; the certificate was promised and has not come."""
    edition, when = town.release("food-business-licence"), at("2026-03-02")
    application = walk.apply_for(town, edition, at=when)
    owner = town.act("owner", when)
    handed_in = application.documents.get(material=CERTIFICATE)
    applications.remove(handed_in, by=owner, at=when)
    applications.attach(application, CERTIFICATE, presented=Presented.PROMISE, by=owner, at=when)
    applications.submit(application, by=owner, at=when)
    case = cases.accept(of_number(application.number), by=town.act("clerk", when), at=when)
    walk.opine_all(town, case, at=when)
    return of_number(case.number)


def decide(town, case, outcome=Outcome.GRANT):
    when = at("2026-03-05")
    return cases.decide(case, outcome=outcome, reason="符合条件。", by=town.act("chief", when), at=when)


def bring(town, case, key=CERTIFICATE, when="2026-03-04"):
    application, owner = drafts.of_number(case.number), town.act("owner", at(when))
    return applications.attach(application, key, upload=("健康证.pdf", walk.PDF), by=owner, at=at(when))


def test_neither_brought_nor_promised_it_is_missing(town):
    application = walk.apply_for(town, town.release("food-business-licence"), at=at("2026-03-02"))
    owner = town.act("owner", at("2026-03-02"))
    applications.remove(application.documents.get(material=CERTIFICATE), by=owner, at=at("2026-03-02"))

    with pytest.raises(applications.Incomplete) as refusal:
        applications.submit(application, by=owner, at=at("2026-03-02"))

    assert [each["field"] for each in refusal.value.errors] == [CERTIFICATE]


def test_receipt_and_case_say_what_is_still_owed(town, case):
    owner = town.act("owner", at("2026-03-03"))

    listed = {each["name"]: (each["electronic"], each["note"]) for each in walk.paper(case, "A")["materials"]}
    assert listed["从业人员健康证明"] == (0, "容缺，决定前补齐")
    assert [(each.key, each.message) for each in shape(case, owner, at("2026-03-03")).owed] == [
        (CERTIFICATE, "“从业人员健康证明”可以容缺，请承诺后补。")
    ]


def test_nothing_is_granted_before_it_has_come(town, case):
    with pytest.raises(StillOwed) as refusal:
        decide(town, case)
    assert str(refusal.value) == "容缺受理的“从业人员健康证明”还没有补齐，补齐后才能准予。"

    bring(town, case)

    assert drafts.owed(case.application) == []
    assert decide(town, case).outcome == "grant"


def test_a_denial_does_not_wait_for_it(town, case):
    assert decide(town, case, Outcome.DENY).outcome == "deny"


def test_nothing_else_is_open_with_it_and_it_comes_once(town, case):
    with pytest.raises(applications.NotOpen):
        bring(town, case, "m01")
    bring(town, case)
    with pytest.raises(applications.NotOpen):
        bring(town, case)


def test_after_the_decision_it_is_too_late(town, case):
    decide(town, case, Outcome.DENY)

    with pytest.raises(applications.NotOpen):
        bring(town, case, when="2026-03-06")


def test_only_what_the_edition_lets_off_can_be_promised(town):
    application = walk.apply_for(town, town.release("food-business-licence"), at=at("2026-03-02"))

    with pytest.raises(applications.NotDeferrable):
        applications.attach(
            application, "m01", presented=Presented.PROMISE, by=town.act("owner", at("2026-03-02")), at=at("2026-03-02")
        )


def test_a_promise_that_was_sent_is_not_taken_back(town, case):
    owner, promise = town.act("owner", at("2026-03-03")), case.application.documents.get(presented=Presented.PROMISE)

    with pytest.raises(applications.PromiseStands) as refusal:
        applications.remove(promise, by=owner, at=at("2026-03-03"))

    promise.refresh_from_db()
    assert promise.removed_at is None
    assert "承诺不能撤回" in str(refusal.value)
    assert "从业人员健康证明" in str(refusal.value)
