"""A licence that was signed gets its layout file by a job, after the commit: signing doesn't wait for it."""

from __future__ import annotations

from yimen.kit.events import hear
from yimen.kit.time import now
from yimen.vault import queries
from yimen.vault.commands import filed
from yimen.vault.events import LicenceSigned


@hear(LicenceSigned)
def set_file(news: LicenceSigned) -> None:
    """What was made for a case; what was taken in has a file of its own, or gets one when somebody asks for it."""
    licence = queries.one(news.licence) if news.case else None
    if licence is not None:
        filed(licence, at=now())
