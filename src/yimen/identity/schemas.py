"""Who is asking, as programs see it."""

from __future__ import annotations

from yimen.kit.rest import Shape


class OwnSubject(Shape):
    """A person or firm one may act for, in full."""

    document: str
    number: str
    name: str
    kind: str


class PrincipalShape(OwnSubject):
    """powers: file supplement sign receive see_licences; items: slugs, empty for all."""

    mandate: str
    powers: list[str]
    items: list[str]


class MeShape(Shape):
    """The account, the person behind it, the post and its duties, and for whom one may act."""

    username: str
    name: str
    subject: OwnSubject | None
    post: str
    office: str
    duties: list[str]
    principals: list[PrincipalShape]
