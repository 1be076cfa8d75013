"""What stands on the face of a licence."""

from __future__ import annotations

from datetime import date

from yimen.papers.choices.parts import Part


class Entry(Part):
    """One labelled value in the grid of a licence; wide entries take the whole row."""

    label: str
    value: str
    wide: bool = False


class LicenceFacts(Part):
    """The face of a licence (vault). identifier: GB/T 36904; copy_note: the watermark of an annotated copy (加注件),

    e.g. "仅供办理食品经营许可使用，有效期至2026年12月31日". Empty dates of validity are printed as 长期.
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
