"""`yimen import-licences KIND AGENCY TABLE --by NAME`: load a body's old licences at the console. docs/import.md"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yimen.city.queries import agency
from yimen.identity.queries import account, actor_for
from yimen.kit.actor import Actor
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.time import now
from yimen.vault.choices.batches import BatchState
from yimen.vault.commands import importing
from yimen.vault.models import Batch
from yimen.vault.queries import kind_named
from yimen.vault.queries.importing import batches_seen, mapping, one_batch, progress, rate

EVERY = timedelta(seconds=2)


class Command(BaseCommand):
    help = "Load old licences from a CSV or XLSX file with a folder or zip of scans; a second person then compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", nargs="?", help="code of the kind of licence")
        parser.add_argument("agency", nargs="?", help="code of the issuing body")
        parser.add_argument("table", nargs="?", type=Path, help="CSV or XLSX, column heads in the first row")
        parser.add_argument("--by", required=True, help="account that loads: staff of the body, or an administrator")
        parser.add_argument("--scans", type=Path, help="a folder of scans, or a zip of them")
        parser.add_argument("--column", action="append", default=[], metavar="WHAT=HEAD", help="put a guess right")
        parser.add_argument("--former-name", action="append", default=[], help="also stands as the issuing body")
        parser.add_argument("--mask", default="", help="how numbers look: 9 digit, A letter, N either")
        parser.add_argument("--guess", action="store_true", help="only say which column would hold what")
        parser.add_argument("--resume", type=int, metavar="BATCH", help="go on with a batch that was interrupted")

    def handle(self, *args: Any, **options: Any) -> None:
        by = actor_for(account(options["by"]), now())
        try:
            batch = one_batch(options["resume"], by) if options["resume"] else self._begun(options, by)
            if batch is not None:
                self._read(batch, by)
        except Invalid as wrong:
            raise CommandError("；".join(str(each["message"]) for each in wrong.errors)) from wrong
        except Refusal as refused:
            raise CommandError(refused.detail) from refused

    def _begun(self, options: dict[str, Any], by: Actor) -> Batch | None:
        kind = kind_named(options["kind"] or "")
        if kind is None or not options["agency"] or options["table"] is None:
            raise CommandError("请写明证照种类、发证机关代码和表格文件；种类代码见工作台“证照种类”。")
        scans: Path | None = options["scans"]
        folder = str(scans.resolve()) if scans and scans.is_dir() else ""
        with ExitStack() as stack:
            table = stack.enter_context(options["table"].open("rb"))
            archive = stack.enter_context(scans.open("rb")) if scans and not folder else None
            batch = importing.begin_batch(
                kind, agency=agency(options["agency"]), table=table, name=options["table"].name, scans=archive,
                scans_name=scans.name if scans else "", folder=folder, by=by, at=now(),
            )  # fmt: skip
        chosen = {**batch.mapping, **_chosen(batch, options["column"])}
        for target in mapping.targets(kind):
            head = batch.heads[chosen[target.key]] if target.key in chosen else "—"
            self.stdout.write(f"{target.label}（{target.key}）：{head}")
        if options["guess"]:
            importing.drop_batch(batch, by=by, at=now())
            return None
        saved = mapping.saved_mapping(kind)
        return importing.map_columns(
            batch, mapping=chosen, required=mapping.required_now(batch), by=by, at=now(),
            issuers=options["former_name"] or (saved.issuers if saved else []),
            mask=options["mask"] or (saved.mask if saved else ""),
        )  # fmt: skip

    def _read(self, batch: Batch, by: Actor) -> None:
        if batch.state == BatchState.FAILED:
            importing.resume_batch(batch, by=by, at=now())
        importing.read_batch(batch, by=by, clock=self._told(batch, by))
        batch = one_batch(batch.pk, by)
        self.stdout.write(f"第 {batch.pk} 批：合格 {batch.good:,} 行，退回 {batch.bad:,} 行（{batch.state.label}）")
        if batch.refused:
            self.stderr.write(batch.refused)
            sys.exit(1)
        self.stdout.write("由本单位另一位工作人员在工作台“历史证照导入”里抽检，通过后入库。")

    def _told(self, batch: Batch, by: Actor) -> Any:
        """The clock of the work, which also says how far it is."""
        last = now()

        def clock() -> datetime:
            nonlocal last
            at = now()
            if at - last >= EVERY:
                last, fresh = at, batches_seen(by).get(pk=batch.pk)
                done, total = progress(fresh)
                self.stdout.write(f"{done:,} / {total:,} 行，每秒 {rate(fresh):,.0f} 行")
            return at

        return clock


def _chosen(batch: Batch, given: list[str]) -> dict[str, int]:
    """Columns named by their heads. Raises CommandError."""
    chosen = {}
    for each in given:
        what, _sign, head = each.partition("=")
        if head not in batch.heads:
            raise CommandError("表格里没有这一列：" + head)
        chosen[what] = batch.heads.index(head)
    return chosen
