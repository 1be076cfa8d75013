"""Words of an upload: in which form it came, what is being done with it, where it stands."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

# The worker writes every few seconds; after so long a silence it has ended, or never began.
SILENCE = timedelta(seconds=45)


class UploadForm(models.TextChoices):
    """A workbook, one document or several of JSON, or a zip of a folder of them."""

    XLSX = "xlsx", _("Excel 工作簿")
    JSON = "json", "JSON"
    ZIP = "zip", _("JSON 文件包（ZIP）")


class UploadWork(models.TextChoices):
    """What the worker does."""

    READ = "read", _("读取")
    CHECK = "check", _("检查")
    LOAD = "load", _("导入")


class UploadState(models.TextChoices):
    """Where an upload stands."""

    CHECKING = "checking", _("正在检查")
    BAD = "bad", _("有误，没有导入")
    READY = "ready", _("检查通过，待确认")
    LOADING = "loading", _("正在导入")
    LOADED = "loaded", _("已导入")
    DROPPED = "dropped", _("已放弃")


class UploadOutcome(models.TextChoices):
    """What becomes of an item of an upload."""

    NEW = "new", _("新增")
    CHANGED = "changed", _("有变化")
    UNCHANGED = "unchanged", _("无变化")
