"""Whose hand signs a field of a form."""

from __future__ import annotations

from yimen.identity import queries as identity
from yimen.identity.choices import Assurance
from yimen.kit.actor import Actor
from yimen.sheets.queries import Signer


def signer_of(by: Actor) -> Signer:
    """The person behind the account, as far as the city knows; a clerk only enters what was signed on paper."""
    if by.subject is None or by.is_staff:
        return Signer(by.name, verified=False, staff=by.is_staff)
    person = identity.subject(by.subject)
    return Signer(person.name, verified=person.assurance >= Assurance.CHECKED)
