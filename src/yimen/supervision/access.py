"""Who may see cards: supervisors what their post reaches, case staff and chiefs their own agencies'."""

from __future__ import annotations

from django.db.models import Q

from yimen.city.choices import Duty
from yimen.kit.actor import Actor

SEEING = frozenset({Duty.SUPERVISOR, Duty.CHIEF, Duty.REVIEWER, Duty.CLERK, Duty.DELIVERER, Duty.HALL_MANAGER})


def visible(actor: Actor) -> Q:
    if actor.duties & SEEING:
        return Q(agency_id__in=actor.agencies)
    return Q(pk=None)
