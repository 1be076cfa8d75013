"""关联证照: a licence that rests on another, or belongs to the same thing."""

from __future__ import annotations

from datetime import datetime

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, NotFound
from yimen.vault import access, queries
from yimen.vault.commands.holders import tell_all
from yimen.vault.models import Licence, RelatedLicence


@command
def relate(licence: Licence, *, number: str, words: str, by: Actor, at: datetime) -> RelatedLicence:
    """Name another licence of one's own agencies by its number. Whoever makes licences. Raises NotFound, Invalid."""
    access.require_make(licence.agency_id, by=by)
    found = list(queries.numbered(sorted(by.agencies), number).exclude(pk=licence.pk)[:1])
    if not found:
        raise NotFound("没有找到这个编号的证照，请核对编号；只能关联本部门管理的证照。")
    if not words.strip():
        raise Invalid([{"field": "words", "code": "required", "message": "请写明是什么关系。"}])
    row, made = RelatedLicence.objects.get_or_create(
        licence=licence, other=found[0], defaults={"words": words.strip()[:60], "at": at, "by": by.user}
    )
    tell_all(licence, "licence_related" if made else "licence_related_again", by=by, at=at, other=found[0].pk)
    return row
