"""Many people and firms entered at once: one record per number, and no name written over."""

from __future__ import annotations

import pytest

from tests.builders import identity, threads
from tests.builders.city import AT, SYSTEM
from yimen.identity.choices import SubjectKind
from yimen.identity.commands import Met, Newcomer, register_subjects
from yimen.identity.models import Subject
from yimen.kit.errors import Invalid
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db


def entered(*people: tuple[str, str, str]) -> list[Met]:
    return register_subjects([Newcomer(*each) for each in people], by=SYSTEM, at=AT, about="batch:1")


def test_who_is_new_is_entered_and_who_is_known_is_found() -> None:
    known = identity.person("钟小梅")
    firm, number = identity.uscc(), identity.citizen_number()

    found = entered(
        ("citizen_id", known.number, "钟 小梅"),
        ("citizen_id", number, "李建国"),
        ("uscc", firm, "岭东市客家小厨餐饮有限公司"),
    )

    assert [each.fresh for each in found] == [False, True, True]
    assert found[0].subject == known.pk
    made = {each.name: each for each in Subject.objects.exclude(pk=known.pk)}
    assert {name: (each.pk, each.number, each.kind, each.assurance, each.profile) for name, each in made.items()} == {
        "李建国": (found[1].subject, number, SubjectKind.NATURAL, 0, {}),
        "岭东市客家小厨餐饮有限公司": (found[2].subject, firm, SubjectKind.LEGAL, 0, {}),
    }
    assert [line.verb for line in story(subject_chain(made["李建国"].pk))] == ["subject_registered"]


def test_a_number_known_under_another_name_is_nobody_and_nothing_is_written_over() -> None:
    known = identity.person("钟小梅")

    found = entered(("citizen_id", known.number, "钟大梅"))

    known.refresh_from_db()
    assert (found, known.name) == ([Met(None)], "钟小梅")


def test_a_number_that_comes_twice_belongs_to_the_first_name() -> None:
    number = identity.citizen_number()

    found = entered(
        ("citizen_id", number, "李建国"), ("citizen_id", number, "李建设"), ("citizen_id", number, "李建国")
    )

    assert [each.subject is None for each in found] == [False, True, False]
    assert list(Subject.objects.values_list("name", flat=True)) == ["李建国"]


def test_nobody_without_a_name_is_entered() -> None:
    with pytest.raises(Invalid):
        entered(("citizen_id", identity.citizen_number(), "  "))
    assert not Subject.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_the_same_people_at_once_get_the_same_records() -> None:
    people = [("citizen_id", identity.citizen_number(), f"李{number}") for number in range(200)]

    first, second = threads.at_once(lambda: entered(*people), lambda: entered(*people))

    assert [each.subject for each in first] == [each.subject for each in second]
    assert Subject.objects.count() == 200
