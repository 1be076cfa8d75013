"""Old licences by the batch: a table of many rows on its way into the library, and the same rows by bare COPY."""

from __future__ import annotations

import csv
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.db import connection

from yimen.city import commands as city
from yimen.city import queries as places
from yimen.city.choices import Reach
from yimen.identity import commands as people
from yimen.identity import queries as accounts
from yimen.kit.actor import Actor
from yimen.kit.time import now
from yimen.law.checkdigits import mod_11_2
from yimen.vault.commands import importing
from yimen.vault.models import Batch
from yimen.vault.queries import kind_named

HEADS = ("证书编号", "姓名", "公民身份号码", "执业机构", "发证日期", "有效期至", "发证机关")
KIND = "nurse_licence"
# In the order in which keys point to each other; the condition says which rows the import made.
TABLES = (
    ("files_content", "sha256 IN (SELECT sha256 FROM files_storedfile WHERE id = (SELECT table_id FROM vault_batch WHERE id = {batch}))"),
    ("files_storedfile", "id = (SELECT table_id FROM vault_batch WHERE id = {batch})"),
    ("identity_subject", "id > {identity_subject}"),
    ("vault_batch", "id = {batch}"),
    ("vault_licence", "id > {vault_licence}"),
    ("vault_batchentry", "batch_id = {batch}"),
    ("vault_batchsample", "batch_id = {batch}"),
    ("ledger_entry", "id > {ledger_entry}"),
    ("ledger_head", "chain IN (SELECT chain FROM ledger_entry WHERE id > {ledger_entry} AND seq = 1)"),
)  # fmt: skip


def digitised_before() -> None:
    """What is there before the first old licence comes: two people of the body, its key, the columns of the kind."""
    settings.YIMEN_BATCH_SAMPLE = "1%,5,5,0%"
    agency = places.agencies().order_by("pk")[0]
    system = Actor.system()
    for name in ("loader", "sampler"):
        post = city.put_post(
            code=f"bench-{name}", name=name, duties=("clerk",), reach=Reach.AGENCY, agency=agency, by=system, at=now()
        )
        user = people.make_account(username=name, name=name, password="bench-bench-bench", by=system, at=now())
        people.assign_post(user, post, by=system, at=now())
    _imported(20, start=0)


def digitised(rows: int, folder: str) -> dict[str, Any]:
    """Seconds of each part, peak memory; the rows that came of it lie in the folder, as COPY writes them."""
    settings.YIMEN_BATCH_SAMPLE = "1%,5,5,0%"
    before = {table: _last(table) for table in ("identity_subject", "vault_licence", "ledger_entry")}
    figures, batch = _imported(rows, start=1_000)
    figures["rss_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with connection.cursor() as cursor:
        for table, which in TABLES:
            condition = which.format(batch=batch.pk, **before)
            with (
                (Path(folder) / table).open("wb") as file,
                cursor.copy(f"COPY (SELECT * FROM {table} WHERE {condition}) TO STDOUT (FORMAT BINARY)") as copy,
            ):
                for piece in copy:
                    file.write(piece)
    figures["licences"] = batch.entered
    return figures


def _imported(rows: int, start: int) -> tuple[dict[str, Any], Batch]:
    loader, sampler = (accounts.actor_for(accounts.account(name), now()) for name in ("loader", "sampler"))
    agency, kind = places.agencies().order_by("pk")[0], kind_named(KIND)
    assert kind is not None
    figures: dict[str, Any] = {}
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(HEADS)
        writer.writerows(_rows(rows, start, agency.name))
        text.flush()
        table = cast("BinaryIO", text.buffer)
        figures["mib"] = table.seek(0, 2) / 2**20
        table.seek(0)
        figures["taken_s"], batch = _timed(
            lambda: importing.begin_batch(
                kind, agency=agency, table=table, name="bench.csv", by=loader, at=now()
            )
        )  # fmt: skip
    importing.map_columns(batch, mapping=batch.mapping, required=[], by=loader, at=now())
    figures["checked_s"], _done = _timed(lambda: importing.read_batch(_fresh(batch), by=loader, clock=now))
    batch = importing.draw_sample(_fresh(batch), by=sampler, at=now())
    for place in range(1, batch.sample_size + 1):
        importing.judge_row(batch, place=place, right=True, note="", by=sampler, at=now())
    importing.conclude(batch, by=sampler, at=now())
    figures["entered_s"], _done = _timed(lambda: importing.enter_batch(_fresh(batch), by=sampler, clock=now))
    batch = _fresh(batch)
    if batch.entered != rows:
        raise RuntimeError(f"{batch.entered} of {rows}: {batch.state} {batch.refused}")
    return figures, batch


def _rows(count: int, start: int, issuer: str) -> Iterator[tuple[str, ...]]:
    first = date(1900, 1, 1)
    for number in range(start, start + count):
        body = f"441402{first + timedelta(days=number // 900):%Y%m%d}{number % 900:03d}"
        issued = date(2010, 1, 1) + timedelta(days=number % 4000)
        until = issued + timedelta(days=5 * 365)
        yield (
            f"B{number:09d}", f"护士{number}", body + mod_11_2(body), f"岭东市第{number % 500}社区卫生服务中心",
            issued.isoformat(), until.isoformat(), issuer,
        )  # fmt: skip


def _last(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
        (last,) = cursor.fetchone()
    return int(last)


def _fresh(batch: Batch) -> Batch:
    return Batch.objects.select_related("kind", "agency", "table", "scans").get(pk=batch.pk)


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    done = act()
    return time.perf_counter() - begun, done
