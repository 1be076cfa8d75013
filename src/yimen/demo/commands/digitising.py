"""A batch of old licences, checked, waiting for a second person to compare the sample."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

from yimen.city import queries as places
from yimen.demo.commands.walks import Hands
from yimen.law.identifiers import mod_11_2
from yimen.vault import queries as licences
from yimen.vault.commands import importing
from yimen.vault.queries.importing import batches_seen

KIND, BODY, ROWS = "nurse_licence", "441400-WJ", 24
HEADS = ("证书编号", "姓名", "身份证号", "执业机构", "发证日期", "有效期至", "发证机关")
NAMES = ("李秀英", "钟国强", "古丽", "欧阳芳", "张伟", "刘静")


def digitise(*, at: datetime) -> None:
    """Loaded by the clerk; what the city's catalogue doesn't have is left out. Two rows are refused, as happens."""
    kind = licences.kind_named(KIND)
    body = places.agencies().filter(code=BODY).first()
    if kind is None or body is None:
        return
    begun = at - timedelta(hours=2)
    by = Hands(begun).clerk
    batch = importing.begin_batch(
        kind, agency=body, table=io.BytesIO(_table(body.name)), name="护士执业证书 2021.csv", by=by, at=begun
    )
    batch = importing.map_columns(batch, mapping=batch.mapping, required=["valid_to"], by=by, at=begun)
    importing.read_batch(batches_seen(by).get(pk=batch.pk), by=by, clock=lambda: begun)


def _table(issuer: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for turn in range(ROWS):
        # Nobody alive: born before 1910.
        body = f"441402{date(1901, 2, 3) + timedelta(days=turn * 40):%Y%m%d}{turn * 7 + 100:03d}"
        day = "2021-02-30" if turn == 5 else "2021-06-01"
        name = "" if turn == 11 else NAMES[turn % len(NAMES)]
        writer.writerow(
            (f"2021441400{turn:04d}", name, body + mod_11_2(body), "岭东市人民医院", day, "2031-05-31", issuer)
        )
    return text.getvalue().encode()
