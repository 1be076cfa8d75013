"""Tables of the registers of people: subjects, accounts, mandates; merges, corrections, reports about looks, copies."""

from yimen.identity.models.corrections import Correction, CorrectionProof
from yimen.identity.models.looking import CopyPart, DataCopy, LookReport
from yimen.identity.models.merging import Merge
from yimen.identity.models.people import (
    ApiToken,
    Failure,
    Holding,
    HoldingSet,
    Mandate,
    MandateSet,
    Subject,
    User,
    UserManager,
)

__all__ = [
    "ApiToken",
    "CopyPart",
    "Correction",
    "CorrectionProof",
    "DataCopy",
    "Failure",
    "Holding",
    "HoldingSet",
    "LookReport",
    "Mandate",
    "MandateSet",
    "Merge",
    "Subject",
    "User",
    "UserManager",
]
