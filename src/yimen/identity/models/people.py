"""Subjects, accounts, mandates, posts held, tokens, and attempts to sign in that failed."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yimen.identity.choices import Assurance, Document, MandateKind, Power, ProofLevel, SubjectKind
from yimen.kit.fields import SealedJSON, SealedText
from yimen.kit.time import day_of
from yimen.law.masking import mask_name, mask_number, mask_phone


class Subject(models.Model):
    """Whom the city deals with: a person, a firm, another organisation.

    number: sealed; number_hash: keyed hash of "document:NUMBER", the way to find it. profile: sealed; keys of
    choices.PERSON_KEYS or ORG_KEYS. assurance: how sure the city is of who this is. same_as: the first of all records
    of the same person, none for itself; written from the merges in force, by the commands that make and undo them.
    """

    kind = models.CharField(max_length=10, choices=SubjectKind.choices)
    document = models.CharField(max_length=24, choices=Document.choices)
    number = SealedText()
    number_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    assurance = models.PositiveSmallIntegerField(choices=Assurance.choices, default=Assurance.NONE)
    profile = SealedJSON(default=dict)
    profile_days = models.JSONField(default=dict, help_text="since when each key of the profile says so: {key: day}")
    created_at = models.DateTimeField()
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number_hash"], name="one_subject_per_number"),
            models.CheckConstraint(condition=Q(kind__in=SubjectKind.values), name="subject_kind_known"),
            models.CheckConstraint(condition=Q(document__in=Document.values), name="subject_document_known"),
            models.CheckConstraint(condition=Q(assurance__lte=Assurance.STRONG), name="assurance_known"),
        ]

    @property
    def masked_number(self) -> str:
        """As screens show it; a firm's code is public."""
        return mask_number(self.number) if self.document != Document.USCC else self.number

    @property
    def masked_name(self) -> str:
        return mask_name(self.name) if self.is_person else self.name

    @property
    def is_person(self) -> bool:
        return self.kind == SubjectKind.NATURAL

    @property
    def prefix(self) -> str:
        """What the paths of their own data begin with."""
        return "person" if self.is_person else "org"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser):
    """An account. Its duties come from posts held now (Holding), its person is `subject`.

    given_until: the password was given by somebody else and lasts until then; the holder sets an own one first of all.
    """

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    phone = SealedText(null=True)
    phone_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - no phone is not a phone
    subject = models.OneToOneField(Subject, null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField()
    given_until = models.DateTimeField(null=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def get_full_name(self) -> str:
        return self.name

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone or "")


class MandateSet(models.QuerySet["Mandate"]):
    def in_force(self, at: datetime) -> MandateSet:
        return self.valid(day_of(at), at)

    def valid(self, day: date, at: datetime) -> MandateSet:
        return self.filter(
            Q(valid_to=None) | Q(valid_to__gte=day),
            Q(revoked_at=None) | Q(revoked_at__gt=at),
            Q(asks_consent=False) | Q(accepted_at__lte=at),
            valid_from__lte=day,
        )


class Mandate(models.Model):
    """委托: agent may act for principal (许可法 29). items: slugs, themes: names of themes; both empty for all.

    Both days of validity count. level: A, given by the principal signed in; B, a paper that a clerk has checked (with
    its scan). asks_consent: it holds only from the agent's acceptance on.
    """

    principal = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=MandateKind.choices)
    powers = ArrayField(models.CharField(max_length=16, choices=Power.choices))
    items = ArrayField(models.CharField(max_length=80), default=list)
    themes = ArrayField(models.CharField(max_length=80), default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    proof = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=1, choices=ProofLevel.choices, default=ProofLevel.CHECKED)
    scan = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    asks_consent = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = MandateSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(principal=F("agent")), name="mandate_between_two"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="mandate_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(powers__contained_by=Power.values), name="mandate_powers_known"),
            models.CheckConstraint(condition=Q(kind__in=MandateKind.values), name="mandate_kind_known"),
        ]

    @property
    def principals(self) -> tuple[int, ...]:
        """All records of the principal, where whoever read the row asked for them; else the one it names."""
        return (self.principal_id, *(pk for pk in self.__dict__.get("records") or () if pk != self.principal_id))


class HoldingSet(models.QuerySet["Holding"]):
    def current(self, at: datetime) -> HoldingSet:
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


class Holding(models.Model):
    """Who holds a post, from when until when."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("city.Post", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = HoldingSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "post"], condition=Q(until=None), name="a_post_is_held_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="holding_ends_after_it_begins"
            ),
        ]


class ApiToken(models.Model):
    """A bearer token: only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()


class Failure(models.Model):
    """A failed (or not yet decided) attempt to sign in. key: keyed hash of the name typed, or of name and address."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="failures_of_a_key"), models.Index(fields=["at"])]
