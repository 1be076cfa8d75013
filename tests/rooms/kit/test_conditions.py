"""A condition says the same of a row in hand as the database says of it."""

from __future__ import annotations

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Q

from yimen.city.models import Agency, Division
from yimen.kit.conditions import holds

pytestmark = pytest.mark.django_db

RULES = [
    Q(),
    Q(pk=None),
    Q(pk__in=[]),
    Q(code="449900-A"),
    Q(code__in=["449900-A", "449900-C"]),
    Q(division__code="449901"),
    Q(division__parent__isnull=True),
    Q(division__parent__isnull=False) & Q(code="449900-C"),
    Q(code="449900-A") | Q(division__code__in={"449901"}),
    Q(Q(code="449900-A") | Q(code="449900-B"), division__code="449900"),
    ~Q(code="449900-A"),
    Q(pk=None) | Q(code="449900-B"),
    Q(pk=None) | ~(Q(code="449900-B") | Q(code="449900-C")),
]


@pytest.fixture
def agencies() -> list[Agency]:
    city = Division.objects.create(code="449900", name="试验市", level="city", path="449900/")
    county = Division.objects.create(code="449901", name="试验区", level="county", path="449900/449901/", parent=city)
    places = (("A", city), ("B", city), ("C", county))
    return [Agency.objects.create(code=f"449900-{word}", name=f"{word}局", division=place) for word, place in places]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_row_and_the_database_agree(agencies: list[Agency], rule: Q) -> None:
    found = set(Agency.objects.filter(rule, code__startswith="449900"))

    assert {agency for agency in agencies if holds(rule, agency)} == found


@pytest.mark.parametrize("rule", [Q(code__startswith="4499"), Q(code=F("name")), Q(pk=1) ^ Q(pk=2)])
def test_what_it_cannot_say_for_certain_it_does_not_say(agencies: list[Agency], rule: Q) -> None:
    with pytest.raises((TypeError, AttributeError, FieldDoesNotExist)):
        holds(rule, agencies[0])
