"""Sample cases, walked to where they stand by the same commands that everybody uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from yimen.applications import commands as applications
from yimen.applications.choices import Channel, Presented
from yimen.applications.queries import documents, lacking, resolution_of
from yimen.cases import commands as cases
from yimen.cases import queries as case_queries
from yimen.cases.choices import Outcome
from yimen.catalog import queries as catalog
from yimen.city.queries import calendar
from yimen.demo.commands.city import Founded
from yimen.demo.queries import paper, sample_answers
from yimen.identity import queries as people
from yimen.kit.actor import Actor
from yimen.kit.time import CHINA, day_of
from yimen.law.resolution import Way as How
from yimen.results import commands as results
from yimen.results.choices import Way
from yimen.review import commands as review
from yimen.review import queries as tasks
from yimen.review.choices import Opinion
from yimen.supervision.commands import sweep

if TYPE_CHECKING:
    from yimen.applications.models import Application, ReuseConsent
    from yimen.cases.models import Case
    from yimen.identity.models import Subject

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Hands:
    """Whoever does the steps, at a given instant."""

    at: datetime

    def __getattr__(self, username: str) -> Actor:
        return people.actor_for(people.account(username), self.at)


def apply_for(
    slug: str,
    subject: Subject,
    *,
    by: Actor,
    at: datetime,
    channel: Channel = Channel.WEB,
    complete: bool = True,
    promise: bool = False,
) -> Application:
    """Begin an application and, unless told otherwise, fill in and hand in everything, up to submission.

    promise: what may come later is promised (容缺).
    """
    application = applications.begin(edition=catalog.current(slug), subject=subject, channel=channel, by=by, at=at)
    if not complete:
        return application
    answers = sample_answers(application.edition.doc, application.answers, signer=by.name)
    applications.answer(application, answers, by=by, at=at)
    application.refresh_from_db()
    for lack in lacking(application, documents(application), at=at):
        if lack.kind == "material":
            _bring(application, lack.key, by, at, promise=promise)
    return application


def submit(application: Application, *, by: Actor, at: datetime) -> Case:
    """Submit, and give the case it became."""
    applications.submit(application, by=by, at=at)
    return case_queries.of_number(application.number)


def _bring(application: Application, key: str, by: Actor, at: datetime, *, promise: bool) -> None:
    """A commitment where one may replace the paper, a promise where it is wanted, else the paper."""
    how = resolution_of(application, key, at)
    if how is not None and how.way is How.COMMITMENT:
        applications.commit(application, key, agreed=True, by=by, at=at)
    elif promise and how is not None and how.way is How.TOLERATED:
        applications.attach(application, key, presented=Presented.PROMISE, by=by, at=at)
    else:
        _upload(application, key, by, at)


def _upload(application: Application, key: str, by: Actor, at: datetime) -> None:
    material = application.edition.doc.material(key)
    title = material.name if material else key
    applications.attach(application, key, upload=(f"{title}.pdf", paper(title, day_of(at))), by=by, at=at)


def fill(city: Founded, *, at: datetime, tell: Tell = lambda _: None) -> int:
    """Cases in every state a visitor may want to see, the oldest first; then one sweep, so that cards are there."""
    walks = list(_walks(city, at))
    for what, walk in walks:
        tell(what)
        walk()
    sweep(at=at)
    return len(walks)


def _walks(city: Founded, at: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    """What each walk shows, and the walk; days are working days before `at`."""
    citizen, firm = city.citizen, city.firm
    yield "办结并送达：食品经营许可", lambda: _closed("food-business-licence", firm, "owner", _back(at, 30), at)
    yield "办结并送达：居民身份证换领", lambda: _closed("id-card-renewal", citizen, "citizen", _back(at, 25), at)
    yield "承诺待核查：城镇污水排入排水管网许可", lambda: _closed("drainage-licence", firm, "owner", _back(at, 28), at)
    yield "不予批准：户外招牌设置", lambda: _denied("outdoor-signboard", firm, "owner", _back(at, 22))
    yield "超期红牌：烟草专卖零售许可", lambda: _accepted("tobacco-retail-licence", firm, "owner", _back(at, 45))
    yield "即将到期预警：道路货运经营许可", lambda: _near_due("road-freight-licence", firm, "owner", at, left=3)
    yield "即将到期黄牌：食品小作坊登记", lambda: _near_due("food-workshop-registration", firm, "owner", at, left=1)
    yield "特别程序中：城镇污水排入排水管网许可", lambda: _paused("drainage-licence", firm, "owner", _back(at, 6))
    yield "延长期限：占用挖掘城市道路", lambda: _extended("road-occupation-excavation", firm, "owner", _back(at, 5))
    yield (
        "容缺办理中：食品小作坊登记",
        lambda: _promised("food-workshop-registration", firm, "owner", _back(at, 2)),
    )
    yield "待补正：租房提取住房公积金", lambda: _asked("housing-fund-rent-withdrawal", citizen, "citizen", _back(at, 3))
    yield "已撤回：婚姻登记", lambda: _withdrawn("marriage-registration", citizen, "citizen", _back(at, 4))
    yield "待决定：户口迁移", lambda: _reviewed("hukou-migration", citizen, "citizen", _back(at, 3))
    yield "待出件：护士执业注册", lambda: _decided("nurse-registration", citizen, "citizen", _back(at, 8))
    yield "受理预警：公共租赁住房", lambda: _received("public-rental-housing", citizen, "citizen", _back(at, 5))
    yield "刚收到：社会保障卡", lambda: _received("social-security-card", citizen, "citizen", _back(at, 1))
    yield "窗口收件：食品经营许可", lambda: _at_window("food-business-licence", firm, _back(at, 1))
    yield "同意使用以前填过、交过的内容", lambda: _agreed(firm, "owner", _back(at, 2))
    yield "草稿：城乡居民养老保险参保", lambda: _draft("resident-pension-enrol", citizen, "citizen", _back(at, 1))


def _received(slug: str, subject: Subject, who: str, at: datetime) -> Case:
    hand = getattr(Hands(at), who)
    return submit(apply_for(slug, subject, by=hand, at=at), by=hand, at=at)


def _promised(slug: str, subject: Subject, who: str, at: datetime) -> Case:
    """Accepted without what was promised to come by a day."""
    hand, later = getattr(Hands(at), who), _on(at, 1)
    case = submit(apply_for(slug, subject, by=hand, at=at, promise=True), by=hand, at=at)
    return cases.accept(case, by=Hands(later).clerk, at=later)


def _agreed(subject: Subject, who: str, at: datetime) -> ReuseConsent:
    return applications.give_consent(subject, channel=Channel.WEB, by=getattr(Hands(at), who), at=at)


def _draft(slug: str, subject: Subject, who: str, at: datetime) -> Application:
    return apply_for(slug, subject, by=getattr(Hands(at), who), at=at, complete=False)


def _at_window(slug: str, subject: Subject, at: datetime) -> Case:
    clerk = Hands(at).clerk
    return submit(apply_for(slug, subject, by=clerk, at=at, channel=Channel.WINDOW), by=clerk, at=at)


def _accepted(slug: str, subject: Subject, who: str, at: datetime) -> Case:
    later = _on(at, 1)
    return cases.accept(_received(slug, subject, who, at), by=Hands(later).clerk, at=later)


def _near_due(slug: str, subject: Subject, who: str, at: datetime, *, left: int) -> Case:
    """Reviewed in time, but the decision waits: it falls due `left` working days from now. 20 days: rules T03, T04."""
    document = catalog.current(slug).doc
    days = document.promised_days or document.statutory_days or 20
    return _reviewed(slug, subject, who, _back(_working(at), days - left + 1))


def _paused(slug: str, subject: Subject, who: str, at: datetime) -> Case:
    case, later = _accepted(slug, subject, who, at), _on(at, 2)
    return cases.pause(
        case,
        ground="专家评审",
        planned_days=10,
        reason="排水方案需要专家现场评审。",
        by=Hands(later).reviewer,
        at=later,
    )


def _extended(slug: str, subject: Subject, who: str, at: datetime) -> Case:
    case, later = _accepted(slug, subject, who, at), _on(at, 3)
    return cases.extend(case, days=5, reason="需要与交警部门会商交通疏导方案。", by=Hands(later).chief, at=later)


def _asked(slug: str, subject: Subject, who: str, at: datetime) -> Case:
    case, later = _received(slug, subject, who, at), _on(at, 1)
    key = next(material.key for material in case.edition.doc.materials if material.source == "申请人自备") or ""
    wanted = [{"key": key, "reason": "上传的文件不清晰，请重新上传彩色扫描件。"}]
    return cases.ask_supplement(case, materials=wanted, by=Hands(later).clerk, at=later)


def _withdrawn(slug: str, subject: Subject, who: str, at: datetime) -> Case:
    case, later = _received(slug, subject, who, at), _on(at, 1)
    return cases.withdraw(case, reason="个人安排有变，改期办理。", by=getattr(Hands(later), who), at=later)


def _reviewed(slug: str, subject: Subject, who: str, at: datetime) -> Case:
    case, later = _accepted(slug, subject, who, at), _on(at, 2)
    _opine_all(case, later)
    return case_queries.of_number(case.number)


def _opine_all(case: Case, at: datetime) -> None:
    while waiting := [task for task in tasks.of(case) if task.is_open]:
        for task in waiting:
            review.opine(
                case, task=task.pk, opinion=Opinion.AGREE, text="材料齐全，符合条件。", by=Hands(at).reviewer, at=at
            )


def _decided(
    slug: str,
    subject: Subject,
    who: str,
    at: datetime,
    outcome: Outcome = Outcome.GRANT,
    reason: str = "符合法定条件、标准。",
) -> Case:
    case, later = _reviewed(slug, subject, who, at), _on(at, 3)
    return cases.decide(case, outcome=outcome, reason=reason, by=Hands(later).chief, at=later)


def _denied(slug: str, subject: Subject, who: str, at: datetime) -> Case:
    case, later = (
        _decided(slug, subject, who, at, Outcome.DENY, "招牌尺寸超出街道容貌标准，不符合设置规范。"),
        _on(at, 4),
    )
    return results.deliver(case, way=Way.ELECTRONIC, by=Hands(later).deliverer, at=later)


def _closed(slug: str, subject: Subject, who: str, at: datetime, now: datetime) -> Case:
    case, later = _decided(slug, subject, who, at), _on(at, 4)
    _see_originals(case, later)
    results.issue(case, by=Hands(later).deliverer, at=later)
    return results.deliver(
        case, way=Way.WINDOW, receiver=subject.name, receiver_document=subject.masked_number,
        by=Hands(later).deliverer, at=later,
    )  # fmt: skip


def _see_originals(case: Case, at: datetime) -> None:
    """The window compares what was uploaded, so that it need not be brought again."""
    for each in documents(case.application):
        if each.file_id is not None and each.checked_at is None:
            applications.check_original(each, by=Hands(at).clerk, at=at)


def _back(at: datetime, days: int) -> datetime:
    """Ten in the morning, so many working days before."""
    day, known = day_of(at), calendar()
    while days:
        day -= timedelta(days=1)
        days -= known.is_working(day)
    return _morning(day)


def _working(at: datetime) -> datetime:
    """The same day, or on a day off the next on which the office works: what is due is due then."""
    day, known = day_of(at), calendar()
    return _morning(day if known.is_working(day) else known.working_after(day, 1))


def _on(at: datetime, days: int) -> datetime:
    """The morning so many working days after."""
    return _morning(calendar().working_after(day_of(at), days))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=CHINA)
