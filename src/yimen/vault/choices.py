"""Words of the licence library."""

from __future__ import annotations

import hashlib
from typing import Annotated

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints

from yimen.law.checkdigits import mod_31_3, organisation_check
from yimen.law.said import said
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


class VersionKind(models.TextChoices):
    """Why there is this version of a licence. (许可法 49, 50)"""

    FIRST = "first", _("首次签发")
    CHANGED = "changed", _("变更")
    RENEWED = "renewed", _("延续")
    REPLACED = "replaced", _("换发、补发")


class EndKind(models.TextChoices):
    """How a licence ended: different acts, with different grounds. (许可法 69, 70; 行政处罚法 9)"""

    ABOLISHED = "abolished", _("废止")
    CANCELLED = "cancelled", _("注销")
    PENALTY = "penalty", _("吊销")
    ANNULLED = "annulled", _("撤销")
    WITHDRAWN = "withdrawn", _("撤回")
    DISCARDED = "discarded", _("制证作废")


class Trust(models.TextChoices):
    """How far the content may be relied on. (国办函〔2016〕108号, 证照信息可信等级)"""

    A = "A", _("A 级：由发证机关签发")
    B = "B", _("B 级：经窗口核验原件")
    C = "C", _("C 级：由持证人上传")
    D = "D", _("D 级：申请人自制并承诺属实")


PLATFORM = "platform"
"""The holder of the key that signs what the platform keeps without having issued it: trust B to D."""


class UseKind(models.TextChoices):
    """What was done with a licence, as its log says it."""

    PRESENTED = "presented", _("出示")
    CHECKED = "checked", _("被核验")
    LOOKED = "looked", _("查看内容")
    COPIED = "copied", _("调取加注件")
    CITED = "cited", _("按编号引用")
    ATTEMPTED = "attempted", _("试图使用，被拒绝")


STANDING_WORDS: dict[str, tuple[str, str]] = {
    "valid": (said("有效"), said("内容自签发后未被改动，证照在有效期内。")),
    "not_yet": (said("尚未生效"), said("证照的有效期还没有开始，现在不能凭它办事。")),
    "expired": (said("已过期"), said("证照的有效期已过，请持证人续办后再出示。")),
    "suspended": (said("已暂扣"), said("颁发机关已暂扣这份证照，暂扣期间不能使用。")),
    "frozen": (said("持证人已冻结"), said("持证人已自行冻结这份证照，解除冻结前不能凭它办事。")),
    "revoked": (said("已废止"), said("颁发机关已废止（注销、吊销或者撤销）这份证照。")),
    "superseded": (said("已换发"), said("这份证照已换发新证，请持证人出示新证。")),
    "key_revoked": (said("签名密钥已作废"), said("签发这份证照所用的密钥已作废，请持证人到颁发机关重新签发。")),
    "tampered": (
        said("内容与签名不符"),
        said("平台保存的内容与签发时的签名不一致。请不要依据它办事，并拨打 12345 反映。"),
    ),
}
"""Of each standing (law.presenting): its word, and what a checker should know."""


# Key fields of licence kinds, as they stand on the licence: an official paper has one language, whoever looks at it.
FIELD_LABELS = {
    "name": "姓名（名称）",
    "gender": "性别",
    "ethnicity": "民族",
    "birth_date": "出生日期",
    "address": "地址",
    "id_number": "公民身份号码",
    "valid_from": "有效期自",
    "valid_to": "有效期至",
    "issuer": "发证机关",
    "issue_date": "发证日期",
    "certificate_no": "证书编号",
    "holder_name": "持证人",
    "location": "坐落",
    "project_name": "项目名称",
    "project_code": "项目代码",
    "uscc": "统一社会信用代码",
    "owner_name": "权利人（所有人）",
    "building_area": "建筑面积",
    "legal_rep_name": "法定代表人（负责人）",
    "register_date": "登记日期",
    "class": "类别",
    "area": "面积",
    "category": "类别",
    "type": "类型",
    "practice_org": "执业机构",
    "scope": "范围",
    "business_scope": "经营范围",
    "land_area": "用地面积",
    "spouse_name": "配偶姓名",
    "usage": "用途",
    "right_period": "权利期限",
    "investment": "投资额",
    "household_no": "户号",
    "head_name": "户主姓名",
    "member_name": "成员姓名",
    "relation": "与户主关系",
    "hukou_type": "户口类别",
    "endorse_valid_to": "签注有效期至",
    "from_address": "迁出地址",
    "to_address": "迁入地址",
    "child_name": "新生儿姓名",
    "child_gender": "新生儿性别",
    "birth_place": "出生地点",
    "gestation_weeks": "孕周",
    "mother_name": "母亲姓名",
    "mother_id": "母亲公民身份号码",
    "father_name": "父亲姓名",
    "father_id": "父亲公民身份号码",
    "card_no": "卡号",
    "insured_city": "参保地",
    "bank_name": "开户银行",
    "bank_account": "银行账号",
    "employment_status": "就业状态",
    "hardship_type": "就业困难类型",
    "grade": "等级",
    "guardian_name": "监护人姓名",
    "household_size": "家庭人口",
    "monthly_amount": "月保障金额",
    "file_no": "档案编号",
    "first_issue_date": "初次领证日期",
    "plate_no": "号牌号码",
    "vehicle_type": "车辆类型",
    "vin": "车辆识别代号",
    "total_mass": "总质量",
    "inspect_valid_to": "检验有效期至",
    "subject": "任教学科",
    "level": "等级",
    "score": "成绩",
    "school": "学校",
    "major": "专业",
    "degree": "学历（学位）",
    "graduate_date": "毕业日期",
    "unit_no": "不动产单元号",
    "right_type": "权利类型",
    "household_name": "户主（农户）",
    "tree_species": "树种",
    "registered_capital": "注册资本",
    "establish_date": "成立日期",
    "operating_period": "营业期限",
    "trade_type": "主体业态",
    "items": "经营项目",
    "product_kinds": "产品种类",
    "quality_manager": "质量负责人",
    "use_unit": "使用单位",
    "equipment_type": "设备种类",
    "equipment_code": "设备代码",
    "use_place": "使用地点",
    "next_inspect_date": "下次检验日期",
    "principal": "主要负责人",
    "subjects": "诊疗科目",
    "beds": "床位数",
    "services": "服务项目",
    "funds": "开办资金",
    "supervisor_unit": "业务主管单位",
    "owner": "权利人",
    "grant_date": "授权日期",
    "size": "规格",
    "outlets": "排放口",
    "daily_volume": "日排放量",
    "source": "水源",
    "annual_volume": "年取水量",
    "use_type": "取水用途",
    "volume": "数量",
    "method": "方式",
    "filing_date": "备案日期",
    "plan_conditions": "规划条件",
    "sign_date": "签订日期",
    "land_nature": "用地性质",
    "conclusion": "结论",
    "contractor": "施工单位",
    "scale": "建设规模",
    "contract_price": "合同价格",
    "spot_check": "抽查情况",
}


def field_label(key: str) -> str:
    """The words for a key field; the key itself where nobody has named it."""
    return FIELD_LABELS.get(key, key)


def stand_in_uscc(division: str, name: str) -> str:
    """A well-formed code for a public body that has none on record: a demonstration city's agencies are invented.

    Its organisation part is a digest of the name, so it is the same every time and belongs to nobody. (GB 32100-2015)
    """
    body = f"{int(hashlib.sha256(f'{division}/{name}'.encode()).hexdigest(), 16) % 10**8:08d}"
    code = f"11{division[:6]:0<6}{body}{organisation_check(body)}"
    return code + mod_31_3(code)
