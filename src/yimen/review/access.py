"""Who may give an opinion."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from yimen.cases.access import check_of, staff
from yimen.cases.ports import VerbRule, plug_verb
from yimen.city.choices import Duty
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Refusal
from yimen.law.states import Verb

if TYPE_CHECKING:
    from yimen.cases.models import Case


class AcceptedIt(Forbidden):
    code = "same_person"
    sentence = "您受理了这件办件，不能再参与审查（受审分离）。"


def opining(case: Case, actor: Actor, verb: Verb, at: datetime) -> Refusal | None:
    """Reviewers and chiefs of the agency; never whoever accepted the case."""
    refusal = staff(case, actor, verb, Duty.REVIEWER, Duty.CHIEF)
    if refusal is None and actor.user == case.accepted_by_id:
        return AcceptedIt()
    return refusal


def visible(actor: Actor) -> Q:
    """Tasks of the agencies one reviews for."""
    if actor.duties & {Duty.REVIEWER, Duty.CHIEF, Duty.SUPERVISOR}:
        return Q(agency_id__in=actor.agencies)
    return Q(pk=None)


plug_verb(VerbRule(name=Verb.OPINE, label=Verb.OPINE.label, check=check_of(Verb.OPINE, opining), order=30))
