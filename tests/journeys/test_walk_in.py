"""Somebody walks in to a window: a clerk fills in the form with them, sees the originals, hands out the licence."""

from __future__ import annotations

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.applications import queries as drafts
from yimen.applications.choices import Channel, Presented
from yimen.cases import commands as cases
from yimen.cases.choices import Outcome
from yimen.cases.queries import of_number, timeline
from yimen.demo.queries import sample_answers
from yimen.identity.choices import Document
from yimen.identity.queries import looks_at, subject_for_staff
from yimen.ledger.queries import faults
from yimen.results import commands as results
from yimen.results.choices import Way
from yimen.vault.queries import held_by

pytestmark = pytest.mark.django_db


def test_a_firm_applies_at_the_window_and_fetches_its_licence_there(town):
    edition = town.release("food-business-licence")
    clerk = town.act("clerk", at("2026-03-02"))

    firm = subject_for_staff(Document.USCC, town.firm.number, by=clerk, at=at("2026-03-02"), purpose="窗口收件")
    application = applications.begin(
        edition=edition, subject=firm, channel=Channel.WINDOW, by=clerk, at=at("2026-03-02")
    )
    applications.answer(
        application, sample_answers(edition.doc, application.answers), by=clerk, at=at("2026-03-02 10:10")
    )
    application = drafts.find(application.number, by=clerk, at=at("2026-03-02 10:10"))
    for lack in drafts.lacking(application):
        applications.attach(
            application, lack.key, presented=Presented.ORIGINAL, copies=2, by=clerk, at=at("2026-03-02 10:15")
        )
    applications.submit(application, by=clerk, at=at("2026-03-02 10:20"))
    case = cases.accept(of_number(application.number), by=clerk, at=at("2026-03-02 10:21"))
    walk.opine_all(town, case, at=at("2026-03-03"))
    cases.decide(
        case, outcome=Outcome.GRANT, reason="符合条件。", by=town.act("chief", at("2026-03-04")), at=at("2026-03-04")
    )
    results.issue(case, by=town.act("deliverer", at("2026-03-05")), at=at("2026-03-05"))
    case = results.deliver(
        case, way=Way.WINDOW, receiver="李秀兰", receiver_document="441402********0021",
        by=town.act("clerk", at("2026-03-06")), at=at("2026-03-06"),
    )  # fmt: skip

    assert (case.state, case.channel, case.number[14], case.window_id) == ("closed", "window", "2", town.window)
    assert walk.paper_kinds(case) == ["A", "C", "H", "J"]
    receipt = walk.paper(case, "A")
    assert (receipt["receiver"], receipt["place"], receipt["way"], receipt["query_password"]) == (
        "工作人员clerk", "综合服务1号窗", "窗口提交", case.password,
    )  # fmt: skip
    assert {(each["originals"], each["electronic"]) for each in receipt["materials"]} == {(2, 0)}
    assert {document.trust for document in drafts.documents(application)} == {"B"}
    handed = walk.paper(case, "J")
    assert (handed["receiver"], handed["way"], handed["relation"]) == ("李秀兰", "窗口领取", "受委托人")
    assert held_by([town.firm.pk]).get().case == case.number
    assert list(faults()) == []


def test_the_firm_sees_afterwards_what_the_window_did_and_who_looked(town):
    edition = town.release("food-business-licence")
    clerk = town.act("clerk", at("2026-03-02"))
    subject_for_staff(Document.USCC, town.firm.number, by=clerk, at=at("2026-03-02"), purpose="窗口收件")

    case = walk.received(town, edition, at=at("2026-03-02"), who="clerk", channel=Channel.WINDOW)

    told = timeline(case, town.act("owner", at("2026-03-03")), at("2026-03-03"))
    assert [(moment.verb, moment.by) for moment in told if moment.verb in ("submitted", "receive")] == [
        ("submitted", "梅江区政务服务中心 clerk岗"),
        ("receive", "梅江区市场监督管理局"),
    ]
    assert [(look.by["name"], look.ground) for look in looks_at(town.firm.pk)] == [("工作人员clerk", "窗口收件")]


def test_another_clerk_of_the_window_goes_on_with_what_a_colleague_began_and_is_the_one_who_received_it(town):
    edition = town.release("food-business-licence")
    application = walk.apply_for(town, edition, at=at("2026-03-02"), who="clerk", channel=Channel.WINDOW)

    applications.submit(application, by=town.act("clerk2", at("2026-03-02 11:00")), at=at("2026-03-02 11:00"))

    case = of_number(application.number)
    assert walk.paper(case, "A")["receiver"] == "工作人员clerk2"
    assert [
        (line.verb, line.by["name"], line.by["post"])
        for line in walk.story(case)
        if line.verb in ("begun", "submitted", "receive")
    ] == [
        ("begun", "工作人员clerk", "clerk岗"),
        ("submitted", "工作人员clerk2", "clerk2岗"),
        ("receive", "工作人员clerk2", "clerk2岗"),
    ]
