"""Who may see cards: supervisors what their post reaches, case staff and chiefs their own agencies'.

Those about the register of people belong to no agency: supervisors see them, and whoever keeps the register.
"""

from __future__ import annotations

from django.db.models import Q

from yimen.city.choices import Duty
from yimen.identity.access import keeps_registers
from yimen.kit.actor import Actor

SEEING = frozenset({Duty.SUPERVISOR, Duty.CHIEF, Duty.REVIEWER, Duty.CLERK, Duty.DELIVERER, Duty.HALL_MANAGER})


def visible(actor: Actor) -> Q:
    if actor.duties & SEEING:
        seen = Q(agency_id__in=actor.agencies)
        return seen | Q(agency=None) if Duty.SUPERVISOR in actor.duties or keeps_registers(actor) else seen
    return Q(pk=None)
