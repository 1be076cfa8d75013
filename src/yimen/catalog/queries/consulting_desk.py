"""Consultations as their agency's desk sees them."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.catalog.choices import UNRELEASED
from yimen.catalog.choices.consulting import PROOF, ConsultationState, Proof
from yimen.catalog.models import Consultation, Edition, Item
from yimen.catalog.queries import consulting, lists
from yimen.kit.actor import Actor
from yimen.ui.words import plain_date

TONES = {
    ConsultationState.UPCOMING: ("neutral", "calendar"),
    ConsultationState.OPEN: ("info", "speakerphone"),
    ConsultationState.WAITING: ("warn", "clock"),
    ConsultationState.CONCLUDED: ("good", "check"),
}
NOT_HEARD = "尚未征求意见"
MANY = 100


def face(found: Consultation, today: date) -> dict[str, str]:
    """Where it stands, as a badge."""
    state = consulting.state_of(found, today)
    tone, icon = TONES[state]
    return {"tone": tone, "icon": icon, "word": str(state.label)}


def lines(found: list[Consultation], today: date) -> list[dict[str, Any]]:
    """Consultations in a table."""
    return [
        {
            "title": each.title,
            "proof": each.material_name,
            "item": each.item.name,
            "agency": each.item.agency.name,
            "opens_on": each.opens_on,
            "closes_on": each.closes_on,
            "said": each.said,  # type: ignore[attr-defined]  # counted by the query
            "state": face(each, today),
            "outcome": each.get_outcome_display() if each.outcome else "",
            "url": reverse("catalog:consultation", args=[each.pk]),
        }
        for each in found
    ]


def columns() -> list[dict[str, Any]]:
    """The heads of that table."""
    return [
        {"key": "title", "label": _("征求意见"), "kind": "link", "wide": True},
        {"key": "item", "label": _("事项"), "kind": "text"},
        {"key": "state", "label": _("进展"), "kind": "badge"},
        {"key": "opens_on", "label": _("开始"), "kind": "date"},
        {"key": "closes_on", "label": _("截止"), "kind": "date"},
        {"key": "said", "label": _("意见"), "kind": "number"},
        {"key": "outcome", "label": _("结果"), "kind": "text"},
    ]


def unheard(actor: Actor, asked: str) -> list[dict[str, Any]]:
    """Proofs of this desk's agencies about which the public was not heard: drafts first, then what is in force."""
    running = set(
        Consultation.objects.filter(concluded_at__isnull=True).values_list("item__slug", "material_name").iterator()
    )
    found = {(line["slug"], line["proof"]): line for line in [*_current(actor), *_drafts(actor)]}
    shown = [
        line | {"url": f"{reverse('catalog:consult_new', args=[slug])}?{urlencode({'proof': proof})}"}
        for (slug, proof), line in found.items()
        if (slug, proof) not in running and (not asked or asked in line["item"] or asked in proof)
    ]
    return sorted(shown, key=lambda line: (not line["draft"], line["item"], line["proof"]))[:MANY]


def _current(actor: Actor) -> list[dict[str, Any]]:
    places = {column.key: place for place, column in enumerate(lists.LISTS["kept-proofs"].columns)}
    codes = _agency_codes(actor)
    return [
        {
            "slug": row.slug, "proof": row.values[places["proof"]], "item": row.values[places["name"]],
            "agency": row.agency_name, "basis": row.values[places["basis"]], "draft": False, "where": _("现行版本"),
        }
        for row in lists.current_rows("kept-proofs")
        if row.agency in codes and row.values[places["heard"]] == NOT_HEARD
    ]  # fmt: skip


def _agency_codes(actor: Actor) -> set[str]:
    rows = Item.objects.filter(agency__in=list(actor.agencies)).order_by().values_list("agency__code", flat=True)
    return set(rows.distinct())


def _drafts(actor: Actor) -> list[dict[str, Any]]:
    rows = Edition.objects.filter(state__in=UNRELEASED, item__agency__in=list(actor.agencies))
    found = []
    for edition in rows.select_related("item__agency"):
        heard = consulting.outcomes(edition.item)
        for each in edition.document.get("materials") or ():
            proof = Proof.of(each)
            if each.get("kind") == PROOF and proof.name and (proof.name, consulting.plain(proof.basis)) not in heard:
                found.append({
                    "slug": edition.item.slug, "proof": proof.name, "item": edition.item.name,
                    "agency": edition.item.agency.name, "basis": proof.basis, "draft": True,
                    "where": edition.get_state_display(),
                })  # fmt: skip
    return found


def tabs(rows: Any, state: str, asked: str, today: date) -> list[dict[str, Any]]:
    """The states with how many stand in each; all of them first."""
    counts = consulting.counts_by_state(rows, today)
    every = [("", _("全部"), sum(counts.values()))]
    every += [(value, str(label), counts[value]) for value, label in ConsultationState.choices]
    return [
        {"label": label, "count": count, "current": value == state, "url": _link(state=value, q=asked)}
        for value, label, count in every
    ]


def _link(**given: str) -> str:
    kept = {name: value for name, value in given.items() if value}
    return reverse("catalog:consultations") + (f"?{urlencode(kept)}" if kept else "")


def facts(found: Consultation) -> list[dict[str, Any]]:
    """What a consultation is about."""
    hearing = f"{plain_date(found.hearing_on)}，{found.hearing_place}" if found.hearing_on else ""
    pairs = [
        (_("证明"), found.material_name),
        (_("事项"), found.item.name),
        (_("实施主体"), found.item.agency.name),
        (_("依据"), found.basis or _("没有写明依据")),
        (_("期限"), f"{plain_date(found.opens_on)} — {plain_date(found.closes_on)}"),
        (_("理由"), found.reason),
        (_("听证会"), hearing),
        (_("听证情况"), found.hearing_record),
        (_("处理结果"), str(found.get_outcome_display()) if found.outcome else ""),
        (_("处理理由"), found.outcome_reason),
        (_("对意见的答复"), found.answer),
    ]
    return [{"label": label, "value": value} for label, value in pairs if value]


def verbs(found: Consultation, today: date) -> list[dict[str, Any]]:
    """What can be done, and why the rest can't."""
    state = consulting.state_of(found, today)
    begun = "" if state == ConsultationState.UPCOMING else _("已经开始，内容不能再改。")
    running = _("截止后才能办结。") if state in (ConsultationState.UPCOMING, ConsultationState.OPEN) else ""
    over = _("已经办结。") if state == ConsultationState.CONCLUDED else ""
    told = [
        ("consult_conclude", _("答复并办结"), running or over, "primary"),
        ("consult_hearing", _("登记听证会"), over, "secondary"),
        ("consult_change", _("修改"), begun, "secondary"),
        ("consult_withdraw", _("撤下"), begun, "secondary"),
    ]
    return [
        {
            "label": label,
            "url": reverse(f"catalog:{name}", args=[found.pk]),
            "allowed": not reason,
            "reason": reason,
            "variant": variant,
        }
        for name, label, reason, variant in told
    ]


def voices(found: Consultation, after: str | None) -> dict[str, Any]:
    """A page of what was said. after: the number of the last one seen."""
    start = int(after) if after and after.isascii() and after.isdecimal() and len(after) < 7 else 0
    said = consulting.comments_of(found, after=start, size=MANY + 1)
    return {"items": said[:MANY], "next": str(start + MANY) if len(said) > MANY else None}
