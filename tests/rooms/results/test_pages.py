"""Signing and handing out."""

from __future__ import annotations

from tests.builders import walk
from tests.builders.desk import statements, statuses, text
from yimen.cases.choices import Outcome
from yimen.cases.queries import of_number
from yimen.law.states import State
from yimen.results.models import Delivery


def url(case, verb):
    return f"/desk/cases/{case.number}/{verb}/"


def test_who_signs_and_who_hands_out(visit, town, edition, at):
    case = walk.decided(town, edition, at=at)

    assert statuses(visit, "/desk/results/", "deliverer", "clerk", "reviewer", "") == {
        "deliverer": 200, "clerk": 200, "reviewer": 403, "nobody": 302,
    }  # fmt: skip
    assert statuses(visit, url(case, "issue"), "deliverer", "chief", "clerk") == {
        "deliverer": 200,
        "chief": 200,
        "clerk": 403,
    }
    assert visit("deliverer").get(url(case, "deliver")).status_code == 409


def test_a_result_is_signed_and_handed_over_at_the_window(visit, town, edition, at):
    case, deliverer = walk.decided(town, edition, at=at), visit("deliverer")
    waiting = text(deliverer.get("/desk/results/"))

    signed = deliverer.post(url(case, "issue"), {"version": case.version})
    listed = text(deliverer.get("/desk/results/?step=deliver"))
    done = deliverer.post(
        url(case, "deliver"),
        {"version": case.version, "way": "window", "receiver": "李秀兰", "receiver_document": "441402190806250023"},
    )

    assert case.number in waiting
    assert signed.url == url(case, "deliver")
    assert case.number in listed
    assert done.status_code == 302
    assert of_number(case.number).state == State.CLOSED
    assert Delivery.objects.get().receiver == "李秀兰"


def test_at_a_window_the_receivers_document_must_be_looked_at(visit, town, edition, at):
    case, deliverer = walk.decided(town, edition, at=at), visit("deliverer")
    deliverer.post(url(case, "issue"), {"version": case.version})

    nobody = deliverer.post(url(case, "deliver"), {"way": "window", "receiver": "", "receiver_document": ""})
    unseen = deliverer.post(url(case, "deliver"), {"way": "window", "receiver": "李秀兰"})
    unposted = deliverer.post(url(case, "deliver"), {"way": "post"})

    assert [nobody.status_code, unseen.status_code, unposted.status_code] == [422, 422, 422]
    assert "请登记领取人姓名" in text(nobody)
    assert 'value="李秀兰"' in text(unseen)
    assert "请填写快递单号" in text(unposted)


def test_a_denial_has_nothing_to_sign_and_is_handed_over_as_it_is(visit, town, edition, at):
    case = walk.decided(town, edition, at=at, outcome=Outcome.DENY)
    deliverer = visit("deliverer")

    refused = deliverer.get(url(case, "issue"))
    done = deliverer.post(url(case, "deliver"), {"way": "electronic"})

    assert refused.status_code == 409
    assert "没有需要签发的结果" in text(refused)
    assert done.status_code == 302


def test_a_stale_page_signs_nothing(visit, town, edition, at):
    case, deliverer = walk.decided(town, edition, at=at), visit("deliverer")

    answer = deliverer.post(url(case, "issue"), {"version": case.version - 1})

    assert answer.status_code == 409
    assert "刚刚被别人处理过" in text(answer)


def test_the_list_costs_the_same_with_one_row_and_with_many(visit, town, edition, at):
    deliverer = visit("deliverer")
    walk.decided(town, edition, at=at)
    one = statements(deliverer, "/desk/results/")
    for _ in range(3):
        walk.decided(town, edition, at=at)

    assert statements(deliverer, "/desk/results/") == one
