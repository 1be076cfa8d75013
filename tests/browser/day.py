"""A day comes for the site that the browser tests walk through: the task of every minute, as of that instant.

Run as a program, because the site has another database than the tests: `python -m tests.browser.day 2026-12-01T00:01`.
"""

from __future__ import annotations

import sys
from datetime import datetime


def main() -> None:
    import django

    django.setup()
    from yimen.catalog.tasks.effect import put_into_effect

    put_into_effect(at=datetime.fromisoformat(sys.argv[1]))


if __name__ == "__main__":
    main()
