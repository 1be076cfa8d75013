"""At the desk: corrections, reports about looks, merges; who may, who reads only, who sees nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.builders import city, identity
from tests.builders.city import AT, SYSTEM
from yimen.identity import commands, queries
from yimen.identity.choices import Document, Finding, Judgement
from yimen.identity.models import Correction, LookReport, Merge
from yimen.identity.ports import Value
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden
from yimen.kit.time import now
from yimen.ledger.commands import look
from yimen.ui.words import people_date, people_datetime

pytestmark = pytest.mark.django_db
ALL = (
    "clerk",
    "reviewer",
    "chief",
    "deliverer",
    "editor",
    "staffing",
    "legal",
    "supervisor",
    "hall_manager",
    "administrator",
)


def own(user):
    return identity.actor(user)


def text(answer):
    return answer.content.decode()


@pytest.fixture
def asked(db):
    user = identity.citizen("钟小没")
    value = Value("identity", "本平台登记的资料", "name", "姓名", "钟小没")
    return commands.ask_correction(user.subject, value=value, said="钟小梅", by=own(user), at=AT)


def reported(agency=None):
    """A look from an office (none: from the hall), reported by whom it was at."""
    user = identity.citizen()
    post = city.post("clerk", agency=agency) if agency else city.post("clerk")
    looker = identity.account()
    identity.hold(looker, post)
    look(user.subject.pk, by=identity.actor(looker), at=AT, purpose="办理办件", what="办件内容")
    [line] = queries.looks_at(user.subject.pk)
    return commands.report_look(user.subject.pk, line.seq, text="我没有办事", by=own(user), at=AT), looker


PAGES = {
    "corrections": {"clerk", "reviewer", "chief", "supervisor", "administrator"},
    "look_reports": {"supervisor", "chief"},
    "merges": {"clerk", "administrator"},
    "new_merge": {"clerk", "administrator"},
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("duty", [*ALL, None])
def test_who_may_open_the_lists(client, page, duty):
    client.force_login(identity.staff(duty) if duty else identity.citizen())

    assert client.get(reverse(f"identity:{page}")).status_code == (200 if duty in PAGES[page] else 403)


def test_a_clerk_answers_a_correction_on_its_page_and_the_look_at_it_is_written_down(client, asked):
    client.force_login(identity.staff("clerk"))
    address = reverse("identity:correction", args=[asked.pk])
    assert "钟小梅" in text(client.get(address))

    client.post(address, {"finding": Finding.CORRECTED, "answer": "与户口簿核对一致"})

    asked.subject.refresh_from_db()
    assert asked.subject.name == "钟小梅"
    assert {line.ground for line in queries.looks_at(asked.subject_id)} == {"核实更正申请"}


@pytest.mark.parametrize(("later", "word"), [(0, ""), (29, "预警"), (31, "黄牌"), (60, "红牌")])
def test_the_list_shows_the_day_of_answer_with_its_card(client, asked, monkeypatch, later, word):
    client.force_login(identity.staff("clerk"))
    monkeypatch.setattr("yimen.identity.views.answering.now", lambda: AT + timedelta(days=later))

    page = text(client.get(reverse("identity:corrections")))

    day = people_date(asked.due_on, AT + timedelta(days=later))
    assert (f"{day} · {word}" if word else day) in page
    assert any(card in page for card in ("预警", "黄牌", "红牌")) is bool(word)


def test_an_answer_without_reasons_is_refused_with_what_was_chosen(client, asked):
    client.force_login(identity.staff("clerk"))

    answer = client.post(reverse("identity:correction", args=[asked.pk]), {"finding": Finding.RIGHT, "answer": ""})

    assert answer.status_code == 422
    assert Correction.objects.get().answered_at is None


def test_a_supervisor_reads_a_correction_and_does_not_answer_it(client, asked):
    client.force_login(identity.staff("supervisor"))

    page = text(client.get(reverse("identity:correction", args=[asked.pk])))

    assert "钟小梅" in page
    assert 'name="answer"' not in page


def test_an_answer_without_anything_says_what_to_choose_and_to_write(client, asked):
    client.force_login(identity.staff("clerk"))

    page = text(client.post(reverse("identity:correction", args=[asked.pk]), {}))

    assert "请选择“核实结果”。" in page
    assert "请填写“理由（本人会看到）”。" in page
    assert Correction.objects.get().answered_at is None


def test_another_offices_correction_is_not_there_for_a_reviewer(client):
    agency, other = city.agency("SJ", city.COUNTY), city.agency("WJ", city.COUNTY)
    user = identity.citizen()
    row = commands.report_wrong_value(
        subject=user.subject.pk, source="licence:7", source_words="营业执照", key="address", label="住所", was="甲",
        said="乙", agency=agency.pk, by=own(user), at=AT,
    )  # fmt: skip
    stranger = identity.account()
    identity.hold(stranger, city.post("reviewer", agency=other))
    client.force_login(stranger)

    assert client.get(reverse("identity:correction", args=[row.pk])).status_code == 404
    assert row.source_words not in text(client.get(reverse("identity:corrections")))


def test_a_supervisor_answers_a_report_in_words(client):
    report, _looker = reported()
    client.force_login(identity.staff("supervisor"))
    address = reverse("identity:look_report", args=[report.pk])
    page = text(client.get(address))
    assert "我没有办事" in page
    assert people_datetime(AT, now()) in page, "the city's clock, not the server's"

    client.post(address, {"finding": Judgement.IMPROPER, "answer": "没有对应的办件，已批评教育"})

    row = LookReport.objects.get()
    assert (row.finding, row.answer) == (Judgement.IMPROPER, "没有对应的办件，已批评教育")


def test_an_offices_chief_reads_what_is_said_about_the_office_and_does_not_close_it(client):
    agency = city.agency("SJ", city.COUNTY)
    report, _looker = reported(agency)
    chief = identity.account()
    identity.hold(chief, city.post("chief", agency=agency))
    client.force_login(chief)
    address = reverse("identity:look_report", args=[report.pk])

    page = text(client.get(address))
    client.post(address, {"finding": Judgement.PROPER, "answer": "办理需要"})

    assert "本部门不能自己结案" in page
    assert LookReport.objects.get().answered_at is None


def test_a_supervisor_of_the_same_office_does_not_close_it_either():
    agency = city.agency("SJ", city.COUNTY)
    report, _looker = reported(agency)
    inside = Actor(
        user=identity.account().pk, office=agency.pk, duties=frozenset({"supervisor"}), agencies=frozenset({agency.pk})
    )

    with pytest.raises(commands.OwnOffice):
        commands.answer_look_report(report, finding=Judgement.PROPER, answer="办理需要", by=inside, at=AT)


def test_who_looked_does_not_judge_the_look():
    report, looker = reported()
    same = Actor(user=looker.pk, duties=frozenset({"supervisor"}))

    with pytest.raises(commands.OwnOffice):
        commands.answer_look_report(report, finding=Judgement.PROPER, answer="办理需要", by=same, at=AT)


@pytest.mark.parametrize("duty", [each for each in ALL if each != "supervisor"])
def test_nobody_but_a_supervisor_judges(duty):
    report, _looker = reported()

    with pytest.raises(Forbidden):
        commands.answer_look_report(
            report, finding=Judgement.PROPER, answer="办理需要", by=identity.actor(identity.staff(duty)), at=AT
        )


def test_two_records_are_merged_by_two_clerks_and_parted_on_the_page(client):
    one = commands.find_or_register_subject(
        document=Document.PASSPORT, number="E12345678", name="ANNA LEE", by=SYSTEM, at=AT
    )
    other = identity.person("安娜")
    first, second = identity.staff("clerk"), identity.staff("clerk")
    client.force_login(first)
    given = {
        "one_document": Document.PASSPORT, "one_number": "E12345678", "other_document": Document.CITIZEN_ID,
        "other_number": other.number, "proof": "护照和身份证照片一致",
    }  # fmt: skip

    address = client.post(reverse("identity:new_merge"), given).url
    assert client.post(address, {"step": "confirm"}).status_code == 403
    client.force_login(second)
    client.post(address, {"step": "confirm"})
    assert queries.same_person(one.pk) == (one.pk, other.pk)
    client.post(address, {"step": "undo", "why": "重新核对后不是一人"})

    assert queries.same_person(one.pk) == (one.pk,)
    assert Merge.objects.get().undone_at is not None


def test_a_number_nobody_has_is_said_beside_its_field(client):
    client.force_login(identity.staff("clerk"))
    given = {
        "one_document": Document.PASSPORT, "one_number": "E99999999", "other_document": Document.CITIZEN_ID,
        "other_number": identity.citizen_number(), "proof": "护照和身份证照片一致",
    }  # fmt: skip

    answer = client.post(reverse("identity:new_merge"), given)

    assert answer.status_code == 422
    assert "没有登记过这个证件" in text(answer)
    assert "E99999999" in text(answer)


def paper(principal, agent, **changes):
    return {
        "principal_document": principal.document, "principal_number": principal.number,
        "agent_document": agent.document, "agent_number": agent.number, "kind": "guardian", "powers": ["file", "sign"],
        "valid_from": "2026-03-02", "proof": "出生医学证明和双方身份证", **changes,
    }  # fmt: skip


@pytest.mark.parametrize("duty", [*ALL, None])
def test_who_may_enter_a_mandate_from_paper(client, duty):
    client.force_login(identity.staff(duty) if duty else identity.citizen())

    expected = 200 if duty in ("clerk", "administrator") else 403
    assert client.get(reverse("identity:paper_mandate")).status_code == expected


def test_a_clerk_enters_a_guardian_who_acts_until_the_eve_of_the_birthday(client):
    child = identity.person("钟小宝", number=identity.citizen_number(1, born=date(2020, 5, 20)))
    mother = identity.person("钟小梅")
    client.force_login(identity.staff("clerk"))

    answer = client.post(reverse("identity:paper_mandate"), paper(child, mother))

    assert answer.status_code == 302
    [row] = queries.mandates_of(child.pk)
    assert (row.valid_to, row.level, row.asks_consent) == (date(2038, 5, 19), "B", False)


def test_a_paper_about_an_item_that_does_not_exist_is_refused_with_everything_typed(client):
    one, other = identity.person(), identity.person("王芳")
    client.force_login(identity.staff("clerk"))

    answer = client.post(reverse("identity:paper_mandate"), paper(one, other, kind="personal", items="不存在的事项"))

    assert answer.status_code == 422
    assert "没有找到这些事项" in text(answer)
    assert other.number in text(answer)
