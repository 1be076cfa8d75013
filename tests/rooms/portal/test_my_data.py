"""Who has looked at my data, what is wrong with it, a copy of it all: one's own pages."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import jsonschema_rs
import pytest
from django.urls import reverse

import yimen.portal
from tests.builders import identity, jobs
from tests.builders.city import AT
from yimen.identity import commands, queries
from yimen.identity.choices import Finding, MandateKind, Power
from yimen.identity.models import Correction, DataCopy, LookReport
from yimen.ledger.commands import look

pytestmark = pytest.mark.django_db

SCHEMA = json.loads((Path(yimen.portal.__file__).parent / "data" / "my-data.schema.json").read_text("utf-8"))


@pytest.fixture
def me(client):
    user = identity.citizen()
    client.force_login(user)
    return user


def seen(subject, *, purpose="办理办件", what="办件内容", case="", by=None, at=AT):
    clerk = by or identity.actor(identity.staff("clerk"))
    look(subject.pk, by=clerk, at=at, purpose=purpose, case=case, what=what)
    return clerk


def text(answer):
    return answer.content.decode()


def test_a_look_says_which_office_and_post_looked_at_what_and_why_and_masks_the_person(client, me):
    seen(me.subject, purpose="窗口受理食品经营许可")

    page = text(client.get(reverse("portal:looks")))

    assert "窗口受理食品经营许可" in page
    assert "办件内容" in page
    assert "李*" in page
    assert "李敏" not in page


def test_a_look_at_a_licence_is_never_a_raw_code(client, me):
    seen(me.subject, what="licence:12")

    page = text(client.get(reverse("portal:looks")))

    assert "licence:12" not in page
    assert "一份电子证照" in page


def test_looks_come_by_pages_and_none_is_left_out_between_them(client, me):
    for turn in range(45):
        seen(me.subject, purpose=f"第{turn:02d}次核对", at=AT)

    found, address = [], reverse("portal:looks")
    while address:
        page = text(client.get(address))
        found += [turn for turn in range(45) if f"第{turn:02d}次核对" in page]
        address = (
            page.split('<a class="button button--secondary" href="?')[1].split('"')[0] if "更早的查看" in page else ""
        )
        address = address and f"{reverse('portal:looks')}?{address.replace('&amp;', '&')}"

    assert sorted(found) == list(range(45))
    assert len(found) == 45


def test_looks_are_filtered_by_case(client, me):
    seen(me.subject, purpose="第一件的核对", case="441400-1")
    seen(me.subject, purpose="第二件的核对", case="441400-2")

    page = text(client.get(reverse("portal:looks"), {"case": "441400-2"}))

    assert ("第一件的核对" in page, "第二件的核对" in page) == (False, True)


def test_a_filter_that_is_no_case_shows_nothing_and_breaks_nothing(client, me):
    seen(me.subject)

    page = text(client.get(reverse("portal:looks"), {"case": '","%_\\', "office": "没有这个局"}))

    assert "没有符合条件的查看" in page


def test_looks_of_an_investigation_are_shown_when_its_days_are_over(client, me, settings):
    settings.YIMEN_LOOKS_SHOWN_LATER = {"案件调查": 30}
    seen(me.subject, purpose="案件调查")

    assert list(queries.looks_of([me.subject.pk], AT)) == []
    assert len(list(queries.looks_of([me.subject.pk], AT + timedelta(days=31)))) == 1


def test_nothing_is_sealed_until_a_city_says_so(settings):
    assert settings.YIMEN_LOOKS_SHOWN_LATER == {}


def test_one_click_reports_a_look_and_the_look_is_attached(client, me):
    clerk = seen(me.subject)
    [line] = queries.looks_at(me.subject.pk)

    answer = client.post(reverse("portal:report_look", args=[me.subject.pk, line.seq]))

    report = LookReport.objects.get()
    assert answer.url == reverse("portal:look_report", args=[report.pk])
    assert (report.seq, report.looker_id) == (line.seq, clerk.user)
    assert "监督部门正在核查" in text(client.get(answer.url))


def test_a_second_click_finds_it_reported(client, me):
    seen(me.subject)
    [line] = queries.looks_at(me.subject.pk)
    address = reverse("portal:report_look", args=[me.subject.pk, line.seq])

    first, second = client.post(address), client.post(address)

    assert first.url == second.url
    assert LookReport.objects.count() == 1


def test_words_are_added_and_a_slip_is_taken_back_and_made_again(client, me):
    seen(me.subject)
    [line] = queries.looks_at(me.subject.pk)
    address = client.post(reverse("portal:report_look", args=[me.subject.pk, line.seq])).url

    client.post(address, {"step": "add", "text": "我那天没有办事"})
    assert "我那天没有办事" in text(client.get(address))
    client.post(address, {"step": "withdraw"})
    assert "已经撤回" in text(client.get(address))
    client.post(reverse("portal:report_look", args=[me.subject.pk, line.seq]))
    assert "监督部门正在核查" in text(client.get(address))


def test_nobody_sees_or_reports_somebody_elses_looks(client, me):
    other = identity.citizen("王芳")
    seen(other.subject)
    [line] = queries.looks_at(other.subject.pk)

    assert client.get(reverse("portal:looks"), {"of": other.subject.pk}).status_code == 404
    assert client.post(reverse("portal:report_look", args=[other.subject.pk, line.seq])).status_code == 404


@pytest.mark.parametrize(
    ("kind", "items", "status"),
    [
        (MandateKind.LEGAL_REPRESENTATIVE, (), 200),
        (MandateKind.HANDLER, (), 200),
        (MandateKind.HANDLER, ("food-business-licence",), 404),
    ],
)
def test_a_firms_looks_are_for_its_representative_and_the_handler_for_everything(client, me, kind, items, status):
    firm = identity.firm()
    identity.mandate(firm, me.subject, Power.FILE, kind=kind, items=items)
    seen(firm, purpose="核对营业执照")

    answer = client.get(reverse("portal:looks"), {"of": firm.pk})

    assert answer.status_code == status
    assert ("核对营业执照" in text(answer)) == (status == 200)


def test_a_correction_is_asked_for_with_what_is_right_and_waits_with_its_day(client, me):
    address = reverse("portal:ask_correction", args=[me.subject.pk, "identity", "name"])
    assert me.subject.name in text(client.get(address))

    answer = client.post(address, {"said": "钟小妹", "reason": "登记时写错了"})

    assert answer.status_code == 302
    page = text(client.get(reverse("portal:data")))
    assert "钟小妹" in page
    assert "核实中" in page


def test_the_answer_to_a_correction_lies_among_the_messages_and_leads_back_to_the_data(client, me):
    client.post(
        reverse("portal:ask_correction", args=[me.subject.pk, "identity", "name"]), {"said": "钟小妹", "reason": "写错"}
    )
    clerk = identity.actor(identity.staff("clerk"))

    commands.answer_correction(Correction.objects.get(), finding=Finding.RIGHT, answer="与登记一致", by=clerk, at=AT)
    jobs.run()

    page = client.get(reverse("portal:messages"))
    assert page.status_code == 200
    assert "更正申请已答复" in text(page)
    assert f'href="{reverse("portal:data")}"' in text(page).partition("更正申请已答复")[2]


def test_a_correction_without_what_is_right_keeps_what_was_typed(client, me):
    address = reverse("portal:ask_correction", args=[me.subject.pk, "identity", "name"])

    answer = client.post(address, {"said": "", "reason": "登记时写错了"})

    assert answer.status_code == 422
    assert "登记时写错了" in text(answer)
    assert not Correction.objects.exists()


def test_of_somebody_else_nothing_is_asked(client, me):
    other = identity.person("王芳")

    for name, arguments in (("ask_correction", [other.pk, "identity", "name"]), ("ask_copy", [other.pk])):
        assert client.post(reverse(f"portal:{name}", args=arguments), {"said": "x"}).status_code == 404
    assert client.get(reverse("portal:data"), {"of": other.pk}).status_code == 404


def copy_of(client, subject):
    client.post(reverse("portal:ask_copy", args=[subject.pk]))
    jobs.run()
    copy = DataCopy.objects.latest("pk")
    answer = client.get(reverse("portal:copy_file", args=[copy.pk, 1]))
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_a_copy_holds_everything_as_its_schema_says(client, me):
    friend = identity.person("王芳")
    identity.mandate(me.subject, friend, Power.FILE)
    seen(me.subject, purpose="办理办件")
    client.post(reverse("portal:usual_edit", args=["person.employer"]), {"value": "梅江中学"})

    archive = copy_of(client, me.subject)

    document = json.loads(archive.read("my-data.json"))
    jsonschema_rs.validator_for(SCHEMA).validate(document)
    assert document["records"][0]["number"] == me.subject.number
    assert document["mandates"][0]["other"] == "王芳"
    assert document["looks"][0]["purpose"] == "办理办件"
    assert [(each["name"], each["value"]) for each in document["usual"]] == [("工作单位", "梅江中学")]
    assert json.loads(archive.read("my-data.schema.json")) == SCHEMA


def test_a_copy_never_holds_anothers_number(client, me):
    friend = identity.person("王芳")
    identity.mandate(me.subject, friend, Power.FILE)

    document = copy_of(client, me.subject).read("my-data.json").decode()

    assert friend.number not in document


def test_a_copy_is_fetched_by_who_asked_for_it_only_and_only_for_some_days(client, me, settings):
    copy_of(client, me.subject)
    copy = DataCopy.objects.get()
    address = reverse("portal:copy_file", args=[copy.pk, 1])

    client.force_login(identity.citizen("王芳"))
    assert client.get(address).status_code == 404
    client.force_login(me)
    DataCopy.objects.update(until=copy.asked_at)
    assert client.get(address).status_code == 410


def test_the_firms_copy_is_for_its_representative_not_for_its_handler(client, me):
    firm = identity.firm()
    identity.mandate(firm, me.subject, Power.FILE, kind=MandateKind.HANDLER)
    assert client.post(reverse("portal:ask_copy", args=[firm.pk])).status_code == 404

    identity.mandate(firm, me.subject, Power.FILE, kind=MandateKind.LEGAL_REPRESENTATIVE)
    document = json.loads(copy_of(client, firm).read("my-data.json"))

    assert document["records"][0]["name"] == firm.name


def test_the_firms_space_says_for_whom_one_stands_until_one_is_oneself_again(client, me):
    firm = identity.firm()
    identity.mandate(firm, me.subject, Power.FILE, kind=MandateKind.HANDLER)

    space = text(client.get(reverse("portal:firm", args=[firm.pk])))
    assert space.count(firm.name) > 1
    elsewhere = text(client.get(reverse("portal:items")))
    assert firm.name in elsewhere
    client.get(reverse("portal:my"))
    assert firm.name not in text(client.get(reverse("portal:items")))


def test_a_firm_one_does_not_act_for_is_not_there(client, me):
    assert client.get(reverse("portal:firm", args=[identity.firm().pk])).status_code == 404
    assert me.name in text(client.get(reverse("portal:firms")))


def test_a_handler_sees_no_licences_without_that_power_and_no_other_handlers(client, me):
    firm, other = identity.firm(), identity.person("赵六")
    identity.mandate(firm, me.subject, Power.FILE, kind=MandateKind.HANDLER)
    identity.mandate(firm, other, Power.FILE, kind=MandateKind.HANDLER)

    space = text(client.get(reverse("portal:firm", args=[firm.pk])))

    assert "您的授权不包括查看证照" in space
    assert "赵六" not in space


def test_the_representative_sees_the_handlers_and_what_they_may(client, me):
    firm, other = identity.firm(), identity.person("赵六")
    identity.mandate(firm, me.subject, kind=MandateKind.LEGAL_REPRESENTATIVE)
    identity.mandate(firm, other, Power.FILE, kind=MandateKind.HANDLER)

    space = text(client.get(reverse("portal:firm", args=[firm.pk])))

    assert "赵六" in space
    assert "授权经办人" in space
