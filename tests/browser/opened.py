"""What people wrote in the site that the browser tests walk through, opened: answers, usual information, licences.

It is kept sealed, so that the tables themselves don't show it. Run as a program, because the site has another database
than the tests: `python -m tests.browser.opened` prints one JSON value per line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

WRITTEN = ("answers", "profile", "fields", "holder_name")


def written(surroundings: dict[str, str]) -> str:
    """Everything that people of this site wrote: one JSON value per line."""
    program = [sys.executable, "-m", "tests.browser.opened"]
    return subprocess.run(program, env=os.environ | surroundings, check=True, stdout=subprocess.PIPE).stdout.decode()


def main() -> None:
    import django

    django.setup()
    from django.apps import apps

    from yimen.kit.fields import SealedText

    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedText) and field.name in WRITTEN:
                for value in model._default_manager.values_list(field.name, flat=True):
                    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
