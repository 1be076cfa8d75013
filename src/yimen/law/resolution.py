"""How each material of somebody's case is met, and why. Rule in words: docs/rules/resolution.md

国务院令第716号 7: what the government can obtain itself is not asked for again. 国办函〔2016〕108号: which papers may
be used again (trust levels). 许可法 31: nothing is demanded that the edition doesn't list for this situation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from . import resolution_words as words
from .completeness import Necessity, asked_materials
from .package_words import plain
from .resolution_facts import (
    Demand,
    EarlierPaper,
    HandedIn,
    HeldLicence,
    Holdings,
    Resolution,
    ServiceAnswer,
    Situation,
    Trust,
    Way,
    past,
)
from .whose import ONESELF, Whose

__all__ = [
    "Demand",
    "EarlierPaper",
    "HandedIn",
    "HeldLicence",
    "Holdings",
    "Resolution",
    "ServiceAnswer",
    "Situation",
    "Trust",
    "Way",
    "fitting",
    "may_repeat",
    "repeats",
    "resolve",
]


@dataclass(frozen=True, slots=True)
class _Found:
    """A way that is there (met) or only offered; refused: offered again, never taken by itself."""

    way: Way
    why: str
    met: bool = True
    trust: Trust | None = None
    ref: int | None = None
    document: int | None = None
    until: date | None = None
    refused: bool = False


def resolve(demands: Sequence[Demand], situation: Situation, holdings: Holdings) -> list[Resolution]:
    """For every material of the edition, in its order, how it is met and why.

    The first way that is there counts; where none is, the first that is offered; where none is, it is to be handed in.
    The order of the holdings makes no difference. Raises ConditionError for a show_if that cannot be read.
    """
    asked = {need.key for need in asked_materials([each.need for each in demands], situation.answers)}
    return [_resolve(each, situation, holdings, asked=each.key in asked) for each in demands]


def _resolve(demand: Demand, situation: Situation, holdings: Holdings, *, asked: bool) -> Resolution:
    need = demand.need
    if not asked:
        return Resolution(need.key, need.name, Way.NOT_ASKED, words.NOT_ASKED, met=True, required=False)
    required = need.necessity is not Necessity.OPTIONAL
    ways = list(_ways(demand, situation, holdings))
    offered = [each for each in ways if not each.refused]
    chosen = next((each for each in offered if each.met), None) or next(iter(offered), None)
    if chosen is None or (not required and not chosen.met):
        chosen = _Found(Way.UPLOAD, words.OPTIONAL if not required else words.UPLOAD, met=False)
    others = [each.way for each in ways if each.way is not chosen.way]
    if chosen.way not in (Way.UPLOAD, Way.EXEMPT, Way.FORM):
        others.append(Way.UPLOAD)
    return Resolution(
        need.key, need.name, chosen.way, chosen.why, chosen.met, required, chosen.trust, chosen.ref, chosen.document,
        chosen.until, tuple(dict.fromkeys(others)),
        () if chosen.met else tuple(_hints(demand, situation, holdings)), tuple(_lost(demand, situation, holdings)),
        not chosen.met and any(_would_do(each, demand, situation) for each in holdings.earlier),
    )  # fmt: skip


def _ways(demand: Demand, situation: Situation, holdings: Holdings) -> Iterator[_Found]:
    """In the order of the law: what nobody has to do anything for first."""
    if demand.exempt:
        yield _Found(Way.EXEMPT, demand.exempt)
    if demand.form:
        yield _Found(Way.FORM, words.FORM, trust=Trust.D)
    here = _here(demand, holdings)
    yield from _licences(demand, situation, holdings, here)
    if demand.service in holdings.services and demand.service:
        answer = holdings.services[demand.service]
        yield _Found(Way.SERVICE, words.service(answer.name, answer.on), trust=Trust.A)
    yield from _earlier(demand, situation, holdings, here)
    for each in [each for each in here if each.way is Way.HANDED_IN][:1]:
        yield _Found(Way.HANDED_IN, words.handed_in(each.trust, each.on), trust=each.trust, document=each.ref)
    yield from _commitment(demand, situation, here)
    yield from _tolerated(demand, situation, here)


def _would_do(paper: EarlierPaper, demand: Demand, situation: Situation) -> bool:
    """Only consent lacks for it."""
    if situation.consent or not repeats(demand, paper, situation) or may_repeat(paper, situation):
        return False
    return may_repeat(paper, replace(situation, consent=True))


def _here(demand: Demand, holdings: Holdings) -> list[HandedIn]:
    """What the application has for it, the first first."""
    return sorted((each for each in holdings.handed_in if each.material == demand.key), key=lambda each: each.ref)


def _lost(demand: Demand, situation: Situation, holdings: Holdings) -> Iterator[int]:
    """What was put with it and may not be used any more; once it was sent, it counts as it was."""
    taken = [each for each in _here(demand, holdings) if each.way in (Way.LICENCE, Way.EARLIER)]
    if situation.submitted or not taken:
        return
    licences = {each.ref for each in holdings.licences if each.usable(situation.today)}
    papers = {each.ref for each in holdings.earlier if may_repeat(each, situation)}
    for each in taken:
        if each.holding not in (licences if each.way is Way.LICENCE else papers):
            yield each.ref


def _licences(demand: Demand, situation: Situation, holdings: Holdings, here: Sequence[HandedIn]) -> Iterator[_Found]:
    presented = {each.holding: each for each in here if each.way is Way.LICENCE}
    if situation.submitted:
        usable = [each for each in holdings.licences if each.ref in presented]
    else:
        usable = [each for each in fitting(demand, holdings.licences, presented) if each.usable(situation.today)]
    for each in sorted(
        usable, key=lambda each: (each.ref not in presented, *_best(each.trust, each.issued_on, each.ref))
    ):
        document = presented.get(each.ref)
        yield _Found(
            Way.LICENCE, words.licence(each.name, each.issued_on, each.valid_to), trust=each.trust, ref=each.ref,
            document=document.ref if document else None, until=each.valid_to,
            refused=document is None and (demand.key, Way.LICENCE, each.ref) in situation.refused,
        )  # fmt: skip


def fitting(demand: Demand, licences: Iterable[HeldLicence], presented: Iterable[int | None] = ()) -> list[HeldLicence]:
    """The licences that can stand in for a material: of its kind and of whom it is, or presented for it by hand."""
    by_hand = set(presented)
    return [each for each in licences if each.ref in by_hand or (_of_kind(demand, each) and demand.whose in each.of)]


def _of_kind(demand: Demand, licence: HeldLicence) -> bool:
    return bool(demand.licence) and licence.kind == demand.licence


def _earlier(demand: Demand, situation: Situation, holdings: Holdings, here: Sequence[HandedIn]) -> Iterator[_Found]:
    """A and B count by themselves; what the applicant made themselves (D) they must stand by anew."""
    taken = {each.holding: each for each in here if each.way is Way.EARLIER}
    if situation.submitted:
        usable = [each for each in holdings.earlier if each.ref in taken]
    else:
        usable = [each for each in holdings.earlier if each.ref in taken or repeats(demand, each, situation)]
        usable = [each for each in usable if may_repeat(each, situation)]
    for each in sorted(usable, key=lambda each: (each.ref not in taken, each.item != situation.item,
                                                 *_best(each.trust, each.on, each.ref))):  # fmt: skip
        document = taken.get(each.ref)
        same = each.item == situation.item
        yield _Found(
            Way.EARLIER, words.earlier(each.trust, each.on, "" if same else each.item_name),
            met=document is not None or each.trust is not Trust.D, trust=each.trust, ref=each.ref,
            document=document.ref if document else None, until=each.valid_to,
            refused=document is None and (demand.key, Way.EARLIER, each.ref) in situation.refused,
        )  # fmt: skip


def repeats(demand: Demand, paper: EarlierPaper, situation: Situation) -> bool:
    """Is the earlier paper the same thing: the same material of the same item, or of another item the same kind of

    licence of the same person, or the same name?
    """
    if paper.item == situation.item:
        return paper.material == demand.key
    if demand.licence and paper.licence == demand.licence:
        one = paper.whose is demand.whose is not Whose.OTHERS
        return one or plain(paper.name, asides=True) == plain(demand.need.name, asides=True)
    return not demand.licence and not paper.licence and plain(paper.name) == plain(demand.need.name) != ""


def may_repeat(paper: EarlierPaper, situation: Situation) -> bool:
    """May it be used again today? C not before its original was seen; D for its own item only; B dies with the

    original; what was handed in for another item with the applicant's consent only.
    """
    if paper.trust is Trust.C or past(paper.valid_to, situation.today):
        return False
    return paper.item == situation.item or (situation.consent and paper.trust is not Trust.D)


def _commitment(demand: Demand, situation: Situation, here: Sequence[HandedIn]) -> Iterator[_Found]:
    signed = next((each for each in here if each.way is Way.COMMITMENT), None)
    if not demand.commitment or not (situation.eligible or (signed and situation.submitted)):
        return
    why = words.committed(signed.on) if signed else words.COMMITMENT
    yield _Found(
        Way.COMMITMENT, why, met=signed is not None, trust=Trust.D if signed else None,
        document=signed.ref if signed else None,
    )  # fmt: skip


def _tolerated(demand: Demand, situation: Situation, here: Sequence[HandedIn]) -> Iterator[_Found]:
    """Only secondary materials may come later (容缺); what was promised runs to its own day."""
    if demand.need.necessity is not Necessity.DEFERRABLE:
        return
    promised = next((each for each in here if each.way is Way.TOLERATED), None)
    if promised:
        until = promised.until or situation.tolerance_until
        yield _Found(Way.TOLERATED, words.promised(until), document=promised.ref, until=until)
    elif situation.tolerance_until:
        until = situation.tolerance_until
        yield _Found(Way.TOLERATED, words.tolerated(until), met=False, until=until)


def _hints(demand: Demand, situation: Situation, holdings: Holdings) -> Iterator[str]:
    """Why it isn't met by what the applicant may think of; the same sentence once."""
    today = situation.today
    told: dict[str, None] = {}
    by_hand = [each.holding for each in _here(demand, holdings) if each.way is Way.LICENCE]
    kept = [each for each in fitting(demand, holdings.licences, by_hand) if not each.usable(today)]
    if demand.whose is Whose.OTHERS:
        own = [
            each for each in holdings.licences if _of_kind(demand, each) and each.usable(today) and each.of & ONESELF
        ]
        told |= {words.own_only(each.name): None for each in own}
    for licence in sorted(kept, key=lambda each: _best(each.trust, each.issued_on, each.ref)):
        expired = past(licence.valid_to, today)
        told.setdefault(words.unusable(licence.name, licence.valid_to, expired, licence.trust, licence.frozen))
    for paper in sorted(holdings.earlier, key=lambda each: _best(each.trust, each.on, each.ref)):
        if repeats(demand, paper, situation) and not may_repeat(paper, situation):
            told.setdefault(_why_not(paper, situation))
            break  # the best of them is enough to say what would help
    if demand.commitment and not situation.eligible:
        told.setdefault(words.NOT_ELIGIBLE)
    return iter([each for each in told if each])


def _why_not(paper: EarlierPaper, situation: Situation) -> str:
    if past(paper.valid_to, situation.today):
        return words.lapsed(paper.name, paper.on, paper.valid_to)
    if paper.trust is Trust.C:
        return words.unseen(paper.name, paper.on)
    return "" if paper.trust is Trust.D else words.consent(paper.item_name)


def _best(trust: Trust, day: date | None, ref: int) -> tuple[str, int, int]:
    """The most trusted, then the newest."""
    return (trust.value, -day.toordinal() if day else 0, -ref)
