"""How an application came in, and how a document was handed in."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    """Their order gives the channel's digit within the number."""

    WEB = "web", "网上"
    WINDOW = "window", "窗口"
    KIOSK = "kiosk", "自助终端"
    PHONE = "phone", "手机"
    POST = "post", "邮寄"

    @property
    def digit(self) -> str:
        return str(list(Channel).index(self) + 1)


class Stage(models.TextChoices):
    """What has become of an application."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    DISCARDED = "discarded", "已放弃"


class Presented(models.TextChoices):
    """How a material was shown (原件、复印件、电子件、证照)."""

    UPLOAD = "upload", "电子件"
    ORIGINAL = "original", "原件"
    COPY = "copy", "复印件"
    LICENCE = "licence", "电子证照"
    PROMISE = "promise", "承诺后补"
    EARLIER = "earlier", "以前交过的材料"
    COMMITMENT = "commitment", "告知承诺书"


CITED = "按编号引用"
"""The note of a licence that a clerk named by its number instead of taking paper."""


class Trust(models.TextChoices):
    """Trust levels of materials (国办函〔2016〕108号): A, B and D are usable at once, C needs a clerk."""

    A = "A", "政务机构产生"
    B = "B", "窗口核验与原件一致"
    C = "C", "申请人上传，待核验"
    D = "D", "申请人自制并承诺"


class Verdict(models.TextChoices):
    """What the check of a commitment found (国办发〔2020〕42号)."""

    KEPT = "kept", "承诺属实"
    FALSE = "false", "承诺不实"


class Said(models.TextChoices):
    """What somebody answers when asked whether earlier answers and papers may be used again for other items."""

    AGREED = "agreed", "同意"
    DECLINED = "declined", "不同意"


WORDING = "2026-11"

WORDINGS: dict[str, tuple[str, ...]] = {
    "2026-11": (
        "用什么：您以前办事时填写的内容，以及交过的、仍在有效期内的材料。",
        "用来做什么：办理别的事项时预先填好表格、不用再交同样的材料；只在您办事的时候用，只给受理的部门看。",
        "为什么问您：办同一个事项再次使用不用另行同意；用于别的事项，要由您同意。",
        "您可以随时在“我的空间”撤回；撤回以后不再使用，已经提交的申请不受影响。不同意也能办事，只是要自己填写。",
    ),
}
"""What people are told before they agree (个人信息保护法 14, 17), by version: a text once shown is never changed."""
