"""The program that answers the bench from inside the house's own Django: `python -m bench.ours`."""

from __future__ import annotations

from collections.abc import Iterator

import django

from bench.worker import Handler, serve


def main() -> None:
    django.setup()
    serve(build, *_of_cases(), *_of_the_catalogue(), *_of_licences())


def build() -> None:
    """The demonstration city without its cases."""
    from django.core.management import call_command

    from bench.ours import town

    call_command("migrate", interactive=False, verbosity=0)
    town.build()


def _of_cases() -> Iterator[Handler]:
    from bench.ours import bulk, clockwork, town, walks

    yield town.doorway
    yield from (bulk.fill, bulk.counts, bulk.samples)
    yield from (clockwork.sweep, clockwork.recompute)
    yield from (walks.submissions, walks.steps, walks.statements, walks.told)


def _of_the_catalogue() -> Iterator[Handler]:
    from bench.ours import checking, finding, uploading

    yield from (finding.stock, finding.unseen, finding.indexed, finding.quality, finding.quality_by_words)
    yield from (finding.packages_found, finding.asked)
    yield checking.checked
    yield from (uploading.uploaded, uploading.released)


def _of_licences() -> Iterator[Handler]:
    """And of what meets a material."""
    from bench.ours import importing, licences, prefilling, resolving

    yield from (licences.licences, licences.checks, licences.signatures, licences.machine, licences.presented)
    yield from (importing.digitised_before, importing.digitised)
    yield from (resolving.resolved, resolving.resolved_for_somebody)
    yield prefilling.prefilled


if __name__ == "__main__":
    main()
