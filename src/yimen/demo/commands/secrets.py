"""The password of the demonstration accounts: made for each installation, so that none is known beforehand."""

from __future__ import annotations

import os

from django.conf import settings

from yimen.kit.keys import key_file


def demo_password() -> str:
    """From YIMEN_DEMO_PASSWORD, or made at first use and kept among the keys."""
    given = os.environ.get("YIMEN_DEMO_PASSWORD", "")
    return given or f"yimen-{key_file(settings.YIMEN_KEYS / 'demo', 4).hex()}"
