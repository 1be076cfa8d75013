"""Reading papers, and setting them: the same facts give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from yimen.city import queries as city
from yimen.files.queries import read_file
from yimen.kit.crypto import sm3
from yimen.kit.errors import NotFound
from yimen.kit.qr import svg
from yimen.kit.typeset import typeset
from yimen.law.masking import mask_name
from yimen.papers.choices import GEOMETRY, TEMPLATES, Kind, LicenceFacts
from yimen.papers.models import Paper

FOLDER = Path(__file__).parent / "typst"


def of(about: str) -> list[dict[str, Any]]:
    """Papers about a case, oldest first: number, kind (letter), title, at, url, withdrawn."""
    return [
        {
            "number": paper.number,
            "kind": paper.kind,
            "title": paper.title,
            "at": paper.drawn_at,
            "url": reverse("papers:pdf", args=[paper.number]),
            "withdrawn": paper.withdrawn_at is not None,
        }
        for paper in Paper.objects.filter(about=about).only("number", "kind", "title", "drawn_at", "withdrawn_at")
    ]


def by_number(number: str) -> Paper:
    """Raises NotFound."""
    return _one(number=number)


def last_of(about: str, kinds: Sequence[Kind]) -> Paper | None:
    """The newest paper about a case of some kinds."""
    return Paper.objects.filter(about=about, kind__in=kinds).defer("facts").order_by("-id").first()


def by_token(token: str) -> Paper:
    """By the code of the QR, or as typed from the paper: hyphens, blanks and small letters don't matter."""
    return _one(token="".join(token.upper().split()).replace("-", "")[:16])


def code_of(token: str) -> str:
    """The token as printed: 7K3M-9QXT-4D2P."""
    return "-".join(token[start : start + 4] for start in range(0, len(token), 4))


def address_of(token: str) -> str:
    """The public address behind the QR code."""
    return f"{settings.YIMEN_ADDRESS}{reverse('papers:verify', args=[token])}"


def holder_of(paper: Paper) -> str:
    """To whom it was issued, as the public may read it: firms by name, people masked."""
    facts = paper.facts["facts"]
    name = str(facts["applicant"])
    return name if facts["applicant_document"].startswith("统一社会信用代码") else mask_name(name)


def pdf_of(paper: Paper) -> bytes:
    """The PDF that follows from the frozen facts."""
    sheet = paper.facts
    return typeset(
        FOLDER,
        f"{TEMPLATES[Kind(paper.kind)]}.typ",
        sheet,
        dated=date.fromisoformat(sheet["facts"]["dated"]),
        pictures={"qr.svg": svg(sheet["verify_url"])},
    )


def licence_pdf(facts: LicenceFacts) -> bytes:
    """The face of a licence as PDF/A, for the vault to sign and keep; pure."""
    sheet = facts.model_dump(mode="json") | {"sample": facts.sample or settings.YIMEN_SAMPLE_SEALS}
    sheet["geometry"] = asdict(GEOMETRY[facts.form])
    return typeset(FOLDER, "licence.typ", sheet, dated=facts.issued_on, pictures={"qr.svg": svg(facts.verify_url)})


def seal_pdf(agency: str, dated: date) -> bytes:
    """An agency's seal alone on a page without ground: what a signature inside a PDF looks like."""
    return typeset(FOLDER, "only-seal.typ", {"agency": agency, "sample": settings.YIMEN_SAMPLE_SEALS}, dated=dated)


def is_intact(paper: Paper) -> bool:
    """Is the kept file the one that was signed, and does the agency's signature count? False before there is a file."""
    if paper.file_id is None or paper.signature is None:
        return False
    digest = sm3(read_file(paper.file_id))
    key = paper.signed_with or city.key_then(paper.agency_code)
    verdict = city.judge(key, paper.agency_code, digest, bytes(paper.signature), paper.signed_at or paper.drawn_at)
    return digest.hex() == paper.digest and verdict.good


def signed_with(key: int, since: datetime | None) -> int:
    """How many papers a key signed (from an instant on)."""
    rows = Paper.objects.filter(signed_with=key)
    return (rows if since is None else rows.filter(signed_at__gte=since)).count()


def _one(**by: str) -> Paper:
    try:
        return Paper.objects.get(**by)
    except Paper.DoesNotExist as absent:
        raise NotFound from absent
