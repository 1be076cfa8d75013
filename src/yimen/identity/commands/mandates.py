"""Mandates: who may act for whom, in what, how long (许可法 29)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from yimen.identity import access
from yimen.identity.choices import MandateKind, Power
from yimen.identity.models import Mandate, Subject
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Forbidden, Invalid, Refusal, Stale
from yimen.ledger.choices import subject_chain
from yimen.ledger.commands import record


class MayNotGrant(Forbidden):
    code = "may_not_grant"
    sentence = "只有本人、单位的法定代表人或核对过委托书的窗口人员可以登记授权。"


class AlreadyGranted(Refusal):
    code = "already_granted"
    sentence = "这项授权已经有效，不用重复授权。"


class MayNotEnd(Forbidden):
    """Who represents a firm or guards a child is a fact of a register, not a wish."""

    code = "may_not_end"
    sentence = "法定代表人、监护人和帮办代办由窗口登记，变更请带证明到窗口办理。"


@command
def grant_mandate(
    *,
    principal: Subject,
    agent: Subject,
    kind: str,
    powers: Iterable[str],
    items: Iterable[str] = (),
    valid_from: date,
    valid_to: date | None = None,
    proof: str = "",
    by: Actor,
    at: datetime,
) -> Mandate:
    """Let agent act for principal. items: slugs, none for all. The principal, a firm's representative, or a clerk with
    the paper (proof). That somebody represents a firm or guards a child is entered by a clerk only.

    Raises MayNotGrant, Invalid; AlreadyGranted when the very same holds (a second click).
    """
    _require_grantor(principal, kind, proof, by, at)
    given = sorted(set(powers))
    _require_sense(principal, agent, kind, given, valid_from, valid_to)
    facts = {
        "principal": principal,
        "agent": agent,
        "kind": kind,
        "powers": given,
        "items": sorted(set(items)),
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    Subject.objects.select_for_update().get(pk=principal.pk)
    if Mandate.objects.filter(**facts, revoked_at=None).exists():
        raise AlreadyGranted
    mandate = Mandate.objects.create(**facts, proof=proof, made_at=at)
    for subject in (principal, agent):
        record(
            subject_chain(subject.pk), "mandate_granted", by=by, at=at, ground=proof, mandate=mandate.pk,
            kind=kind, powers=given,
        )  # fmt: skip
    return mandate


@command
def revoke_mandate(mandate: Mandate, *, reason: str = "", by: Actor, at: datetime) -> None:
    """End a mandate at once. The principal, their representative, the agent, or a clerk.

    Raises Forbidden, MayNotEnd (what only a clerk enters, only a clerk ends), Stale.
    """
    row = Mandate.objects.select_for_update().get(pk=mandate.pk)
    own = access.speaks_for(by, row.principal_id, at) or by.is_one(row.agent_id)
    if not own and not access.keeps_registers(by):
        raise Forbidden
    if row.kind in access.ENTERED_BY_CLERKS and not access.keeps_registers(by):
        raise MayNotEnd
    if row.revoked_at is not None:
        raise Stale
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    for subject in (row.principal_id, row.agent_id):
        record(subject_chain(subject), "mandate_revoked", by=by, at=at, ground=reason, mandate=row.pk)


def _require_grantor(principal: Subject, kind: str, proof: str, by: Actor, at: datetime) -> None:
    if access.keeps_registers(by):
        if not proof.strip():
            raise Invalid([{"field": "proof", "code": "required", "message": "请写明核对过的委托书或证明。"}])
        return
    if kind in access.ENTERED_BY_CLERKS or not access.speaks_for(by, principal.pk, at):
        raise MayNotGrant


def _require_sense(
    principal: Subject, agent: Subject, kind: str, powers: list[str], valid_from: date, valid_to: date | None
) -> None:
    errors = []
    if kind not in MandateKind.values:
        errors.append({"field": "kind", "code": "invalid", "message": "请选择授权类型。"})
    if not powers or not set(powers) <= set(Power.values):
        errors.append({"field": "powers", "code": "required", "message": "请至少选择一项授权事项。"})
    if principal.pk == agent.pk or not agent.is_person:
        errors.append({"field": "agent", "code": "invalid", "message": "受托人须是另一个自然人。"})
    if kind in (MandateKind.LEGAL_REPRESENTATIVE, MandateKind.HANDLER) and principal.is_person:
        errors.append({"field": "principal", "code": "invalid", "message": "自然人没有法定代表人或经办人。"})
    if valid_to is not None and valid_to < valid_from:
        errors.append({"field": "valid_to", "code": "invalid", "message": "结束日期不能早于开始日期。"})
    if errors:
        raise Invalid(errors)
