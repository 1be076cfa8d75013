"""Which uploads there were, for those who may see them: their own, and those about agencies that their post reaches."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yimen.catalog.models import Upload
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound


class NoSuchUpload(NotFound):
    code = "no_such_upload"
    sentence = "没有找到这次上传。"


def uploads_seen(by: Actor) -> QuerySet[Upload]:
    """Newest first, without what was found."""
    own = Q(begun_by=by.user)
    reached = Q(agencies__contained_by=sorted(by.agencies)) & ~Q(agencies=[])
    rows = Upload.objects.select_related("file", "office").filter(own | reached)
    return rows.defer("problems").order_by("-id")


def one_upload(number: int, by: Actor) -> Upload:
    """Raises NoSuchUpload, also for what one may not see."""
    found = uploads_seen(by).defer(None).filter(pk=number).first()
    if found is None:
        raise NoSuchUpload
    return found
