"""Tables of the licence library."""

from yimen.vault.models.batches import Batch, BatchBundle, BatchEntry, BatchReject, BatchSample, ColumnMapping
from yimen.vault.models.kinds import KindLayout, LicenceKind
from yimen.vault.models.licences import Licence
from yimen.vault.models.lives import LicenceFile, LicenceHolder, RelatedLicence, Restoration, Suspension, TrustMove
from yimen.vault.models.presenting import Freeze, PresentingCode
from yimen.vault.models.uses import DayOfChecks, ExpiryNotice, LicenceUse

__all__ = [
    "Batch",
    "BatchBundle",
    "BatchEntry",
    "BatchReject",
    "BatchSample",
    "ColumnMapping",
    "DayOfChecks",
    "ExpiryNotice",
    "Freeze",
    "KindLayout",
    "Licence",
    "LicenceFile",
    "LicenceHolder",
    "LicenceKind",
    "LicenceUse",
    "PresentingCode",
    "RelatedLicence",
    "Restoration",
    "Suspension",
    "TrustMove",
]
