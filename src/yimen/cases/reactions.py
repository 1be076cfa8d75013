"""A submitted application becomes a case at once; the applicant is told of each step; due days follow the calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from yimen.applications import queries as applications
from yimen.applications.events import ApplicationSubmitted
from yimen.cases import commands, events
from yimen.cases.models import Case
from yimen.cases.queries.easings import still_asked
from yimen.cases.queries.open_matters import open_matters
from yimen.cases.queries.reading import of_number, remembered
from yimen.catalog import queries as catalog
from yimen.catalog.choices import Reach
from yimen.catalog.events import EditionReleased
from yimen.city.choices import Duty
from yimen.clocks.events import DueDayMoved
from yimen.clocks.ports import plug_holder
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
    commands.receive(application, by=_hand(news, application), at=news.at)


@hear(DueDayMoved, now=True, why="a list must never show a due day that its clock doesn't have")
def follow_due_day(news: DueDayMoved) -> None:
    case = remembered(news.about) or Case.objects.filter(number=news.about).first()
    if case is None:
        return
    if news.kind == ClockKind.SUPPLEMENT:
        commands.move_notice(case, due_on=news.due_on, by=Actor.system(), at=now())
    elif BINDING.get(State(case.state)) == news.kind:
        commands.move_due(case, due_on=news.due_on, by=Actor.system(), at=now())


BINDING = {
    State.RECEIVED: ClockKind.ACCEPTANCE,
    State.ACCEPTED: ClockKind.PROMISE,
    State.PAUSED: ClockKind.PROMISE,
    State.DECIDED: ClockKind.DELIVERY,
}

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
    events.CaseEnded: ("办件已终止", "您申请的“{item}”已终止办理（{state}）：{reason}"),
    events.DecisionRevoked: (
        "决定已撤销",
        "您申请的“{item}”，{agency}已撤销原来的决定：{why}理由和救济途径见撤销决定书；不服的，可以申请行政复议或者提起行政诉讼。",
    ),
    events.CaseClosed: ("已办结", "您申请的“{item}”已办结，结果已送达。"),
}


RETURNED_LATE = ("申请已退回", "您申请的“{item}”已作退件处理：{reason}材料备齐后您可以重新申请。")
RETURNED = ("申请已退回", "您申请的“{item}”没有在规定期限内补正材料，已作退件处理，您可以重新申请。")


def _tell(news: Event) -> None:
    """Put the news into the applicant's own space, once, in the words that were true when it was said."""
    number, at = news.number, news.at  # type: ignore[attr-defined]
    case = Case.objects.select_related("agency").get(number=number)
    title, words = WORDS[type(news)]
    if getattr(news, "state", "") == State.RETURNED:
        title, words = RETURNED_LATE if case.accepted_at else RETURNED
    due: date | None = getattr(news, "due_on", None)
    notices.send(
        subject=case.subject_id,
        about=number,
        title=title,
        body=words.format(
            item=case.item_name,
            agency=case.agency.name,
            due=f"{due.month}月{due.day}日" if due else "规定期限",
            reason=case.reason,
            why=getattr(news, "reason", ""),
            state=State(case.state).label,
        ),
        once=f"{type(news).__name__}:{number}:{at.isoformat()}",
        by=Actor.system(),
        at=now(),
    )


@hear(EditionReleased)
def ease_open_cases(news: EditionReleased) -> None:
    """Where it was decided before release that an easing is for everybody, open cases get it, each by itself."""
    edition = catalog.edition(news.slug, news.version)
    if Reach.ALL not in edition.reach.values():
        return
    for number in [matter.number for matter in open_matters(edition.item_id)]:
        try:
            commands.ease(of_number(number), edition=edition, by=Actor.system(), at=now())
        except commands.NothingToEase:
            continue


@hear(events.CaseEased)
def tell_easing(news: events.CaseEased) -> None:
    """What is easier now, and until when it will be decided."""
    case = of_number(news.number)
    granted = {place: found for place, found in case.application.eased.items() if found["version"] == news.version}
    told = "；".join(catalog.easing_words(case.edition.doc, granted))
    due = f"，最迟{news.due_on.month}月{news.due_on.day}日前作出决定" if news.due_on else ""
    notice = case.supplements.filter(supplied_at=None).first() if case.state == State.SUPPLEMENT else None
    done = notice is not None and not any(still_asked(notice, case.application))
    notices.send(
        subject=case.subject_id,
        about=news.number,
        title="办理要求减轻了",
        body=f"“{case.item_name}”的办事指南更新了，您的申请也适用：{told}{due}。其他内容不变。"
        + ("没有别的要补正了，请登录确认补正。" if done else ""),
        once=f"eased:{news.number}:{news.version}",
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

plug_holder(commands.hold)


def _hand(news: ApplicationSubmitted, application: Application) -> Actor:
    """Whoever submitted it, as the receipt and the ledger name them; an agent with the one they act for."""
    return Actor(
        user=news.by,
        behalf=application.subject_id if application.agent_id and not news.staff else None,
        name=news.name,
        post_name=news.post,
        office_name=news.office,
        window=application.window_id,
        channel=application.channel,
        duties=frozenset({Duty.CLERK}) if news.staff else frozenset(),
    )
