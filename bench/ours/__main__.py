"""The program that answers the bench from inside the house's own Django: `python -m bench.ours`."""

from __future__ import annotations

import django

from bench.worker import serve


def main() -> None:
    django.setup()
    from bench.ours import bulk, checking, clockwork, finding, importing, licences, resolving, town, uploading, walks

    def build() -> None:
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        town.build()

    serve(
        build,
        town.doorway,
        bulk.fill,
        bulk.counts,
        bulk.samples,
        clockwork.sweep,
        clockwork.recompute,
        walks.submissions,
        walks.steps,
        walks.statements,
        walks.told,
        finding.stock,
        finding.unseen,
        finding.indexed,
        finding.quality,
        finding.quality_by_words,
        finding.packages_found,
        finding.asked,
        checking.checked,
        licences.licences,
        licences.checks,
        licences.signatures,
        licences.machine,
        licences.presented,
        importing.digitised_before,
        importing.digitised,
        uploading.uploaded,
        uploading.released,
        resolving.resolved,
        resolving.resolved_for_somebody,
    )


if __name__ == "__main__":
    main()
