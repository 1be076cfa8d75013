"""Forms of the catalogue's desk."""

from yimen.catalog.forms.approving import ApproveForm, BackForm, DiscardForm, MeasureForm, SubmitForm, TakeOnForm
from yimen.catalog.forms.beginning import NewItemForm, proposed

__all__ = [
    "ApproveForm",
    "BackForm",
    "DiscardForm",
    "MeasureForm",
    "NewItemForm",
    "SubmitForm",
    "TakeOnForm",
    "proposed",
]
