"""A licence as a card on a screen, and as the facts of its printed face."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from yimen.kit.time import day_of
from yimen.law.masking import mask_number
from yimen.papers.choices import Entry, LicenceFacts
from yimen.vault.choices import FieldType, HolderKind, KindField, LayoutDocument, State, Trust
from yimen.vault.models import Licence, LicenceHolder, LicenceKind
from yimen.vault.queries.comparing import ONLY_HERE, SAME, compared_words
from yimen.vault.queries.kinds import layout_of
from yimen.vault.queries.licences import facts, verify_address, words_of

# The states that the shell's licence card knows.
LOOKS = {
    State.SIGNED: "valid",
    State.SUSPENDED: "suspended",
    State.EXPIRED: "expired",
    State.REVOKED: "ended",
    State.SUPERSEDED: "ended",
}
# What a card says already, and what says too much on a card that lies open on a phone.
NOT_ON_CARDS = {"certificate_no", "issue_date", "valid_from", "valid_to", "issuer", "holder_name", "name", "id_number"}
FACTS_ON_CARD = 2
PERSONS_NUMBERS = {"id_number"}
SHORT = 24
# The length from which a value takes a whole row.
WIDE = 14


def card(licence: Licence, at: datetime) -> dict[str, Any]:
    """For `licence_card`. A person's number is masked: cards are seen over shoulders."""
    told = [fact for key, fact in zip(licence.fields, facts(licence), strict=True) if key not in NOT_ON_CARDS]
    short = [{"label": fact.label, "value": fact.value} for fact in told if len(fact.value) <= SHORT]
    return {
        "kind": licence.agency.short if licence.agency else licence.outside,
        "title": licence.kind.name,
        "number": shown_number(licence),
        "holder": licence.holder_name,
        "issuer": licence.issuer,
        "issued": day_of(licence.issued_at) if licence.issued_at else None,
        "expires": licence.valid_to,
        "state": _look(licence, at),
        "url": reverse("vault:licence", args=[licence.pk]),
        "facts": short[:FACTS_ON_CARD],
    }


def _look(licence: Licence, at: datetime) -> str:
    found = LOOKS[licence.state_on(day_of(at))]
    return "unseen" if found == "valid" and licence.trust == Trust.C else found


def shown_facts(licence: Licence) -> list[dict[str, str]]:
    """What stands on it, for its holder's screen; the number of a person is masked there too, the PDF has it whole."""
    return [
        {"label": fact.label, "value": mask_number(fact.value) if key in PERSONS_NUMBERS else fact.value}
        for key, fact in zip(licence.fields, facts(licence), strict=True)
    ]


def shown_number(licence: Licence) -> str:
    """The number of a natural person's licence masked, any other as it is."""
    return mask_number(licence.number) if licence.kind.holder_kind == HolderKind.NATURAL else licence.number


def paper(licence: Licence) -> LicenceFacts:
    """What is printed on it, in the layout that it was signed under; of level B, that it was compared.

    Only what its agency signed (A) bears its seal.
    """
    compared = compared_words(licence)
    layout = layout_of(licence.kind, licence.layout)
    own_name = {"name"} if licence.fields.get("name") == licence.holder_name else set()
    printed = [field for field in layout.entries if field.key in licence.fields and field.key not in own_name]
    return LicenceFacts(
        title=layout.title or licence.kind.name,
        number=licence.number,
        identifier=licence.identifier or "",
        holder=held_words(licence),
        issuer=licence.issuer,
        issued_on=day_of(licence.issued_at or licence.drawn_at),
        entries=[_entry(field, licence, layout) for field in printed],
        verify_url=verify_address(licence),
        verify_code=licence.token,
        valid_from=licence.valid_from,
        valid_to=licence.valid_to,
        form=layout.form,
        photo=layout.photo,
        note="　".join(filter(None, (layout.note, compared))),
        copy_note=f"{SAME}　{ONLY_HERE}" if compared else "",
        drawn_seal=licence.trust == Trust.A,
    )


def sample_paper(kind: LicenceKind, layout: LayoutDocument, day: date) -> LicenceFacts:
    """A face with invented values, so that a layout can be judged before anything is signed in it."""
    entries = [
        Entry(label=field.label, value=SAMPLES.get(field.type, "示例内容"), wide=field.key in layout.wide)
        for field in layout.entries
    ]
    return LicenceFacts(
        title=layout.title or kind.name,
        number="样张 0000000000",
        identifier="1.2.156.3005.2（样张，没有标识）",
        holder="示例持证主体",
        issuer=f"{settings.YIMEN_CITY_NAME}示例机关",
        issued_on=day,
        entries=entries,
        verify_url=f"{settings.YIMEN_ADDRESS}/check-licence/",
        verify_code="SAMPLE",
        valid_from=day,
        form=layout.form,
        photo=layout.photo,
        note=layout.note,
        copy_note="样张",
        sample=True,
    )


SAMPLES = {
    FieldType.LONG: "示例内容较长，写经营范围、服务项目等，一行写不下时自动换行，不会盖住别的内容。",
    FieldType.DATE: "2026年3月9日",
    FieldType.NUMBER: "120",
    FieldType.MONEY: "1000000",
    FieldType.CITIZEN_ID: "公民身份号码",
    FieldType.USCC: "统一社会信用代码",
    FieldType.ADDRESS: "示例市示例区示例路1号",
}


def held_words(licence: Licence) -> str:
    """Whoever holds it; several with their shares."""
    if not licence.holders_digest:
        return str(licence.holder_name)
    rows = LicenceHolder.objects.filter(licence=licence)
    return "、".join(f"{row.name}（{row.share}）" if row.share else row.name for row in rows)


def _entry(field: KindField, licence: Licence, layout: LayoutDocument) -> Entry:
    value = words_of(licence.fields[field.key])
    return Entry(label=field.label, value=value, wide=field.key in layout.wide or len(value) > WIDE)
