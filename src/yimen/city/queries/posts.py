"""Posts, and for which agencies their duties hold."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Value
from django.db.models.lookups import Exact

from yimen.city.choices import Reach
from yimen.city.models import Agency, Post
from yimen.kit.errors import NotFound


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
    return frozenset(Post.objects.values_list(agencies_reached(), flat=True).get(pk=one.pk))


def agencies_reached(post: str = "") -> ArraySubquery:
    """The same as a column of a statement about posts, or about what points at one (post: "post__")."""
    everywhere = Q(Exact(OuterRef(f"{post}reach"), Value(Reach.ALL)))
    below = Q(Exact(OuterRef(f"{post}reach"), Value(Reach.DIVISION))) & Q(
        division__path__startswith=OuterRef(f"{post}division__path")
    )
    found = Agency.objects.filter(Q(pk=OuterRef(f"{post}agency")) | everywhere | below)
    return ArraySubquery(found.order_by().values("pk"))
