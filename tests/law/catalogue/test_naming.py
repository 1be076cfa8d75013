"""What a material is by its name: proofs and licences under other names, kinds and spellings."""

from __future__ import annotations

import pytest

from tests.builders import editions as e
from yimen.law.catalogue import findings
from yimen.law.catalogue.citing import Rank, rank
from yimen.law.catalogue.naming import bare, either, known_as, parts

CITY = {
    code: f"电子证照库已有“{name}”"
    for pair in (
        ("id_card", "居民身份证"),
        ("household_register", "居民户口簿"),
        ("residence_permit", "广东省居住证"),
        ("birth_certificate", "出生医学证明"),
        ("business_licence", "营业执照"),
        ("real_estate_certificate", "不动产权证书"),
        ("driving_licence", "机动车驾驶证"),
        ("disability_certificate", "中华人民共和国残疾人证"),
        ("social_security_card", "社会保障卡（含电子社保卡）"),
    )
    for code, name in (pair, (pair[1], pair[1]))
}


def told(**material):
    return {each.rule for each in findings(e.edition(materials=(e.material(**material),)), provided=CITY)}


@pytest.mark.parametrize(
    "name",
    [
        "身份证", "第二代居民身份证", "身份证复印件", "申请人身份证（复印件）", "经办人身份证原件及复印件",
        "居民身份證",
        "居 民 身 份 证", "身份证正反面复印件", "子女的居民身份证", "户口本", "居民户口簿复印件一份",
        "企业法人营业执照",
        "营业执照副本", "营业执照（副本）复印件", "申请单位营业执照", "公司的营业执照", "房产证", "不动产权证", "驾照",
        "居住证", "残疾证", "社保卡", "居民身份证、居民户口簿", "夫妻双方身份证和户口本", "出生证",
    ],
)  # fmt: skip
def test_what_the_city_has_is_known_by_any_name(name) -> None:
    assert "provided_on_paper" in told(name=name, kind="证照")
    assert told(name=name, kind="证照", legal_reason="《婚姻登记条例》第八条") == set()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("有效身份证件", "证照"), ("居民身份证申领登记表", "申请表格"), ("营业执照遗失声明", "文书"),
        ("工作证", "证照"),
        ("原食品经营许可证", "证照"), ("境外居民身份证件公证文书", "文书"), ("学生证", "证照"),
        ("社会团体登记证", "证照"),
    ],
)  # fmt: skip
def test_what_it_has_not_is_left_alone(name, kind) -> None:
    assert not {rule for rule in told(name=name, kind=kind) if rule.startswith("provided")}


@pytest.mark.parametrize("name", ["居民身份证/护照", "户口簿或学籍卡", "身份证、学生证"])
def test_what_it_has_in_part_is_only_a_warning(name) -> None:
    assert "provided_again" in told(name=name, kind="证照")


@pytest.mark.parametrize(
    "name",
    [
        "无犯罪记录证明", "居住证明", "亲属关系证明", "收入证明（原件）", "单位开具的在职证明", "婚姻状况证明书",
        "无房证明信", "贫困證明", "贫困 证明", "居住情况证明材料", "无犯罪记录证明复印件", "派出所证明信",
    ],
)  # fmt: skip
def test_a_proof_filed_as_something_else_needs_a_basis_too(name) -> None:
    others = {"kind": "其他", "source": "其他", "issuer": "村民委员会"}

    assert "proof_without_basis" in told(name=name, basis=None, **others)
    assert "proof_without_basis" in told(name=name, basis="国办发〔2018〕47号", **others)
    assert "proof_in_disguise" in told(name=name, basis="《户口登记条例》第七条", **others)
    assert "proof_in_disguise" in told(name=name, basis=None, kind="文书", source="申请人自备")
    assert "proof_in_disguise" in told(name=name, basis=None, kind="证照", source="政府部门核发", issuer="公安机关")


@pytest.mark.parametrize("name", ["出生医学证明", "法定代表人身份证明", "设计单位资质证明", "从业人员健康证明"])
def test_a_licence_may_be_called_a_proof(name) -> None:
    found = told(name=name, kind="证照", source="政府部门核发", issuer="有权机关", basis=None)

    assert not {rule for rule in found if rule.startswith("proof")}


def test_the_word_that_gives_it_away_is_marked() -> None:
    material = e.material("贫 困 證 明 信", kind="其他", basis="《社会救助暂行办法》第九条", source="其他")
    found = [each for each in findings(e.edition(materials=(material,))) if each.rule == "proof_in_disguise"]

    assert [piece for piece, offends in found[0].parts if offends] == ["證 明"]


@pytest.mark.parametrize(
    ("name", "short", "known", "listed"),
    [
        ("申请人居民身份证（复印件）", "居民身份证", "居民身份证", ("居民身份证",)),
        ("经办人身份证原件及复印件", "身份证", "居民身份证", ("居民身份证",)),
        ("男女双方身份证和户口本", "身份证和户口本", "身份证和户口本", ("居民身份证", "居民户口簿")),
        ("广东省居住证", "广东省居住证", "居住证", ("居住证",)),
        ("公司营业执照副本", "公司营业执照", "营业执照", ("营业执照",)),
        ("原件", "原件", "原件", ("原件",)),
        ("（空）", "（空）", "（空）", ("（空）",)),
    ],
)
def test_a_name_is_taken_apart(name, short, known, listed) -> None:
    assert (bare(name), known_as(name), parts(name)) == (short, known, listed)


@pytest.mark.parametrize(
    ("name", "choice"),
    [
        ("身份证或户口簿", True), ("身份证/护照", True), ("居住材料（户口簿、居住证之一）", True),
        ("身份证（原件或复印件）", False), ("身份证原件或复印件", False), ("身份证及户口簿", False),
    ],
)  # fmt: skip
def test_a_choice_between_things_is_no_choice_between_copies(name, choice) -> None:
    assert either(name) is choice


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        ("《婚姻登記條例》第五條", Rank.LAW), ("《 婚姻登记条例 》第 5 条", Rank.LAW), ("刑法", Rank.LAW),
        ("中华人民共和国主席令第四十二号", Rank.LAW), ("国务院关于取消一批行政许可事项的决定", Rank.LAW),
        ("全国人大常委会关于严惩犯罪的决定第一条", Rank.LAW), ("公司法", Rank.LAW), ("立法法第八条", Rank.LAW),
        ("依据相关法", Rank.NOTHING), ("程序合法", Rank.NOTHING), ("按照有关法律法规", Rank.NOTHING),
        ("《市政府常务会议纪要》", Rank.NORM), ("《窗口收件须知》", Rank.NORM), ("《办事指南》", Rank.NORM),
        ("公安部令第123号", Rank.RULE), ("《户籍管理办法》第三条", Rank.RULE),
    ],
)  # fmt: skip
def test_what_a_basis_cites_however_it_is_written(basis, expected) -> None:
    assert rank(basis) is expected
