"""Items that somebody chose freely get a package edition of their own, so that an application can be filed under it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from yimen.catalog.choices import package_chain
from yimen.catalog.commands.releasing import digest
from yimen.catalog.models import Package, PackageEdition
from yimen.catalog.queries.packaging.choosing import EVENT, together
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Forbidden
from yimen.kit.locks import wait_turn
from yimen.ledger.commands import record


@command
def put_together(slugs: Sequence[str], *, by: Actor, at: datetime, held: Collection[str] = ()) -> PackageEdition:
    """The edition of a choice; the same choice has one for everybody. Who: anybody who is signed in.

    held: kinds of valid licences of whoever applies: for these nothing waits. Raises NotTogether, Forbidden.
    """
    if by.user is None and by.channel != "system":
        raise Forbidden
    document = together(slugs, held=held).resolution.document
    wait_turn(f"catalog.chosen:{document.code}")
    found = PackageEdition.objects.select_related("package").filter(package__code=document.code).first()
    record(package_chain(document.code), "items_chosen", by=by, at=at, items=list(document.slugs), new=found is None)
    if found is not None:
        return found
    stored = document.stored()
    package = Package.objects.create(
        code=document.code, name=document.name, life_event=EVENT, document=stored, digest=digest(stored),
        released_at=at, chosen=True,
    )  # fmt: skip
    return PackageEdition.objects.create(
        package=package, version=1, document=stored, digest=package.digest, released_at=at
    )
