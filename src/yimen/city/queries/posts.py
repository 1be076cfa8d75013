"""Posts, and for which agencies their duties hold."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from yimen.city.choices import Reach
from yimen.city.models import Agency, Post
from yimen.kit.errors import NotFound
from yimen.kit.prepared import prepared


def posts() -> QuerySet[Post]:
    return Post.objects.select_related("agency", "hall", "division", "window")


def post(code: str) -> Post:
    """Raises NotFound."""
    found = posts().filter(code=code).first()
    if found is None:
        raise NotFound("没有这个岗位。")
    return found


def agencies_reached_by(one: Post) -> frozenset[int]:
    """The ids of the agencies for which a post's duties hold."""
    return agencies_reached([one])


def agencies_reached(several: Iterable[Post]) -> frozenset[int]:
    """The same for several posts (with their division loaded), in one statement at most."""
    held = list(several)
    own = frozenset(each.agency_id for each in held if each.agency_id is not None)
    wide = [each for each in held if each.reach != Reach.AGENCY]
    if not wide:
        return own
    if any(each.reach == Reach.ALL for each in wide):
        return own | frozenset(agency.pk for agency in _every_agency())
    where = Q()
    for each in wide:
        where |= Q(division__path__startswith=each.division.path if each.division else "?")
    return own | frozenset(Agency.objects.filter(where).values_list("id", flat=True))


@prepared
def _every_agency() -> QuerySet[Agency]:
    return Agency.objects.order_by().only("id")
