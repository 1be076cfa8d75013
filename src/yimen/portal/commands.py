"""Giving and ending mandates online: the register's own command, and a word to the other one, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from yimen.identity import commands as identity
from yimen.identity.choices import MandateKind
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.notices.commands import send

if TYPE_CHECKING:
    from yimen.identity.models import Mandate, Subject

ONLINE = "网上授权"


@command
def grant_mandate(
    *,
    principal: Subject,
    agent: Subject,
    powers: Iterable[str],
    items: Iterable[str],
    valid_from: date,
    valid_to: date | None,
    by: Actor,
    at: datetime,
) -> Mandate:
    """Let a person act for oneself or one's firm, and tell them. Raises what identity.grant_mandate raises."""
    kind = MandateKind.PERSONAL if principal.is_person else MandateKind.HANDLER
    mandate = identity.grant_mandate(
        principal=principal, agent=agent, kind=kind, powers=powers, items=items, valid_from=valid_from,
        valid_to=valid_to, proof=ONLINE, by=by, at=at,
    )  # fmt: skip
    days = f"从 {_day(valid_from)} " + (f"到 {_day(valid_to)}" if valid_to else "起，直到撤销")
    send(
        subject=agent.pk, about="", title=f"{principal.name}授权您代为办事",
        body=f"{days}。办事时选择“{principal.name}”作为申请人；在“授权委托”里可以看到授权的范围。",
        once=f"mandate:{mandate.pk}", by=by, at=at,
    )  # fmt: skip
    return mandate


@command
def revoke_mandate(mandate: Mandate, *, by: Actor, at: datetime) -> None:
    """End it now, and tell the other of the two. Raises what identity.revoke_mandate raises."""
    identity.revoke_mandate(mandate, reason=ONLINE, by=by, at=at)
    given_back = by.is_one(mandate.agent_id)
    other, name = (
        (mandate.principal_id, mandate.agent.name) if given_back else (mandate.agent_id, mandate.principal.name)
    )
    send(
        subject=other, about="", title=f"{name}不再替您办事" if given_back else f"{name}撤销了对您的授权",
        body="授权从现在起终止。已经提交的办件继续办理，由申请人自己跟进。",
        once=f"mandate-ended:{mandate.pk}", by=by, at=at,
    )  # fmt: skip


def _day(day: date) -> str:
    """In Chinese, whatever language the giver reads: the message is another person's."""
    return f"{day.year}年{day.month}月{day.day}日"
