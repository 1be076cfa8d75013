"""An application and the documents handed in with it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yimen.applications.choices import Channel, Presented, Said, Stage, Trust, Verdict
from yimen.kit.fields import SealedJSON


class Filed(models.Model):
    """What an application has, whether for one item or for a package: whose it is, what was answered, how far it is.

    Answers are personal data and lie sealed. situation: the answers to the questions that come before the form.
    """

    number = models.CharField("办件编号", max_length=40, unique=True)
    subject = models.ForeignKey("identity.Subject", on_delete=models.PROTECT, related_name="+", db_index=False)
    agent = models.ForeignKey("identity.Subject", on_delete=models.PROTECT, related_name="+", db_index=False, null=True)
    made_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    situation = models.JSONField(default=dict)
    answers = SealedJSON(default=dict)
    sources = models.JSONField(default=dict, help_text="where prefilled answers come from: {field: words}")
    origins = SealedJSON(default=dict, help_text="what was prefilled, as it was: {field: queries.origins.Origin}")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number

    @property
    def is_draft(self) -> bool:
        return self.stage == Stage.DRAFT


class HandedIn(models.Model):
    """What was handed in for a material. Taken back means `removed_at`: nothing uploaded is lost."""

    presented = models.CharField(max_length=10, choices=Presented.choices)
    note = models.CharField(max_length=300, default="")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+", null=True)
    licence = models.ForeignKey("vault.Licence", on_delete=models.PROTECT, related_name="+", null=True)
    trust = models.CharField(max_length=1, choices=Trust.choices)
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Application(Filed):
    """What somebody asks for; documents in a table of their own."""

    item = models.ForeignKey("catalog.Item", on_delete=models.PROTECT, related_name="+", db_index=False)
    edition = models.ForeignKey("catalog.Edition", on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("city.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    window = models.ForeignKey("city.Window", on_delete=models.PROTECT, related_name="+", db_index=False, null=True)
    eased = models.JSONField(default=dict, help_text="what later editions eased: {place: {version, now}} (catalog)")
    moves = models.JSONField(default=list, help_text="a draft went over to a new edition: [{from, to, at}]")
    set_aside = SealedJSON(default=dict, help_text="answers that no longer fit, kept all the same")

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-id"], name="application_subject"),
            # Its condition holds no value, so that a prepared statement with one plan for all values can use it.
            models.Index(
                fields=["made_by", "-id"],
                condition=Q(submitted_at=None, discarded_at=None),
                name="application_drafts",
            ),
        ]


class Document(HandedIn):
    """For a material of the edition; a clerk may have compared it with the original.

    valid_to: the original's last day, as the clerk noted it; until: the day to which a promise (容缺) runs; repeats:
    the document of an earlier application that is used again, told: of which item and day that was, to be read.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    material = models.CharField(max_length=40, help_text="key of the edition's material")
    copies = models.PositiveSmallIntegerField(default=1)
    checked_at = models.DateTimeField(null=True, help_text="a clerk compared it with the original")
    checked_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", null=True)
    checked_window = models.ForeignKey("city.Window", on_delete=models.PROTECT, related_name="+", null=True)
    valid_to = models.DateField(null=True)
    until = models.DateField(null=True)
    broken_at = models.DateTimeField(null=True, help_text="what was promised had not come by its day")
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    told = models.JSONField(default=dict, help_text="of what is repeated: {ref, item, name, on}")

    class Meta:
        indexes = [
            models.Index(fields=["application"], name="document_application"),
            models.Index(fields=["application"], name="document_broken", condition=Q(broken_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(presented=Presented.EARLIER, repeats__isnull=False)
                | (~Q(presented=Presented.EARLIER) & Q(repeats=None)),
                name="what_was_handed_in_earlier_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.material}"


class MaterialMet(models.Model):
    """How a material was met on the day of submission: the fact from which reuse is counted. way, trust: law's."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="met")
    material = models.CharField(max_length=40)
    way = models.CharField(max_length=12)
    trust = models.CharField(max_length=1, default="")
    required = models.BooleanField()
    met_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "material"], name="one_way_per_material"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.material} {self.way}"


class Commitment(models.Model):
    """A commitment letter (告知承诺书) signed instead of handing in a material, and what its check found.

    letter: what was read and signed, word for word; paper: the number of its sealed PDF. It is checked within a time
    after the decision (a clock of its own kind); a false one bars further ones until it is repaired.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="commitments")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="commitment")
    material = models.CharField(max_length=40)
    letter = SealedJSON()
    published = models.BooleanField(help_text="the item says that commitments are made public")
    paper = models.CharField(max_length=60, default="")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=5, choices=Verdict.choices, default="")
    finding = models.TextField(default="")
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", null=True)
    repaired_at = models.DateTimeField(null=True)
    repaired_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", null=True)
    repaired_why = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict="") | Q(judged_at__isnull=False), name="a_verdict_has_a_day"),
            models.CheckConstraint(condition=~Q(verdict=Verdict.FALSE) | ~Q(finding=""), name="false_has_a_finding"),
            models.CheckConstraint(
                condition=Q(repaired_at=None) | Q(verdict=Verdict.FALSE), name="only_what_was_false_is_repaired"
            ),
        ]
        indexes = [
            models.Index(fields=["published", "-id"], name="commitment_public"),
            models.Index(fields=["application"], name="commitment_false", condition=Q(verdict="false")),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.material}"


class PackageApplication(Filed):
    """One application for a one-thing package (一件事): one form, one list, for all members that take part.

    Its members and their editions are frozen in `parts`; the merged form follows from them, so it is not stored.
    situation: the answers to the package's questions; left_out: members the applicant does not want now.
    """

    package = models.ForeignKey("catalog.PackageEdition", on_delete=models.PROTECT, related_name="+")
    left_out = models.JSONField(default=list)
    set_aside = SealedJSON(default=dict, help_text="answers that were taken out, kept all the same")

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-id"], name="package_application_subject"),
            models.Index(
                fields=["made_by", "-id"],
                condition=Q(submitted_at=None, discarded_at=None),
                name="package_application_drafts",
            ),
        ]


class PackagePart(models.Model):
    """A member of somebody's package, under the edition it was put together with. application: its own, once begun."""

    package_application = models.ForeignKey(PackageApplication, on_delete=models.PROTECT, related_name="parts")
    item = models.ForeignKey("catalog.Item", on_delete=models.PROTECT, related_name="+", db_index=False)
    edition = models.ForeignKey("catalog.Edition", on_delete=models.PROTECT, related_name="+", db_index=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True, help_text="the situation was changed: it takes no part any more")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["package_application", "item"], condition=Q(ended_at=None), name="one_part_per_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.package_application_id} {self.item_id}"


class PackagePaper(HandedIn):
    """For a material of the merged list. repeats: the first document of what an earlier application brought.

    One whose material the list does not have waits for the item that it was handed in for.
    """

    package_application = models.ForeignKey(PackageApplication, on_delete=models.PROTECT, related_name="papers")
    material = models.CharField(max_length=40, help_text="key of the merged list's material")
    repeats = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(presented=Presented.EARLIER, repeats__isnull=False)
                | (~Q(presented=Presented.EARLIER) & Q(repeats=None)),
                name="package_paper_names_what_it_repeats",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package_application_id} {self.material}"


class ReuseConsent(models.Model):
    """What somebody said when they were asked whether earlier answers and papers may be used for other items.

    个人信息保护法 13, 15: consent is given, and may be taken back at any time. wording: which text they were shown
    (choices.WORDINGS). The one that counts is the last; that they declined is kept too: nobody is asked twice.
    voice: who stood at the window and said it, for themselves, a firm or a ward; window: which one it was.
    """

    subject = models.ForeignKey("identity.Subject", on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=8, choices=Said.choices)
    wording = models.CharField(max_length=10)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    voice = models.CharField(max_length=120, default="", blank=True)
    window = models.ForeignKey("city.Window", on_delete=models.PROTECT, related_name="+", null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(said=Said.AGREED, revoked_at=None), name="one_consent_in_force"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("said_at")), name="consent_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.said}"


class Remembered(models.Model):
    """What somebody keeps to be filled in for them (常用信息), by field of the library (decision 36).

    element: the field; "" speaks of all. value, said_at: what they typed, and when; none where they only said what is
    to be forgotten. forgets: earlier applications up to that instant say nothing any more. off: nothing is used.
    """

    subject = models.ForeignKey("identity.Subject", on_delete=models.PROTECT, related_name="+", db_index=False)
    element = models.CharField(max_length=80, blank=True)
    value = SealedJSON(null=True)
    said_at = models.DateTimeField(null=True)
    forgets = models.DateTimeField(null=True)
    off = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "element"], name="remembered_once"),
            models.CheckConstraint(condition=Q(off=False) | Q(element=""), name="all_is_switched_off_or_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.element}"


class Batch(models.Model):
    """Many applications of one firm for one item, from one workbook: checked, confirmed once, filed row by row.

    digest: of the file; the same file taken in twice is one batch. declared: what was promised and signed for all rows.
    """

    subject = models.ForeignKey("identity.Subject", on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey("catalog.Item", on_delete=models.PROTECT, related_name="+", db_index=False)
    edition = models.ForeignKey("catalog.Edition", on_delete=models.PROTECT, related_name="+", db_index=False)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    declared = SealedJSON(default=dict)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+", null=True)
    moved_at = models.DateTimeField(help_text="when something last happened")
    finished_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "-id"], name="application_batch_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "edition", "digest"],
                condition=Q(dropped_at=None),
                name="one_application_batch_per_file",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.pk}"


class BatchRow(models.Model):
    """One application to be. place: its line in the workbook; key: keyed hash of whose, what and every answer,

    empty while something is wrong with it. faults: what is wrong, cell by cell; refused: why it could not be filed.
    repeats: the same was filed before.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows", db_index=False)
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=80, default="")
    key = models.CharField(max_length=64, blank=True)
    answers = SealedJSON(default=dict)
    faults = SealedJSON(default=list)
    refused = SealedJSON(default=list)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="+", null=True)
    failed_at = models.DateTimeField(null=True)
    repeats = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "place"], name="one_application_per_line")]
        indexes = [models.Index(fields=["key"], name="application_batch_row_key")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.place}"


class BatchPaper(HandedIn):
    """A document that goes with every application of a batch."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="papers")
    material = models.CharField(max_length=40, help_text="key of the edition's material")

    def __str__(self) -> str:
        return f"{self.batch_id} {self.material}"


class BatchFile(models.Model):
    """A file that was sent along with a batch's workbook: cells answer questions with it by its name."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=160)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.batch_id} {self.name}"
