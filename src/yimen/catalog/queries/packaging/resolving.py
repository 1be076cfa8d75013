"""What one person's package comes to: which items, in which order, how long, what it costs, what to bring."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.catalog.choices import PackageDocument
from yimen.catalog.models import Edition, PackageEdition
from yimen.catalog.queries.editions import all_current
from yimen.catalog.queries.packaging.assembling import Assembly, Taken, assemble
from yimen.city.queries import calendar, office_hours
from yimen.kit.errors import Invalid
from yimen.law.calendar import OutOfReach
from yimen.law.package_members import Member, optional, taking_part, unanswered
from yimen.law.package_path import latest_days
from yimen.law.said import said


@dataclass(frozen=True)
class Resolution:
    """Which members take part for these answers, put together. gone: members that can't be applied for now."""

    package: PackageEdition
    answers: Mapping[str, str]
    assembly: Assembly
    optional: tuple[str, ...]
    left_out: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def document(self) -> PackageDocument:
        """What the package says."""
        return self.package.doc

    @property
    def steps(self) -> list[list[Taken]]:
        """The members in the order in which they run; those that run side by side stand together."""
        return in_steps(self.assembly)

    def latest(self, started: date) -> dict[str, date]:
        """The latest day of each member, when all begins on a day; empty beyond what any calendar knows."""
        try:
            return latest_days(self.assembly.path, started=started, calendar=calendar(), hours=office_hours())
        except OutOfReach:
            return {}


def in_steps(assembly: Assembly) -> list[list[Taken]]:
    """The members by how many others, one after another, come before them."""
    by_slug = {member.slug: member for member in assembly.members}
    depth: dict[str, int] = {}
    for span in assembly.path.spans:
        depth[span.leg.key] = 1 + max((depth[key] for key in span.after), default=0)
    return [[by_slug[slug] for slug, level in depth.items() if level == step] for step in sorted(set(depth.values()))]


def open_questions(document: PackageDocument, answers: Mapping[str, Any]) -> list[str]:
    """The names of the questions that have no answer from their list yet."""
    good = good_answers(document, answers)
    return unanswered([question.name for question in document.questions], good)


def good_answers(document: PackageDocument, answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers to questions of the package that are among their choices."""
    return {
        question.name: answers[question.name]
        for question in document.questions
        if answers.get(question.name) in question.choices
    }


def resolve(package: PackageEdition, answers: Mapping[str, Any], left_out: Collection[str] = ()) -> Resolution:
    """Decide. Raises Invalid naming the questions that are still open, or when nothing is left to do."""
    document = package.doc
    good = good_answers(document, answers)
    still = open_questions(document, answers)
    if still:
        labels = {question.name: question.label for question in document.questions}
        raise Invalid(
            [
                {
                    "field": name,
                    "code": "answer_missing",
                    "message": said("请回答“{question}”。", question=labels[name]),
                }
                for name in still
            ],
            "还有问题没有回答。",
        )
    rules = [Member(rule.slug, rule.when, rule.required) for rule in document.items]
    fitting, may_go = taking_part(rules, good), optional(rules, good)
    here = taking_part(rules, good, left_out=set(left_out))
    editions = current_editions(here)
    taken = [Taken(rule, editions[rule.slug]) for rule in document.items if rule.slug in editions]
    if not taken:
        raise Invalid([], "按您的情况，这件“一件事”没有要办的事项。")
    return Resolution(
        package=package,
        answers=good,
        assembly=assemble(document, package.digest, taken),
        optional=may_go,
        left_out=tuple(slug for slug in fitting if slug not in here),
        gone=tuple(slug for slug in here if slug not in editions),
    )


def reassemble(package: PackageEdition, editions: Sequence[Edition]) -> Assembly:
    """The same for an application that has frozen its members: under the editions that it keeps."""
    by_slug = {edition.item.slug: edition for edition in editions}
    taken = [Taken(rule, by_slug[rule.slug]) for rule in package.doc.items if rule.slug in by_slug]
    return assemble(package.doc, package.digest, taken)


def current_editions(slugs: Collection[str]) -> dict[str, Edition]:
    """The editions that new applications are made under, by item; what is suspended or cancelled is left out."""
    return {edition.item.slug: edition for edition in all_current().filter(item__slug__in=list(slugs))}
