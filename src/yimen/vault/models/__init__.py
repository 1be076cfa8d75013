"""Tables of the licence library."""

from yimen.vault.models.kinds import LicenceKind
from yimen.vault.models.licences import Licence

__all__ = ["Licence", "LicenceKind"]
