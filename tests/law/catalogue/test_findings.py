"""Each rule of the catalogue: what it finds, where, and what it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import editions as e
from yimen.law.catalogue import RULES, BadTable, Edition, Element, Finding, Severity, findings, weights


def found(document: Edition, **more: Any) -> dict[str, Finding]:
    return {each.rule: each for each in findings(document, **more)}


def rules(**changes: Any) -> set[str]:
    return set(found(e.edition(**changes)))


def test_an_edition_in_order_has_no_findings() -> None:
    assert findings(e.edition()) == []


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("instant_mismatch", {"case_type": "即办件", "promised_days": None}),
        ("instant_mismatch", {"promised_days": 0, "steps": ()}),
        ("promise_missing", {"promised_days": None}),
        ("visits_reason_missing", {"visits": 1, "online_depth": "三级"}),
        ("visits_reason_missing", {"visits": 1, "visits_reason": "无", "online_depth": "三级"}),
        ("visits_reason_missing", {"visits": 1, "visits_reason": " / ", "online_depth": "三级"}),
        ("visits_reason_idle", {"visits_reason": "核对原件"}),
        ("zero_visits_without_post", {"online_depth": "一级", "channels": ("窗口办理",)}),
        ("fully_online_with_visits", {"visits": 1, "visits_reason": "双方到场"}),
        ("fully_online_without_channel", {"channels": ("窗口办理",)}),
        ("fee_incomplete", {"fee": e.Fee(charged=True, standard="20元/证")}),
        ("fee_incomplete", {"fee": e.Fee(charged=True, rows=(e.FeeRow(),))}),
        ("fee_incomplete", {"fee": e.Fee(charged=True, basis="《价格法》", rows=(e.FeeRow(standard="  "),))}),
        ("fee_idle", {"online": e.Online(payment=True)}),
        ("fee_idle", {"fee": e.Fee(amount_cents=2000)}),
        ("result_missing", {"results": ()}),
        ("result_sample_missing", {"results": (e.Result(sample=None),)}),
        ("result_kind_mismatch", {"results": (e.Result(kind="批文"),)}),
        ("result_kind_mismatch", {"results": (e.Result(name="项目核准批复（正本）"),)}),
        ("result_kind_mismatch", {"results": (e.Result(name="营业执照正副本", kind="其他"),)}),
        ("result_kind_mismatch", {"results": (e.Result(name="食品經營許可證", kind="其他"),)}),
        ("contact_missing", {"contacts": e.Contacts(supervise_phone=None)}),
        ("contact_missing", {"contacts": e.Contacts(consult_phone="无")}),
        ("contact_same", {"contacts": e.Contacts(supervise_phone="0753 2180001")}),
        ("phone_without_area", {"contacts": e.Contacts(consult_phone="2180001")}),
        ("phone_without_area", {"places": (e.Place(phone="2180001、2180002"),)}),
        ("place_missing", {"places": ()}),
        ("place_imprecise", {"places": (e.Place(address="岭东大道政务服务中心", window=None),)}),
        ("hours_unclear", {"places": (e.Place(hours="8:30-17:30"),)}),
        ("buses_missing", {"places": (e.Place(buses=()),)}),
        ("theme_missing", {"firm_themes": ()}),
        ("theme_missing", {"subjects": ("自然人", "企业法人")}),
        ("theme_unknown", {"firm_themes": ("开店",)}),
        ("theme_other_side", {"person_themes": ("婚姻登记",)}),
        ("faq_missing", {"faq": ()}),
        ("steps_incomplete", {"steps": (e.Step("受理", 0, "accept"), e.Step("办结", 0, "decide"))}),
        ("entrusting_missing", {"authority": e.Authority(nature="受委托组织")}),
        ("entrusting_missing", {"authority": e.Authority(nature="受委托组织", entrusted_by="  ")}),
        ("material_incomplete", {"materials": (e.material(blank_form=None),)}),
        ("legal_basis_missing", {"legal_basis": ()}),
        ("basis_article_missing", {"legal_basis": (e.Basis(article=None),)}),
        ("element_missing", {"codes": e.Codes(basic=None, implementation=None)}),
        ("code_shape", {"codes": e.Codes(basic="4414", implementation=None)}),
        ("code_shape", {"codes": e.Codes(implementation="11441400MB2C92117T3999999999999")}),
        ("code_shape", {"codes": e.Codes(handling_item="11441400MB2C92117T300013101100201")}),
        ("agent_without_basis", {"agents": (e.Agent(basis=None),)}),
        ("agent_without_basis", {"agents": (e.Agent(rank="规范性文件"),)}),
        ("agent_without_basis", {"agents": (e.Agent(rank=None),)}),
        ("agent_without_basis", {"agents": (e.Agent(basis="部门文件"),)}),
        ("agent_without_basis", {"agents": (e.Agent(basis="国办发〔2015〕31号", rank="行政法规"),)}),
        ("agent_without_basis", {"agents": (e.Agent(basis="国办发〔2015〕31号", rank="国务院决定"),)}),
        ("agent_material_unlisted", {"materials": (e.material("第三方机构出具的检测报告", kind="文书"),)}),
        ("agent_material_unlisted", {"materials": (e.material("会计师事务所出具的审计报告", kind="文书"),)}),
        ("agent_material_unlisted", {"materials": (e.material("检测报告", kind="文书", source="中介机构出具"),)}),
        ("proof_in_disguise", {"materials": (e.material("家庭收入证明", kind="文书"),)}),
    ],
)
def test_a_rule_finds_what_it_is_for(rule: str, changes: dict[str, Any]) -> None:
    assert rule in rules(**changes)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("zero_visits_without_post", {"online_depth": "一级", "channels": ("窗口办理", "快递申请")}),
        ("fee_incomplete", {"fee": e.Fee(charged=True, basis="《居民身份证法》第二十一条", rows=(e.FeeRow(),))}),
        ("visits_reason_idle", {"visits_reason": "无"}),
        ("hours_unclear", {"places": (e.Place(hours="節假日除外，上午8:30"),)}),
        ("hours_unclear", {"places": (e.Place(hours="全年无休"),)}),
        ("agent_without_basis", {"agents": (e.Agent(basis="国发〔2015〕58号", rank="国务院决定"),)}),
        ("agent_without_basis", {"agents": (e.Agent(basis="《某某管理办法》第三条", rank="部门规章"),)}),
        ("result_sample_missing", {"results": (e.Result(name="登记回执", kind="其他", sample=None),)}),
        ("result_kind_mismatch", {"results": (e.Result(name="备案凭证", kind="其他"),)}),
        ("result_missing", {"results": (e.Result(name="无", kind="其他", sample=None),)}),
        ("phone_without_area", {"contacts": e.Contacts(consult_phone="400-800-1234", supervise_phone="13800138000")}),
        ("phone_without_area", {"contacts": e.Contacts(consult_phone="（0753）2180001转602")}),
        ("theme_missing", {"firm_themes": (), "theme": ("准营准办",)}),
        ("faq_missing", {"kind": "公共服务", "faq": ()}),
        ("legal_basis_missing", {"kind": "公共服务", "legal_basis": ()}),
        ("code_shape", {"codes": e.Codes(handling_item="11441400MB2C92117T300013101100001")}),
        ("agent_material_unlisted", {"agents": (e.Agent(),), "materials": (e.material(source="中介机构出具"),)}),
        ("proof_in_disguise", {"materials": (e.material("法定代表人身份证明", kind="证照"),)}),
    ],
)
def test_and_leaves_alone_what_it_is_not_for(rule: str, changes: dict[str, Any]) -> None:
    assert rule not in rules(**changes)


@pytest.mark.parametrize(
    ("basis", "rule"),
    [
        (None, "proof_without_basis"),
        ("  ", "proof_without_basis"),
        ("申请补贴时", "proof_without_basis"),
        ("国办发〔2018〕47号", "proof_without_basis"),
        ("管理办法第七条", "proof_basis_weak"),
        ("《户口登记条例》第七条", None),
        ("民法典第一千零七十六条", None),
    ],
)
def test_a_proof_rests_on_a_law_or_a_regulation(basis: str | None, rule: str | None) -> None:
    said = found(e.edition(materials=(e.proof("亲子鉴定意见书", basis=basis),)))

    assert {each for each in said if each.startswith("proof")} == ({rule} if rule else set())
    if rule == "proof_without_basis":
        assert said[rule].stops
        assert said[rule].place == "materials[0].basis"
        assert "第四十四条" in said[rule].source


PROVIDED = {"id_card": "电子证照库已有“居民身份证”", "居民身份证": "电子证照库已有“居民身份证”"}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"name": "申请人居民身份证（复印件）"}, "provided_on_paper"),
        ({"name": "身份证件", "licence_type": "id_card"}, "provided_on_paper"),
        ({"name": "婚姻状况", "data_service": "婚姻登记核验"}, "provided_on_paper"),
        ({"name": "居民身份证", "form": "电子化", "original": 0}, "provided_again"),
        ({"name": "居民身份证", "form": "纸质", "original": 0}, "provided_on_paper"),
        ({"name": "监护人身份证及户口簿", "licence_type": "id_card"}, "provided_again"),
        ({"name": "居民身份证", "exempt_when": "电子证照"}, None),
        ({"name": "居民身份证", "legal_reason": "《婚姻登记条例》第八条要求当场核对原件"}, None),
        ({"name": "营业执照"}, None),
    ],
)
def test_what_the_city_has_is_not_demanded_again(changes: dict[str, Any], rule: str | None) -> None:
    material = e.material(**{"kind": "证照", "source": "政府部门核发", "issuer": "公安机关", **changes})
    said = found(e.edition(materials=(material,)), provided=PROVIDED)

    assert {each for each in said if each.startswith("provided")} == ({rule} if rule else set())


def test_offending_words_are_marked_where_they_stand() -> None:
    materials = (e.material("申请书"), e.material("身份证等相关材料"))
    said = found(e.edition(materials=materials, conditions=("排放水质符合标准",)))

    name, condition = said["catch_all_name"], said["vague_words"]
    assert (name.place, name.parts) == ("materials[1].name", (("身份证", False), ("等相关材料", True)))
    assert (condition.place, condition.parts) == ("conditions[0]", (("排放水质", False), ("符合标准", True)))
    assert name.stops
    assert not condition.stops


def test_a_standard_is_read_too() -> None:
    said = found(e.edition(materials=(e.material(standard="根据需要提供原件"),)))

    assert said["catch_all_text"].place == "materials[0].standard"


def test_steps_side_by_side_count_once_and_uncounted_ones_not_at_all() -> None:
    steps = (
        e.Step("受理", 1, "accept"),
        e.Step("部门意见", 3, "review"),
        e.Step("现场核查", 2, "review", parallel_with_previous=True),
        e.Step("专家评审", 9, "review"),
        e.Step("补正", 9, "applicant"),
        e.Step("决定送达", 1, "decide"),
    )
    apart = (e.Procedure("专家评审（特殊情形）"),)

    assert "steps_exceed_promise" not in rules(steps=steps, special_procedures=apart)
    said = found(e.edition(steps=steps))["steps_exceed_promise"]
    assert "各环节共 14 个工作日，超过承诺时限 5 个工作日" in said.sentence


def test_without_a_promise_the_steps_fit_the_statutory_limit() -> None:
    long = (e.Step("受理", 1, "accept"), e.Step("审核", 12, "review"), e.Step("决定送达", 8, "decide"))

    said = found(e.edition(steps=long, promised_days=None))

    assert "法定时限 20 个工作日" in said["steps_exceed_promise"].sentence


def test_a_promise_longer_than_the_law_allows_is_an_error_with_its_argument() -> None:
    said = found(e.edition(promised_days=30, statutory_days=20, statutory_unit="自然日"))

    assert said["promise_exceeds_statutory"].stops
    assert "折合" in said["promise_exceeds_statutory"].sentence
    assert "promise_unsure" in rules(promised_days=3, statutory_days=3, statutory_unit="自然日", steps=())


def test_both_offices_must_have_agreed_when_asked() -> None:
    assert "法制部门" in found(e.edition(), approvals={"staffing"})["approvals_missing"].sentence
    assert findings(e.edition(), approvals={"staffing", "legal"}) == []


def test_a_city_weighs_rules_but_not_those_of_the_law() -> None:
    table = weights({"contact_missing": "error", "vague_words": "off"})
    document = e.edition(contacts=e.Contacts(None, None), conditions=("及时办理",))

    assert found(document, severities=table)["contact_missing"].severity is Severity.ERROR
    assert "vague_words" not in found(document, severities=table)
    for changes in ({"proof_without_basis": "warning"}, {"no_such_rule": "off"}, {"vague_words": "loud"}):
        with pytest.raises(BadTable):
            weights(changes)


def test_errors_come_first_and_every_finding_has_its_rule_place_and_remedy() -> None:
    document = e.edition(places=(), contacts=e.Contacts(None, None), materials=(e.proof("证明", basis=None),))
    said = findings(document)

    assert [each.stops for each in said] == sorted((each.stops for each in said), reverse=True)
    for each in said:
        assert each.rule in RULES
        assert each.source == RULES[each.rule].source
        assert each.sentence.endswith("。")
        assert each.remedy.endswith("。")
        assert each.slug == "food"


def test_every_rule_is_told_in_full() -> None:
    for rule in RULES.values():
        assert all((rule.title, rule.says, rule.bad, rule.good, rule.source, rule.reason, rule.group)), rule.code
        assert not rule.firm or rule.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("rule", "place", "changes"),
    [
        ("catch_all_text", "materials[0].guidance", {"materials": (e.material(guidance="视情况提供其他材料"),)}),
        ("catch_all_text", "materials[0].usage", {"materials": (e.material(usage="工作人员认为需要的，另行提交"),)}),
        ("vague_words", "materials[0].review_points[1]", {"materials": (e.material(review_points=("签名", "及时")),)}),
        ("catch_all_name", "agents[0].name", {"agents": (e.Agent(name="其他中介服务"),)}),
        (
            "catch_all_name",
            "fee.rows[0].name",
            {"fee": e.Fee(charged=True, basis="《价格法》", rows=(e.FeeRow("其他费用"),))},
        ),
    ],
)
def test_what_says_nothing_is_found_wherever_something_is_asked(rule: str, place: str, changes: dict[str, Any]) -> None:
    said = found(e.edition(**changes))[rule]

    assert said.place == place
    assert [piece for piece, offends in said.parts if offends]


@pytest.mark.parametrize(
    ("procedure", "counted"), [("现场检查", False), ("专家评审、现场检查", False), ("现场检查期间的听证", True)]
)
def test_only_a_procedure_that_is_named_so_takes_a_step_out_of_the_count(procedure: str, counted: bool) -> None:
    steps = (e.Step("受理", 1, "accept"), e.Step("现场检查", 10, "review"), e.Step("决定", 1, "decide"))
    said = rules(promised_days=5, special_procedures=(e.Procedure(procedure),), steps=(*steps, e.Step("送达", 0)))

    assert ("steps_exceed_promise" in said) is counted


LIBRARY = {
    each.code: each
    for each in (
        Element("org.name", ("单位名称", "企业名称"), "text", personal=False),
        Element("org.uscc", ("统一社会信用代码",), "uscc", personal=False),
        Element("person.hukou_address", ("户籍地址",), "address", personal=True),
        Element("org.title", ("单位称呼",), "text", personal=False, retired=True, instead="单位名称"),
    )
}


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("element_unknown", [e.Asking(element="org.nmae")]),
        ("element_retired", [e.Asking(element="org.title")]),
        ("element_kind", [e.Asking(element="org.uscc")]),
        ("element_twice", [e.Asking(element="org.name"), e.Asking("申请单位", element="org.name")]),
        ("personal_element_missing", [e.Asking(element="org.name"), e.Asking("户籍地址", "address")]),
    ],
)
def test_a_form_is_held_against_the_field_library(rule: str, fields: list[Any]) -> None:
    assert set(found(e.edition(form_fields=tuple(fields)), library=LIBRARY)) == {rule}


@pytest.mark.parametrize(
    "fields",
    [
        [e.Asking(element="org.name")],
        [e.Asking(kind="textarea", element="org.name")],
        [e.Asking("户籍地址", "address")],
        [e.Asking(element="org.name"), e.Asking("户籍地址", "address", prefill="person.hukou_address")],
        [e.Asking(element="org.name"), e.Asking("企业名称")],
    ],
)
def test_what_is_in_order_or_was_written_before_the_library_is_left_alone(fields: list[Any]) -> None:
    assert findings(e.edition(form_fields=tuple(fields)), library=LIBRARY) == []
