"""Who reads the figures: whoever watches, manages or writes the catalogue, of the agencies that their post reaches."""

from __future__ import annotations

from django.db.models import Q

from yimen.city.choices import Duty
from yimen.kit.actor import Actor

READING = (Duty.SUPERVISOR, Duty.HALL_MANAGER, Duty.CHIEF, Duty.EDITOR, Duty.ADMINISTRATOR)


def visible(actor: Actor) -> Q:
    """A condition over tallies."""
    if not actor.duties & set(READING):
        return Q(pk=None)
    return Q() if Duty.ADMINISTRATOR in actor.duties else Q(agency_id__in=actor.agencies)


def reaches(actor: Actor, agency: int) -> bool:
    """Does the actor's post reach an agency's figures?"""
    return Duty.ADMINISTRATOR in actor.duties or agency in actor.agencies
