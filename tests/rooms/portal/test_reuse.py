"""Nothing is asked twice, as its owner sees it: consent beside a draft and in my space, copying, telling a register."""

from __future__ import annotations

import pytest

from tests.builders import catalog as items
from tests.builders.walk import at
from yimen.applications import commands
from yimen.applications.choices import Channel
from yimen.applications.models import Application, ReuseConsent
from yimen.applications.queries import may_reuse
from yimen.identity.models import Correction

FIELDS = (
    items.field("name", label="申请人姓名", prefill="person.name"),
    items.field("employer", label="工作单位", element="person.employer"),
    items.field("matter", label="这一次要办什么"),
    items.field("people", "table", label="同行人员", columns=[{"name": "who", "label": "姓名"}]),
)
DAY = at("2026-02-02")


def item(town, slug="small-item", *, fields=FIELDS, name="小事项"):
    raw = items.small(slug=slug, name=name, form_fields=list(fields), materials=[])
    return items.release(raw | {"department": town.agency.department}, agency=town.agency)


def file(town, edition, **answers):
    by = town.act("citizen", DAY)
    draft = commands.begin(edition=edition, subject=town.citizen, channel=Channel.WEB, by=by, at=DAY)
    assert commands.answer(draft, answers, by=by, at=DAY) == []
    return commands.submit(draft, by=by, at=DAY)


def begin(client, town, slug="small-item"):
    where = client.post(f"/items/{slug}/apply/", {"subject": town.citizen.pk}).headers["Location"]
    return Application.objects.get(number=where.strip("/").split("/")[-1])


def read(client, url):
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


QUESTION = "要不要用您以前办事时填过、交过的内容？"


def test_one_is_asked_once_and_only_where_it_would_help(visit, town):
    first, _second = item(town), item(town, "other-item", name="另一件事")
    citizen = visit("citizen")
    draft = begin(citizen, town, "other-item")
    assert QUESTION not in read(citizen, f"/apply/{draft.number}/"), "there is nothing yet that could be used"
    file(town, first, employer="梅江中学")

    page = read(citizen, f"/apply/{draft.number}/")
    assert QUESTION in page
    assert "随时" in page
    assert "撤回" in page

    citizen.post(f"/apply/{draft.number}/reuse/", {"say": "decline"})
    assert QUESTION not in read(citizen, f"/apply/{draft.number}/")
    assert QUESTION not in read(citizen, f"/apply/{begin(citizen, town, 'other-item').number}/")


def test_agreed_the_form_is_filled_and_every_field_says_where_from(visit, town):
    first, _second = item(town), item(town, "other-item", name="另一件事")
    file(town, first, employer="梅江中学")
    citizen = visit("citizen")
    draft = begin(citizen, town, "other-item")

    answered = citizen.post(f"/apply/{draft.number}/reuse/", {"say": "agree"}, follow=True).content.decode()

    assert "已填好 1 项" in answered
    page = read(citizen, f"/apply/{draft.number}/form/1/")
    assert "来自以前办理“小事项” 2026-02-02" in page
    assert 'value="梅江中学"' in page


def test_taken_back_what_was_brought_along_is_marked_and_taken_out_and_what_was_typed_stays(visit, town, at):
    first, _second = item(town), item(town, "other-item", name="另一件事")
    file(town, first, employer="梅江中学")
    citizen = visit("citizen")
    draft = begin(citizen, town, "other-item")
    citizen.post(f"/apply/{draft.number}/reuse/", {"say": "agree"})
    commands.answer(draft, {"matter": "我写的"}, by=town.act("citizen", at), at=at)

    citizen.post("/my/reuse/", {"subject": town.citizen.pk, "say": "revoke"})
    assert not may_reuse(town.citizen, at)
    page = read(citizen, f"/apply/{draft.number}/")
    assert "您已撤回同意" in page
    assert "工作单位" in page
    citizen.post(f"/apply/{draft.number}/take-out/")

    draft.refresh_from_db()
    assert (draft.answers.get("employer"), draft.answers["matter"]) == (None, "我写的")
    assert draft.set_aside == {"employer": "梅江中学"}, "nothing is lost"
    assert "您已撤回同意" not in read(citizen, f"/apply/{draft.number}/")


def test_my_space_leads_to_it_shows_it_and_takes_it_back(visit, town):
    citizen = visit("citizen")
    assert 'href="/my/reuse/"' in read(citizen, "/my/")

    citizen.post("/my/reuse/", {"subject": town.citizen.pk, "say": "agree"})
    assert "撤回同意" in read(citizen, "/my/reuse/")
    citizen.post("/my/reuse/", {"subject": town.citizen.pk, "say": "revoke"})

    assert "同意使用" in read(citizen, "/my/reuse/")
    assert [row.revoked_at is not None for row in ReuseConsent.objects.all()] == [True]


def test_a_representative_decides_for_the_firm_on_the_same_page(visit, town, at):
    owner = visit("owner")
    assert town.firm.name in read(owner, "/my/reuse/")

    owner.post("/my/reuse/", {"subject": town.firm.pk, "say": "agree"})

    assert may_reuse(town.firm, at)
    assert not may_reuse(town.owner, at)


def test_nobody_decides_for_others(visit, town, at):
    stranger = visit("stranger")

    assert stranger.post("/my/reuse/", {"subject": town.citizen.pk, "say": "agree"}).status_code == 404
    assert not may_reuse(town.citizen, at)


def test_the_last_application_is_offered_and_copied_whole(visit, town):
    edition = item(town)
    earlier = file(town, edition, employer="梅江中学", matter="第一次", people=[{"who": "李四"}])
    citizen = visit("citizen")
    draft = begin(citizen, town)
    assert "照抄以前的申请" in read(citizen, f"/apply/{draft.number}/")

    page = read(citizen, f"/apply/{draft.number}/copy/")
    assert "第一次" in page
    citizen.post(f"/apply/{draft.number}/copy/", {"earlier": earlier.number})

    draft.refresh_from_db()
    assert (draft.answers["matter"], draft.answers["people"]) == ("第一次", [{"who": "李四"}])
    assert draft.sources["matter"] == "上次办理本事项 2026-02-02"


def test_what_no_longer_fits_is_told_and_kept(visit, town, at):
    earlier = file(town, item(town), employer="梅江中学", matter="第一次")
    item(town, fields=FIELDS[:2])
    citizen = visit("citizen")
    draft = begin(citizen, town)

    page = citizen.post(f"/apply/{draft.number}/copy/", {"earlier": earlier.number}, follow=True).content.decode()

    assert "没有带过来：这一次要办什么" in page
    draft.refresh_from_db()
    assert draft.set_aside == {"matter": "第一次"}


@pytest.mark.parametrize("who", ["stranger", "owner"])
def test_nobody_copies_another_s_application(visit, town, who):
    edition = item(town)
    earlier = file(town, edition, matter="秘密")
    client = visit(who)
    one = town.users[who].subject
    where = client.post("/items/small-item/apply/", {"subject": one.pk}).headers["Location"]

    page = client.post(f"{where}copy/", {"earlier": earlier.number})

    assert page.status_code == 422
    assert "秘密" not in page.content.decode()


def test_a_register_is_told_that_it_is_wrong_and_the_application_goes_on(visit, town, at):
    item(town)
    citizen = visit("citizen")
    draft = begin(citizen, town)
    url = f"/apply/{draft.number}/wrong/name/"
    assert citizen.get(url).status_code == 404, "nothing was changed yet"
    commands.answer(draft, {"name": "钟晓梅"}, by=town.act("citizen", at), at=at)
    assert "您改过：实名信息上是" in read(citizen, f"/apply/{draft.number}/form/1/")
    assert url in read(citizen, f"/apply/{draft.number}/")

    page = citizen.post(url, follow=True).content.decode()

    assert "已经告诉登记部门" in page
    report = Correction.objects.get()
    assert (report.subject, report.source, report.key, report.was, report.said, report.case) == (
        town.citizen, "identity", "name", town.citizen.name, "钟晓梅", draft.number,
    )  # fmt: skip
