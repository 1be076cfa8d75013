"""Public comment on proofs: who opens one, what may be said when, how it ends, and what that means for a release."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.builders import catalog, identity
from tests.builders.city import AT
from yimen.catalog.choices import EditionDocument, ProofOutcome
from yimen.catalog.choices.consulting import Proof
from yimen.catalog.commands import commenting, consulting, drafting
from yimen.catalog.models import Comment, Consultation
from yimen.catalog.queries import consulting as queries
from yimen.catalog.queries import proofs_unheard
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Invalid, TooOften
from yimen.kit.time import day_of
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db

TODAY = day_of(AT)
PROOF = {
    "key": "m01", "name": "居住证明", "kind": "证明", "source": "申请人自备", "necessity": "必要", "original": 1,
    "basis": "《某某条例》第八条",
}  # fmt: skip
TITLE, REASON = "关于保留居住证明的征求意见", "需要核实申请人在本市的实际居住情况，目前没有可以共享的数据。"
AFTER = AT + timedelta(days=16)


@pytest.fixture
def item():
    return released().item


@pytest.fixture
def editor():
    return identity.actor(identity.staff("editor"))


def released(**changes: object):
    return catalog.release(catalog.small(**{"materials": [PROOF]} | changes))


def proof(**changes: str) -> Proof:
    return Proof.of(PROOF | changes)


def opened(item, editor, *, proof=None, opens_on=TODAY, days=15, at=AT) -> Consultation:
    return consulting.open_consultation(
        item, proof or queries.consultable(item)[0], title=TITLE, reason=REASON, opens_on=opens_on,
        closes_on=opens_on + timedelta(days=days - 1), by=editor, at=at,
    )  # fmt: skip


def concluded(item, editor, outcome="kept", at=AFTER, **other) -> Consultation:
    return consulting.conclude_consultation(
        opened(item, editor, **other), answer="共收到意见若干，均已研究。", outcome=outcome,
        outcome_reason="依据条例第八条，确有必要保留。", by=editor, at=at,
    )  # fmt: skip


def say(consultation, text="办事时已经登记过住址，不应再开证明。", **given):
    given = {"asker": "10.0.0.1", "by": Actor(), "at": AT} | given
    return commenting.comment(consultation, text=text, **given)


def document(**changes: object) -> EditionDocument:
    return EditionDocument.model_validate(catalog.small(materials=[PROOF | changes]))


def test_a_consultation_takes_the_basis_from_the_edition(item, editor):
    made = opened(item, editor)

    assert (made.material_name, made.basis, made.material) == ("居住证明", "《某某条例》第八条", "m01")
    assert [entry.verb for entry in story(f"consultation:{made.pk}")] == ["consultation_opened"]


def test_only_a_proof_of_the_item_can_be_consulted_about(item, editor):
    for wrong in (proof(name="营业执照"), proof(basis="另一个依据")):
        with pytest.raises(consulting.NotAProof):
            opened(item, editor, proof=wrong)


def test_one_proof_is_before_the_public_only_once_at_a_time(item, editor):
    opened(item, editor)

    with pytest.raises(consulting.AlreadyConsulted):
        opened(item, editor)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opens_on": TODAY - timedelta(days=1)}, "opens_on"),
        ({"days": 14}, "closes_on"),
    ],
)
def test_the_period_lies_ahead_and_lasts(item, editor, changes, field):
    with pytest.raises(Invalid) as refused:
        opened(item, editor, **changes)

    assert [error["field"] for error in refused.value.errors] == [field]


@pytest.mark.parametrize("duty", ["staffing", "legal", "administrator", "clerk", "chief", "supervisor", "hall_manager"])
def test_only_editors_open_answer_and_hide(item, editor, duty):
    other = identity.actor(identity.staff(duty))
    made = opened(item, editor)
    said = say(made)

    for act in (
        lambda: opened(item, other),
        lambda: consulting.record_hearing(made, on=TODAY, place="市民中心", said="到会三人", by=other, at=AT),
        lambda: consulting.conclude_consultation(
            made, answer="a" * 10, outcome="kept", outcome_reason="b" * 10, by=other, at=AFTER
        ),
        lambda: commenting.hide_comment(said, reason="含有他人电话", by=other, at=AT),
        lambda: commenting.show_comment(said, by=other, at=AT),
        lambda: commenting.read_contact(said, by=other, at=AT),
    ):
        with pytest.raises(Forbidden):
            act()


def test_it_can_be_changed_or_taken_back_until_it_begins(item, editor):
    tomorrow = TODAY + timedelta(days=1)
    made = opened(item, editor, opens_on=tomorrow)
    given = {"title": TITLE, "reason": REASON + "（补充）", "opens_on": tomorrow, "closes_on": tomorrow + timedelta(20)}

    assert consulting.change_consultation(made, **given, by=editor, at=AT).closes_on == tomorrow + timedelta(20)
    with pytest.raises(consulting.NotUpcoming):
        consulting.change_consultation(made, **given, by=editor, at=AT + timedelta(days=1))
    consulting.withdraw_consultation(made, by=editor, at=AT)
    assert not Consultation.objects.exists()


def test_states_follow_the_days(item, editor):
    made = opened(item, editor, opens_on=TODAY + timedelta(days=2))
    rows = queries.consultations()

    def on(day: date) -> str:
        state = queries.state_of(made, day)
        assert [row.pk for row in queries.in_state(rows, state, day)] == [made.pk]
        assert sum(queries.counts_by_state(rows, day).values()) == 1
        return state

    assert [on(day) for day in (TODAY, made.opens_on, made.closes_on, made.closes_on + timedelta(days=1))] == [
        "upcoming", "open", "open", "waiting",
    ]  # fmt: skip


def test_anybody_may_speak_and_no_name_lies_in_the_open(item, editor):
    made = opened(item, editor)
    said = say(made, name="张小三", contact="13900000000")

    assert Comment.objects.get(pk=said.pk).name == "张*三"
    assert b"139" not in bytes(Comment.objects.extra(select={"raw": "contact"}).values_list("raw", flat=True)[0])
    assert commenting.read_contact(said, by=editor, at=AT) == "13900000000"
    assert [entry.verb for entry in story(f"consultation:{made.pk}")][-1] == "comment_contact_read"


@pytest.mark.parametrize("at", [AT, AFTER + timedelta(days=1)])
def test_nobody_speaks_before_or_after(item, editor, at):
    made = opened(item, editor, opens_on=TODAY + timedelta(days=1))

    with pytest.raises(commenting.NotOpen):
        say(made, at=at)


def test_a_double_click_and_a_flood_are_refused(item, editor):
    made = opened(item, editor)
    say(made)
    with pytest.raises(commenting.SaidAlready):
        say(made)
    for number in range(commenting.PER_HOUR - 1):
        say(made, text=f"第 {number} 个意见，各不相同")
    with pytest.raises(TooOften):
        say(made, text="再说一句，就太多了")

    say(made, text="再说一句，就太多了", asker="10.0.0.2")
    assert made.comments.count() == commenting.PER_HOUR + 1


@pytest.mark.parametrize("text", ["", "  ", "好", "长" * 2001])
def test_a_comment_says_something(item, editor, text):
    with pytest.raises(Invalid):
        say(opened(item, editor), text=text)


def test_a_hidden_comment_keeps_its_number(item, editor):
    made = opened(item, editor)
    first, second = say(made), say(made, text="另一条意见，没有问题")
    commenting.hide_comment(first, reason="含有他人电话号码", by=editor, at=AT)

    said = queries.comments_of(made)
    assert [(each.number, bool(each.comment.hidden_at)) for each in said] == [(1, True), (2, False)]
    assert queries.number_of(second) == 2
    with pytest.raises(commenting.HiddenAlready):
        commenting.hide_comment(first, reason="再来一次也不行", by=editor, at=AT)
    assert commenting.show_comment(first, by=editor, at=AT).hidden_because == ""


def test_a_hearing_is_announced_then_recorded(item, editor):
    made = opened(item, editor)
    day = TODAY + timedelta(days=5)
    with pytest.raises(Invalid):
        consulting.record_hearing(made, on=day, place="市民中心三楼", said="已经开了", by=editor, at=AT)
    consulting.record_hearing(made, on=day, place="市民中心三楼", by=editor, at=AT)
    with pytest.raises(Invalid):
        consulting.record_hearing(made, on=day, place="市民中心三楼", by=editor, at=AT + timedelta(days=5))

    held = consulting.record_hearing(
        made, on=day, place="市民中心三楼", said="九位代表参加，七位同意保留。", by=editor, at=AT + timedelta(days=5)
    )
    assert held.hearing_record.startswith("九位代表")
    assert [entry.verb for entry in story(f"consultation:{made.pk}")][1:] == ["hearing_announced", "hearing_recorded"]


def test_it_ends_only_after_its_period_and_once(item, editor):
    made = opened(item, editor)
    given = {
        "answer": "意见均已研究，答复如下。",
        "outcome": "kept",
        "outcome_reason": "依据充分，确有必要。",
        "by": editor,
    }
    with pytest.raises(consulting.NotClosed):
        consulting.conclude_consultation(made, **given, at=AT)

    consulting.conclude_consultation(made, **given, at=AFTER)
    for act in (
        lambda: consulting.conclude_consultation(made, **given, at=AFTER),
        lambda: consulting.record_hearing(made, on=TODAY, place="某处", said="迟了", by=editor, at=AFTER),
    ):
        with pytest.raises(consulting.Concluded):
            act()


@pytest.mark.parametrize("basis", [None, "一般注销", "工作需要", "岭府〔2019〕3号通知"])
def test_a_proof_without_a_basis_cannot_be_kept(basis):
    item = released(materials=[PROOF | {"basis": basis}]).item
    editor = identity.actor(identity.staff("editor"))
    with pytest.raises(Invalid) as refused:
        concluded(item, editor)

    assert refused.value.errors[0]["code"] == "proof_without_basis"
    assert Consultation.objects.get().outcome == ""


def test_every_proof_of_a_document_needs_to_be_heard_once(item, editor):
    assert proofs_unheard(item, document()) == ["居住证明"]
    opened(item, editor)
    assert proofs_unheard(item, document()) == ["居住证明"], "not while it runs"


@pytest.mark.parametrize(("outcome", "heard"), [("kept", True), ("changed", True), ("dropped", False)])
def test_the_outcome_decides(item, editor, outcome, heard):
    concluded(item, editor, outcome)

    assert (proofs_unheard(item, document()) == []) is heard
    assert ProofOutcome(outcome).label


def test_it_holds_while_name_and_basis_stay(item, editor):
    concluded(item, editor)

    assert proofs_unheard(item, document(basis=" 《某某条例》 第八条")) == []
    assert proofs_unheard(item, document(necessity="非必要")) == []
    assert proofs_unheard(item, document(basis="《某某条例》第九条")) == ["居住证明"]
    assert proofs_unheard(item, document(name="户籍证明")) == ["户籍证明"]
    assert proofs_unheard(item, document(kind="证照")) == []


def test_the_newest_outcome_counts(item, editor):
    concluded(item, editor)
    concluded(item, editor, "dropped", opens_on=TODAY + timedelta(days=20), at=AT + timedelta(days=40))

    assert proofs_unheard(item, document()) == ["居住证明"]


def test_what_was_heard_for_the_city_holds_for_the_county(item, editor):
    concluded(item, editor)
    lower = released(slug="small-item-county").item
    assert proofs_unheard(lower, document()) == ["居住证明"]
    lower.upper = item

    assert proofs_unheard(lower, document()) == []


def test_an_item_nobody_knows_yet_was_never_heard():
    assert proofs_unheard(None, document()) == ["居住证明"]
    assert proofs_unheard(None, EditionDocument.model_validate(catalog.small())) == []


def test_a_new_item_that_the_public_was_asked_about_outlives_its_draft(item, editor):
    raw = catalog.small(slug="new-item", materials=[PROOF])
    draft = drafting.begin_item(raw, agency=item.agency, by=editor, at=AT)
    opened(draft.item, editor)
    drafting.discard_draft(draft, by=editor, at=AT)

    assert Consultation.objects.get().item.slug == "new-item"
