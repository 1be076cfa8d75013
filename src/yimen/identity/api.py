"""The door for programs: who am I."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from yimen.identity import queries, schemas
from yimen.identity.models import Mandate, Subject
from yimen.kit.guards import actor_of
from yimen.kit.rest import moment

router = Router(tags=["账户"])


@router.get("/me", response=schemas.MeShape, summary="我是谁")
def get_me(request: HttpRequest) -> schemas.MeShape:
    """登录的账户、岗位和职责，以及可以代理的人和单位。"""
    by, at = actor_of(request), moment(request)
    user = queries.account_of(by)
    own = user.subject
    return schemas.MeShape(
        username=user.username,
        name=user.name,
        subject=schemas.OwnSubject(**_person(own)) if own else None,
        post=by.post_name,
        office=by.office_name,
        duties=sorted(by.duties),
        principals=[_principal(mandate) for mandate in queries.principals_of(own.pk, at)] if own else [],
    )


def _person(subject: Subject) -> dict[str, str]:
    return {"document": subject.document, "number": subject.number, "name": subject.name, "kind": subject.kind}


def _principal(mandate: Mandate) -> schemas.PrincipalShape:
    facts = _person(mandate.principal)
    return schemas.PrincipalShape(**facts, mandate=mandate.kind, powers=mandate.powers, items=mandate.items)
