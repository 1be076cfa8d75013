"""The firm's space: what runs, waits and ends there, as far as one's mandates let one see; who may act for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.identity.access import SPEAKING
from yimen.identity.choices import MandateKind
from yimen.identity.queries import agents_of
from yimen.kit.actor import Actor
from yimen.kit.time import day_of
from yimen.notices.queries import of as messages_of
from yimen.notices.queries import unread
from yimen.portal.queries import space, waiting
from yimen.portal.queries.mandates import period, power_names
from yimen.portal.queries.standing import may_see_looks
from yimen.ui.ports import address
from yimen.ui.words import people_date
from yimen.vault.access import holders
from yimen.vault.queries import endings, held_by, licence_card, with_freezes

if TYPE_CHECKING:
    from yimen.identity.models import Mandate, Subject

LICENCES, MESSAGES = 6, 3


def page(firm: Subject, held: Sequence[Mandate], actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything that the space shows; what a mandate doesn't reach is left out and said."""
    ids = held[0].principals
    own = waiting.own_cases(actor, at).filter(subject_id__in=ids)
    speaks, whole = any(each.kind in SPEAKING for each in held), any(not each.items for each in held)
    sees = firm.pk in holders(actor, at)
    licences = list(with_freezes(held_by(list(ids)))) if sees else []
    return {
        "firm": firm,
        "roles": [_role(each) for each in held],
        "waiting": [*_ending_mandates(held, at), *waiting.waiting(actor, own, at, only=ids)],
        "running": space.running(own),
        "ended": space.ended(own),
        "sees": sees,
        "licences": [licence_card(each, at) for each in licences[:LICENCES]],
        "more_licences": len(licences) > LICENCES,
        "endings": endings(licences, at),
        "speaks": speaks,
        "handlers": [_handler(each) for each in agents_of(firm.pk, at)] if speaks else [],
        "firm_messages": [space.message(each, {}) for each in messages_of(list(ids))[:MESSAGES]] if whole else [],
        "doors": _doors(firm, actor, at, whole=whole, speaks=speaks, unread_ones=unread(list(ids)) if whole else 0),
        "limited": not whole,
    }


def switches(actor: Actor, at: datetime, firms: dict[int, list[Mandate]]) -> list[dict[str, Any]]:
    """Everybody in whose name one may stand here: oneself first."""
    rows = [
        {
            "name": held[0].principal.name,
            "roles": "、".join(dict.fromkeys(_(MandateKind(each.kind).label) for each in held)),
            "url": reverse("portal:firm", args=[pk]),
            "pk": pk,
        }
        for pk, held in firms.items()
    ]
    return [{"name": actor.name, "roles": _("我自己"), "url": reverse("portal:my"), "pk": None}, *rows]


def _role(mandate: Mandate) -> dict[str, Any]:
    return {
        "kind": _(MandateKind(mandate.kind).label),
        "powers": power_names(mandate.powers),
        "period": period(mandate.valid_from, mandate.valid_to),
        "items": len(mandate.items),
    }


def _handler(mandate: Mandate) -> dict[str, Any]:
    return {**_role(mandate), "name": mandate.agent.name, "number": mandate.agent.masked_number}


def _ending_mandates(held: Sequence[Mandate], at: datetime) -> list[waiting.Step]:
    """That one's own mandate ends soon: who gave it has to renew it."""
    soon = [each for each in held if each.valid_to is not None and (each.valid_to - day_of(at)).days <= 14]
    return [
        waiting.Step(
            _("您的授权快到期了"),
            _("%(day)s到期，需要继续办理的，请法定代表人重新授权") % {"day": people_date(each.valid_to, at)},
            reverse("portal:mandates"),
            _("看授权"),
            "calendar-event",
            "warn",
        )
        for each in soon
    ]


def _doors(
    firm: Subject, actor: Actor, at: datetime, *, whole: bool, speaks: bool, unread_ones: int
) -> list[dict[str, Any]]:
    of = f"?of={firm.pk}"
    fresh = _("%(count)d 条未读") % {"count": unread_ones} if unread_ones else ""
    looks = firm.pk in {each.pk for each in may_see_looks(actor, at)}
    known = [
        (whole, "inbox", _("消息"), reverse("portal:messages"), fresh),
        (True, "certificate", _("证照"), address("vault:mine"), ""),
        (looks, "eye", _("谁看过本单位的信息"), reverse("portal:looks") + of, _("每一次查看都有记录")),
        (speaks, "heart-handshake", _("经办人和授权"), reverse("portal:mandates"), _("谁可以替本单位办事")),
        (speaks, "pencil", _("常用信息"), reverse("portal:usual") + of, _("自动填进表格的内容")),
        (speaks, "database", _("数据副本和更正"), reverse("portal:data") + of, ""),
    ]
    return [
        {"icon": icon, "label": label, "url": url, "text": text} for may, icon, label, url, text in known if may and url
    ]
