"""A material's name says whose paper it is; another's licence doesn't stand in for it."""

from __future__ import annotations

from datetime import date

import pytest

from yimen.law.completeness import MaterialNeed
from yimen.law.resolution import Demand, EarlierPaper, HeldLicence, Holdings, Situation, Trust, Way, resolve
from yimen.law.whose import ONESELF, Whose, whose

TODAY = date(2026, 3, 2)
NAMES = {
    Whose.APPLICANT: """
        营业执照 申请人居民身份证 申领人居民身份证（16周岁以下可用户口簿） 本人银行账户（社会保障卡） 残疾人证
        居民户口簿 父母居民户口簿 父母结婚证 双方结婚证 离婚证及抚养协议（或法院文书） 原居民身份证 独生子女父母光荣证
    """,
    Whose.REPRESENTATIVE: "法定代表人身份证明 法定代表人（负责人）身份证明 经营者居民身份证",
    Whose.AGENT: "单位经办人授权书 代办委托书及代办人身份证 领证委托书及受托人身份证",
    Whose.GUARDIAN: "监护人身份证及户口簿 监护人居民身份证及监护关系材料",
    Whose.OTHERS: """
        男女双方居民身份证 双方居民户口簿 父母居民身份证 登记人（夫妻双方）居民身份证或户口簿 申请人和被投靠人居民户口簿
        全部家庭成员居民身份证 法定代表人、董事、监事、经理任职文件及身份证明 从业人员健康证明 质量管理人员身份证明
        法定代表人（负责人）、食品安全管理人员身份证明 申请人及其监护人身份证
    """,
}


@pytest.mark.parametrize(("party", "name"), [(party, name) for party, names in NAMES.items() for name in names.split()])
def test_a_name_says_whose_paper_it_is(party: Whose, name: str) -> None:
    assert whose(name) is party


def demand(name: str) -> Demand:
    return Demand(MaterialNeed("m", name), licence="id_card", whose=whose(name))


def card(*of: Whose, ref: int = 1) -> HeldLicence:
    return HeldLicence(ref, "id_card", "居民身份证", of=frozenset(of))


OWN, GUARDIANS = card(*ONESELF), card(Whose.GUARDIAN, Whose.AGENT, ref=2)


@pytest.mark.parametrize(
    ("name", "held", "way", "ref"),
    [
        ("申请人居民身份证", [OWN], Way.LICENCE, 1),
        ("监护人身份证", [OWN], Way.UPLOAD, None),
        ("申请人居民身份证", [GUARDIANS], Way.UPLOAD, None),
        ("监护人身份证", [OWN, GUARDIANS], Way.LICENCE, 2),
        ("申请人居民身份证", [GUARDIANS, OWN], Way.LICENCE, 1),
        ("男女双方居民身份证", [OWN, GUARDIANS], Way.UPLOAD, None),
        ("法定代表人身份证明", [OWN], Way.LICENCE, 1),
        ("法定代表人身份证明", [card(Whose.AGENT)], Way.UPLOAD, None),
    ],
)
def test_only_the_right_person_s_licence_stands_in(
    name: str, held: list[HeldLicence], way: Way, ref: int | None
) -> None:
    (found,) = resolve([demand(name)], Situation("item", TODAY), Holdings(licences=held))

    assert (found.way, found.ref) == (way, ref)


def test_of_several_people_s_paper_one_s_own_need_not_be_handed_in() -> None:
    (found,) = resolve([demand("男女双方居民身份证")], Situation("item", TODAY), Holdings(licences=[OWN]))

    assert [str(each) for each in found.hints] == ["您本人的居民身份证我们已经有了，不用再交；请提交其他人的。"]


@pytest.mark.parametrize(
    ("asked", "there", "way"),
    [
        ("申请人居民身份证", "申请人身份证", Way.EARLIER),
        ("申请人居民身份证", "监护人身份证", Way.UPLOAD),
        ("男女双方居民身份证", "全部家庭成员居民身份证", Way.UPLOAD),
        ("双方居民身份证", "双方居民身份证", Way.EARLIER),
    ],
)
def test_an_earlier_paper_of_another_item_is_the_same_only_of_the_same_people(asked: str, there: str, way: Way) -> None:
    paper = EarlierPaper(1, "other", "别的事", "x", there, Trust.B, TODAY, licence="id_card", whose=whose(there))

    (found,) = resolve([demand(asked)], Situation("item", TODAY, consent=True), Holdings(earlier=[paper]))

    assert found.way is way
