"""Words of the licence library."""

from __future__ import annotations

import hashlib
from typing import Annotated

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints

from yimen.law.checkdigits import mod_31_3, organisation_check
from yimen.sheets.choices import Name, Part


class HolderKind(models.TextChoices):
    """Who may hold a licence of a kind."""

    NATURAL = "natural", _("自然人")
    LEGAL = "legal", _("法人和其他组织")
    BOTH = "both", _("自然人、法人和其他组织")


class KindDocument(Part):
    """A kind of licence as the catalogue's file writes it."""

    code: Name
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    issuing_department: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    holder_kind: HolderKind
    validity: str | None = None
    validity_years: int | None = Field(default=None, ge=1, le=100)
    key_fields: tuple[Name, ...] = Field(min_length=1)
    note: str | None = None


class State(models.TextChoices):
    """The life of a licence. EXPIRED is stored only when an authority says so; otherwise it follows from the date."""

    DRAWN = "drawn", _("已制证，待签发")
    SIGNED = "signed", _("有效")
    SUSPENDED = "suspended", _("暂扣")
    EXPIRED = "expired", _("已过期")
    REVOKED = "revoked", _("已废止")
    SUPERSEDED = "superseded", _("已由新版本取代")


class Trust(models.TextChoices):
    """How far the content may be relied on. (国办函〔2016〕108号, 证照信息可信等级)"""

    A = "A", _("A 级：由发证机关签发")
    B = "B", _("B 级：经窗口核验原件")
    C = "C", _("C 级：由持证人上传")
    D = "D", _("D 级：未经核验")


# Key fields of licence kinds, as people read them; a kind may bring its own words.
FIELD_LABELS = {
    "name": _("姓名（名称）"),
    "gender": _("性别"),
    "ethnicity": _("民族"),
    "birth_date": _("出生日期"),
    "address": _("地址"),
    "id_number": _("公民身份号码"),
    "valid_from": _("有效期自"),
    "valid_to": _("有效期至"),
    "issuer": _("发证机关"),
    "issue_date": _("发证日期"),
    "certificate_no": _("证书编号"),
    "holder_name": _("持证人"),
    "location": _("坐落"),
    "project_name": _("项目名称"),
    "project_code": _("项目代码"),
    "uscc": _("统一社会信用代码"),
    "owner_name": _("权利人（所有人）"),
    "building_area": _("建筑面积"),
    "legal_rep_name": _("法定代表人（负责人）"),
    "register_date": _("登记日期"),
    "class": _("类别"),
    "area": _("面积"),
    "category": _("类别"),
    "type": _("类型"),
    "practice_org": _("执业机构"),
    "scope": _("范围"),
    "business_scope": _("经营范围"),
    "land_area": _("用地面积"),
    "spouse_name": _("配偶姓名"),
    "usage": _("用途"),
    "right_period": _("权利期限"),
    "investment": _("投资额"),
    "household_no": _("户号"),
    "head_name": _("户主姓名"),
    "member_name": _("成员姓名"),
    "relation": _("与户主关系"),
    "hukou_type": _("户口类别"),
    "endorse_valid_to": _("签注有效期至"),
    "from_address": _("迁出地址"),
    "to_address": _("迁入地址"),
    "child_name": _("新生儿姓名"),
    "child_gender": _("新生儿性别"),
    "birth_place": _("出生地点"),
    "gestation_weeks": _("孕周"),
    "mother_name": _("母亲姓名"),
    "mother_id": _("母亲公民身份号码"),
    "father_name": _("父亲姓名"),
    "father_id": _("父亲公民身份号码"),
    "card_no": _("卡号"),
    "insured_city": _("参保地"),
    "bank_name": _("开户银行"),
    "bank_account": _("银行账号"),
    "employment_status": _("就业状态"),
    "hardship_type": _("就业困难类型"),
    "grade": _("等级"),
    "guardian_name": _("监护人姓名"),
    "household_size": _("家庭人口"),
    "monthly_amount": _("月保障金额"),
    "file_no": _("档案编号"),
    "first_issue_date": _("初次领证日期"),
    "plate_no": _("号牌号码"),
    "vehicle_type": _("车辆类型"),
    "vin": _("车辆识别代号"),
    "total_mass": _("总质量"),
    "inspect_valid_to": _("检验有效期至"),
    "subject": _("任教学科"),
    "level": _("等级"),
    "score": _("成绩"),
    "school": _("学校"),
    "major": _("专业"),
    "degree": _("学历（学位）"),
    "graduate_date": _("毕业日期"),
    "unit_no": _("不动产单元号"),
    "right_type": _("权利类型"),
    "household_name": _("户主（农户）"),
    "tree_species": _("树种"),
    "registered_capital": _("注册资本"),
    "establish_date": _("成立日期"),
    "operating_period": _("营业期限"),
    "trade_type": _("主体业态"),
    "items": _("经营项目"),
    "product_kinds": _("产品种类"),
    "quality_manager": _("质量负责人"),
    "use_unit": _("使用单位"),
    "equipment_type": _("设备种类"),
    "equipment_code": _("设备代码"),
    "use_place": _("使用地点"),
    "next_inspect_date": _("下次检验日期"),
    "principal": _("主要负责人"),
    "subjects": _("诊疗科目"),
    "beds": _("床位数"),
    "services": _("服务项目"),
    "funds": _("开办资金"),
    "supervisor_unit": _("业务主管单位"),
    "owner": _("权利人"),
    "grant_date": _("授权日期"),
    "size": _("规格"),
    "outlets": _("排放口"),
    "daily_volume": _("日排放量"),
    "source": _("水源"),
    "annual_volume": _("年取水量"),
    "use_type": _("取水用途"),
    "volume": _("数量"),
    "method": _("方式"),
    "filing_date": _("备案日期"),
    "plan_conditions": _("规划条件"),
    "sign_date": _("签订日期"),
    "land_nature": _("用地性质"),
    "conclusion": _("结论"),
    "contractor": _("施工单位"),
    "scale": _("建设规模"),
    "contract_price": _("合同价格"),
    "spot_check": _("抽查情况"),
}


def field_label(key: str) -> str:
    """The words for a key field; the key itself where nobody has named it."""
    return str(FIELD_LABELS.get(key, key))


def stand_in_uscc(division: str, name: str) -> str:
    """A well-formed code for a public body that has none on record: a demonstration city's agencies are invented.

    Its organisation part is a digest of the name, so it is the same every time and belongs to nobody. (GB 32100-2015)
    """
    body = f"{int(hashlib.sha256(f'{division}/{name}'.encode()).hexdigest(), 16) % 10**8:08d}"
    code = f"11{division[:6]:0<6}{body}{organisation_check(body)}"
    return code + mod_31_3(code)
