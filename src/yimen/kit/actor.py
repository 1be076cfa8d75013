"""Who acts: a plain value that every command takes and every ledger entry keeps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from yimen.kit.errors import SignInNeeded


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the platform itself) at the moment of acting.

    user: account id, None for the platform. subject: id of the natural person behind the account; others: further
    records of the same person (identity's merges).
    post, office: the post held and the agency (or hall operator) it belongs to, None for citizens.
    duties: what the post allows (city.choices.Duty). agencies: ids of agencies the duties reach.
    window: the window one sits at, if any. behalf: subject id acted for, when not oneself.
    """

    user: int | None = None
    name: str = ""
    subject: int | None = None
    post: int | None = None
    post_name: str = ""
    office: int | None = None
    office_name: str = ""
    duties: frozenset[str] = field(default_factory=frozenset)
    agencies: frozenset[int] = field(default_factory=frozenset)
    window: int | None = None
    behalf: int | None = None
    channel: str = "web"
    others: tuple[int, ...] = ()

    @classmethod
    def system(cls) -> Actor:
        """The platform acting by itself: sweeps, deemed acceptance, deliveries of news."""
        return cls(name="系统", post_name="自动处理", channel="system")

    @property
    def account(self) -> int:
        """The account's id; raises SignInNeeded where nobody is signed in."""
        if self.user is None:
            raise SignInNeeded
        return self.user

    @property
    def subjects(self) -> tuple[int, ...]:
        """Every record of the person behind the account, the account's own first; none for the platform."""
        return () if self.subject is None else (self.subject, *self.others)

    def is_one(self, subject: int | None) -> bool:
        """Is this subject the person behind the account, under any of their documents?"""
        return subject is not None and subject in self.subjects

    @property
    def is_staff(self) -> bool:
        return bool(self.duties)

    def on_behalf_of(self, subject: int) -> Actor:
        return replace(self, behalf=subject)

    def acting_for(self, subject: int) -> Actor:
        """The same, naming for whom they act, where that is neither themselves nor somebody met at work (许可法 29)."""
        if self.user is None or self.post is not None or self.post_name or self.is_one(subject):
            return self
        return self.on_behalf_of(subject)

    def may(self, duty: str, agency: int | None = None) -> bool:
        """Does a post of this actor give the duty (for this agency)?"""
        return duty in self.duties and (agency is None or agency in self.agencies)

    def facts(self) -> dict[str, Any]:
        """What the ledger keeps of the actor."""
        return {
            "user": self.user,
            "name": self.name,
            "post": self.post_name,
            "office": self.office_name,
            "behalf": self.behalf,
            "channel": self.channel,
        }
