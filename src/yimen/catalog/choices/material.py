"""What is handed in: the material of an edition."""

from __future__ import annotations

from pydantic import Field

from yimen.catalog.choices.elements import Attachment
from yimen.catalog.choices.words import Exemption, MaterialForm, MaterialKind, Necessity, Source, Text, Title
from yimen.sheets.choices import Name, Part


class Material(Part):
    """Something to hand in. key: stable between editions; licence_type: the licence kind that can stand in for it.

    data_service: the code of the service from which the office can read it itself; legal_reason: why it is asked for
    on paper though the city has it. standard 受理标准, form 材料形式, issued_within 出具时间要求,
    guidance 材料办理说明, obtained_at 材料办理地点, usage 使用说明, blank_form 空白表格, sample 示范文本.
    (39046 no. 56-64)
    """

    key: Name | None = None
    name: Title
    kind: MaterialKind
    source: Source
    issuer: str | None = None
    necessity: Necessity
    original: int = Field(default=0, ge=0, le=99)
    copies: int = Field(default=0, ge=0, le=99, alias="copy")
    electronic: bool = True
    licence_type: str | None = None
    basis: str | None = None
    exempt_when: Exemption | None = None
    common_mistakes: tuple[Text, ...] = ()
    standard: str | None = None
    show_if: str | None = None
    form: MaterialForm | None = None
    issued_within: Text | None = None
    guidance: Text | None = None
    obtained_at: Text | None = None
    usage: Text | None = None
    data_service: Title | None = None
    legal_reason: Text | None = None
    blank_form: Attachment | None = None
    sample: Attachment | None = None
    review_points: tuple[Text, ...] = ()

    model_config = Part.model_config | {"populate_by_name": True}
