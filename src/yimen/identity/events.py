"""What the registers of people say aloud; numbers only, whoever hears reads the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yimen.kit.events import Event


@dataclass(frozen=True)
class CorrectionWaits(Event):
    """更正请求待答复: asked, or noticed at a form; agency: whose register it is, None for the register of people."""

    correction: int
    agency: int | None
    days: int
    at: datetime


@dataclass(frozen=True)
class CorrectionAnswered(Event):
    """更正请求已答复: corrected, or said why what stands is right."""

    correction: int
    subject: int
    at: datetime


@dataclass(frozen=True)
class LookReportAnswered(Event):
    """查看异议已答复."""

    report: int
    subject: int
    at: datetime


@dataclass(frozen=True)
class CopyAsked(Event):
    """申请个人信息副本: a job makes it."""

    copy: int
    at: datetime


@dataclass(frozen=True)
class CopyReady(Event):
    """副本可以下载."""

    copy: int
    subject: int
    at: datetime


@dataclass(frozen=True)
class RecordsMerged(Event):
    """档案合并: two records are one person's."""

    merge: int
    one: int
    other: int
    at: datetime


@dataclass(frozen=True)
class RecordsParted(Event):
    """合并已撤销."""

    merge: int
    one: int
    other: int
    at: datetime
