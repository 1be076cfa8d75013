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


class Trust(models.TextChoices):
    """Trust levels of materials (国办函〔2016〕108号): A, B and D are usable at once, C needs a clerk."""

    A = "A", "政务机构产生"
    B = "B", "窗口核验与原件一致"
    C = "C", "申请人上传，待核验"
    D = "D", "申请人自制并承诺"
