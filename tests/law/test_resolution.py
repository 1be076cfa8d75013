"""How each material is met, and why: nothing that can be met otherwise is demanded (国务院令第716号 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.test_rules_in_words import rows
from yimen.law.completeness import MaterialNeed, Necessity
from yimen.law.resolution import (
    Demand,
    EarlierPaper,
    HandedIn,
    HeldLicence,
    Holdings,
    ServiceAnswer,
    Situation,
    Trust,
    Way,
    resolve,
)
from yimen.law.whose import Whose, whose

TODAY = date(2026, 3, 2)
HERE = Situation(item="food-licence", today=TODAY)
LICENCE = Demand(MaterialNeed("m01", "营业执照"), licence="business_licence")
RULES = Demand(MaterialNeed("m02", "食品安全规章制度目录清单"))
PREMISES = Demand(MaterialNeed("m03", "住所证明或自主承诺"), commitment=True)
HEALTH = Demand(MaterialNeed("m04", "从业人员健康证明", Necessity.DEFERRABLE), licence="health_certificate")
POWER = Demand(MaterialNeed("m05", "授权委托书", Necessity.OPTIONAL))
PLAN = Demand(MaterialNeed("m06", "仓库平面图", show_if="has_storage == true"))
HELD = HeldLicence(7, "business_licence", "营业执照", issued_on=date(2025, 3, 2))
SEEN = EarlierPaper(3, "food-licence", "食品经营许可", "m02", "食品安全规章制度目录清单", Trust.B, date(2025, 5, 6))

CARD = HeldLicence(8, "id_card", "居民身份证")


def one(demand, situation=HERE, **holdings):
    """The resolution of a single material."""
    (found,) = resolve([demand], situation, Holdings(**holdings))
    return found


def test_a_licence_in_the_library_stands_in_for_the_paper_and_says_where_it_comes_from():
    found = one(LICENCE, licences=[HELD])

    assert (found.way, found.met, found.ref, found.trust) == (Way.LICENCE, True, 7, Trust.A)
    assert found.why == "已从电子证照库取得营业执照（2025年3月2日签发，有效），不用提交。"


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        ({"valid_to": date(2026, 3, 1)}, "您的营业执照已于2026年3月1日到期，不能使用。"),
        ({"in_force": False}, "您的营业执照现在不是有效状态，不能使用。"),
        ({"trust": Trust.C}, "您的营业执照是 C 级，要到窗口核验原件后才能使用。"),
        ({"frozen": True}, "营业执照已由持证人冻结，解除冻结以后才能使用。"),
    ],
)
def test_a_licence_that_does_not_hold_is_no_reason_to_ask_without_saying_why(change, hint):
    found = one(LICENCE, licences=[replace(HELD, **change)])

    assert (found.way, found.demanded, found.hints) == (Way.UPLOAD, True, (hint,))


def test_a_licence_presented_yesterday_and_expired_today_counts_no_longer_until_it_was_submitted():
    presented = HandedIn(1, "m01", Way.LICENCE, date(2026, 3, 1), Trust.A, holding=7)
    expired = replace(HELD, valid_to=date(2026, 3, 1))

    assert one(LICENCE, licences=[expired], handed_in=[presented]).demanded
    assert one(LICENCE, licences=[expired], handed_in=[presented]).lost == (1,)
    assert one(LICENCE, replace(HERE, submitted=True), licences=[expired], handed_in=[presented]).way is Way.LICENCE


def test_a_paper_whose_original_was_seen_is_used_again_for_the_same_item_without_being_asked():
    found = one(RULES, earlier=[SEEN])

    assert (found.way, found.met, found.ref) == (Way.EARLIER, True, 3)
    assert found.why == "您2025年5月6日办理时交过，已经核验原件，可以再次使用，不用提交。"


def test_what_was_only_uploaded_must_be_seen_first_and_the_sentence_says_so():
    found = one(RULES, earlier=[replace(SEEN, trust=Trust.C)])

    assert found.demanded
    assert found.hints == (
        "您2025年5月6日上传过“食品安全规章制度目录清单”，是 C 级材料，要到窗口核验原件后才能再次使用。",
    )


def test_a_checked_paper_dies_with_its_original():
    assert one(RULES, earlier=[replace(SEEN, valid_to=TODAY)]).met
    assert one(RULES, earlier=[replace(SEEN, valid_to=date(2026, 3, 1))]).demanded


def test_what_the_applicant_made_is_offered_again_and_they_stand_by_it_anew():
    made = replace(SEEN, trust=Trust.D)
    taken = HandedIn(9, "m02", Way.EARLIER, TODAY, Trust.D, holding=3)

    assert (one(RULES, earlier=[made]).way, one(RULES, earlier=[made]).met) == (Way.EARLIER, False)
    assert one(RULES, earlier=[made], handed_in=[taken]).met


def test_a_paper_of_another_item_waits_for_consent():
    other = replace(SEEN, item="workshop", item_name="小作坊登记", material="m09")

    assert one(RULES, earlier=[other]).hints == (
        "您办理“小作坊登记”时交过同样的材料；您同意材料用于其他事项后，就不用再交。",
    )
    assert one(RULES, replace(HERE, consent=True), earlier=[other]).way is Way.EARLIER


def test_a_commitment_replaces_only_what_the_edition_says_and_only_for_whom_may():
    assert one(PREMISES).way is Way.COMMITMENT
    assert Way.UPLOAD in one(PREMISES).open
    assert one(RULES).way is Way.UPLOAD
    assert one(PREMISES, replace(HERE, eligible=False)).demanded


def test_only_a_secondary_material_may_come_later_until_its_day():
    situation = replace(HERE, tolerance_until=date(2026, 3, 16))
    promised = HandedIn(4, "m04", Way.TOLERATED, TODAY, Trust.D, until=date(2026, 3, 16))

    offered, kept = one(HEALTH, situation), one(HEALTH, situation, handed_in=[promised])

    assert (offered.way, offered.lacks) == (Way.TOLERATED, True)
    assert (kept.met, kept.until) == (True, date(2026, 3, 16))
    assert one(RULES, situation).way is Way.UPLOAD
    assert one(HEALTH, HERE).demanded


def test_a_service_answers_only_where_one_is_plugged():
    demand = replace(RULES, service="tax")

    assert one(demand).demanded
    assert one(demand, services={"tax": ServiceAnswer("税务数据", TODAY)}).way is Way.SERVICE


def test_what_was_refused_is_not_taken_but_stays_open():
    situation = replace(HERE, refused=frozenset({("m01", Way.LICENCE, 7)}))

    found = one(LICENCE, situation, licences=[HELD])

    assert (found.way, found.demanded, found.open) == (Way.UPLOAD, True, (Way.LICENCE,))


def test_an_optional_material_is_never_demanded_and_the_form_filled_in_here_is_the_application_form():
    assert not one(POWER).lacks
    assert one(replace(RULES, form=True)).way is Way.FORM
    assert one(replace(RULES, exempt="现行办事指南已经不再要求这份材料。")).why == "现行办事指南已经不再要求这份材料。"


def test_what_the_situation_does_not_call_for_is_not_asked():
    assert one(PLAN).way is Way.NOT_ASKED
    assert one(PLAN, replace(HERE, answers={"has_storage": True})).demanded


DEMANDS = [
    LICENCE,
    RULES,
    PREMISES,
    HEALTH,
    POWER,
    PLAN,
    replace(RULES, need=MaterialNeed("m07", "税收证明"), service="tax"),
]
days = st.dates(date(2025, 1, 1), date(2027, 1, 1))
maybe = st.none() | days
licences = st.lists(
    st.builds(
        HeldLicence, ref=st.integers(1, 5), kind=st.sampled_from(["business_licence", "health_certificate", "other"]),
        name=st.just("证"), trust=st.sampled_from(Trust), issued_on=maybe, valid_from=maybe, valid_to=maybe,
        in_force=st.booleans(),
    ),
    max_size=4, unique_by=lambda each: each.ref,
)  # fmt: skip
papers = st.lists(
    st.builds(
        EarlierPaper, ref=st.integers(1, 5), item=st.sampled_from(["food-licence", "workshop"]),
        item_name=st.just("某事项"),
        material=st.sampled_from(["m01", "m02", "m04"]), name=st.sampled_from(["营业执照", "食品安全规章制度目录清单"]),
        trust=st.sampled_from(Trust), on=days, licence=st.sampled_from(["", "business_licence"]), valid_to=maybe,
    ),
    max_size=4, unique_by=lambda each: each.ref,
)  # fmt: skip
brought = st.lists(
    st.builds(
        HandedIn, ref=st.integers(1, 9), material=st.sampled_from([each.key for each in DEMANDS]),
        way=st.sampled_from([Way.LICENCE, Way.EARLIER, Way.HANDED_IN, Way.COMMITMENT, Way.TOLERATED]), on=days,
        trust=st.sampled_from(Trust), holding=st.none() | st.integers(1, 5), until=maybe,
    ),
    max_size=5, unique_by=lambda each: each.ref,
)  # fmt: skip
answered = st.dictionaries(st.just("tax"), st.builds(ServiceAnswer, name=st.just("税务数据"), on=days))
holdings = st.builds(Holdings, licences=licences, services=answered, earlier=papers, handed_in=brought)
situations = st.builds(
    Situation, item=st.just("food-licence"), today=days, eligible=st.booleans(), consent=st.booleans(),
    answers=st.fixed_dictionaries({"has_storage": st.booleans()}), tolerance_until=maybe,
)  # fmt: skip


@given(situations, holdings)
def test_nothing_that_a_valid_licence_or_a_service_proves_is_demanded(situation, held):
    for found, demand in zip(resolve(DEMANDS, situation, held), DEMANDS, strict=True):
        if found.demanded:
            assert not [each for each in held.licences if each.kind == demand.licence and each.usable(situation.today)]
            assert demand.service not in held.services or not demand.service
            assert not (demand.commitment and situation.eligible)
            assert not [each for each in held.handed_in if each.material == demand.key and each.way is Way.HANDED_IN]


@given(situations, holdings, holdings)
def test_whoever_has_more_is_never_asked_for_more(situation, held, more):
    both = Holdings(
        licences=[*held.licences, *(each for each in more.licences if each.ref not in {x.ref for x in held.licences})],
        services={**more.services, **held.services},
        earlier=[*held.earlier, *(each for each in more.earlier if each.ref not in {x.ref for x in held.earlier})],
        handed_in=[
            *held.handed_in,
            *(each for each in more.handed_in if each.ref not in {x.ref for x in held.handed_in}),
        ],
    )

    before = {each.key for each in resolve(DEMANDS, situation, held) if each.lacks}
    after = {each.key for each in resolve(DEMANDS, situation, both) if each.lacks}

    assert after <= before


@given(situations, holdings)
def test_only_what_the_edition_lists_for_this_situation_is_demanded_and_every_material_has_its_reason(situation, held):
    found = resolve(DEMANDS, situation, held)

    assert [each.key for each in found] == [each.key for each in DEMANDS]
    assert all(each.why for each in found)
    assert "m05" not in {each.key for each in found if each.lacks}
    if not situation.answers["has_storage"]:
        assert "m06" not in {each.key for each in found if each.lacks}


@given(situations, holdings, st.randoms(use_true_random=False))
def test_the_order_in_which_things_lie_in_the_library_makes_no_difference(situation, held, chance):
    mixed = Holdings(
        licences=chance.sample(list(held.licences), len(held.licences)),
        services=held.services,
        earlier=chance.sample(list(held.earlier), len(held.earlier)),
        handed_in=chance.sample(list(held.handed_in), len(held.handed_in)),
    )

    assert resolve(DEMANDS, situation, mixed) == resolve(DEMANDS, situation, held)


HOLDS = {
    "the licence, in force": {"licences": [HELD]},
    "the licence, expired 2026-03-01": {"licences": [replace(HELD, valid_to=date(2026, 3, 1))]},
    "the licence, suspended": {"licences": [replace(HELD, in_force=False)]},
    "the licence, frozen by its holder": {"licences": [replace(HELD, frozen=True)]},
    "the applicant's own card": {"licences": [CARD]},
    "the card of the guardian who acts": {"licences": [replace(CARD, of=frozenset({Whose.GUARDIAN, Whose.AGENT}))]},
    "the paper, same item, B": {"earlier": [SEEN]},
    "the paper, same item, C": {"earlier": [replace(SEEN, trust=Trust.C)]},
    "the paper, same item, D": {"earlier": [replace(SEEN, trust=Trust.D)]},
    "the paper, other item, B": {"earlier": [replace(SEEN, item="workshop")]},
    "the paper, other item, B, consent": {"earlier": [replace(SEEN, item="workshop")]},
    "a promise until 2026-03-16": {
        "handed_in": [HandedIn(4, "m04", Way.TOLERATED, TODAY, Trust.D, until=date(2026, 3, 16))]
    },
}
NAMED = {"营业执照": LICENCE, "目录清单": RULES, "住所证明": PREMISES, "健康证明": HEALTH, "授权委托书": POWER} | {
    name: Demand(MaterialNeed("m07", name), licence="id_card", whose=whose(name))
    for name in ("监护人身份证", "男女双方居民身份证")
}


@pytest.mark.parametrize("row", rows("resolution", "material"), ids=" · ".join)
def test_the_worked_table_is_true(row):
    material, holds, way, lacking = row
    situation = replace(HERE, consent="consent" in holds, tolerance_until=date(2026, 3, 16))

    found = one(NAMED[material.split(" ")[0]], situation, **HOLDS.get(holds, {}))

    assert (found.way, found.lacks) == (way, lacking == "yes")
