"""Using a licence (用证): only from an open case that needs it, with a purpose; each use is one line of its log."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, NotFound, Refusal
from yimen.kit.idempotency import beside
from yimen.kit.time import day_of
from yimen.law.presenting import Standing
from yimen.law.said import said
from yimen.ledger.commands import look
from yimen.vault import access
from yimen.vault.choices import STANDING_WORDS, UseKind
from yimen.vault.commands.holders import chains_of, tell_all
from yimen.vault.models import Licence, LicenceUse
from yimen.vault.ports import Matter, matter
from yimen.vault.queries.standing import standing_of
from yimen.vault.queries.uses import quoted, usable

# Turning the pages of one case is one look.
SITTING = timedelta(minutes=30)
LONGEST = 200


class NotUsable(Refusal):
    code = "licence_not_valid"
    sentence = "这份证照现在不能使用：{why}。"


class NothingQuoted(NotFound):
    """The same for a number that nobody has and for somebody else's: it tells nothing about either."""

    code = "nothing_quoted"
    sentence = "在申请人持有的、由本部门颁发的证照里没有找到编号“{number}”，请核对编号。"
    status = 422


@command
def use(
    licence: Licence, case: Matter, kind: UseKind, *, purpose: str, by: Actor, at: datetime, until: date | None = None
) -> LicenceUse:
    """Write down one use, and that somebody looked. Raises what `access.use_refused` gives, Invalid without a purpose.

    A copy and a citation are of a licence that holds; a look may be at one that was handed in and ended since.
    Raises NotUsable.
    """
    refusal = access.use_refused(licence, case, by=by)
    if refusal is not None:
        raise refusal
    why = _purpose(purpose)
    if kind is not UseKind.LOOKED:
        _require_valid(licence, at)
    known = _same_sitting(licence, case, why, by, at) if kind is UseKind.LOOKED else None
    what = f"licence:{licence.pk}:{kind}"
    for holder in chains_of(licence):
        look(holder, by=by, at=at, purpose=why, case=case.number, what=what)
    tell_all(licence, "licence_used", by=by, at=at, ground=why, case=case.number, kind=kind)
    return known or _written(licence, case, kind, purpose=why, by=by, at=at, until=until)


@command
def note_refused(licence: Licence, *, case: str, why: Refusal, by: Actor, at: datetime) -> None:
    """Somebody tried to reach a licence without a case that needs it: the holder reads that too."""
    LicenceUse.objects.create(
        licence=licence, kind=UseKind.ATTEMPTED, at=at, by=by.user, office=by.office_name, post=by.post_name,
        case=case[:40], outcome=why.code,
    )  # fmt: skip
    tell_all(licence, "licence_use_refused", by=by, at=at, ground=why.code, case=case[:40])


def opened(
    pk: int, *, case: str, purpose: str, by: Actor, at: datetime, kind: UseKind = UseKind.LOOKED
) -> tuple[Licence, LicenceUse, Matter]:
    """The one road to somebody else's licence, for pages, programs and files alike.

    A refusal is written down before it is raised, whatever was asked for. Whether there is such a licence is told only
    to whoever has a case that needs it. Raises NoCaseNoLook and what `use` raises.
    """
    licence = usable(pk)
    try:
        found = _matter(case, by, at)
        if licence is None:
            raise access.NotNeededHere(item=found.item, number=found.number)
        return licence, use(licence, found, kind, purpose=purpose, by=by, at=at, until=_until(kind, at)), found
    except Invalid:
        raise
    except Refusal as refusal:
        if licence is not None:
            number = case if case.isprintable() else ""
            beside(partial(note_refused, licence, case=number, why=refusal, by=by, at=at))
        raise


def opened_case(number: str, *, by: Actor, at: datetime) -> Matter:
    """A case whose licences may be listed; that somebody saw the list is written down.

    Raises NoCaseNoLook, OwnLicence, CaseOver.
    """
    found = _matter(number, by, at)
    refusal = access.case_refused(found, by=by)
    if refusal is not None:
        raise refusal
    for holder in sorted(found.holders):
        look(holder, by=by, at=at, purpose="办理办件", case=found.number, what="证照目录")
    return found


def cite(number: str, *, case: str, purpose: str, by: Actor, at: datetime) -> tuple[Licence, LicenceUse]:
    """按编号引用: an own agency's licence is named, and nobody is asked for a copy of it.

    Raises NothingQuoted and what `use` raises.
    """
    return cite_for(_matter(case, by, at), number, purpose=purpose, by=by, at=at)


def cite_for(found: Matter, number: str, *, purpose: str, by: Actor, at: datetime) -> tuple[Licence, LicenceUse]:
    """The same for a matter that the asking room vouches for: materials that a clerk takes in.

    Raises NothingQuoted and what `use` raises.
    """
    licence = quoted(found, number)
    if licence is None:
        raise NothingQuoted(number=number.strip()[:60])
    return licence, use(licence, found, UseKind.CITED, purpose=purpose, by=by, at=at)


def _matter(number: str, by: Actor, at: datetime) -> Matter:
    """Without a number, or with that of a case one may not open, there is no case."""
    try:
        return matter(number.strip(), by, at) if number.strip() and number.isprintable() else _none()
    except NotFound:
        raise access.NoCaseNoLook from None


def _none() -> Matter:
    raise access.NoCaseNoLook


def _until(kind: UseKind, at: datetime) -> date | None:
    return day_of(at) + timedelta(days=settings.YIMEN_MARKED_COPY_DAYS) if kind is UseKind.COPIED else None


def _purpose(text: str) -> str:
    why = " ".join(text.split())[:LONGEST]
    if not why:
        raise Invalid([{"field": "purpose", "code": "purpose_missing", "message": said("请说明用证事由。")}])
    return why


def _require_valid(licence: Licence, at: datetime) -> None:
    stands = standing_of(licence, at)
    if stands is not Standing.VALID:
        raise NotUsable(why=STANDING_WORDS[stands][0])


def _same_sitting(licence: Licence, case: Matter, purpose: str, by: Actor, at: datetime) -> LicenceUse | None:
    rows = LicenceUse.objects.filter(case=case.number, licence=licence, by=by.user, kind=UseKind.LOOKED)
    return rows.filter(at__gt=at - SITTING, purpose=purpose).order_by("-id").first()


def _written(
    licence: Licence, case: Matter, kind: UseKind, *, purpose: str, by: Actor, at: datetime, until: date | None
) -> LicenceUse:
    return LicenceUse.objects.create(
        licence=licence, kind=kind, at=at, by=by.user, office=by.office_name, post=by.post_name,
        case=case.number, item=case.item, purpose=purpose, until=until,
    )  # fmt: skip
