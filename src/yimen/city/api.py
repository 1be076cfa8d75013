"""The door for programs: which signing keys are revoked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from yimen.city import queries, schemas
from yimen.kit.rest import Listed

router = Router(tags=["证照"])


@router.get("/public/revoked-keys", response=Listed[schemas.RevokedKeyShape], auth=None, summary="签名密钥吊销名单")
def list_revoked_keys(request: HttpRequest) -> dict[str, Any]:
    """不用登录：全部已吊销的签名密钥，最近吊销的在前。所列失信时间以后签发的内容不再有效。"""
    keys = list(queries.revoked_keys())
    names = queries.holder_names({key.holder for key in keys})
    return {"items": [schemas.revoked_key(key, names[key.holder]) for key in keys]}
