"""Forms of the catalogue's desk."""

from yimen.catalog.forms.approving import (
    ApproveForm,
    BackForm,
    DiscardForm,
    MeasureForm,
    SubmitForm,
    TakeOnForm,
)
from yimen.catalog.forms.beginning import NewItemForm, proposed
from yimen.catalog.forms.package import EndPackageForm

__all__ = [
    "ApproveForm",
    "BackForm",
    "DiscardForm",
    "EndPackageForm",
    "MeasureForm",
    "NewItemForm",
    "SubmitForm",
    "TakeOnForm",
    "proposed",
]
