"""Tables of the licence library."""

from yimen.vault.models.kinds import LicenceKind
from yimen.vault.models.licences import Licence
from yimen.vault.models.presenting import Freeze, PresentingCode
from yimen.vault.models.uses import DayOfChecks, ExpiryNotice, LicenceUse

__all__ = ["DayOfChecks", "ExpiryNotice", "Freeze", "Licence", "LicenceKind", "LicenceUse", "PresentingCode"]
