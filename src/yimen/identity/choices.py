"""Kinds of subjects, documents, mandates and powers."""

from __future__ import annotations

from django.db import models


class SubjectKind(models.TextChoices):
    NATURAL = "natural", "自然人"
    LEGAL = "legal", "法人"
    OTHER = "other", "其他组织"


class Document(models.TextChoices):
    CITIZEN_ID = "citizen_id", "居民身份证"
    USCC = "uscc", "统一社会信用代码"
    PASSPORT = "passport", "护照"
    HK_MACAO_PERMIT = "hk_macao_permit", "港澳居民来往内地通行证"
    TAIWAN_PERMIT = "taiwan_permit", "台湾居民来往大陆通行证"
    RESIDENCE_PERMIT_HMT = "residence_permit_hmt", "港澳台居民居住证"
    FOREIGN_RESIDENT = "foreign_resident", "外国人永久居留身份证"
    OTHER = "other", "其他证件"


class Assurance(models.IntegerChoices):
    """实名等级: how sure the city is that an account's holder is who they say."""

    NONE = 0, "未认证"
    BASIC = 1, "初级"
    CHECKED = 2, "中级"
    STRONG = 3, "高级"


class MandateKind(models.TextChoices):
    LEGAL_REPRESENTATIVE = "legal_representative", "法定代表人"
    HANDLER = "handler", "经办人"
    PERSONAL = "personal", "委托代办"
    GUARDIAN = "guardian", "监护人"
    HELPER = "helper", "帮办代办"


class Power(models.TextChoices):
    FILE = "file", "提出申请"
    SUPPLEMENT = "supplement", "补正材料"
    SIGN = "sign", "签署文书"
    RECEIVE = "receive", "领取结果"
    SEE_LICENCES = "see_licences", "查看证照"


REGISTER = "identity"
"""Where corrections name the register of people itself as the source."""


class ProofLevel(models.TextChoices):
    """What a mandate rests on, as trust in papers is graded (信息可信等级)."""

    SIGNED = "A", "本人网上授权"
    CHECKED = "B", "窗口核对过委托书"


class CorrectionWay(models.TextChoices):
    ASKED = "asked", "本人申请更正"
    NOTICED = "noticed", "填表时改动"


class Finding(models.TextChoices):
    CORRECTED = "corrected", "已更正"
    RIGHT = "right", "原来没有错"
    KNOWN = "known", "已经更正过"


class Judgement(models.TextChoices):
    """What the supervision found about a look."""

    PROPER = "proper", "查看正当"
    IMPROPER = "improper", "查看不当"
    WITHDRAWN = "withdrawn", "本人撤回"


PERSON_KEYS: dict[str, str] = {
    "gender": "性别",
    "ethnicity": "民族",
    "birth_date": "出生日期",
    "phone": "手机号码",
    "residence_address": "现居住地址",
    "hukou_address": "户籍地址",
    "marital_status": "婚姻状况",
    "education": "文化程度",
}
ORG_KEYS: dict[str, str] = {
    "legal_rep_name": "法定代表人姓名",
    "legal_rep_id_number": "法定代表人身份证号",
    "address": "住所",
    "contact_name": "联系人",
    "contact_phone": "联系电话",
}


ACCOUNT_EVENTS: dict[str, str] = {
    "account_made": "账号建立",
    "account_closed": "账号停用",
    "account_reopened": "账号重新启用",
    "signed_in": "登录",
    "sign_in_last_attempt": "登录失败次数达到上限",
    "post_given": "安排上岗",
    "post_taken": "离岗",
    "password_reset": "密码重置",
    "password_changed": "本人修改密码",
    "phone_changed": "手机号码变更",
    "token_made": "发放访问令牌",
    "tokens_ended": "终止访问令牌",
}
"""What is written into the chain of an account, in words."""


def user_chain(user: int) -> str:
    """The chain of one account: made, signed in, locked, posts given and taken."""
    return f"user:{user}"
