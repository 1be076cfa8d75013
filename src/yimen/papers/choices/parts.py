"""Pieces that the facts of several papers are made of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from yimen.kit.time import local

Instant = Annotated[AwareDatetime, AfterValidator(local)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Material(Part):
    """A line of what was handed in: pieces of each form (原件, 复印件, 电子件)."""

    name: str
    originals: int = 0
    copies: int = 0
    electronic: int = 0
    note: str = ""


class Wanting(Part):
    """A line of the one-time supplement notice: a material, or an entry of the sheet. (许可法 32(4))"""

    name: str
    reason: str
    basis: str = ""
    what: Literal["材料", "表单内容"] = "材料"


class Delivered(Part):
    """A paper or licence handed over."""

    name: str
    number: str = ""
    copies: int = 1


class Remedies(Part):
    """Where the applicant may turn to, and how long. Days and months are data, the city may set others.

    (行政复议法 art 20: 60 days; 行政诉讼法 art 46: six months; the sentence itself is in typst/words.json.)
    Empty bodies are printed as 本级人民政府 and 有管辖权的人民法院.
    """

    reconsider_at: str = ""
    reconsider_days: int = 60
    sue_at: str = ""
    sue_months: int = 6
