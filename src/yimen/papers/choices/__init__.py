"""Which papers there are, and which facts each must carry.

Callers build the facts class of the paper; a missing or unknown fact is refused at once, also by the type checker.
"""

from __future__ import annotations

from yimen.papers.choices.facts import (
    TERMINATIONS,
    AcceptanceFacts,
    DeliveryFacts,
    DenialFacts,
    ExtensionFacts,
    Facts,
    GrantFacts,
    NotNeededFacts,
    ReceiptFacts,
    RefusalFacts,
    SpecialFacts,
    SupplementFacts,
    TerminationFacts,
)
from yimen.papers.choices.kinds import LABELS, TEMPLATE_VERSION, TEMPLATES, WORDS, Kind
from yimen.papers.choices.licences import GEOMETRY, Entry, Form, Geometry, LicenceFacts
from yimen.papers.choices.parts import Delivered, Instant, Material, Part, Remedies, Wanting
from yimen.papers.choices.promises import (
    CommitmentFacts,
    Promised,
    RevocationFacts,
    ToleranceFacts,
    ToleranceNoticeFacts,
)

__all__ = [
    "GEOMETRY",
    "LABELS",
    "TEMPLATES",
    "TEMPLATE_VERSION",
    "TERMINATIONS",
    "WORDS",
    "AcceptanceFacts",
    "CommitmentFacts",
    "Delivered",
    "DeliveryFacts",
    "DenialFacts",
    "Entry",
    "ExtensionFacts",
    "Facts",
    "Form",
    "Geometry",
    "GrantFacts",
    "Instant",
    "Kind",
    "LicenceFacts",
    "Material",
    "NotNeededFacts",
    "Part",
    "Promised",
    "ReceiptFacts",
    "RefusalFacts",
    "Remedies",
    "RevocationFacts",
    "SpecialFacts",
    "SupplementFacts",
    "TerminationFacts",
    "ToleranceFacts",
    "ToleranceNoticeFacts",
    "Wanting",
]
