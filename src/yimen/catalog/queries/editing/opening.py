"""What the editor opens: the edition in the making, who may write in it, and who saved what before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yimen.catalog.choices import EditionState
from yimen.catalog.choices.labels import label_of
from yimen.catalog.models import Edition, Item, Revision
from yimen.catalog.queries.life import NothingInTheMaking, in_the_making, item_of
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound


class RevisionGone(NotFound):
    code = "revision_gone"
    sentence = "这个页面所依据的草稿已经不在了（可能已经放弃后重新起草），请重新打开再修改。"


def opened(slug: str) -> tuple[Item, Edition | None]:
    """The item, and its edition in the making if there is one. Raises NotFound."""
    item = item_of(slug)
    try:
        return item, in_the_making(slug)
    except NothingInTheMaking:
        return item, None


def document_at(edition: Edition, revision: int) -> Mapping[str, Any]:
    """What the draft said at a saving. Raises RevisionGone."""
    if revision == edition.revision:
        return dict(edition.document)
    found = edition.revisions.filter(number=revision).first()
    if found is None:
        raise RevisionGone
    return dict(found.document)


def why_not(item: Item, edition: Edition, actor: Actor) -> str:
    """Why this person can't write in this edition now, and what to do; "" when they can."""
    if not actor.may("editor", item.agency_id):
        return _("只有{agency}的事项编制人员才能修改这个事项，您可以查看。").format(agency=item.agency.name)
    if edition.state == EditionState.DRAFT:
        return ""
    return _(
        "第 {n} 版已经送审（{state}），审核期间不能修改。要改的话，请先在事项页上撤回，或者等审核人员退回。"
    ).format(n=edition.version, state=edition.get_state_display())


def last_saving(edition: Edition) -> Revision | None:
    """The newest saving, without its document."""
    return edition.revisions.defer("document").first()


def changed_words(revision: Revision) -> str:
    """Which parts a saving changed, in words."""
    return "、".join(label_of(part) for part in revision.changed)
