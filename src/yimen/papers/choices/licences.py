"""What stands on the face of a licence, and the forms that it may have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yimen.papers.choices.parts import Part


class Form(StrEnum):
    """The sheet on which a licence is set."""

    CERTIFICATE = "certificate"
    SHEET = "sheet"
    CARD = "card"
    BOOKLET = "booklet"


@dataclass(frozen=True)
class Geometry:
    """Millimetres. seal_x, seal_y: the lower left corner of the seal on the last page, where issuer and date stand."""

    width: float
    height: float
    seal_x: float
    seal_y: float
    seal_side: float


GEOMETRY = {
    Form.CERTIFICATE: Geometry(297, 210, 206, 16, 42),
    Form.SHEET: Geometry(210, 297, 131, 24, 42),
    Form.CARD: Geometry(135, 85, 97, 6.5, 26),
    Form.BOOKLET: Geometry(125, 176, 74, 15, 36),
}


class Entry(Part):
    """One labelled value in the grid of a licence; wide entries take the whole row."""

    label: str
    value: str
    wide: bool = False


class LicenceFacts(Part):
    """The face of a licence (vault). identifier: GB/T 36904; copy_note: the watermark of an annotated copy (加注件),

    e.g. "仅供办理食品经营许可使用，有效期至2026年12月31日". Empty dates of validity are printed as 长期.
    drawn_seal: the page bears the seal itself; False where the signature in the file does. photo: a place for one.
    """

    title: str
    number: str
    identifier: str
    holder: str
    issuer: str
    issued_on: date
    entries: list[Entry]
    verify_url: str
    verify_code: str
    holder_document: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    copy_note: str = ""
    sample: bool = False
    edition: str = ""
    form: Form = Form.CERTIFICATE
    photo: bool = False
    note: str = ""
    drawn_seal: bool = True
