"""Fetching a blank form or a sample that an edition names."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from yimen.catalog.access import DESK
from yimen.catalog.queries.attachments import attachment
from yimen.files.queries import download
from yimen.kit.guards import actor_of, public


@public
@require_safe
def fetch(request: HttpRequest, slug: str, file: UUID) -> StreamingHttpResponse:
    """Anybody what a released edition names; the catalogue's staff also what a draft names."""
    found = attachment(slug, str(file), drafts=bool(actor_of(request).duties & set(DESK)))
    return download(found.file or "", inline=True)
