"""What somebody may do with an edition in the making, or a measure, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.catalog.choices import EditionState, MeasureState
from yimen.catalog.models import Edition, Measure, PackageDraft, Passage
from yimen.catalog.queries.checking import Problem
from yimen.kit.actor import Actor

TURN = {EditionState.CHECKED: "staffing", EditionState.STAFFED: "legal"}
MEASURE_TURN = {MeasureState.CHECKED: "staffing", MeasureState.STAFFED: "legal"}


def verbs(edition: Edition, actor: Actor, problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """The verbs of an edition for this reader; impossible ones with the reason."""
    slug, agency, state = edition.item.slug, edition.item.agency_id, EditionState(edition.state)
    edits, found = actor.may("editor", agency), []
    if edits and state == EditionState.DRAFT:
        why = _("还有 %(n)s 处问题") % {"n": len(problems)} if problems else ""
        found += [
            _verb(_("送审"), reverse("catalog:submit", args=[slug]), "send", "primary", why),
            _verb(_("放弃这份草稿"), reverse("catalog:discard", args=[slug]), "trash", "quiet"),
        ]
    turn = TURN.get(state)
    if turn and actor.may(turn, agency):
        twice = _twice(edition.passages.all(), actor)
        found += [
            _verb(_("审核通过"), reverse("catalog:approve", args=[slug]), "check", "primary", twice),
            _verb(_("退回修改"), reverse("catalog:send_back", args=[slug]), "arrow-back-up", "secondary"),
        ]
    elif edits and state != EditionState.DRAFT:
        found.append(_verb(_("撤回修改"), reverse("catalog:send_back", args=[slug]), "arrow-back-up", "secondary"))
    return found


def measure_verbs(measure: Measure, actor: Actor) -> list[dict[str, Any]]:
    """The same for a measure."""
    turn, agency = MEASURE_TURN.get(MeasureState(measure.state)), measure.agency_id
    back = reverse("catalog:return_measure", args=[measure.pk])
    if turn and actor.may(turn, agency):
        twice = _twice(measure.passages.all(), actor)
        approve = reverse("catalog:approve_measure", args=[measure.pk])
        return [
            _verb(_("审核通过"), approve, "check", "primary", twice),
            _verb(_("退回"), back, "arrow-back-up", "secondary"),
        ]
    waits = measure.state in (MeasureState.CHECKED, MeasureState.STAFFED, MeasureState.APPROVED)
    return [_verb(_("撤回"), back, "arrow-back-up", "secondary")] if waits and actor.may("editor", agency) else []


def package_verbs(draft: PackageDraft, actor: Actor) -> list[dict[str, Any]]:
    """The same for a package on its way."""
    turn, agency = TURN.get(EditionState(draft.state)), draft.agency_id
    back = reverse("catalog:package_back", args=[draft.code])
    if turn and actor.may(turn, agency):
        wrote = _("您参与过编写，应当由其他人审核") if actor.user in draft.writers else ""
        approve = reverse("catalog:package_approve", args=[draft.code])
        return [
            _verb(_("审核通过"), approve, "check", "primary", wrote or _twice(draft.passages.all(), actor)),
            _verb(_("退回修改"), back, "arrow-back-up", "secondary"),
        ]
    waits = draft.state != EditionState.DRAFT and actor.may("editor", agency)
    return [_verb(_("撤回"), back, "arrow-back-up", "secondary")] if waits else []


def _twice(passages: Iterable[Passage], actor: Actor) -> str:
    """Whoever had it in hand before leaves it to somebody else."""
    return _("您已经经手过，应当由其他人审核") if any(each.user == actor.user for each in passages) else ""


def _verb(label: str, url: str, icon: str, variant: str, why: str = "") -> dict[str, Any]:
    return {"label": label, "url": url, "icon": icon, "variant": variant, "allowed": not why, "reason": why}
