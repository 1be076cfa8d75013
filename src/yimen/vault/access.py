"""Who may see a licence, and who may make one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from yimen.identity import queries as identity
from yimen.identity.access import speaks_for
from yimen.identity.choices import Assurance, Power
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, NotFound, Refusal
from yimen.vault.models import Freeze, Licence, LicenceHolder
from yimen.vault.ports import Matter

MAKERS = ("clerk", "reviewer", "chief", "deliverer")
USERS = frozenset(MAKERS)
SIGNERS = ("deliverer", "chief")


class TooLittleAssurance(Forbidden):
    code = "assurance_too_low"
    sentence = "亮证需要中级以上的实名等级。请带身份证件到任一综合窗口核验一次，以后就可以在手机上亮证。"


class NotYoursToFreeze(Forbidden):
    code = "not_yours_to_freeze"
    sentence = "只有持证人本人，或者单位的法定代表人、本人的监护人可以冻结和解除冻结。"


class NotYoursToLift(Forbidden):
    code = "not_yours_to_lift"
    sentence = "这份证照由共同持证人{name}冻结，由其本人解除。"


class NoCaseNoLook(Forbidden):
    code = "no_case_no_look"
    sentence = "无办件不得调证：请从需要这份证照的办件里打开它。这次尝试已经记录，持证人可以看到。"


class CaseOver(Refusal):
    code = "case_over"
    sentence = "办件 {number} 已经结束，不能再凭它使用证照。"


class NotNeededHere(Forbidden):
    code = "licence_not_needed"
    sentence = "“{item}”不需要这份证照，不能凭办件 {number} 使用它。"


class OwnLicence(Forbidden):
    code = "own_case"
    sentence = "这是您本人申请或者代办的办件，请由其他工作人员办理。"


class LoadedByOneself(Forbidden):
    code = "sampled_by_loader"
    sentence = "导入和抽检须由不同的人办理，请由本单位其他工作人员抽检。"


class FrozenByHolder(Refusal):
    code = "licence_frozen"
    sentence = "持证人已冻结这份证照，解除冻结前不能出示，也不能使用。"


def holders(by: Actor, at: datetime) -> list[int]:
    """The subjects whose licences this actor may see: oneself, and whoever gave a mandate to see them."""
    if by.subject is None:
        return []
    mandates = identity.principals_of(by.subject, at)
    lent = (pk for each in mandates if Power.SEE_LICENCES in each.powers for pk in each.principals)
    return list(dict.fromkeys([*by.subjects, *lent]))


def uploads_for(by: Actor, at: datetime) -> list[int]:
    """For whom somebody uploads existing licences: oneself, whom one speaks for, who lets one file everything."""
    if by.subject is None:
        return []
    given = [each for each in identity.principals_of(by.subject, at) if Power.FILE in each.powers and not each.items]
    return list(dict.fromkeys([by.subject, *(each.principal_id for each in given)]))


def may_take_back(licence: Licence, *, by: Actor, at: datetime) -> bool:
    """An upload is taken back by whoever may upload for its holder."""
    known = {record for subject in uploads_for(by, at) for record in identity.same_person(subject)}
    return licence.holder_id in known


def require_see(licence: Licence, *, by: Actor, at: datetime) -> None:
    """The holder and their agents. To everybody else the licence isn't there: its number tells them nothing."""
    if not may_see(licence, by=by, at=at):
        raise NotFound


def may_see(licence: Licence, *, by: Actor, at: datetime) -> bool:
    """Does the actor hold it, alone or with others, or see it for somebody who does?"""
    known = holders(by, at)
    return licence.holder_id in known or bool(licence.holders_digest and _shares(licence, known))


def all_holders(licence: Licence) -> list[int]:
    """Everybody who holds it, the first one first."""
    if not licence.holders_digest:
        return [licence.holder_id]
    return list(LicenceHolder.objects.filter(licence=licence).order_by("place").values_list("subject_id", flat=True))


def _shares(licence: Licence, subjects: Collection[int]) -> bool:
    """Is one of them among several holders?"""
    return LicenceHolder.objects.filter(licence=licence, subject__in=subjects).exists()


def require_make(licence_agency: int | None, *, by: Actor) -> None:
    """The platform itself, or somebody whose post deals with cases of the agency."""
    if by.channel != "system" and not may_manage(licence_agency, by=by):
        raise Forbidden


def may_manage(agency: int | None, *, by: Actor) -> bool:
    """Its licences are managed by whoever deals with cases of the agency; another place's (None) by nobody here."""
    return agency is not None and any(by.may(duty, agency) for duty in MAKERS)


def require_sign(agency: int | None, *, by: Actor) -> None:
    """签发: a leader, or whoever hands out results; or the platform itself."""
    if by.channel != "system" and (agency is None or not any(by.may(duty, agency) for duty in SIGNERS)):
        raise Forbidden


def require_end(agency: int | None, *, by: Actor) -> None:
    """Suspending, giving back and ending are decisions of a leader; the platform takes back what a void case gave."""
    if by.channel != "system" and (agency is None or not by.may("chief", agency)):
        raise Forbidden


def require_define(by: Actor) -> None:
    """Kinds of licences and their looks: whoever writes the catalogue or administers the platform, the platform."""
    if by.channel != "system" and not (by.may("administrator") or by.may("editor")):
        raise Forbidden


def require_verify(by: Actor) -> None:
    """Originals are compared where they are handed over: by whoever receives or deals with cases."""
    if not any(by.may(duty) for duty in MAKERS):
        raise Forbidden


def require_take_in(by: Actor) -> None:
    """Existing licences are registered by the platform or an administrator."""
    if by.channel != "system" and not by.may("administrator"):
        raise Forbidden


def may_digitise(by: Actor, agency: int) -> bool:
    """Old licences of a body are loaded and compared by its own people, whose register they come from."""
    return any(by.may(duty, agency) for duty in MAKERS)


def require_load(by: Actor, agency: int) -> None:
    """Whoever makes licences for the body, or an administrator who loads its register at the console."""
    if not (may_digitise(by, agency) or by.may("administrator")):
        raise Forbidden("只有发证机关的工作人员或者系统管理员才能导入它的历史证照。")


def require_compare(by: Actor, agency: int, loaders: Collection[int | None]) -> None:
    """A second person: of the issuing body, and none of those who loaded the batch."""
    if not may_digitise(by, agency):
        raise Forbidden("只有发证机关的工作人员才能抽检它的历史证照。")
    if by.account in loaders:
        raise LoadedByOneself


def require_platform(by: Actor) -> None:
    """What the worker does by itself."""
    if by.channel != "system":
        raise Forbidden


def require_present(licence: Licence, *, by: Actor, at: datetime) -> None:
    """The holder and agents who may see it, once a window has compared card and person. (rules 7.2)"""
    require_see(licence, by=by, at=at)
    if by.subject is None or identity.subject(by.subject).assurance < Assurance.CHECKED:
        raise TooLittleAssurance


def may_freeze(licence: Licence, *, by: Actor, at: datetime) -> bool:
    """The holder itself, a firm's legal representative, a guardian; of several holders any of them."""
    return freezing_holder(licence, by=by, at=at) is not None


def freezing_holder(licence: Licence, *, by: Actor, at: datetime) -> int | None:
    """Which of its holders the actor is, or speaks for."""
    return next((subject for subject in all_holders(licence) if _speaks(by, subject, at)), None)


def require_lift(freeze: Freeze, licence: Licence, *, by: Actor, at: datetime) -> None:
    """Only the holder who froze it lifts it: another one could undo at once what it protects from."""
    if not may_lift(freeze, licence, by=by, at=at):
        raise NotYoursToLift(name=freeze.holder.name if freeze.holder else licence.holder_name)


def may_lift(freeze: Freeze, licence: Licence, *, by: Actor, at: datetime) -> bool:
    return _speaks(by, freeze.holder_id or licence.holder_id, at)


def _speaks(by: Actor, subject: int, at: datetime) -> bool:
    return any(speaks_for(by, record, at) for record in identity.same_person(subject))


def require_freeze(licence: Licence, *, by: Actor, at: datetime) -> None:
    """To whoever may not even see it, it isn't there."""
    require_see(licence, by=by, at=at)
    if not may_freeze(licence, by=by, at=at):
        raise NotYoursToFreeze


def is_frozen(licence: Licence) -> bool:
    return Freeze.objects.filter(licence=licence, lifted_at=None).exists()


def case_refused(matter: Matter, *, by: Actor) -> Refusal | None:
    """Why nothing may be used for this case: it is over, one's own, or of an agency one doesn't deal with cases of."""
    if not matter.intake and not any(by.may(duty, matter.agency) for duty in USERS):
        return NoCaseNoLook()
    if matter.own:
        return OwnLicence()
    return None if matter.open else CaseOver(number=matter.number)


def use_refused(licence: Licence, matter: Matter, *, by: Actor) -> Refusal | None:
    """Why somebody may not use this licence for this case: 无办件不得调证. Every road asks here, pages and programs.

    The item must ask for a licence of that kind from this holder (of several, any one), or this very licence was
    handed in; what its holder froze is used by nobody.
    """
    refusal = case_refused(matter, by=by)
    if refusal is not None:
        return refusal
    asked = licence.kind.code in matter.kinds and not matter.holders.isdisjoint(all_holders(licence))
    if not asked and licence.pk not in matter.licences:
        return NotNeededHere(item=matter.item, number=matter.number)
    return FrozenByHolder() if is_frozen(licence) else None
