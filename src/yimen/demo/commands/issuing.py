"""The issuing agency's desk as a visitor should find it: a renewal waits for its signature, two kinds have looks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from yimen.demo.commands.walks import Hands
from yimen.kit.actor import Actor
from yimen.papers.choices import Form
from yimen.vault import commands as vault
from yimen.vault import queries as licences
from yimen.vault.choices import VersionKind

if TYPE_CHECKING:
    from yimen.demo.commands.city import Founded

RENEWED = "food_business_licence"
LOOKS = {"social_security_card": (Form.CARD, True), "marriage_certificate": (Form.BOOKLET, True)}


def issue_licences(city: Founded, *, at: datetime) -> None:
    """By the verbs that everybody uses; what this city's catalogue doesn't have is left out."""
    for code, (form, photo) in LOOKS.items():
        kind = licences.kind_named(code)
        if kind is not None:
            layout = licences.derived_layout(kind).model_copy(update={"form": form, "photo": photo})
            vault.set_layout(kind, layout, by=Actor.system(), at=at - timedelta(days=300))
    held = licences.valid_of(city.firm.pk, RENEWED, at)
    if held is not None and held.agency is not None:
        vault.draw_up(
            held.kind, holder=city.firm, fields=held.fields, agency=held.agency, case=held.case, number=held.number,
            replaces=held, made_as=VersionKind.CHANGED, by=Hands(at - timedelta(hours=3)).clerk,
            at=at - timedelta(hours=3),
        )  # fmt: skip
