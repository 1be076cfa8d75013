"""What somebody didn't have to bring, type and walk for an application, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from yimen.analytics.queries import figures

if TYPE_CHECKING:
    from yimen.applications.models import Application


def spared(application: Application) -> list[str]:
    """A few words each; none where nothing was spared."""
    told = figures(application)
    materials, fields, visits = told["spared"], told["fields_known"], told["visits_spared"]
    found = [
        (materials, ngettext("少交 %(n)d 份材料", "少交 %(n)d 份材料", materials)),
        (fields, ngettext("少填 %(n)d 项", "少填 %(n)d 项", fields)),
        (visits, ngettext("少跑 %(n)d 趟", "少跑 %(n)d 趟", visits)),
    ]
    return [words % {"n": count} for count, words in found if count]
