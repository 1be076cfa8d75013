"""Every test here happens in the small town."""

from __future__ import annotations

import pytest

from tests.builders import walk


@pytest.fixture
def town(db: None) -> walk.Town:
    return walk.town()
