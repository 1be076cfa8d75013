"""What the registers of people say is told to whom it concerns; a copy that was asked for is made."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from django.conf import settings

from yimen.identity import commands as identity
from yimen.identity.choices import Finding, Judgement
from yimen.identity.events import (
    CopyAsked,
    CopyReady,
    CorrectionAnswered,
    LookReportAnswered,
    RecordsMerged,
    RecordsParted,
)
from yimen.identity.queries import copy_of, corrections_about, reports_about, same_person
from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal
from yimen.kit.events import hear
from yimen.kit.time import now
from yimen.notices.commands import send
from yimen.portal.queries.copying import gather, packed
from yimen.vault.choices import Trust
from yimen.vault.commands import filed
from yimen.vault.queries import held_by

SCHEMA = Path(__file__).parent / "data" / "my-data.schema.json"


@hear(CopyAsked)
def make_copy(news: CopyAsked) -> None:
    """In the worker: it may take a while."""
    copy, at = copy_of(news.copy), now()
    for licence in held_by(same_person(copy.subject_id)):
        with suppress(Refusal):  # of what has no file that can be made, all else is in the copy
            if licence.identifier and licence.trust != Trust.C:
                filed(licence, at=at)
    archives = packed(gather(copy, at), schema=SCHEMA.read_bytes(), limit=settings.YIMEN_UPLOAD_LIMIT)
    identity.fill_copy(copy, archives, by=Actor.system(), at=at)


@hear(CopyReady)
def tell_copy(news: CopyReady) -> None:
    copy = copy_of(news.copy)
    until = f"{copy.until:%Y-%m-%d}" if copy.until else ""
    title, body = "您的数据副本可以下载了", f"请在 {until} 之前到“我的空间”下载，过期会自动删除，可以重新申请。"
    _tell(news.subject, title, body, f"copy:{news.copy}", "my:data")


@hear(CorrectionAnswered)
def tell_correction(news: CorrectionAnswered) -> None:
    row = next(each for each in corrections_about([news.subject]) if each.pk == news.correction)
    title = f"更正申请已答复：{row.label}"
    body = f"“{row.source_words}”里的“{row.label}”：{Finding(row.finding).label}。{row.answer}"
    _tell(news.subject, title, body, f"correction:{row.pk}", "my:data")


@hear(LookReportAnswered)
def tell_look_report(news: LookReportAnswered) -> None:
    row = next(each for each in reports_about([news.subject]) if each.pk == news.report)
    title = "您反映的查看已核查"
    _tell(news.subject, title, f"{Judgement(row.finding).label}。{row.answer}", f"look-report:{row.pk}", "my:looks")


@hear(RecordsMerged)
def tell_merged(news: RecordsMerged) -> None:
    body = (
        "窗口核对证件后，把您用两种证件登记的档案合并了：用任何一个证件都能看到全部办件和证照。如有不对，请联系窗口。"
    )
    _tell(news.one, "您的两份档案已合并", body, f"merge:{news.merge}", "")


@hear(RecordsParted)
def tell_parted(news: RecordsParted) -> None:
    """Both are told: they may be two people."""
    for subject in (news.one, news.other):
        body = "窗口复核后撤销了档案合并，各证件名下的办件和证照恢复分开。如有疑问，请联系窗口。"
        _tell(subject, "档案合并已撤销", body, f"parted:{news.merge}:{subject}", "")


def _tell(subject: int, title: str, body: str, once: str, about: str) -> None:
    send(subject=subject, about=about, title=title, body=body, once=once, by=Actor.system(), at=now())
