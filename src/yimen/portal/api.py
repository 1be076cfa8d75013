"""Doors for programs: what somebody keeps to be filled in for them (常用信息)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import Router

from yimen.applications import access
from yimen.applications.commands.remembering import forget, remember, switch_remembering
from yimen.applications.queries.remembered import switched_off, usual
from yimen.identity.queries import find_subject
from yimen.kit.actor import Actor
from yimen.kit.guards import actor_of
from yimen.kit.rest import moment
from yimen.portal import schemas

if TYPE_CHECKING:
    from yimen.identity.models import Subject

router = Router(tags=["我的空间"])


@router.get("/usual-information", response=schemas.UsualListShape, summary="常用信息")
def list_usual(request: HttpRequest, document: str, number: str) -> schemas.UsualListShape:
    """会自动填进表格的内容：每一项的值、从什么时候起、在哪里填写；登记信息和证照上的不在内。"""
    by, at = actor_of(request), moment(request)
    return _listed(_own(document, number, by, at), by, at)


@router.put("/usual-information/{element}", response=schemas.UsualListShape, summary="保存一项常用信息")
def put_usual(request: HttpRequest, element: str, body: schemas.UsualGiven) -> schemas.UsualListShape:
    """按数据元保存；以前的申请里这一项写的内容不再使用。"""
    by, at = actor_of(request), moment(request)
    one = _own(body.document, body.number, by, at)
    remember(one, element, body.value, by=by, at=at)
    return _listed(one, by, at)


@router.delete("/usual-information/{element}", response=schemas.UsualListShape, summary="删除一项常用信息")
def delete_usual(request: HttpRequest, element: str, document: str, number: str) -> schemas.UsualListShape:
    """以后不再填写这一项，以前的申请里写过的也不再使用。"""
    by, at = actor_of(request), moment(request)
    one = _own(document, number, by, at)
    forget(one, element, by=by, at=at)
    return _listed(_own(document, number, by, at), by, at)


@router.delete("/usual-information", response=schemas.UsualListShape, summary="删除全部常用信息")
def delete_all_usual(request: HttpRequest, document: str, number: str) -> schemas.UsualListShape:
    """全部不再使用；登录用的手机号码在个人资料中修改。"""
    by, at = actor_of(request), moment(request)
    forget(_own(document, number, by, at), by=by, at=at)
    return _listed(_own(document, number, by, at), by, at)


@router.put("/usual-information", response=schemas.UsualListShape, summary="打开或者关掉自动填写")
def switch_usual(request: HttpRequest, body: schemas.SwitchGiven) -> schemas.UsualListShape:
    """关掉以后，以前填过的和保存的内容都不再使用。"""
    by, at = actor_of(request), moment(request)
    one = _own(body.document, body.number, by, at)
    switch_remembering(one, on=body.on, by=by, at=at)
    return _listed(one, by, at)


def _own(document: str, number: str, by: Actor, at: datetime) -> Subject:
    """Nobody learns from here whether a number is known."""
    known = find_subject(document, number)
    if known is None:
        raise access.MayNotKeep
    access.require_speaking(by, known, at)
    return known


def _listed(one: Subject, by: Actor, at: datetime) -> schemas.UsualListShape:
    rows: list[Any] = [
        schemas.UsualShape(
            element=each.element.code, name=each.element.name, value=each.value, way=each.way.value, since=each.on,
            application=each.number, everywhere=each.everywhere, sensitivity=each.element.sensitivity.value,
        )
        for each in usual(one, by=by, at=at)
    ]  # fmt: skip
    return schemas.UsualListShape(on=not switched_off(one), items=rows)
