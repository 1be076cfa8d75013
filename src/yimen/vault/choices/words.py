"""Words of the licence library: states, ends, trust, uses."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from yimen.law.checkdigits import mod_31_3, organisation_check
from yimen.law.said import said


class HolderKind(models.TextChoices):
    """Who may hold a licence of a kind."""

    NATURAL = "natural", _("自然人")
    LEGAL = "legal", _("法人和其他组织")
    BOTH = "both", _("自然人、法人和其他组织")


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
    "unseen": (
        said("原件待核验"),
        said("这是持证人自己上传的证照，工作人员还没有核对原件，不能凭它办事。请查验原件。"),
    ),
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


def stand_in_uscc(division: str, name: str) -> str:
    """A well-formed code for a public body that has none on record: a demonstration city's agencies are invented.

    Its organisation part is a digest of the name, so it is the same every time and belongs to nobody. (GB 32100-2015)
    """
    body = f"{int(hashlib.sha256(f'{division}/{name}'.encode()).hexdigest(), 16) % 10**8:08d}"
    code = f"11{division[:6]:0<6}{body}{organisation_check(body)}"
    return code + mod_31_3(code)
