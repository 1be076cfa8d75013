"""Consultations in public: reading, speaking with or without an account, what is never lost or shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import catalog, identity
from yimen.catalog.commands import commenting, consulting
from yimen.catalog.models import Comment
from yimen.catalog.queries import consulting as queries
from yimen.kit.actor import Actor
from yimen.kit.time import day_of, now

pytestmark = pytest.mark.django_db

PROOF = {"name": "居住证明", "kind": "证明", "source": "申请人自备", "necessity": "必要", "basis": "《某某条例》第八条"}
SAID = "办事时已经登记过住址，不应再开证明。"


@pytest.fixture
def item():
    return catalog.release(catalog.small(materials=[PROOF]), at=now() - timedelta(days=60)).item


@pytest.fixture
def editor(item):
    return identity.actor(identity.staff("editor"))


def opened(item, editor, days_ago=0, ahead=0):
    at = now() - timedelta(days=days_ago)
    first = day_of(at) + timedelta(days=ahead)
    return consulting.open_consultation(
        item, queries.consultable(item)[0], title="关于居住证明的征求意见", reason="需要核实实际居住的情况。",
        opens_on=first, closes_on=first + timedelta(days=14), by=editor, at=at,
    )  # fmt: skip


@pytest.fixture
def consultation(item, editor):
    return opened(item, editor)


def page_of(client, consultation, status=200) -> str:
    answer = client.get(f"/consultations/{consultation.pk}/")
    assert answer.status_code == status
    return answer.content.decode()


def speak(client, consultation, **data):
    return client.post(f"/consultations/{consultation.pk}/", {"text": SAID} | data)


def test_everybody_reads_what_is_asked(client, consultation):
    page = page_of(client, consultation)

    for said in ("居住证明", "小事项", "《某某条例》第八条", "需要核实实际居住的情况", "还剩 14 天", "还没有人提意见"):
        assert said in page
    assert 'href="/items/small-item/"' in page


def test_the_list_shows_where_each_stands(client, item, editor):
    assert "现在没有要征求意见的证明" in client.get("/consultations/").content.decode()
    opened(item, editor)

    page = client.get("/consultations/").content.decode()
    assert "征求意见中" in page
    assert "关于居住证明的征求意见" in client.get("/consultations/?state=open&q=居住").content.decode()
    assert "没有符合条件的征求意见" in client.get("/consultations/?state=waiting").content.decode()
    assert client.get("/consultations/?state=nonsense&q=%00").status_code == 200


def test_somebody_without_an_account_speaks(client, consultation):
    answer = speak(client, consultation, name="张小三", contact="13900000000")
    page = client.get(answer.url).content.decode()

    assert answer.status_code == 302
    assert "第 1 号，已经公开显示" in page
    assert SAID in page
    assert "张*三" in page
    assert "张小三" not in page
    assert "139" not in page


def test_somebody_signed_in_chooses_how_to_sign(client, consultation):
    client.force_login(identity.citizen("钟小梅"), backend="yimen.identity.access.AnyName")
    assert "显示为“钟*梅”" in page_of(client, consultation)

    speak(client, consultation, sign="own")
    speak(client, consultation, sign="nobody", text="另一条意见，不署名")
    assert list(Comment.objects.values_list("name", flat=True)) == ["钟*梅", ""]
    assert all(Comment.objects.values_list("subject", flat=True))


def test_nothing_typed_is_lost_when_it_is_refused(client, consultation):
    answer = speak(client, consultation, text="好", name="张小三")

    assert answer.status_code == 422
    assert "不少于 5 个字" in answer.content.decode()
    assert 'value="张小三"' in answer.content.decode()


def test_too_many_are_refused_with_what_was_typed(client, consultation):
    for number in range(commenting.PER_HOUR):
        speak(client, consultation, text=f"第 {number} 条意见，各不相同")
    answer = speak(client, consultation, text="这一条太多了，但不丢")

    assert answer.status_code == 429
    assert "这一条太多了，但不丢" in answer.content.decode()


def test_markup_stays_text(client, consultation):
    speak(client, consultation, text="<script>alert(1)</script>")

    assert "<script>alert(1)" not in page_of(client, consultation)


def test_a_hidden_comment_shows_only_why(client, consultation, editor):
    speak(client, consultation)
    commenting.hide_comment(Comment.objects.get(), reason="含有他人电话", by=editor, at=now())
    page = page_of(client, consultation)

    assert SAID not in page
    assert "第 1 号" in page
    assert "含有他人电话" in page


def test_before_it_begins_and_after_it_nobody_speaks(client, item, editor):
    coming = opened(item, editor, ahead=2)
    assert "2 天后开始" in page_of(client, coming)
    assert speak(client, coming).status_code == 409
    consulting.withdraw_consultation(coming, by=editor, at=now())
    over = opened(item, editor, days_ago=20)
    assert "主办部门正在研究" in page_of(client, over)
    assert speak(client, over).status_code == 409
    assert page_of(client, coming, status=404)


def test_the_answer_and_the_outcome_are_public(client, item, editor):
    over = opened(item, editor, days_ago=20)
    consulting.record_hearing(over, on=day_of(now()), place="市民中心三楼", said="九人参加", by=editor, at=now())
    consulting.conclude_consultation(
        over, answer="收到意见三条，采纳两条。", outcome="changed", outcome_reason="改为申请人书面承诺。", by=editor,
        at=now(),
    )  # fmt: skip
    page = page_of(client, over)

    for said in ("结果：改为其他方式", "改为申请人书面承诺", "收到意见三条", "市民中心三楼", "九人参加"):
        assert said in page
    assert '<form method="post" novalidate' not in page


def test_many_comments_come_page_by_page(client, consultation):
    for number in range(53):
        commenting.comment(consultation, text=f"意见内容第{number}条", asker=f"x{number}", by=Actor(), at=now())

    assert "意见内容第49条" in page_of(client, consultation)
    assert "意见内容第50条" not in page_of(client, consultation)
    behind = client.get(f"/consultations/{consultation.pk}/?cursor=50").content.decode()
    assert "意见内容第52条" in behind
    assert "第 53 号" in behind


def test_without_a_file_there_is_no_record_to_read(client, consultation):
    assert client.get(f"/consultations/{consultation.pk}/hearing").status_code == 404


def test_search_finds_it_by_its_proof_and_says_what_it_is(client, consultation, editor):
    page = client.get("/items/?q=居住证明").content.decode()
    assert (
        f'<p class="thing__kind">征求意见</p><p class="thing__name"><a href="/consultations/{consultation.pk}/">'
        in page
    )

    found = client.get("/api/v1/search?q=征求意见").json()["things"]
    assert [(each["kind"], each["label"], each["key"]) for each in found] == [
        ("consultation", "征求意见", str(consultation.pk))
    ]


def test_what_was_taken_back_is_found_no_more(client, item, editor):
    upcoming = opened(item, editor, ahead=3)
    assert 'href="/consultations/' in client.get("/items/?q=居住证明").content.decode()

    consulting.withdraw_consultation(upcoming, by=editor, at=now())

    assert f'href="/consultations/{upcoming.pk}/' not in client.get("/items/?q=居住证明").content.decode()
