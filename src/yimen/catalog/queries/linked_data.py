"""The guide for search engines and assistants: schema.org/GovernmentService as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yimen.catalog.models import Edition
from yimen.catalog.queries.details import Details
from yimen.catalog.queries.guide import Guide

_UNSAFE = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def linked_data(edition: Edition, guide: Guide, details: Details, address: str) -> dict[str, Any]:
    """What is known, as schema.org names it. Working days are said in words: its durations know only natural ones."""
    document = edition.doc
    known: dict[str, Any] = _filled(
        {
            "@context": "https://schema.org",
            "@type": "GovernmentService",
            "@id": address,
            "url": address,
            "name": guide.name,
            "alternateName": list(document.everyday_words),
            "description": description(guide),
            "identifier": document.codes.implementation or guide.code,
            "serviceType": guide.kind,
            "category": list(guide.themes),
            "inLanguage": get_language() or "zh-hans",
            "areaServed": {"@type": "AdministrativeArea", "name": guide.office.division},
            "audience": [{"@type": "Audience", "audienceType": each} for each in guide.subjects],
            "provider": _provider(guide, details),
            "availableChannel": _channels(document.online_depth, details, address),
            "serviceOutput": [_output(result.kind, result.name) for result in guide.results],
            "offers": _offer(document.fee.charged, document.fee.amount_cents, guide.fee),
            "termsOfService": "\n".join(guide.conditions),
            "subjectOf": _questions(guide),
        }
    )
    return known


def description(guide: Guide) -> str:
    """The five answers in one sentence."""
    facts = {
        "office": guide.office.name, "promised": guide.promised, "visits": guide.visits_words, "fee": guide.fee,
    }  # fmt: skip
    return _("%(office)s办理。%(promised)s，%(visits)s，%(fee)s。") % facts


def script(data: Mapping[str, Any]) -> SafeString:
    """As the content of a script element: nothing in it can end the element or be markup."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_UNSAFE))


def _provider(guide: Guide, details: Details) -> dict[str, Any]:
    office = guide.office
    return {
        "@type": "GovernmentOrganization",
        "name": office.name,
        "telephone": details.ask,
        "address": _address(office.address) if office.address else None,
    }


def _channels(depth: str, details: Details, address: str) -> list[dict[str, Any]]:
    online = {"@type": "ServiceChannel", "name": _("网上办理"), "serviceUrl": f"{address}apply/"}
    places = [
        {
            "@type": "ServiceChannel",
            "name": _("窗口办理"),
            "serviceLocation": {
                "@type": "Place",
                "name": place.name,
                "address": _address(place.address),
                "telephone": place.phone,
                "description": place.hours,
            },
        }
        for place in details.places
    ]
    return ([online] if depth in ("三级", "四级") else []) + places


def _address(words: str) -> dict[str, Any]:
    return {"@type": "PostalAddress", "addressCountry": "CN", "streetAddress": words}


def _output(kind: str, name: str) -> dict[str, Any]:
    return {"@type": "Permit" if kind == "证照" else "DigitalDocument" if kind == "批文" else "Thing", "name": name}


def _offer(charged: bool, cents: int | None, words: str) -> dict[str, Any]:
    price = "0" if not charged else f"{cents / 100:.2f}" if cents else None
    return {"@type": "Offer", "price": price, "priceCurrency": "CNY", "description": words}


def _questions(guide: Guide) -> dict[str, Any] | None:
    if not guide.faq:
        return None
    entries = [
        {"@type": "Question", "name": each.q, "acceptedAnswer": {"@type": "Answer", "text": each.a}}
        for each in guide.faq
    ]
    return {"@type": "FAQPage", "mainEntity": entries}


def _filled(value: Any) -> Any:
    """Without what isn't known, all the way down."""
    if isinstance(value, dict):
        kept = {key: _filled(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in (None, "", [], {})}
    return [_filled(each) for each in value] if isinstance(value, list) else value
