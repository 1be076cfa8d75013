"""What will follow from a verb, before it is done: due days, grounds to choose from, the consequence in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from yimen.applications.queries import terms
from yimen.cases.access import REVOKE
from yimen.city.queries import calendar, office_hours
from yimen.clocks import queries as clocks
from yimen.kit.errors import Refusal
from yimen.kit.telling import translated
from yimen.kit.time import day_of
from yimen.law import extensions, pauses
from yimen.law.clocks import ClockKind
from yimen.law.extensions import CAPS, Approver, Handling
from yimen.law.limits import Unit, due_on
from yimen.law.states import Verb
from yimen.ui.words import amount_of, limit, people_date

if TYPE_CHECKING:
    from yimen.cases.models import Case
    from yimen.law.limits import Limit


@dataclass(frozen=True)
class Preview:
    """words: the consequence; points: what else happens with it."""

    words: str
    points: Sequence[str] = field(default_factory=tuple)


def preview(verb: str, case: Case, at: datetime) -> Preview:
    """The consequence of a verb, in words."""
    return _PREVIEWS[verb](case, at)


def grounds(case: Case) -> list[tuple[str, Any]]:
    """The grounds on which the clocks of this case may stand still: the law's, and the edition's own."""
    declared = [each for each in case.edition.doc.special_procedures if not each.counts_towards_limit]
    own = [(each.name, _declared(each)) for each in declared]
    names = {name for name, _label in own}
    return [
        *own,
        *((each, _("%s（许可法第四十五条）") % translated(each)) for each in pauses.STATUTORY if each not in names),
    ]


class NotExtendable(Refusal):
    """The law objects to any extension of this case."""

    code = "not_extendable"


def unextendable(case: Case, at: datetime) -> Refusal | None:
    """Why no extension is possible: granted already, overdue, counted in hours (许可法 42)."""
    clock, given = clocks.running(case.number, ClockKind.STATUTORY), getattr(case, "extension", None)
    objection = extensions.check(
        days=1,
        approver=Approver.AGENCY_LEADER,
        already_extended=given.days if given else 0,
        reason="—",
        unit=Unit(clock.unit) if clock else Unit.WORKING_DAY,
        overdue=clock is not None and day_of(at) > clock.due_on,
    )
    return NotExtendable(objection.sentence) if objection else None


def extension_days(case: Case) -> list[tuple[int, str]]:
    """Every possible extension with the day on which the case would then fall due."""
    clock = clocks.running(case.number, ClockKind.PROMISE)
    cap = CAPS[Handling.JOINT if case.edition.doc.joint else Handling.ORDINARY].days
    if clock is None:
        return [(days, amount_of(days)) for days in range(1, cap + 1)]
    facts: dict[str, Any] = {
        "opened": clocks.opening(clock),
        "limit": clocks.limit_of(clock),
        "pauses": clocks.pauses_of(clock),
        "calendar": calendar(),
        "hours": office_hours(),
    }
    dues = {days: due_on(**facts, extension=clock.extension + days) for days in range(1, cap + 1)}
    return [
        (days, _("%(days)s，最迟 %(due)s") % {"days": amount_of(days), "due": people_date(due, due)})
        for days, due in dues.items()
    ]


def _declared(each: Any) -> str:
    days = f"，一般 {each.days} 个{each.unit}" if each.days else ""
    return _("%(name)s（实施清单载明%(days)s）") % {"name": each.name, "days": days}


def _accept(case: Case, at: datetime) -> Preview:
    limits = terms(case.application).decision_limits
    return Preview(
        _("受理后开始计算办理期限，并出具《受理通知书》。"),
        (
            _("承诺期限：%s") % _till(limits.promise, at),
            _("法定期限：%s") % _till(limits.statutory, at),
            _("受理后不得再要求申请人补充材料（行政许可法第三十二条）。"),
        ),
    )


def _till(given: Limit, at: datetime) -> str:
    due = due_on(opened=day_of(at), limit=given, calendar=calendar(), hours=office_hours())
    return _("%(limit)s，最迟 %(due)s") % {"limit": limit(given.amount, given.unit), "due": people_date(due, at)}


def _plain(words: Callable[[], str], *points: Callable[[], str]) -> Callable[[Case, datetime], Preview]:
    return lambda case, at: Preview(words(), tuple(point() for point in points))


_PREVIEWS: dict[str, Callable[[Case, datetime], Preview]] = {
    Verb.ACCEPT: _accept,
    Verb.ASK_SUPPLEMENT: _plain(
        lambda: _("一次性告知全部需要补正的内容，出具《补正告知书》；收到补正前停止计算受理期限。"),
        lambda: _("以后不能再增加要求（行政许可法第三十二条）。"),
    ),
    Verb.REFUSE: _plain(
        lambda: _("本件到此结束，出具《不予受理通知书》，告知理由和应当向哪个机关申请。"),
        lambda: _("不能撤销；申请人可以申请行政复议或者提起行政诉讼。"),
    ),
    Verb.NOT_NEEDED: _plain(lambda: _("本件到此结束，当场告知申请人这件事依法不需要办理，出具《不受理告知书》。")),
    Verb.PAUSE: _plain(
        lambda: _("从今天起停止计算办理期限，直到特别程序结束；所需时间书面告知申请人。"),
        lambda: _("只能因法定的或者实施清单载明的特别程序停止计算。"),
    ),
    Verb.RESUME: _plain(lambda: _("特别程序到今天为止，从明天起继续计算办理期限。")),
    Verb.EXTEND: _plain(
        lambda: _(
            "期限只能延长一次：一般事项最多 10 个工作日，由本机关负责人批准；"
            "联合办理的最多 15 个工作日，由本级人民政府负责人批准；理由告知申请人（行政许可法第四十二条）。"
        )
    ),
    Verb.DECIDE: _plain(
        lambda: _("作出决定并出具决定书，停止计算办理期限；准予的，10 个工作日内送达结果。"),
        lambda: _("决定作出后不能更改。"),
    ),
    Verb.FORWARD: _plain(lambda: _("把申请和全部材料转报有权决定的机关，本件在本机关办理结束，告知申请人。")),
    Verb.RETURN: _plain(
        lambda: _("把本件退回申请人，到此结束，出具《退件通知书》，写明理由。"),
        lambda: _("已经受理的办件，只因承诺后补的材料没有按期补交才能退件；也可以等补齐后再决定，或者作出不予的决定。"),
        lambda: _("没有按期补交已经记录，一年内不再接受这位申请人的容缺承诺。"),
        lambda: _("不能恢复；申请人可以重新申请。"),
    ),
    REVOKE: _plain(
        lambda: _("撤销准予的决定，出具《撤销决定书》，告知理由和救济途径；据此发出的证照同时撤销。"),
        lambda: _("还没有发出结果的，不再发出；已经送达的，证照状态改为撤销，核验时显示。"),
        lambda: _("撤销之前须告知当事人并听取陈述、申辩（行政许可法第六十九条）。"),
        lambda: _("不能恢复；当事人可以申请行政复议或者提起行政诉讼。"),
    ),
    Verb.WITHDRAW: _plain(
        lambda: _("按申请人本人的意思撤回申请，本件到此结束。"),
        lambda: _("先核对来人身份：必须是申请人本人或者持有委托书的代办人。"),
        lambda: _("不能恢复；需要时申请人可以重新申请。"),
    ),
    Verb.VOID: _plain(
        lambda: _("本件作废，到此结束，告知申请人。"),
        lambda: _("只用于重复、冒名、测试等本身无效的办件；不能恢复。"),
    ),
}
