"""The forms of the portal's own pages."""

from __future__ import annotations

from yimen.portal.forms.due import DueForm
from yimen.portal.forms.mandate import MandateForm

__all__ = ["DueForm", "MandateForm"]
