"""The law's tests need nothing but the law: no Django, no database, no clock of the machine."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# A loaded machine is slow, not wrong: no property of the law is about milliseconds.
settings.register_profile("law", deadline=None)
settings.load_profile("law")

VECTORS = Path(__file__).parent.parent / "vectors"


@pytest.fixture(scope="session")
def vectors() -> Callable[[str], Any]:
    """Reads a file of shared vectors by name."""
    return lambda name: json.loads((VECTORS / f"{name}.json").read_text("utf-8"))
