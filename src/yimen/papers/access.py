"""Who may read a paper: whoever may see the case that it is about."""

from __future__ import annotations

from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.papers import ports
from yimen.papers.models import Paper


def require_reader(actor: Actor, paper: Paper) -> None:
    """Raises NotFound, so that a number tells a stranger nothing, not even that the paper exists."""
    if not ports.may_see(actor, paper.about):
        raise NotFound
