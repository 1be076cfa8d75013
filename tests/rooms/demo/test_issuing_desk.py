"""The demonstration city's issuing desk has something to sign."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import catalog, city, identity
from yimen.demo.commands.city import Founded
from yimen.demo.commands.issuing import issue_licences
from yimen.kit.actor import Actor
from yimen.kit.time import now
from yimen.vault import commands, queries
from yimen.vault.choices import State
from yimen.vault.models import Licence

pytestmark = pytest.mark.django_db


def test_a_renewal_waits_and_kinds_have_looks() -> None:
    at, by = now(), Actor.system()
    firm, person, agency = identity.firm(), identity.person(), city.agency("SJ")
    identity.staff("clerk", username="clerk")
    kind = catalog.kinds()["food_business_licence"]
    drawn = commands.draw_up(
        kind, holder=firm, fields={"items": "热食"}, agency=agency, case="", by=by, at=at - timedelta(days=9)
    )
    commands.sign(drawn, by=by, at=at - timedelta(days=9))

    issue_licences(Founded({}, person, person, firm), at=at)

    assert [licence.state for licence in Licence.objects.order_by("version")] == [State.SIGNED, State.DRAWN]
    card = queries.kind_named("social_security_card")
    assert card is not None
    assert queries.layout_of(card, queries.newest(card)).form == "card"
