"""The desks of consultations and lists: each duty sees and may do its part."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.builders import catalog, identity
from yimen.catalog.commands import commenting, drafting
from yimen.catalog.models import Comment, Consultation, Publication
from yimen.kit.actor import Actor
from yimen.kit.time import day_of, now

pytestmark = pytest.mark.django_db

PROOF = {"name": "居住证明", "kind": "证明", "source": "申请人自备", "necessity": "必要", "basis": "《某某条例》第八条"}
TODAY = day_of(now())


@pytest.fixture
def item():
    return catalog.release(catalog.small(materials=[PROOF]), at=now() - timedelta(days=60)).item


@pytest.fixture
def enter(client, item):
    def as_(*duties):
        user = identity.staff(*duties)
        client.force_login(user, backend="yimen.identity.access.AnyName")
        return identity.actor(user)

    return as_


def form(**changes):
    given = {
        "proof": "居住证明", "title": "关于居住证明的征求意见", "reason": "需要核实实际居住的情况。",
        "opens_on": TODAY.isoformat(), "closes_on": (TODAY + timedelta(days=20)).isoformat(),
    }  # fmt: skip
    return given | changes


@pytest.fixture
def opened(enter, client):
    enter("editor")
    client.post("/desk/consultations/new/small-item", form())
    return Consultation.objects.get()


def over(consultation) -> None:
    """As if its period had ended yesterday."""
    days = timedelta(days=30)
    Consultation.objects.update(opens_on=TODAY - days, closes_on=TODAY - timedelta(days=1))


def test_the_desk_offers_the_proofs_nobody_was_asked_about(client, enter, item):
    actor = enter("editor")
    page = client.get("/desk/consultations/new").content.decode()
    assert "居住证明" in page
    assert "现行版本" in page

    drafting.begin_draft(item, by=actor, at=now())
    assert "草稿" in client.get("/desk/consultations/new?q=居住").content.decode()
    assert "没有符合的证明" in client.get("/desk/consultations/new?q=zzz").content.decode()
    client.post("/desk/consultations/new/small-item", form())
    assert "没有要征求意见的证明" in client.get("/desk/consultations/new").content.decode()


def test_opening_shows_what_is_wrong_and_keeps_what_was_typed(client, enter):
    enter("editor")
    blank = client.get("/desk/consultations/new/small-item?proof=居住证明").content.decode()
    assert "关于保留“居住证明”的公开征求意见" in blank
    assert "不少于 15 天" in blank

    answer = client.post("/desk/consultations/new/small-item", form(closes_on=TODAY.isoformat(), reason="短"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不少于 15 天，请推后截止日期" in page
    assert "关于居住证明的征求意见" in page
    assert client.get("/desk/consultations/new/small-item?proof=营业执照").status_code == 409
    assert client.get("/desk/consultations/new/no-such?proof=x").status_code == 404


def test_a_consultation_from_opening_to_answer(client, opened):
    here = f"/desk/consultations/{opened.pk}/"
    assert "征求意见中" in client.get(here).content.decode()
    assert "截止后才能办结" in client.get(here).content.decode()
    assert "关于居住证明" in client.get("/desk/consultations/?state=open").content.decode()
    record = SimpleUploadedFile("笔录.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    told = client.post(
        f"{here}hearing", {"on": TODAY.isoformat(), "place": "市民中心", "said": "九人参加", "upload": record}
    )
    assert told.status_code == 302
    over(opened)
    bad = client.post(f"{here}conclude", {"answer": "收到意见三条，采纳两条。", "outcome": "kept"})
    assert bad.status_code == 422
    assert "收到意见三条" in bad.content.decode()
    good = {"answer": "收到意见三条，采纳两条。", "outcome": "kept", "outcome_reason": "条例第八条明确要求。"}
    assert client.post(f"{here}conclude", good).status_code == 302

    page = client.get(here).content.decode()
    assert "予以保留" in page
    assert "听证笔录" in page
    shown = client.get(f"/consultations/{opened.pk}/hearing")
    assert shown["Content-Type"] == "application/pdf"


def test_it_is_changed_or_withdrawn_before_it_begins(client, enter):
    enter("editor")
    first = (TODAY + timedelta(days=3)).isoformat()
    client.post("/desk/consultations/new/small-item", form(opens_on=first))
    made = Consultation.objects.get()
    here = f"/desk/consultations/{made.pk}/"
    assert client.get(f"{here}change").status_code == 200
    client.post(f"{here}change", form(opens_on=first, title="换一个标题"))
    assert Consultation.objects.get().title == "换一个标题"
    assert "撤下" in client.get(f"{here}withdraw").content.decode()
    assert client.post(f"{here}withdraw").status_code == 302
    assert client.get(here).status_code == 404


def test_comments_are_hidden_shown_again_and_asked_back(client, opened):
    said = commenting.comment(opened, text="请打我的电话谈谈", contact="13900000000", asker="x", by=Actor(), at=now())
    here = f"/desk/consultations/{opened.pk}/"
    assert "139" not in client.get(here).content.decode()
    contact = client.post(f"/desk/consultations/comments/{said.pk}/contact").content.decode()
    assert "13900000000" in contact
    assert client.post(f"/desk/consultations/comments/{said.pk}/hide", {"reason": "短"}).status_code == 422
    client.post(f"/desk/consultations/comments/{said.pk}/hide", {"reason": "含有他人电话"})
    assert "隐藏的理由：含有他人电话" in client.get(here).content.decode()
    client.post(f"/desk/consultations/comments/{said.pk}/show")
    assert Comment.objects.get().hidden_at is None
    assert client.get("/desk/consultations/comments/999/hide").status_code == 404


@pytest.mark.parametrize("duty", ["staffing", "legal", "administrator"])
def test_the_other_desks_of_the_catalogue_only_read(client, opened, enter, duty):
    enter(duty)
    here = f"/desk/consultations/{opened.pk}/"
    page = client.get(here).content.decode()

    assert "可以做什么" not in page
    assert "发起征求意见" not in client.get("/desk/consultations/").content.decode()
    for path in ("change", "withdraw", "hearing", "conclude"):
        assert client.get(here + path).status_code == 403
    assert client.get("/desk/consultations/new").status_code == 403


@pytest.mark.parametrize("duty", ["clerk", "reviewer", "chief", "deliverer", "supervisor", "hall_manager"])
def test_nobody_else_sees_these_desks(client, enter, duty):
    enter(duty)
    for path in ("/desk/consultations/", "/desk/lists/", "/desk/lists/publish"):
        assert client.get(path).status_code == 403


def test_an_editor_of_another_agency_sees_nothing_of_it(client, opened):
    from tests.builders import city

    elsewhere = city.post("editor", agency=city.agency("WJ"))
    client.force_login(identity.staff(post=elsewhere), backend="yimen.identity.access.AnyName")

    assert "关于居住证明" not in client.get("/desk/consultations/").content.decode()
    assert client.get(f"/desk/consultations/{opened.pk}/").status_code == 404
    assert client.get("/desk/consultations/new/small-item?proof=居住证明").status_code == 403


@pytest.mark.parametrize("duty", ["staffing", "administrator"])
def test_the_quarter_is_published_from_the_desk(client, enter, duty):
    enter(duty)
    page = client.get("/desk/lists/").content.decode()
    assert "还有 14 份清单没有公布" in page
    assert "还没有公布过" in page
    assert "公布后本季度不再改动" in client.get("/desk/lists/publish").content.decode()

    assert client.post("/desk/lists/publish").status_code == 302
    assert Publication.objects.count() == 14
    assert client.post("/desk/lists/publish").status_code == 409
    catalog.release(catalog.small(slug="new-item", name="新事项"), at=now())
    after = client.get("/desk/lists/").content.decode()
    assert "已经全部公布" in after
    assert "新增 1，取消 0，变更 0" in after


def test_an_editor_reads_the_lists_desk_but_publishes_nothing(client, enter):
    enter("editor")

    assert "公布2026" not in client.get("/desk/lists/").content.decode().replace(" ", "")
    assert client.post("/desk/lists/publish").status_code == 403
