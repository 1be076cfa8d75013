"""A submitted application becomes a case at once; the applicant is told of each step; due days follow the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yimen.applications import queries as applications
from yimen.applications.events import ApplicationSubmitted
from yimen.cases import commands, events
from yimen.cases.models import Case
from yimen.clocks.events import DueDayMoved
from yimen.kit.actor import Actor
from yimen.kit.events import Event, hear
from yimen.kit.time import now
from yimen.law.clocks import ClockKind
from yimen.law.states import State
from yimen.notices import commands as notices

if TYPE_CHECKING:
    from yimen.applications.models import Application


@hear(ApplicationSubmitted, now=True, why="the receipt is the case: the applicant leaves with its number")
def open_case(news: ApplicationSubmitted) -> None:
    application = applications.of_number(news.number)
    commands.receive(application, by=_hand(application), at=news.at)


@hear(DueDayMoved, now=True, why="a list must never show a due day that its clock doesn't have")
def follow_due_day(news: DueDayMoved) -> None:
    binding = {State.RECEIVED: ClockKind.ACCEPTANCE, State.ACCEPTED: ClockKind.PROMISE, State.PAUSED: ClockKind.PROMISE,
               State.DECIDED: ClockKind.DELIVERY}  # fmt: skip
    case = Case.objects.filter(number=news.about).first()
    if case is not None and binding.get(State(case.state)) == news.kind:
        commands.move_due(case, due_on=news.due_on, by=Actor.system(), at=now())


WORDS: dict[type[Event], tuple[str, str]] = {
    events.CaseReceived: ("材料已收到", "您申请的“{item}”材料已收到，{agency}将在{due}前告知是否受理。"),
    events.CaseAccepted: ("申请已受理", "您申请的“{item}”已由{agency}受理，最迟{due}前作出决定。"),
    events.SupplementAsked: ("请补正材料", "您申请的“{item}”需要补正材料，请在{due}前登录提交，具体内容见补正告知书。"),
    events.CaseSupplemented: ("补正材料已收到", "您补正的“{item}”材料已收到，{agency}将在{due}前告知是否受理。"),
    events.CaseRefused: ("申请未受理", "您申请的“{item}”未予受理：{reason}"),
    events.CasePaused: ("特别程序开始", "您申请的“{item}”进入特别程序，所需时间不计入办理期限，详见告知书。"),
    events.CaseResumed: ("特别程序结束", "您申请的“{item}”特别程序已结束，继续办理，最迟{due}前作出决定。"),
    events.CaseExtended: ("办理期限延长", "您申请的“{item}”经批准延长办理期限，最迟{due}前作出决定，理由见通知书。"),
    events.CaseDecided: ("已作出决定", "您申请的“{item}”已作出决定，请登录查看决定书。"),
    events.CaseEnded: ("办件已终止", "您申请的“{item}”已终止办理：{reason}"),
    events.CaseClosed: ("已办结", "您申请的“{item}”已办结，结果已送达。"),
}


def _tell(news: Event) -> None:
    """Put the news into the applicant's own space, once."""
    number, at = news.number, news.at  # type: ignore[attr-defined]
    case = Case.objects.select_related("agency").get(number=number)
    title, words = WORDS[type(news)]
    due = f"{case.due_on.month}月{case.due_on.day}日" if case.due_on else "规定期限"
    notices.send(
        subject=case.subject_id,
        about=number,
        title=title,
        body=words.format(item=case.item_name, agency=case.agency.name, due=due, reason=case.reason),
        once=f"{type(news).__name__}:{number}:{at.isoformat()}",
        by=Actor.system(),
        at=now(),
    )


def _plug(event: type[Event]) -> None:
    def tell(news: Event) -> None:
        _tell(news)

    tell.__name__ = f"tell_{event.__name__}"
    hear(event)(tell)


for _event in WORDS:
    _plug(_event)


def _hand(application: Application) -> Actor:
    """Whoever submitted it, as the receipt names them."""
    user = application.made_by
    staff = application.window_id is not None
    return Actor(
        user=user.pk,
        name=user.name,
        subject=user.subject_id,
        window=application.window_id,
        channel=application.channel,
        duties=frozenset({"clerk"}) if staff else frozenset(),
    )
