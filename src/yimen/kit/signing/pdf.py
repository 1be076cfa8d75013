"""Signatures inside PDF files (PAdES B-B, ETSI EN 319 142-1), so that ordinary readers say "signed and unchanged".

pyhanko is loaded when the first file is signed or looked at: half a second that other work should not wait for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Any

Sign = Callable[[bytes], bytes]
FIELD = "AgencySeal"
POINTS_PER_MM = 72 / 25.4
LAST_PAGE = -1


@dataclass(frozen=True)
class Place:
    """Where the seal stands: its lower left corner and its side, in millimetres, and the page (the first is 0)."""

    x: float
    y: float
    side: float
    page: int = 0

    @property
    def box(self) -> tuple[int, int, int, int]:
        corners = (self.x, self.y, self.x + self.side, self.y + self.side)
        left, low, right, high = (round(each * POINTS_PER_MM) for each in corners)
        return left, low, right, high


@dataclass(frozen=True)
class Signatory:
    """Whose signature it becomes. chain: certificates above, DER; sign: ECDSA over SHA-256, by the key store."""

    name: str
    certificate: bytes
    chain: Sequence[bytes]
    sign: Sign


class Found(StrEnum):
    """What a look at a PDF's signature finds."""

    GOOD = "good"
    UNSIGNED = "unsigned"
    CHANGED = "changed"
    FOREIGN = "foreign"


def sign_pdf(
    content: bytes, by: Signatory, *, seal: bytes, place: Place, reason: str, where: str, at: datetime
) -> bytes:
    """The same pages with a certifying signature that allows no change; seal: a PDF page, the signature's looks."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.stamp import StaticStampStyle

    class Dated(PdfSigner):
        """Its signing time is told, not read from a clock."""

        def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
            session = super().init_signing_session(*args, **kwargs)
            session.system_time = at
            return session

    told = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=by.name, reason=reason,
        location=where, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES,
    )  # fmt: skip
    style = StaticStampStyle(background=_page(seal), border_width=0, background_opacity=1.0)
    spec = SigFieldSpec(FIELD, on_page=place.page, box=place.box)
    signer = Dated(told, _signer(by), stamp_style=style, new_field_spec=spec)
    signed: bytes = _alone(signer.async_sign_pdf(IncrementalPdfFileWriter(BytesIO(content)))).getvalue()
    return signed


def look_at(content: bytes, roots: Sequence[bytes]) -> Found:
    """Is it signed by somebody below these roots, and unchanged since? Whether the key counts is asked elsewhere."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        signatures = PdfFileReader(BytesIO(content)).embedded_signatures
        if not signatures:
            return Found.UNSIGNED
        return _judged(signatures[0], roots)
    except Exception:  # a file made to do harm breaks a parser wherever it likes; whatever it is, it isn't ours
        return Found.CHANGED


def _judged(signature: Any, roots: Sequence[bytes]) -> Found:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    known = [Certificate.load(root) for root in roots]
    context = ValidationContext(trust_roots=known, moment=signature.self_reported_timestamp, allow_fetching=False)
    try:
        status = _alone(async_validate_pdf_signature(signature, context))
    except SignatureValidationError:
        return Found.CHANGED
    if not (status.intact and status.valid and status.coverage.name == "ENTIRE_FILE"):
        return Found.CHANGED
    return Found.GOOD if status.trusted else Found.FOREIGN


def _signer(by: Signatory) -> Any:
    from asn1crypto.algos import SignedDigestAlgorithm
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers.pdf_cms import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class ByStore(Signer):
        """The private part stays where it is."""

        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            return bytes(80) if dry_run else by.sign(data)

    above = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    above.register_multiple([Certificate.load(each) for each in by.chain])
    return ByStore(
        signing_cert=Certificate.load(by.certificate),
        cert_registry=above,
        signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
    )


def _page(seal: bytes) -> Any:
    """A page of a PDF in memory as what is drawn where the signature stands."""
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.reader import PdfFileReader

    class Seal(PdfContent):
        def render(self) -> bytes:
            page = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(seal)))
            self.resources.xobject["/Seal"] = page
            left, low, right, high = page.get_object()["/BBox"]
            self.box = BoxConstraints(width=abs(right - left), height=abs(high - low))
            return b"/Seal Do"

    return Seal()


def _alone(work: Any) -> Any:
    """Run something asynchronous to its end, in a thread of its own: this one may have a loop running already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
