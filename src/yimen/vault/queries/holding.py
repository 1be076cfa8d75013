"""The holder's side: licences by whose they are, which of them end soon, and where they are renewed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.kit.actor import Actor
from yimen.kit.commands import keep_once
from yimen.kit.telling import translated
from yimen.kit.time import CHINA, day_of
from yimen.law.presenting import Standing
from yimen.ui.words import plain_date
from yimen.vault.choices import STANDING_WORDS, State, Trust
from yimen.vault.models import ExpiryNotice, Freeze, Licence, LicenceHolder
from yimen.vault.ports import Renewal, renewals
from yimen.vault.queries.faces import card
from yimen.vault.queries.standing import checkable, standing_of

# Notices are about cases by their number; about a licence by this and its own.
LICENCE = "licence:"


@dataclass
class Wallet:
    """The licences of one holder, as cards. own: the reader's own. unseen: uploaded, the original not yet compared."""

    title: str
    own: bool
    valid: list[dict[str, Any]] = field(default_factory=list)
    unseen: list[dict[str, Any]] = field(default_factory=list)
    ended: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Ending:
    """A licence that ends soon."""

    title: str
    text: str
    url: str
    label: str


def wallets(held: Sequence[Licence], own: Sequence[int], names: Mapping[int, str], at: datetime) -> list[Wallet]:
    """By holder, one's own first, then as they come. own: all records of the reader; what they hold with others too."""
    made: dict[int, Wallet] = {}
    mine = _shared_with(own, held)
    for licence in held:
        key = own[0] if licence.holder_id in own or licence.pk in mine else licence.holder_id
        known = names.get(licence.holder_id, licence.holder_name)
        wallet = made.setdefault(key, Wallet("" if key in own else known, key in own))
        face = licence_card(licence, at)
        {"valid": wallet.valid, "frozen": wallet.valid, "unseen": wallet.unseen}.get(
            face["state"], wallet.ended
        ).append(face)
    return sorted(made.values(), key=lambda each: not each.own)


def like(held: Sequence[Licence], words: str) -> list[Licence]:
    """Those of whose kind, number, issuer or holder all the words are a part."""
    wanted = words.casefold().split()
    return [
        each
        for each in held
        if all(word in f"{each.kind.name} {each.number} {each.issuer} {each.holder_name}".casefold() for word in wanted)
    ]


def _shared_with(own: Sequence[int], held: Sequence[Licence]) -> set[int]:
    """Of licences with several holders those that somebody is one of."""
    several = [licence.pk for licence in held if licence.holders_digest]
    rows = LicenceHolder.objects.filter(licence__in=several, subject__in=own) if several else []
    return {row.licence_id for row in rows}


def licence_card(licence: Licence, at: datetime) -> dict[str, Any]:
    """The card; a frozen one says so."""
    face = card(licence, at)
    return face | {"state": "frozen"} if getattr(licence, "frozen", False) and face["state"] == "valid" else face


def with_freezes(held: QuerySet[Licence]) -> QuerySet[Licence]:
    """Each with whether its holder froze it."""
    return held.annotate(frozen=frozen("pk"))


def frozen(path: str) -> Exists:
    """For rows that name a licence: has its holder frozen it? path: to the licence's key, from the row."""
    return Exists(Freeze.objects.filter(licence=OuterRef(path), lifted_at=None))


def endings(held: Iterable[Licence], at: datetime) -> list[Ending]:
    """Those that end within the longest time of notice, the first one first, each with where it is renewed."""
    day = day_of(at)
    soon = [
        each for each in held if each.trust != Trust.C and each.state == State.SIGNED and _ends_soon(each.valid_to, day)
    ]
    known = renewals(sorted({each.kind.code for each in soon})) if soon else {}
    return [_ending(each, known.get(each.kind.code, ()), day) for each in sorted(soon, key=_until)]


def renewals_of(licence: Licence) -> list[Renewal]:
    """The items that give this kind; those of the agency that issued it, if it has any; none of another place's."""
    found = keep_once(f"vault.renewals:{licence.kind.code}", lambda: renewals([licence.kind.code]))
    return _fitting(licence, found.get(licence.kind.code, ()))


def standing_words(licence: Licence, at: datetime) -> tuple[str, str]:
    """("", "") for a valid one; else the word and what it means."""
    stands = standing_of(licence, at)
    if stands is Standing.VALID:
        return "", ""
    word, advice = STANDING_WORDS[stands]
    return translated(word), translated(advice)


def own_licence(pk: int) -> Licence | None:
    """A licence with all that its holder's pages need."""
    return checkable().exclude(state=State.DRAWN).filter(pk=pk).first()


def freezes_of(licence: int) -> list[Freeze]:
    """All there ever were of one, the first first."""
    return list(Freeze.objects.filter(licence=licence).order_by("began_at", "id"))


def freeze_of(licence: Licence) -> Freeze | None:
    """The freeze that is on it now."""
    return Freeze.objects.select_related("holder").filter(licence=licence, lifted_at=None).first()


def ending_in(days: int, below: int, day: date) -> QuerySet[Licence]:
    """Valid licences that end in at most so many days and in more than `below`, and whose holders were not told.

    What was issued for less than that is not told of: its holder has just got it.
    """
    first, last = (date.fromordinal(day.toordinal() + each) for each in (below + 1, days))
    rows = Licence.objects.filter(state=State.SIGNED, valid_to__range=(first, last), issued_at__isnull=False)
    rows = rows.exclude(trust=Trust.C)
    told = ExpiryNotice.objects.filter(licence=OuterRef("pk"), days=days)
    grown = rows.filter(valid_to__gt=TruncDate("issued_at", tzinfo=CHINA) + timedelta(days=days))
    return grown.exclude(Exists(told)).select_related("kind", "agency").order_by("pk")


def notice_about(licence: Licence) -> str:
    """What a notice of expiry is about: its page leads there."""
    return f"{LICENCE}{licence.pk}"


def notice_url(about: str) -> str:
    """The page of the licence that a notice is about; "" where it is about something else."""
    number = about.removeprefix(LICENCE)
    return reverse("vault:licence", args=[number]) if about.startswith(LICENCE) and number.isdecimal() else ""


def names_of(by: Actor, principals: Iterable[Any]) -> dict[int, str]:
    """Of those whose licences one may see besides one's own."""
    return {each.principal_id: each.principal.name for each in principals}


def _ends_soon(until: date | None, day: date) -> bool:
    return (
        until is not None and day <= until and (until - day).days <= max(settings.YIMEN_EXPIRY_NOTICE_DAYS, default=0)
    )


def _until(licence: Licence) -> date:
    return licence.valid_to or date.max


def _fitting(licence: Licence, found: Sequence[Renewal]) -> list[Renewal]:
    if licence.agency_id is None:
        return []
    local = [each for each in found if each.agency == licence.agency_id]
    return local or list(found)


def _ending(licence: Licence, found: Sequence[Renewal], day: date) -> Ending:
    fitting, days = _fitting(licence, found), (_until(licence) - day).days
    here = reverse("vault:licence", args=[licence.pk])
    left = _("今天到期") if not days else _("还有 %d 天到期") % days
    only = fitting[0] if len(fitting) == 1 else None
    return Ending(
        title=licence.kind.name,
        text=_("%(left)s（%(day)s）") % {"left": left, "day": plain_date(licence.valid_to)},
        url=only.url if only else f"{here}#renew",
        label=_("去续办") if fitting else _("查看"),
    )
