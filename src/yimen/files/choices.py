"""Where a file comes from, and which types are taken."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class Kind(models.TextChoices):
    UPLOADED = "uploaded", "上传"
    PRODUCED = "produced", "系统生成"


@dataclass(frozen=True)
class MediaType:
    """A type that is taken. inline: browsers show it by themselves and run nothing in it."""

    name: str
    extension: str
    label: str
    inline: bool = False


PDF = MediaType("application/pdf", ".pdf", "PDF", inline=True)
JPEG = MediaType("image/jpeg", ".jpg", "JPG 图片", inline=True)
PNG = MediaType("image/png", ".png", "PNG 图片", inline=True)
DOC = MediaType("application/msword", ".doc", "Word 97–2003")
XLS = MediaType("application/vnd.ms-excel", ".xls", "Excel 97–2003")
DOCX = MediaType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", "Word")
XLSX = MediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", "Excel")
OFD = MediaType("application/ofd", ".ofd", "OFD 版式文件")

JSON = MediaType("application/json", ".json", "JSON")
ZIP = MediaType("application/zip", ".zip", "ZIP")
CSV = MediaType("text/csv", ".csv", "CSV")

TAKEN: dict[str, MediaType] = {kind.name: kind for kind in (PDF, JPEG, PNG, DOC, XLS, DOCX, XLSX, OFD)}
# Data that staff load; nobody hands them in with an application. Who takes them has looked at them itself.
DATA: dict[str, MediaType] = {kind.name: kind for kind in (JSON, ZIP, CSV)}
ACCEPT = ",".join([*(kind.extension for kind in TAKEN.values()), ".jpeg"])
"""For the accept attribute of an upload: a help for people, never a check."""


def file_chain(file_id: object) -> str:
    """The chain of a file that belongs to no other story."""
    return f"file:{file_id}"
