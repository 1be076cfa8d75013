"""Mandates: who may act for whom, in what, how long (许可法 29)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from yimen.files.commands import store
from yimen.identity import access
from yimen.identity.choices import Document, MandateKind, Power, ProofLevel
from yimen.identity.models import Mandate, Subject
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Forbidden, Invalid, Refusal, Stale
from yimen.law import identifiers
from yimen.law import mandates as law
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
    themes: Iterable[str] = (),
    valid_from: date,
    valid_to: date | None = None,
    proof: str = "",
    scan: tuple[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> Mandate:
    """Let agent act for principal. items: slugs, themes: their names; none of both for all. The principal, a firm's
    representative, or a clerk with the paper (proof, and its scan). That somebody represents a firm or guards a child
    is entered by a clerk only; a child's guardian until the day before it is eighteen (law.mandates).

    Raises MayNotGrant, Invalid; AlreadyGranted when the very same holds (a second click).
    """
    _require_grantor(principal, kind, proof, by, at)
    given = sorted(set(powers))
    valid_to = law.last_day(kind, first=valid_from, last=valid_to, ward_born=_born(principal))
    _require_sense(principal, agent, kind, given, valid_from, valid_to)
    facts = {
        "principal": principal,
        "agent": agent,
        "kind": kind,
        "powers": given,
        "items": sorted(set(items)),
        "themes": sorted(set(themes)),
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    Subject.objects.select_for_update().get(pk=principal.pk)
    if Mandate.objects.filter(**facts, revoked_at=None).exists():
        raise AlreadyGranted
    mandate = Mandate.objects.create(**facts, proof=proof, made_at=at, made_by_id=by.user, **_rests_on(facts, by))
    if scan is not None:
        mandate.scan = store(name=scan[0], content=scan[1], about=subject_chain(principal.pk), by=by, at=at)
        mandate.save(update_fields=["scan"])
    _record_both(mandate, "mandate_granted", by, at, ground=proof, kind=kind, powers=given, level=mandate.level)
    return mandate


@command
def accept_mandate(mandate: Mandate, *, by: Actor, at: datetime) -> Mandate:
    """The agent says yes to a mandate that waits for it: from now on it holds. Raises Forbidden, Stale."""
    row = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if not by.is_one(row.agent_id):
        raise Forbidden
    if not row.asks_consent or row.accepted_at is not None or row.revoked_at is not None:
        raise Stale
    row.accepted_at = at
    row.save(update_fields=["accepted_at"])
    _record_both(row, "mandate_accepted", by, at)
    return row


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
    _record_both(row, "mandate_revoked", by, at, ground=reason)


def _require_grantor(principal: Subject, kind: str, proof: str, by: Actor, at: datetime) -> None:
    if access.keeps_registers(by):
        if not proof.strip():
            raise Invalid([{"field": "proof", "code": "required", "message": "请写明核对过的委托书或证明。"}])
        return
    if kind in access.ENTERED_BY_CLERKS or not access.speaks_for(by, principal.pk, at):
        raise MayNotGrant


def _record_both(row: Mandate, verb: str, by: Actor, at: datetime, *, ground: str = "", **facts: Any) -> None:
    """In the stories of both."""
    for subject in (row.principal_id, row.agent_id):
        record(subject_chain(subject), verb, by=by, at=at, ground=ground, mandate=row.pk, **facts)


def _rests_on(facts: dict[str, Any], by: Actor) -> dict[str, Any]:
    """A paper that a clerk has checked (B), or what the principal gave signed in (A); then some wait for the agent."""
    if access.keeps_registers(by):
        return {"level": ProofLevel.CHECKED}
    return {"level": ProofLevel.SIGNED, "asks_consent": law.needs_consent(facts["kind"], facts["powers"])}


def _born(one: Subject) -> date | None:
    if one.document == Document.CITIZEN_ID:
        return identifiers.birth_date(one.number)
    written = one.profile.get("birth_date")
    return date.fromisoformat(written) if one.is_person and written else None


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
    if kind == MandateKind.GUARDIAN and not principal.is_person:
        errors.append({"field": "principal", "code": "invalid", "message": "监护人只对自然人。"})
    if valid_to is not None and valid_to < valid_from:
        errors.append({"field": "valid_to", "code": "invalid", "message": "结束日期不能早于开始日期。"})
    if errors:
        raise Invalid(errors)
