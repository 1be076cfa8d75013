"""Loading many items at once: every one becomes a draft, or none does. A few statements for all of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from yimen.catalog import access
from yimen.catalog.choices import UNRELEASED, EditionState, PassageKind, UploadOutcome, chain
from yimen.catalog.commands.releasing import digest
from yimen.catalog.models import Edition, Item, Passage, Revision, Upload, UploadItem
from yimen.catalog.queries.merging import changed_places
from yimen.catalog.queries.uploads.standing import Standing, standings
from yimen.city import queries as city
from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal
from yimen.law.said import said
from yimen.ledger.commands import record

BATCH = 200
MOST_NAMED = 5


class Overtaken(Refusal):
    """Between the check and the loading somebody changed an item."""

    code = "upload_overtaken"
    sentence = "检查之后，{names}又有了新的内容，全部没有导入。请重新下载、修改后再上传。"


def load_items(upload: Upload, *, by: Actor, at: datetime, tell: Callable[[int], None] = lambda done: None) -> int:
    """Make drafts of an upload's items, in one transaction of the caller's. Gives how many.

    Each leaves its own entry in the ledger, in its item's chain, as if it had been saved by itself.
    Raises Overtaken, Forbidden.
    """
    lines = list(upload.items.exclude(outcome=UploadOutcome.UNCHANGED).order_by("slug"))
    known = _locked(lines)
    _require_same(lines, known)
    for line in lines:
        access.require_editor(by, line.agency_id)
    items = _items([line for line in lines if line.slug not in known])
    last = dict(Edition.objects.filter(item__slug__in=known).values_list("item").annotate(Max("version")))
    done = 0
    for batch in _batches(lines):
        _batch(batch, known, items, last, upload, by, at)
        done += len(batch)
        tell(done)
    return done


def _locked(lines: Sequence[UploadItem]) -> dict[str, Standing]:
    """How the items stand now; nobody begins a draft of one of them until we are through."""
    slugs = [line.slug for line in lines]
    list(Item.objects.select_for_update(of=("self",)).filter(slug__in=slugs).order_by("slug").values_list("pk"))
    return standings(slugs)


def _require_same(lines: Sequence[UploadItem], known: dict[str, Standing]) -> None:
    other = [line.name for line in lines if line.standing != (known[line.slug].stamp if line.slug in known else "")]
    if other:
        names = "、".join(f"“{name}”" for name in other[:MOST_NAMED])
        raise Overtaken(
            names=said("{names}等 {count} 个事项", names=names, count=len(other)) if len(other) > MOST_NAMED else names
        )


def _items(fresh: Sequence[UploadItem]) -> dict[str, Item]:
    agencies = {agency.pk: agency for agency in city.agencies().filter(pk__in={line.agency_id for line in fresh})}
    named = {((line.document or {}).get("inherits") or {}).get("slug") for line in fresh} - {None}
    uppers = {item.slug: item for item in Item.objects.filter(slug__in=named)}
    made = [
        Item(
            slug=line.slug,
            name=line.name,
            kind=str(line.document["kind"]),
            case_type=str(line.document["case_type"]),
            code=line.document.get("code") or "",
            department=agencies[line.agency_id].department,
            agency=agencies[line.agency_id],
            division=agencies[line.agency_id].division.code,
            upper=uppers.get(str((line.document.get("inherits") or {}).get("slug"))),
        )
        for line in fresh
        if line.document
    ]
    return {item.slug: item for item in Item.objects.bulk_create(made, batch_size=BATCH)}


def _batch(
    lines: Sequence[UploadItem],
    known: dict[str, Standing],
    items: dict[str, Item],
    last: dict[int, int],
    upload: Upload,
    by: Actor,
    at: datetime,
) -> None:
    changed, fresh, before = [], [], {}
    for line in lines:
        document: dict[str, Any] = line.document or {}
        standing = known.get(line.slug)
        edition = standing.edition if standing else None
        before[line.slug] = edition.document if edition else {}
        if edition is not None and edition.state in UNRELEASED:
            edition.document, edition.digest = document, digest(document)
            edition.revision += 1
            changed.append(edition)
        else:
            item = standing.item if standing else items[line.slug]
            fresh.append(
                Edition(
                    item=item, version=last.get(item.pk, 0) + 1, document=document, digest=digest(document),
                    base=edition, revision=1, state=EditionState.DRAFT,
                )
            )  # fmt: skip
    Edition.objects.bulk_update(changed, ["document", "digest", "revision"], batch_size=BATCH)
    Edition.objects.bulk_create(fresh)
    _tell_of([*changed, *fresh], before, by, at)
    Passage.objects.bulk_create(_begun(fresh, upload, by, at))
    for edition in (*changed, *fresh):
        record(
            chain(edition.item.slug), "draft_loaded", by=by, at=at,
            version=edition.version, revision=edition.revision, digest=edition.digest, upload=upload.pk,
        )  # fmt: skip


def _tell_of(editions: Sequence[Edition], before: dict[str, Any], by: Actor, at: datetime) -> None:
    Revision.objects.bulk_create(
        Revision(
            edition=edition,
            number=edition.revision,
            document=edition.document,
            changed=changed_places(before[edition.item.slug], edition.document) if edition.revision > 1 else [],
            saved_at=at,
            saved_by=by.user,
            saved_by_name=by.name,
        )
        for edition in editions
    )


def _begun(fresh: Sequence[Edition], upload: Upload, by: Actor, at: datetime) -> Iterator[Passage]:
    for edition in fresh:
        yield Passage(
            edition=edition, kind=PassageKind.BEGUN, at=at, user=by.user, name=by.name, post=by.post_name,
            office=by.office_name, reason=f"从“{upload.file.name}”导入",
        )  # fmt: skip


def _batches(lines: Sequence[UploadItem]) -> Iterator[Sequence[UploadItem]]:
    for start in range(0, len(lines), BATCH):
        yield lines[start : start + BATCH]
