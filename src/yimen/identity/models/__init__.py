"""Tables of the registers of people: subjects, accounts, mandates; merges, corrections, reports about looks, copies."""

from yimen.identity.models.corrections import Correction, CorrectionProof, CorrectionSet
from yimen.identity.models.looking import CopyPart, DataCopy, LookReport, LookReportSet
from yimen.identity.models.merging import Merge, MergeSet
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
    "CorrectionSet",
    "DataCopy",
    "Failure",
    "Holding",
    "HoldingSet",
    "LookReport",
    "LookReportSet",
    "Mandate",
    "MandateSet",
    "Merge",
    "MergeSet",
    "Subject",
    "User",
    "UserManager",
]
