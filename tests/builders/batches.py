"""Old licences as a body has them: a table, a zip of scans, a batch walked to where a test wants it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests.builders import city, identity
from tests.builders.city import AT, SYSTEM
from tests.rooms.files.samples import PDF, png
from yimen.city.models import Agency
from yimen.kit.actor import Actor
from yimen.vault.choices import KindDocument
from yimen.vault.commands import define_kind, importing
from yimen.vault.models import Batch, BatchEntry, Licence, LicenceKind
from yimen.vault.queries.importing import rejected

HEADS = ("许可证编号", "姓名", "身份证号", "工作单位", "发证日期", "有效期至", "发证机关", "扫描件")
KIND = {
    "code": "nurse_licence", "name": "护士执业证书", "issuing_department": "WJ", "holder_kind": "natural",
    "validity_years": 5,
    "key_fields": ["certificate_no", "name", "id_number", "practice_org", "issue_date", "valid_to", "issuer"],
}  # fmt: skip
_numbers = count(1)
Row = list[str]


def kind(**changes: Any) -> LicenceKind:
    return define_kind(KindDocument.model_validate(KIND | changes), by=SYSTEM, at=AT)


def agency() -> Agency:
    return city.agency("WJ")


def loader(place: Agency | None = None, name: str = "李敏") -> Actor:
    """Somebody of the issuing body who may load and compare."""
    return identity.actor(identity.staff("clerk", post=city.post("clerk", agency=place or agency()), name=name))


def row(number: str = "", **changes: str) -> Row:
    """A sound row; changes by the head."""
    turn = next(_numbers)
    values = {
        "许可证编号": number or f"2015{turn:08d}", "姓名": f"护士{turn}", "身份证号": identity.citizen_number(),
        "工作单位": "梅江区人民医院", "发证日期": "2015-03-02", "有效期至": "2030-03-01", "发证机关": agency().name,
        "扫描件": "",
    } | changes  # fmt: skip
    return [values[head] for head in HEADS]


def table(rows: Iterable[Sequence[str]], heads: Sequence[str] = HEADS, encoding: str = "utf-8-sig") -> io.BytesIO:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def zipped(scans: dict[str, bytes]) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in scans.items():
            archive.writestr(name, content)
    buffer.seek(0)
    return buffer


def begun(
    rows: Iterable[Sequence[str]], by: Actor, *, at: datetime = AT, scans: Any = None, folder: str = "", **more: Any
) -> Batch:
    return importing.begin_batch(
        more.pop("kind", None) or kind(), agency=more.pop("agency", None) or agency(), table=table(rows, **more),
        name="护士执业证书.csv", scans=scans, scans_name="扫描件.zip",
        folder=folder, by=by, at=at,
    )  # fmt: skip


def mapped(batch: Batch, by: Actor, *, at: datetime = AT, **changes: Any) -> Batch:
    given = {"mapping": batch.mapping, "required": ["field:practice_org", "valid_to"]} | changes
    return importing.map_columns(batch, by=by, at=at, **given)


def clock(start: datetime = AT) -> Callable[[], datetime]:
    ticks = count()
    return lambda: start + timedelta(seconds=next(ticks))


def read(batch: Batch, by: Actor, at: datetime = AT) -> Batch:
    importing.read_batch(fresh(batch), by=by, clock=clock(at))
    return fresh(batch)


def loaded(rows: Iterable[Sequence[str]], by: Actor, *, required: Sequence[str] = (), **more: Any) -> Batch:
    """Taken in, matched as it was guessed, looked at."""
    batch = begun(rows, by, **more)
    return read(mapped(batch, by, required=required or ["field:practice_org", "valid_to"]), by)


def compared(batch: Batch, by: Actor, wrong: Iterable[int] = (), at: datetime = AT) -> Batch:
    """All of the sample judged; wrong: places of rows that don't agree."""
    batch = importing.draw_sample(batch, by=by, at=at)
    for place in range(1, batch.sample_size + 1):
        bad = place in set(wrong)
        importing.judge_row(batch, place=place, right=not bad, note="姓名不一致" if bad else "", by=by, at=at)
    return fresh(batch)


def entered(batch: Batch, by: Actor, at: datetime = AT) -> Batch:
    """Compared, passed, entered."""
    importing.conclude(compared(batch, by, at=at), by=by, at=at)
    importing.enter_batch(fresh(batch), by=by, clock=clock(at))
    return fresh(batch)


def fresh(batch: Batch) -> Batch:
    return Batch.objects.select_related("kind", "agency", "table", "scans").get(pk=batch.pk)


def refused(batch: Batch) -> list[tuple[int, str, str]]:
    """(line, head, reason) of everything that was refused."""
    return [(each.line, each.head, each.reason) for each in rejected(batch, 1_000)]


def licences(batch: Batch) -> list[Licence]:
    """What a batch became, in the order of its lines."""
    rows = BatchEntry.objects.filter(batch=batch).order_by("line").select_related("licence__kind", "licence__agency")
    return [each.licence for each in rows]


SCAN, PICTURE = PDF, png()
