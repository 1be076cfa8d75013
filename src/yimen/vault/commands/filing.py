"""The layout file (版式文件) of a licence: set once, signed inside and outside, kept. (国令716 art 10, GB/T 36905)"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from yimen.city import queries as city
from yimen.city.commands import key_in_use, sign_for
from yimen.files.choices import Kind as FileKind
from yimen.files.commands import store
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.crypto import sm3
from yimen.kit.signing import KeyKind, key_store
from yimen.kit.signing.pdf import LAST_PAGE, Place, Signatory, sign_pdf
from yimen.kit.time import day_of
from yimen.ledger.choices import subject_chain
from yimen.papers.choices import GEOMETRY, LicenceFacts
from yimen.papers.queries import licence_pdf, seal_pdf
from yimen.vault import queries
from yimen.vault.choices import State
from yimen.vault.commands.holders import tell_all
from yimen.vault.commands.licences import locked
from yimen.vault.commands.refusals import NotInForce
from yimen.vault.models import Licence, LicenceFile


def filed(licence: Licence, *, at: datetime) -> LicenceFile:
    """The licence's file, made now if it wasn't yet: the first look may come before the job."""
    known = queries.file_of(licence)
    if known is not None:
        return known
    with transaction.atomic(savepoint=False):
        return make_file(licence, by=Actor.system(), at=at)


@command
def make_file(licence: Licence, *, by: Actor, at: datetime) -> LicenceFile:
    """Set the PDF/A, sign it (PAdES) and its digest (SM2), keep it: once; a changed fact makes a new version.

    The platform, after the licence was signed. Raises NotInForce for a draft, KeyStoreUnavailable, NoKeyLeft.
    """
    licence = locked(licence)
    known = queries.file_of(licence)
    if known is None:
        if licence.state == State.DRAWN or licence.identifier is None:
            raise NotInForce(state=State(licence.state).label)
        known = _made(licence, by, at)
    tell_all(licence, "licence_file_made", by=by, at=at, digest=known.digest, key=known.signed_with.name)
    return known


def _made(licence: Licence, by: Actor, at: datetime) -> LicenceFile:
    holder, name = queries.sealer(licence)
    certificate = key_in_use(holder, KeyKind.X509, name=name, by=by, at=at)
    facts = queries.paper(licence).model_copy(update={"drawn_seal": False})
    content = sign_pdf(
        licence_pdf(facts),
        Signatory(
            name, bytes(certificate.certificate or b""), city.roots(),
            lambda text: key_store().sign(KeyKind.X509, certificate.name, text),
        ),
        seal=seal_pdf(name, day_of(at)),
        place=_place(facts),
        reason=f"签发{licence.kind.name}",
        where=settings.YIMEN_CITY_NAME,
        at=at,
    )  # fmt: skip
    digest = sm3(content)
    signed = sign_for(holder, digest, by=by, at=at)
    kept = store(
        name=f"{licence.kind.name}.pdf", content=content, by=by, at=at,
        about=subject_chain(licence.holder_id), kind=FileKind.PRODUCED,
    )  # fmt: skip
    return LicenceFile.objects.create(
        licence=licence, file=kept, digest=digest.hex(), signature=signed.value, signed_with=signed.key,
        certificate=certificate, made_at=at,
    )  # fmt: skip


def _place(facts: LicenceFacts) -> Place:
    """However many pages it runs to: issuer and date stand on the last."""
    geometry = GEOMETRY[facts.form]
    return Place(geometry.seal_x, geometry.seal_y, geometry.seal_side, page=LAST_PAGE)
