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
    themes: Iterable[str] = (),
    valid_from: date,
    valid_to: date | None,
    by: Actor,
    at: datetime,
) -> Mandate:
    """Let a person act for oneself or one's firm, and tell them. Raises what identity.grant_mandate raises."""
    kind = MandateKind.PERSONAL if principal.is_person else MandateKind.HANDLER
    mandate = identity.grant_mandate(
        principal=principal, agent=agent, kind=kind, powers=powers, items=items, themes=themes,
        valid_from=valid_from, valid_to=valid_to, proof=ONLINE, by=by, at=at,
    )  # fmt: skip
    days = f"从 {_day(valid_from)} " + (f"到 {_day(valid_to)}" if valid_to else "起，直到撤销")
    how = f"办事时选择“{principal.name}”作为申请人；在“授权委托”里可以看到授权的范围。"
    if mandate.asks_consent:
        how = "其中包括代为签字，请到“授权委托”里接受，接受以后才生效；不愿意的可以拒绝。"
    send(
        subject=agent.pk, about="my:mandates", title=f"{principal.name}授权您代为办事", body=f"{days}。{how}",
        once=f"mandate:{mandate.pk}", by=by, at=at,
    )  # fmt: skip
    return mandate


@command
def accept_mandate(mandate: Mandate, *, by: Actor, at: datetime) -> None:
    """The agent says yes, and the principal is told. Raises what identity.accept_mandate raises."""
    identity.accept_mandate(mandate, by=by, at=at)
    send(
        subject=mandate.principal_id, about="my:mandates", title=f"{mandate.agent.name}接受了您的授权",
        body="授权从现在起生效，随时可以撤销。", once=f"mandate-accepted:{mandate.pk}", by=by, at=at,
    )  # fmt: skip


@command
def warn_of_end(mandate: Mandate, *, by: Actor, at: datetime) -> None:
    """Both are told some days before a mandate ends, once for each last day."""
    last = _day(mandate.valid_to) if mandate.valid_to else ""
    for subject, title, body in (
        (mandate.principal_id, f"对{mandate.agent.name}的授权快到期了", f"{last} 到期。需要继续的，请重新授权。"),
        (mandate.agent_id, f"{mandate.principal.name}给您的授权快到期了", f"{last} 到期，之后不能再代办。"),
    ):
        once = f"mandate-ends:{mandate.pk}:{mandate.valid_to}:{subject}"
        send(subject=subject, about="my:mandates", title=title, body=body, once=once, by=by, at=at)


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
