"""Who may see a case, and who may do what with it now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from yimen.applications.access import own_business
from yimen.applications.queries.promising import dishonoured
from yimen.cases.models import Case, Revocation
from yimen.cases.ports import VERBS, Check, VerbRule, plug_verb
from yimen.catalog.choices import StepKind
from yimen.city.choices import Duty
from yimen.hall.queries import agencies_served, authority
from yimen.identity.choices import Power
from yimen.identity.queries import may_act_for
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Refusal
from yimen.kit.time import day_of, now
from yimen.law.extensions import Approver
from yimen.law.said import said, several
from yimen.law.states import NotPossible, State, Verb, step
from yimen.ledger.commands import look

REVOKE, REVOKE_LABEL = "revoke-decision", said("撤销决定")
LEADER_WORDS = ("负责人", "领导", "局长", "主任", "首席")


class WrongState(Refusal):
    code = "wrong_state"

    def __init__(self, objection: NotPossible) -> None:
        super().__init__(objection.sentence)


class NotYourDuty(Forbidden):
    code = "not_your_duty"
    sentence = "“{verb}”由{who}办理，您当前的岗位没有这项职责。"


class NotYourWindow(Forbidden):
    code = "window_not_authorised"
    sentence = "本窗口没有{agency}的受理授权，不能办理这件事。"


class SamePerson(Forbidden):
    code = "same_person"
    sentence = "受理人不得作出决定，请由其他人员办理（受审分离）。"


class OwnCase(Forbidden):
    code = "own_case"
    sentence = "这是您本人申请或者代办的办件，请由其他工作人员办理。"


class NothingToRevoke(Forbidden):
    """Also said of cases without a grant, so that no page offers it there."""

    code = "nothing_to_revoke"
    sentence = "只有准予的、还没有撤销的决定才能撤销。"
    status = 409


class NothingBroken(Forbidden):
    """Also said of cases to which it never applies, so that no page offers it there."""

    code = "nothing_broken"
    sentence = "只有承诺后补的材料过了日期仍没有补交的办件才能退件。"
    status = 409


class NotApplicant(Forbidden):
    code = "not_applicant"
    sentence = "只有申请人或者受委托的人可以“{verb}”。"


def visible(actor: Actor, at: datetime) -> Q:
    """The one rule of visibility, used by lists, pages, API and exports alike.

    Applicants: their own and their principals'. Case staff: their agencies'. Supervisors: all that their post reaches.
    """
    mine = own_business(actor, at)
    agencies = desk_agencies(actor)
    return mine | Q(agency_id__in=agencies) if agencies else mine


def desk_agencies(actor: Actor) -> frozenset[int]:
    """The agencies whose cases an actor sees at work."""
    return actor.agencies if actor.duties & SEEING else frozenset()


def intake_agencies(actor: Actor, at: datetime) -> frozenset[int]:
    """The agencies for which an actor may accept: those that entrusted the window one sits at, and one's own."""
    if Duty.CLERK not in actor.duties:
        return frozenset()
    if actor.window is None:
        return actor.agencies
    served = frozenset(agencies_served(actor.window, day_of(at)))
    return actor.agencies & (served | {actor.office or 0})


SEEING = frozenset({Duty.CLERK, Duty.REVIEWER, Duty.CHIEF, Duty.DELIVERER, Duty.SUPERVISOR})


def is_applicant(case: Case, actor: Actor, at: datetime, power: str = Power.FILE) -> bool:
    """Is the actor the subject, or somebody it has given the power to?"""
    if actor.subject is None:
        return False
    if actor.is_one(case.subject_id):
        return True
    return may_act_for(actor.subject, case.subject_id, power, case.item.slug, at)


def require(verb: Verb, case: Case, actor: Actor, at: datetime) -> None:
    """Raise why the actor can't do the verb with the case now, if so."""
    refusal = VERBS[verb].check(case, actor, at)
    if refusal is not None:
        raise refusal


def verbs(case: Case, actor: Actor, at: datetime) -> list[tuple[VerbRule, Refusal | None]]:
    """Every verb with what stands in its way, in the order of the walk; what one will never be let do is left out."""
    asked = [(rule, rule.check(case, actor, at)) for rule in sorted(VERBS.values(), key=lambda rule: rule.order)]
    return [(rule, refusal) for rule, refusal in asked if not isinstance(refusal, Forbidden)]


def allowed(case: Case, actor: Actor, at: datetime) -> list[str]:
    """The verbs the actor can do now."""
    return [rule.name for rule, refusal in verbs(case, actor, at) if refusal is None]


def wrong_state(case: Case, verb: Verb) -> Refusal | None:
    try:
        step(State(case.state), verb)
    except NotPossible as objection:
        return WrongState(objection)
    return None


def staff(case: Case, actor: Actor, verb: Verb, *duties: Duty) -> Refusal | None:
    """Does a post of the actor give one of the duties for the case's agency? Nobody handles a case of their own."""
    if any(actor.may(duty, case.agency_id) for duty in duties):
        return OwnCase() if is_own_case(case, actor) else None
    return NotYourDuty(verb=verb.label, who=several(said("{duty}岗", duty=said(str(duty.label))) for duty in duties))


def is_own_case(case: Case, actor: Actor) -> bool:
    """Did the actor apply, or act for whoever applied?"""
    return actor.is_one(case.subject_id) or actor.is_one(case.application.agent_id)


def at_intake(case: Case, actor: Actor, verb: Verb, at: datetime) -> Refusal | None:
    """A clerk whose window has the agency's authority (or who is the agency's own)."""
    refusal = staff(case, actor, verb, Duty.CLERK)
    if refusal or actor.window is None or actor.office == case.agency_id:
        return refusal
    given = authority(window=actor.window, agency=case.agency_id, slug=case.item.slug, day=day_of(at))
    return None if given.accepts else NotYourWindow(agency=case.agency.name)


def deciding(case: Case, actor: Actor, verb: Verb, at: datetime) -> Refusal | None:
    """Who decides: the leader where the edition's deciding step names one, else a reviewer or the leader.

    An authorised window decides instant items; else whoever accepted a case doesn't decide it (许可法 34).
    """
    if case.edition.doc.instant and _decides_at_window(case, actor, at):
        return None
    duties = [Duty.CHIEF] if needs_leader(case) else [Duty.CHIEF, Duty.REVIEWER]
    refusal = staff(case, actor, verb, *duties)
    if refusal is None and actor.user == case.accepted_by_id:
        return SamePerson()
    return refusal


def returning(case: Case, actor: Actor, verb: Verb, at: datetime) -> Refusal | None:
    """Who decides may return an accepted case instead, when what was promised (容缺) never came and the city knows that

    consequence; before acceptance only the law itself returns (nothing was supplemented).
    """
    refusal = deciding(case, actor, verb, at)
    if refusal is not None:
        return refusal
    if case.state != State.ACCEPTED or not settings.YIMEN_TOLERANCE_RETURN:
        return NothingBroken()
    case.application.edition = case.edition
    return None if dishonoured(case.application) else NothingBroken()


def revoking(case: Case, actor: Actor, at: datetime) -> Refusal | None:
    """The chief may take a grant back that stands, also of a case that has ended (许可法 69)."""
    if not actor.may(Duty.CHIEF, case.agency_id):
        return NotYourDuty(verb=REVOKE_LABEL, who=said("{duty}岗", duty=said(str(Duty.CHIEF.label))))
    if is_own_case(case, actor):
        return OwnCase()
    granted = case.state in (State.DECIDED, State.CLOSED) and case.outcome == "grant"
    if not granted or Revocation.objects.filter(case=case).exists():
        return NothingToRevoke()
    return None


def may_settle(case: Case, actor: Actor, at: datetime) -> bool:
    """May a clerk accept and grant an instant item in one go (许可法 34)?"""
    if not case.edition.doc.instant or VERBS[Verb.ACCEPT].check(case, actor, at) is not None:
        return False
    return _decides_at_window(case, actor, at)


def approver_of(actor: Actor) -> Approver:
    """Whose approval an actor's is: a post without an agency of its own belongs to the government itself."""
    return Approver.AGENCY_LEADER if actor.office is not None else Approver.GOVERNMENT_LEADER


def needs_leader(case: Case) -> bool:
    step_of = next((each for each in case.edition.doc.steps if each.kind is StepKind.DECIDE), None)
    return step_of is not None and any(word in step_of.role for word in LEADER_WORDS)


def _decides_at_window(case: Case, actor: Actor, at: datetime) -> bool:
    if not actor.may(Duty.CLERK, case.agency_id):
        return False
    return authority(window=actor.window, agency=case.agency_id, slug=case.item.slug, day=day_of(at)).decides


def applicant(case: Case, actor: Actor, verb: Verb, at: datetime, power: str) -> Refusal | None:
    """The applicant's own verbs; a clerk at the window may do them on behalf of somebody who stands there."""
    if is_applicant(case, actor, at, power) or at_intake(case, actor, verb, at) is None:
        return None
    return NotApplicant(verb=verb.label)


Who = Callable[[Case, Actor, Verb, datetime], Refusal | None]


def check_of(verb: Verb, who: Who) -> Check:
    """First who may, then whether the state allows it: 403 before 409."""

    def check(case: Case, actor: Actor, at: datetime) -> Refusal | None:
        return who(case, actor, verb, at) or wrong_state(case, verb)

    return check


def has(*duties: Duty) -> Who:
    """Holders of one of the duties for the case's agency."""
    return lambda case, actor, verb, at: staff(case, actor, verb, *duties)


def _applicant(power: Power) -> Who:
    return lambda case, actor, verb, at: applicant(case, actor, verb, at, power)


_RULES: tuple[tuple[Verb, Who, int], ...] = (
    (Verb.SUPPLEMENT, _applicant(Power.SUPPLEMENT), 10),
    (Verb.ACCEPT, at_intake, 20),
    (Verb.ASK_SUPPLEMENT, at_intake, 21),
    (Verb.REFUSE, at_intake, 22),
    (Verb.NOT_NEEDED, at_intake, 23),
    (Verb.DECIDE, deciding, 40),
    (Verb.PAUSE, has(Duty.REVIEWER, Duty.CHIEF), 41),
    (Verb.RESUME, has(Duty.REVIEWER, Duty.CHIEF), 42),
    (Verb.EXTEND, has(Duty.CHIEF), 43),
    (Verb.FORWARD, has(Duty.CHIEF), 44),
    (Verb.RETURN, returning, 45),
    (Verb.WITHDRAW, _applicant(Power.FILE), 80),
    (Verb.VOID, has(Duty.CHIEF), 90),
)

for _verb, _who, _order in _RULES:
    plug_verb(VerbRule(name=_verb, label=_verb.label, check=check_of(_verb, _who), order=_order))

plug_verb(VerbRule(name=REVOKE, label=REVOKE_LABEL, check=revoking, order=89))


def may_read_papers(actor: Actor, number: str) -> bool:
    """Whoever may see the case may read its papers; a look of staff is recorded."""
    at = now()
    case = Case.objects.filter(visible(actor, at), number=number).first()
    if case is None:
        return False
    if not is_own(case, actor):
        look(case.subject_id, by=actor, at=at, purpose="查看办件文书", case=number, what="文书")
    return True


def is_own(case: Case, actor: Actor) -> bool:
    return actor.is_one(case.subject_id)
